"""Symbolic search by CrossHair, run in the sandbox beside the candidate: so it can refute, never acquit.

What it finds is only a suggestion of an input; the caller replays it in plain CPython. "Confirmed" counts as
BOUNDED at most, and only where there was a postcondition to confirm.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from swarmwright.spec.printer import print_module
from swarmwright.spec.values import Module, Spec, Unit
from swarmwright.verify.encoding import encode
from swarmwright.verify.ports import Job, JobResult, Limits, Sandbox
from swarmwright.verify.values import Call, Verdict

SEARCH_S = 8.0
"""How long CrossHair may search all conditions of a Unit together; it is killed from outside at 20 s at the latest."""

_FOUND = re.compile(r"^.*?:\d+: error: .*?when calling (?P<call>.*)$")
_CONFIRMED = re.compile(r"^.*?:\d+: info: Confirmed over all paths\.")
_GIVEN = re.compile(r"^Given: \((?P<arguments>.*)\),\s*$")


class Search(msgspec.Struct, frozen=True):
    """What a symbolic search showed: inputs worth replaying, and whether every condition was confirmed."""

    verdict: Verdict
    suggestions: tuple[Call, ...]
    detail: str


async def search_contracts(
    sandbox: Sandbox, spec: Spec, unit: Unit, bodies: Mapping[str, str], *, search_s: float = SEARCH_S
) -> Search:
    """Look for inputs that satisfy a Unit's preconditions and break one of its postconditions.

    ``search_s`` is for all postconditions together. ``bodies`` maps unit ids to bodies and must hold the Unit's own.
    The verdict is BOUNDED where CrossHair confirmed every postcondition within its bounds, else UNKNOWN; suggestions
    still have to be replayed.
    """
    conditions = sum(contract.kind == "ensure" for contract in unit.contracts)
    if not conditions:
        return Search(Verdict.UNKNOWN, (), "no postcondition to search")
    files = {
        module.path: print_module(module, bodies, view="delivered", undecided=_missing(module, bodies)).encode()
        for module in spec.modules
    }
    result = await _crosshair(
        sandbox, ("check", "--analysis_kind=icontract", "--report_all"), files, [unit.id], search_s / conditions
    )
    lines = result.stdout.decode(errors="replace").splitlines()
    found = [match["call"] for line in lines if (match := _FOUND.match(line))]
    suggestions = tuple(call for text in found if (call := read_call(unit, text)) is not None)
    if found:
        return Search(Verdict.UNKNOWN, suggestions, f"CrossHair suggests {found[0]}")
    if sum(bool(_CONFIRMED.match(line)) for line in lines) >= conditions and not result.timed_out:
        return Search(Verdict.BOUNDED, (), f"CrossHair confirmed {conditions} postcondition(s) over all paths")
    return Search(Verdict.UNKNOWN, (), "CrossHair found nothing and could not confirm")


async def search_difference(
    sandbox: Sandbox,
    spec: Spec,
    unit: Unit,
    left: str,
    right: str,
    callees: Mapping[str, str],
    *,
    search_s: float = 5.0,
) -> tuple[Call, ...]:
    """Look for valid inputs on which two bodies of a Unit differ; they still have to be replayed.

    CrossHair's ``diffbehavior`` ignores icontract preconditions, so two wrappers are compared that return None
    outside them.
    """
    pair = _paired_module(spec, unit, left, right, callees)
    if pair is None:
        return ()
    files = {
        module.path: (pair if module.name == unit.module else _bare(module, callees)).encode()
        for module in spec.modules
    }
    targets = [f"{unit.module}.swarmwright_left", f"{unit.module}.swarmwright_right"]
    result = await _crosshair(sandbox, ("diffbehavior", "--exception_equivalence=SAME_TYPE"), files, targets, search_s)
    lines = result.stdout.decode(errors="replace").splitlines()
    texts = [f"{unit.name}({match['arguments']})" for line in lines if (match := _GIVEN.match(line))]
    return tuple(call for text in texts if (call := read_call(unit, text)) is not None)


def read_call(unit: Unit, text: str) -> Call | None:
    """Read ``name(1, y=[2])`` as CrossHair prints it; None where an argument is not a plain literal."""
    for end in range(len(text), 0, -1):
        if text[end - 1] != ")":
            continue
        try:
            tree = ast.parse(text[:end].strip(), mode="eval").body
        except SyntaxError:
            continue
        break
    else:
        return None
    if not isinstance(tree, ast.Call):
        return None
    try:
        args = tuple(encode(ast.literal_eval(argument)) for argument in tree.args)
        kwargs = tuple((k.arg, encode(ast.literal_eval(k.value))) for k in tree.keywords if k.arg is not None)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return _in_declared_order(unit, args, dict(kwargs))


def _in_declared_order(unit: Unit, args: tuple[object, ...], kwargs: Mapping[str, object]) -> Call:
    """Give every parameter that may stand by position its place, as drawn inputs do."""
    positional = [p.name for p in unit.parameters if p.kind in ("positional_only", "positional_or_keyword")]
    ordered = list(args)
    left = dict(kwargs)
    for name in positional[len(ordered) :]:
        if name not in left:
            break
        ordered.append(left.pop(name))
    return Call(unit.id, tuple(ordered), tuple(left.items()))


async def _crosshair(
    sandbox: Sandbox, command: tuple[str, ...], files: Mapping[str, bytes], targets: list[str], search_s: float
) -> JobResult:
    limits = Limits(wall_s=min(20.0, search_s * 2 + 4), cpu_s=20.0, memory_bytes=2 << 30)
    arguments = ("-m", "crosshair", command[0], f"--per_condition_timeout={search_s:g}", *command[1:], *targets)
    return await sandbox.run(Job(arguments=arguments, files=_with_packages(files), limits=limits))


def _with_packages(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Add the ``__init__.py`` of every folder, so that dotted targets can be found."""
    whole = dict(files)
    for path in files:
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            whole.setdefault("/".join((*parts[:depth], "__init__.py")), b"")
    return whole


