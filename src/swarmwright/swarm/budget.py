"""Money, tokens, calls, seconds: checked before each Ask, never after. Pure.

What may be spent is raised in blocks (Reserved Events), each durable before anything of it is spent; so at a crash
no more can have been spent than was reserved, and all that was reserved counts as spent. A run that is closed in
order gives back what it did not use. Calls that nobody waits for any more (a person stopped, a guess was given up) may
be billed all the same: they count as spent, as dear as reckoned.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from swarmwright.ledger.events import (
    Abandoned,
    Answered,
    AnyEvent,
    Asked,
    CallFailed,
    Reserved,
    RunClosed,
    RunResumed,
    TaskId,
    Voted,
)
from swarmwright.swarm.values import Ask, ExitReason


class _Amount(NamedTuple):
    calls: float
    tokens: float
    usd: float


_NOTHING = _Amount(0, 0, 0.0)
_REASONS = _Amount(ExitReason.BUDGET_CALLS, ExitReason.BUDGET_TOKENS, ExitReason.BUDGET_USD)  # type: ignore[arg-type]


def _plus(a: _Amount, b: _Amount) -> _Amount:
    return _Amount(a.calls + b.calls, a.tokens + b.tokens, a.usd + b.usd)


def _cost(event: Answered | Voted | CallFailed) -> _Amount:
    """Return what an Event says was spent."""
    if isinstance(event, CallFailed):
        return _Amount(1, 0, 0.0)
    if isinstance(event, Voted):
        return _Amount(event.kept < len(event.keys), event.tokens, event.cost_usd)
    bought = [answer for answer in event.answers if not answer.kept]
    tokens = sum(answer.tokens_in + answer.tokens_out for answer in bought)
    return _Amount(bool(bought), tokens, sum(answer.cost_usd for answer in bought))


class Budget:
    """What a run may spend; ``None`` is no limit.

    ``calls`` are requests to a model, ``tokens`` those read and written, ``usd`` dollars, ``seconds`` the wall time
    of one start of the run. Answers that were kept from before cost nothing. ``tokens_per_sample`` and
    ``usd_per_sample`` are what one sample is reckoned to cost at most before it is bought.
    """

    def __init__(
        self,
        *,
        calls: int | None = None,
        tokens: int | None = None,
        seconds: float | None = None,
        usd: float | None = None,
        tokens_per_sample: int = 1024,
        usd_per_sample: float = 0.0,
        blocks: int = 20,
    ) -> None:
        """Take the limits, and in how many blocks they are reserved.

        Raises:
            ValueError: a limit or an estimate is negative, or ``blocks`` is less than 1.
        """
        numbers = [calls, tokens, seconds, usd, tokens_per_sample, usd_per_sample, blocks - 1]
        if any(number is not None and not number >= 0 for number in numbers):
            raise ValueError("a budget's limits and estimates must not be negative, and it has at least one block")
        self._given = _Amount(*(math.inf if limit is None else limit for limit in (calls, tokens, usd)))
        self._sample = _Amount(0, tokens_per_sample, usd_per_sample)
        self._blocks = blocks
        self._spent = _NOTHING
        self._ceiling = _NOTHING
        self._flying = _NOTHING
        self._asked: dict[tuple[TaskId, int], _Amount] = {}
        self._forgone: set[tuple[TaskId, int]] = set()
        self._number = 0
        self.seconds = seconds
        self.limit()

    def limit(self, *, calls: int | None = None, tokens: int | None = None, usd: float | None = None) -> None:
        """Change limits while the run goes on; None is what was given at first.

        Where nothing was limited before, nothing was counted either: give it every Event of the run then, and
        ``take_off`` what is in flight.
        """
        wished = (calls, tokens, usd)
        self._limits = _Amount(*(own if new is None else new for own, new in zip(self._given, wished, strict=True)))
        self._block = _Amount(*(0 if limit == math.inf else limit / self._blocks for limit in self._limits))
        self.is_limited = any(limit != math.inf for limit in self._limits)

    def begin_anew(self) -> None:
        """Forget what was counted: every Event of the run will be told once more."""
        self._spent = self._ceiling = self._flying = _NOTHING
        self._asked.clear()

    def take_off(self, ask: Ask) -> None:
        """Count an Ask as in flight that was never admitted because nothing was limited then."""
        if ask.model:
            self._flying = _plus(self._flying, self._price(ask))

    def on(self, event: AnyEvent) -> None:
        """Count what an Event says was reserved or spent, whether it is replayed or new."""
        if isinstance(event, Reserved):
            self._number = event.block + 1
            self._ceiling = _plus(self._ceiling, _Amount(event.calls, event.tokens, event.cost_usd))
        elif isinstance(event, Asked):
            if event.model:
                self._asked[event.task, event.first] = self._price(event)
        elif isinstance(event, Answered | Voted | CallFailed):
            self._asked.pop((event.task, event.first), None)
            # What was counted when it was given up, and came all the same, is not counted again.
            if (event.task, event.first) not in self._forgone:
                self._spent = _plus(self._spent, _cost(event))
        elif isinstance(event, Abandoned):
            for call in [call for call in self._asked if call[0] == event.task]:
                self._spent = _plus(self._spent, self._asked.pop(call))
                self._forgone.add(call)
        elif isinstance(event, RunClosed):
            if event.exit_reason == ExitReason.INTERRUPTED.name:
                for price in self._asked.values():
                    self._spent = _plus(self._spent, price)
            self._ceiling = self._spent
        elif isinstance(event, RunResumed):
            self._asked.clear()
            self._forgone.clear()
            self._spent = self._ceiling = _Amount(*map(max, self._spent, self._ceiling))

    def admit(self, ask: Ask) -> Reserved | ExitReason | None:
        """Say whether an Ask may be put now.

        None: it may, and counts as in flight until ``settle``. A Reserved: make that Event durable, give it to
        ``on``, and ask again. An Exit reason: what would not suffice if all that is in flight came as dear as
        reckoned. An Ask that names no model costs nothing.
        """
        if not self.is_limited or not ask.model:
            return None
        wanted = _plus(_plus(self._spent, self._flying), self._price(ask))
        for want, limit, reason in zip(wanted, self._limits, _REASONS, strict=True):
            if want > limit:
                return reason  # type: ignore[return-value]
        missing = [max(0.0, want - have) for want, have in zip(wanted, self._ceiling, strict=True)]
        if any(lack and limit != math.inf for lack, limit in zip(missing, self._limits, strict=True)):
            return self._next_block(_Amount(*missing))
        self._flying = _plus(self._flying, self._price(ask))
        return None

    def settle(self, ask: Ask) -> None:
        """Note that an admitted Ask is no longer in flight; what it cost is in its Events."""
        if self.is_limited and ask.model:
            price = self._price(ask)
            self._flying = _Amount(*(max(0, had - cost) for had, cost in zip(self._flying, price, strict=True)))

    def _price(self, ask: Ask | Asked) -> _Amount:
        return _Amount(1, self._sample.tokens * ask.count, self._sample.usd * ask.count)

    def _next_block(self, missing: _Amount) -> Reserved:
        room = [
            0 if limit == math.inf else min(max(block, lack), max(limit - have, lack))
            for limit, have, block, lack in zip(self._limits, self._ceiling, self._block, missing, strict=True)
        ]
        return Reserved(self._number, math.ceil(room[0]), math.ceil(room[1]), room[2])
