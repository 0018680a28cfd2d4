"""The house rules, kept by a test and not by memory."""

from __future__ import annotations

import ast
import graphlib
import importlib.util
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import swarmwright
from swarmwright import errors

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "swarmwright"
MOST_LINES = 500
MEDIAN_LINES = 150
MOST_FUNCTION_LINES = 60
MOST_PUBLIC_NAMES = 20
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "base", "core", "manager", "handler", "misc"}
TEXT_SUFFIXES = {".py", ".md", ".toml", ".sql", ".cfg", ".ini", ".txt", ".yml", ".yaml", ".json", ""}
KNOWN_HOSTS = {
    "127.0.0.1",
    "api.openai.com",
    "arxiv.org",
    "docs.python.org",
    "en.wikipedia.org",
    "example.com",
    "example.org",
    "github.com",
    "huggingface.co",
    "keepachangelog.com",
    "localhost",
    "semver.org",
    "www.apache.org",
}
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/\w|/tmp/brief|\b(?:pip|index)[._-]url\b")
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = [name for name in listing.stdout.decode().split("\0") if name]
    if not names:
        pytest.skip("not a git work tree")
    return [ROOT / name for name in names if (ROOT / name).is_file()]


# Structure


def test_imports_point_down_only() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def imports_of(path: Path) -> set[str]:
    """Every module of ours that a module imports at its top level."""
    known = {name_of(module) for module in MODULES}
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return (found & known) - {name_of(path), "swarmwright"}


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {name_of(path): imports_of(path) for path in MODULES}
    graphlib.TopologicalSorter(graph).prepare()


def test_relative_imports_are_not_used() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


def test_our_own_modules_are_imported_at_the_top() -> None:
    found = []
    for path in MODULES:
        if name_of(path).split(".")[1:2] in (["cli"], ["config"]) or path == PACKAGE / "__init__.py":
            continue
        for function in functions(tree_of(path)):
            for node in ast.walk(function):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                found += [f"{path}:{node.lineno}" for name in names if name.split(".")[0] == "swarmwright"]
    assert found == []


def test_modules_are_short() -> None:
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    assert statistics.median(lines.values()) < MEDIAN_LINES


def test_functions_are_short() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}": length
        for path in MODULES
        for function in functions(tree_of(path))
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert found == {}


def test_names_say_what_a_module_is_for() -> None:
    found = [name_of(path) for path in MODULES if FORBIDDEN_NAMES & set(re.split(r"[._]", name_of(path).lower()))]
    assert found == []


# The public face


def test_public_names_are_sorted_few_and_real() -> None:
    assert swarmwright.__all__ == sorted(swarmwright.__all__)
    assert len(swarmwright.__all__) <= MOST_PUBLIC_NAMES
    for name in swarmwright.__all__:
        assert getattr(swarmwright, name) is not None
    assert {name for name in dir(swarmwright) if not name.startswith("_")} == {
        name for name in swarmwright.__all__ if not name.startswith("_")
    }


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = swarmwright.no_such_name


def drawing(kind: type[BaseException], prefix: str = "") -> list[str]:
    lines = []
    children = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    for index, child in enumerate(children):
        last = index == len(children) - 1
        lines.append(f"{prefix}{'└── ' if last else '├── '}{child.__name__}")
        lines += drawing(child, prefix + ("    " if last else "│   "))
    return lines


def test_the_drawing_of_the_error_tree_equals_the_tree() -> None:
    drawn = [line.strip() for line in (errors.__doc__ or "").splitlines()]
    start = drawn.index("SwarmwrightError")
    assert drawn[start + 1 :][: len(drawing(errors.SwarmwrightError))] == [
        line.strip() for line in drawing(errors.SwarmwrightError)
    ]
    assert not [line for line in drawn[start + 1 + len(drawing(errors.SwarmwrightError)) :] if "──" in line]


def test_every_error_says_whose_fault_it_is() -> None:
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, errors.SwarmwrightError):
            assert str(kind()).endswith("."), name
            assert kind.exit_code in (1, 2), name


def test_everything_public_is_documented() -> None:
    missing = []
    for path in MODULES:
        tree = tree_of(path)
        inner = {id(node) for function in functions(tree) for node in ast.walk(function) if node is not function}
        documented: list[ast.AST] = [tree] if path.read_text(encoding="utf-8").strip() else []
        documented += [
            node
            for node in ast.walk(tree)
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            and not node.name.startswith("_")
            and id(node) not in inner
        ]
        private = {
            id(child)
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and node.name.startswith("_")
            for child in ast.walk(node)
        }
        missing += [
            f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"
            for node in documented
            if id(node) not in private and ast.get_docstring(node) is None  # type: ignore[arg-type]
        ]
    assert missing == []


