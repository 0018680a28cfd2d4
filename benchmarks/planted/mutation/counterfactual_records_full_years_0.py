"""`<` became `<=`: full_years(Day(year=1990, month=5, day=17), Day(year=1991, month=5, day=17)) gives 1, not 0

Unit: counterfactual.records.full_years
Kind: comparison
"""


def full_years(birth, today):
    now = (today.year, today.month, today.day)
    return sum(((year, birth.month, birth.day) <= now for year in range(birth.year + 1, today.year + 1)))
