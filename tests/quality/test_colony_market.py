"""The market of the colony: what searches bid, and to whom a scarce budget goes."""

from __future__ import annotations

from benchmarks.colony.market import Course, describe, share

from swarmwright.colony.market import Market, Signs, bid_of


def stands(spent: int, best: int = 0, *, solved: bool = False, ended: bool = False) -> Signs:
    return Signs(spent, 4, best, 0.0, solved, ended)


def test_who_satisfies_more_examples_bids_more() -> None:
    near, far = [stands(100), stands(300, 3)], [stands(100), stands(300, 1)]
    assert bid_of(near).worth > bid_of(far).worth


def test_a_solution_that_wants_separation_bids_most() -> None:
    assert bid_of([stands(100), stands(300, 4, solved=True)]).worth > bid_of([stands(100), stands(300, 3)]).worth


def test_what_brings_nothing_for_long_bids_less() -> None:
    fresh = [stands(100, 1), stands(200, 2)]
    idle = [stands(25, 2), stands(50, 2), stands(75, 2), stands(100, 2), stands(200, 2)]
    assert bid_of(fresh).gain > bid_of(idle).gain


def test_the_next_cost_is_as_much_dearer_as_the_last_ones_were() -> None:
    assert bid_of([stands(100), stands(200), stands(500), stands(1400)]).price == 900 * 3


def test_who_cannot_be_paid_any_more_is_out() -> None:
    market = Market(5_000)
    market.enter("one")
    assert market.next() == "one"
    market.settle("one", stands(4_000))
    assert market.left == 1_000
    assert market.next() is None


def test_who_has_ended_bids_no_more() -> None:
    market = Market(1_000_000)
    market.enter("one")
    market.settle("one", stands(10, 4, solved=True, ended=True))
    assert market.next() is None
    assert market.cheapest() is None


def course(name: str, prices: list[int], *, best: list[int], right: bool) -> Course:
    slices, spent = [], 0
    for place, (price, some) in enumerate(zip(prices, best, strict=True)):
        spent += price
        slices.append(stands(spent, some, solved=some == 4, ended=place == len(prices) - 1))
    return Course(name, tuple(slices), right, right)


def test_a_budget_goes_where_something_comes_of_it() -> None:
    hopeless = [course(f"no{n}", [1000, 2000, 4000, 8000, 16000], best=[0] * 5, right=False) for n in range(3)]
    hopeful = course("yes", [1000, 2000, 4000, 8000], best=[1, 2, 3, 4], right=True)
    found = [*hopeless, hopeful]
    equal, market = share(found, 30_000, "equal"), share(found, 30_000, "market")
    assert (equal.solved, market.solved) == (0, 1)
    assert market.spent <= 30_000
    assert market.wrong == 0
    assert "| 7,500 | market | 1 | 0 |" in describe(found, [7_500])


def test_no_way_spends_more_than_there_is() -> None:
    found = [course(str(n), [500, 700 * n + 1, 9000], best=[0, n % 4, 4], right=n % 2 == 0) for n in range(9)]
    for way in ("equal", "turns", "market"):
        for budget in (0, 100, 5_000, 40_000):
            assert share(found, budget, way).spent <= budget
