"""`>` became `>=`: grade(180) gives 'A', not 'B'

Unit: counterfactual.measures.grade
Kind: comparison
"""


def grade(points):
    for limit, letter in ((180, "A"), (160, "B"), (140, "C"), (120, "D")):
        if points >= limit:
            return letter
    return "F"
