"""Answers as small models write them: form is read tolerantly, substance strictly."""

from __future__ import annotations

import ast

import pytest

from swarmwright.agents.answers import LONGEST_CHARACTERS, Flag, ReadBody, read_body
from swarmwright.spec.values import Location, Parameter, Unit


def unit(name: str = "total", *names: str, returns: str | None = "int", decorators: tuple[str, ...] = ()) -> Unit:
    names = names or ("xs",)
    return Unit(
        module="m", name=name,
        parameters=tuple(Parameter(each, "list[int]", "positional_or_keyword", None) for each in names),
        returns=returns, docstring="", prose="", examples=(), contracts=(), decorators=decorators, uses=(),
        checked_with=(), evidence="standard", head=f"def {name}({', '.join(names)}):", source="",
        location=Location("m.py", 1, 1),
    )  # fmt: skip


def run(body: str, argument: object) -> object:
    space: dict[str, object] = {}
    lines = "\n".join("    " + line for line in body.split("\n"))
    exec(f"def total(xs):\n{lines}", space)
    return space["total"](argument)  # type: ignore[operator]


GOOD = {
    "continued": "    return sum(xs)",
    "continued, with a line end": "    return sum(xs)\n",
    "no indentation at all": "return sum(xs)",
    "several lines without indentation": "n = 0\nfor x in xs:\n    n += x\nreturn n",
    "first line lost its indentation": "n = 0\n    for x in xs:\n        n += x\n    return n",
    "first line is a loop and lost its indentation": "for x in xs[:0]:\n        pass\n    return sum(xs)",
    "two spaces": "  n = sum(xs)\n  return n",
    "eight spaces": "        n = sum(xs)\n        return n",
    "tabs": "\tn = 0\n\tfor x in xs:\n\t\tn += x\n\treturn n",
    "blank line first": "\n\n    return sum(xs)",
    "windows line ends": "    n = sum(xs)\r\n    return n\r\n",
    "closed fence and prose": "    return sum(xs)\n```\nThis function adds all numbers.",
    "closed fence, prose and a usage block": "    return sum(xs)\n```\nUse it:\n```python\nprint(total([1]))\n```",
    "prose without a fence": "    return sum(xs)\n\nThis function returns the sum; it doesn't change xs.",
    "assert and print after it": "    return sum(xs)\n\nassert total([1]) == 1\nprint(total([2]))",
    "whole function": "def total(xs):\n    return sum(xs)",
    "whole function with types": "def total(xs: list[int]) -> int:\n    return sum(xs)\n",
    "whole function fenced, prose before": "Sure! Here it is:\n\n```python\ndef total(xs):\n    return sum(xs)\n```",
    "whole function, prose before, no fence": "Here it is:\n\ndef total(xs):\n    return sum(xs)\n",
    "tilde fence": "~~~python\ndef total(xs):\n    return sum(xs)\n~~~",
    "fence without language": "```\ndef total(xs):\n    return sum(xs)\n```",
    "fence that is never closed": "```python\ndef total(xs):\n    return sum(xs)\n",
    "docstring again": '    """Add.\n\n    >>> total([1])\n    1\n    """\n    return sum(xs)',
    "docstring again in the whole function": 'def total(xs):\n    """Add."""\n    return sum(xs)',
    "contract again": "@icontract.ensure(lambda result: result >= 0)\ndef total(xs):\n    return sum(xs)",
    "function inside itself": "    def total(xs):\n        return sum(xs)\n",
    "itself after an import": "    import math\n    def total(xs):\n        return math.fsum(xs) // 1\n",
    "import before": "import math\n\ndef total(xs):\n    return int(math.fsum(xs))",
    "future import before": "from __future__ import annotations\n\ndef total(xs):\n    return sum(xs)",
    "import inside": "    from functools import reduce\n    return reduce(lambda a, b: a + b, xs, 0)",
    "helper before": "def add(a, b):\n    return a + b\n\ndef total(xs):\n    n = 0\n"
    "    for x in xs:\n        n = add(n, x)\n    return n",
    "helper after": "    return fold(xs)\n\ndef fold(xs):\n    return sum(xs)\n",
    "helper that needs an import": "import math\ndef fold(v): return int(math.fsum(v))\ndef total(xs): return fold(xs)",
    "helper inside": "    def fold(ys):\n        return sum(ys)\n    return fold(xs)",
    "constant before": "START = 0\n\ndef total(xs):\n    return START + sum(xs)",
    "constant on several lines": "TABLE = {\n    1: 0,\n}\n\ndef total(xs):\n    return sum(xs) + TABLE[1]",
    "end marker of the chat template": "    return sum(xs)<|im_end|>",
    "an escape python warns of": '    s = "\\d"\n    return sum(xs) + 0 * len(s)',
    "main guard after it": 'def total(xs):\n    return sum(xs)\n\nif __name__ == "__main__":\n    total([])',
    "broken code after it": "def total(xs):\n    return sum(xs)\n\ndef test_total(:\n    pass",
    "comments": "    # add\n    n = sum(xs)  # all\n    # done\n    return n",
    "return in both branches": "    if not xs:\n        return 0\n    else:\n        return sum(xs)",
    "thinking tags": "<think>add them</think>\n```python\ndef total(xs):\n    return sum(xs)\n```",
    "the last of two versions": "def total(xs):\n    return 0\n\ndef total(xs):\n    return sum(xs)",
}  # fmt: skip


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_form_is_read_tolerantly(text: str) -> None:
    read = read_body(text, unit())
    assert isinstance(read, ReadBody), read
    assert run(read.body, [1, 2, 3]) == 6
    assert run(read.body, []) == 0
    assert "```" not in read.body
    assert not read.body.startswith((" ", "\n"))


