"""The composition root: one typed Config, and the concrete objects it names."""

from swarmwright.adapters.hub import find_model, model_path, models_list
from swarmwright.config.compose import BuildOutcome, VerifyOutcome, run_build, run_lint, run_verify
from swarmwright.config.doctor import Finding, doctor_report
from swarmwright.config.models import fetch_model
from swarmwright.config.settings import Config, load_config

__all__ = [
    "BuildOutcome",
    "Config",
    "Finding",
    "VerifyOutcome",
    "doctor_report",
    "fetch_model",
    "find_model",
    "load_config",
    "model_path",
    "models_list",
    "run_build",
    "run_lint",
    "run_verify",
]
