"""The scheduler against random worlds: no order, batching, repetition or restart of Events changes a decision."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from swarmwright.ledger.events import AnyEvent, Asked, Decided, TaskId, TaskOpened, Verified
from swarmwright.plan.graph import Plan
from swarmwright.plan.values import Task
from swarmwright.simulate.crew import SimulatedCrew
from swarmwright.simulate.world import make_id, make_task
from swarmwright.swarm.scheduler import Scheduler, Step
from swarmwright.swarm.values import Ask, Command, Policy, Rung

LADDERS = (
    (Rung("coder", "m", 3, most=6),),
    (Rung("coder", "m", 1), Rung("steps", "m", 2, when="split", most=8), Rung("repairer", "m", 2, kind="repair")),
    (Rung("coder", "m", 4, most=7), Rung("repairer", "m", 1, "repair", "refuted"), Rung("large", "big", 3, most=9)),
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[tuple[Task, ...], Policy, SimulatedCrew]:
    """Draw Tasks (some in groups, some needing earlier ones), a Policy, and the world that answers."""
    count = draw(st.integers(1, 7))
    # Groups are contiguous and needs point back, so no group waits for itself through another.
    sizes = draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))
    groups = [number for number, size in enumerate(sizes, 1) for _ in range(size)][:count]
    alone = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    tasks = tuple(
        make_task(
            number,
            draw(st.lists(st.integers(0, number - 1), max_size=2, unique=True)) if number else (),
            group=groups[number] if groups.count(groups[number]) > 1 or not alone[number] else 0,
            thinness=draw(st.integers(0, 1)),
        )
        for number in range(count)
    )
    policy = Policy(
        draw(st.sampled_from(LADDERS)),
        k=draw(st.integers(1, 3)),
        k_spread=draw(st.integers(0, 1)),
        rounds=draw(st.integers(1, 4)),
        margin=draw(st.sampled_from(["all", "second"])),
        pick_votes=draw(st.integers(1, 2)),
        window=draw(st.sampled_from([1, 2, 4096])),
    )
    crew = SimulatedCrew(
        draw(st.integers(0, 2**32)),
        accuracy=draw(st.sampled_from([0.3, 0.6, 0.9])),
        correlated=draw(st.sampled_from([0.0, 0.5, 1.0])),
        flag_rate=draw(st.sampled_from([0.0, 0.3])),
        caught_early=draw(st.sampled_from([0.0, 0.3])),
        votes=draw(st.booleans()),
    )
    return tasks, policy, crew


def perform(crew: SimulatedCrew, command: Command) -> list[AnyEvent]:
    """Perform one command now; without a clock the crew never waits."""
    try:
        crew.perform([command]).send(None)
    except StopIteration as done:
        return list(done.value)
    raise AssertionError("the crew waited")


def straight(tasks: Sequence[Task], policy: Policy, crew: SimulatedCrew) -> dict[TaskId, Decided]:
    """Return the decisions of a run that answers one command after the other, first come first served."""
    scheduler = Scheduler(Plan(tasks), policy)
    step = scheduler.start()
    todo, events = step.commands, step.events
    while todo:
        step = scheduler.on(perform(crew, todo.pop(0)))
        todo += step.commands
        events += step.events
    return {event.task: event for event in events if isinstance(event, Decided)}


class AnyOrder(RuleBasedStateMachine):
    """A driver that answers in any order, in batches, twice, and dies at any time."""

    @initialize(world=worlds())
    def begin(self, world: tuple[tuple[Task, ...], Policy, SimulatedCrew]) -> None:
        self.tasks, self.policy, self.crew = world
        self.expected = straight(self.tasks, self.policy, self.crew)
        self.scheduler = Scheduler(Plan(self.tasks), self.policy)
        self.history: list[AnyEvent] = []
        self.open: list[Command] = []
        self.bought: set[tuple[TaskId, int]] = set()
        self.take(self.scheduler.start())

    def take(self, step: Step) -> None:
        self.history += step.events
        self.open += step.commands

    def answer(self, commands: Sequence[Command]) -> list[AnyEvent]:
        events: list[AnyEvent] = []
        for command in commands:
            if isinstance(command, Ask):
                samples = {(command.task, number) for number in range(command.first, command.first + command.count)}
                assert not samples & self.bought, "a sample was asked for twice"
                self.bought |= samples
                events.append(Asked(command.task, command.rung, "", "", command.first, command.count))
            events += perform(self.crew, command)
        return events

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def answer_some(self, data: st.DataObject) -> None:
        count = data.draw(st.integers(1, min(4, len(self.open))))
        chosen = [self.open.pop(data.draw(st.integers(0, len(self.open) - 1))) for _ in range(count)]
        batches = [self.answer([command]) for command in chosen]
        events = [event for batch in batches for event in batch]
        self.history += events
        self.take(self.scheduler.on(events))

    @precondition(lambda self: self.history)
    @rule(data=st.data())
    def tell_again(self, data: st.DataObject) -> None:
        """Events that are told again, the scheduler's own among them, change nothing."""
        last = [event for event in self.history if not isinstance(event, TaskOpened)][-6:]
        if last:
            assert self.scheduler.on([data.draw(st.sampled_from(last))]) == Step([], [])

    @rule()
    def die_and_resume(self) -> None:
        """A fresh scheduler that replays the history wants exactly the work that is open, and nothing else."""
        fresh = Scheduler(Plan(self.tasks), self.policy)
        own = fresh.start().events + fresh.on(self.history).events
        assert own == [event for event in self.history if isinstance(event, TaskOpened | Decided)]
        wanted = {repr(command) for command in self.open}
        self.open = fresh.open_commands()
        assert {repr(command) for command in self.open} == wanted
        self.scheduler = fresh

    @invariant()
    def decided_once_and_as_expected(self) -> None:
        decided = [event for event in getattr(self, "history", ()) if isinstance(event, Decided)]
        assert len({event.task for event in decided}) == len(decided)
        for event in decided:
            assert event == self.expected[event.task]

    def teardown(self) -> None:
        if not hasattr(self, "history"):
            return
        while self.open:
            events = self.answer([self.open.pop()])
            self.history += events
            self.take(self.scheduler.on(events))
        decided = {event.task: event for event in self.history if isinstance(event, Decided)}
        assert decided == self.expected
        assert set(decided) == {task.id for task in self.tasks}
        self.check_deliveries(decided)

    def check_deliveries(self, decided: dict[TaskId, Decided]) -> None:
        accepted = {(e.task, e.sample) for e in self.history if isinstance(e, Verified) and e.accepted}
        for task in self.tasks:
            event = decided[task.id]
            if event.delivered:
                assert (task.id, event.sample) in accepted, "delivered without an accepted verification"
                assert all(decided[need].delivered for need in task.needs)
            else:
                assert event.reason


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(deadline=None, max_examples=100, stateful_step_count=20)


@given(worlds(), st.integers(0, 2**32))
@settings(deadline=None, max_examples=100)
def test_replay_in_any_cut_equals_event_by_event(
    world: tuple[tuple[Task, ...], Policy, SimulatedCrew], seed: int
) -> None:
    tasks, policy, crew = world
    rng = random.Random(seed)
    one = Scheduler(Plan(tasks), policy)
    step = one.start()
    history, todo = list(step.events), list(step.commands)
    while todo:
        command = todo.pop(rng.randrange(len(todo)))
        for event in perform(crew, command):
            history.append(event)
            step = one.on([event])
            history += step.events
            todo += step.commands
    cut = rng.randrange(len(history) + 1)
    other = Scheduler(Plan(tasks), policy)
    own = other.start().events
    for part in (history[:cut], history[cut:]):
        own += other.on(part).events
    assert own == [event for event in history if isinstance(event, TaskOpened | Decided)]
    assert other.open_commands() == []
    assert other.tally() == one.tally()


def test_ids_of_made_up_tasks_differ() -> None:
    assert len({make_id(number) for number in range(1000)}) == 1000
