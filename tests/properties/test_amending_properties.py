"""Whatever a docstring looks like: one example more, and nothing else, can be read back."""

from __future__ import annotations

import ast
import doctest

from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.errors import SpecError
from swarmwright.spec.amending import add_example
from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Example, Unit

QUOTES = st.sampled_from(['"""', "'''", '"', "'"])
PREFIXES = st.sampled_from(["", "r", "R", "u"])
INDENTS = st.sampled_from(["    ", "  ", "\t", "        "])
PROSE = st.text(alphabet="ab .,:'\"\\{}é😀\t", max_size=12)
PIECES = st.one_of(
    PROSE,
    st.just(""),
    st.sampled_from(
        [
            ">>> f(1)\n2",
            ">>> x = 1",
            ">>> f(3)",
            ">>> f(\n...     1\n... )\n2",
            ">>> f(0)\nTraceback (most recent call last):\n    ...\nValueError: no",
            "Examples:",
            "Uses: f",
            "Evidence: tested",
            ">>> print('a')\na",
        ]
    ),
)
VALUES = st.one_of(
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.binary(max_size=6),
    st.booleans(),
    st.lists(st.one_of(st.text(max_size=4), st.integers()), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@st.composite
def docstrings(draw: st.DrawFn) -> str:
    """A docstring literal as a person might have written it, valid Python or not."""
    indent = draw(INDENTS)
    pieces = draw(st.lists(PIECES, max_size=6))
    separator = draw(st.sampled_from(["\n\n", "\n"]))
    text = separator.join(pieces).replace("\n", f"\n{indent}")
    text += draw(st.sampled_from(["", f"\n{indent}", "\n", " "]))
    quote, prefix = draw(QUOTES), draw(PREFIXES)
    if draw(st.booleans()) and prefix.lower() != "r":
        text = text.replace("\\", "\\\\").replace(quote[0], f"\\{quote[0]}")
    if len(quote) == 1:
        text = text.replace("\n", "\\n")
    return f"{prefix}{quote}{text}{quote}"


@st.composite
def stubs(draw: st.DrawFn) -> tuple[str, str, str]:
    """A stub ``f``, what stands above it, and what stands below."""
    literals = draw(st.lists(docstrings(), min_size=1, max_size=2))
    indent = draw(INDENTS)
    docstring = literals[0] if len(literals) == 1 else f"({literals[0]}\n{literals[1]})"
    above = draw(st.sampled_from(["", "# é\n", "import math\n\n", '"""M."""\nX = "\\n"\n']))
    below = draw(st.sampled_from(["", "\n\nY = '''\n>>> f(9)\n'''\n", "\n\ndef g() -> int:\n    'G.'\n    ...\n"]))
    return above, f"def f(n: int) -> int:\n{indent}{docstring}\n{indent}...\n", below


def unit_of(text: str) -> Unit:
    return read_sources("m", {"m/__init__.py": text}).unit("m.f")


def is_joined(stub: str) -> bool:
    """Tell whether the docstring is written as several literals."""
    return stub.partition(":\n")[2].lstrip().startswith("(")


def is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def doctest_sources(unit: Unit) -> list[str]:
    """Every statement of the docstring's session, those that no example needs too."""
    try:
        return [one.source for one in doctest.DocTestParser().get_examples(unit.docstring)]
    except ValueError:
        return ["("]


def bare(examples: tuple[Example, ...]) -> list[tuple[tuple[str, ...], str, str, str | None]]:
    return [(example.setup, example.source, example.want, example.raises) for example in examples]


@given(stubs(), VALUES, VALUES, st.sampled_from(["\n", "\r\n"]))
@settings(deadline=None, max_examples=300)
def test_one_example_more_and_nothing_else(
    parts: tuple[str, str, str], argument: object, result: object, newline: str
) -> None:
    above, _, below = parts
    text = "".join(parts)
    try:
        ast.parse(text)
        before = unit_of(text)
    except (SyntaxError, SpecError, ValueError, KeyError):
        return
    content = text.replace("\n", newline).encode()
    lines = (f">>> f({argument!r})", repr(result))
    try:
        amended = add_example(content, "f", lines)
    except SpecError:
        # Only a docstring of several literals, or examples that are no Python, may be in the way.
        sources = [text for one in before.examples for text in (*one.setup, one.source)]
        assert is_joined(parts[1]) or not all(map(is_python, (*sources, *doctest_sources(before))))
        return
    after = amended.decode().replace("\r\n", "\n")
    now = unit_of(after)
    assert bare(now.examples[:-1]) == bare(before.examples)
    added = now.examples[-1]
    assert ast.literal_eval(added.want) == result
    assert ast.literal_eval(ast.unparse(ast.parse(added.source, mode="eval").body.args[0])) == argument  # type: ignore[attr-defined]
    assert now.prose == before.prose
    assert (now.uses, now.evidence) == (before.uses, before.evidence)
    assert amended.startswith(above.replace("\n", newline).encode())
    assert amended.endswith(f"...\n{below}".replace("\n", newline).encode())
