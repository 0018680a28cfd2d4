"""A parameter fits an empty segment.

Unit: fresh.traffic.match_route
Kind: empty input
"""


def match_route(pattern, path):
    expected = pattern.strip("/").split("/")
    given = path.strip("/").split("/")
    if len(expected) != len(given):
        return None
    values = {}
    for one, other in zip(expected, given):
        if one.startswith("{"):
            values[one[1:-1]] = other
        elif one != other:
            return None
    return values
