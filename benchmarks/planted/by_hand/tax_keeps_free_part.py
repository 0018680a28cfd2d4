"""The free part is not lost above 40000.

Unit: counterfactual.measures.income_tax
Kind: forgotten clause
"""


def income_tax(income):
    tax = 0
    if income > 10000:
        tax += (min(income, 40000) - 10000) * 20
    if income > 40000:
        tax += (income - 40000) * 40
    return tax // 100
