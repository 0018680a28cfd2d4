"""A check before the vote: what it makes of the accuracy of votes and of the share that may vote. Pure."""

from __future__ import annotations

import math

import msgspec


class Checker(msgspec.Struct, frozen=True):
    """A check of single answers, whose verdict comes before any vote: what it rejects does not vote.

    ``false_accept`` is the probability that it lets a wrong answer pass, ``false_reject`` that it holds back a right
    one. The default lets all pass: no check. Its errors are taken to be independent from answer to answer; a checker
    that misreads an item does so every time, and then the rate among *items* counts, not that among answers.
    """

    false_accept: float = 1.0
    false_reject: float = 0.0

    def __post_init__(self) -> None:
        """Refuse rates that are none, or that are worse than a coin's.

        Raises:
            ValueError: a rate outside [0, 1], no right answer ever passes, or wrong ones pass more often than right.
        """
        for name, rate in (("false-accept", self.false_accept), ("false-reject", self.false_reject)):
            if not 0.0 <= rate <= 1.0:
                raise ValueError(f"the {name} rate must be in [0, 1], not {rate}")
        if self.false_reject == 1.0:
            raise ValueError("the checker must let some right answers pass: its false-reject rate is 1")
        if self.false_accept > 1.0 - self.false_reject:
            raise ValueError(
                f"the checker lets wrong answers pass more often ({self.false_accept}) than right ones "
                f"({1.0 - self.false_reject:.6g}): its verdict must be turned around"
            )

    @property
    def is_perfect(self) -> bool:
        """Tell whether no wrong answer passes: then the first that passes decides."""
        return self.false_accept == 0.0

    @property
    def shift(self) -> float:
        """What an accepting verdict adds to the logarithm of the odds that an answer is right: its likelihood ratio."""
        return math.inf if self.is_perfect else math.log((1.0 - self.false_reject) / self.false_accept)

    @property
    def break_even(self) -> float:
        """The accuracy before the check above which votes behind it are right more often than wrong."""
        return self.false_accept / (self.false_accept + 1.0 - self.false_reject)

    def passing(self, p: float) -> float:
        """Return the share of answers that pass, where a share ``p`` of them is right."""
        return p * (1.0 - self.false_reject) + (1.0 - p) * self.false_accept

    def accuracy(self, p: float) -> float:
        """Return the share of right ones among the answers that pass (Bayes); 1 behind a perfect check.

        Raises:
            ValueError: none passes at all, since none is right and the check is perfect.
        """
        passing = self.passing(p)
        if passing == 0.0:
            raise ValueError("no answer is right and no wrong one passes: nothing can ever be voted for")
        return p * (1.0 - self.false_reject) / passing
