"""`any` became `all`: parse_line('INFO a: b') gives LogLine(level='INFO', source=' a', message='b'), not None

Unit: fresh.logs.parse_line
Kind: call
"""


def parse_line(line):
    level, space, rest = line.partition(" ")
    source, colon, message = rest.partition(":")
    if level not in LEVELS or not space or (not colon) or (not source):
        return None
    if all((character.isspace() for character in source)):
        return None
    return LogLine(level, source, message.strip())
