"""Reviewers of a winner: ruff for undefined names and security, mypy for types, and a clock beside its twins."""

from __future__ import annotations

import ast
import asyncio
import sys
import textwrap
import time

import msgspec

from swarmwright.errors import SandboxDiedError
from swarmwright.spec.printer import print_module
from swarmwright.spec.values import Spec
from swarmwright.verify.contest import PLAIN, Contest, Findings, outcomes_of
from swarmwright.verify.describing import describe_call
from swarmwright.verify.examine import Examiner
from swarmwright.verify.ports import Limits, Sandbox, Session
from swarmwright.verify.values import Call, CheckResult, Outcome, Verdict
from swarmwright.verify.winner_inputs import with_integers

SPEED = "speed beside a twin"
_SPEED_SIZES = (50, 200, 800, 3200)
# Primes: what tries divisors has most to do with them.
_SPEED_INTEGERS = (10_007, 1_000_003, 100_000_007, 10_000_000_019)
_MOST_TWINS = 3
_SPEED_CPU_S = 0.5
_SLOW_MS = 50.0
_SLOWER = 10.0


async def review_security(spec: Spec, contest: Contest) -> Findings:
    """Let ruff look for undefined names and the security rules; a finding is a refutation of its own kind."""
    module = spec.module(contest.unit.module)
    source = print_module(module, {**contest.callees, contest.unit.id: contest.winner}, view="bare")
    findings = await ruff_findings(source)
    given = await ruff_findings(print_module(module, contest.callees, view="bare")) if findings else ()
    new = [finding for finding in findings if finding not in given]
    verdict = Verdict.REFUTED if new else Verdict.TESTED
    return [CheckResult("security and names (ruff F82, S)", verdict, detail="; ".join(new))], ()


async def review_speed(examiner: Examiner, contest: Contest) -> list[CheckResult]:
    """Time the winner beside candidates that agree, on inputs that grow in size and in magnitude.

    A winner that is much slower than another of the same behaviour gives way to it: hidden inputs are often larger
    than those of a specification, and a result that does not come is a wrong one.
    """
    own = _tree(contest.winner)
    twins = {tree: twin for twin in contest.twins if (tree := _tree(twin)) != own}
    calls = await _growing(examiner, contest) if twins else ()
    if len(calls) < 2:
        return []
    mine = await outcomes_of(examiner, contest, contest.winner, calls, cpu_s=_SPEED_CPU_S)
    for twin in list(twins.values())[:_MOST_TWINS]:
        theirs = await outcomes_of(examiner, contest, twin, calls, cpu_s=_SPEED_CPU_S)
        slower = next((n for n in range(len(calls)) if _is_much_slower(mine[n], theirs[n])), None)
        if slower is not None:
            spent = f"{mine[slower].cpu_ms:.0f} ms" if mine[slower].kind != "timeout" else f"over {_SPEED_CPU_S:g} s"
            shown = textwrap.shorten(describe_call(calls[slower]), 80, placeholder=" ...")
            other = f"a candidate that agrees takes {theirs[slower].cpu_ms:.0f} ms"
            return [
                CheckResult(
                    SPEED, Verdict.UNKNOWN, len(calls), detail=f"{spent} of processor time, where {other}: {shown}"
                )
            ]
    return [CheckResult(SPEED, Verdict.TESTED, len(calls), detail="not much slower than a candidate that agrees")]


async def _growing(examiner: Examiner, contest: Contest) -> tuple[Call, ...]:
    """Return calls that grow: longer values, and larger whole numbers one parameter after another."""
    longer = await examiner.growing(contest.unit.id, _SPEED_SIZES)
    larger = with_integers(contest.unit, contest.inputs.calls[:1], _SPEED_INTEGERS)
    return (*longer, *await examiner.valid(contest.unit.id, larger))


def _is_much_slower(mine: Outcome, other: Outcome) -> bool:
    if other.kind not in PLAIN:
        return False
    spent = 1000 * _SPEED_CPU_S if mine.kind == "timeout" else mine.cpu_ms
    return spent > _SLOW_MS and spent > _SLOWER * other.cpu_ms


def _tree(body: str) -> str:
    return ast.dump(ast.parse(body))


class TypeReviewer:
    """Keeps a warm type checker in the sandbox."""

    def __init__(self, spec: Spec, sandbox: Sandbox) -> None:
        """Start nothing yet."""
        self._spec = spec
        self._sandbox = sandbox
        self._session: Session | None = None
        self._starting = asyncio.Lock()

    async def close(self) -> None:
        """End the type checker's process."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def review(self, contest: Contest) -> CheckResult:
        """Let mypy read the module with the winner in it; findings are reported, not held against the behaviour."""
        began = time.monotonic()
        bodies = {**contest.callees, contest.unit.id: contest.winner}
        files = {module.path: print_module(module, bodies, view="bare") for module in self._spec.modules}
        own = self._spec.module(contest.unit.module).path
        session: Session | None = None
        try:
            async with self._starting:
                if self._session is None:
                    limits = Limits(wall_s=3600, cpu_s=3600, memory_bytes=4 << 30, file_bytes=256 << 20)
                    self._session = await self._sandbox.start("swarmwright.verify.inside.types", limits=limits)
                session = self._session
            reply = await session.request({"files": files, "targets": [own]}, timeout_s=90)
        except SandboxDiedError as error:
            # Whoever waits for the same process starts another one next time, and does not end one that is new.
            if self._session is session:
                self._session = None
            return CheckResult("types (mypy)", Verdict.UNKNOWN, detail=f"could not be run: {error}")
        lines = _lines_of(files[own], contest.unit.name)
        findings = [
            f"{code}: {message}" for path, line, code, message in reply["findings"] if path == own and line in lines
        ]
        verdict = Verdict.UNKNOWN if findings else Verdict.TESTED
        return CheckResult("types (mypy)", verdict, seconds=time.monotonic() - began, detail="; ".join(findings[:3]))


def _lines_of(source: str, name: str) -> range:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return range(0)


class _Finding(msgspec.Struct):
    code: str | None
    message: str


async def ruff_findings(source: str) -> tuple[str, ...]:
    """Return what ruff finds in the text (it is parsed, never run): undefined names and the security rules."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--select=F82,S",
        "--ignore=S101,S311",
        "--output-format=json",
        "-",
        start_new_session=True,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    stdout, _ = await process.communicate(source.encode())
    try:
        found = msgspec.json.decode(stdout, type=list[_Finding])
    except msgspec.DecodeError:
        return ()
    return tuple(f"{finding.code}: {finding.message}" for finding in found)
