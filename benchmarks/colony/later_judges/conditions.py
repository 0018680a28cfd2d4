"""Hidden judge of benchmarks/colony/later/conditions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def is_line_shown(level: int, is_verbose: bool) -> bool:
    return level >= (10 if is_verbose else 30)


def completion_percent(done: int, total: int) -> int:
    return 100 * done // total if total else 100


def is_counter_open(weekday: int, hour: int) -> bool:
    return weekday <= 5 and 9 <= hour < 17


def signed(amount: int) -> str:
    return f"+{amount}" if amount > 0 else str(amount)


def next_state(state: str, approvals: int, objections: int) -> str:
    if state != "review":
        return state
    if objections > 0:
        return "draft"
    return "published" if approvals >= 2 else "review"


def size_text(size: int) -> str:
    if size < 1000:
        return f"{size} B"
    if size < 1000000:
        return f"{size // 1000} kB"
    return f"{size // 1000000} MB"


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270611)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_level(rng: random.Random) -> Arguments:
    return rng.choice([rng.randint(0, 40), rng.randint(0, 100)]), rng.random() < 0.5


def _draw_steps(rng: random.Random) -> Arguments:
    total = rng.randint(0, rng.choice([9, 120, 5000]))
    return rng.choice([rng.randint(0, total), rng.randint(0, total), total]), total


def _draw_amount(rng: random.Random) -> Arguments:
    return (rng.choice([1, 1, -1]) * rng.randint(0, rng.choice([20, 900, 10**7])),)


def _draw_document(rng: random.Random) -> Arguments:
    state = rng.choice(["draft", "published", *["review"] * 8])
    return state, rng.randint(0, rng.choice([3, 90])), rng.choice([0, 0, rng.randint(0, 9)])


def _draw_size(rng: random.Random) -> Arguments:
    return (rng.randint(0, 10 ** rng.randint(1, 11)),)


STATES = ["draft", "review", "published"]

INPUTS: dict[str, list[Arguments]] = {
    "is_line_shown": _inputs([(level, is_verbose) for level in (0, 1, 9, 10, 11, 20, 29, 30, 31, 50, 100) for is_verbose in (False, True)], _draw_level, 130),
    "completion_percent": _inputs([(done, total) for total in (0, 1, 2, 3, 7, 100, 101) for done in {0, 1, total // 2, total} if done <= total], _draw_steps, 200),
    "is_counter_open": [(weekday, hour) for weekday in range(1, 8) for hour in range(24)],
    "signed": _inputs([(amount,) for amount in (0, 1, -1, 2, -2, 9, 10, -10, 100, -100)], _draw_amount, 180),
    "next_state": _inputs([(state, approvals, objections) for state in STATES for approvals in (0, 1, 2, 3) for objections in (0, 1, 2)], _draw_document, 220),
    "size_text": _inputs(
        [(size,) for size in (0, 1, 9, 10, 998, 999, 1000, 1001, 1023, 1024, 1999, 2000, 99999, 999000, 999999, 1000000, 1000001, 1048576, 1999999, 2000000, 999999999, 1000000000)],
        _draw_size,
        200,
    ),
}  # fmt: skip
