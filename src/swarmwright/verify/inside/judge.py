"""The judge: a warm sandboxed process that knows the specification and never the candidate's code.

Requests are JSON objects with an ``op``; replies are JSON objects, ``{"error": text}`` where a request cannot be
answered. Values cross as tagged data. What needs a Unit's answer comes back in ``needs`` and is asked again with it.
"""

from __future__ import annotations

import ast
import functools
import io
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from typing import Any

from swarmwright.verify.inside.doctests import ExampleRun, direct_call, judge_example, wanted_value
from swarmwright.verify.inside.domain import Domain
from swarmwright.verify.inside.forms import Form, UnsupportedTypeError, fits, form_of, type_variables
from swarmwright.verify.inside.framing import serve
from swarmwright.verify.inside.inputs import draw, scaling_series
from swarmwright.verify.inside.loading import (
    BrokenAnswer,
    Contracted,
    LoadError,
    Specification,
    call_key,
)

_TRACE = 6
"""How many Unit calls are told of when a Law breaks."""


class Judge:
    """Answers requests about one loaded specification."""

    def __init__(self) -> None:
        """Start with nothing loaded."""
        self._loaded: Specification | None = None
        self._conditions: dict[str, list[str]] = {}
        self._domains: dict[str, Domain] = {}
        self._operations = {
            "load": self.load,
            "examples": self.examples,
            "draw": self.draw,
            "series": self.series,
            "judge": self.judge,
            "laws": self.laws,
            "valid": self.valid,
            "survey": self.survey,
            "read": self.read,
        }

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer one request; whatever goes wrong is in the reply."""
        try:
            with redirect_stdout(io.StringIO()):
                return self._operations[request["op"]](request)
        except (UnsupportedTypeError, LoadError) as error:
            return {"error": str(error)}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"[:500]}

    @property
    def specification(self) -> Specification:
        """The loaded specification; raises ``LookupError`` before ``load``."""
        if self._loaded is None:
            raise LookupError("nothing is loaded")
        return self._loaded

    def close(self) -> None:
        """Unload."""
        if self._loaded is not None:
            self._loaded.close()
            self._loaded = None

    def load(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Load ``modules`` (name to source); ``units`` and ``laws`` are ids, ``conditions`` precondition sources."""
        self.close()
        self._domains.clear()
        self._conditions = dict(request["conditions"])
        try:
            self._loaded = Specification(
                request["modules"], request["units"], request["laws"], request.get("in_place", ())
            )
        except LoadError as error:
            return {"error": str(error), "module": error.module, "line": error.line}
        return {}

    def _domain(self, name: str) -> Domain:
        if name not in self._domains:
            contracted = self.specification.units.get(name) or self.specification.laws[name]
            self._domains[name] = Domain(self.specification, contracted, self._conditions.get(name, ()))
        return self._domains[name]

    def _remember(self, request: Mapping[str, Any]) -> None:
        """Take in the answers of a request: ``answers`` is a list of [call, outcome]."""
        self.specification.needs.clear()
        self.specification.answers = {call_key(*call): outcome for call, outcome in request.get("answers", ())}

    def _needs(self) -> list[Any]:
        return list(self.specification.needs.values())

    def examples(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Judge ``examples`` (each with setup, source, want, raises) of ``unit`` under the given answers.

        Each result has a status: "passed", "failed", "needs" or "broken", and with it ``call`` (where the example
        is a call of the Unit), ``observed`` (text), ``outcome`` and ``wanted`` (tagged data, or None).
        """
        self._remember(request)
        unit = self.specification.units[request["unit"]]
        results = [judge_example(self.specification, unit, ExampleRun(**example)) for example in request["examples"]]
        return {"results": results, "needs": self._needs()}

    def draw(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return valid calls of the Unit or Law ``target``."""
        name = request["target"]
        domain = self._fresh_domain(name)
        examples = list(request.get("examples", ()))
        if name in self.specification.laws:
            examples = self._law_examples(domain, request.get("shown", {}))
        drawn = draw(
            domain,
            count=request["count"],
            seed=request["seed"],
            examples=examples,
            include=request.get("include", ()),
            literals=_values(request.get("literals", ())),
        )
        return {"calls": drawn.calls, "exhausted": drawn.exhausted}

    def _fresh_domain(self, name: str) -> Domain:
        # A domain learns from what it is shown; draws must not depend on what was asked before.
        self._domains.pop(name, None)
        return self._domain(name)

    def _law_examples(self, domain: Domain, shown: Mapping[str, Sequence[Any]]) -> list[Any]:
        """Return inputs for a Law out of the examples of the Units it calls with its own arguments."""
        examples = []
        for unit, direct in domain.direct_arguments():
            for call in shown.get(unit, ()):
                given = self._domain(unit).decode(call)
                if given is not None:
                    arguments = {name: given[p] for p, name in direct.items() if p in given}
                    domain.taste.see_all(arguments.values(), example=True)
                    encoded = domain.encode(arguments)
                    if encoded is not None:
                        examples.append(encoded)
        return examples

    def series(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return valid calls of growing ``sizes``."""
        return {"calls": scaling_series(self._domain(request["target"]), request["sizes"], request["seed"])}

    def valid(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Tell of each call whether it satisfies every precondition (and, if ``typed``, the declared types)."""
        typed = bool(request.get("typed"))
        domain = self._domain(request["target"])
        results = []
        for call in request["calls"]:
            arguments = domain.decode(call)
            results.append(
                arguments is not None and (not typed or domain.fits(arguments)) and domain.is_valid(arguments)
            )
        return {"valid": results}

    def survey(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Tell of each example of ``unit``, without any answer: its ``call``, what is ``wanted``, what it breaks.

        ``call`` is None where the example is no plain call of the Unit, ``wanted`` is [tagged data] or None,
        ``precondition`` and ``postcondition`` are the number of the contract that the example breaks, or None.
        """
        self._remember(request)
        unit = self.specification.units[request["unit"]]
        return {"examples": [self._survey_one(unit, ExampleRun(**example)) for example in request["examples"]]}

    def _survey_one(self, unit: Contracted, example: ExampleRun) -> dict[str, Any]:
        call = direct_call(self.specification, unit, example)
        reply: dict[str, Any] = {"call": call, "wanted": None, "precondition": None, "postcondition": None}
        if call is None:
            return reply
        reply["wanted"] = wanted_value(self.specification, unit, example)
        for which, contract in enumerate(unit.preconditions):
            kind, value = self.specification.evaluate(functools.partial(self._holds, unit, contract, call))
            if kind == "raise" or (kind == "value" and not value):
                return {**reply, "precondition": which}
        if reply["wanted"] is not None and unit.id not in self.specification.in_place:
            outcome = {"kind": "value", "value": reply["wanted"][0]}
            judged = self._judge_case(unit, None, call, outcome, set())
            reply["postcondition"] = judged.get("which") if judged["status"] == "broken" else None
        self.specification.needs.clear()
        return reply

    def _holds(self, unit: Contracted, contract: Any, call: list[Any]) -> bool:
        arguments = self.specification.bind_call(unit, call)
        return bool(contract.condition(**{n: arguments[n] for n in contract.condition_args if n in arguments}))

    def read(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return the calls of ``unit`` that the Python sources in ``texts`` write down; others are left out."""
        unit = self.specification.units[request["unit"]]
        runs = (ExampleRun((), text, "", None) for text in request["texts"])
        calls = [direct_call(self.specification, unit, run) for run in runs]
        return {"calls": [call for call in calls if call is not None]}

    def judge(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Judge ``cases`` ([call, outcome] of ``unit``) by its declared type and its postconditions.

        Each result: status "fine", "type" (``detail``), "broken" (postcondition number ``which``, ``detail``),
        "needs", or "unknown" (``detail``). Postconditions that call Units outside ``allowed`` are left out.
        """
        self._remember(request)
        unit = self.specification.units[request["unit"]]
        form = _returned_form(unit)
        allowed = set(request["allowed"])
        for call, outcome in request["cases"]:
            self.specification.answers.setdefault(call_key(*call), outcome)
        results = [self._judge_case(unit, form, call, outcome, allowed) for call, outcome in request["cases"]]
        needs = [call for call in self._needs() if call[0] in allowed]
        return {"results": results, "needs": needs}

    def _judge_case(
        self, unit: Contracted, form: Form | None, call: list[Any], outcome: Mapping[str, Any], allowed: set[str]
    ) -> dict[str, Any]:
        specification = self.specification
        if outcome["kind"] != "value":
            return {"status": "fine"}
        encoded, after = outcome["value"], None
        if unit.id in specification.in_place:
            _, encoded, after = encoded
        try:
            result = specification.decode(encoded)
            if form is not None and not fits(result, form):
                return {"status": "type"}
        except (ValueError, LookupError) as error:
            return {"status": "unknown", "detail": str(error)}
        before = specification.bind_call(unit, call)
        taken = specification.evaluate(functools.partial(unit.snapshot, before))
        if taken[0] != "value":
            return {"status": "unknown", "detail": f"a snapshot could not be taken: {taken[1]}"}
        waiting = False
        for which, contract in enumerate(unit.postconditions):

            def check(contract: Any = contract) -> bool:
                arguments = specification.bind_call(
                    unit, call if after is None else specification.with_after(call, after)
                )
                arguments |= {"result": specification.decode(encoded), "OLD": taken[1]}
                names = [name for name in contract.condition_args if name in arguments]
                return bool(contract.condition(**{name: arguments[name] for name in names}))

            already = set(specification.needs)
            kind, value = specification.evaluate(check)
            if kind == "needs":
                asked = [specification.needs[key] for key in specification.needs if key not in already]
                waiting = waiting or all(need[0] in allowed for need in asked)
            elif kind == "broken":
                return {"status": "unknown", "detail": _broken_text(value), "which": which}
            elif kind == "slow":
                return {"status": "unknown", "detail": "a contract did not end in time", "which": which}
            elif kind == "raise":
                detail = f"the contract raised {type(value).__name__}: {value}"[:300]
                return {"status": "broken", "which": which, "detail": detail}
            elif not value:
                return {"status": "broken", "which": which, "detail": ""}
        return {"status": "needs" if waiting else "fine"}

    def laws(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Evaluate Law ``law`` on ``calls``; statuses "held", "broken", "outside", "needs", "unknown"."""
        self._remember(request)
        law = self.specification.laws[request["law"]]
        results = [self._judge_law(law, call) for call in request["calls"]]
        return {"results": results, "needs": self._needs()}

    def _judge_law(self, law: Contracted, call: list[Any]) -> dict[str, Any]:
        specification = self.specification
        specification.note_given(call)
        specification.strict_domain = True
        try:

            def check() -> bool:
                args, kwargs = specification.decode_call(call)
                return bool(law.inner(*args, **kwargs))

            kind, value = specification.evaluate(check)
            trace = specification.trace[:_TRACE]
        finally:
            specification.strict_domain = False
        if kind == "value":
            return {"status": "held"} if value else {"status": "broken", "detail": "False", "trace": trace}
        if kind == "raise":
            detail = f"raised {type(value).__name__}: {value}"[:300]
            return {"status": "broken", "detail": detail, "trace": trace}
        if kind == "broken":
            return {"status": "unknown", "detail": _broken_text(value)}
        return {"status": {"slow": "unknown"}.get(kind, kind), "detail": "it did not end in time"}


def _broken_text(broken: BrokenAnswer) -> str:
    return f"{broken.call[0]} gave no value ({broken.outcome['kind']})"


def _returned_form(unit: Contracted) -> Form | None:
    try:
        hint = unit.hints["return"]
        # What a TypeVar stands for differs from call to call.
        return form_of(hint, dict.fromkeys(type_variables(hint, every=True), Any))
    except Exception:
        return None


def _values(literals: Sequence[str]) -> list[Any]:
    """Return literals, given as Python source, as values; what is none is left out."""
    values = []
    for source in literals:
        try:
            values.append(ast.literal_eval(source))
        except (ValueError, SyntaxError):
            values.append(source)
    return values


def main() -> None:
    """Serve requests until the parent goes away."""
    serve(Judge().answer)


if __name__ == "__main__":
    main()
