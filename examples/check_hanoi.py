"""Check a solved Hanoi by a program that knows nothing of swarmwright: only the rules, and the answers in order.

    python examples/check_hanoi.py run/hanoi/answers.jsonl --disks 20

Reads the answers of examples/hanoi.py: at even steps the peg to which the smallest disk goes, at odd steps the disk
that moves between the two other pegs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path


def check(file: Path, disks: int) -> str:
    """Return "" where the answers solve the puzzle by legal moves in the fewest steps, else the first fault."""
    with file.open(encoding="utf-8") as lines:
        return fault_of(lines, disks)


def fault_of(lines: Iterable[str], disks: int) -> str:
    """Play the answers, one a line, and return the first fault, "" where there is none."""
    pegs = [list(range(disks, 0, -1)), [], []]
    moves = 0
    for line in lines:
        entry = json.loads(line)
        if entry["step"] != moves:
            return f"step {moves} is missing"
        small = next(peg for peg in range(3) if pegs[peg] and pegs[peg][-1] == 1)
        if moves % 2 == 0:
            if entry["answer"] not in ("A", "B", "C"):
                return f"step {moves}: {entry['answer']!r} is no peg"
            start, end = small, "ABC".index(entry["answer"])
        else:
            start, end = (peg for peg in range(3) if peg != small)
            if not pegs[start] or pegs[start][-1] != entry["answer"]:
                start, end = end, start
            if not pegs[start] or pegs[start][-1] != entry["answer"]:
                return f"step {moves}: disk {entry['answer']} is not on top of a peg that may give it"
        if start == end or (pegs[end] and pegs[end][-1] < pegs[start][-1]):
            return f"step {moves}: disk {pegs[start][-1]} cannot go from {'ABC'[start]} to {'ABC'[end]}"
        pegs[end].append(pegs[start].pop())
        moves += 1
    if len(pegs[2]) != disks:
        return f"after {moves} moves only {len(pegs[2])} of {disks} disks are on C"
    if moves != 2**disks - 1:
        return f"{moves} moves were made, and {2**disks - 1} are enough"
    return ""


def main() -> int:
    """Check the file that the command line names."""
    parser = argparse.ArgumentParser(description="Check the answers of examples/hanoi.py.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--disks", type=int, required=True)
    arguments = parser.parse_args()
    fault = check(arguments.file, arguments.disks)
    print(fault or f"solved: {2**arguments.disks - 1:,} legal moves, all {arguments.disks} disks on C")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
