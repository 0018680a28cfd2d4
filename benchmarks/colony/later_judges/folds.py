"""Hidden judge of benchmarks/colony/later/folds.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def checksum(data: list[int]) -> int:
    total = 0
    for byte in data:
        total ^= byte
    return total


def column_width(cells: list[str]) -> int:
    return max(map(len, cells), default=0) + 2


def bucket_of(key: str, buckets: int) -> int:
    code = 0
    for character in key:
        code = code * 31 + ord(character)
    return code % buckets


def text_after_keys(keys: str) -> str:
    text = ""
    for key in keys:
        text = text[:-1] if key == "<" else text + key
    return text


def alarms_sent(times_s: list[int], gap_s: int) -> list[int]:
    sent: list[int] = []
    for time in times_s:
        if not sent or time - sent[-1] >= gap_s:
            sent.append(time)
    return sent


def vans_needed(weights: list[int], limit: int) -> int:
    vans, room = 0, 0
    for weight in weights:
        if weight > room:
            vans, room = vans + 1, limit
        room -= weight
    return vans


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270611)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_bytes(rng: random.Random) -> Arguments:
    return ([rng.randint(0, rng.choice([7, 255])) for _ in range(rng.randint(0, 6))],)


def _draw_cells(rng: random.Random) -> Arguments:
    reach = rng.choice([3, 15])
    return (["".join(rng.choice("ab 1") for _ in range(rng.randint(0, reach))) for _ in range(rng.randint(0, 5))],)


def _draw_key(rng: random.Random) -> Arguments:
    key = "".join(rng.choice("abcxyzABC 019_") for _ in range(rng.randint(0, 9)))
    return key, rng.choice([rng.randint(1, 9), rng.randint(2, 200), 16, 1009, 10**6])


def _draw_keys(rng: random.Random) -> Arguments:
    return ("".join(rng.choice(rng.choice(["abc 1", "xY>", "<"])) for _ in range(rng.randint(0, 10))),)


def _draw_alarms(rng: random.Random) -> Arguments:
    reach = rng.choice([10, 40, 200])
    return sorted(rng.randint(0, reach) for _ in range(rng.randint(0, 8))), rng.randint(1, rng.choice([3, 12, 60]))


def _draw_crates(rng: random.Random) -> Arguments:
    limit = rng.choice([rng.randint(1, 6), rng.randint(5, 20), 100])
    heaviest = rng.choice([limit, (limit + 1) // 2, (limit + 2) // 3])
    return [rng.randint(1, heaviest) for _ in range(rng.randint(0, 8))], limit


INPUTS: dict[str, list[Arguments]] = {
    "checksum": _inputs([([],), ([0],), ([255],), ([255, 255],), ([1, 1, 1],), ([0, 9],), ([128, 127],), ([6, 3],), ([12, 10, 6],)], _draw_bytes, 180),
    "column_width": _inputs([([],), ([""],), (["", ""],), (["a"],), (["a", "bb"],), (["bb", "a"],), ([" "],), (["aa", "bb"],)], _draw_cells, 180),
    "bucket_of": _inputs(
        [(key, buckets) for key in ("", "a", "b", "aa", "ab", "ba", "abc") for buckets in (1, 2, 31, 97, 1000, 10**6)], _draw_key, 200
    ),
    "text_after_keys": _inputs([("",), ("<",), ("<<",), ("a",), ("a<",), ("<a",), ("a<<b",), ("ab<",), ("ab<c",), ("ab<c<d",), (">",), ("a<b<c<",), (" <",)], _draw_keys, 220),
    "alarms_sent": _inputs(
        [([], 1), ([0], 1), ([0, 0], 1), ([0, 1], 1), ([0, 1], 2), ([0, 1, 2], 2), ([0, 2, 3, 4], 2), ([5, 9, 10], 5), ([5, 9, 13, 17], 8), ([0, 3, 6, 9], 5), ([-4, -1, 2], 4), ([1, 1, 1, 9], 8)],
        _draw_alarms,
        220,
    ),
    "vans_needed": _inputs(
        [([], 1), ([], 0), ([1], 1), ([1, 1], 1), ([1, 1], 2), ([1, 1, 1], 2), ([2, 1, 1], 2), ([1, 2, 1], 2), ([3, 3, 4], 10), ([3, 3, 4, 1], 10), ([9, 2, 9, 1], 10), ([5, 6, 5], 10), ([6, 6, 4], 10)],
        _draw_crates,
        220,
    ),
}  # fmt: skip
