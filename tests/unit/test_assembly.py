"""Packages from specifications and bodies: what is written, that it works, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from swarmwright.construct.assembly import assemble, requirements
from swarmwright.construct.packaging import LEDGER_NAME, digests, format_files, require_usable, write_package
from swarmwright.errors import OutputFolderError, SpecError
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec

SHAPES = '''
"""Shapes and numerals."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

import icontract

LETTERS = "IVXLCDM"


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


@dataclass(frozen=True)
class Point:
    x: int
    y: float = 0.0
    colour: Colour = Colour.RED


class OddError(ValueError):
    """It is odd."""


@icontract.ensure(lambda p, result: result.x == -p.x)
def mirror(p: Point, *, scale: int = 1) -> Point:
    """Negate x.

    >>> mirror(Point(1, 2.5))
    Point(x=-1, y=2.5, colour=<Colour.RED: 1>)
    >>> p = Point(3)
    >>> mirror(p).x
    -3
    >>> print(mirror(p).x)
    -3
    """
    ...


@icontract.require(lambda n: n > 0 and n % 2 == 0)
@icontract.ensure(lambda n, result: result * 2 == n)
def half(n: int) -> int:
    """Halve an even number.

    >>> half(4)
    2
    """
    ...


def check_even(n: int) -> int:
    """Return n, or raise OddError.

    >>> check_even(2)
    2
    >>> check_even(3)
    Traceback (most recent call last):
        ...
    shapes.OddError: 3
    """
    ...


@icontract.require(lambda text: len(text) >= 1 and all(c in LETTERS for c in text))
@icontract.ensure(lambda result: result is True)
def is_numeral(text: str) -> bool:
    """Say yes.

    >>> is_numeral("XI")
    True
    """
    ...


def mean(numbers: list[float]) -> float:
    """The mean.

    >>> mean([0.1, 0.2, 0.3])
    0.2
    >>> mean([])
    nan
    """
    ...


def law_mirror_twice(p: Point) -> bool:
    """Mirroring twice changes nothing."""
    return mirror(mirror(p)) == p


def law_half_and_back(n: int) -> bool:
    """Half of the double."""
    return half(2 * (abs(n) + 1)) == abs(n) + 1
