"""The verifying kernel: what it says of sound packages, of changed bytes, and of lies with all digests made anew."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.construct.assembly import assemble
from swarmwright.construct.packaging import digests, format_files
from swarmwright.construct.recheck import recheck
from swarmwright.errors import OutputFolderError
from swarmwright.spec.printer import print_module
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec
from swarmwright.verify.certificates import (
    EVIDENCE_NAME,
    FORMAT,
    MANIFEST_NAME,
    PACKAGE_NAME,
    Certificate,
    CertifiedCheck,
    PackageCertificate,
    body_in,
    certificate_path,
    certificate_text,
    code_in,
    inputs_digest,
    manifest_text,
    package_text,
    printed,
    sha256,
)
from swarmwright.verify.kernel import (
    Recheck,
    assumptions,
    check_bytes,
    check_claims,
    failed,
    read_package,
    said_by,
)
from swarmwright.verify.signatures import signature
from swarmwright.verify.values import Call, Outcome

SOURCE = '''
"""Small sums."""

import math
import os.path
from typing import overload

import icontract

FACTOR = 2


def double(n: int) -> int:
    """Twice n.

    >>> double(2)
    4
    """
    ...


@icontract.require(lambda n: n > -100)
def quadruple(n: int) -> int:
    """Four times n.

      With a line of its own$

    Uses: double

    >>> quadruple(2)
    8
    """
    ...


def bare(n: int) -> int:
    ...


def floor(x: float) -> int:
    """Given."""
    del (x), x
    return math.floor(x)


def law_even(n: int) -> bool:
    """Doubles are even."""
    return double(n) % 2 == 0
'''
DOUBLE, QUADRUPLE, BARE = "m.double", "m.quadruple", "m.bare"
BODIES = {DOUBLE: "return n * 2", QUADRUPLE: "return double(double(n))"}
MODULE = "m/__init__.py"
NUMBERS = range(-30, 30)


@functools.cache
def formatted(spec: Spec) -> dict[str, str]:
    return format_files(assemble(spec, BODIES, {BARE: "no evidence"}))


class Delivered:
    """A package in a folder whose certificates, and all digests, can be made anew after a change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "out"
        (folder / "m.py").write_text(SOURCE.replace("$", "   "), encoding="utf-8")
        self.spec = read_spec(folder / "m.py")
        self.texts = dict(formatted(self.spec))
        self.certificates: dict[str, Certificate] = {}
        self.whole = PackageCertificate(
            format=FORMAT,
            spec_name="m",
            spec_sha256=self.spec.digest,
            verdict="UNKNOWN",
            weakest="TESTED",
            undecided={BARE: "no evidence"},
            families={"small": "one"},
            tools={},
            certificates={},
        )
        self.certify(DOUBLE, factor=2)
        self.certify(QUADRUPLE, factor=4)
        self.write()

    def certify(self, name: str, **fields: object) -> None:
        """Certify the code that stands there now; ``factor`` gives the voted behaviour, the rest replaces fields."""
        unit = self.spec.unit(name)
        factor = fields.pop("factor", 2)
        assert isinstance(factor, int)
        calls = fields.pop("inputs", None) or tuple(Call(name, (n,)) for n in NUMBERS)
        outcomes = [Outcome("value", value=factor * n) for n in NUMBERS]
        one = Certificate(
            format=FORMAT,
            unit=name,
            spec_sha256=self.spec.digest,
            stub=printed(f"spec/{MODULE}", unit.source),
            code=printed(MODULE, code_in(self.texts[MODULE], unit.name)),
            verdict="TESTED",
            composed="TESTED",
            assumes=assumptions(self.spec, unit, self.certificates),
            votes=3,
            margin=3,
            rivals=(),
            models=("small",),
            families=("one",),
            one_family=True,
            checks=(CertifiedCheck("examples", "TESTED", 1),),
            signature=signature(outcomes, "int").hex(),
            exhausted=False,
            inputs_sha256=inputs_digest(calls),
            inputs=calls,
        )
        self.certificates[name] = msgspec.structs.replace(one, **fields)

    def edit(self, old: str, new: str) -> None:
        """Change the delivered module, and certify what stands there now as if it had been voted for."""
        assert self.texts[MODULE].count(old) == 1
        self.texts[MODULE] = self.texts[MODULE].replace(old, new)

    def write(self, **package: object) -> None:
        """Write everything with digests that fit."""
        files = {certificate_path(name): certificate_text(one) for name, one in self.certificates.items()}
        whole = msgspec.structs.replace(self.whole, certificates=digests(files), **package)
        texts = {**self.texts, **files, PACKAGE_NAME: package_text(whole)}
        evidence = {"spec_digest": self.spec.digest, "files": digests(texts), "delivered": list(self.certificates)}
        texts[EVIDENCE_NAME] = msgspec.json.encode(evidence).decode()
        texts[MANIFEST_NAME] = manifest_text(digests(texts))
        for name, text in texts.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def said(self) -> dict[str, str]:
        """What the phases that run nothing find wrong: subject to detail."""
        assert not failed(check_bytes(self.folder)), "every digest fits"
        found = check_claims(read_package(self.folder))
        subjects = {one.subject for one in found if one.status == "fails"}
        return {name: "; ".join(one.detail for one in found if one.subject == name) for name in subjects}

    def rechecked(self) -> dict[str, Recheck]:
        assert not failed(check_bytes(self.folder)), "every digest fits"
        return {one.subject: one for one in asyncio.run(recheck(self.folder, open_sandbox()))}


