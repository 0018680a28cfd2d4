"""Hidden judge of benchmarks/colony/held_out/records.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Team:
    name: str
    wins: int
    draws: int
    losses: int


@dataclass(frozen=True)
class Frame:
    width: int
    height: int


@dataclass(frozen=True)
class Task:
    title: str
    minutes: int
    is_done: bool


@dataclass(frozen=True)
class Account:
    owner: str
    balance: int
    is_open: bool


@dataclass(frozen=True)
class River:
    name: str
    length: int
    country: str


def league_points(team: Team) -> int:
    return 3 * team.wins + team.draws


def hung_upright(frame: Frame) -> Frame:
    return Frame(min(frame.width, frame.height), max(frame.width, frame.height))


def minutes_left(tasks: list[Task]) -> int:
    return sum(task.minutes for task in tasks if not task.is_done)


def after_deposit(account: Account, amount: int) -> Account:
    return Account(account.owner, account.balance + amount, True) if account.is_open else account


def longest_river(rivers: list[River], country: str) -> str | None:
    here = [river for river in rivers if river.country == country]
    return max(here, key=lambda river: river.length).name if here else None


def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20261121)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


def _draw_team(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 9, 40])
    name = rng.choice(["Reds", "Blues", "Greens", ""])
    return (Team(name, rng.randint(0, reach), rng.randint(0, reach), rng.randint(0, reach)),)


def _draw_frame(rng: random.Random) -> Arguments:
    width = rng.randint(1, 300)
    return (Frame(width, max(1, width + rng.choice([-1, 0, 1, rng.randint(-200, 200), rng.randint(-200, 200)]))),)


def _draw_tasks(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 60])
    count = rng.randint(0, 6)
    return (
        [Task(rng.choice(["wash", "cook", "shop"]), rng.randint(0, reach), rng.random() < 0.4) for _ in range(count)],
    )


def _draw_deposit(rng: random.Random) -> Arguments:
    account = Account(rng.choice(["Ann", "Bob", "Cid", ""]), rng.randint(-200, 900), rng.random() < 0.6)
    return account, rng.choice([0, 1, rng.randint(0, 500), rng.randint(0, 500)])


def _draw_rivers(rng: random.Random) -> Arguments:
    reach = rng.choice([2, 5, 900])
    rivers = [
        River(
            rng.choice("ABCDEFG") + rng.choice(["ra", "ol"]),
            rng.randint(1, reach),
            rng.choice(["Ix", "Ix", "Oy", "Un"]),
        )
        for _ in range(rng.randint(0, 6))
    ]
    return rivers, rng.choice(["Ix", "Ix", "Ix", "Oy", "Un"])


ARA, BOL, CAM = River("Ara", 5, "Ix"), River("Bol", 5, "Ix"), River("Cam", 6, "Oy")

INPUTS: dict[str, list[Arguments]] = {
    "league_points": _inputs(
        [(Team("", wins, draws, losses),) for wins in (0, 1, 2) for draws in (0, 1, 3) for losses in (0, 4)], _draw_team, 160
    ),
    "hung_upright": _inputs([(Frame(1, 1),), (Frame(2, 1),), (Frame(1, 2),), (Frame(1, 999),), (Frame(999, 1),)], _draw_frame, 160),
    "minutes_left": _inputs(
        [
            ([Task("a", 1, True)],), ([Task("a", 1, False)],), ([Task("a", 0, False)],), ([Task("a", 5, False)] * 3,),
            ([Task("a", 5, True), Task("a", 5, False)],), ([Task("a", 3, False), Task("b", 4, True), Task("", 9, False)],),
        ],
        _draw_tasks,
        160,
    ),
    "after_deposit": _inputs(
        [(Account("", balance, is_open), amount) for balance in (-5, 0, 5) for is_open in (False, True) for amount in (0, 1, 5)],
        _draw_deposit,
        180,
    ),
    "longest_river": _inputs(
        [
            ([ARA], "Ix"), ([ARA], "Oy"), ([ARA, BOL], "Ix"), ([BOL, ARA], "Ix"), ([CAM, BOL, ARA], "Ix"), ([ARA, CAM], "Oy"),
            ([ARA, CAM, BOL], "ix"), ([CAM, CAM], "Oy"), ([River("", 1, "")], ""), ([River("X", 1, ""), CAM], ""),
        ],
        _draw_rivers,
        200,
    ),
}  # fmt: skip
