"""Folds: checksums, columns, buckets, keys, alarms and vans."""

from icontract import ensure, require


@require(lambda data: all(0 <= byte <= 255 for byte in data))
@ensure(lambda result: 0 <= result <= 255)
def checksum(data: list[int]) -> int:
    """Find the checksum of some bytes: all of them joined by the bitwise "exclusive or"; of no bytes it is 0.

    >>> checksum([1, 2])
    3
    >>> checksum([5, 3])
    6
    >>> checksum([7, 7])
    0
    >>> checksum([])
    0
    >>> checksum([200])
    200
    >>> checksum([1, 2, 4, 255])
    248
    """
    ...


@ensure(lambda result: result >= 2)
def column_width(cells: list[str]) -> int:
    """Tell how wide a column of a table must be: 2 more than its longest cell; a column without cells is 2 wide.

    >>> column_width(["id", "name"])
    6
    >>> column_width(["total"])
    7
    >>> column_width([])
    2
    >>> column_width([""])
    2
    >>> column_width(["a", "bbb", "cc"])
    5
    >>> column_width(["due date", "", "x"])
    10
    """
    ...


@require(lambda key, buckets: key.isascii() and buckets >= 1)
@ensure(lambda buckets, result: 0 <= result < buckets)
def bucket_of(key: str, buckets: int) -> int:
    """Find the bucket of a hash table into which a key belongs.

    The hash begins with 0. For each character of the key, from the left, it is multiplied by 31 and the code of the
    character is added. The bucket is the remainder of the hash when it is divided by the number of buckets.

    >>> bucket_of("a", 100)
    97
    >>> bucket_of("ab", 10000)
    3105
    >>> bucket_of("ab", 100)
    5
    >>> bucket_of("", 7)
    0
    >>> bucket_of("key", 16)
    15
    >>> bucket_of("B", 1)
    0
    >>> bucket_of("ba", 10000)
    3135
    """
    ...


@ensure(lambda keys, result: len(result) <= len(keys) and "<" not in result)
def text_after_keys(keys: str) -> str:
    """Tell what stands in an empty field after some keys were pressed.

    The key "<" deletes the last character of the field, if there is one. Any other key adds its character at the end.

    >>> text_after_keys("cat")
    'cat'
    >>> text_after_keys("cat<r")
    'car'
    >>> text_after_keys("ab<<c")
    'c'
    >>> text_after_keys("<a")
    'a'
    >>> text_after_keys("")
    ''
    >>> text_after_keys("hi<<<")
    ''
    >>> text_after_keys("1<23 4<")
    '23 '
    """
    ...


@require(lambda times_s, gap_s: gap_s >= 1 and sorted(times_s) == times_s)
@ensure(lambda times_s, result: all(time in times_s for time in result))
def alarms_sent(times_s: list[int], gap_s: int) -> list[int]:
    """Choose which of the alarms are sent, so that they do not come too often.

    The alarms are given by their times in seconds, in ascending order. The first one is sent, and then each one that
    comes at least `gap_s` seconds after the last one that was sent.

    >>> alarms_sent([0, 5, 10, 15], 10)
    [0, 10]
    >>> alarms_sent([0, 9, 12, 18, 21], 10)
    [0, 12]
    >>> alarms_sent([3, 4, 5], 1)
    [3, 4, 5]
    >>> alarms_sent([], 10)
    []
    >>> alarms_sent([7], 100)
    [7]
    >>> alarms_sent([2, 2, 2], 1)
    [2]
    >>> alarms_sent([1, 50, 90, 99, 100, 149], 50)
    [1, 90, 149]
    """
    ...


@require(lambda weights, limit: all(1 <= weight <= limit for weight in weights))
@ensure(lambda weights, result: 0 <= result <= len(weights))
def vans_needed(weights: list[int], limit: int) -> int:
    """Count the vans that are needed to load crates in the given order.

    Each crate goes into the same van as the one before it, as long as the weight in the van does not exceed the limit;
    otherwise it is the first one in the next van. A van that has left is never loaded again.

    >>> vans_needed([4, 4, 4], 8)
    2
    >>> vans_needed([5, 5, 5], 8)
    3
    >>> vans_needed([1, 2, 3], 10)
    1
    >>> vans_needed([], 10)
    0
    >>> vans_needed([6, 5, 4, 5], 10)
    3
    >>> vans_needed([1], 10)
    1
    >>> vans_needed([7, 1, 2, 1, 9], 10)
    2
    """
    ...
