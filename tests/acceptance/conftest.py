"""The command line as its users see it: a process, its two streams and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-c", "from swarmwright.cli import main; main()")

SPEC = '''
"""Small sums and shouts."""

import icontract


@icontract.require(lambda n: n >= 0)
@icontract.ensure(lambda n, result: result >= n)
def double(n: int) -> int:
    """Return n times two.

    >>> double(0)
    0
    >>> double(1)
    2
    >>> double(21)
    42
    """
    ...


def shout(text: str) -> str:
    """Return the text in capitals with an exclamation mark at its end.

    >>> shout("hi")
    'HI!'
    >>> shout("")
    '!'
    >>> shout("a b")
    'A B!'
    """
    ...


def quadruple(n: int) -> int:
    """Return the double of the double of the absolute value of n.

    Uses: double

    >>> quadruple(0)
    0
    >>> quadruple(3)
    12
    >>> quadruple(-5)
    20
    """
    ...


def law_doubling_is_adding(n: int) -> bool:
    """Doubling is adding a number to itself."""
    return double(abs(n)) == abs(n) + abs(n)
'''
SOLUTIONS = """
def double(n: int) -> int:
    return n * 2


def shout(text: str) -> str:
    return text.upper() + "!"


def quadruple(n: int) -> int:
    return double(double(abs(n)))
"""
CONFIG = """
inputs = 60
mutants = 4
symbolic_s = 4.0

[simulate]
solutions = "{solutions}"
accuracy = {accuracy}
correlated = {correlated}
flag_rate = 0.05
latency_s = [{latency_s}, {latency_s}]
"""


class Desk:
    """A folder with a specification, solutions for the simulated model, and settings; a home of its own."""

    def __init__(self, folder: Path, *, accuracy: float = 0.9, correlated: float = 0.0, latency_s: float = 0.0) -> None:
        self.folder = folder
        self.spec = folder / "sums.py"
        self.spec.write_text(SPEC, encoding="utf-8")
        solutions = folder / "solutions.py"
        solutions.write_text(SOLUTIONS, encoding="utf-8")
        self.config = folder / "swarm.toml"
        text = CONFIG.format(solutions=solutions, accuracy=accuracy, correlated=correlated, latency_s=latency_s)
        self.config.write_text(text, encoding="utf-8")
        self.out = folder / "out"
        self.environment = {
            "HOME": str(folder / "home"),
            "SWARMWRIGHT_CACHE": str(folder / "home" / "cache"),
            "XDG_CACHE_HOME": str(folder / "home" / "cache"),
            "XDG_DATA_HOME": str(folder / "home" / "data"),
            "PATH": os.environ["PATH"],
            "NO_COLOR": "1",
            "COLUMNS": "160",
        }
        (folder / "home").mkdir(exist_ok=True)

    def run(self, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, words)],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*COMMAND, *map(str, words)],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def build_words(self, out: Path | None = None) -> tuple[str | Path, ...]:
        return ("build", self.spec, "--out", out or self.out, "--config", self.config, "--no-progress")

    def build(self, out: Path | None = None, *more: str) -> subprocess.CompletedProcess[str]:
        return self.run(*self.build_words(out), *more)

    def bytes_of_all(self) -> dict[str, bytes]:
        """Every file of the output folder, but what its own tests left."""
        left_by_tests = {"__pycache__", ".hypothesis"}
        files = [path for path in self.out.rglob("*") if path.is_file() and not left_by_tests & set(path.parts)]
        return {str(path.relative_to(self.out)): path.read_bytes() for path in sorted(files)}

    def package(self, out: Path | None = None) -> dict[str, str]:
        """What a build is about: every file but the evidence (it holds times) and the ledger."""
        root = out or self.out
        left_by_tests = {"__pycache__", ".hypothesis"}
        files = [path for path in root.rglob("*") if path.is_file() and not left_by_tests & set(path.parts)]
        names = {str(path.relative_to(root)): path for path in files}
        return {
            name: path.read_text(encoding="utf-8")
            for name, path in sorted(names.items())
            if not name.startswith(("run.ledger", "EVIDENCE.md", "evidence.json", "MANIFEST.sha256"))
        }


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk at which everything was built and delivered."""
    desk = Desk(tmp_path_factory.mktemp("built"))
    result = desk.build()
    assert result.returncode == 0, result.stdout + result.stderr
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk at which nothing was done yet."""
    return Desk(tmp_path)
