"""Hidden judge of examples/textkit/words.py: references and inputs."""

import random
from collections import Counter
from typing import Any

COUNT = 200


def slugify(text: str) -> str:
    kept = "".join(character.lower() if character.isalnum() else " " for character in text)
    return "-".join(kept.split())


def wrap(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def title_case(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in text.split(" "))


def count_words(text: str) -> dict[str, int]:
    return dict(Counter(text.lower().split()))


def mask(secret: str, visible: int) -> str:
    return "*" * (len(secret) - visible) + secret[-visible:]


def _inputs() -> dict[str, list[tuple[Any, ...]]]:
    draw = random.Random(22)
    found: dict[str, list[tuple[Any, ...]]] = {"slugify": [("---",), ("_a_",)], "wrap": [], "title_case": [("",)]}
    found["count_words"], found["mask"] = [(" ",)], []
    for _ in range(COUNT):
        found["slugify"].append(("".join(draw.choice("aBz09 -_!.?'\t") for _ in range(draw.randrange(0, 12))),))
        words = ["".join(draw.choice("abc,") for _ in range(draw.randrange(1, 9))) for _ in range(draw.randrange(0, 7))]
        spaced = draw.choice(("", " ", "\n")) + draw.choice((" ", "  ", " \t")).join(words) + draw.choice(("", " "))
        found["wrap"].append((spaced, draw.randrange(1, 16)))
        mixed = [
            "".join(draw.choice("abXY3'-.") for _ in range(draw.randrange(1, 7))) for _ in range(draw.randrange(0, 5))
        ]
        found["title_case"].append((" ".join(mixed),))
        text = draw.choice((" ", "\t", "  \n")).join(draw.choice(("a", "A", "b,", "B,", "ab")) for _ in words)
        found["count_words"].append((text + draw.choice(("", " ")),))
        found["mask"].append(
            ("".join(draw.choice("ab *1") for _ in range(draw.randrange(0, 12))), draw.randrange(1, 14))
        )
    return found


INPUTS = _inputs()
