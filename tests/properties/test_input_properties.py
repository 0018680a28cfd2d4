"""Inputs for random signatures: of the right type, within the preconditions, the same again."""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swarmwright.verify.encoding import decode
from swarmwright.verify.inside.boundaries import boundary_values
from swarmwright.verify.inside.conditions import Bounds
from swarmwright.verify.inside.forms import fits, form_of
from swarmwright.verify.inside.inputs import hypothesis_draws
from swarmwright.verify.inside.judge import Judge
from swarmwright.verify.inside.strategies import strategy_for
from swarmwright.verify.inside.taste import Taste

NESTED = settings(deadline=None, suppress_health_check=[HealthCheck.nested_given])
"""What is tested draws with Hypothesis itself."""

_SCALARS = st.sampled_from(["int", "str", "bool", "float", "bytes", "None", "Literal['a', 2]"])
_HASHABLE = st.sampled_from(["int", "str", "bool", "tuple[int, str]"])


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("list[{}]".format, inner),
        st.builds("tuple[{}, ...]".format, inner),
        st.builds("tuple[{}, {}]".format, inner, inner),
        st.builds("set[{}]".format, _HASHABLE),
        st.builds("frozenset[{}]".format, _HASHABLE),
        st.builds("dict[{}, {}]".format, _HASHABLE, inner),
        st.builds("Optional[{}]".format, inner),
        st.builds("Union[{}, {}]".format, inner, inner),
    )


annotations = st.recursive(_SCALARS, _containers, max_leaves=5)


@contextmanager
def judge_of(source: str) -> Iterator[Judge]:
    judge = Judge()
    request = {"op": "load", "modules": {"made": source}, "units": ["made.f"], "laws": [], "conditions": {}}
    assert judge.answer(request) == {}
    try:
        yield judge
    finally:
        judge.close()


def evaluated(annotation: str) -> Any:
    return eval(annotation, vars(typing).copy())


def drawn(judge: Judge, conditions: list[str], seed: int = 0, count: int = 30) -> dict[str, Any]:
    judge._conditions["made.f"] = conditions
    return judge.answer({"op": "draw", "target": "made.f", "count": count, "seed": seed})


@settings(NESTED, max_examples=20)
@given(annotations)
def test_strategies_and_edges_give_values_of_the_annotated_type(annotation: str) -> None:
    form = form_of(evaluated(annotation))
    for value in boundary_values(form, Bounds(), Taste()):
        assert fits(value, form), (annotation, value)
    for value in hypothesis_draws(strategy_for(form, Bounds(), Taste()), 15, 3):
        assert fits(value, form), (annotation, value)


@settings(NESTED, max_examples=12)
@given(annotations, annotations, st.integers(0, 1000))
def test_draws_fit_the_signature_and_are_the_same_in_a_fresh_judge(first: str, second: str, seed: int) -> None:
    source = f"from typing import *\ndef f(a: {first}, b: {second}) -> int: ...\n"
    forms = [form_of(evaluated(first)), form_of(evaluated(second))]
    with judge_of(source) as judge:
        reply = drawn(judge, [], seed)
    with judge_of(source) as judge:
        assert drawn(judge, [], seed) == reply
    # Nothing but None and truth values, however nested, may well be fewer than thirty.
    endless = any(name in f"{first} {second}" for name in ("int", "float", "str", "bytes"))
    assert reply["exhausted"] or len(reply["calls"]) == 30 or not endless
    for call in reply["calls"]:
        for value, form in zip(call[1], forms, strict=False):
            assert fits(decode(value), form), (first, second, value)


_BOUND = st.integers(-60, 60)
_conditions = st.one_of(
    st.builds("a >= {}".format, _BOUND),
    st.builds("{} < a".format, _BOUND),
    st.builds("not a < {}".format, _BOUND),
    st.builds("abs(a) <= {}".format, st.integers(1, 60)),
    st.builds("a % {} == 0".format, st.integers(1, 4)),
    st.builds("a in ({}, {}, {})".format, _BOUND, _BOUND, _BOUND),
    st.builds("len(xs) >= {}".format, st.integers(0, 4)),
    st.builds("{} >= len(xs)".format, st.integers(2, 6)),
    st.builds("all(x > {} for x in xs)".format, _BOUND),
    st.builds("all(x in ({}, {}) for x in xs)".format, _BOUND, _BOUND),
    st.sampled_from(
        ["a <= b", "a < len(xs)", "a in xs", "xs == sorted(xs)", "len(set(xs)) == len(xs)", "xs", "a != b"]
    ),
)


@settings(NESTED, max_examples=25)
@given(st.lists(_conditions, min_size=1, max_size=3), st.integers(0, 100))
def test_every_drawn_input_satisfies_its_preconditions(conditions: list[str], seed: int) -> None:
    sources = [f"lambda a, b, xs: {condition}" for condition in conditions]
    decorators = "".join(f"@icontract.require({source})\n" for source in sources)
    text = f"import icontract\n{decorators}def f(a: int, b: int, xs: list[int]) -> int: ...\n"
    with judge_of(text) as judge:
        reply = drawn(judge, sources, seed, 15)
        assert drawn(judge, sources, seed, 15) == reply
    predicates = [eval(source) for source in sources]
    for call in reply["calls"]:
        values = [decode(value) for value in call[1]]
        assert all(predicate(*values) for predicate in predicates), (conditions, values)
    assert len({json.dumps(call) for call in reply["calls"]}) == len(reply["calls"])


@settings(NESTED, max_examples=15)
@given(_conditions)
def test_a_single_common_precondition_leaves_enough_inputs(condition: str) -> None:
    source = f"lambda a, b, xs: {condition}"
    text = f"import icontract\n@icontract.require({source})\ndef f(a: int, b: int, xs: list[int]) -> int: ...\n"
    with judge_of(text) as judge:
        assert len(drawn(judge, [source], 0, 50)["calls"]) == 50
