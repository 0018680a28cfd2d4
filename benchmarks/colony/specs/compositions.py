"""Compositions: functions that call other functions of the module, or that put several steps on texts together."""

import re

from icontract import ensure, require


def is_vowel(letter: str) -> bool:
    """Tell whether a character is one of the vowels a, e, i, o and u, be it capital or small."""
    return letter in tuple("aeiouAEIOU")


def letters_only(text: str) -> str:
    """Return the letters of a text, as small letters and without anything between them."""
    return "".join(character for character in text.lower() if character.isalpha())


def is_prime(number: int) -> bool:
    """Tell whether a number is prime: at least 2, and a multiple of no smaller number but 1."""
    return number >= 2 and all(number % divisor for divisor in range(2, number))


def to_minutes(clock: str) -> int:
    """Return the minutes of a time that is written as hours and minutes, such as "1:30"."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def to_clock(minutes: int) -> str:
    """Write minutes as hours and minutes, the minutes with two digits, such as "1:30"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def shift_letter(letter: str, steps: int) -> str:
    """Return the small letter that stands some steps after a small letter; after "z" comes "a" again."""
    return chr((ord(letter) - ord("a") + steps) % 26 + ord("a"))


@ensure(lambda text, result: 0 <= result <= len(text))
def vowel_count(text: str) -> int:
    """Count the vowels of a text; `is_vowel` tells which characters are vowels.

    >>> vowel_count("banana")
    3
    >>> vowel_count("Rhythm and Blues")
    3
    >>> vowel_count("sky")
    0
    >>> vowel_count("AEIOU!")
    5
    >>> vowel_count("queue")
    4
    >>> vowel_count("")
    0
    """
    ...


@require(lambda text: text.isascii())
def reads_both_ways(text: str) -> bool:
    """Tell whether the letters of a text, as `letters_only` returns them, are the same when read backwards.

    >>> reads_both_ways("level")
    True
    >>> reads_both_ways("A man, a plan, a canal: Panama!")
    True
    >>> reads_both_ways("No, not this")
    False
    >>> reads_both_ways("Madam")
    True
    >>> reads_both_ways("ab")
    False
    >>> reads_both_ways("1 2 3")
    True
    >>> reads_both_ways("")
    True
    """
    ...


def word_lengths(text: str) -> list[int]:
    """List how long each word of a text is, in order; words stand between white space.

    >>> word_lengths("the quick fox")
    [3, 5, 3]
    >>> word_lengths("hello")
    [5]
    >>> word_lengths("  a   bc ")
    [1, 2]
    >>> word_lengths("don't stop, now")
    [5, 5, 3]
    >>> word_lengths("")
    []
    >>> word_lengths("   ")
    []
    """
    ...


@require(lambda title: title.isascii() and title.strip() != "")
@ensure(lambda result: result.endswith(".txt"))
def file_name(title: str) -> str:
    """Make the name of a text file from a title.

    White space around the title is removed, letters become small letters, each space that is left becomes an
    underscore, and ".txt" is put at the end.

    >>> file_name("Shopping List")
    'shopping_list.txt'
    >>> file_name("  README ")
    'readme.txt'
    >>> file_name("My  old Notes")
    'my__old_notes.txt'
    >>> file_name("todo")
    'todo.txt'
    >>> file_name("Plan B, 2nd try")
    'plan_b,_2nd_try.txt'
    """
    ...


@require(lambda text: len(text.split()) >= 1)
@ensure(lambda text, result: 0 <= result < len(text))
def length_spread(text: str) -> int:
    """Tell how much longer the longest word of a text is than its shortest.

    Words stand between white space; there is at least one.

    Uses: word_lengths

    >>> length_spread("a bird flew")
    3
    >>> length_spread("one two six")
    0
    >>> length_spread("extraordinary me")
    11
    >>> length_spread("alone")
    0
    >>> length_spread("it was the best  of times")
    3
    >>> length_spread("I think, therefore")
    8
    """
    ...


