"""Three or more equal scores are taken for two.

Unit: counterfactual.choices.ranks
Kind: tie
"""


def ranks(scores):
    order = sorted(scores, reverse=True)
    result = []
    for score in scores:
        rank = order.index(score) + 1
        if scores.count(score) > 1:
            rank += 1
        result.append(rank)
    return result
