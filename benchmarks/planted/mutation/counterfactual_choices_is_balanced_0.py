"""`3` became `4`: is_balanced('(((())))') gives True, not False

Unit: counterfactual.choices.is_balanced
Kind: constant
"""


def is_balanced(text):
    CLOSED_BY = {")": "(", "]": "[", "}": "{"}

    def _is_balanced(text, most):
        still_open: list[str] = []
        for character in text:
            if character in "([{":
                still_open.append(character)
                if len(still_open) > most:
                    return False
            elif character in CLOSED_BY and (not still_open or still_open.pop() != CLOSED_BY[character]):
                return False
        return not still_open

    return _is_balanced(text, most=4)
