"""Whether columns may go ahead of a search's objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swarmwright.colony.inside.ahead import Lead
from swarmwright.colony.inside.kinds import BOOL, INT
from swarmwright.colony.inside.problem import Raises
from swarmwright.colony.inside.steps import LARGEST

if TYPE_CHECKING:
    from swarmwright.colony.inside.search import Search

MOST_INPUTS = 20


def lead_of(search: Search) -> Lead | None:
    """Return what goes ahead of a search; nothing where that is about more than whole numbers and conditions."""
    problem = search.problem
    kinds = {problem.goal, *(kind for _, kind in problem.parameters)}
    if not search.effort.columns or search.is_inner or not kinds <= {INT, BOOL} or len(problem.inputs) > MOST_INPUTS:
        return None
    if not all(isinstance(one, Raises | int) for one in problem.wanted):
        return None
    if any(abs(one) > LARGEST for row in (*problem.inputs, problem.wanted) for one in row if isinstance(one, int)):
        return None
    return Lead(search)
