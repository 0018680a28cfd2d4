"""``size``: how many votes a long run needs, what they cost, and whether any number of them is enough."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from swarmwright.errors import UsageError
from swarmwright.voting.checkers import Checker
from swarmwright.voting.classes import Prices, Range, StepClass, measured_pairs, measured_shares
from swarmwright.voting.correlation import Voter
from swarmwright.voting.outlook import ClassSize, RunSize, probability, size
from swarmwright.voting.pairs import Pairs
from swarmwright.voting.sizing import k_min, run_success
from swarmwright.voting.worlds import STEPS, TARGET, WORLDS, find_world

_OPEN = 3
"""The exit code where no k reaches the target, as ``build`` has it for what stays undecided."""
_CONFIDENCE = 0.95
_WIDE = 200


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step class as it is given, in a file or by options."""

    name: str = ""
    steps: int | float = 1
    p: float | None = None
    right: int | None = None
    of: int | None = None
    both_right: int | None = None
    one_right: int | None = None
    both_wrong: int | None = None
    rho: float | None = None
    valid: float = 1.0
    false_accept: float = 1.0
    false_reject: float = 0.0
    sample_usd: float = 0.0
    tokens: float = 0.0

    @property
    def is_counted(self) -> bool:
        return self.p is None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of step classes."""

    classes: tuple[_Row, ...]
    target: float | None = None


class _WorldRow(msgspec.Struct, frozen=True):
    name: str
    error: float
    steps: int
    target: float
    published_k: int
    k: int
    success: float


def size_run(  # The command is called `size`; what it calls has that name already.
    p: Annotated[float | None, typer.Option("--p", help="The probability that one valid answer is right.")] = None,
    right: Annotated[int | None, typer.Option("--right", help="Of labelled answers so many were right ...")] = None,
    of: Annotated[int | None, typer.Option("--of", help="... of so many: an interval is carried along.")] = None,
    both_right: Annotated[int | None, typer.Option("--both-right", help="Items with two right answers.")] = None,
    one_right: Annotated[int | None, typer.Option("--one-right", help="Items with one right answer of two.")] = None,
    both_wrong: Annotated[int | None, typer.Option("--both-wrong", help="Items with two wrong answers.")] = None,
    rho: Annotated[float | None, typer.Option("--rho", help="The correlation of answers to the same item.")] = None,
    steps: Annotated[str | None, typer.Option("--steps", help="Dependent steps: 1_000_000, or 1e6.")] = None,
    target: Annotated[float | None, typer.Option("--target", help="The wanted probability of no wrong step.")] = None,
    valid: Annotated[float, typer.Option("--valid", help="The share of samples without a red flag.")] = 1.0,
    false_accept: Annotated[
        float, typer.Option("--false-accept", help="How often a checker lets a wrong answer pass (1: no checker).")
    ] = 1.0,
    false_reject: Annotated[
        float, typer.Option("--false-reject", help="How often a checker holds back a right answer.")
    ] = 0.0,
    sample_usd: Annotated[float, typer.Option("--sample-usd", help="What one sample costs.")] = 0.0,
    tokens: Annotated[float, typer.Option("--tokens", help="How many tokens one sample takes.")] = 0.0,
    k: Annotated[int | None, typer.Option("--k", help="Say what comes of this k, instead of choosing one.")] = None,
    classes: Annotated[
        Path | None, typer.Option("--classes", help="A TOML file of several step classes: [[classes]] with name, ...")
    ] = None,
    world: Annotated[str | None, typer.Option("--world", help="A published world, by name.")] = None,
    worlds: Annotated[bool, typer.Option("--worlds", help="Print all published worlds, and our k for each.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """Say how many votes a long run needs, what that costs, and how likely no step is wrong.

    Raises:
        UsageError: what is given contradicts itself, is missing, or is no probability.
    """
    if worlds:
        _print_worlds(as_json=as_json)
        return
    row = _Row("", 1, p, right, of, both_right, one_right, both_wrong, rho, valid, false_accept, false_reject)
    row = msgspec.structs.replace(row, sample_usd=sample_usd, tokens=tokens)
    rows, wanted = ((_from_options(row, steps, world),), None) if classes is None else _read(classes)
    if classes is not None and (steps is not None or world is not None or row != _Row()):
        raise UsageError("--classes goes with --target, --k and --json only: the file says everything else.")
    found = _sized(rows, next(aim for aim in (target, wanted, TARGET) if aim is not None), k)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        _print(found)
    if not found.reached:
        raise typer.Exit(_OPEN)


def _from_options(row: _Row, steps: str | None, world: str | None) -> _Row:
    if world is None:
        if steps is None:
            raise UsageError("How long is the run? Give --steps, or --world NAME, or --classes FILE.")
        return msgspec.structs.replace(row, steps=_steps(steps))
    if row.p is not None or row.right is not None or row.both_right is not None:
        raise UsageError("--world says how often answers are right; leave out --p and the counts.")
    try:
        named = find_world(world)
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    return msgspec.structs.replace(row, name=named.name, p=named.p, steps=STEPS if steps is None else _steps(steps))


def _steps(given: str | float) -> int:
    """Read a number of steps: 1000, 1_000, 1e6."""
    try:
        return int(given, 10) if isinstance(given, str) else _whole(given)
    except ValueError:
        pass
    try:
        return _whole(float(given))
    except ValueError:
        raise UsageError(
            f"{str(given)[:40]} is no number of steps; write a whole one as 1000000, 1_000_000 or 1e6."
        ) from None


def _whole(number: float) -> int:
    if not math.isfinite(number) or number != int(number):
        raise ValueError(number)
    return int(number)


def _read(file: Path) -> tuple[tuple[_Row, ...], float | None]:
    try:
        found = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File)
    except FileNotFoundError:
        raise UsageError(f"{file}: there is no such file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: it cannot be read ({error}).") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: {error}. Mend the TOML.") from None
    except msgspec.ValidationError as error:
        raise UsageError(f"{file}: {error}.") from None
    if not found.classes:
        raise UsageError(f"{file}: it holds no [[classes]].")
    return found.classes, found.target


def _sized(rows: Sequence[_Row], target: float, k: int | None) -> RunSize:
    # Each of several measurements is given its share of the doubt, so that all intervals hold together.
    counted = sum(row.is_counted for row in rows)
    confidence = 1.0 - (1.0 - _CONFIDENCE) / max(1, counted)
    named = [
        row if row.name or len(rows) == 1 else msgspec.structs.replace(row, name=str(at))
        for at, row in enumerate(rows, 1)
    ]
    try:
        return size([_class_of(row, confidence) for row in named], target, k)
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _class_of(row: _Row, confidence: float) -> StepClass:
    said = f"{row.name}: " if row.name else ""
    pairs = [row.both_right, row.one_right, row.both_wrong]
    ways = (row.p is not None, row.right is not None or row.of is not None, any(count is not None for count in pairs))
    if sum(ways) != 1:
        raise UsageError(
            f"{said}say in one way how often answers are right: p; or right and of; or both-right, one-right and "
            "both-wrong."
        )
    steps = _steps(row.steps)
    try:
        prices = Prices(row.sample_usd, row.tokens)
        template = Voter(
            0.5 if row.p is None else row.p, row.rho or 0.0, row.valid, Checker(row.false_accept, row.false_reject)
        )
        if row.p is not None:
            return StepClass(row.name, steps, template, (), prices)
        if ways[1]:
            if row.right is None or row.of is None:
                raise UsageError(f"{said}right and of belong together.")
            voter, allowed = measured_shares(row.right, row.of, template, confidence)
        else:
            if row.rho is not None:
                raise UsageError(f"{said}the pairs of answers say what rho is; leave it out.")
            counts = [count for count in pairs if count is not None]
            if len(counts) != len(pairs):
                raise UsageError(f"{said}both-right, one-right and both-wrong belong together.")
            voter, allowed = measured_pairs(Pairs(*counts), template, confidence)
        return StepClass(row.name, steps, voter, allowed, prices)
    except ValueError as error:
        raise UsageError(f"{said}{error}.") from None


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=_WIDE)


def _print(run: RunSize) -> None:
    console = _console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    several = len(run.classes) > 1 or bool(run.classes[0].name)
    for name in (*(("class",) if several else ()), "steps", "p", "rho"):
        table.add_column(name, justify="left" if name == "class" else "right", no_wrap=True)
    dear, wordy = run.usd is not None, run.tokens is not None
    rest = ("k", "calls", *(("tokens",) * wordy), *(("cost",) * dear), "no wrong step", "wrong steps expected")
    for name in rest:
        table.add_column(name, justify="right", no_wrap=True)
    for one in run.classes:
        cells = _cells(one, run.tokens is not None, run.usd is not None)
        table.add_row(*((one.name,) if several else ()), *cells)
    if len(run.classes) > 1:
        totals = [_figure(run.calls), *([_figure(run.tokens)] * wordy), *([_figure(run.usd, "$")] * dear)]
        table.add_row("all", "", "", "", "", *totals, _chance(run.success, run.failure), _figure(run.wrong))
    console.print(table)
    for one in run.classes:
        if one.k_alone[0] != one.k_alone[2]:
            low, at, high = ("none" if k is None else str(k) for k in one.k_alone)
            which = f"{one.name}: " if one.name else ""
            console.print(Text(f"{which}what was measured leaves k between {low} and {high}; its likeliest is {at}."))
    console.print(Text(run.sentence))


def _cells(one: ClassSize, wordy: bool, dear: bool) -> list[str]:
    return [
        f"{one.steps:,}" if one.steps < 10**15 else f"{one.steps:.4g}",
        _figure(one.p),
        _figure(one.rho),
        "none" if one.k is None else str(one.k),
        _figure(one.calls),
        *([_figure(one.tokens)] * wordy),
        *([_figure(one.usd, "$")] * dear),
        _chance(one.success, one.failure),
        _figure(one.wrong),
    ]


def _number(value: float, unit: str = "") -> str:
    if unit:
        return f"{unit}{value:,.2f}" if value >= 0.01 or not value else f"{unit}{value:.2g}"
    return f"{value:,.0f}" if 1000.0 <= value < 1e15 else f"{value:.4g}"


def _figure(figure: Range | None, unit: str = "") -> str:
    if figure is None:
        return "-"
    at = _number(figure.at, unit)
    low, high = _number(figure.low, unit), _number(figure.high, unit)
    return at if low == high else f"{at}\n[{low} to {high}]"


def _chance(success: Range, failure: Range) -> str:
    at = probability(success.at, failure.at)
    low, high = probability(success.low, failure.high), probability(success.high, failure.low)
    return at if low == high else f"{at}\n[{low} to {high}]"


def _print_worlds(*, as_json: bool) -> None:
    rows = []
    for world in WORLDS:
        k = k_min(world.p, STEPS, TARGET)
        rows.append(_WorldRow(world.name, world.error, STEPS, TARGET, world.k, k, run_success(world.p, k, STEPS)))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("world", "error a step", "published k", "our k", "no wrong step"):
        table.add_column(name, justify="left" if name == "world" else "right", no_wrap=True)
    for row in rows:
        table.add_row(row.name, f"{row.error:.4f}", str(row.published_k), str(row.k), f"{row.success:.4f}")
    console = _console()
    console.print(table)
    console.print(Text(f"Least k for {STEPS:,} steps (Hanoi, 20 disks) without an error with probability {TARGET}."))
