"""`first + apart` became `first + apart - 1`: two_sum([1, 2], 3) gives (0, 1), not None

Unit: counterfactual.choices.two_sum
Kind: index
"""


def two_sum(numbers, target):
    def _two_sum(numbers, target, apart):
        for first in range(len(numbers)):
            for second in range(first + apart - 1, len(numbers)):
                if numbers[first] + numbers[second] == target:
                    return (first, second)
        return None

    return _two_sum(numbers, target, apart=2)
