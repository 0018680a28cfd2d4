"""Lists: places, neighbours, parts, orders and what occurs twice."""

from icontract import ensure, require


@require(lambda readings: len(readings) % 2 == 1)
@require(lambda readings: all(-1000000 <= reading <= 1000000 for reading in readings))
@ensure(lambda readings, result: result in readings)
def middle_reading(readings: list[float]) -> float:
    """Find the reading that stands in the middle when the readings are sorted; their number is odd.

    >>> middle_reading([2.0, 9.5, 4.0])
    4.0
    >>> middle_reading([3.0])
    3.0
    >>> middle_reading([5.0, 1.0, 1.0])
    1.0
    >>> middle_reading([8.0, -1.5, 0.5, 7.0, 2.5])
    2.5
    >>> middle_reading([-4.0, 0.0, -6.0])
    -4.0
    >>> middle_reading([10.0, 20.0, 30.0, 0.0, 5.0, 6.0, 7.0])
    7.0
    """
    ...


@require(lambda times: times != [])
@ensure(lambda times, result: 0 <= result < len(times))
def place_of_fastest(times: list[int]) -> int:
    """Find the place of the smallest time in a list; there is at least one.

    Places are counted from 0. Of several equally small times it is the place of the first one.

    >>> place_of_fastest([14, 12, 19])
    1
    >>> place_of_fastest([7])
    0
    >>> place_of_fastest([9, 8, 5, 5])
    2
    >>> place_of_fastest([3, 4, 3])
    0
    >>> place_of_fastest([6, 5, 4, -1])
    3
    >>> place_of_fastest([11, 0, 20])
    1
    """
    ...


@ensure(lambda scores, result: set(result) == set(scores))
def high_scores(scores: list[int]) -> list[int]:
    """List the different scores, each of them once, the highest first.

    >>> high_scores([30, 50, 30, 10])
    [50, 30, 10]
    >>> high_scores([1, 2, 3])
    [3, 2, 1]
    >>> high_scores([7, 7, 7])
    [7]
    >>> high_scores([])
    []
    >>> high_scores([-5, 0, -5, 4, 0])
    [4, 0, -5]
    """
    ...


@require(lambda place, queue: 0 <= place <= len(queue))
@ensure(lambda queue, result: len(result) == len(queue) + 1)
def let_in(queue: list[str], place: int, name: str) -> list[str]:
    """Let somebody into a queue at a place, counted from 0: who stood there and all behind move one place back.

    >>> let_in(["ann", "bob", "cy"], 1, "eve")
    ['ann', 'eve', 'bob', 'cy']
    >>> let_in(["a", "b"], 0, "c")
    ['c', 'a', 'b']
    >>> let_in(["x", "y"], 2, "z")
    ['x', 'y', 'z']
    >>> let_in([], 0, "first")
    ['first']
    >>> let_in(["p", "q", "r", "s"], 3, "p")
    ['p', 'q', 'r', 'p', 's']
    """
    ...


@ensure(lambda levels, result: len(result) == max(0, len(levels) - 1))
def changes(levels: list[int]) -> list[int]:
    """List by how much each level is above the one before it; it is negative where the level fell.

    The first level has none before it, so that the result is one shorter than the list. Without levels it is empty.

    >>> changes([3, 5, 4])
    [2, -1]
    >>> changes([10, 10, 25, 0])
    [0, 15, -25]
    >>> changes([8])
    []
    >>> changes([])
    []
    >>> changes([-2, 2])
    [4]
    >>> changes([1, 2, 4, 8])
    [1, 2, 4]
    """
    ...


@require(lambda monday, tuesday: len(monday) == len(tuesday))
@ensure(lambda monday, result: len(result) == len(monday))
def better_of_two(monday: list[int], tuesday: list[int]) -> list[int]:
    """Give everybody the better of two results: at each place, the larger one of the numbers of both days.

    The two lists are equally long.

    >>> better_of_two([5, 3], [2, 4])
    [5, 4]
    >>> better_of_two([7, 0, 9], [8, 0, 1])
    [8, 0, 9]
    >>> better_of_two([-4], [-6])
    [-4]
    >>> better_of_two([], [])
    []
    >>> better_of_two([1, 1, 1], [3, 2, 1])
    [3, 2, 1]
    >>> better_of_two([10, 20, 30], [0, 50, -5])
    [10, 50, 30]
    """
    ...


