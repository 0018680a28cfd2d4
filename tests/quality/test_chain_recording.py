"""The real run without reuse (12 disks, every step voted afresh by the local model), replayed without a model."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from benchmarks.chain_runs import DEFAULT, main, replay


def test_the_recorded_run_solves_the_puzzle_without_a_wrong_step() -> None:
    seen = replay(DEFAULT)
    assert (seen.steps, seen.wrong) == (4_095, 0)
    assert seen.result == "after 4,095 moves 0 disks on A, 0 on B, 12 on C"
    assert seen.given >= 3 * 4_095


def test_a_changed_answer_is_outvoted_and_a_changed_majority_is_seen(tmp_path: Path) -> None:
    with lzma.open(DEFAULT, "rt", encoding="utf-8") as file:
        header, *steps = [json.loads(line) for line in file][:4]
    turned = {"B": "A", "C": "B", "A": "C", "True": "False", "False": "True"}
    steps[1] = [[asked, turned.get(text, text)] for asked, text in steps[1]]
    changed = tmp_path / "changed.jsonl.xz"
    changed.write_bytes(lzma.compress("".join(f"{json.dumps(line)}\n" for line in (header, *steps)).encode()))
    assert replay(changed).steps < 3
    assert main(["replay", str(DEFAULT), "--steps", "50"]) == 0


def test_another_prompt_than_was_asked_ends_the_replay(tmp_path: Path) -> None:
    with lzma.open(DEFAULT, "rt", encoding="utf-8") as file:
        header, *steps = [json.loads(line) for line in file][:6]
    steps[2][0][0] = "0" * 10
    changed = tmp_path / "changed.jsonl.xz"
    changed.write_bytes(lzma.compress("".join(f"{json.dumps(line)}\n" for line in (header, *steps)).encode()))
    assert replay(changed).steps == 2
