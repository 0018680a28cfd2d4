"""What may be asked of the shipped estimate of risk."""

from __future__ import annotations

import msgspec
import pytest

from swarmwright.config.risk import risk_model, shipped_model
from swarmwright.config.settings import Config, SimulationConfig, load_config
from swarmwright.errors import ConfigError
from swarmwright.voting.risk import Signs, features_of


def test_the_shipped_model_knows_every_feature_and_orders_winners() -> None:
    model = shipped_model()
    assert set(model.weights) == set(features_of(Signs(votes=1)))
    assert model.reach
    strong = Signs(votes=20, refuted=4, examples=5, killed=15, different=1, outcomes=40)
    weak = Signs(votes=1, others=1, refuted=30, examples=1, killed=3, different=9, outcomes=2)
    assert model.estimate(strong) < model.estimate(weak)


def test_less_risk_than_the_recorded_runs_support_is_refused_with_the_bound() -> None:
    least = shipped_model().least_supported()
    assert 0.0 < least < 1.0
    with pytest.raises(ConfigError, match=rf"support no promise below {least:.3f}"):
        risk_model(Config(max_risk=least / 2))
    assert risk_model(Config(max_risk=least)) == shipped_model()


def test_a_made_up_world_has_no_estimate() -> None:
    simulated = msgspec.structs.replace(Config(), simulate=SimulationConfig(solutions="x.py"), max_risk=1.0)
    assert risk_model(simulated) is None


@pytest.mark.parametrize("asked", [0, -0.1, 1.5])
def test_a_risk_is_a_probability(asked: float) -> None:
    with pytest.raises(ConfigError, match="it is a probability above 0 and up to 1"):
        load_config(None, {"max_risk": asked}, {})
