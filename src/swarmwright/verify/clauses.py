"""Clauses of a specification's prose that a body goes against, or shows no trace of. Pure; reads texts and trees only.

No finding refutes. It is a concrete reason to distrust agreement: samples of one model share their misreadings, and the
commonest are a limit on the wrong side, small and capital letters, other digits than 0 to 9, and the wrong rounding.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from swarmwright.spec.values import Given, Spec, Unit

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_AMOUNT = rf"(?P<amount>-?\d[\d,_]*(?:\.\d+)?(?![\w.]*\w)|\b(?:{'|'.join(_WORDS)})\b|`\w+`)"

Side = Literal["below", "above"]
"""Where a limit itself belongs: to what is below it, or to what is above it."""


class Limit(msgspec.Struct, frozen=True):
    """A limit that the prose names: as it is written, its value or the parameter that holds it, and its side."""

    said: str
    amount: str
    side: Side


_BELOW = (
    rf"\b(?:more|greater|larger|higher|longer|later|bigger|older) than {_AMOUNT}",
    rf"\b(?:at most|up to and including|no more than|not more than|no longer than|no later than) {_AMOUNT}",
    rf"\babove {_AMOUNT}",
    rf"{_AMOUNT}(?: \w+)? (?:or|and) (?:less|fewer|lower|below|smaller)\b",
)
_ABOVE = (
    rf"(?<!not )\b(?:at least|no less than|no fewer than|not less than) {_AMOUNT}",
    rf"(?<!not )(?<!no )\b(?:less|fewer|smaller|lower|shorter|earlier|younger) than {_AMOUNT}",
    rf"\b(?:below|under) {_AMOUNT}",
    rf"{_AMOUNT}(?: \w+)? (?:or|and) (?:more|greater|higher|above|longer|later)\b",
)
_ASIDE = re.compile(r"\b(?:for example|for instance|such as|e\.g\.|i\.e\.)[^;)]*?(?=[.;)](?:\s|$)|$)", re.DOTALL)
_EITHER_CASE = re.compile(
    r"\bcase[- ]?insensitiv|\b(?:ignor\w+|regardless of|disregard\w*) (?:\w+ )?case\b|"
    r"\bsmall and capital letters (?:mean|are|count as) the same|\bcapital and small letters (?:mean|are) the same|"
    r"\bcapital (?:and|or) small letters (?:or both|make no difference)|\bsmall (?:and|or) capital\b|"
    r"\bcapital (?:and|or) small\b",
    re.IGNORECASE,
)
_DIFFERENT = re.compile(r"\bdifferent\b|\bcase[- ]?sensitiv|\bnot the same\b", re.IGNORECASE)
_SPEAKS_OF_CASE = re.compile(r"\b(?:small|lower|upper|either|mixed)\b|\bcase\b|case\b|\btitle\b|\bswap", re.IGNORECASE)
_IN_CAPITALS = re.compile(r"\b(?:in|to|into|as|become|are) (?:\w+ )?capital|\bcapital(?:s|ise|ize)\b", re.IGNORECASE)
_CAPITAL_ONLY = re.compile(r"\bcapital\b", re.IGNORECASE)
_PLAIN_DIGITS = re.compile(r"\bdigits? (?:from )?0 (?:to|-|through) 9\b|\bASCII digits?\b", re.IGNORECASE)
_HALVES = re.compile(r"\bhalf\b|\bhalves\b|\bhalfway\b", re.IGNORECASE)
_TO_EVEN = re.compile(r"\beven\b|\bbanker", re.IGNORECASE)
_RESULT = re.compile(r"\b(?:is|be|becomes?|gives|returns?) (?:an? )?(?:\"([^\"\s]+)\"|'([^'\s]+)'|`([^`\s]+)`)")
_TEXT = re.compile(r"\"([^\"\s]+)\"|'([^'\s]+)'|`([^`\s]+)`|\b([A-Z]{2,})\b")
_FEWEST_OTHERS = 2
_TO_ONE_CASE = frozenset({"lower", "upper", "casefold", "swapcase", "title", "capitalize"})
_WIDE_DIGITS = frozenset({"isdigit", "isdecimal", "isnumeric", "isalnum"})


def overlooked(spec: Spec, unit: Unit, bodies: Sequence[str]) -> tuple[str, ...]:
    """Return, in sentences, what a Unit's prose says and what is written for it contradicts or does not show.

    Args:
        spec: the specification; what its given code does counts for the body that may use it.
        unit: whose prose.
        bodies: its own body and those of the Units it calls.
    """
    prose = " ".join(_ASIDE.sub(" ", unit.prose).split())
    code = _Code(bodies)
    conditions = " ".join(contract.condition for contract in unit.contracts if contract.kind == "require")
    shown = " ".join(f"{example.source} {example.want}" for example in unit.examples)
    return tuple(
        dict.fromkeys(
            [
                *_limits(prose, code),
                *_missing_limits(prose, shown + conditions, code),
                *_missing_texts(spec, unit, prose, shown, code),
                *_letters(prose, code),
                *_digits(prose, conditions, code),
                *_halves(prose, code),
            ]
        )
    )


def unseen_texts(spec: Spec, unit: Unit, bodies: Sequence[str], results: str) -> tuple[str, ...]:
    """Return, in sentences, which texts of a series that the prose names the code leaves out.

    A text is what stands in quotes or in capitals. Where the code writes down two others of the prose, it handles such
    a series, and one that stands neither in it nor in any result was most likely passed over.

    Args:
        spec: the specification; what its given code writes down counts.
        unit: whose prose.
        bodies: its own body and those of the Units it calls.
        results: all results that were seen, as text.
    """
    prose = " ".join(_ASIDE.sub(" ", unit.prose).split())
    kinds: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for match in _TEXT.finditer(prose):
        text = next(group for group in match.groups() if group is not None)
        if text not in {parameter.name for parameter in unit.parameters}:
            kinds[match[4] is not None].setdefault(text)
    shown = " ".join(f"{example.source} {example.want}" for example in unit.examples)
    shown += " ".join(item.source for item in spec.module(unit.module).items if isinstance(item, Given))
    written = _Code(bodies).texts
    found: list[str] = []
    for texts in kinds.values():
        there = [text for text in texts if any(text in other for other in written)]
        if len(there) >= _FEWEST_OTHERS:
            found += [text for text in texts if text not in there and text not in shown and text not in results]
    return tuple(f"the prose names {text!r}, and it stands neither in the function nor in any result" for text in found)


class _Code:
    """What the bodies do, as far as their trees show it."""

    def __init__(self, bodies: Sequence[str]) -> None:
        self.nodes: list[ast.AST] = [node for body in bodies for node in ast.walk(ast.parse(body))]
        self.text = "\n".join(bodies)

    @property
    def methods(self) -> set[str]:
        """Names of attributes that are reached."""
        return {node.attr for node in self.nodes if isinstance(node, ast.Attribute)}

    @property
    def called(self) -> set[str]:
        """Names of plain functions that are called."""
        return {n.func.id for n in self.nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}

    @property
    def texts(self) -> list[str]:
        """Every text that is written down."""
        return [n.value for n in self.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]

    def sides(self, amount: str) -> set[Side]:
        """Return the sides on which comparisons leave a limit, a whole number's neighbours included."""
        found: set[Side] = set()
        for node in self.nodes:
            if isinstance(node, ast.Compare):
                for left, operator, right in zip(
                    [node.left, *node.comparators], node.ops, node.comparators, strict=False
                ):
                    found |= _sides(operator, right, amount, mirrored=False)
                    found |= _sides(operator, left, amount, mirrored=True)
        return found


