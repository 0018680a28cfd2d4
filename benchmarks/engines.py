"""One long chain, the same made-up votes, in engines that keep what they do: what a decided step costs in each.

    pip install langgraph langgraph-checkpoint-sqlite dbos
    python benchmarks/engines.py [--steps-power 15] [--seconds 20]

The Towers of Hanoi, k = 3, per-step error .0022, red flags 2 %, nothing reused: the plain loop of ``plain.py``,
swarmwright, LangGraph with its SQLite checkpointer, and DBOS with SQLite. The other engines are not dependencies of
ours; one that is not installed is left out. Each is used as its documentation has it: in LangGraph a node that follows
itself, durability "sync"; in DBOS a workflow that calls a step in a loop. All votes of a decision are one node or step
there; one each would cost about three times as much. These engines do as many steps of the chain as they can in the
given seconds, the plain loop and swarmwright all of them. What came out is compared with the right state, and the votes
are counted in the engine's database afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import importlib.metadata
import importlib.util
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import msgspec

from plain import K, Voters, hanoi, run_plain, settings
from swarmwright.config.running import run_task
from swarmwright.config.settings import Config
from swarmwright.plan.questions import decode_answer
from swarmwright.plan.steps import Chain, Open

TRIAL = 200
"""Steps that an engine does first, to learn how many it can do in the time."""


class Timed(msgspec.Struct, frozen=True):
    """So many steps in so many seconds, with so many bytes on disk."""

    steps: int
    seconds: float
    processor_s: float
    kept_bytes: int


class Engine(NamedTuple):
    """How it runs the chain, which packages that needs, and what it keeps and does."""

    run: Callable[[int, float, Path], Timed]
    needs: tuple[str, ...]
    says: str


class State(TypedDict):
    """A state in plain values, with the votes of the step that led to it."""

    moves: int
    pegs: list[list[int]]
    votes: list[str]


class Walker:
    """The chain and its votes for an engine that has neither."""

    def __init__(self, power: int) -> None:
        loaded = hanoi(power)
        assert isinstance(loaded.task, Chain)
        self._chain = loaded.task
        self._state = type(loaded.task.first())
        self._voters = Voters(loaded, settings())

    def first(self) -> State:
        return self._plain(self._chain.first(), [])

    def votes(self, state: State) -> list[str]:
        """Return the samples of a step, of which one answer is ahead by k."""
        here = self._full(state)
        question = self._chain.question(here)
        assert question is not None
        task = self._voters.open(Open(state["moves"], question, partial(self._chain.truth, here)))
        keys: list[bytes] = []
        while missing := K - margin(keys):
            keys += self._voters.ask(task, len(keys), missing)
        self._voters.close(task)
        return [key.decode() for key in keys]

    def after(self, state: State, votes: list[str]) -> State:
        winner = max((vote for vote in votes if vote), key=votes.count)
        return self._plain(self._chain.after(self._full(state), decode_answer(winner.encode())), votes)

    def right(self, steps: int) -> State:
        """Return the state after so many right steps."""
        state = self._chain.first()
        for _ in range(steps):
            state = self._chain.after(state, self._chain.truth(state))
        return self._plain(state, [])

    def check(self, steps: int, end: State, kept_votes: int) -> None:
        """Make sure that an engine did what it was measured for."""
        assert end["pegs"] == self.right(steps)["pegs"], "the engine came to a wrong state"
        assert kept_votes >= K * steps, f"{kept_votes} votes were found for {steps} steps"

    def _full(self, state: State) -> Any:
        return self._state(state["moves"], tuple(map(tuple, state["pegs"])))

    @staticmethod
    def _plain(state: Any, votes: list[str]) -> State:
        return State(moves=state.moves, pegs=[list(peg) for peg in state.pegs], votes=votes)


def margin(keys: Sequence[bytes]) -> int:
    """Return by how many votes the leading answer is ahead of the next."""
    counts = sorted((keys.count(key) for key in {*keys} - {b""}), reverse=True)
    return (counts[0] if counts else 0) - (counts[1] if len(counts) > 1 else 0)


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def timed(run: Callable[[], object], steps: int, folder: Path) -> Timed:
    began, began_processor = time.perf_counter(), time.process_time()
    run()
    return Timed(steps, time.perf_counter() - began, time.process_time() - began_processor, size_of(folder))


def as_long_as(seconds: float, power: int, run: Callable[[int], object], folder: Path) -> Timed:
    """Run a few steps, reckon how many can be done in the time, and run those."""
    before = timed(partial(run, TRIAL), TRIAL, folder)
    steps = max(TRIAL, min(2**power - 1, int(seconds * TRIAL / before.seconds)))
    done = timed(partial(run, steps), steps, folder)
    return msgspec.structs.replace(done, kept_bytes=done.kept_bytes - before.kept_bytes)


def with_plain(power: int, _seconds: float, folder: Path, *, kind: str, commit_s: float) -> Timed:
    if not commit_s:
        power = min(power, 12)
    done = run_plain(hanoi(power), settings(), kind, folder, commit_s=commit_s)
    return Timed(done.steps, done.seconds, done.processor_s, done.kept_bytes)


def with_swarmwright(power: int, _seconds: float, folder: Path) -> Timed:
    loaded, voting = hanoi(power), settings()
    run = partial(run_task, Config(), loaded, folder, voting)
    done = timed(lambda: asyncio.run(run()), 2**power - 1, folder)
    return msgspec.structs.replace(done, kept_bytes=(folder / "run.ledger").stat().st_size)


def with_langgraph(power: int, seconds: float, folder: Path, *, durability: str) -> Timed:
    graphs = importlib.import_module("langgraph.graph")
    savers = importlib.import_module("langgraph.checkpoint.sqlite")
    walker = Walker(power)
    last = 0

    def decide(state: State) -> State:
        return walker.after(state, walker.votes(state))

    builder = graphs.StateGraph(State)
    builder.add_node("decide", decide)
    builder.add_edge(graphs.START, "decide")
    builder.add_conditional_edges("decide", lambda state: graphs.END if state["moves"] == last else "decide")
    with savers.SqliteSaver.from_conn_string(str(folder / "checkpoints.sqlite")) as saver:
        graph = builder.compile(checkpointer=saver)

        def run(steps: int) -> None:
            nonlocal last
            last = steps
            config = {"configurable": {"thread_id": f"chain-{steps}"}, "recursion_limit": steps + 1}
            graph.invoke(walker.first(), config, durability=durability)

        done = as_long_as(seconds, power, run, folder)
        thread = {"configurable": {"thread_id": f"chain-{done.steps}"}}
        kept = sum(len(one.checkpoint["channel_values"].get("votes", ())) for one in saver.list(thread))
        walker.check(done.steps, graph.get_state(thread).values, kept)
    return done


def with_dbos(power: int, seconds: float, folder: Path, *, journal: str) -> Timed:
    dbos = importlib.import_module("dbos")
    walker = Walker(power)
    path = folder / "dbos.sqlite"
    with sqlite3.connect(path) as connection:
        # The mode stays with the file, so this is how one changes it without touching the engine.
        connection.execute(f"PRAGMA journal_mode={journal}")
    connection.close()
    dbos.DBOS(config={"name": "chain", "system_database_url": f"sqlite:///{path}", "log_level": "ERROR"})

    @dbos.DBOS.step()  # type: ignore[untyped-decorator]
    def decide(state: State) -> list[str]:
        return walker.votes(state)

    @dbos.DBOS.workflow()  # type: ignore[untyped-decorator]
    def chain(steps: int) -> State:
        state = walker.first()
        for _ in range(steps):
            state = walker.after(state, decide(state))
        return state

    dbos.DBOS.launch()
    ends: dict[int, tuple[str, State]] = {}

    def run(steps: int) -> None:
        handle = dbos.DBOS.start_workflow(chain, steps)
        ends[steps] = handle.get_workflow_id(), handle.get_result()

    try:
        done = as_long_as(seconds, power, run, folder)
        workflow, end = ends[done.steps]
        kept = sum(len(step["output"]) for step in dbos.DBOS.list_workflow_steps(workflow))
        walker.check(done.steps, end, kept)
    finally:
        dbos.DBOS.destroy()
    return done


LANGGRAPH = ("langgraph", "langgraph-checkpoint-sqlite")
ENGINES = {
    "plain, rows": Engine(
        partial(with_plain, kind="rows", commit_s=0.02),
        (),
        "a row a vote, a commit every 20 ms; it cannot go on after a crash",
    ),
    "plain, frames": Engine(
        partial(with_plain, kind="frames", commit_s=0.02), (), "the same with up to 1,000 votes packed into a row"
    ),
    "plain, each": Engine(
        partial(with_plain, kind="rows", commit_s=0.0), (), "a row a vote, a commit a step: what the other engines do"
    ),
    "swarmwright": Engine(
        with_swarmwright,
        (),
        "votes, requests and decisions in a hashed chain, a commit every 20 ms; nothing leaves before its commit; "
        "goes on from the single votes it has",
    ),
    "langgraph": Engine(
        partial(with_langgraph, durability="sync"),
        LANGGRAPH,
        "the state with its votes after each step, commits before the next one; goes on from the last whole step",
    ),
    "langgraph, async": Engine(
        partial(with_langgraph, durability="async"),
        LANGGRAPH,
        "its default: the same, while the next step is under way",
    ),
    "dbos": Engine(
        partial(with_dbos, journal="DELETE"),
        ("dbos",),
        "the votes of each step, commits before the next one; goes on by running the workflow again from its "
        "beginning, with the results of finished steps",
    ),
    "dbos, WAL": Engine(
        partial(with_dbos, journal="WAL"), ("dbos",), "the same with its file put into WAL mode before"
    ),
}


def in_child(name: str, power: int, seconds: float) -> Timed:
    """Run one engine in a process and a folder of its own."""
    command = [sys.executable, __file__, "--engine", name, "--steps-power", str(power), "--seconds", str(seconds)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(ran.stdout.splitlines()[-1], type=Timed)


def version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def table(power: int, seconds: float) -> None:
    done: dict[str, Timed] = {}
    for name, engine in ENGINES.items():
        versions = {package: version(package) for package in engine.needs}
        if not all(versions.values()):
            lacking = ", ".join(package for package, found in versions.items() if not found)
            print(f"{name:17} left out: not installed ({lacking})", flush=True)
            continue
        it = done[name] = in_child(name, power, seconds)
        print(_figures(name, it) + "".join(f"; {package} {found}" for package, found in versions.items()), flush=True)
    ours = done["swarmwright"]
    print("a step, in those of swarmwright:")
    for name, it in done.items():
        wall = it.seconds / it.steps / (ours.seconds / ours.steps)
        processor = it.processor_s / it.steps / (ours.processor_s / ours.steps)
        print(f"{name:17} x {wall:>7.2f} on the wall, x {processor:>7.2f} of processor time: {ENGINES[name].says}")


def _figures(name: str, it: Timed) -> str:
    wall, processor = it.seconds / it.steps * 1e6, it.processor_s / it.steps * 1e6
    return (
        f"{name:17} {it.steps:>7,} steps, {wall:>8,.1f} us a step on the wall, {processor:>8,.1f} of processor time, "
        f"{it.kept_bytes / it.steps:>7,.0f} bytes a step"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps-power", type=int, default=15, help="2 to the power of it, less 1, steps at most")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each of the other engines may take")
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine is None:
        table(options.steps_power, options.seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        timed = ENGINES[options.engine].run(options.steps_power, options.seconds, Path(folder))
    print(msgspec.json.encode(timed).decode())


if __name__ == "__main__":
    main()
