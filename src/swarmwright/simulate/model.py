"""A model that knows the answers and errs as often as it is told to."""

from __future__ import annotations

import hashlib
import random
import re
import textwrap
from collections.abc import Mapping, Sequence

from swarmwright.agents.clock import Clock, LoopClock
from swarmwright.agents.ports import Completion, ModelRequest
from swarmwright.errors import EndpointError
from swarmwright.simulate.solutions import wrong_bodies

_ASKED = re.compile(r"\bdef\s+(\w+)\s*\(")
_FLAGGED = (
    "    I am sorry, but I cannot help with that.\n",
    "    return (\n",
    "    import os\n    return os.system('true')\n",
    "",
    "    exec('result = 1')\n    return result\n",
)


class SimulatedModel:
    """A `Model` that finds which function is asked for and answers with its body, a wrong one, or nonsense.

    What sample i of a function is depends on the seed, the model's name, the function and i alone, never on the
    order or grouping of requests. Flagged with probability ``flag_rate``; of the others ``accuracy`` are right;
    of the wrong ones ``correlated`` are one and the same wrong body of that function, the rest vary.
    """

    def __init__(
        self,
        solutions: Mapping[str, str],
        *,
        seed: int,
        accuracy: float = 0.8,
        correlated: float = 0.3,
        flag_rate: float = 0.05,
        latency_s: tuple[float, float] = (0.0, 0.0),
        outages: Sequence[tuple[int, int]] = (),
        clock: Clock | None = None,
        name: str = "simulated",
        concurrency: int = 64,
    ) -> None:
        """Take the right bodies by function name.

        Args:
            solutions: dedented bodies, as `solutions_from` reads them.
            seed: two models with one seed and name answer alike.
            accuracy: share of right answers among the unflagged.
            correlated: share of the common wrong body among the wrong answers.
            flag_rate: share of answers that no reader accepts.
            latency_s: an answer takes from the first to the second number of seconds, uniformly.
            outages: calls numbered from ``start`` up to (not including) ``stop`` fail, for each (start, stop).
            clock: on which latency is slept.
            name: the model's name and family.
            concurrency: how many requests may be open at once.

        Raises:
            ValueError: a share outside 0 to 1, or a latency that is none.
        """
        if not all(0.0 <= share <= 1.0 for share in (accuracy, correlated, flag_rate)):
            raise ValueError("accuracy, correlated and flag_rate are shares from 0 to 1")
        if not 0.0 <= latency_s[0] <= latency_s[1]:
            raise ValueError("latency_s must be (least, most), not negative")
        self._solutions = dict(solutions)
        self._seed, self._accuracy, self._correlated, self._flag_rate = seed, accuracy, correlated, flag_rate
        self._latency_s, self._outages = latency_s, tuple(outages)
        self._clock = clock or LoopClock()
        self._name, self._concurrency = name, concurrency
        self._wrong: dict[str, tuple[str, ...]] = {}
        self._calls = 0
        settings = repr((seed, name, accuracy, correlated, flag_rate, sorted(self._solutions.items())))
        self._digest = f"simulated:{hashlib.sha256(settings.encode()).hexdigest()}"

    @property
    def name(self) -> str:
        """The name it was given."""
        return self._name

    @property
    def digest(self) -> str:
        """What its answers follow from: seed, shares and solutions."""
        return self._digest

    @property
    def family(self) -> str:
        """Its name: errors of differently named models are independent."""
        return self._name

    @property
    def concurrency(self) -> int:
        """How many requests may be open at once."""
        return self._concurrency

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return exactly ``request.count`` completions, in the order of their sample numbers.

        Raises:
            EndpointError: the call falls into an outage.
        """
        call, self._calls = self._calls, self._calls + 1
        if any(start <= call < stop for start, stop in self._outages):
            raise EndpointError(f"{self._name}: out of order (call {call})")
        unit = _asked_for(request)
        characters = sum(len(message.content) for message in request.messages)
        answers = [self._answer(request, unit, request.first + place) for place in range(request.count)]
        slowest_s = max((seconds for _, seconds in answers), default=0.0)
        if slowest_s > 0:
            await self._clock.sleep(slowest_s)
        return tuple(
            _completion(text, request, request.first + place, characters if place == 0 else 0, seconds)
            for place, (text, seconds) in enumerate(answers)
        )

    async def close(self) -> None:
        """Release nothing."""

    def _answer(self, request: ModelRequest, unit: str, sample: int) -> tuple[str, float]:
        """Return the text and how long it takes."""
        rng = self._rng(unit, sample)
        seconds = rng.uniform(*self._latency_s)
        right = self._solutions.get(unit)
        if rng.random() < self._flag_rate or right is None:
            return rng.choice(_FLAGGED), seconds
        body = right if rng.random() < self._accuracy else self._wrong_body(unit, right, rng)
        return _framed(request, unit, body), seconds

    def _wrong_body(self, unit: str, right: str, rng: random.Random) -> str:
        bodies = self._wrong.get(unit)
        if bodies is None:
            bodies = self._wrong[unit] = wrong_bodies(right)
        common = self._rng(unit, -1).randrange(len(bodies))
        if len(bodies) == 1 or rng.random() < self._correlated:
            return bodies[common]
        return bodies[(common + 1 + rng.randrange(len(bodies) - 1)) % len(bodies)]

    def _rng(self, unit: str, sample: int) -> random.Random:
        text = f"{self._seed}\0{self._name}\0{unit}\0{sample}"
        return random.Random(hashlib.blake2b(text.encode(), digest_size=8).digest())  # noqa: S311


def _asked_for(request: ModelRequest) -> str:
    """Return the name in the last ``def NAME(`` of the messages, "" where there is none."""
    for message in reversed(request.messages):
        names = _ASKED.findall(message.content)
        if names:
            return str(names[-1])
    return ""


def _framed(request: ModelRequest, unit: str, body: str) -> str:
    """Go on where the begun answer ends; else write the whole function, its head taken from the question."""
    indented = textwrap.indent(body, "    ")
    if request.messages[-1].role == "assistant":
        return indented
    for message in reversed(request.messages):
        head = _head(message.content, unit)
        if head:
            return f"```python\n{head}\n{indented}```\n"
    return f"```python\n{body}```\n"


def _head(text: str, unit: str) -> str:
    """Return the last ``def`` line (or lines) of that name, up to its colon, "" where there is none."""
    place = max(text.rfind(f"def {unit}("), text.rfind(f"def {unit} ("))
    if place < 0:
        return ""
    depth = 0
    for end in range(place, len(text)):
        depth += (text[end] in "([{") - (text[end] in ")]}")
        if text[end] == ":" and depth == 0:
            return text[place : end + 1]
    return ""


def _completion(text: str, request: ModelRequest, sample: int, read: int, seconds: float) -> Completion:
    stops = [place for stop in request.sampling.stop if stop and (place := text.find(stop)) >= 0]
    text = text[: min(stops)] if stops else text
    most = request.sampling.max_tokens * 4
    return Completion(
        text=text[:most],
        sample=sample,
        finish="length" if len(text) > most else "stop",
        tokens_in=(read + 3) // 4,
        tokens_out=(min(len(text), most) + 3) // 4,
        cost_usd=0.0,
        seconds=seconds / max(1, request.count),
        estimated=True,
    )
