"""Repeating a search: what it is a function of, and doing it again, agent for agent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from swarmwright.colony.pool import Pool, Room
from swarmwright.errors import SandboxError
from swarmwright.verify.ports import Sandbox

NO_CLOCK_S = 1e9
_SLOWER = 20.0
_LEAST_S = 120.0


class Frame(msgspec.Struct, frozen=True):
    """Everything that a search is a function of, as JSON: what agents know, the specification's code, and the rest.

    The first two are often the same for many Units. The rest has the examples and inputs, the constants, what is added
    to costs, the calls that took too long, and a budget in agents that cuts the search off where the clock had.
    """

    grammar: bytes
    modules: bytes
    request: bytes


class Agent(msgspec.Struct, frozen=True):
    """One of the agents that a body was put together from.

    Attributes:
        depth: how many others it is a part of.
        kind: the type of what it gives ("": it is no agent, but a decision or a statement).
        row: its number among those of its kind (-1: it was put together last, and has none).
        cost: how dear it is.
        production: the production, or what else it is.
        gives: what it gives, on the examples or on some elements.
        where: where it stands ("": in the function).
    """

    depth: int
    kind: str
    row: int
    cost: int
    production: str
    gives: tuple[str, ...]
    where: str


class Repetition(msgspec.Struct, frozen=True):
    """What came of a search that was done again: its digest, how many agents, and those of the body asked about."""

    trace: str
    tried: int
    live: int
    complete: int
    agents: tuple[Agent, ...] = ()


def frame_of(request: Mapping[str, Any], reply: Mapping[str, Any]) -> Frame:
    """Return what a search that was asked for and answered in this way is a function of."""
    effort = {**request["effort"], "seconds": NO_CLOCK_S, "levels": reply["levels"]}
    if reply["cut"]:
        effort["agents"] = reply["cut"] - 1
    rest = {key: value for key, value in request.items() if key not in ("grammar", "modules")}
    return Frame(
        grammar=_encode(request["grammar"]),
        modules=_encode(request["modules"]),
        request=_encode(rest | {"effort": effort, "lapsed": reply["lapsed"]}),
    )


def _encode(value: Any) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def request_of(frame: Frame) -> dict[str, Any]:
    """Return the request that does a search again.

    Raises:
        SandboxError: the frame is none of this version.
    """
    try:
        rest = msgspec.json.decode(frame.request, type=dict[str, Any])
        grammar = msgspec.json.decode(frame.grammar)
        modules = msgspec.json.decode(frame.modules)
    except msgspec.DecodeError as error:
        raise SandboxError(f"The record of the search cannot be read ({error}).") from error
    return rest | {"grammar": grammar, "modules": modules}


async def repeat(
    frame: Frame, sandbox: Sandbox, *, seconds: float, room: Room | None = None, body: str = ""
) -> Repetition:
    """Do a search again in a process of its own.

    Args:
        frame: what it is a function of.
        sandbox: where it runs.
        seconds: how long it took before; it is given up where it takes twenty times as long.
        room: what its agents may take.
        body: a body it found, whose agents are to be told of.

    Raises:
        SandboxDiedError: the process ended, or took too long.
        SandboxError: the frame is none of this version.
    """
    request = request_of(frame) | {"unfold": body}
    pool = Pool(sandbox, room or Room())
    try:
        reply = await pool.ask(request, timeout_s=max(_LEAST_S, _SLOWER * seconds))
    finally:
        await pool.close()
    if reply.get("reason"):
        raise SandboxError(f"The search could not be done again: {reply['reason']}.")
    return msgspec.convert(reply, Repetition)
