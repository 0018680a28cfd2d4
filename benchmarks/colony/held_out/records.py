"""Records: teams, frames, tasks, accounts and rivers."""

from dataclasses import dataclass

from icontract import ensure, require


@dataclass(frozen=True)
class Team:
    """A team and how many of its matches it won, drew and lost."""

    name: str
    wins: int
    draws: int
    losses: int


@dataclass(frozen=True)
class Frame:
    """A picture frame, in millimetres."""

    width: int
    height: int


@dataclass(frozen=True)
class Task:
    """A piece of work, how many minutes it takes, and whether it is done."""

    title: str
    minutes: int
    is_done: bool


@dataclass(frozen=True)
class Account:
    """An account, what it holds in cents, and whether it is open."""

    owner: str
    balance: int
    is_open: bool


@dataclass(frozen=True)
class River:
    """A river, its length in kilometres, and the country of its source."""

    name: str
    length: int
    country: str


@require(lambda team: team.wins >= 0 and team.draws >= 0 and team.losses >= 0)
def league_points(team: Team) -> int:
    """Count the points of a team: 3 for each match won, 1 for each one drawn, none for those that it lost.

    >>> league_points(Team("Reds", 4, 2, 1))
    14
    >>> league_points(Team("Blues", 0, 5, 3))
    5
    >>> league_points(Team("Greens", 6, 0, 0))
    18
    >>> league_points(Team("Whites", 0, 0, 9))
    0
    >>> league_points(Team("Blacks", 1, 1, 2))
    4
    """
    ...


@require(lambda frame: frame.width >= 1 and frame.height >= 1)
@ensure(lambda result: result.width <= result.height)
def hung_upright(frame: Frame) -> Frame:
    """Hang a frame upright: turn it by a quarter if it is wider than high, else leave it as it is.

    >>> hung_upright(Frame(40, 30))
    Frame(width=30, height=40)
    >>> hung_upright(Frame(20, 90))
    Frame(width=20, height=90)
    >>> hung_upright(Frame(50, 50))
    Frame(width=50, height=50)
    >>> hung_upright(Frame(61, 60))
    Frame(width=60, height=61)
    >>> hung_upright(Frame(1, 2))
    Frame(width=1, height=2)
    """
    ...


@require(lambda tasks: all(task.minutes >= 0 for task in tasks))
@ensure(lambda result: result >= 0)
def minutes_left(tasks: list[Task]) -> int:
    """Add up the minutes of the tasks that are not done.

    >>> minutes_left([Task("wash", 20, False), Task("cook", 45, True), Task("shop", 30, False)])
    50
    >>> minutes_left([Task("wash", 20, True), Task("cook", 45, True)])
    0
    >>> minutes_left([Task("cook", 45, False)])
    45
    >>> minutes_left([])
    0
    >>> minutes_left([Task("iron", 15, True), Task("read", 0, False), Task("rest", 10, False)])
    10
    """
    ...


@require(lambda amount: amount >= 0)
def after_deposit(account: Account, amount: int) -> Account:
    """Give the account as it is after an amount was paid in.

    An open account holds that amount more. An account that is not open takes nothing and stays as it is.

    >>> after_deposit(Account("Ann", 100, True), 50)
    Account(owner='Ann', balance=150, is_open=True)
    >>> after_deposit(Account("Bob", 100, False), 50)
    Account(owner='Bob', balance=100, is_open=False)
    >>> after_deposit(Account("Cid", -30, True), 20)
    Account(owner='Cid', balance=-10, is_open=True)
    >>> after_deposit(Account("Dee", 0, False), 5)
    Account(owner='Dee', balance=0, is_open=False)
    >>> after_deposit(Account("Eve", 7, True), 0)
    Account(owner='Eve', balance=7, is_open=True)
    """
    ...


@ensure(lambda rivers, result: result is None or result in [river.name for river in rivers])
def longest_river(rivers: list[River], country: str) -> str | None:
    """Find the name of the longest river whose source lies in a country.

    Of several that are equally long, it is the one that stands first in the list. If no river of the list has its
    source in the country, the result is None.

    >>> longest_river([River("Ara", 90, "Ix"), River("Bol", 70, "Ix"), River("Cam", 99, "Oy")], "Ix")
    'Ara'
    >>> longest_river([River("Ara", 60, "Ix"), River("Bol", 70, "Ix")], "Ix")
    'Bol'
    >>> longest_river([River("Ara", 60, "Ix"), River("Bol", 70, "Oy")], "Un") is None
    True
    >>> longest_river([], "Ix") is None
    True
    >>> longest_river([River("Eno", 80, "Oy"), River("Dun", 80, "Oy")], "Oy")
    'Eno'
    >>> longest_river([River("Dun", 80, "Oy"), River("Eno", 80, "Oy"), River("Fal", 95, "Ix")], "Oy")
    'Dun'
    """
    ...