def _sides(operator: ast.cmpop, limit: ast.expr, amount: str, *, mirrored: bool) -> set[Side]:
    if isinstance(operator, ast.Gt | ast.LtE):
        side: Side = "above" if mirrored else "below"
    elif isinstance(operator, ast.GtE | ast.Lt):
        side = "below" if mirrored else "above"
    else:
        return set()
    if amount.startswith("`"):
        return {side} if isinstance(limit, ast.Name) and limit.id == amount.strip("`") else set()
    value = _value(limit)
    wanted = number_of(amount)
    if value is None or wanted is None:
        return set()
    if value == wanted:
        return {side}
    # Of whole numbers, "more than 9" is "at least 10".
    if value == wanted + 1 and side == "above":
        return {"below"}
    return {"above"} if value == wanted - 1 and side == "below" else set()


def _value(node: ast.expr) -> float | None:
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int(value) | float(value)):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value) | float(value))):
            return -value
        case _:
            return None


def number_of(amount: str) -> float | None:
    """Return the value of an amount that prose writes in digits or as a word; None for a parameter's name."""
    if amount.lower() in _WORDS:
        return _WORDS.index(amount.lower())
    try:
        return float(amount.rstrip(",").replace(",", "").replace("_", ""))
    except ValueError:
        return None


