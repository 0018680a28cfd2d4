"""Writing one more doctest into a docstring: every shape of docstring, and nothing else in the file changes."""

from __future__ import annotations

import pytest

from swarmwright.errors import SpecError
from swarmwright.spec.amending import add_example
from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Example, Unit

LINES = (">>> f(2)", "4")

MANY = '''"""A module."""


def f(n: int) -> int:
    """Return twice n.

    >>> f(1)
    2
    """
    ...


def g(n: int) -> int:
    """Return n.

    >>> g(1)
    1
    """
    ...
'''


def unit_of(text: str | bytes, name: str = "f") -> Unit:
    source = text if isinstance(text, str) else text.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return read_sources("m", {"m/__init__.py": source}).unit(f"m.{name}")


def bare(examples: tuple[Example, ...]) -> list[tuple[str, str, str | None]]:
    return [(example.source, example.want, example.raises) for example in examples]


def added(text: str, *lines: str, name: str = "f") -> str:
    before, after = unit_of(text, name), add_example(text.encode(), name, lines or LINES).decode()
    now = unit_of(after, name)
    assert now.prose == before.prose
    assert (now.uses, now.evidence, now.head, now.contracts) == (
        before.uses,
        before.evidence,
        before.head,
        before.contracts,
    )
    count = len(before.examples)
    assert bare(now.examples[:count]) == bare(before.examples)
    assert len(now.examples) > count
    return after


def stub(docstring: str) -> str:
    return f"def f(n: int) -> int:\n    {docstring}\n    ...\n"


def test_it_stands_behind_the_last_example_and_nothing_else_changes() -> None:
    after = added(MANY)
    assert after == MANY.replace("    >>> f(1)\n    2\n", "    >>> f(1)\n    2\n    >>> f(2)\n    4\n")


def test_the_right_function_of_several_gets_it() -> None:
    after = added(MANY, ">>> g(5)", "5", name="g")
    assert after == MANY.replace('    1\n    """', '    1\n    >>> g(5)\n    5\n    """')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"""Return twice n."""', '"""Return twice n.\n\n    >>> f(2)\n    4\n    """'),
        ('"Return twice n."', '"""Return twice n.\n\n    >>> f(2)\n    4\n    """'),
        ("'It\\'s \"twice\" n.'", "'''It\\'s \"twice\" n.\n\n    >>> f(2)\n    4\n    '''"),
        ("'''Return twice n.\n    '''", "'''Return twice n.\n\n    >>> f(2)\n    4\n    '''"),
        ('""">>> f(1)\n    2"""', '""">>> f(1)\n    2\n    >>> f(2)\n    4\n    """'),
        ('""">>> f(1)\n2"""', '""">>> f(1)\n2\n>>> f(2)\n4\n"""'),
        ('"""Twice.\\n\\n>>> f(1)\\n2"""', '"""Twice.\\n\\n>>> f(1)\\n2\n>>> f(2)\n4\n"""'),
        (
            '"""Twice.\n\n        >>> f(1)\n        2\n\n    More.\n    """',
            '"""Twice.\n\n        >>> f(1)\n        2\n        >>> f(2)\n        4\n\n    More.\n    """',
        ),
        ('"""Twice.\n\n    Uses: f\n    """', '"""Twice.\n\n    Uses: f\n\n    >>> f(2)\n    4\n    """'),
        ('"" "Twice."', '"" """Twice.\n\n    >>> f(2)\n    4\n    """'),
        ('("Twice.\\n"\n     "\\n>>> f(1)\\n2")', '("Twice.\\n"\n     """\\n>>> f(1)\\n2\n>>> f(2)\n4\n""")'),
        ('""', '"""\n    >>> f(2)\n    4\n    """'),
        ('u"""Twice."""', 'u"""Twice.\n\n    >>> f(2)\n    4\n    """'),
    ],
)
def test_docstrings_of_every_shape(before: str, after: str) -> None:
    assert added(stub(before)) == stub(after)


def test_tabs_stay_tabs() -> None:
    text = 'def f(n: int) -> int:\n\t"""Twice.\n\n\t>>> f(1)\n\t2\n\t"""\n\t...\n'
    assert added(text) == text.replace("\t2\n", "\t2\n\t>>> f(2)\n\t4\n")


