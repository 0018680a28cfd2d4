"""Long tasks as their authors write them (Chain, Bag, Graph), and the Tasks that the scheduler sees of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from swarmwright.errors import ProcessError
from swarmwright.ledger.events import Decided, TaskId
from swarmwright.plan.graph import Plan
from swarmwright.plan.questions import Question, decode_answer
from swarmwright.plan.values import Process, Task

MOST_STUCK = 8
"""Of how many undecided steps the questions are kept."""


class Chain:
    """A task in steps of which each needs the one before. Subclass it; a state is any value of yours.

    ``question`` and ``after`` must depend on their arguments alone, and must not change them: states are kept, gone
    back to, and made again from the ledger.
    """

    def first(self) -> Any:
        """Return the first state."""
        raise NotImplementedError

    def question(self, state: Any) -> Question | None:
        """Return what is asked in that state; None where the task is finished."""
        raise NotImplementedError

    def after(self, state: Any, answer: Any) -> Any:
        """Return the next state, given the decided answer."""
        raise NotImplementedError

    def steps(self) -> int | None:
        """Return how many steps there will be, where that is known."""
        return None

    def truth(self, state: Any) -> Any:
        """Return the right answer in that state. Asked in a made-up world only, in place of a model."""
        raise NotImplementedError

    def result(self, state: Any) -> str:
        """Say in a sentence what the last state is."""
        return str(state)


class Bag:
    """Steps that do not need one another. Subclass it."""

    def questions(self) -> Iterable[Question]:
        """Yield the questions, always the same in the same order; they are drawn as they are needed."""
        raise NotImplementedError

    def steps(self) -> int | None:
        """Return how many steps there will be, where that is known."""
        return None

    def truth(self, number: int) -> Any:
        """Return the right answer to question ``number`` (from 0). Asked in a made-up world only."""
        raise NotImplementedError

    def take(self, number: int, answer: Any) -> None:
        """Take the decided answer to question ``number``; called once for each, in no certain order."""

    def result(self) -> str:
        """Say in a sentence what came of it, from the answers that were taken."""
        return ""


class Graph:
    """Steps that need the answers of some others (a directed graph without cycles). Subclass it."""

    def needs(self) -> Mapping[str, Sequence[str]]:
        """Return the names of all steps, each with the names of those whose answers it needs."""
        raise NotImplementedError

    def question(self, name: str, answers: Mapping[str, Any]) -> Question:
        """Return what that step asks; ``answers`` are those that it needs."""
        raise NotImplementedError

    def truth(self, name: str, answers: Mapping[str, Any]) -> Any:
        """Return the right answer of that step. Asked in a made-up world only."""
        raise NotImplementedError

    def result(self, answers: Mapping[str, Any]) -> str:
        """Say in a sentence what came of it, from all answers."""
        return f"{len(answers)} answers"


Sink = Callable[[int, str, bytes], None]
"""Hears of each decided step, in the order of decisions: its number, its name, and the answer as JSON."""


class Sizer(Protocol):
    """Says how many votes an answer must be ahead by, for each kind of step."""

    def k(self, kind: str) -> int:
        """Return the margin for a step of that kind."""
        ...

    def take(self, kind: str, votes: Sequence[Hashable | None], winner: Hashable) -> None:
        """Take a decided step into account: its votes in the order of sample numbers."""
        ...


class Open(NamedTuple):
    """A step that is being decided: its number, its question, and (asked for in made-up worlds) its right answer."""

    number: int
    question: Question
    truth: Callable[[], Any]


class Steps(Process, Protocol):
    """A Process that knows the questions of its open Tasks.

    ``done`` steps are decided, of ``total`` where that is known. ``stuck`` are the first undecided ones.
    """

    open: dict[TaskId, Open]
    stuck: dict[TaskId, Open]
    done: int
    total: int | None

    def result(self) -> str:
        """Say what came of it, or where it stands."""
        ...


class _Numbered:
    """What all kinds of steps share: ids from numbers, open questions, the sink."""

    def __init__(self, run: bytes, *, reuse: bool, sizer: Sizer | None, sink: Sink | None) -> None:
        self.open: dict[TaskId, Open] = {}
        self.stuck: dict[TaskId, Open] = {}
        self.done = 0
        self.total: int | None = None
        self._run = run[:8]
        self._reuse = reuse
        self._sizer = sizer
        self._sink = sink

    def on_leading(self, task: TaskId) -> Sequence[Task]:  # noqa: ARG002
        """Return nothing: steps are in no groups."""
        return ()

    def members(self, group: int) -> Sequence[TaskId]:  # noqa: ARG002
        """Return nothing: steps are in no groups."""
        return ()

    def go_ahead(self, task: TaskId, key: Hashable) -> Sequence[Task]:  # noqa: ARG002
        """Return nothing: only a Chain's next step can be guessed."""
        return ()

    def on_abandoned(self, task: TaskId) -> None:
        """Forget a speculative step."""
        del self.open[task]

    def _id(self, number: int, attempt: int = 0) -> TaskId:
        run = self._run
        if attempt:
            # Speculative attempts at one step have ids of their own.
            run = run[:6] + (int.from_bytes(run[6:], "big") ^ (attempt & 0xFFFF)).to_bytes(2, "big")
        return TaskId(run + number.to_bytes(8, "big"))

    def _task(
        self,
        number: int,
        name: str,
        question: Question,
        truth: Callable[[], Any],
        needs: tuple[TaskId, ...] = (),
        attempt: int = 0,
    ) -> Task:
        task = self._id(number, attempt)
        if not isinstance(question, Question):
            raise ProcessError(f"A step must ask a swarmwright.Question, and step {number} asks {question!r:.80}.")
        self.open[task] = Open(number, question, truth)
        k = 1 if question.perfect else self._sizer.k(question.kind) if self._sizer is not None else 0
        # A check may know what no prompt says: what another step's check let pass, this one's may refuse.
        content = question.content if self._reuse and question.check is None else b""
        return Task(task, name, needs, 0, 0, False, k, content)

    def _close(self, decided: Decided, name: str, key: Hashable, votes: Sequence[Hashable | None]) -> bytes | None:
        """Forget an open step and tell of its answer; return that, or None where there is none."""
        step = self.open.pop(decided.task)
        if not isinstance(key, bytes):
            if len(self.stuck) < MOST_STUCK:
                self.stuck[decided.task] = step
            return None
        self.done += 1
        if votes and self._sizer is not None:
            self._sizer.take(step.question.kind, votes, key)
        if self._sink is not None:
            self._sink(step.number, name, key)
        return key


