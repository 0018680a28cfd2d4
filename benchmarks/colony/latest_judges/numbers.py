"""Hidden judge of benchmarks/colony/latest/numbers.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def fahrenheit(celsius: int) -> int:
    return celsius * 9 // 5 + 32


def full_bars(seconds: int, beats_per_minute: int, beats_per_bar: int) -> int:
    return seconds * beats_per_minute // (60 * beats_per_bar)


def overdue_fine(days_late: int, per_day: int, price: int) -> int:
    return min(max(days_late - 3, 0) * per_day, price)


def knockout_rounds(teams: int) -> int:
    rounds = 0
    while teams > 1:
        teams = (teams + 1) // 2
        rounds += 1
    return rounds


def is_abundant(number: int) -> bool:
    return sum(divisor for divisor in range(1, number) if number % divisor == 0) > number


def served_at(start: int, grams: int) -> int:
    return (start + (grams + 499) // 500 * 20 + 15) % 1440


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20280304)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_celsius(rng: random.Random) -> Arguments:
    return (rng.choice([rng.randint(-40, 45), rng.randint(-273, 1000)]),)


def _draw_music(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 20), rng.randint(0, 600)]), rng.randint(20, 240), rng.randint(1, 12)


def _draw_fine(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 5), rng.randint(0, 90)]), rng.randint(1, 100), rng.randint(0, 3000)


def _draw_teams(rng: random.Random) -> Arguments:
    power = 2 ** rng.randint(1, 20)
    return (rng.choice([power, power + 1, power - 1, rng.randint(1, 100), rng.randint(1, 10**6)]),)


def _draw_number(rng: random.Random) -> Arguments:
    return (rng.choice([rng.randint(1, 300), 6 * rng.randint(1, 80), 945, 315 * rng.randint(1, 9)]),)


def _draw_roast(rng: random.Random) -> Arguments:
    grams = rng.choice([rng.randint(1, 5000), 500 * rng.randint(1, 9), 500 * rng.randint(1, 9) + 1])
    return rng.choice([rng.randint(0, 1439), rng.randint(1250, 1439)]), grams


INPUTS: dict[str, list[Arguments]] = {
    "fahrenheit": _inputs([(celsius,) for celsius in (-273, -40, -1, 0, 1, 4, 5, 37, 100, 1000)], _draw_celsius, 160),
    "full_bars": _inputs(
        [(seconds, tempo, bar) for seconds in (0, 1, 59, 60, 61) for tempo in (1, 60, 119) for bar in (1, 4)],
        _draw_music,
        200,
    ),
    "overdue_fine": _inputs(
        [(days, rate, price) for days in (0, 2, 3, 4, 5, 50) for rate in (1, 20) for price in (0, 20, 41, 1000)],
        _draw_fine,
        220,
    ),
    "knockout_rounds": _inputs([(teams,) for teams in range(1, 66)], _draw_teams, 180),
    "is_abundant": _inputs([(number,) for number in range(1, 61)], _draw_number, 200),
    "served_at": _inputs(
        [(start, grams) for start in (0, 600, 1404, 1405, 1439) for grams in (1, 499, 500, 501, 1000)],
        _draw_roast,
        200,
    ),
}
