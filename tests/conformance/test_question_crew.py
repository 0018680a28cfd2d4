"""The Crew of long tasks against a model of known habits: what it asks, how it numbers, what it tells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from swarmwright.adapters.sqlite import open_answers
from swarmwright.agents.ports import Completion, ModelRequest
from swarmwright.agents.replay import RecordedModel
from swarmwright.chain.asking import QuestionCrew
from swarmwright.chain.stories import Told, read_story
from swarmwright.errors import EndpointError, ProcessError, SwarmwrightError
from swarmwright.ledger.events import TaskId, Voted
from swarmwright.ledger.memory import MemoryBlobs
from swarmwright.plan.questions import MOST_SAMPLES, Phrasing, Question
from swarmwright.plan.steps import Open
from swarmwright.swarm.values import Ask, Examine

FIRST, OTHER = TaskId(b"a" * 16), TaskId(b"b" * 16)
Habit = Callable[[ModelRequest, int], str]


class ScriptedModel:
    """A Model that answers as its habit says, and remembers what it was asked."""

    digest = "scripted:1"
    family = "scripted"
    concurrency = 4

    def __init__(self, habit: Habit = lambda request, sample: f"{sample}", name: str = "scripted") -> None:
        self.habit = habit
        self.name = name
        self.requests: list[ModelRequest] = []

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        self.requests.append(request)
        await asyncio.sleep(0)
        samples = range(request.first, request.first + request.count)
        return tuple(self._one(request, sample) for sample in samples)

    async def close(self) -> None:
        """Nothing is open."""

    def _one(self, request: ModelRequest, sample: int) -> Completion:
        text = self.habit(request, sample)
        finish = "length" if text.endswith("...") else "stop"
        tokens_in = 10 if sample == request.first else 0
        return Completion(text, sample, finish, tokens_in, 2, 0.25, 0.5)


def question(*prompts: str, **settings) -> Question:
    return Question(tuple(Phrasing(prompt, "", int) for prompt in prompts), **settings)


def perform(crew: QuestionCrew, *asks: Ask) -> list[Voted]:
    events = list(asyncio.run(crew.perform(asks)))
    assert all(isinstance(event, Voted) for event in events)
    return events


def ask(first: int, count: int, task: TaskId = FIRST, model: str = "scripted") -> Ask:
    return Ask(task, 0, "step", model, first, count)


def crew_for(asked: Question, model, *, number: int = 0, blobs: MemoryBlobs | None = None, reuse=False) -> QuestionCrew:
    steps = {FIRST: Open(number, asked, lambda: None), OTHER: Open(number + 1, asked, lambda: None)}
    return QuestionCrew(steps, models={model.name: model}, blobs=blobs or MemoryBlobs(), reuse=reuse)


def told(model: ScriptedModel) -> list[tuple[str, float, int, int]]:
    requests = sorted(model.requests, key=lambda request: request.first)
    return [(r.messages[0].content, r.sampling.temperature, r.first, r.count) for r in requests]


def test_phrasings_take_turns_cold_first_and_then_heated() -> None:
    model = ScriptedModel()
    perform(crew_for(question("a", "b"), model), ask(0, 5))
    assert told(model) == [("a", 0.0, 0, 1), ("b", 0.0, 1, 1), ("a", 0.7, 2, 1), ("b", 0.7, 3, 1), ("a", 0.7, 4, 1)]


def test_samples_of_one_phrasing_and_heat_are_one_request() -> None:
    model = ScriptedModel()
    perform(crew_for(question("a", temperature=1.1), model), ask(0, 6))
    assert told(model) == [("a", 0.0, 0, 1), ("a", 1.1, 1, 5)]


def test_an_ask_in_the_middle_goes_on_with_the_turns() -> None:
    model = ScriptedModel()
    (event,) = perform(crew_for(question("a", "b", "c"), model), ask(4, 2))
    assert told(model) == [("b", 0.7, 4, 1), ("c", 0.7, 5, 1)]
    assert (event.task, event.first, event.keys) == (FIRST, 4, (b"4", b"5"))


def test_the_beginning_of_the_answer_and_the_limits_go_with_the_request() -> None:
    model = ScriptedModel()
    asked = Question((Phrasing("add", ">>> 1 + 1\n", int),), max_tokens=9, stop=("\n", ">>>"))
    perform(crew_for(asked, model), ask(0, 1))
    (request,) = model.requests
    assert [(m.role, m.content) for m in request.messages] == [("user", "add"), ("assistant", ">>> 1 + 1\n")]
    assert (request.sampling.max_tokens, request.sampling.stop) == (9, ("\n", ">>>"))


def test_each_phrasing_and_heat_has_a_seed_of_its_own_and_the_same_every_time() -> None:
    one, other = ScriptedModel(), ScriptedModel()
    perform(crew_for(question("a", "b"), one), ask(0, 4))
    perform(crew_for(question("a", "b"), other), ask(0, 4))
    seeds = [request.sampling.seed for request in one.requests]
    assert seeds == [request.sampling.seed for request in other.requests]
    assert len(set(seeds)) == 4


def test_votes_are_in_the_order_of_samples_and_bad_answers_are_flags() -> None:
    texts = ["7", "seven", " 7\n", "9...", "-3"]
    model = ScriptedModel(lambda request, sample: texts[sample])
    blobs = MemoryBlobs()
    asked = question("a", check=lambda answer: answer > 0)
    (event,) = perform(crew_for(asked, model, blobs=blobs), ask(0, 5))
    assert event.keys == (b"7", b"", b"7", b"", b"")
    story = read_story(blobs.get(event.story))
    assert [one.flag for one in story] == ["", "unreadable", "", "cut off", "refuted"]


def test_the_story_tells_what_was_asked_and_answered() -> None:
    model = ScriptedModel(lambda request, sample: "12 apples")
    blobs = MemoryBlobs()
    asked = Question((Phrasing("How many?", "There are", int),))
    (event,) = perform(crew_for(asked, model, blobs=blobs), ask(0, 1))
    (one,) = read_story(blobs.get(event.story))
    detail = "ValueError: invalid literal for int() with base 10: '12 apples'"
    expected = Told(0, "scripted", "How many?", "There are", "12 apples", "unreadable", detail, 10, 2, 0.5, False)
    assert one == expected


def test_what_was_bought_is_summed_up() -> None:
    model = ScriptedModel()
    (event,) = perform(crew_for(question("a"), model), ask(0, 4))
    assert (event.tokens, event.cost_usd, event.kept) == (2 * 10 + 4 * 2, 1.0, 0)


def test_several_asks_are_each_answered_once_and_in_order() -> None:
    model = ScriptedModel()
    events = perform(crew_for(question("a"), model, reuse=True), ask(0, 2, OTHER), ask(2, 1, FIRST))
    assert [(event.task, event.first, len(event.keys)) for event in events] == [(OTHER, 0, 2), (FIRST, 2, 1)]


def test_without_reuse_no_two_steps_share_a_sample() -> None:
    model = ScriptedModel()
    crew = crew_for(question("a"), model, number=5)
    first, other = perform(crew, ask(0, 3), ask(0, 3, OTHER))
    assert first.keys == tuple(b"%d" % (5 * MOST_SAMPLES + n) for n in range(3))
    assert other.keys == tuple(b"%d" % (6 * MOST_SAMPLES + n) for n in range(3))


def test_with_reuse_samples_are_numbered_alike_wherever_a_question_is_asked() -> None:
    model = ScriptedModel()
    crew = crew_for(question("a"), model, number=5, reuse=True)
    first, other = perform(crew, ask(0, 3), ask(0, 3, OTHER))
    assert first.keys == other.keys == (b"0", b"1", b"2")


@pytest.mark.parametrize("reuse", [True, False])
def test_answers_kept_from_another_run_are_counted_and_not_bought(tmp_path: Path, reuse: bool) -> None:
    store = open_answers(tmp_path / "answers.db")
    try:
        model = ScriptedModel()
        asked = question("a", "b")
        before = crew_for(asked, RecordedModel(model, store), reuse=reuse)
        (bought,) = perform(before, ask(0, 3))
        assert (bought.kept, bought.tokens, len(model.requests)) == (0, 3 * 12, 3)
        later = crew_for(asked, RecordedModel(model, store), reuse=reuse)
        (kept, more) = (perform(later, ask(0, 3))[0], perform(later, ask(3, 1))[0])
        assert (kept.keys, kept.kept, kept.tokens, kept.cost_usd) == (bought.keys, 3, 0, 0.0)
        assert (more.kept, len(model.requests)) == (0, 4)
        (other,) = perform(later, ask(0, 3, OTHER))
        assert other.kept == (3 if reuse else 0)
    finally:
        store.close()


def test_a_kept_answer_says_so_in_its_story(tmp_path: Path) -> None:
    store = open_answers(tmp_path / "answers.db")
    try:
        blobs = MemoryBlobs()
        crew = crew_for(question("a"), RecordedModel(ScriptedModel(), store), blobs=blobs, reuse=True)
        stories = [read_story(blobs.get(perform(crew, ask(0, 1))[0].story)) for _ in range(2)]
        assert [story[0].kept for story in stories] == [False, True]
    finally:
        store.close()


def test_more_samples_than_a_step_may_have_are_refused_before_anything_is_asked() -> None:
    model = ScriptedModel()
    crew = crew_for(question("a"), model)
    perform(crew, ask(MOST_SAMPLES - 1, 1))
    with pytest.raises(ProcessError, match="lower the margin"):
        perform(crew, ask(MOST_SAMPLES - 1, 2))
    assert len(model.requests) == 1


def test_an_endpoint_that_is_away_is_no_vote() -> None:
    def habit(request: ModelRequest, sample: int) -> str:
        raise EndpointError("away")

    with pytest.raises(EndpointError):
        perform(crew_for(question("a"), ScriptedModel(habit)), ask(0, 3))


def test_what_is_no_ask_is_a_bug_of_ours() -> None:
    crew = crew_for(question("a"), ScriptedModel())
    with pytest.raises(SwarmwrightError, match="bug"):
        asyncio.run(crew.perform([Examine(FIRST, 0, (0,))]))
