"""Of several pairs the one with the smallest second place is taken.

Unit: counterfactual.choices.two_sum
Kind: tie
"""


def two_sum(numbers, target):
    for j in range(2, len(numbers)):
        for i in range(j - 1):
            if numbers[i] + numbers[j] == target:
                return (i, j)
    return None
