"""Hypothesis strategies as source text, written from annotations. Nothing is imported or executed.

Numbers and sizes are kept small where nothing bounds them, so that a correct but slow function still ends:
the search at length was made before delivery, these tests keep what it found true.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable

from swarmwright.construct.bounds import Bounds
from swarmwright.spec.values import Given, Module, Spec

WIDEST = 1000
"""How far an integer goes from its only bound, or from zero."""
LONGEST = 20
"""The most elements or characters where nothing else is said."""

_SEQUENCES = {"list", "List", "Sequence", "MutableSequence", "Iterable", "Collection", "Reversible", "Container"}
_SETS = {"set": "sets", "Set": "sets", "AbstractSet": "sets", "MutableSet": "sets", "frozenset": "frozensets"}
_SETS |= {"FrozenSet": "frozensets"}
_MAPPINGS = {"dict", "Dict", "Mapping", "MutableMapping"}
_ENUMS = {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"}
_PLAIN = {
    "bool": "booleans()",
    "bytes": f"binary(max_size={LONGEST})",
    "complex": "complex_numbers(allow_nan=False, allow_infinity=False)",
    "None": "none()",
    "Decimal": "decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=2)",
    "Fraction": "fractions(min_value=-100, max_value=100, max_denominator=100)",
    "date": "dates()",
    "datetime": "datetimes()",
    "time": "times()",
    "timedelta": "timedeltas()",
    "UUID": "uuids()",
}


class UnbuildableError(Exception):
    """No strategy can be written for a type; the inputs that are known must do."""


class Strategies:
    """Writes strategies for one test file.

    ``imports`` collects the names that the strategies mention, each with the module that defines it.
    """

    def __init__(self, spec: Spec, module: Module, *, prefix: str = "st") -> None:
        """Write for annotations of ``module``; ``prefix`` is what ``hypothesis.strategies`` is called."""
        self.spec, self.module, self.prefix = spec, module, prefix
        self.imports: dict[str, str] = {}
        self._open: list[str] = []

    def write(self, annotation: str | None, bounds: Bounds | None = None, letters: str = "") -> str:
        """Return a strategy's source.

        Args:
            annotation: the type, as source text.
            bounds: what preconditions say about the value.
            letters: characters that text should often be made of.

        Raises:
            UnbuildableError: there is no telling how to make such a value.
        """
        if annotation is None:
            raise UnbuildableError("no annotation")
        try:
            node = ast.parse(annotation.strip(), mode="eval").body
        except SyntaxError:
            raise UnbuildableError(annotation) from None
        return self._node(node, bounds or Bounds(), letters, self.module)

    def _node(self, node: ast.expr, bounds: Bounds, letters: str, module: Module) -> str:
        if bounds.choices is not None:
            return f"{self.prefix}.sampled_from([{', '.join(bounds.choices)}])"
        if isinstance(node, ast.Constant):
            if node.value is None:
                return f"{self.prefix}.none()"
            if isinstance(node.value, str):
                return self._node(ast.parse(node.value, mode="eval").body, bounds, letters, module)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self._union([node.left, node.right], bounds, letters, module)
        if isinstance(node, ast.Subscript):
            return self._generic(node, bounds, letters, module)
        name = _last_name(node)
        if name is None:
            raise UnbuildableError(ast.unparse(node))
        return self._simple(name, bounds, letters, module)

    def _union(self, nodes: list[ast.expr], bounds: Bounds, letters: str, module: Module) -> str:
        return " | ".join(self._node(node, bounds, letters, module) for node in nodes)

    def _simple(self, name: str, bounds: Bounds, letters: str, module: Module) -> str:
        if name in ("int", "float", "str"):
            writer: Callable[[Bounds, str], str] = {"int": self._int, "float": self._float, "str": self._text}[name]
            return writer(bounds, letters)
        if name in _PLAIN:
            return f"{self.prefix}.{_PLAIN[name]}"
        found = self._find(name, module)
        if found is not None:
            return self._own(name, *found, bounds, letters)
        if name in ("Any", "object", "Hashable"):
            return f"{self.prefix}.integers(-9, 9) | {self.prefix}.text(max_size=5) | {self.prefix}.none()"
        if name in _SEQUENCES or name in _SETS or name in _MAPPINGS or name in ("tuple", "Tuple"):
            raise UnbuildableError(f"{name} of what?")
        raise UnbuildableError(name)

    def _int(self, bounds: Bounds, letters: str) -> str:
        del letters
        low, high = _whole(bounds.low, bounds.low_open, 1), _whole(bounds.high, bounds.high_open, -1)
        if low is None:
            low = min(-WIDEST, -WIDEST if high is None else high - WIDEST)
        if high is None:
            high = max(WIDEST, low + WIDEST)
        if low > high:
            raise UnbuildableError("int without a value")
        return f"{self.prefix}.integers({low}, {high})"

    def _float(self, bounds: Bounds, letters: str) -> str:
        del letters
        parts = []
        if max(abs(bounds.low or 0), abs(bounds.high or 0)) > sys.float_info.max:
            raise UnbuildableError("float beyond all floats")
        if bounds.low is not None:
            parts.append(f"min_value={float(bounds.low)!r}")
        if bounds.high is not None:
            parts.append(f"max_value={float(bounds.high)!r}")
        if bounds.low is not None and bounds.low_open:
            parts.append("exclude_min=True")
        if bounds.high is not None and bounds.high_open:
            parts.append("exclude_max=True")
        return f"{self.prefix}.floats({', '.join([*parts, 'allow_nan=False', 'allow_infinity=False'])})"

    def _text(self, bounds: Bounds, letters: str) -> str:
        size = self._size(bounds)
        alphabet = bounds.alphabet or bounds.inside.get("", Bounds()).alphabet
        if alphabet is not None:
            return f"{self.prefix}.text(alphabet={alphabet!r}, {size})"
        if letters:
            return f"{self.prefix}.text(alphabet={letters!r}, {size}) | {self.prefix}.text({size})"
        return f"{self.prefix}.text({size})"

    @staticmethod
    def _size(bounds: Bounds, longest: int = LONGEST) -> str:
        most = max(longest, bounds.min_size) if bounds.max_size is None else bounds.max_size
        least = f"min_size={bounds.min_size}, " if bounds.min_size else ""
        return f"{least}max_size={most}"

    def _generic(self, node: ast.Subscript, bounds: Bounds, letters: str, module: Module) -> str:
        name = _last_name(node.value)
        inside = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
        size = self._size(bounds, LONGEST // 2)

        def each(part: ast.expr, where: str = "") -> str:
            known = bounds.inside.get(where)
            if known is None:
                # all(word in "ab" for word in words): of a text these are letters, of anything else its elements.
                known = Bounds(choices=tuple(map(repr, bounds.alphabet)) if bounds.alphabet and not where else None)
            return self._node(part, known, letters, module)

        if name in _SEQUENCES:
            return f"{self.prefix}.lists({each(inside[0])}, {size})"
        if name in ("Iterator", "Generator"):
            return f"{self.prefix}.lists({each(inside[0])}, {size}).map(iter)"
        if name in _SETS:
            return f"{self.prefix}.{_SETS[str(name)]}({each(inside[0])}, {size})"
        if name in _MAPPINGS and len(inside) == 2:
            return f"{self.prefix}.dictionaries({each(inside[0])}, {each(inside[1], 'values')}, {size})"
        if name in ("tuple", "Tuple"):
            if len(inside) == 2 and isinstance(inside[1], ast.Constant) and inside[1].value is Ellipsis:
                return f"{self.prefix}.lists({each(inside[0])}, {size}).map(tuple)"
            places = (
                each(part, str(place) if str(place) in bounds.inside else "") for place, part in enumerate(inside)
            )
            return f"{self.prefix}.tuples({', '.join(places)})"
        if name == "Optional":
            return f"{self.prefix}.none() | {self._node(inside[0], bounds, letters, module)}"
        if name == "Union":
            return self._union(inside, bounds, letters, module)
        if name == "Literal":
            return f"{self.prefix}.sampled_from([{', '.join(map(ast.unparse, inside))}])"
        if name in ("Annotated", "Final", "Required", "NotRequired"):
            return self._node(inside[0], bounds, letters, module)
        if name == "type":
            raise UnbuildableError("a type")
        raise UnbuildableError(ast.unparse(node))

    def _find(self, name: str, module: Module) -> tuple[Module, Given] | None:
        """Find what defines a name: in its module, or where it is imported from within the specification."""
        for item in module.items:
            if not isinstance(item, Given) or name not in item.binds:
                continue
            if item.kind != "import":
                return module, item
            for other, original in imported_from(item, name, module):
                if any(m.name == other for m in self.spec.modules) and other != module.name:
                    return self._find(original, self.spec.module(other))
        return None

    def _own(self, name: str, home: Module, given: Given, bounds: Bounds, letters: str) -> str:
        if name in self._open:
            raise UnbuildableError(f"{name} holds itself")
        statement = ast.parse(given.source).body[0]
        self._open.append(name)
        try:
            if isinstance(statement, ast.ClassDef):
                return self._class(statement, home, bounds, letters)
            value = getattr(statement, "value", None)
            if isinstance(value, ast.Call):
                return self._declared(value, home, bounds, letters)
            if isinstance(value, ast.expr):
                return self._node(value, bounds, letters, home)
        finally:
            self._open.remove(name)
        raise UnbuildableError(name)

    def _declared(self, call: ast.Call, home: Module, bounds: Bounds, letters: str) -> str:
        """Write for ``NewType("Id", int)`` and ``TypeVar("T", ...)``."""
        maker = _last_name(call.func)
        if maker == "NewType" and len(call.args) == 2:
            return self._node(call.args[1], bounds, letters, home)
        if maker == "TypeVar":
            bound = next((k.value for k in call.keywords if k.arg == "bound"), None)
            if len(call.args) > 1:
                return self._node(call.args[1], bounds, letters, home)
            if isinstance(bound, ast.Name) and bound.id in dir(builtins):
                return self._node(bound, bounds, letters, home)
            return f"{self.prefix}.integers(-{WIDEST}, {WIDEST})"
        raise UnbuildableError(ast.unparse(call))

    def _class(self, node: ast.ClassDef, home: Module, bounds: Bounds, letters: str) -> str:
        bases = {_last_name(base) for base in node.bases}
        name = self._mention(node.name, home)
        if bases & _ENUMS:
            return f"{self.prefix}.sampled_from({name})"
        decorated = {_last_name(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list}
        picky = any(isinstance(s, ast.FunctionDef) and s.name in ("__post_init__", "__new__") for s in node.body)
        if "invariant" in decorated or picky:
            raise UnbuildableError(f"{node.name} refuses some of its fields' values")
        fields = self._fields(node, home, bounds, letters)
        if "TypedDict" in bases:
            return f"{self.prefix}.fixed_dictionaries({{{', '.join(f'{k!r}: {v}' for k, v in fields.items())}}})"
        if "dataclass" in decorated or "NamedTuple" in bases:
            return f"{self.prefix}.builds({', '.join([name, *(f'{k}={v}' for k, v in fields.items())])})"
        raise UnbuildableError(node.name)

    def _fields(self, node: ast.ClassDef, home: Module, bounds: Bounds, letters: str) -> dict[str, str]:
        fields: dict[str, str] = {}
        for base in node.bases:
            found = self._find(_last_name(base) or "", home)
            parent = ast.parse(found[1].source).body[0] if found else None
            if found and isinstance(parent, ast.ClassDef):
                fields |= self._fields(parent, found[0], bounds, letters)
        for statement in node.body:
            if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
                continue
            kind = _last_name(statement.annotation)
            if kind in ("ClassVar", "KW_ONLY") or _is_made_by_init(statement.value):
                continue
            name = statement.target.id
            fields[name] = self._node(statement.annotation, bounds.inside.get(f".{name}", Bounds()), letters, home)
        return fields

    def _mention(self, name: str, home: Module) -> str:
        if self.imports.setdefault(name, home.name) != home.name:
            raise UnbuildableError(f"two classes called {name}")
        return name


def imported_from(given: Given, name: str, module: Module) -> list[tuple[str, str]]:
    """Return where an import statement takes a name from: the absolute module and the name there."""
    found = []
    for node in ast.walk(ast.parse(given.source)):
        if isinstance(node, ast.ImportFrom):
            found += [
                (absolute(node, module), alias.name) for alias in node.names if (alias.asname or alias.name) == name
            ]
    return found


def absolute(node: ast.ImportFrom, module: Module) -> str:
    """Return the absolute name of the module that a ``from`` import in ``module`` names."""
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    is_package = module.path.endswith("__init__.py")
    kept = parts[: len(parts) - node.level + (1 if is_package else 0)]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _is_made_by_init(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and any(
        k.arg == "init" and isinstance(k.value, ast.Constant) and k.value.value is False for k in value.keywords
    )


def _last_name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _last_name(node.value)
    return None


def _whole(value: float | None, is_open: bool, step: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, int):
        return value + (step if is_open else 0)
    nearest = int(value // 1) if step < 0 else -int(-value // 1)
    return nearest + (step if is_open and nearest == value else 0)
