"""What became of a long task, told by its ledger: how far it is, which steps are undecided, one step's whole story.

The ledger is read from front to back. What is kept of it grows with the steps that are open, not with all of them.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from swarmwright.chain.stories import Told, read_story
from swarmwright.errors import LedgerCorruptError, UsageError
from swarmwright.ledger.events import (
    Abandoned,
    AnyEvent,
    Asked,
    CallFailed,
    Decided,
    Recalled,
    RunClosed,
    RunOpened,
    RunResumed,
    TaskId,
    TaskOpened,
    Voted,
)
from swarmwright.ledger.folds import Totals
from swarmwright.ledger.ports import Blobs

MOST_STUCK = 3
"""Of how many undecided steps the votes are told."""
MOST_KEYS = 6
MOST_TEXT = 300
_NUMBER = slice(8, 16)


class Stuck(msgspec.Struct, frozen=True):
    """An undecided step: its number (from 0) and name, why, its votes by answer (JSON), and what it asked.

    ``flagged`` of its answers could not be read, or were refuted. ``asked`` is "" where nobody keeps it.
    """

    number: int
    name: str
    reason: str
    votes: tuple[tuple[str, int], ...]
    flagged: int
    asked: str = ""


class _Tally:
    """What is known of an open step."""

    __slots__ = ("flagged", "name", "votes")

    def __init__(self, name: str) -> None:
        self.name = name
        self.votes: Counter[bytes] = Counter()
        self.flagged = 0


class StepsState:
    """A long task's run as its events tell it; ``stuck`` are the first undecided steps that were asked for."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.opened: RunOpened | None = None
        self.closed: RunClosed | None = None
        self.totals = Totals()
        self.starts = 1
        self.recalled = 0
        self.stuck: list[Stuck] = []
        self._open: dict[TaskId, _Tally] = {}
        self._recalling: set[TaskId] = set()

    @property
    def going(self) -> int:
        """How many steps were begun and are not decided."""
        return len(self._open)

    def on(self, event: AnyEvent) -> None:
        """Take one more event into account; events must come in the ledger's order."""
        self.totals.on(event)
        match event:
            case TaskOpened():
                self._open[event.task] = _Tally(event.name)
            case Voted():
                tally = self._open.get(event.task)
                if tally is not None:
                    tally.votes.update(event.keys)
            case Decided():
                self._on_decided(event)
            case Abandoned():
                self._open.pop(event.task, None)
            case Recalled():
                self._recalling.add(event.task)
            case RunOpened():
                self.opened = event
            case RunResumed():
                self.starts += 1
                self.closed = None
            case RunClosed():
                self.closed = event
            case _:
                pass

    def _on_decided(self, event: Decided) -> None:
        tally = self._open.pop(event.task, None)
        if event.task in self._recalling:
            self._recalling.discard(event.task)
            self.recalled += event.delivered
        if event.delivered or tally is None or len(self.stuck) >= MOST_STUCK:
            return
        if not tally.votes and event.reason.startswith("depends on"):
            return
        flagged = tally.votes.pop(b"", 0)
        votes = tuple((answer_text(key), count) for key, count in tally.votes.most_common(MOST_KEYS))
        self.stuck.append(Stuck(number_of(event.task), tally.name, event.reason, votes, flagged))


def is_long_task(first: AnyEvent | None) -> bool:
    """Tell by its first event whether a ledger is that of a long task, not of a build."""
    return isinstance(first, RunOpened) and not first.units and {"k", "most", "reuse"} <= first.options.keys()


def fold_steps(events: Iterable[AnyEvent]) -> StepsState:
    """Return the state of the long task that these events, in the ledger's order, tell of."""
    state = StepsState()
    for event in events:
        state.on(event)
    return state


def number_of(task: TaskId) -> int:
    """Return a step's number, from 0."""
    return int.from_bytes(task[_NUMBER], "big")


def answer_text(key: bytes) -> str:
    """Return an answer as it is shown."""
    return textwrap.shorten(key.decode("utf-8", "replace"), MOST_TEXT, placeholder=" ...")


ENDS = {"ALL_DELIVERED": "every step is decided.", "SOME_UNDECIDED": "not every step could be decided."}
"""What the ends are called that are called otherwise in a build."""


def ending(closed: RunClosed) -> str:
    """Say why a run ended."""
    return ENDS.get(closed.exit_reason, closed.detail or closed.exit_reason)


