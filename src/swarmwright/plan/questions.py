"""What a step of a long task asks: phrasings, how an answer is read, and what checks it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import msgspec

from swarmwright.errors import ProcessError

FAULTS: Final = (NameError, ImportError, OSError)
"""What no answer can be blamed for when a reader or a check raises it; all else is a red flag, never repaired."""
MOST_DETAIL: Final = 300
"""Characters of why an answer is flagged that are kept."""
MOST_SAMPLES: Final = 64
"""How many samples one step may ask at most, over all rungs."""

_encoder = msgspec.json.Encoder(order="deterministic")


def _strip(text: str) -> str:
    return text.strip()


class Phrasing(msgspec.Struct, frozen=True):
    """One way to ask. ``begun`` is the beginning of the answer, written for the model, which goes on from there.

    ``read`` turns the rest of the answer's text into a plain value (what JSON can hold). For what it cannot read it
    returns None or raises: a red flag.
    """

    prompt: str
    begun: str = ""
    read: Callable[[str], Any] = _strip


class Question(msgspec.Struct, frozen=True, dict=True):
    """What one step asks. Sample number i is asked by phrasing i modulo their number.

    Each phrasing is asked first at temperature 0, and when its turn comes again at ``temperature``. ``kind`` names
    the class of steps that are alike: they share a margin k. ``check`` says of an answer whether it can be right; one
    that cannot is refuted before any vote. A ``perfect`` check accepts right answers only: then one good answer
    decides, and no majority is needed. A question with a check is asked wherever it stands, since the check may depend
    on more than the prompts say; one without, that comes again, may be decided as before. ``stop`` ends an answer,
    ``max_tokens`` cuts it.
    """

    phrasings: tuple[Phrasing, ...]
    kind: str = "step"
    check: Callable[[Any], bool] | None = None
    perfect: bool = False
    max_tokens: int = 32
    temperature: float = 0.7
    stop: tuple[str, ...] = ("\n",)

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        if not self.phrasings:
            raise ProcessError("A question needs at least one phrasing.")
        if type(self.phrasings) is not tuple or not all(isinstance(one, Phrasing) for one in self.phrasings):
            raise ProcessError("A question's phrasings are a tuple of Phrasing: phrasings=(Phrasing(...),).")
        if not all(isinstance(one.prompt, str) and isinstance(one.begun, str) for one in self.phrasings):
            raise ProcessError("A phrasing's prompt and its begun answer are texts.")
        if not isinstance(self.kind, str):
            raise ProcessError(f"A question's kind is a text, not {self.kind!r:.40}.")
        if not isinstance(self.max_tokens, int) or self.max_tokens < 1:
            raise ProcessError(f"A question's max_tokens is {self.max_tokens!r:.40}: it must be at least 1.")
        if not isinstance(self.temperature, int | float) or not 0 <= self.temperature <= 5:
            raise ProcessError(
                f"A question's temperature is {self.temperature!r:.40}: it must be a number from 0 to 5."
            )
        if type(self.stop) is not tuple or not all(isinstance(text, str) for text in self.stop):
            raise ProcessError('A question\'s stop is a tuple of texts: stop=("\\n",).')
        if self.perfect and self.check is None:
            raise ProcessError("A question can only have a perfect check where it has a check.")

    def phrasing(self, sample: int) -> Phrasing:
        """Return how that sample is asked."""
        return self.phrasings[sample % len(self.phrasings)]

    def heat(self, sample: int) -> float:
        """Return the temperature at which that sample is asked."""
        return 0.0 if sample < len(self.phrasings) else self.temperature

    @cached_property
    def content(self) -> bytes:
        """16 bytes that are the same for questions that ask the same and read answers in the same way."""
        told = [(phrasing.prompt, phrasing.begun, _mark_of(phrasing.read)) for phrasing in self.phrasings]
        plain = msgspec.msgpack.encode((self.kind, told, self.max_tokens, self.temperature, self.stop))
        return hashlib.blake2b(plain, digest_size=16).digest()


class Reading(msgspec.Struct, frozen=True):
    """A vote key, or why there is none: the red ``flag`` and the ``detail``."""

    key: bytes = b""
    flag: str = ""
    detail: str = ""


def read_vote(question: Question, sample: int, text: str, *, cut: bool = False) -> Reading:
    """Read one sample's answer: well formed and not refuted by the question's check, or flagged.

    Raises:
        ProcessError: the reader or the check failed in a way that no answer can be blamed for.
    """
    if cut:
        return Reading(flag="cut off", detail=f"longer than {question.max_tokens} tokens")
    try:
        value = question.phrasing(sample).read(text)
        if value is None:
            return Reading(flag="unreadable", detail="the reader found no answer")
        return read_value(question, value)
    except FAULTS as error:
        raise ProcessError(
            f"The reader of a {question.kind!r} question failed: {type(error).__name__}: {error}."
        ) from error
    except ProcessError as error:
        return Reading(flag="unreadable", detail=str(error))
    except Exception as error:
        return Reading(flag="unreadable", detail=f"{type(error).__name__}: {error}"[:MOST_DETAIL])


def read_value(question: Question, value: object) -> Reading:
    """Return the vote of a well-formed answer, or the flag with which the question's check refuted it."""
    key = encode_answer(value)
    if question.check is None:
        return Reading(key)
    try:
        # The check sees what the step will be given: the value as it comes out of the ledger.
        good = question.check(decode_answer(key))
    except FAULTS:
        raise
    except Exception as error:
        return Reading(flag="refuted", detail=f"the check failed on it: {type(error).__name__}: {error}"[:MOST_DETAIL])
    return Reading(key) if good else Reading(flag="refuted", detail="the check refused it")


