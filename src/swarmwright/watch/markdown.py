"""``EVIDENCE.md``: a run's evidence for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from swarmwright.verify.certificates import Certificate
from swarmwright.watch.report import Check, Report, UnitReport, cut

_TOO_FEW = 3
_INTRODUCTION = """\
Every function below was proposed by language models, agreed on by vote, and tried against the specification.
TESTED means that no counterexample was found among the inputs that were tried; BOUNDED, that a symbolic or
exhaustive search within bounds found none; neither is a proof. What could not be decided is *undecided*: it stands in
the package as a stub that raises `NotImplementedError`.
"""


_NONE: Mapping[str, Certificate] = {}


def write_markdown(report: Report, certificates: Mapping[str, Certificate] = _NONE) -> str:
    """Return the text of ``EVIDENCE.md``; ``certificates`` (by Unit id) say what is assumed."""
    done, total = len(report.delivered), len(report.units)
    parts = [
        f"# Evidence for `{report.spec_name}`\n",
        _INTRODUCTION,
        f"**{done} of {total} functions delivered.** {_confidence(done)}{_expected(report)}\n",
        _table(report.units, certificates),
        _costs(report),
        *(_unit(unit, certificates.get(unit.unit)) for unit in report.units),
        f"## The specification\n\nSHA-256 `{report.spec_digest}`; a copy stands in `spec/`.\n",
    ]
    if report.notes:
        parts.append("## Notes\n\n" + "".join(f"- {line(note)}\n" for note in report.notes))
    return "\n".join(parts)


def _confidence(delivered: int) -> str:
    """Return what a run without a known error supports: the rule of three, 3/n at 95 %."""
    if delivered <= _TOO_FEW:
        return "That is too few to say anything about the rate of errors."
    bound = 300.0 / delivered
    return (
        f"If none of these {delivered} is wrong, that alone supports only an error rate below {bound:.0f} % "
        "(at 95 % confidence, the rule of three)."
    )


def _expected(report: Report) -> str:
    if not report.expected_wrong:
        return ""
    return (
        f" From what stands behind each of them, {report.expected_wrong:.2f} of them are expected to be wrong "
        "(an estimate fitted on recorded runs)."
    )


def _table(units: Sequence[UnitReport], certificates: Mapping[str, Certificate]) -> str:
    composed = {name: one.composed for name, one in certificates.items()}
    rows = [
        "| function | status | verdict | votes (margin) | answers | inputs | tokens | why |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| `{u.unit}` | {u.status} | {composed.get(u.unit, u.verdict)} | {u.votes} ({u.margin}) "
        f"| {u.samples} | {u.inputs} | {u.tokens_in + u.tokens_out} | {cell(u.reason)} |"
        for u in units
    ]
    return "\n".join(rows) + "\n"


def _costs(report: Report) -> str:
    costs = report.costs
    flags = ", ".join(f"{name}: {count}" for name, count in costs.flags.items()) or "none"
    return (
        "## What it cost\n\n"
        f"{costs.answers} answers ({costs.kept} kept from earlier, {costs.failed} failed, {costs.asked_again} asked "
        f"again after an interruption), {costs.tokens_in} tokens read and {costs.tokens_out} written, "
        f"${costs.cost_usd:.4f}. Red flags: {line(flags)}.\n"
    )


def _unit(unit: UnitReport, certificate: Certificate | None) -> str:
    lines = [f"## `{unit.unit}`\n", f"{_sentence(unit)}{_assumed(certificate)}\n"]
    offers = f" ({unit.offers} with inputs to try)" if unit.offers else ""
    tried = f"{unit.samples} answers{offers} from {', '.join(f'`{m}`' for m in unit.models) or 'no model'}"
    domain = " (all there are)" if unit.exhausted else ""
    epochs = "1 epoch" if unit.epochs == 1 else f"{unit.epochs} epochs"
    lines.append(f"{tried}; {unit.inputs} inputs{domain} in {epochs}; {unit.seconds:.1f} s of answering.\n")
    lines += [_tally("Red flags", unit.flags), _tally("Refuted by", unit.refuted)]
    if unit.checks or unit.laws:
        lines.append(_checks([*unit.checks, *unit.laws]))
    if unit.mutants:
        lines.append(
            f"Of {unit.mutants} changed copies of the winner the checks caught {unit.mutants_killed}; "
            f"{unit.mutants_different} behave differently and were not caught.\n"
        )
    if unit.status != "delivered" and len(unit.behaviours) > 1:
        lines.append(_rivals(unit))
    if unit.separations:
        rows = "".join(f"- `{code(s.call)}`: `{code(s.left)}` or `{code(s.right)}`?\n" for s in unit.separations)
        lines.append(f"Inputs that tell two behaviours apart which the specification both allows:\n\n{rows}")
    return "\n".join(part for part in lines if part)


def _sentence(unit: UnitReport) -> str:
    if unit.status == "delivered":
        risk = f" Its estimated risk of being wrong is {unit.risk:.1%}." if unit.risk else ""
        return f"Delivered as {unit.verdict} with {unit.votes} votes, {unit.margin} ahead.{risk}"
    if unit.status == "undecided":
        return f"Undecided: {line(unit.reason)}"
    return "Not decided yet: the run was interrupted."


def _assumed(certificate: Certificate | None) -> str:
    if certificate is None:
        return ""
    family = " They come from a single family of models, whose errors may be shared." if certificate.one_family else ""
    names = ", ".join(f"`{one.unit}` ({one.verdict})" for one in certificate.assumes)
    return f"{family} It assumes {names}, and is {certificate.composed} with that." if names else family


def _tally(title: str, counts: dict[str, int]) -> str:
    return f"{title}: {', '.join(f'{line(name)} ({count})' for name, count in counts.items())}.\n" if counts else ""


def _checks(checks: Sequence[Check]) -> str:
    rows = ["| check | verdict | inputs | seconds | detail |", "|---|---|---|---|---|"]
    for check in checks:
        detail = check.detail or (str(check.counterexample) if check.counterexample else "")
        rows.append(
            f"| {cell(check.check)} | {check.verdict} | {check.inputs} | {check.seconds:.2f} | {cell(detail)} |"
        )
    return "\n".join(rows) + "\n"


def _rivals(unit: UnitReport) -> str:
    names = [f"{chr(ord('A') + i)} ({b.votes} votes)" for i, b in enumerate(unit.behaviours[:26])]
    parts = [f"{len(unit.behaviours)} behaviours satisfy the specification: {', '.join(names)}.\n"]
    if unit.distinctions:
        letters = [name[0] for name in names]
        head = f"| input | {' | '.join(letters)} |\n|---|{'---|' * len(letters)}\n"
        rows = "".join(
            f"| `{code(d.call)}` | {' | '.join(f'`{code(a)}`' for a in d.answers[:26])} |\n" for d in unit.distinctions
        )
        parts.append(
            "They differ on these inputs; the first would settle most (`swarmwright clarify` asks which answer is "
            f"meant):\n\n{head}{rows}"
        )
    return "\n".join(parts)


def line(text: str) -> str:
    """Return text on one line, harmless in Markdown prose."""
    return " ".join(text.split()).replace("<", "&lt;")


def cell(text: str) -> str:
    """Return text that fits a cell of a table."""
    return line(cut(text)).replace("|", "\\|")


def code(text: str) -> str:
    """Return text that can stand between single backticks, in a table too."""
    return " ".join(cut(text, 120).split()).replace("`", "'").replace("|", "\\|")
