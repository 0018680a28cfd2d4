"""Hidden judge of benchmarks/specs/fresh/parsing.py: references and inputs."""

import random
from collections.abc import Callable
from typing import Any

MOST = 220
_DIGITS = set("0123456789")
_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_UNITS = {"": 1, "b": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3, "kib": 1024, "mib": 1024**2, "gib": 1024**3}


def parse_settings(text: str) -> dict[str, str]:
    settings = {}
    for line in text.split("\n"):
        line = line.strip(" ")
        key, equals, value = line.partition("=")
        if line and not line.startswith("#") and equals and key.strip(" "):
            settings[key.strip(" ")] = value.strip(" ")
    return settings


def parse_duration(text: str) -> int | None:
    total, number, left = 0, "", "dhms"
    for character in text:
        if character in _DIGITS:
            number += character
        elif character in left and number:
            total += int(number) * _SECONDS[character]
            left = left[left.index(character) + 1 :]
            number = ""
        else:
            return None
    return total if text and not number else None


def parse_size(text: str) -> int | None:
    text = text.strip(" ")
    digits = 0
    while digits < len(text) and text[digits] in _DIGITS:
        digits += 1
    unit = text[digits:].strip(" ").lower()
    if not digits or unit not in _UNITS:
        return None
    return int(text[:digits]) * _UNITS[unit]


def parse_query(query: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for parameter in query.removeprefix("?").split("&"):
        if parameter:
            name, _, value = parameter.partition("=")
            values.setdefault(name, []).append(value)
    return values


def split_csv_line(line: str) -> list[str]:
    fields, field, quoted, place = [], "", False, 0
    while place < len(line):
        character = line[place]
        if quoted and line[place : place + 2] == '""':
            field += '"'
            place += 1
        elif character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            fields.append(field)
            field = ""
        else:
            field += character
        place += 1
    return [*fields, field]


def parse_byte_range(header: str, size: int) -> tuple[int, int] | None:
    if not header.startswith("bytes="):
        return None
    first, dash, last = header.removeprefix("bytes=").partition("-")
    if not dash or not set(first + last) <= _DIGITS or not first + last:
        return None
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), int(last) if last else size - 1
        if last and end < start:
            return None
        end = min(end, size - 1)
    return (start, end) if start <= end else None


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


def _settings(rng: random.Random) -> tuple[Any, ...]:
    lines = []
    for _ in range(rng.randint(1, 6)):
        key = rng.choice(["a", "b", "c d", "", "#a", "A", "größe", "a#", "x.y"])
        value = rng.choice(["", "1", "2", "two words", "x=y", "# no comment", "=", '"q"', "#"])
        equals = rng.choice(["=", "=", " = ", "  =", "= ", "==", "", ":"])
        lines.append(rng.choice(["", "", "", "  ", " # "]) + key + equals + value + rng.choice(["", "", " "]))
    return ("\n".join(lines) + rng.choice(["", "\n"]),)


def _duration(rng: random.Random) -> tuple[Any, ...]:
    letters = [letter for letter in "dhms" if rng.random() < 0.6]
    if rng.random() < 0.2:
        rng.shuffle(letters)
    if rng.random() < 0.15:
        letters.append(rng.choice("dhmsHMwy"))
    text = "".join(str(rng.choice([0, 1, 7, 59, 60, 90, 100, rng.randrange(10**6)])) + letter for letter in letters)
    if rng.random() < 0.2:
        place = rng.randint(0, len(text))
        text = text[:place] + rng.choice([" ", "-", "+", "5", "h", ".", "0", "s", "_"]) + text[place:]
    return (text,)


def _size(rng: random.Random) -> tuple[Any, ...]:
    number = rng.choice(
        [
            "0",
            "1",
            "10",
            "007",
            "1023",
            "1024",
            str(rng.randrange(10**9)),
            str(rng.randrange(10**4)),
            "1.5",
            "-1",
            "+1",
            "",
            "1 0",
            "1,000",
        ]
    )
    units = [
        "",
        "B",
        "KB",
        "MB",
        "GB",
        "KiB",
        "MiB",
        "GiB",
        "kb",
        "Mb",
        "gB",
        "kib",
        "MIB",
        "gib",
        "K",
        "M",
        "TB",
        "iB",
        "Bytes",
        "KBB",
        "K B",
    ]
    front, end = rng.choice([("", ""), ("", ""), (" ", ""), ("", " "), ("  ", "  ")])
    return (front + number + rng.choice(["", "", " ", "   "]) + rng.choice(units) + end,)


