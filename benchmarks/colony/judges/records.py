"""Hidden judge of the family `records`: references and inputs."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Line:
    unit_cents: int
    count: int
    discount_cents: int


@dataclass(frozen=True)
class Photo:
    width: int
    height: int


@dataclass(frozen=True)
class Book:
    title: str
    author: str
    pages: int


@dataclass(frozen=True)
class Point:
    x: int
    y: int


@dataclass(frozen=True)
class Task:
    title: str
    hours: int
    done: bool


@dataclass(frozen=True)
class Person:
    name: str
    age: int


@dataclass(frozen=True)
class Member:
    name: str
    active: bool
    loans: int


@dataclass(frozen=True)
class Contact:
    name: str
    email: str


@dataclass(frozen=True)
class Account:
    owner: str
    balance: int


@dataclass(frozen=True)
class Team:
    name: str
    goals: int


@dataclass(frozen=True)
class Offer:
    shop: str
    cents: int


@dataclass(frozen=True)
class PriceRange:
    low: int
    high: int


def line_total(line: Line) -> int:
    return line.unit_cents * line.count - line.discount_cents


def is_panorama(photo: Photo) -> bool:
    return photo.width >= 2 * photo.height


def shelf_labels(books: list[Book]) -> list[str]:
    return [book.author.upper() for book in books]


def move_point(point: Point, right: int, up: int) -> Point:
    return Point(point.x + right, point.y + up)


def hours_left(tasks: list[Task]) -> int:
    return sum(task.hours for task in tasks if not task.done)


def name_of_oldest(people: list[Person]) -> str:
    return max(people, key=lambda person: person.age).name


def may_borrow(member: Member) -> bool:
    return member.active and member.loans < 3


def email_of(contacts: list[Contact], name: str) -> str | None:
    for contact in contacts:
        if contact.name == name:
            return contact.email
    return None


def withdraw(account: Account, cents: int) -> Account:
    if cents > account.balance:
        return account
    return Account(account.owner, account.balance - cents)


def winner(home: Team, guest: Team) -> str:
    if home.goals == guest.goals:
        return "draw"
    return home.name if home.goals > guest.goals else guest.name


def price_range(offers: list[Offer]) -> PriceRange:
    prices = [offer.cents for offer in offers]
    return PriceRange(min(prices), max(prices))


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270312)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


NAMES = ["Ada", "Bo", "Cy", "Di", "Eve", "ada", ""]
TITLES = ["Emma", "Dune", "Faust", "It", ""]
AUTHORS = ["Austen", "herbert", "von Goethe", "LE GUIN", "O'Brien", "7 monks", ""]
TEAMS = ["Lions", "Bears", "Foxes", "Ants", "Wolves", ""]


def _draw_line(rng: random.Random) -> Arguments:
    price, count = rng.randint(0, 900), rng.randint(0, 12)
    return (Line(price, count, rng.choice([0, price * count, rng.randint(0, price * count)])),)


def _draw_photo(rng: random.Random) -> Arguments:
    height = rng.randint(1, 300)
    return (Photo(max(1, rng.choice([2 * height + rng.randint(-1, 1), rng.randint(height, 900)])), height),)


def _draw_books(rng: random.Random) -> Arguments:
    books = [Book(rng.choice(TITLES), rng.choice(AUTHORS), rng.randint(1, 900)) for _ in range(rng.randint(0, 5))]
    return (books,)


def _draw_move(rng: random.Random) -> Arguments:
    x, y, right, up = (rng.randint(-30, 30) for _ in range(4))
    return Point(x, y), right, up


def _draw_tasks(rng: random.Random) -> Arguments:
    tasks = [Task(rng.choice(TITLES), rng.randint(0, 9), rng.random() < 0.5) for _ in range(rng.randint(0, 6))]
    return (tasks,)


def _draw_people(rng: random.Random) -> Arguments:
    top = rng.choice([1, 3, 99])
    return ([Person(rng.choice(NAMES), rng.randint(0, top)) for _ in range(rng.randint(1, 6))],)


def _draw_member(rng: random.Random) -> Arguments:
    # The name makes no difference, and there are few other inputs: different names let each be tried often.
    name = f"{rng.choice(NAMES)} {rng.randint(1, 40)}"
    return (Member(name, rng.random() < 0.75, rng.choice([0, 1, 2, 2, 2, 3, 3, 4])),)


def _draw_contacts(rng: random.Random) -> Arguments:
    contacts = [
        Contact(rng.choice(NAMES), rng.choice(["", "a@x.org", "b@y.net", "c@z.com", "Ada"]))
        for _ in range(rng.randint(0, 5))
    ]
    return contacts, rng.choice(NAMES)


def _draw_withdrawal(rng: random.Random) -> Arguments:
    account = Account(rng.choice(NAMES), rng.randint(0, 900))
    return account, rng.choice(
        [0, account.balance, account.balance + 1, max(0, account.balance - 1), rng.randint(0, 900)]
    )


def _draw_match(rng: random.Random) -> Arguments:
    home, guest = rng.sample(TEAMS, 2)
    goals = rng.randint(0, 9)
    return Team(home, goals), Team(guest, rng.choice([goals, goals + 1, max(0, goals - 1), rng.randint(0, 9)]))


def _draw_offers(rng: random.Random) -> Arguments:
    top = rng.choice([2, 30, 5000])
    return ([Offer(rng.choice(NAMES), rng.randint(0, top)) for _ in range(rng.randint(1, 6))],)


INPUTS: dict[str, list[Arguments]] = {
    "line_total": _inputs([(Line(0, 0, 0),), (Line(5, 0, 0),), (Line(0, 5, 0),), (Line(5, 5, 25),), (Line(1, 1, 0),), (Line(10**6, 10**6, 1),)], _draw_line, 180),
    "is_panorama": _inputs(
        [(Photo(1, 1),), (Photo(2, 1),), (Photo(3, 1),), (Photo(1, 2),), (Photo(3, 2),), (Photo(4, 2),), (Photo(5, 2),), (Photo(9, 5),), (Photo(11, 5),)],
        _draw_photo,
        200,
    ),
    "shelf_labels": _inputs([([],), ([Book("", "", 1)],), ([Book("a", "b", 1)],), ([Book("a", "B", 1), Book("c", "D e", 2)],)], _draw_books, 180),
    "move_point": _inputs(
        [(Point(0, 0), 0, 0), (Point(0, 0), 1, 0), (Point(0, 0), 0, 1), (Point(1, 0), 0, 0), (Point(0, 1), 0, 0), (Point(2, 2), -2, -2)], _draw_move, 180
    ),
    "hours_left": _inputs(
        [([],), ([Task("", 0, False)],), ([Task("", 1, True)],), ([Task("", 1, False)],), ([Task("a", 1, False), Task("a", 1, False)],)], _draw_tasks, 180
    ),
    "name_of_oldest": _inputs(
        [
            ([Person("Ada", 0)],), ([Person("Ada", 1), Person("Bo", 1)],), ([Person("Bo", 1), Person("Ada", 1)],),
            ([Person("Ada", 1), Person("Bo", 2)],), ([Person("Bo", 2), Person("Ada", 1)],), ([Person("", 3), Person("Ada", 3), Person("Zoe", 3)],),
        ],
        _draw_people,
        180,
    ),
    "may_borrow": _inputs([(Member("Ada", active, loans),) for active in (False, True) for loans in range(8)], _draw_member, 180),
    "email_of": _inputs(
        [
            ([], ""), ([], "Ada"), ([Contact("", "x")], ""), ([Contact("Ada", "")], "Ada"), ([Contact("Ada", "x")], "ada"),
            ([Contact("Bo", "Ada")], "Ada"), ([Contact("Ada", "1"), Contact("Ada", "2")], "Ada"), ([Contact("Bo", "1"), Contact("Ada", "2")], "Ada"),
        ],
        _draw_contacts,
        200,
    ),
    "withdraw": _inputs(
        [(Account("", 0), 0), (Account("Ada", 0), 1), (Account("Ada", 1), 1), (Account("Ada", 1), 2), (Account("Ada", 2), 1), (Account("Ada", 10**9), 10**9 - 1)],
        _draw_withdrawal,
        200,
    ),
    "winner": _inputs(
        [(Team("Ants", home), Team("Zebras", guest)) for home in (0, 1, 2) for guest in (0, 1, 2)]
        + [(Team("Zebras", home), Team("Ants", guest)) for home in (0, 3) for guest in (0, 3)]
        + [(Team("Lions", 1), Team("Lions", 2)), (Team("draw", 2), Team("Ants", 1))],
        _draw_match,
        180,
    ),
    "price_range": _inputs(
        [([Offer("", 0)],), ([Offer("A", 0), Offer("B", 1)],), ([Offer("B", 1), Offer("A", 0)],), ([Offer("A", 3)] * 3,), ([Offer("A", 2), Offer("B", 3), Offer("C", 1)],)],
        _draw_offers,
        180,
    ),
}  # fmt: skip
