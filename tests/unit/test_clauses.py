"""What a prose says and a body goes against, read from texts and trees alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Spec
from swarmwright.verify.clauses import limits_in, overlooked, unseen_texts
from swarmwright.verify.mentions import unused_numbers


def spec_of(prose: str, head: str = "f(n: int, text: str, width: int) -> str", above: str = "") -> Spec:
    return read_sources("small", {"small.py": f'"""Small."""\n\n{above}\n\ndef {head}:\n    """{prose}"""\n    ...\n'})


def found(prose: str, body: str, **options: str) -> tuple[str, ...]:
    spec = spec_of(prose, **options)
    return overlooked(spec, next(iter(spec.units())), [body])


@pytest.mark.parametrize(
    ("prose", "amount", "side"),
    [
        ("More than 180 points are an A.", "180", "below"),
        ("A run of three or more letters.", "three", "above"),
        ("At most 5 of them count.", "5", "below"),
        ("As long as it is 20 or more, go on.", "20", "above"),
        ("Fewer than ten are too few.", "ten", "above"),
        ("Texts longer than `width` are cut.", "`width`", "below"),
        ("No more than 7 are kept.", "7", "below"),
        ("What is below 1,000 is small.", "1,000", "above"),
    ],
)
def test_limits_are_read_with_their_side(prose: str, amount: str, side: str) -> None:
    limits = limits_in(prose)
    assert {(limit.amount, limit.side) for limit in limits} == {(amount, side)}


WRONG = [
    ("A number of 20 or more is reduced.", "while n > 20:\n    n //= 2\nreturn str(n)"),
    ("More than 9 is too much.", "return 'x' if n >= 9 else ''"),
    ("A text longer than `width` is cut.", "return text[:width] if len(text) >= width else text"),
    ("A text with fewer than three letters is too short.", "return text if text == text[::-1] else ''"),
    ("If nothing is left, the result is `untitled`.", "return text.strip()"),
    ("Capital and small letters mean the same.", "return {'B': 'x', 'KB': 'y'}.get(text, '')"),
    ("Only a capital X counts.", "return text.upper().strip('X')"),
    ("Only the digits 0 to 9 are digits.", "return text if text.isdigit() else ''"),
    (r"Only the digits 0 to 9 are digits.", "import re\nreturn re.sub(r'\\d', '', text)"),
    ("It is rounded to the nearest cent, half a cent up.", "return str(round(n / 2))"),
]
RIGHT = [
    ("A number of 20 or more is reduced.", "while n >= 20:\n    n //= 2\nreturn str(n)"),
    ("A number of 20 or more is reduced.", "while not n < 20:\n    n //= 2\nreturn str(n)"),
    ("A number of 20 or more is reduced.", "while 19 < n:\n    n //= 2\nreturn str(n)"),
    ("More than 9 is too much, and 9 or more is bad.", "return 'x' if n >= 9 else ''"),
    ("More than 9 is too much.", "return str(n)"),
    ("A text longer than `width` is cut.", "return text[:width] if width < len(text) else text"),
    ("A text with fewer than three letters is too short.", "return text if len(text) >= 3 else ''"),
    ("A run of two or more is one.", "return text if n > 1 else ''"),
    ("If nothing is left, the result is `untitled`.", "return text.strip() or 'untitled'"),
    ("The result is `text` as it is.", "return text"),
    ('A multiple of both is "FizzBuzz".', "return 'Fizz' * (n % 3 == 0) + 'Buzz' * (n % 5 == 0)"),
    ("Capital and small letters mean the same.", "return text.casefold()"),
    ("Small and capital letters are different letters.", "return text"),
    ("All small letters; a capital X counts.", "return text.upper()"),
    ("Write the text in capital letters.", "return text.upper()"),
    ("The initials, as capitals.", "return ''.join(word[0].upper() for word in text.split())"),
    ("Only the digits 0 to 9 are digits.", "return text if text.isascii() and text.isdigit() else ''"),
    ("It is rounded to the nearest even cent if half is left.", "return str(round(n / 2))"),
    ("Numbers such as more than 9 are fine.", "return 'x' if n >= 9 else ''"),
]


@pytest.mark.parametrize(("prose", "body"), WRONG)
def test_what_goes_against_the_prose_is_said(prose: str, body: str) -> None:
    assert len(found(prose, body)) == 1


@pytest.mark.parametrize(("prose", "body"), RIGHT)
def test_what_follows_the_prose_is_left_in_peace(prose: str, body: str) -> None:
    assert found(prose, body) == ()


def test_preconditions_may_leave_only_plain_digits() -> None:
    contract = "from icontract import require\n\n\n@require(lambda text: text.isascii())"
    body = "return text if text.isdigit() else ''"
    assert found("Only the digits 0 to 9 are digits.", body, head="f(text: str) -> str", above=contract) == ()


def test_examples_show_what_the_prose_need_not_be_searched_for() -> None:
    prose = "It is `left` or `right`.\n\n    >>> f(1, 'a', 2)\n    'left'\n    "
    assert found(prose, "return text") == ()


def test_a_range_of_digits_is_no_number_to_be_written() -> None:
    spec = spec_of("Only the digits 0 to 9 count, and 17 of them are enough.")
    assert unused_numbers(spec, next(iter(spec.units())), ["return text"]) == (17,)


CLOCK = "A four is IIII; IX, XL and CM are written by subtraction."


@pytest.mark.parametrize(
    ("prose", "body", "results", "unseen"),
    [
        (CLOCK, "return {9: 'IX', 40: 'XL', 900: 'CM'}[n]", "", ("IIII",)),
        (CLOCK, "return {9: 'IX', 40: 'XL', 900: 'CM'}.get(n, 'I' * n)", "['III', 'IIII']", ()),
        (CLOCK, "return text * n", "", ()),
        ("The vowels are 'a', 'e' and 'i', and 'y' at the end.", "return text.count('a') + text.count('e')", "", "iy"),
        ("The vowels are 'a', 'e' and 'y'.", "return sum(c in 'aeiouy' for c in text)", "", ()),
        ("A text `text` of AND, OR and `n`.", "return {'AND': 1, 'OR': 2}[text]", "", ()),
        ("It knows AND, OR, and others, for example XOR.", "return {'AND': 1, 'OR': 2}[text]", "", ()),
    ],
)
def test_a_text_of_a_series_that_nothing_holds_is_named(
    prose: str, body: str, results: str, unseen: Sequence[str]
) -> None:
    spec = spec_of(prose)
    said = unseen_texts(spec, next(iter(spec.units())), [body], results)
    assert [one.split("'")[1] for one in said] == list(unseen)
