"""`place` became `place - 1`: allocate(2, [1, 2]) gives [0, 2], not [1, 1]

Unit: fresh.money.allocate
Kind: index
"""


def allocate(total_cents, weights):
    from fractions import Fraction
    from math import floor

    exact = [Fraction(total_cents * weight, sum(weights)) for weight in weights]
    shares = [floor(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda place: (shares[place - 1] - exact[place], place))
    for place in order[: total_cents - sum(shares)]:
        shares[place] += 1
    return shares
