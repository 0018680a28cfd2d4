"""Hidden judge of benchmarks/specs/fresh/versions.py: references and inputs."""

import random
from collections.abc import Callable
from typing import Any

MOST = 220


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split("-")[0].split(".")]


def compare_versions(left: str, right: str) -> int:
    one, two = _numbers(left), _numbers(right)
    length = max(len(one), len(two))
    one += [0] * (length - len(one))
    two += [0] * (length - len(two))
    return (one > two) - (one < two)


def bump(version: str, part: str) -> str:
    major, minor, patch = _numbers(version)
    if part == "major":
        return f"{major + 1}.0.0"
    if part == "minor":
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch if '-' in version else patch + 1}"


def satisfies_caret(version: str, base: str) -> bool:
    have, least = _numbers(version), _numbers(base)
    if not any(least):
        return not any(have)
    first = next(place for place, number in enumerate(least) if number)
    return have >= least and have[: first + 1] == least[: first + 1]


def latest_stable(versions: list[str]) -> str | None:
    stable = [version for version in versions if "-" not in version]
    return max(stable, key=_numbers) if stable else None


def kind_of_change(old: str, new: str) -> str:
    before, after = _numbers(old), _numbers(new)
    if before == after:
        return "none"
    if after < before:
        return "downgrade"
    if before[0] != after[0] or (before[0] == 0 and before[1] != after[1]):
        return "major"
    return "minor" if before[1] != after[1] else "patch"


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


def _number(rng: random.Random) -> int:
    return rng.choice([0, 0, 1, 1, 2, 3, 9, 10, 11, 99, 100, rng.randrange(10**9)])


def _plain(rng: random.Random) -> str:
    return ".".join(str(_number(rng)) for _ in range(3))


def _near(rng: random.Random, version: str) -> str:
    parts = _numbers(version)
    place = rng.randrange(3)
    parts[place] = min(999_999_999, max(0, parts[place] + rng.choice([-1, 1, 1, 9, 10])))
    if rng.random() < 0.4:
        parts = [number if index <= place else _number(rng) for index, number in enumerate(parts)]
    return ".".join(map(str, parts))


def _release(rng: random.Random) -> str:
    return _plain(rng) + rng.choice(["", "", "-rc.1", "-alpha", "-0", "-beta-2", "-1.2.3", "-x.y.9"])


def _dotted(rng: random.Random) -> tuple[Any, ...]:
    left = [rng.choice(["0", "0", "1", "2", "9", "10", "01", "00", "100"]) for _ in range(rng.randint(1, 5))]
    right = list(left)
    for _ in range(rng.randrange(3)):
        change = rng.randrange(4)
        if change < 2:
            right.append(str(change))
        else:
            right[change - 3] = "10" if change == 2 else "1"
    if rng.random() < 0.4 and len(right) > 1:
        right.pop()
    pair = [".".join(left), ".".join(right)]
    rng.shuffle(pair)
    return tuple(pair)


def _two(rng: random.Random) -> tuple[Any, ...]:
    first = (
        _plain(rng)
        if rng.random() < 0.6
        else rng.choice(["0.0.1", "0.0.9", "0.1.0", "0.2.3", "1.0.0", "1.2.3", "0.0.0"])
    )
    second = _near(rng, first) if rng.random() < 0.85 else _plain(rng)
    return (first, second) if rng.random() < 0.7 else (second, first)


_PAIRS = [
    tuple(pair.split())
    for pair in """1.2.3 1.2.3|1.2.4 1.2.3|1.2.2 1.2.3|1.3.0 1.2.3|1.1.9 1.2.3|2.2.3 1.2.3|2.0.0 1.2.3|0.2.3 1.2.3|1.10.0 1.9.0|1.9.0 1.10.0
    |0.2.3 0.2.3|0.2.4 0.2.3|0.2.2 0.2.3|0.3.0 0.2.3|0.1.9 0.2.3|1.2.3 0.2.3|0.0.3 0.0.3|0.0.4 0.0.3|0.0.2 0.0.3|0.1.3 0.0.3|1.0.3 0.0.3
    |0.0.0 0.0.0|0.0.1 0.0.0|0.1.0 0.0.0|1.0.0 0.0.0|0.0.0 0.0.1|0.2.0 0.2.0|0.2.1 0.2.0|0.2.0 0.2.1|0.3.0 0.2.0|1.0.0 1.0.0|1.0.1 1.0.0
    |1.99.99 1.0.0|2.0.0 1.0.0|1.0.0 1.0.1|0.10.0 0.9.0|0.9.10 0.9.9|0.9.9 0.9.10|10.0.0 9.0.0|10.0.0 1.0.0|1.0.10 1.0.9|1.2.10 1.2.3
    |0.1.0 1.0.0|0.0.9 0.1.0|0.1.1 0.1.0|1.0.0 0.1.0|1.1.0 0.1.0|2.0.0 0.1.0""".replace("\n", "").split("|")
]

INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "compare_versions": _filled(
        301,
        [
            tuple(pair.split())
            for pair in """0 0|0 0.0|0.0.0 0|1 0|0 1|1 1.0|1.0 1|1 1.0.0.0|1 1.0.0.1|1.0.1 1|1.2 1.10|1.10 1.2|1.9 1.10|9 10|10 9|2.0 1.9.9|1.9.9 2.0
            |01 1|1.01 1.1|1.001 1.1|1.10 1.1|1.1 1.10|1.0.0 1.0.0|1.2.3 1.2.3.0|1.2.3 1.2.3.4|1.2.3.4 1.2.3|0.0.1 0|0 0.0.1|100.0 99.9|1.2.3.4.5 1.2.3.4.6
            |999999999 1000|0.999999999 0.1000|000 0""".replace("\n", "").split("|")
        ],
        _dotted,
    ),
    "bump": _filled(
        302,
        [
            (version, part)
            for version in [
                "0.0.0",
                "0.0.9",
                "0.9.9",
                "9.9.9",
                "1.2.3",
                "1.2.0",
                "1.0.0",
                "1.2.3-rc.1",
                "1.2.0-rc.1",
                "1.0.0-alpha",
                "0.0.0-0",
                "1.2.3-a-b",
                "1.2.3-4.5.6",
                "10.99.100",
                "1.2.9-9",
            ]
            for part in ["major", "minor", "patch"]
        ],
        lambda rng: (_release(rng), rng.choice(["major", "minor", "patch", "patch"])),
    ),
    "satisfies_caret": _filled(303, list(_PAIRS), _two),
    "latest_stable": _filled(
        304,
        [
            ([],),
            (["0.0.0"],),
            (["1.0.0-rc.1"],),
            (["1.0.0-rc.1", "2.0.0-a"],),
            (["1.0.0", "1.0.0"],),
            (["1.9.0", "1.10.0"],),
            (["1.10.0", "1.9.0"],),
            (["9.0.0", "10.0.0"],),
            (["0.0.9", "0.0.10"],),
            (["0.0.0", "0.0.1-a"],),
            (["1.0.0", "1.0.0-zzz"],),
            (["2.0.0-rc.1", "1.0.0", "1.0.1"],),
            (["1.2.3-4", "1.2.3"],),
            (["1.2.3", "3.2.1", "2.9.9"],),
            (["1.100.0", "1.20.999", "1.99.1000"],),
        ],
        lambda rng: ([_release(rng) for _ in range(rng.randint(1, 6))],),
    ),
    "kind_of_change": _filled(305, [*_PAIRS, *((two, one) for one, two in _PAIRS)], _two),
}
