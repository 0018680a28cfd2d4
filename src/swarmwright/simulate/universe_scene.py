"""What a universe is made of, drawn from its seed: a long task, how it is voted on, and what goes wrong."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from swarmwright.plan.questions import Phrasing, Question
from swarmwright.plan.steps import Bag, Chain, Graph
from swarmwright.simulate.universe_disk import DiskWorld
from swarmwright.simulate.universe_loop import Order, Tempo
from swarmwright.swarm.runner import WINDOW_S
from swarmwright.swarm.values import Policy, Rung

Kind = Literal["chain", "bag", "graph", "units"]
TOKENS_PER_SAMPLE = 100
"""What one sample is reckoned to cost at most; what it costs is never more."""


class Faults(msgspec.Struct, frozen=True):
    """Chances of what goes wrong at a call, by call; ``outages`` are (first, last + 1) of calls that fail.

    ``late``: a call that failed is answered afterwards, with another one's answer. ``twice``: an answer comes twice.
    ``apart``: the samples of a call come as several events, in any order. ``fickle``: asked again, a sample is
    answered otherwise. ``refused``: the endpoint refuses a call for good. ``broken``: the crew itself fails.
    ``slow_down``: the endpoint asks for a pause. ``impatient``: a start is stopped by a person, once or twice.
    """

    outages: tuple[tuple[int, int], ...] = ()
    late: float = 0.0
    twice: float = 0.0
    apart: float = 0.0
    fickle: bool = False
    refused: float = 0.0
    broken: float = 0.0
    slow_down: float = 0.0
    impatient: float = 0.0


class Scene(msgspec.Struct, frozen=True):
    """One universe before anything happens in it.

    ``wrong`` of the samples that are not ``flagged`` are wrong, ``correlated`` of those in one way. ``kinds`` are the
    margins of the kinds of steps (0: the Policy's). A call takes a time in ``latency_s``, evenly spread or with a
    ``heavy`` tail, rounded to ``grid_s`` (0: not), so that calls end together. ``calls`` and ``tokens`` are the budget
    until the last start (None: no limit), ``requests_per_minute`` and ``tokens_per_minute`` the endpoint's limits (0:
    none).
    """

    seed: int
    kind: Kind
    size: int
    variety: int
    reuse: bool
    policy: Policy
    kinds: tuple[int, int]
    perfect: bool
    wrong: float
    flagged: float
    correlated: float
    latency_s: tuple[float, float]
    heavy: bool
    grid_s: float
    at_once: float
    width: int
    batch: int
    exclusive: bool
    calls: int | None
    tokens: int | None
    blocks: int
    requests_per_minute: int
    tokens_per_minute: int
    faults: Faults
    disk: DiskWorld
    tempo: Tempo
    deaths: int = 3


def draw_scene(seed: int, deaths: int = 3) -> Scene:
    """Return the scene of that seed."""
    rng = random.Random(seed)  # noqa: S311
    kind: Kind = rng.choice(("chain", "chain", "bag", "graph", "units"))
    size = rng.choice((3, 5, 8, 13, 21)) if kind != "units" else rng.choice((3, 5, 8))
    paced = rng.random() < 0.25
    latency_s = rng.choice(((0.0, 0.0), (0.001, 0.05), (WINDOW_S, WINDOW_S), (0.5, 3.0), (0.2, 30.0)))
    # A limiter of rates can be exact only where nothing but sleeping takes time.
    tempo, disk = (Tempo(_order(rng)), DiskWorld(full_chance=_rarely(rng, 0.05))) if paced else _machine(rng)
    limits = rng.choice(((0, 0), (20, 0), (60, 0), (600, 0), (0, 6_000), (0, 60_000))) if paced else (0, 0)
    return Scene(
        seed=seed,
        kind=kind,
        size=size,
        variety=rng.choice((2, 4, 1000)),
        reuse=rng.random() < 0.5,
        policy=_draw_policy(rng, kind),
        kinds=(0, rng.choice((0, 0, 1, 2, 3))),
        perfect=rng.random() < 0.1,
        wrong=rng.choice((0.0, 0.05, 0.2, 0.4)),
        flagged=rng.choice((0.0, 0.02, 0.2)),
        correlated=rng.choice((0.0, 0.3, 0.9)),
        latency_s=latency_s,
        heavy=rng.random() < 0.3,
        grid_s=rng.choice((0.0, WINDOW_S, 0.5)),
        at_once=0.0 if paced else rng.choice((0.0, 0.0, 0.5, 1.0)),
        width=rng.choice((1, 2, 5, 16)),
        batch=rng.choice((1, 1, 2, 8)),
        exclusive=rng.random() < 0.2,
        calls=rng.randrange(3, 4 * size + 4) if rng.random() < 0.4 else None,
        tokens=rng.randrange(300, 800 * size + 400) if rng.random() < 0.3 else None,
        blocks=rng.choice((1, 3, 20)),
        requests_per_minute=limits[0],
        tokens_per_minute=limits[1],
        faults=_draw_faults(rng, size),
        disk=disk,
        tempo=tempo,
        deaths=deaths,
    )


def _order(rng: random.Random) -> Order:
    return rng.choice(("any", "any", "any", "first", "last"))


def _rarely(rng: random.Random, chance: float, how_often: float = 0.25) -> float:
    return chance if rng.random() < how_often else 0.0


def _machine(rng: random.Random) -> tuple[Tempo, DiskWorld]:
    tempo = Tempo(_order(rng), rng.choice((0.0, 0.0, 1e-4, 1e-2)), _rarely(rng, 0.01), 60.0)
    return tempo, DiskWorld(rng.choice(((0.0, 0.0), (0.001, 0.03), (0.0, 2.0))), _rarely(rng, 0.05))


def _draw_policy(rng: random.Random, kind: Kind) -> Policy:
    k = rng.choice((1, 2, 2, 3))
    most = k + rng.choice((0, 4, 9))
    ladder: tuple[Rung, ...] = (Rung("step", "small", k, most=most),)
    if rng.random() < 0.4:
        ladder += (Rung("step", "large", k, when="split", most=most),)
    window = rng.choice((1, 2, 8, 64))
    if kind == "units":
        repair = (Rung("repairer", "small", 2, kind="repair", when="refuted"),) if rng.random() < 0.5 else ()
        return Policy((*ladder[:1], *repair, *ladder[1:]), k=k, rounds=4, window=window)
    margin: Literal["all", "second"] = rng.choice(("second", "second", "all"))
    ahead = rng.choice((0, 1, 3, 8)) if kind == "chain" else 0
    return Policy(ladder, k=k, k_spread=rng.choice((0, 0, 1)), margin=margin, verify=False, ahead=ahead, window=window)


def _draw_faults(rng: random.Random, size: int) -> Faults:
    outages = []
    for _ in range(rng.choice((0, 0, 1, 2))):
        first = rng.randrange(0, 4 * size)
        outages.append((first, first + rng.choice((1, 1, 2, 3, 12))))
    return Faults(
        outages=tuple(outages),
        late=rng.choice((0.0, 0.5, 1.0)),
        twice=_rarely(rng, 0.2),
        apart=_rarely(rng, 0.3),
        fickle=rng.random() < 0.15,
        refused=_rarely(rng, 0.03, 0.1),
        broken=_rarely(rng, 0.01, 0.1),
        slow_down=_rarely(rng, 0.05, 0.3),
        impatient=_rarely(rng, 0.3, 0.3),
    )


class Walk(Chain):
    """A chain whose state depends on every answer in order; its questions recur where ``variety`` is small."""

    def __init__(self, scene: Scene) -> None:
        """Take the scene."""
        self._scene = scene

    def first(self) -> tuple[int, int]:
        """Return the first state: no step done, and a number."""
        return (0, self._scene.seed % 97)

    def question(self, state: tuple[int, int]) -> Question | None:
        """Ask about the number, while there are steps."""
        done, value = state
        return None if done >= self._scene.size else ask_about(self._scene, value % self._scene.variety)

    def after(self, state: tuple[int, int], answer: Any) -> tuple[int, int]:
        """Go on to a number that both the state and the answer decide."""
        return (state[0] + 1, (state[1] * 31 + 7 * int(answer) + 1) % 9973)

    def truth(self, state: tuple[int, int]) -> int:
        """Return the right answer."""
        return right_answer(state[1] % self._scene.variety)


class Heap(Bag):
    """Questions that do not need one another."""

    def __init__(self, scene: Scene) -> None:
        """Take the scene."""
        self._scene = scene
        self.taken: dict[int, Any] = {}

    def questions(self) -> Iterable[Question]:
        """Yield a question for each number."""
        return (ask_about(self._scene, number % self._scene.variety) for number in range(self._scene.size))

    def truth(self, number: int) -> int:
        """Return the right answer."""
        return right_answer(number % self._scene.variety)

    def take(self, number: int, answer: Any) -> None:
        """Keep an answer."""
        if number in self.taken:
            raise ValueError(f"question {number} was answered twice")
        self.taken[number] = answer

    def result(self) -> str:
        """Return all answers."""
        return str(sorted(self.taken.items()))


class Web(Graph):
    """Steps that need up to two of the three before them; each asks about what those say."""

    def __init__(self, scene: Scene) -> None:
        """Take the scene."""
        self._scene = scene
        rng = random.Random(scene.seed + 1)  # noqa: S311
        self._needs: dict[str, tuple[str, ...]] = {}
        for number in range(scene.size):
            near = range(max(0, number - 3), number)
            self._needs[f"s{number}"] = tuple(f"s{n}" for n in rng.sample(near, min(len(near), rng.choice((0, 1, 2)))))

    def needs(self) -> Mapping[str, Sequence[str]]:
        """Return who needs whom."""
        return self._needs

    def question(self, name: str, answers: Mapping[str, Any]) -> Question:
        """Ask about the sum of what is needed."""
        return ask_about(self._scene, self._about(name, answers))

    def truth(self, name: str, answers: Mapping[str, Any]) -> int:
        """Return the right answer."""
        return right_answer(self._about(name, answers))

    def result(self, answers: Mapping[str, Any]) -> str:
        """Return all answers."""
        return str(sorted(answers.items()))

    def _about(self, name: str, answers: Mapping[str, Any]) -> int:
        return int(int(name[1:]) + sum(answers.values())) % self._scene.variety


def right_answer(value: int) -> int:
    """Return what a step that asks about ``value`` is right to answer."""
    return value * 7 % 11


def ask_about(scene: Scene, value: int) -> Question:
    """Return the question about a number; odd ones are of a kind of their own, and may have a perfect check."""
    right = right_answer(value)
    kind = "odd" if value % 2 else "even"
    check = (lambda answer: answer == right) if scene.perfect and value % 2 else None
    return Question((Phrasing(f"What follows {value}?"),), kind, check, perfect=check is not None)
