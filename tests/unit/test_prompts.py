"""Prompts say everything once, the shared first and the varying last, and begin the answer."""

from __future__ import annotations

import msgspec
import pytest

from swarmwright.agents.ports import Message
from swarmwright.agents.prompts import LONGEST_FAILURE, compose
from swarmwright.agents.roster import load_archetypes
from swarmwright.spec.values import Contract, Example, Location, Parameter, Unit

HERE = Location("m.py", 1, 1)
STUB = '''@icontract.require(lambda n: n >= 0)
def half(n: int) -> int:
    """Halve {n}, rounding down.

    >>> half(3)
    1
    """
    ...
'''
UNIT = Unit(
    module="m", name="half", parameters=(Parameter("n", "int", "positional_or_keyword", None),), returns="int",
    docstring="Halve {n}, rounding down.\n\n>>> half(3)\n1", prose="Halve {n}, rounding down.",
    examples=(
        Example((), "half(3)\n", "1\n", None, HERE),
        Example(("x = 4\n",), "half(x)\n", "2\n", None, HERE),
        Example((), "half(-1)\n", "", "ValueError", HERE),
    ),
    contracts=(Contract("require", "lambda n: n >= 0", ("n",), (), "@icontract.require(lambda n: n >= 0)", HERE),),
    decorators=(), uses=(), checked_with=(), evidence="standard", head="def half(n: int) -> int:", source=STUB,
    location=HERE,
)  # fmt: skip
CONTEXT = "LIMIT = {1: 2}\n"


def asked(name: str, **more: str) -> tuple[Message, ...]:
    return compose(load_archetypes()[name], spec_context=CONTEXT, unit=UNIT, stub=STUB, **more)


@pytest.mark.parametrize("name", sorted(load_archetypes().keys() - {"mender", "mended", "colony"}))
def test_every_archetype_sends_system_user_and_the_begun_answer(name: str) -> None:
    messages = asked(name, previous="return n", counterexample="half(3) gave 3, but 1 is right")
    assert [message.role for message in messages] == ["system", "user", "assistant"]
    assert messages[1].content.startswith("```python\nLIMIT = {1: 2}" if name != "tester" else "LIMIT = {1: 2}")
    assert messages[1].content.count("rounding down") == 1
    assert "\n\n\n" not in "\n".join(message.content for message in messages)


@pytest.mark.parametrize("name", ["coder-plain", "coder-steps", "repairer"])
def test_the_answer_begins_behind_a_docstring_so_that_none_is_written(name: str) -> None:
    begun = asked(name)[-1].content
    assert begun.startswith('```python\ndef half(n: int) -> int:\n    """As above."""\n')
    assert begun.endswith("\n")


def test_a_template_may_begin_with_the_stub_without_its_dots() -> None:
    begins = msgspec.structs.replace(load_archetypes()["coder-plain"], answer_begin="{begun}\n")
    one = compose(begins, spec_context="", unit=UNIT, stub="def half(n: int) -> int: ...\n")
    assert one[-1].content == "def half(n: int) -> int:\n"
    whole = compose(begins, spec_context="", unit=UNIT, stub=STUB)[-1].content
    assert whole == STUB.removesuffix("    ...\n")


def test_an_anonymous_coder_never_sees_the_name() -> None:
    messages = asked("coder-anonymous")
    said = "\n".join(message.content for message in messages)
    assert "half" not in said
    assert "def solve(n: int) -> int:" in messages[1].content
    assert ">>> solve(3)" in messages[1].content
    assert messages[-1].content == ('```python\ndef solve(n: int) -> int:\n    """Halve {n}, rounding down."""\n')


def test_examples_are_said_once_more_where_they_decide() -> None:
    user = asked("coder-examples-first")[1].content
    assert user.endswith("half(3)  # -> 1\nx = 4 ; half(x)  # -> 2\nhalf(-1)  # raises ValueError")


def test_the_repairer_is_told_what_failed_twice_and_the_second_time_on_one_line() -> None:
    why = "half(3) gave\n3"
    messages = asked("repairer", previous="return n", counterexample=why)
    assert f"failed:\n{why}" in messages[1].content
    assert messages[-1].content.endswith("    # Careful: half(3) gave 3\n")


def test_a_template_may_show_the_refuted_body_indented() -> None:
    shows = msgspec.structs.replace(load_archetypes()["repairer"], template="{head}\n{previous}")
    messages = compose(shows, spec_context="", unit=UNIT, stub=STUB, previous="if n:\n    return n\n\nreturn 0\n")
    assert messages[1].content == "def half(n: int) -> int:\n    if n:\n        return n\n\n    return 0"


def test_a_long_counterexample_is_cut_where_it_is_said_again() -> None:
    begun = asked("repairer", previous="return n", counterexample="x" * 10_000)[-1].content
    assert begun.count("x") < LONGEST_FAILURE + 10


def test_what_coders_share_comes_first_so_that_it_is_read_once() -> None:
    plain, *others = (asked(name) for name in ("coder-plain", "coder-examples-first", "coder-steps", "repairer"))
    shared = plain[1].content[: plain[1].content.rindex("```") + 3]
    assert "half" in shared
    for other in others:
        assert other[0] == plain[0]
        assert other[1].content.startswith(shared)


def test_the_tester_is_never_asked_for_results() -> None:
    user = asked("tester")[1].content
    assert "no results" in user
