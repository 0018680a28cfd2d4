import textwrap
from pathlib import Path

import pytest

from swarmwright.spec.lint import check_spec
from swarmwright.spec.reader import read_sources, read_spec
from swarmwright.spec.values import Diagnostic

DOC = '"""Do.\n\n    >>> f(1)\n    1\n    """\n    ...\n'
GOOD = f"def f(x: int) -> int:\n    {DOC}"


def lint(text: str, name: str = "demo") -> tuple[Diagnostic, ...]:
    return check_spec(read_sources(name, {f"{name}/__init__.py": textwrap.dedent(text).lstrip("\n")}))


def test_a_good_specification_has_no_findings() -> None:
    assert lint(GOOD) == ()
    assert check_spec(read_spec(Path(__file__).parents[2] / "examples" / "textkit")) == ()


CASES = {
    "missing-type of a parameter": ("def f(a: int,\n      x) -> int:\n    " + DOC, "missing-type", "error", 2, 7),
    "missing-type of the result": ("def f(x: int):\n    " + DOC, "missing-type", "error", 1, 1),
    "no-evidence": ("def f(x: int) -> int: ...\n", "no-evidence", "error", 1, 1),
    "no-evidence with a precondition": (
        "import icontract\n@icontract.require(lambda x: x > 0)\ndef f(x: int) -> int: ...\n",
        "no-evidence", "error", 3, 1,
    ),
    "no-evidence but a law": (
        "def f(x: int) -> int: ...\ndef law_f(x: int) -> bool:\n    return f(x) == x\n",
        "no-evidence", "warning", 1, 1,
    ),
    "unknown-uses": (GOOD.replace("Do.", "Do.\n\n    Uses: nope"), "unknown-uses", "error", 1, 1),
    "unknown-uses of given code": (
        "def g() -> int:\n    return 1\n" + GOOD.replace("Do.", "Do.\n\n    Uses: g"), "unknown-uses", "error", 3, 1,
    ),
    "law-names-nothing": (
        GOOD + "def law_x(x: int) -> bool:\n    return x == x\n", "law-names-nothing", "error", 8, 1,
    ),
    "law-without-types": (GOOD + "def law_x(x) -> bool:\n    return f(x) == x\n", "law-without-types", "error", 8, 1),
    "empty-law": (GOOD + "def law_x(x: int) -> bool: ...\n", "empty-law", "error", 8, 1),
    "async-law": (GOOD + "async def law_x(x: int) -> bool:\n    return f(x)\n", "async-law", "error", 8, 1),
    "unknown-type": ("def f(é: int, x: Lisst[int]) -> int:\n    " + DOC, "unknown-type", "error", 1, 15),
    "unknown-type in a string": ("def f(x: 'list[Foo]') -> int:\n    " + DOC, "unknown-type", "error", 1, 7),
    "unknown-type that is a function": ("def f(x: any) -> int:\n    " + DOC, "unknown-type", "error", 1, 7),
    "unknown-type that is no expression": ("def f(x: 'list[') -> int:\n    " + DOC, "unknown-type", "error", 1, 7),
    "unknown-type without an import": ("def f(x: Optional[int]) -> int:\n    " + DOC, "unknown-type", "error", 1, 7),
    "contradicting-examples": (
        GOOD.replace("    1\n", "    1\n    >>> f( 1 )  # again\n    2\n"), "contradicting-examples", "error", 6, 5,
    ),
    "contradicting-examples with an exception": (
        GOOD.replace("    1\n", "    1\n    >>> f(1)\n    Traceback (most recent call last):\n    ValueError: no\n"),
        "contradicting-examples", "error", 6, 5,
    ),
    "async-unit": ("async " + GOOD, "async-unit", "error", 1, 1),
    "duplicate-name": (GOOD + GOOD, "duplicate-name", "error", 8, 1),
    "duplicate-name with an import": (GOOD + "from os import path as f\n", "duplicate-name", "error", 8, 1),
    "unknown-evidence": (GOOD.replace("Do.", "Do.\n\n    Evidence: proved"), "unknown-evidence", "error", 1, 1),
    "two demands": (
        GOOD.replace("Do.", "Do.\n\n    Evidence: tested\n    Evidence: bounded"), "unknown-evidence", "error", 1, 1,
    ),
    "bad-doctest": (GOOD.replace("f(1)\n    1", "f(1\n    1"), "bad-doctest", "error", 4, 5),
    "bad-doctest without a space": (
        GOOD.replace("    1\n", "    1\n    >>>f(2)\n    2\n"), "bad-doctest", "error", 1, 1,
    ),
    "example-elsewhere": (
        GOOD.replace("    1\n", "    1\n    >>> abs(2)\n    2\n"), "example-elsewhere", "warning", 6, 5,
    ),
    "unsupported-parameter": (
        "def f(x: int, *more: int) -> int:\n    " + DOC, "unsupported-parameter", "warning", 1, 16,
    ),
    "unknown-name": (
        "import icontract\n@icontract.ensure(lambda result: resullt > LIMIT)\n" + GOOD, "unknown-name", "error", 2, 2,
    ),
    "bad-contract argument": (
        "import icontract\n@icontract.require(lambda y: y)\n" + GOOD, "bad-contract", "error", 2, 2,
    ),
    "bad-contract result": (
        "import icontract\n@icontract.require(lambda result: 1)\n" + GOOD, "bad-contract", "error", 2, 2,
    ),
    "bad-contract empty": ("import icontract\n@icontract.require()\n" + GOOD, "bad-contract", "error", 2, 2),
    "unknown-import of a module": ("# why\nfrom .nope import x\n" + GOOD, "unknown-import", "error", 2, 1),
    "unknown-import of a name": ("from demo import nope\n" + GOOD, "unknown-import", "error", 1, 1),
    "unknown-import in a condition": ("if 1:\n    from demo.nope import x\n" + GOOD, "unknown-import", "error", 2, 5),
    "stub-not-built in a condition": (
        "if 1:\n    def g(x: int) -> int: ...\n" + GOOD, "stub-not-built", "warning", 2, 5,
    ),
    "stub-not-built in a class": (
        "# c\nclass A:\n    def g(self) -> int: ...\n" + GOOD, "stub-not-built", "warning", 3, 5,
    ),
    "docstring-only": ('def g(x: int) -> int:\n    """Do."""\n' + GOOD, "docstring-only", "warning", 1, 1),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "severity", "line", "column"), CASES.values(), ids=CASES.keys())
