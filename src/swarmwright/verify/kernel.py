"""The verifying kernel: from the bytes of a delivered folder to what holds. No model, no ledger, nothing of the swarm.

Three phases, each worth running only where the one before found nothing:

1. ``check_bytes``: every byte is the one that was delivered (nothing but digests is compared, nothing is run);
2. ``check_claims``: the code says what the specification says and nothing else, nothing in it is forbidden, and what
   the certificates claim and assume fits together;
3. ``check_behaviour``: in the sandbox, the recorded inputs give the behaviour that was voted for, and examples,
   contracts and laws hold.

Believed, because nothing here can check it: votes, models and families, and a solver's verdict.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from swarmwright.errors import OutputFolderError, SpecError
from swarmwright.spec.printer import print_module
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Law, Module, Spec, Unit
from swarmwright.verify import certificates as papers
from swarmwright.verify.certificates import EVIDENCE_NAME, MANIFEST_NAME, PACKAGE_NAME, Certificate, PackageCertificate
from swarmwright.verify.examine import Examiner
from swarmwright.verify.static import find_flag
from swarmwright.verify.values import Candidate, CheckResult, InputSet, Verdict

_LEFT_BY_TOOLS = frozenset({"__pycache__", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache"})


class Recheck(msgspec.Struct, frozen=True):
    """What re-checking one thing showed: a Unit, a Law, a file, the package's tests, or the package as a whole."""

    subject: str
    status: Literal["holds", "fails", "skipped"]
    detail: str


class Claims(msgspec.Struct, frozen=True):
    """What is read of ``evidence.json``: the digests of what was written before it, and which Units were delivered."""

    spec_digest: str
    files: dict[str, str]
    delivered: tuple[str, ...]


class Package(msgspec.Struct, frozen=True):
    """A delivered folder, read: specification, certificates by Unit id, modules' texts by path, bodies by Unit id."""

    spec: Spec
    claims: Claims
    whole: PackageCertificate
    certificates: dict[str, Certificate]
    sources: dict[str, str]
    bodies: dict[str, str]


def failed(found: Iterable[Recheck]) -> bool:
    """Tell whether anything fails."""
    return any(recheck.status == "fails" for recheck in found)


# 1. Bytes


def check_bytes(folder: Path, *, apart: str = "\n") -> tuple[Recheck, ...]:
    """Compare every byte of a delivered folder with the digests in it; name each changed file, and the Units in it.

    Args:
        folder: what ``build --out`` made.
        apart: files whose names begin so (the ledger's) are left to others.

    Raises:
        OutputFolderError: the folder holds no package of ours.
    """
    if not (folder / EVIDENCE_NAME).is_file() and not (folder / MANIFEST_NAME).is_file():
        raise OutputFolderError(f"{folder} holds no delivered package; give the folder that `build --out` made.")
    found: list[Recheck] = []
    said = _digests_said(folder)
    listed = papers.read_manifest(_read(folder / MANIFEST_NAME))
    if listed is None:
        missing = not (folder / MANIFEST_NAME).is_file()
        found.append(Recheck(MANIFEST_NAME, "fails", "the file is missing" if missing else "the file was changed"))
        listed = said
    for name, digest in sorted(listed.items()):
        if not name.startswith(apart):
            found += _compared(folder, name, digest)
    if not found:
        # What fits the manifest must fit the evidence too, or one of them was made anew.
        unlike = [name for name, digest in sorted(said.items()) if listed.get(name) != digest]
        found += [Recheck(name, "fails", "manifest and evidence do not give the same digest of it") for name in unlike]
    if not found:
        found.append(Recheck("files", "holds", f"{len(listed)} files are, byte for byte, as they were delivered"))
    strange = _strange(folder, {*listed, MANIFEST_NAME}, apart)
    return (*found, *(Recheck(name, "skipped", "it was not delivered and is not looked at") for name in strange))


def _digests_said(folder: Path) -> dict[str, str]:
    """Return the digests that stand in the evidence and the package's certificate, as far as these can be read."""
    said = {EVIDENCE_NAME: papers.sha256(_read(folder / EVIDENCE_NAME))}
    try:
        said |= msgspec.json.decode(_read(folder / EVIDENCE_NAME), type=Claims).files
        said |= msgspec.json.decode(_read(folder / PACKAGE_NAME), type=PackageCertificate).certificates
    except (UnicodeDecodeError, msgspec.MsgspecError):
        pass  # It was changed, and its own digest says so.
    return said


