"""Halves below zero are rounded away from zero.

Unit: counterfactual.measures.round_to
Kind: wrong rounding
"""


def round_to(value, step):
    return (value + (step - 1) // 2) // step * step
