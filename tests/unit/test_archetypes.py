"""Archetypes are files: ours load, a user's are checked and the message names file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.agents.roster import EXPECTS, load_archetypes
from swarmwright.errors import ConfigError

GOOD = """
name = "coder-terse"
version = 3
role = "coder"
system = "You write code."
template = "Write {name}: {{literal}}\\n{stub}"
"""


def written(folder: Path, text: str, name: str = "one.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_ours_are_these_and_all_but_testers_ask_for_bodies() -> None:
    ours = load_archetypes()
    assert {"coder-plain", "coder-examples-first", "coder-steps", "repairer", "tester"} <= set(ours)
    assert ours["oracle"].role == "oracle"
    assert ours["tester-expects"].role == "tester"
    assert EXPECTS in ours["tester-expects"].capabilities
    mender, colony, mended = ours.pop("mender"), ours.pop("colony"), ours.pop("mended")
    assert (mended.role, mended.system, mended.template) == ("mender", "", "")
    assert (colony.role, colony.system, colony.template) == ("colony", "", "")
    assert (mender.role, mender.system, mender.template) == ("mender", "", "")
    for archetype in ours.values():
        assert "\n```" in archetype.stop
        alone = archetype.role != "tester" or not archetype.anonymous
        assert archetype.first_temperature == (0 if alone else archetype.temperature)
        if archetype.role != "tester":
            assert archetype.answer_begin.startswith("```python\n")
            assert archetype.answer_begin.endswith("\n")


def test_a_folder_of_the_user_adds_and_replaces(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD.replace("coder-terse", "tester").replace('"coder"', '"tester"'), "two.toml")
    found = load_archetypes([tmp_path])
    assert found["coder-terse"].version == 3
    assert found["tester"].system == "You write code."
    assert "coder-plain" in found


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("version = 3", 'version = "3"'), "version"),
        (("version = 3", "version = 0"), "version"),
        (("version = 3\n", ""), "version"),
        (('system = "You write code."\n', ""), "system"),
        (('template = "Write {name}: {{literal}}\\n{stub}"\n', ""), "template"),
        (('role = "coder"', 'role = "boss"'), "role"),
        (("version = 3", "version = 3\ntemprature = 0.1"), "temprature"),
        (("version = 3", "version = 3\ntemperature = 9.0"), "temperature"),
        (("version = 3", 'version = 3\nstop = ["ok", ""]'), "stop"),
        (("version = 3", "version = 3\nmax_tokens = 1"), "max_tokens"),
        (("{stub}", "{stubb}"), "template"),
        (("{stub}", "{"), "template"),
        (("{stub}", "{stub.__class__}"), "template"),
        (("{stub}", "{0}"), "template"),
        (("You write code.", "You write {name}."), "system"),
        (("coder-terse", "Coder Terse"), "name"),
    ],
)
def test_a_bad_file_is_refused_by_file_and_key(tmp_path: Path, change: tuple[str, str], key: str) -> None:
    assert change[0] in GOOD
    written(tmp_path, GOOD.replace(*change))
    with pytest.raises(ConfigError) as caught:
        load_archetypes([tmp_path])
    assert "one.toml" in str(caught.value)
    assert key in str(caught.value).split("one.toml", 1)[1]


@pytest.mark.parametrize("text", ["name = ", "\x00", 'name = "a"\nname = "b"'])
def test_broken_toml_is_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"one\.toml: is not valid TOML"):
        load_archetypes([written(tmp_path, text)])


def test_bytes_that_are_no_text_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"one\.toml"):
        load_archetypes([tmp_path])


def test_no_such_folder_and_twice_the_same_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        load_archetypes([tmp_path / "absent"])
    written(tmp_path, GOOD)
    written(tmp_path, GOOD, "two.toml")
    with pytest.raises(ConfigError, match=r"two\.toml: name: 'coder-terse'"):
        load_archetypes([tmp_path])
