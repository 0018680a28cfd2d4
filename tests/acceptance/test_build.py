"""``build`` with the simulated model, and everything that can be done with what it leaves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Desk


def test_a_build_leaves_a_package_with_tests_evidence_and_ledger(built: Desk) -> None:
    assert {path.name for path in built.out.iterdir()} >= {
        "sums",
        "tests",
        "spec",
        "pyproject.toml",
        "EVIDENCE.md",
        "evidence.json",
        "run.ledger",
    }
    program = "import sums; print(sums.double(4), sums.shout('a'), sums.quadruple(-2))"
    result = subprocess.run([sys.executable, "-c", program], cwd=built.out, capture_output=True, text=True, check=False)
    assert result.stdout == "8 A! 8\n"
    evidence = json.loads((built.out / "evidence.json").read_text(encoding="utf-8"))
    assert evidence["delivered"] == ["sums.double", "sums.shout", "sums.quadruple"]
    for unit in evidence["units"]:
        assert unit["verdict"] in ("TESTED", "BOUNDED")
        assert unit["margin"] >= 3
        assert unit["inputs"] >= 50
        assert unit["checks"]


def test_the_package_passes_its_own_tests_with_plain_pytest(built: Desk) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    result = subprocess.run(command, cwd=built.out, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert re.search(r"1[0-9] passed", result.stdout), result.stdout


def test_docstrings_and_contracts_are_kept(built: Desk) -> None:
    source = (built.out / "sums" / "__init__.py").read_text(encoding="utf-8")
    assert "@icontract.require(lambda n: n >= 0)" in source
    assert '"""Return n times two.' in source
    assert "def law_" not in source


def test_the_same_command_again_buys_nothing_and_changes_nothing(built: Desk) -> None:
    before = built.package()
    calls = json.loads((built.out / "evidence.json").read_text(encoding="utf-8"))["costs"]["answers"]
    result = built.build()
    assert result.returncode == 0, result.stderr
    assert "Nothing was left to do" in result.stdout
    assert built.package() == before
    assert json.loads((built.out / "evidence.json").read_text(encoding="utf-8"))["costs"]["answers"] == calls


def test_status_has_one_line_a_unit(built: Desk) -> None:
    result = built.run("status", built.out)
    assert result.returncode == 0, result.stderr
    for unit in ("sums.double", "sums.shout", "sums.quadruple"):
        assert re.search(rf"^{unit} +(TESTED|BOUNDED) +\d+:\d+ ", result.stdout, re.MULTILINE), result.stdout
    assert "3 of 3 delivered" in result.stdout


def test_explain_tells_the_whole_story_of_a_unit(built: Desk) -> None:
    result = built.run("explain", "shout", "--run", built.out)
    assert result.returncode == 0, result.stderr
    for part in ("sums.shout: delivered", "Prompt for", "Proposal 0", "Votes", "Verification of proposal", "Decision"):
        assert part in result.stdout
    unknown = built.run("explain", "whisper", "--run", built.out)
    assert unknown.returncode == 2
    assert "No unit is called 'whisper'" in unknown.stderr


def test_explain_names_each_cell_and_what_keeps_it(built: Desk) -> None:
    result = built.run("explain", built.out, "shout", "--cells")
    assert result.returncode == 0, result.stderr
    assert re.search(r"^line 1, literal `'!'`: from proposal \d+ \(.*\); .*: example: ", result.stdout, re.MULTILINE)
    unknown = built.run("explain", built.out, "whisper", "--cells")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "No unit is called 'whisper'" in unknown.stderr


def test_explain_finds_the_only_run_below_build(desk: Desk) -> None:
    result = desk.run("explain", "double")
    assert (result.returncode, result.stdout) == (2, "")
    assert "There is no run below build/" in result.stderr