@pytest.mark.parametrize(
    "text",
    [
        "def f(n: int) -> int: ...\n",
        "def f(n: int) -> int: ...  # twice\n",
        "def f(n: int) -> int:\n    ...\n",
        "def f(\n    n: int,  # a number\n) -> int:\n    # twice\n    ...\n",
        "def f(n: int) -> int: 'Twice.'; ...\n",
    ],
)
def test_stubs_without_a_block_or_without_a_docstring_get_one(text: str) -> None:
    assert bare(unit_of(added(text)).examples) == [("f(2)", "4", None)]


@pytest.mark.parametrize("raw", ["", "r", "R"])
@pytest.mark.parametrize("quote", ['"""', "'''"])
@pytest.mark.parametrize(
    "value", ["\\", "a\nb", '"""', "'''", "'\"", "\\\\'", "\x00\x7f", "ä€😀", "\u2028", "\\N{DASH}", "{}%s", ""]
)
def test_every_text_can_be_a_result(raw: str, quote: str, value: str) -> None:
    text = f"def f(n: int) -> str:\n    {raw}{quote}Return it.{quote}\n    ...\n"
    example = unit_of(added(text, f">>> f({value!r})", repr(value))).examples[-1]
    assert eval(example.want) == value
    assert eval(example.source, {"f": str}) == value


def test_an_exception_is_written_as_a_traceback() -> None:
    after = added(MANY, ">>> f(-1)", "Traceback (most recent call last):", "    ...", "ValueError")
    assert bare(unit_of(after).examples)[-1] == (
        "f(-1)",
        "Traceback (most recent call last):\n    ...\nValueError",
        "ValueError",
    )


def test_what_works_in_place_needs_several_lines() -> None:
    text = 'def f(n: list[int]) -> None:\n    """Sort n in place."""\n    ...\n'
    after = added(text, ">>> n = [2, 1]", ">>> f(n)", ">>> n", "[1, 2]")
    assert bare(unit_of(after).examples) == [("f(n)", "", None), ("n", "[1, 2]", None)]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_newlines_and_byte_order_marks_stay(newline: str, mark: bytes) -> None:
    content = mark + MANY.replace("\n", newline).encode()
    after = add_example(content, "f", LINES)
    assert after == mark + added(MANY).replace("\n", newline).encode()


def test_mixed_newlines_stay_as_they_are() -> None:
    content = MANY.replace("\n", "\r\n", 8).encode()
    after = add_example(content, "f", LINES)
    assert after.replace(b"\r\n", b"\n") == added(MANY).encode()
    assert after.count(b"\r\n") == 8


def test_the_first_of_two_functions_with_text_beyond_ascii_before_it() -> None:
    text = 'NAME = "é€😀"\n\n\ndef f(n: int) -> int: "ä€😀"; ...\n'
    assert added(text).startswith('NAME = "é€😀"\n\n\ndef f(n: int) -> int: """ä€😀\n\n')


@pytest.mark.parametrize(
    ("text", "name", "lines"),
    [
        (MANY, "h", LINES),
        (MANY, "f", ("f(2)", "4")),
        (MANY, "f", (">>> f(2)", "")),
        (MANY, "f", (">>> f(2)", "a\tb")),
        (MANY, "f", ()),
        (MANY, "f", (">>> f(", "4")),
        (MANY, "f", (">>> x = 2", "")),
        (MANY, "f", (">>> x = 2",)),
        ("def f(n: int) -> int:\n    return 1\n", "f", LINES),
        ("def f(n: int) -> int: \\\n    ...\n", "f", LINES),
        ('def f(n: int) -> int:\n    """\n    >>> f(\n    1\n    """\n    ...\n', "g", LINES),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(text: str, name: str, lines: tuple[str, ...]) -> None:
    with pytest.raises(SpecError) as caught:
        add_example(text.encode(), name, lines, "spec.py")
    assert str(caught.value).startswith("spec.py: ")
    assert "\n" not in str(caught.value)
