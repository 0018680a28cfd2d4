"""``verify``: a changed byte is found and named, wherever it is; wrong code is found even where every digest fits."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
from pathlib import Path

import msgspec
import pytest

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.config.records import check_records
from swarmwright.verify.certificates import (
    CERTIFICATES,
    EVIDENCE_NAME,
    MANIFEST_NAME,
    PACKAGE_NAME,
    Certificate,
    PackageCertificate,
    certificate_text,
    code_in,
    manifest_text,
    package_text,
    printed,
    read_manifest,
)

from .conftest import SOLUTIONS, Desk

CHANGES = 200
MODULE = "sums/__init__.py"


@pytest.fixture
def copy(built: Desk, tmp_path: Path) -> Path:
    left_by_tests = shutil.ignore_patterns("__pycache__", ".hypothesis")
    return Path(shutil.copytree(built.out, tmp_path / "copy", ignore=left_by_tests))


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def changed(content: bytes, dice: random.Random) -> bytes:
    """Return the bytes with one of them replaced, inserted or removed."""
    way = dice.choice(["replace", "replace", "insert", "remove"]) if content else "insert"
    at = dice.randrange(len(content)) if content else 0
    new = bytes([dice.choice([b for b in range(256) if way == "insert" or b != content[at]])])
    if way == "insert":
        return content[:at] + new + content[at:]
    return content[:at] + (new if way == "replace" else b"") + content[at + 1 :]


def test_every_file_that_was_delivered_is_listed(copy: Path) -> None:
    listed = read_manifest((copy / MANIFEST_NAME).read_bytes())
    assert listed is not None
    assert sorted([*listed, MANIFEST_NAME]) == files_of(copy)
    assert {"run.ledger", "run.ledger.lock", "EVIDENCE.md", EVIDENCE_NAME, PACKAGE_NAME, MODULE} <= set(listed)
    assert {f"{CERTIFICATES}/sums.{name}.json" for name in ("double", "shout", "quadruple")} <= set(listed)


def test_each_of_200_random_single_byte_changes_is_found_and_named(copy: Path) -> None:
    dice = random.Random(20_250_727)
    names = files_of(copy)
    assert not [one for one in check_records(copy) if one.status == "fails"]
    for number in range(CHANGES):
        # Every file in turn, so that the small ones are changed too.
        name = names[number % len(names)]
        file = copy / name
        content = file.read_bytes()
        file.write_bytes(changed(content, dice))
        named = {one.subject for one in check_records(copy) if one.status == "fails"}
        file.write_bytes(content)
        assert named == {name}, f"change {number}"
    assert not [one for one in check_records(copy) if one.status == "fails"], "all is as it was"


def test_a_changed_byte_of_code_or_specification_is_named_with_its_unit(copy: Path) -> None:
    for name in (MODULE, f"spec/{MODULE}"):
        content = (copy / name).read_bytes()
        for unit in ("double", "shout", "quadruple"):
            at = content.index(f"def {unit}(".encode()) + 6
            (copy / name).write_bytes(content[:at] + b"\xff" + content[at + 1 :])
            (found,) = (one for one in check_records(copy) if one.status == "fails")
            assert (found.subject, found.detail.rpartition(": ")[2]) == (name, f"sums.{unit}")
        (copy / name).write_bytes(content)


def test_the_command_names_the_change_runs_nothing_and_fails(built: Desk, copy: Path) -> None:
    (copy / "tests" / "__init__.py").unlink(missing_ok=True)
    file = copy / "pyproject.toml"
    file.write_bytes(file.read_bytes().replace(b"0.1.0", b"0.1.1"))
    result = built.run("verify", copy)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "fails    pyproject.toml: the file was changed after it was delivered" in result.stdout
    assert "nothing of it was run" in result.stdout
    assert not re.search(r"^\w+ +sums\.", result.stdout, re.MULTILINE)
    assert result.stderr == ""


def test_a_sound_package_says_of_each_function_what_it_assumes(built: Desk, copy: Path) -> None:
    result = built.run("verify", copy)
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(
        r"^holds    sums\.quadruple: \w+.*, assuming sums\.double \(\w+\); \d+ votes from one family",
        result.stdout,
        re.MULTILINE,
    ), result.stdout
    assert re.search(r"^holds    package: (TESTED|BOUNDED): 3 functions delivered", result.stdout, re.MULTILINE)
    assert "it, code and certificates say what the ledger tells" in result.stdout
    assert not re.search(r"^fails", result.stdout, re.MULTILINE)


def test_a_package_is_as_sound_without_its_ledger(built: Desk, copy: Path) -> None:
    for file in copy.glob("run.ledger*"):
        file.unlink()
    result = built.run("verify", copy)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "skipped  run.ledger: the ledger is not here" in result.stdout


def reseal(folder: Path, unit: str) -> None:
    """Make every digest anew, as whoever wants to hide a change would: certificate, package, evidence, manifest."""
    path = folder / CERTIFICATES / f"{unit}.json"
    certificate = msgspec.json.decode(path.read_bytes(), type=Certificate)
    code = code_in((folder / MODULE).read_text(encoding="utf-8"), unit.rpartition(".")[2])
    certificate = msgspec.structs.replace(certificate, code=printed(MODULE, code))
    path.write_text(certificate_text(certificate), encoding="utf-8")
    for other in (folder / CERTIFICATES).glob("sums.*.json"):
        caller = msgspec.json.decode(other.read_bytes(), type=Certificate)
        assumes = tuple(
            msgspec.structs.replace(one, code_sha256=certificate.code.sha256) if one.unit == unit else one
            for one in caller.assumes
        )
        other.write_text(certificate_text(msgspec.structs.replace(caller, assumes=assumes)), encoding="utf-8")
    whole = msgspec.json.decode((folder / PACKAGE_NAME).read_bytes(), type=PackageCertificate)
    anew = {name: digest_of(folder / name) for name in whole.certificates}
    (folder / PACKAGE_NAME).write_text(package_text(msgspec.structs.replace(whole, certificates=anew)))
    evidence = msgspec.json.decode((folder / EVIDENCE_NAME).read_bytes())
    evidence["files"] = {name: digest_of(folder / name) for name in evidence["files"]}
    (folder / EVIDENCE_NAME).write_bytes(msgspec.json.format(msgspec.json.encode(evidence), indent=2) + b"\n")
    names = [name for name in files_of(folder) if name != MANIFEST_NAME]
    (folder / MANIFEST_NAME).write_text(manifest_text({name: digest_of(folder / name) for name in names}))


def digest_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "unit"),
    [
        # Each passes its examples and contracts.
        ("return n * 2", "return n * 2 + (n > 22)", "sums.double"),
        ("(abs(n)))", "(abs(n))) if n > -6 else 0", "sums.quadruple"),
        ('.upper() + "!"', '.upper() + ("!" if len(text) < 6 else "?")', "sums.shout"),
    ],
)
def test_wrong_code_with_all_digests_made_anew_is_found(built: Desk, copy: Path, old: str, new: str, unit: str) -> None:
    module = copy / MODULE
    source = module.read_text(encoding="utf-8")
    assert source.count(old) == 1, SOLUTIONS
    module.write_text(source.replace(old, new), encoding="utf-8")
    reseal(copy, unit)
    against = {one.subject: one.detail for one in check_records(copy) if one.status == "fails"}
    assert against.pop(unit) == "its code is not what the ledger says was delivered"
    assert set(against) <= {EVIDENCE_NAME}
    for file in copy.glob("run.ledger*"):
        file.unlink()
    reseal(copy, unit)
    assert not [one for one in check_records(copy) if one.status == "fails"], "every digest fits"
    result = built.run("verify", copy)
    assert result.returncode == 1, result.stdout + result.stderr
    assert re.search(rf"^fails +{re.escape(unit)}: ", result.stdout, re.MULTILINE), result.stdout
    assert not re.search(r"^holds +package", result.stdout, re.MULTILINE)


def test_what_is_still_open_makes_the_package_unknown(desk: Desk) -> None:
    assert desk.build(None, "--max-calls", "2").returncode == 3
    result = desk.run("verify", desk.out)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "skipped  sums.shout: undecided: not decided: " in result.stdout
    assert "holds    package: UNKNOWN: 0 functions delivered; undecided: " in result.stdout
    assert "certificates say what the ledger tells" in result.stdout


def test_a_ledger_that_was_opened_again_is_not_called_changed(built: Desk, copy: Path) -> None:
    delivered = (copy / "run.ledger").read_bytes()
    open_ledger(copy / "run.ledger").close()
    assert (copy / "run.ledger").read_bytes() != delivered
    result = built.run("verify", copy)
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(r"^holds +run\.ledger: ", result.stdout, re.MULTILINE)


def test_a_ledger_whose_writer_was_killed_still_counts_by_its_chain(built: Desk, copy: Path) -> None:
    (copy / "run.ledger.lock").write_bytes(b"")
    found = {one.subject: one for one in check_records(copy)}
    assert found["run.ledger"].status == "holds"
    assert "opened again after the package was written" in found["run.ledger"].detail
    (copy / "run.ledger").write_bytes((copy / "run.ledger").read_bytes()[:-100])
    assert [one.subject for one in check_records(copy) if one.status == "fails"] == ["run.ledger"]
