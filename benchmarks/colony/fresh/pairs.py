"""Pairs and tables: fractions, ranks, weather, glossaries, marks and chess."""

from icontract import ensure, require


@require(lambda left, right: left[1] != 0 and right[1] != 0)
@ensure(lambda result: result[1] != 0)
def fraction_product(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    """Multiply two fractions, each given by its numerator and its denominator.

    Numerators and denominators are multiplied with each other; the result is not reduced.

    >>> fraction_product((1, 2), (3, 4))
    (3, 8)
    >>> fraction_product((2, 3), (3, 2))
    (6, 6)
    >>> fraction_product((0, 5), (7, 9))
    (0, 45)
    >>> fraction_product((-1, 4), (5, 6))
    (-5, 24)
    >>> fraction_product((8, 1), (2, -3))
    (16, -3)
    """
    ...


@require(lambda ranks, first, second: first in ranks and second in ranks)
@ensure(lambda result: result >= 0)
def rank_gap(ranks: dict[str, int], first: str, second: str) -> int:
    """Tell how many ranks lie between two players of a table, whoever of them is ahead.

    >>> rank_gap({"Ida": 1, "Jon": 4, "Kim": 9}, "Ida", "Jon")
    3
    >>> rank_gap({"Ida": 1, "Jon": 4, "Kim": 9}, "Kim", "Jon")
    5
    >>> rank_gap({"Ida": 1, "Jon": 4}, "Jon", "Ida")
    3
    >>> rank_gap({"Lea": 12}, "Lea", "Lea")
    0
    >>> rank_gap({"Max": 2, "Ned": 2, "Oli": 30}, "Max", "Ned")
    0
    >>> rank_gap({"Max": 2, "Oli": 30}, "Max", "Oli")
    28
    """
    ...


@require(lambda days: len(days) >= 1 and all(low <= high for low, high in days))
@ensure(lambda result: result[0] <= result[1])
def overall_range(days: list[tuple[int, int]]) -> tuple[int, int]:
    """Find the lowest and the highest temperature of some days.

    Each day is given by its own lowest and its own highest temperature.

    >>> overall_range([(3, 9), (1, 5)])
    (1, 9)
    >>> overall_range([(10, 20)])
    (10, 20)
    >>> overall_range([(4, 6), (5, 12), (2, 7)])
    (2, 12)
    >>> overall_range([(-8, -1), (-3, -3)])
    (-8, -1)
    >>> overall_range([(0, 2), (5, 9), (5, 9)])
    (0, 9)
    """
    ...


def translated(text: str, glossary: dict[str, str]) -> str:
    """Translate a text word by word.

    Words stand between one or more spaces. A word that stands in the glossary is replaced by its translation, any other
    one stays as it is. In the result one space stands between two words, and none before the first or after the last.

    >>> translated("the red cat", {"red": "rote", "cat": "Katze"})
    'the rote Katze'
    >>> translated("good  day ", {"day": "Tag"})
    'good Tag'
    >>> translated("no no", {"no": "nein"})
    'nein nein'
    >>> translated("", {"a": "ein"})
    ''
    >>> translated("Red wine", {"red": "rot"})
    'Red wine'
    >>> translated("left alone", {})
    'left alone'
    """
    ...


@require(lambda marks: all(len(given) >= 1 for given in marks.values()))
@ensure(lambda result: result == sorted(result))
def passed_names(marks: dict[str, list[int]], least: int) -> list[str]:
    """List the pupils who passed, in alphabetical order.

    A pupil passed if the average of the pupil's marks, not rounded, is at least the given one. Each pupil has at least
    one mark.

    >>> passed_names({"Vera": [5, 7], "Uwe": [6], "Tim": [9, 2]}, 6)
    ['Uwe', 'Vera']
    >>> passed_names({"Tim": [5, 6]}, 6)
    []
    >>> passed_names({"Tim": [5, 7, 6]}, 6)
    ['Tim']
    >>> passed_names({"Ben": [0], "Abe": [10, 10], "Cid": [8]}, 3)
    ['Abe', 'Cid']
    >>> passed_names({}, 4)
    []
    >>> passed_names({"Xia": [1, 1, 1, 1], "Wim": [0, 3, 0]}, 1)
    ['Wim', 'Xia']
    """
    ...


def is_knight_move(start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Tell whether a knight can go from one square of a board to another in one move.

    A square is given by its column and its row. The knight goes 2 squares along the row and 1 along the column, or 1
    along the row and 2 along the column, in any direction.

    >>> is_knight_move((1, 1), (2, 3))
    True
    >>> is_knight_move((5, 5), (3, 4))
    True
    >>> is_knight_move((1, 1), (3, 3))
    False
    >>> is_knight_move((4, 2), (4, 5))
    False
    >>> is_knight_move((2, 8), (3, 6))
    True
    >>> is_knight_move((6, 6), (6, 6))
    False
    >>> is_knight_move((1, 4), (3, 4))
    False
    >>> is_knight_move((4, 4), (3, 5))
    False
    >>> is_knight_move((1, 1), (5, 5))
    False
    """
    ...
