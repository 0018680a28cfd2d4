"""Composes prompts: what all Workers share comes first, what varies comes last, and nothing is said twice."""

from __future__ import annotations

import re

from swarmwright.agents.aliases import alias_for, conceal
from swarmwright.agents.conditions import head_of
from swarmwright.agents.ports import Message
from swarmwright.agents.roster import Archetype
from swarmwright.spec.sentences import summary
from swarmwright.spec.values import Example, Unit

LONGEST_FAILURE = 240
"""Characters of a counterexample that are said again, on one line, in the begun answer."""


def compose(
    archetype: Archetype,
    *,
    spec_context: str,
    unit: Unit,
    stub: str,
    previous: str = "",
    counterexample: str = "",
    sentence: str = "",
) -> tuple[Message, ...]:
    """Return the messages that ask ``archetype`` for the body of ``unit``.

    Args:
        archetype: whose template is filled; an anonymous one is shown another name.
        spec_context: the given code and the signatures the Unit may use, as Python source.
        unit: what is to be built.
        stub: its stub (decorators, head, docstring), as Python source.
        previous: the body that was refuted, for a repairer.
        counterexample: one sentence: the input and what went wrong.
        sentence: the one of the prose that is asked about.

    Returns:
        A system message, a user message, and the beginning of the answer where the Archetype has one.
    """
    values = {
        "context": spec_context.strip(),
        "stub": stub.strip(),
        "begun": stub.strip().removesuffix("...").rstrip(),
        "head": unit.head.strip(),
        "opened": _opened(unit, unit.prose),
        "untold": _opened(unit, summary(unit)),
        "name": unit.name,
        "prose": unit.prose.strip(),
        "examples": "\n".join(map(_example_line, unit.examples)),
        "contracts": "\n".join(f"{contract.kind}: {contract.condition}" for contract in unit.contracts),
        "previous": _indented(previous.strip("\n")),
        "counterexample": counterexample.strip(),
        "sentence": sentence,
        "holds": head_of(unit),
        "failure": " ".join(counterexample.split())[:LONGEST_FAILURE],
    }
    if archetype.anonymous:
        alias = alias_for(unit.name, spec_context + stub)
        values = {key: conceal(text, unit.name, alias) for key, text in values.items()} | {"name": alias}
    user = _tight(archetype.template.format(**values))
    messages = [Message("system", archetype.system.strip()), Message("user", user)]
    if archetype.answer_begin:
        messages.append(Message("assistant", archetype.answer_begin.format(**values)))
    return tuple(messages)


def _opened(unit: Unit, prose: str) -> str:
    """Return the head and a prose: what stands right before a body."""
    prose = prose.strip().replace("\n", "\n    ") or "As above."
    return f'{unit.head.strip()}\n    """{prose}"""'


def _example_line(example: Example) -> str:
    call = " ; ".join((*(line.strip() for line in example.setup), example.source.strip()))
    if example.raises is not None:
        return f"{call}  # raises {example.raises}"
    want = example.want.strip()
    return f"{call}  # -> {want}" if want else call


def _indented(body: str) -> str:
    return "\n".join(f"    {line}" if line.strip() else "" for line in body.split("\n"))


def _tight(text: str) -> str:
    """Close the gaps that empty placeholders leave."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()
