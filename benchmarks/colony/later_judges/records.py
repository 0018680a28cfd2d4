"""Hidden judge of benchmarks/colony/later/records.py: references and inputs."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Token:
    owner: str
    issued_s: int
    lifetime_s: int


@dataclass(frozen=True)
class Course:
    title: str
    seats: int
    students: list[str]


@dataclass(frozen=True)
class StockItem:
    code: str
    on_hand: int
    reserved: int
    minimum: int


@dataclass(frozen=True)
class Release:
    name: str
    major: int
    minor: int


@dataclass(frozen=True)
class Profile:
    name: str
    city: str
    age: int


@dataclass(frozen=True)
class ProfileChange:
    name: str | None
    city: str | None


@dataclass(frozen=True)
class Exam:
    subject: str
    points: int
    credits: int


def is_expired(token: Token, now_s: int) -> bool:
    return now_s >= token.issued_s + token.lifetime_s


def free_seats(course: Course) -> int:
    return course.seats - len(course.students)


def codes_to_reorder(items: list[StockItem]) -> list[str]:
    return [item.code for item in items if item.on_hand - item.reserved < item.minimum]


def newest_release(releases: list[Release]) -> Release:
    return max(releases, key=lambda release: (release.major, release.minor))


def changed_profile(profile: Profile, change: ProfileChange) -> Profile:
    return Profile(
        profile.name if change.name is None else change.name,
        profile.city if change.city is None else change.city,
        profile.age,
    )


def weighted_average(exams: list[Exam]) -> int:
    passed = [exam for exam in exams if exam.points >= 50]
    if not passed:
        return 0
    return sum(exam.points * exam.credits for exam in passed) // sum(exam.credits for exam in passed)


# Each judge stands alone, so that it can be run where nothing else of the project is.
def _inputs(by_hand: Iterable[Arguments], draw: Callable[[random.Random], Arguments], count: int) -> list[Arguments]:
    """Return the arguments written by hand and then random ones, all different, `count` in all."""
    rng = random.Random(20270611)
    found = {repr(arguments): arguments for arguments in by_hand}
    while len(found) < count:
        arguments = draw(rng)
        found.setdefault(repr(arguments), arguments)
    return list(found.values())


NAMES = ["Ann", "Bob", "Cy", "Dan", "Eve", "Flo", ""]
CITIES = ["Rome", "Oslo", "Bern", "Lima", ""]
TREES = ["ash", "oak", "elm", "fir", "yew", "bay"]


def _draw_token(rng: random.Random) -> Arguments:
    issued, lifetime = rng.randint(0, 500), rng.choice([rng.randint(0, 9), rng.randint(0, 300), 60])
    age = rng.choice([rng.randint(0, lifetime), lifetime + rng.randint(0, 99), lifetime, max(0, lifetime - 1)])
    return Token(rng.choice(NAMES), issued, lifetime), issued + age


def _draw_course(rng: random.Random) -> Arguments:
    students = [rng.choice(NAMES) for _ in range(rng.randint(0, 7))]
    return (Course(rng.choice(["Latin", "Chess", ""]), len(students) + rng.randint(0, rng.choice([2, 30])), students),)


def _draw_item(rng: random.Random) -> StockItem:
    reach = rng.choice([3, 30])
    on_hand = rng.randint(0, reach)
    code = rng.choice("ABCD") + str(rng.randint(1, 9))
    return StockItem(code, on_hand, rng.randint(0, on_hand), rng.randint(0, reach))


def _draw_items(rng: random.Random) -> Arguments:
    return ([_draw_item(rng) for _ in range(rng.randint(0, 5))],)


def _draw_releases(rng: random.Random) -> Arguments:
    reach = rng.choice([1, 3, 12])
    return (
        [Release(name, rng.randint(0, reach), rng.randint(0, reach)) for name in rng.sample(TREES, rng.randint(1, 6))],
    )


def _draw_change(rng: random.Random) -> Arguments:
    profile = Profile(rng.choice(NAMES), rng.choice(CITIES), rng.randint(0, 99))
    return profile, ProfileChange(rng.choice([None, *NAMES]), rng.choice([None, None, *CITIES]))


def _draw_exams(rng: random.Random) -> Arguments:
    subjects = ["Law", "Art", "Sport", "Maths"]
    return (
        [
            Exam(
                rng.choice(subjects),
                rng.choice([rng.randint(0, 100), rng.randint(45, 55), rng.randint(50, 100)]),
                rng.randint(1, 8),
            )
            for _ in range(rng.randint(0, 5))
        ],
    )


INPUTS: dict[str, list[Arguments]] = {
    "is_expired": _inputs([(Token("a", issued, lifetime), issued + age) for issued in (0, 7) for lifetime in (0, 1, 5) for age in (0, 1, 4, 5, 6)], _draw_token, 200),
    "free_seats": _inputs([(Course("a", seats, ["x"] * taken),) for seats in (0, 1, 2, 9) for taken in (0, 1, 2, 9) if taken <= seats], _draw_course, 180),
    "codes_to_reorder": _inputs(
        [([],)]
        + [([StockItem("A", on_hand, reserved, minimum)],) for on_hand in (0, 5, 6) for reserved in (0, 1, 5) if reserved <= on_hand for minimum in (0, 1, 5, 6)]
        + [([StockItem("A", 1, 0, 2), StockItem("A", 1, 0, 2)],), ([StockItem("B", 1, 1, 1), StockItem("A", 0, 0, 3)],)],
        _draw_items,
        220,
    ),
    "newest_release": _inputs(
        [
            ([Release("a", 0, 0)],), ([Release("a", 0, 1), Release("b", 1, 0)],), ([Release("a", 1, 0), Release("b", 0, 1)],), ([Release("a", 1, 0), Release("b", 1, 1)],),
            ([Release("b", 1, 1), Release("a", 1, 1)],), ([Release("a", 1, 1), Release("b", 1, 1)],), ([Release("a", 0, 9), Release("b", 1, 2), Release("c", 1, 3)],),
        ],
        _draw_releases,
        200,
    ),
    "changed_profile": _inputs(
        [(Profile("Ann", "Rome", 9), ProfileChange(name, city)) for name in (None, "", "Ann", "Bob") for city in (None, "", "Rome", "Oslo")]
        + [(Profile("", "", 0), ProfileChange(name, city)) for name in (None, "Bob") for city in (None, "Oslo")],
        _draw_change,
        220,
    ),
    "weighted_average": _inputs(
        [([],)]
        + [([Exam("a", points, weight)],) for points in (0, 49, 50, 51, 100) for weight in (1, 3)]
        + [([Exam("a", one, 1), Exam("b", two, 2)],) for one in (49, 50, 51, 100) for two in (0, 49, 50, 99)],
        _draw_exams,
        240,
    ),
}  # fmt: skip
