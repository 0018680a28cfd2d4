"""Framed JSON over private pipes: how a sandboxed process answers its parent.

A frame is four bytes of length (big endian) and that many bytes of ASCII JSON. The standard streams are taken
over at the start, so that nothing the guarded code prints can look like a reply.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

HEADER_BYTES = 4
MAX_REQUEST_BYTES = 64 << 20


def pack(message: Any) -> bytes:
    """Return the message as one frame."""
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    return len(body).to_bytes(HEADER_BYTES, "big") + body


def read_exactly(descriptor: int, count: int) -> bytes | None:
    """Read ``count`` bytes; None where the stream ends before that."""
    parts = []
    while count:
        part = os.read(descriptor, min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def read_up_to(descriptor: int, max_bytes: int) -> bytes:
    """Read to the end of the stream, but at most ``max_bytes``."""
    parts = []
    while max_bytes > 0 and (part := os.read(descriptor, min(max_bytes, 1 << 20))):
        parts.append(part)
        max_bytes -= len(part)
    return b"".join(parts)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte of ``data``; raises ``OSError`` where the reader is gone."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def read_frame(descriptor: int, max_bytes: int = MAX_REQUEST_BYTES) -> Any:
    """Return the next message.

    Raises:
        EOFError: the stream ended.
        ValueError: the frame is too long or no JSON.
    """
    header = read_exactly(descriptor, HEADER_BYTES)
    if header is None:
        raise EOFError
    length = int.from_bytes(header, "big")
    if length > max_bytes:
        raise ValueError("frame too long")
    body = read_exactly(descriptor, length)
    if body is None:
        raise EOFError
    return json.loads(body)


def take_over_streams() -> tuple[int, int]:
    """Move the standard streams to private descriptors (returned) and leave the null device in their place.

    Every other descriptor that was inherited is closed.
    """
    os.closerange(3, 1 << 16)
    requests = os.dup(0)
    replies = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(null, standard)
    if null > 2:
        os.close(null)
    return requests, replies


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Read requests and write replies until the parent goes away; then return.

    ``answer`` should not raise: what it raises ends the process, which the parent sees as its death.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = take_over_streams()
    serve_on(requests, replies, answer)


def serve_on(requests: int, replies: int, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Read requests from one descriptor and write replies to the other until either is closed."""
    while True:
        try:
            request = read_frame(requests)
            write_all(replies, pack(answer(request)))
        except (EOFError, BrokenPipeError):
            return
        sys.stdout.flush()
