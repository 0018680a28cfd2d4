"""Reading: what the words of a Unit's prose say of the productions that its body is likely made of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from swarmwright.colony.grammar import Production
from swarmwright.spec.values import Unit

UNMENTIONED = 2


def weights_of(grammar: Sequence[Production], unit: Unit) -> dict[str, int]:
    """Return what is added to the costs of productions by name, for one Unit.

    A production that has words, none of which is in the prose or the Unit's name, is dearer, unless it is usual
    everywhere. All others are as they are.
    """
    prose = f"{unit.name.replace('_', ' ')}\n{unit.prose}"
    special = [one for one in grammar if one.words and not one.usual]
    return {one.name: UNMENTIONED for one in special if not is_mentioned(one, prose)}


def is_mentioned(production: Production, prose: str) -> bool:
    """Tell whether a text has a word that asks for a production."""
    return any(re.search(rf"\b(?:{word})", prose, re.IGNORECASE) for word in production.words)
