"""HumanEval as a specification: each problem's prompt becomes a module with one stub, as an author would write it.

    python -m benchmarks.quality.humaneval --data DIR --out DIR

Only what the problem shows is read: the prompt and the name of the function. The loader drops everything else of the
data (solutions, tests, hidden inputs) before it reaches the converter, which could not use it. ``DIR`` of ``--data``
holds ``HumanEvalPlus.jsonl.gz`` or ``HumanEval.jsonl.gz`` (else the variable SWARMWRIGHT_BENCH_DATA names it).
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import gzip
import inspect
import os
import sys
import textwrap
import warnings
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
from benchmarks.quality.guessing import annotation_of, mentions_fractions, mentions_none
from benchmarks.quality.shown import Docstring, Shown, read_docstring

from swarmwright.errors import SwarmwrightError, UsageError
from swarmwright.spec.lint import check_spec
from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Diagnostic

PACKAGE = "humaneval"
DATA_VARIABLE = "SWARMWRIGHT_BENCH_DATA"
DATA_FILES = (
    "HumanEvalPlus.jsonl.gz",
    "humanevalplus/HumanEvalPlus.jsonl.gz",
    "HumanEval.jsonl.gz",
    "humaneval/HumanEval.jsonl.gz",
)
FAULTY = {
    8: "hidden inputs of the wrong type",
    75: "the prose contradicts the hidden tests",
    116: "the prose contradicts the hidden tests",
}
"""Problems that are left out because their hidden tests are wrong, by number."""
_BARE = {"list": "list", "List": "list", "dict": "dict", "Dict": "dict", "tuple": "tuple", "Tuple": "tuple"}


class Prompt(msgspec.Struct, frozen=True):
    """What a problem shows: all that the converter ever sees. Other fields of the data are dropped on reading."""

    task_id: str
    prompt: str
    entry_point: str

    @property
    def number(self) -> int:
        """The problem's number."""
        return int(self.task_id.rpartition("/")[2])


class Skipped(msgspec.Struct, frozen=True):
    """A problem that is not part of the specification, and why."""

    task_id: str
    reason: str


class Converted(msgspec.Struct, frozen=True):
    """A problem as a module: its path in the package, its source, and how many examples it has.

    ``annotated`` says that the prompt had all types itself; ``dropped`` what looks like an example and is none.
    """

    task_id: str
    unit: str
    path: str
    source: str
    examples: int
    annotated: bool
    dropped: tuple[str, ...]


class Conversion(msgspec.Struct, frozen=True):
    """All problems: those that became modules, and those that did not."""

    modules: tuple[Converted, ...]
    skipped: tuple[Skipped, ...]

    @property
    def sources(self) -> dict[str, str]:
        """The package's files by path."""
        title = '"""Functions, each described by its docstring."""\n'
        return {f"{PACKAGE}/__init__.py": title, **{module.path: module.source for module in self.modules}}

    def summary(self) -> str:
        """Return the counts as lines of text."""
        modules = self.modules
        reasons = Counter(skipped.reason for skipped in self.skipped)
        dropped = sum(len(module.dropped) for module in modules)
        lines = [
            f"{len(modules)} of {len(modules) + len(self.skipped)} problems converted, "
            f"{sum(module.annotated for module in modules)} of them with all types in the prompt",
            f"{sum(module.examples for module in modules)} examples; {dropped} left out that are no plain values",
            *(f"not converted: {count} x {reason}" for reason, count in reasons.most_common()),
        ]
        return "\n".join(lines)


class UnconvertibleError(Exception):
    """A problem cannot become a stub; the message says why."""


def data_file(data: Path | None) -> Path:
    """Return the file with the problems in a folder (or the file itself).

    Raises:
        UsageError: there is none.
    """
    folder = data or (Path(os.environ[DATA_VARIABLE]) if DATA_VARIABLE in os.environ else None)
    if folder is None:
        raise UsageError(f"Name the folder of the data with --data, or set {DATA_VARIABLE}.")
    candidates = [folder] if folder.is_file() else [folder / name for name in DATA_FILES]
    for path in candidates:
        if path.is_file():
            return path
    raise UsageError(f"{folder}: holds none of {', '.join(DATA_FILES)}; name the folder that does with --data.")


