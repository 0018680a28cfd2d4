"""The epidemic: building blocks of bodies that were delivered spread to the searches of other Units of one build. Pure.

A block reaches so many searches; each that it helps makes its reach grow, each that it does not help uses some of it
up, and what has no reach left dies out. All of it follows from what happened in the order in which it happened.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

import msgspec

from swarmwright.colony.expressions import Seen, pieces
from swarmwright.colony.genes import LETTERS, block_of
from swarmwright.colony.grammar import Production
from swarmwright.spec.values import Unit

BLOCK = "block-"
"""How the names of blocks begin."""
_ALWAYS = frozenset(("int", "bool"))
_MOST_OF_A_BODY = 5
_UNPROVEN = 1
"""What a block costs more while it has helped nobody."""


class Contagion(msgspec.Struct, frozen=True):
    """How far blocks spread.

    Attributes:
        reach: how many searches a new block is offered to without having helped any of them.
        growth: how many more for each search that it helped.
        most: how many blocks are offered to one search.
    """

    reach: int = 4
    growth: int = 3
    most: int = 6


class Block(msgspec.Struct):
    """A building block, how many searches it may still be offered to, and how many it helped."""

    production: Production
    source: str
    reach: int
    helped: int = 0


class Epidemic:
    """The blocks of one build."""

    def __init__(self, known: Sequence[Production], contagion: Contagion | None = None) -> None:
        """Take the productions that every search knows: what they say is no block."""
        self._contagion = contagion or Contagion()
        self._known = {ast.unparse(ast.parse(one.python, mode="eval").body) for one in known}
        self._blocks: dict[tuple[str, tuple[str, ...]], Block] = {}

    def delivered(self, seen: Seen) -> None:
        """Let the blocks of a delivered body spread; one that is there already has proved of use."""
        for production in blocks_of(seen):
            key = (production.python, production.takes)
            if production.python in self._known:
                continue
            if key in self._blocks:
                block = self._blocks[key]
                if block.source != seen.unit:
                    block.reach += self._contagion.growth
                continue
            self._blocks[key] = Block(production, seen.unit, self._contagion.reach)

    def offer(self, unit: Unit) -> tuple[Production, ...]:
        """Return the blocks for the search of a Unit: those that helped most, then the newest, of fitting kinds."""
        alive = [
            block
            for block in reversed(self._blocks.values())
            if block.reach > 0 and block.source != unit.id and fits(block.production, unit)
        ]
        alive.sort(key=lambda block: -block.helped)
        return tuple(_priced(block) for block in alive[: self._contagion.most])

    def searched(self, offered: Collection[str], helped: Collection[str]) -> None:
        """Note what a search was offered, and which of it took part in what it found, by the productions' names."""
        for block in self._blocks.values():
            if block.production.name in helped:
                block.helped += 1
                block.reach += self._contagion.growth
            elif block.production.name in offered:
                block.reach -= 1


def blocks_of(seen: Seen) -> Iterator[Production]:
    """Yield the building blocks of a body, the largest first."""
    found: dict[str, Production] = {}
    for piece in pieces(seen):
        production = block_of(piece)
        if production is not None:
            found.setdefault(production.python, production)
    for production in list(found.values())[:_MOST_OF_A_BODY]:
        name = production.name.replace("gene-", BLOCK, 1)
        yield msgspec.structs.replace(production, name=name)


def fits(production: Production, unit: Unit) -> bool:
    """Tell whether a Unit has values of the kinds that a production takes, as far as its annotations show them."""
    there = _names(*(parameter.annotation or "" for parameter in unit.parameters), unit.returns or "") | _ALWAYS
    needed = _names(*production.takes) - set(LETTERS)
    if needed - there - {"list", "str"}:
        return False
    given = _names(*(parameter.annotation or "" for parameter in unit.parameters))
    return bool(needed & given) or not needed


def _names(*annotations: str) -> set[str]:
    found: set[str] = set()
    for text in annotations:
        try:
            tree = ast.parse(text.strip("'\""), mode="eval")
        except SyntaxError:
            continue
        found |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found


def _priced(block: Block) -> Production:
    cost = block.production.cost + (0 if block.helped else _UNPROVEN)
    return msgspec.structs.replace(block.production, cost=cost)