def _compared(folder: Path, name: str, digest: str) -> Iterator[Recheck]:
    try:
        with (folder / name).open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        yield Recheck(name, "fails", "the file is missing")
        return
    if not same:
        units = ", ".join(_changed_units(folder, name)) if name.endswith(".py") else ""
        yield Recheck(name, "fails", f"the file was changed after it was delivered{units and f': {units}'}")


def _changed_units(folder: Path, name: str) -> Iterator[str]:
    """Yield the Units whose certified stub or code stood in that file and does not stand there any more."""
    content = _read(folder / name)
    for path in sorted((folder / papers.CERTIFICATES).glob("*.*.json")):
        try:
            certificate = msgspec.json.decode(_read(path), type=Certificate)
        except (UnicodeDecodeError, msgspec.MsgspecError):
            continue
        texts = [text for text in (certificate.code, certificate.stub) if text.file == name]
        if any(not papers.stands_in(content, text) for text in texts):
            yield certificate.unit


def _strange(folder: Path, known: Iterable[str], apart: str) -> list[str]:
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    names = {path.as_posix() for path in paths if not _LEFT_BY_TOOLS & set(path.parts)}
    return sorted(name for name in names - set(known) if not name.startswith(apart))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def read_package(folder: Path) -> Package:
    """Read a folder whose bytes are as they were delivered.

    Raises:
        OutputFolderError: what stands there cannot be read as a package of this version.
    """
    try:
        claims = msgspec.json.decode((folder / EVIDENCE_NAME).read_bytes(), type=Claims)
        whole = msgspec.json.decode((folder / PACKAGE_NAME).read_bytes(), type=PackageCertificate)
        texts = [(folder / path).read_bytes() for path in whole.certificates]
        certificates = [msgspec.json.decode(text, type=Certificate) for text in texts]
        spec = read_spec(folder / "spec" / whole.spec_name)
        sources = {module.path: (folder / module.path).read_text(encoding="utf-8") for module in spec.modules}
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError, SpecError) as error:
        raise OutputFolderError(f"{folder} cannot be read as a package of this version ({error}).") from None
    bodies = {}
    for unit in spec.units():
        body = papers.body_in(sources[spec.module(unit.module).path], unit.name, documented=bool(unit.docstring))
        if body is not None and unit.id not in whole.undecided:
            bodies[str(unit.id)] = body
    return Package(spec, claims, whole, {one.unit: one for one in certificates}, sources, bodies)


# 2. Claims


def check_claims(package: Package) -> tuple[Recheck, ...]:
    """Hold code and certificates against the specification and against each other; pure, nothing is run."""
    found = [*_whole(package)]
    for module in package.spec.modules if not found else ():
        found += _foreign(package, module)
    own = {name: Verdict[one.verdict] for name, one in package.certificates.items()}
    assumed = {name: [each.unit for each in one.assumes] for name, one in package.certificates.items()}
    composed = papers.compose(own, assumed)
    for name, certificate in package.certificates.items() if not found else ():
        unit = package.spec.unit(name)
        faults = [*_misfits(package, unit, certificate), *_unearned(certificate)]
        if Verdict[certificate.composed] != composed[name]:
            faults.append("its verdict is not the weakest of its own and what it assumes")
        found += [Recheck(name, "fails", fault) for fault in faults]
    return tuple(found) or (Recheck("claims", "holds", "code, specification and certificates fit together"),)


def _whole(package: Package) -> Iterator[Recheck]:
    spec, whole, certified = package.spec, package.whole, set(package.certificates)
    if not spec.digest == whole.spec_sha256 == package.claims.spec_digest:
        yield Recheck("specification", "fails", "it is not the one that the evidence was made for")
    if certified & set(whole.undecided) or certified | set(whole.undecided) != {unit.id for unit in spec.units()}:
        yield Recheck(PACKAGE_NAME, "fails", "it does not say of each function that it is certified or undecided")
    if whole.format != papers.FORMAT or set(whole.certificates) != set(map(papers.certificate_path, certified)):
        yield Recheck(PACKAGE_NAME, "fails", "its list of certificates is not one of this version")
    if set(package.claims.delivered) != certified:
        yield Recheck(EVIDENCE_NAME, "fails", "what it says was delivered is not what is certified")
    lowest = papers.weakest(Verdict[one.composed] for one in package.certificates.values())
    verdict = Verdict.UNKNOWN if whole.undecided else lowest
    if (Verdict[whole.verdict], Verdict[whole.weakest]) != (verdict, lowest):
        yield Recheck(PACKAGE_NAME, "fails", f"its verdict is not that of the weakest function ({verdict.name})")


