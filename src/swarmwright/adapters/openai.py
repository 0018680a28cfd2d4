"""Any OpenAI-compatible chat endpoint as a `Model`: hosted, vLLM, Ollama, llama.cpp.

What an endpoint refuses or ignores is learned from its behaviour, said once, and worked around.
"""

from __future__ import annotations

import asyncio
import os
import random
import urllib.parse
from collections.abc import Callable

import msgspec

from swarmwright.adapters import capabilities as learning
from swarmwright.adapters import usage, wire
from swarmwright.adapters.capabilities import PREFILL_STYLES, Capabilities
from swarmwright.adapters.pacing import Breaker, BreakerSettings, Pacer
from swarmwright.adapters.transport import Refusal, Retries, Transport
from swarmwright.agents.clock import Clock, LoopClock
from swarmwright.agents.ports import Completion, Message, ModelRequest, Sampling
from swarmwright.errors import ConfigError, EndpointRefusedError, KeyMissingError

__all__ = ["BreakerSettings", "Capabilities", "Endpoint", "OpenAIModel", "Retries"]

CERTAIN_BEGINNING = 8
"""Characters from which a repeated beginning cannot be chance."""
_PATIENT, _CAREFUL = Retries(), BreakerSettings()
# Continued, the answer is "berry"; a new message would say the whole word again.
_PROBE = ModelRequest(
    (Message("user", "Repeat this word and nothing else: strawberry"), Message("assistant", "straw")),
    Sampling(max_tokens=16),
    first=0,
    count=1,
)
# Only an endpoint that sends the beginning back, continued, answers with this number.
_ECHO_PROBE = ModelRequest(
    (Message("user", "Say yes."), Message("assistant", "7261: y")), Sampling(max_tokens=4), first=0, count=1
)


