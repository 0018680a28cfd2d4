"""The model as ``agents`` sees it, and the values that cross that port."""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec


class Message(msgspec.Struct, frozen=True):
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    content: str


class Sampling(msgspec.Struct, frozen=True):
    """How to sample. ``stop`` ends an answer; ``seed`` is that of sample 0 (sample i has seed + i)."""

    temperature: float = 0.0
    top_p: float = 1.0
    max_tokens: int = 512
    stop: tuple[str, ...] = ()
    seed: int = 0


class ModelRequest(msgspec.Struct, frozen=True):
    """``count`` samples of an answer to the same messages, numbered from ``first``.

    A last message of role assistant is the beginning of the answer (it is continued where the endpoint can,
    and sent as an instruction where it cannot); completions never repeat it.
    """

    messages: tuple[Message, ...]
    sampling: Sampling
    first: int
    count: int


class Completion(msgspec.Struct, frozen=True):
    """One answer. ``finish`` is "length" where the token limit cut it. Tokens are counted for this choice
    (``tokens_in`` only on the first choice of a request, 0 on the others). ``kept`` means it was recorded
    earlier and cost nothing now; ``estimated``, that the endpoint did not count this answer's tokens.
    """

    text: str
    sample: int
    finish: Literal["stop", "length", "other"]
    tokens_in: int
    tokens_out: int
    cost_usd: float
    seconds: float
    reasoning: str = ""
    kept: bool = False
    estimated: bool = False


class Model(Protocol):
    """A language model behind some endpoint."""

    @property
    def name(self) -> str:
        """The model's name, as the ledger and the certificate show it."""
        ...

    @property
    def digest(self) -> str:
        """What identifies its weights for record and replay (a file's SHA-256, or the endpoint and name)."""
        ...

    @property
    def family(self) -> str:
        """Models of one family err alike (``qwen2.5-coder``); used to mark one-sided evidence."""
        ...

    @property
    def concurrency(self) -> int:
        """How many requests may be open at once."""
        ...

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return exactly ``request.count`` completions, in the order of their sample numbers.

        Raises:
            EndpointError: not now (down, too slow, garbage) after all retries.
            EndpointRefusedError: never (bad key, unknown model).
        """
        ...

    async def close(self) -> None:
        """Release connections and processes."""
        ...
