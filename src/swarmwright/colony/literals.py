"""The constants that agents begin with: what the specification names, and what nearly every program needs. Pure."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.hints import hints_of
from swarmwright.verify.mentions import mentioned
from swarmwright.verify.records import records_of

KIND = "\0"
"""What stands between a literal and its kind, where the literal alone does not say it."""
_ALWAYS = (("0", 2), ("1", 2))
_MOST = 14
_FEW = 4
_LONGEST_TEXT = 12
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")
_EMPTY = {"list": "[]", "set": "set()", "dict": "{}", "tuple": "()"}


def literals_of(spec: Spec, unit: Unit) -> tuple[tuple[str, int], ...]:
    """Return constants as Python source with their costs, the cheapest first; behind ``KIND`` stands a kind.

    What prose, contracts and given code name is cheap, what only results of examples show is dear: a program that
    names the examples' results has learned them by heart.
    """
    found: dict[str, int] = {}
    for source, cost in _literals(spec, unit):
        found[source] = min(cost, found.get(source, cost))
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


def _literals(spec: Spec, unit: Unit) -> Iterator[tuple[str, int]]:
    hints = hints_of(spec, unit)
    annotations = [*(parameter.annotation or "" for parameter in unit.parameters), unit.returns or ""]
    yield from _ALWAYS
    yield "-1", 4
    yield "2", 3
    yield "10", 5
    # A number of the prose is likely a part of the program, one that only results show is likely not.
    for number in hints.stated[:_MOST]:
        yield repr(number), 3
    for number in hints.numbers[:_MOST]:
        yield repr(number), 6
    if any("float" in text for text in annotations):
        yield from (("0.0", 3), ("1.0", 4), ("0.5", 5), ("2.0", 5))
        yield from ((repr(float(number)), 5) for number in hints.stated[:_MOST])
    if any("str" in text for text in annotations):
        yield from (("''", 3), ("' '", 3), ("','", 5), ("'-'", 5))
        yield from ((repr(text), 3) for text in _stated_texts(spec, unit) if text)
        yield from ((repr(text), 7) for text in hints.texts[:_MOST] if text)
    yield from _of_the_result(unit.returns or "")
    if re.search(r"\bbool\b", _made_of(spec, unit.returns or "")):
        yield from (("True", 4), ("False", 4))
    yield from _of_the_examples(unit)


def _stated_texts(spec: Spec, unit: Unit) -> list[str]:
    """Return the short texts that prose, given code and contracts name."""
    found: list[object] = []
    for source in (*mentioned(spec, unit), *(contract.condition for contract in unit.contracts)):
        try:
            # A condition may go over several lines.
            tree = ast.parse(f"({source.strip()}\n)")
        except (SyntaxError, ValueError):
            continue
        found += [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [one for one in dict.fromkeys(found) if isinstance(one, str) and len(one) <= _LONGEST_TEXT][:_MOST]


def _made_of(spec: Spec, returns: str) -> str:
    """Return an annotation with those of the fields of the specification's classes that it names."""
    own = [
        " ".join(fields.values())
        for name, fields in records_of(spec).items()
        if re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", returns)
    ]
    return " ".join((returns, *own))


def _of_the_result(returns: str) -> Iterator[tuple[str, int]]:
    kind = returns.partition("[")[0].strip()
    if kind in _EMPTY and returns != "tuple":
        yield f"{_EMPTY[kind]}{KIND}{returns}", 3
    if returns.endswith("| None") or kind == "Optional":
        yield f"None{KIND}{returns}", 3


def _of_the_examples(unit: Unit) -> Iterator[tuple[str, int]]:
    """Yield what all results begin or end with, and the results themselves where there are few different ones."""
    results: list[object] = []
    for example in unit.examples:
        try:
            results.append(ast.literal_eval(example.want))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
    texts = [one for one in results if isinstance(one, str)]
    if len(texts) > 1:
        begin = _common_beginning(texts)
        end = _common_beginning([text[::-1] for text in texts])[::-1]
        yield from ((repr(affix), 3) for affix in (begin, end) if affix)
        yield from ((repr(one), 3) for one in _between(unit, texts))
    few = {repr(one): one for one in results if type(one) in (int, float, str)}
    if 2 <= len(few) <= _FEW and len(few) < len(results):
        yield from ((source, 3) for source in few)


def _between(unit: Unit, texts: Sequence[str]) -> list[str]:
    """Return what stands between words in several results, and in none of the calls as it is."""
    calls = " ".join(example.source.replace(unit.name, "") for example in unit.examples)
    found = Counter(one for text in texts for one in dict.fromkeys(_BETWEEN.findall(text)))
    pieces = [*found, *(c for one in found for c in one)]
    return [one for one in dict.fromkeys(pieces) if one.strip() and found.get(one, 2) > 1 and one not in calls]


def _common_beginning(texts: Sequence[str]) -> str:
    shortest = min(texts, key=len)
    length = next((n for n, c in enumerate(shortest) if any(text[n] != c for text in texts)), len(shortest))
    return shortest[:length]
