"""Numbers: rounding, percent, halves, digits and divisors."""

from icontract import ensure, require


@require(lambda lines: lines >= 0)
@require(lambda per_page: per_page >= 1)
@ensure(lambda per_page, result: 0 <= result < per_page)
def blank_lines(lines: int, per_page: int) -> int:
    """Count the lines that stay blank on the last page of a print.

    The lines are printed on pages of `per_page` lines each, and every page but the last one is full. If the last
    page is full as well, or if there is nothing to print, no line stays blank.

    >>> blank_lines(7, 5)
    3
    >>> blank_lines(10, 5)
    0
    >>> blank_lines(1, 40)
    39
    >>> blank_lines(0, 8)
    0
    >>> blank_lines(99, 10)
    1
    >>> blank_lines(6, 1)
    0
    """
    ...


@require(lambda amount: amount >= 0)
@require(lambda rounds: 0 <= rounds <= 60)
@ensure(lambda amount, result: 0 <= result <= amount)
def halve_repeatedly(amount: int, rounds: int) -> int:
    """Halve an amount as many times as there are rounds, and round down to a whole number each time.

    >>> halve_repeatedly(40, 1)
    20
    >>> halve_repeatedly(40, 3)
    5
    >>> halve_repeatedly(101, 2)
    25
    >>> halve_repeatedly(7, 0)
    7
    >>> halve_repeatedly(7, 3)
    0
    >>> halve_repeatedly(0, 4)
    0
    >>> halve_repeatedly(1000, 5)
    31
    """
    ...


@require(lambda left: -1000000 <= left <= 1000000)
@require(lambda right: -1000000 <= right <= 1000000)
def midpoint(left: float, right: float) -> float:
    """Give the number that lies exactly in the middle between two numbers.

    >>> midpoint(1.0, 4.0)
    2.5
    >>> midpoint(8.0, 2.0)
    5.0
    >>> midpoint(-3.0, 3.0)
    0.0
    >>> midpoint(0.5, 0.5)
    0.5
    >>> midpoint(-7.0, -2.0)
    -4.5
    >>> midpoint(10.5, 0.0)
    5.25
    """
    ...


@require(lambda cents: cents >= 0)
@require(lambda percent: 0 <= percent <= 100)
@ensure(lambda cents, result: 0 <= result <= cents)
def discounted(cents: int, percent: int) -> int:
    """Lower a price by some percent.

    The price is given in cents. The discount is that percentage of the price, rounded down to whole cents; the
    result is the price less the discount.

    >>> discounted(200, 10)
    180
    >>> discounted(999, 50)
    500
    >>> discounted(80, 100)
    0
    >>> discounted(1250, 0)
    1250
    >>> discounted(99, 1)
    99
    >>> discounted(333, 20)
    267
    >>> discounted(0, 30)
    0
    """
    ...


@require(lambda amount: amount >= 0)
@require(lambda step: step >= 1)
@ensure(lambda step, result: result % step == 0)
def rounded_to(amount: int, step: int) -> int:
    """Round an amount to the nearest multiple of a step.

    An amount exactly in the middle between two multiples is rounded up.

    >>> rounded_to(43, 10)
    40
    >>> rounded_to(47, 10)
    50
    >>> rounded_to(45, 10)
    50
    >>> rounded_to(21, 7)
    21
    >>> rounded_to(18, 7)
    21
    >>> rounded_to(2, 5)
    0
    >>> rounded_to(9, 1)
    9
    >>> rounded_to(0, 6)
    0
    """
    ...


@ensure(lambda result: result >= 0)
def digit_sum(number: int) -> int:
    """Add up the decimal digits of a whole number; the sign of a negative number does not count.

    >>> digit_sum(1234)
    10
    >>> digit_sum(0)
    0
    >>> digit_sum(9)
    9
    >>> digit_sum(-27)
    9
    >>> digit_sum(500)
    5
    >>> digit_sum(9999)
    36
    >>> digit_sum(-100)
    1
    """
    ...


@require(lambda hours: 0 <= hours <= 168)
@require(lambda rate: rate >= 0)
def weekly_pay(hours: int, rate: int) -> int:
    """Work out the pay of a week at a rate per hour.

    Every hour up to 40 is paid at the rate, and every hour above 40 at twice the rate.

    >>> weekly_pay(10, 12)
    120
    >>> weekly_pay(40, 20)
    800
    >>> weekly_pay(41, 20)
    840
    >>> weekly_pay(50, 10)
    600
    >>> weekly_pay(0, 15)
    0
    >>> weekly_pay(60, 1)
    80
    >>> weekly_pay(39, 3)
    117
    """
    ...


@require(lambda number: number >= 0)
def square_ends_with_number(number: int) -> bool:
    """Tell whether the square of a number ends with the number itself, written in decimal digits.

    The square of 25 is 625, which ends with 25; the square of 15 is 225, which does not end with 15.

    >>> square_ends_with_number(25)
    True
    >>> square_ends_with_number(15)
    False
    >>> square_ends_with_number(0)
    True
    >>> square_ends_with_number(6)
    True
    >>> square_ends_with_number(4)
    False
    >>> square_ends_with_number(376)
    True
    >>> square_ends_with_number(10)
    False
    >>> square_ends_with_number(126)
    False
    """
    ...


@require(lambda number: number >= 1)
@require(lambda divisor: divisor >= 2)
@ensure(lambda number, divisor, result: number % divisor**result == 0)
def times_divisible(number: int, divisor: int) -> int:
    """Count how many times a number can be divided by a divisor, one time after the other, without a remainder.

    >>> times_divisible(40, 2)
    3
    >>> times_divisible(7, 2)
    0
    >>> times_divisible(81, 3)
    4
    >>> times_divisible(5, 5)
    1
    >>> times_divisible(1, 9)
    0
    >>> times_divisible(6000, 10)
    3
    >>> times_divisible(48, 4)
    2
    """
    ...


@require(lambda number: number >= 0)
def alternating_digit_sum(number: int) -> int:
    """Add and subtract the decimal digits of a number in turn, from the left.

    The first digit is added, the second one subtracted, the third one added, and so on.

    >>> alternating_digit_sum(7)
    7
    >>> alternating_digit_sum(52)
    3
    >>> alternating_digit_sum(918)
    16
    >>> alternating_digit_sum(1234)
    -2
    >>> alternating_digit_sum(0)
    0
    >>> alternating_digit_sum(19)
    -8
    >>> alternating_digit_sum(60504)
    15
    """
    ...


@require(lambda limit: 0 <= limit <= 2000)
@require(lambda first: 1 <= first <= 100)
@require(lambda second: 1 <= second <= 100)
@ensure(lambda result: result >= 0)
def sum_of_multiples(limit: int, first: int, second: int) -> int:
    """Add up the numbers from 1 to the limit, the limit included, that are multiples of one of two numbers.

    A number that is a multiple of both counts once.

    >>> sum_of_multiples(10, 3, 5)
    33
    >>> sum_of_multiples(12, 4, 6)
    30
    >>> sum_of_multiples(7, 7, 7)
    7
    >>> sum_of_multiples(5, 1, 9)
    15
    >>> sum_of_multiples(3, 8, 9)
    0
    >>> sum_of_multiples(0, 1, 1)
    0
    >>> sum_of_multiples(20, 10, 7)
    51
    """
    ...
