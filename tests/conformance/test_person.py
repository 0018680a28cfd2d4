"""A person at the end of the ladder: asked where votes are split, and waited for where nobody answers."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest

from swarmwright import Chain, Phrasing, Question
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Completion, Message, ModelRequest, Sampling
from swarmwright.chain.asking import QuestionCrew
from swarmwright.config.person import PERSON, PersonModel, Reply, read_answers
from swarmwright.config.running import StepSettings, policy_of
from swarmwright.errors import ConfigError, EndpointError
from swarmwright.ledger.events import Asked, Decided, RunClosed
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.plan.steps import ChainSteps
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import ExitReason, Lane


class Three(Chain):
    """Three questions; the second splits the model."""

    def first(self) -> int:
        return 0

    def question(self, state: int) -> Question | None:
        if state == 3:
            return None
        return Question((Phrasing(f"How much is {state} and one?", "It is", int),))

    def after(self, state: int, answer: int) -> int:
        assert answer == state + 1
        return answer


class Split:
    """Knows every answer but that to the second question, which it takes for two and three in turn."""

    name = digest = family = "split"
    concurrency = 1

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        state = int(request.messages[0].content.split()[3])
        samples = range(request.first, request.first + request.count)
        return tuple(
            Completion(str(2 + sample % 2 if state == 1 else state + 1), sample, "stop", 1, 1, 0.0, 0.0)
            for sample in samples
        )

    async def close(self) -> None:
        """Do nothing."""


def go(ledger: MemoryLedger, reply: Reply) -> tuple[ExitReason, ChainSteps]:
    steps = ChainSteps(Three(), b"a person")
    settings = StepSettings(k=3, most=6, models=("split", PERSON), reuse=False)
    crew = QuestionCrew(steps.open, models={"split": Split(), PERSON: PersonModel(reply)}, blobs=ledger.blobs)

    async def drive() -> ExitReason:
        return await run(
            Scheduler(steps, policy_of(settings)),
            crew,
            ledger,
            lanes=lambda _: Lane("all"),
            budget=Budget(),
            clock=LoopClock(),
        )

    return asyncio.run(drive()), steps


def test_a_person_decides_what_splits_the_model() -> None:
    ledger, asked = MemoryLedger(), []

    def reply(question: str) -> str:
        asked.append(question)
        return " 2"

    reason, steps = go(ledger, reply)
    assert (reason, steps.done, steps.finished) == (ExitReason.ALL_DELIVERED, 3, True)
    assert asked == ["How much is 1 and one?\nIt is"]
    events = list(ledger.replay())
    assert [event.sample >= 0 for event in events if isinstance(event, Decided)] == [True] * 3
    assert {event.model for event in events if isinstance(event, Asked)} == {"split", PERSON}


def test_a_run_waits_for_a_person_who_is_not_there_and_goes_on_when_one_is() -> None:
    ledger = MemoryLedger()
    reason, steps = go(ledger, lambda _: None)
    assert (reason, steps.done) == (ExitReason.ENDPOINT_DEAD, 1)
    closed = [event for event in ledger.replay() if isinstance(event, RunClosed)]
    assert closed[-1].detail == "A person's answer is needed: ...How much is 1 and one? It is"
    assert not [event for event in ledger.replay() if isinstance(event, Decided) and not event.delivered]
    reason, steps = go(ledger, lambda _: "2")
    assert (reason, steps.done) == (ExitReason.ALL_DELIVERED, 3)


def test_a_person_s_answer_is_read_like_any_other() -> None:
    words = itertools.chain(["two"], itertools.repeat("never asked"))
    reason, steps = go(MemoryLedger(), lambda _: next(words))
    assert (reason, steps.done) == (ExitReason.SOME_UNDECIDED, 1)


def test_answers_in_a_file_are_found_by_what_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "answers"
    file.write_text('{"asked": "1 and one?\\nIt is", "answer": "2"}\n\n{"asked": "9", "answer": "8"}\n')
    reply = read_answers(file)
    assert reply("How much is 1 and one?\nIt is") == "2"
    assert reply("How much is 2 and one?\nIt is") is None
    assert go(MemoryLedger(), reply)[0] is ExitReason.ALL_DELIVERED


@pytest.mark.parametrize("text", ["{", '{"asked": "x"}', "[]", '{"asked": "x", "answer": 3}', '{"asks": "x"}'])
def test_a_file_of_answers_that_is_none_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "answers"
    file.write_text(text)
    with pytest.raises(ConfigError, match="each line must be as"):
        read_answers(file)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_answers(tmp_path / "none")


def test_nobody_is_asked_the_same_twice() -> None:
    asked: list[str] = []

    def reply(question: str) -> str:
        asked.append(question)
        return "x"

    person = PersonModel(reply)
    request = ModelRequest((Message("user", "?"),), Sampling(), 0, 3)

    async def twice() -> tuple[Completion, ...]:
        return (*await person.complete(request), *await person.complete(request))

    assert [one.text for one in asyncio.run(twice())] == ["x"] * 6
    assert asked == ["?"]
    with pytest.raises(EndpointError, match="A person's answer is needed"):
        asyncio.run(PersonModel(lambda _: None).complete(request))
