"""The length is read wrongly: "at least" as "more than".

Unit: fresh.intervals.find_gaps
Kind: boundary
"""


def find_gaps(spans, shortest):
    gaps = []
    reached = None
    for start, end in sorted(spans):
        if reached is not None and start - reached > shortest:
            gaps.append((reached, start))
        reached = end if reached is None else max(reached, end)
    return gaps
