"""The k of each step class that makes the whole run succeed at the least cost. Pure.

A run succeeds if all steps of all its classes do. Each class has a menu: the ks from the least that could do, what
each costs, and the negative logarithm of the success it gives; the logarithms add up and must stay in a budget.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from swarmwright.voting.classes import StepClass, calls_of, failure_of
from swarmwright.voting.correlation import MOST_K
from swarmwright.voting.sizing import allowed_failure

_BEYOND = 12
_MOST_OPTIONS = 64
_BISECTIONS = 60
_NEAR_ENOUGH = 5e-4
MOST_CLASSES = 64


def choose_k(classes: Sequence[StepClass], target: float, *, safe: bool) -> tuple[int, ...] | None:
    """Return the k of each class that reach the target together at the least expected cost; None if none do.

    The cost is in money where samples cost any, else in samples; it is the least to a thousandth. Options are
    merged class by class, without those that cost more for less, and without those that Lagrange's bound shows to be
    no better than what was found by it.

    Args:
        classes: the classes; all must succeed.
        target: the probability of success that is wanted.
        safe: at the unfavourable ends of what was measured, else at the likeliest.

    Raises:
        ValueError: ``target`` is not in (0, 1), or there are too many classes or none.
    """
    if not 1 <= len(classes) <= MOST_CLASSES:
        raise ValueError(f"a run has 1 to {MOST_CLASSES} classes of steps, not {len(classes)}")
    menus: list[list[_Option]] = []
    for one in classes:
        least = one.least_k(allowed_failure(one.steps, target), safe=safe)
        if least is None:
            return None
        menus.append(_menu(one, least, any(each.prices.sample_usd for each in classes), safe=safe))
    budget = -math.log(target) * (1.0 + 1e-12)
    if sum(menu[-1].loss for menu in menus) > budget:
        return None
    return _cheapest(menus, budget)


class _Option(msgspec.Struct, frozen=True):
    loss: float
    cost: float
    ks: tuple[int, ...]


def _menu(one: StepClass, least: int, priced: bool, *, safe: bool) -> list[_Option]:
    price = max(one.prices.sample_usd, 1e-12) if priced else 1.0
    worst = max(one.voters if safe else (one.voter,), key=lambda voter: failure_of(voter, least))
    menu: list[_Option] = []
    step, k = 1, least
    while k <= MOST_K and len(menu) < _MOST_OPTIONS:
        loss = -one.steps * math.log1p(-min(one.failure(k, safe=safe), 1.0 - 1e-16))
        calls = calls_of(worst, k)
        cost = price * one.steps * (calls if math.isfinite(calls) else k * 1e300)
        if menu and loss >= menu[-1].loss * (1.0 - 1e-9):
            break
        menu.append(_Option(loss, cost, (k,)))
        if loss < 1e-15:
            break
        # Far from a floor each k gains a factor, near it little: then larger steps look further.
        step = step * 2 if len(menu) > _BEYOND else 1
        k += step
    return menu


def _cheapest(menus: list[list[_Option]], budget: float) -> tuple[int, ...]:
    def picks(price: float) -> list[_Option]:
        return [min(menu, key=lambda option: option.cost + price * option.loss) for menu in menus]

    low, high = 0.0, 1.0
    while sum(option.loss for option in picks(high)) > budget and high < 1e300:
        high *= 4.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(option.loss for option in picks(middle)) > budget else (low, middle)
    best = _improved(menus, picks(high), budget)
    rest = [min(option.cost + high * option.loss for option in menu) for menu in menus]
    spare = [sum(menu[-1].loss for menu in menus[number:]) for number in range(len(menus) + 1)]
    front = [_Option(0.0, 0.0, ())]
    for number, menu in enumerate(menus):
        bound = sum(rest[number + 1 :]) - high * budget
        merged = [
            _Option(base.loss + option.loss, base.cost + option.cost, base.ks + option.ks)
            for base in front
            for option in menu
        ]
        front = _undominated(
            (
                option
                for option in merged
                if option.loss + spare[number + 1] <= budget
                and option.cost + high * option.loss + bound < best.cost * (1.0 - _NEAR_ENOUGH)
            ),
            best.cost * _NEAR_ENOUGH / len(menus),
        )
    return min((*front, best), key=lambda option: option.cost).ks


def _improved(menus: list[list[_Option]], picked: list[_Option], budget: float) -> _Option:
    """Return a choice within the budget, made cheaper class by class, the dearest first."""
    if sum(option.loss for option in picked) > budget:
        picked = [menu[-1] for menu in menus]
    for at in sorted(range(len(menus)), key=lambda at: -picked[at].cost):
        room = budget - sum(option.loss for other, option in enumerate(picked) if other != at)
        picked[at] = min((o for o in menus[at] if o.loss <= room), key=lambda o: o.cost, default=picked[at])
    return _Option(
        sum(option.loss for option in picked),
        sum(option.cost for option in picked),
        tuple(k for option in picked for k in option.ks),
    )


def _undominated(options: Iterable[_Option], width: float) -> list[_Option]:
    """Return the options that none beats in cost and loss; of those within ``width`` of cost the safest."""
    kept: list[_Option] = []
    since = -math.inf
    for option in sorted(options, key=lambda option: (option.cost, option.loss)):
        if kept and option.loss >= kept[-1].loss:
            continue
        if option.cost - since < width:
            kept[-1] = option
        else:
            kept.append(option)
            since = option.cost
    return kept
