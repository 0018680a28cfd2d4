"""``doctor`` and ``models``: what this machine has, what it lacks, and the command that would mend it."""

from __future__ import annotations

from swarmwright.adapters.hub import MODELS
from swarmwright.config.doctor import doctor_report

from .conftest import Desk


def test_whatever_is_missing_comes_with_a_remedy() -> None:
    findings = {finding.subject: finding for finding in doctor_report()}
    assert {"Python", "sandbox", "sandbox: bubblewrap", "sandbox: unshare", "cores", "disk"} <= set(findings)
    assert {f"model {model.name}" for model in MODELS} <= set(findings)
    for finding in findings.values():
        assert finding.detail
        assert finding.ok or finding.remedy, finding
    assert findings["Python"].ok
    assert {name for name, finding in findings.items() if finding.needed} == {"Python", "sandbox"}
    tiers = [finding.ok for name, finding in findings.items() if name.startswith("sandbox: ")]
    assert findings["sandbox"].ok == any(tiers)


def test_a_bare_home_lacks_its_models_and_nothing_that_is_needed(desk: Desk) -> None:
    result = desk.run("doctor")
    assert result.returncode == 0, result.stdout
    for model in MODELS:
        assert f"missing model {model.name}" in result.stdout
        assert f"swarmwright models pull {model.name}" in result.stdout
    assert not list((desk.folder / "home").rglob("*.gguf"))


def test_models_are_listed_and_a_missing_one_has_no_path(desk: Desk) -> None:
    listed = desk.run("models", "list")
    assert listed.returncode == 0, listed.stderr
    for model in MODELS:
        assert f"{model.name} " in listed.stdout
        assert "not here" in listed.stdout
        missing = desk.run("models", "path", model.name)
        assert (missing.returncode, missing.stdout) == (1, "")
        assert f"swarmwright models pull {model.name}" in missing.stderr
    unknown = desk.run("models", "path", "nonsense")
    assert unknown.returncode == 2
    assert MODELS[0].name in unknown.stderr
