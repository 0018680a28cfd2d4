"""Right bodies read from Python files, and wrong ones made from them."""

from __future__ import annotations

import ast
import copy
import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from swarmwright.errors import ConfigError

Function = ast.FunctionDef | ast.AsyncFunctionDef

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
}


def solutions_from(path: Path | str) -> dict[str, str]:
    """Return the bodies of all top-level functions of a Python file, or of all files below a folder, by name.

    Bodies are dedented source without the docstring. Functions without a body of their own (``...``) are left out.

    Raises:
        ConfigError: nothing to read there, not Python, or two different functions of one name.
    """
    path = Path(path)
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    solutions: dict[str, str] = {}
    for file in files:
        try:
            source = file.read_text(encoding="utf-8")
            tree = ast.parse(source)
        except (OSError, SyntaxError, ValueError) as error:
            raise ConfigError(f"solutions {file}: {error}") from error
        for node in tree.body:
            if not isinstance(node, Function):
                continue
            body = _body(node, source)
            if body and solutions.setdefault(node.name, body) != body:
                raise ConfigError(f"solutions {file}:{node.lineno}: a different function {node.name} was already read")
    if not solutions:
        raise ConfigError(f"solutions {path}: there is no function with a body")
    return solutions


def _body(function: Function, source: str) -> str:
    statements = function.body
    if ast.get_docstring(function, clean=False) is not None:
        statements = statements[1:]
    if not statements or (len(statements) == 1 and ast.unparse(statements[0]) == "..."):
        return ""
    printed = "\n".join(ast.unparse(statement) for statement in statements) + "\n"
    lines = source.splitlines(keepends=True)[statements[0].lineno - 1 : function.end_lineno]
    text = textwrap.dedent("".join(lines)).rstrip() + "\n"
    # Text inside multi-line strings may not survive dedenting, and one-line functions have no lines of their own.
    try:
        same = [ast.dump(node) for node in parsed_body(text)] == [ast.dump(node) for node in statements]
    except SyntaxError:
        same = False
    return text if same else printed


def parsed_body(body: str) -> list[ast.stmt]:
    """Parse the statements of a function's body; raise ``SyntaxError`` where they are none."""
    function = ast.parse("async def body():\n" + textwrap.indent(body, "    ", lambda _line: True)).body[0]
    if not isinstance(function, Function):
        raise SyntaxError("no function body")
    return function.body


def wrong_bodies(body: str) -> tuple[str, ...]:
    """Return bodies that differ from this one in a single place, in a fixed order; never empty.

    They are meant to be wrong; a few may happen to behave the same.
    """
    try:
        module = ast.Module(parsed_body(body), [])
    except (SyntaxError, ValueError):
        return ("return None\n",)
    original = ast.unparse(module)
    places = sum(1 for _ in _changes(module))
    bodies: dict[str, None] = {}
    for place in range(places):
        changed = copy.deepcopy(module)
        for number, apply in enumerate(_changes(changed)):
            if number == place:
                apply()
                break
        text = ast.unparse(ast.fix_missing_locations(changed))
        if text != original:
            bodies[text + "\n"] = None
    if not bodies:
        bodies["return 0\n" if original == "return None" else "return None\n"] = None
    return tuple(bodies)


def _changes(module: ast.Module) -> Iterator[Callable[[], None]]:
    """Yield the changes that could be made, in the order of the tree."""
    for node in ast.walk(module):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
            yield partial(node.ops.__setitem__, 0, _COMPARED[type(node.ops[0])]())
        elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
            yield partial(setattr, node, "op", _COMPUTED[type(node.op)]())
        elif isinstance(node, ast.BoolOp):
            yield partial(setattr, node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield partial(setattr, node, "value", not node.value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield partial(setattr, node, "value", node.value + 1)
        elif isinstance(node, ast.If | ast.While):
            yield partial(setattr, node, "test", ast.UnaryOp(ast.Not(), node.test))
        elif isinstance(node, ast.Return) and node.value is not None:
            yield partial(setattr, node, "value", ast.Constant(None))
