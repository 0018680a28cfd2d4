"""Chains, Bags and Graphs through the real scheduler, told by hand what was voted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pytest

from swarmwright.errors import ProcessError
from swarmwright.ledger.events import Decided, Recalled, TaskId, TaskOpened, Voted
from swarmwright.plan.questions import Phrasing, Question, encode_answer
from swarmwright.plan.steps import Bag, BagSteps, Chain, ChainSteps, Graph, GraphSteps, Steps
from swarmwright.swarm.scheduler import Scheduler, Step
from swarmwright.swarm.values import Ask, Policy, Recall, Rung

RUN = b"run name"
POLICY = Policy((Rung("step", "m", 2, most=6),), k=2, k_spread=0, margin="second", verify=False)


def question(prompt: object, **settings) -> Question:
    return Question((Phrasing(str(prompt), "", int),), **settings)


class Counting(Chain):
    """Count by what is answered, up to an end; ``asks`` says how often a question comes again."""

    def __init__(self, end: int, asks: Callable[[int], object] = lambda state: state, **settings) -> None:
        self.end, self.asks, self.settings = end, asks, settings

    def first(self) -> int:
        return 0

    def steps(self) -> int:
        return self.end

    def question(self, state: int) -> Question | None:
        return None if state >= self.end else question(self.asks(state), **self.settings)

    def after(self, state: int, answer: int) -> int:
        return state + answer

    def truth(self, state: int) -> int:
        return 1

    def result(self, state: int) -> str:
        return f"at {state}"


class Numbers(Bag):
    """Some questions, given by their prompts."""

    def __init__(self, prompts: Iterable[object]) -> None:
        self.prompts = prompts
        self.drawn = 0
        self.taken: dict[int, int] = {}

    def questions(self) -> Iterable[Question]:
        for prompt in self.prompts:
            self.drawn += 1
            yield question(prompt)

    def truth(self, number: int) -> int:
        return number

    def take(self, number: int, answer: int) -> None:
        assert number not in self.taken
        self.taken[number] = answer

    def result(self) -> str:
        return f"{sum(self.taken.values())} in all"


class Sums(Graph):
    """Every step is the sum of what it needs, and one."""

    def __init__(self, needs: Mapping[str, Sequence[str]]) -> None:
        self._needs = needs
        self.given: dict[str, Mapping[str, int]] = {}

    def needs(self) -> Mapping[str, Sequence[str]]:
        return self._needs

    def question(self, name: str, answers: Mapping[str, int]) -> Question:
        self.given[name] = dict(answers)
        return question(f"1 + {sum(answers.values())}")

    def truth(self, name: str, answers: Mapping[str, int]) -> int:
        return 1 + sum(answers.values())


class Desk:
    """A scheduler of steps, whoever tells it what was voted, and all that it decided."""

    def __init__(self, steps: Steps, policy: Policy = POLICY) -> None:
        self.steps = steps
        self.scheduler = Scheduler(steps, policy)
        self.open: dict[TaskId, Ask | Recall] = {}
        self.opened: list[TaskOpened] = []
        self.decided: list[Decided] = []
        self.heard: list[tuple[int, str, bytes]] = []
        self.follow(self.scheduler.start())

    def follow(self, step: Step) -> None:
        for command in step.commands:
            assert isinstance(command, Ask | Recall)
            self.open[command.task] = command
        self.opened += [event for event in step.events if isinstance(event, TaskOpened)]
        self.decided += [event for event in step.events if isinstance(event, Decided)]

    def asked(self) -> list[int]:
        return sorted(number(task) for task, command in self.open.items() if isinstance(command, Ask))

    def recalls(self) -> list[tuple[int, int]]:
        recalls = [command for command in self.open.values() if isinstance(command, Recall)]
        return sorted((number(command.task), number(command.source)) for command in recalls)

    def vote(self, step: int, *answers: int | None) -> None:
        """Answer a step's open Ask; None is a red flag."""
        ask = self.open.pop(task_of(step))
        assert isinstance(ask, Ask)
        assert len(answers) == ask.count
        keys = tuple(b"" if answer is None else encode_answer(answer) for answer in answers)
        self.follow(self.scheduler.on([Voted(ask.task, ask.first, keys, 0, 0.0)]))

    def recall(self, step: int) -> None:
        recall = self.open.pop(task_of(step))
        assert isinstance(recall, Recall)
        self.follow(self.scheduler.on([Recalled(recall.task, recall.source)]))

    def order(self) -> list[int]:
        return [number(event.task) for event in self.decided if event.delivered]


