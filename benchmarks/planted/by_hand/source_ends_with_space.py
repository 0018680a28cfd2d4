"""A space is demanded behind the colon.

Unit: fresh.logs.parse_line
Kind: shared misreading
"""


def parse_line(line):
    level, space, rest = line.partition(" ")
    source, colon, message = rest.partition(": ")
    if level not in LEVELS or not space or not colon or not source:
        return None
    if ":" in source or any(character.isspace() for character in source):
        return None
    return LogLine(level, source, message.strip())
