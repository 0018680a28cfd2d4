"""Two labelled answers to each of some items: what they say of accuracy and correlation, and how surely. Pure.

With the counts of items where both answers, one, and none were right the beta-binomial is saturated: three shares
that add up to one, two parameters. P(both) = p^2 + rho p (1-p) and P(one) = 2 p (1-p) (1-rho), so the likeliest
values stand in closed form, with rho held at 0 where answers differ more often than chance.
"""

from __future__ import annotations

import math

import msgspec

_DIRECTIONS = 48
_HALVINGS = 50


class Pairs(msgspec.Struct, frozen=True):
    """Counts of items by how many of two answers were right."""

    both_right: int
    one_right: int
    both_wrong: int

    def __post_init__(self) -> None:
        """Refuse counts that are none.

        Raises:
            ValueError: a count is negative or all are zero.
        """
        if min(self.both_right, self.one_right, self.both_wrong) < 0 or self.items == 0:
            raise ValueError("counts of pairs must not be negative, and at least one must be positive")

    @property
    def items(self) -> int:
        """How many items were answered twice."""
        return self.both_right + self.one_right + self.both_wrong

    @property
    def agreeing(self) -> int:
        """Items whose two answers have the same label."""
        return self.both_right + self.both_wrong

    def fit(self) -> tuple[float, float]:
        """Return the likeliest mean accuracy and correlation (0 where it would be negative)."""
        p = (2 * self.both_right + self.one_right) / (2 * self.items)
        return p, _rho(p, self.one_right / self.items)

    def region(self, confidence: float = 0.95) -> tuple[tuple[float, float], ...]:
        """Return accuracies and correlations along the edge of their joint likelihood region.

        It holds what is not less likely than the best fit by more than a factor of ``1 - confidence`` (the chi-square
        of two degrees of freedom, Wilks 1938). What holds along the edge for a quantity that grows with the one and
        falls with the other holds inside, for all such quantities at once. Seen by simulation it covers at least
        about as often as it says from some hundred items on.

        Raises:
            ValueError: ``confidence`` is not in (0, 1).
        """
        if not 0.0 < confidence < 1.0:
            raise ValueError(f"a confidence must be between 0 and 1, not {confidence}")
        p, rho = self.fit()
        centre = (2.0 * p * (1.0 - p) * (1.0 - rho), (1.0 - p) * (1.0 - p + rho * p))
        least = self._likelihood(*centre) + math.log1p(-confidence)
        scale = [max(share, 1.0 / self.items) for share in centre]
        edge = []
        for number in range(_DIRECTIONS):
            angle = 2.0 * math.pi * number / _DIRECTIONS
            way = (scale[0] * math.cos(angle), scale[1] * math.sin(angle))
            edge.append(self._furthest(centre, way, least))
        found = [_parameters(*cells) for cells in edge]
        return tuple(found + self._uncorrelated(least))

    def _likelihood(self, one: float, wrong: float) -> float:
        """Return the log-likelihood of the shares of items with one and with no right answer (-inf: impossible)."""
        right = 1.0 - one - wrong
        # A little slack keeps the edge of the model, where items are all alike, inside it.
        if min(right, one, wrong) < 0.0 or one > 2.0 * math.sqrt(right * wrong) * (1.0 + 1e-9):
            return -math.inf
        total = 0.0
        for count, share in ((self.both_right, right), (self.one_right, one), (self.both_wrong, wrong)):
            if count:
                if share == 0.0:
                    return -math.inf
                total += count * math.log(share)
        return total

    def _furthest(self, centre: tuple[float, float], way: tuple[float, float], least: float) -> tuple[float, float]:
        """Return the last point on a way out that is likely enough; the region is convex in the shares."""
        inside, outside = 0.0, 1.0 / math.hypot(*way) * 2.0
        for _ in range(_HALVINGS):
            middle = (inside + outside) / 2
            if self._likelihood(centre[0] + middle * way[0], centre[1] + middle * way[1]) >= least:
                inside = middle
            else:
                outside = middle
        return centre[0] + inside * way[0], centre[1] + inside * way[1]

    def _uncorrelated(self, least: float) -> list[tuple[float, float]]:
        """Return the lowest and highest accuracy that is likely enough with items that are all alike."""

        def likely(p: float) -> bool:
            return self._likelihood(2.0 * p * (1.0 - p), (1.0 - p) ** 2) >= least

        p, _ = self.fit()
        if not likely(p):
            return []
        ends = []
        for outside in (0.0, 1.0):
            inside, beyond = p, outside
            for _ in range(_HALVINGS):
                middle = (inside + beyond) / 2
                inside, beyond = (middle, beyond) if likely(middle) else (inside, middle)
            ends.append((inside, 0.0))
        return ends


def _rho(p: float, one: float) -> float:
    independent = 2.0 * p * (1.0 - p)
    return min(1.0, max(0.0, 1.0 - one / independent)) if independent > 0.0 else 0.0


def _parameters(one: float, wrong: float) -> tuple[float, float]:
    p = min(1.0, max(0.0, 1.0 - wrong - one / 2.0))
    return p, _rho(p, one)
