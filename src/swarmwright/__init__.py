"""Software built from a million small decisions, each of them checked.

The public names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from swarmwright.config.running import StepSettings, run_long_task
    from swarmwright.construct.packaging import write_package
    from swarmwright.errors import SwarmwrightError
    from swarmwright.plan.questions import Phrasing, Question
    from swarmwright.plan.steps import Bag, Chain, Graph
    from swarmwright.spec.reader import read_spec
    from swarmwright.spec.values import Law, Spec, Unit
    from swarmwright.verify.values import Evidence, Verdict

__version__ = "0.1.0"

_HOMES = {
    "Bag": "swarmwright.plan.steps",
    "Chain": "swarmwright.plan.steps",
    "Evidence": "swarmwright.verify.values",
    "Graph": "swarmwright.plan.steps",
    "Law": "swarmwright.spec.values",
    "Phrasing": "swarmwright.plan.questions",
    "Question": "swarmwright.plan.questions",
    "Spec": "swarmwright.spec.values",
    "StepSettings": "swarmwright.config.running",
    "SwarmwrightError": "swarmwright.errors",
    "Unit": "swarmwright.spec.values",
    "Verdict": "swarmwright.verify.values",
    "read_spec": "swarmwright.spec.reader",
    "run_long_task": "swarmwright.config.running",
    "write_package": "swarmwright.construct.packaging",
}

__all__ = [
    "Bag",
    "Chain",
    "Evidence",
    "Graph",
    "Law",
    "Phrasing",
    "Question",
    "Spec",
    "StepSettings",
    "SwarmwrightError",
    "Unit",
    "Verdict",
    "__version__",
    "read_spec",
    "run_long_task",
    "write_package",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
