"""Reads what a tester expects: a call of literals and its literal result, or the exception it raises.

Testers are often wrong, so nothing here is believed: an expectation is a witness, never a judge.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator

import msgspec

from swarmwright.agents.calls import MOST_CALLS, find_calls, is_plain
from swarmwright.spec.values import Unit

_LONGEST_RESULT = 1000
_LONGEST_BEFORE = 300
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
_ALONE = re.compile(r"^\s*(?:(?:[-*]|\d+[.):])\s+)?`?(?:>>>\s*|assert\s*\(|assert\s+|print\()?$")
_EQUALS = re.compile(r"[`)]?\s*(?:==|is(?!\s+not\b)|->|=>|→|⇒|=)\s*")
_SIGN = r"(?:->|=>|→|==?|(?:should[ \t]+)?(?:returns?|gives?|be)\b):?"
_REMARK = re.compile(rf"[`),;]*[ \t]*#+[ \t]*(?P<sign>{_SIGN})?[ \t]*")
_RAISES = re.compile(r"raises?\W{0,3}(?:an?\s+)?(?P<said>[A-Z]\w*)|\b(?P<named>[A-Z]\w*(?:Error|Exception))\b")
_RAISES_BLOCK = re.compile(r"raises\(\s*(?:\w+\.)*(?P<error>[A-Z]\w*)[^\n]*\)\s*:\s*$")
_PROMPT = re.compile(r"^[ \t]*>>>[ \t]*$")
_ASSERTED = re.compile(r"^\s*assert\s+(?P<negated>not\s+)?$")
_TURNED = re.compile(r"^\s*(?:assert\s+)?(?P<want>\S.*?)\s*==\s*$")
_END = re.compile(r"[ \t`]*(?:[,;#\n]|$)")
_LAST_LINE = re.compile(r"^\s*(?:\w+\.)*(?P<error>[A-Z]\w*)\b")


class Expectation(msgspec.Struct, frozen=True):
    """A call as Python source and what it must give: ``want`` is a literal, ``raises`` an exception's name.

    Both are empty where the tester only offered the input.
    """

    call: str
    want: str = ""
    raises: str = ""


def read_expectations(text: str, unit: Unit) -> tuple[Expectation, ...]:
    """Return the calls of ``unit`` in an answer, each with the result that stands beside it, where one is plain.

    Understood are ``assert f(1) == 2``, ``f(1) -> 2``, ``f(1)  # 2``, doctests, ``assert f(1)`` and ``assert not
    f(1)`` of a Unit that returns truth values, and errors (``pytest.raises``, a traceback, ``# raises ValueError``).
    A call with two different results keeps neither.
    """
    found: dict[str, Expectation] = {}
    torn: set[str] = set()
    for start, end, call in find_calls(text, unit):
        read = _beside(text[max(0, start - _LONGEST_BEFORE) : start], text[end : end + _LONGEST_RESULT], unit, call)
        known = found.setdefault(call, read)
        if not (known.want or known.raises):
            found[call] = read
        elif (read.want or read.raises) and read != known:
            torn.add(call)
        if len(found) == MOST_CALLS:
            break
    return tuple(Expectation(call) if call in torn else one for call, one in found.items())


def _beside(before: str, after: str, unit: Unit, call: str) -> Expectation:
    block = _RAISES_BLOCK.search(before)
    if block is not None:
        return Expectation(call, raises=block["error"])
    line = before.rpartition("\n")[2]
    asserted = _ASSERTED.match(line)
    if asserted is not None and unit.returns == "bool" and _END.match(after):
        return Expectation(call, "False" if asserted["negated"] else "True")
    turned = _TURNED.match(line)
    if turned is not None and _END.match(after):
        return Expectation(call, _plain_source(turned["want"]))
    if not _ALONE.match(line):
        return Expectation(call)
    for read in (_equal, _below if _PROMPT.match(line) else _remarked, _remarked):
        want, raises = read(after)
        if want or raises:
            return Expectation(call, want, raises)
    return Expectation(call)


def _equal(after: str) -> tuple[str, str]:
    sign = _EQUALS.match(after)
    if sign is None:
        return "", ""
    source = _expression(after[sign.end() :])
    return _plain_source(source), _error_in(source)


def _remarked(after: str) -> tuple[str, str]:
    """Read a remark that is a result, or that begins with one after a sign such as ``->``."""
    remark = _REMARK.match(after)
    if remark is None:
        return "", ""
    said = after[remark.end() :].partition("\n")[0]
    parts = (said, re.split(r"\s+[-(–—]|\.\s|,\s+\w", said)[0] if remark["sign"] else "")
    wants = (_plain_source(part.strip().rstrip(".").strip("`")) for part in parts)
    return next((want for want in wants if want), ""), _error_in(said)


def _error_in(said: str) -> str:
    found = _RAISES.search(said)
    return (found["said"] or found["named"]) if found and '"' not in said and "'" not in said else ""


def _below(after: str) -> tuple[str, str]:
    """Read the lines below a ``>>>`` line up to a blank one, a fence or the next prompt."""
    first, _, rest = after.partition("\n")
    lines: list[str] = []
    for line in rest.split("\n"):
        if not line.strip() or line.strip().startswith((">>>", "```")):
            break
        lines.append(line.strip())
    if first.strip() or not lines:
        return "", ""
    if lines[0].startswith("Traceback"):
        error = _LAST_LINE.match(lines[-1])
        return "", error["error"] if error and len(lines) > 1 else ""
    return _plain_source("\n".join(lines)), ""


def _expression(text: str) -> str:
    """Return the expression that a text begins with: up to the end of its line, a comment or a comma outside it."""
    depth = 0
    pieces: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
            outside = depth < 0 or (depth == 0 and token.string in (",", ";", "`"))
            if outside or token.type in (tokenize.NEWLINE, tokenize.COMMENT, tokenize.ENDMARKER, tokenize.ERRORTOKEN):
                break
            pieces.append(token)
    except (tokenize.TokenError, IndentationError):
        pass
    if not pieces:
        return ""
    lines = text.splitlines(keepends=True)
    row, column = pieces[-1].end
    return "".join(lines[: row - 1]) + lines[row - 1][:column]


def _plain_source(text: str) -> str:
    """Return a literal in its plainest spelling, or nothing where the text is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = ast.parse(text.strip(), mode="eval").body
    except _UNREADABLE:
        return ""
    if not is_plain(node) or any(isinstance(one, ast.Constant) and one.value is ... for one in ast.walk(node)):
        return ""
    return ast.unparse(node)


def write_expectations(expectations: tuple[Expectation, ...]) -> str:
    """Return them as a doctest: for people to read, and for ``parse_expectations``."""
    return "\n".join(line for one in expectations for line in _written(one))


def _written(one: Expectation) -> Iterator[str]:
    yield f">>> {one.call}"
    if one.raises:
        yield from ("Traceback (most recent call last):", "    ...", one.raises)
    elif one.want:
        yield one.want


def parse_expectations(text: str) -> tuple[Expectation, ...]:
    """Return what ``write_expectations`` wrote."""
    found: list[Expectation] = []
    for block in re.split(r"^>>> ", text, flags=re.MULTILINE)[1:]:
        call, *below = block.rstrip("\n").split("\n")
        if below and below[0].startswith("Traceback"):
            found.append(Expectation(call, raises=below[-1]))
        else:
            found.append(Expectation(call, "\n".join(below)))
    return tuple(found)
