"""Guidance of the colony's search: what the prose asks for, and trails that partial solutions lay."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.bank import Bank
from swarmwright.colony.inside.kinds import INT, Kind
from swarmwright.colony.inside.problem import Problem
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.steps import Step, make_loop, steps_for
from swarmwright.colony.inside.trails import FROM_AGENTS, lay_trails
from swarmwright.colony.inside.writing import Name
from swarmwright.colony.reading import UNMENTIONED, weights_of
from swarmwright.errors import ConfigError
from swarmwright.spec.reader import read_spec

GRAMMAR = load_grammar()
ARITHMETIC = [one for one in GRAMMAR if one.name in ("add", "multiply", "remainder", "larger")]


def grown(cost: int, cheaper: dict[str, int], since: int = 0) -> set[tuple[object, ...]]:
    """Return all values of numbers up to a cost, where productions become cheaper behind the cost ``since``."""

    def loop(step: Step, inputs: int):  # type: ignore[no-untyped-def]
        return make_loop(step.production, inputs, {})

    bank = Bank(3, steps_for(ARITHMETIC, [INT], INT), loop, lambda _: False)
    bank.add_leaf(2, INT, (1, 2, 5), Name("a"))
    bank.add_leaf(2, INT, (3, 3, 0), Name("b"))
    while bank.cost < cost:
        if bank.cost >= since:
            bank.cheaper = cheaper
        bank.grow()
    return set(bank.rows[INT].values)


def test_a_step_that_becomes_cheaper_makes_up_for_what_it_would_have_made() -> None:
    late, early = grown(11, {"multiply": 1}, since=9), grown(11, {"multiply": 1})
    assert grown(11, {}) < late <= early
    # What one more step makes of agents of before is there at once.
    assert {(1, 4, 25), (9, 9, 0)} <= grown(6, {"multiply": 1}, since=5)


def test_a_trail_that_is_not_renewed_evaporates_and_loses_nothing() -> None:
    def loop(step: Step, inputs: int):  # type: ignore[no-untyped-def]
        return make_loop(step.production, inputs, {})

    bank = Bank(3, steps_for(ARITHMETIC, [INT], INT), loop, lambda _: False)
    bank.add_leaf(2, INT, (1, 2, 5), Name("a"))
    bank.add_leaf(2, INT, (3, 3, 0), Name("b"))
    for cost in range(12):
        bank.cheaper = {"multiply": 1} if cost == 8 else {}
        bank.grow()
    assert grown(11, {}) <= set(bank.rows[INT].values)


def test_partial_solutions_lay_trails_of_their_productions() -> None:
    inputs = tuple((n,) for n in (3, 4, 10, 17, 25, 31, 44, 52))
    # The remainder by 7, but for two examples.
    wanted = (*(n % 7 for (n,) in inputs[:6]), 1000, 2000)
    literals = ((INT, "1", 2), (INT, "7", 3))
    kinds: tuple[tuple[str, Kind], ...] = (("n", INT),)
    problem = Problem(kinds, INT, inputs, wanted, literals=literals)
    search = Search(problem, ARITHMETIC, Foraging(agents=20_000, seconds=1e9), lambda *_: False)
    search.run()
    assert lay_trails(search.bank, problem, search.partial())["remainder"] == 2


@pytest.mark.parametrize(
    ("accepts", "agents", "same"),
    [(True, 2 * FROM_AGENTS, True), (False, FROM_AGENTS // 2, True), (False, 2 * FROM_AGENTS, False)],
)
def test_trails_are_laid_where_a_search_goes_on_without_a_solution(accepts: bool, agents: int, same: bool) -> None:
    inputs = ((3,), (4,), (10,), (17,))
    # Right on most examples is the square and one.
    wanted = (*(n * n + 1 for (n,) in inputs[:3]), 290 if accepts else 1000)
    problem = Problem((("n", INT),), INT, inputs, wanted, literals=((INT, "1", 2),))
    traces = []
    for trails in (False, True):
        effort = Foraging(agents=agents, seconds=1e9, trails=trails, beyond=60, bits=0.0)
        search = Search(problem, ARITHMETIC, effort, lambda *_: accepts)
        search.run()
        assert search.agents > min(agents, FROM_AGENTS)
        assert bool(search.solutions) == accepts
        traces.append(search.trace.digest)
    assert (traces[0] == traces[1]) == same


SPEC = '''"""Small."""


def backwards(words: list[str]) -> list[str]:
    """Return the words in reverse order, each once.

    >>> backwards(["a", "b"])
    ['b', 'a']
    """
    ...
'''


def test_special_productions_without_a_word_in_the_prose_are_dearer(tmp_path: Path) -> None:
    (tmp_path / "small.py").write_text(SPEC)
    weights = weights_of(GRAMMAR, read_spec(tmp_path / "small.py").units()[0])
    assert weights.get("reversed", 0) == weights.get("distinct", 0) == weights.get("add", 0) == 0
    assert weights["sum"] == weights["upper"] == UNMENTIONED


def test_words_that_are_no_regular_expression_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[production]]\nname = "mine"\npython = "a + 1"\ntakes = ["int"]\ngives = "int"\nwords = ["(more"]\n'
    )
    with pytest.raises(ConfigError, match=r"mine\.toml: mine: '\(more' is no regular expression"):
        load_grammar([tmp_path])