def _query(rng: random.Random) -> tuple[Any, ...]:
    names = ["a", "b", "a", "tag", "", "A", "?a", "q[]", "ä", "a b"]
    values = ["=1", "=2", "=", "", "=x=y", "==", "=%20", "=a+b", "=?", "=1;b=2", "= "]
    parameters = [rng.choice([rng.choice(names) + rng.choice(values)] * 6 + [""]) for _ in range(rng.randrange(6))]
    return (rng.choice(["", "", "?", "??", "#", " ?"]) + "&".join(parameters),)


def _csv(rng: random.Random) -> tuple[Any, ...]:
    plain = ["", "a", "b c", " ", " x ", "1.5", "ä", "'", "a\tb", "\\", ";"]
    inner = ["", "a", ",", '""', "a,b", 'a""b', '""""', " x ", ',""', '"",', "é", '""a""', "\\"]
    fields = [
        rng.choice(plain) if rng.random() < 0.5 else f'"{rng.choice(inner)}{rng.choice(inner)}"'
        for _ in range(rng.randint(1, 5))
    ]
    return (",".join(fields),)


def _range(rng: random.Random) -> tuple[Any, ...]:
    size = rng.choice([0, 1, 2, 10, 100, 1000, rng.randrange(10**6)])
    numbers = [0, 1, 2, 5, size - 1 if size else 0, size, size + 1, rng.randrange(2 * size + 1), 99]
    first, last = ("" if rng.random() < 0.25 else str(rng.choice(numbers)) for _ in range(2))
    front = rng.choice(["bytes="] * 14 + ["Bytes=", "bytes", "byte=", "bytes= ", " bytes=", ""])
    dash = rng.choice(["-"] * 14 + ["", "--", " - ", ":"])
    return (front + first + dash + last + rng.choice([""] * 14 + [" ", ",5-6", "x"]), size)


_DURATIONS = (
    "0s 1s 1m 1h 1d 60s 90m 100h 1d1h1m1s 2d3h4m5s 1d1s 1h1s 1d5m 0d0h0m0s 00s 007m 1h30 30 h hm 1hh 1h2h 1m1h 1s1m 1h1d 1h1m1h 1H 1M 1S 1D 1w 1y 1ms 1.5h -1h +1h "
    "1h-30m 1,5h 1_0s ٣s 1ｈ ²s d1 1d2 1d2h3 s 1s1s 365d 99999999999s 1m60s 24h60m60s 1e3s 0x1s"
).split(" ")

_SIZES = (
    "0 1 00 007 10B 10b 0B 1KB 1kb 1Kb 1kB 1MB 1mb 1GB 1gb 1KiB 1kib 1KIB 1kIb 1MiB 1mib 1GiB 1gib 1TB 1TiB 1K 1M 1G 1Ki 1iB 1BB 1BKB KB B 1.5MB -1B +1B 1,000B 1_000 1e3 "
    "1024KiB 1000KB 1000000 12345678901234567890GB 0x10 1KB1 1B1B ten"
).split(" ")

INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "parse_settings": _filled(
        401,
        [
            (text,)
            for text in [
                "",
                "\n",
                "\n\n",
                " ",
                "a=1",
                "a=1\n",
                "a = 1",
                "  a  =  1  ",
                "a=",
                "a =",
                "=1",
                " = 1",
                "=",
                "a",
                "a b",
                "#a=1",
                "  #a=1",
                "a#=1",
                "a=#1",
                "a=1 # c",
                "a=1\na=2",
                "a=1\nA=2",
                "a=1\nb=2\na=",
                "a==1",
                "a=b=c",
                "a= = ",
                "a b = c d",
                "a=1\n\nb=2",
                "a=1\n  \nb=2",
                "[section]\na=1",
                "a:1\nb=2",
                "größe=ü",
                "# x\n# y",
                "a=1\n#a=2",
                "a=1\n =2\nb",
                "a='x'",
                'a="x y"',
                "#",
                "# = #",
                "a\nb=1",
            ]
        ],
        _settings,
    ),
    "parse_duration": _filled(
        402,
        [("",), (" ",), (" 1h",), ("1h ",), ("1 h",), ("1h 30m",), ("1h\n",), *((text,) for text in _DURATIONS)],
        _duration,
    ),
    "parse_size": _filled(
        403,
        [
            ("",),
            (" ",),
            (" 10",),
            ("10 ",),
            (" 10 MB ",),
            ("10  MB",),
            ("1 0MB",),
            ("10 M B",),
            ("10 K iB",),
            (" MB",),
            *((text,) for text in _SIZES),
        ],
        _size,
    ),
    "parse_query": _filled(
        404,
        [
            (text,)
            for text in [
                "",
                "?",
                "??",
                "???a=1",
                "??a=1",
                "?a=1",
                "a=1",
                "a",
                "a=",
                "=",
                "=1",
                "?=",
                "a==",
                "a==1",
                "a=1=2",
                "&",
                "&&",
                "?&",
                "a&",
                "&a",
                "a&&b",
                "a=1&a=2&a=1",
                "a=1&b=2&a=3",
                "a&a",
                "a&a=",
                "a=1&A=2",
                "a=%20+b",
                "%61=1&a=2",
                "a+b=1",
                "a[]=1&a[]=2",
                "a;b=1",
                "a=1;b=2",
                "a=?",
                "a=1?b=2",
                "a=1#x",
                " a = 1 ",
                "&?a=1",
                "ä=ö",
                "a=\n",
                "?a&?a",
                "=&=",
                "=1&=2",
            ]
        ],
        _query,
    ),
    "split_csv_line": _filled(
        405,
        [
            (text,)
            for text in [
                "",
                ",",
                ",,",
                "a",
                "a,",
                ",a",
                "a,b",
                " a , b ",
                '""',
                '"",""',
                '"a"',
                '"a","b"',
                '"a,b"',
                '"a,b",c',
                'c,"a,b"',
                '""""',
                '""""""',
                '"a""b"',
                '"a"",b"',
                '""",""",x',
                '","',
                '",",","',
                '"",a',
                'a,""',
                '" a "',
                " ",
                '" "',
                "a\tb,c",
                "'a,b'",
                "a;b",
                "ä,ö",
                '"ä,ö"',
                '"\'"',
                "\\,x",
                '"\\","x"',
                '"a""",b',
                '"""a",b',
                '"""a"""',
                '",",',
                ',","',
                "1,2,3,4,5,6,7,8",
            ]
        ],
        _csv,
    ),
    "parse_byte_range": _filled(
        406,
        [
            (f"bytes={span}", size)
            for size in (0, 1, 10)
            for span in "0-0 0-9 0-10 0- 9- 10- 11- 1- 9-9 9-10 10-10 10-20 5-4 20-10 -0 -1 -9 -10 -11 00-09 -00".split(
                " "
            )
        ]
        + [
            (header, 10)
            for header in [
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=5",
                "bytes=--5",
                "bytes=5--",
                "bytes=1-2-3",
                "bytes=1-2,4-5",
                "bytes= 1-2",
                "bytes=1 -2",
                "bytes=1-2 ",
                " bytes=1-2",
                "Bytes=1-2",
                "BYTES=1-2",
                "bytes:1-2",
                "bytes=a-b",
                "bytes=1-b",
                "bytes=a-2",
                "bytes=+1-2",
                "bytes=1-+2",
                "bytes=٣-٥",
                "bytes=1-²",
                "bytes=1.0-2",
                "bytes==1-2",
                "1-2",
                "items=1-2",
                "bytes=1_0-2",
                "bytes=1-2\n",
                "bytes=0-99999999999999999999",
            ]
        ],
        _range,
    ),
}
