"""The protocol of a step, checked exhaustively by Spin (formal/), and the real scheduler held to the same claims."""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from swarmwright.ledger.events import AnyEvent, Asked, Decided, TaskId, TaskOpened, Verified, Voted
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.plan.graph import Plan
from swarmwright.simulate.world import make_task
from swarmwright.swarm.scheduler import Scheduler, Step
from swarmwright.swarm.values import Ask, Policy, Rung, Verify
from swarmwright.verify.values import Verdict

MODEL = Path(__file__).parents[2] / "formal" / "step.pml"
REDUCED = ("SORT=1", "FORGET=1")
SMALL = (*REDUCED, "K=2", "WINDOW=4")

RIGHT_MODELS = {
    "k=1, every order": ("K=1",),
    "k=2": (*REDUCED, "K=2", "WINDOW=6"),
    "k=3": (*REDUCED, "K=3", "WINDOW=6"),
    "more asked than needed": (*SMALL, "FIRST=3"),
    "answers kept": (*REDUCED, "K=2", "WINDOW=4", "KEEP=1"),
    "budget": (*SMALL, "BUDGET=6"),
}
"""The protocol as it is, with two kills and an answer that comes twice."""

BUGS = {
    "told before durable": (("BUG_EARLY_PUBLISH",), r"told\[i\]"),
    "told before durable: told otherwise": (("BUG_EARLY_PUBLISH", "ONLY_TOLD"), r"told\[step\]"),
    "no dedupe": (("BUG_NO_DEDUPE", "TRUST"), r"slot\[i\]"),
    "no dedupe: told without the margin": (("BUG_NO_DEDUPE", "ONLY_TOLD"), r"rights|wrongs"),
    "order of arrival": (("BUG_ARRIVAL_ORDER", "FIRST=3", "TRUST"), r"seen"),
    "everything asked again": (("BUG_ASK_ALL", "TRUST"), r"slot\[i\]"),
    "started before its input": (("BUG_EAGER_START", "TRUST"), r"begun"),
    "spent before reserved": (("BUG_UNRESERVED", "BUDGET=6", "TRUST"), r"paid"),
}
"""Seeded bugs, and what the assertion that finds each must speak of."""

SOMETIMES = {
    (*SMALL,): (
        "again late lost_window lost_decision untold hole second_batch provisional undecided refused all_crashes other"
    ),
    (*SMALL, "KEEP=1"): "kept",
    (*SMALL, "BUDGET=6"): "paused",
}
"""Claims that something rare never happens: each must be refuted."""


def build(folder: Path, macros: Sequence[str], *flags: str) -> Path:
    """Return the checker that Spin makes of the model with these macros."""
    absent = [program for program in ("spin", "gcc") if shutil.which(program) is None]
    if absent:
        reason = f"{' and '.join(absent)} not installed; on Debian or Ubuntu: apt-get install spin gcc libc6-dev"
        if os.environ.get("SWARMWRIGHT_REQUIRE_SPIN"):
            pytest.fail(reason)
        pytest.skip(reason)
    call(folder, "spin", "-a", *[f"-D{macro}" for macro in macros], str(MODEL))
    # COLLAPSE stores states smaller and loses none; MEMLIM is in megabytes.
    call(folder, "gcc", "-O1", "-w", "-DCOLLAPSE", "-DNOFAIR", "-DMEMLIM=1900", *flags, "-o", "pan", "pan.c")
    return folder / "pan"