@require(lambda votes: votes != [])
@ensure(lambda votes, result: result in votes)
def most_voted(votes: list[str]) -> str:
    """Find the name that occurs most often among the votes; there is at least one vote.

    If several names occur equally often, it is the one of them whose first vote comes first in the list.

    >>> most_voted(["tea", "milk", "tea"])
    'tea'
    >>> most_voted(["cola", "milk", "milk", "tea"])
    'milk'
    >>> most_voted(["tea"])
    'tea'
    >>> most_voted(["milk", "tea", "tea", "milk"])
    'milk'
    >>> most_voted(["tea", "cola", "milk"])
    'tea'
    >>> most_voted(["a", "b", "c", "b", "c", "c"])
    'c'
    """
    ...


@ensure(lambda numbers, result: len(result) <= len(numbers))
def above_average(numbers: list[int]) -> list[int]:
    """Keep the numbers that are larger than the average of the list, in their order.

    The average is the sum of the numbers divided by how many there are, not rounded. Without numbers nothing is kept.

    >>> above_average([1, 2, 6])
    [6]
    >>> above_average([4, 4, 4])
    []
    >>> above_average([10, 0, 9, 1])
    [10, 9]
    >>> above_average([])
    []
    >>> above_average([-8, -2, -2])
    [-2, -2]
    >>> above_average([1, 2])
    [2]
    >>> above_average([5])
    []
    """
    ...


@require(lambda size: size >= 1)
@ensure(lambda items, result: sum(result, []) == items)
def pages(items: list[int], size: int) -> list[list[int]]:
    """Divide a list into pages of a size, in the order of the list; the last page may be shorter.

    Without items there are no pages.

    >>> pages([1, 2, 3, 4, 5], 2)
    [[1, 2], [3, 4], [5]]
    >>> pages([7, 8, 9, 7], 4)
    [[7, 8, 9, 7]]
    >>> pages([7, 8], 5)
    [[7, 8]]
    >>> pages([6, 5, 4], 1)
    [[6], [5], [4]]
    >>> pages([], 3)
    []
    >>> pages([1, 1, 2, 2, 3, 3], 3)
    [[1, 1, 2], [2, 3, 3]]
    """
    ...


@ensure(lambda codes, result: result is None or codes.count(result) >= 2)
def first_repeated(codes: list[int]) -> int | None:
    """Find the first code, from the left, that has occurred before in the list.

    If all codes are different, the result is None.

    >>> first_repeated([4, 7, 4])
    4
    >>> first_repeated([1, 2, 2, 1])
    2
    >>> first_repeated([1, 2, 3]) is None
    True
    >>> first_repeated([]) is None
    True
    >>> first_repeated([9, 9, 9])
    9
    >>> first_repeated([5, 6, 7, 8, 6, 5])
    6
    >>> first_repeated([0, 3, 0])
    0
    """
    ...


@ensure(lambda amounts, result: len(result[0]) + len(result[1]) == len(amounts))
def split_by_sign(amounts: list[int]) -> tuple[list[int], list[int]]:
    """Divide amounts into debts and the rest: first the negative ones, then all others, both in their order.

    >>> split_by_sign([5, -2, 0, -9, 3])
    ([-2, -9], [5, 0, 3])
    >>> split_by_sign([1, 2])
    ([], [1, 2])
    >>> split_by_sign([-1])
    ([-1], [])
    >>> split_by_sign([])
    ([], [])
    >>> split_by_sign([0])
    ([], [0])
    >>> split_by_sign([-3, 4, -3, 4])
    ([-3, -3], [4, 4])
    """
    ...
