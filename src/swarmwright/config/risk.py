"""The estimate of a winner's risk that ships with the package, and what may be asked of it."""

from __future__ import annotations

from importlib.resources import files

import msgspec

from swarmwright.config.settings import Config
from swarmwright.errors import ConfigError
from swarmwright.voting.risk import RiskModel


def risk_model(config: Config) -> RiskModel | None:
    """Return the fitted model; None in a made-up world, of whose answers it knows nothing.

    Raises:
        ConfigError: the settings ask for less risk than the runs it was fitted on can support.
    """
    if config.simulate is not None:
        return None
    model = shipped_model()
    least = model.least_supported()
    if config.max_risk < least:
        raise ConfigError(
            f"max_risk is {config.max_risk:g}, and the runs that the estimate was fitted on support no promise below "
            f"{least:.3f} (95 %, {model.source}). Allow {least:.3f} or more"
        )
    return model


def shipped_model() -> RiskModel:
    """Return the model that ships with the package."""
    data = files("swarmwright.voting").joinpath("risk.json").read_bytes()
    return msgspec.json.decode(data, type=RiskModel)
