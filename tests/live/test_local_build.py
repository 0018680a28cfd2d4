"""The real local models: the port's own suite behind our server, and a small build from the command line."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from model_port import CHECKS

from swarmwright.adapters.hub import cache_folder, fetch, find_model
from swarmwright.adapters.local import LocalModel
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Completion, Model, ModelRequest

pytestmark = [pytest.mark.live, pytest.mark.slow]

SMALL, LARGE = "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"
TERSE_TOKENS = 12


class Terse:
    """A Model whose answers are short: what the suite asks of the port does not hang on their length."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.name, self.digest, self.family = model.name, model.digest, model.family
        self.concurrency = model.concurrency

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        sampling = msgspec.structs.replace(request.sampling, max_tokens=TERSE_TOKENS)
        return await self.model.complete(msgspec.structs.replace(request, sampling=sampling))

    async def close(self) -> None:
        await self.model.close()


def test_the_local_model_keeps_the_port() -> None:
    known = find_model(SMALL)
    path = fetch(known)

    async def main() -> None:
        local = LocalModel(
            known.name, path, digest=known.sha256, family=known.family, slots=4, threads=0, clock=LoopClock()
        )
        try:
            for check in CHECKS:
                await check(Terse(local))
        finally:
            await local.close()

    asyncio.run(main())


SPEC = '''
def largest(xs: list[int]) -> int:
    """Return the largest number of a list, or 0 where the list is empty.

    >>> largest([3, 9, 4])
    9
    >>> largest([])
    0
    >>> largest([-5, -2])
    -2
    """
    ...


def vowels(text: str) -> int:
    """Count the letters a, e, i, o and u in a text, small or capital.

    >>> vowels("Education")
    5
    >>> vowels("")
    0
    >>> vowels("xyz")
    0
    """
    ...
'''
HIDDEN = {
    "m.largest": "assert [m.largest(x) for x in ([7], [1, 1], [-1, 0, -3])] == [7, 1, 0]",
    "m.vowels": "assert [m.vowels(x) for x in ('AEIOU', 'rhythm', 'a e')] == [5, 0, 2]",
}


def test_a_build_delivers_what_is_right_and_nothing_else(tmp_path: Path) -> None:
    """With a store of answers of its own: an answer that was kept from before would ask no model."""
    fetch(find_model(LARGE))
    models = tmp_path / "cache" / "models"
    models.mkdir(parents=True)
    for file in cache_folder().glob(f"{find_model(LARGE).file}*"):
        (models / file.name).symlink_to(file)
    (tmp_path / "m.py").write_text(SPEC, encoding="utf-8")
    (tmp_path / "swarm.toml").write_text("mutants = 4\nsymbolic_s = 1.0\n", encoding="utf-8")
    program = "from swarmwright.cli import main; main()"
    words = ["build", "m.py", "--out", "out", "--model", LARGE, "--config", "swarm.toml", "--no-progress"]
    environment = {**os.environ, "SWARMWRIGHT_CACHE": str(tmp_path / "cache"), "NO_COLOR": "1"}
    built = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = built.stdout + built.stderr
    assert built.returncode in (0, 3), said
    evidence = json.loads((tmp_path / "out" / "evidence.json").read_text(encoding="utf-8"))
    assert evidence["delivered"], said
    assert evidence["costs"]["kept"] == 0
    assert set(evidence["delivered"]) | set(evidence["undecided"]) == set(HIDDEN)
    for unit in evidence["delivered"]:
        subprocess.run([sys.executable, "-c", f"import m; {HIDDEN[unit]}"], cwd=tmp_path / "out", check=True)
