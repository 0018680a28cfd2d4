"""Hidden judge of benchmarks/colony/held_out/conditions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def with_shipping(total: float) -> float:
    return total if total >= 50 else total + 4.5


def weather_word(celsius: int) -> str:
    if celsius < 0:
        return "freezing"
    return "hot" if celsius >= 25 else "mild"


def setting_value(line: str) -> str | None:
    return line.split(":", 1)[1].strip() if ":" in line else None


def ticket_price(price: int, age: int, is_member: bool) -> int:
    if age < 6:
        return 0
    return price // 2 if age < 18 or is_member else price


def water_bill(litres: int) -> int:
    return 2 * litres if litres <= 10 else 20 + 5 * (litres - 10)


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_total(rng: random.Random) -> Arguments:
    # Quarters: all results are exact.
    return (rng.choice([rng.randint(0, 400), rng.randint(180, 204), rng.randint(0, 4000)]) / 4,)


def _draw_line(rng: random.Random) -> Arguments:
    pieces = [
        rng.choice(["", " ", "  ", ":", ":", "a", "9", "key", "two words", "-"]) for _ in range(rng.randint(0, 7))
    ]
    return ("".join(pieces),)


def _draw_ticket(rng: random.Random) -> Arguments:
    price, age = (
        rng.choice([rng.randint(0, 20), rng.randint(0, 2000)]),
        rng.choice([rng.randint(0, 20), rng.randint(0, 99)]),
    )
    return price, age, rng.random() < 0.5


INPUTS: dict[str, list[Arguments]] = {
    "with_shipping": _inputs(
        [(0.0,), (0.25,), (49.75,), (50.0,), (50.25,), (45.5,), (45.25,), (1e6,)], _draw_total, 160
    ),
    "weather_word": _inputs(
        [(celsius,) for celsius in range(-60, 70)], lambda rng: (rng.choice([-1, 1]) * rng.randint(0, 300),), 180
    ),
    "setting_value": _inputs(
        [(":",), ("::",), (" : ",), ("a",), ("a :b",), ("a: b: c ",), (" a ",), (":a",), ("a:",), ("http://x",)],
        _draw_line,
        180,
    ),
    "ticket_price": _inputs(
        [
            (price, age, is_member)
            for price in (1, 2, 999)
            for age in (0, 5, 6, 7, 17, 18, 19, 99)
            for is_member in (False, True)
        ],
        _draw_ticket,
        220,
    ),
    "water_bill": _inputs([(litres,) for litres in range(130)], lambda rng: (rng.randint(130, 10**6),), 160),
}
