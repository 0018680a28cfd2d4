"""Valid inputs of a Unit or Law, in a fixed order: examples, edges, changed examples, sizes, Hypothesis draws."""

from __future__ import annotations

import contextlib
import copy
import inspect
import itertools
import json
import math
import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from swarmwright.verify.inside.boundaries import boundary_values, combinations_of, every_value, sized_value
from swarmwright.verify.inside.changes import changed, changed_tokens
from swarmwright.verify.inside.conditions import Bounds
from swarmwright.verify.inside.domain import Argument, Arguments, Domain
from swarmwright.verify.inside.leaves import all_planted, equalised, planted
from swarmwright.verify.inside.loading import is_sendable
from swarmwright.verify.inside.strategies import strategy_for

_ATTEMPTS_PER_INPUT = 25
_EXHAUSTIBLE = 400
_SIZES = (2, 3, 4, 6, 9, 13, 20)
_SMALL = 6
_LARGE = 40
_LEFT_OUT = object()
_DRAWS_AT_ONCE = 60


@dataclass
class Drawn:
    """Encoded calls in order; ``exhausted`` where these are all there are."""

    calls: list[list[Any]] = field(default_factory=list)
    exhausted: bool = False


class _Collector:
    """Takes arguments one by one and keeps those that are valid and new."""

    def __init__(self, domain: Domain, size_cap: int) -> None:
        self.domain = domain
        self.size_cap = size_cap
        self.calls: list[list[Any]] = []
        self.valid: list[Arguments] = []
        self._seen: set[str] = set()

    def offer(self, arguments: Arguments, *, capped: bool = True, trusted: bool = False) -> bool:
        """Keep the arguments if they are new, of bearable size and right type, and satisfy every precondition.

        ``trusted`` ones come from examples and need not be of the declared type.
        """
        if capped and any(_length(value) > self.size_cap for value in arguments.values()):
            return False
        if not (trusted or self.domain.fits(arguments)):
            return False
        call = self.domain.encode(arguments)
        if call is None:
            return False
        key = json.dumps(call)
        if key in self._seen or not is_sendable(call):
            return False
        self._seen.add(key)
        if not self.domain.is_valid(arguments):
            return False
        # What was offered may be shared with other inputs or be an iterator that encoding has drained.
        fresh = self.domain.decode(call)
        if fresh is None:
            return False
        self.calls.append(call)
        self.valid.append(fresh)
        return True

    def offer_call(self, call: Sequence[Any], *, trusted: bool) -> None:
        """Keep a call that is already encoded, if it is valid."""
        arguments = self.domain.decode(call)
        if arguments is not None:
            self.offer(arguments, capped=False, trusted=trusted)


def draw(
    domain: Domain,
    *,
    count: int,
    seed: int,
    examples: Sequence[Sequence[Any]] = (),
    include: Sequence[Sequence[Any]] = (),
    literals: Sequence[Any] = (),
) -> Drawn:
    """Return about ``count`` valid inputs; the same for the same seed everywhere.

    Args:
        domain: whose inputs.
        count: how many are wanted; a small domain is given whole, a hard one may give fewer.
        seed: another seed gives other inputs after the examples.
        examples: encoded calls of the specification's examples, which come first.
        include: encoded calls that must be in the set where they are valid.
        literals: constants seen in candidates.
    """
    collector = _Collector(domain, _SMALL if _returns_nested(domain) else _LARGE)
    _learn(domain, examples, literals)
    for call in examples:
        collector.offer_call(call, trusted=True)
    shown = [dict(arguments) for arguments in collector.valid]
    for call in include:
        collector.offer_call(call, trusted=False)
    asked_for = len(collector.calls)
    everything = _every_input(domain)
    if everything is not None:
        for arguments in everything:
            collector.offer(arguments, capped=False)
        return Drawn(collector.calls, exhausted=True)
    random = Random(f"{domain.contracted.id}/{seed}")  # noqa: S311
    _fill(collector, domain, count, random, seed, shown)
    return Drawn(collector.calls[: max(count, asked_for)])


def _learn(domain: Domain, examples: Sequence[Sequence[Any]], literals: Sequence[Any]) -> None:
    for call in examples:
        arguments = domain.decode(call)
        if arguments is not None:
            domain.taste.see_all(arguments.values(), example=True)
    domain.taste.note_constants(literals)


