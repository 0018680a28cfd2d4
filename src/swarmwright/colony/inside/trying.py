"""Trying what was found: each solution is written as Python, compiled, and run on every input as users would run it."""

from __future__ import annotations

import ast
import contextlib
import copy
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from swarmwright.colony.doubts import UNLIKELY, Doubts
from swarmwright.colony.inside.branches import Decision
from swarmwright.colony.inside.chance import Mapped, Solution
from swarmwright.colony.inside.growth import BOUNDED, KNOWN, grows, kept_small
from swarmwright.colony.inside.kinds import INT, SCALARS, Row, inward, outward
from swarmwright.colony.inside.patience import Patience
from swarmwright.colony.inside.problem import Problem, Raises
from swarmwright.colony.inside.search import Search
from swarmwright.colony.inside.writing import Writer
from swarmwright.ledger.events import PLODDING
from swarmwright.spec.indent import indent_body
from swarmwright.verify.inside.loading import Contracted, TooSlow

_CPU_S = 0.1
_SLOW_CPU_S = 0.8
_MOST_SLOW = 3
_PATIENT = 10
_HASTY_CPU_S = 0.02
"""So many bodies get more time, since the right one may be slow; after more slow ones the others get less."""
_PLODDING_CPU_S = 0.02
_PRODUCTS = ("*", "range(")
_ENLARGED, _FAR_ENLARGED = 10**6, 10**8
_MOST_ENLARGED = 2
"""How many times larger a number becomes on which a loop's steps are tried, and how many calls for each parameter."""
_MOST_DOUBTFUL = 4
_UNLIKELIER = 6
"""How much cheaper a doubtful solution is before it rivals another; no right body of the benchmarks' was doubtful."""


class Found(NamedTuple):
    """A body that satisfies the examples and contracts on every input, the cheapest of its behaviour.

    ``solution`` is the way to that behaviour that is least likely by chance.
    """

    body: str
    cost: int
    solution: Solution
    trail: tuple[str, ...]
    doubt: str = ""


