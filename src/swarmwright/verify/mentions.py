"""Constants that a specification mentions: in a Unit's prose and in the given code of its module. Pure."""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from swarmwright.spec.values import Given, Spec, Unit

_NUMBER = re.compile(r"(?<![\w.])-?\d[\d_,]*(?:\.\d+)?(?![\w])")
_QUOTED = re.compile(r"\"([^\"\n]{0,40})\"|'([^'\n]{0,40})'|`+([^`\n]{1,40})`+")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MOST = 40
_SMALL = 12
# What follows illustrates, names a standard, quotes, or lists a sequence: none of it need stand in a body.
_ASIDES = (
    re.compile(
        r"\b(?:for example|for instance|such as|e\.g\.|i\.e\.)[^;)]*?(?=[.;)](?:\s|$)|$)", re.DOTALL | re.IGNORECASE
    ),
    re.compile(r"\b(?:RFC|ISO|UTF|IEEE|ASCII|Unicode|Python|version)[ -]?\d[\d.:-]*", re.IGNORECASE),
    re.compile(r"\b(?:given|takes|accepts|receives) \d+ \w+", re.IGNORECASE),
    # What bounds the input is true of it already.
    re.compile(r"\bconstraints?:.*", re.DOTALL | re.IGNORECASE),
    re.compile(r"-?\d[\d^*]*\s*<=?\s*[\w.()]+\s*<=?\s*-?\d[\d^*]*"),
    re.compile(r"[\[(]-?\d[\d_]*(?:\.\d+)?\s*,\s*-?\d[\d_]*(?:\.\d+)?[\])]"),
    re.compile(r"\bdigits?,? (?:from )?0 (?:to|-|through) 9\b"),
    re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`"),
    re.compile(r"\b\w+\([^)]*\)"),
    # The result of an example that stands in the prose, and what explains it.
    re.compile(r"(?:=+>?|->|➞|→)\s*[\[(]?-?\d[\d.]*"),
    re.compile(r"\b(?:output|answer|result)s? (?:(?:should|will|would|must) be|is|are) -?\d[\d.]*", re.IGNORECASE),
    re.compile(r"\bwill be -?\d[\d.]*", re.IGNORECASE),
    re.compile(r"\bexplanation:.*?(?:\n\s*\n|$)", re.DOTALL | re.IGNORECASE),
    re.compile(r"\(=[^)]*\)"),
    re.compile(r"-?\d+(?:\.\d+)?(?:\s*,\s*(?:and |or )?-?\d+(?:\.\d+)?){2,}"),
)
_QUOTED_SIGN = re.compile(r"""(?<!\w)(?:"([^\w\s"]{1,3})"|'([^\w\s']{1,3})')(?!\w)""")
"""What is quoted and is no word: a separator, a bracket, a sign."""
_NAMED = {
    r"commas?": ",",
    r"semicolons?": ";",
    r"colons?": ":",
    r"slash(?:es)?": "/",
    r"hyphens?": "-",
    r"underscores?": "_",
    r"full stops?": ".",
    r"question marks?": "?",
    r"exclamation marks?": "!",
    r"plus signs?": "+",
    r"equals signs?": "=",
    r"percent signs?": "%",
    r"at signs?": "@",
}
"""Characters that words name."""


def mentioned(spec: Spec, unit: Unit) -> tuple[str, ...]:
    """Return the constants worth trying as inputs, as Python source, once each: the prose's, then the given code's."""
    found: dict[str, None] = {}
    for source in (*_in_prose(unit.prose), *_in_given(spec, unit)):
        found.setdefault(source)
    return tuple(found)[:_MOST]


def numbers_in(prose: str) -> tuple[float, ...]:
    """Return the numbers that prose writes in digits, in order, once each."""
    found: dict[float, None] = {}
    for match in _NUMBER.finditer(prose):
        text = match[0].rstrip(",").replace("_", "")
        if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        for part in text.split(","):
            if part and len(part) <= 20:
                found.setdefault(float(part) if "." in part else int(part))
    return tuple(found)


def _in_prose(prose: str) -> Iterator[str]:
    for number in numbers_in(prose):
        yield repr(number)
    for word in re.findall(r"[a-z]+", prose.lower()):
        if word in _WORDS:
            yield repr(_WORDS.index(word))
    for match in _QUOTED.finditer(prose):
        yield repr(next(group for group in match.groups() if group is not None))


def _in_given(spec: Spec, unit: Unit) -> Iterator[str]:
    for item in spec.module(unit.module).items:
        if isinstance(item, Given) and item.kind == "constant":
            for node in ast.walk(ast.parse(item.source)):
                if isinstance(node, ast.Constant) and type(node.value) in (int, float, str):
                    text = repr(node.value)
                    if len(text) <= 40:
                        yield text


def signs_in(prose: str) -> Iterator[str]:
    """Yield the separators, brackets and the like that prose quotes or names: `"://"`, `commas`."""
    prose = _ASIDES[0].sub(" ", prose)
    yield from (one or other for one, other in _QUOTED_SIGN.findall(prose))
    yield from (sign for words, sign in _NAMED.items() if re.search(rf"\b{words}\b", prose, re.IGNORECASE))


def unused_numbers(spec: Spec, unit: Unit, bodies: Sequence[str]) -> tuple[float, ...]:
    """Return the numbers that a Unit's prose demands and that nothing written for it contains in any form.

    A body that lacks a number of the prose most likely lacks the clause, or remembers another number. 0 and 1 and
    what merely illustrates are not counted, nor are numbers that the contracts or the examples show; but a small
    number may be an example's result by chance, so that it counts only among the arguments. A neighbour, a percentage
    as a factor and the like count as the number, of a 2 the 2 alone, or a term that stands twice in a sum.

    Args:
        spec: the specification.
        unit: whose prose.
        bodies: its own body and those of the Units it calls.
    """
    prose = unit.prose
    for aside in _ASIDES:
        prose = aside.sub(" ", prose)
    shown = " ".join(
        [*(f"{e.source} {' '.join(e.setup)}" for e in unit.examples), *(c.condition for c in unit.contracts)]
    )
    results = _digits_of(" ".join(example.want for example in unit.examples))
    known = _digits_of(shown) | {number for number in results if number > _SMALL} | {0, 1}
    written: set[float] = set()
    for body in bodies:
        written |= _digits_of(" ".join(_constants(body))) | set(_times(body))
    for text in (*_in_given(spec, unit), *(p.default or "" for p in unit.parameters)):
        written |= _digits_of(text)
    return tuple(
        number for number in numbers_in(prose) if abs(number) not in known and not _is_written(abs(number), written)
    )


def _constants(body: str) -> Iterator[str]:
    """Yield the constants of a body as text: a number in a comment or in a name ("2D array") is none."""
    for node in ast.walk(ast.parse(body)):
        if isinstance(node, ast.Constant):
            yield str(node.value)


def _times(body: str) -> Iterator[float]:
    """Yield how often the same term stands in a sum, where it stands there more than once: `a + b + b` has a 2."""
    for node in ast.walk(ast.parse(body)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            terms = Counter(ast.dump(term) for term in _terms(node) if not isinstance(term, ast.Constant))
            yield from (float(times) for times in terms.values() if times > 1)


def _terms(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from (*_terms(node.left), *_terms(node.right))
    else:
        yield node


def _digits_of(text: str) -> set[float]:
    return {float(match.replace("_", "")) for match in re.findall(r"\d[\d_]*(?:\.\d+)?", text)}


def _is_written(number: float, written: set[float]) -> bool:
    if number == 2:
        # Nearly every body has a 1: it says nothing of a 2.
        return number in written
    near = {number, number - 1, number + 1, 2 * number, number / 2, number * number, number / 10, 1 / number}
    near |= {number / 100, 1 - number / 100, 1 + number / 100, 100 - number, 100 + number}
    return any(math.isclose(form, other, rel_tol=1e-9) for form in near for other in written)
