"""Records: order lines, photos, books, points, tasks, people, members, contacts, accounts, teams and offers."""

from dataclasses import dataclass

from icontract import ensure, require


@dataclass(frozen=True)
class Line:
    """A line of an order: what one piece costs, how many pieces there are, and what is taken off the whole line."""

    unit_cents: int
    count: int
    discount_cents: int


@dataclass(frozen=True)
class Photo:
    """A photo's size in pixels."""

    width: int
    height: int


@dataclass(frozen=True)
class Book:
    """A book: its title, its author and how many pages it has."""

    title: str
    author: str
    pages: int


@dataclass(frozen=True)
class Point:
    """A point of the plane: `x` grows to the right, `y` upwards."""

    x: int
    y: int


@dataclass(frozen=True)
class Task:
    """Something to do, how many hours it takes, and whether it is done."""

    title: str
    hours: int
    done: bool


@dataclass(frozen=True)
class Person:
    """A person's name and age in years."""

    name: str
    age: int


@dataclass(frozen=True)
class Member:
    """A member of a library: whether the membership is active, and how many books are lent out to the member."""

    name: str
    active: bool
    loans: int


@dataclass(frozen=True)
class Contact:
    """An entry of an address book."""

    name: str
    email: str


@dataclass(frozen=True)
class Account:
    """An account: whose it is, and the cents on it."""

    owner: str
    balance: int


@dataclass(frozen=True)
class Team:
    """A team and the goals that it shot in a match."""

    name: str
    goals: int


@dataclass(frozen=True)
class Offer:
    """What a shop asks for something, in cents."""

    shop: str
    cents: int


@dataclass(frozen=True)
class PriceRange:
    """The smallest and the greatest of some prices."""

    low: int
    high: int


@require(lambda line: line.unit_cents >= 0 and line.count >= 0)
@require(lambda line: 0 <= line.discount_cents <= line.unit_cents * line.count)
@ensure(lambda result: result >= 0)
def line_total(line: Line) -> int:
    """Work out what a line of an order costs: the price of all its pieces, less the discount on the line.

    >>> line_total(Line(150, 2, 0))
    300
    >>> line_total(Line(150, 2, 50))
    250
    >>> line_total(Line(99, 10, 90))
    900
    >>> line_total(Line(700, 1, 700))
    0
    >>> line_total(Line(20, 0, 0))
    0
    """
    ...


@require(lambda photo: photo.width >= 1 and photo.height >= 1)
def is_panorama(photo: Photo) -> bool:
    """Tell whether a photo is a panorama: at least 2 times as wide as it is high.

    >>> is_panorama(Photo(400, 100))
    True
    >>> is_panorama(Photo(200, 100))
    True
    >>> is_panorama(Photo(199, 100))
    False
    >>> is_panorama(Photo(100, 300))
    False
    >>> is_panorama(Photo(50, 50))
    False
    >>> is_panorama(Photo(3, 1))
    True
    >>> is_panorama(Photo(90, 46))
    False
    """
    ...


@ensure(lambda books, result: len(result) == len(books))
def shelf_labels(books: list[Book]) -> list[str]:
    """List, for each book in order, the name of its author in capital letters.

    >>> shelf_labels([Book("Emma", "Austen", 474), Book("Ulysses", "Joyce", 730)])
    ['AUSTEN', 'JOYCE']
    >>> shelf_labels([Book("Faust", "von Goethe", 150)])
    ['VON GOETHE']
    >>> shelf_labels([Book("Dune", "herbert", 612), Book("Dune", "Herbert", 604)])
    ['HERBERT', 'HERBERT']
    >>> shelf_labels([Book("Beowulf", "", 120)])
    ['']
    >>> shelf_labels([])
    []
    """
    ...


def move_point(point: Point, right: int, up: int) -> Point:
    """Move a point by some steps to the right and some steps up; negative steps go to the left and down.

    >>> move_point(Point(1, 2), 3, 5)
    Point(x=4, y=7)
    >>> move_point(Point(0, 0), -2, 1)
    Point(x=-2, y=1)
    >>> move_point(Point(-4, 9), 4, -10)
    Point(x=0, y=-1)
    >>> move_point(Point(6, 6), 0, 0)
    Point(x=6, y=6)
    >>> move_point(Point(10, -3), 1, 0)
    Point(x=11, y=-3)
    """
    ...


@require(lambda tasks: all(task.hours >= 0 for task in tasks))
@ensure(lambda result: result >= 0)
def hours_left(tasks: list[Task]) -> int:
    """Add up the hours of the tasks that are not done.

    >>> hours_left([Task("paint", 3, False), Task("sand", 5, True), Task("clean", 1, False)])
    4
    >>> hours_left([Task("paint", 2, True), Task("clean", 4, True)])
    0
    >>> hours_left([Task("sweep", 7, False)])
    7
    >>> hours_left([Task("wait", 0, False), Task("cook", 2, False), Task("eat", 9, True)])
    2
    >>> hours_left([])
    0
    """
    ...


