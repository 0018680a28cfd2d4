"""Commands of the scheduler, the rungs of its ladder, the Crew that performs commands, and how a run ends."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from swarmwright.ledger.events import AnyEvent, TaskId
from swarmwright.swarm.finds import Weights
from swarmwright.swarm.majority import Majority


class Rung(msgspec.Struct, frozen=True):
    """One step of the ladder: ask ``count`` samples of an Archetype of a model.

    kind "sample" asks afresh; kind "repair" sends the best refuted Proposal back with its counterexample
    (skipped where nothing was refuted). ``when`` says what makes the rung worth taking: "always", "split"
    (survivors disagree or are too few), "refuted" (there is a refuted Proposal), "thin" (little evidence stands
    behind the specification) or "won" (asked once about a special Task, before a leader is verified: witnesses).
    ``most`` is how many samples the rung may ask in all, where the votes still missing are asked of it again (0:
    ``count``, so never again). Rungs that are ``apart`` read the specification in a way of their own: a leader must
    lead among their votes, too. A rung without a ``model`` asks none and costs nothing.
    """

    archetype: str
    model: str
    count: int
    kind: Literal["sample", "repair"] = "sample"
    when: Literal["always", "split", "refuted", "thin", "won"] = "always"
    most: int = 0
    apart: bool = False

    @property
    def searches(self) -> bool:
        """Whether it asks for proposals of its own without a model; a mender only mends."""
        return not self.model and self.kind == "sample"


class Policy(msgspec.Struct, frozen=True):
    """What delivery demands, as far as the scheduler decides it.

    ``k`` is the margin needed; ``k_spread`` is added for every rival behaviour; ``rounds`` bounds how many epochs
    one Task may have. ``margin`` says over whom the margin counts: "all" rivals together, or the "second" alone
    (MAKER's rule, for steps whose wrong answers are noise). ``pick_votes`` are the votes that a behaviour other
    than the leader needs before it may stand for its Task in a group. ``majority`` is what share of the Proposals a
    leader needs (None: any). ``weights`` say for how many votes what was found without a model counts beside models
    (None: for one, as any vote). Without ``verify`` a won vote is the decision, as for steps that nothing but a vote
    can judge. ``ahead`` is how many steps may be open on the strength of guesses (0: none). ``window`` bounds the Tasks
    with work open at one time (memory only: decisions do not depend on it).
    """

    ladder: tuple[Rung, ...]
    k: int = 3
    k_spread: int = 1
    rounds: int = 8
    margin: Literal["all", "second"] = "all"
    pick_votes: int = 2
    max_risk: float = 1.0
    majority: Majority | None = None
    weights: Weights | None = None
    verify: bool = True
    ahead: int = 0
    window: int = 4096


class Ask(msgspec.Struct, frozen=True, gc=False):
    """Ask for samples ``first`` .. ``first + count - 1``; ``basis`` is the refuted sample to repair (-1: none)."""

    task: TaskId
    rung: int
    archetype: str
    model: str
    first: int
    count: int
    basis: int = -1


class Examine(msgspec.Struct, frozen=True, gc=False):
    """Examine these samples on the inputs of that epoch; the first of an epoch also fixes its inputs."""

    task: TaskId
    epoch: int
    samples: tuple[int, ...]


class Verify(msgspec.Struct, frozen=True, gc=False):
    """Verify the epoch's leader at length, against one sample of each rival behaviour."""

    task: TaskId
    epoch: int
    sample: int
    rivals: tuple[int, ...]


class CheckTogether(msgspec.Struct, frozen=True, gc=False):
    """Check a group's Laws and cross-contracts. For each Task the survivors to choose from, best first.

    The first choice of each is its verified leader. Another pick is verified before it is delivered.
    """

    group: int
    choices: tuple[tuple[TaskId, tuple[int, ...]], ...]


class Recall(msgspec.Struct, frozen=True, gc=False):
    """Note that a Task is decided as ``source`` was, which asked the same. The runner does that by itself."""

    task: TaskId
    source: TaskId


Command = Ask | Examine | Verify | CheckTogether | Recall


class Crew(Protocol):
    """Performs commands: the real one asks models and sandboxes, the simulated one makes the world up."""

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        """Perform commands of one kind and return what happened, for the ledger and the scheduler.

        The events of one Ask are Answered, Voted or CallFailed for all its samples; of an Examine, Examined
        (with EpochOpened before it where it fixed the epoch's inputs); of a Verify, Verified; of a
        CheckTogether, Together. A Verified that is not accepted because inputs were found that separate the
        survivors has the EpochOpened of the next epoch before it.

        Raises:
            ModelError: none of these Asks could be put to the model.
        """
        ...


class Lane(msgspec.Struct, frozen=True):
    """A road for commands: at most ``width`` performances at once, each of at most ``batch`` commands of a kind.

    Of the lanes with the same ``exclusive`` name (not empty) only one has work in flight at a time: it is drained
    before the next has its turn.
    """

    name: str
    width: int = 1
    batch: int = 1
    exclusive: str = ""


class Wishes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person wishes of a run while it goes on.

    ``paused`` starts nothing new until it is taken back. The limits take the place of the budget's where they are not
    None. ``width`` bounds how many performances may be under way on one lane (None: what the lane says).
    """

    paused: bool = False
    calls: int | None = None
    tokens: int | None = None
    usd: float | None = None
    width: int | None = None


class ExitReason(enum.Enum):
    """Why a run ended: a sentence for people and the command's exit code."""

    ALL_DELIVERED = ("Every task was delivered.", 0)
    SOME_UNDECIDED = ("Every task was decided, but some are undecided.", 3)
    BUDGET_CALLS = ("The budget of calls is spent; give more and run the same command to go on.", 3)
    BUDGET_TOKENS = ("The budget of tokens is spent; give more and run the same command to go on.", 3)
    BUDGET_SECONDS = ("The time allowed is over; give more and run the same command to go on.", 3)
    BUDGET_USD = ("The budget of dollars is spent; give more and run the same command to go on.", 3)
    INTERRUPTED = ("Interrupted; what was done is saved, and the same command goes on from there.", 130)
    ENDPOINT_DEAD = ("The model's endpoint cannot be used as it is; mend it and run the same command to go on.", 1)
    STORAGE_FULL = ("The disk is full; make room and run the same command to go on.", 1)

    def __init__(self, sentence: str, exit_code: int) -> None:
        """Take the sentence and the exit code apart."""
        self.sentence = sentence
        self.exit_code = exit_code


class StopSignal:
    """A person's wish to stop: once means finish what is in flight, twice means now."""

    def __init__(self) -> None:
        """Start without a wish to stop."""
        self.presses = 0
        self._waiters: list[_Waiter] = []

    def press(self) -> None:
        """Ask to stop; pressed again, to stop now. Safe to call from a signal handler of the event loop."""
        self.presses += 1
        for waiter in tuple(self._waiters):
            waiter()

    def once(self) -> None:
        """Finish what is in flight, then stop."""
        if self.presses < 1:
            self.press()

    def twice(self) -> None:
        """Stop now."""
        while self.presses < 2:
            self.press()

    def listen(self, waiter: _Waiter) -> None:
        """Call ``waiter`` at every press from now on."""
        self._waiters.append(waiter)

    def forget(self, waiter: _Waiter) -> None:
        """Call ``waiter`` no more."""
        self._waiters.remove(waiter)


class _Waiter(Protocol):
    """Something that wants to know of a press."""

    def __call__(self) -> object: ...
