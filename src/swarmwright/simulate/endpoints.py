"""Chat endpoints with habits, on real loopback sockets: what adapters are tried against.

Each Habit answers as some family of endpoints does. They speak just enough HTTP/1.1 to be spoken to by a
client with kept connections, and badly where that is their habit.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Literal, NamedTuple, Protocol

import msgspec

BODY = "    return value + {number}\n"
"""What the fakes write after the head of a function; the number follows from the seed."""
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}


class Asked(msgspec.Struct, frozen=True):
    """The fields of a chat request that fakes look at."""

    model: str
    messages: list[dict[str, Any]]
    temperature: float | None = None
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    stop: list[str] | None = None
    seed: int | None = None
    n: int | None = None
    authorization: str = ""


class Reply(NamedTuple):
    """What goes back: ``how`` "whole", "half" (the body breaks off), "reset" (no word), "hang" (no word, open)."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    how: Literal["whole", "half", "reset", "hang"] = "whole"


class Habit(Protocol):
    """How one family of endpoints behaves."""

    def reply(self, asked: Asked, call: int) -> Reply:
        """Answer the request; ``call`` numbers the requests of this server from 0."""
        ...


def _json(value: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    return Reply(status, json.dumps(value).encode(), (("Content-Type", "application/json"), *headers))


def _error(status: int, message: str, param: str | None = None, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    return _json({"error": {"message": message, "param": param, "type": "invalid_request_error"}}, status, headers)


def written(asked: Asked, seed: int, *, continues: bool) -> str:
    """Return what the model behind a fake writes: a word it should repeat, or a function in fences.

    Args:
        asked: the request.
        seed: decides the number in the function's body.
        continues: whether a begun answer is continued or ignored.
    """
    begun = asked.messages[-1]["content"] if asked.messages[-1]["role"] == "assistant" else ""
    prompt = next((m["content"] for m in reversed(asked.messages) if m["role"] == "user"), "")
    instruction, word = "Repeat this word and nothing else: ", ""
    if prompt.startswith(instruction):
        word = prompt[len(instruction) :].split()[0]
        return word.removeprefix(begun) if continues else word
    body = BODY.format(number=seed % 10) + "```\nThat is all."
    if begun and continues:
        return body
    return "```python\ndef fake(value):\n" + body


def _tokens(text: str) -> int:
    return max(1, len(text) // 3)


class Plain:
    """Everything as the protocol has it: ``n``, seeds, stop strings, usage, begun answers continued."""

    def __init__(self, *, key: str = "", models: Sequence[str] = ("fake",)) -> None:
        """Take the key it wants (empty: none) and the models it knows."""
        self._key, self._models = key, tuple(models)

    def reply(self, asked: Asked, call: int) -> Reply:
        """Answer as asked."""
        if self._key and asked.authorization != f"Bearer {self._key}":
            return _error(401, f"Incorrect API key provided: {asked.authorization.removeprefix('Bearer ')}")
        if asked.model not in self._models:
            return _error(404, f"The model {asked.model} does not exist")
        choices = [self._choice(asked, place) for place in range(asked.n or 1)]
        prompt = sum(len(str(message["content"])) for message in asked.messages)
        total = sum(_tokens(choice["message"]["content"]) for choice in choices)
        usage = {"prompt_tokens": max(1, prompt // 3), "completion_tokens": total}
        return _json({"id": f"fake-{call}", "choices": choices, "usage": usage})

    def _choice(self, asked: Asked, place: int) -> dict[str, Any]:
        text = written(asked, (asked.seed or 0) + place, continues=True)
        for stop in asked.stop or ():
            text = text.partition(stop)[0]
        finish = "stop"
        limit = (asked.max_tokens or 1 << 20) * 3
        if len(text) > limit:
            text, finish = text[:limit], "length"
        return {"index": place, "message": {"role": "assistant", "content": text}, "finish_reason": finish}


class OneAnswer:
    """Ignores ``n``, seeds and stop strings without a word, and starts begun answers afresh."""

    def reply(self, asked: Asked, call: int) -> Reply:
        """Give one answer."""
        text = written(asked, call, continues=False)
        choice = {"index": 0, "message": {"content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 20, "completion_tokens": _tokens(text)}
        return _json({"choices": [choice], "usage": usage})


class Strict:
    """Refuses temperature, max_tokens, n and more than four stop strings; thinks aloud; continues nothing."""

    def reply(self, asked: Asked, call: int) -> Reply:
        """Refuse, one thing at a time, or answer."""
        if asked.max_tokens is not None:
            return _error(400, "Unsupported parameter: use 'max_completion_tokens' instead.", "max_tokens")
        if asked.temperature is not None:
            return _error(400, "Unsupported value: 'temperature' does not support 0.8 with this model.")
        if (asked.n or 1) > 1:
            return _json({"detail": "`n` > 1 is not supported"}, 422)
        if len(asked.stop or ()) > 4:
            return _error(400, "Invalid 'stop': array too long.", "stop")
        if asked.messages[-1]["role"] == "assistant":
            return _error(400, "The last message must have the role user.")
        text = written(asked, asked.seed or 0, continues=False)
        think = "The user wants a function."
        message = (
            {"content": text, "reasoning_content": think}
            if call % 2
            else {"content": f"<think>{think}</think>\n{text}"}
        )
        usage = {"prompt_tokens": 20, "completion_tokens": _tokens(text + think)}
        return _json({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": usage})


class Busy:
    """Says 429 with Retry-After (seconds, then a date) and 5xx, then is fine for a while."""

    def __init__(self) -> None:
        self._fine = Plain()

    def reply(self, asked: Asked, call: int) -> Reply:
        """Refuse for now, or answer."""
        match call % 7:
            case 0:
                return _error(429, "Slow down.", headers=(("Retry-After", "7"),))
            case 1:
                date = "Tue, 14 Nov 2023 22:14:00 GMT"
                return _error(429, "Slow down.", headers=(("Retry-After", date),))
            case 3:
                return Reply(502, b"<html>Bad Gateway</html>")
            case 4:
                return _error(500, "internal error")
        return self._fine.reply(asked, call)


class Garbage:
    """HTML, half a JSON, no choices, wrong shapes, broken connections; every eighth request is answered.

    ``rot`` picks what it does, by turns; "hang" is left out unless asked for, since it takes a client's time-out.
    """

    KINDS = ("html", "half json", "no choices", "wrong shapes", "broken body", "reset", "error in 200", "fine")

    def __init__(self, kinds: Sequence[str] = KINDS) -> None:
        """Take what to answer, by turns."""
        self._kinds, self._fine = tuple(kinds), Plain()

    def reply(self, asked: Asked, call: int) -> Reply:
        """Answer what no endpoint should."""
        fine = self._fine.reply(asked, call)
        replies = {
            "html": Reply(200, b"<!DOCTYPE html><html><body>Please log in</body></html>"),
            "half json": Reply(200, fine.body[: len(fine.body) // 2]),
            "no choices": _json({"choices": [], "usage": None}),
            "wrong shapes": _json({"choices": [{"message": {"content": 7}}]}),
            "not text": Reply(200, b"\xff\xfe\x00\x01"),
            "nothing": Reply(200, b""),
            "broken body": fine._replace(how="half"),
            "reset": fine._replace(how="reset"),
            "hang": fine._replace(how="hang"),
            "error in 200": _json({"error": {"message": "upstream died"}}),
            "fine": fine,
        }
        return replies[self._kinds[call % len(self._kinds)]]


class Careless:
    """No usage figures, no finish reasons, content as a list of parts, or null."""

    def reply(self, asked: Asked, call: int) -> Reply:
        """Answer, more or less."""
        choices = []
        for place in range(asked.n or 1):
            text = written(asked, (asked.seed or 0) + place, continues=True)
            parts = [{"type": "text", "text": text[:9]}, {"type": "text", "text": text[9:]}, {"type": "image"}]
            choices.append({"message": {"content": None if (call + place) % 5 == 4 else parts}})
        return _json({"choices": choices})


class OneCounted:
    """As llama.cpp's server: usage counts the first of several answers only; more than ``slots`` are refused."""

    def __init__(self, slots: int = 4) -> None:
        """Take the most answers it gives to one request."""
        self._slots, self._plain = slots, Plain()

    def reply(self, asked: Asked, call: int) -> Reply:
        """Answer, counting the first choice."""
        if (asked.n or 1) > self._slots:
            return _error(400, f"n_cmpl cannot be greater than the number of slots ({self._slots})")
        value = json.loads(self._plain.reply(asked, call).body)
        value["usage"]["completion_tokens"] = _tokens(value["choices"][0]["message"]["content"])
        value["timings"] = {"predicted_n": value["usage"]["completion_tokens"]}
        return _json(value)


class FakeEndpoint:
    """A server with a Habit on a free loopback port; use it with ``async with``.

    ``seen`` holds every request it could read, in order; ``connections`` counts the connections made to it.
    """

    def __init__(self, habit: Habit) -> None:
        """Take the habit."""
        self.seen: list[Asked] = []
        self.connections = 0
        self._habit = habit
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        """Where it listens, as an endpoint's ``base_url``."""
        if self._server is None:
            raise RuntimeError("the fake endpoint was not started")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def __aenter__(self) -> FakeEndpoint:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            while await self._exchange(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = head.split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        content = await reader.readexactly(int(fields.get("content-length", "0")))
        if not lines[0].startswith("POST /v1/chat/completions "):
            reply = _error(404, "no such path")
        else:
            asked = msgspec.json.decode(content, type=Asked)
            asked = msgspec.structs.replace(asked, authorization=fields.get("authorization", ""))
            self.seen.append(asked)
            reply = self._habit.reply(asked, len(self.seen) - 1)
        if reply.how == "reset":
            return False
        if reply.how == "hang":
            await reader.read()
            return False
        names = "".join(f"{name}: {value}\r\n" for name, value in reply.headers)
        status = f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Status')}\r\n"
        writer.write(f"{status}{names}Content-Length: {len(reply.body)}\r\n\r\n".encode())
        writer.write(reply.body[: len(reply.body) // 2] if reply.how == "half" else reply.body)
        await writer.drain()
        return reply.how == "whole"
