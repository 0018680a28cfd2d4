"""Spans of whole numbers: (start, end) holds start, start + 1, ..., end - 1, and not end itself."""

from icontract import ensure, require


@require(lambda spans: all(start < end for start, end in spans))
@ensure(lambda spans, result: len(result) <= len(spans))
def merge_spans(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the spans that overlap or touch, and return the spans that come out, in ascending order.

    Two spans touch if one ends where the other starts. The spans are given in any order.

    >>> merge_spans([(1, 4), (3, 6), (8, 9)])
    [(1, 6), (8, 9)]
    >>> merge_spans([(5, 7), (1, 5)])
    [(1, 7)]
    >>> merge_spans([])
    []
    """
    ...


@require(lambda span: span[0] < span[1])
@require(lambda taken: all(start < end for start, end in taken))
def subtract_spans(span: tuple[int, int], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what is left of a span when others are taken out of it, as spans in ascending order.

    The spans that are taken out come in any order, may overlap, and may lie partly or wholly outside.
    None of the spans in the result is empty.

    >>> subtract_spans((0, 10), [(3, 5)])
    [(0, 3), (5, 10)]
    >>> subtract_spans((0, 10), [(8, 20), (-5, 2)])
    [(2, 8)]
    >>> subtract_spans((0, 10), [(0, 10)])
    []
    """
    ...


@require(lambda spans: all(start < end for start, end in spans))
@require(lambda shortest: shortest >= 1)
def find_gaps(spans: list[tuple[int, int]], shortest: int) -> list[tuple[int, int]]:
    """Find the gaps between spans that are at least `shortest` long, in ascending order.

    A gap is a longest possible span that overlaps none of the given ones and lies between the smallest start and
    the largest end of them. Its length is its end minus its start. The spans come in any order and
    may overlap.

    >>> find_gaps([(0, 3), (5, 8)], 1)
    [(3, 5)]
    >>> find_gaps([(10, 12), (0, 3), (4, 6)], 2)
    [(6, 10)]
    >>> find_gaps([(0, 3)], 1)
    []
    """
    ...


@require(lambda spans: all(start < end for start, end in spans))
def busiest(spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Tell where most spans overlap: how many they are, and the smallest number that so many spans hold.

    Without any spans, the result is None.

    >>> busiest([(1, 5), (2, 6), (8, 9)])
    (2, 2)
    >>> busiest([(0, 2), (2, 4)])
    (1, 0)
    >>> busiest([]) is None
    True
    """
    ...


@require(lambda pages: all(page >= 0 for page in pages))
def page_ranges(pages: list[int]) -> str:
    """Write a list of page numbers as short as an index does, such as `1-3, 7`.

    The numbers are sorted, and each counts once however often it is given. Three or more consecutive numbers
    become the first and the last of them with a hyphen in between, and as many as possible are put
    together; two consecutive numbers are written as two. A comma and a space separate what is written.

    >>> page_ranges([1, 2, 3, 7])
    '1-3, 7'
    >>> page_ranges([9, 4, 8, 4])
    '4, 8, 9'
    >>> page_ranges([])
    ''
    """
    ...
