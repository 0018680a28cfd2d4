"""A warm mypy inside the sandbox: its first answer costs seconds, each later one a fraction.

Request ``{"files": {path: source}, "targets": [path]}``; reply ``{"findings": [[path, line, code, message]]}``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mypy import api

from swarmwright.verify.inside.framing import serve

_FINDING = re.compile(r"^(?P<path>[^:]+):(?P<line>\d+)(:\d+)?: error: (?P<message>.*?)\s+\[(?P<code>[a-z-]+)\]$")
_OPTIONS = (
    "--no-error-summary",
    "--hide-error-context",
    "--no-color-output",
    "--check-untyped-defs",
    "--ignore-missing-imports",
    "--no-site-packages",
    "--explicit-package-bases",
    "--cache-dir=.mypy_cache",
)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Check the given files and return what mypy found in the targets."""
    for path, source in request["files"].items():
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source, encoding="utf-8")
    stdout, stderr, _ = api.run([*_OPTIONS, *request["targets"]])
    findings = [
        [match["path"], int(match["line"]), match["code"], match["message"]]
        for line in stdout.splitlines()
        if (match := _FINDING.match(line))
    ]
    return {"findings": findings, "trouble": stderr[:500]}


if __name__ == "__main__":
    serve(answer)
