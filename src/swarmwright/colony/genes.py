"""Genes: abstractions that delivered bodies share, as productions for the next build. Pure.

Sub-expressions of all bodies are laid over one another: what they have in common stays, where they differ there is a
hole (anti-unification: Plotkin, "A note on inductive generalization", 1970). What makes the bodies cheapest is kept
first, as in compression by abstraction (Stitch, POPL 2023); what it covers counts for no other.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from swarmwright.colony.expressions import BOUND, BUILTINS, Piece, Seen, is_operation, kind_at, pieces
from swarmwright.colony.grammar import NAMES, Production
from swarmwright.colony.inward import embeds, inward_text

LETTERS = ("T", "U", "V", "W")
GENE = "gene-"
"""How the names of genes begin."""
_COST = 3
_OPERATION_COST = 3
_NAME_COST = 2
_MOST_PIECES = 1500
_LARGEST = 24
_FEWEST_OPERATIONS = 2
_FEWEST_UNITS = 2
_PLAIN_KINDS = frozenset(("int", "float", "bool", "str", "list", "tuple", "set", "frozenset", "dict"))


class Gene(msgspec.Struct, frozen=True):
    """An abstraction that delivered bodies share.

    Attributes:
        production: what agents learn.
        units: ids of the Units in whose bodies it stands.
    """

    production: Production
    units: tuple[str, ...]


class Pattern:
    """An expression with holes, and the pieces that it fits, with the kinds of their parts and results."""

    __slots__ = ("fits", "holes", "root")

    def __init__(self, root: ast.expr, holes: int) -> None:
        """Take the expression; its holes are ``a``, ``b``, ``c`` in the order in which they stand there."""
        self.root = root
        self.holes = holes
        self.fits: dict[int, tuple[Piece, tuple[str, ...]]] = {}


def mine(bodies: Iterable[Seen], known: Sequence[Production] = (), *, most: int = 24) -> tuple[Gene, ...]:
    """Return abstractions that the bodies of at least two Units share, the most worth first.

    Args:
        bodies: delivered bodies, with what their expressions were seen to give.
        known: productions that there are already.
        most: how many to return at most.
    """
    every = [piece for seen in bodies for piece in pieces(seen) if piece.size <= _LARGEST][:_MOST_PIECES]
    patterns = [one for one in _patterns(every) if _units(one) >= _FEWEST_UNITS]
    taken = {_text(production.python) for production in known}
    candidates = []
    for pattern in patterns:
        production = production_of(pattern.root, [row for _, row in pattern.fits.values()])
        if production is not None and is_plain(production) and production.python not in taken:
            candidates.append((production, pattern))
    return tuple(itertools.islice(_chosen(candidates), most))


def block_of(piece: Piece) -> Production | None:
    """Return a piece as a production whose parts are its free names; None where that is impossible."""
    names = list(piece.free)
    if not 1 <= len(names) <= len(NAMES):
        return None
    first = {node.id: kind_at(node) for node in reversed(list(ast.walk(piece.root))) if isinstance(node, ast.Name)}
    root = _filled(piece.root, {name: NAMES[number] for number, name in enumerate(names)})
    return production_of(root, [(*(first[name] for name in names), kind_at(piece.root))])


def production_of(root: ast.expr, rows: Sequence[tuple[str, ...]]) -> Production | None:
    """Return an expression over ``a``, ``b`` and ``c`` as a production; None where its kinds are not known.

    Args:
        root: the expression; its nodes know their kinds.
        rows: the kinds of its parts and, last, of its result, wherever it was found.
    """
    inner = inward_text(root)
    kinds = _Kinds()
    *takes, gives = [kinds.over(column) for column in zip(*rows, strict=True)]
    takes = [one and one.replace("range", "list[int]") for one in takes]
    if inner is None or gives is None or "range" in gives or any(one is None for one in takes):
        return None
    python = ast.unparse(root)
    return Production(
        name=_name(root, python, takes),
        python=python,
        takes=tuple(one for one in takes if one is not None),
        gives=gives,
        cost=_COST + (len(takes) > 2),
        inner="" if inner == python else inner,
        only=kinds.letters,
        embeds=embeds(root),
        bounded=gives == "int" and any(isinstance(node, ast.Mult) for node in ast.walk(root)),
    )


def is_plain(production: Production) -> bool:
    """Tell whether a production is of use to any specification: it knows no dataclasses of one."""
    texts = (*production.takes, production.gives, *(kind for some in production.only.values() for kind in some))
    names = {node.id for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    return names <= _PLAIN_KINDS | set(LETTERS)


def _text(python: str) -> str:
    return ast.unparse(ast.parse(python, mode="eval").body)


def _units(pattern: Pattern) -> int:
    return len({piece.unit for piece, _ in pattern.fits.values()})


def _name(root: ast.expr, python: str, takes: Sequence[str | None]) -> str:
    """Return a name that says what an expression does, and differs from that of any other."""
    words = []
    for node in ast.walk(root):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words.append(node.func.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            words.append(node.func.attr)
        elif isinstance(node, ast.BinOp | ast.UnaryOp):
            words.append(type(node.op).__name__.lower())
    mark = hashlib.sha256(f"{python}\0{takes}".encode()).hexdigest()[:6]
    said = "-".join(dict.fromkeys(word.replace("_", "-") for word in words))
    return f"{GENE}{said[:32].strip('-')}-{mark}" if said else f"{GENE}{mark}"


class _Kinds:
    """Reads several kinds in one place as one: where they differ there is a letter, the same for the same kinds."""

    def __init__(self) -> None:
        self.letters: dict[str, tuple[str, ...]] = {}
        self._known: dict[tuple[str, ...], str] = {}

    def over(self, kinds: Sequence[str]) -> str | None:
        if not kinds or any(not kind or "?" in kind for kind in kinds):
            return None
        trees = [ast.parse(kind, mode="eval").body for kind in kinds]
        return self._over(trees)

    def _over(self, trees: Sequence[ast.expr]) -> str | None:
        texts = tuple(map(ast.unparse, trees))
        if len(set(texts)) == 1:
            return texts[0]
        heads = {ast.unparse(tree.value) for tree in trees if isinstance(tree, ast.Subscript)}
        if len(heads) == 1 and all(isinstance(tree, ast.Subscript) for tree in trees):
            rows = [_items(tree.slice) for tree in trees if isinstance(tree, ast.Subscript)]
            if len({len(row) for row in rows}) == 1:
                parts = [self._over(column) for column in zip(*rows, strict=True)]
                return None if None in parts else f"{heads.pop()}[{', '.join(map(str, parts))}]"
        return self._letter(texts)

    def _letter(self, texts: tuple[str, ...]) -> str | None:
        if texts not in self._known:
            if len(self._known) == len(LETTERS):
                return None
            letter = self._known[texts] = LETTERS[len(self._known)]
            self.letters[letter] = tuple(sorted(set(texts)))
        return self._known[texts]


def _items(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple) else [node]


# Laying over one another


def _chosen(candidates: Sequence[tuple[Production, Pattern]]) -> Iterator[Gene]:
    """Yield the candidate that gains most, then the one that gains most of what is left, and so on."""
    covered: dict[str, set[int]] = {}
    left = list(candidates)
    while left:
        worths = [_gain(production, pattern, covered) for production, pattern in left]
        gain = max(worths)
        if gain <= 0:
            return
        production, pattern = left.pop(worths.index(gain))
        fits = [piece for piece, _ in _uncovered(pattern, covered)]
        for piece in fits:
            covered.setdefault(piece.unit, set()).update(piece.covers)
        units = tuple(sorted({piece.unit for piece, _ in pattern.fits.values()}))
        yield Gene(production, units)


def _uncovered(pattern: Pattern, covered: Mapping[str, set[int]]) -> list[tuple[Piece, tuple[str, ...]]]:
    return [fit for fit in pattern.fits.values() if not fit[0].covers <= covered.get(fit[0].unit, set())]


def _gain(production: Production, pattern: Pattern, covered: Mapping[str, set[int]]) -> int:
    """Return how much cheaper bodies become, less what it costs to know the production."""
    fits = _uncovered(pattern, covered)
    if len({piece.unit for piece, _ in fits}) < _FEWEST_UNITS:
        return 0
    cost = cost_of(pattern.root)
    return len(fits) * (cost - production.cost) - cost


def cost_of(root: ast.AST) -> int:
    """Return about what an expression costs in the grammar, without its parts ``a``, ``b`` and ``c``."""
    named = [node for node in ast.walk(root) if isinstance(node, ast.Constant | ast.Name) and not _is_part(node)]
    kept = [node for node in named if not (isinstance(node, ast.Name) and node.id in BUILTINS)]
    return _OPERATION_COST * _size(root) + _NAME_COST * len(kept)


def _is_part(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in NAMES


def _patterns(every: Sequence[Piece]) -> Iterator[Pattern]:
    """Yield what pairs of pieces have in common, each with all pieces that it fits."""
    alike: dict[str, list[tuple[int, Piece]]] = {}
    for number, piece in enumerate(every):
        alike.setdefault(_head(piece.root), []).append((number, piece))
    for group in alike.values():
        found: dict[str, Pattern] = {}
        for (_, one), (_, other) in itertools.combinations(group, 2):
            if one.unit != other.unit and (pattern := lay_over(one.root, other.root)) is not None:
                found.setdefault(ast.unparse(pattern.root), pattern)
        for pattern in found.values():
            for number, piece in group:
                if (parts := match(pattern.root, piece.root)) is not None:
                    row = tuple(kind_at(parts[name]) for name in NAMES[: pattern.holes])
                    pattern.fits[number] = (piece, (*row, kind_at(piece.root)))
            yield pattern


def _head(node: ast.expr) -> str:
    """Return what two expressions must share to have anything in common."""
    if isinstance(node, ast.Call):
        function = node.func
        return f"call {function.id if isinstance(function, ast.Name) else getattr(function, 'attr', '')}"
    return f"{type(node).__name__} {type(getattr(node, 'op', None)).__name__}"


def lay_over(one: ast.expr, other: ast.expr) -> Pattern | None:
    """Return what two expressions have in common, with holes where they differ; None where that is nothing of use."""
    laying = _Laying()
    root = laying.over(one, other)
    if root is None or _size(root) < _FEWEST_OPERATIONS:
        return None
    names = list(dict.fromkeys(node.id for node in _in_order(root) if node.id in laying.holes.values()))
    if not 1 <= len(names) <= len(NAMES):
        return None
    return Pattern(_filled(root, dict(zip(names, NAMES, strict=False))), len(names))


def match(pattern: ast.expr, root: ast.expr) -> dict[str, ast.expr] | None:
    """Return what stands in an expression where a pattern has ``a``, ``b`` and ``c``; None where it does not fit."""
    parts: dict[str, ast.expr] = {}
    return parts if _fits(pattern, root, parts) else None


def _fits(pattern: object, node: object, parts: dict[str, ast.expr]) -> bool:
    if isinstance(pattern, ast.Name) and pattern.id in NAMES and isinstance(node, ast.expr):
        if not _is_open(node):
            return False
        return ast.dump(parts.setdefault(pattern.id, node)) == ast.dump(node)
    if isinstance(pattern, ast.Constant) and isinstance(node, ast.Constant):
        return (type(pattern.value), pattern.value) == (type(node.value), node.value)
    if isinstance(pattern, ast.AST):
        return type(pattern) is type(node) and all(
            _fits(getattr(pattern, name, None), getattr(node, name, None), parts) for name in pattern._fields
        )
    if isinstance(pattern, list) and isinstance(node, list):
        return len(pattern) == len(node) and all(map(_fits, pattern, node, itertools.repeat(parts)))
    return pattern == node


def _in_order(node: ast.AST) -> Iterator[ast.Name]:
    if isinstance(node, ast.Name):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _filled(root: ast.expr, names: Mapping[str, str]) -> ast.expr:
    """Return an expression with other names."""
    root = copy.deepcopy(root)
    for node in ast.walk(root):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return root


def _size(root: ast.AST) -> int:
    return sum(map(is_operation, ast.walk(root)))


class _Laying:
    def __init__(self) -> None:
        self.holes: dict[tuple[str, str], str] = {}

    def over(self, one: ast.expr, other: ast.expr) -> ast.expr | None:
        """Return two expressions laid over each other, a hole where they have nothing in common."""
        if isinstance(one, ast.Name) and isinstance(other, ast.Name):
            if one.id == other.id and not _is_free(one):
                return _merged(copy.copy(one), one, other)
            return self._hole(one, other)
        before = dict(self.holes)
        same = self._same(one, other)
        if same is not None:
            return _merged(same, one, other)
        self.holes = before
        return self._hole(one, other)

    def _same(self, one: ast.expr, other: ast.expr) -> ast.expr | None:
        found = self._node(one, other)
        return found if isinstance(found, ast.expr) else None

    def _node(self, one: ast.AST, other: ast.AST) -> ast.AST | None:
        if type(one) is not type(other):
            return None
        if isinstance(one, ast.Constant):
            alike = isinstance(other, ast.Constant) and (type(one.value), one.value) == (type(other.value), other.value)
            return copy.copy(one) if alike else None
        fields: dict[str, object] = {}
        for name in one._fields:
            found = self._field(one, name, getattr(one, name, None), getattr(other, name, None))
            if found is _UNLIKE:
                return None
            fields[name] = found
        return type(one)(**fields)

    def _field(self, node: ast.AST, name: str, one: object, other: object) -> object:
        if isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return _UNLIKE
            parts = [self._field(node, name, left, right) for left, right in zip(one, other, strict=True)]
            return _UNLIKE if any(part is _UNLIKE for part in parts) else parts
        if isinstance(one, ast.expr) and isinstance(other, ast.expr):
            fixed = name in ("func", "target") or isinstance(node, ast.JoinedStr) or isinstance(one, ast.Slice)
            found = self._node(one, other) if fixed else self.over(one, other)
            return _UNLIKE if found is None else found
        if isinstance(one, ast.AST) and isinstance(other, ast.AST):
            found = self._node(one, other)
            return _UNLIKE if found is None else found
        return one if one == other else _UNLIKE

    def _hole(self, one: ast.expr, other: ast.expr) -> ast.expr | None:
        if not (_is_open(one) and _is_open(other)):
            return None
        name = self.holes.setdefault((ast.unparse(one), ast.unparse(other)), f"hole{len(self.holes)}")
        return _merged(ast.Name(name, ast.Load()), one, other)


_UNLIKE = object()


def _is_free(name: ast.Name) -> bool:
    return name.id not in BOUND and name.id not in BUILTINS


def _is_open(node: ast.expr) -> bool:
    """Tell whether an expression gives a value, and names nothing that is bound around it."""
    bound = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)} & set(BOUND)
    arguments = {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)}
    return kind_at(node) != "" and names <= bound | arguments


def _merged(node: ast.expr, one: ast.expr, other: ast.expr) -> ast.expr:
    kinds = (kind_at(one), kind_at(other))
    vars(node)["seen"] = kinds[0] if kinds[0] == kinds[1] else ""
    return node
