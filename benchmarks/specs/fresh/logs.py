"""Logs: reading lines, counting them, and keeping secrets out of them."""

import re
from dataclasses import dataclass

from icontract import ensure, require

# From the least to the most severe.
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

SECRET_NAMES = ("password", "token", "secret", "api_key")

STAMPED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] [A-Z]+ [^\n]*")


@dataclass(frozen=True)
class LogLine:
    """One line of a log: its level, who wrote it, and what it says."""

    level: str
    source: str
    message: str


@require(lambda line: "\n" not in line)
def parse_line(line: str) -> LogLine | None:
    """Read a log line of the form `LEVEL source: message`.

    The line begins with one of LEVELS, exactly as written there, then one space character, then the source,
    then a colon. The source is one or more characters, none of which is whitespace or a colon. Everything
    behind that colon is the message, without the whitespace at its two ends; it may be empty and may
    hold further colons. Any line that is not of this form gives None.

    >>> parse_line("INFO db.pool: connected in 12 ms")
    LogLine(level='INFO', source='db.pool', message='connected in 12 ms')
    >>> parse_line("ERROR api: GET /users: 500 ")
    LogLine(level='ERROR', source='api', message='GET /users: 500')
    >>> parse_line("NOTICE api: started") is None
    True
    >>> parse_line("INFO no source here") is None
    True
    """
    ...


@require(lambda level: level in LEVELS)
def at_least(lines: list[LogLine], level: str) -> list[LogLine]:
    """Keep the lines that are at least as severe as `level`, in their order.

    LEVELS gives the severity, least severe first. A line whose own level is not one of LEVELS is always kept,
    since nobody knows how severe it is.

    >>> at_least([LogLine("DEBUG", "a", "x"), LogLine("ERROR", "b", "y")], "INFO")
    [LogLine(level='ERROR', source='b', message='y')]
    >>> at_least([LogLine("WARNING", "a", "x")], "WARNING")
    [LogLine(level='WARNING', source='a', message='x')]
    >>> at_least([], "DEBUG")
    []
    """
    ...


@require(lambda lines: all(STAMPED.fullmatch(line) for line in lines))
def errors_by_hour(lines: list[str]) -> dict[int, int]:
    """Count, by hour of the day, the lines whose level is ERROR or CRITICAL.

    Each line begins with a time such as `2026-03-01T14:05:09`, a space, and the level, which ends at the next
    space; the rest is the message and does not matter. Lines of the same hour count together even when their
    dates differ. Hours without such a line are not in the result.

    >>> errors_by_hour(["2026-03-01T14:05:09 ERROR disk full", "2026-03-01T14:59:59 CRITICAL down"])
    {14: 2}
    >>> errors_by_hour(["2026-03-01T09:00:00 ERROR a", "2026-03-01T10:00:00 INFO b"])
    {9: 1}
    >>> errors_by_hour([])
    {}
    """
    ...


@require(lambda line: line.isascii())
def mask_secrets(line: str) -> str:
    """Replace the values of secrets in a line by `***`.

    The line consists of words with space characters between them; nothing but the space character separates
    words. A word holds a secret if it has an equals sign and what stands before its first equals sign is one
    of SECRET_NAMES, in capital or small letters or both. Of such a word, everything behind the first equals
    sign is replaced by three asterisks, unless nothing stands there. All else stays as it is, the spaces too.

    >>> mask_secrets("login user=ann password=hunter2 ok")
    'login user=ann password=*** ok'
    >>> mask_secrets("Token=a=b")
    'Token=***'
    >>> mask_secrets("the password is long")
    'the password is long'
    """
    ...


@ensure(lambda messages, result: len(result) <= len(messages))
def collapse_repeats(messages: list[str]) -> list[str]:
    """Shorten runs of equal messages, as a system log does.

    Where the same message stands three or more times in a row, the run becomes two entries: the message, and
    `last message repeated N times`, N being how often it stood there after the first time. A message that
    stands there once or twice in a row is left as it is.

    >>> collapse_repeats(["up", "ping", "ping", "ping", "ping", "down"])
    ['up', 'ping', 'last message repeated 3 times', 'down']
    >>> collapse_repeats(["a", "b", "a"])
    ['a', 'b', 'a']
    >>> collapse_repeats([])
    []
    """
    ...