def test_a_fault_is_found_where_it_is(text: str, code: str, severity: str, line: int, column: int) -> None:
    found = [d for d in lint(text) if d.code == code]
    assert found, lint(text)
    first = found[0]
    assert (first.severity, first.location.line, first.location.column) == (severity, line, column)
    assert first.location.file == "demo/__init__.py"
    assert first.remedy
    assert not first.message.endswith(".")
    assert "\n" not in str(first)


def test_only_one_fault_is_found_in_most_cases() -> None:
    alone = {name: {d.code for d in lint(case[0])} for name, case in CASES.items()}
    more = {name for name, codes in alone.items() if len(codes) > 1}
    assert more <= {"unknown-name", "bad-doctest", "async-law", "empty-law", "bad-doctest without a space"}


def test_a_cycle_is_named_once_and_recursion_is_allowed() -> None:
    def unit(name: str, uses: str) -> str:
        return GOOD.replace("f(", f"{name}(").replace("Do.", f"Do.\n\n    Uses: {uses}")

    text = unit("a", "b") + unit("b", "c, b") + unit("c", "a") + unit("d", "d, a")
    (cycle,) = lint(text)
    assert (cycle.code, cycle.location.line) == ("uses-cycle", 1)
    assert "a -> b -> c -> a" in cycle.message


def test_long_chains_are_no_problem() -> None:
    names = [f"f{i}" for i in range(1500)]
    text = "".join(
        f'def {name}(x: int) -> int:\n    """Do.\n\n    Uses: {after}\n\n    >>> {name}(1)\n    1\n    """\n    ...\n'
        for name, after in zip(names, [*names[1:], names[-1]], strict=True)
    )
    assert lint(text) == ()


def test_types_that_are_known() -> None:
    text = """
        from __future__ import annotations
        import typing as t
        from collections.abc import Sequence
        from dataclasses import dataclass
        T = t.TypeVar("T")
        @dataclass
        class Point:
            x: int
        def f(a: t.Literal["Foo", 1], b: Sequence[Point | None], c: "dict[str, Point]", d: T,
              e: t.Annotated[int, "any words"], g: tuple[int, ...] = ()) -> None:
            '''Do.

            >>> f(1, [], {}, 2, 3)
            '''
            ...
    """
    assert lint(text) == ()


def test_equal_wants_in_other_words_do_not_contradict() -> None:
    assert lint(GOOD.replace("    1\n", "    {'a': 1}\n    >>> f(1)\n    {\"a\":  1}\n")) == ()


def test_overloads_do_not_count_as_defined_twice() -> None:
    assert lint("from typing import overload\n@overload\ndef f(x: int) -> int: ...\n" + GOOD) == ()


def test_names_of_packages_that_are_needed_are_refused() -> None:
    assert [d.code for d in lint(GOOD, "statistics")] == ["shadowed-package"]
    assert [d.code for d in lint(GOOD, "hypothesis")] == ["shadowed-package"]


def test_uses_of_a_unit_that_is_not_imported_is_a_warning() -> None:
    sources = {"kit/a.py": GOOD, "kit/b.py": GOOD.replace("f(", "g(").replace("Do.", "Do.\n\n    Uses: kit.a.f")}
    (found,) = check_spec(read_sources("kit", sources))
    assert (found.code, found.severity, found.remedy) == ("uses-not-imported", "warning", "Add `from kit.a import f`")
    sources["kit/b.py"] = "import kit.a\n" + sources["kit/b.py"]
    assert check_spec(read_sources("kit", sources)) == ()


LAW = "def law_f(x: int) -> bool:\n    return f(x) == x\n"


def test_given_code_that_needs_a_law_is_refused() -> None:
    found = lint(GOOD + LAW + "def g(x: int) -> bool:\n    return law_f(x)\n")
    assert [(d.code, d.location.line) for d in found] == [("law-needed", 10)]
    sources = {"kit/a.py": GOOD + LAW, "kit/b.py": "from .a import law_f as h\n"}
    (imported,) = check_spec(read_sources("kit", sources))
    assert (imported.code, imported.location.file) == ("law-needed", "kit/b.py")


def test_units_that_are_called_through_given_code_are_named() -> None:
    given = "class Point:\n    def size(self) -> int:\n        return f(1)\n"
    reaching = GOOD.replace("f(", "g(").replace("x: int", "x: int | Point")
    (found,) = lint(given + GOOD + reaching)
    assert (found.code, found.severity, found.location.line) == ("uses-through-given", "warning", 11)
    assert lint(given + GOOD + reaching.replace("Do.", "Do.\n\n    Uses: f")) == ()


def test_findings_are_sorted_by_place() -> None:
    found = lint("def g(x, y): ...\ndef f(z): ...\n")
    places = [(d.location.line, d.location.column) for d in found]
    assert places == sorted(places)
    assert len(found) == 7
