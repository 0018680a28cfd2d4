"""The models of a trial: what was planted, alone, or among the recorded answers of real models. None is ever asked."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence

import msgspec
from benchmarks.quality.recordings import missing_answer

from swarmwright.agents.ports import Completion, ModelRequest
from swarmwright.agents.requests import request_key
from swarmwright.ledger.ports import Answers

PROPOSED = 5
"""A planted body is proposed so often, as an error that the samples of a model share would be."""
_RECORDED_NUMBERS = 40
_ASKED = re.compile(r"\bdef\s+(\w+)\s*\(")
_decoder = msgspec.msgpack.Decoder(Completion)


class Planter:
    """A model whose first answers for a function are planted; after them come recorded ones, where there are any.

    A recorded answer is found by the messages and the sampling, under whatever sample number it was kept, and given
    once.
    """

    def __init__(self, name: str, texts: Mapping[str, Sequence[str]], digest: str = "", answers: Answers | None = None):
        """Take what is planted, by function name; the recorded model's digest; and the store.

        Args:
            name: of the model.
            texts: planted bodies by the function's name; empty for a model that only replays.
            digest: what the recorded answers were kept under.
            answers: the recorded answers (None: nothing is recorded).
        """
        self._name = name
        self._texts = texts
        self._digest = digest
        self._answers = answers
        self._planted: dict[str, int] = {}
        self._given: dict[bytes, int] = {}
        self.replayed: dict[str, int] = {}

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    @property
    def digest(self) -> str:
        """What identifies it."""
        return self._digest or f"planted:{self._name}"

    @property
    def family(self) -> str:
        """All that it says comes of one family."""
        return self._name

    @property
    def concurrency(self) -> int:
        """Reading is not rationed."""
        return 8

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return recorded answers first, then planted ones, then empty ones."""
        numbers = range(request.first, request.first + request.count)
        asked = "\n".join(message.content for message in request.messages if message.role != "assistant")
        name = (_ASKED.findall(asked) or [""])[-1]
        return tuple(self._one(request, number, name) for number in numbers)

    def _one(self, request: ModelRequest, number: int, name: str) -> Completion:
        recorded = self._recorded(request, number)
        if recorded is not None:
            self.replayed[name] = self.replayed.get(name, 0) + 1
            return recorded
        place = self._planted.get(name, 0)
        texts = self._texts.get(name, ())
        if texts and place < PROPOSED:
            self._planted[name] = place + 1
            text = textwrap.indent(texts[place % len(texts)], "    ") + "\n"
            return Completion(text, number, "stop", 0, len(text) // 4, 0.0, 0.0)
        return missing_answer(number)

    def _recorded(self, request: ModelRequest, number: int) -> Completion | None:
        if self._answers is None:
            return None
        seed = request_key(request.messages, self.digest, request.sampling, 0)
        while self._given.get(seed, 0) < _RECORDED_NUMBERS:
            at = self._given.get(seed, 0)
            self._given[seed] = at + 1
            kept = self._answers.get(request_key(request.messages, self.digest, request.sampling, at))
            if kept is not None:
                return msgspec.structs.replace(_decoder.decode(kept), sample=number, seconds=0.0, kept=True)
        return None

    async def close(self) -> None:
        """Nothing to release."""
