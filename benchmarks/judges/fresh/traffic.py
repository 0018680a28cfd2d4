"""Hidden judge of benchmarks/specs/fresh/traffic.py: references and inputs."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MOST = 220
METHODS = ("GET", "HEAD", "PUT", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Page:
    items: list[str]
    number: int
    pages: int


@dataclass(frozen=True)
class Flag:
    is_on: bool
    percent: int
    always: tuple[str, ...]
    never: tuple[str, ...]


def allow_requests(times_s: list[int], limit: int, window_s: int) -> list[bool]:
    through: list[int] = []
    decisions = []
    for time_s in times_s:
        is_allowed = sum(earlier > time_s - window_s for earlier in through) < limit
        if is_allowed:
            through.append(time_s)
        decisions.append(is_allowed)
    return decisions


def backoff_delays(first_ms: int, most_ms: int, budget_ms: int) -> list[int]:
    delays: list[int] = []
    delay = min(first_ms, most_ms)
    while sum(delays) + delay <= budget_ms:
        delays.append(delay)
        delay = min(2 * delay, most_ms)
    return delays


def page_of(items: list[str], number: int, size: int) -> Page:
    pages = max(1, -(-len(items) // size))
    number = min(max(number, 1), pages)
    return Page(items[(number - 1) * size : number * size], number, pages)


def match_route(pattern: str, path: str) -> dict[str, str] | None:
    wanted, found = pattern.strip("/").split("/"), path.strip("/").split("/")
    if len(wanted) != len(found):
        return None
    values = {}
    for want, have in zip(wanted, found, strict=True):
        if want.startswith("{"):
            if not have:
                return None
            values[want[1:-1]] = have
        elif want != have:
            return None
    return values


def should_retry(method: str, status: int, attempt: int, most: int) -> bool:
    if attempt >= most:
        return False
    return status in (429, 503) or (status in (500, 502, 504) and method in METHODS)


def page_links(current: int, last: int) -> list[int | None]:
    shown = sorted(page for page in {1, last, current - 1, current, current + 1} if 1 <= page <= last)
    links: list[int | None] = []
    for place, page in enumerate(shown):
        left_out = page - shown[place - 1] - 1 if place else 0
        if left_out == 1:
            links.append(page - 1)
        elif left_out > 1:
            links.append(None)
        links.append(page)
    return links


def is_enabled(flag: Flag, user: str, bucket: int) -> bool:
    if user in flag.never:
        return False
    return user in flag.always or (flag.is_on and bucket < flag.percent)


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


def _times(rng: random.Random) -> tuple[Any, ...]:
    most = rng.choice([4, 12, 40])
    times_s = sorted(rng.randint(-2, most) for _ in range(rng.randint(2, 10)))
    return (times_s, rng.choice([1, 1, 2, 2, 3]), rng.choice([1, 2, 3, 5, 10]))


def _delays(rng: random.Random) -> tuple[Any, ...]:
    first_ms = rng.choice([1, 2, 3, 10, 50, 100, 125, 1000])
    most_ms = rng.choice([first_ms // 2 + 1, first_ms, 2 * first_ms, 3 * first_ms, 8 * first_ms, 7000])
    counts = backoff_delays(first_ms, most_ms, rng.randint(0, 10_000))
    return (first_ms, most_ms, min(10_000, max(0, sum(counts[: rng.randint(0, 9)]) + rng.choice([-1, 0, 0, 1, 5]))))


def _page(rng: random.Random) -> tuple[Any, ...]:
    items = [rng.choice("abcdef") for _ in range(rng.randrange(13))]
    return (items, rng.choice([rng.randint(-1, 7), rng.randint(1, 4)]), rng.choice([1, 2, 3, 4, 5, 12]))


def _route(rng: random.Random) -> tuple[Any, ...]:
    words = ["users", "posts", "api", "v1", "a-b", "x_y"]
    names = rng.sample(["{id}", "{name}", "{post_id}", "{x}"], 4)
    segments = [names.pop() if rng.random() < 0.45 else rng.choice(words) for _ in range(rng.randint(1, 4))]
    pattern = "/" + "/".join(segments) + rng.choice(["", "", "/"])
    values = ["42", "ann", "a b", "{id}", "ä", "..", "users", "a%2Fb", "x?y=1"]
    parts = [rng.choice(values) if segment.startswith("{") else segment for segment in segments]
    change = rng.random()
    place = rng.randrange(len(parts))
    if change < 0.1:
        parts[place] = ""
    elif change < 0.2:
        parts[place] = parts[place].upper()
    elif change < 0.27:
        parts.insert(place, rng.choice(words))
    elif change < 0.34:
        del parts[place]
    elif change < 0.4:
        parts[place] += "s"
    return (pattern, rng.choice(["/", "/", "/", "", "//"]) + "/".join(parts) + rng.choice(["", "", "", "/", "//"]))


def _retry(rng: random.Random) -> tuple[Any, ...]:
    methods = [*METHODS, "POST", "PATCH", "get", "Put", "", "TRACE", "CONNECT", "GETS"]
    statuses = [
        200,
        301,
        400,
        404,
        408,
        425,
        429,
        429,
        499,
        500,
        500,
        501,
        502,
        502,
        503,
        503,
        504,
        504,
        505,
        599,
        0,
        -1,
    ]
    return (rng.choice(methods), rng.choice(statuses), rng.choice([0, 1, 1, 2, 3, 4]), rng.choice([0, 1, 2, 3, 3, 5]))


def _flag(rng: random.Random) -> tuple[Any, ...]:
    users = ["ann", "bob", "Ann", "", "an"]
    percent = rng.choice([0, 1, 49, 50, 51, 99, 100, rng.randint(0, 100)])
    always = tuple(user for user in users if rng.random() < 0.3)
    never = tuple(user for user in users if rng.random() < 0.25)
    bucket = min(99, max(0, rng.choice([percent - 1, percent, percent + 1, 0, 99, rng.randint(0, 99)])))
    return (Flag(rng.random() < 0.6, percent, always, never), rng.choice(users), bucket)


INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "allow_requests": _filled(
        801,
        [
            ([], 1, 1),
            ([0], 1, 1),
            ([0, 0], 1, 1),
            ([0, 1], 1, 1),
            ([0, 1], 1, 2),
            ([0, 2], 1, 2),
            ([0, 9], 1, 10),
            ([0, 10], 1, 10),
            ([0, 11], 1, 10),
            ([0, 5, 10], 1, 10),
            ([0, 5, 10, 15, 20], 1, 10),
            ([0, 9, 10, 18, 19, 20], 1, 10),
            ([0, 1, 2, 10, 11, 12], 2, 10),
            ([0, 1, 2, 3, 4, 5], 3, 3),
            ([0, 0, 0, 1, 1, 1], 2, 1),
            ([0, 0, 0, 1, 1, 1], 2, 2),
            ([-10, -5, 0], 1, 5),
            ([-10, -6, -5], 1, 5),
            ([5, 5, 5], 5, 1),
            (list(range(12)), 3, 5),
        ],
        _times,
    ),
    "backoff_delays": _filled(
        802,
        [
            (first_ms, most_ms, budget_ms)
            for first_ms, most_ms in ((1, 1), (100, 1000), (100, 250), (100, 50), (100, 100), (1000, 1))
            for budget_ms in (0, 1, 49, 50, 99, 100, 101, 299, 300, 301, 700, 1550)
        ]
        + [
            (1, 1, 300),
            (1, 10**9, 10_000),
            (10_000, 10_000, 10_000),
            (10_001, 20_000, 10_000),
            (20_000, 10_000, 10_000),
        ],
        _delays,
    ),
    "page_of": _filled(
        803,
        [
            (items, number, size)
            for items in ([], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"])
            for number in (-1, 0, 1, 2, 3, 5)
            for size in (1, 2, 3)
        ],
        _page,
    ),
    "match_route": _filled(
        804,
        [
            ("/", ""),
            ("/", "/"),
            ("/", "//"),
            ("/", "/a"),
            ("/a", ""),
            ("/{id}", ""),
            ("/{id}", "/"),
            ("/{id}", "/a"),
            ("/{id}", "a"),
            ("/{id}/", "/a"),
            ("/{id}", "/a/"),
            ("/{id}", "//a//"),
            ("/{id}", "/a/b"),
            ("/{id}/x", "//x"),
            ("/{id}/x", "/a/x"),
            ("/x/{id}", "/x/"),
            ("/x/{id}/y", "/x//y"),
            ("/x/{id}/y", "/x/1/y"),
            ("/x/y", "/x//y"),
            ("/x/y", "/x/Y"),
            ("/x/y", "/x/y"),
            ("/x/y", "x/y"),
            ("/x", "/x "),
            ("/x", "/xy"),
            ("/xy", "/x"),
            ("/x/y", "/y/x"),
            ("/{a}/{b}", "/1/2"),
            ("/{a}/{b}", "/1"),
            ("/{a}/{b}", "/1/2/3"),
            ("/{a}/{b}", "/{b}/{a}"),
            ("/{a}/x/{b}", "/x/x/x"),
            ("/{user_id}", "/a b"),
            ("/{user_id}", "/ä?x=1"),
            ("/x", "/{x}"),
            ("/x_y/a-b", "/x_y/a-b"),
        ],
        _route,
    ),
    "should_retry": _filled(
        805,
        [
            (method, status, 1, 3)
            for method in ("GET", "POST", "DELETE", "PATCH", "get")
            for status in (200, 404, 408, 429, 500, 501, 502, 503, 504, 505)
        ]
        + [("GET", 503, attempt, most) for attempt in (0, 1, 2, 3) for most in (0, 1, 2)]
        + [("POST", 429, 3, 3), ("POST", 503, 2, 3), ("HEAD", 500, 1, 2), ("PUT", 504, 0, 1), ("OPTIONS", 502, 5, 6)],
        _retry,
    ),
    "page_links": _filled(
        806,
        [(current, last) for last in range(1, 15) for current in range(1, last + 1)],
        lambda rng: (
            lambda last: (
                rng.choice([rng.randint(1, last), min(last, rng.randint(1, 5)), max(1, last - rng.randrange(6))]),
                last,
            )
        )(rng.randint(1, 500)),
    ),
    "is_enabled": _filled(
        807,
        [
            (Flag(is_on, percent, always, never), "ann", bucket)
            for is_on in (True, False)
            for always in ((), ("ann",), ("bob",))
            for never in ((), ("ann",), ("bob",))
            for percent, bucket in ((0, 0), (50, 49), (50, 50), (100, 99))
        ],
        _flag,
    ),
}
