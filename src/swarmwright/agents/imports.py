"""Imports that an answer forgot: mere form, where a name can mean only one thing of the standard library."""

from __future__ import annotations

MOST_IMPORTS = 6
"""An answer that forgot more than these is left as it is."""

_MODULES = (
    "bisect",
    "collections",
    "datetime",
    "decimal",
    "fractions",
    "functools",
    "heapq",
    "itertools",
    "math",
    "operator",
    "re",
    "statistics",
    "string",
    "textwrap",
)
_MEMBERS = {
    "collections": "ChainMap Counter OrderedDict defaultdict deque namedtuple",
    "decimal": "Decimal ROUND_DOWN ROUND_HALF_EVEN ROUND_HALF_UP",
    "fractions": "Fraction",
    "functools": "cache lru_cache partial reduce",
    "heapq": "heapify heappop heappush nlargest nsmallest",
    "itertools": "accumulate combinations groupby islice pairwise permutations product takewhile zip_longest",
    "math": "ceil floor gcd isclose isqrt sqrt",
    "bisect": "bisect_left bisect_right insort",
    "datetime": "timedelta",
    "string": "ascii_letters ascii_lowercase ascii_uppercase",
    "typing": "Any Iterable Iterator Optional Sequence Union",
}
_LINES = {name: f"import {name}" for name in _MODULES} | {
    name: f"from {module} import {name}" for module, names in _MEMBERS.items() for name in names.split()
}


def import_for(name: str) -> str | None:
    """Return the one import statement that a bare name of the standard library stands for, or None."""
    return _LINES.get(name)
