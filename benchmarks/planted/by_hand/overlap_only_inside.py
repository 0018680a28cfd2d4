"""Rectangles that touch have nothing in common.

Unit: counterfactual.records.overlap
Kind: boundary
"""


def overlap(a, b):
    left, low = max(a.x, b.x), max(a.y, b.y)
    right, high = min(a.x + a.width, b.x + b.width), min(a.y + a.height, b.y + b.height)
    if right <= left or high <= low:
        return None
    return Rectangle(left, low, right - left, high - low)
