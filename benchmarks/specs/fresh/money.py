"""Money in whole cents: no floats, and no cent is lost."""

from icontract import ensure, require


@require(lambda total_cents: total_cents >= 0)
@require(lambda people: 1 <= people <= 1000)
@ensure(lambda total_cents, result: sum(result) == total_cents)
@ensure(lambda people, result: len(result) == people)
def split_bill(total_cents: int, people: int) -> list[int]:
    """Split a bill into one share for each person, as evenly as whole cents allow.

    No two shares differ by more than one cent. The larger shares come first.

    >>> split_bill(1000, 4)
    [250, 250, 250, 250]
    >>> split_bill(1000, 3)
    [334, 333, 333]
    >>> split_bill(2, 3)
    [1, 1, 0]
    """
    ...


@require(lambda price_cents: price_cents >= 0)
@require(lambda percent: 0 <= percent <= 100)
@ensure(lambda price_cents, result: 0 <= result <= price_cents)
def discounted(price_cents: int, percent: int) -> int:
    """Return what a price is after a discount of `percent` percent.

    The price after the discount is rounded to the nearest cent; exactly half a cent is rounded up.

    >>> discounted(1000, 25)
    750
    >>> discounted(999, 10)
    899
    >>> discounted(250, 0)
    250
    """
    ...


def format_cents(cents: int) -> str:
    """Write an amount of cents in euros, for an invoice.

    The euro sign comes first, then the whole euros with a comma between groups of three digits counted from
    the right, a point, and always two digits of cents. A negative amount has a minus sign before the euro sign.

    >>> format_cents(123456)
    '€1,234.56'
    >>> format_cents(5)
    '€0.05'
    >>> format_cents(-250)
    '-€2.50'
    """
    ...


def parse_amount(text: str) -> int | None:
    """Read an amount such as `1,234.50` as cents.

    Whitespace around it does not matter. There may be one minus sign in front. The whole part is either
    one or more digits without commas, or groups of digits with commas between them, the first of one to three
    digits and each other of exactly three. After it there may be a point with one or two digits behind it;
    one digit means tens of cents. Only the digits 0 to 9 are digits. Anything else gives None.

    >>> parse_amount("12.50")
    1250
    >>> parse_amount("1,234")
    123400
    >>> parse_amount(" -0.5 ")
    -50
    >>> parse_amount("12,34") is None
    True
    >>> parse_amount("1.234") is None
    True
    """
    ...


@require(lambda total_cents: total_cents >= 0)
@require(lambda weights: all(weight >= 0 for weight in weights) and sum(weights) > 0)
@ensure(lambda total_cents, result: sum(result) == total_cents)
def allocate(total_cents: int, weights: list[int]) -> list[int]:
    """Divide an amount in proportion to weights, in whole cents.

    Each place first gets its exact proportional share, rounded down. The cents that are left are given out one
    each to the places whose exact shares lost the largest fraction by that; where fractions are equal, the
    earlier place comes first.

    >>> allocate(100, [1, 1])
    [50, 50]
    >>> allocate(100, [1, 1, 1])
    [34, 33, 33]
    >>> allocate(10, [3, 0, 4])
    [4, 0, 6]
    """
    ...


@require(lambda lines: all(price >= 0 and count >= 0 and 0 <= rate <= 100 for price, count, rate in lines))
def invoice_total(lines: list[tuple[int, int, int]]) -> int:
    """Return the total of an invoice in cents, with tax.

    Each line is the net price of one piece in cents, the number of pieces, and the tax rate in percent. Tax is
    not reckoned line by line: the net amounts of all lines with the same rate are added up first, the tax on
    that sum is rounded to the nearest cent (half a cent up), and then the sums and their taxes are added.

    >>> invoice_total([(1000, 2, 19)])
    2380
    >>> invoice_total([(1000, 1, 19), (500, 1, 7)])
    1725
    >>> invoice_total([])
    0
    """
    ...
