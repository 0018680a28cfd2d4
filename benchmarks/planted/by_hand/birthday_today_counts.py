"""A birthday that is today counts already.

Unit: counterfactual.records.full_years
Kind: boundary
"""


def full_years(birth, today):
    years = today.year - birth.year
    if (today.month, today.day) < (birth.month, birth.day):
        years -= 1
    return years
