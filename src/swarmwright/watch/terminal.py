"""A run as it is seen in a terminal: live progress while it goes, one line a Unit when it ends."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from swarmwright.ledger.events import OFFERED, Answered, AnyEvent, Decided, Noted, RunResumed
from swarmwright.ledger.folds import RunState, TaskState
from swarmwright.watch.report import Report, UnitReport, cut

WINDOW_S = 30.0
"""Tokens a second are counted over this long."""
MOST_SHOWN = 6
_BAR = 40

_DOING = {
    "asking": "asking models",
    "examining": "examining answers",
    "verifying": "verifying the leader",
}
_COLOURS = {"delivered": "green", "undecided": "yellow", "open": "dim"}


class Terminal:
    """Watches a run: pass it as the observer; use it as a context manager while the run goes.

    On a terminal a live picture is kept up to date; elsewhere each decision is printed as a plain line.
    """

    def __init__(
        self,
        *,
        total: int = 0,
        console: Console | None = None,
        live: bool | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Watch a run of ``total`` Units (0: as many as are heard of).

        Args:
            total: how many Units there are to decide.
            console: where to draw; standard error by default.
            live: draw a live picture; by default only where the console is a terminal.
            clock: seconds, from anywhere.
        """
        self._console = console or Console(stderr=True)
        self._is_live = self._console.is_terminal if live is None else live
        self._clock, self._began = clock, clock()
        self._written: deque[tuple[float, int]] = deque()
        self._live: Live | None = None
        self._fetching: tuple[str, int, int] | None = None
        self.total = total
        self.state = RunState()
        self._done_before = 0

    def __enter__(self) -> Terminal:
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
        """Take note of what happened."""
        for event in events:
            self.state.on(event)
            match event:
                case Answered():
                    self._written.append((self._clock(), sum(a.tokens_out for a in event.answers if not a.kept)))
                case Decided():
                    self._say(self._decision(self.state.task(event.task)))
                case Noted():
                    self._say(f"note: {event.topic}: {event.text}")
                case RunResumed() if self._done() or event.asked_again:
                    again = event.asked_again
                    lost = f"; asked again, as they were in flight: {again}" if again else ""
                    self._say(f"resumed: {self._done()} of {self._all()} were decided before{lost}")
                case _:
                    pass

    def resume(self, state: RunState) -> None:
        """Take over what an earlier start of the run came to; what is heard from now on is added to it."""
        self.state = state
        self._done_before = self._done()

    def say(self, text: str) -> None:
        """Print a line (above the live picture, where there is one)."""
        self._say(text)

    def fetching(self, name: str, done: int, total: int) -> None:
        """Show how much of a model file is here, in bytes."""
        before = self._fetching
        self._fetching = (name, done, total) if done < total else None
        tenth = total // 10 or 1
        if self._live is None and (before is None or done // tenth != before[1] // tenth):
            self._say(f"fetching {name}: {done * 100 // (total or 1)} % of {total / 1e6:.0f} MB")

    def _say(self, text: str) -> None:
        self._console.print(Text(text), soft_wrap=True, highlight=False)

    def _decision(self, task: TaskState) -> str:
        decided = task.decided
        if decided is None:
            return task.name
        count = f"[{self._done()}/{self._all()}]"
        if decided.delivered:
            return f"{count} {task.name}: delivered, {decided.votes} votes, {decided.margin} ahead"
        return f"{count} {task.name}: undecided: {decided.reason}"

    def _done(self) -> int:
        return self.state.totals.delivered + self.state.totals.undecided

    def _all(self) -> int:
        return max(self.total, len(self.state.tasks))

    # The live picture

    def tokens_per_second(self) -> float:
        """Return how many tokens a second were written lately."""
        now = self._clock()
        while self._written and self._written[0][0] < now - WINDOW_S:
            self._written.popleft()
        return sum(count for _, count in self._written) / max(1.0, min(WINDOW_S, now - self._began))

    def seconds_left(self) -> float | None:
        """Return the estimate of seconds left, from the pace since this start; None before anything was decided."""
        done = self._done() - self._done_before
        if not done:
            return None
        return (self._clock() - self._began) / done * (self._all() - self._done())

    def picture(self) -> RenderableType:
        """Return what the live display shows now."""
        if self._fetching is not None:
            name, done, size = self._fetching
            return Group(Text(f"fetching {name}: {done / 1e6:.0f} of {size / 1e6:.0f} MB"), bar(done, size))
        totals = self.state.totals
        done, total = self._done(), self._all()
        left = self.seconds_left()
        head = Text.assemble(
            (f"{totals.delivered} delivered", "green"),
            (f"  {totals.undecided} undecided", "yellow" if totals.undecided else "dim"),
            f"  {total - done} to go   {duration(self._clock() - self._began)}",
            f", about {duration(left)} left" if left is not None else "",
        )
        counts = Text(
            f"{totals.answers} answers ({totals.kept} kept)  {totals.votes} votes  {self._flags()} red flags  "
            f"{totals.refuted} refuted  {self.tokens_per_second():.0f} tokens/s"
            + (f"  ${totals.cost_usd:.4f}" if totals.cost_usd else ""),
            style="dim",
        )
        return Group(head, bar(done, total), counts, *self._working())

    def _flags(self) -> int:
        return sum(count for name, count in self.state.totals.flags.items() if name != OFFERED)

    def _working(self) -> list[Text]:
        busy = [task for task in self.state.tasks.values() if task.stage in _DOING]
        lines = []
        for task in busy[:MOST_SHOWN]:
            votes = ", ".join(str(count) for _, count in task.votes().most_common(4)) or "none yet"
            rung = f" (rung {task.rungs[-1] + 1})" if task.rungs else ""
            lines.append(Text(f"  {task.name}: {_DOING[task.stage]}{rung}, votes: {votes}"))
        if len(busy) > MOST_SHOWN:
            lines.append(Text(f"  and {len(busy) - MOST_SHOWN} more", style="dim"))
        return lines


def bar(done: int, total: int) -> Text:
    """Return a bar of one line that is as full as ``done`` is of ``total``."""
    full = _BAR * min(done, total) // (total or 1)
    return Text.assemble(("━" * full, "green"), ("━" * (_BAR - full), "dim"))


def duration(seconds: float) -> str:
    """Return a length of time for people."""
    whole = int(max(0.0, seconds))
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60:02d} s" if whole < 3600 else f"{whole // 3600} h {whole // 60 % 60:02d} min"


def closing_table(report: Report) -> RenderableType:
    """Return what ends a run: a table with one line a Unit, why the undecided ones are so, and the sum."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("unit", overflow="fold")
    table.add_column("verdict", no_wrap=True)
    dear = any(unit.cost_usd for unit in report.units)
    for name in ("votes:margin", "answers", "checks", "tokens", *(("cost",) if dear else ())):
        table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
    for unit in report.units:
        table.add_row(*unit_row(unit, dear=dear))
    reasons = [
        Padding(Text(f"{unit.unit}: {unit.status}: {cut(unit.reason)}"), (0, 0, 0, 2), expand=False)
        for unit in report.units
        if unit.reason and unit.status != "delivered"
    ]
    return Group(table, Text(), *reasons, *([Text()] if reasons else []), Text(closing_line(report)))


def unit_row(unit: UnitReport, *, dear: bool = False) -> tuple[RenderableType, ...]:
    """Return one Unit's line of the closing table; ``dear`` adds what it cost."""
    got = unit.verdict if unit.status == "delivered" else unit.status
    row = (
        Text(unit.unit),
        Text(got, style=_COLOURS[unit.status]),
        Text(f"{unit.votes}:{unit.margin}"),
        Text(str(unit.samples)),
        Text(str(len(unit.checks) + len(unit.laws))),
        Text(str(unit.tokens_in + unit.tokens_out)),
    )
    return (*row, Text(f"${unit.cost_usd:.4f}")) if dear else row


def closing_line(report: Report) -> str:
    """Return the one sentence that ends a run."""
    costs = report.costs
    undecided = len(report.undecided)
    still = len(report.units) - len(report.delivered) - undecided
    parts = [f"{len(report.delivered)} of {len(report.units)} delivered"]
    parts += [f"{undecided} undecided"] if undecided else []
    parts += [f"{still} still open"] if still else []
    return (
        f"{', '.join(parts)}; {costs.answers} answers ({costs.kept} kept), "
        f"{costs.tokens_in + costs.tokens_out} tokens{f', ${costs.cost_usd:.4f}' if costs.cost_usd else ''}."
    )