def encode_answer(value: object) -> bytes:
    """Return the vote key of a plain value; equal values have equal keys.

    Raises:
        ProcessError: JSON cannot hold the value (numbers that are none, dicts whose keys are no texts...).
    """
    try:
        key = _encoder.encode(value)
        # What is no number becomes null, and would be another answer when it is read again.
        if b"null" not in key or _is_finite(value):
            return key
    except (TypeError, ValueError, RecursionError, OverflowError) as error:
        raise ProcessError(f"An answer must be a plain value that JSON can hold, not {value!r:.80}.") from error
    raise ProcessError(f"An answer must be a plain value that JSON can hold, not {value!r:.80}.")


def _is_finite(value: object) -> bool:
    """Tell whether every number in a plain value is one."""
    match value:
        case float():
            return math.isfinite(value)
        case dict():
            return all(_is_finite(one) for one in value.values())
        case list() | tuple() | set() | frozenset():
            return all(_is_finite(one) for one in value)
    return True


def _mark_of(read: Callable[..., Any], depth: int = 3) -> str:
    """Return what tells a reader from others: where it is written, what it captured, and what it is bound to."""
    code = getattr(read, "__code__", None)
    if code is None or not depth:
        return f"{type(read).__qualname__} {getattr(read, '__qualname__', '')} {read!r}"
    captured = [_mark_of(cell, depth - 1) if callable(cell) else repr(cell) for cell in _cells(read)]
    defaults = (getattr(read, "__defaults__", None), getattr(read, "__kwdefaults__", None))
    return f"{code.co_filename}:{code.co_firstlineno} {code.co_code.hex()} {code.co_consts} {captured} {defaults}"


def _cells(read: Callable[..., Any]) -> list[Any]:
    """Return what a function captured; a cell that is still empty counts as None."""
    found: list[Any] = []
    for cell in getattr(read, "__closure__", None) or ():
        try:
            found.append(cell.cell_contents)
        except ValueError:
            found.append(None)
    return found


def decode_answer(key: bytes) -> Any:
    """Return the value of a vote key."""
    return msgspec.json.decode(key)
