"""`1` became `0`: median([2.0, 1.0]) gives 2.0, not 1.0

Unit: counterfactual.measures.median
Kind: index
"""


def median(values):
    return sorted(values)[(len(values) - 0) // 2]
