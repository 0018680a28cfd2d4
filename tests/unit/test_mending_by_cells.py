"""Mending by cells inside its process: what it finds holds, what it is given cannot hurt it, and it repeats itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from swarmwright.colony.efforts import CellEffort
from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.mending import answer
from swarmwright.colony.literals import literals_of
from swarmwright.spec.reader import read_spec
from swarmwright.verify.encoding import encode
from swarmwright.verify.hints import hints_of

SPEC = '''
def total(xs: list[int], most: int) -> int:
    """Return the sum of those of xs that are at most `most`; of nothing 0.

    >>> total([1, 5, 3], 3)
    4
    """
    ...


def clipped(text: str, width: int) -> str:
    """Return text cut to the width.

    >>> clipped("abcdef", 3)
    'abc'
    """
    ...
'''
TOTALS = [(([1, 5, 3], 3), 4), (([], 1), 0), (([4, 4], 4), 8), (([-2, 9], 5), -2), (([7], 2), 0)]
MORE = [([2, 8, 1], 2), ([0, 0, 5], 0), ([9, 10], 9), ([-5], -5), ([3, 3, 4], 3)]


def mended(folder: Path, body: str, examples: Any = TOTALS, inputs: Any = MORE, **effort: Any) -> dict[str, Any]:
    file = folder / "small.py"
    file.write_text(SPEC)
    spec = read_spec(file)
    unit = spec.unit("small.total")
    request = {
        "modules": {"small": SPEC},
        "unit": msgspec.to_builtins(unit),
        "hints": msgspec.to_builtins(hints_of(spec, unit)),
        "literals": [list(pair) for pair in literals_of(spec, unit)],
        "grammar": msgspec.to_builtins(load_grammar()),
        "examples": [{"args": [encode(a) for a in args], "kwargs": [], "wanted": [encode(w)]} for args, w in examples],
        "inputs": [{"args": [encode(a) for a in args], "kwargs": []} for args in inputs],
        "bodies": [body],
        "effort": msgspec.to_builtins(msgspec.structs.replace(CellEffort(cpu_s=20.0), **effort)),
    }
    reply = answer(msgspec.json.decode(msgspec.json.encode(request)))
    assert reply["reason"] == ""
    found: dict[str, Any] = reply["mended"][0]
    return found


def given(body: str, *args: Any) -> Any:
    namespace: dict[str, Any] = {}
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    exec(f"def total(xs, most):\n{lines}", namespace)
    return namespace["total"](*args)


@pytest.mark.parametrize(
    "body",
    [
        "result = 0\nfor x in xs:\n    if x < most:\n        result += x\nreturn result",
        "return sum(x for x in xs if x <= 3)",
        "result = 1\nfor x in xs:\n    if x <= most:\n        result += x\nreturn result",
        "result = 0\nfor x in xs:\n    if x <= len(xs):\n        result += x\nreturn result",
        "return sum([x for x in xs if x <= most][1:])",
    ],
)
def test_what_it_finds_gives_what_the_examples_want(tmp_path: Path, body: str) -> None:
    found = mended(tmp_path, body)["found"]
    assert found
    for one in found:
        assert all(given(one["body"], *args) == want for args, want in TOTALS)
    assert any(given(one["body"], [5, 6, 7], 6) == 11 for one in found)


def test_an_agent_takes_the_place_of_a_cell_and_says_what_it_is_made_of(tmp_path: Path) -> None:
    examples = [(([1, 2], 5), 7), (([3], 1), 2), (([], 4), 4), (([1, 1, 1], 0), 3)]
    found = mended(tmp_path, "return 40 + 2", examples, [], edits=0, again=(0, 0))["found"]
    one = next(one for one in found if one["kind"] != "edit")
    assert one["trail"] and one["line"] == 1
    assert all(given(one["body"], *args) == want for args, want in examples)


def test_the_same_request_has_the_same_answer(tmp_path: Path) -> None:
    body = "return sum(x for x in xs if x > most)"
    one, other = (mended(tmp_path, body) for _ in range(2))
    assert one["complete"]
    assert [one[key] for key in ("found", "runs", "agents")] == [other[key] for key in ("found", "runs", "agents")]


@pytest.mark.parametrize(
    "body",
    [
        "while True:\n    pass",
        "return total(xs, most)",
        "return most ** most ** most ** 9",
        "print('x' * 1000)\nreturn xs.nothing",
        "xs.append(1)\nreturn 0",
        "return (",
        "raise SystemExit(3)",
        "try:\n    while True:\n        xs = xs\nexcept:\n    return 0",
    ],
)
# A body that calls itself without end leaves no room for callbacks of the garbage collector, which then complain.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_body_hurts_it(tmp_path: Path, body: str) -> None:
    found = mended(tmp_path, body, edits=40, cells=2, agents=200, tried=5, again=(0, 0), cpu_s=1.0)
    for one in found["found"]:
        assert all(given(one["body"], *args) == want for args, want in TOTALS)


def test_a_body_that_nothing_refutes_is_left_alone(tmp_path: Path) -> None:
    assert mended(tmp_path, "return sum(x for x in xs if x <= most)")["found"] == []


def test_a_result_of_another_type_is_mended_where_no_example_shows_it(tmp_path: Path) -> None:
    body = "return sum(x for x in xs if x <= most) if xs != [9, 10] else None"
    found = mended(tmp_path, body)["found"]
    assert found
    assert all(type(given(one["body"], [9, 10], 9)) is int for one in found)
