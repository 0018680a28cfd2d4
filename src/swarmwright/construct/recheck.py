"""Re-checking a delivered package from its own folder: the kernel's phases, then fresh inputs and its own tests.

Whatever the folder claims is checked again, without any model or ledger. Where the bytes are not the delivered ones
nothing is run: it would say something of another package.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from swarmwright.verify.certificates import MANIFEST_NAME, read_manifest
from swarmwright.verify.examine import Examiner
from swarmwright.verify.kernel import (
    Package,
    Recheck,
    check_behaviour,
    check_claims,
    conclude,
    failed,
    read_package,
)
from swarmwright.verify.ports import Job, Limits, Sandbox
from swarmwright.verify.values import Candidate

INPUTS = 200
"""How many fresh inputs each delivered Unit is tried on, beside the recorded ones."""
SEED = 7
"""Other inputs than those of the build, and the same ones each time."""


async def recheck(folder: Path, sandbox: Sandbox) -> tuple[Recheck, ...]:
    """Check a delivered package whose bytes are sound: claims, then behaviour, fresh inputs and its own tests.

    Raises:
        OutputFolderError: the folder holds no package of this version.
    """
    package = read_package(folder)
    found = check_claims(package)
    if failed(found):
        return (*found, Recheck("behaviour", "skipped", "nothing was run: the package contradicts itself"))
    examiner = await Examiner.open(package.spec, sandbox)
    try:
        found += await check_behaviour(package, examiner)
        if not failed(found):
            found += await _fresh(package, examiner)
    finally:
        await examiner.close()
    if not failed(found):
        found += (await _own_tests(folder, sandbox),)
    return found if failed(found) else (*found, conclude(package))


async def _fresh(package: Package, examiner: Examiner) -> tuple[Recheck, ...]:
    """Try every delivered Unit on inputs that nobody has recorded; one line where nothing is found."""
    found: list[Recheck] = []
    count = 0
    for name, body in package.bodies.items():
        inputs = await examiner.draw(name, count=INPUTS, seed=SEED)
        callees = {other: text for other, text in package.bodies.items() if other != name}
        examination = await examiner.examine(Candidate(name, body), inputs, callees)
        count += len(inputs.calls)
        if examination.key is None:
            why = examination.flag or str(examination.counterexample)
            found.append(Recheck(name, "fails", f"on a fresh input: {why}"))
    return tuple(found) or (Recheck("fresh inputs", "holds", f"{count} inputs, nothing was found"),)


async def _own_tests(folder: Path, sandbox: Sandbox) -> Recheck:
    """Run the package's own tests with plain pytest, in the sandbox; what was added to the folder stays outside."""
    listed = read_manifest((folder / MANIFEST_NAME).read_bytes()) or {}
    return await run_tests({name: (folder / name).read_bytes() for name in tested(sorted(listed))}, sandbox)


def tested(names: Sequence[str]) -> list[str]:
    """Return those of a folder's files that its own tests need: the package, the tests, and how they are run."""
    return [name for name in names if name.endswith((".py", ".typed", ".toml")) and not name.startswith("spec/")]


async def run_tests(files: Mapping[str, bytes], sandbox: Sandbox) -> Recheck:
    """Run generated tests over a generated package with plain pytest in a sandbox of their own."""
    job = Job(
        arguments=("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "tests"),
        files=files,
        limits=Limits(wall_s=600, cpu_s=600, memory_bytes=2 << 30),
    )
    result = await sandbox.run(job)
    lines = result.stdout.decode(errors="replace").strip().splitlines()
    last = lines[-1].strip("= ") if lines else result.stderr.decode(errors="replace")[-300:]
    if result.exit_code == 0:
        return Recheck("tests", "holds", last)
    failed_lines = [line for line in lines if line.startswith(("FAILED", "ERROR"))][:5]
    return Recheck("tests", "fails", textwrap.shorten("; ".join([last, *failed_lines]), 600))