def number(task: TaskId) -> int:
    return int.from_bytes(task[8:], "big")


def task_of(step: int) -> TaskId:
    return TaskId(RUN + step.to_bytes(8, "big"))


# Chains


def test_a_chain_asks_one_step_after_the_other() -> None:
    heard: list[tuple[int, str, bytes]] = []
    steps = ChainSteps(Counting(3), RUN, sink=lambda *told: heard.append(told))
    desk = Desk(steps)
    for step in range(3):
        assert desk.asked() == [step]
        assert steps.open[task_of(step)].number == step
        assert steps.result() == f"stopped after {step} steps at: at {step}"
        desk.vote(step, 1, 1)
    assert not desk.open
    assert not steps.open
    assert (steps.done, steps.total, steps.finished, steps.result()) == (3, 3, True, "at 3")
    assert heard == [(0, "", b"1"), (1, "", b"1"), (2, "", b"1")]


def test_a_chain_goes_on_from_what_was_decided_not_from_what_was_right() -> None:
    steps = ChainSteps(Counting(9), RUN)
    desk = Desk(steps)
    desk.vote(0, 7, 7)
    assert steps.state == 7
    desk.vote(1, 1, None)
    desk.vote(1, 1)
    assert steps.state == 8


def test_a_step_asks_for_what_its_vote_still_needs_and_no_more() -> None:
    desk = Desk(ChainSteps(Counting(3), RUN))
    desk.vote(0, 1, 2)
    assert desk.open[task_of(0)] == Ask(task_of(0), 0, "step", "m", 2, 2)
    desk.vote(0, 1, None)
    assert desk.open[task_of(0)] == Ask(task_of(0), 0, "step", "m", 4, 1)


def test_a_chain_that_ends_at_once_asks_nothing() -> None:
    steps = ChainSteps(Counting(0), RUN)
    desk = Desk(steps)
    assert not desk.open
    assert steps.finished
    assert steps.result() == "at 0"
    assert desk.scheduler.tally() == (0, 0, 0)


def test_an_undecided_step_ends_the_chain_and_says_what_it_asked() -> None:
    steps = ChainSteps(Counting(5), RUN)
    desk = Desk(steps)
    desk.vote(0, 1, 1)
    desk.vote(1, 1, 2)
    desk.vote(1, 3, 4)
    desk.vote(1, 5, 6)
    assert not desk.open
    assert not desk.decided[-1].delivered
    assert steps.result() == "stopped after 1 steps at: at 1"
    assert [step.number for step in steps.stuck.values()] == [1]
    assert desk.scheduler.tally() == (2, 1, 1)


def test_a_perfect_check_decides_with_one_vote() -> None:
    desk = Desk(ChainSteps(Counting(2, check=bool, perfect=True), RUN))
    desk.vote(0, 1)
    assert (desk.decided[0].votes, desk.order(), desk.asked()) == (1, [0], [1])


class FixedMargins:
    """Margins that are what they are told, and what was taken into account."""

    def __init__(self, **margins: int) -> None:
        self.margins = margins
        self.taken: list[tuple] = []

    def k(self, kind: str) -> int:
        return self.margins[kind]

    def take(self, kind, votes, winner) -> None:
        self.taken.append((kind, tuple(votes), winner))


def test_kinds_of_steps_may_have_margins_of_their_own() -> None:
    margins = FixedMargins(hard=3, step=0)
    hard = Desk(ChainSteps(Counting(1, kind="hard"), RUN, sizer=margins))
    hard.vote(0, 1, 1, 1)
    plain = Desk(ChainSteps(Counting(1), RUN, sizer=margins))
    plain.vote(0, 1, 1)
    assert (hard.decided[0].margin, plain.decided[0].margin) == (3, 2)
    assert margins.taken == [("hard", (b"1", b"1", b"1"), b"1"), ("step", (b"1", b"1"), b"1")]


def test_a_step_that_asks_no_question_is_the_author_s_mistake() -> None:
    class Wrong(Counting):
        def question(self, state):
            return "how many?"

    with pytest.raises(ProcessError, match=r"must ask a swarmwright\.Question, and step 0 asks 'how many\?'"):
        Desk(ChainSteps(Wrong(1), RUN))


# What was decided before


