"""What is read of one answer: a body that votes, what a witness offers, or a red flag."""

from __future__ import annotations

import msgspec

from swarmwright.agents.aliases import alias_for, reveal
from swarmwright.agents.answers import Flag, read_body, read_calls
from swarmwright.agents.conditions import read_conditions, write_statement
from swarmwright.agents.expectations import read_expectations, write_expectations
from swarmwright.agents.imports import MOST_IMPORTS, import_for
from swarmwright.agents.ports import Completion
from swarmwright.agents.roster import CONDITIONS, EXPECTS, UNTOLD, Archetype
from swarmwright.ledger.events import EXPECTED, OFFERED, SLOW_VERSION, STATED, UNTOLD_VERSION
from swarmwright.spec.printer import print_context, print_stub
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.static import find_flag
from swarmwright.verify.values import Stated


class Reading(msgspec.Struct, frozen=True):
    """The body that was read; ``flag`` is a red flag, or OFFERED for a witness; ``detail`` says more of it."""

    body: str
    flag: str = ""
    detail: str = ""


def read_answer(
    spec: Spec,
    unit: Unit,
    archetype: Archetype,
    completion: Completion,
    previous: str | None = None,
    *,
    sentence: str = "",
) -> Reading:
    """Read an answer as its Archetype's role has it.

    Args:
        spec: what is wanted.
        unit: what was asked for.
        archetype: who was asked.
        completion: the answer.
        previous: the body that a repair must not repeat.
        sentence: what a tester was asked to write down.
    """
    if archetype.anonymous:
        alias = alias_for(unit.name, print_context(spec, unit) + print_stub(unit))
        completion = msgspec.structs.replace(completion, text=reveal(completion.text, unit.name, alias))
    if archetype.role == "tester":
        if EXPECTS in archetype.capabilities:
            return Reading(write_expectations(read_expectations(completion.text, unit)), OFFERED, EXPECTED)
        if CONDITIONS in archetype.capabilities:
            statement = Stated(sentence, read_conditions(completion.text, unit))
            return Reading(write_statement(statement), OFFERED, STATED)
        return Reading("\n".join(read_calls(completion.text, unit)), OFFERED)
    read = _read_body(spec, unit, completion, previous)
    if archetype.role != "oracle":
        return read
    if UNTOLD in archetype.capabilities:
        return Reading("" if read.flag else read.body, OFFERED, UNTOLD_VERSION)
    if read.flag:
        return Reading("", OFFERED, f"{SLOW_VERSION}, of no use: {read.flag}: {read.detail}")
    return Reading(read.body, OFFERED, SLOW_VERSION)


def _read_body(spec: Spec, unit: Unit, completion: Completion, previous: str | None) -> Reading:
    read = read_body(completion.text, unit, truncated=completion.finish == "length")
    if isinstance(read, Flag):
        return Reading("", read.name, read.detail)
    if previous is not None and read.body.strip() == previous.strip():
        return Reading("", "repeated", "the repair is the refuted proposal again")
    return _flagged(spec, unit, read.body)


def _flagged(spec: Spec, unit: Unit, body: str) -> Reading:
    """Flag what static checks find, after imports that were merely forgotten are written down."""
    for _ in range(MOST_IMPORTS):
        found = find_flag(spec, unit, body)
        line = import_for(found[1]) if found is not None and found[0] == "calls unknown name" else None
        if line is None:
            break
        body = f"{line}\n{body}"
    return Reading(body, *(found or ("", "")))
