"""Memory: how near a process is to the limit it was given; a search that stops in time keeps what it found."""

from __future__ import annotations

import resource
from pathlib import Path

_STATM = Path("/proc/self/statm")
_FULL = 0.85
"""The share of the limit past which a search goes no further: what it found must still be written and tried."""


def is_nearly_full() -> bool:
    """Tell whether the process has little left of its address space; False where nothing limits it or tells."""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return False
    try:
        pages = int(_STATM.read_text().split()[0])
    except (OSError, ValueError):
        return False
    return pages * resource.getpagesize() > _FULL * limit
