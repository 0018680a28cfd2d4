"""`if not have: return None` was removed: match_route('/{id}', '') gives {'id': ''}, not None

Unit: fresh.traffic.match_route
Kind: removal
"""


def match_route(pattern, path):
    wanted, found = (pattern.strip("/").split("/"), path.strip("/").split("/"))
    if len(wanted) != len(found):
        return None
    values = {}
    for want, have in zip(wanted, found, strict=True):
        if want.startswith("{"):
            pass
            values[want[1:-1]] = have
        elif want != have:
            return None
    return values