def _foreign(package: Package, module: Module) -> Iterator[Recheck]:
    """Yield a module's file where it holds anything but the specification's text and the bodies that are checked."""
    expected = print_module(module, package.bodies, view="delivered", undecided=package.whole.undecided)
    said, imports = said_by(package.sources[module.path])
    wanted, given = said_by(expected)
    if said != wanted or not imports <= given:
        yield Recheck(module.path, "fails", "it says something that is neither the specification's nor certified")


def said_by(source: str) -> tuple[list[str], set[str]]:
    """Return what code says, apart from layout: its statements, and its imports (formatting drops unused ones)."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ["no Python"], set()
    imports = {
        f"{'.' * getattr(node, 'level', 0)}{getattr(node, 'module', '')} {alias.name} {alias.asname}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    _Layout().visit(tree)
    return [ast.dump(node) for node in tree.body], imports


class _Layout(ast.NodeTransformer):
    """Takes away what a formatter may change: imports, docstrings' white space, a ``u`` before text, ``del (a, b)``."""

    def visit(self, node: ast.AST) -> ast.AST | None:
        match node:
            case ast.Import() | ast.ImportFrom():
                return None
            case ast.Expr(value=ast.Constant(value=str(text)) as constant):
                constant.value = "\n".join(map(str.rstrip, inspect.cleandoc(text).split("\n"))).strip()
            case ast.Delete(targets=[ast.Tuple(elts=parts)]):
                node.targets = parts
            case ast.Constant():
                node.kind = None
        return self.generic_visit(node)


def _misfits(package: Package, unit: Unit, certificate: Certificate) -> Iterator[str]:
    """Yield where a certificate is not that of this stub, code and specification, and what is forbidden in the code."""
    path = package.spec.module(unit.module).path
    if certificate.format != papers.FORMAT or certificate.spec_sha256 != package.spec.digest:
        yield "its certificate is of another version or of another specification"
    if certificate.stub != papers.printed(f"spec/{path}", unit.source):
        yield "its certificate is for another stub"
    code = papers.code_in(package.sources[path], unit.name)
    if certificate.code != papers.printed(path, code) or unit.id not in package.bodies:
        yield "its certificate is for other code"
    elif (flag := find_flag(package.spec, unit, package.bodies[unit.id])) is not None:
        yield f"{flag[0]}: {flag[1]}"
    if certificate.inputs_sha256 != papers.inputs_digest(certificate.inputs):
        yield "the recorded inputs are not those of their digest"
    if certificate.assumes != assumptions(package.spec, unit, package.certificates):
        yield "what it assumes of other functions is not what their certificates say"


def assumptions(spec: Spec, unit: Unit, certificates: Mapping[str, Certificate]) -> tuple[papers.Assumption, ...]:
    """Return what a Unit takes for granted: of those it may call, and of those that its Contracts call."""
    why: dict[str, Literal["calls", "contracts"]] = {str(name): "contracts" for name in unit.checked_with}
    why |= {str(name): "calls" for name in unit.uses}
    found = []
    for name, reason in sorted(why.items()):
        if name != unit.id:
            one = certificates.get(name)
            code, verdict = (one.code.sha256, one.composed) if one else ("", "UNKNOWN")
            found.append(papers.Assumption(name, reason, papers.sha256(spec.unit(name).source), code, verdict))
    return tuple(found)


def _unearned(certificate: Certificate) -> Iterator[str]:
    """Yield why a certificate's own verdict is more than its checks support."""
    tried = len(certificate.inputs) + sum(c.inputs for c in certificate.checks if c.check == papers.FRESH)
    confirmed = any(check.tool and check.verdict == "BOUNDED" for check in certificate.checks)
    if certificate.verdict not in ("TESTED", "BOUNDED") or any(c.verdict == "REFUTED" for c in certificate.checks):
        yield "its checks do not support that it was delivered"
    if certificate.verdict == "BOUNDED" and not (confirmed or certificate.exhausted):
        yield "it claims BOUNDED, and neither a solver nor the whole domain stands behind that"
    if not certificate.inputs or (tried < papers.FEWEST_INPUTS and not certificate.exhausted):
        yield f"{tried} inputs stand behind its verdict, and {papers.FEWEST_INPUTS} are needed"
    if certificate.one_family != (len(certificate.families) < 2):
        yield "it does not say rightly whether it was supported by a single family of models"


