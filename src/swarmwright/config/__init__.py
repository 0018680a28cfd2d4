"""The composition root: one typed Config, and the concrete objects it names."""

from swarmwright.adapters.hub import find_model, model_path, models_list
from swarmwright.config.clarify import Clarifier, Written, open_clarifier, read_replies
from swarmwright.config.compose import BuildOutcome, VerifyOutcome, run_build, run_lint, run_verify
from swarmwright.config.doctor import Finding, doctor_report
from swarmwright.config.genes import genes_folder
from swarmwright.config.models import fetch_model
from swarmwright.config.person import PERSON, read_answers
from swarmwright.config.running import RunOutcome, StepSettings, make_world, run_task
from swarmwright.config.settings import Config, load_config
from swarmwright.construct.inquiry import Inquiry

__all__ = [
    "PERSON",
    "BuildOutcome",
    "Clarifier",
    "Config",
    "Finding",
    "Inquiry",
    "RunOutcome",
    "StepSettings",
    "VerifyOutcome",
    "Written",
    "doctor_report",
    "fetch_model",
    "find_model",
    "genes_folder",
    "load_config",
    "make_world",
    "model_path",
    "models_list",
    "open_clarifier",
    "read_answers",
    "read_replies",
    "run_build",
    "run_lint",
    "run_task",
    "run_verify",
]
