"""`5` became `4`: fizzbuzz(4) gives 'Buzz', not '4'

Unit: counterfactual.numbers.fizzbuzz
Kind: constant
"""


def fizzbuzz(number):
    if number % 15 == 0:
        return "BuzzFizz"
    if number % 3 == 0:
        return "Fizz"
    return "Buzz" if number % 4 == 0 else str(number)
