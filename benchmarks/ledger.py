"""What a vote costs in the ledger: time and bytes, beside one row a vote in the same SQLite.

Run: ``python benchmarks/ledger.py [tasks]``. Each Task is three votes and a decision; the votes of 1,000 samples
are committed at once, in both. Every number is of this run on this machine; the ratio is what carries over.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from swarmwright.adapters.sqlite import open_ledger, verify_ledger
from swarmwright.ledger.events import AnyEvent, Decided, TaskId, Voted

VOTES_A_TASK = 3
TASKS_A_COMMIT = 333


def batches(tasks: int) -> Iterator[list[AnyEvent]]:
    batch: list[AnyEvent] = []
    for number in range(tasks):
        digest = hashlib.sha256(b"%d" % number).digest()
        task, key = TaskId(digest[:16]), digest[16:24]
        batch.append(Voted(task, 0, (key,) * VOTES_A_TASK, 30, 0.0003))
        batch.append(Decided(task, True, 0, VOTES_A_TASK, VOTES_A_TASK, 2, "ahead by 3"))
        if len(batch) >= 2 * TASKS_A_COMMIT:
            yield batch
            batch = []
    if batch:
        yield batch


def in_frames(path: Path, tasks: list[list[AnyEvent]]) -> float:
    ledger = open_ledger(path)
    start = time.perf_counter()
    for batch in tasks:
        ledger.append(batch)
        ledger.commit()
    seconds = time.perf_counter() - start
    ledger.close()
    return seconds


def in_rows(path: Path, tasks: list[list[AnyEvent]]) -> float:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE votes (task BLOB, sample INTEGER, key BLOB)")
    raw.execute("CREATE TABLE decisions (task BLOB, sample INTEGER, votes INTEGER)")
    start = time.perf_counter()
    for batch in tasks:
        raw.execute("BEGIN")
        for event in batch:
            if isinstance(event, Voted):
                raw.executemany(
                    "INSERT INTO votes VALUES (?, ?, ?)", [(event.task, n, k) for n, k in enumerate(event.keys)]
                )
            elif isinstance(event, Decided):
                raw.execute("INSERT INTO decisions VALUES (?, ?, ?)", (event.task, event.sample, event.votes))
        raw.execute("COMMIT")
    seconds = time.perf_counter() - start
    raw.execute("PRAGMA journal_mode=DELETE")
    raw.close()
    return seconds


def main(tasks: int) -> None:
    made = list(batches(tasks))
    votes = tasks * VOTES_A_TASK
    with tempfile.TemporaryDirectory() as folder:
        frames, rows = Path(folder) / "frames.ledger", Path(folder) / "rows.db"
        took = {"frames": in_frames(frames, made), "rows": in_rows(rows, made)}
        size = {"frames": frames.stat().st_size, "rows": rows.stat().st_size}
        for name in took:
            print(
                f"{name:7} {votes / took[name]:>10,.0f} votes/s {1e6 * took[name] / votes:6.2f} us/vote "
                f"{size[name] / votes:6.2f} bytes/vote"
            )
        ratios = took["frames"] / took["rows"], size["frames"] / size["rows"]
        print(f"frames take {ratios[0]:.2f} of the time, {ratios[1]:.2f} of the bytes")
        start = time.perf_counter()
        report = verify_ledger(frames)
        print(f"verified {report.frames} frames in {time.perf_counter() - start:.2f} s: {report.fault or 'sound'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
