import ast
import inspect
import textwrap

import pytest

from swarmwright.spec.indent import indent_body
from swarmwright.spec.printer import print_context, print_docstring, print_module, print_stub
from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Spec

SOURCE = '''
"""Shapes and how to use them."""

from __future__ import annotations

import os, icontract
from dataclasses import dataclass
from icontract import ensure as post, invariant, require

LIMIT = 3  # of everything


@invariant(lambda self: self.x < LIMIT)
@dataclass
class Point:
    """A point."""

    x: int

    @require(lambda other: other is not None)
    def near(self, other: Point) -> bool:
        """Tell."""
        return abs(self.x - other.x) < LIMIT


@icontract.require(lambda p: p.x > 0,
                   "positive")
def double(p: Point) -> Point:
    return Point(p.x * 2)


@post(lambda result: result < LIMIT)
def f(p: Point, *, more: int = LIMIT) -> int:
    """Do the secret thing with \\\\ and "quotes".

    Uses: g

    >>> f(Point(1))
    1
    """
    ...


def g(p: Point) -> int:
    """Help along.

    More words.
    """
    ...


def law_f(x: int) -> bool:
    """Nothing is lost."""
    return f(Point(x)) == x
'''


@pytest.fixture
def spec() -> Spec:
    return read_sources("kit", {"kit/__init__.py": SOURCE})


def test_bare_has_no_contract_no_law_and_no_words_of_the_docstring(spec: Spec) -> None:
    bare = print_module(spec.modules[0], {"kit.f": "x = '''a\nb'''\nreturn len(x)"}, view="bare")
    tree = ast.parse(bare)
    for word in (
        "icontract",
        "require",
        "ensure",
        "post",
        "invariant",
        "law_",
        "secret",
        "Uses",
        ">>>",
        "Shapes",
        "lambda",
    ):
        assert word not in bare
    assert [node.name for node in tree.body if isinstance(node, ast.FunctionDef)] == ["double", "f", "g"]
    space: dict[str, object] = {"__name__": "builtins"}
    exec(compile(tree, "kit", "exec"), space)
    assert eval("f(Point(1))", space) == 3
    assert eval("Point(5).near(Point(4))", space) is True
    with pytest.raises(NotImplementedError):
        eval("g(Point(1))", space)


def test_bare_keeps_an_import_of_icontract_that_given_code_needs() -> None:
    source = """
        import icontract
        from icontract import require, ViolationError
        def guarded(x: int) -> int:
            try:
                return f(x)
            except ViolationError:
                return 0
        @require(lambda x: x > 0)
        def f(x: int) -> int: ...
    """
    bare = print_module(read_sources("kit", {"kit/__init__.py": textwrap.dedent(source)}).modules[0], {}, view="bare")
    assert "from icontract import ViolationError\n" in bare
    assert "import icontract\n" not in bare
    assert "require" not in bare


def test_bare_copes_with_contracts_in_odd_layout() -> None:
    source = (
        "import icontract\nclass A:\n    @ \\\n    icontract.require(\n        lambda x: x)\n"
        "    def m(self, x): return x\n"
    )
    spec = read_sources("kit", {"kit/__init__.py": f"{source}def f(x: int) -> int: ...\n"})
    bare = print_module(spec.modules[0], {}, view="bare")
    assert "icontract" not in bare
    assert isinstance(ast.parse(bare).body[0], ast.ClassDef)


def test_delivered_keeps_docstrings_and_contracts_and_says_why_something_is_missing(spec: Spec) -> None:
    reason = "2 behaviours 'fit':\n\"é\" \\ \ud800"
    text = print_module(spec.modules[0], {"kit.f": "return p.x"}, view="delivered", undecided={"kit.g": reason})
    assert "law_" not in text
    assert "LIMIT = 3  # of everything" in text
    functions = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    assert ast.get_docstring(functions["f"]) == spec.unit("kit.f").docstring
    assert ast.unparse(functions["f"].body[-1]) == "return p.x"
    assert ast.unparse(functions["f"].decorator_list[0]).startswith("post(")
    raised = functions["g"].body[-1]
    assert isinstance(raised, ast.Raise)
    assert isinstance(raised.exc, ast.Call)
    assert ast.literal_eval(raised.exc.args[0]) == reason


def test_an_undecided_unit_wins_over_a_body(spec: Spec) -> None:
    text = print_module(spec.modules[0], {"kit.g": "return 77"}, view="delivered", undecided={"kit.g": "no"})
    assert "77" not in text


def test_a_stub_says_everything_once(spec: Spec) -> None:
    assert print_stub(spec.unit("kit.f")) == textwrap.dedent('''
        @post(lambda result: result < LIMIT)
        def f(p: Point, *, more: int = LIMIT) -> int:
            r"""Do the secret thing with \\\\ and "quotes".

            Uses: g

            >>> f(Point(1))
            1
            """
            ...
    ''').strip().replace("\\\\", "\\")


def test_the_context_is_what_the_unit_reaches(spec: Spec) -> None:
    context = print_context(spec, spec.unit("kit.f"))
    ast.parse(context)
    assert "from dataclasses import dataclass" in context
    assert "LIMIT = 3" in context
    assert "class Point" in context
    assert 'def g(p: Point) -> int:\n    """Help along."""\n    ...' in context
    for word in ("import os", "def double", "More words", "law_", "__future__"):
        assert word not in context