def test_verify_checks_the_package_again_and_finds_a_change(built: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(built.out), str(copy)], check=True)
    sound = built.run("verify", copy)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    module = copy / "sums" / "__init__.py"
    source = module.read_text(encoding="utf-8")
    changed = source.replace('.upper() + "!"', '.upper() + "?"')
    assert changed != source
    module.write_text(changed, encoding="utf-8")
    broken = built.run("verify", copy)
    assert broken.returncode == 1
    assert "sums.shout" in broken.stdout
    assert "Traceback" not in broken.stderr


@pytest.mark.parametrize("name", ["EVIDENCE.md", "evidence.json", "run.ledger", "pyproject.toml", "spec"])
def test_verify_finds_a_changed_byte_in_every_kind_of_file(built: Desk, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(built.out), str(copy)], check=True)
    file = next((copy / name).rglob("*.py"), copy / name)
    content = file.read_bytes()
    at = content.index(b"capital") if b"capital" in content else len(content) // 2
    file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    result = built.run("verify", copy)
    assert result.returncode == 1, result.stdout + result.stderr
    assert re.search(rf"^fails +{re.escape(name)}", result.stdout, re.MULTILINE), result.stdout


def test_what_somebody_changed_is_built_again_and_kept_beside(built: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(built.out), str(copy)], check=True)
    (copy / "sums" / "__init__.py").write_text("mine = 1\n", encoding="utf-8")
    result = built.build(copy)
    assert result.returncode == 0, result.stderr
    assert "Nothing was left to do" not in result.stdout
    assert (copy / "sums" / "__init__.py").read_bytes() == (built.out / "sums" / "__init__.py").read_bytes()
    assert (copy / "sums" / "__init__.py.edited").read_text(encoding="utf-8") == "mine = 1\n"


def test_the_ledger_is_sound_and_a_changed_byte_is_found(built: Desk, tmp_path: Path) -> None:
    assert built.run("ledger", "verify", built.out).returncode == 0
    for name in ("run.ledger", "run.ledger.lock"):
        (tmp_path / name).write_bytes((built.out / name).read_bytes())
    copy = tmp_path / "run.ledger"
    sound = bytearray(copy.read_bytes())
    for at in range(100, len(sound), len(sound) // 7):
        copy.write_bytes(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :])
        result = built.run("ledger", "verify", copy)
        assert result.returncode == 1, f"{at}: {result.stdout}{result.stderr}"
        assert "Traceback" not in result.stderr
    copy.write_bytes(sound)
    assert built.run("ledger", "verify", copy).returncode == 0


def test_what_is_undecided_is_said_and_stays_a_stub(tmp_path: Path) -> None:
    desk = Desk(tmp_path, accuracy=0.0)
    result = desk.build()
    assert result.returncode == 3, result.stdout + result.stderr
    assert "undecided" in result.stdout
    program = "import sums; sums.shout('a')"
    call = subprocess.run([sys.executable, "-c", program], cwd=desk.out, capture_output=True, text=True, check=False)
    assert "NotImplementedError" in call.stderr
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"]
    tests = subprocess.run(command, cwd=desk.out, capture_output=True, text=True, check=False)
    assert tests.returncode == 0, tests.stdout
    assert "sums.shout is undecided" in tests.stdout
    evidence = json.loads((desk.out / "evidence.json").read_text(encoding="utf-8"))
    assert evidence["undecided"]["sums.shout"]
    verified = desk.run("verify", desk.out)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "skipped  sums.shout: undecided: " in verified.stdout
    assert "holds    package: UNKNOWN: 0 functions delivered; undecided: " in verified.stdout


def test_a_spent_budget_is_a_reason_to_end(desk: Desk) -> None:
    result = desk.build(None, "--max-calls", "2")
    assert result.returncode == 3, result.stdout + result.stderr
    assert "budget of calls is spent" in result.stdout
    for unit in ("sums.double", "sums.shout", "sums.quadruple"):
        assert re.search(rf"^{unit} +open ", result.stdout, re.MULTILINE), "units that nobody began are told of too"
    assert "0 of 3 delivered, 3 still open" in result.stdout
    assert "not begun yet" in desk.run("explain", "quadruple", "--run", desk.out).stdout
    assert desk.build().returncode == 0
