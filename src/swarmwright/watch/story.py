"""The whole story of one Unit: prompts, proposals, red flags, counterexamples, votes, verification, decision."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from swarmwright.errors import UsageError
from swarmwright.ledger.events import EXPECTED, IDLE, OFFERED, SLOW_VERSION, STATED, UNTOLD_VERSION
from swarmwright.ledger.folds import RunState, Sample, TaskState
from swarmwright.ledger.ports import Blobs
from swarmwright.verify.values import CheckResult, Evidence, Examination, Verdict
from swarmwright.watch.report import (
    evidence_of,
    find_behaviours,
    find_distinctions,
    read_blob,
    status_of,
    text_of,
)

_OFFERS = {
    "": "these are inputs to try",
    EXPECTED: "these are inputs to try, with the results a tester expects",
    SLOW_VERSION: "this is a slow version to compare a winner with",
    UNTOLD_VERSION: "this was written from the name and the first sentence of the prose alone",
    STATED: "this is a sentence of the prose, written down as conditions on a winner",
}


def find_task(state: RunState, name: str) -> TaskState:
    """Return the Task of a Unit, named in full or by its last parts.

    Raises:
        UsageError: none or several match.
    """
    tasks = state.all_tasks()
    exact = [task for task in tasks if task.name == name]
    ends = [task for task in tasks if task.name.endswith(f".{name}")]
    found = exact or ends
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted(task.name for task in (found or tasks))) or "none yet"
    problem = "Several units are" if found else "No unit is"
    raise UsageError(f"{problem} called {name!r}; the run has: {names}.")


def tell(state: RunState, task: TaskState, blobs: Blobs) -> str:
    """Return the story of one Unit as plain text, as far as it has come."""
    return "\n".join(
        [
            f"{task.name}: {status_of(task)}",
            *_needs(state, task),
            *_searches(task, blobs),
            *_proposals(task, blobs),
            *_votes(task, blobs),
            *_verification(task, blobs),
            *_together(task, blobs),
            *_decision(task),
        ]
    )


def colony_line(state: RunState) -> str:
    """Return one sentence of what the colony did in a run; nothing where it did nothing."""
    searches = [one for task in state.tasks.values() for one in task.searched]
    if not searches:
        return ""
    tried, found = sum(one.tried for one in searches), sum(bool(one.survivors) for one in searches)
    seconds = sum(one.seconds for one in searches)
    return (
        f"The colony tried {tried:,} agents in {len(searches)} searches of {seconds:.1f} s together; "
        f"{found} of them found something."
    )


def _title(text: str) -> list[str]:
    return ["", text, "-" * len(text)]


def _needs(state: RunState, task: TaskState) -> Iterator[str]:
    names = [f"{state.task(need).name} ({status_of(state.task(need))})" for need in task.needs]
    if names:
        yield f"may call: {', '.join(names)}"
    if task.group:
        partners = [other.name for other in state.tasks.values() if other.group == task.group and other is not task]
        if partners:
            yield f"checked together with: {', '.join(partners)}"


def _searches(task: TaskState, blobs: Blobs) -> Iterator[str]:
    """Tell of the colony's work: how many agents, where it ended, and what survived."""
    for one in task.searched:
        yield from _title(f"The colony's search, for proposals from {one.first} on")
        yield f"  {one.tried:,} agents in {one.seconds:.1f} s, {one.live:,} of them distinct"
        cut = f"cut off at {one.cut:,} agents and what counts as such" if one.cut else "not cut off"
        rivals = "so were all rivals about as small" if one.separated else "not all rivals about as small were"
        yield f"  all up to cost {one.complete} were tried, and {rivals}; {cut}"
        yield f"  productions {one.grammar.hex()[:12]}, trace {one.trace.hex()[:12]} (--agents does it again)"
        for survivor in one.survivors:
            chance = "" if survivor.solid else ", which may be chance"
            trail = ", ".join(survivor.trail) or "a name"
            hangs = f", {_hanging(survivor.support)}" if survivor.support >= 0 else ""
            sure = f"{survivor.bits:.0f} bits from chance{chance}{hangs}"
            yield f"  survived: cost {survivor.cost}, {sure}; trail: {trail}"
            yield textwrap.indent(text_of(survivor.body, blobs).rstrip(), "    ")


def _hanging(support: int) -> str:
    if not support:
        return "hangs on no single example"
    return f"hangs on {support} single example{'s' * (support > 1)}"


def _proposals(task: TaskState, blobs: Blobs) -> Iterator[str]:
    prompt = b""
    for number, sample in sorted(task.samples.items()):
        if sample.prompt and sample.prompt != prompt:
            prompt = sample.prompt
            yield from _title(f"Prompt for {sample.archetype} ({sample.model}), rung {sample.rung + 1}")
            yield from _prompt(prompt, blobs)
        yield from _title(f"Proposal {number}: {sample.archetype}, {sample.model or 'no model'}")
        yield from _proposal(sample, blobs)
    if task.keys:
        yield f"votes came in bulk: {', '.join(f'{key.hex()[:12]}: {n}' for key, n in task.keys.most_common())}"


