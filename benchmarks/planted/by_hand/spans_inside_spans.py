"""A span inside another one cuts that short.

Unit: fresh.intervals.merge_spans
Kind: forgotten case
"""


def merge_spans(spans):
    merged = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