def status_lines(state: StepsState) -> list[str]:
    """Return the lines that say how far a long task has come."""
    opened = state.opened
    assert opened is not None
    own = "".join(f" {name} {value}" for name, value in opened.options.items() if name.startswith("--"))
    models = [name.removeprefix("model ") for name in opened.options if name.startswith("model ")]
    asked = f"asks {', then '.join(models)}" if models else "in a made-up world"
    reuse = "questions that come again are decided once" if opened.options["reuse"] == "True" else "every step afresh"
    again = f", started {state.starts} times" if state.starts > 1 else ""
    return [
        f"{opened.spec_name}{own}: {asked}, k {opened.options['k']}, at most {opened.options['most']} samples of each "
        f"model a step, {reuse}{again}.",
        *sum_lines(state.totals, state.recalled),
        *undecided_lines(state.stuck, state.totals.undecided),
        *_open_lines(state),
    ]


def undecided_lines(stuck: Sequence[Stuck], undecided: int) -> Iterator[str]:
    """Yield the lines that tell of the undecided steps, the first ones with their votes."""
    for one in stuck:
        yield from stuck_lines(one)
    if undecided > len(stuck):
        yield f"{undecided:,} steps are undecided in all, those included that need the answer of another."


def _open_lines(state: StepsState) -> Iterator[str]:
    if state.going:
        yield f"{state.going:,} {'steps are' if state.going > 1 else 'step is'} begun and not decided."


def sum_lines(totals: Totals, recalled: int, total: int | None = None) -> list[str]:
    """Return the lines that sum up a long task: steps, answers, votes, costs; ``total`` steps there will be."""
    of = f" of {total:,}" if total else ""
    own = totals.delivered - recalled
    how = f": {own:,} by votes of their own, {recalled:,} as the same question was decided before" if recalled else ""
    flagged = sum(totals.flags.values())
    cost = f", ${totals.cost_usd:.4f}" if totals.cost_usd else ""
    again = f"; {counted(totals.asked_again, 'call')} lost in flight and asked again" if totals.asked_again else ""
    failed = f"; {counted(totals.failed, 'sample')} could not be had" if totals.failed else ""
    return [
        f"{totals.delivered:,}{of} {'step' if totals.delivered == 1 and not of else 'steps'} decided{how}.",
        f"{counted(totals.answers, 'answer')}: {counted(totals.votes, 'vote')}, {flagged:,} flagged; "
        f"{totals.answers - totals.kept:,} bought, {totals.kept:,} kept from before; "
        f"{counted(totals.tokens_in + totals.tokens_out, 'token')}{cost}{failed}{again}.",
    ]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def stuck_lines(stuck: Stuck) -> Iterator[str]:
    """Yield the lines that say of an undecided step what it asked and how the votes fell."""
    named = f" ({stuck.name})" if stuck.name else ""
    yield f"Step {stuck.number:,}{named} is undecided: {_why(stuck)}."
    if stuck.asked:
        yield f"  asked: {tail_of(stuck.asked)}"
    if stuck.votes:
        flagged = f"; {stuck.flagged} flagged" if stuck.flagged else ""
        yield f"  votes: {', '.join(f'{count} for {answer}' for answer, count in stuck.votes)}{flagged}"


