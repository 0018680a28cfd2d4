"""A coin of 20 is taken more than once.

Unit: counterfactual.choices.change
Kind: forgotten clause
"""


def change(amount):
    used = {}
    for coin in (50, 20, 10, 5, 2, 1):
        count, amount = divmod(amount, coin)
        if count:
            used[coin] = count
    return used
