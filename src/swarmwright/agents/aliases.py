"""Hides a Unit's name from a Worker: a well-known name calls up the well-known function, whatever the prose says."""

from __future__ import annotations

import re

ALIASES = ("solve", "compute", "evaluate", "unnamed_function")
"""Names that say nothing; the first that the question does not hold is taken."""


def alias_for(name: str, question: str) -> str:
    """Return the name under which ``name`` is shown in a question, whose words must not hold it."""
    words = set(re.findall(r"\w+", question))
    return next((alias for alias in ALIASES if alias not in words), f"{ALIASES[-1]}_{len(name)}")


def conceal(text: str, name: str, alias: str) -> str:
    """Return the text with another name for a function, where it is code: called, defined, or between backticks.

    Prose keeps its words: a function ``wrap`` may be said to wrap a text.
    """
    return re.sub(rf"(?<![\w.]){re.escape(name)}(?=\s*\()|(?<=`){re.escape(name)}(?=`)", alias, text)


def reveal(text: str, name: str, alias: str) -> str:
    """Return an answer with the function's own name in place of its alias."""
    return re.sub(rf"(?<![\w.]){re.escape(alias)}\b", lambda _: name, text)