@pytest.fixture
def delivered(tmp_path: Path) -> Delivered:
    return Delivered(tmp_path)


# What is sound


def test_a_sound_package_is_sound_without_running_anything(delivered: Delivered) -> None:
    (found,) = check_bytes(delivered.folder)
    assert (found.subject, found.status) == ("files", "holds")
    assert delivered.said() == {}


@pytest.mark.sandbox
def test_what_holds_is_said_with_what_it_assumes(delivered: Delivered) -> None:
    found = delivered.rechecked()
    assert {subject: one.status for subject, one in found.items()} == {
        "claims": "holds",
        DOUBLE: "holds",
        QUADRUPLE: "holds",
        BARE: "skipped",
        "law law_even": "holds",
        "fresh inputs": "holds",
        "tests": "holds",
        "package": "holds",
    }
    assert found[DOUBLE].detail.startswith("TESTED; 3 votes from one family of models, 3 ahead; 60 recorded inputs")
    assert found[QUADRUPLE].detail.startswith("TESTED, assuming m.double (TESTED); 3 votes")
    assert found["package"].detail == "UNKNOWN: 2 functions delivered, the weakest of them TESTED; undecided: m.bare"


def test_a_folder_without_a_package_is_not_ours(tmp_path: Path) -> None:
    with pytest.raises(OutputFolderError, match="holds no delivered package"):
        check_bytes(tmp_path)
    with pytest.raises(OutputFolderError, match="cannot be read as a package of this version"):
        read_package(tmp_path)


# Changed bytes


@pytest.mark.parametrize(
    ("old", "new", "units"),
    [
        ("return n * 2", "return n * 3", ": m.double"),
        ("return n * 2", "return (n * 2", ": m.double"),
        ("FACTOR = 2", "FACTOR = 3", ""),
        ("Four times n.", "Five times n.", ": m.quadruple"),
    ],
)
def test_a_change_of_code_is_named_with_its_unit(delivered: Delivered, old: str, new: str, units: str) -> None:
    file = delivered.folder / MODULE
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (found,) = check_bytes(delivered.folder)
    assert found == Recheck(MODULE, "fails", f"the file was changed after it was delivered{units}")


def test_a_change_of_the_specification_is_named_with_its_unit(delivered: Delivered) -> None:
    file = delivered.folder / "spec" / MODULE
    file.write_text(file.read_text(encoding="utf-8").replace("Twice n", "Twice  n"), encoding="utf-8")
    (found,) = check_bytes(delivered.folder)
    assert found == Recheck(f"spec/{MODULE}", "fails", "the file was changed after it was delivered: m.double")


def test_missing_and_added_files_are_named_and_what_tools_leave_is_not(delivered: Delivered) -> None:
    (delivered.folder / "pyproject.toml").unlink()
    (delivered.folder / "m" / "extra.py").write_text("x = 1\n")
    (delivered.folder / "m" / "__pycache__").mkdir()
    (delivered.folder / "m" / "__pycache__" / "m.pyc").write_text("")
    found = {one.subject: (one.status, one.detail) for one in check_bytes(delivered.folder)}
    assert found == {
        "pyproject.toml": ("fails", "the file is missing"),
        "m/extra.py": ("skipped", "it was not delivered and is not looked at"),
    }


def test_what_is_kept_apart_is_left_to_others(delivered: Delivered) -> None:
    (delivered.folder / "run.ledger.lock").write_text("x")
    assert [one.subject for one in check_bytes(delivered.folder)] == ["files", "run.ledger.lock"]
    assert [one.subject for one in check_bytes(delivered.folder, apart="run.ledger")] == ["files"]