class Endpoint(msgspec.Struct, frozen=True):
    """Where a model is and what may be asked of it.

    ``name`` is our name for it; ``key_env`` names the environment variable that holds the key (empty: none
    is needed); ``key`` is for a server we started ourselves and never written anywhere. Limits of 0 mean no
    limit; prices are dollars per million tokens. ``max_n`` bounds the answers asked for in one request (0: not
    known). ``digest`` identifies the weights (else address and model name do); models of one ``family`` err alike.

    Raises:
        ConfigError: an address that is none, or a number out of range.
    """

    name: str
    base_url: str
    model: str
    key_env: str = ""
    key: str = ""
    concurrency: int = 4
    requests_per_minute: float = 0
    tokens_per_minute: float = 0
    price_in_per_million_usd: float = 0.0
    price_out_per_million_usd: float = 0.0
    timeout_s: float = 120.0
    family: str = ""
    digest: str = ""
    max_n: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        try:
            parts = urllib.parse.urlsplit(self.base_url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            usable = False
        if not usable:
            raise ConfigError(
                f"model {self.name!r}: base_url {self.base_url!r} is no http(s) address; "
                "it should look like https://host/v1"
            )
        if self.concurrency < 1 or self.max_n < 0:
            raise ConfigError(f"model {self.name!r}: concurrency must be at least 1, and max_n not negative")
        if not self.timeout_s > 0:
            raise ConfigError(f"model {self.name!r}: timeout_s must be more than 0")
        amounts = (
            self.requests_per_minute,
            self.tokens_per_minute,
            self.price_in_per_million_usd,
            self.price_out_per_million_usd,
        )
        if not all(amount >= 0 for amount in amounts):
            raise ConfigError(f"model {self.name!r}: limits and prices must not be negative")

    def __repr__(self) -> str:
        """Show everything but the key."""
        return f"Endpoint(name={self.name!r}, base_url={self.base_url!r}, model={self.model!r})"

    @property
    def chat_url(self) -> str:
        """The address that requests are posted to."""
        return f"{self.base_url.rstrip('/').removesuffix('/chat/completions')}/chat/completions"


def _silent(topic: str, text: str) -> None:
    """Say nothing."""


class OpenAIModel:
    """A `Model` behind an OpenAI-compatible endpoint.

    ``Completion.seconds`` shares the time of a request out among its answers, so that sums are right.
    The first request goes out alone: what it teaches is known to all others.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        capabilities: Capabilities | None = None,
        note: Callable[[str, str], None] = _silent,
        clock: Clock | None = None,
        rng: random.Random | None = None,
        retries: Retries = _PATIENT,
        breaker: BreakerSettings = _CAREFUL,
    ) -> None:
        """Take the endpoint; nothing is sent yet.

        Args:
            endpoint: where, and within what limits.
            capabilities: what an earlier run learned (None: learn it).
            note: told (topic, sentence) of whatever a person should know.
            clock: for waiting, pacing and measuring.
            rng: for the jitter of waits.
            retries: how long to keep trying.
            breaker: when to stop trying.
        """
        self._endpoint = endpoint
        self._note = note
        self._clock = clock or LoopClock()
        self._rng = rng or random.Random()  # noqa: S311 - jitter is no secret
        self._retries = retries
        self._pacer = Pacer(endpoint.requests_per_minute, endpoint.tokens_per_minute, self._clock)
        self._breaker = Breaker(endpoint.name, breaker, self._clock)
        self._known = capabilities or Capabilities(most_choices=endpoint.max_n)
        self._settled = asyncio.Event()
        if capabilities is not None:
            self._settled.set()
        self._slots = asyncio.Semaphore(endpoint.concurrency)
        self._learning = asyncio.Lock()
        self._transport: Transport | None = None

    @property
    def name(self) -> str:
        """The endpoint's name."""
        return self._endpoint.name

    @property
    def digest(self) -> str:
        """The weights' digest where it is known, else address and model."""
        return self._endpoint.digest or f"{self._endpoint.chat_url}#{self._endpoint.model}"

    @property
    def family(self) -> str:
        """The family that was configured, else the model's name."""
        return self._endpoint.family or self._endpoint.model

    @property
    def concurrency(self) -> int:
        """How many requests may be open at once."""
        return self._endpoint.concurrency

    @property
    def capabilities(self) -> Capabilities:
        """What is known of the endpoint by now; worth keeping."""
        return self._known

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return exactly ``request.count`` completions, in the order of their sample numbers.

        Raises:
            KeyMissingError: the endpoint needs a key, and the environment has none.
            EndpointError: not now, after all retries; or the breaker is open.
            EndpointRefusedError: never.
        """
        if request.count < 1:
            return ()
        if self._settled.is_set():
            return await self._complete(request)
        async with self._learning:
            if not self._settled.is_set():
                answers = await self._complete(request)
                self._settled.set()
                return answers
        return await self._complete(request)

    async def close(self) -> None:
        """Close all connections."""
        if self._transport is not None:
            await self._transport.close()

    async def _complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        try:
            if wire.is_begun(request.messages) and self._known.prefill == "unknown":
                await self._probe_prefill()
            return tuple(await self._samples(request, request.first, request.count))
        except Refusal as refused:
            said = wire.excerpt(refused.message)
            raise EndpointRefusedError(f"{self.name}: the request was refused: {said!r}") from None

    async def _probe_prefill(self) -> None:
        for style in PREFILL_STYLES:
            known = msgspec.structs.replace(self._known, prefill=style)
            try:
                answered = await self._ask(_PROBE, 0, 1, known)
            except Refusal:
                continue
            if answered is not None and answered.choices[0].text.strip().lower().startswith("berry"):
                self._learn(msgspec.structs.replace(self._known, prefill=style))
                return
            if style == "plain" and await self._echoes():
                self._learn(msgspec.structs.replace(self._known, prefill="echo"))
                return
        self._learn(msgspec.structs.replace(self._known, prefill="none"))

    async def _echoes(self) -> bool:
        """Ask with a beginning that no fresh answer would begin with; who sends it back has continued it."""
        try:
            answered = await self._ask(_ECHO_PROBE, 0, 1, msgspec.structs.replace(self._known, prefill="plain"))
        except Refusal:
            return False
        begun = _ECHO_PROBE.messages[-1].content
        return answered is not None and answered.choices[0].text.lstrip().startswith(begun)

    async def _samples(self, request: ModelRequest, first: int, count: int) -> list[Completion]:
        most = self._known.most_choices or count
        if count <= most:
            return await self._request(request, first, count)
        spans = [(start, min(most, first + count - start)) for start in range(first, first + count, most)]
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._request(request, start, size)) for start, size in spans]
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None
        return [completion for task in tasks for completion in task.result()]

    async def _request(self, request: ModelRequest, first: int, count: int) -> list[Completion]:
        began = self._clock.monotonic()
        answered = await self._ask(request, first, count, self._known)
        if answered is None:
            return await self._samples(request, first, count)
        got = min(count, len(answered.choices))
        if got < count:
            self._learn(msgspec.structs.replace(self._known, most_choices=got))
        seconds = (self._clock.monotonic() - began) / got
        completions = self._completions(request, first, answered, got, seconds)
        if got < count:
            completions += await self._samples(request, first + got, count - got)
        return completions

    async def _ask(self, request: ModelRequest, first: int, count: int, known: Capabilities) -> wire.Answered | None:
        """Send one request, leaving out what is refused; None where fewer answers must be asked for at once."""
        characters = sum(len(message.content) for message in request.messages)
        tokens_in = characters // wire.CHARACTERS_PER_TOKEN + 1
        tokens = tokens_in + request.sampling.max_tokens * count
        trial = known
        while True:
            body = wire.encode(self._endpoint.model, request, trial, first, count)
            try:
                async with self._slots:
                    answered = await self._reached().post(body, tokens, wire.decode)
                break
            except Refusal as refused:
                self._pacer.correct(tokens, 0)
                what = learning.refused_parameter(refused.parameter, refused.message)
                stops = len(wire.sent_stops(request.sampling.stop, trial))
                less = learning.without(trial, what, asked_choices=count, sent_stops=stops)
                if less is None:
                    raise
                trial = less
                if what == "choices":
                    self._adopt(known, trial)
                    return None
        self._adopt(known, trial)
        if answered.tokens_out is not None:
            self._pacer.correct(tokens, (answered.tokens_in or tokens_in) + answered.tokens_out)
        return answered

    def _completions(
        self, request: ModelRequest, first: int, answered: wire.Answered, got: int, seconds: float
    ) -> list[Completion]:
        self._learn_usage(request, answered)
        written, estimated = usage.tokens_out(answered, self._known.usage)
        tokens_in = answered.tokens_in
        if tokens_in is None:
            characters = sum(len(message.content) for message in request.messages)
            tokens_in, estimated = max(1, characters // wire.CHARACTERS_PER_TOKEN), True
        completions = []
        for place, choice in enumerate(answered.choices[:got]):
            text, stopped = self._tidied(request, choice)
            read = tokens_in if place == 0 else 0
            completions.append(
                Completion(
                    text=text,
                    sample=first + place,
                    finish="stop" if stopped else choice.finish,
                    tokens_in=read,
                    tokens_out=written[place],
                    cost_usd=self._price(read, written[place]),
                    seconds=seconds,
                    reasoning=choice.reasoning,
                    estimated=estimated,
                )
            )
        return completions

    def _tidied(self, request: ModelRequest, choice: wire.Choice) -> tuple[str, bool]:
        text = choice.text
        if choice.reasoning and not self._known.reasoning:
            self._learn(msgspec.structs.replace(self._known, reasoning=True))
        if wire.is_begun(request.messages):
            begun = request.messages[-1].content
            if self._known.prefill == "echo":
                text = text.removeprefix(begun)
            continued = self._known.prefill != "none"
            if not continued or (self._known.prefill != "echo" and len(begun.strip()) >= CERTAIN_BEGINNING):
                text, repeated = wire.without_beginning(text, begun)
                if repeated and continued:
                    self._learn(msgspec.structs.replace(self._known, prefill="none"))
        text, cut = wire.cut_at_stop(text, request.sampling.stop)
        if cut and self._known.stop_honoured and self._known.most_stops < 0:
            self._learn(msgspec.structs.replace(self._known, stop_honoured=False))
        return text, cut

    def _learn_usage(self, request: ModelRequest, answered: wire.Answered) -> None:
        if self._known.usage in ("unknown", "none"):
            counted = usage.what_is_counted(answered, request.sampling.max_tokens)
            if counted not in ("unknown", self._known.usage):
                self._learn(msgspec.structs.replace(self._known, usage=counted))

    def _price(self, tokens_in: int, tokens_out: int) -> float:
        endpoint = self._endpoint
        cost = tokens_in * endpoint.price_in_per_million_usd + tokens_out * endpoint.price_out_per_million_usd
        return cost / 1_000_000

    def _adopt(self, before: Capabilities, after: Capabilities) -> None:
        """Carry what one request learned into what is known (others may have learned meanwhile)."""
        changed = {
            field: getattr(after, field)
            for field in Capabilities.__struct_fields__
            if field != "prefill" and getattr(before, field) != getattr(after, field)
        }
        if changed:
            self._learn(msgspec.structs.replace(self._known, **changed))

    def _learn(self, known: Capabilities) -> None:
        before, self._known = self._known, known
        for sentence in learning.lost(before, known):
            self._note("endpoint", f"{self.name} {sentence}")

    def _reached(self) -> Transport:
        if self._transport is None:
            endpoint = self._endpoint
            key = self._key()
            headers = {"Content-Type": "application/json", "Accept": "application/json"}
            if key:
                headers["Authorization"] = f"Bearer {key}"
            self._transport = Transport(
                endpoint.name,
                endpoint.chat_url,
                headers,
                timeout_s=endpoint.timeout_s,
                secret=key,
                pacer=self._pacer,
                breaker=self._breaker,
                retries=self._retries,
                clock=self._clock,
                rng=self._rng,
                note=self._note,
            )
        return self._transport

    def require_key(self) -> None:
        """Check that the endpoint's key is there, before anything is asked.

        Raises:
            KeyMissingError: the endpoint needs a key, and the environment has none.
        """
        self._key()

    def _key(self) -> str:
        endpoint = self._endpoint
        if endpoint.key or not endpoint.key_env:
            return endpoint.key
        key = os.environ.get(endpoint.key_env, "").strip()
        if not key:
            raise KeyMissingError(
                f"model {endpoint.name!r} needs a key: set the environment variable {endpoint.key_env} to it"
            )
        if not key.isascii() or not key.isprintable():
            raise KeyMissingError(
                f"the environment variable {endpoint.key_env} holds no usable key (strange characters)"
            )
        return key
