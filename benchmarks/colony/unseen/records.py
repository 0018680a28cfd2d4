"""Records: crates, alarms and plants."""

from dataclasses import dataclass

from icontract import ensure, require


@dataclass(frozen=True)
class Crate:
    """A crate, how many bottles it holds, and the grams of one bottle and of the crate itself."""

    label: str
    bottles: int
    bottle_grams: int
    own_grams: int


@dataclass(frozen=True)
class Alarm:
    """An alarm, the minute of the day at which it rings, and whether it is set."""

    name: str
    minute: int
    is_set: bool


@dataclass(frozen=True)
class Plant:
    """A plant, the day on which it was last watered, and after how many days it needs water."""

    name: str
    watered: int
    days: int


@require(lambda crate: crate.bottles >= 0 and crate.bottle_grams >= 0 and crate.own_grams >= 0)
@ensure(lambda crate, result: result >= crate.own_grams)
def crate_grams(crate: Crate) -> int:
    """Weigh a crate with all of its bottles, in grams.

    >>> crate_grams(Crate("juice", 6, 500, 900))
    3900
    >>> crate_grams(Crate("milk", 12, 1000, 1500))
    13500
    >>> crate_grams(Crate("none", 0, 700, 800))
    800
    >>> crate_grams(Crate("oil", 1, 250, 40))
    290
    >>> crate_grams(Crate("bag", 3, 20, 0))
    60
    """
    ...


@require(lambda alarm: 0 <= alarm.minute < 1440)
@require(lambda minutes: minutes >= 0)
@ensure(lambda result: 0 <= result.minute < 1440)
def snoozed(alarm: Alarm, minutes: int) -> Alarm:
    """Let an alarm ring so many minutes later, and set it, whether it was set or not.

    A day has 1440 minutes; after the last of them the count begins again with 0.

    >>> snoozed(Alarm("wake", 420, True), 10)
    Alarm(name='wake', minute=430, is_set=True)
    >>> snoozed(Alarm("tea", 900, False), 5)
    Alarm(name='tea', minute=905, is_set=True)
    >>> snoozed(Alarm("late", 1435, True), 10)
    Alarm(name='late', minute=5, is_set=True)
    >>> snoozed(Alarm("night", 1439, False), 1)
    Alarm(name='night', minute=0, is_set=True)
    >>> snoozed(Alarm("bus", 60, False), 0)
    Alarm(name='bus', minute=60, is_set=True)
    """
    ...


@require(lambda plants: all(plant.days >= 1 for plant in plants))
@ensure(lambda result: result == sorted(result))
def thirsty_plants(plants: list[Plant], today: int) -> list[str]:
    """List the names, in alphabetical order, of the plants that need water today.

    A plant needs water when at least as many days as it can wait have gone by since it was last watered.

    >>> thirsty_plants([Plant("rose", 3, 2), Plant("fern", 1, 4), Plant("aloe", 2, 30)], 6)
    ['fern', 'rose']
    >>> thirsty_plants([Plant("ivy", 10, 3)], 12)
    []
    >>> thirsty_plants([Plant("ivy", 10, 3)], 13)
    ['ivy']
    >>> thirsty_plants([], 5)
    []
    >>> thirsty_plants([Plant("moss", 4, 1), Plant("lily", 8, 1)], 8)
    ['moss']
    >>> thirsty_plants([Plant("palm", 0, 7), Plant("fig", 1, 7), Plant("fig", 0, 2)], 9)
    ['fig', 'fig', 'palm']
    """
    ...
