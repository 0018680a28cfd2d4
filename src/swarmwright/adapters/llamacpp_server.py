"""The child process that runs llama.cpp's own server on loopback; started by ``adapters.llamacpp``.

Protocol: one line of JSON options on standard input (not arguments: the key must not show in a process
list); one line of JSON on standard output when ready (``{"port": ...}``) or when it cannot be
(``{"error": ...}``). The process ends when its parent does: at end of file on standard input, and by the
parent-death signal where the system has one.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any

import msgspec

_PR_SET_PDEATHSIG = 1


class ServerOptions(msgspec.Struct, frozen=True):
    """How to run the server. ``context`` counts tokens for one slot; ``poll`` is 0 (sleep) to 100 (spin)."""

    path: str
    key: str
    slots: int
    threads: int
    context: int
    batch: int
    poll: int
    unified: bool
    verbosity: int


class Ready(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the child says once: its port, or why there is none."""

    port: int = 0
    error: str = ""


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies (Linux; elsewhere end of file must do)."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # The parent may have died before the call took effect.
    if os.getppid() != parent:
        os._exit(1)


def parameters(options: ServerOptions, library: Any) -> Any:
    """Return llama.cpp's parameters for these options."""
    wanted = library.CommonParams()
    wanted.model.path = options.path
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = 0
    wanted.api_keys = [options.key]
    wanted.n_parallel = options.slots
    wanted.n_ctx = options.context * options.slots
    wanted.kv_unified = options.unified
    wanted.n_batch = wanted.n_ubatch = options.batch
    wanted.n_gpu_layers = 0
    wanted.fit_params = False
    wanted.cache_ram_mib = 1024
    wanted.warmup = True
    wanted.ui = False
    wanted.endpoint_slots = False
    wanted.offline = True
    wanted.verbosity = options.verbosity
    wanted.n_threads_http = 4
    for pool in (wanted.cpuparams, wanted.cpuparams_batch):
        pool.n_threads = options.threads
        pool.poll = options.poll
    return wanted


def _silence() -> int:
    # llama.cpp writes to both streams; only our own line may reach the parent.
    spoken = os.dup(1)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)
    return spoken


def _say(descriptor: int, ready: Ready) -> None:
    os.write(descriptor, msgspec.json.encode(ready) + b"\n")


def _wait_for_end_of_input() -> None:
    while os.read(0, 4096):
        pass


def main() -> None:
    """Run the server until standard input ends."""
    die_with_parent()
    # Ctrl-C at the terminal reaches the whole group; the parent decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spoken = _silence()
    try:
        options = msgspec.json.decode(os.fdopen(0, "rb", 0, closefd=False).readline(), type=ServerOptions)
        import xllamacpp

        server = xllamacpp.Server(parameters(options, xllamacpp))
        port = int(str(server.listening_address).rsplit(":", 1)[1])
    except (ImportError, RuntimeError, ValueError, OSError, AttributeError, IndexError, msgspec.MsgspecError) as error:
        _say(spoken, Ready(error=f"{type(error).__name__}: {error}"))
        os._exit(1)
    _say(spoken, Ready(port=port))
    _wait_for_end_of_input()
    # Destroying the server may wait for an answer that nobody will read.
    os._exit(0)


if __name__ == "__main__":
    main()
