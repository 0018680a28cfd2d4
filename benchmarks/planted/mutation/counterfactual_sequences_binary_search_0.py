"""`max` became `min`: binary_search([1, 1], 1) gives 0, not 1

Unit: counterfactual.sequences.binary_search
Kind: call
"""


def binary_search(items, wanted):
    return min((place for place, item in enumerate(items) if item == wanted), default=-1)
