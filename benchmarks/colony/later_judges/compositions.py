"""Hidden judge of benchmarks/colony/later/compositions.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def is_octet(text: str) -> bool:
    return text.isdigit() and int(text) <= 255


def is_address(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 4 and all(is_octet(part) for part in parts)


def visitors(lines: list[str]) -> list[str]:
    return sorted({line.split(" ")[0] for line in lines if is_address(line.split(" ")[0])})


def are_neighbours(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) == 1


def neighbour_count(square: tuple[int, int], living: list[tuple[int, int]]) -> int:
    return sum(are_neighbours(square, other) for other in living)


def lives_next(square: tuple[int, int], living: list[tuple[int, int]]) -> bool:
    count = neighbour_count(square, living)
    return count == 3 or (count == 2 and square in living)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270611)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _octet(rng: random.Random) -> str:
    good = [str(rng.randint(0, 255)), str(rng.randint(0, 9)), "255"]
    return rng.choice(good * 12 + ["256", str(rng.randint(256, 999)), "", "x", "-1", "1 "])


def _address(rng: random.Random) -> str:
    return ".".join(_octet(rng) for _ in range(rng.choice([4] * 12 + [3, 5])))


def _draw_octet(rng: random.Random) -> Arguments:
    return (
        rng.choice(
            [_octet(rng), str(rng.randint(240, 270)), str(rng.randint(0, 2000)), rng.choice("abc. ") + _octet(rng)]
        ),
    )


def _draw_address(rng: random.Random) -> Arguments:
    return (
        rng.choice([_address(rng), _address(rng), _address(rng), _address(rng).replace(".", rng.choice(". ,"), 1)]),
    )


def _draw_log(rng: random.Random) -> Arguments:
    seen = [_address(rng) for _ in range(rng.randint(1, 4))] + ["error", ""]
    ends = ["", " GET /", " POST /x", " 10.0.0.1", "  ", "/x"]
    return ([rng.choice(seen) + rng.choice(ends) for _ in range(rng.randint(0, 6))],)


def _draw_squares(rng: random.Random) -> Arguments:
    one = rng.randint(-9, 9), rng.randint(-9, 9)
    reach = rng.choice([1, 1, 2, 5])
    return one, (one[0] + rng.randint(-reach, reach), one[1] + rng.randint(-reach, reach))


def _draw_board(rng: random.Random) -> Arguments:
    column, row = rng.randint(-5, 9), rng.randint(-5, 9)
    reach = rng.choice([1, 1, 1, 2])
    near = [(column + x, row + y) for x in range(-reach, reach + 1) for y in range(-reach, reach + 1)]
    return (column, row), rng.sample(near, rng.choice([3, 3, rng.randint(2, 4), rng.randint(0, 9)]))


RING = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)]

INPUTS: dict[str, list[Arguments]] = {
    "is_octet": _inputs(
        [(text,) for text in ("", "0", "00", "7", "007", "99", "254", "255", "256", "0256", "1000", "-1", "+1", "1.0", " 1", "1 ", "a", "1a", "0x1", "1e1", ".")], _draw_octet, 200
    ),
    "is_address": _inputs(
        [
            (text,)
            for text in (
                "", ".", "...", "1", "1.2.3", "1.2.3.4", "1.2.3.4.", ".1.2.3.4", "1.2.3.4.5", "1.2..4", "0.0.0.0", "255.255.255.255", "255.255.255.256", "256.1.1.1", "1.2.3.x", "1,2,3,4", "1.2.3. 4", "01.02.03.04",
            )
        ],
        _draw_address,
        220,
    ),
    "visitors": _inputs(
        [
            ([],), ([""],), (["1.2.3.4"],), (["1.2.3.4 x"],), ([" 1.2.3.4"],), (["x 1.2.3.4"],), (["1.2.3.4", "1.2.3.4 x"],), (["9.1.1.1", "10.1.1.1"],), (["10.1.1.1", "9.1.1.1"],), (["1.2.3", "1.2.3.256 x", "1.2.3.4,"],), (["2.2.2.2 1.1.1.1"],),
        ],
        _draw_log,
        220,
    ),
    "are_neighbours": _inputs([((0, 0), (x, y)) for x in range(-2, 3) for y in range(-2, 3)] + [((3, 5), (5, 3)), ((1, 2), (2, 1)), ((2, 3), (3, 2))], _draw_squares, 200),
    "neighbour_count": _inputs([((0, 0), RING[:count]) for count in range(9)] + [((0, 0), [(0, 0), *RING[:count]]) for count in range(9)] + [((0, 0), [(0, 2), (2, 0)])], _draw_board, 220),
    "lives_next": _inputs([((0, 0), RING[:count]) for count in range(9)] + [((0, 0), [(0, 0), *RING[:count]]) for count in range(9)] + [((0, 0), [(0, 2), (2, 0), (0, 0)])], _draw_board, 260),
}  # fmt: skip
