"""`0` became `-1`: round_to(-1, 1) gives 1, not -1

Unit: counterfactual.measures.round_to
Kind: constant
"""


def round_to(value, step):
    below, rest = divmod(abs(value), step)
    rounded = (below + (2 * rest > step)) * step
    return rounded if value >= -1 else -rounded
