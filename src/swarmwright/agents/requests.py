"""What makes two requests for one sample the same: the key under which an answer is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from swarmwright.agents.ports import Message, Sampling

KEY_FORMAT = b"swarmwright request 1\n"
"""Changes with what goes into a key, so that answers kept under other rules are never found."""

_encoder = msgspec.msgpack.Encoder()


def request_key(messages: Sequence[Message], model_digest: str, sampling: Sampling, sample: int) -> bytes:
    """Return the 32 bytes (SHA-256) under which one sample's answer is kept.

    The sample number is in it: without it one answer would be found k times and vote k times. The seed is
    not: replay is from the store, never by seed.

    Args:
        messages: exactly as they are sent.
        model_digest: what identifies the weights.
        sampling: how it is sampled; its seed is left out.
        sample: the sample's number.
    """
    content = (
        [(message.role, message.content) for message in messages],
        model_digest,
        (sampling.temperature, sampling.top_p, sampling.max_tokens, sampling.stop),
        sample,
    )
    return hashlib.sha256(KEY_FORMAT + _encoder.encode(content)).digest()