def _fill(collector: _Collector, domain: Domain, count: int, random: Random, seed: int, shown: list[Arguments]) -> None:
    streams: list[tuple[Iterator[Arguments], int]] = [
        (_edges(domain), 3),
        (_changes(domain, collector, random, shown), 3),
        (_draws(domain, seed), 3),
        (_rearrangements(domain, collector, random, shown), 2),
        (_mixtures(domain, collector, random), 1),
        (_sizes(domain, random), 1),
    ]
    attempts = count * _ATTEMPTS_PER_INPUT
    while streams and attempts > 0 and len(collector.calls) < count:
        for stream in list(streams):
            source, share = stream
            kept = 0
            for _ in range(share * 4):
                arguments = next(source, None)
                attempts -= 1
                if arguments is None:
                    streams.remove(stream)
                    break
                kept += collector.offer(arguments) or collector.offer(domain.mended(arguments, random))
                if kept == share:
                    break


def _every_input(domain: Domain) -> list[Arguments] | None:
    """Return all arguments of a small domain, else None."""
    if len(domain.variants) > 1:
        return None
    pools: list[list[Any]] = []
    for argument in domain.arguments:
        pool = every_value(argument.form, argument.bounds)
        if pool is None or argument.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            return None
        pools.append([*pool, _LEFT_OUT] if argument.optional else pool)
    if math.prod(map(len, pools)) > _EXHAUSTIBLE:
        return None
    names = [argument.name for argument in domain.arguments]
    return [_given(zip(names, values, strict=True)) for values in itertools.product(*pools)]


def _given(pairs: Iterable[tuple[str, Any]]) -> Arguments:
    return {name: value for name, value in pairs if value is not _LEFT_OUT}


def _edges(domain: Domain) -> Iterator[Arguments]:
    return _by_turns(_edges_of(domain, arguments) for arguments in domain.variants)


def _edges_of(domain: Domain, arguments: list[Argument]) -> list[Arguments]:
    names = [argument.name for argument in arguments]
    pools = [_pool(domain, argument) for argument in arguments]
    if not all(pools):
        return []
    return [_given(zip(names, values, strict=True)) for values in combinations_of(pools, 60)]


def _by_turns(sources: Iterable[list[Arguments]]) -> Iterator[Arguments]:
    """Yield of each source in turn: every reading of a type variable gets its share."""
    for some in itertools.zip_longest(*sources):
        yield from (arguments for arguments in some if arguments is not None)


def _pool(domain: Domain, argument: Argument) -> list[Any]:
    try:
        pool = boundary_values(argument.form, argument.bounds, domain.taste)
    except (TypeError, ValueError, OverflowError):
        # Bounds that were misread do no harm: the real preconditions decide.
        pool = boundary_values(argument.form, Bounds(), domain.taste)
    return [_LEFT_OUT, *pool] if argument.optional else pool


def _changes(domain: Domain, collector: _Collector, random: Random, shown: list[Arguments]) -> Iterator[Arguments]:
    while True:
        bases = shown or collector.valid
        if not bases:
            yield {}
            continue
        base = dict(random.choice(bases if random.random() < 0.8 else collector.valid))
        twins = _twins(domain, base)
        if twins and random.random() < 0.3:
            one_name, other_name = random.choice(twins)
            if random.random() < 0.3:
                base[one_name], base[other_name] = base[other_name], base[one_name]
                yield base
                continue
            # Two arguments that are almost the same: equal but for one step.
            base[one_name] = copy.deepcopy(base[other_name])
            if isinstance(base[one_name], str) and random.random() < 0.7:
                base[one_name] = changed_tokens(base[one_name], random)
                yield base
                continue
        if not base:
            yield base
            continue
        for _ in range(random.choice((1, 1, 2, 3))):
            name = random.choice(sorted(base))
            try:
                base[name] = changed(base[name], random, domain.taste)
            except Exception:
                # A class of the specification may refuse the changed fields.
                break
        yield base


def _twins(domain: Domain, base: Arguments) -> list[tuple[str, str]]:
    return [
        (one.name, other.name)
        for one, other in itertools.permutations(domain.arguments, 2)
        if (one.form.kind, one.form.type) == (other.form.kind, other.form.type)
        and one.name in base
        and other.name in base
    ]


def _rearrangements(
    domain: Domain, collector: _Collector, random: Random, shown: list[Arguments]
) -> Iterator[Arguments]:
    for base in shown[:2]:
        with contextlib.suppress(Exception):
            yield from all_planted(base, domain.taste)
    while True:
        bases = shown if shown and random.random() < 0.5 else collector.valid
        if not bases:
            yield {}
            continue
        base = random.choice(bases)
        try:
            yield planted(base, random, domain.taste) if random.random() < 0.6 else equalised(base, random)
        except Exception:
            # A class of the specification may refuse the changed fields.
            yield dict(base)