def test_a_question_that_comes_again_is_decided_as_before_and_nobody_is_asked() -> None:
    steps = ChainSteps(Counting(5, asks=lambda state: state % 2), RUN, reuse=True)
    desk = Desk(steps)
    desk.vote(0, 1, 1)
    desk.vote(1, 1, 1)
    for step in range(2, 5):
        assert desk.asked() == []
        assert desk.recalls() == [(step, step % 2)]
        desk.recall(step)
    assert desk.order() == [0, 1, 2, 3, 4]
    assert [event.votes for event in desk.decided] == [2] * 5
    assert steps.result() == "at 5"


def test_without_reuse_the_same_question_is_asked_again() -> None:
    desk = Desk(ChainSteps(Counting(5, asks=lambda state: 0), RUN))
    desk.vote(0, 1, 1)
    assert (desk.asked(), desk.recalls()) == ([1], [])


def test_what_one_step_s_check_let_pass_is_not_taken_over_where_another_s_would_refuse_it() -> None:
    class Unused(Counting):
        def first(self):
            return ()

        def question(self, state):
            return (
                question("a number not used yet", check=lambda answer: answer not in state) if len(state) < 2 else None
            )

        def after(self, state, answer):
            return (*state, answer)

    steps = ChainSteps(Unused(2), RUN, reuse=True)
    desk = Desk(steps)
    desk.vote(0, 1, 1)
    assert (desk.asked(), desk.recalls()) == ([1], [])
    desk.vote(1, 2, 2)
    assert steps.state == (1, 2)


def test_the_same_question_open_twice_is_asked_once() -> None:
    bag = Numbers([7, 8, 7, 7])
    desk = Desk(BagSteps(bag, RUN, window=4, reuse=True))
    assert (desk.asked(), desk.recalls()) == ([0, 1], [])
    desk.vote(1, 8, 8)
    desk.vote(0, 7, 7)
    assert desk.recalls() == [(2, 0), (3, 0)]
    desk.recall(3)
    desk.recall(2)
    assert desk.order() == [1, 0, 3, 2]
    assert bag.taken == {0: 7, 1: 8, 2: 7, 3: 7}


def test_what_was_undecided_is_undecided_wherever_it_is_asked() -> None:
    bag = Numbers([7, 7, 8])
    steps = BagSteps(bag, RUN, window=3, reuse=True)
    desk = Desk(steps)
    for votes in ((1, 2), (3, 4), (5, 6)):
        desk.vote(0, *votes)
    desk.recall(1)
    desk.vote(2, 8, 8)
    assert [(number(event.task), event.delivered) for event in desk.decided] == [(0, False), (1, False), (2, True)]
    assert bag.taken == {2: 8}
    assert steps.result() == "stopped with 1 questions decided: 8 in all"
    assert sorted(step.number for step in steps.stuck.values()) == [0, 1]


