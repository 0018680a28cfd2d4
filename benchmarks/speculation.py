"""How long a chain takes in call latencies, with and without going on from the leading answer, in made-up time.

    python benchmarks/speculation.py [STEPS]

Calls take a Pareto time of index 1.5 from one second on (at most a minute). A step that waits for its vote takes the
slowest of k; one that goes ahead takes little more than the fastest. Printed: seconds a step, calls a step, guesses
that were given up, and wrong steps (there must be none that the run without guesses does not have).
"""

from __future__ import annotations

import json
import sys
from typing import Any

from swarmwright import Chain, Phrasing, Question
from swarmwright.ledger.events import Abandoned, Speculated
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.plan.steps import ChainSteps
from swarmwright.simulate.clock import VirtualClock, run_virtual
from swarmwright.simulate.steps import StepCrew, StepWorld
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.runner import run
from swarmwright.swarm.scheduler import Scheduler
from swarmwright.swarm.values import ExitReason, Lane, Policy, Rung

INDEX = 1.5
LATENCY_S = (1.0, 60.0)
K = 3


class Doubling(Chain):
    """Doubles a number modulo a prime, again and again."""

    def __init__(self, length: int) -> None:
        self.length = length

    def first(self) -> tuple[int, int]:
        return 0, 1

    def question(self, state: tuple[int, int]) -> Question | None:
        if state[0] == self.length:
            return None
        return Question((Phrasing(f"{state[1]} * 2 % 10007 =", read=int),))

    def after(self, state: tuple[int, int], answer: int) -> tuple[int, int]:
        return state[0] + 1, answer % 10007

    def truth(self, state: tuple[int, int]) -> int:
        return state[1] * 2 % 10007


def chain(length: int, error_rate: float, ahead: int) -> dict[str, Any]:
    """Run one chain in made-up time and return its figures."""
    answers: list[int] = []
    doubling = Doubling(length)
    steps = ChainSteps(doubling, b"measured", sink=lambda _, __, answer: answers.append(json.loads(answer)))
    clock, ledger = VirtualClock(), MemoryLedger()
    world = StepWorld(seed=7, error_rate=error_rate, flag_rate=0.02, latency_s=LATENCY_S, heavy=True)
    crew = StepCrew(steps.open, world, clock=clock)
    policy = Policy((Rung("step", "m", K, most=40),), k=K, k_spread=0, margin="second", verify=False, ahead=ahead)

    async def go() -> float:
        reason = await run(
            Scheduler(steps, policy),
            crew,
            ledger,
            lanes=lambda _: Lane("model", width=512),
            budget=Budget(),
            clock=clock,
            single=True,
        )
        assert reason is ExitReason.ALL_DELIVERED, reason
        return clock.monotonic()

    seconds = run_virtual(go())
    events = list(ledger.replay())
    wrong, state = 0, doubling.first()
    for answer in answers:
        wrong += answer != doubling.truth(state)
        state = doubling.after(state, answer)
    return {
        "seconds": seconds / length,
        "calls": crew.asked / length,
        "guesses": sum(isinstance(event, Speculated) for event in events),
        "given up": sum(isinstance(event, Abandoned) for event in events),
        "wrong": wrong,
    }


def fastest_of(k: int) -> float:
    """Return the mean of the fastest of k such calls: ``a k / (a k - 1)`` seconds for a Pareto time of index a."""
    return INDEX * k / (INDEX * k - 1)


def main(length: int) -> None:
    """Print a line for each error rate and depth."""
    print(f"{length:,} steps, k = {K}; the fastest of {K} calls takes {fastest_of(K):.2f} s on average")
    for error_rate in (0.0022, 0.05, 0.2):
        waiting = chain(length, error_rate, 0)["seconds"]
        for ahead in (0, 8, 32):
            seen = chain(length, error_rate, ahead)
            print(
                f"error {error_rate:<6} ahead {ahead:>2}: {seen['seconds']:5.2f} s a step "
                f"({waiting / seen['seconds']:.1f} times as fast), {seen['calls']:.2f} calls a step, "
                f"{seen['guesses']} guesses, {seen['given up']} given up, {seen['wrong']} wrong steps"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
