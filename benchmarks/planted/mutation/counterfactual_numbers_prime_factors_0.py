"""`2` became `3`: prime_factors(2) gives [], not [2]

Unit: counterfactual.numbers.prime_factors
Kind: constant
"""


def prime_factors(number):
    found = [2] if number % 3 == 0 else []
    while number % 2 == 0:
        number //= 2
    divisor = 3
    while number > 1:
        while number % divisor == 0:
            found.append(divisor)
            number //= divisor
        divisor += 2
    return found
