"""Records: tokens, courses, stock, releases, profiles and exams."""

from dataclasses import dataclass

from icontract import ensure, require


@dataclass(frozen=True)
class Token:
    """A token that lets somebody in, when it was issued and for how long it is valid, both in seconds."""

    owner: str
    issued_s: int
    lifetime_s: int


@dataclass(frozen=True)
class Course:
    """A course, how many seats its room has, and the names of its students."""

    title: str
    seats: int
    students: list[str]


@dataclass(frozen=True)
class StockItem:
    """An article by its code, the pieces on hand, how many of them are reserved, and the least number of free ones."""

    code: str
    on_hand: int
    reserved: int
    minimum: int


@dataclass(frozen=True)
class Release:
    """A release of a program, and the two numbers of its version."""

    name: str
    major: int
    minor: int


@dataclass(frozen=True)
class Profile:
    """What is known of a user."""

    name: str
    city: str
    age: int


@dataclass(frozen=True)
class ProfileChange:
    """A wish to change a profile: the new name and the new city, None where nothing shall change."""

    name: str | None
    city: str | None


@dataclass(frozen=True)
class Exam:
    """An exam, the points that were reached in it, and the credits that it counts for."""

    subject: str
    points: int
    credits: int


@require(lambda token, now_s: token.issued_s <= now_s and token.lifetime_s >= 0)
def is_expired(token: Token, now_s: int) -> bool:
    """Tell whether a token is no longer valid: its lifetime has passed since it was issued, to the second or longer.

    >>> is_expired(Token("ann", 100, 60), 130)
    False
    >>> is_expired(Token("ann", 100, 60), 160)
    True
    >>> is_expired(Token("ann", 100, 60), 159)
    False
    >>> is_expired(Token("bob", 500, 0), 500)
    True
    >>> is_expired(Token("bob", 0, 3600), 9000)
    True
    >>> is_expired(Token("cy", 2000, 300), 2000)
    False
    """
    ...


@require(lambda course: len(course.students) <= course.seats)
@ensure(lambda course, result: 0 <= result <= course.seats)
def free_seats(course: Course) -> int:
    """Tell how many seats of a course are still free.

    >>> free_seats(Course("Latin", 10, ["Ann", "Bob"]))
    8
    >>> free_seats(Course("Latin", 2, ["Ann", "Bob"]))
    0
    >>> free_seats(Course("Chess", 30, []))
    30
    >>> free_seats(Course("Piano", 5, ["Cy"]))
    4
    >>> free_seats(Course("Empty", 0, []))
    0
    """
    ...


@require(lambda items: all(0 <= item.reserved <= item.on_hand and item.minimum >= 0 for item in items))
@ensure(lambda items, result: len(result) <= len(items))
def codes_to_reorder(items: list[StockItem]) -> list[str]:
    """List the codes of the articles that must be ordered again, in the order of the stock.

    Those are the articles of which fewer pieces than the minimum are left when the reserved ones are taken off.

    >>> codes_to_reorder([StockItem("A1", 10, 8, 5), StockItem("B2", 10, 2, 5)])
    ['A1']
    >>> codes_to_reorder([StockItem("A1", 10, 5, 5)])
    []
    >>> codes_to_reorder([StockItem("A1", 10, 6, 5)])
    ['A1']
    >>> codes_to_reorder([])
    []
    >>> codes_to_reorder([StockItem("C3", 0, 0, 1), StockItem("D4", 3, 3, 0), StockItem("A1", 4, 1, 9)])
    ['C3', 'A1']
    """
    ...


@require(lambda releases: len(releases) >= 1)
@ensure(lambda releases, result: result in releases)
def newest_release(releases: list[Release]) -> Release:
    """Find the newest release: the one with the greatest major number, and among those the greatest minor number.

    Of several releases with the same two numbers it is the one that stands first in the list.

    >>> newest_release([Release("ash", 1, 9), Release("oak", 2, 0)])
    Release(name='oak', major=2, minor=0)
    >>> newest_release([Release("oak", 2, 0), Release("elm", 2, 3), Release("fir", 2, 1)])
    Release(name='elm', major=2, minor=3)
    >>> newest_release([Release("yew", 0, 4)])
    Release(name='yew', major=0, minor=4)
    >>> newest_release([Release("fir", 3, 1), Release("elm", 3, 1)])
    Release(name='fir', major=3, minor=1)
    >>> newest_release([Release("ash", 1, 20), Release("elm", 3, 1), Release("oak", 2, 30)])
    Release(name='elm', major=3, minor=1)
    """
    ...


@ensure(lambda profile, result: result.age == profile.age)
def changed_profile(profile: Profile, change: ProfileChange) -> Profile:
    """Apply a change to a profile: what the change gives replaces what the profile says, and the rest stays as it is.

    What is None in the change is not given. The age never changes.

    >>> changed_profile(Profile("Ann", "Rome", 30), ProfileChange("Anna", None))
    Profile(name='Anna', city='Rome', age=30)
    >>> changed_profile(Profile("Ann", "Rome", 30), ProfileChange(None, "Oslo"))
    Profile(name='Ann', city='Oslo', age=30)
    >>> changed_profile(Profile("Ann", "Rome", 30), ProfileChange(None, None))
    Profile(name='Ann', city='Rome', age=30)
    >>> changed_profile(Profile("Bob", "Bonn", 41), ProfileChange("Rob", "Bern"))
    Profile(name='Rob', city='Bern', age=41)
    >>> changed_profile(Profile("Cy", "Lima", 8), ProfileChange(None, ""))
    Profile(name='Cy', city='', age=8)
    >>> changed_profile(Profile("Cy", "Lima", 8), ProfileChange("", None))
    Profile(name='', city='Lima', age=8)
    """
    ...


@require(lambda exams: all(0 <= exam.points <= 100 and exam.credits >= 1 for exam in exams))
@ensure(lambda result: 0 <= result <= 100)
def weighted_average(exams: list[Exam]) -> int:
    """Reckon the average of the points that a student reached, in which each exam weighs as much as its credits.

    Only exams that were passed count, those with at least 50 points. The average is the sum of the points times the
    credits, divided by the sum of the credits, and rounded down. If no exam was passed, it is 0.

    >>> weighted_average([Exam("Law", 80, 5), Exam("Art", 60, 5)])
    70
    >>> weighted_average([Exam("Law", 80, 6), Exam("Art", 60, 2)])
    75
    >>> weighted_average([Exam("Law", 90, 4), Exam("Art", 20, 8)])
    90
    >>> weighted_average([Exam("Law", 50, 1), Exam("Art", 49, 1)])
    50
    >>> weighted_average([Exam("Law", 10, 3)])
    0
    >>> weighted_average([])
    0
    >>> weighted_average([Exam("Law", 51, 3), Exam("Art", 100, 1), Exam("Sport", 0, 9)])
    63
    """
    ...
