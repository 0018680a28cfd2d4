"""`1` became `0`: merge_intervals([(1, 4), (4, 5), (4, 8)]) gives [(1, 4), (1, 8)], not [(1, 4), (4, 8)]

Unit: counterfactual.sequences.merge_intervals
Kind: index
"""


def merge_intervals(intervals):
    merged: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-0][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
