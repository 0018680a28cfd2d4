"""Numbers: boxes, fuel, places on a ring, digits and factors."""

from icontract import ensure, require


@require(lambda items: items >= 0)
@require(lambda per_box: per_box >= 1)
@ensure(lambda items, per_box, result: result * per_box >= items)
def boxes_needed(items: int, per_box: int) -> int:
    """Tell how many boxes are needed to pack all items when `per_box` items fit into one box.

    The last box may stay partly empty. No items need no box.

    >>> boxes_needed(10, 5)
    2
    >>> boxes_needed(11, 5)
    3
    >>> boxes_needed(14, 5)
    3
    >>> boxes_needed(1, 12)
    1
    >>> boxes_needed(0, 4)
    0
    >>> boxes_needed(7, 1)
    7
    """
    ...


@require(lambda tank, per_hour, hours: tank >= 0 and per_hour >= 0 and hours >= 0)
@ensure(lambda result: result >= 0)
def fuel_left(tank: float, per_hour: float, hours: float) -> float:
    """Tell how many litres of fuel are left in the tank when an engine that burns `per_hour` litres an hour has run.

    It runs for `hours` hours, or until the tank is empty: then 0.0 litres are left.

    >>> fuel_left(40.0, 6.5, 2.0)
    27.0
    >>> fuel_left(12.5, 2.5, 5.0)
    0.0
    >>> fuel_left(10.0, 4.0, 3.5)
    0.0
    >>> fuel_left(8.0, 5.0, 0.0)
    8.0
    >>> fuel_left(7.5, 1.5, 1.0)
    6.0
    """
    ...


@require(lambda size: size >= 1)
@require(lambda first, second, size: 0 <= first < size and 0 <= second < size)
@ensure(lambda size, result: 0 <= result <= size // 2)
def ring_distance(first: int, second: int, size: int) -> int:
    """Tell how many steps it takes from one seat of a round table to another, the shorter way round.

    The seats are numbered from 0 to `size` - 1, and after the last one comes seat 0 again.

    >>> ring_distance(1, 4, 10)
    3
    >>> ring_distance(1, 9, 10)
    2
    >>> ring_distance(9, 1, 10)
    2
    >>> ring_distance(0, 5, 10)
    5
    >>> ring_distance(6, 0, 7)
    1
    >>> ring_distance(3, 3, 8)
    0
    >>> ring_distance(7, 4, 12)
    3
    """
    ...


@require(lambda number: number >= 0)
@ensure(lambda result: result >= 0)
def odd_digit_sum(number: int) -> int:
    """Add up the odd digits of a number in its decimal form; even digits do not count.

    >>> odd_digit_sum(1234)
    4
    >>> odd_digit_sum(975)
    21
    >>> odd_digit_sum(2468)
    0
    >>> odd_digit_sum(0)
    0
    >>> odd_digit_sum(3)
    3
    >>> odd_digit_sum(1101)
    3
    >>> odd_digit_sum(50)
    5
    """
    ...


@require(lambda number: number >= 2)
@ensure(lambda number, result: result >= 2 and number % result == 0)
def smallest_factor(number: int) -> int:
    """Find the smallest whole number from 2 on that divides the number without a remainder.

    For a prime number that is the number itself.

    >>> smallest_factor(2)
    2
    >>> smallest_factor(9)
    3
    >>> smallest_factor(12)
    2
    >>> smallest_factor(13)
    13
    >>> smallest_factor(35)
    5
    >>> smallest_factor(77)
    7
    """
    ...
