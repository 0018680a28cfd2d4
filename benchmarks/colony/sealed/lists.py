"""Lists: trains, catches of fish, counters, cards, tide gauges and drill holes."""

from icontract import ensure, require


@require(lambda train: len(train) >= 1)
@ensure(lambda train, result: sorted(result) == sorted(train))
def turned_train(train: list[str]) -> list[str]:
    """Turn a train round whose first part is the engine: the engine stays in front, the wagons come in reverse order.

    >>> turned_train(["engine", "A", "B", "C"])
    ['engine', 'C', 'B', 'A']
    >>> turned_train(["engine"])
    ['engine']
    >>> turned_train(["E103", "mail", "coal"])
    ['E103', 'coal', 'mail']
    >>> turned_train(["E103", "mail"])
    ['E103', 'mail']
    >>> turned_train(["engine", "tank", "coal", "tank", "crane"])
    ['engine', 'crane', 'tank', 'coal', 'tank']
    """
    ...


@require(lambda weights: len(weights) >= 2)
@ensure(lambda weights, result: len(result) == len(weights) - 2)
def catch_without_extremes(weights: list[int]) -> list[int]:
    """List the weights of a catch of fish in ascending order, without one lightest and without one heaviest fish.

    >>> catch_without_extremes([300, 120, 450, 200])
    [200, 300]
    >>> catch_without_extremes([500, 500, 500])
    [500]
    >>> catch_without_extremes([90, 80])
    []
    >>> catch_without_extremes([10, 40, 30, 10, 40])
    [10, 30, 40]
    >>> catch_without_extremes([250, 700, 610])
    [610]
    """
    ...


@require(lambda queues: len(queues) >= 1)
@ensure(lambda queues, result: 1 <= result <= len(queues))
def shortest_queue(queues: list[list[str]]) -> int:
    """Tell at which counter the fewest people wait, given the people at each counter; of several, the first of them.

    The counters are numbered from 1 on.

    >>> shortest_queue([["Ann", "Bob"], ["Cid"]])
    2
    >>> shortest_queue([["Ann"], ["Bob"], ["Cid"]])
    1
    >>> shortest_queue([["Ann", "Bob"], ["Cid", "Dot", "Eve"], []])
    3
    >>> shortest_queue([[]])
    1
    >>> shortest_queue([["Ann", "Bob", "Cid"], ["Dot", "Eve"], ["Fay", "Gus"]])
    2
    >>> shortest_queue([["Ann"], [], ["Bob"], []])
    2
    """
    ...


@require(lambda players: players >= 1)
@ensure(lambda cards, players, result: len(result) == players and sum(map(len, result)) == len(cards))
def dealt(cards: list[str], players: int) -> list[list[str]]:
    """Deal cards to so many players, one card to each in turn until none is left, and list the cards of each player.

    >>> dealt(["A", "K", "Q", "J"], 2)
    [['A', 'Q'], ['K', 'J']]
    >>> dealt(["A", "K", "Q", "J", "10"], 3)
    [['A', 'J'], ['K', '10'], ['Q']]
    >>> dealt([], 2)
    [[], []]
    >>> dealt(["7", "8"], 1)
    [['7', '8']]
    >>> dealt(["9"], 3)
    [['9'], [], []]
    >>> dealt(["2", "3", "4", "5", "6", "7", "8"], 2)
    [['2', '4', '6', '8'], ['3', '5', '7']]
    """
    ...


@require(lambda levels: len(levels) >= 2)
@ensure(lambda levels, result: len(result) == len(levels))
def smoothed(levels: list[int]) -> list[int]:
    """Smooth the readings of a tide gauge.

    Each reading becomes the average of itself and of the readings right before and right after it, rounded down. The
    first and the last reading stay as they are.

    >>> smoothed([10, 40, 10, 40])
    [10, 20, 30, 40]
    >>> smoothed([5, 9])
    [5, 9]
    >>> smoothed([0, 0, 8])
    [0, 2, 8]
    >>> smoothed([30, 30, 30, 30, 30])
    [30, 30, 30, 30, 30]
    >>> smoothed([100, 130, 180, 90, 60])
    [100, 136, 133, 110, 60]
    >>> smoothed([-6, 0, -4])
    [-6, -4, -4]
    """
    ...


@require(lambda depths, step_m, layers: all(depth >= 0 for depth in depths) and step_m >= 1 and layers >= 0)
@ensure(lambda layers, result: len(result) == layers)
def holes_per_layer(depths: list[int], step_m: int, layers: int) -> list[int]:
    """Count for each of so many layers of a mine how many drill holes end in it, given the depths of the holes.

    Each layer is `step_m` metres thick. The first one begins at depth 0, and a depth at which one layer ends and the
    next begins belongs to the next. Holes that go deeper than all of the layers are not counted.

    >>> holes_per_layer([3, 12, 15, 28], 10, 3)
    [1, 2, 1]
    >>> holes_per_layer([10, 20], 10, 2)
    [0, 1]
    >>> holes_per_layer([], 5, 3)
    [0, 0, 0]
    >>> holes_per_layer([0, 4, 5, 9, 14], 5, 4)
    [2, 2, 1, 0]
    >>> holes_per_layer([7, 80, 200], 50, 2)
    [1, 1]
    >>> holes_per_layer([1, 2], 3, 0)
    []
    """
    ...