def test_the_context_is_empty_where_nothing_is_reached() -> None:
    spec = read_sources("kit", {"kit/__init__.py": "import re\nX = 1\ndef f(x: int) -> int: ...\n"})
    assert print_context(spec, spec.units()[0]) == ""


def test_the_context_names_what_lies_in_other_modules() -> None:
    spec = read_sources(
        "kit",
        {
            "kit/shapes.py": "SCALE = 2\nclass Point:\n    scale = SCALE\ndef area(p: Point) -> int: ...\n",
            "kit/a.py": "from .shapes import Point, area\nfrom kit import shapes as s\n"
            'def f(p: Point) -> int:\n    """Do.\n\n    Uses: area\n    """\n    ...\n'
            'def g(p: s.Point) -> int:\n    """Do.\n\n    Uses: s.area\n    """\n    ...\n',
            "kit/b.py": 'def h(p: int) -> int:\n    """Do.\n\n    Uses: kit.shapes.area\n    """\n    ...\n',
        },
    )
    f = print_context(spec, spec.unit("kit.a.f"))
    assert f.index("SCALE = 2") < f.index("class Point") < f.index("def area(p: Point)")
    assert "import" not in f
    g = print_context(spec, spec.unit("kit.a.g"))
    assert "from kit import shapes as s" in g
    assert "class Point" in g
    h = print_context(spec, spec.unit("kit.b.h"))
    assert "# from kit.shapes import area\ndef area" in h


def test_the_context_shows_given_code_that_the_docstring_mentions() -> None:
    source = (
        'VOWELS = "aeiou"\ndef is_vowel(c: str) -> bool:\n    return c in VOWELS\n'
        'def f(c: str) -> str:\n    """Use `is_vowel`."""\n    ...\n'
    )
    spec = read_sources("kit", {"kit/__init__.py": source})
    context = print_context(spec, spec.units()[0])
    assert "VOWELS" in context
    assert "def is_vowel" in context


BODIES = {
    "plain": "return 1",
    "comment and blank lines": "# why\n\nx = 1\n\n\nreturn x  # so",
    "triple quotes": 'x = """a\n  b\n\nc"""\nreturn x',
    "raw and bytes": "x = rb'''\n\\n\n'''\nreturn x",
    "f-string": 'y = 2\nx = f"""a {\ny\n} b\n  c"""\nreturn x',
    "continued string": "x = 'abc\\\n   def'\nreturn x",
    "continued line": "x = 1 + \\\n  2\nreturn x",
    "brackets": "x = [\n1,\n        2,\n]\nreturn x",
    "tabs": "if 1:\n\tx = 1\n\treturn x",
    "nested": "def g(a):\n    '''Doc\n    string.'''\n    return a\nclass A:\n    b = 1\nreturn g(1)",
    "imports": "import re\nfrom os import (\n    path,\n)\nreturn re",
    "carriage returns": "x = 1\r\nif x:\r\n    return '''a\r\nb'''\rreturn 2",
    "form feed": "x = 1\n\x0cy = 2\nreturn y",
    "semicolons": "x = 1; y = 2; return x",
    "string in a string": "x = \"'''\"\ny = '''\n\"\"\"\n  '''\nreturn y",
    "adjacent": "x = ('a'\n     '''b\n c'''\n 'd')\nreturn x",
    "trailing space": "x = 1   \nreturn x\n\n   \n",
    "generator": "for x in y:\n    yield x",
    "lone comment at the end": "return 1\n# bye",
    "wide": "é = 'ü'\nreturn é",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_indenting_keeps_the_meaning(body: str) -> None:
    function = ast.parse(f"def f():\n{indent_body(body)}\n").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert [ast.dump(node) for node in function.body] == [ast.dump(node) for node in ast.parse(body).body]


@pytest.mark.parametrize("body", ["", "\n\n", "# only a comment"])
def test_an_empty_body_passes(body: str) -> None:
    assert ast.unparse(ast.parse(f"def f():\n{indent_body(body)}\n")) == "def f():\n    pass"


@pytest.mark.parametrize("body", ["return (", "  x = 1", "x = '", "def", "\x00", "(" * 5000])
def test_a_body_that_is_not_python_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="not Python"):
        indent_body(body)


RAW_DOCSTRINGS = [
    "a", "a\n  b", "a\n\n    b\n  c", "\n  a\n    b", "\n    a\n  b", '"', 'a"', '"""', '"" """ " ""', "\\", "a\\n",
    '\\"', "\ta", "a\x00b", "a\rb", "\ud800", "é\u2028x", "a\n\n\n  ", "", "\n\n", "'''", "\\\n\\", "x\n    \n    y\\",
]  # fmt: skip


@pytest.mark.parametrize("raw", RAW_DOCSTRINGS)
def test_docstrings_read_back_as_they_were(raw: str) -> None:
    text = inspect.cleandoc(raw)
    assert ast.get_docstring(ast.parse(print_docstring(text, ""))) == text
    function = ast.parse(f"def f():\n{print_docstring(text, '    ')}").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert ast.get_docstring(function) == text
