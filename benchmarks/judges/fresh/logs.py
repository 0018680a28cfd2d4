"""Hidden judge of benchmarks/specs/fresh/logs.py: references and inputs."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SECRET_NAMES = ("password", "token", "secret", "api_key")
MOST = 220


@dataclass(frozen=True)
class LogLine:
    level: str
    source: str
    message: str


def parse_line(line: str) -> LogLine | None:
    level, space, rest = line.partition(" ")
    source, colon, message = rest.partition(":")
    if level not in LEVELS or not space or not colon or not source:
        return None
    if any(character.isspace() for character in source):
        return None
    return LogLine(level, source, message.strip())


def at_least(lines: list[LogLine], level: str) -> list[LogLine]:
    lowest = LEVELS.index(level)
    return [line for line in lines if line.level not in LEVELS or LEVELS.index(line.level) >= lowest]


def errors_by_hour(lines: list[str]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for line in lines:
        stamp, level, _message = line.split(" ", 2)
        if level in ("ERROR", "CRITICAL"):
            hour = int(stamp[11:13])
            counts[hour] = counts.get(hour, 0) + 1
    return counts


def mask_secrets(line: str) -> str:
    words = []
    for word in line.split(" "):
        name, equals, value = word.partition("=")
        hides = equals and value and name.lower() in SECRET_NAMES
        words.append(f"{name}=***" if hides else word)
    return " ".join(words)


def collapse_repeats(messages: list[str]) -> list[str]:
    result = []
    for message, run in itertools.groupby(messages):
        count = len(list(run))
        if count >= 3:
            result += [message, f"last message repeated {count - 1} times"]
        else:
            result += [message] * count
    return result


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


def _line(rng: random.Random) -> tuple[Any, ...]:
    level = rng.choice([*LEVELS, *LEVELS, "info", "NOTICE", "ERR", "INFOS", "", " INFO"])
    space = rng.choice([" "] * 12 + ["  ", "\t", ""])
    source = rng.choice(["api", "db.pool", "a-b", "x", "größe", "[3]", "a b", "", "a\tb", "worker/7", "a\xa0b"])
    colon = rng.choice([":"] * 10 + [" :", "", "::"])
    message = rng.choice(
        ["", " ", " ok", "ok", "  two  words ", " a: b", " 12:30:05 done\t", " déjà vu", ":", " =", "INFO x: y"]
    )
    return (level + space + source + colon + message,)


def _logged(rng: random.Random) -> tuple[Any, ...]:
    levels = [*LEVELS, *LEVELS, "NOTICE", "error", "", "TRACE"]
    lines = [LogLine(rng.choice(levels), rng.choice("abc"), rng.choice("xyz")) for _ in range(rng.randrange(7))]
    return (lines, rng.choice(LEVELS))


def _stamped(rng: random.Random) -> tuple[Any, ...]:
    hours = rng.sample(range(24), 3)
    lines = []
    for _ in range(rng.randrange(8)):
        level = rng.choice(["ERROR", "ERROR", "CRITICAL", "INFO", "WARNING", "DEBUG", "ERRORS", "FATAL"])
        message = rng.choice(["", "disk full", "ERROR again", "took 10:15:00", " CRITICAL", "ok"])
        date = f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        time = f"{rng.choice(hours):02}:{rng.randrange(60):02}:{rng.randrange(60):02}"
        lines.append(f"{date}T{time} {level} {message}")
    return (lines,)


def _secret(rng: random.Random) -> tuple[Any, ...]:
    names = [
        "password",
        "token",
        "secret",
        "api_key",
        "PASSWORD",
        "Api_Key",
        "tOkEn",
        "user",
        "mytoken",
        "apikey",
        "tokens",
        "",
    ]
    values = ["=x", "=", "=hunter2", "=a=b", "==", "", ":x", "=***", "=token=1", ",x=1"]
    words = [rng.choice(names) + rng.choice(values) for _ in range(rng.randint(1, 5))]
    return (rng.choice([" ", " ", "  ", ", "]).join(words) + rng.choice(["", "", " ", ";"]),)


def _messages(rng: random.Random) -> tuple[Any, ...]:
    pool = rng.choice([["a"], ["a", "b"], ["a", "A", ""], ["ping", "pong", "last message repeated 2 times"]])
    runs = [[rng.choice(pool)] * rng.choice([1, 1, 2, 2, 3, 3, 4, 7]) for _ in range(rng.randrange(6))]
    return ([message for run in runs for message in run],)


_AT = "2026-03-01T"
INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "parse_line": _filled(
        101,
        [
            ("",),
            ("INFO",),
            ("INFO ",),
            ("INFO :",),
            ("INFO : x",),
            ("INFO a:",),
            ("INFO a: ",),
            ("INFO a:b",),
            ("INFO a:  b  c  ",),
            ("INFO a: b: c",),
            ("INFO a::",),
            ("INFO  a: b",),
            ("INFO a b: c",),
            ("INFO a : b",),
            ("info a: b",),
            ("Info a: b",),
            (" INFO a: b",),
            ("INFORMATION a: b",),
            ("INFO: a: b",),
            ("INFO\ta: b",),
            ("INFO a\tb: c",),
            ("INFO a:\tb\t",),
            ("DEBUG a: b",),
            ("WARNING a: b",),
            ("ERROR a: b",),
            ("CRITICAL a: b",),
            ("FATAL a: b",),
            ("WARN a: b",),
            ("CRITICAL a.b-c/d[1]: b",),
            ("a: b",),
            (":",),
        ],
        _line,
    ),
    "at_least": _filled(
        102,
        [
            *(([LogLine(own, "s", "m")], level) for own in (*LEVELS, "NOTICE", "debug", "") for level in LEVELS),
            ([], "CRITICAL"),
            ([LogLine("INFO", "a", "x"), LogLine("INFO", "a", "x")], "INFO"),
            ([LogLine(own, "s", "m") for own in LEVELS], "WARNING"),
            ([LogLine(own, "s", "m") for own in reversed(LEVELS)], "ERROR"),
        ],
        _logged,
    ),
    "errors_by_hour": _filled(
        103,
        [
            ([],),
            ([f"{_AT}00:00:00 ERROR x"],),
            ([f"{_AT}23:59:59 CRITICAL x"],),
            ([f"{_AT}23:59:59 ERROR "],),
            ([f"{_AT}12:00:00 INFO ERROR in the message"],),
            ([f"{_AT}12:00:00 WARNING CRITICAL"],),
            ([f"{_AT}12:00:00 ERRORS x"],),
            ([f"{_AT}12:00:00 FATAL x"],),
            ([f"{_AT}08:00:00 ERROR x", "2026-03-02T08:00:00 ERROR x"],),
            ([f"{_AT}10:00:00 ERROR x", f"{_AT}09:00:00 CRITICAL y", f"{_AT}10:59:00 ERROR z"],),
            ([f"{_AT}10:00:00 ERROR x"] * 30,),
        ],
        _stamped,
    ),
    "mask_secrets": _filled(
        104,
        [
            ("",),
            (" ",),
            ("password",),
            ("password=",),
            ("password==",),
            ("password=x",),
            ("=password",),
            ("PASSWORD=x",),
            ("PassWord=x",),
            ("token=a b",),
            ("api_key=1 secret=2 token=3 password=4",),
            ("apikey=1",),
            ("api-key=1",),
            ("mypassword=1",),
            ("passwords=1",),
            ("user=password=x",),
            ("password:x",),
            ("password = x",),
            ("password=x  token=y",),
            ("  secret=x ",),
            ("a\ttoken=x",),
            ("token=x\ty",),
            ("token=***",),
            ('"token=x"',),
            ("?token=x&secret=y",),
            ("token=x,secret=y",),
        ],
        _secret,
    ),
    "collapse_repeats": _filled(
        105,
        [
            *(((["a"] * count),) for count in range(13)),
            *(((["a"] * count + ["b"] * other),) for count in range(1, 5) for other in range(1, 5)),
            *(((["a"] * 2 + ["b"] + ["a"] * count),) for count in range(1, 5)),
            (["a", "b", "a", "b", "a", "b"],),
            (["a", "A", "a"],),
            (["", "", ""],),
            (["a", "a", "a", "last message repeated 2 times"],),
            (["last message repeated 2 times"] * 3,),
        ],
        _messages,
    ),
}
