"""`-1` became `1`: find_gaps([(0, 1), (0, 1)], 1) gives IndexError raised (list index out of range), not []

Unit: fresh.intervals.find_gaps
Kind: arithmetic
"""


def find_gaps(spans, shortest):
    def merge_spans(spans):
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[1][1]))
            else:
                merged.append((start, end))
        return merged

    merged = merge_spans(spans)
    gaps = [(merged[place][1], merged[place + 1][0]) for place in range(len(merged) - 1)]
    return [gap for gap in gaps if gap[1] - gap[0] >= shortest]
