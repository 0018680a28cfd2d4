"""Bad input: one clear sentence, the right exit code, no traceback, and nothing lost."""

from __future__ import annotations

import asyncio
import shlex
import socket
import subprocess
from pathlib import Path

import pytest

from swarmwright.simulate.endpoints import FakeEndpoint, Garbage, Habit, Plain

from .conftest import COMMAND, Desk

GOOD = 'def one(n: int) -> int:\n    """The same.\n\n    >>> one(1)\n    1\n    """\n    ...\n'


def check(result: object, code: int, *parts: str) -> None:
    stderr, stdout = getattr(result, "stderr", ""), getattr(result, "stdout", "")
    assert getattr(result, "returncode", None) == code, stdout + stderr
    assert "Traceback" not in stdout + stderr
    for part in parts:
        assert part in stdout + stderr


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (b"def one(n: int) -> int:\n    return (\n", ("sums.py", "2")),
        (b"", ("sums.py",)),
        (b"x = 1\n", ("sums.py",)),
        (b"\xff\xfe\x00nonsense", ("sums.py",)),
        (b'def one(n):\n    """The same.\n\n    >>> one(1)\n    1\n    """\n    ...\n', ("sums.py:1", "missing-type")),
        (b"def one(n: int) -> int: ...\n", ("sums.py:1", "no-evidence")),
        (GOOD.replace("n: int", "n: Nonsense").encode(), ("sums.py:1", "unknown-type")),
        ((GOOD + GOOD).encode(), ("sums.py", "duplicate-name")),
    ],
    ids=["syntax", "empty", "nothing to build", "not text", "no types", "no evidence", "unknown type", "twice"],
)
def test_a_bad_specification(desk: Desk, source: bytes, parts: tuple[str, ...]) -> None:
    desk.spec.write_bytes(source)
    check(desk.build(), 2, *parts)
    assert not desk.out.exists()
    check(desk.run("lint", desk.spec), 2, *parts)


def test_no_such_path(desk: Desk) -> None:
    check(desk.run("build", "nowhere.py", "--out", desk.out), 2, "nowhere.py")
    check(desk.run("lint", "nowhere.py"), 2, "nowhere.py")
    check(desk.run("verify", "nowhere"), 2, "nowhere")
    check(desk.run("status", "nowhere"), 2, "nowhere")
    check(desk.run("ledger", "verify", "nowhere"), 2, "nowhere")


def test_a_good_specification_is_said_to_be_good(desk: Desk) -> None:
    check(desk.run("lint", desk.spec), 0, "no errors")


def test_an_output_folder_that_is_not_ours(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "mine.txt").write_text("mine", encoding="utf-8")
    check(desk.build(), 2, "not empty")
    assert [path.name for path in desk.out.iterdir()] == ["mine.txt"]


def test_a_ledger_of_another_specification(desk: Desk, built: Desk, tmp_path: Path) -> None:
    other = tmp_path / "sums.py"
    other.write_text(desk.spec.read_text(encoding="utf-8").replace("in capitals", "in big capitals"), encoding="utf-8")
    before = built.bytes_of_all()
    words = ("build", other, "--out", built.out, "--config", built.config, "--no-progress")
    check(built.run(*words), 2, "--fresh")
    check(built.build(None, "--seed", "77"), 2, "--fresh")
    assert built.bytes_of_all() == before, "what is refused leaves the ledger and its seal alone"


def test_a_run_that_ended_before_it_began_is_begun_anew(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "run.ledger").write_bytes(b"")
    result = desk.build()
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_ledger_that_is_none(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "run.ledger").write_bytes(b"this is no ledger" * 100)
    check(desk.build(), 1, "run.ledger")
    check(desk.run("status", desk.out), 1, "run.ledger")


