"""A long task's run as it is seen in a terminal: steps, votes and speed, and what it came to."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from swarmwright.ledger.events import AnyEvent, Noted, Recalled, RunResumed
from swarmwright.ledger.folds import Totals
from swarmwright.watch.steps_report import counted
from swarmwright.watch.terminal import duration

PLAIN_EVERY_S = 30.0
"""Where there is no terminal, a line is printed this often."""


class StepsTerminal:
    """Watches a long task: pass it as the observer; use it as a context manager while the run goes."""

    def __init__(
        self,
        *,
        console: Console | None = None,
        live: bool | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Watch a run.

        Args:
            console: where to draw; standard error by default.
            live: draw a live line; by default only where the console is a terminal.
            clock: seconds, from anywhere.
        """
        self._console = console or Console(stderr=True)
        self._is_live = self._console.is_terminal if live is None else live
        self._clock = clock
        self._began = self._said = clock()
        self._live: Live | None = None
        self._fetching = ""
        self.total: int | None = None
        self.totals = Totals()
        self.before = 0
        self.recalled = 0

    def resumed(self, decided: int) -> None:
        """Take note that so many steps were decided by earlier starts."""
        self.before = decided

    def __enter__(self) -> Self:
        """Begin to draw."""
        if self._is_live:
            self._live = Live(console=self._console, get_renderable=self.picture, refresh_per_second=4, transient=True)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop drawing and leave the terminal as it was."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def __call__(self, events: Sequence[AnyEvent]) -> None:
        """Take events that are durable."""
        for event in events:
            self.totals.on(event)
            if isinstance(event, Recalled):
                self.recalled += 1
            elif isinstance(event, RunResumed):
                lost = f"; {counted(event.asked_again, 'call')} in flight then asked again" if event.asked_again else ""
                self.say(f"Going on after {counted(self.before, 'decided step')}{lost}.")
            elif isinstance(event, Noted):
                self.say(f"{event.topic}: {event.text}")
        self._fetching = ""
        if not self._is_live and self._clock() - self._said >= PLAIN_EVERY_S:
            self._said = self._clock()
            self.say(str(self.picture()))

    def fetching(self, name: str, done: int, total: int) -> None:
        """Show how far a model's file is fetched."""
        self._fetching = f"fetching {name}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB"

    def say(self, text: str) -> None:
        """Print a line."""
        self._console.print(Text(text))

    def picture(self) -> Text:
        """Return the line that says how far it is."""
        if self._fetching:
            return Text(self._fetching)
        totals = self.totals
        seconds = max(1e-9, self._clock() - self._began)
        steps = totals.delivered
        of = f" of {self.total:,}" if self.total else ""
        now = f" ({steps:,} of them now)" if self.before else ""
        reuse = f", {self.recalled:,} by decisions made before" if self.recalled else ""
        undecided = f", {totals.undecided:,} undecided" if totals.undecided else ""
        flagged = sum(totals.flags.values())
        return Text(
            f"{self.before + steps:,}{of} steps decided{now}{reuse}{undecided}; {totals.votes:,} votes, "
            f"{flagged:,} answers flagged; {steps / seconds:,.1f} steps a second{self._left(steps / seconds)}"
        )

    def _left(self, per_s: float) -> str:
        """Say how long it may take yet, where that is known."""
        if not self.total or not per_s:
            return ""
        return f", about {duration(max(0, self.total - self.before - self.totals.delivered) / per_s)} left"
