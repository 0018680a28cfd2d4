"""Records: wagons, ropes, exhibits, parcels, counters and bookings."""

from dataclasses import dataclass

from icontract import ensure, require


@dataclass(frozen=True)
class Wagon:
    """A railway wagon: what it weighs when it is empty, what is loaded on it, and how many axles it has."""

    empty_kg: int
    load_kg: int
    axles: int


@dataclass(frozen=True)
class Rope:
    """A climbing rope and the weight that it holds."""

    name: str
    holds_kg: int


@dataclass(frozen=True)
class Exhibit:
    """A thing that is shown in a museum, and the year in which it was made."""

    title: str
    year: int


@dataclass(frozen=True)
class Parcel:
    """A parcel, the town to which it goes, its weight, and whether it can break."""

    town: str
    grams: int
    fragile: bool


@dataclass(frozen=True)
class Counter:
    """A counter of an office: who waits at it, the next one first, and how many people were served there today."""

    waiting: list[str]
    served: int


@dataclass(frozen=True)
class Booking:
    """The booking of a room from the day of arrival to the day of departure."""

    room: int
    arrival: int
    departure: int


@require(lambda wagon: wagon.empty_kg >= 0 and wagon.load_kg >= 0 and wagon.axles >= 1)
@ensure(lambda result: result >= 0)
def axle_load(wagon: Wagon) -> int:
    """Tell how many kilograms rest on each axle of a wagon with its load, rounded down.

    >>> axle_load(Wagon(12000, 20000, 4))
    8000
    >>> axle_load(Wagon(9000, 0, 2))
    4500
    >>> axle_load(Wagon(10000, 5000, 4))
    3750
    >>> axle_load(Wagon(7000, 3000, 3))
    3333
    >>> axle_load(Wagon(0, 500, 1))
    500
    """
    ...


@require(lambda rope, climbers: rope.holds_kg >= 0 and climbers >= 0)
def holds_climbers(rope: Rope, climbers: int) -> bool:
    """Tell whether a rope holds so many climbers, each of whom counts as 90 kilograms.

    >>> holds_climbers(Rope("blue", 200), 2)
    True
    >>> holds_climbers(Rope("blue", 200), 3)
    False
    >>> holds_climbers(Rope("red", 270), 3)
    True
    >>> holds_climbers(Rope("thin", 89), 1)
    False
    >>> holds_climbers(Rope("old", 0), 0)
    True
    >>> holds_climbers(Rope("long", 500), 6)
    False
    """
    ...


@require(lambda exhibit, century: exhibit.year >= 1 and century >= 1)
def is_from_century(exhibit: Exhibit, century: int) -> bool:
    """Tell whether an exhibit was made in a century; the 19th century, as an example, lasted from 1801 to 1900.

    >>> is_from_century(Exhibit("Vase", 1850), 19)
    True
    >>> is_from_century(Exhibit("Vase", 1900), 19)
    True
    >>> is_from_century(Exhibit("Radio", 1901), 19)
    False
    >>> is_from_century(Exhibit("Clock", 1801), 19)
    True
    >>> is_from_century(Exhibit("Sword", 1300), 14)
    False
    >>> is_from_century(Exhibit("Coin", 1), 1)
    True
    >>> is_from_century(Exhibit("Robot", 2015), 21)
    True
    """
    ...


@require(lambda parcels: all(parcel.grams >= 0 for parcel in parcels))
@ensure(lambda result: result >= 0)
def fragile_grams(parcels: list[Parcel], town: str) -> int:
    """Add up the grams of the parcels to a town that can break.

    >>> fragile_grams([Parcel("Oslo", 500, True), Parcel("Oslo", 300, False), Parcel("Rome", 200, True)], "Oslo")
    500
    >>> fragile_grams([Parcel("Rome", 250, True), Parcel("Rome", 400, True)], "Rome")
    650
    >>> fragile_grams([Parcel("Rome", 250, False)], "Rome")
    0
    >>> fragile_grams([], "Oslo")
    0
    >>> fragile_grams([Parcel("Bern", 90, True)], "Oslo")
    0
    >>> fragile_grams([Parcel("Bern", 70, True), Parcel("Oslo", 10, True), Parcel("Bern", 5, True)], "Bern")
    75
    """
    ...


@require(lambda counter: counter.served >= 0)
@ensure(lambda counter, result: result.served + len(result.waiting) == counter.served + len(counter.waiting))
def after_serving(counter: Counter) -> Counter:
    """Give a counter as it is after the next one of those who wait at it was served.

    That person waits no longer, and one more was served. If nobody waits, the counter stays as it is.

    >>> after_serving(Counter(["Ann", "Bob"], 4))
    Counter(waiting=['Bob'], served=5)
    >>> after_serving(Counter(["Cid"], 0))
    Counter(waiting=[], served=1)
    >>> after_serving(Counter([], 7))
    Counter(waiting=[], served=7)
    >>> after_serving(Counter([], 0))
    Counter(waiting=[], served=0)
    >>> after_serving(Counter(["Eve", "Dot", "Eve"], 12))
    Counter(waiting=['Dot', 'Eve'], served=13)
    """
    ...


@require(lambda first, second: first.arrival < first.departure and second.arrival < second.departure)
def do_clash(first: Booking, second: Booking) -> bool:
    """Tell whether two bookings clash: they are for the same room and have at least one night in common.

    On the day on which one guest departs, the next one can arrive.

    >>> do_clash(Booking(7, 1, 5), Booking(7, 3, 8))
    True
    >>> do_clash(Booking(7, 1, 5), Booking(8, 3, 8))
    False
    >>> do_clash(Booking(7, 1, 5), Booking(7, 5, 8))
    False
    >>> do_clash(Booking(12, 10, 14), Booking(12, 6, 10))
    False
    >>> do_clash(Booking(12, 10, 14), Booking(12, 6, 11))
    True
    >>> do_clash(Booking(3, 2, 9), Booking(3, 4, 5))
    True
    >>> do_clash(Booking(3, 20, 22), Booking(3, 2, 9))
    False
    """
    ...
