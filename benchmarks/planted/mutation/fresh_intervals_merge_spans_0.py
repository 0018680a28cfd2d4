"""`1` became `0`: merge_spans([(5, 6), (5, 8), (1, 3), (2, 3)]) gives [(1, 3), (1, 8)], not [(1, 3), (5, 8)]

Unit: fresh.intervals.merge_spans
Kind: index
"""


def merge_spans(spans):
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-0][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
