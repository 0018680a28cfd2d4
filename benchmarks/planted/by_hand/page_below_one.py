"""A number below 1 is taken as it is.

Unit: fresh.traffic.page_of
Kind: forgotten clause
"""


def page_of(items, number, size):
    pages = max(1, -(-len(items) // size))
    number = min(number, pages)
    return Page(items[(number - 1) * size : number * size], number, pages)
