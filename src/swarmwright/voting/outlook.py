"""What comes of a run: k, calls, cost and the probability of no wrong step, each with what was measured. Pure."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence

import msgspec

from swarmwright.voting.checkers import Checker
from swarmwright.voting.choosing import choose_k
from swarmwright.voting.classes import Range, StepClass, failure_of, floor_of, range_of
from swarmwright.voting.correlation import MOST_K, Voter, least_k
from swarmwright.voting.sizing import all_succeed, allowed_failure, any_fails

_ENDS = ("low", "at", "high")


class ClassSize(msgspec.Struct, frozen=True):
    """A class at the k that was chosen or given (None: no k helps), and what comes of it."""

    name: str
    steps: int
    p: Range
    rho: Range
    k: int | None
    k_alone: tuple[int | None, int | None, int | None]
    calls: Range | None
    tokens: Range | None
    usd: Range | None
    success: Range
    failure: Range
    wrong: Range


class RunSize(msgspec.Struct, frozen=True):
    """All classes of a run, and the run. ``reached`` tells whether the target is; ``sentence`` says it in words.

    ``safe`` tells whether k was chosen at the unfavourable ends of what was measured.
    """

    target: float
    classes: tuple[ClassSize, ...]
    success: Range
    failure: Range
    calls: Range | None
    tokens: Range | None
    usd: Range | None
    wrong: Range
    reached: bool
    safe: bool
    sentence: str


def size(classes: Sequence[StepClass], target: float, k: int | None = None) -> RunSize:
    """Return the run with the k that reaches the target most cheaply, or with the given one.

    k is chosen where the measurement is at its unfavourable end; where none reaches the target there, at the likeliest.

    Raises:
        ValueError: ``target`` is not in (0, 1), ``k`` is less than 1 or absurd, or there are no classes.
    """
    ks: tuple[int | None, ...] | None
    if k is not None and not 1 <= k <= MOST_K:
        raise ValueError(f"k must be from 1 to {MOST_K}, not {k}")
    if k is not None:
        ks, safe = (k,) * len(classes), True
    else:
        ks, safe = choose_k(classes, target, safe=True), True
        if ks is None:
            ks, safe = choose_k(classes, target, safe=False), False
    sizes = tuple(_sized(one, target, mine) for one, mine in zip(classes, ks or (None,) * len(classes), strict=True))
    success = Range(*(math.prod(getattr(one.success, end) for one in sizes) for end in _ENDS))
    reached = (success.low if safe else success.at) >= target * (1.0 - 1e-12) and ks is not None
    run = RunSize(
        target,
        sizes,
        success,
        Range(*(_any_of(getattr(one.failure, end) for one in sizes) for end in _ENDS)),
        _sum([one.calls for one in sizes]),
        _sum([one.tokens for one in sizes]),
        _sum([one.usd for one in sizes]),
        _sum([one.wrong for one in sizes]) or Range(0.0, 0.0, 0.0),
        reached,
        safe,
        "",
    )
    return msgspec.structs.replace(run, sentence=_sentence(run, classes, k))


def _sized(one: StepClass, target: float, k: int | None) -> ClassSize:
    # Where no k helps, what the largest one comes to is as good as it gets.
    failures = one.failures(k or MOST_K)
    calls = one.calls(k) if k else None
    allowed = allowed_failure(one.steps, target)
    best = min(one.voters, key=_floor_and_first)
    return ClassSize(
        one.name,
        one.steps,
        range_of(one.voter.p, (voter.p for voter in one.allowed)),
        range_of(one.voter.rho, (voter.rho for voter in one.allowed)),
        k,
        (
            least_k(functools.partial(failure_of, best), floor_of(best), allowed),
            one.least_k(allowed, safe=False),
            one.least_k(allowed, safe=True),
        ),
        calls,
        _scaled(calls, one.prices.tokens),
        _scaled(calls, one.prices.sample_usd),
        Range(*(all_succeed(failure, one.steps) for failure in (failures.high, failures.at, failures.low))),
        Range(*(any_fails(failure, one.steps) for failure in (failures.low, failures.at, failures.high))),
        Range(*(one.steps * failure for failure in (failures.low, failures.at, failures.high))),
    )


def _floor_and_first(voter: Voter) -> tuple[float, float]:
    return floor_of(voter), failure_of(voter, 2)


def _scaled(calls: Range | None, each: float) -> Range | None:
    return Range(calls.low * each, calls.at * each, calls.high * each) if calls and each else None


def _any_of(failures: Iterable[float]) -> float:
    return -math.expm1(math.fsum(math.log1p(-failure) if failure < 1.0 else -math.inf for failure in failures)) + 0.0


def _sum(ranges: Sequence[Range | None]) -> Range | None:
    known = [each for each in ranges if each is not None]
    if not known:
        return None
    return Range(*(math.fsum(getattr(each, end) for each in known) for end in _ENDS))


def _sentence(run: RunSize, classes: Sequence[StepClass], k: int | None) -> str:
    target = f"{run.target}"
    measured = any(one.allowed for one in classes)
    if k is not None:
        ends = ""
        if measured:
            ends = f" (between {probability(run.success.low, run.failure.high)} and "
            ends += f"{probability(run.success.high, run.failure.low)})"
        said = f"With k = {k} all steps come out right with probability {probability(run.success.at, run.failure.at)}"
        reached = "reached" if run.reached else "not reached"
        return f"{said}{ends}; the target of {target} is {reached}{' at the unfavourable end' if measured else ''}."
    if run.reached and run.safe:
        return f"The target of {target} is reached{', also at the unfavourable end of what was measured' * measured}."
    if run.reached:
        worst = blamed(classes, safe=True)
        return (
            f"The target of {target} is reached at the likeliest values only: at the unfavourable end of what was "
            f"measured {worst}; measure more."
        )
    return f"No k reaches the target of {target}: {blamed(classes, safe=False)}."


def probability(success: float, failure: float) -> str:
    """Write a probability so that what is missing to 1 can be read: 0.9876, or 1 - 1.03e-14."""
    if failure == 0.0:
        return "1"
    return f"1 - {failure:.3g}" if failure < 1e-3 else f"{success:.4g}"


def blamed(classes: Sequence[StepClass], *, safe: bool) -> str:
    """Say in half a sentence which class no k can save, and why."""

    def best_success(one: StepClass) -> float:
        return all_succeed(min(1.0, one.floor(safe=safe)), one.steps)

    one = min(classes, key=best_success)
    worst = max(one.voters if safe else (one.voter,), key=lambda voter: (floor_of(voter), failure_of(voter, 3)))
    called = f"class {one.name}" if one.name else "the class of steps"
    checked = worst.checker != Checker()
    floor = floor_of(worst)
    if floor >= 0.5 and not (worst.rho > 0.0 and worst.p > worst.checker.break_even):
        passed = f" ({worst.checker.accuracy(worst.p):.4g} behind its checker)" if checked else ""
        return f"{called} has p = {worst.p:.4g}{passed}, and at 0.5 or less more votes make it no better"
    if floor > 0.0:
        limit = f"{worst.checker.break_even:.4g}" if checked else "0.5"
        return (
            f"in {called} a share of {floor:.2g} of the items has p <= {limit} (mean {worst.p:.4g}, rho "
            f"{worst.rho:.3g}), where votes are wrong however many there are, so that it succeeds with probability "
            f"{best_success(one):.3g} at most"
        )
    return f"{called} would need a k above {MOST_K}"