def _mixtures(domain: Domain, collector: _Collector, random: Random) -> Iterator[Arguments]:
    """Yield values of different inputs side by side (pointless for a single argument)."""
    if len(domain.arguments) < 2:
        return
    while True:
        if not collector.valid:
            yield {}
            continue
        mixed = {}
        for argument in domain.arguments:
            donor = random.choice(collector.valid)
            if argument.name in donor:
                mixed[argument.name] = donor[argument.name]
        yield mixed


def _sizes(domain: Domain, random: Random) -> Iterator[Arguments]:
    for size in _SIZES:
        for _ in range(2):
            arguments = sized_arguments(domain, size, random)
            if arguments is not None:
                yield domain.mended(arguments, random)


def sized_arguments(domain: Domain, size: int, random: Random) -> Arguments | None:
    """Return arguments whose containers (where there are none: integers) are of about that size."""
    grows = any(a.form.is_container or a.form.kind == "union" for a in domain.arguments)
    made: Arguments = {}
    for argument in domain.arguments:
        try:
            if grows and not (argument.form.is_container or argument.form.kind == "union"):
                if argument.optional and random.random() < 0.5:
                    continue
                made[argument.name] = random.choice(boundary_values(argument.form, argument.bounds, domain.taste)[:12])
            else:
                made[argument.name] = sized_value(argument.form, argument.bounds, domain.taste, size, random)
        except (LookupError, ValueError, TypeError):
            return None
    return made


def _draws(domain: Domain, seed: int) -> Iterator[Arguments]:
    size = 4 if _returns_nested(domain) else 8
    for batch in itertools.count():
        strategies = [_arguments_strategy(domain, arguments, size) for arguments in domain.variants]
        count = _DRAWS_AT_ONCE // len(strategies)
        found = _by_turns(hypothesis_draws(strategy, count, seed * 1009 + batch) for strategy in strategies)
        first = next(found, None)
        if first is None:
            return
        yield first
        yield from found


def _arguments_strategy(domain: Domain, arguments: list[Argument], size: int) -> st.SearchStrategy[Arguments]:
    parts: list[st.SearchStrategy[Any]] = []
    for argument in arguments:
        try:
            part = strategy_for(argument.form, argument.bounds, domain.taste, size=size)
        except (TypeError, ValueError, OverflowError, hypothesis.errors.InvalidArgument):
            part = strategy_for(argument.form, Bounds(), domain.taste, size=size)
        parts.append(st.one_of(part, part, part, st.just(_LEFT_OUT)) if argument.optional else part)
    names = [argument.name for argument in arguments]
    return st.tuples(*parts).map(lambda values: _given(zip(names, values, strict=True)))


def hypothesis_draws(strategy: st.SearchStrategy[Any], count: int, seed: int) -> list[Any]:
    """Return what Hypothesis draws with that seed; fewer than ``count`` (or none) where it is hard to satisfy."""
    drawn: list[Any] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @hypothesis.given(strategy)
    def collect(value: Any) -> None:
        drawn.append(value)

    try:
        collect()
    except hypothesis.errors.HypothesisException:
        return drawn
    return drawn


def scaling_series(domain: Domain, sizes: Sequence[int], seed: int) -> list[list[Any]]:
    """Return one valid call for each size that the domain allows, growing."""
    random = Random(f"scale/{domain.contracted.id}/{seed}")  # noqa: S311
    calls: list[list[Any]] = []
    for size in sizes:
        for _ in range(6):
            arguments = sized_arguments(domain, size, random)
            if arguments is None:
                continue
            mended = domain.mended(arguments, random)
            call = domain.encode(mended)
            if call is not None and call not in calls and domain.is_valid(mended):
                calls.append(call)
                break
    return calls


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list | tuple | set | frozenset | dict | str | bytes) else 0


def _returns_nested(domain: Domain) -> bool:
    """Tell whether the result holds containers in a container: such results may well grow exponentially."""
    try:
        returns = domain.contracted.hints.get("return")
    except Exception:
        return False
    inner = typing.get_args(returns) if typing.get_origin(returns) in (list, set, frozenset) else ()
    return any((typing.get_origin(part) or part) in (list, tuple, set, frozenset) for part in inner)
