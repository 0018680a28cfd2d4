"""Clarifying: the questions that a run leaves, and their answers written into the specification."""

from __future__ import annotations

import contextlib
import os
import tempfile
import tomllib
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import msgspec

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.adapters.sqlite import open_ledger
from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.inquiry import Inquirer, Inquiry
from swarmwright.construct.packaging import LEDGER_NAME
from swarmwright.construct.planning import plan_tasks
from swarmwright.construct.questions import Answer, Choice, Question
from swarmwright.construct.replies import Interpreter, Reply, answered, unit_named, write_into
from swarmwright.errors import SpecError, SwarmwrightError, UsageError
from swarmwright.ledger.events import TaskId
from swarmwright.ledger.folds import RunState, fold
from swarmwright.ledger.ports import Ledger
from swarmwright.spec.lint import check_spec
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Diagnostic, Spec
from swarmwright.verify.examine import Examiner
from swarmwright.verify.judging import is_in_place
from swarmwright.verify.ports import Sandbox


class _Replies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    answers: list[Reply]


class Written(msgspec.Struct, frozen=True):
    """What was written: the files, and the Units whose docstrings have a new example."""

    files: tuple[Path, ...]
    units: tuple[str, ...]


def read_replies(path: Path) -> tuple[Reply, ...]:
    """Return the entries of an answers file (TOML, a table ``[[answers]]`` each).

    Raises:
        UsageError: it cannot be read, or an entry is not as it must be.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(msgspec.convert(raw, type=_Replies).answers)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); check the path.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}.") from None
    except msgspec.ValidationError as error:
        raise UsageError(
            f"{path}: {error}; an entry is [[answers]] with unit, call, and result (Python source) or raises (a name)."
        ) from None


def find_specification(out: Path, named: Path | None, state: RunState) -> tuple[Spec, Path | None]:
    """Return the specification that was built into a folder, and where it can be edited (None: nowhere known).

    Without a name it is looked for beside the folder and here, and taken only where it is the very one; the copy in
    the folder does for reading.

    Raises:
        UsageError: none is found, or the one that is named is another one.
        SpecError: the one that is named cannot be read.
    """
    if named is not None:
        return read_spec(named), named
    name = state.spec_name
    places = [folder / end for folder in (Path(), out.parent, Path("examples")) for end in (f"{name}.py", name)]
    for place in places:
        with contextlib.suppress(SpecError):
            spec = read_spec(place)
            if spec.digest == state.spec_digest:
                return spec, place
    with contextlib.suppress(SpecError):
        spec = read_spec(out / "spec" / name)
        if spec.digest == state.spec_digest:
            return spec, None
    raise UsageError(f"The specification that was built into {out} is not here; name it with --spec.")


@contextlib.asynccontextmanager
async def open_clarifier(out: Path, named: Path | None, *, allow_weak: bool = False) -> AsyncIterator[Clarifier]:
    """Open what clarifying a run needs: its ledger, its specification, a sandbox.

    Raises:
        UsageError: there is no run, or no specification of it.
        SandboxUnavailableError: this machine cannot isolate generated code.
    """
    file = _ledger_of(out)
    ledger = open_ledger(file, create=False, readonly=True)
    try:
        clarifier = Clarifier(out, named, ledger, open_sandbox(allow_weak=allow_weak))
        try:
            yield clarifier
        finally:
            await clarifier.close()
    finally:
        ledger.close()


def _ledger_of(out: Path) -> Path:
    file = out / LEDGER_NAME if out.is_dir() else out
    if not file.is_file():
        raise UsageError(f"{out} holds no run ({LEDGER_NAME} is missing); name the folder given to build as --out.")
    return file


class Clarifier:
    """Finds the questions of one run, reads answers, and writes them into the specification."""

    def __init__(self, out: Path, named: Path | None, ledger: Ledger, sandbox: Sandbox) -> None:
        """Use ``open_clarifier``.

        Raises:
            UsageError: the specification is not the one of the run.
        """
        events = list(ledger.replay())
        self._state = fold(events)
        self._dossiers = Dossiers(ledger.blobs)
        self._dossiers.absorb(events)
        self.spec, self.place = find_specification(out, named, self._state)
        self.changed = self.spec.digest != self._state.spec_digest
        if self.changed and not self._known():
            raise UsageError(f"{named} is not what was built into {out}: no function of it was asked for there.")
        self._sandbox = sandbox
        self._examiner: Examiner | None = None

    @property
    def delivered(self) -> bool:
        """Whether every Unit of the run was delivered."""
        tasks = self._state.all_tasks()
        return bool(tasks) and all(task.decided is not None and task.decided.delivered for task in tasks)

    def _known(self) -> frozenset[TaskId]:
        """Return the Tasks that the run knows; a Unit that was changed since is another Task."""
        tasks = frozenset(plan_tasks(self.spec).units)
        return tasks if self.spec.digest == self._state.spec_digest else tasks & self._state.tasks.keys()

    async def _opened(self) -> Examiner:
        if self._examiner is None:
            self._examiner = await Examiner.open(self.spec, self._sandbox)
        return self._examiner

    async def close(self) -> None:
        """End all processes."""
        examiner, self._examiner = self._examiner, None
        if examiner is not None:
            await examiner.close()

    async def questions(self, *, most: int, per_unit: int = 1, delivered: bool = False) -> Inquiry:
        """Return what to ask, the worthiest first."""
        inquirer = Inquirer(self.spec, plan_tasks(self.spec), self._dossiers, await self._opened())
        return await inquirer.inquire(most=most, per_unit=per_unit, delivered=delivered, about=self._known())

    async def read(self, reply: Reply) -> Answer:
        """Return what a reply says.

        Raises:
            UsageError: it cannot be understood, or says nothing that could be an example.
        """
        return await Interpreter(self.spec, await self._opened()).read(reply)

    async def take(self, question: Question, choice: Choice) -> Answer:
        """Return the answer that one of the candidates' choices is right.

        Raises:
            UsageError: it cannot be written as an example.
        """
        outcome = choice.outcome
        if outcome.kind == "value" and is_in_place(unit_named(self.spec, question.unit)):
            return Answer(question.unit, question.call, outcome, question.source)
        if outcome.kind == "raise":
            return await self.read(Reply(question.unit, question.source, raises=outcome.error))
        return await self.read(Reply(question.unit, question.source, result=choice.text))

    # Writing

    async def write(self, answers: Sequence[Answer]) -> Written:
        """Write the answers into the specification's files, all or none, if it stays without contradictions.

        Raises:
            UsageError: an answer contradicts a contract or another example, or it is not known where to write.
            SpecError: it cannot be written there, or the file was changed meanwhile.
        """
        if self.place is None:
            raise UsageError(
                "Where the specification lies is not known, so nothing can be written; name it with --spec."
            )
        after = answered(self.spec, answers)
        units = tuple(dict.fromkeys(answer.unit for answer in answers))
        examiner = await Examiner.open(after, self._sandbox)
        try:
            self._refuse(await self._findings(examiner, after, units), answers)
        finally:
            await examiner.close()
        files = self._write_files(answers, after)
        await self.close()
        self.spec = read_spec(self.place)
        return Written(files, units)

    async def _findings(self, examiner: Examiner, after: Spec, units: Sequence[str]) -> list[Diagnostic]:
        before = {(d.code, d.message) for d in check_spec(self.spec)}
        static = [d for d in check_spec(after) if (d.code, d.message) not in before]
        found = [*static, *await examiner.check_specification(only=units)]
        return [diagnostic for diagnostic in found if diagnostic.severity == "error"]

    def _refuse(self, errors: Sequence[Diagnostic], answers: Sequence[Answer]) -> None:
        if errors:
            many = "This answer" if len(answers) == 1 else "One of these answers"
            raise UsageError(f"{many} cannot stand, nothing was written: {errors[0].message}.")

    def _write_files(self, answers: Sequence[Answer], after: Spec) -> tuple[Path, ...]:
        touched = {unit_named(self.spec, answer.unit).module for answer in answers}
        modules = [module for module in self.spec.modules if module.name in touched]
        contents = {module.path: _read(module.origin) for module in modules}
        if any(_text(contents[module.path]) != module.source for module in modules):
            raise SpecError(f"{self.place} was changed meanwhile, and nothing was written; run the command again.")
        new = write_into(self.spec, answers, contents)
        if any(_text(new[module.path]) != after.module(module.name).source for module in modules):
            raise SpecError(f"{self.place}: what was checked cannot be written there; write the example by hand.")
        _replace_all({Path(module.origin): new[module.path] for module in modules})
        return tuple(Path(module.origin) for module in modules)


def _read(origin: str) -> bytes:
    try:
        return Path(origin).read_bytes()
    except OSError as error:
        raise SpecError(f"{origin} cannot be read ({error.strerror}); nothing was written.") from None


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _replace_all(contents: Mapping[Path, bytes]) -> None:
    """Replace the files' contents, none before all are safely written; what they link to, and their rights, stay."""
    ready: list[tuple[Path, Path]] = []
    try:
        for target, content in contents.items():
            real = target.resolve()
            handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}-")
            ready.append((Path(name), real))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(real.stat().st_mode & 0o7777)
        for temporary, real in ready:
            temporary.replace(real)
    except OSError as error:
        names = ", ".join(map(str, contents))
        raise SwarmwrightError(f"{names} cannot be written ({error.strerror}); free some space or rights.") from None
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                temporary.unlink()
