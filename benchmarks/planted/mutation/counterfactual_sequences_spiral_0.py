"""`if row` was removed: spiral([[]]) gives IndexError raised (list index out of range), not []

Unit: counterfactual.sequences.spiral
Kind: removal
"""


def spiral(rows):
    left = [list(row) for row in rows]
    read: list[int] = []
    while left:
        read += [row[0] for row in left]
        left = [list(row) for row in zip(*(row[1:] for row in left[::-1]), strict=True)]
    return read
