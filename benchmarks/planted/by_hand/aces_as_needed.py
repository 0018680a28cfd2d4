"""Only as many aces as needed count 1.

Unit: counterfactual.records.hand_value
Kind: shared misreading
"""


def hand_value(cards):
    total = sum(CARD_VALUES[card] for card in cards)
    aces = cards.count("A")
    while total > 21 and aces:
        total -= 10
        aces -= 1
    return total