# 3. Behaviour


async def check_behaviour(package: Package, examiner: Examiner) -> tuple[Recheck, ...]:
    """Run each certified Unit on its recorded inputs, and the Laws; say of each what holds and what that assumes."""
    found = []
    for unit in package.spec.units():
        if unit.id in package.certificates:
            found.append(await _unit(package, unit, package.certificates[unit.id], examiner))
        else:
            found.append(Recheck(unit.id, "skipped", f"undecided: {package.whole.undecided.get(unit.id, '')}"))
    return (*found, *[await _law(package, law, examiner) for law in package.spec.laws()])


async def _unit(package: Package, unit: Unit, certificate: Certificate, examiner: Examiner) -> Recheck:
    inputs = InputSet(unit.id, 0, certificate.inputs, certificate.exhausted)
    own = all(call.unit == unit.id for call in inputs.calls)
    if not own or await examiner.valid(unit.id, inputs.calls) != inputs.calls:
        return Recheck(unit.id, "fails", "a recorded input is none that its preconditions allow")
    callees = {name: body for name, body in package.bodies.items() if name != unit.id}
    examination = await examiner.examine(Candidate(unit.id, package.bodies[unit.id]), inputs, callees)
    if examination.key is None:
        return Recheck(unit.id, "fails", examination.flag or str(examination.counterexample))
    if examination.key.hex() != certificate.signature:
        return Recheck(unit.id, "fails", "on the recorded inputs it does not behave as what was voted for")
    if unit.checked_with and all(name in package.bodies for name in unit.checked_with):
        together = await examiner.check_contracts_together(unit.id, package.bodies, inputs)
        if together.verdict is Verdict.REFUTED:
            return judged(unit.id, together)
    checks = ", ".join(dict.fromkeys(check.check for check in examination.checks))
    return Recheck(unit.id, "holds", f"{standing(certificate)}; {len(inputs.calls)} recorded inputs: {checks}")


async def _law(package: Package, law: Law, examiner: Examiner) -> Recheck:
    if not all(name in package.bodies for name in law.units):
        return Recheck(f"law {law.name}", "skipped", "a function it names is undecided")
    return judged(f"law {law.name}", await examiner.check_law(law, package.bodies))


def judged(subject: str, check: CheckResult) -> Recheck:
    """Return a check's result as what re-checking showed."""
    if check.verdict is Verdict.REFUTED:
        return Recheck(subject, "fails", str(check.counterexample or check.detail))
    if check.verdict is Verdict.UNKNOWN:
        return Recheck(subject, "skipped", check.detail)
    return Recheck(subject, "holds", f"{check.inputs} inputs")


def standing(certificate: Certificate) -> str:
    """Return a certificate's verdict with what it assumes and what is only believed, in words."""
    tools = dict.fromkeys(check.tool for check in certificate.checks if check.tool and check.verdict == "BOUNDED")
    believed = f", believing {', '.join(tools)}" if tools and certificate.composed == "BOUNDED" else ""
    own = f" ({certificate.verdict} by itself)" if certificate.verdict != certificate.composed else ""
    assumed = ", ".join(f"{one.unit} ({one.verdict})" for one in certificate.assumes)
    family = " from one family of models" if certificate.one_family else ""
    votes = f"{certificate.votes} votes{family}, {certificate.margin} ahead"
    return f"{certificate.composed}{own}{believed}{assumed and f', assuming {assumed}'}; {votes}"


def conclude(package: Package) -> Recheck:
    """Return what holds of the package as a whole, where no phase found a fault."""
    whole, count = package.whole, len(package.certificates)
    undecided = f"; undecided: {', '.join(whole.undecided)}" if whole.undecided else ""
    weakest = f", the weakest of them {whole.weakest}" if count else ""
    return Recheck("package", "holds", f"{whole.verdict}: {count} functions delivered{weakest}{undecided}")
