"""Simulated universes of the real runner, as many as wanted: how many a second, what happened in them, which failed.

    python -m benchmarks.universes [--count 2000] [--seed 0] [--deaths 3]

A universe that failed is printed with its seed, and `--count 1 --seed N` replays it. Exits with 1 where one failed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from typing import NamedTuple

from swarmwright.adapters.pacing import Pacer
from swarmwright.simulate.universe import Parts, UniverseError, live


class Tally(NamedTuple):
    """What became of many universes: ``seen`` counts universes in which a thing happened, ``sums`` adds up."""

    seen: Counter[str]
    sums: Counter[str]
    failed: list[str]
    wall_s: float
    cpu_s: float


def explore(first: int, count: int, deaths: int = 3) -> Tally:
    """Live the universes of these seeds."""
    seen: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    failed: list[str] = []
    parts = Parts(gate=Pacer)
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    for seed in range(first, first + count):
        try:
            fate = live(seed, parts, deaths=deaths)
        except UniverseError as error:
            failed.append(str(error))
            print(error, flush=True)
            continue
        seen.update(thing for thing, times in fate.happened.items() if times)
        seen[f"a {fate.scene.kind}"] += 1
        sums.update(starts=fate.starts, deaths=fate.happened["a death"], callbacks=fate.callbacks, events=fate.events)
    return Tally(seen, sums, failed, time.perf_counter() - wall_s, time.process_time() - cpu_s)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="how many universes")
    parser.add_argument("--seed", type=int, default=0, help="the first one's seed")
    parser.add_argument("--deaths", type=int, default=3, help="how often the process dies in each")
    args = parser.parse_args()
    tally = explore(args.seed, args.count, args.deaths)
    print(
        f"{args.count:,} universes in {tally.wall_s:,.1f} s: {args.count / tally.wall_s:,.0f} a second, "
        f"{args.count / tally.cpu_s:,.0f} a second of processor time"
    )
    print(", ".join(f"{number:,} {name}" for name, number in tally.sums.items()))
    print("\nuniverses in which this happened:")
    for thing, number in sorted(tally.seen.items(), key=lambda item: (-item[1], item[0])):
        print(f"{number:9,}  {thing}")
    print(f"\n{len(tally.failed)} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
