"""The figures as text: rules side by side, by part and by number of examples, and what was left undelivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.records import Matrix, UnitRecord
from benchmarks.quality.rules import RULES, Score, ours, score

EXAMPLE_BANDS = ((0, 1), (2, 2), (3, 3), (4, 5), (6, 1000))
_HEAD = ("rule", "delivered", "wrong", "precision", "95 % interval", "answers each", "tokens each")


def describe_matrix(matrix: Matrix, notes: Sequence[str] = ()) -> str:
    """Return everything that is printed of a run."""
    return "\n".join(_lines(matrix, notes)) + "\n"


def _lines(matrix: Matrix, notes: Sequence[str]) -> Iterator[str]:
    units = matrix.units
    yield f"# {matrix.workload} ({matrix.mode}): {len(units)} units"
    yield from notes
    missing = sum(proposal.missing for record in units for proposal in record.proposals)
    if missing:
        yield f"{missing} answers were never recorded and count as failed calls: record again to have them."
    unjudged = [record.unit for record in units if not record.judged]
    if unjudged:
        yield f"NOT JUDGED: {len(unjudged)} units ({', '.join(unjudged[:5])}); the figures count their bodies as wrong."
    parts = list(dict.fromkeys(record.part for record in units))
    if len(parts) > 1:
        for part in parts:
            yield from _section(part, [record for record in units if record.part == part])
    yield from _section("all", units)
    yield ""
    yield "## Ours, by number of examples"
    yield ""
    yield from by_examples(units)


def _section(name: str, units: Sequence[UnitRecord]) -> Iterator[str]:
    yield ""
    yield f"## {name}: {len(units)} units"
    yield ""
    yield from rule_table(units)
    yield ""
    yield yield_line(units)


def yield_line(units: Sequence[UnitRecord]) -> str:
    """Return the sentence on the Units for which any sample or repair was right."""
    possible = [record for record in units if record.any_right]
    delivered = [record for record in possible if record.delivered >= 0]
    right = sum(record.bodies[record.delivered].right for record in delivered)
    share = f"{len(delivered) / len(possible):.1%}" if possible else "-"
    return (
        f"Of the {len(possible)} units for which any sample or repair was right, {len(delivered)} were delivered "
        f"({share}), {right} of them right."
    )


def rule_table(units: Sequence[UnitRecord]) -> Iterator[str]:
    """Yield the rules side by side as a table."""
    rows: list[tuple[str, ...]] = [_HEAD]
    for name, rule in RULES.items():
        found = score(rule, units)
        if not found.applied:
            rows.append((name, "no tests", "", "", "", "", ""))
        else:
            shown = name if found.applied == found.units else f"{name} (on {found.applied} with tests)"
            rows.append((shown, *_cells(found)))
    yield from aligned(rows)


def by_examples(units: Sequence[UnitRecord]) -> Iterator[str]:
    """Yield what we delivered, by how many examples the specification shows."""
    rows: list[tuple[str, ...]] = [("examples", "units", *_HEAD[1:])]
    for low, high in EXAMPLE_BANDS:
        band = [record for record in units if low <= record.examples <= high]
        if band:
            name = str(low) if low == high else f"{low} to {high}" if high < 1000 else f"{low} or more"
            rows.append((name, str(len(band)), *_cells(score(ours, band))))
    yield from aligned(rows)


def _cells(found: Score) -> tuple[str, ...]:
    low, high = found.interval
    each = f"{found.answers / found.delivered:.1f}" if found.delivered else "-"
    tokens = f"{found.tokens / found.delivered:.0f}" if found.delivered else "-"
    precision = f"{found.precision:.1%}" if found.delivered else "-"
    interval = f"{low:.1%} to {high:.1%}" if found.delivered else "-"
    return str(found.delivered), str(found.wrong), precision, interval, each, tokens


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a Markdown table whose columns are as wide as they must be; the first row is its head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        yield f"| {' | '.join(cells)} |"
        if not number:
            bars = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
            yield f"| {' | '.join(bars)} |"
