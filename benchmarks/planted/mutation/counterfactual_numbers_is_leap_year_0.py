"""`return False` became `return None`: is_leap_year(3200) gives None, not False

Unit: counterfactual.numbers.is_leap_year
Kind: return
"""


def is_leap_year(year):
    if year % 3200 == 0:
        return None
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
