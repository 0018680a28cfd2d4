"""The chat protocol on the wire: bodies to send, and the few fields of replies that are read."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from swarmwright.adapters.capabilities import Capabilities
from swarmwright.agents.ports import Message, ModelRequest

EXCERPT = 80
"""Characters of a strange reply that are shown to people."""
CHARACTERS_PER_TOKEN = 4
"""A rough rule, used only where an endpoint does not count."""


class WireMessage(msgspec.Struct, omit_defaults=True):
    """A chat message; ``prefix`` marks a begun answer for endpoints that want it marked."""

    role: str
    content: str
    prefix: bool = False


class ChatBody(msgspec.Struct, omit_defaults=True):
    """The body of one chat request; what is None (or False) is not sent."""

    model: str
    messages: list[WireMessage]
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    stop: tuple[str, ...] | None = None
    seed: int | None = None
    n: int | None = None
    continue_final_message: bool = False
    add_generation_prompt: bool | None = None


class _Part(msgspec.Struct):
    type: str = ""
    text: str | None = None


class _Said(msgspec.Struct):
    content: str | list[_Part] | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None


class _Choice(msgspec.Struct):
    message: _Said
    index: int | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Reply(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None
    timings: msgspec.Raw = msgspec.Raw(b"")


class Choice(msgspec.Struct, frozen=True, gc=False):
    """One answer as it came, reasoning split off. ``size`` is the length of all that was written."""

    text: str
    reasoning: str
    finish: Literal["stop", "length", "other"]
    size: int


class Answered(msgspec.Struct, frozen=True):
    """A reply that is one: choices in their order; token counts are None where there were none.

    ``timed`` is true where the reply has llama.cpp's own timings (its usage counts one choice only).
    """

    choices: tuple[Choice, ...]
    tokens_in: int | None
    tokens_out: int | None
    timed: bool


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Reply)
_FINISH: dict[str | None, Literal["stop", "length"]] = {
    "stop": "stop",
    "eos": "stop",
    "eos_token": "stop",
    "end_turn": "stop",
    "length": "length",
    "max_tokens": "length",
    "model_length": "length",
}


def encode(model: str, request: ModelRequest, known: Capabilities, first: int, count: int) -> bytes:
    """Return the body that asks for samples ``first`` .. ``first + count - 1``, using only what is known to work."""
    sampling = request.sampling
    body = ChatBody(model=model, messages=_messages(request.messages, known))
    if known.temperature:
        body.temperature = sampling.temperature
    if known.top_p and sampling.top_p < 1.0:
        body.top_p = sampling.top_p
    if known.limit_name == "max_tokens":
        body.max_tokens = sampling.max_tokens
    else:
        body.max_completion_tokens = sampling.max_tokens
    stops = sent_stops(sampling.stop, known)
    if stops:
        body.stop = stops
    if known.seed:
        # Some endpoints read a 32-bit signed number, and the server adds the choice's number to it.
        body.seed = (sampling.seed + first) & 0x3FFF_FFFF
    if count > 1:
        body.n = count
    if known.prefill == "flags" and is_begun(request.messages):
        body.continue_final_message = True
        body.add_generation_prompt = False
    return _encoder.encode(body)


def sent_stops(stop: tuple[str, ...], known: Capabilities) -> tuple[str, ...]:
    """Return the stop strings that are sent along; the others are looked for in the answer."""
    return stop if known.most_stops < 0 else stop[: known.most_stops]


def is_begun(messages: tuple[Message, ...]) -> bool:
    """Return whether the last message is the beginning of the answer."""
    return bool(messages) and messages[-1].role == "assistant"


def _messages(messages: tuple[Message, ...], known: Capabilities) -> list[WireMessage]:
    if not is_begun(messages) or known.prefill in ("plain", "echo", "flags", "unknown"):
        return [WireMessage(message.role, message.content) for message in messages]
    begun = messages[-1].content
    if known.prefill == "prefix":
        return [WireMessage(m.role, m.content) for m in messages[:-1]] + [WireMessage("assistant", begun, prefix=True)]
    sent = [WireMessage(message.role, message.content) for message in messages[:-1]]
    instruction = f"Begin your answer with exactly this text and go on from there:\n{begun}"
    if sent and sent[-1].role == "user":
        sent[-1].content += f"\n\n{instruction}"
    else:
        sent.append(WireMessage("user", instruction))
    return sent


def decode(body: bytes) -> Answered:
    """Return what a reply of status 200 says.

    Raises:
        ValueError: it is not what a chat endpoint would answer (HTML, half a JSON, no choices, ...).
    """
    try:
        reply = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if not reply.choices:
        raise ValueError("no choices")
    choices = reply.choices
    if len(choices) > 1 and all(choice.index is not None for choice in choices):
        choices = sorted(choices, key=lambda choice: choice.index or 0)
    usage = reply.usage or _Usage()
    return Answered(
        tuple(_choice(choice) for choice in choices),
        _count(usage.prompt_tokens),
        _count(usage.completion_tokens),
        bool(bytes(reply.timings)),
    )


def _count(tokens: int | None) -> int | None:
    return tokens if tokens is not None and 0 < tokens < 1 << 31 else None


def _choice(choice: _Choice) -> Choice:
    said = choice.message
    content = said.content
    if isinstance(content, list):
        content = "".join(part.text or "" for part in content if part.type in ("", "text", "output_text"))
    content = content or ""
    given = said.reasoning_content or said.reasoning or ""
    text, thought = split_reasoning(content)
    return Choice(text, given or thought, _FINISH.get(choice.finish_reason, "other"), len(content) + len(given))


def split_reasoning(content: str) -> tuple[str, str]:
    """Split a leading ``<think>...</think>`` off; return (answer, reasoning).

    An opening tag alone means that the answer was never begun; a closing tag alone, that the endpoint's
    template wrote the opening one.
    """
    before, closing, after = content.partition("</think>")
    opened = before.lstrip().startswith("<think>")
    if not closing:
        return ("", before.lstrip()[len("<think>") :].strip()) if opened else (content, "")
    if not opened and "<think>" in before:
        return content, ""
    thought = before.lstrip().removeprefix("<think>").strip()
    return after.lstrip("\n"), thought


def cut_at_stop(text: str, stop: tuple[str, ...]) -> tuple[str, bool]:
    """End the text before the first stop string; return it and whether there was one."""
    ends = [place for string in stop if string and (place := text.find(string)) >= 0]
    return (text[: min(ends)], True) if ends else (text, False)


def without_beginning(text: str, begun: str) -> tuple[str, bool]:
    """Take a repeated beginning off an answer that should have continued it; return it and whether it was there.

    Looks for the same text at the start, else for the same lines (fences aside) among the first lines.
    """
    wanted = begun.strip()
    stripped = text.lstrip()
    if not wanted:
        return text, False
    if stripped.startswith(wanted):
        rest = stripped[len(wanted) :]
        # The beginning's own last line break belongs to it.
        return (rest.removeprefix("\n") if begun.endswith("\n") else rest), True
    lines = [line.rstrip() for line in begun.splitlines() if line.strip() and not line.startswith("```")]
    if not lines or not begun.endswith("\n"):
        return text, False
    answer = text.splitlines(keepends=True)
    for start in range(min(len(answer), 40)):
        end = _matches(answer, start, lines)
        if end:
            return "".join(answer[end:]), True
    return text, False


def _matches(answer: list[str], start: int, lines: list[str]) -> int:
    place = start
    for line in lines:
        while place < len(answer) and place > start and not answer[place].strip():
            place += 1
        if place >= len(answer) or answer[place].rstrip() != line:
            return 0
        place += 1
    return place


class _ErrorFields(msgspec.Struct):
    message: str = ""
    param: Any = None
    code: Any = None
    type: Any = None


def read_refusal(body: bytes) -> tuple[str, str, str]:
    """Return (message, parameter, code) of an error reply of any habit; the message is the body where unclear."""
    raw = body.decode("utf-8", "replace")
    try:
        data = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return raw, "", ""
    error = data.get("error", data) if isinstance(data, dict) else data
    if not isinstance(error, dict):
        return (error if isinstance(error, str) else raw), "", ""
    try:
        fields = msgspec.convert(error, _ErrorFields)
    except msgspec.ValidationError:
        return raw, "", ""
    words = " ".join(str(word) for word in (fields.code, fields.type) if isinstance(word, str))
    return fields.message or raw, fields.param if isinstance(fields.param, str) else "", words


def excerpt(text: str) -> str:
    """Return the first characters of a text on one line, printable."""
    flat = " ".join(text[: EXCERPT * 4].split())
    return "".join(char if char.isprintable() else "?" for char in flat)[:EXCERPT]