def limits_in(prose: str) -> tuple[Limit, ...]:
    """Return the limits that a prose names, by the words that say to which side the limit itself belongs."""
    found: dict[Limit, None] = {}
    sayings: list[tuple[tuple[str, ...], Side]] = [(_BELOW, "below"), (_ABOVE, "above")]
    for patterns, side in sayings:
        for pattern in patterns:
            for match in re.finditer(pattern, prose, re.IGNORECASE):
                amount = match["amount"].lower()
                # "At least one" is rarely a limit: it says that there is any.
                if amount not in _WORDS[:2]:
                    found.setdefault(Limit(match[0], amount, side))
    return tuple(found)


def _limits(prose: str, code: _Code) -> Iterator[str]:
    limits = limits_in(prose)
    for limit in limits:
        if any(other.amount == limit.amount and other.side != limit.side for other in limits):
            continue
        sides = code.sides(limit.amount)
        if sides and limit.side not in sides:
            yield f"the prose says {limit.said!r}, and the function compares so that the limit is on the other side"


def _missing_limits(prose: str, shown: str, code: _Code) -> Iterator[str]:
    """Yield limits in words ("fewer than three") of which neither the code nor what is shown has the number."""
    written = {value for node in code.nodes if (value := _value(node)) is not None}  # type: ignore[arg-type]
    for limit in limits_in(prose):
        number = number_of(limit.amount)
        if limit.amount not in _WORDS or number is None or number < 2:
            continue
        near = {number - 1, number, number + 1}
        if not near & written and not any(re.search(rf"(?<![\w.]){one:g}(?![\w.])", shown) for one in near):
            yield f"the prose says {limit.said!r}, and nothing of the kind stands in the function"


def _missing_texts(spec: Spec, unit: Unit, prose: str, shown: str, code: _Code) -> Iterator[str]:
    """Yield texts that the prose gives as a result (``it is "none"``) and that the code cannot put together."""
    given = " ".join(item.source for item in spec.module(unit.module).items if isinstance(item, Given))
    names = {parameter.name for parameter in unit.parameters} | {"True", "False", "None"}
    for match in _RESULT.finditer(prose):
        text = next(group for group in match.groups() if group is not None)
        if text in names or text in shown or text in given or not text.isalpha():
            continue
        if not _is_made_of(text, code.texts):
            yield f"the prose says {match[0]!r}, and nothing of the kind stands in the function"


def _is_made_of(text: str, pieces: Sequence[str]) -> bool:
    if not text or any(text in piece or text.lower() == piece.lower() for piece in pieces):
        return True
    return any(piece and text.startswith(piece) and _is_made_of(text[len(piece) :], pieces) for piece in pieces)


def _letters(prose: str, code: _Code) -> Iterator[str]:
    folds = bool(code.methods & _TO_ONE_CASE) or "IGNORECASE" in code.text or "(?i" in code.text
    if _EITHER_CASE.search(prose) and not _DIFFERENT.search(prose) and not folds and not _lists_both(code):
        yield "the prose speaks of small and capital letters alike, and the function does not make them the same"
    elif (
        folds
        and _CAPITAL_ONLY.search(prose)
        and not _SPEAKS_OF_CASE.search(prose)
        and not _writes_capitals(prose, code)
    ):
        yield "the prose demands capital letters, and the function makes small letters the same"


def _writes_capitals(prose: str, code: _Code) -> bool:
    """Tell whether the prose asks for a result in capital letters, and the function makes capitals only."""
    return bool(_IN_CAPITALS.search(prose)) and not code.methods & {"lower", "casefold", "swapcase"}


def _lists_both(code: _Code) -> bool:
    """Tell whether small and capital letters are written down side by side."""
    letters = {c for text in code.texts for c in text}
    small = {c for c in letters if c.islower()}
    return bool({c.upper() for c in small} & letters) or "ord" in code.called


def _digits(prose: str, conditions: str, code: _Code) -> Iterator[str]:
    if not _PLAIN_DIGITS.search(prose) or "isascii" in conditions or "isascii" in code.methods:
        return
    if "0-9" in conditions or "fullmatch" in conditions:
        return
    wide = sorted(code.methods & _WIDE_DIGITS)
    if wide:
        yield f"the prose allows the digits 0 to 9, and {wide[0]}() takes others, too"
    elif any(r"\d" in text for text in code.texts) and "ASCII" not in code.text:
        yield r"the prose allows the digits 0 to 9, and \d takes others, too"


def _halves(prose: str, code: _Code) -> Iterator[str]:
    if _HALVES.search(prose) and re.search(r"\bround", prose) and not _TO_EVEN.search(prose) and "round" in code.called:
        yield "the prose says what becomes of halves, and round() gives the even neighbour"
