"""`0` became `1`: pair_up([1], []) gives [(1, 1)], not [(1, 0)]

Unit: counterfactual.sequences.pair_up
Kind: constant
"""


def pair_up(left, right):
    def _filled_up(items, length):
        last = items[-1] if items else 1
        return items + [last] * (length - len(items))

    length = max(len(left), len(right))
    return list(zip(_filled_up(left, length), _filled_up(right, length), strict=True))
