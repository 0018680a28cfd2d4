"""Everything is tried again and again.

Unit: counterfactual.measures.edit_distance
Kind: exponential time
"""


def edit_distance(source, target):
    def price(i, j):
        if i == len(source):
            return len(target) - j
        if j == len(target):
            return 2 * (len(source) - i)
        if source[i] == target[j]:
            return price(i + 1, j + 1)
        return min(1 + price(i, j + 1), 1 + price(i + 1, j + 1), 2 + price(i + 1, j))

    return price(0, 0)
