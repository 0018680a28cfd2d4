"""`>` became `>=`: overlap(Rectangle(x=0, y=0, width=1, height=1), Rectangle(x=1, y=0, width=1, height=1)) gives None, not Rectangle(x=1, y=0, width=0, height=1)

Unit: counterfactual.records.overlap
Kind: comparison
"""


def overlap(a, b):
    left, right = (max(a.x, b.x), min(a.x + a.width, b.x + b.width))
    bottom, top = (max(a.y, b.y), min(a.y + a.height, b.y + b.height))
    if left >= right or bottom > top:
        return None
    return Rectangle(left, bottom, right - left, top - bottom)
