"""Runs the hostile candidates in a process of its own and prints what happened as JSON.

Usage: ``python hostile_driver.py TIER FOLDER`` runs all; with ``hold`` as third argument it starts an Executor,
prints the process ids of everything below it and keeps a candidate busy until it is killed.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import select
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from hostile import AT_IMPORT, HOSTILE

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.verify.execution import Executor
from swarmwright.verify.values import Call

GOOD = "def double(x):\n    return 2 * x\n"
LOOP = "def f():\n    while True:\n        pass\n"
PR_SET_CHILD_SUBREAPER = 36


def descendants() -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = int(fields[1])
    found = {os.getpid()}
    while True:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        if not more:
            return sorted(found - {os.getpid()})
        found |= more


def survivors(seconds: float) -> list[int]:
    """Return what is still there after waiting at most that long for everything below us to end."""
    deadline = time.monotonic() + seconds
    while (found := descendants()) and time.monotonic() < deadline:
        try:
            watch = os.pidfd_open(found[0])
        except ProcessLookupError:
            continue
        select.select([watch], [], [], max(0.0, deadline - time.monotonic()))
        os.close(watch)
    return found


def prepare(folder: Path) -> tuple[Path, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret-name.txt"
    secret.write_text("the secret itself")
    return secret, folder / "outside.txt"


async def run_all(tier: str, secret: Path, outside: Path) -> dict:
    os.environ["HOSTILE_SECRET"] = "the secret of the environment"
    expected = "the-expected-" + "result"
    server = socket.create_server(("127.0.0.1", 0))
    server.setblocking(False)
    words = {"SECRET_FILE": str(secret), "SECRET_NAME": secret.name, "OUTSIDE": str(outside)}
    words["PORT"] = str(server.getsockname()[1])
    results = []
    executor = await Executor.open(open_sandbox(tier=tier))
    for hostile in (*HOSTILE, *AT_IMPORT):
        source = hostile.source
        for word, text in words.items():
            source = source.replace(word, text)
        argument = ["list", 1] if hostile.changed else 7
        calls = [Call("trap.f", (argument,)), Call("trap.good", (7,))]
        outcomes = await executor.run({"trap": source}, calls, cpu_s=0.3)
        served = await executor.run({"other": GOOD}, [Call("other.double", (21,))])
        kinds = [o.kind + (":" + o.error if o.kind == "raise" else "") for o in outcomes]
        shown = [[o.value, o.changed, o.detail] for o in outcomes]
        results.append({"name": hostile.name, "kinds": kinds, "shown": shown, "served": served[0].value})
    await executor.close()
    try:
        server.accept()
        connected = True
    except BlockingIOError:
        connected = False
    server.close()
    return {"results": results, "connected": connected, "strays": survivors(10.0), "word": expected}


async def hold(tier: str) -> None:
    executor = await Executor.open(open_sandbox(tier=tier))
    looping = [
        asyncio.create_task(executor.run({"m": LOOP}, [Call("m.f", ())], cpu_s=600.0, seed_index=index))
        for index in (0, 1)
    ]
    idle = len(descendants())
    while len(found := descendants()) < idle + 2:
        await asyncio.wait(looping, timeout=0.01)
    print(json.dumps(found), flush=True)
    await asyncio.gather(*looping)


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if sys.argv[3:] == ["hold"]:
        asyncio.run(hold(sys.argv[1]))
    else:
        home = Path(sys.argv[2])
        story = asyncio.run(run_all(sys.argv[1], *prepare(home)))
        print(json.dumps({**story, "left": sorted(path.name for path in home.iterdir())}))
