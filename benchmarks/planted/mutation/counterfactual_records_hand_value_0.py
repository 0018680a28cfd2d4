"""`21` became `22`: hand_value(['A', 'A']) gives 22, not 2

Unit: counterfactual.records.hand_value
Kind: constant
"""


def hand_value(cards):
    value = sum((CARD_VALUES[card] for card in cards))
    return value if value <= 22 else value - 10 * cards.count("A")
