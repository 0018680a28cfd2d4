"""All question marks at the beginning are dropped.

Unit: fresh.parsing.parse_query
Kind: boundary
"""


def parse_query(query):
    values = {}
    for parameter in query.lstrip("?").split("&"):
        if parameter:
            name, _, value = parameter.partition("=")
            values.setdefault(name, []).append(value)
    return values