class ChainSteps(_Numbered):
    """A Chain as a Process: one open Task at a time, and the speculative ones ahead of it.

    Each open step keeps the state it asks in, so that a wrong guess costs nothing but the calls.
    """

    def __init__(
        self, chain: Chain, run: bytes, *, reuse: bool = False, sizer: Sizer | None = None, sink: Sink | None = None
    ) -> None:
        """Take the chain; ``run`` (8 bytes and more) tells its Tasks from those of other runs."""
        super().__init__(run, reuse=reuse, sizer=sizer, sink=sink)
        self._chain = chain
        self._states: dict[TaskId, Any] = {}
        self._guessed: dict[TaskId, tuple[Hashable, Any]] = {}
        self._attempts: dict[int, int] = {}
        self.state: Any = chain.first()
        self.finished = False
        self.total = chain.steps()

    def start(self) -> Sequence[Task]:
        """Return the first step's Task."""
        return self._next()

    def on_decided(self, decided: Decided, key: Hashable, votes: Sequence[Hashable | None] = ()) -> Sequence[Task]:
        """Go on to the next state; an undecided step is the end."""
        answer = self._close(decided, "", key, votes)
        state = self._states.pop(decided.task)
        guessed = self._guessed.pop(decided.task, None)
        if answer is None:
            return ()
        if guessed is not None and guessed[0] == key:
            self._attempts.pop(self.done, None)
            self.state = guessed[1]
            return ()
        self.state = self._chain.after(state, decode_answer(answer))
        return self._next()

    @property
    def attempts_kept(self) -> int:
        """How many steps are remembered for what was guessed about them; it does not grow with the chain."""
        return len(self._attempts)

    def go_ahead(self, task: TaskId, key: Hashable) -> Sequence[Task]:
        """Return the next step's Task as it will be if ``key`` wins."""
        step = self.open.get(task)
        # Where questions are reused a step may be decided without a vote of its own, so there is nothing to guess from.
        if step is None or self._reuse or not isinstance(key, bytes):
            return ()
        try:
            state = self._chain.after(self._states[task], decode_answer(key))
            tasks = self._ask(step.number + 1, state)
        except Exception:
            # A wrong guess may lead to a state that cannot be; a right one fails again when it is decided.
            return ()
        if tasks:
            self._guessed[task] = (key, state)
            self._attempts[step.number + 1] = self._attempts.get(step.number + 1, 0) + 1
        return tasks

    def on_abandoned(self, task: TaskId) -> None:
        """Forget a speculative step, and that it was guessed."""
        super().on_abandoned(task)
        self._states.pop(task, None)
        self._guessed.pop(task, None)

    def result(self) -> str:
        """Say what the last state is, or where the chain stands."""
        said = self._chain.result(self.state)
        return said if self.finished else f"stopped after {self.done:,} steps at: {said}"

    def _next(self) -> Sequence[Task]:
        tasks = self._ask(self.done, self.state)
        self.finished = not tasks
        if self._attempts:
            self._attempts.pop(self.done, None)
        return tasks

    def _ask(self, number: int, state: Any) -> Sequence[Task]:
        question = self._chain.question(state)
        if question is None:
            return ()
        attempt = self._attempts.get(number, 0) if self._attempts else 0
        task = self._task(number, "", question, lambda: self._chain.truth(state), (), attempt)
        self._states[task.id] = state
        return (task,)


