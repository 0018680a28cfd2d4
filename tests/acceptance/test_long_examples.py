"""The examples of long tasks end right in the made-up world, and what checks them finds what is wrong."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from .test_run import Bench

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NOISE = ("--error-rate", "0.1", "--flag-rate", "0.1", "--seed", "5")
Line = dict[str, Any]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_hanoi", EXAMPLES / "check_hanoi.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(bench: Bench, name: str, *words: object) -> tuple[str, list[Line]]:
    result = bench.call("run", EXAMPLES / f"{name}.py", "--simulate", "--no-progress", "--out", bench.out, *words)
    assert result.code == 0, result.said
    return result.said, bench.answers()


# Hanoi, cut small


def moves(disks: int) -> Iterator[tuple[int, int, int]]:
    """Yield (disk, from, to), by the recursion that everybody knows."""

    def tower(height: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        if height:
            spare = 3 - start - end
            yield from tower(height - 1, start, spare)
            yield height, start, end
            yield from tower(height - 1, spare, end)

    yield from tower(disks, 0, 2)


def hanoi_lines(disks: int) -> list[Line]:
    """The answers of examples/hanoi.py: where disk 1 goes, and which disk moves between."""
    return [
        {"step": step, "answer": "ABC"[end] if step % 2 == 0 else disk}
        for step, (disk, _, end) in enumerate(moves(disks))
    ]


@pytest.mark.parametrize("words", [(), ("--no-reuse",)])
@pytest.mark.parametrize("disks", [1, 2, 7, 8])
def test_hanoi_is_solved(bench: Bench, checker: ModuleType, disks: int, words: tuple[str, ...]) -> None:
    said, answers = run(bench, "hanoi", "--disks", disks, *words, *NOISE)
    assert f"after {2**disks - 1:,} moves 0 disks on A, 0 on B, {disks} on C." in said
    assert answers == hanoi_lines(disks)
    assert checker.check(bench.out / "answers.jsonl", disks) == ""


def changed(lines: list[Line], place: int, answer: object) -> list[Line]:
    return [*lines[:place], {**lines[place], "answer": answer}, *lines[place + 1 :]]


def numbered(lines: list[Line]) -> list[Line]:
    return [{**line, "step": step} for step, line in enumerate(lines)]


FAULTS: dict[str, tuple[Callable[[list[Line]], list[Line]], str]] = {
    "a move to where the disk is": (lambda lines: changed(lines, 0, "A"), "step 0: disk 1 cannot go from A to A"),
    "a move to the wrong peg": (lambda lines: changed(lines, 0, "B"), "step "),
    "a peg that is not there": (lambda lines: changed(lines, 2, "D"), "step 2: 'D' is no peg"),
    "two pegs at once": (lambda lines: changed(lines, 2, "BC"), "step 2: 'BC' is no peg"),
    "no peg": (lambda lines: changed(lines, 2, None), "step 2: None is no peg"),
    "a disk that is not on top": (lambda lines: changed(lines, 1, 3), "step 1: disk 3 is not on top"),
    "a disk in place of a truth": (lambda lines: changed(lines, 3, "3"), "step 3: disk 3 is not on top"),
    "a missing step": (lambda lines: [*lines[:3], *lines[4:]], "step 3 is missing"),
    "two steps changed about": (lambda lines: [lines[1], lines[0], *lines[2:]], "step 0 is missing"),
    "an end too early": (lambda lines: lines[:-2], "after 5 moves only 1 of 3 disks are on C"),
    "nothing": (lambda lines: [], "after 0 moves only 0 of 3 disks are on C"),
    "more moves than are needed": (
        lambda lines: numbered([*lines, {"answer": "A"}, {"answer": 3}]),
        "step 7: ",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_checker_of_hanoi_finds(checker: ModuleType, tmp_path: Path, name: str) -> None:
    spoil, said = FAULTS[name]
    lines = hanoi_lines(3)
    file = tmp_path / "answers.jsonl"

    def check(content: list[Line]) -> str:
        file.write_text("".join(f"{json.dumps(line)}\n" for line in content), encoding="utf-8")
        found: str = checker.check(file, 3)
        return found

    assert check(lines) == ""
    assert check(spoil(lines)).startswith(said)


def test_the_checker_finds_any_single_change(checker: ModuleType, tmp_path: Path) -> None:
    lines = hanoi_lines(4)
    file = tmp_path / "answers.jsonl"
    for place, line in enumerate(lines):
        others = {"A", "B", "C"} - {line["answer"]} if place % 2 == 0 else {1, 2, 3, 4, 5} - {line["answer"]}
        for other in others:
            content = changed(lines, place, other)
            file.write_text("".join(f"{json.dumps(one)}\n" for one in content), encoding="utf-8")
            assert checker.check(file, 4), (place, other)


# Hanoi with the whole state


@pytest.mark.parametrize("disks", [1, 4, 5])
def test_hanoi_with_the_whole_state_is_solved(bench: Bench, disks: int) -> None:
    said, answers = run(bench, "hanoi_whole", "--disks", disks, *NOISE)
    pegs = [list(range(disks, 0, -1)), [], []]
    for line in answers:
        disk, start, end = line["answer"]["move"]
        assert pegs[start].pop() == disk
        assert not pegs[end] or pegs[end][-1] > disk
        pegs[end].append(disk)
        assert line["answer"]["state"] == pegs
    assert [len(peg) for peg in pegs] == [0, disks * (disks % 2), disks * (1 - disks % 2)]
    assert len(answers) == 2**disks - 1
    assert f"{disks} disks on {1 if disks % 2 else 2}" in said


# Sorting


@pytest.mark.parametrize(("count", "seed"), [(1, 0), (2, 1), (60, 7)])
def test_sorting_sorts(bench: Bench, count: int, seed: int) -> None:
    said, answers = run(bench, "sorting", *NOISE, "--", "--numbers", count, "--seed", seed)
    given = random.Random(seed).sample(range(1000), count)
    answered = iter(line["answer"] for line in answers)
    ordered: list[int] = given[:1]
    for number in given[1:]:
        low, high = 0, len(ordered)
        while low < high:
            middle = (low + high) // 2
            answer = next(answered)
            assert answer == min(number, ordered[middle])
            low, high = (low, middle) if answer == number else (middle + 1, high)
        ordered.insert(low, number)
    assert next(answered, None) is None
    assert ordered == sorted(given)
    assert f"{count} of {count} numbers are placed, in order." in said


# Long multiplication


@pytest.mark.parametrize(("a", "b"), [(0, 0), (7, 8), (0, 905), (999, 9999), (123456789, 987654321)])
def test_multiplication_multiplies(bench: Bench, a: int, b: int) -> None:
    said, answers = run(bench, "multiplication", "--a", a, "--b", b, *NOISE)
    assert f"{a} * {b} = {a * b}, right." in said
    left, right = [int(digit) for digit in reversed(str(a))], [int(digit) for digit in reversed(str(b))]
    total = 0
    for line in answers:
        words = line["name"].split()
        if words[0] == "digit":
            i, j = int(words[1]), int(words[4])
            assert line["answer"] == left[i] * right[j]
            total += line["answer"] * 10 ** (i + j)
    assert total == a * b
    assert len(answers) == 2 * len(left) * len(right)
