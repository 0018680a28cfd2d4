from __future__ import annotations

import contextlib
import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.verify.encoding import decode, describe, encode, is_opaque, is_well_formed
from swarmwright.verify.signatures import value_key

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(exclude_categories=())),
    st.binary(),
    st.complex_numbers(),
    st.decimals(allow_nan=False),
    st.fractions(),
    st.datetimes(timezones=st.none()),
    st.timedeltas(),
    st.dates(),
)
hashables = st.recursive(
    scalars, lambda inner: st.one_of(st.tuples(inner, inner), st.frozensets(inner, max_size=3)), max_leaves=4
)
values = st.recursive(
    hashables,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.sets(hashables, max_size=4),
        st.dictionaries(hashables, inner, max_size=4),
    ),
    max_leaves=20,
)
json_like = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-9, 9), st.sampled_from(["list", "dict", "int", "enum", "opaque", "x"])
    ),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)


def identical(left: object, right: object) -> bool:
    """Equal with equal types all the way down, NaN equal to NaN and zeros with their signs."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return repr(left) == repr(right)
    if isinstance(left, complex):
        return identical(left.real, right.real) and identical(left.imag, right.imag)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(identical, left, right))
    if isinstance(left, dict):
        return identical(list(left.items()), list(right.items()))
    if isinstance(left, set | frozenset):
        return sorted(json.dumps(encode(item)) for item in left) == sorted(json.dumps(encode(item)) for item in right)
    return left == right


@given(values)
@settings(deadline=None)
def test_decoding_gives_back_what_was_encoded(value: object) -> None:
    encoded = encode(value)
    assert not is_opaque(encoded)
    assert is_well_formed(encoded)
    back = decode(json.loads(json.dumps(encoded)))
    assert identical(back, value)
    assert encode(back) == encoded


@given(values)
@settings(deadline=None)
def test_a_value_has_one_key_however_it_travelled(value: object) -> None:
    encoded = encode(value)
    again = encode(decode(json.loads(json.dumps(encoded))))
    for returns in ("Any", "float", "list[float]", "dict[str, float] | None", "Iterable[tuple[float, ...]]"):
        assert value_key(encoded, returns) == value_key(again, returns)


@given(values, values)
@settings(deadline=None)
def test_different_values_of_undeclared_type_have_different_keys(left: object, right: object) -> None:
    if value_key(encode(left), "Any") == value_key(encode(right), "Any"):
        assert roughly(left, right)


def roughly(left: object, right: object) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return math.isclose(left, right, rel_tol=1e-11) or repr(left) == repr(right)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(roughly, left, right))
    if isinstance(left, complex):
        return roughly(left.real, right.real) and roughly(left.imag, right.imag)
    if isinstance(left, dict | set | frozenset):
        return len(left) == len(right)
    return left == right


@given(json_like)
@settings(deadline=None)
def test_any_data_can_be_judged_described_and_keyed(data: object) -> None:
    assert isinstance(describe(data), str)
    assert isinstance(value_key(data, "list[float] | Iterable[int]"), bytes)
    if is_well_formed(data):
        is_opaque(data)
    with contextlib.suppress(ValueError, LookupError):
        decode(data)
