"""Long multiplication, as at school: products of digits, which need nothing, and sums of columns, which need them.

    swarmwright run examples/multiplication.py --a 123456789 --b 987654321

The products are asked side by side; a column's sum goes on from the carry of the column before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from swarmwright import Graph, Phrasing, Question

SHOWN_PRODUCTS = ((3, 4), (9, 6), (0, 7), (8, 8))
SHOWN_SUMS = ((3, 12), (47, 54), (0, 0), (18, 64))


class Multiplication(Graph):
    """The product of two whole numbers."""

    def __init__(self, a: int = 47, b: int = 86) -> None:
        if a < 0 or b < 0:
            raise ValueError("a and b must not be negative")
        self.a, self.b = a, b
        self.left, self.right = ([int(digit) for digit in reversed(str(number))] for number in (a, b))
        self.terms = {
            column: [(i, column - i) for i in range(len(self.left)) if 0 <= column - i < len(self.right)]
            for column in range(len(self.left) + len(self.right) - 1)
        }

    def needs(self) -> Mapping[str, Sequence[str]]:
        steps: dict[str, list[str]] = {}
        before: list[str] = []
        for column, terms in self.terms.items():
            for place, (i, j) in enumerate(terms):
                steps[f"digit {i} times digit {j}"] = []
                steps[f"column {column} sum {place}"] = [f"digit {i} times digit {j}", *before]
                before = [f"column {column} sum {place}"]
        return steps

    def question(self, name: str, answers: Mapping[str, int]) -> Question:
        if name.startswith("digit"):
            _, i, _, _, j = name.split()
            return product(self.left[int(i)], self.right[int(j)])
        return total(*self.summands(name, answers))

    def truth(self, name: str, answers: Mapping[str, int]) -> int:
        if name.startswith("digit"):
            _, i, _, _, j = name.split()
            return self.left[int(i)] * self.right[int(j)]
        return sum(self.summands(name, answers))

    def result(self, answers: Mapping[str, int]) -> str:
        last = {column: answers[f"column {column} sum {len(terms) - 1}"] for column, terms in self.terms.items()}
        digits = [str(last[column] % 10) for column in range(len(last) - 1)]
        product = int(str(last[len(last) - 1]) + "".join(reversed(digits)))
        return f"{self.a} * {self.b} = {product}, {'right' if product == self.a * self.b else 'WRONG'}"

    def summands(self, name: str, answers: Mapping[str, int]) -> tuple[int, int]:
        """Return what a column's step adds: what stands so far (first: the carry), and the next product."""
        _, column, _, place = name.split()
        so_far = next((number for need, number in answers.items() if need.startswith("column")), 0)
        i, j = self.terms[int(column)][int(place)]
        return so_far // 10 if place == "0" else so_far, answers[f"digit {i} times digit {j}"]


@cache
def product(a: int, b: int) -> Question:
    """Ask for the product of two digits."""
    return calculation("product", "*", a, b, SHOWN_PRODUCTS)


@cache
def total(a: int, b: int) -> Question:
    """Ask for the sum of two numbers."""
    return calculation("sum", "+", a, b, SHOWN_SUMS)


def calculation(kind: str, sign: str, a: int, b: int, shown: Sequence[tuple[int, int]]) -> Question:
    """Ask for a result as a Python session, the other way round, and as a table."""

    def result(x: int, y: int) -> int:
        return x * y if sign == "*" else x + y

    def session(form: str) -> Phrasing:
        lines = [f">>> {form.format(a=x, b=y, sign=sign)}\n{result(x, y)}\n" for x, y in shown]
        asked = f">>> {form.format(a=a, b=b, sign=sign)}\n"
        return Phrasing("You are a Python interpreter.", "".join(lines) + asked, int)

    rows = "".join(f"{x} {sign} {y} = {result(x, y)}\n" for x, y in shown)
    return Question(
        kind=kind,
        phrasings=(
            session("{a} {sign} {b}"),
            session("{b} {sign} {a}"),
            Phrasing("Go on with this list of correct results.", f"{rows}{a} {sign} {b} =", int),
        ),
    )
