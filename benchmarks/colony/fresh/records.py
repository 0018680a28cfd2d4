"""Records: batteries, fruits, bags, recipes, riders and tools."""

from dataclasses import dataclass

from icontract import ensure, require


@dataclass(frozen=True)
class Battery:
    """A battery, how much charge is in it, and how much it can hold."""

    name: str
    charge: int
    capacity: int


@dataclass(frozen=True)
class Fruit:
    """A fruit and the first and the last month in which it is harvested, from 1 to 12."""

    name: str
    first_month: int
    last_month: int


@dataclass(frozen=True)
class Bag:
    """A traveller's bag, its weight, and whether it was handed in at the counter."""

    owner: str
    kilograms: int
    is_checked: bool


@dataclass(frozen=True)
class Recipe:
    """A recipe, for how many people it is meant, and the grams of flour that it takes."""

    name: str
    people: int
    flour: int


@dataclass(frozen=True)
class Rider:
    """A rider, the points won and the faults made."""

    name: str
    points: int
    faults: int


@dataclass(frozen=True)
class Tool:
    """A tool and the drawer in which it lies."""

    name: str
    drawer: int


@require(lambda battery: 0 <= battery.charge <= battery.capacity and battery.capacity >= 1)
@ensure(lambda result: 0 <= result <= 100)
def charged_percent(battery: Battery) -> int:
    """Tell to how many percent a battery is charged, rounded down to whole percent.

    >>> charged_percent(Battery("phone", 1500, 3000))
    50
    >>> charged_percent(Battery("lamp", 2, 3))
    66
    >>> charged_percent(Battery("car", 400, 400))
    100
    >>> charged_percent(Battery("toy", 0, 900))
    0
    >>> charged_percent(Battery("bike", 7, 500))
    1
    """
    ...


@require(lambda fruit: 1 <= fruit.first_month <= fruit.last_month <= 12)
@require(lambda month: 1 <= month <= 12)
def is_harvested_in(fruit: Fruit, month: int) -> bool:
    """Tell whether a fruit is harvested in a month; its first and its last month both count.

    >>> is_harvested_in(Fruit("plum", 7, 9), 8)
    True
    >>> is_harvested_in(Fruit("plum", 7, 9), 7)
    True
    >>> is_harvested_in(Fruit("plum", 7, 9), 9)
    True
    >>> is_harvested_in(Fruit("plum", 7, 9), 6)
    False
    >>> is_harvested_in(Fruit("plum", 7, 9), 10)
    False
    >>> is_harvested_in(Fruit("cherry", 6, 6), 6)
    True
    >>> is_harvested_in(Fruit("cherry", 6, 6), 1)
    False
    """
    ...


@require(lambda bags: all(bag.kilograms >= 0 for bag in bags))
def may_board(bags: list[Bag]) -> bool:
    """Decide whether a group may board with its bags: each bag was handed in or weighs at most 8 kilograms.

    >>> may_board([Bag("Ann", 8, False), Bag("Bob", 20, True)])
    True
    >>> may_board([Bag("Ann", 9, False)])
    False
    >>> may_board([Bag("Ann", 9, True)])
    True
    >>> may_board([])
    True
    >>> may_board([Bag("Cid", 3, False), Bag("Dee", 15, False), Bag("Eve", 1, True)])
    False
    >>> may_board([Bag("Cid", 0, False), Bag("Dee", 30, True), Bag("Eve", 5, True)])
    True
    """
    ...


@require(lambda recipe: recipe.people >= 1 and recipe.flour >= 0)
@require(lambda guests: guests >= 1)
@ensure(lambda recipe, result: result.name == recipe.name)
def recipe_for(recipe: Recipe, guests: int) -> Recipe:
    """Rewrite a recipe so that it is meant for so many guests.

    The flour grows or shrinks in proportion to the number of people, rounded down to whole grams.

    >>> recipe_for(Recipe("bread", 4, 500), 8)
    Recipe(name='bread', people=8, flour=1000)
    >>> recipe_for(Recipe("pizza", 4, 500), 2)
    Recipe(name='pizza', people=2, flour=250)
    >>> recipe_for(Recipe("cake", 3, 100), 4)
    Recipe(name='cake', people=4, flour=133)
    >>> recipe_for(Recipe("soup", 2, 0), 6)
    Recipe(name='soup', people=6, flour=0)
    >>> recipe_for(Recipe("roll", 1, 60), 5)
    Recipe(name='roll', people=5, flour=300)
    >>> recipe_for(Recipe("tart", 6, 250), 1)
    Recipe(name='tart', people=1, flour=41)
    """
    ...


@ensure(lambda riders, result: len(result) == len(riders))
def order_of_riders(riders: list[Rider]) -> list[str]:
    """List the names of riders by their places, the best one first.

    Who has more points is better; with equal points it is who made fewer faults. Riders with as many points and as many
    faults keep their order.

    >>> order_of_riders([Rider("Pam", 10, 0), Rider("Rob", 30, 2)])
    ['Rob', 'Pam']
    >>> order_of_riders([Rider("Pam", 20, 5), Rider("Rob", 20, 1), Rider("Sue", 25, 9)])
    ['Sue', 'Rob', 'Pam']
    >>> order_of_riders([Rider("Zoe", 7, 3), Rider("Amy", 7, 3)])
    ['Zoe', 'Amy']
    >>> order_of_riders([])
    []
    >>> order_of_riders([Rider("Lou", 4, 4)])
    ['Lou']
    >>> order_of_riders([Rider("Bo", 1, 0), Rider("Al", 2, 8), Rider("Cy", 2, 8), Rider("Di", 2, 6)])
    ['Di', 'Al', 'Cy', 'Bo']
    """
    ...


@ensure(lambda tools, result: [tool.name for tool in result] == [tool.name for tool in tools])
def after_clearing(tools: list[Tool], cleared: int, other: int) -> list[Tool]:
    """Clear a drawer: the tools that lie in it are put into another one.

    All other tools stay where they are, and the list keeps its order.

    >>> after_clearing([Tool("saw", 1), Tool("file", 2)], 1, 5)
    [Tool(name='saw', drawer=5), Tool(name='file', drawer=2)]
    >>> after_clearing([Tool("saw", 3), Tool("file", 3)], 3, 4)
    [Tool(name='saw', drawer=4), Tool(name='file', drawer=4)]
    >>> after_clearing([Tool("drill", 2), Tool("nail", 6)], 7, 1)
    [Tool(name='drill', drawer=2), Tool(name='nail', drawer=6)]
    >>> after_clearing([], 1, 2)
    []
    >>> after_clearing([Tool("axe", 8), Tool("bolt", 9), Tool("cord", 8)], 8, 9)
    [Tool(name='axe', drawer=9), Tool(name='bolt', drawer=9), Tool(name='cord', drawer=9)]
    """
    ...
