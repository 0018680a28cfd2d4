"""What a delivered package says of itself: a certificate a Unit, one for the package, and the list of all its bytes.

The chain of digests: a certificate holds those of its Unit's stub and code, ``certificates/package.json`` those of
the certificates, ``evidence.json`` those of every file it was written after, and ``MANIFEST.sha256`` (in the format
of ``sha256sum``) those of everything else, the ledger too. Its last line is the digest of the lines above it. So no
single byte can change, that of a digest neither, without being found where it stands.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Literal

import msgspec

from swarmwright.verify.values import Call, Verdict

FORMAT = 1
"""Version of the certificates' format; another version is refused, never guessed."""
CERTIFICATES = "certificates"
PACKAGE_NAME = f"{CERTIFICATES}/package.json"
EVIDENCE_NAME = "evidence.json"
MANIFEST_NAME = "MANIFEST.sha256"
FEWEST_INPUTS = 50
"""Valid inputs that TESTED needs, where the domain has as many."""
FRESH = "fresh inputs"
"""The check that tried inputs beyond those that are recorded."""
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)\n")
_SEAL = "# sha256 of the lines above: "

VerdictName = Literal["REFUTED", "UNKNOWN", "TESTED", "BOUNDED", "PROVED"]


class Printed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that stands in a delivered file, line for line: its digest, its size, and the file."""

    file: str
    sha256: str
    size_bytes: int


class CertifiedCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one check showed; ``tool`` is the name and version of the program where it is not ours."""

    check: str
    verdict: VerdictName
    inputs: int
    detail: str = ""
    tool: str = ""


class Assumption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a certificate takes for granted of another Unit: that it is this code and bears that verdict.

    ``why`` says whether the Unit may call it or is judged by Contracts that call it. Without a certificate of its own
    (undecided) it is UNKNOWN and ``code_sha256`` is empty.
    """

    unit: str
    why: Literal["calls", "contracts"]
    stub_sha256: str
    code_sha256: str
    verdict: VerdictName


class Certificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The Evidence of one delivered Unit, in enough detail to do it again.

    ``verdict`` is its own and ``composed`` never stronger than that of anything it assumes. ``signature`` is the
    execution signature of the behaviour that was voted for, over ``inputs`` in their order; ``exhausted`` says that
    these are all there are. ``rivals`` are the votes of each other behaviour; ``models`` and ``families`` supported the
    winning one, and ``one_family`` marks support from a single family, whose errors may be shared.
    """

    format: int
    unit: str
    spec_sha256: str
    stub: Printed
    code: Printed
    verdict: VerdictName
    composed: VerdictName
    assumes: tuple[Assumption, ...]
    votes: int
    margin: int
    rivals: tuple[int, ...]
    models: tuple[str, ...]
    families: tuple[str, ...]
    one_family: bool
    checks: tuple[CertifiedCheck, ...]
    signature: str
    exhausted: bool
    inputs_sha256: str
    inputs: tuple[Call, ...]


class PackageCertificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds of a package as a whole.

    ``certificates`` gives the digest of each certificate by its path. ``weakest`` is the weakest verdict of what was
    delivered; ``verdict`` is that of the whole, in which every undecided Unit counts as UNKNOWN. ``families`` says
    which models err alike, and ``tools`` gives the versions of the programs that checked.
    """

    format: int
    spec_name: str
    spec_sha256: str
    verdict: VerdictName
    weakest: VerdictName
    undecided: dict[str, str]
    families: dict[str, str]
    tools: dict[str, str]
    certificates: dict[str, str]


def certificate_path(unit_id: str) -> str:
    """Return where a Unit's certificate lies in the output folder."""
    return f"{CERTIFICATES}/{unit_id}.json"


def certificate_text(certificate: Certificate) -> str:
    """Return a certificate as JSON: indented, one recorded input a line."""
    bare = msgspec.json.encode(msgspec.structs.replace(certificate, inputs=()))
    head = msgspec.json.format(bare, indent=2).decode().removesuffix("[]\n}")
    lines = ",\n    ".join(msgspec.json.encode(call).decode() for call in certificate.inputs)
    return f"{head}[\n    {lines}\n  ]\n}}\n" if lines else f"{head}[]\n}}\n"


def package_text(package: PackageCertificate) -> str:
    """Return the package's certificate as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(package), indent=2).decode() + "\n"


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 of a text (as UTF-8) or of bytes, in hex."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def inputs_digest(inputs: Iterable[Call]) -> str:
    """Return the digest of recorded inputs."""
    return sha256(msgspec.json.encode(tuple(inputs)))


# Texts in files


def printed(file: str, text: str) -> Printed:
    """Return what identifies a text that stands in that file."""
    return Printed(file, sha256(text), len(text.encode("utf-8", "surrogatepass")))


def stands_in(content: bytes, text: Printed) -> bool:
    """Tell whether exactly that text begins at some line of a file, whatever else the file holds (Python or not)."""
    starts = (0, *(match.end() for match in re.finditer(b"\n", content)))
    return any(sha256(content[start : start + text.size_bytes]) == text.sha256 for start in starts)


def function_in(source: str, name: str) -> ast.FunctionDef | None:
    """Return the top-level function that the name stands for: the last one (overloads may come before); or None."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    return found[-1] if found else None


def code_in(source: str, name: str) -> str:
    """Return the lines of that function, decorators included; empty where there is no such function."""
    node = function_in(source, name)
    if node is None:
        return ""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return "\n".join(source.split("\n")[first - 1 : node.end_lineno])


def body_in(source: str, name: str, *, documented: bool) -> str | None:
    """Return the dedented body of that function; None where there is none.

    Args:
        source: a module's text.
        name: the function.
        documented: whether the specification gives it a docstring, which is left out; without, a text that stands
            first belongs to the body.
    """
    node = function_in(source, name)
    if node is None:
        return None
    statements = node.body[1:] if documented and ast.get_docstring(node) is not None else node.body
    return "\n".join(ast.unparse(statement) for statement in statements) or None


# Verdicts


def compose(own: Mapping[str, Verdict], assumes: Mapping[str, Collection[str]]) -> dict[str, Verdict]:
    """Return each Unit's composed verdict: the weakest among its own and those of all it reaches by assumptions.

    What has no verdict of its own is UNKNOWN. Units may assume each other in a circle (an encoder and its decoder).
    """
    composed = {}
    for unit in own:
        reached, todo = {unit}, [unit]
        while todo:
            new = set(assumes.get(todo.pop(), ())) - reached
            reached |= new
            todo += new
        composed[unit] = min(own.get(name, Verdict.UNKNOWN) for name in reached)
    return composed


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the weakest verdict; UNKNOWN where there is none."""
    return min(verdicts, default=Verdict.UNKNOWN)


# The list of all bytes


def manifest_text(digests: Mapping[str, str]) -> str:
    """Return the manifest of these files (path to SHA-256), which ``sha256sum -c`` reads too."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return f"{lines}{_SEAL}{sha256(lines)}\n"


def read_manifest(content: bytes) -> dict[str, str] | None:
    """Return path to SHA-256; None where this is not, byte for byte, what ``manifest_text`` makes of some files."""
    found = {name: digest for digest, name in _LINE.findall(content.decode("utf-8", "replace"))}
    inside = all(not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts for name in found)
    return found if inside and manifest_text(found).encode() == content else None
