"""The child that runs llama.cpp: what it cannot load is one sentence, and it never outlives us. No model is needed."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from swarmwright.adapters.llamacpp import start_local, usable_cores
from swarmwright.adapters.llamacpp_server import Ready, ServerOptions
from swarmwright.errors import ModelFileError


def test_no_such_file_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="models pull"):
        asyncio.run(start_local(tmp_path / "absent.gguf"))


@pytest.mark.parametrize("content", [b"", b"GGUF", b"GGUF" + bytes(4096), b"<html>not found</html>"])
def test_what_is_no_model_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"broken\.gguf: llama\.cpp cannot load it") as caught:
        asyncio.run(start_local(path, slots=1, context=256))
    assert "\n" not in str(caught.value)


def test_at_least_one_core() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


def test_the_key_is_not_among_the_arguments() -> None:
    options = ServerOptions("x.gguf", "secret", 1, 1, 256, 64, 0, False, 1)
    assert msgspec.json.decode(msgspec.json.encode(options), type=ServerOptions) == options


def test_a_child_whose_input_ends_before_the_options_ends_too() -> None:
    child = subprocess.run(
        [sys.executable, "-m", "swarmwright.adapters.llamacpp_server"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert child.returncode != 0
    assert msgspec.json.decode(child.stdout, type=Ready).error
