"""Numbers: part of a month, cells, calendar sheets, tax, clock readings and debts."""

from icontract import ensure, require


@require(lambda monthly_cents: monthly_cents >= 0)
@require(lambda days_used, days_in_month: 0 <= days_used <= days_in_month and 28 <= days_in_month <= 31)
@ensure(lambda monthly_cents, result: 0 <= result <= monthly_cents)
def prorated_cents(monthly_cents: int, days_used: int, days_in_month: int) -> int:
    """Reckon what a customer owes who used a monthly service on only some days of a month.

    The customer owes the monthly price in proportion to the days used, rounded down to whole cents.

    >>> prorated_cents(3000, 15, 30)
    1500
    >>> prorated_cents(3100, 10, 31)
    1000
    >>> prorated_cents(999, 28, 28)
    999
    >>> prorated_cents(1000, 10, 30)
    333
    >>> prorated_cents(2999, 0, 31)
    0
    >>> prorated_cents(1990, 17, 29)
    1166
    """
    ...


@require(lambda row, column, columns: row >= 1 and 1 <= column <= columns)
@ensure(lambda result: result >= 1)
def cell_number(row: int, column: int, columns: int) -> int:
    """Number the cells of a sheet from 1 on, row by row from the top and each row from the left.

    Rows and columns are counted from 1 as well; `columns` is how many columns the sheet has.

    >>> cell_number(1, 1, 5)
    1
    >>> cell_number(1, 4, 5)
    4
    >>> cell_number(2, 1, 5)
    6
    >>> cell_number(3, 2, 4)
    10
    >>> cell_number(7, 1, 1)
    7
    >>> cell_number(4, 10, 10)
    40
    """
    ...


@require(lambda day, first_weekday: 1 <= day <= 31 and 0 <= first_weekday <= 6)
@ensure(lambda result: 1 <= result <= 6)
def calendar_row(day: int, first_weekday: int) -> int:
    """Tell in which row of a calendar sheet a day of the month is printed.

    Rows are counted from 1, each holds the 7 days from Monday to Sunday. `first_weekday` is the weekday of the first
    day of the month, from 0 for Monday to 6 for Sunday; that day always stands in row 1.

    >>> calendar_row(1, 0)
    1
    >>> calendar_row(7, 0)
    1
    >>> calendar_row(8, 0)
    2
    >>> calendar_row(1, 6)
    1
    >>> calendar_row(2, 6)
    2
    >>> calendar_row(31, 5)
    6
    >>> calendar_row(18, 3)
    3
    """
    ...


@require(lambda gross_cents, percent: gross_cents >= 0 and 0 <= percent <= 100)
@ensure(lambda gross_cents, result: 0 <= result <= gross_cents)
def net_cents(gross_cents: int, percent: int) -> int:
    """Take the sales tax out of a price that contains it.

    The tax in a price is the price times the percent, divided by 100 more than the percent, and rounded down to whole
    cents. What is left of the price without the tax is returned.

    >>> net_cents(120, 20)
    100
    >>> net_cents(1190, 19)
    1000
    >>> net_cents(100, 20)
    84
    >>> net_cents(500, 0)
    500
    >>> net_cents(0, 7)
    0
    >>> net_cents(999, 7)
    934
    >>> net_cents(301, 100)
    151
    """
    ...


@require(lambda start, end: 0 <= start <= end <= 2359)
@require(lambda start, end: start % 100 < 60 and end % 100 < 60)
@ensure(lambda result: 0 <= result < 1440)
def minutes_elapsed(start: int, end: int) -> int:
    """Count the minutes from a start to an end on the same day.

    Both are clock readings written as one number, the hour before the last two digits and the minute in them: 930 is
    half past nine, 5 is five minutes after midnight.

    >>> minutes_elapsed(930, 945)
    15
    >>> minutes_elapsed(930, 1030)
    60
    >>> minutes_elapsed(850, 910)
    20
    >>> minutes_elapsed(5, 5)
    0
    >>> minutes_elapsed(0, 2359)
    1439
    >>> minutes_elapsed(1000, 1000)
    0
    >>> minutes_elapsed(1215, 1700)
    285
    >>> minutes_elapsed(59, 100)
    1
    """
    ...


@require(lambda debt, percent: 0 <= debt <= 100_000 and 0 <= percent <= 20)
@require(lambda debt, percent, payment: payment > debt * percent // 100)
@ensure(lambda result: result >= 0)
def months_to_pay_off(debt: int, percent: int, payment: int) -> int:
    """Count the monthly payments until a debt is paid off.

    In each month the interest is added first, that is so many percent of the debt, rounded down; then the payment is
    taken off. This goes on until nothing is owed any more; the last payment may be more than what is owed.

    >>> months_to_pay_off(100, 0, 50)
    2
    >>> months_to_pay_off(100, 0, 40)
    3
    >>> months_to_pay_off(0, 5, 10)
    0
    >>> months_to_pay_off(1000, 10, 500)
    3
    >>> months_to_pay_off(1000, 10, 1100)
    1
    >>> months_to_pay_off(1000, 10, 1099)
    2
    >>> months_to_pay_off(200, 5, 30)
    9
    """
    ...
