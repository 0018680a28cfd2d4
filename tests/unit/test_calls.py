"""Calls a tester offers are kept as plain data; everything that could act is dropped."""

from __future__ import annotations

import pytest
from test_answers_reading import unit

from swarmwright.agents.answers import read_calls


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("total([1, 2])", ("total([1, 2])",)),
        ("total([])\ntotal( [ ] )\ntotal([-1])", ("total([])", "total([-1])")),
        ("1. `total([1])` -> 1\n2. total([0]) == 0\nprint(total([3]))", ("total([1])", "total([0])", "total([3])")),
        ("assert total([(1, 'a)')]) == 3", ("total([(1, 'a)')])",)),
        ("total(xs=[1])", ("total(xs=[1])",)),
        ("total([1] * 100)", ("total([1] * 100)",)),
        ("total([Entry('a', cents=-1), Color.RED, set()])", ("total([Entry('a', cents=-1), Color.RED, set()])",)),
        ("total({'a': [1.5, None, True, b'x']})", ("total({'a': [1.5, None, True, b'x']})",)),
        ("total([\n    1,\n    2,\n])", ("total([1, 2])",)),
        ("total(open('/etc/passwd').read())", ()),
        ("total(__import__('os').system('x'))", ()),
        ("total([x for x in y])", ()),
        ("total(xs)", ()),
        ("total(*[1])", ()),
        ("total(**{'xs': 1})", ("total(**{'xs': 1})",)),
        ("total(lambda: 1)", ()),
        ("total('a' * 10**9)", ()),
        ("total([1] * 1000000)", ()),
        ("total(f'{1}')", ()),
        ("total(Entry.__subclasses__)", ()),
        ("subtotal([1]) obj.total([1])", ()),
        ("total([1", ()),
        ("no calls here", ()),
        ("total([" + "1, " * 400 + "])", ()),
    ],
)
def test_only_plain_calls_are_read(text: str, calls: tuple[str, ...]) -> None:
    assert read_calls(text, unit()) == calls


def test_at_most_forty_are_read() -> None:
    assert len(read_calls("\n".join(f"total([{n}])" for n in range(99)), unit())) == 40