def test_a_store_of_answers_that_is_none(desk: Desk) -> None:
    cache = Path(desk.environment["SWARMWRIGHT_CACHE"])
    cache.mkdir(parents=True)
    (cache / "answers.db").write_bytes(b"this is no store" * 100)
    check(desk.build(), 1, "answers.db", "remove it")
    assert not desk.out.exists()


def test_an_unknown_model(desk: Desk) -> None:
    check(desk.run("build", desk.spec, "--out", desk.out, "--model", "gpt-nonsense"), 2, "gpt-nonsense")


def test_a_missing_key(desk: Desk) -> None:
    words = ("--base-url", "http://127.0.0.1:9/v1", "--model", "m", "--key-env", "NO_SUCH_KEY")
    check(desk.run("build", desk.spec, "--out", desk.out, *words), 2, "NO_SUCH_KEY")


def test_a_missing_key_of_an_endpoint_in_the_settings_file(desk: Desk) -> None:
    endpoint = 'name = "far"\nbase_url = "http://127.0.0.1:9/v1"\nmodel = "m"\nkey_env = "NO_SUCH_KEY"\n'
    desk.config.write_text(f'model = "far"\n[[endpoints]]\n{endpoint}', encoding="utf-8")
    check(desk.build(), 2, "NO_SUCH_KEY")
    assert not desk.out.exists()


def test_an_endpoint_that_is_down(desk: Desk) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    result = desk.run("build", desk.spec, "--out", desk.out, "--base-url", address, "--model", "m", "--no-progress")
    assert result.returncode in (1, 3), result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert "endpoint" in (result.stdout + result.stderr).lower()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("k = 0\n", "k is 0"),
        ("kk = 3\n", "kk"),
        ("k = \n", "swarm.toml"),
        ("[budget]\ncalls = -1\n", "budget.calls"),
        ('[[ladder]]\narchetype = "poet"\nmodel = "simulated"\ncount = 1\n[simulate]\nsolutions = "s.py"\n', "poet"),
        ('[simulate]\nsolutions = "nowhere.py"\n', "nowhere.py"),
    ],
)
def test_a_bad_setting(desk: Desk, text: str, part: str) -> None:
    desk.config.write_text(text, encoding="utf-8")
    check(desk.build(), 2, part)


@pytest.mark.parametrize("kind", ["html", "half json", "error in 200"])
def test_an_endpoint_that_answers_garbage(desk: Desk, kind: str) -> None:
    result = asyncio.run(build_with_an_endpoint(desk, Garbage([kind])))
    check(result, 1, "cannot be used as it is", "what no chat endpoint would")


def test_an_endpoint_that_does_not_know_the_key(desk: Desk) -> None:
    check(asyncio.run(build_with_an_endpoint(desk, Plain(key="sesame"))), 1, "the key was not accepted")


async def build_with_an_endpoint(desk: Desk, habit: Habit) -> subprocess.CompletedProcess[str]:
    async with FakeEndpoint(habit) as endpoint:
        words = ("--base-url", endpoint.base_url, "--model", "fake", "--no-progress")
        return await asyncio.to_thread(desk.run, "build", desk.spec, "--out", desk.out, *words)


def test_output_that_nobody_can_take(desk: Desk, built: Desk) -> None:
    program = f"{shlex.join(COMMAND)} status {shlex.quote(str(built.out))}"
    for target in ("> /dev/full", "| true"):
        shell = ["bash", "-o", "pipefail", "-c", f"{program} {target}"]
        result = subprocess.run(shell, env=built.environment, capture_output=True, text=True, check=False)
        assert "Traceback" not in result.stderr
        assert "No space left on device" in result.stderr or "true" in target


def test_misspelt_usage(desk: Desk) -> None:
    check(desk.run("build", desk.spec), 2, "--out")
    check(desk.run("bild"), 2, "bild")
    check(desk.run("build", desk.spec, "--out", desk.out, "--max-calls", "many"), 2, "--max-calls")
    check(desk.run("--version"), 0, "swarmwright 0.")
