"""The limits are read wrongly: "more than" as "at least".

Unit: counterfactual.measures.grade
Kind: boundary
"""


def grade(points):
    for limit, letter in ((180, "A"), (160, "B"), (140, "C"), (120, "D")):
        if points >= limit:
            return letter
    return "F"
