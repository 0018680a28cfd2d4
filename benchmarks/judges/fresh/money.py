"""Hidden judge of benchmarks/specs/fresh/money.py: references and inputs."""

import random
from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Any

MOST = 220
_DIGITS = set("0123456789")


def split_bill(total_cents: int, people: int) -> list[int]:
    share, left = divmod(total_cents, people)
    return [share + 1] * left + [share] * (people - left)


def discounted(price_cents: int, percent: int) -> int:
    return floor(Fraction(price_cents * (100 - percent), 100) + Fraction(1, 2))


def format_cents(cents: int) -> str:
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}€{euros:,}.{rest:02}"


def parse_amount(text: str) -> int | None:
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    whole, point, rest = text.removeprefix("-").partition(".")
    groups = whole.split(",")
    if not all(group and set(group) <= _DIGITS for group in groups):
        return None
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    if point and not (1 <= len(rest) <= 2 and set(rest) <= _DIGITS):
        return None
    return sign * (int("".join(groups)) * 100 + int((rest + "00")[:2]))


def allocate(total_cents: int, weights: list[int]) -> list[int]:
    exact = [Fraction(total_cents * weight, sum(weights)) for weight in weights]
    shares = [floor(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda place: (shares[place] - exact[place], place))
    for place in order[: total_cents - sum(shares)]:
        shares[place] += 1
    return shares


def invoice_total(lines: list[tuple[int, int, int]]) -> int:
    total = 0
    for rate in {rate for _, _, rate in lines}:
        net = sum(price * count for price, count, own in lines if own == rate)
        total += net + floor(Fraction(net * rate, 100) + Fraction(1, 2))
    return total


def _filled(
    seed: int, first: list[tuple[Any, ...]], make: Callable[[random.Random], tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    rng = random.Random(seed)
    found = {repr(entry): entry for entry in first}
    for _ in range(20_000):
        if len(found) >= MOST:
            break
        entry = make(rng)
        found.setdefault(repr(entry), entry)
    return list(found.values())


def _size(rng: random.Random) -> int:
    return rng.randrange(10 ** rng.randint(1, 9))


def _amount(rng: random.Random) -> tuple[Any, ...]:
    whole = rng.choice(
        [str(_size(rng)), f"{_size(rng):,}", f"{_size(rng):,}", "0", "00", "12,34", "1234,567", ",5", "5,", "", "1_000"]
    )
    rest = rng.choice(["", "", ".5", ".05", ".50", ".99", ".", ".123", ".5.5", ",50", ".x", ". 5", "-"])
    front, end = rng.choice([("", ""), ("", ""), (" ", ""), ("", "\n"), ("\t", " "), ("€", ""), ("", "€")])
    return (front + rng.choice(["", "", "", "-", "-", "+", "--", "- "]) + whole + rest + end,)


def _weights(rng: random.Random) -> tuple[Any, ...]:
    most = rng.choice([1, 3, 10, 1000])
    weights = [rng.randint(0, most) for _ in range(rng.randint(1, 7))]
    if not sum(weights):
        weights[0] = 1
    return (rng.choice([_size(rng), rng.randrange(30)]), weights)


def _invoice(rng: random.Random) -> tuple[Any, ...]:
    rates = rng.sample([0, 5, 7, 10, 19, 20, 25, 50, 100], 3)
    lines = [
        (rng.choice([rng.randrange(60), _size(rng)]), rng.randint(0, 4), rng.choice(rates))
        for _ in range(rng.randrange(7))
    ]
    return (lines,)


_AMOUNTS = (
    "0 0.0 0.00 0.1 0.01 1 1.5 1.50 1.05 12.34 -1 -0 -0.01 -0.5 --1 +1 - . .5 -.5 5. 5.123 1.2.3 1e3 1,000 1,000.5 12,345 123,456 "
    "1234,567 1,00 1,0000 1,234,567.89 12,34,567 ,123 123, 1,,234 1,234,5 0,123 000 007 00.10 1234567 1_000 ٣ ٣.٥ 1.٣ ² €1 1€ NaN inf 0x1 1,-23 1.-5 1.+5 a"
).split(" ")

INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "split_bill": _filled(
        201,
        [(total, people) for total in range(12) for people in (1, 2, 3, 4, 5, 7)]
        + [(0, 1000), (999, 1000), (1000, 1000), (1001, 1000), (10**12, 7)],
        lambda rng: (_size(rng), rng.choice([rng.randint(1, 12), rng.randint(1, 1000)])),
    ),
    "discounted": _filled(
        202,
        [
            (price, percent)
            for price in (0, 1, 2, 3, 50, 99, 100, 101, 150, 250)
            for percent in (0, 1, 10, 25, 50, 75, 99, 100)
        ]
        + [
            (5, 10),
            (5, 30),
            (5, 50),
            (5, 70),
            (5, 90),
            (15, 10),
            (45, 10),
            (999, 10),
            (1005, 10),
            (1015, 10),
            (10**17 + 1, 50),
            (10**15 + 5, 10),
        ],
        lambda rng: (
            rng.choice([_size(rng), 2 * _size(rng) + 1, 10 * _size(rng) + 5]),
            rng.choice([rng.randint(0, 100), 10, 30, 50, 70, 90]),
        ),
    ),
    "format_cents": _filled(
        203,
        [
            (sign * cents,)
            for cents in (
                0,
                1,
                9,
                10,
                50,
                99,
                100,
                101,
                999,
                1000,
                99999,
                100000,
                100001,
                99999999,
                100000000,
                123456789012,
                10**17 + 1,
            )
            for sign in (1, -1)
        ],
        lambda rng: (rng.choice([-1, 1]) * _size(rng),),
    ),
    "parse_amount": _filled(
        204,
        [
            ("",),
            (" ",),
            (" 1",),
            ("1 ",),
            ("1 000",),
            ("\t1\n",),
            ("- 1",),
            ("1. 5",),
            ("\u00a05\u2003",),
            *((text,) for text in _AMOUNTS),
        ],
        _amount,
    ),
    "allocate": _filled(
        205,
        [
            (total, weights)
            for total in (0, 1, 2, 5, 7, 10, 100, 101)
            for weights in (
                [1],
                [1, 1],
                [1, 1, 1],
                [0, 1],
                [1, 0, 0],
                [1, 2],
                [2, 1],
                [3, 0, 4],
                [1, 2, 3],
                [5, 5, 5, 1],
            )
        ]
        + [(10**15 + 1, [1, 1, 1]), (10**17 + 1, [3, 3, 1])],
        _weights,
    ),
    "invoice_total": _filled(
        206,
        [
            ([],),
            ([(0, 0, 0)],),
            ([(100, 1, 0)],),
            ([(100, 0, 19)],),
            ([(1, 1, 50)],),
            ([(1, 1, 49)],),
            ([(1, 1, 51)],),
            ([(1, 3, 50)],),
            ([(1, 1, 50), (1, 1, 50)],),
            ([(1, 1, 50), (1, 1, 50), (1, 1, 50)],),
            ([(1, 1, 50), (1, 1, 100)],),
            ([(10, 1, 19), (10, 1, 19), (10, 1, 7), (10, 1, 7)],),
            ([(10, 1, 5), (10, 1, 5)],),
            ([(10, 1, 5), (10, 1, 25), (10, 1, 5)],),
            ([(2, 1, 25)],),
            ([(6, 1, 25)],),
            ([(99, 3, 19), (99, 3, 19)],),
            ([(3, 1, 10)] * 5,),
            ([(10**17 + 1, 1, 50)],),
            ([(7, 1, 100), (7, 1, 0)],),
        ],
        _invoice,
    ),
}
