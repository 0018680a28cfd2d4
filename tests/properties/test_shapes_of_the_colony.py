"""Loops and shapes do, in plain Python, what the search says they do: those that plain agents rarely come to."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swarmwright.colony.efforts import Foraging
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.bank import Agent, Origin
from swarmwright.colony.inside.folds import LAST, RUNNING, Loop
from swarmwright.colony.inside.kinds import INT, STR, Kind, inward, outward
from swarmwright.colony.inside.pieces import Joined, cuts_of
from swarmwright.colony.inside.problem import Problem
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.shapes import DOUBLE, SINGLE
from swarmwright.colony.inside.steps import FAILED
from swarmwright.colony.inside.walks import Walked
from swarmwright.colony.inside.writing import Comprehension, Writer

GRAMMAR = load_grammar()
NUMBERS: Kind = ("list", INT)
TEXTS: Kind = ("list", STR)
LITERALS = ((INT, "0", 2), (INT, "1", 2), (STR, "''", 3), (NUMBERS, "[]", 3))
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    INT: st.integers(-3, 40),
    STR: st.text("aab. ", max_size=6),
    NUMBERS: st.lists(st.integers(-3, 6), max_size=5),
    TEXTS: st.lists(st.text("xy", max_size=3), max_size=4),
    ("list", ("tuple", STR, INT)): st.lists(st.tuples(st.sampled_from("pqr"), st.integers(0, 5)), max_size=4),
}
GOALS: list[Kind] = [
    *(INT, NUMBERS, TEXTS, ("optional", INT), ("list", NUMBERS)),
    *(("dict", INT, INT), ("dict", INT, NUMBERS), ("dict", STR, INT), ("dict", STR, TEXTS)),
]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    kinds = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=2))
    rows = draw(st.lists(st.tuples(*(VALUES[kind] for kind in kinds)), min_size=2, max_size=4))
    return Problem(
        parameters=tuple((f"p{place}", kind) for place, kind in enumerate(kinds)),
        goal=draw(st.sampled_from(GOALS)),
        inputs=tuple(tuple(inward(value) for value in row) for row in rows),
        wanted=(None,),
        literals=LITERALS,
    )


def is_a_shape(search: Search, agent: Agent) -> bool:
    what, _ = search.bank.parts(agent)
    if not isinstance(what, Origin):
        return False
    match what.what:
        case Comprehension(_, shape, _, _):
            return shape in DOUBLE or shape in SINGLE
        case Loop(_, gives):
            return gives not in (LAST, RUNNING)
        case other:
            return isinstance(other, Walked)


def computed(search: Search, agent: Agent, arguments: Sequence[Any]) -> Any:
    problem = search.problem
    lines = Writer(search.bank, problem.names).statements(agent)
    namespace: dict[str, Any] = {}
    names = ", ".join(name for name, _ in problem.parameters)
    exec("\n".join([f"def f({names}):", *(f"    {line}" for line in lines)]), namespace)
    kinds = [kind for _, kind in problem.parameters]
    return namespace["f"](*[outward(value, kind) for value, kind in zip(copy.deepcopy(arguments), kinds, strict=True)])


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), st.randoms(use_true_random=False))
def test_every_shape_gives_in_plain_python_what_it_claims(problem: Problem, random: Any) -> None:
    search = Search(problem, GRAMMAR, Foraging(agents=9_000, seconds=1e9), lambda *_: False)
    search.run()
    agents = [Agent(kind, row) for kind, rows in search.bank.rows.items() for row in range(len(rows.values))]
    shapes = [agent for agent in agents if is_a_shape(search, agent)]
    for agent in random.sample(shapes, min(60, len(shapes))):
        claims = search.bank.rows[agent.kind].values[agent.row]
        for arguments, claimed in zip(problem.inputs, claims, strict=True):
            if claimed is not FAILED:
                assert inward(computed(search, agent, arguments)) == claimed, Writer(search.bank, ()).statements(agent)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text("abC", max_size=5), min_size=1, max_size=4),
    st.dictionaries(st.sampled_from("abC"), st.text("a-", max_size=2)),
)
def test_pieces_put_together_are_the_text(texts: list[str], table: dict[str, str]) -> None:
    rows = [Joined(tuple(text), tuple(text), "".join(table.get(one, one) for one in text)) for text in texts]
    for cut in cuts_of(rows):
        assert ["".join(pieces) for pieces in cut] == [row.text for row in rows]
        assert [len(pieces) for pieces in cut] == [len(row.items) for row in rows]
