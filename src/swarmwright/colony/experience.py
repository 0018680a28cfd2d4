"""Experience: which productions bodies are made of, and what that says of the next ones. Pure.

Bodies of any origin count, also refuted ones of a model: what it gets wrong is rarely what it needs (HySynth, NeurIPS
2024, takes the weights of a grammar from a model's completions).
"""

from __future__ import annotations

import ast
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from swarmwright.colony.expressions import parse_body
from swarmwright.colony.grammar import NAMES, Production, load_grammar

LIKELY = -1
"""What is added to the cost of a production that bodies use."""
UNLIKELY = 1
"""What is added to the cost of one that they do not use."""
_FEWEST_BODIES = 3
"""Fewer bodies than these say nothing of what they lack."""
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.Lt, ast.GtE: ast.LtE}
_DENIED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.NotIn: ast.In}
_VIEWS = frozenset(("items", "keys", "values"))
_RUNS = frozenset(("range", "enumerate", "zip", "reversed"))


def weights_from(bodies: Iterable[str], grammar: Sequence[Production] | None = None) -> dict[str, int]:
    """Return what is added to the costs of productions, by name, after these bodies of one function or program.

    What any of them uses is cheaper; where there are several, what none of them uses is dearer.

    Args:
        bodies: as text; what is no Python says nothing.
        grammar: the productions; our own where none is given.
    """
    known = load_grammar() if grammar is None else grammar
    trees = [body for body in dict.fromkeys(bodies) if parse_body(body) is not None]
    used = set().union(*(productions_in(body, known) for body in trees))
    found = {production.name: LIKELY for production in known if production.name in used}
    if len(trees) >= _FEWEST_BODIES:
        found |= {production.name: UNLIKELY for production in known if production.name not in used}
    return found


def productions_in(body: str, grammar: Sequence[Production]) -> Counter[str]:
    """Count the productions that a body can be read as, each operation as all that are written alike.

    Args:
        body: as text; of what is no Python nothing is counted.
        grammar: the productions.
    """
    tree = parse_body(body)
    found: Counter[str] = Counter()
    if tree is None:
        return found
    by_head: dict[str, list[tuple[str, ast.expr]]] = {}
    for production in grammar:
        pattern = _pattern(production.python)
        by_head.setdefault(_head(pattern), []).append((production.name, pattern))
    for node in _operations(tree):
        for name, pattern in by_head.get(_head(node), ()):
            if _fits(pattern, node, {}):
                found[name] += 1
    return found


@functools.lru_cache(maxsize=4096)
def _pattern(python: str) -> ast.expr:
    return _plain(ast.parse(python, mode="eval").body)


def _operations(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign):
            yield ast.BinOp(ast.Name("_", ast.Load()), node.op, node.value)
        elif isinstance(node, ast.Compare) and len(node.ops) > 1:
            sides = [node.left, *node.comparators]
            for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
                yield _plain(ast.Compare(left, [op], [right]))
        elif isinstance(node, ast.BoolOp) and len(node.values) > 2:
            yield ast.BoolOp(node.op, node.values[:2])
        elif isinstance(node, ast.expr):
            yield _plain(node)


def _plain(node: ast.expr) -> ast.expr:
    """Return an expression in the one way of writing it that is looked for."""
    match node:
        case ast.Call(func=ast.Name(id="list"), args=[ast.Call(func=ast.Name(id=name)) as inner]) if name in _RUNS:
            return inner
        case ast.Call(func=ast.Name(id="list"), args=[ast.Call(func=ast.Attribute(attr=name)) as inner]) if (
            name in _VIEWS
        ):
            return inner
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _MIRRORED:
            return ast.Compare(right, [_MIRRORED[type(op)]()], [left])
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _DENIED:
            return ast.Compare(left, [_DENIED[type(op)]()], [right])
    return node


def _head(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return f"call {node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, 'attr', '')}"
    operator = getattr(node, "op", None) or next(iter(getattr(node, "ops", ())), None)
    return f"{type(node).__name__} {type(operator).__name__}"


def _fits(pattern: object, node: object, parts: dict[str, str]) -> bool:
    if isinstance(pattern, ast.Name) and pattern.id in NAMES and isinstance(node, ast.expr):
        text = ast.dump(node)
        return parts.setdefault(pattern.id, text) == text
    if isinstance(pattern, ast.expr) and isinstance(node, ast.expr):
        pattern, node = _plain(pattern), _plain(node)
    if isinstance(pattern, ast.AST) and isinstance(node, ast.AST):
        return type(pattern) is type(node) and all(
            name == "ctx" or _fits(getattr(pattern, name, None), getattr(node, name, None), parts)
            for name in pattern._fields
        )
    if isinstance(pattern, list) and isinstance(node, list):
        return len(pattern) == len(node) and all(
            _fits(one, other, parts) for one, other in zip(pattern, node, strict=True)
        )
    return type(pattern) is type(node) and pattern == node
