"""`20` became `21`: change(40) gives {20: 2}, not {20: 1, 10: 2}

Unit: counterfactual.choices.change
Kind: constant
"""


def change(amount):
    used: dict[int, int] = {}
    for coin in (50, 20, 10, 5, 2, 1):
        count = min(amount // coin, 1) if coin == 21 else amount // coin
        amount -= coin * count
        if count:
            used[coin] = count
    return used
