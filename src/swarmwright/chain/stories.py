"""What was asked and answered at a step, as it is kept in the ledger's blobs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Told(msgspec.Struct, frozen=True, array_like=True):
    """One sample as it was: what was asked, what came back, how it was read, and what that took."""

    sample: int
    model: str
    prompt: str
    begun: str
    text: str
    flag: str
    detail: str
    tokens_in: int
    tokens_out: int
    seconds: float
    kept: bool


_encoder = msgspec.msgpack.Encoder()
_STORY = msgspec.msgpack.Decoder(tuple[Told, ...])


def write_story(told: Sequence[Told]) -> bytes:
    """Return the blob that tells of these samples."""
    return _encoder.encode(told)


def read_story(content: bytes) -> tuple[Told, ...]:
    """Return what the blob of a Voted event's story tells.

    Raises:
        msgspec.MsgspecError: it is no story.
    """
    return _STORY.decode(content)
