"""The sentences of a Unit's prose. Pure."""

from __future__ import annotations

import re

from swarmwright.spec.values import Unit

_FEWEST_WORDS = 3
_LONGEST = 400
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_END = re.compile(r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\betc\.)\s+(?=[A-Z`\"'(\d])")
_EXCEPTION = re.compile(
    r"\b(?:but|except|unless|instead|however|otherwise|only|once|never|not|no longer|at most|at least|neither|nor|"
    r"other|even|else|last|still|already|without|nothing)\b",
    re.IGNORECASE,
)
_EXCEPTS = re.compile(
    r"\b(?:but|except|unless|instead|however|although|though|only|never|last|no longer|still|already|"
    r"(?<!than )(?<!least )(?<!at )once|(?:no|not|none|nor)\b[^.;]*\bthan once|"
    r"even (?:if|in|where|when|for)|not \w+ yet)\b",
    re.IGNORECASE,
)


def sentences(prose: str) -> tuple[str, ...]:
    """Return the sentences of a prose in order, each on one line; an item of a list is one, too."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", prose):
        pieces: list[str] = []
        for line in paragraph.split("\n"):
            if _ITEM.match(line) or not pieces:
                pieces.append(_ITEM.sub("", line))
            else:
                pieces[-1] += " " + line
        for piece in pieces:
            found += _END.split(" ".join(piece.split()))
    return tuple(one for one in found if len(one.split()) >= _FEWEST_WORDS and len(one) <= _LONGEST)


def clauses(unit: Unit, most: int) -> tuple[str, ...]:
    """Return the sentences that make an exception, at most so many.

    The first sentence says what the Unit is; it counts where it is the only one.
    """
    found = sentences(unit.prose)
    return tuple(one for one in found[1:] or found if _EXCEPTION.search(one))[:most]


def exceptions(unit: Unit) -> tuple[str, ...]:
    """Return the sentences behind the first that make an exception in so many words (but, except, only, once, ...)."""
    return tuple(one for one in sentences(unit.prose)[1:] if _EXCEPTS.search(one))


def summary(unit: Unit) -> str:
    """Return the first sentence, which says what the Unit is."""
    return next(iter(sentences(unit.prose)), "")
