"""``python -m swarmwright`` is the command of the same name."""

from __future__ import annotations

from swarmwright.cli import main

if __name__ == "__main__":
    main()