def read_lines(path: Path) -> list[bytes]:
    """Return the lines of a file of JSON lines, compressed or not.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        content = path.read_bytes()
        text = gzip.decompress(content) if path.suffix == ".gz" else content
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path}: cannot be read ({error}); fetch it again.") from None
    return [line for line in text.split(b"\n") if line.strip()]


def load_prompts(data: Path | None) -> tuple[Prompt, ...]:
    """Read what the problems show, and nothing else.

    Raises:
        UsageError: the data are missing or malformed.
    """
    path = data_file(data)
    decoder = msgspec.json.Decoder(Prompt)
    try:
        prompts = tuple(decoder.decode(line) for line in read_lines(path))
        return tuple(sorted(prompts, key=lambda prompt: prompt.number))
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        raise UsageError(f"{path}: a line is no problem with task_id, prompt and entry_point ({error}).") from None


def convert(rows: Sequence[Prompt]) -> Conversion:
    """Return the problems as modules of one package; what fails the static lint is left out, with the reason."""
    modules: list[Converted] = []
    skipped: list[Skipped] = []
    for row in rows:
        if row.number in FAULTY:
            skipped.append(Skipped(row.task_id, f"left out as faulty: {FAULTY[row.number]}"))
            continue
        try:
            modules.append(convert_prompt(row))
        except UnconvertibleError as error:
            skipped.append(Skipped(row.task_id, str(error)))
    conversion = Conversion(tuple(modules), tuple(skipped))
    return without_faulty(conversion, _static_findings(conversion))


def _static_findings(conversion: Conversion) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for module in conversion.modules:
        sources = {f"{PACKAGE}/__init__.py": "", module.path: module.source}
        found += check_spec(read_sources(PACKAGE, sources))
    return found


def without_faulty(conversion: Conversion, findings: Sequence[Diagnostic]) -> Conversion:
    """Return the conversion without the modules that lint finds errors in."""
    errors = {Path(f.location.file).name: f for f in findings if f.severity == "error"}
    good = tuple(module for module in conversion.modules if Path(module.path).name not in errors)
    bad = tuple(
        Skipped(module.task_id, f"lint: {errors[name].code}")
        for module in conversion.modules
        if (name := Path(module.path).name) in errors
    )
    return Conversion(good, (*conversion.skipped, *bad))


def convert_prompt(row: Prompt) -> Converted:
    """Return one problem as a module.

    Raises:
        UnconvertibleError: it is no function with examples whose types can be told.
    """
    tree = _parsed(row.prompt)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == row.entry_point]
    if not functions or functions[-1] is not tree.body[-1]:
        raise UnconvertibleError("the prompt does not end in the function")
    function = functions[-1]
    parameters = _parameters(function)
    doc = _docstring(function, row, parameters)
    if not doc.examples:
        raise UnconvertibleError("no example that is a call with plain values")
    typed = _Typing(function, doc)
    head = typed.head()
    start = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    above = "\n".join(row.prompt.split("\n")[: start - 1]).strip("\n")
    above = f"{above}\n\n\n" if above.strip() else ""
    stub = f"{above}{head}\n{textwrap.indent(_quoted(_with_examples(doc)), '    ')}\n    ...\n"
    name = f"p{row.number:03d}"
    return Converted(
        row.task_id,
        f"{PACKAGE}.{name}.{row.entry_point}",
        f"{PACKAGE}/{name}.py",
        stub,
        len(doc.examples),
        typed.was_complete,
        doc.dropped,
    )


def _parsed(prompt: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(prompt.rstrip() + "\n    ...\n")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UnconvertibleError("the prompt is not Python") from None


def _parameters(function: ast.FunctionDef) -> tuple[str, ...]:
    arguments = function.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.defaults:
        raise UnconvertibleError("parameters that are not plain")
    return tuple(argument.arg for argument in (*arguments.posonlyargs, *arguments.args))


def _docstring(function: ast.FunctionDef, row: Prompt, parameters: tuple[str, ...]) -> Docstring:
    """Read the docstring; with its backslashes as written, where that shows more examples than with escapes."""
    first = function.body[0]
    if not (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    ):
        raise UnconvertibleError("no docstring")
    texts = [first.value.value]
    written = ast.get_source_segment(row.prompt, first.value) or ""
    if "\\" in written and written[:3] in ('"""', "'''"):
        texts.append(written[3:-3])
    docs = [read_docstring(inspect.cleandoc(text), row.entry_point, parameters) for text in texts]
    return max(docs, key=lambda doc: len(doc.examples))


