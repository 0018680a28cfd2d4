"""Hidden judge of examples/textkit/measures.py: references and inputs."""

import random
from typing import Any

COUNT = 200


def edit_distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]


def closest(word: str, choices: list[str]) -> str:
    return min(choices, key=lambda choice: edit_distance(word, choice))


def ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"


def clamp_percent(value: int) -> int:
    return max(0, min(100, value))


def quarter_hours(minutes: int) -> int:
    return -(-minutes // 15) * 15


def _inputs() -> dict[str, list[tuple[Any, ...]]]:
    draw = random.Random(21)

    def word(most: int) -> str:
        return "".join(draw.choice("abc") for _ in range(draw.randrange(0, most)))

    return {
        "edit_distance": [(word(8), word(8)) for _ in range(COUNT)] + [("a" * 30, "b" * 25), ("", "")],
        "closest": [(word(6), [word(6) for _ in range(draw.randrange(1, 6))]) for _ in range(COUNT)],
        "ordinal": [(number,) for number in (*range(240), 1001, 1011, 1012, 1013, 1113, 99_999, 1_000_003)],
        "clamp_percent": [(value,) for value in (*range(-30, 131), -(10**9), 10**9)],
        "quarter_hours": [(minutes,) for minutes in (*range(160), 10_000, 10_005, 1_000_001)],
    }


INPUTS = _inputs()
