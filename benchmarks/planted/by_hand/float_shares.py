"""Exact shares are compared as floats.

Unit: fresh.money.allocate
Kind: float for int
"""


def allocate(total_cents, weights):
    whole = sum(weights)
    exact = [total_cents * weight / whole for weight in weights]
    shares = [int(share) for share in exact]
    left = total_cents - sum(shares)
    order = sorted(range(len(weights)), key=lambda place: shares[place] - exact[place])
    for place in order[:left]:
        shares[place] += 1
    return shares
