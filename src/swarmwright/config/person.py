"""A person as the last model of a ladder: asked where the models' votes are split until all samples are used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from swarmwright.agents.ports import Completion, Message, ModelRequest
from swarmwright.errors import ConfigError, EndpointError

PERSON = "person"
"""The name under which a person stands in the ladder and in the ledger."""
_SHOWN = 160

Reply = Callable[[str], str | None]
"""Is given what is asked, and returns the answer as text; None where nobody answers."""


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a file of answers: what is asked ends with ``asked``."""

    asked: str
    answer: str


class PersonModel:
    """A `Model` that is a person: answers are read, checked and counted like any other; each phrasing is asked once."""

    name = PERSON
    digest = PERSON
    family = PERSON
    concurrency = 1

    def __init__(self, reply: Reply) -> None:
        """Take who answers."""
        self._reply = reply
        self._given: dict[tuple[Message, ...], str] = {}

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        """Return the person's answer for every sample.

        Raises:
            EndpointError: nobody answers; the run ends there and can go on when somebody does.
        """
        asked = "\n".join(message.content for message in request.messages)
        if request.messages not in self._given:
            answer = await asyncio.to_thread(self._reply, asked)
            if answer is None:
                shown = " ".join(asked.split())
                raise EndpointError(f"A person's answer is needed: ...{shown[-_SHOWN:]}")
            self._given[request.messages] = answer
        text = self._given[request.messages]
        samples = range(request.first, request.first + request.count)
        return tuple(Completion(text, sample, "stop", 0, 0, 0.0, 0.0) for sample in samples)

    async def close(self) -> None:
        """Do nothing."""


def read_answers(file: Path) -> Reply:
    """Return who answers from a file: a line of JSON each, ``{"asked": "... 14, 3)", "answer": "3"}``.

    Raises:
        ConfigError: the file cannot be read, or a line is none.
    """
    try:
        lines = [line for line in file.read_bytes().splitlines() if line.strip()]
        known: Sequence[_Line] = [msgspec.json.decode(line, type=_Line) for line in lines]
    except OSError as error:
        raise ConfigError(f"{file}: it cannot be read ({error.strerror}).") from None
    except msgspec.MsgspecError as error:
        raise ConfigError(f'{file}: each line must be as {{"asked": "...", "answer": "..."}} ({error}).') from None

    def reply(asked: str) -> str | None:
        return next((line.answer for line in known if asked.rstrip().endswith(line.asked.rstrip())), None)

    return reply
