"""Published worlds: how often named models err on one step of Hanoi with 20 disks, and the k that was published. Pure.

The error rates of single answers, among those that were not flagged, and the least k for a success of 95 % are those
of MAKER: Meyerson et al., "Solving a Million-Step LLM Task with Zero Errors" (2025), arXiv 2511.09030.
"""

from __future__ import annotations

import msgspec

STEPS = 2**20 - 1
"""The moves of Towers of Hanoi with 20 disks."""
TARGET = 0.95


class World(msgspec.Struct, frozen=True):
    """A model's published error rate a step, and the published k."""

    name: str
    error: float
    k: int

    @property
    def p(self) -> float:
        """The probability that a single answer is right."""
        return 1.0 - self.error


WORLDS = (
    World("gpt-4.1-mini-t0.1", 0.0022, 3),
    World("gpt-4.1-mini-t1", 0.0040, 4),
    World("o3-mini", 0.0018, 3),
    World("gpt-oss-20b", 0.0358, 6),
    World("deepseek-v3.1", 0.0569, 6),
    World("kimi-k2", 0.0393, 6),
    World("qwen3", 0.2342, 15),
    World("haiku-4.5", 0.1839, 12),
    World("gpt-4.1-nano", 0.3571, 29),
)


def find_world(name: str) -> World:
    """Return the world of that name.

    Raises:
        ValueError: there is none.
    """
    for world in WORLDS:
        if world.name == name.lower():
            return world
    raise ValueError(f"no world is named {name}; there are {', '.join(world.name for world in WORLDS)}")
