"""The error tree: surprises only, each saying whose fault it is and what to do.

Expected outcomes (a verdict, an exit reason, a red flag) are values, never exceptions.

    SwarmwrightError
    ├── UsageError
    │   ├── SpecError
    │   ├── OutputFolderError
    │   ├── ProcessError
    │   ├── UnknownModelError
    │   └── ConfigError
    ├── ModelError
    │   ├── EndpointError
    │   ├── EndpointRefusedError
    │   ├── KeyMissingError
    │   ├── DigestMismatchError
    │   └── ModelFileError
    ├── SandboxError
    │   ├── SandboxUnavailableError
    │   └── SandboxDiedError
    └── LedgerError
        ├── LedgerVersionError
        ├── LedgerMismatchError
        ├── LedgerEmptyError
        ├── LedgerCorruptError
        └── StorageFullError
"""

from __future__ import annotations


class SwarmwrightError(Exception):
    """Something went wrong that swarmwright can name."""

    exit_code = 1

    def __init__(self, message: str | None = None) -> None:
        """Take the sentence to show; without one the class's first docstring line is shown."""
        super().__init__(message or (type(self).__doc__ or "").split("\n")[0])


class UsageError(SwarmwrightError):
    """What was asked for cannot be done as asked."""

    exit_code = 2


class SpecError(UsageError):
    """The specification cannot be read, or lint found errors in it."""


class OutputFolderError(UsageError):
    """The output folder is not empty and was not made by swarmwright."""


class ProcessError(UsageError):
    """The file of a long task cannot be run as it is."""


class UnknownModelError(UsageError):
    """No model of that name is known."""


class ConfigError(UsageError):
    """A setting is missing, misspelt or out of range."""


class ModelError(SwarmwrightError):
    """A model could not be asked."""


class EndpointError(ModelError):
    """The endpoint is down, too slow, or answers what no chat endpoint would answer."""


class EndpointRefusedError(ModelError):
    """The endpoint refuses our requests for good (a wrong key, an unknown model, a bad request)."""


class KeyMissingError(ModelError):
    """The endpoint needs an API key and the environment variable that should hold it is not set."""

    exit_code = 2


class DigestMismatchError(ModelError):
    """A model file's bytes are not the ones we know."""


class ModelFileError(ModelError):
    """A model file could not be fetched."""


class SandboxError(SwarmwrightError):
    """Generated code could not be run safely."""


class SandboxUnavailableError(SandboxError):
    """This machine cannot isolate generated code."""

    exit_code = 2


class SandboxDiedError(SandboxError):
    """A sandboxed process ended before it answered."""


class LedgerError(SwarmwrightError):
    """The ledger of a run cannot be used."""


class LedgerVersionError(LedgerError):
    """The ledger was written by another version of its format."""

    exit_code = 2


class LedgerMismatchError(LedgerError):
    """The ledger belongs to another specification or other options."""

    exit_code = 2


class LedgerEmptyError(LedgerError):
    """The ledger holds nothing: its run ended before it began."""


class LedgerCorruptError(LedgerError):
    """The ledger's bytes are not the ones that were written."""


class StorageFullError(LedgerError):
    """The disk is full; what was committed is safe."""
