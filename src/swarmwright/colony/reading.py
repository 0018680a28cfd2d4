"""Reading: what the words of a Unit's prose say of the productions that its body is likely made of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from swarmwright.colony.grammar import Production
from swarmwright.spec.values import Unit

MENTIONED = 0
UNMENTIONED = 2


def weights_of(grammar: Sequence[Production], unit: Unit) -> dict[str, int]:
    """Return what is added to the costs of productions by name, for one Unit.

    A production of which the prose (or the Unit's name) has a word is cheaper; one that has words, and none of them is
    there, is dearer, unless it is usual everywhere. All others are as they are.
    """
    prose = f"{unit.name.replace('_', ' ')}\n{unit.prose}"
    found: dict[str, int] = {}
    for production in grammar:
        if production.words:
            if is_mentioned(production, prose):
                found[production.name] = MENTIONED
            elif not production.usual:
                found[production.name] = UNMENTIONED
    return found


def is_mentioned(production: Production, prose: str) -> bool:
    """Tell whether a text has a word that asks for a production."""
    return any(re.search(rf"\b(?:{word})", prose, re.IGNORECASE) for word in production.words)
