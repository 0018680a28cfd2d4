"""What recorded testers read in the sentences of a Unit's prose, found again by what they were asked."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from swarmwright.agents.conditions import read_conditions
from swarmwright.agents.ports import Completion, Sampling
from swarmwright.agents.prompts import compose
from swarmwright.agents.requests import request_key
from swarmwright.agents.roster import Archetype
from swarmwright.ledger.ports import Answers
from swarmwright.spec.printer import print_context, print_stub
from swarmwright.spec.sentences import clauses
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.values import Stated

_NUMBERS = 40
_SENTENCES = 2
_decoder = msgspec.msgpack.Decoder(Completion)


def recorded_statements(
    spec: Spec, unit: Unit, archetype: Archetype, digest: str, answers: Answers
) -> Iterator[Stated]:
    """Yield how each recorded tester wrote a sentence of the Unit's prose down.

    Args:
        spec: the specification.
        unit: one of its Units.
        archetype: who was asked.
        digest: what identifies the model.
        answers: the store of what it answered.
    """
    sampling = Sampling(archetype.temperature, max_tokens=archetype.max_tokens, stop=archetype.stop)
    for sentence in clauses(unit, _SENTENCES):
        messages = compose(
            archetype,
            spec_context=print_context(spec, unit),
            unit=unit,
            stub=print_stub(unit),
            sentence=sentence,
        )
        for number in range(_NUMBERS):
            kept = answers.get(request_key(messages, digest, sampling, number))
            if kept is not None:
                yield Stated(sentence, read_conditions(_decoder.decode(kept).text, unit))
