"""Everything that can happen in a run. The ledger holds nothing else; all else is a fold over these.

Payloads are the ledger's own: ids, names, numbers, bytes. Packages above convert their values. Large texts
(prompts, answers, inputs, evidence) are blobs, stored once by their SHA-256 and referred to by it.
Events carry several samples at once where they can, so that a million votes are cheap.
"""

from __future__ import annotations

from typing import NewType

import msgspec

FORMAT = 4
"""Version of the ledger's format; another version is refused, never guessed.

It changes with the events' fields, and with what is derived of them: totals that are counted by other rules look like a
ledger that was cut.
"""

TaskId = NewType("TaskId", bytes)
"""16 bytes: the hash of everything a Task depends on."""
BlobId = NewType("BlobId", bytes)
"""32 bytes: the SHA-256 of the blob."""
OFFERED = "inputs offered"
"""The flag of an answer that holds inputs to try: it never votes, and is neither a proposal nor a fault."""
IDLE = "nothing to say"
"""The flag of an answer of a Worker who was asked and had nothing to do: neither a proposal nor a fault."""
MENDER = "mender"
"""The family of proposals that no model wrote: refuted ones with small edits."""
COLONY = "colony"
"""The family of proposals that micro-agents found without a model."""
UNSEPARATED = "rivals not tried"
"""The red flag of a proposal of the colony: there was no time to try everything that is about as small."""
LIKELY_CHANCE = "may be chance"
"""The red flag of a proposal of the colony: among so many programs one may satisfy so few examples by chance."""
UNSTABLE = "hangs on single examples"
"""The red flag of a proposal of the colony: without one or another of several examples something cheaper is right."""
UNREAD = "leaves something unread"
"""The red flag of a proposal of the colony: it never looks at a parameter, or at a field that the prose names."""
UNUSED = "leaves a function unused"
"""The red flag of a proposal of the colony: it never calls a function that the specification tells it to use."""
UNSTATED = "names an unstated number"
"""The red flag of a proposal of the colony: it has a number that only results show, or nothing at all."""
PLODDING = "plods through large numbers"
"""The red flag of a proposal of the colony: a loop in it takes as many steps as a number is large."""
UNRANKED = "compares nothing"
"""The red flag of a proposal of the colony: the prose speaks of the most or the least of many, and it ranks nothing."""
UNQUOTED = "lacks a quoted text"
"""The red flag of a proposal of the colony: a separator that the prose quotes or names stands nowhere in it."""
EXPECTED = "with expected results"
"""The detail of an offered answer whose body is a doctest: inputs, most of them with what they must give."""
SLOW_VERSION = "a slow version"
"""The detail of an offered answer whose body is a plain, slow function to compare a winner with."""
UNTOLD_VERSION = "a version of who was not told"
"""The detail of an offered answer whose body was written from the name and the first sentence of the prose."""
STATED = "a sentence as conditions"
"""The detail of an offered answer whose body is a sentence of the prose and the conditions it was read as."""


class Event(msgspec.Struct, frozen=True, tag=True, array_like=True, gc=False):
    """The root of all events; each subclass is tagged with its name."""


class RunOpened(Event, frozen=True):
    """A run began: what for, with which options (name to text), when (Unix seconds).

    ``units`` are the names of all Tasks there will be, where they are known from the start.
    """

    format: int
    spec_name: str
    spec_digest: str
    options: dict[str, str]
    at: float
    units: tuple[str, ...] = ()


class RunResumed(Event, frozen=True):
    """A run went on after it was interrupted; calls that were in flight are asked again."""

    at: float
    asked_again: int


class RunClosed(Event, frozen=True):
    """A run ended with that Exit reason."""

    exit_reason: str
    detail: str
    at: float


class TaskOpened(Event, frozen=True):
    """A Task became known; ``needs`` are the Tasks it waits for, ``group`` those it is checked together with."""

    task: TaskId
    name: str
    needs: tuple[TaskId, ...]
    group: int


class Reserved(Event, frozen=True):
    """A block of the budget was reserved before it is spent; one that is open at a crash counts as spent."""

    block: int
    calls: int
    tokens: int
    cost_usd: float


class Asked(Event, frozen=True):
    """Samples ``first`` .. ``first + count - 1`` of a Task were asked for."""

    task: TaskId
    rung: int
    archetype: str
    model: str
    first: int
    count: int


