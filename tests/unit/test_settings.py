"""One Config: defaults, then the file, then the environment, then flags; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.agents.roster import load_archetypes
from swarmwright.config.settings import (
    LARGE,
    MENDING,
    SIMULATED,
    SMALL,
    BudgetConfig,
    Config,
    ladder_of,
    load_config,
    one_model_ladder,
)
from swarmwright.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    file = folder / "swarm.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_with_nothing_said_the_defaults_hold() -> None:
    assert load_config(environ={}) == Config()


def test_later_ones_win(tmp_path: Path) -> None:
    file = written(tmp_path, 'model = "of the file"\nbase_url = "http://file/v1"\nk = 5\n')
    environ = {"SWARMWRIGHT_MODEL": "of the environment", "SWARMWRIGHT_BASE_URL": "", "UNRELATED": "x"}
    config = load_config(file, {"k": 7, "key_env": None}, environ)
    assert (config.model, config.base_url, config.k, config.key_env) == ("of the environment", "http://file/v1", 7, "")
    assert load_config(file, {"model": "of a flag"}, environ).model == "of a flag"


def test_flags_reach_into_tables(tmp_path: Path) -> None:
    file = written(tmp_path, "[budget]\ncalls = 10\ntokens = 20\n")
    config = load_config(file, {"budget.calls": 3, "budget.usd": 0.5, "simulate.solutions": "s.py"}, {})
    assert config.budget == BudgetConfig(calls=3, tokens=20, usd=0.5)
    assert config.simulate is not None
    assert config.simulate.solutions == "s.py"


def test_the_tables_of_the_readme_are_understood(tmp_path: Path) -> None:
    text = """
    [[endpoints]]
    name = "big"
    base_url = "http://localhost:8000/v1"
    model = "M"
    price_out_per_million_usd = 2
    [[ladder]]
    archetype = "coder-plain"
    model = "big"
    count = 3
    """
    config = load_config(written(tmp_path, text), environ={})
    assert config.endpoints[0].price_out_per_million_usd == 2.0
    assert ladder_of(config) == config.ladder
    assert config.ladder[0].when == "always"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("k = 0", "k is 0"),
        ("k = 'three'", "k"),
        ("kk = 3", "kk"),
        ("k = ", "swarm.toml"),
        ("slots = 0", "slots"),
        ("threads = -1", "threads"),
        ("[budget]\nusd = -1.0", "budget.usd"),
        ("[budget]\nseconds = 0", "budget.seconds"),
        ("[simulate]\naccuracy = 0.5", "solutions"),
        ("[simulate]\nsolutions = 's.py'\naccuracy = 1.5", "simulate.accuracy"),
        ("[[ladder]]\narchetype = 'coder-plain'\nmodel = 'm'\ncount = 0", "coder-plain"),
        ("[[ladder]]\narchetype = 'a'\nmodel = 'm'\ncount = 1\nwhen = 'never'", "when"),
        ("base_url = 'http://x/v1'", "--model"),
        ("[[endpoints]]\nname = 'n'\nbase_url = 'u'\nmodel = 'm'\nkey = 'secret'", "key"),
    ],
)
def test_what_is_misspelt_or_out_of_range_is_refused(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, text), environ={})
    assert part in str(caught.value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_config(tmp_path / "nowhere.toml", environ={})
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, environ={})
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"bytes\.toml"):
        load_config(tmp_path / "bytes.toml", environ={})


def test_default_ladders_name_archetypes_that_exist_and_begin_cheaply() -> None:
    known = load_archetypes()
    default = ladder_of(Config())
    for ladder in (default, one_model_ladder("m")):
        assert {rung.archetype for rung in ladder} <= set(known)
        assert {rung.kind for rung in ladder} == {"sample", "repair"}
        assert any(rung.when == "always" for rung in ladder)
    assert default[0].searches
    assert {rung.model for rung in default if rung.model} == {SMALL, LARGE}


def test_one_model_is_asked_on_every_rung_where_one_is_named() -> None:
    assert {rung.model for rung in ladder_of(Config(model="mine"))} == {"mine", MENDING.model}
    simulated = load_config(flags={"simulate.solutions": "s.py"}, environ={})
    assert {rung.model for rung in ladder_of(simulated)} == {SIMULATED, MENDING.model}


def test_mending_comes_before_anything_is_asked_to_repair_and_names_no_model() -> None:
    for ladder in (ladder_of(Config()), one_model_ladder("m")):
        names = [rung.archetype for rung in ladder]
        assert names.index("mender") == names.index("repairer") - 1
    assert not MENDING.model