class BagSteps(_Numbered):
    """A Bag as a Process: as many open Tasks as the window holds, drawn one for each that is decided."""

    def __init__(
        self,
        bag: Bag,
        run: bytes,
        *,
        window: int,
        reuse: bool = False,
        sizer: Sizer | None = None,
        sink: Sink | None = None,
    ) -> None:
        """Take the bag, and how many Tasks may be open at once."""
        super().__init__(run, reuse=reuse, sizer=sizer, sink=sink)
        self._bag = bag
        self._window = window
        self._questions: Iterator[tuple[int, Question]] = enumerate(bag.questions())
        self._drawn = False
        self.total = bag.steps()

    def start(self) -> Sequence[Task]:
        """Return the first Tasks."""
        return [task for _ in range(self._window) for task in self._next()]

    def on_decided(self, decided: Decided, key: Hashable, votes: Sequence[Hashable | None] = ()) -> Sequence[Task]:
        """Hand the answer over and draw the next question."""
        number = self.open[decided.task].number
        answer = self._close(decided, "", key, votes)
        if answer is not None:
            self._bag.take(number, decode_answer(answer))
        return self._next()

    def result(self) -> str:
        """Say what came of it, or how far it is."""
        said = self._bag.result()
        if self._drawn and not self.open and not self.stuck:
            return said or f"{self.done:,} questions, each decided"
        return f"stopped with {self.done:,} questions decided{f': {said}' if said else ''}"

    def _next(self) -> Sequence[Task]:
        drawn = next(self._questions, None)
        if drawn is None:
            self._drawn = True
            return ()
        number, question = drawn
        return (self._task(number, "", question, lambda: self._bag.truth(number)),)


class GraphSteps(_Numbered):
    """A Graph as a Process. All answers are kept while it runs."""

    def __init__(
        self, graph: Graph, run: bytes, *, reuse: bool = False, sizer: Sizer | None = None, sink: Sink | None = None
    ) -> None:
        """Take the graph.

        Raises:
            ProcessError: a step needs one that is not there, or steps wait for one another.
        """
        super().__init__(run, reuse=reuse, sizer=sizer, sink=sink)
        self._graph = graph
        self._needs = {name: tuple(needs) for name, needs in graph.needs().items()}
        self._numbers = {name: number for number, name in enumerate(self._needs)}
        self._names = tuple(self._needs)
        self._answers: dict[str, Any] = {}
        self.total = len(self._needs)
        unknown = {need for needs in self._needs.values() for need in needs} - self._needs.keys()
        if unknown:
            raise ProcessError(f"A step needs {sorted(unknown)[0]!r}, which is not a step.")
        try:
            self._plan = Plan(self._bare(name) for name in self._names)
        except ValueError as error:
            raise ProcessError(f"The steps cannot be put in an order: {error}.") from error

    def start(self) -> Sequence[Task]:
        """Return the Tasks that need nothing."""
        return [self._ready(task) for task in self._plan.start()]

    def on_decided(self, decided: Decided, key: Hashable, votes: Sequence[Hashable | None] = ()) -> Sequence[Task]:
        """Return the Tasks for which this was the last answer they needed."""
        name = self._names[int.from_bytes(decided.task[8:], "big")]
        if decided.task in self.open:
            answer = self._close(decided, name, key, votes)
            if answer is not None:
                self._answers[name] = decode_answer(answer)
        return [self._ready(task) for task in self._plan.on_decided(decided, key)]

    def result(self) -> str:
        """Say what came of it, or how far it is."""
        if len(self._answers) < len(self._names):
            return f"stopped with {len(self._answers):,} of {len(self._names):,} steps decided"
        return self._graph.result(self._answers)

    def _bare(self, name: str) -> Task:
        return Task(
            self._id(self._numbers[name]), name, tuple(self._id(self._numbers[need]) for need in self._needs[name])
        )

    def _ready(self, task: Task) -> Task:
        needs = self._needs[task.name]
        if any(need not in self._answers for need in needs):
            return task
        answers = {need: self._answers[need] for need in needs}
        question = self._graph.question(task.name, answers)
        number = self._numbers[task.name]
        return self._task(number, task.name, question, lambda: self._graph.truth(task.name, answers), task.needs)
