"""Two equal sides are not seen when they are the last two.

Unit: counterfactual.choices.triangle_kind
Kind: forgotten case
"""


def triangle_kind(a, b, c):
    if a > b + c or b > a + c or c > a + b:
        return "none"
    if a == b == c:
        return "equilateral"
    if a == b or a == c:
        return "isosceles"
    return "scalene"
