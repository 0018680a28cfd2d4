"""CodeT's recorded samples and model-written tests of CodeGen-16B, replayed as models.

Data: github.com/microsoft/CodeT (Chen et al. 2022, arXiv 2207.10397), 100 samples and 100 blocks of tests for each
HumanEval problem. They are found by the function's name and, where two problems share one, by the words of the prompt.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from benchmarks.quality.recordings import missing_answer

from swarmwright.agents.ports import Completion, ModelRequest
from swarmwright.errors import UsageError
from swarmwright.swarm.values import Rung

NAME = "codegen-16b"
TESTS_NAME = "codegen-16b-tests"
SOLUTIONS_FILE = "HumanEval_codegen16B_solutions.jsonl.gz"
TESTS_FILE = "HumanEval_codegen16B_tests.jsonl.gz"
FIRST = 10
"""So many samples are asked at first; after that only what is missing."""
BLOCKS = 10
"""Recorded blocks of tests that make one tester's answer: most of them hold one test or none."""

_ASKED = re.compile(r"\bdef\s+(\w+)\s*\(")
_QUOTES = re.compile(r'"""|\'\'\'')


class Entry(msgspec.Struct, frozen=True):
    """What was recorded for one problem: the prompt, and the answers in order."""

    prompt: str
    samples: tuple[str, ...]

    @property
    def name(self) -> str:
        """The function that the prompt asks for."""
        names = _ASKED.findall(self.prompt)
        return str(names[-1]) if names else ""


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Read one of the data files.

    Raises:
        UsageError: it is missing or is no such file.
    """
    try:
        with gzip.open(path) as lines:
            return tuple(msgspec.json.decode(line, type=Entry) for line in lines if line.strip())
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error}); --data must name the folder that holds codet/.") from None
    except (EOFError, zlib.error, msgspec.MsgspecError) as error:
        raise UsageError(f"{path} is not what CodeT published ({error}).") from None


def ladder(samples: int) -> tuple[Rung, ...]:
    """Return the ladder of the replay: tests where the specification is thin, then samples as they are needed."""
    return (
        Rung("tester", TESTS_NAME, 1, when="thin"),
        Rung("coder-plain", NAME, min(FIRST, samples), most=samples),
    )


class RecordedSamples:
    """A model whose answers for a function are the recorded samples, in order; nothing where they are used up."""

    def __init__(self, name: str, entries: Iterable[Entry], *, samples: int) -> None:
        """Take what was recorded.

        Args:
            name: of the model.
            entries: the recorded answers.
            samples: no more than so many of each.
        """
        self.missing = 0
        self._name = name
        self._samples = samples
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.name, []).append(entry)
        self._places: dict[str, dict[int, int]] = {}

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    @property
    def digest(self) -> str:
        """What identifies it for record and replay."""
        return f"recorded:{self._name}:{self._samples}"

    @property
    def family(self) -> str:
        """CodeGen errs as CodeGen does."""
        return "codegen"

    @property
    def concurrency(self) -> int:
        """Reading is not rationed."""
        return 8

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return the next recorded samples of the function that is asked for, empty ones where none are left."""
        entry = self._entry(request)
        numbers = range(request.first, request.first + request.count)
        return tuple(self._completion(entry, number, request.sampling.stop) for number in numbers)

    async def close(self) -> None:
        """Nothing to release."""

    def _entry(self, request: ModelRequest) -> Entry | None:
        asked = "\n".join(message.content for message in request.messages)
        names = [name for name in _ASKED.findall(asked) if name in self._entries]
        return find_entry(self._entries[names[-1]], asked) if names else None

    def _completion(self, entry: Entry | None, number: int, stops: Sequence[str]) -> Completion:
        if entry is not None:
            # Samples of other rungs are numbered too; each new number takes the next recorded answer.
            places = self._places.setdefault(entry.prompt, {})
            place = places.setdefault(number, len(places))
            if place < min(self._samples, len(entry.samples)):
                text = cut_at(continued(entry, entry.samples[place]), stops)
                return Completion(text, number, "stop", 0, (len(text) + 3) // 4, 0.0, 0.0, estimated=True)
        self.missing += 1
        return missing_answer(number)


def find_entry(entries: Sequence[Entry], asked: str) -> Entry:
    """Return the entry whose prompt shares most words with what is asked."""
    words = set(asked.split())
    return max(entries, key=lambda entry: _shared(entry.prompt.split(), words))


def _shared(prompt: Sequence[str], words: set[str]) -> float:
    return sum(word in words for word in prompt) / max(1, len(prompt))


def continued(entry: Entry, sample: str) -> str:
    """Return the sample from where its prompt ends: some repeat the end of the docstring first."""
    quotes = _QUOTES.search(sample)
    if quotes is None or sample.startswith("    "):
        return sample
    said = " ".join(sample[: quotes.start()].split())
    return sample[quotes.end() :].lstrip("\n") if said in " ".join(entry.prompt.split()) else sample


def cut_at(text: str, stops: Sequence[str]) -> str:
    """Return the text up to the first stop, as an endpoint would have sent it."""
    places = [place for stop in stops if stop and (place := text.find(stop)) >= 0]
    return text[: min(places)] if places else text


def answers_of_tests(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries whose answers are several blocks of tests each, as a tester would write them."""
    return tuple(
        Entry(
            entry.prompt,
            tuple(
                "".join(f"assert {block.strip()}\n" for block in entry.samples[at : at + BLOCKS] if block.strip())
                for at in range(0, len(entry.samples), BLOCKS)
            ),
        )
        for entry in entries
    )


def models(data: Path, samples: int) -> dict[str, RecordedSamples]:
    """Return the two replayed models of the data folder.

    Raises:
        UsageError: the data are not there, or not as they should be.
    """
    folder = data / "codet"
    tests = answers_of_tests(read_entries(folder / TESTS_FILE))
    return {
        NAME: RecordedSamples(NAME, read_entries(folder / SOLUTIONS_FILE), samples=samples),
        TESTS_NAME: RecordedSamples(TESTS_NAME, tests, samples=100),
    }
