"""From Python as it is written to what the search computes: lists are tuples, sets frozensets, dicts rows. Pure."""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence

from swarmwright.colony.expressions import kind_at
from swarmwright.colony.grammar import NAMES

_LOAD = ast.Load()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLAIN = _words(
    "abs all any bool chr enumerate filter float int isinstance len map max min ord reversed round str sum zip"
)
_MAKERS = {"list": "tuple", "sorted": "tuple", "tuple": "tuple", "set": "frozenset", "frozenset": "frozenset"}
FUNCTIONS = _PLAIN | frozenset(_MAKERS) | {"range", "dict"}
"""Built-in functions that may stand in an expression."""
_LISTING = frozenset(("split", "rsplit", "splitlines"))
_WIDE = frozenset(("zfill", "rjust", "ljust", "center"))
_METHODS = _words(
    "capitalize casefold count endswith find get index isalnum isalpha isdigit islower isspace isupper items join keys "
    "lower lstrip partition removeprefix removesuffix replace rfind rindex rpartition rstrip startswith strip swapcase "
    "title upper values difference intersection issubset issuperset symmetric_difference union"
)
_SCALARS = frozenset(("int", "float", "bool", "str"))
_EAGER = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.FormattedValue, ast.comprehension)
_TOUCHING = _PLAIN - {"isinstance", "zip", "map", "filter"} | {"sorted", "list", "set", "tuple"}


class UnknownError(Exception):
    """An expression that the search cannot compute."""


def inward_text(root: ast.expr) -> str | None:
    """Return an expression as the search computes it; None where it cannot.

    Args:
        root: the expression, whose parts know what kind they were seen to give.
    """
    try:
        tree = _Inward().visit(copy.deepcopy(root))
    except UnknownError:
        return None
    return ast.unparse(ast.fix_missing_locations(tree))


def embeds(root: ast.expr) -> bool:
    """Tell whether one of the names ``a``, ``b``, ``c`` may come into the result without being looked at."""
    for node in ast.walk(root):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Name) and child.id in NAMES and not _touches(node, child):
                return True
    return isinstance(root, ast.Name)


def _touches(node: ast.AST, part: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _TOUCHING and part in node.args
    if isinstance(node, ast.comprehension):
        return part is node.iter
    if isinstance(node, ast.Subscript | ast.Attribute):
        return part is node.value
    return isinstance(node, _EAGER)


class _Inward(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        kind = kind_at(node)
        found: ast.AST = super().visit(node)
        vars(found)["seen"] = kind
        return found

    def _of(self, node: ast.expr) -> ast.expr:
        found = self.visit(node)
        assert isinstance(found, ast.expr)
        return found

    def _every(self, nodes: Sequence[ast.expr]) -> list[ast.expr]:
        return [self._of(node) for node in nodes]

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Starred | ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
            raise UnknownError
        return super().generic_visit(node)

    def visit_List(self, node: ast.List) -> ast.AST:
        return ast.Tuple(self._every(node.elts), _LOAD)

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        self.generic_visit(node)
        return _call("tuple", [ast.GeneratorExp(node.elt, node.generators)])

    def visit_Set(self, node: ast.Set) -> ast.AST:
        return _call("frozenset", [ast.Tuple(self._every(node.elts), _LOAD)])

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        self.generic_visit(node)
        return _call("frozenset", [ast.GeneratorExp(node.elt, node.generators)])

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        return _call("_row", [self.generic_visit(node)])

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        return _call("_row", [self.generic_visit(node)])

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if node.attr.startswith("_"):
            raise UnknownError
        return _call("_get", [self.visit(node.value), ast.Constant(node.attr)])

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        if node.format_spec is not None or kind_at(node.value) not in _SCALARS:
            raise UnknownError
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        kinds = (kind_at(node.left), kind_at(node.right))
        self.generic_visit(node)
        known = all(kind in _SCALARS - {"str"} for kind in kinds)
        match node.op:
            case ast.Mult() if not known:
                return _repeated(node, kinds)
            case ast.Pow():
                if kinds != ("int", "int"):
                    raise UnknownError
                return _call("_power", [node.left, node.right])
            case ast.LShift() | ast.RShift() | ast.MatMult():
                raise UnknownError
            case ast.Mod() if not known:
                raise UnknownError
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Attribute):
            return self._method(node, node.func)
        kinds = [kind_at(one) for one in node.args]
        if not isinstance(node.func, ast.Name):
            raise UnknownError
        name = node.func.id
        arguments = self._every(node.args)
        words = [ast.keyword(one.arg, self._of(one.value)) for one in node.keywords]
        if name == "range":
            return _range(arguments, words)
        if name in _MAKERS:
            inner = ast.Call(node.func, arguments, words) if name == "sorted" else arguments
            return _call(_MAKERS[name], [inner] if isinstance(inner, ast.Call) else inner)
        if name == "dict":
            return _call("_row", [ast.Call(node.func, arguments, words)])
        if name == "str" and not (len(kinds) == 1 and kinds[0] in _SCALARS):
            raise UnknownError
        if name not in _PLAIN:
            raise UnknownError
        return ast.Call(node.func, arguments, words)

    def _method(self, node: ast.Call, method: ast.Attribute) -> ast.AST:
        own = self._of(method.value)
        arguments = self._every(node.args)
        words = [ast.keyword(one.arg, self._of(one.value)) for one in node.keywords]
        function = ast.Attribute(own, method.attr, _LOAD)
        if method.attr == "copy" and not arguments:
            return own
        if method.attr in _WIDE and not words:
            return _call("_bounded", [function, *arguments])
        if method.attr in _LISTING:
            return _call("tuple", [ast.Call(function, arguments, words)])
        if method.attr not in _METHODS:
            raise UnknownError
        return ast.Call(function, arguments, words)


def _call(name: str, arguments: Sequence[ast.AST]) -> ast.Call:
    return ast.Call(ast.Name(name, _LOAD), [one for one in arguments if isinstance(one, ast.expr)], [])


def _repeated(node: ast.BinOp, kinds: tuple[str, str]) -> ast.expr:
    """Return a repetition that stays short."""
    for (value, kind), (times, count) in (
        ((node.left, kinds[0]), (node.right, kinds[1])),
        ((node.right, kinds[1]), (node.left, kinds[0])),
    ):
        if (kind == "str" or kind.startswith("list[")) and count == "int":
            return _call("_repeat", [value, times])
    raise UnknownError


def _range(arguments: Sequence[ast.AST], words: Sequence[ast.keyword]) -> ast.expr:
    if words or not 1 <= len(arguments) <= 2:
        raise UnknownError
    return _call("_range", [ast.Constant(0), *arguments] if len(arguments) == 1 else arguments)
