"""Pieces: what each element of a source became in a text that was put together of them, where that is not one each."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

_MOST_NODES = 30_000
_LONGEST_PIECE = 6
_MOST_CHANGED = 8
_WIDTHS = (2, 3, 4)


class Joined(NamedTuple):
    """A text that was put together: for each element what tells it apart, its own text, and the text of all."""

    keys: tuple[Hashable, ...]
    items: tuple[str, ...]
    text: str


def cuts_of(rows: Sequence[Joined]) -> Iterator[list[list[str]]]:
    """Yield ways to cut every text into one piece for each of its elements, where equal elements give equal pieces.

    First those of one width, then the one in which the fewest elements are changed: that is found by allowing one
    changed element, then two, and so on.
    """
    for width in _WIDTHS:
        if all(len(row.text) == width * len(row.items) for row in rows):
            yield [[row.text[at : at + width] for at in range(0, len(row.text), width)] for row in rows]
    cutter = _Cutter(rows)
    for most in range(1, _MOST_CHANGED + 1):
        if cutter.cut(most):
            yield [[cutter.known[key] for key in row.keys] for row in rows]
            return
        if cutter.nodes > _MOST_NODES:
            return


class _Cutter:
    """Tries pieces, element after element, and takes back what leads nowhere."""

    def __init__(self, rows: Sequence[Joined]) -> None:
        # Where nothing changed every element is known; after those, short texts leave the least to choose from.
        self._rows = sorted(rows, key=lambda row: ("".join(row.items) != row.text, len(row.items)))
        self.known: dict[Hashable, str] = {}
        self.nodes = 0

    def cut(self, most: int) -> bool:
        self.known = {}
        return self._row(0, most)

    def _row(self, number: int, left: int) -> bool:
        if number == len(self._rows):
            return True
        return self._at(number, 0, 0, left)

    def _at(self, number: int, place: int, begin: int, left: int) -> bool:
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            return False
        row = self._rows[number]
        if place == len(row.items):
            return begin == len(row.text) and self._row(number + 1, left)
        key = row.keys[place]
        piece = self.known.get(key)
        if piece is not None:
            return row.text.startswith(piece, begin) and self._at(number, place + 1, begin + len(piece), left)
        for candidate in _candidates(row.items[place], row.text, begin):
            price = int(candidate != row.items[place])
            if price <= left:
                self.known[key] = candidate
                if self._at(number, place + 1, begin + len(candidate), left - price):
                    return True
                del self.known[key]
        return False


def _candidates(item: str, text: str, begin: int) -> Iterator[str]:
    if item and text.startswith(item, begin):
        yield item
    for length in (2, 1, 0, *range(3, _LONGEST_PIECE + 1)):
        piece = text[begin : begin + length]
        if len(piece) == length and piece != item:
            yield piece
