"""Hidden judge of benchmarks/colony/later/pairs.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from typing import Any

Arguments = tuple[Any, ...]


def setting_of(settings: dict[str, str], defaults: dict[str, str], name: str) -> str:
    return settings.get(name, defaults[name])


def box_area(lower_left: tuple[int, int], upper_right: tuple[int, int]) -> int:
    return (upper_right[0] - lower_left[0]) * (upper_right[1] - lower_left[1])


def header_field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(" ").lower(), value.strip(" ")


def may_do(roles: dict[str, list[str]], rights: dict[str, list[str]], user: str, action: str) -> bool:
    return any(action in rights[role] for role in roles[user])


def lowest_offers(offers: list[tuple[str, int]]) -> dict[str, int]:
    lowest: dict[str, int] = {}
    for article, price in offers:
        lowest[article] = min(price, lowest.get(article, price))
    return lowest


def priced_orders(orders: list[tuple[str, int]], prices: dict[str, int]) -> list[tuple[str, int]]:
    return [(article, count * prices[article]) for article, count in orders if article in prices]


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270611)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


KEYS = ["colour", "size", "font", "tabs", "lang"]
VALUES = ["red", "10", "", "mono", "4", "en", "grey"]
USERS = ["ann", "bob", "cy", "dan"]
ROLES = ["admin", "guest", "editor", "auditor"]
ACTIONS = ["read", "write", "drop", "print"]
ARTICLES = ["cup", "jug", "pan", "bag", "saw", "axe"]


def _draw_setting(rng: random.Random) -> Arguments:
    defaults = {key: rng.choice(VALUES) for key in rng.sample(KEYS, rng.randint(1, 5))}
    settings = {key: rng.choice(VALUES) for key in rng.sample(KEYS, rng.randint(0, 4))}
    return settings, defaults, rng.choice(list(defaults))


def _draw_box(rng: random.Random) -> Arguments:
    left, low = rng.randint(-20, 20), rng.randint(-20, 20)
    reach = rng.choice([2, 12, 90])
    return (left, low), (left + rng.randint(0, reach), low + rng.randint(0, reach))


def _draw_header(rng: random.Random) -> Arguments:
    def word(letters: str, least: int) -> str:
        return "".join(rng.choice(letters) for _ in range(rng.randint(least, 8)))

    gaps = ["", "", " ", "  "]
    name = word(rng.choice(["abXY-", "ABC", "a b"]), 0)
    value = word(rng.choice(["abXY", "12:0", "A b;"]), 0)
    return (rng.choice(gaps) + name + rng.choice(gaps) + ":" + rng.choice(gaps) + value + rng.choice(gaps),)


def _draw_rights(rng: random.Random) -> Arguments:
    rights = {role: rng.sample(ACTIONS, rng.randint(0, 3)) for role in ROLES}
    roles = {user: rng.sample(ROLES, rng.randint(0, 3)) for user in rng.sample(USERS, rng.randint(1, 3))}
    return roles, rights, rng.choice(list(roles)), rng.choice(ACTIONS)


def _draw_offers(rng: random.Random) -> Arguments:
    articles = ARTICLES[: rng.randint(1, 6)]
    return ([(rng.choice(articles), rng.randint(0, rng.choice([3, 90]))) for _ in range(rng.randint(0, 7))],)


def _draw_orders(rng: random.Random) -> Arguments:
    prices = {article: rng.randint(0, 30) for article in rng.sample(ARTICLES, rng.randint(0, 6))}
    return [(rng.choice(ARTICLES), rng.randint(0, 9)) for _ in range(rng.randint(0, 5))], prices


READ, WRITE = {"admin": ["read", "write"], "guest": ["read"]}, {"admin": ["write"], "guest": []}

INPUTS: dict[str, list[Arguments]] = {
    "setting_of": _inputs(
        [({}, {"a": "1"}, "a"), ({"a": "2"}, {"a": "1"}, "a"), ({"a": ""}, {"a": "1"}, "a"), ({"b": "2"}, {"a": "1"}, "a"), ({"a": "2"}, {"a": "", "b": ""}, "b")], _draw_setting, 200
    ),
    "box_area": _inputs([((0, 0), (x, y)) for x in (0, 1, 2) for y in (0, 1, 3)] + [((-3, 2), (x, y)) for x in (-3, 0, 4) for y in (2, 3, 9)], _draw_box, 180),
    "header_field": _inputs(
        [
            (line,)
            for line in (
                ":", " : ", "a:", ":a", "A:B", "a:b:c", "a::b", "A b: C d", "  A  :  B  ", "NAME:VALUE", "Time: 10:30", "x : y", "X:y ", " X:y", ": :", "a: b: ",
            )
        ],
        _draw_header,
        200,
    ),
    "may_do": _inputs(
        [({"ann": roles}, rights, "ann", action) for roles in ([], ["admin"], ["guest"], ["guest", "admin"]) for rights in (READ, WRITE) for action in ("read", "write", "drop")],
        _draw_rights,
        240,
    ),
    "lowest_offers": _inputs(
        [([],), ([("a", 1)],), ([("a", 1), ("a", 2)],), ([("a", 2), ("a", 1)],), ([("a", 0), ("a", 0)],), ([("a", 2), ("b", 1), ("a", 1), ("b", 2)],), ([("", 5), ("a", 5)],), ([("a", 3), ("a", 1), ("a", 2)],)],
        _draw_offers,
        200,
    ),
    "priced_orders": _inputs(
        [([], {}), ([("a", 1)], {}), ([("a", 1)], {"a": 0}), ([("a", 0)], {"a": 5}), ([("a", 2)], {"a": 5}), ([("a", 2), ("b", 3)], {"b": 7}), ([("a", 2), ("a", 2)], {"a": 1})], _draw_orders, 200
    ),
}  # fmt: skip
