"""The Crew of long tasks: asks models the questions of open steps and reads their votes. It decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from swarmwright.agents.ports import Completion, Message, Model, ModelRequest, Sampling
from swarmwright.agents.requests import request_key
from swarmwright.chain.stories import Told, write_story
from swarmwright.errors import ProcessError, SwarmwrightError
from swarmwright.ledger.events import AnyEvent, TaskId, Voted
from swarmwright.ledger.ports import Blobs
from swarmwright.plan.questions import MOST_SAMPLES, Phrasing, Question, Reading, read_vote
from swarmwright.plan.steps import Open
from swarmwright.swarm.values import Ask, Command


class QuestionCrew:
    """Performs Asks for the open steps of one run.

    With ``reuse`` samples of one question are numbered from 0 wherever it is asked, so that an answer kept from
    another run is found. Without, every step's samples have numbers of their own: nothing that was said at one step
    is ever counted at another.
    """

    def __init__(
        self, steps: Mapping[TaskId, Open], *, models: Mapping[str, Model], blobs: Blobs, reuse: bool = False
    ) -> None:
        """Take the open steps (a live view), the models by name, and where stories are kept."""
        self._steps = steps
        self._models = models
        self._blobs = blobs
        self._reuse = reuse

    async def perform(self, commands: Sequence[Command]) -> Sequence[AnyEvent]:
        """Perform Asks at once, each answered by one Voted."""
        asks = [self._require_ask(command) for command in commands]
        if len(asks) == 1:
            return [await self._ask(asks[0])]
        return await asyncio.gather(*map(self._ask, asks))

    async def _ask(self, ask: Ask) -> Voted:
        step = self._steps[ask.task]
        model = self._models[ask.model]
        # Steps need numbers of their own; a second model's answers have keys of their own anyway.
        base = 0 if self._reuse else step.number * MOST_SAMPLES
        requests = list(_requests(step.question, model, ask, base))
        answers = await asyncio.gather(*(model.complete(request) for _, _, request in requests))
        told: list[Told] = []
        keys: list[bytes] = []
        for (first, phrasing, _), completions in zip(requests, answers, strict=True):
            for sample, completion in enumerate(completions, first):
                reading = read_vote(step.question, sample, completion.text, cut=completion.finish == "length")
                keys.append(reading.key)
                told.append(_tell(sample, ask.model, phrasing, completion, reading))
        bought = [one for one in told if not one.kept]
        cost = sum(c.cost_usd for completions in answers for c in completions)
        tokens = sum(one.tokens_in + one.tokens_out for one in bought)
        story = self._blobs.put(write_story(told))
        return Voted(ask.task, ask.first, tuple(keys), tokens, cost, len(told) - len(bought), story)

    @staticmethod
    def _require_ask(command: Command) -> Ask:
        if not isinstance(command, Ask):
            raise SwarmwrightError("A step was to be examined. This is a bug; please report it.")
        return command


def _requests(question: Question, model: Model, ask: Ask, base: int) -> Iterator[tuple[int, Phrasing, ModelRequest]]:
    """Yield (first sample, phrasing, request): neighbours with the same phrasing and temperature go together."""
    if ask.first + ask.count > MOST_SAMPLES:
        raise ProcessError(f"A step would ask more than {MOST_SAMPLES} samples; lower the margin.")
    last = ask.first + ask.count
    first = ask.first
    while first < last:
        phrasing, heat = question.phrasing(first), question.heat(first)
        end = first + 1
        while end < last and question.phrasing(end) is phrasing and question.heat(end) == heat:
            end += 1
        begun = (Message("assistant", phrasing.begun),) if phrasing.begun else ()
        messages = (Message("user", phrasing.prompt), *begun)
        blank = Sampling(temperature=heat, max_tokens=question.max_tokens, stop=question.stop)
        # Every request has a seed of its own, and each sample adds its number to it.
        seed = int.from_bytes(request_key(messages, model.digest, blank, 0)[:4], "big") >> 2
        sampling = msgspec.structs.replace(blank, seed=seed)
        yield first, phrasing, ModelRequest(messages, sampling, base + first, end - first)
        first = end


def _tell(sample: int, model: str, phrasing: Phrasing, completion: Completion, reading: Reading) -> Told:
    return Told(
        sample=sample,
        model=model,
        prompt=phrasing.prompt,
        begun=phrasing.begun,
        text=completion.text,
        flag=reading.flag,
        detail=reading.detail,
        tokens_in=completion.tokens_in,
        tokens_out=completion.tokens_out,
        seconds=completion.seconds,
        kept=completion.kept,
    )