def tail_of(text: str) -> str:
    """Return a question in one line; of a long one the end, where it mostly says what this step is about."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_TEXT else f"... {line[-MOST_TEXT:]}"


def _why(stuck: Stuck) -> str:
    if len(stuck.votes) > 1:
        return "no answer came far enough ahead of the others"
    if not stuck.votes and stuck.flagged:
        return f"none of its {counted(stuck.flagged, 'answer')} could be read and passed the check"
    return stuck.reason


class StepStory(msgspec.Struct):
    """What the ledger has of one step; ``source`` is the step that was decided before and asks the same."""

    task: TaskId
    name: str = ""
    asked: list[Asked] = msgspec.field(default_factory=list)
    voted: list[Voted] = msgspec.field(default_factory=list)
    failed: list[CallFailed] = msgspec.field(default_factory=list)
    decided: Decided | None = None
    source: TaskId | None = None


Replay = Callable[[], Iterable[AnyEvent]]


def find_step(replay: Replay, which: str) -> StepStory:
    """Return the story of a step, given by its number or its name; the ledger is read until the step is decided.

    Raises:
        UsageError: there is no such step.
    """
    number = which.replace(",", "").replace("_", "")
    wanted = int(number) if number.isascii() and number.isdigit() else -1
    story: StepStory | None = None
    last = -1
    for event in replay():
        if isinstance(event, TaskOpened):
            last = max(last, number_of(event.task))
            if story is None and (number_of(event.task) == wanted or (event.name and event.name == which)):
                story = StepStory(event.task, event.name)
        elif story is not None and getattr(event, "task", b"") == story.task:
            if isinstance(event, Abandoned):
                # It was only guessed at; the step itself comes later.
                story = None
                continue
            _take(story, event)
            if story.decided is not None:
                break
    if story is None:
        known = f"steps 0 to {last:,} were begun" if last >= 0 else "no step was begun yet"
        raise UsageError(f"There is no step {which!r} in the run; {known}.")
    return story


def _take(story: StepStory, event: AnyEvent) -> None:
    match event:
        case Asked():
            story.asked.append(event)
        case Voted():
            story.voted.append(event)
        case CallFailed():
            story.failed.append(event)
        case Recalled():
            story.source = event.source
        case Decided():
            story.decided = event
        case _:
            pass


def tell_step(replay: Replay, which: str, blobs: Blobs) -> str:
    """Return the story of one step as plain text: what was asked and answered, the votes, the decision.

    Raises:
        UsageError: there is no such step.
        LedgerCorruptError: what is kept of its answers is no story.
    """
    story = find_step(replay, which)
    lines = [_head(story)]
    if story.source is not None:
        lines.append(f"It asks what step {number_of(story.source):,} asked, and was decided likewise.")
        story = find_step(replay, str(number_of(story.source)))
        lines += ["", _head(story)]
    return "\n".join([*lines, *_samples(story, blobs), *_votes(story)])


def _head(story: StepStory) -> str:
    named = f" ({story.name})" if story.name else ""
    head = f"Step {number_of(story.task):,}{named}"
    decided = story.decided
    if decided is None:
        return f"{head}: not decided yet"
    if not decided.delivered:
        return f"{head}: undecided: {decided.reason}"
    winner = _keys(story).get(decided.sample)
    return f"{head}: decided{f' as {answer_text(winner)}' if winner else ''}, {decided.reason}"


def _keys(story: StepStory) -> dict[int, bytes]:
    return {event.first + place: key for event in story.voted for place, key in enumerate(event.keys)}


def _samples(story: StepStory, blobs: Blobs) -> Iterator[str]:
    keys = _keys(story)
    models = {n: one.model for one in story.asked for n in range(one.first, one.first + one.count)}
    told = {one.sample: one for event in story.voted for one in _told(event, blobs)}
    before: tuple[str, str] | None = None
    for number, model in sorted(models.items()):
        yield from ("", f"Sample {number}: {model}")
        one = told.get(number)
        if one is not None:
            asked = (one.prompt, one.begun)
            yield from ["  asked as before"] if asked == before else _asked(one)
            before = asked
            yield f"  answered: {one.text!r} ({_spent(one)})"
        if number not in keys:
            failed = next((f.reason for f in story.failed if f.first <= number < f.first + f.count), "")
            yield f"  could not be had: {failed}" if failed else "  not answered yet"
        elif keys[number]:
            yield f"  votes for {answer_text(keys[number])}"
        else:
            yield f"  red flag{f': {one.flag}: {one.detail}' if one is not None else ''}"


def _told(event: Voted, blobs: Blobs) -> tuple[Told, ...]:
    if not event.story:
        return ()
    try:
        return read_story(blobs.get(event.story))
    except KeyError:
        return ()
    except msgspec.MsgspecError as error:
        raise LedgerCorruptError(f"What was kept of a step's answers cannot be read ({error}).") from error


def _asked(one: Told) -> Iterator[str]:
    yield textwrap.indent(one.prompt, "    ")
    if one.begun:
        yield "  begun for the model"
        yield textwrap.indent(one.begun.rstrip("\n"), "    ")


def _spent(one: Told) -> str:
    tokens = counted(one.tokens_in + one.tokens_out, "token")
    return f"{tokens}, kept from before" if one.kept else f"{tokens}, {one.seconds:.2f} s"


def _votes(story: StepStory) -> Iterator[str]:
    votes = Counter(_keys(story).values())
    flagged = votes.pop(b"", 0)
    if not votes and not flagged:
        return
    yield ""
    told = ", ".join(f"{count} for {answer_text(key)}" for key, count in votes.most_common()) or "none"
    yield f"Votes: {told}{f'; {flagged} flagged' if flagged else ''}"
