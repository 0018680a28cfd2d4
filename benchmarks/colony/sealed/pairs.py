"""Pairs and tables: hotel stays, ships, electricity, tides, sewing and booked rooms."""

from icontract import ensure, require


@require(lambda stay, per_night: 0 <= stay[0] <= stay[1] and per_night >= 0)
@ensure(lambda result: result >= 0)
def stay_price(stay: tuple[int, int], per_night: int) -> int:
    """Tell what a stay in a hotel costs, given by the days of arrival and departure, at so much for each night.

    >>> stay_price((3, 5), 80)
    160
    >>> stay_price((10, 11), 95)
    95
    >>> stay_price((7, 7), 120)
    0
    >>> stay_price((1, 15), 60)
    840
    >>> stay_price((20, 23), 0)
    0
    """
    ...


@require(lambda capacity, cargo: all(tons >= 0 for tons in cargo.values()) and capacity >= sum(cargo.values()))
@ensure(lambda capacity, result: 0 <= result <= capacity)
def tons_free(capacity: int, cargo: dict[str, int]) -> int:
    """Tell how many tons a ship can still load that carries at most `capacity`, given the tons of each cargo on board.

    >>> tons_free(500, {"coal": 200, "grain": 120})
    180
    >>> tons_free(300, {})
    300
    >>> tons_free(250, {"ore": 250})
    0
    >>> tons_free(1000, {"cars": 40, "steel": 610, "wood": 75})
    275
    >>> tons_free(80, {"mail": 0, "fruit": 35})
    45
    """
    ...


@ensure(lambda usage, limit, result: all(usage[flat] == result[flat] > limit for flat in result))
def heavy_users(usage: dict[str, int], limit: int) -> dict[str, int]:
    """Keep of a table of flats and the electricity that they used only those flats that used more than a limit.

    >>> heavy_users({"1A": 320, "1B": 150, "2A": 410}, 300)
    {'1A': 320, '2A': 410}
    >>> heavy_users({"1A": 200, "1B": 201}, 200)
    {'1B': 201}
    >>> heavy_users({"3C": 90}, 100)
    {}
    >>> heavy_users({}, 50)
    {}
    >>> heavy_users({"4D": 77, "2B": 5, "1A": 60}, 20)
    {'4D': 77, '1A': 60}
    """
    ...


@require(lambda tides: len(tides) >= 1)
@ensure(lambda tides, result: result in [time for time, _ in tides])
def time_of_high_water(tides: list[tuple[str, int]]) -> str:
    """Tell at which time the water stood highest, given times and heights; of several equal ones, the first of them.

    >>> time_of_high_water([("06:00", 120), ("12:00", 340), ("18:00", 150)])
    '12:00'
    >>> time_of_high_water([("07:30", 80)])
    '07:30'
    >>> time_of_high_water([("01:00", 200), ("13:00", 200)])
    '01:00'
    >>> time_of_high_water([("05:15", -20), ("11:40", -35)])
    '05:15'
    >>> time_of_high_water([("00:10", 90), ("06:20", 310), ("12:45", 70), ("19:05", 325)])
    '19:05'
    """
    ...


@require(lambda needed, stock: all(count >= 0 for count in [*needed.values(), *stock.values()]))
def can_be_sewn(needed: dict[str, int], stock: dict[str, int]) -> bool:
    """Tell whether a dress can be sewn: of each material there is at least as much in stock as is needed.

    Of a material that is not named in the stock there is nothing.

    >>> can_be_sewn({"button": 4, "zip": 1}, {"button": 10, "zip": 1})
    True
    >>> can_be_sewn({"button": 4, "zip": 1}, {"button": 3, "zip": 5})
    False
    >>> can_be_sewn({"lace": 2}, {"button": 8})
    False
    >>> can_be_sewn({}, {})
    True
    >>> can_be_sewn({"lace": 0}, {})
    True
    >>> can_be_sewn({"cloth": 3}, {"cloth": 3, "lace": 0})
    True
    >>> can_be_sewn({"cloth": 3, "hook": 1}, {"cloth": 9})
    False
    """
    ...


@require(lambda bookings: all(0 <= arrival < departure for arrival, departure in bookings))
@require(lambda bookings, rooms: rooms >= len(bookings))
@ensure(lambda rooms, result: 0 <= result <= rooms)
def rooms_free_on(bookings: list[tuple[int, int]], rooms: int, day: int) -> int:
    """Count the rooms of a hotel that are free in the night of a day.

    Each booking takes one room from the day of arrival on, but not in the night of the day of departure.

    >>> rooms_free_on([(1, 4), (2, 3)], 10, 2)
    8
    >>> rooms_free_on([(1, 4), (2, 3)], 10, 3)
    9
    >>> rooms_free_on([(1, 4), (2, 3)], 10, 4)
    10
    >>> rooms_free_on([], 5, 1)
    5
    >>> rooms_free_on([(6, 9)], 1, 8)
    0
    >>> rooms_free_on([(5, 8), (7, 12), (7, 9), (9, 10)], 6, 7)
    3
    >>> rooms_free_on([(5, 8), (7, 12)], 2, 3)
    2
    """
    ...
