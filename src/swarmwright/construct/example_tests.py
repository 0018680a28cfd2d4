"""One test for each Example: a plain assertion where the expected text is a value, a doctest where it is not."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable

from swarmwright.construct.names import BUILTINS, mentioned
from swarmwright.spec.values import Example, Module, Unit

DOCTEST_RUNNER = '''
def run_doctest(source: str) -> None:
    """Run one doctest in the module's own names; what it prints must be what stands there."""
    import {module} as module

    test = {doctest}.DocTestParser().get_doctest(source, dict(vars(module)), "example", None, 0)
    assert {doctest}.DocTestRunner(verbose=False).run(test).failed == 0
'''


class ExampleTests:
    """Writes the tests of Examples for one file; ``names`` collects what they mention."""

    def __init__(self, module: Module, bound: set[str], tool: Callable[[str], str]) -> None:
        """Write for ``module``, which binds the names ``bound``; ``tool`` names an imported tool."""
        self.module, self.bound, self.tool = module, bound, tool
        self.names: set[str] = set()
        self.needs_doctest = False

    def write(self, unit: Unit, number: int, example: Example) -> str:
        """Return the test's source, without marks."""
        head = f"def test_{unit.name}_example_{number}() -> None:\n"
        body = self._plain(example)
        if body is None:
            self.needs_doctest = True
            body = f"run_doctest({_doctest_text(example)!r})"
        else:
            self.names |= mentioned(*example.setup, example.source, body)
        setup = "" if body.startswith("run_doctest") else "".join(f"{s.rstrip()}\n" for s in _effective(example.setup))
        return head + textwrap.indent(setup + body, "    ") + "\n"

    def _plain(self, example: Example) -> str | None:
        source = example.source.strip()
        if "doctest:" in source or any("doctest:" in line for line in example.setup):
            return None
        if self._unknown(example):
            return None
        if example.raises is not None:
            return self._raising(source, example.raises)
        try:
            ast.parse(source, mode="eval")
        except SyntaxError:
            return None if example.want.strip() else source
        want = example.want.strip()
        if not want:
            return f"assert ({source}) is None"
        if "\n" in source or "#" in source or source.startswith("print("):
            return None
        return self._comparison(source, want)

    def _unknown(self, example: Example) -> bool:
        """Say whether the example needs names that only the doctest's own namespace has."""
        assigned: set[str] = set()
        for statement in (*example.setup, example.source):
            try:
                tree = ast.parse(statement)
            except SyntaxError:
                return True
            for node in ast.walk(tree):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    assigned.add(node.id)
                elif isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.arg)):
                    assigned |= _binds(node)
        if assigned & self.bound:
            return True
        return bool(mentioned(*example.setup, example.source) - assigned - self.bound - BUILTINS)

    def _raising(self, source: str, name: str) -> str:
        short = name.split(".")[-1]
        pytest = self.tool("pytest")
        if short in BUILTINS or short in self.bound:
            self.names.add(short)
            return f"with {pytest}.raises({short}):\n{textwrap.indent(source, '    ')}"
        inside = textwrap.indent(source, "    ")
        return f"with {pytest}.raises(Exception) as caught:\n{inside}\nassert type(caught.value).__name__ == {short!r}"

    def _comparison(self, source: str, want: str) -> str:
        try:
            node = ast.parse(want, mode="eval").body
        except SyntaxError:
            return f"assert repr({source}) == {want!r}"
        if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool)):
            return f"assert {source} is {want}" if _is_atom(source) else f"assert ({source}) is {want}"
        if mentioned(want) - BUILTINS - self.bound:
            return f"assert repr({source}) == {want!r}"
        left = source if _is_atom(source) else f"({source})"
        if _is_flat_of_floats(node):
            return f"assert {left} == {self.tool('pytest')}.approx({want}, rel=1e-12, abs=1e-300)"
        return f"assert {left} == {want}"


def _effective(setup: tuple[str, ...]) -> list[str]:
    """Return the statements that an example stands on; earlier examples count only for what they change."""
    kept = []
    for statement in setup:
        tree = ast.parse(statement)
        node = tree.body[0] if tree.body else None
        if isinstance(node, ast.Expr):
            if isinstance(node.value, ast.Call) and not statement.lstrip().startswith("print("):
                kept.append(f"_ = {statement.strip()}")
        elif node is not None:
            kept.append(statement)
    return kept


def _binds(node: ast.AST) -> set[str]:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return {str(getattr(node, "name", getattr(node, "arg", "")))}


def _is_atom(source: str) -> bool:
    node = ast.parse(source, mode="eval").body
    return isinstance(node, (ast.Call, ast.Name, ast.Constant, ast.Subscript, ast.Attribute))


def _is_flat_of_floats(node: ast.expr) -> bool:
    parts = list(node.elts) if isinstance(node, (ast.List, ast.Tuple)) else [node]
    numbers = []
    for part in parts:
        try:
            numbers.append(ast.literal_eval(part))
        except ValueError:
            return False
    return any(isinstance(n, float) for n in numbers) and all(
        isinstance(n, (int, float)) and not isinstance(n, bool) for n in numbers
    )


def _doctest_text(example: Example) -> str:
    lines = []
    for statement in (*_effective(example.setup), example.source):
        first, *rest = statement.rstrip("\n").split("\n")
        lines += [f">>> {first}", *(f"... {line}" for line in rest)]
    if example.raises is not None:
        return (
            "\n".join([*lines, "Traceback (most recent call last):", "    ...", example.want.strip().split("\n")[-1]])
            + "\n"
        )
    return "\n".join([*lines, example.want.rstrip("\n")]).rstrip() + "\n"
