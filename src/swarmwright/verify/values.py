"""Verdicts, and the values that pass between the parent and the sandboxed processes.

``Encoded`` is plain JSON-able tagged data (see ``encoding.py``); generated code never compares itself.
"""

from __future__ import annotations

import enum
from typing import Any, Literal

import msgspec

Encoded = Any
"""A value as tagged data: exact types, capped in size; made and read by ``encoding``."""


class Verdict(enum.IntEnum):
    """How sure we are, in order. Every check can refute; few can affirm."""

    REFUTED = 0
    """A replayed counterexample exists."""
    UNKNOWN = 1
    """The check could not decide."""
    TESTED = 2
    """No counterexample among the inputs that were tried."""
    BOUNDED = 3
    """A symbolic or exhaustive search within stated bounds found nothing."""
    PROVED = 4
    """It holds for all inputs. Nothing earns this yet."""


class Candidate(msgspec.Struct, frozen=True):
    """A proposed body of one Unit; ``body`` is dedented statements (imports and helpers inside it)."""

    unit: str
    body: str


class Call(msgspec.Struct, frozen=True, array_like=True):
    """One call of a Unit: encoded positional and keyword arguments."""

    unit: str
    args: tuple[Encoded, ...]
    kwargs: tuple[tuple[str, Encoded], ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """What one call did.

    ``value`` for kind "value"; ``error`` is the exception's type name for kind "raise"; ``detail`` says
    more for people. ``changed`` is true where the call changed one of its arguments. ``timeout`` is never
    a value. ``died`` means the process ended under the call (exit, signal, memory).
    """

    kind: Literal["value", "raise", "timeout", "opaque", "died"]
    value: Encoded = None
    error: str = ""
    changed: bool = False
    cpu_ms: float = 0.0
    detail: str = ""


class Counterexample(msgspec.Struct, frozen=True):
    """An input on which a candidate breaks the specification, in words of the specification's language.

    ``check`` names the check ("example", "postcondition", "arguments changed", "not repeatable",
    "law law_round_trip", ...); ``call`` is the call as Python source; ``observed`` and ``expected`` are
    reprs or sentences.
    """

    check: str
    call: str
    observed: str
    expected: str

    def __str__(self) -> str:
        """Return one line for people and for the repairer's prompt."""
        return f"{self.call} gave {self.observed}, but {self.expected}"


class CheckResult(msgspec.Struct, frozen=True):
    """What one check did to one candidate: its verdict, over how many inputs, in how many seconds."""

    check: str
    verdict: Verdict
    inputs: int = 0
    seconds: float = 0.0
    detail: str = ""
    counterexample: Counterexample | None = None


class InputSet(msgspec.Struct, frozen=True):
    """A numbered, ordered set of valid inputs of one Unit; extending it opens a new epoch.

    ``exhausted`` is true where these are all the inputs the parameters' types and preconditions allow.
    """

    unit: str
    epoch: int
    calls: tuple[Call, ...]
    exhausted: bool = False


class Examination(msgspec.Struct, frozen=True):
    """What examining one candidate on an epoch's inputs showed.

    Exactly one of ``flag`` (a red flag: too slow, unencodable, died), ``counterexample`` (refuted) and
    ``key`` (the vote key, from the execution signature over the epoch's inputs) is set.
    """

    flag: str | None = None
    counterexample: Counterexample | None = None
    key: bytes | None = None
    checks: tuple[CheckResult, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


class Separation(msgspec.Struct, frozen=True):
    """A valid input on which two behaviours differ: the call and what each side gives, as reprs."""

    call: str
    left: str
    right: str


class Stated(msgspec.Struct, frozen=True):
    """How one tester wrote one sentence of the prose down: Python conditions on the parameters and ``result``."""

    sentence: str
    conditions: tuple[str, ...]


class Evidence(msgspec.Struct, frozen=True):
    """What verifying a winner showed: the certificate's substance.

    Attributes:
        unit: the Unit's id.
        body_sha256: digest of the winner's body.
        verdict: what all checks together support.
        accepted: whether that is enough.
        reason: why not, or that it is.
        checks: every check that looked at the winner.
        separations: for each rival behaviour, an input with the winner's answer and the rival's.
        mutants: how many changed versions of the winner were tried.
        mutants_killed: how many the checks caught.
        mutants_different: how many they did not, although a valid input shows them different.
        questions: inputs that the specification leaves open (at most 5): the winner's answer, and that of a changed
            version which passes every example and contract too.
        expected_agreed: how many results that testers expect the winner gives.
        expected_against: how many it does not give.
        rivals_expected_best: how many the best rival behaviour gives.
        oracles: slow versions that satisfy the specification themselves.
        oracle_inputs: comparisons with them (inputs, summed over slow versions).
        oracle_differs: how many of the slow versions differ from the winner on some input.
        oracles_for_rival: how many of those behave like a rival on all of them.
        witnessed: inputs (at most 5) with the winner's answer and that of a witness against it.
        outcomes: how many different results the winner gave on the inputs of its epoch (0: nobody counted).
    """

    unit: str
    body_sha256: str
    verdict: Verdict
    accepted: bool
    reason: str
    checks: tuple[CheckResult, ...]
    separations: tuple[Separation, ...] = ()
    mutants: int = 0
    mutants_killed: int = 0
    mutants_different: int = 0
    questions: tuple[Separation, ...] = ()
    expected_agreed: int = 0
    expected_against: int = 0
    rivals_expected_best: int = 0
    oracles: int = 0
    oracle_inputs: int = 0
    oracle_differs: int = 0
    oracles_for_rival: int = 0
    witnessed: tuple[Separation, ...] = ()
    outcomes: int = 0