class Answer(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One sample's answer. ``flag`` names the red flag (empty: none); ``text`` is the answer's blob,
    ``body`` the blob of what was read from it (empty where flagged); ``kept`` means it was not bought now.
    """

    text: bytes
    body: bytes
    flag: str
    detail: str
    tokens_in: int
    tokens_out: int
    cost_usd: float
    seconds: float
    kept: bool


class Answered(Event, frozen=True):
    """The answers to samples ``first``, ``first + 1``, ...; ``prompt`` is the blob of the exact messages."""

    task: TaskId
    first: int
    prompt: bytes
    answers: tuple[Answer, ...]


class Survivor(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A body that the colony found: its blob, cost, how far it is from chance (in bits), and its productions.

    It is ``solid`` where that is far enough. ``support`` is the number of examples without which something cheaper
    would be right (-1: an older ledger does not say).
    """

    body: bytes
    cost: int
    bits: float
    solid: bool
    trail: tuple[str, ...]
    support: int = -1


class Searched(Event, frozen=True):
    """The colony searched for a Task's samples from ``first`` on: one event, whatever the number of agents.

    Of ``tried`` agents ``live`` behaved like no cheaper one; all up to cost ``complete`` were computed, in ``seconds``.
    ``separated`` says whether rivals were tried, ``cut`` at how many agents the budget or the clock cut it off (0: it
    was not). ``grammar``, ``modules`` and ``request`` are the blobs of all that the search is a function of: with them
    it is done again agent for agent, and has the digest ``trace`` again.
    """

    task: TaskId
    first: int
    tried: int
    live: int
    complete: int
    separated: bool
    cut: int
    seconds: float
    grammar: bytes
    modules: bytes
    request: bytes
    trace: bytes
    survivors: tuple[Survivor, ...]


class CallFailed(Event, frozen=True):
    """Samples could not be had at all (after all retries): neither a red flag nor a vote."""

    task: TaskId
    first: int
    count: int
    reason: str


class EpochOpened(Event, frozen=True):
    """A Task's input set number ``epoch`` (from 0) is fixed: ``count`` inputs, encoded in the blob."""

    task: TaskId
    epoch: int
    inputs: bytes
    count: int
    exhausted: bool
    why: str


class Result(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One examined sample: a vote ``key``, or a red ``flag``, or ``refuted`` by the named check.

    With both key and flag it behaves like those who vote so, and has no vote itself.

    ``story`` is the blob of the whole Examination (empty: none kept).
    """

    sample: int
    key: bytes
    flag: str
    refuted: str
    story: bytes


class Examined(Event, frozen=True):
    """Samples of a Task were examined on the inputs of an epoch."""

    task: TaskId
    epoch: int
    results: tuple[Result, ...]


class Voted(Event, frozen=True):
    """Answers whose vote keys are known at once (chains, simulated worlds): one key a sample from ``first`` on.

    An empty key is a red-flagged sample. Takes the place of Answered and Examined. ``tokens`` and ``cost_usd`` are
    those of samples that were bought now; ``kept`` counts the others. ``story`` is the blob of what was asked and
    answered (empty: none kept).
    """

    task: TaskId
    first: int
    keys: tuple[bytes, ...]
    tokens: int
    cost_usd: float
    kept: int = 0
    story: bytes = b""


class Verified(Event, frozen=True):
    """The leader of a closed epoch was verified at length; ``evidence`` is the blob of what was done.

    Not ``accepted`` with a verdict of REFUTED (0) means a counterexample was found: it joins the inputs of
    the next epoch. Not accepted otherwise means the checks do not meet the policy, by ``reason``. ``risk`` is the
    estimated probability that the leader is wrong (0 where nobody estimates it).
    """

    task: TaskId
    epoch: int
    sample: int
    verdict: int
    accepted: bool
    reason: str
    evidence: bytes
    risk: float = 0.0


class Together(Event, frozen=True):
    """A group of Tasks was checked together; ``picks`` gives the sample that stands for each Task.

    ``broken`` names the Laws (or cross-contracts) that no combination of survivors keeps; empty: all hold.
    """

    group: int
    picks: tuple[tuple[TaskId, int], ...]
    broken: tuple[str, ...]
    evidence: bytes


class Decided(Event, frozen=True):
    """A Task ended: delivered (``sample`` is its winner) or undecided (``sample`` is -1), with the reason."""

    task: TaskId
    delivered: bool
    sample: int
    votes: int
    margin: int
    verdict: int
    reason: str


class Recalled(Event, frozen=True):
    """A Task asks what ``source`` asked, which is decided: it is decided likewise, with the same votes."""

    task: TaskId
    source: TaskId


class Speculated(Event, frozen=True):
    """A Task was opened before the one it follows from (``parent``) is decided, as if ``key`` had won there."""

    task: TaskId
    parent: TaskId
    key: bytes


class Abandoned(Event, frozen=True):
    """A speculative Task is given up: what it follows from was decided otherwise. It never was a decision."""

    task: TaskId


class Noted(Event, frozen=True):
    """Something a person should know (an endpoint's habit, a fallback taken, a health check)."""

    topic: str
    text: str


AnyEvent = (
    RunOpened
    | RunResumed
    | RunClosed
    | TaskOpened
    | Reserved
    | Asked
    | Answered
    | CallFailed
    | EpochOpened
    | Examined
    | Voted
    | Verified
    | Together
    | Decided
    | Noted
    | Recalled
    | Speculated
    | Abandoned
    | Searched
)