def test_a_chain_stops_where_it_asks_what_was_undecided() -> None:
    # The same question with other answers behind it: the first is decided, the second asks on and is not.
    steps = ChainSteps(Counting(9, asks=lambda state: state // 3 * 3), RUN, reuse=True)
    desk = Desk(steps)
    desk.vote(0, 3, 3)
    for votes in ((1, 2), (3, 4), (5, 6)):
        desk.vote(1, *votes)
    assert not desk.open
    assert (steps.done, steps.finished) == (1, False)


# Bags


def test_a_bag_is_drawn_as_it_is_decided() -> None:
    bag = Numbers(range(10))
    desk = Desk(BagSteps(bag, RUN, window=3))
    assert (bag.drawn, desk.asked()) == (3, [0, 1, 2])
    desk.vote(1, 10, 10)
    assert (bag.drawn, desk.asked()) == (4, [0, 2, 3])
    desk.vote(0, 1, 2)
    assert bag.drawn == 4


def test_a_bag_takes_every_answer_once_in_whatever_order() -> None:
    bag = Numbers(range(5))
    steps = BagSteps(bag, RUN, window=2)
    desk = Desk(steps)
    while desk.open:
        step = desk.asked()[-1]
        desk.vote(step, step, step)
    assert bag.taken == {n: n for n in range(5)}
    assert steps.result() == "10 in all"
    assert sorted(desk.order()) == [0, 1, 2, 3, 4]


def test_a_bag_without_questions_is_done() -> None:
    steps = BagSteps(Numbers([]), RUN, window=3)
    desk = Desk(steps)
    assert not desk.open
    assert steps.result() == "0 in all"


def test_a_bag_that_is_not_through_says_so() -> None:
    steps = BagSteps(Numbers(range(3)), RUN, window=1)
    desk = Desk(steps)
    desk.vote(0, 4, 4)
    assert steps.result() == "stopped with 1 questions decided: 4 in all"


def test_an_undecided_question_of_a_bag_stops_no_other() -> None:
    bag = Numbers(range(3))
    desk = Desk(BagSteps(bag, RUN, window=1))
    for votes in ((1, 2), (3, 4), (5, 6)):
        desk.vote(0, *votes)
    desk.vote(1, 1, 1)
    desk.vote(2, 2, 2)
    assert bag.taken == {1: 1, 2: 2}
    assert desk.scheduler.tally() == (3, 2, 1)


def test_the_questions_of_only_a_few_undecided_steps_are_kept() -> None:
    steps = BagSteps(Numbers(range(40)), RUN, window=40)
    desk = Desk(steps)
    for step in range(40):
        for votes in ((1, 2), (3, 4), (5, 6)):
            desk.vote(step, *votes)
    assert not desk.open
    assert 1 <= len(steps.stuck) <= 8
    assert not steps.open


# Graphs

DIAMOND = {"top": ["left", "right"], "left": ["foot"], "right": ["foot"], "foot": []}


def test_a_graph_asks_what_has_what_it_needs() -> None:
    heard: list[tuple[int, str, bytes]] = []
    graph = Sums(DIAMOND)
    steps = GraphSteps(graph, RUN, sink=lambda *told: heard.append(told))
    desk = Desk(steps)
    assert desk.asked() == [3]
    desk.vote(3, 1, 1)
    assert desk.asked() == [1, 2]
    desk.vote(2, 2, 2)
    assert desk.asked() == [1]
    desk.vote(1, 5, 5)
    assert graph.given == {"foot": {}, "left": {"foot": 1}, "right": {"foot": 1}, "top": {"left": 5, "right": 2}}
    assert steps.result() == "stopped with 3 of 4 steps decided"
    desk.vote(0, 8, 8)
    assert heard == [(3, "foot", b"1"), (2, "right", b"2"), (1, "left", b"5"), (0, "top", b"8")]
    assert steps.result() == "4 answers"
    assert {event.name: [number(need) for need in event.needs] for event in desk.opened} == {
        "foot": [],
        "left": [3],
        "right": [3],
        "top": [1, 2],
    }


def test_what_needs_an_undecided_step_is_undecided_and_is_not_asked() -> None:
    graph = Sums({**DIAMOND, "aside": []})
    steps = GraphSteps(graph, RUN)
    desk = Desk(steps)
    desk.vote(3, 1, 1)
    for votes in ((1, 2), (3, 4), (5, 6)):
        desk.vote(1, *votes)
    desk.vote(2, 2, 2)
    desk.vote(4, 1, 1)
    assert not desk.open
    ends = {number(event.task): event for event in desk.decided}
    assert {step for step, event in ends.items() if event.delivered} == {2, 3, 4}
    assert ends[0].reason == "depends on left"
    assert "top" not in graph.given
    assert [step.number for step in steps.stuck.values()] == [1]


def test_equal_questions_of_a_graph_are_asked_once() -> None:
    desk = Desk(GraphSteps(Sums(DIAMOND), RUN, reuse=True))
    desk.vote(3, 1, 1)
    assert (desk.asked(), desk.recalls()) == ([1], [])
    desk.vote(1, 2, 2)
    assert desk.recalls() == [(2, 1)]
    desk.recall(2)
    assert desk.asked() == [0]


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ({"a": ["b"], "b": ["a"]}, "order"),
        ({"a": ["a"]}, "order"),
        ({"a": [], "b": ["c"]}, "'c', which is not a step"),
    ],
)
def test_a_graph_that_cannot_be_walked_is_refused(needs: dict[str, list[str]], said: str) -> None:
    with pytest.raises(ProcessError, match=said):
        GraphSteps(Sums(needs), RUN)


def test_an_empty_graph_is_done() -> None:
    steps = GraphSteps(Sums({}), RUN)
    assert not Desk(steps).open
    assert steps.result() == "0 answers"


def test_tasks_of_two_runs_are_never_the_same() -> None:
    one = Desk(ChainSteps(Counting(1), b"run one!"))
    other = Desk(ChainSteps(Counting(1), b"run two!"))
    assert not one.open.keys() & other.open.keys()
    assert all(len(task) == 16 for task in one.open)
