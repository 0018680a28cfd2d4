"""Smaller calls: always smaller, always well formed, and an end to it; and the smallest input that separates."""

from __future__ import annotations

import asyncio
import collections
import dataclasses
import decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.spec.reader import read_sources
from swarmwright.verify.encoding import encode, is_opaque, is_well_formed
from swarmwright.verify.examine import Examiner
from swarmwright.verify.separating import Pair, separate, shrink
from swarmwright.verify.shrinking import size_of, smaller
from swarmwright.verify.values import Call, Candidate

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**70),
    st.floats(),
    st.text(max_size=8),
    st.binary(max_size=5),
    st.decimals(allow_nan=False).map(decimal.Decimal),
    st.complex_numbers(),
)
HASHABLE = st.one_of(st.integers(), st.text(max_size=3), st.booleans(), st.tuples(st.integers(), st.text(max_size=2)))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=3).map(tuple),
        st.lists(inner, max_size=3).map(collections.deque),
        st.sets(HASHABLE, max_size=4),
        st.frozensets(HASHABLE, max_size=4),
        st.dictionaries(HASHABLE, inner, max_size=3),
        st.dictionaries(HASHABLE, st.integers(), max_size=3).map(collections.Counter),
    ),
    max_leaves=8,
)
CALLS = st.builds(
    lambda args, kwargs: Call("m.f", tuple(map(encode, args)), tuple((n, encode(v)) for n, v in kwargs.items())),
    st.lists(VALUES, max_size=3),
    st.dictionaries(st.sampled_from("xyz"), VALUES, max_size=2),
)


@given(CALLS)
@settings(deadline=None, max_examples=120)
def test_smaller_calls_are_smaller_well_formed_and_in_order(call: Call) -> None:
    found = smaller(call)
    sizes = [size_of(one) for one in found]
    assert sizes == sorted(set(sizes))
    assert all(size < size_of(call) for size in sizes)
    for one in found:
        values = [*one.args, *(value for _, value in one.kwargs)]
        assert all(is_well_formed(value) and not is_opaque(value) for value in values)


@given(CALLS, st.data())
@settings(deadline=None, max_examples=60)
def test_shrinking_ends_with_nothing_left(call: Call, data: st.DataObject) -> None:
    for _ in range(2000):
        found = smaller(call)
        if not found:
            break
        call = found[data.draw(st.integers(0, min(2, len(found) - 1)))]
    assert call == Call("m.f", (), ())


SPEC = '''
"""A specification."""

import icontract


@icontract.require(lambda n: n > -5)
def number(n: int) -> int:
    """Return n.

    >>> number(-1)
    -1
    """
    ...


def texts(words: list[str], limit: int = 9) -> int:
    """Return how many.

    >>> texts(["a"])
    1
    """
    ...
'''


@dataclasses.dataclass
class Desk:
    """An Examiner in a loop of its own, warm for all examples of a property."""

    runner: asyncio.Runner
    examiner: Examiner

    def separate(self, unit: str, left: str, right: str, known: tuple[Call, ...] = (), tries: int = 200) -> Call | None:
        pair = Pair(Candidate(unit, left), Candidate(unit, right), {})
        found = self.runner.run(separate(self.examiner, pair, tries=tries, seed=0, known=known))
        return None if found is None else found[0]

    def differ(self, unit: str, left: str, right: str, calls: tuple[Call, ...]) -> bool:
        pair = Pair(Candidate(unit, left), Candidate(unit, right), {})
        valid = self.runner.run(self.examiner.valid(unit, calls, typed=True))
        one, other = (self.runner.run(self.examiner.outcomes(side, valid, {})) for side in (pair.left, pair.right))
        return any(not self.examiner.same(unit, a, b) for a, b in zip(one, other, strict=True))


@pytest.fixture(scope="module")
def desk() -> collections.abc.Iterator[Desk]:
    spec = read_sources("small", {"small/__init__.py": SPEC})
    with asyncio.Runner() as runner:
        examiner = runner.run(Examiner.open(spec, open_sandbox()))
        yield Desk(runner, examiner)
        runner.run(examiner.close())


@pytest.mark.sandbox
@given(border=st.integers(-4, 10**6))
@settings(deadline=None, max_examples=8)
def test_the_candidates_own_constants_are_found_and_made_small(desk: Desk, border: int) -> None:
    left, right = "return n\n", f"return n if n < {border} else n + 1\n"
    call = desk.separate("small.number", left, right)
    assert call is not None
    (found,) = call.args
    assert found >= border
    assert not desk.differ("small.number", left, right, smaller(call))
    assert len(str(found)) <= max(len(str(border)), 1)


@pytest.mark.sandbox
@given(
    st.lists(st.text(alphabet="abcXYZ09 é", max_size=6), max_size=6), st.text(alphabet="aX0", min_size=1, max_size=2)
)
@settings(deadline=None, max_examples=8)
def test_nothing_one_step_smaller_separates(desk: Desk, words: list[str], inside: str) -> None:
    left, right = "return len(words)\n", f"return sum({inside!r} not in word for word in words)\n"
    known = Call("small.texts", (encode([*words, f"b{inside}b"]),), (("limit", 3),))
    call = desk.separate("small.texts", left, right, (known,))
    assert call == Call("small.texts", (["list", inside],), ())
    assert not desk.differ("small.texts", left, right, smaller(call))


@pytest.mark.sandbox
def test_candidates_that_do_the_same_are_not_separated(desk: Desk) -> None:
    assert desk.separate("small.number", "return n\n", "return +n\n") is None
    pair = Pair(Candidate("small.number", "return n\n"), Candidate("small.number", "return n + 0\n"), {})
    assert desk.runner.run(shrink(desk.examiner, pair, Call("small.number", (7,)))) is None


@pytest.mark.sandbox
def test_what_breaks_a_precondition_or_a_type_is_never_shown(desk: Desk) -> None:
    call = desk.separate("small.number", "return n\n", "return n if n >= 0 else n - 1\n")
    assert call == Call("small.number", (-1,))
    call = desk.separate("small.texts", "return limit\n", "return limit if limit < 12 else 0\n")
    assert call is not None
    assert call.args[0] == ["list"]
    # A time-out is no answer that could be shown.
    assert desk.separate("small.number", "return n\n", "while True: pass\n", (Call("small.number", (1,)),), 0) is None