class Trier:
    """Accepts solutions: those that hold up when they are written and run, one for each behaviour."""

    def __init__(
        self,
        problem: Problem,
        contracted: Contracted | None,
        namespace: Mapping[str, Any],
        patience: Patience | None = None,
        doubts: Doubts | None = None,
    ) -> None:
        """Take the problem, the Unit's contracts, what bodies may name, who limits their time, and what to doubt."""
        self._problem = problem
        self._patience = patience or Patience()
        self._contracted = contracted
        self._namespace = namespace
        self._calls = [*problem.inputs, *problem.more]
        self._errors = {one.error for one in problem.wanted if isinstance(one, Raises)}
        self._texts: set[str] = set()
        self._doubts = doubts
        self.found: dict[tuple[Any, ...], Found] = {}
        self.doubtful: dict[tuple[Any, ...], Found] = {}
        self._slow = 0

    def accept(self, search: Search, solution: Solution) -> bool:
        """Tell whether a solution is sound and behaves like none before it."""
        body, trail = self.write(search, solution)
        if not body:
            return False
        if body in self._texts:
            for known, one in self.found.items():
                if one.body == body:
                    again = one._replace(solution=solution, cost=solution.cost, trail=trail)
                    return self._again(search, known, again)
            return False
        self._texts.add(body)
        doubt = self._doubts.of(body) if self._doubts is not None else ""
        is_unlikely = doubt in UNLIKELY
        if is_unlikely and len(self.doubtful) >= _MOST_DOUBTFUL:
            return False
        behaviour = self.behaviour_of(body)
        if behaviour is None or not self._is_orderless(body, behaviour):
            return False
        if not doubt and "while " in body and self._plods(body):
            doubt, is_unlikely = PLODDING, True
        one = Found(body, solution.cost, solution, trail, doubt)
        if behaviour in self.found:
            return self._again(search, behaviour, one)
        if is_unlikely:
            # The search goes on: a likelier meaning may be a little dearer.
            self.doubtful.setdefault(behaviour, one)
            return False
        self.found[behaviour] = one
        return True

    def overshadows(self, cost: int) -> bool:
        """Tell whether a doubtful solution is so much cheaper than this cost that it is a rival all the same."""
        return any(one.cost + _UNLIKELIER < cost for one in self.doubtful.values())

    def _again(self, search: Search, behaviour: tuple[Any, ...], one: Found) -> bool:
        """Tell whether what was found in another way is less of a chance hit in this one; then it counts so.

        The body becomes the cheapest one.
        """
        before = self.found[behaviour]
        likelier = search.surprise(one.solution) > search.surprise(before.solution)
        kept = one if one.cost < before.cost and one.doubt not in UNLIKELY else before
        self.found[behaviour] = kept._replace(solution=one.solution if likelier else before.solution)
        return likelier

    def write(self, search: Search, solution: Solution) -> tuple[str, tuple[str, ...]]:
        """Return a solution as the statements of a body, and the productions it was made by."""
        writer = Writer(search.bank, self._problem.names)
        if isinstance(solution.what, Mapped):
            return self._mapped(writer, solution.what)
        tree = solution.what.tree if isinstance(solution.what, Decision) else solution.what
        return "\n".join(writer.statements(tree)), tuple(writer.trail(tree))

    def _mapped(self, writer: Writer, what: Mapped) -> tuple[str, tuple[str, ...]]:
        inner = what.solution.what
        own = Writer(what.search.bank, what.child.problem.names)
        tree = inner.tree if isinstance(inner, Decision) else inner
        body = own.inline(tree)
        if body is None:
            return "", ()
        text = "\n".join(writer.over(what.child, body))
        return text, (what.child.shape.name, *writer.trail(what.child.scope.source), *own.trail(tree))

    def behaviour_of(self, body: str, calls: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return what a body gives on every call (default: all inputs).

        None where it breaks the specification on one, does not compile, or takes too long.
        """
        try:
            function = self._defined(body)
        except SyntaxError:
            return None
        try:
            return self._run(function, calls or self._calls, _CPU_S if self._slow < _PATIENT else _HASTY_CPU_S)
        except TooSlow:
            self._slow += 1
            if self._slow > _MOST_SLOW:
                return None
        try:
            return self._run(function, calls or self._calls, _SLOW_CPU_S)
        except TooSlow:
            return None

    def _defined(self, body: str) -> Callable[..., Any]:
        names = ", ".join(name for name, _ in self._problem.parameters)
        namespace = {**BOUNDED, **self._namespace, **KNOWN}
        tree = ast.parse(f"def _found({names}):\n{indent_body(body)}")
        exec(compile(kept_small(tree) if grows(body) else tree, "<found>", "exec"), namespace)  # noqa: S102
        found: Callable[..., Any] = namespace["_found"]
        return found

    def _run(self, function: Callable[..., Any], calls: Sequence[Any], cpu_s: float) -> tuple[Any, ...] | None:
        """Return what a function gives on all calls; None where it breaks the specification on one.

        Raises:
            TooSlow: it took longer than ``cpu_s``.
        """
        results = []
        try:
            with self._patience.limit(cpu_s), contextlib.redirect_stdout(io.StringIO()):
                for place, arguments in enumerate(calls):
                    result = self._result(function, arguments, place)
                    if result is None:
                        return None
                    results.append(result[0])
            behaviour = tuple(results)
            hash(behaviour)
        except TooSlow:
            raise
        except Exception:
            return None
        return behaviour

    def _plods(self, body: str) -> bool:
        """Tell whether a body is too slow where a whole number is far larger, as far as preconditions allow."""
        function = self._defined(body)
        times = _ENLARGED if any(one in body for one in _PRODUCTS) else _FAR_ENLARGED
        for arguments in self._enlarged(times):
            try:
                with self._patience.limit(_PLODDING_CPU_S), contextlib.redirect_stdout(io.StringIO()):
                    function(*copy.deepcopy(arguments))
            except TooSlow:
                return True
            except Exception:  # noqa: S112
                continue
        return False

    def _enlarged(self, times: int) -> Iterator[list[Any]]:
        """Yield real arguments in which one whole number is far larger: a few for each parameter."""
        kinds = [kind for _, kind in self._problem.parameters]
        for place, kind in enumerate(kinds):
            if kind != INT:
                continue
            found = 0
            for call in self._calls:
                larger = [one * times if at == place else one for at, one in enumerate(call)]
                real = [outward(value, kind) for value, kind in zip(larger, kinds, strict=True)]
                if call[place] and found < _MOST_ENLARGED and self._is_allowed(real):
                    found += 1
                    yield real

    def _is_allowed(self, real: Sequence[Any]) -> bool:
        if self._contracted is None:
            return True
        known = self._contracted.bind(copy.deepcopy(real), {})
        try:
            return all(
                contract.condition(**{name: known[name] for name in contract.condition_args if name in known})
                for contract in self._contracted.preconditions
            )
        except Exception:
            return False

    def _is_orderless(self, body: str, behaviour: tuple[Any, ...]) -> bool:
        """Tell whether equal arguments give equal results: dicts that differ only in order are equal."""
        kinds = [kind for _, kind in self._problem.parameters]
        if self._problem.goal not in SCALARS or not any(kind[0] == "dict" for kind in kinds):
            return True
        turned = [
            tuple(Row(reversed(value.items())) if isinstance(value, Row) else value for value in call)
            for call in self._calls
        ]
        return self.behaviour_of(body, turned) == behaviour

    def _result(self, function: Callable[..., Any], arguments: Sequence[Any], place: int) -> tuple[Any] | None:
        """Return the result of one call; None where an example or a contract says otherwise."""
        kinds = [kind for _, kind in self._problem.parameters]
        real = [outward(value, kind) for value, kind in zip(arguments, kinds, strict=True)]
        wanted = self._problem.wanted[place] if place < len(self._problem.wanted) else None
        shown = place < len(self._problem.wanted)
        try:
            result = function(*copy.deepcopy(real))
        except Exception as error:
            name = type(error).__name__
            fits = wanted == Raises(name) if shown else name in self._errors
            return (Raises(name),) if fits else None
        if shown and (isinstance(wanted, Raises) or inward(result) != wanted):
            return None
        return (inward(result),) if self._holds(real, result) else None

    def _holds(self, real: Sequence[Any], result: Any) -> bool:
        if self._contracted is None or not self._contracted.postconditions:
            return True
        arguments = self._contracted.bind(copy.deepcopy(real), {})
        known = {**arguments, "result": result, "OLD": self._contracted.snapshot(arguments)}
        for contract in self._contracted.postconditions:
            try:
                values = {name: known[name] for name in contract.condition_args if name in known}
                if not contract.condition(**values):
                    return False
            except Exception:  # noqa: S112
                # What calls another Unit is judged later, with that Unit's body.
                continue
        return True
