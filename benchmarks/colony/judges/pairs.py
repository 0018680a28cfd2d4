"""Hidden judge of the family `pairs`: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def price_of(prices: dict[str, int], item: str, count: int) -> int:
    return prices.get(item, 0) * count


def frame_length(size: tuple[int, int]) -> int:
    return 2 * (size[0] + size[1])


def names_by_code(codes: dict[str, int]) -> dict[int, str]:
    return {code: name for name, code in codes.items()}


def booked_on(entries: list[tuple[str, int]], account: str) -> int:
    return sum(amount for name, amount in entries if name == account)


def missing_rights(granted: dict[str, set[str]], user: str, needed: set[str]) -> int:
    return len(needed - granted.get(user, set()))


def pick_settings(settings: dict[str, str], names: list[str]) -> list[str]:
    return [settings[name] for name in names if name in settings]


def stock_after(stock: dict[str, int], sold: dict[str, int]) -> dict[str, int]:
    return {item: count - sold.get(item, 0) for item, count in stock.items()}


def halfway(start: tuple[int, int], goal: tuple[int, int]) -> tuple[float, float]:
    return (start[0] + goal[0]) / 2, (start[1] + goal[1]) / 2


def shared_minutes(first: tuple[int, int], second: tuple[int, int]) -> int:
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def most_visited(visits: dict[str, int]) -> str:
    return min(visits, key=lambda page: (-visits[page], page))


def group_by_initial(words: list[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word)
    return groups


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270311)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


GOODS = ["pen", "ink", "cup", "", "bag"]
ACCOUNTS = ["rent", "food", "fun", ""]
RIGHTS = ["read", "write", "delete", "share"]
USERS = ["ann", "bob", "eve"]
SETTINGS = ["host", "port", "user", "mode", "path"]
PAGES = ["home", "about", "shop", "blog", "faq", "Jobs", "a", "ab"]
WORDS = ["apple", "avocado", "a", "bean", "Bob", "bob", "beet", "corn", "Corn", "cc", "42", "4", " x", "abba", "date"]


def _some(rng: random.Random, pool: list[str], most: int) -> list[str]:
    return rng.sample(pool, rng.randint(0, min(most, len(pool))))


def _draw_prices(rng: random.Random) -> Arguments:
    prices = {name: rng.choice([0, 1, rng.randint(2, 900)]) for name in _some(rng, GOODS, 4)}
    known = list(prices)
    item = rng.choice(known) if known and rng.random() < 0.8 else rng.choice(GOODS)
    return prices, item, rng.randint(0, 12)


def _draw_size(rng: random.Random) -> Arguments:
    return ((rng.choice([0, 1, rng.randint(2, 90)]), rng.randint(0, 90)),)


def _draw_codes(rng: random.Random) -> Arguments:
    names = _some(rng, [*GOODS, *SETTINGS], 6)
    return (dict(zip(names, rng.sample(range(-5, 40), len(names)), strict=True)),)


def _draw_entries(rng: random.Random) -> Arguments:
    entries = [(rng.choice(ACCOUNTS), rng.randint(-90, 90)) for _ in range(rng.randint(0, 7))]
    return entries, rng.choice(ACCOUNTS)


def _draw_rights(rng: random.Random) -> Arguments:
    granted = {user: set(_some(rng, RIGHTS, 4)) for user in _some(rng, USERS, 3)}
    return granted, rng.choice(USERS), set(_some(rng, RIGHTS, 4))


def _draw_settings(rng: random.Random) -> Arguments:
    settings = {name: rng.choice(["", "80", "a.org", "on", name]) for name in _some(rng, SETTINGS, 5)}
    return settings, [rng.choice(SETTINGS) for _ in range(rng.randint(0, 5))]


def _draw_stock(rng: random.Random) -> Arguments:
    return tuple({name: rng.choice([0, 3, rng.randint(1, 20)]) for name in _some(rng, GOODS, 4)} for _ in range(2))


def _draw_points(rng: random.Random) -> Arguments:
    return tuple((rng.randint(-40, 40), rng.randint(-40, 40)) for _ in range(2))


def _draw_meetings(rng: random.Random) -> Arguments:
    first, second = (tuple(sorted((rng.randint(0, 40), rng.randint(0, 40)))) for _ in range(2))
    if rng.random() < 0.2:
        second = (first[1] + rng.randint(-1, 1), first[1] + rng.randint(1, 9))
    return (first, second) if rng.random() < 0.5 else (second, first)


def _draw_visits(rng: random.Random) -> Arguments:
    top = rng.choice([1, 3, 50])
    pages = _some(rng, PAGES, 6) or ["home", "about"]
    return ({page: rng.randint(0, top) for page in pages},)


def _draw_words(rng: random.Random) -> Arguments:
    return ([rng.choice(WORDS) for _ in range(rng.randint(0, 7))],)


INPUTS: dict[str, list[Arguments]] = {
    "price_of": _inputs(
        [({}, "pen", 3), ({"pen": 5}, "pen", 0), ({"pen": 0}, "pen", 9), ({"": 4}, "", 2), ({"pen": 5}, "", 2), ({"pen": 10**9}, "pen", 10**6)],
        _draw_prices,
        180,
    ),
    "frame_length": _inputs([((0, 0),), ((1, 0),), ((0, 1),), ((1, 1),), ((1, 2),), ((2, 1),), ((10**9, 1),)], _draw_size, 180),
    "names_by_code": _inputs([({},), ({"": 0},), ({"a": 1},), ({"b": 1, "a": 0},), ({"a": -1, "b": 1},)], _draw_codes, 180),
    "booked_on": _inputs(
        [([], "rent"), ([], ""), ([("", 5)], ""), ([("rent", 5)], "food"), ([("rent", 5), ("rent", -5)], "rent"), ([("Rent", 5), ("rent", 6)], "rent")],
        _draw_entries,
        180,
    ),
    "missing_rights": _inputs(
        [
            ({}, "ann", set()), ({}, "ann", {"read"}), ({"ann": set()}, "ann", {"read"}), ({"ann": {"read"}}, "ann", {"read"}),
            ({"ann": {"read", "write"}}, "ann", set()), ({"bob": {"read"}}, "ann", {"read", "write"}),
        ],
        _draw_rights,
        180,
    ),
    "pick_settings": _inputs(
        [({}, []), ({}, ["host"]), ({"host": "a"}, []), ({"host": ""}, ["host", "port", "host"]), ({"host": "port", "port": "host"}, ["host"])],
        _draw_settings,
        180,
    ),
    "stock_after": _inputs(
        [({}, {}), ({"a": 0}, {}), ({}, {"a": 1}), ({"a": 1}, {"a": 1}), ({"a": 1}, {"a": 2}), ({"a": 1}, {"b": 1}), ({"a": 1, "b": 2}, {"b": 2, "a": 1})],
        _draw_stock,
        180,
    ),
    "halfway": _inputs(
        [((0, 0), (0, 0)), ((1, 0), (0, 0)), ((0, 0), (0, 1)), ((-1, -2), (-3, -5)), ((0, 3), (3, 0)), ((10**6, 1), (-(10**6), 0))],
        _draw_points,
        180,
    ),
    "shared_minutes": _inputs(
        [
            ((0, 0), (0, 0)), ((0, 10), (5, 5)), ((0, 10), (10, 20)), ((10, 20), (0, 10)), ((0, 10), (9, 20)), ((0, 10), (11, 20)),
            ((0, 10), (2, 8)), ((2, 8), (0, 10)), ((0, 10), (0, 4)), ((0, 10), (6, 10)), ((-20, -5), (-10, 3)),
        ],
        _draw_meetings,
        200,
    ),
    "most_visited": _inputs(
        [
            ({"home": 0},), ({"b": 1, "a": 1},), ({"a": 1, "b": 1},), ({"b": 2, "a": 1},), ({"b": 1, "a": 2},), ({"B": 3, "a": 3},),
            ({"ab": 3, "a": 3},), ({"a": 0, "b": 0, "c": 0},), ({"c": 5, "a": 4, "b": 5},), ({"": 1, "a": 1},),
        ],
        _draw_visits,
        180,
    ),
    "group_by_initial": _inputs(
        [([],), (["a"],), (["a", "a"],), (["b", "a"],), (["A", "a"],), (["ab", "ba"],), (["ab", "ac", "ab"],), ([" ", "  "],)], _draw_words, 180
    ),
}  # fmt: skip
