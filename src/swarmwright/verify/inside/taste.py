"""What the specification and its examples show about likely values: characters, words, numbers, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_MAX_TEXTS = 80
_MAX_NUMBERS = 60


@dataclass
class Taste:
    """Values seen so far, each kind without repetition and in the order in which it was seen."""

    characters: dict[str, None] = field(default_factory=dict)
    texts: dict[str, None] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    integers: dict[int, None] = field(default_factory=dict)
    floats: dict[float, None] = field(default_factory=dict)
    example_characters: dict[str, None] = field(default_factory=dict)
    constants: dict[Any, None] = field(default_factory=dict)

    def note_constants(self, values: Iterable[Any]) -> None:
        """Remember constants that somebody wrote down, in prose or in code: what is near them decides most."""
        for value in values:
            if (
                isinstance(value, int | float | str)
                and not isinstance(value, bool)
                and len(self.constants) < _MAX_NUMBERS
            ):
                self.constants.setdefault(value)
            self.see(value)

    def see(self, value: Any, *, example: bool = False, depth: int = 8) -> None:
        """Take in a value and what it contains."""
        if depth == 0 or value is None or isinstance(value, bool):
            return
        if isinstance(value, str):
            self._see_text(value, example)
        elif isinstance(value, bytes):
            self._see_text(value.decode("latin-1"), example)
        elif isinstance(value, int) and len(self.integers) < _MAX_NUMBERS:
            self.integers.setdefault(value)
        elif isinstance(value, float) and value == value and len(self.floats) < _MAX_NUMBERS:
            self.floats.setdefault(value)
        elif isinstance(value, dict):
            for key, item in value.items():
                self.see(key, example=example, depth=depth - 1)
                self.see(item, example=example, depth=depth - 1)
        elif isinstance(value, list | tuple):
            for item in value:
                self.see(item, example=example, depth=depth - 1)
        elif isinstance(value, set | frozenset):
            for item in sorted(value, key=repr):
                self.see(item, example=example, depth=depth - 1)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                self.see(getattr(value, name, None), example=example, depth=depth - 1)

    def _see_text(self, text: str, example: bool) -> None:
        if len(text) > 200:
            return
        if len(self.texts) < _MAX_TEXTS:
            self.texts.setdefault(text)
        for character in text:
            self.characters.setdefault(character)
            if example:
                self.example_characters.setdefault(character)
        for word in re.findall(r"\w+", text):
            if len(self.words) < _MAX_TEXTS:
                self.words.setdefault(word)

    def see_all(self, values: Iterable[Any], *, example: bool = False) -> None:
        """Take in many values."""
        for value in values:
            self.see(value, example=example)

    @property
    def magnitude(self) -> int:
        """The largest integer that is worth trying unasked: ten times what was seen, at least a thousand."""
        return max([1000, *(10 * abs(number) for number in self.integers)])
