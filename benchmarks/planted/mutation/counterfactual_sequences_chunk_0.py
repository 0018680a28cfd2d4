"""`len(items)` became `len(items) - 1`: chunk([1], 1) gives [], not [[1]]

Unit: counterfactual.sequences.chunk
Kind: index
"""


def chunk(items, size):
    short = len(items) % size
    pieces = [items[:short]] if short else []
    return pieces + [items[start : start + size] for start in range(short, len(items) - 1, size)]
