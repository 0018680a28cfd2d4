"""Of an even number of values the upper one of the middle two is taken.

Unit: counterfactual.measures.median
Kind: forgotten clause
"""


def median(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
