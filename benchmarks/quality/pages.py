"""For people: a page for each wrong delivery, and why right proposals were not delivered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.quality.records import Body, Matrix, UnitRecord

_MOST_BEHAVIOURS = 6
_Teller = Callable[[UnitRecord], Iterator[str]]


def write_pages(matrix: Matrix, out: Path) -> dict[str, int]:
    """Write ``wrong/<unit>.md``, ``undecided.md`` and ``hopeless.md``; return how many Units each is about."""
    folder = out / "wrong"
    shutil.rmtree(folder, ignore_errors=True)
    wrong = [record for record in matrix.units if record.delivered >= 0 and not record.bodies[record.delivered].right]
    undecided = [record for record in matrix.units if record.delivered < 0 and record.any_right]
    hopeless = [record for record in matrix.units if not record.any_right]
    for record in wrong:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{record.unit}.md").write_text(wrong_page(record), encoding="utf-8")
    _write(out / "undecided.md", "Right proposals that were not delivered", undecided, _undecided)
    _write(out / "hopeless.md", "Units without any right proposal", hopeless, _hopeless)
    return {"wrong": len(wrong), "undecided": len(undecided), "hopeless": len(hopeless)}


def _write(path: Path, title: str, records: Sequence[UnitRecord], tell: _Teller) -> None:
    lines = [f"# {title}: {len(records)}", ""]
    for record in records:
        lines += [f"## {record.unit}", "", *tell(record), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def wrong_page(record: UnitRecord) -> str:
    """Return the page of a wrongly delivered Unit: why did every check pass?"""
    return "\n".join([f"# {record.unit} was delivered and is wrong", "", *_wrong(record), ""])


def _wrong(record: UnitRecord) -> Iterator[str]:
    body = record.bodies[record.delivered]
    report = record.report
    yield from _verdict(body)
    yield ""
    right = [place for place, other in enumerate(record.bodies) if other.right]
    yield f"{len(right)} of {len(record.bodies)} distinct proposals were right." + _where_right(record, right)
    yield ""
    yield from _fenced(record.stub, "The specification")
    yield from _fenced(body.text, "The body that was delivered")
    yield (
        f"Decided with verdict {report.verdict}: {report.votes} votes, margin {report.margin}, "
        f"{len(report.behaviours) - 1} rival behaviours, {report.epochs} epochs, {report.inputs} inputs in the last, "
        f"models {', '.join(report.models)}. {report.reason}"
    )
    yield (
        f"Mutants: {report.mutants}, killed {report.mutants_killed}, "
        f"{report.mutants_different} others behave differently."
    )
    yield ""
    yield from _checks(record)
    yield ""
    yield from _rivals(record)
    if right:
        yield from _fenced(record.bodies[right[0]].text, "A right proposal")


def _where_right(record: UnitRecord, right: Sequence[int]) -> str:
    said = [record.bodies[place] for place in right]
    refuted = sum(bool(body.refuted) for body in said)
    flagged = sum(bool(body.flag) for body in said)
    return f" Of the right ones {refuted} were refuted and {flagged} flagged." if refuted or flagged else ""


def _verdict(body: Body) -> Iterator[str]:
    verdict = body.verdict
    if verdict is None:
        yield "Not judged."
        return
    yield f"- input: `{verdict.call}`"
    yield f"- got: `{verdict.got}`"
    yield f"- want: `{verdict.want}`"
    yield f"- reason: {verdict.reason}"


def _checks(record: UnitRecord) -> Iterator[str]:
    yield "## What every check saw"
    yield ""
    for check in (*record.report.checks, *record.report.laws):
        inputs = f", {check.inputs} inputs" if check.inputs else ""
        detail = f": {check.detail}" if check.detail else ""
        yield f"- {check.check} {check.verdict}{inputs}{detail}"


def _rivals(record: UnitRecord) -> Iterator[str]:
    yield "## Behaviours that voted"
    yield ""
    for behaviour in record.report.behaviours[:_MOST_BEHAVIOURS]:
        place = next((n for n, body in enumerate(record.bodies) if body.text == behaviour.body), -1)
        truth = "right" if place >= 0 and record.bodies[place].right else "wrong"
        yield f"- {behaviour.votes} votes ({', '.join(behaviour.models)}), {truth}"
    for distinction in record.report.distinctions:
        yield f"- `{distinction.call}` gives {' | '.join(f'`{answer}`' for answer in distinction.answers)}"
    for separation in record.report.separations:
        yield f"- `{separation.call}` gives `{separation.left}` or `{separation.right}`"
    yield ""


def _undecided(record: UnitRecord) -> Iterator[str]:
    report = record.report
    yield f"- why not: {record.reason}"
    right = [body for body in record.bodies if body.right]
    yield f"- right proposals: {len(right)} of {len(record.bodies)} distinct; {_fates(right)}"
    votes = ", ".join(
        f"{behaviour.votes} ({_truth(record, behaviour.body)})" for behaviour in report.behaviours[:_MOST_BEHAVIOURS]
    )
    yield f"- votes by behaviour: {votes or 'none'}"
    for check in report.checks:
        if check.verdict != "TESTED" and check.detail:
            yield f"- {check.check} {check.verdict}: {check.detail}"
    for distinction in report.distinctions[:2]:
        yield f"- `{distinction.call}` gives {' | '.join(f'`{answer}`' for answer in distinction.answers)}"
    for body in right:
        if body.refuted or body.flag:
            yield f"- a right proposal was {'refuted by ' + body.refuted if body.refuted else body.flag}: {body.said}"
    yield f"- {record.examples} examples"


def _fates(bodies: Sequence[Body]) -> str:
    votes = sum(body.passes for body in bodies)
    refuted = sum(bool(body.refuted) for body in bodies)
    flagged = sum(bool(body.flag) for body in bodies)
    return f"{votes} vote, {refuted} refuted, {flagged} flagged"


def _truth(record: UnitRecord, text: str) -> str:
    return "right" if any(body.text == text and body.right for body in record.bodies) else "wrong"


def _hopeless(record: UnitRecord) -> Iterator[str]:
    yield f"- {'DELIVERED, and wrong' if record.delivered >= 0 else 'why not'}: {record.reason}"
    yield f"- {len(record.proposals)} proposals, {len(record.bodies)} distinct"
    best = best_body(record)
    if best is None:
        flags = sorted({proposal.flag for proposal in record.proposals if proposal.flag})
        yield f"- no proposal could be read ({', '.join(flags) or 'nothing was asked'})"
        return
    if best.refuted or best.flag:
        yield f"- the best proposal was {'refuted by ' + best.refuted if best.refuted else best.flag}: {best.said}"
    yield from _verdict(best)
    yield from _fenced(best.text, "The best proposal")


def best_body(record: UnitRecord) -> Body | None:
    """Return the body that came furthest: delivered, else voting (of these the oldest), else refuted, else flagged."""
    if record.delivered >= 0:
        return record.bodies[record.delivered]
    return min(record.bodies, key=lambda body: (not body.passes, bool(body.flag)), default=None)


def _fenced(source: str, title: str) -> Iterator[str]:
    yield f"{title}:"
    yield ""
    yield "```python"
    yield source.rstrip()
    yield "```"
    yield ""