def _missing(module: Module, bodies: Mapping[str, str]) -> dict[str, str]:
    return {item.id: "not built" for item in module.items if isinstance(item, Unit) and item.id not in bodies}


def _bare(module: Module, bodies: Mapping[str, str]) -> str:
    return print_module(module, bodies, view="bare")


@dataclass
class _Renamed(ast.NodeTransformer):
    """Renames a function and its calls of itself."""

    old: str
    new: str

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.copy_location(ast.Name(self.new, node.ctx), node) if node.id == self.old else node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        if node.name == self.old:
            node.name = self.new
        return node


def _paired_module(spec: Spec, unit: Unit, left: str, right: str, callees: Mapping[str, str]) -> str | None:
    module = spec.module(unit.module)
    source = _bare(module, {**callees, unit.id: left})
    rival_tree = ast.parse(_bare(module, {**callees, unit.id: right}))
    rival = next((n for n in rival_tree.body if isinstance(n, ast.FunctionDef) and n.name == unit.name), None)
    if rival is None or any(p.kind in ("var_positional", "var_keyword") for p in unit.parameters):
        return None
    rival_name = f"swarmwright_rival_of_{unit.name}"
    rival_source = ast.unparse(_Renamed(unit.name, rival_name).visit(rival))
    wrappers = [
        _wrapper(unit, "swarmwright_left", unit.name),
        _wrapper(unit, "swarmwright_right", rival_name),
    ]
    return "\n\n\n".join((source, rival_source, *wrappers)) + "\n"


def _wrapper(unit: Unit, name: str, target: str) -> str:
    head = unit.head.strip()
    head = re.sub(rf"^def\s+{re.escape(unit.name)}", f"def {name}", head, count=1)
    parsed = ast.parse(f"{head}\n    pass").body[0]
    assert isinstance(parsed, ast.FunctionDef)
    parsed.returns = ast.Constant(None) if parsed.returns is None else ast.parse("object", mode="eval").body
    parsed.name = name
    conditions = [
        f"({contract.condition})({', '.join(contract.arguments)})"
        for contract in unit.contracts
        if contract.kind == "require" and not contract.names
    ]
    call = ", ".join(f"{p.name}={p.name}" if p.kind == "keyword_only" else p.name for p in unit.parameters)
    guard = f"if not ({' and '.join(conditions)}):\n    return None\n" if conditions else ""
    parsed.body = ast.parse(f"{guard}return {target}({call})").body
    return ast.unparse(ast.fix_missing_locations(parsed))
