"""Static red flags about names: what is imported, mentioned, reached, changed and called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from swarmwright.verify import static_lists as lists
from swarmwright.verify.static_code import ProposedCode, root_name

_FIELD_WITH_UNDERSCORE = re.compile(r"\{[^{}]*[.\[]_")
_Found = tuple[str, str]


def imports(code: ProposedCode) -> Iterator[_Found]:
    """Yield imports of what is not allowed."""
    for node in code.nodes:
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            wanted = [f"{source}.{alias.name}" if node.module else source for alias in node.names]
        else:
            continue
        for name in wanted:
            if not _may_import(name):
                yield "forbidden import", f"{name} is not among the modules that may be imported"


def _may_import(name: str) -> bool:
    first, *rest = name.split(".")
    return first in lists.MODULES and not any(part in lists.OTHER_MODULES or part.startswith("_") for part in rest)


def names(code: ProposedCode) -> Iterator[_Found]:
    """Yield names and attributes that lead out of plain computation."""
    called = {id(node.func): node for node in code.nodes if isinstance(node, ast.Call)}
    reached = {id(node.value) for node in code.nodes if isinstance(node, ast.Attribute)}
    outside = code.outside
    for node in code.nodes:
        match node:
            case ast.Name():
                yield from _name(code, node, called.get(id(node)), id(node) in reached, outside)
            case ast.Attribute():
                yield from _attribute(code, node, called.get(id(node)))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if _is_special(name):
                if name not in lists.SPECIAL_METHODS:
                    yield "forbidden name", f"it defines {name}"
            case ast.ClassDef(keywords=[_, *_]):
                yield "forbidden name", "a class with a metaclass"
            case ast.Constant(value=str(text)) if _FIELD_WITH_UNDERSCORE.search(text):
                yield "forbidden name", f"the format {text!r} reaches attributes with underscores"
            case ast.MatchClass(kwd_attrs=attributes):
                for attribute in attributes:
                    if _is_refused_attribute(attribute):
                        yield "forbidden name", f"the pattern reaches {attribute}"
            case _:
                pass


def _name(
    code: ProposedCode, node: ast.Name, call: ast.Call | None, is_reached: bool, outside: frozenset[str]
) -> Iterator[_Found]:
    name = node.id
    ours = code.given | code.usable | {code.unit.name}
    if (_is_special(name) and name not in lists.SPECIAL_METHODS) or name in (outside & lists.REFUSED_NAMES) - ours:
        yield "forbidden name", name
    elif (plain := code.dotted(node).rpartition(".")[2]) in lists.BY_LITERAL_NAME and name in outside | set(
        code.targets
    ):
        yield from _by_literal(plain, call)
    elif name == "type" and name in outside and call is not None and len(call.args) != 1:
        yield "forbidden name", "type() that makes a class"
    elif name in code.targets:
        yield from _imported(code, node, is_reached)


def _imported(code: ProposedCode, node: ast.Name, is_reached: bool) -> Iterator[_Found]:
    target = code.targets[node.id]
    if target.partition(".")[0] in lists.OTHER_MODULES - {"__future__"}:
        yield "forbidden name", f"{node.id} stands for {target}"
    elif target in lists.REFUSED_MEMBERS:
        yield "forbidden name", target
    elif target in lists.MODULES and not is_reached and isinstance(node.ctx, ast.Load):
        yield "forbidden name", f"the module {target} used as a value"


def _by_literal(name: str, call: ast.Call | None) -> Iterator[_Found]:
    if call is None:
        yield "forbidden name", f"{name} used as a value"
        return
    asked = call.args[1:2] if name in ("getattr", "hasattr") else call.args
    texts = [one.value for one in asked if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    parts = [part for text in texts for part in text.split(".")]
    if len(texts) != len(asked) or not texts or any(_is_refused_attribute(part) for part in parts):
        yield "forbidden name", f"{name} with a name that is not a plain literal"


def _attribute(code: ProposedCode, node: ast.Attribute, call: ast.Call | None) -> Iterator[_Found]:
    attribute = node.attr
    if _is_refused_attribute(attribute) and attribute not in lists.SPECIAL_ATTRIBUTES:
        yield "forbidden name", f".{attribute}"
        return
    dotted = code.dotted(node)
    if dotted in lists.REFUSED_MEMBERS:
        yield "forbidden name", dotted
    owner, _, member = dotted.rpartition(".")
    if owner in lists.MODULES and root_name(node) in code.targets:
        if member.startswith("_") or member in lists.OTHER_MODULES:
            yield "forbidden name", dotted
        if member in lists.BY_LITERAL_NAME:
            yield from _by_literal(member, call)
    if attribute in ("format", "format_map") and not isinstance(node.value, ast.Constant) and _has_underscores(code):
        yield "forbidden name", "a format that is put together and names with underscores"


def _has_underscores(code: ProposedCode) -> bool:
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str) and "__" in one.value for one in code.nodes)


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and len(name) > 4


def _is_refused_attribute(name: str) -> bool:
    return _is_special(name) or name in lists.REFUSED_ATTRIBUTES


def state(code: ProposedCode) -> Iterator[_Found]:
    """Yield what changes objects that live longer than the call."""
    for name in sorted(code.declared_global):
        yield "global state", f"global {name}"
    shared = code.outside | frozenset(code.targets)
    for node in code.nodes:
        match node:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                if root_name(node) in shared:
                    yield "global state", f"it changes {ast.unparse(node)}"
            case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in lists.MUTATORS:
                if root_name(value) in code.outside & (code.given | {code.unit.name}):
                    yield "global state", f"it changes {ast.unparse(value)}"
            case _:
                pass


def bindings(code: ProposedCode) -> Iterator[_Found]:
    """Yield names of its own that hide what the specification gives."""
    if code.unit.name in code.bound:
        yield "redefines itself", f"{code.unit.name} is defined again inside itself"
    hidden = code.bound & (code.usable | code.given)
    for name in sorted(hidden - _same_imports(code)):
        yield "shadow", f"{name} hides what the specification gives"


def _same_imports(code: ProposedCode) -> frozenset[str]:
    """Names whose import inside the body is the one that the module has anyway."""
    imported = {
        alias.asname or alias.name.partition(".")[0]
        for node in code.nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return frozenset(imported)


def calls(code: ProposedCode) -> Iterator[_Found]:
    """Yield Units that it may not use, and names that nothing stands behind."""
    units = frozenset(unit.id for unit in code.spec.units())
    allowed = frozenset(code.unit.uses) | {code.unit.id}
    for node in code.nodes:
        if isinstance(node, ast.Name | ast.Attribute):
            dotted = code.dotted(node)
            if dotted in units and dotted not in allowed:
                yield "calls a unit it may not use", dotted
    known = code.given | code.usable | lists.BUILTINS | {code.unit.name}
    for name in sorted(code.outside):
        if name in code.siblings and name not in code.usable:
            yield "calls a unit it may not use", name
        elif name not in known:
            yield "calls unknown name", name
