"""The models a build asks, made from settings: which there are, what they may cost, and what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from swarmwright.config.models import Roster, make_models
from swarmwright.config.settings import LARGE, SIMULATED, SMALL, Config, EndpointConfig, SimulationConfig, ladder_of
from swarmwright.errors import ConfigError, UnknownModelError
from swarmwright.swarm.values import Rung


class NoAnswers:
    """A store that holds nothing."""

    def get(self, key: bytes) -> bytes | None:
        return None

    def put(self, items: Sequence[tuple[bytes, bytes]]) -> None:
        raise AssertionError("nothing is asked here")

    def close(self) -> None:
        """Nothing to release."""


def made(config: Config, *names: str) -> Roster:
    ladder = tuple(Rung("coder-plain", name, 1) for name in names) or ladder_of(config)
    return make_models(config, ladder, NoAnswers(), note=lambda _topic, _text: None)


def test_the_default_models_are_local_and_known_by_their_digests() -> None:
    roster = made(Config())
    assert set(roster.models) == roster.local == {SMALL, LARGE}
    assert all(len(model.digest) == 64 for model in roster.models.values())
    assert len({model.digest for model in roster.models.values()}) == 2
    assert roster.usd_per_sample == 0.0


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    config = Config(endpoints=(EndpointConfig("mine", "http://127.0.0.1:9/v1", "m"),))
    with pytest.raises(UnknownModelError) as caught:
        made(config, "mine", "gpt-nonsense")
    for part in ("gpt-nonsense", SMALL, LARGE, "mine", "--base-url"):
        assert part in str(caught.value)
    with pytest.raises(UnknownModelError):
        made(Config(), SIMULATED)


def test_endpoints_are_told_apart_by_address_and_the_dearest_sample_counts() -> None:
    def endpoint(name: str, dollars: float) -> EndpointConfig:
        prices = {"price_in_per_million_usd": dollars, "price_out_per_million_usd": 5 * dollars}
        return EndpointConfig(name, f"http://127.0.0.1:9/{name}/v1", "same", **prices)

    roster = made(Config(endpoints=(endpoint("cheap", 0.1), endpoint("dear", 3.0))), "cheap", "dear")
    assert roster.local == frozenset()
    assert roster.models["cheap"].digest != roster.models["dear"].digest
    assert 0.003 < roster.usd_per_sample < 0.1


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match="base_url"):
        made(Config(model="m", base_url="localhost:8000"))


def test_one_base_url_makes_the_one_model(tmp_path: Path) -> None:
    roster = made(Config(model="m", base_url="http://127.0.0.1:9/v1"))
    assert list(roster.models) == ["m"]
    assert roster.models["m"].name == "m"


def test_the_simulated_model_needs_solutions(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.py"):
        made(Config(simulate=SimulationConfig(str(tmp_path / "nowhere.py"))))
    solutions = tmp_path / "solutions.py"
    solutions.write_text("def f(n):\n    return n\n", encoding="utf-8")
    roster = made(Config(simulate=SimulationConfig(str(solutions), seed=1)))
    other = made(Config(simulate=SimulationConfig(str(solutions), seed=2)))
    assert roster.local == frozenset()
    assert roster.models[SIMULATED].digest != other.models[SIMULATED].digest
    asyncio.run(roster.close())
