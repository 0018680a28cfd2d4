"""Software built from a million small decisions, each of them checked."""

__version__ = "0.1.0"
