"""Re-checking a delivered package from its own folder: no model, no ledger, only the specification and the code.

Whatever the folder claims is checked again; its evidence is only compared, never believed.
"""

from __future__ import annotations

import ast
import hashlib
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from swarmwright.errors import OutputFolderError
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.ports import Job, Limits, Sandbox
from swarmwright.verify.static import find_flag
from swarmwright.verify.values import Candidate, CheckResult, Verdict

INPUTS = 200


class Recheck(msgspec.Struct, frozen=True):
    """What re-checking one thing showed: a Unit, a Law, a file, or the package's tests."""

    subject: str
    status: Literal["holds", "fails", "skipped"]
    detail: str


class Claims(msgspec.Struct):
    """What is read of a folder's ``evidence.json``: digests, and which Units it claims to deliver."""

    spec_digest: str
    files: dict[str, str]
    delivered: tuple[str, ...]


async def recheck(folder: Path, claims: Claims, sandbox: Sandbox) -> tuple[Recheck, ...]:
    """Check a delivered package again: bytes, static flags, examples, contracts, laws and its own tests.

    Raises:
        OutputFolderError: the folder holds no package of ours.
        SpecError: the folder's copy of the specification cannot be read.
    """
    spec = read_spec(spec_folder(folder))
    found = [*_digests(folder, claims), _spec_digest(spec, claims)]
    bodies: dict[str, str] = {}
    for unit in spec.units():
        if unit.id in claims.delivered:
            body = body_in(folder / spec.module(unit.module).path, unit)
            if body is None:
                found.append(
                    Recheck(unit.id, "fails", "the evidence says delivered, but the package has no such function")
                )
            else:
                bodies[unit.id] = body
    examiner = await Examiner.open(spec, sandbox)
    try:
        found += [await _unit(spec, unit, bodies, examiner) for unit in spec.units()]
        for law in spec.laws():
            if all(name in bodies for name in law.units):
                found.append(_said(f"law {law.name}", await examiner.check_law(law, bodies)))
            else:
                found.append(Recheck(f"law {law.name}", "skipped", "a Unit it names is undecided"))
    finally:
        await examiner.close()
    found.append(await _own_tests(folder, claims, sandbox))
    return tuple(found)


def body_in(file: Path, unit: Unit) -> str | None:
    """Return the dedented body of a delivered function, without its docstring; None where there is none."""
    try:
        source = file.read_text(encoding="utf-8")
        tree = ast.parse(source)
    except (OSError, SyntaxError, ValueError):
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == unit.name:
            statements = node.body[1:] if unit.docstring and ast.get_docstring(node) is not None else node.body
            return "\n".join(ast.unparse(statement) for statement in statements) or None
    return None


async def _unit(spec: Spec, unit: Unit, bodies: Mapping[str, str], examiner: Examiner) -> Recheck:
    body = bodies.get(unit.id)
    if body is None:
        return Recheck(unit.id, "skipped", "undecided")
    flag = find_flag(spec, unit, body)
    if flag is not None:
        return Recheck(unit.id, "fails", f"{flag[0]}: {flag[1]}")
    callees = {name: text for name, text in bodies.items() if name != unit.id}
    inputs = await examiner.draw(unit.id, count=INPUTS)
    examination = await examiner.examine(Candidate(unit.id, body), inputs, callees)
    if examination.key is None:
        return Recheck(unit.id, "fails", examination.flag or str(examination.counterexample))
    if unit.checked_with and all(name in bodies for name in unit.checked_with):
        together = await examiner.check_contracts_together(unit.id, bodies, inputs)
        if together.verdict is Verdict.REFUTED:
            return _said(unit.id, together)
    checks = ", ".join(dict.fromkeys(check.check for check in examination.checks))
    return Recheck(unit.id, "holds", f"{len(inputs.calls)} inputs: {checks}")


def _said(subject: str, check: CheckResult) -> Recheck:
    if check.verdict is Verdict.REFUTED:
        return Recheck(subject, "fails", str(check.counterexample or check.detail))
    return Recheck(subject, "holds", f"{check.inputs} inputs")


def spec_folder(folder: Path) -> Path:
    """Return where a delivered package keeps its copy of the specification.

    Raises:
        OutputFolderError: the folder holds no package of ours.
    """
    inside = sorted((folder / "spec").iterdir()) if (folder / "spec").is_dir() else []
    if len(inside) != 1:
        raise OutputFolderError(f"{folder}: no package of ours is here. Give the folder that `build --out` made")
    return inside[0]


def _spec_digest(spec: Spec, claims: Claims) -> Recheck:
    same = spec.digest == claims.spec_digest
    detail = "as in the evidence" if same else "the specification is not the one the evidence was made for"
    return Recheck("specification", "holds" if same else "fails", detail)


def _digests(folder: Path, claims: Claims) -> list[Recheck]:
    """Compare every delivered file with its digest; name each that was changed, and each that is missing."""
    found = []
    for name, digest in sorted(claims.files.items()):
        file = folder / name
        if not file.is_file():
            found.append(Recheck(name, "fails", "the file is missing"))
        elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            found.append(Recheck(name, "fails", "the file was changed after it was delivered"))
    found = found or [Recheck("files", "holds", f"{len(claims.files)} files are as they were delivered")]
    roots = {name.partition("/")[0] for name in claims.files if "/" in name}
    strange = {str(path.relative_to(folder)) for root in roots for path in (folder / root).rglob("*.py")}
    added = sorted(strange - set(claims.files))
    return [*found, *(Recheck(name, "skipped", "it was not delivered and is not looked at") for name in added)]


async def _own_tests(folder: Path, claims: Claims, sandbox: Sandbox) -> Recheck:
    """Run the package's own tests with plain pytest, in the sandbox; what was added to the folder stays outside."""
    files = {name: folder / name for name in sorted(claims.files) if not name.startswith("spec/")}
    return await run_tests({name: path.read_bytes() for name, path in files.items() if path.is_file()}, sandbox)


async def run_tests(files: Mapping[str, bytes], sandbox: Sandbox) -> Recheck:
    """Run generated tests over a generated package with plain pytest in a sandbox of their own."""
    job = Job(
        arguments=("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "tests"),
        files=files,
        limits=Limits(wall_s=600, cpu_s=600, memory_bytes=2 << 30),
    )
    result = await sandbox.run(job)
    lines = result.stdout.decode(errors="replace").strip().splitlines()
    last = lines[-1].strip("= ") if lines else result.stderr.decode(errors="replace")[-300:]
    if result.exit_code == 0:
        return Recheck("tests", "holds", last)
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))][:5]
    return Recheck("tests", "fails", textwrap.shorten("; ".join([last, *failed]), 600))
