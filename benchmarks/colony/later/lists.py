"""Lists: log lines, baskets, invoice numbers, tables, fixtures and measurements."""

from icontract import ensure, require


@require(lambda count: count >= 0)
@ensure(lambda lines, count, result: len(result) == min(count, len(lines)))
def newest_lines(lines: list[str], count: int) -> list[str]:
    """Return the newest lines of a log, at most so many, the newest first.

    The log is written from the oldest to the newest line. If it has fewer lines, all of them are returned.

    >>> newest_lines(["boot", "login", "logout"], 2)
    ['logout', 'login']
    >>> newest_lines(["boot", "login", "logout"], 1)
    ['logout']
    >>> newest_lines(["boot", "login"], 5)
    ['login', 'boot']
    >>> newest_lines(["boot", "login"], 0)
    []
    >>> newest_lines([], 3)
    []
    >>> newest_lines(["a", "b", "c", "d"], 3)
    ['d', 'c', 'b']
    """
    ...


@require(lambda prices: all(price >= 0 for price in prices))
@ensure(lambda prices, result: 0 <= result <= sum(prices))
def cheapest_three_total(prices: list[int]) -> int:
    """Add up the prices of the 3 cheapest articles in a basket; if it holds fewer articles, of all of them.

    >>> cheapest_three_total([5, 1, 4, 2])
    7
    >>> cheapest_three_total([9, 9, 9, 9, 9])
    27
    >>> cheapest_three_total([8, 3])
    11
    >>> cheapest_three_total([])
    0
    >>> cheapest_three_total([10, 20, 30])
    60
    >>> cheapest_three_total([100, 1, 50, 0, 1])
    2
    """
    ...


@require(lambda numbers: len(numbers) >= 1)
@ensure(lambda numbers, result: not set(numbers) & set(result))
def missing_numbers(numbers: list[int]) -> list[int]:
    """List the invoice numbers that are missing, in ascending order.

    Those are the numbers between the smallest and the greatest one of the list that do not occur in it. The list may be
    in any order, and a number may occur several times.

    >>> missing_numbers([4, 5, 7])
    [6]
    >>> missing_numbers([10, 14])
    [11, 12, 13]
    >>> missing_numbers([3, 1, 2])
    []
    >>> missing_numbers([8])
    []
    >>> missing_numbers([9, 5, 9, 6])
    [7, 8]
    >>> missing_numbers([25, 21, 23])
    [22, 24]
    """
    ...


@require(lambda rows: len(rows) >= 1 and all(len(row) == len(rows[0]) for row in rows))
@ensure(lambda rows, result: len(result) == len(rows[0]))
def column_totals(rows: list[list[int]]) -> list[int]:
    """Add up each column of a table that is given as a list of its rows; all rows are equally long.

    >>> column_totals([[1, 2], [3, 4]])
    [4, 6]
    >>> column_totals([[5, 0, 7]])
    [5, 0, 7]
    >>> column_totals([[1], [2], [3]])
    [6]
    >>> column_totals([[], []])
    []
    >>> column_totals([[10, -1, 2], [0, 1, 2], [5, 5, 5]])
    [15, 5, 9]
    """
    ...


@ensure(lambda teams, result: len(result) == len(teams) * (len(teams) - 1) // 2)
def fixtures(teams: list[str]) -> list[tuple[str, str]]:
    """List the matches of a tournament in which each team plays once against each other team.

    A match is a pair of teams in the order in which they stand in the list. First come all matches of the first team,
    then those of the second one with the teams behind it, and so on; the opponents are in the order of the list too.

    >>> fixtures(["Reds", "Blues"])
    [('Reds', 'Blues')]
    >>> fixtures(["Reds", "Blues", "Greens"])
    [('Reds', 'Blues'), ('Reds', 'Greens'), ('Blues', 'Greens')]
    >>> fixtures(["Reds"])
    []
    >>> fixtures([])
    []
    >>> fixtures(["D", "A", "C", "B"])
    [('D', 'A'), ('D', 'C'), ('D', 'B'), ('A', 'C'), ('A', 'B'), ('C', 'B')]
    """
    ...


@require(lambda values, most: len(values) >= 1 and most >= 0)
@ensure(lambda values, result: all(value in values for value in result))
def outliers(values: list[int], most: int) -> list[int]:
    """List the measurements that are more than `most` away from the average, above or below it, in their order.

    The average is the sum of all values divided by their number, rounded down.

    >>> outliers([10, 11, 12, 50], 9)
    [10, 50]
    >>> outliers([10, 11, 12, 50], 15)
    [50]
    >>> outliers([4, 4, 4], 0)
    []
    >>> outliers([1, 9], 4)
    []
    >>> outliers([1, 9], 3)
    [1, 9]
    >>> outliers([7], 0)
    []
    >>> outliers([-30, 0, 1, 2, 2], 5)
    [-30, 1, 2, 2]
    >>> outliers([20, -20, 0, 3], 5)
    [20, -20]
    """
    ...
