"""`line.level not in LEVELS` was dropped from a condition: at_least([LogLine(level='NOTICE', source='s', message='m')], 'DEBUG') gives ValueError raised (tuple.index(x): x not in tuple), not [LogLine(le

Unit: fresh.logs.at_least
Kind: logic
"""


def at_least(lines, level):
    lowest = LEVELS.index(level)
    return [line for line in lines if LEVELS.index(line.level) >= lowest]