# Importing

LIGHT = """
import sys, pathlib
before = set(sys.modules)
import {module}
site = {{n.split('.')[0] for n, m in sys.modules.items() if 'site-packages' in (getattr(m, '__file__', '') or '')}}
started = {{n.split('.')[0] for n in before}}
heavy = site - started - {{'msgspec', 'swarmwright', 'typing_extensions'}}  # msgspec's own need
assert not heavy, heavy
assert not list(pathlib.Path('.').iterdir()), list(pathlib.Path('.').iterdir())
"""
DOMAIN = ("errors", "spec", "ledger", "plan", "voting", "agents", "swarm", "construct", "verify")


def test_importing_is_silent_and_light(tmp_path: Path) -> None:
    domain = [name_of(path) for path in MODULES if name_of(path).split(".")[1:2] in [[layer] for layer in DOMAIN]]
    light = ["swarmwright", *(name for name in domain if not name.startswith("swarmwright.verify.inside"))]
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    program = LIGHT.format(module=", ".join(light))
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


# The tests themselves


def is_sleep(call: ast.Call, *, virtual: bool) -> bool:
    """Whether a call waits for time to pass; ``asyncio.sleep(0)`` only lets others go first, and virtual time jumps."""
    yields = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
    name = ast.unparse(call.func)
    return name in ("time.sleep", "sleep") or (name == "asyncio.sleep" and not yields and not virtual)


def test_nothing_is_mocked_patched_or_slept_through() -> None:
    found = []
    for path in TESTS:
        virtual = "from swarmwright.simulate.clock import" in path.read_text(encoding="utf-8")
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest.mock"):
                found.append(f"{path}:{node.lineno} imports a mock")
            if isinstance(node, ast.Import) and any("mock" in alias.name for alias in node.names):
                found.append(f"{path}:{node.lineno} imports a mock")
            if isinstance(node, ast.arg) and node.arg in ("monkeypatch", "mocker"):
                found.append(f"{path}:{node.lineno} patches")
            if isinstance(node, ast.Call) and is_sleep(node, virtual=virtual):
                found.append(f"{path}:{node.lineno} sleeps")
    assert found == []


def test_every_folder_of_tests_can_fail() -> None:
    empty = [
        str(path.relative_to(ROOT))
        for path in TESTS
        if path.name.startswith("test_")
        and not any(function.name.startswith("test_") for function in functions(tree_of(path)))
        and not any(isinstance(node, ast.ClassDef) for node in ast.walk(tree_of(path)))
        and "TestCase" not in path.read_text(encoding="utf-8")
    ]
    assert empty == []


# The tree as a whole


def test_the_tree_speaks_of_the_project_alone() -> None:
    found = []
    for path in tracked():
        if path.suffix not in TEXT_SUFFIXES or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in MACHINE.finditer(text)]
        for url in re.findall(r"https?://[^\s\"'<>)\]}`\\]+", text):
            host = re.split(r"[/:?#]", url.split("://", 1)[1].rpartition("@")[2].replace("{", ""), maxsplit=1)[0]
            allowed = host in KNOWN_HOSTS or host.endswith((".invalid", ".test", ".example", ".localhost"))
            if "." in host and not allowed and not host.startswith("127."):
                found.append(f"{path.relative_to(ROOT)}: {url}")
    assert found == []


def code_blocks(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def test_python_blocks_of_the_readme_run(tmp_path: Path) -> None:
    for block in code_blocks("python"):
        result = subprocess.run([sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, block + result.stderr


def readme_commands() -> list[str]:
    lines = [line for block in code_blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("line", readme_commands())
def test_commands_of_the_readme_are_understood(line: str) -> None:
    """The two lines that do everything are run by the live tests; here each must be one that exists."""
    words = line.split()
    while words and "=" in words[0]:
        words = words[1:]
    if words[0] == "make":
        assert re.search(rf"^{re.escape(words[1])}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    elif words[0] == "swarmwright":
        check_command(words[1:])
    else:
        assert words[:3] == [".venv/bin/python", "-m", "pytest"] or words[0] in ("cd", "git", "export"), line


def check_command(words: list[str]) -> None:
    """Let the command line parse the words without running anything."""
    program = (
        "import sys, typer\n"
        "from swarmwright.cli import app\n"
        "command, words = typer.main.get_command(app), sys.argv[1:]\n"
        "while hasattr(command, 'commands') and words:\n"
        "    command, words = command.commands[words[0]], words[1:]\n"
        "command.make_context('swarmwright', list(words))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_the_files_a_newcomer_looks_for_are_there() -> None:
    for name in ("README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"):
        assert len((ROOT / name).read_text(encoding="utf-8")) > 200, name
    assert importlib.util.find_spec("swarmwright") is not None