def _prompt(blob: bytes, blobs: Blobs) -> Iterator[str]:
    messages = read_blob(blob, blobs, list[dict[str, str]])
    if messages is None:
        yield "  (the prompt is not kept)"
    for message in messages or ():
        yield f"  [{message.get('role', '?')}]"
        yield textwrap.indent(message.get("content", ""), "    ")


def _proposal(sample: Sample, blobs: Blobs) -> Iterator[str]:
    if sample.failed:
        yield f"  could not be had: {sample.failed}"
        return
    if not sample.answered:
        yield "  asked, not answered yet"
        return
    if sample.flag == IDLE:
        yield f"  {sample.detail or 'had nothing left to propose'}"
        return
    kept = ", kept from earlier" if sample.kept else ""
    spent = f"{sample.tokens_out} tokens in {sample.seconds:.1f} s{kept}"
    yield f"  {spent if sample.model else sample.detail}"
    yield textwrap.indent(text_of(sample.body or sample.text, blobs).rstrip(), "    ")
    if sample.flag == OFFERED:
        yield f"  {_OFFERS.get(sample.detail, sample.detail)}; it does not vote"
    elif sample.flag:
        # Of who asks no model the detail stands above already.
        yield f"  red flag: {sample.flag}{f': {sample.detail}' if sample.detail and sample.model else ''}"
    story = read_blob(sample.story, blobs, Examination)
    if story is not None and story.counterexample is not None:
        yield f"  refuted by {story.counterexample.check}: {story.counterexample}"
    elif sample.refuted:
        yield f"  refuted by {sample.refuted}"
    if story is not None:
        yield from _checks(story.checks)
    if sample.key:
        yield f"  votes for {sample.key.hex()[:12]} in epoch {sample.epoch}"


def _checks(checks: tuple[CheckResult, ...] | list[CheckResult]) -> Iterator[str]:
    for check in checks:
        amount = f" on {check.inputs} inputs" if check.inputs else ""
        yield f"  {check.check}: {check.verdict.name}{amount}, {check.seconds:.2f} s{_detail(check)}"


def _detail(check: CheckResult) -> str:
    text = check.detail or (str(check.counterexample) if check.counterexample else "")
    return f": {text}" if text else ""


def _votes(task: TaskState, blobs: Blobs) -> Iterator[str]:
    if not task.epochs:
        return
    yield from _title("Votes")
    for epoch in task.epochs:
        all_of_them = ", which is all there are" if epoch.exhausted else ""
        yield f"  epoch {epoch.epoch}: {epoch.count} inputs{all_of_them} ({epoch.why})"
    behaviours = find_behaviours(task, blobs)
    for behaviour in behaviours:
        yield f"  {behaviour.key[:12]}: {behaviour.votes} votes (proposals {', '.join(map(str, behaviour.samples))})"
    distinctions = find_distinctions(task, behaviours, blobs) if len(behaviours) > 1 else ()
    if distinctions:
        yield "  they differ on these inputs; the first would settle most (`swarmwright clarify` asks which is meant):"
    for one in distinctions:
        yield f"  {one.call}: {' | '.join(one.answers)}"


def _verification(task: TaskState, blobs: Blobs) -> Iterator[str]:
    for verified in task.verified:
        result = "accepted" if verified.accepted else "not accepted"
        yield from _title(f"Verification of proposal {verified.sample} in epoch {verified.epoch}: {result}")
        yield f"  {Verdict(verified.verdict).name}: {verified.reason or 'no reason given'}"
        evidence = evidence_of(verified, blobs)
        yield from _evidence(evidence) if evidence else ()


def _evidence(evidence: Evidence) -> Iterator[str]:
    yield from _checks(evidence.checks)
    if evidence.mutants:
        yield (
            f"  mutation: {evidence.mutants_killed} of {evidence.mutants} caught, "
            f"{evidence.mutants_different} different and not caught"
        )
    shown = {
        "a rival behaviour": evidence.separations,
        "a witness": evidence.witnessed,
        "a changed version that passes everything": evidence.questions,
    }
    for other, separations in shown.items():
        for one in separations:
            yield f"  {one.call}: {one.left}, but by {other} {one.right}"


def _together(task: TaskState, blobs: Blobs) -> Iterator[str]:
    for together in task.together:
        yield from _title("Checked together")
        yield from _checks(read_blob(together.evidence, blobs, list[CheckResult]) or [])
        if together.broken:
            yield f"  broken: {', '.join(together.broken)}"


def _decision(task: TaskState) -> Iterator[str]:
    yield from _title("Decision")
    decided = task.decided
    if decided is None:
        yield "  not decided yet" if task.stage != "waiting" else "  not begun yet"
    elif decided.delivered:
        yield (
            f"  delivered: proposal {decided.sample}, {Verdict(decided.verdict).name}, {decided.votes} votes, "
            f"{decided.margin} ahead"
        )
    else:
        yield f"  undecided: {decided.reason}"
