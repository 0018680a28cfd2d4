"""What a Task's id depends on: the Unit's stub, the given code it reaches and the stubs it may call; nothing else."""

from __future__ import annotations

import hashlib

from swarmwright.spec.links import links_of
from swarmwright.spec.printer import print_stub
from swarmwright.spec.values import Given, Spec, Unit

SPEC_FORMAT = 1
"""Version of the specification language; a change of meaning changes every Task's id."""


def task_id(spec: Spec, unit: Unit) -> bytes:
    """Return the 16 bytes that stand for the Task of building this Unit.

    Other Units, the policy, the inputs and the models have no part in it.
    """
    digest = hashlib.blake2b(digest_size=16, person=b"swarmwright task")
    parts = [str(SPEC_FORMAT), unit.id, print_stub(unit)]
    parts += [given.source for given in reached(spec, unit)]
    for name in sorted(unit.uses):
        parts += [name, print_stub(links_of(spec).units[name]) if name != unit.id else ""]
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.digest()


def reached(spec: Spec, unit: Unit) -> tuple[Given, ...]:
    """Return the given code that the Unit's annotations, Contracts, docstring and Uses reach, in reading order."""
    return tuple(given for _, given in links_of(spec).reach_of_unit(unit).given)