def test_without_its_manifest_the_evidence_still_names_what_was_changed(delivered: Delivered) -> None:
    (delivered.folder / MANIFEST_NAME).unlink()
    (delivered.folder / "pyproject.toml").write_text("")
    found = {one.subject: one.detail for one in check_bytes(delivered.folder)}
    assert found == {
        MANIFEST_NAME: "the file is missing",
        "pyproject.toml": "the file was changed after it was delivered",
    }


def test_a_manifest_made_anew_does_not_hide_a_change(delivered: Delivered) -> None:
    names = [path.relative_to(delivered.folder).as_posix() for path in delivered.folder.rglob("*") if path.is_file()]
    (delivered.folder / "pyproject.toml").write_text("")
    now = {name: sha256((delivered.folder / name).read_bytes()) for name in names if name != MANIFEST_NAME}
    (delivered.folder / MANIFEST_NAME).write_text(manifest_text(now))
    assert [one.subject for one in check_bytes(delivered.folder) if one.status == "fails"] == ["pyproject.toml"]
    del now["pyproject.toml"]
    (delivered.folder / MANIFEST_NAME).write_text(manifest_text(now))
    assert [one.subject for one in check_bytes(delivered.folder) if one.status == "fails"] == ["pyproject.toml"]


# Lies with all digests made anew, found without running anything

Lie = Callable[[Delivered], None]


def _edited(old: str, new: str) -> Lie:
    def tell(package: Delivered) -> None:
        package.edit(old, new)
        package.certify(DOUBLE, factor=2)
        package.certify(QUADRUPLE, factor=4)

    return tell


def _claimed(name: str, **fields: object) -> Lie:
    return lambda package: package.certify(name, factor=2 if name == DOUBLE else 4, **fields)


def _doubted(package: Delivered) -> None:
    """Deliver what is UNKNOWN, and say so everywhere."""
    package.certify(DOUBLE, factor=2, verdict="UNKNOWN", composed="UNKNOWN")
    package.certify(QUADRUPLE, factor=4, composed="UNKNOWN")
    package.whole = msgspec.structs.replace(package.whole, weakest="UNKNOWN")


FEW = tuple(Call(DOUBLE, (n,)) for n in range(3))


@pytest.mark.parametrize(
    ("lie", "subject", "words"),
    [
        (_edited("FACTOR = 2", "FACTOR = 3"), MODULE, "neither the specification's nor certified"),
        (_edited("FACTOR = 2", "FACTOR = 2\nimport socket"), MODULE, "neither"),
        (_edited("def bare", "double = abs\n\n\ndef bare"), MODULE, "neither"),
        (_edited("n > -100", "n > 100"), MODULE, "neither"),
        (_edited("Four times n.", "Five times n."), MODULE, "neither"),
        (_edited('"no evidence"', '"other evidence"'), MODULE, "neither"),
        (_edited("return n * 2", "return eval('n * 2')"), DOUBLE, "eval"),
        (_edited("return n * 2", "import os\n    return n * 2"), DOUBLE, "os"),
        (_edited("return n * 2", "raise NotImplementedError"), DOUBLE, "unfinished"),
        (_claimed(DOUBLE, verdict="BOUNDED", composed="BOUNDED"), DOUBLE, "claims BOUNDED"),
        (_doubted, DOUBLE, "do not support"),
        (_claimed(DOUBLE, checks=(CertifiedCheck("examples", "REFUTED", 1),)), DOUBLE, "do not support"),
        (_claimed(DOUBLE, inputs=FEW), DOUBLE, "3 inputs stand behind its verdict, and 50 are needed"),
        (_claimed(DOUBLE, inputs_sha256="0" * 64), DOUBLE, "not those of their digest"),
        (_claimed(DOUBLE, families=("one", "two")), DOUBLE, "single family"),
        (_claimed(DOUBLE, spec_sha256="0" * 64), DOUBLE, "another specification"),
        (_claimed(DOUBLE, format=FORMAT + 1), DOUBLE, "another version"),
        (_claimed(DOUBLE, stub=printed(f"spec/{MODULE}", "def double(n): ...")), DOUBLE, "another stub"),
        (_claimed(DOUBLE, code=printed(MODULE, "return n * 2")), DOUBLE, "other code"),
        (_claimed(QUADRUPLE, assumes=()), QUADRUPLE, "what it assumes"),
        (_claimed(QUADRUPLE, exhausted=True, verdict="BOUNDED", composed="BOUNDED"), QUADRUPLE, "not the weakest"),
        (lambda package: package.certificates.pop(DOUBLE), PACKAGE_NAME, "certified or undecided"),
    ],
)
def test_a_lie_is_found_though_every_digest_fits(delivered: Delivered, lie: Lie, subject: str, words: str) -> None:
    lie(delivered)
    delivered.write()
    assert words in delivered.said()[subject]


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ({"verdict": "TESTED"}, "its verdict is not that of the weakest function (UNKNOWN)"),
        ({"weakest": "BOUNDED"}, "not that of the weakest"),
        ({"undecided": {}}, "certified or undecided"),
        ({"format": FORMAT + 1}, "not one of this version"),
    ],
)
def test_the_packages_own_verdict_is_held_against_its_functions(
    delivered: Delivered, package: dict[str, object], words: str
) -> None:
    delivered.write(**package)
    assert words in delivered.said()[PACKAGE_NAME]


