"""``run``: a long task of small steps, from its file to decided answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from swarmwright.cli.building import (
    BaseUrl,
    ConfigFile,
    Fresh,
    Jobs,
    KeyEnv,
    MaxCalls,
    MaxCost,
    MaxSeconds,
    MaxTokens,
    Quiet,
    interruptible,
)
from swarmwright.construct.packaging import LEDGER_NAME
from swarmwright.plan.steps import Graph
from swarmwright.swarm.values import ExitReason, StopSignal
from swarmwright.watch.steps import StepsTerminal
from swarmwright.watch.steps_report import sum_lines, undecided_lines

if TYPE_CHECKING:
    from swarmwright import config
    from swarmwright.chain.loading import Loaded

ENDS = {
    ExitReason.ALL_DELIVERED: "Every step is decided.",
    ExitReason.SOME_UNDECIDED: "Not every step could be decided: more votes (--most) or another --model in another "
    "folder, or with --fresh, may do it; answers that a model gave are kept and not asked for again.",
}
"""What the ends are called that are called otherwise in a build."""

TaskFile = Annotated[Path, typer.Argument(help="A Python file with a Chain, a Bag or a Graph in it.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="The folder to run in (else run/NAME); a run that stopped there goes on."),
]
Margin = Annotated[int, typer.Option("--k", help="Votes by which an answer must be ahead of every other.")]
Most = Annotated[int, typer.Option(help="Ask one model at most this often for one step.")]
Models = Annotated[
    list[str] | None, typer.Option("--model", help="The model to ask; given again, the next one where votes are split.")
]
Ahead = Annotated[
    int, typer.Option(help="Go on from a step's leading answer before its vote is over, this many steps deep at most.")
]
Target = Annotated[
    float, typer.Option(help="Let each kind of step have the k with which all steps are right so likely (as 0.95).")
]
Person = Annotated[bool, typer.Option("--person", help="Ask you, here, where the models' votes stay split.")]
Replies = Annotated[
    Path | None,
    typer.Option("--answers", help='Your answers in a file, a line of JSON each: {"asked": "... 3)", "answer": "3"}.'),
]
NoReuse = Annotated[
    bool, typer.Option("--no-reuse", help="Ask and vote at every step afresh, also where a question comes again.")
]
Simulate = Annotated[bool, typer.Option("--simulate", help="Ask no model: a made-up world knows the right answers.")]
ErrorRate = Annotated[float, typer.Option(help="Made-up world: the share of wrong answers.")]
FlagRate = Annotated[float, typer.Option(help="Made-up world: the share of answers that nobody can read.")]
Correlated = Annotated[float, typer.Option(help="Made-up world: the share of wrong answers that are the same one.")]
Outages = Annotated[int, typer.Option(help="Made-up world: how often the endpoint goes away for a while.")]
Seed = Annotated[int, typer.Option(help="Made-up world: its seed.")]


def run(
    context: typer.Context,
    file: TaskFile,
    out: Out = None,
    k: Margin = 3,
    most: Most = 24,
    model: Models = None,
    no_reuse: NoReuse = False,
    ahead: Ahead = 0,
    target: Target = 0.0,
    person: Person = False,
    answers: Replies = None,
    config_file: ConfigFile = None,
    base_url: BaseUrl = None,
    key_env: KeyEnv = None,
    max_calls: MaxCalls = None,
    max_tokens: MaxTokens = None,
    max_seconds: MaxSeconds = None,
    max_cost: MaxCost = None,
    fresh: Fresh = False,
    no_progress: Quiet = False,
    jobs: Jobs = None,
    simulate: Simulate = False,
    error_rate: ErrorRate = 0.0022,
    flag_rate: FlagRate = 0.02,
    correlated: Correlated = 0.0,
    outages: Outages = 0,
    seed: Seed = 0,
) -> None:
    """Run a long task step by step, each step decided by votes.

    Further options are the parameters of the task's class (--disks 20); behind -- they may have names that stand
    here, too (-- --seed 3). The same command goes on where a run stopped.
    """
    from swarmwright import config
    from swarmwright.chain.blaming import blaming
    from swarmwright.chain.loading import load_task

    budget = {"calls": max_calls, "tokens": max_tokens, "seconds": max_seconds, "usd": max_cost}
    flags = {"base_url": base_url, "key_env": key_env, "fresh": fresh or None, "threads": jobs}
    named = {"model": model[0] if model and base_url else None}
    limits = {f"budget.{name}": limit for name, limit in budget.items()}
    settings = config.load_config(config_file, {**named, **flags, **limits})
    loaded = load_task(file, context.args)
    world = config.make_world(error_rate, flag_rate, correlated, outages, seed) if simulate else None
    models = tuple(model) if model else config.StepSettings().models
    reply = config.read_answers(answers) if answers else _ask_here if person else None
    models += (config.PERSON,) if reply else ()
    voting = config.StepSettings(k, most, models, reuse=not no_reuse, world=world, ahead=ahead, target=target)
    folder = out or Path("run") / file.stem
    stop = StopSignal()
    with StepsTerminal(live=False if no_progress or person else None) as terminal:
        with blaming(loaded.task):
            terminal.total = loaded.task.steps() if not isinstance(loaded.task, Graph) else len(loaded.task.needs())
        outcome = asyncio.run(_run(settings, loaded, folder, voting, terminal, stop, reply))
    _close(outcome, folder, idle=not terminal.totals.events)


async def _run(
    settings: config.Config,
    loaded: Loaded,
    folder: Path,
    voting: config.StepSettings,
    terminal: StepsTerminal,
    stop: StopSignal,
    reply: Callable[[str], str | None] | None,
) -> config.RunOutcome:
    from swarmwright import config

    with interruptible(terminal.say, stop):
        return await config.run_task(
            settings,
            loaded,
            folder,
            voting,
            observer=terminal,
            stop=stop,
            progress=terminal.fetching,
            resumed=terminal.resumed,
            reply=reply,
        )


def _ask_here(asked: str) -> str | None:
    """Ask the person at the terminal; nobody there, or no word, is no answer."""
    typer.echo(f"\nThe votes on this are split:\n\n{asked}", err=True)
    try:
        return input("Your answer (empty: none): ") or None
    except EOFError:
        return None


def _close(outcome: config.RunOutcome, folder: Path, *, idle: bool) -> NoReturn:
    """Say what a run came to, and leave with its exit code."""
    for line in _said(outcome, folder):
        typer.echo(line)
    if idle:
        typer.echo(f"Nothing was left to do in {folder}; --fresh runs it anew.")
    if outcome.exit_reason.exit_code == 1 and outcome.detail:
        typer.echo(f"swarmwright: {outcome.detail}", err=True)
    raise typer.Exit(outcome.exit_reason.exit_code)


def _said(outcome: config.RunOutcome, folder: Path) -> Iterator[str]:
    """Yield the lines that say what a run came to."""
    yield f"{outcome.result}."
    yield from sum_lines(outcome.totals, outcome.done - outcome.questions, outcome.total)
    yield from undecided_lines(outcome.stuck, outcome.totals.undecided)
    if len(set(outcome.margins.values())) > 1:
        yield f"Margins: {', '.join(f'{k} for {kind!r}' for kind, k in sorted(outcome.margins.items()))}."
    yield from (f"Alarm: {alarm}." for alarm in outcome.alarms)
    if outcome.stuck:
        yield f"swarmwright explain {outcome.stuck[0].number} --run {folder} shows what was asked and answered."
    yield f"Answers: {outcome.answers}. Ledger: {folder / LEDGER_NAME}. {outcome.seconds:,.1f} s this time."
    yield ENDS.get(outcome.exit_reason, outcome.exit_reason.sentence)