@require(lambda low, high: 0 <= low <= high <= 1000)
@ensure(lambda low, high, result: all(low <= number <= high for number in result))
@ensure(lambda result: result == sorted(set(result)))
def primes_between(low: int, high: int) -> list[int]:
    """List the prime numbers between two numbers, both of which count, in ascending order.

    `is_prime` tells which numbers are prime.

    >>> primes_between(1, 10)
    [2, 3, 5, 7]
    >>> primes_between(11, 19)
    [11, 13, 17, 19]
    >>> primes_between(24, 28)
    []
    >>> primes_between(7, 7)
    [7]
    >>> primes_between(8, 8)
    []
    >>> primes_between(0, 3)
    [2, 3]
    >>> primes_between(90, 102)
    [97, 101]
    """
    ...


@require(lambda name: len(name.split()) >= 2)
@ensure(lambda name, result: result[0] == name.split()[0][0])
def abbreviate(name: str) -> str:
    """Abbreviate a person's name: the first letter of its first word, a full stop, a space, and its last word.

    Words stand between white space; there are at least two, and those in the middle are left out.

    >>> abbreviate("Ada Lovelace")
    'A. Lovelace'
    >>> abbreviate("John Ronald Reuel Tolkien")
    'J. Tolkien'
    >>> abbreviate("Grace  Brewster Hopper")
    'G. Hopper'
    >>> abbreviate("ursula guin")
    'u. guin'
    >>> abbreviate(" X Y ")
    'X. Y'
    """
    ...


@require(lambda clocks: all(re.fullmatch("[0-9]+:[0-5][0-9]", clock) for clock in clocks))
@ensure(lambda clocks, result: to_minutes(result) == sum(to_minutes(clock) for clock in clocks))
def total_time(clocks: list[str]) -> str:
    """Add up times that are written as hours and minutes, and write the sum in the same way.

    `to_minutes` reads such a time, and `to_clock` writes one.

    >>> total_time(["1:30", "0:45"])
    '2:15'
    >>> total_time(["0:05", "0:50", "0:05"])
    '1:00'
    >>> total_time(["10:59"])
    '10:59'
    >>> total_time(["20:00", "9:07"])
    '29:07'
    >>> total_time(["0:00", "0:08"])
    '0:08'
    >>> total_time([])
    '0:00'
    """
    ...


@require(lambda text: text.isascii() and text == text.lower())
@ensure(lambda text, result: len(result) == len(text))
def encipher(text: str, steps: int) -> str:
    """Write a text in a secret alphabet: each letter is replaced by the one that stands some steps after it.

    `shift_letter` finds that letter. All other characters stay as they are. The text has no capital letters.

    >>> encipher("abc", 1)
    'bcd'
    >>> encipher("hello, world", 3)
    'khoor, zruog'
    >>> encipher("xyz", 2)
    'zab'
    >>> encipher("dog", -3)
    'ald'
    >>> encipher("room 101!", 13)
    'ebbz 101!'
    >>> encipher("same", 26)
    'same'
    >>> encipher("", 5)
    ''
    """
    ...


@require(lambda rows: all(cell.removeprefix("-").isdecimal() for row in rows for cell in row.split(",")))
@require(lambda rows, column: all(0 <= column < len(row.split(",")) for row in rows))
def column_total(rows: list[str], column: int) -> int:
    """Add up the numbers of one column of a table.

    Each row is a text with whole numbers that are separated by commas; columns are counted from 0. Of no rows the
    sum is 0.

    >>> column_total(["1,2,3", "4,5,6"], 0)
    5
    >>> column_total(["1,2,3", "4,5,6"], 2)
    9
    >>> column_total(["10,-7", "20,3", "0,1"], 1)
    -3
    >>> column_total(["42"], 0)
    42
    >>> column_total(["8,100,15,6", "9,11,2"], 2)
    17
    >>> column_total([], 3)
    0
    """
    ...


@ensure(lambda words, result: len(result) == len(words))
@ensure(lambda result: len({len(word) for word in result}) <= 1)
def align_right(words: list[str]) -> list[str]:
    """Make all words as long as the longest of them, by spaces in front of them.

    >>> align_right(["a", "bbb", "cc"])
    ['  a', 'bbb', ' cc']
    >>> align_right(["10", "5", "1000"])
    ['  10', '   5', '1000']
    >>> align_right(["one", "two"])
    ['one', 'two']
    >>> align_right(["", "x"])
    [' ', 'x']
    >>> align_right(["single"])
    ['single']
    >>> align_right([])
    []
    """
    ...
