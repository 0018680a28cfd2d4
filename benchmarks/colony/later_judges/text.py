"""Hidden judge of benchmarks/colony/later/text.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def quoted_field(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def path_depth(path: str) -> int:
    return path.strip("/").count("/") + 1


def host_of(address: str) -> str:
    return address.split("://")[1].split("/")[0]


def is_article_code(text: str) -> bool:
    return text[:2].isalpha() and text[:2].isupper() and text[2:].isdigit()


def camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def contents_line(title: str, page: int, width: int) -> str:
    return title + "." * (width - len(title) - len(str(page))) + str(page)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270611)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _text(rng: random.Random, letters: str, least: int, most: int) -> str:
    return "".join(rng.choice(letters) for _ in range(rng.randint(least, most)))


def _draw_value(rng: random.Random) -> Arguments:
    return (_text(rng, rng.choice(['ab "', "xyz, \"'", 'a"', "word 12;"]), 0, 9),)


def _draw_path(rng: random.Random) -> Arguments:
    names = [_text(rng, "abc.-_1", 1, 6) for _ in range(rng.randint(1, 6))]
    return (rng.choice(["", "", "/"]) + "/".join(names) + rng.choice(["", "", "/"]),)


def _draw_address(rng: random.Random) -> Arguments:
    host = ".".join(_text(rng, "abcxyz", 1, 6) for _ in range(rng.randint(1, 3)))
    rest = "".join("/" + _text(rng, "abc.?=:", 0, 5) for _ in range(rng.randint(0, 3))).replace("://", "/")
    return (rng.choice(["http", "https", "ftp", "s"]) + "://" + host + rng.choice(["", "", ":80"]) + rest,)


def _draw_code(rng: random.Random) -> Arguments:
    letters = rng.choice(["ABXZ", "ABXZ", "ABXZ", "Ab", "A1"])
    code = _text(rng, letters, 2, 2) + _text(rng, "0123456789", 1, 5)
    if rng.random() < 0.35:
        place = rng.randint(0, len(code))
        code = code[:place] + rng.choice("aZ -.7") + code[place:]
    return (code,)


def _draw_name(rng: random.Random) -> Arguments:
    return ("_".join(_text(rng, "abcdexyz", 1, 6) for _ in range(rng.randint(1, 4))),)


def _draw_line(rng: random.Random) -> Arguments:
    title = _text(rng, "abc De.", 0, 12)
    page = rng.choice([rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 1200)])
    return title, page, len(title) + len(str(page)) + rng.randint(0, rng.choice([2, 10]))


INPUTS: dict[str, list[Arguments]] = {
    "quoted_field": _inputs([("",), ('"',), ('""',), ("a",), ('a"',), ('"a',), (",",), ("\\",), ("'",), ('"a" "b"',)], _draw_value, 180),
    "path_depth": _inputs([("a",), ("/a",), ("a/",), ("/a/",), ("a/b",), ("/a/b/",), (".",), ("../x",), ("a b/c",)], _draw_path, 180),
    "host_of": _inputs(
        [("://",), ("a://",), ("://b",), ("a://b",), ("a://b/",), ("a:///c",), ("a://b//c",), ("a://b/c/d",), ("a/b://c/d",), ("a://b?c=/d",)], _draw_address, 180
    ),
    "is_article_code": _inputs(
        [
            (text,)
            for text in (
                "", "A", "AB", "AB1", "Ab1", "aB1", "ab1", "A1", "A12", "1AB", "ABC1", "AB1C", "AB 1", " AB1", "AB1 ", "AB-1", "AB1.5", "12", "123", "A 1", "Z.9", "ABC", "AB00",
            )
        ],
        _draw_code,
        200,
    ),
    "camel_case": _inputs([("a",), ("ab",), ("a_b",), ("ab_cd",), ("a_b_c",), ("ab_a_ab",), ("one_one",)], _draw_name, 180),
    "contents_line": _inputs(
        [("", 1, 1), ("", 1, 2), ("", 10, 2), ("a", 1, 2), ("a", 1, 3), ("a", 99, 3), ("a", 100, 9), ("a b", 5, 12), ("...", 5, 6), (" ", 7, 5)], _draw_line, 200
    ),
}  # fmt: skip
