"""The colony, the models, and both, side by side: yield, wrong, answers, tokens and seconds of runs that were made.

    python -m benchmarks.quality textkit --replay --recordings R --config only_colony.toml --out build/alone
    python -m benchmarks.quality textkit --replay --recordings R --config no_colony.toml --out build/model
    python -m benchmarks.quality textkit --replay --recordings R --config both.toml --out build/both
    python -m benchmarks.quality.beside --recordings R build/alone build/model build/both

The settings are ``only = ["colony"]``, ``colony = false`` and ``colony = true``. Seconds of models are those of the day
on which their answers were recorded, one after the other; seconds of the search are of the run itself.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from benchmarks.quality.__main__ import read_used
from benchmarks.quality.recordings import COMPACT, read_compact, read_store
from benchmarks.quality.records import Matrix, read_matrix
from benchmarks.quality.rules import ours, score
from benchmarks.quality.tables import aligned

from swarmwright.agents.ports import Completion
from swarmwright.errors import SwarmwrightError, UsageError

_HEAD = ("run", "units", "found", "delivered", "wrong", "answers", "tokens", "model seconds", "search seconds")


class Cost(msgspec.Struct, frozen=True):
    """What a run came to.

    ``found`` counts the Units for which anything right was proposed; ``answers`` and ``tokens`` are those of models.
    """

    units: int
    found: int
    delivered: int
    wrong: int
    answers: int
    tokens: int
    model_s: float
    search_s: float


def cost_of(matrix: Matrix, used: Mapping[bytes, Completion]) -> Cost:
    """Return what a run came to.

    Args:
        matrix: the run.
        used: the recorded answers that it used.
    """
    found = score(ours, matrix.units)
    return Cost(
        units=len(matrix.units),
        found=sum(record.any_right for record in matrix.units),
        delivered=found.delivered,
        wrong=found.wrong,
        answers=found.answers,
        tokens=found.tokens,
        model_s=sum(completion.seconds for completion in used.values()),
        search_s=sum(record.report.seconds for record in matrix.units),
    )


def side_by_side(costs: Mapping[str, Cost]) -> Iterator[str]:
    """Yield the runs as the rows of a table."""
    rows: list[tuple[str, ...]] = [_HEAD]
    for name, cost in costs.items():
        counts = (cost.units, cost.found, cost.delivered, cost.wrong, cost.answers, cost.tokens)
        rows.append((name, *(f"{count:,}" for count in counts), f"{cost.model_s:.0f}", f"{cost.search_s:.0f}"))
    return aligned(rows)


def changes(before: Matrix, after: Matrix) -> Iterator[str]:
    """Yield a line for each Unit that one run delivered and the other did not."""
    known = {record.unit: record for record in before.units}
    for record in after.units:
        other = known.get(record.unit)
        if other is not None and (other.delivered >= 0) != (record.delivered >= 0):
            right = record if record.delivered >= 0 else other
            verdict = "right" if right.bodies[right.delivered].right else "WRONG"
            what = "delivered" if record.delivered >= 0 else "no longer delivered"
            yield f"{record.unit}: {what} ({verdict}); before: {other.reason}; now: {record.reason}"


def recorded(path: Path) -> dict[bytes, Completion]:
    """Return the answers of a recording by their keys.

    Raises:
        UsageError: there is none, or it cannot be read.
    """
    rows = read_compact(path) if path.name.endswith(COMPACT) else read_store(path)
    return {key: msgspec.msgpack.decode(value, type=Completion) for key, value in rows}


def parse_arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.beside",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("runs", type=Path, nargs="+", help="folders that runs wrote with --out")
    parser.add_argument("--recordings", type=Path, required=True, help="the recording that the runs replayed")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Print the table and what changed from the second-last run to the last; return the exit code."""
    options = parse_arguments(words)
    try:
        if len(set(map(str, options.runs))) < len(options.runs):
            raise UsageError("A run is named twice; name each folder once.")
        answers = recorded(options.recordings)
        matrices = {str(folder): read_matrix(folder) for folder in options.runs}
        costs = {}
        for folder in options.runs:
            used = read_used(folder)
            costs[str(folder)] = cost_of(matrices[str(folder)], {key: answers[key] for key in used if key in answers})
    except SwarmwrightError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("\n".join(side_by_side(costs)))
    *_, last = matrices.values()
    for name, matrix in list(matrices.items())[:-1]:
        print(f"\n{name} and the last:")
        print("\n".join(changes(matrix, last)) or "the same units delivered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