def test_the_verdict_of_a_whole_package_is_that_of_what_it_delivers(delivered: Delivered) -> None:
    spec: Spec = delivered.spec
    assert {unit.id for unit in spec.units()} == {DOUBLE, QUADRUPLE, BARE}
    solver = (CertifiedCheck("CrossHair: postconditions", "BOUNDED", 0, "", "crosshair-tool 1"),)
    delivered.certify(DOUBLE, factor=2, verdict="BOUNDED", composed="BOUNDED", checks=solver)
    delivered.certify(QUADRUPLE, factor=4)
    delivered.write()
    assert delivered.said() == {}


ODD = r"""
''' Doc with spaces at line ends$$
   and a back\\slash "'''
from __future__ import annotations
import os, sys
from collections import (OrderedDict,
   defaultdict)
if True:
    import re
try:
    import numpy
except ImportError:
    numpy = None
X = {'a' : 1, "b": 0XFF, 'c' : 1E5, "d": u"x", 'e': b'\xAB'}
s = ('a' 'b'
     "c" f'{X["a"]!r:>{10}}' f"{X = }")
class A(  object ):
    '''  Odd doc"'''
    x : int = 1
    '''attr   doc   '''
    def f(self):$
        '''   one
          two$$

        '''
        del (self.x), (s)
        lambda x=(1,): (x)
        return(1)
def k(
   a: int, b: list[int] = [1,2,], *, c = 'x'
) -> int: # comment
    '''k
\tTabbed
    done "'''
    ...
for i in range(3): print(i) ; print(i, end='')
assert(X), 'no'
with open(os.devnull) as q, open(os.devnull) as w: pass
""".replace("$", "  ")


def test_what_a_formatter_changes_is_no_lie(tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(ODD, encoding="utf-8")
    spec = read_spec(tmp_path / "odd.py")
    body = "import os, re\nfrom json import loads, dumps\nif a:\n    return loads( u'x' )\ndel (a, b)\nreturn 'x' \"y\""
    text = format_files(assemble(spec, {"odd.k": body}, {}))["odd/__init__.py"]
    there = body_in(text, "k", documented=True)
    assert there is not None
    assert said_by(there)[0] == said_by(body)[0]
    wanted, given = said_by(print_module(spec.module("odd"), {"odd.k": there}, view="delivered"))
    said, imports = said_by(text)
    assert said == wanted
    assert imports <= given
    assert said_by(text.replace("0xFF", "0xFE"))[0] != wanted
    assert said_by(text + "(")[0] != wanted


# Lies that only running finds


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("body", "voted", "subject", "words"),
    [
        # Passes examples, contracts and the law: only the recorded behaviour is against it.
        ("return n * 2 if n < 25 else n * 4", {}, DOUBLE, "does not behave as what was voted for"),
        # The signature is made anew too: the examples are against it, or the law.
        ("return n * 3", {"factor": 3}, DOUBLE, "the example says 4"),
        ("return n * 2 + (n > 29)", {"factor": 2}, "law law_even", "the law must hold"),
        # An input that the preconditions do not allow is no evidence.
        (
            "return n * 2",
            {"quadruple": tuple(Call(QUADRUPLE, (n - 100,)) for n in NUMBERS)},
            QUADRUPLE,
            "none that its preconditions allow",
        ),
    ],
)
def test_wrong_code_is_found_though_every_digest_fits(
    delivered: Delivered, body: str, voted: dict[str, object], subject: str, words: str
) -> None:
    delivered.edit("return n * 2", body)
    delivered.certify(DOUBLE, factor=voted.get("factor", 2))
    delivered.certify(QUADRUPLE, factor=4, inputs=voted.get("quadruple"))
    delivered.write()
    found = delivered.rechecked()
    assert found[subject].status == "fails"
    assert words in found[subject].detail
    assert "package" not in found
