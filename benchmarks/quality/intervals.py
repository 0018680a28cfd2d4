"""Exact two-sided intervals for a share (Clopper and Pearson, Biometrika 26, 1934), from the one-sided bound."""

from __future__ import annotations

from swarmwright.voting.risk import upper_bound


def clopper_pearson(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact two-sided interval of a share of which ``hits`` out of ``of`` were seen.

    Raises:
        ValueError: not 0 <= hits <= of, or a confidence outside 0 to 1.
    """
    if not 0 <= hits <= of or not 0.0 < confidence < 1.0:
        raise ValueError(f"no interval for {hits} of {of} at {confidence}")
    either = (1.0 + confidence) / 2.0
    low = 0.0 if hits == 0 else 1.0 - upper_bound(of - hits, of, either)
    return low, 1.0 if hits == of else upper_bound(hits, of, either)
