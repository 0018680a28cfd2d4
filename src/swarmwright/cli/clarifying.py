"""``clarify``: the questions that a run leaves, put to a person, and the answers written into the specification."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from swarmwright.construct.questions import DEFAULT_MOST, Answer, Choice, Question
from swarmwright.construct.replies import Reply
from swarmwright.errors import UsageError

if TYPE_CHECKING:
    from swarmwright import config

_OPEN = 3
"""The exit code while something is undecided, as for ``build``."""
SpecOption = Annotated[
    Path | None, typer.Option("--spec", help="The specification to write answers into; else it is looked for here.")
]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", help="A TOML file of answers: [[answers]] with unit, call, result or raises."),
]
Most = Annotated[int, typer.Option("--most", min=1, help="Ask at most this many questions.")]
PerUnit = Annotated[int, typer.Option("--per-unit", min=1, help="Ask at most this many about one function.")]
Delivered = Annotated[
    bool, typer.Option("--delivered", help="Ask about delivered functions that have rival behaviours too.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the questions as JSON and ask nothing.")]
Weak = Annotated[
    bool,
    typer.Option(
        "--allow-weak-sandbox", help="Run generated code with limits only where this machine cannot isolate it."
    ),
]


class _Offered(msgspec.Struct, frozen=True):
    answer: str
    kind: str
    votes: int
    models: tuple[str, ...]
    note: str


class _Asked(msgspec.Struct, frozen=True):
    unit: str
    prose: str
    call: str
    answers: tuple[_Offered, ...]
    bits: float
    waiting: int
    why: str


def clarify(
    folder: Annotated[Path, typer.Argument(help="The folder that was built into.")],
    spec: SpecOption = None,
    answers: Answers = None,
    most: Most = DEFAULT_MOST,
    per_unit: PerUnit = 1,
    delivered: Delivered = False,
    as_json: AsJson = False,
    allow_weak_sandbox: Weak = False,
) -> None:
    """Ask what is meant where a specification leaves it open, and write the answers into it as examples."""
    # What only this command needs (sandbox, ledger) is loaded when it is given.
    from swarmwright import config

    replies = config.read_replies(answers) if answers is not None else None
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        clarifier = runner.run(
            stack.enter_async_context(config.open_clarifier(folder, spec, allow_weak=allow_weak_sandbox))
        )
        try:
            desk = _Desk(runner, clarifier, folder)
            if replies is not None:
                raise typer.Exit(desk.take(replies))
            inquiry = runner.run(clarifier.questions(most=most, per_unit=per_unit, delivered=delivered))
            if as_json:
                raise typer.Exit(desk.as_json(inquiry))
            interactive = sys.stdin.isatty() and sys.stdout.isatty()
            raise typer.Exit(desk.converse(inquiry) if interactive else desk.show(inquiry))
        finally:
            runner.run(stack.aclose())


class _Desk:
    """Where questions are put and answers are taken; methods return the exit code."""

    def __init__(self, runner: asyncio.Runner, clarifier: config.Clarifier, folder: Path) -> None:
        self._runner = runner
        self._clarifier = clarifier
        self._folder = folder

    # Without a terminal

    def take(self, replies: Sequence[Reply]) -> int:
        """Write all answers of a file, or none."""
        read = [self._runner.run(self._clarifier.read(reply)) for reply in replies]
        if not read:
            raise UsageError("The answers file holds no answer; nothing was written.")
        self._write(read)
        self._say_what_next()
        return 0

    def as_json(self, inquiry: config.Inquiry) -> int:
        shown = {
            "questions": [_asked(question) for question in inquiry.questions],
            "silent": [{"unit": one.unit, "reason": one.reason} for one in inquiry.silences],
        }
        typer.echo(msgspec.json.format(msgspec.json.encode(shown), indent=2).decode())
        return self._code(inquiry)

    def show(self, inquiry: config.Inquiry) -> int:
        for number, question in enumerate(inquiry.questions, 1):
            typer.echo("\n".join(_head(question, number, len(inquiry.questions))))
            typer.echo("\n".join(f"    {_offer(choice)}" for choice in question.choices) + "\n")
        self._say_silences(inquiry)
        if inquiry.questions:
            first = inquiry.questions[0]
            typer.echo("To answer, put this into a file, one table for each answer, and name it with --answers:\n")
            typer.echo(f"[[answers]]\nunit = {_toml(first.unit)}\ncall = {_toml(first.source)}")
            typer.echo('result = "..."   # Python source; or: raises = "ValueError"')
        return self._code(inquiry)

    def _code(self, inquiry: config.Inquiry) -> int:
        return _OPEN if inquiry.questions or inquiry.silences or not self._clarifier.delivered else 0

    def _say_silences(self, inquiry: config.Inquiry) -> None:
        for silence in inquiry.silences:
            typer.echo(f"{silence.unit}: {silence.reason}")
        if not inquiry.questions and not inquiry.silences:
            done = self._clarifier.delivered
            typer.echo("Everything was delivered; there is nothing to ask." if done else "There is nothing to ask.")
        if self._clarifier.changed:
            typer.echo("The specification was changed since this run; what was changed is not asked about again.")

    # In a terminal

    def converse(self, inquiry: config.Inquiry) -> int:
        """Put the questions one after the other; each answer is written at once."""
        if inquiry.questions and self._clarifier.place is None:
            self.show(inquiry)
            raise UsageError("Where the specification lies is not known; name it with --spec to answer here.")
        written = 0
        for number, question in enumerate(inquiry.questions, 1):
            typer.echo("\n".join(_head(question, number, len(inquiry.questions))))
            said = self._answer(question)
            if said is None:
                break
            written += said
        self._say_silences(inquiry)
        if written:
            self._say_what_next()
        return 0 if written and written == len(inquiry.questions) and not inquiry.silences else self._code(inquiry)

    def _answer(self, question: Question) -> bool | None:
        """Return whether the question was answered; None where the person wants to stop."""
        count = len(question.choices)
        for number, choice in enumerate(question.choices, 1):
            typer.echo(f"  {number}. {_offer(choice)}")
        typer.echo(f"  {count + 1}. an error (its name is asked for)")
        typer.echo(f"  {count + 2}. something else (a Python value)")
        typer.echo("  s. skip this question    q. stop")
        while True:
            said = _prompt("Your answer: ")
            if said is None or said in ("q", "quit"):
                return None
            if said in ("", "s", "skip"):
                return False
            try:
                answer = self._read(question, said)
                if answer is None:
                    return None
                self._write([answer])
            except UsageError as error:
                typer.echo(str(error))
                continue
            return True

    def _read(self, question: Question, said: str) -> Answer | None:
        count = len(question.choices)
        if not (said.isdecimal() and said.isascii() and 1 <= int(said) <= count + 2):
            raise UsageError(f"Please answer with a number from 1 to {count + 2}, s or q.")
        number = int(said)
        if number <= count:
            return self._runner.run(self._clarifier.take(question, question.choices[number - 1]))
        more = _prompt("The error's name: " if number == count + 1 else f"{question.source} == ")
        if more is None:
            return None
        reply = Reply(question.unit, question.source, raises=more)
        if number == count + 2:
            reply = Reply(question.unit, question.source, result=more)
        return self._runner.run(self._clarifier.read(reply))

    # Both

    def _write(self, answers: Sequence[Answer]) -> None:
        written = self._runner.run(self._clarifier.write(answers))
        files = ", ".join(map(str, written.files))
        typer.echo(f"Written into {files}: {len(answers)} example{'' if len(answers) == 1 else 's'}.\n")

    def _say_what_next(self) -> None:
        place = self._clarifier.place
        typer.echo(
            f"Next: swarmwright build {place} --out {self._folder} --fresh\n"
            "(with the options of before; another --out keeps this run). Functions with a new example are asked for\n"
            "anew, since their prompt has changed; the same models' answers for all others are not bought again."
        )


def _head(question: Question, number: int, count: int) -> list[str]:
    waiting = f"; {question.waiting} more wait for it" if question.waiting else ""
    return [
        f"Question {number} of {count}: {question.unit}{waiting}",
        f"  {question.prose}",
        "",
        f"  What must this give?   {question.source}",
        "",
    ]


def _offer(choice: Choice) -> str:
    if choice.note:
        return f"{choice.text}   (no vote; {choice.note} gives this and keeps to the specification)"
    models = f", {', '.join(choice.models)}" if choice.models else ""
    return f"{choice.text}   ({choice.votes} vote{'' if choice.votes == 1 else 's'}{models})"


def _asked(question: Question) -> _Asked:
    offered = tuple(
        _Offered(
            choice.outcome.error if choice.outcome.kind == "raise" else choice.text,
            "raises" if choice.outcome.kind == "raise" else "result",
            choice.votes,
            choice.models,
            choice.note,
        )
        for choice in question.choices
    )
    return _Asked(
        question.unit, question.prose, question.source, offered, question.bits, question.waiting, question.why
    )


def _toml(text: str) -> str:
    """Return a TOML string; JSON's strings are TOML's, but for a character that no source of ours holds."""
    return msgspec.json.encode(text).decode()


def _prompt(text: str) -> str | None:
    """Return what is typed; None where the input ends."""
    try:
        return input(text).strip()
    except EOFError:
        typer.echo("")
        return None
