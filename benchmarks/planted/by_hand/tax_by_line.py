"""Tax is rounded line by line.

Unit: fresh.money.invoice_total
Kind: order of operations
"""


def invoice_total(lines):
    total = 0
    for price, count, rate in lines:
        net = price * count
        total += net + (net * rate + 50) // 100
    return total