def call(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def search(pan: Path, *options: str) -> str:
    """Return what the checker says."""
    return call(pan.parent, str(pan), "-m100000", *options)


def assert_complete(said: str) -> None:
    """Refuse anything but an exhaustive search without an error."""
    assert "errors: 0" in said, said
    for word in ("Search not completed", "max search depth too small", "Bit statespace", "Hash-Compact", "bound"):
        assert word not in said, said


@pytest.mark.parametrize("name", RIGHT_MODELS)
def test_the_protocol_keeps_its_promises_in_every_order(name: str, tmp_path: Path) -> None:
    said = search(build(tmp_path, RIGHT_MODELS[name], "-DSAFETY"))
    assert_complete(said)
    assert int(re.findall(r"(\d+) states, stored", said)[0]) > 50_000
    unreached = re.findall(r'state \d+, "(.*)"', said)
    assert set(unreached) <= {"-end-"}, unreached


def test_however_it_is_killed_every_step_ends(tmp_path: Path) -> None:
    assert_complete(search(build(tmp_path, (*SMALL, "ENDS")), "-a", "-N", "ends"))


@pytest.mark.parametrize("name", BUGS)
def test_a_seeded_bug_is_found(name: str, tmp_path: Path) -> None:
    macros, about = BUGS[name]
    said = search(build(tmp_path, (*REDUCED, "K=2", "WINDOW=6", *macros), "-DSAFETY"))
    violated = re.findall(r"assertion violated (.*) \(at depth", said)
    assert len(violated) == 1, said
    assert re.search(about, violated[0])
    assert (tmp_path / "step.pml.trail").exists()


@pytest.mark.parametrize("macros", SOMETIMES)
def test_rare_things_do_happen_in_the_model(macros: tuple[str, ...], tmp_path: Path) -> None:
    pan = build(tmp_path, (*macros, "SOMETIMES"))
    for rare in SOMETIMES[macros].split():
        assert "errors: 1" in search(pan, "-a", "-N", f"never_{rare}"), f"'{rare}' never happens"


# The real scheduler, held to the claims of the model


def policy(k: int, first: int = 0) -> Policy:
    return Policy((Rung("coder", "m", first or k, most=k + 2),), k=k, k_spread=0, rounds=1, margin="second")


def audit(events: Sequence[AnyEvent], k: int, needs: dict[TaskId, TaskId | None]) -> None:
    """Say of every decision of a ledger what the model's auditor says, from its events alone."""
    ended: dict[TaskId, Decided] = {}
    votes: dict[TaskId, dict[int, bytes]] = {}
    refused: set[TaskId] = set()
    for event in events:
        if isinstance(event, Voted):
            if event.task in ended:
                continue
            need = needs[event.task]
            assert need is None or ended[need].delivered, "voted on before its input was decided"
            votes.setdefault(event.task, {}).setdefault(event.first, event.keys[0])
        elif isinstance(event, Verified) and not event.accepted:
            refused.add(event.task)
        elif isinstance(event, Decided):
            assert event.task not in ended, "decided twice"
            ended[event.task] = event
            cast = votes.get(event.task, {})
            assert sorted(cast) == list(range(len(cast))), "a lower sample is open"
            counts = sorted(((list(cast.values()).count(key), key) for key in {*cast.values()} - {b""}), reverse=True)
            margin = (counts[0][0] - (counts[1][0] if counts[1:] else 0)) if counts else 0
            if event.delivered:
                assert margin >= k, "delivered without the margin"
                assert cast[event.sample] == counts[0][1]
                assert event.margin == margin
            else:
                need = needs[event.task]
                depends = need is not None and not ended[need].delivered
                assert depends or event.task in refused or len(cast) + k - margin > k + 2


class Life:
    """The real scheduler and a ledger with a window, moved one event at a time, and killed."""

    def __init__(self, rng: random.Random, k: int, steps: int = 3) -> None:
        self.rng = rng
        self.k = k
        self.tasks = [make_task(number, [number - 1] if number else []) for number in range(steps)]
        self.needs = {task.id: (task.needs[0] if task.needs else None) for task in self.tasks}
        self.ledger = MemoryLedger()
        self.told: dict[TaskId, Decided] = {}
        self.window: list[AnyEvent] = []
        self.seen = {"again": 0, "late": 0, "lost": 0, "untold": 0, "partly": 0}
        self.boot()

    def durable(self) -> list[AnyEvent]:
        return list(self.ledger.replay())

    def note(self, events: Sequence[AnyEvent]) -> None:
        self.ledger.append(events)
        self.window += events

    def boot(self) -> None:
        events = self.durable()
        self.scheduler = Scheduler(Plan(self.tasks), policy(self.k))
        own = self.scheduler.start().events + self.scheduler.on(events).events
        ledgered = [event for event in events if isinstance(event, TaskOpened | Decided)]
        assert own[: len(ledgered)] == ledgered
        assert not [event for event in own[len(ledgered) :] if isinstance(event, Decided)]
        self.window = []
        self.note(own[len(ledgered) :])
        self.answered = {(event.task, event.first) for event in events if isinstance(event, Voted)}
        self.missing: set[tuple[TaskId, int]] = set()
        self.verify: Verify | None = None
        commands = self.scheduler.open_commands()
        self.take(Step(commands, []))
        for task, sample in self.missing:
            self.seen["partly"] += any(voted == task and number > sample for voted, number in self.answered)

    def take(self, step: Step) -> None:
        self.note(step.events)
        for command in step.commands:
            if isinstance(command, Ask):
                samples = {(command.task, command.first + number) for number in range(command.count)}
                assert not samples & self.answered, "a committed answer is asked for again"
                self.missing |= samples
                self.note([Asked(command.task, 0, "coder", "m", command.first, command.count)])
            else:
                assert isinstance(command, Verify)
                self.verify = command

    def vote(self, task: TaskId, sample: int) -> None:
        event = Voted(task, sample, (self.rng.choice([b"right", b"right", b"wrong", b""]),), 1, 0.0)
        if (task, sample) in self.answered:
            self.seen["again"] += 1
            self.seen["late"] += task not in self.scheduler_tasks()
        self.note([event])
        self.answered.add((task, sample))
        self.missing.discard((task, sample))
        self.take(self.scheduler.on([event]))

    def scheduler_tasks(self) -> set[TaskId]:
        return {command.task for command in self.scheduler.open_commands() if isinstance(command, Ask | Verify)}

    def commit(self, *, tell: bool) -> None:
        self.ledger.commit()
        told, self.window = self.window, []
        audit(self.durable(), self.k, self.needs)
        decided = [event for event in told if isinstance(event, Decided)]
        if not tell:
            self.seen["untold"] += len(decided)
            return self.kill()
        for event in decided:
            assert self.told.setdefault(event.task, event) == event
        return None

    def kill(self) -> None:
        self.seen["lost"] += any(isinstance(event, Decided) for event in self.window)
        self.ledger = self.ledger.crash()
        self.boot()
        decided = {event.task: event for event in self.durable() if isinstance(event, Decided)}
        assert all(decided[task] == event for task, event in self.told.items())

    def is_over(self) -> bool:
        return not self.scheduler.open_commands() and not self.window

    def move(self) -> None:
        dice = self.rng.random()
        if dice < 0.03:
            self.kill()
        elif dice < 0.2 and self.window:
            self.commit(tell=self.rng.random() > 0.05)
        elif dice < 0.3 and self.answered:
            self.vote(*self.rng.choice(sorted(self.answered)))
        elif self.verify is not None:
            verify, self.verify = self.verify, None
            accepted = self.rng.random() < 0.9
            verdict = int(Verdict.TESTED) if accepted else int(Verdict.UNKNOWN)
            event = Verified(verify.task, verify.epoch, verify.sample, verdict, accepted, "", b"")
            self.note([event])
            self.take(self.scheduler.on([event]))
        elif self.missing:
            self.vote(*self.rng.choice(sorted(self.missing)))
        elif self.window:
            self.commit(tell=True)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_real_scheduler_keeps_the_promises_of_the_model(k: int) -> None:
    seen: dict[str, int] = {}
    for seed in range(300):
        life = Life(random.Random(seed), k)
        for _ in range(2000):
            if life.is_over():
                break
            life.move()
        assert life.is_over(), "a step never ends"
        decided = [event for event in life.durable() if isinstance(event, Decided)]
        assert [event.task for event in decided] == [task.id for task in life.tasks]
        for what, count in life.seen.items():
            seen[what] = seen.get(what, 0) + count
    rare = {what for what, count in seen.items() if not count}
    assert rare <= ({"partly"} if k == 1 else set()), f"never happened: {rare}"


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_model_and_the_code_decide_alike_on_every_sequence_of_answers(k: int) -> None:
    """The Promela inline ``count``, written in Python, against Case: the deficit is asked, in every case."""
    for keys in itertools.product((b"right", b"wrong", b""), repeat=k + 2):
        size, expected = k, None
        while True:
            rights, wrongs = keys[:size].count(b"right"), keys[:size].count(b"wrong")
            if abs(rights - wrongs) >= k:
                expected = b"right" if rights > wrongs else b"wrong"
                break
            if size + k - abs(rights - wrongs) > k + 2:
                break
            size += k - abs(rights - wrongs)
        task = make_task(0, [])
        scheduler = Scheduler(Plan([task]), policy(k))
        step, asked = scheduler.start(), 0
        while step.commands and isinstance(step.commands[0], Ask):
            ask = step.commands[0]
            asked = ask.first + ask.count
            for sample in reversed(range(ask.first, asked)):
                step = scheduler.on([Voted(task.id, sample, (keys[sample],), 1, 0.0)])
        assert asked == size
        won = step.commands[0] if step.commands else None
        assert (keys[won.sample] if isinstance(won, Verify) else None) == expected


def test_the_auditor_refuses_a_ledger_that_counts_an_answer_twice() -> None:
    task = make_task(0, []).id
    twice = [Voted(task, 0, (b"right",), 1, 0.0)] * 2
    decided = Decided(task, True, 0, 2, 2, int(Verdict.TESTED), "")
    with pytest.raises(AssertionError, match="without the margin"):
        audit([*twice, decided], 2, {task: None})
