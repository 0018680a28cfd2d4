"""A build that asks an endpoint with habits: what it can do is learned once, and kept for the next run."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import msgspec

from swarmwright.adapters.capabilities import Capabilities
from swarmwright.simulate.endpoints import FakeEndpoint, OneAnswer

from .conftest import COMMAND, Desk

SPEC = '''
def {name}(value: int) -> int:
    """Return something.

    >>> {name}(1)
    1
    """
    ...
'''


def asked_for(desk: Desk, name: str, server: FakeEndpoint) -> list[str]:
    spec = desk.folder / f"{name}.py"
    spec.write_text(SPEC.format(name=name), encoding="utf-8")
    words = ["build", str(spec), "--out", str(desk.folder / name), "--base-url", server.base_url, "--model", "m"]
    return [*COMMAND[1:], *words, "--no-progress", "--max-calls", "4"]


async def build(desk: Desk, name: str, server: FakeEndpoint) -> None:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, *asked_for(desk, name, server), cwd=desk.folder, env=desk.environment, stdout=pipe, stderr=pipe
    )
    stdout, stderr = await process.communicate()
    said = (stdout + stderr).decode()
    assert process.returncode in (0, 3), said
    assert "Traceback" not in said


def kept_by(desk: Desk) -> Path:
    (kept,) = (desk.folder / "home").rglob("endpoints/*.json")
    return kept


def test_what_an_endpoint_can_do_is_learned_once_and_kept(desk: Desk) -> None:
    async def main() -> tuple[list[int | None], list[int | None]]:
        async with FakeEndpoint(OneAnswer()) as server:
            await build(desk, "one", server)
            learned = [asked.n for asked in server.seen]
            assert msgspec.json.decode(kept_by(desk).read_bytes(), type=Capabilities).most_choices == 1
            server.seen.clear()
            await build(desk, "two", server)
            known = [asked.n for asked in server.seen]
            kept_by(desk).write_bytes(b'{"most_choices": "many"')
            await build(desk, "three", server)
            return learned, known

    learned, known = asyncio.run(main())
    assert any((n or 1) > 1 for n in learned), "several answers were never asked for at once"
    assert known
    assert all((n or 1) == 1 for n in known), "what was learned was forgotten"
    # What could not be read was learned again.
    assert msgspec.json.decode(kept_by(desk).read_bytes(), type=Capabilities).most_choices == 1