@require(lambda people: len(people) >= 1)
@ensure(lambda people, result: any(person.name == result for person in people))
def name_of_oldest(people: list[Person]) -> str:
    """Name the oldest of some people; of several who are equally old, the one who stands first in the list.

    >>> name_of_oldest([Person("Ada", 36), Person("Bo", 52), Person("Cy", 7)])
    'Bo'
    >>> name_of_oldest([Person("Di", 20), Person("Ada", 41), Person("Cy", 41)])
    'Ada'
    >>> name_of_oldest([Person("Zoe", 30), Person("Ada", 30)])
    'Zoe'
    >>> name_of_oldest([Person("Eve", 0)])
    'Eve'
    >>> name_of_oldest([Person("Bo", 1), Person("Cy", 2), Person("Di", 3)])
    'Di'
    """
    ...


@require(lambda member: member.loans >= 0)
def may_borrow(member: Member) -> bool:
    """Tell whether a member may borrow another book: the membership is active, and fewer than 3 books are lent out.

    >>> may_borrow(Member("Ada", True, 0))
    True
    >>> may_borrow(Member("Bo", True, 2))
    True
    >>> may_borrow(Member("Cy", True, 3))
    False
    >>> may_borrow(Member("Di", False, 0))
    False
    >>> may_borrow(Member("Eve", False, 5))
    False
    >>> may_borrow(Member("Fay", True, 8))
    False
    >>> may_borrow(Member("Gus", False, 2))
    False
    """
    ...


def email_of(contacts: list[Contact], name: str) -> str | None:
    """Find the e-mail address of the contact with a name; of several contacts with the name, that of the first.

    If no contact has the name, the result is None.

    >>> email_of([Contact("Ada", "ada@x.org"), Contact("Bo", "bo@y.net")], "Bo")
    'bo@y.net'
    >>> email_of([Contact("Ada", "ada@x.org"), Contact("Bo", "bo@y.net")], "Ada")
    'ada@x.org'
    >>> email_of([Contact("Cy", "first@z.com"), Contact("Cy", "second@a.com")], "Cy")
    'first@z.com'
    >>> email_of([Contact("Ada", "ada@x.org")], "Eve") is None
    True
    >>> email_of([Contact("Di", "")], "Di")
    ''
    >>> email_of([], "Ada") is None
    True
    """
    ...


@require(lambda account: account.balance >= 0)
@require(lambda cents: cents >= 0)
@ensure(lambda account, result: result.owner == account.owner)
@ensure(lambda result: result.balance >= 0)
def withdraw(account: Account, cents: int) -> Account:
    """Take cents from an account, if there are as many on it; if there are fewer, the account stays as it is.

    >>> withdraw(Account("Ada", 500), 200)
    Account(owner='Ada', balance=300)
    >>> withdraw(Account("Bo", 80), 80)
    Account(owner='Bo', balance=0)
    >>> withdraw(Account("Bo", 80), 81)
    Account(owner='Bo', balance=80)
    >>> withdraw(Account("Cy", 0), 1000)
    Account(owner='Cy', balance=0)
    >>> withdraw(Account("Ada", 7), 0)
    Account(owner='Ada', balance=7)
    >>> withdraw(Account("Di", 1200), 1)
    Account(owner='Di', balance=1199)
    """
    ...


@require(lambda home: home.goals >= 0)
@require(lambda guest: guest.goals >= 0)
def winner(home: Team, guest: Team) -> str:
    """Name the team that won a match by shooting more goals; if both shot equally many, the result is "draw".

    >>> winner(Team("Lions", 3), Team("Bears", 1))
    'Lions'
    >>> winner(Team("Lions", 0), Team("Bears", 2))
    'Bears'
    >>> winner(Team("Foxes", 2), Team("Lions", 2))
    'draw'
    >>> winner(Team("Bears", 0), Team("Foxes", 0))
    'draw'
    >>> winner(Team("Wolves", 5), Team("Ants", 4))
    'Wolves'
    >>> winner(Team("Ants", 1), Team("Wolves", 9))
    'Wolves'
    """
    ...


@require(lambda offers: len(offers) >= 1)
@ensure(lambda result: result.low <= result.high)
def price_range(offers: list[Offer]) -> PriceRange:
    """Find the range of the prices that are asked: the smallest and the greatest number of cents of the offers.

    >>> price_range([Offer("A", 300), Offer("B", 250), Offer("C", 410)])
    PriceRange(low=250, high=410)
    >>> price_range([Offer("Corner", 99)])
    PriceRange(low=99, high=99)
    >>> price_range([Offer("A", 5), Offer("B", 5)])
    PriceRange(low=5, high=5)
    >>> price_range([Offer("Z", 1000), Offer("Y", 0)])
    PriceRange(low=0, high=1000)
    >>> price_range([Offer("M", 20), Offer("N", 70), Offer("O", 60), Offer("P", 15)])
    PriceRange(low=15, high=70)
    """
    ...
