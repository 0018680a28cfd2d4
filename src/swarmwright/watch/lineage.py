"""The agents that a body of the colony was put together from, as a tree of text."""

from __future__ import annotations

from collections.abc import Iterator

from swarmwright.colony.repeating import Agent, Repetition
from swarmwright.ledger.events import Searched

_MOST_SHOWN = 6


def tell_agents(searched: Searched, body: str, again: Repetition) -> str:
    """Return a search that was done again as plain text: whether it is the same, and the agents of a body.

    Args:
        searched: the search as the ledger tells of it.
        body: the body that was asked about.
        again: what came of doing it again.
    """
    same = again.trace == searched.trace.hex()
    lines = [f"The search was done again: {again.tried:,} agents, {again.live:,} of them distinct."]
    if same:
        lines.append(f"Its trace is the one in the ledger ({again.trace[:12]}), agent for agent.")
    else:
        lines.append(
            f"Its trace is {again.trace[:12]} and the ledger's {searched.trace.hex()[:12]}: it is another search. "
            "Another version of swarmwright or of Python searches differently."
        )
    lines += ["", *(f"    {line}" for line in body.splitlines()), ""]
    if not again.agents:
        lines.append("It did not find this body.")
    return "\n".join([*lines, *map(_line, again.agents)])


def _line(agent: Agent) -> str:
    number = f"{agent.kind} #{agent.row}" if agent.row >= 0 else agent.kind
    parts = [part for part in (number, f"cost {agent.cost}" if agent.cost else "", agent.where) if part]
    told = f"  [{', '.join(parts)}]" if parts else ""
    return f"{'  ' * agent.depth}{agent.production}{told}{''.join(_gives(agent))}"


def _gives(agent: Agent) -> Iterator[str]:
    if agent.gives:
        more = " ..." if len(agent.gives) > _MOST_SHOWN else ""
        yield f"  gives {' | '.join(agent.gives[:_MOST_SHOWN])}{more}"