class _Typing:
    """Gives a function the types that its annotations lack, as its examples and its prose tell them."""

    def __init__(self, function: ast.FunctionDef, doc: Docstring) -> None:
        self._function = function
        self._doc = doc
        self._fractions = mentions_fractions(doc.text)
        self._calls = [example.arguments for example in doc.examples if example.arguments is not None]
        self._nodes = [*function.args.posonlyargs, *function.args.args]
        annotations = [node.annotation for node in self._nodes]
        self.was_complete = function.returns is not None and None not in annotations

    def head(self) -> str:
        """Return the ``def`` line.

        Raises:
            UnconvertibleError: a type cannot be told.
        """
        parts = [self._parameter(place, node) for place, node in enumerate(self._nodes)]
        return f"def {self._function.name}({', '.join(parts)}) -> {self._returns()}:"

    def _parameter(self, place: int, node: ast.arg) -> str:
        guessed = self._guessed(place)
        if guessed == "int" and any(self._guessed(other) == "int | float" for other in range(len(self._nodes))):
            # Numbers that stand side by side are of one kind, even where one was only ever shown whole.
            guessed = "int | float"
        annotation = _chosen(node.annotation, guessed)
        if annotation is None:
            raise UnconvertibleError("the type of a parameter cannot be told")
        return f"{node.arg}: {annotation}"

    def _guessed(self, place: int) -> str | None:
        return annotation_of((call[place] for call in self._calls), fractions=self._fractions)

    def _returns(self) -> str:
        wants = [example.want for example in self._doc.examples if example.direct]
        guessed = annotation_of(wants) or _of_rounded(self._doc.examples)
        if guessed is not None and mentions_none(self._doc.text) and "None" not in guessed:
            guessed += " | None"
        annotation = _chosen(self._function.returns, guessed)
        if annotation is None:
            raise UnconvertibleError("the type of the result cannot be told")
        return annotation


def _chosen(written: ast.expr | None, guessed: str | None) -> str | None:
    """Return what is written; what was guessed where nothing is, or where it says what a bare ``list`` holds."""
    if written is None:
        return guessed
    source = ast.unparse(written)
    kind = _BARE.get(source)
    if kind is not None and guessed is not None and guessed.startswith(f"{kind}[") and " | " not in _outside(guessed):
        return guessed
    return source


def _outside(annotation: str) -> str:
    """Return the annotation without what stands in square brackets."""
    kept, depth = "", 0
    for char in annotation:
        depth += (char == "[") - (char == "]")
        kept += char if not depth else ""
    return kept


def _of_rounded(examples: Sequence[Shown]) -> str | None:
    rounded = [example for example in examples if example.source.startswith("round(")]
    return "float" if rounded and len(rounded) == len(examples) else None


def _with_examples(doc: Docstring) -> str:
    """Return the docstring's text with the examples of its prose as doctests at its end."""
    tests = [f">>> {example.source}\n{example.want!r}" for example in doc.examples if example.in_prose]
    return "\n".join([doc.text.rstrip(), "", *tests]) if tests else doc.text.rstrip()


def _quoted(text: str) -> str:
    """Return the text as the source of a docstring."""
    rows = "\n".join(row.rstrip() for row in text.split("\n"))
    if '"""' in rows:
        rows = rows.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        return f'"""{rows}\n"""'
    prefix = "r" if "\\" in rows else ""
    return f'{prefix}"""{rows}\n"""'


def write_package(conversion: Conversion, out: Path) -> Path:
    """Write the package into a folder and return its path; nothing else is left of an earlier one.

    Raises:
        UsageError: the folder cannot be written.
    """
    package = out / PACKAGE
    try:
        package.mkdir(parents=True, exist_ok=True)
        for old in package.glob("*.py"):
            old.unlink()
        for path, source in conversion.sources.items():
            (out / path).write_text(source, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}); name another folder with --out.") from None
    return package


async def convert_checked(rows: Sequence[Prompt], out: Path) -> Conversion:
    """Convert and write the package, without what the whole of ``swarmwright lint`` finds errors in.

    Raises:
        UsageError: the folder cannot be written.
        SandboxUnavailableError: the given code of the prompts cannot be run safely here.
    """
    from swarmwright.config.compose import run_lint

    conversion = convert(rows)
    while conversion.modules:
        package = write_package(conversion, out)
        clean = without_faulty(conversion, await run_lint(package))
        if len(clean.modules) == len(conversion.modules):
            return clean
        conversion = clean
    raise UsageError("None of the problems could be converted.")


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality.humaneval", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, help="the folder of the data")
    parser.add_argument("--out", type=Path, required=True, help="where the package is written")
    parser.add_argument("--verbose", action="store_true", help="say of each problem what was left out")
    chosen = parser.parse_args(arguments)
    try:
        conversion = asyncio.run(convert_checked(load_prompts(chosen.data), chosen.out))
    except SwarmwrightError as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.verbose:
        for skipped in conversion.skipped:
            print(f"{skipped.task_id}: {skipped.reason}")
        for module in conversion.modules:
            for reason in module.dropped:
                print(f"{module.task_id}: an example left out: {reason}")
    print(conversion.summary())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
