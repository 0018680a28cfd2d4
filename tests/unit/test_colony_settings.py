"""The settings of the colony beside models."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.config.settings import (
    COLONY,
    Config,
    ladder_of,
    load_config,
    simulated_ladder,
    votes_needed,
    weights_of,
)
from swarmwright.errors import ConfigError
from swarmwright.swarm.finds import Weights


@pytest.mark.parametrize("model", ["", "mine"])
def test_with_the_colony_the_ladder_is_the_same_behind_it(model: str) -> None:
    without = ladder_of(Config(model=model, colony=False))
    ladder = ladder_of(Config(model=model, colony=True))
    assert ladder == (COLONY, *without)
    assert votes_needed(Config(), ladder) == votes_needed(Config(), without) == (3, 1)


def test_finds_are_weighed_beside_models_alone() -> None:
    config = Config(colony=True)
    assert weights_of(config, ladder_of(config)) == Weights()
    for ladder in ((COLONY,), ladder_of(Config(colony=False)), simulated_ladder()):
        assert weights_of(config, ladder) is None


def test_weights_and_agents_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "swarm.toml"
    file.write_text("colony = true\ncolony_agents = 5\n[weights]\nseparated = 4\nagreeing = 0\n", encoding="utf-8")
    config = load_config(file, environ={})
    assert (config.colony, config.colony_agents, config.weights) == (True, 5, Weights(separated=4, agreeing=0))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colony_agents = 0", "colony_agents is 0"),
        ("colony = 3", "colony"),
        ("[weights]\nseparated = 0", "weights: separated must be at least 1"),
        ("[weights]\nagreeing = -1", "agreeing at least 0"),
        ("[weights]\nagreing = 1", "agreing"),
    ],
)
def test_what_is_out_of_range_is_refused_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "swarm.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file, environ={})
    assert said in str(caught.value)
