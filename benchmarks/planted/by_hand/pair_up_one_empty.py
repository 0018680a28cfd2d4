"""Where only one list is empty, its last item is looked for.

Unit: counterfactual.sequences.pair_up
Kind: empty input
"""


def pair_up(left, right):
    length = max(len(left), len(right))
    pairs = []
    for place in range(length):
        one = left[place] if place < len(left) else left[-1]
        other = right[place] if place < len(right) else right[-1]
        pairs.append((one, other))
    return pairs
