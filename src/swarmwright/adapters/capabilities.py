"""What an endpoint can do, learned from how it behaves and kept; and what its refusals mean."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

PrefillStyle = Literal["unknown", "plain", "echo", "flags", "prefix", "none"]
PREFILL_STYLES: tuple[PrefillStyle, ...] = ("plain", "flags", "prefix")
"""How a begun answer is asked to be continued: a last assistant message as it is (Ollama; "echo": the same, and
the beginning comes back before its continuation, as llama.cpp sends it), with the
flags ``continue_final_message`` (vLLM, SGLang), or marked ``prefix`` (Mistral, DeepSeek)."""


class Capabilities(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an endpoint can do. The defaults are what is hoped for until it shows otherwise.

    Plain JSON by ``msgspec``: save it and hand it in again, and nothing is probed twice. ``most_choices`` is
    the most answers one request may ask for by ``n`` (0: no limit known, 1: ``n`` is not supported);
    ``most_stops`` the same for stop strings (-1: no limit known). ``usage`` says what ``completion_tokens``
    counts when several choices were asked for: all of them, or one.
    """

    most_choices: int = 0
    seed: bool = True
    temperature: bool = True
    top_p: bool = True
    limit_name: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    most_stops: int = -1
    stop_honoured: bool = True
    prefill: PrefillStyle = "unknown"
    usage: Literal["unknown", "all", "one", "none"] = "unknown"
    reasoning: bool = False


def _quoted(name: str) -> str:
    return rf"(?<![\w]){name}(?![\w])"


_SIGNS = {
    "limit": re.compile(r"max_(?:completion_)?tokens"),
    "choices": re.compile(
        r"n_cmpl|['\"`]n['\"`]|\bn (?:must|should|is|>|=)|completion choice|multiple (?:choices|completions)"
    ),
    "seed": re.compile(_quoted("seed")),
    "temperature": re.compile(_quoted("temperature")),
    "top_p": re.compile(_quoted("top_p")),
    "stop": re.compile(
        r"['\"`]stop['\"`]|\bstop (?:is|sequence|string|param|array|words)|\bstop:|(?:parameter|argument):? stop\b"
    ),
}
_PARAMETERS = {
    "max_tokens": "limit",
    "max_completion_tokens": "limit",
    "n": "choices",
    "seed": "seed",
    "temperature": "temperature",
    "top_p": "top_p",
    "stop": "stop",
}
_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|(?:prompt|input|request|messages?) (?:is|are) too long|reduce the length",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"max_completion_tokens|not support|unsupported|unrecogni[sz]ed|unknown|unexpected|not permitted|not allowed|extra",
    re.IGNORECASE,
)


def refused_parameter(parameter: str, message: str) -> str:
    """Return which of our parameters a 400 is about ("limit", "choices", "seed", ...), or "" if none.

    Args:
        parameter: the reply's ``param``, where it gave one.
        message: its message; English prose, so only clear signs count.
    """
    if _TOO_LONG.search(message):
        return ""
    named = _PARAMETERS.get(parameter.rsplit(".", 1)[-1].strip("'\"` "), "")
    if not named:
        named = next((name for name, sign in _SIGNS.items() if sign.search(message)), "")
    # A limit that is too high is a wrong number, not a parameter that goes by another name.
    return "" if named == "limit" and not _UNKNOWN.search(message) else named


def without(known: Capabilities, refused: str, *, asked_choices: int, sent_stops: int) -> Capabilities | None:
    """Return the capabilities less what was refused, or None where there is nothing left to leave out.

    Args:
        known: what the refused request was made from.
        refused: a name from `refused_parameter`.
        asked_choices: how many answers the request asked for.
        sent_stops: how many stop strings it sent.
    """
    if refused == "limit" and known.limit_name == "max_tokens":
        return msgspec.structs.replace(known, limit_name="max_completion_tokens")
    if refused == "choices" and asked_choices > 1:
        return msgspec.structs.replace(known, most_choices=asked_choices // 2)
    if refused == "stop" and sent_stops > 0:
        # Several hosted endpoints take four stop strings and no more.
        return msgspec.structs.replace(known, most_stops=4 if sent_stops > 4 else 0)
    if refused == "seed" and known.seed:
        return msgspec.structs.replace(known, seed=False)
    if refused == "temperature" and known.temperature:
        return msgspec.structs.replace(known, temperature=False)
    if refused == "top_p" and known.top_p:
        return msgspec.structs.replace(known, top_p=False)
    return None


def lost(before: Capabilities, after: Capabilities) -> list[str]:
    """Say in words, one sentence each, what was learned between the two."""
    said = {
        "most_choices": "one answer a request: several samples are asked in parallel"
        if after.most_choices == 1
        else f"at most {after.most_choices} answers a request",
        "seed": "takes no seed: samples cannot be asked for again",
        "temperature": "takes no temperature",
        "top_p": "takes no top_p",
        "limit_name": "wants max_completion_tokens instead of max_tokens",
        "most_stops": f"takes at most {after.most_stops} stop strings: answers are cut here",
        "stop_honoured": "ignores stop strings: answers are cut here",
        "prefill": "does not continue a begun answer: the beginning is sent as an instruction"
        if after.prefill == "none"
        else f"continues a begun answer ({after.prefill})",
        "usage": {
            "one": "counts the tokens of one answer only where several were asked: the others are estimated",
            "none": "gives no token counts: they are estimated",
        }.get(after.usage, "counts the tokens of all answers of a request"),
        "reasoning": "sends its reasoning along: it is split off",
    }
    return [text for field, text in said.items() if getattr(before, field) != getattr(after, field)]