'''
BODIES = {
    "shapes.mirror": "return Point(-p.x, p.y, p.colour)",
    "shapes.half": "return n // 2",
    "shapes.check_even": "if n % 2:\n    raise OddError(n)\nreturn n",
    "shapes.is_numeral": "return True",
    "shapes.mean": "return sum(numbers) / len(numbers) if numbers else math.nan",
}


def shapes(folder: Path, source: str = SHAPES) -> Spec:
    file = folder / "shapes.py"
    file.write_text(source, encoding="utf-8")
    return read_spec(file)


def run_tests(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-rsf"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def build(spec: Spec, folder: Path, bodies: dict[str, str], undecided: dict[str, str] | None = None) -> Path:
    write_package(format_files(assemble(spec, bodies, undecided or {})), folder)
    return folder


def test_the_package_passes_its_own_tests_and_needs_nothing_of_ours(tmp_path: Path) -> None:
    out = build(shapes(tmp_path), tmp_path / "out", BODIES)
    result = run_tests(out)
    assert result.returncode == 0, result.stdout
    assert "14 passed" in result.stdout
    assert not [f for f in (out / "tests").iterdir() if "import swarmwright" in f.read_text(encoding="utf-8")]


WRONG = {
    "shapes.mirror": "return Point(p.x, p.y, p.colour)",
    "shapes.half": "return n // 2 if n % 8 else 1",
    "shapes.check_even": "return n",
    "shapes.is_numeral": "return 'M' not in text",
    "shapes.mean": "return 0.0",
}


def test_the_tests_find_every_wrong_body(tmp_path: Path) -> None:
    """No unit of these calls another, so each wrong body must fail tests that carry its own name."""
    result = run_tests(build(shapes(tmp_path), tmp_path / "out", WRONG))
    assert result.returncode == 1, result.stdout
    failed = [line for line in result.stdout.splitlines() if line.startswith("FAILED")]
    for unit in WRONG:
        assert any(f"::test_{unit.rpartition('.')[2]}" in line for line in failed), (unit, failed)


def test_what_is_undecided_stays_a_stub_and_its_tests_are_skipped_with_the_reason(tmp_path: Path) -> None:
    reason = 'two "behaviours" satisfy\nthe specification'
    bodies = {unit: body for unit, body in BODIES.items() if unit != "shapes.mirror"}
    out = build(shapes(tmp_path), tmp_path / "out", bodies, {"shapes.mirror": reason})
    result = run_tests(out)
    assert result.returncode == 0, result.stdout
    assert "5 skipped" in result.stdout
    assert "shapes.mirror is undecided" in result.stdout
    program = "import shapes; shapes.mirror(shapes.Point(1))"
    call = subprocess.run([sys.executable, "-c", program], cwd=out, capture_output=True, text=True, check=False)
    assert "NotImplementedError" in call.stderr


def test_names_of_the_specification_may_be_those_of_the_tools(tmp_path: Path) -> None:
    source = textwrap.dedent('''
        """Unlucky names."""

        import icontract


        @icontract.require(lambda st, settings: st < settings)
        @icontract.ensure(lambda result: result > 0)
        def given(st: int, settings: int) -> int:
            """The difference.

            >>> given(1, 3)
            2
            """
            ...


        def pytest(assume: str) -> str:
            """The same.

            >>> pytest("a")
            'a'
            """
            ...


        def test_law(x: int) -> int:
            """The same.

            >>> test_law(1)
            1
            """
            ...


        def law_reject(copy: int) -> bool:
            """The same."""
            return test_law(copy) == copy
    ''')
    bodies = {"shapes.given": "return settings - st", "shapes.pytest": "return assume", "shapes.test_law": "return x"}
    result = run_tests(build(shapes(tmp_path, source), tmp_path / "out", bodies))
    assert result.returncode == 0, result.stdout
    assert "5 passed" in result.stdout


def test_the_output_is_the_same_each_time(tmp_path: Path) -> None:
    spec = shapes(tmp_path)
    assert format_files(assemble(spec, BODIES, {})) == format_files(assemble(spec, BODIES, {}))


def test_requirements_are_what_the_specification_imports(tmp_path: Path) -> None:
    spec = shapes(tmp_path, SHAPES.replace("import math", "import math\nimport yaml\nfrom numpy import array"))
    assert requirements(spec) == ["icontract", "numpy", "pyyaml"]
    assert '"pyyaml",' in assemble(spec, BODIES, {})["pyproject.toml"]


def test_a_package_cannot_have_the_name_of_a_folder_of_the_output(tmp_path: Path) -> None:
    file = tmp_path / "tests.py"
    file.write_text('def one() -> int:\n    """One.\n\n    >>> one()\n    1\n    """\n    ...\n', encoding="utf-8")
    with pytest.raises(SpecError, match="cannot be called 'tests'"):
        assemble(read_spec(file), {}, {"tests.one": "no"})


# The folder


def test_a_folder_that_is_not_ours_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputFolderError, match="not empty"):
        write_package({"a.py": "x = 1\n"}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("", encoding="utf-8")
    with pytest.raises(OutputFolderError, match="is a file"):
        require_usable(file)


def evidence(files: dict[str, str]) -> dict[str, str]:
    return {**files, "evidence.json": json.dumps({"files": digests(files)})}


def ours(folder: Path) -> Path:
    folder.mkdir()
    (folder / LEDGER_NAME).touch()
    return folder


def test_what_an_earlier_build_wrote_is_replaced_and_what_others_wrote_is_kept(tmp_path: Path) -> None:
    out = ours(tmp_path / "out")
    write_package(evidence({"p/a.py": "a = 1\n", "p/old.py": "old = 1\n", "p/edited.py": "e = 1\n"}), out)
    (out / "p/edited.py").write_text("e = 'mine'\n", encoding="utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    write_package(evidence({"p/a.py": "a = 2\n", "p/edited.py": "e = 2\n"}), out)
    assert (out / "p/a.py").read_text(encoding="utf-8") == "a = 2\n"
    assert not (out / "p/old.py").exists()
    assert (out / "p/edited.py").read_text(encoding="utf-8") == "e = 2\n"
    assert (out / "p/edited.py.edited").read_text(encoding="utf-8") == "e = 'mine'\n"
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_forged_manifest_cannot_reach_outside(tmp_path: Path) -> None:
    out = ours(tmp_path / "out")
    outside = tmp_path / "outside.txt"
    outside.write_text("keep", encoding="utf-8")
    (out / "evidence.json").write_text(
        json.dumps({"files": {"../outside.txt": digests({"x": "keep"})["x"]}}), encoding="utf-8"
    )
    write_package({"p/a.py": "a = 1\n"}, out)
    assert outside.read_text(encoding="utf-8") == "keep"


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    out = ours(tmp_path / "out")
    (out / "p").touch()
    with pytest.raises(OutputFolderError, match="cannot be written"):
        write_package({"p/a.py": "a = 1\n"}, out)
    assert sorted(path.name for path in out.iterdir()) == ["p", LEDGER_NAME]