BAD = {
    "nothing": ("", "empty"),
    "fences only": ("```python\n```", "empty"),
    "dots": ("    ...", "empty"),
    "pass": ("    pass", "empty"),
    "docstring only": ('    """Add them."""', "empty"),
    "not implemented": ("    raise NotImplementedError", "empty"),
    "not implemented, with words": ("    raise NotImplementedError('later')", "empty"),
    "prose only": ("I am sorry, but I cannot write this function.", "unparseable"),
    "broken inside": ("    if xs\n        return 1\n    return 2", "unparseable"),
    "another language": ("    int n = 0;\n    return n;", "unparseable"),
    "bracket never closed": ("    return sum(xs", "unparseable"),
    "null byte": ("    return '\x00'", "unparseable"),
    "lone surrogate": ("    return '\ud800'", "unparseable"),
    "nested beyond the parser": ("    return " + "(" * 900 + "1" + ")" * 900, "unparseable"),
    "return outside": ("    yield 1\n    nonlocal y\n    return 1", "unparseable"),
    "star import": ("    from math import *\n    return sum(xs)", "unparseable"),
    "never returns": ("    n = sum(xs)", "unfinished"),
    "returns nothing": ("    n = sum(xs)\n    return", "unfinished"),
    "only a helper returns": ("    def fold(ys):\n        return sum(ys)\n    fold(xs)", "unfinished"),
    "prints instead": ("    print(sum(xs))", "unfinished"),
    "other parameters": ("def total(numbers):\n    return sum(numbers)", "wrong signature"),
    "one parameter more": ("def total(xs, start):\n    return sum(xs, start)", "wrong signature"),
    "catches all": ("def total(*args, **kwargs):\n    return 1", "wrong signature"),
    "in a class": ("class Solution:\n    def total(self, xs):\n        return sum(xs)", "wrong shape"),
    "async": ("async def total(xs):\n    return sum(xs)", "wrong shape"),
    "decorated": ("@lru_cache\ndef total(xs):\n    return sum(xs)", "wrong shape"),
    "too long": ("    return 1" + " " * LONGEST_CHARACTERS, "too long"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name"), BAD.values(), ids=BAD)
def test_substance_is_read_strictly(text: str, name: str) -> None:
    read = read_body(text, unit())
    assert isinstance(read, Flag), read
    assert read.name == name
    assert read.detail


@pytest.mark.parametrize(
    "text", ["    n = 0\n    for x in xs:\n        n +", "    n = 0\n    return n", "def total(xs):\n    return su"]
)
def test_a_cut_answer_is_unfinished_even_where_it_parses(text: str) -> None:
    read = read_body(text, unit(), truncated=True)
    assert isinstance(read, Flag)
    assert read.name == "unfinished"


@pytest.mark.parametrize(
    "text",
    ["    return sum(xs)\n```\nThis functi", "    return sum(xs)\n\ndef test_tot", "    return sum(xs)\n\nNow we"],
)
def test_a_cut_after_the_function_does_no_harm(text: str) -> None:
    assert read_body(text, unit(), truncated=True) == ReadBody("return sum(xs)")


def test_strings_of_several_lines_keep_their_text() -> None:
    text = '    art = """one\n  two\n        three"""\n    for line in art:\n        pass\n    return len(art)'
    read = read_body(text, unit())
    assert isinstance(read, ReadBody)
    assign = ast.parse(read.body).body[0]
    assert isinstance(assign, ast.Assign)
    assert ast.literal_eval(assign.value) == "one\n  two\n        three"


def test_comments_survive_and_statements_on_one_line_are_split() -> None:
    assert read_body("    # why\n    return 1  # so", unit()) == ReadBody("return 1  # so")
    read = read_body("    n = 1; return n", unit())
    assert isinstance(read, ReadBody)
    assert run(read.body, []) == 1


def test_a_unit_that_returns_nothing_needs_no_return() -> None:
    assert read_body("    xs.clear()", unit(returns="None")) == ReadBody("xs.clear()")


def test_a_generator_and_a_body_that_only_raises_count_as_finished() -> None:
    assert isinstance(read_body("    yield from xs", unit()), ReadBody)
    assert isinstance(read_body("    raise ValueError(xs)", unit()), ReadBody)


def test_decorators_of_the_unit_may_be_repeated() -> None:
    text = "@cache\ndef total(xs):\n    return sum(xs)"
    assert read_body(text, unit(decorators=("@cache",))) == ReadBody("return sum(xs)")


def test_unneeded_neighbours_are_left_out() -> None:
    text = "import os\ndef unused():\n    return os\ndef total(xs):\n    return sum(xs)"
    assert read_body(text, unit()) == ReadBody("return sum(xs)")


def test_recursion_through_its_own_name_stays() -> None:
    text = "    if not xs:\n        return 0\n    return xs[0] + total(xs[1:])"
    read = read_body(text, unit())
    assert isinstance(read, ReadBody)
    assert run(read.body, [1, 2, 3]) == 6
