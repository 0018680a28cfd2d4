"""A function's name is hidden where it is code, and put back into the answer."""

from __future__ import annotations

from swarmwright.agents.aliases import ALIASES, alias_for, conceal, reveal


def test_an_alias_is_a_word_that_the_question_does_not_hold() -> None:
    assert alias_for("wrap", "def wrap(text: str) -> str: ...") == ALIASES[0]
    assert alias_for("wrap", "def wrap(solve: str) -> str: ...") == ALIASES[1]
    assert alias_for("solver", "def solver(n: int) -> int: ...") == ALIASES[0]
    crowded = " ".join(ALIASES)
    assert alias_for("wrap", crowded) not in crowded.split()


def test_only_code_is_renamed() -> None:
    said = "Wrap a text; wrap it (once). `wrap` is like textwrap.wrap(text).\n>>> wrap ('a')\n>>> unwrap(wrap('a'))"
    assert conceal(said, "wrap", "solve") == (
        "Wrap a text; solve it (once). `solve` is like textwrap.wrap(text).\n>>> solve ('a')\n>>> unwrap(solve('a'))"
    ).replace("solve it (once)", "wrap it (once)")


def test_answers_get_the_name_back() -> None:
    assert reveal("return max(map(solve, xs)) + solve(1) + it.solve(2)", "half", "solve") == (
        "return max(map(half, xs)) + half(1) + it.solve(2)"
    )
    assert reveal("resolve(1)", "half", "solve") == "resolve(1)"
