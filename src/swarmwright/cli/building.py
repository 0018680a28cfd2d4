"""``build``, ``verify`` and ``lint``: the commands that run the specification."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from swarmwright.cli.looking import read_run, read_state
from swarmwright.errors import ModelFileError, UsageError
from swarmwright.spec.reader import read_spec
from swarmwright.swarm.values import StopSignal
from swarmwright.watch.report import build_report
from swarmwright.watch.terminal import Terminal, closing_table

if TYPE_CHECKING:
    from swarmwright import config

SpecPath = Annotated[Path, typer.Argument(help="The specification: a Python file, or a folder of them.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="The folder to build into; a run that stopped there goes on.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="A TOML file with settings.")]
ModelName = Annotated[
    str | None, typer.Option("--model", help="The one model to ask: a local one, or what the endpoint calls it.")
]
BaseUrl = Annotated[str | None, typer.Option(help="An OpenAI-compatible endpoint, as https://host/v1.")]
KeyEnv = Annotated[str | None, typer.Option(help="The environment variable that holds the endpoint's API key.")]
MaxCalls = Annotated[
    int | None, typer.Option(help="Make at most this many requests to a model; one may ask for several answers.")
]
MaxTokens = Annotated[int | None, typer.Option(help="Read and write at most this many tokens.")]
MaxSeconds = Annotated[float | None, typer.Option(help="Stop after this many seconds.")]
MaxCost = Annotated[float | None, typer.Option(help="Spend at most this many dollars.")]
MaxRisk = Annotated[
    float | None, typer.Option(help="Deliver nothing whose estimated probability of being wrong is above this.")
]
Archetypes = Annotated[
    str | None, typer.Option(help="Ask only these archetypes, comma between them; colony alone needs no model.")
]
Genes = Annotated[
    bool | None,
    typer.Option(
        "--genes/--no-genes", help="Let the colony know what earlier builds share, and keep what this shares."
    ),
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Forget the run in the output folder and start anew.")]
Weak = Annotated[
    bool,
    typer.Option(
        "--allow-weak-sandbox", help="Run generated code with limits only where this machine cannot isolate it."
    ),
]
Simulate = Annotated[
    Path | None,
    typer.Option(help="Ask a simulated model that knows these solutions (a Python file or folder) instead of a model."),
]
Seed = Annotated[int | None, typer.Option(help="The simulated model's seed.")]
Quiet = Annotated[bool, typer.Option("--no-progress", help="Print plain lines instead of a live picture.")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", help="How many cores the local model may use.")]


def build(
    spec: SpecPath,
    out: Out,
    config_file: ConfigFile = None,
    model: ModelName = None,
    base_url: BaseUrl = None,
    key_env: KeyEnv = None,
    max_calls: MaxCalls = None,
    max_tokens: MaxTokens = None,
    max_seconds: MaxSeconds = None,
    max_cost: MaxCost = None,
    max_risk: MaxRisk = None,
    fresh: Fresh = False,
    allow_weak_sandbox: Weak = False,
    simulate: Simulate = None,
    seed: Seed = None,
    no_progress: Quiet = False,
    jobs: Jobs = None,
    archetypes: Archetypes = None,
    genes: Genes = None,
) -> None:
    """Build a package from a specification, with the evidence for every function."""
    # What only a build needs (models, sandbox, HTTP) is loaded when there is one.
    from swarmwright import config

    settings = config.load_config(
        config_file,
        {
            "model": model,
            "base_url": base_url,
            "key_env": key_env,
            "budget.calls": max_calls,
            "budget.tokens": max_tokens,
            "budget.seconds": max_seconds,
            "budget.usd": max_cost,
            "max_risk": max_risk,
            "fresh": fresh or None,
            "allow_weak_sandbox": allow_weak_sandbox or None,
            "simulate.solutions": str(simulate) if simulate else None,
            "simulate.seed": seed,
            "threads": jobs,
            "genes": genes,
            "only": [name.strip() for name in archetypes.split(",")] if archetypes else None,
        },
    )
    stop = StopSignal()
    with Terminal(live=False if no_progress else None) as terminal:
        terminal.total = len(read_spec(spec).units())
        if not settings.fresh and (before := read_state(out)) is not None:
            terminal.resume(before)
        outcome = asyncio.run(_build(settings, spec, out, terminal, stop))
    _tell(outcome, out)
    raise typer.Exit(outcome.exit_code)


def _tell(outcome: config.BuildOutcome, out: Path) -> None:
    """Print what a build came to."""
    state, blobs = read_run(out)
    Console().print(closing_table(build_report(state, blobs)))
    typer.echo(outcome.exit_reason.sentence)
    if outcome.finished_before:
        typer.echo(f"Nothing was left to do in {out}; --fresh builds it anew.")
    if state.closed is not None and outcome.exit_reason.exit_code == 1:
        typer.echo(f"swarmwright: {state.closed.detail}", err=True)
    if outcome.tests is not None and outcome.tests.status != "skipped":
        typer.echo(f"The package's own tests: {outcome.tests.detail}", err=outcome.tests.status == "fails")


async def _build(
    settings: config.Config, spec: Path, out: Path, terminal: Terminal, stop: StopSignal
) -> config.BuildOutcome:
    from swarmwright import config

    with interruptible(terminal.say, stop):
        try:
            return await config.run_build(settings, spec, out, observer=terminal, stop=stop, progress=terminal.fetching)
        except ModelFileError:
            if not stop.presses:
                raise
            terminal.say("Interrupted while a model was fetched; the same command goes on with it.")
            raise KeyboardInterrupt from None


@contextlib.contextmanager
def interruptible(say: Callable[[str], None], stop: StopSignal) -> Iterator[None]:
    """Turn Ctrl-C into a wish to stop: once to finish what is in flight, twice to stop now, thrice to be killed."""
    loop = asyncio.get_running_loop()
    heard = 0

    def press() -> None:
        stop.press()
        if stop.presses == 1:
            say("Stopping: what is in flight is finished and saved. Press Ctrl-C again to stop now.")
        else:
            say("Stopping now; what was committed is safe.")

    def hear(number: int, frame: object) -> None:  # noqa: ARG001
        # Heard between any two instructions, so also where somebody's code never gives the loop its turn.
        nonlocal heard
        heard += 1
        if heard > 1:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        loop.call_soon_threadsafe(press)

    before = {name: signal.signal(name, hear) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def verify(
    folder: Annotated[Path, typer.Argument(help="The folder of a delivered package.")], allow_weak_sandbox: Weak = False
) -> None:
    """Check a delivered package again, without any model."""
    from swarmwright import config

    checks = asyncio.run(config.run_verify(folder, allow_weak=allow_weak_sandbox)).checks
    for check in checks:
        typer.echo(f"{check.status:8} {check.subject}{f': {check.detail}' if check.detail else ''}")
    failed = sum(check.status == "fails" for check in checks)
    typer.echo(f"{len(checks)} checks, {failed} failed.")
    raise typer.Exit(1 if failed else 0)


def lint(spec: SpecPath, allow_weak_sandbox: Weak = False) -> None:
    """Say what is missing or contradicts itself in a specification."""
    from swarmwright import config

    found = asyncio.run(config.run_lint(spec, allow_weak=allow_weak_sandbox))
    for diagnostic in found:
        typer.echo(str(diagnostic))
    errors = sum(diagnostic.severity == "error" for diagnostic in found)
    if errors:
        raise UsageError(f"{spec}: {counted(errors, 'error')}; nothing is built until they are mended.")
    typer.echo(f"{spec}: no errors, {counted(len(found), 'warning')}.")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
