"""A multiple of several factors is added once only.

Unit: counterfactual.numbers.sum_of_multiples
Kind: shared misreading
"""


def sum_of_multiples(limit, factors):
    found = set()
    for factor in factors:
        found.update(range(factor, limit, factor))
    return sum(found)
