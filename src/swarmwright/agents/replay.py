"""Record and replay: every answer is bought once and kept by its request key."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from swarmwright.agents.ports import Completion, Model, ModelRequest
from swarmwright.agents.requests import request_key
from swarmwright.errors import EndpointError
from swarmwright.ledger.ports import Answers

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Completion)


class RecordedModel:
    """A model whose answers are kept: what is in the store is never bought again, and never counts twice.

    What is bought is stored durably before it is returned. Kept answers come back with ``kept`` set, at no
    cost and in no time; their token counts are those of the day they were bought.
    """

    def __init__(self, model: Model, answers: Answers, *, replay_only: bool = False) -> None:
        """Take the model behind and the store (closed by whoever opened it).

        Args:
            model: asked for what is missing; in replay-only mode only its name and digest are used.
            answers: the store.
            replay_only: never ask the model; a missing answer is an error.
        """
        self._model, self._answers, self._replay_only = model, answers, replay_only
        self._under_way: dict[bytes, asyncio.Event] = {}

    @property
    def name(self) -> str:
        """The name of the model behind."""
        return self._model.name

    @property
    def digest(self) -> str:
        """The digest of the model behind."""
        return self._model.digest

    @property
    def family(self) -> str:
        """The family of the model behind."""
        return self._model.family

    @property
    def concurrency(self) -> int:
        """The concurrency of the model behind."""
        return self._model.concurrency

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return exactly ``request.count`` completions, kept ones first looked up by sample number.

        Missing ones are bought in runs of neighbouring numbers, at once; a run that was paid for is stored even
        where another fails. An answer that someone else is buying now is waited for.

        Raises:
            EndpointError: the model failed; or, in replay-only mode, a sample is missing.
            EndpointRefusedError: the model refused for good.
        """
        samples = range(request.first, request.first + request.count)
        keys = {sample: request_key(request.messages, self.digest, request.sampling, sample) for sample in samples}
        found: dict[int, Completion] = {}
        while len(found) < len(keys):
            missing = []
            for sample in samples:
                if sample not in found:
                    kept = self._kept(keys[sample], sample)
                    if kept is None:
                        missing.append(sample)
                    else:
                        found[sample] = kept
            mine = [sample for sample in missing if keys[sample] not in self._under_way]
            if mine:
                found.update(await self._buy(request, mine, keys))
            elif missing:
                await self._under_way[keys[missing[0]]].wait()
        return tuple(found[sample] for sample in samples)

    async def close(self) -> None:
        """Close the model behind; the store stays open."""
        await self._model.close()

    def _kept(self, key: bytes, sample: int) -> Completion | None:
        content = self._answers.get(key)
        if content is None:
            return None
        try:
            completion = _decoder.decode(content)
        except msgspec.DecodeError:
            # Written by another version, or damaged: worth one more purchase, never a guess.
            return None
        return msgspec.structs.replace(completion, sample=sample, cost_usd=0.0, seconds=0.0, kept=True)

    async def _buy(
        self, request: ModelRequest, samples: Sequence[int], keys: dict[int, bytes]
    ) -> dict[int, Completion]:
        if self._replay_only:
            raise EndpointError(
                f"sample {samples[0]} of {self.name} was never recorded for this request, "
                "and nothing may be bought in a replay"
            )
        bought = asyncio.Event()
        for sample in samples:
            self._under_way[keys[sample]] = bought
        try:
            runs = [self._buy_run(request, first, count, keys) for first, count in _runs(samples)]
            results = await asyncio.gather(*runs, return_exceptions=True)
        finally:
            for sample in samples:
                del self._under_way[keys[sample]]
            bought.set()
        found: dict[int, Completion] = {}
        for result in results:
            if isinstance(result, BaseException):
                raise result
            found.update((completion.sample, completion) for completion in result)
        return found

    async def _buy_run(
        self, request: ModelRequest, first: int, count: int, keys: dict[int, bytes]
    ) -> tuple[Completion, ...]:
        completions = await self._model.complete(msgspec.structs.replace(request, first=first, count=count))
        self._answers.put([(keys[completion.sample], _encoder.encode(completion)) for completion in completions])
        return completions


def _runs(samples: Sequence[int]) -> list[tuple[int, int]]:
    """Group ascending numbers into runs of neighbours, as (first, count)."""
    runs: list[tuple[int, int]] = []
    for sample in samples:
        if runs and sum(runs[-1]) == sample:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((sample, 1))
    return runs
