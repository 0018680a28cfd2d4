"""Not too fast, not too often, not in vain: rates, pauses and the circuit breaker of one endpoint."""

from __future__ import annotations

from typing import NamedTuple

from swarmwright.agents.clock import Clock
from swarmwright.errors import EndpointError

BURST_S = 6.0
"""A bucket holds what flows in during this time, so a minute never sees more than 110 % of its rate."""


class TokenBucket:
    """A rate limit as a level that refills steadily and may be drawn below zero.

    Drawing is never refused: it says how long to wait until the level is back at zero. Later drawers wait
    longer, so the order of drawing is the order of going: first in, first out, without a queue.
    """

    def __init__(self, per_minute: float, clock: Clock) -> None:
        """Take the rate (units a minute; 0 for no limit) and the clock."""
        self._rate = per_minute / 60.0
        self._capacity = max(1.0, self._rate * BURST_S)
        self._clock = clock
        self._level = self._capacity
        self._since: float | None = None

    def draw(self, amount: float) -> float:
        """Take ``amount`` units and return the seconds to wait before using them."""
        if self._rate <= 0:
            return 0.0
        self._refill()
        self._level -= amount
        return max(0.0, -self._level / self._rate)

    def give_back(self, amount: float) -> None:
        """Return units that were drawn and not used (negative: more were used than drawn)."""
        if self._rate > 0:
            self._refill()
            self._level = min(self._capacity, self._level + amount)

    def hold(self, until: float) -> None:
        """Let nothing flow in before that time of the clock."""
        if self._rate > 0:
            self._refill()
            self._since = max(until, self._since or 0.0)

    def _refill(self) -> None:
        now = self._clock.monotonic()
        if self._since is None or now > self._since:
            flowed_s = 0.0 if self._since is None else now - self._since
            self._level = min(self._capacity, self._level + flowed_s * self._rate)
            self._since = now


class Pacer:
    """The requests and tokens a minute of one endpoint, and the pauses it asks for; shared by all its callers."""

    def __init__(self, requests_per_minute: float, tokens_per_minute: float, clock: Clock) -> None:
        """Take the limits (0 for none) and the clock."""
        self._requests = TokenBucket(requests_per_minute, clock)
        self._tokens = TokenBucket(tokens_per_minute, clock)
        self._clock = clock
        self._paused_until = 0.0
        self._paused_s = 0.0
        self._drawn = 0
        self._left: dict[int, float] = {}
        self._free = requests_per_minute <= 0 and tokens_per_minute <= 0

    async def admit(self, tokens: float) -> None:
        """Come back when one request of about that many tokens may be sent.

        Who is cancelled while waiting gives back what was drawn as soon as nobody waits behind: those have their
        times already, and one who came in between would go together with one of them.
        """
        if self._free and self._paused_until <= 0.0:
            return
        wait_s = max(self._requests.draw(1.0), self._tokens.draw(tokens))
        # What is paused stands still: who waits keeps the distance to the others, so that they do not all go at once.
        self._drawn += 1
        mine = self._drawn
        due = max(self._clock.monotonic(), self._paused_until) + wait_s - self._paused_s
        try:
            while (left_s := due + self._paused_s - self._clock.monotonic()) > 0:
                await self._clock.sleep(left_s)
        except BaseException:
            self._left[mine] = tokens
            while (unused := self._left.pop(self._drawn, None)) is not None:
                self._requests.give_back(1.0)
                self._tokens.give_back(unused)
                self._drawn -= 1
            raise
        if self._left:
            # Who left before one that goes now can give nothing back any more.
            self._left = {number: unused for number, unused in self._left.items() if number > mine}

    def correct(self, estimated: float, used: float) -> None:
        """Replace the estimate a request was admitted with by the tokens it used."""
        self._tokens.give_back(estimated - used)

    def pause(self, seconds: float) -> None:
        """Admit nobody for that long (the endpoint said so)."""
        now = self._clock.monotonic()
        until = max(self._paused_until, now + seconds)
        self._paused_s += until - max(self._paused_until, now)
        self._paused_until = until
        self._requests.hold(until)
        self._tokens.hold(until)


class BreakerSettings(NamedTuple):
    """After ``failures`` in a row nothing is sent for ``cool_s`` seconds, then one probe; each failed probe
    doubles the time, up to ``longest_s``.
    """

    failures: int = 10
    cool_s: float = 15.0
    longest_s: float = 300.0


class Breaker:
    """Keeps a dead endpoint from eating the run: after many failures in a row, calls fail at once."""

    def __init__(self, name: str, settings: BreakerSettings, clock: Clock) -> None:
        """Take the endpoint's name for messages, the settings and the clock."""
        self._name, self._settings, self._clock = name, settings, clock
        self._failures = 0
        self._cool_s = settings.cool_s
        self._open_until: float | None = None
        self._probing = False
        self._last = ""

    @property
    def is_open(self) -> bool:
        """Whether calls fail at once (but for the probe)."""
        return self._open_until is not None

    def enter(self) -> bool:
        """Ask leave to send one request; return whether it is the probe of an open breaker.

        Raises:
            EndpointError: the breaker is open, and this is not the one probe that may find out.
        """
        if self._open_until is None:
            return False
        left_s = self._open_until - self._clock.monotonic()
        if left_s > 0 or self._probing:
            when = f"it is tried again in {left_s:.0f} s" if left_s > 0 else "one request is finding out now"
            raise EndpointError(
                f"{self._name} failed {self._failures} times in a row (last: {self._last}), "
                f"so nothing is sent to it for a while; {when}"
            )
        self._probing = True
        return True

    def succeeded(self) -> None:
        """The endpoint answered as an endpoint does (a refusal counts: it is alive)."""
        self._failures = 0
        self._cool_s = self._settings.cool_s
        self._open_until = None
        self._probing = False

    def failed(self, why: str, *, probe: bool) -> bool:
        """Count a failure; return whether it opened the breaker that was closed."""
        self._failures += 1
        self._last = why
        if probe:
            self._probing = False
            self._cool_s = min(self._cool_s * 2, self._settings.longest_s)
        elif self._open_until is not None or self._failures < self._settings.failures:
            return False
        self._open_until = self._clock.monotonic() + self._cool_s
        return not probe

    def abandoned(self, *, probe: bool) -> None:
        """A request ended without an outcome (it was cancelled); a probe frees its place."""
        if probe:
            self._probing = False
