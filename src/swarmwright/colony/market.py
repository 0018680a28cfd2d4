"""The market: searches bid for the next slice of the agents, with what they expect to gain for what it costs.

A slice is all agents of one more cost. What it will take is told from the last ones; what it may bring, from how many
of the examples the best agent satisfies, whether that grows, and whether something was found that only wants
separation.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Sequence

import msgspec

_FIRST_PRICE = 2_000
_STEEPEST = 12.0
_SEPARATING = 0.6
"""What a search with a solution expects of one more cost: most are separated within two."""
_HOPEFUL = 0.02
"""What a search whose agents satisfy no example expects; one that satisfies all but one, twenty times as much."""
_FADING = 0.85
"""What a level without progress leaves of what is expected."""


class Signs(msgspec.Struct, frozen=True):
    """How a search stands after a slice.

    Attributes:
        spent: agents and what counts as such, so far.
        examples: how many examples there are.
        best: on how many of them the best agent is right.
        bits: how far the best body that was found is from chance.
        solved: whether something was found that is far enough from chance.
        ended: whether there is nothing more to do.
    """

    spent: int
    examples: int
    best: int
    bits: float
    solved: bool
    ended: bool


class Bid(msgspec.Struct, frozen=True):
    """What a search expects of its next slice (a probability), and how many agents that takes."""

    gain: float
    price: float

    @property
    def worth(self) -> float:
        """The gain for each agent."""
        return self.gain / self.price


def bid_of(history: Sequence[Signs]) -> Bid:
    """Return what a search bids, from its signs after each slice so far."""
    if not history:
        return Bid(_HOPEFUL, _FIRST_PRICE)
    last = history[-1]
    if last.solved:
        return Bid(_SEPARATING, _price(history))
    share = last.best / max(1, last.examples)
    near = 1.0 / (1 + last.examples - last.best) if last.best else 0.0
    idle = _idle(history)
    gain = _HOPEFUL * (1 + 9 * share + 10 * near) * _FADING**idle
    if last.bits > 0:
        # A chance hit becomes a solution once enough agents were seen to tell.
        gain *= 2
    return Bid(min(gain, _SEPARATING), _price(history))


def _price(history: Sequence[Signs]) -> float:
    """Return how many agents the next cost takes: as many as the last, times how they grew over the last three."""
    took = [after.spent - before.spent for before, after in itertools.pairwise(history)]
    took = [max(1, one) for one in took] or [max(1, history[0].spent)]
    recent = took[-3:]
    growth = float((recent[-1] / recent[0]) ** (1 / max(1, len(recent) - 1)))
    return recent[-1] * min(_STEEPEST, max(1.0, growth))


def _idle(history: Sequence[Signs]) -> int:
    """Return how many slices brought nothing since the best agent was right on one example more."""
    best = history[-1].best
    return sum(1 for one in history if one.best == best) - 1


class Market:
    """Gives out a budget of agents, slice by slice, to the highest bid."""

    def __init__(self, agents: int) -> None:
        """Take the whole budget."""
        self.left = agents
        self._histories: dict[str, list[Signs]] = {}

    def enter(self, name: str) -> None:
        """Let a search bid."""
        self._histories[name] = []

    def leave(self, name: str) -> None:
        """Let a search bid no more."""
        self._histories.pop(name, None)

    def price(self, name: str) -> int:
        """Return how many agents a search's next slice is reckoned to take."""
        return int(bid_of(self._histories[name]).price)

    def next(self, among: Container[str] | None = None) -> str | None:
        """Return whose slice is next; None where nobody can pay for one.

        A search whose next cost is dearer than what is left is out.

        Args:
            among: whose slice it may be; None: anybody's.
        """
        names = [name for name in self._histories if among is None or name in among]
        bids = {name: bid_of(self._histories[name]) for name in names}
        paid = {name: bid for name, bid in bids.items() if bid.price <= self.left}
        return max(paid, key=lambda name: paid[name].worth, default=None)

    def cheapest(self) -> str | None:
        """Return whose slice takes the fewest agents, whatever it may bring; None where nobody can pay for one."""
        prices = {name: bid_of(history).price for name, history in self._histories.items()}
        return min((name for name, price in prices.items() if price <= self.left), key=prices.__getitem__, default=None)

    def settle(self, name: str, signs: Signs) -> None:
        """Note what a slice took and brought; a search that has ended leaves."""
        history = self._histories[name]
        self.left -= signs.spent - (history[-1].spent if history else 0)
        history.append(signs)
        if signs.ended:
            self.leave(name)
