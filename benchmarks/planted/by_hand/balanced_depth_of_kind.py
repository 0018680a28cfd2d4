"""The limit of three is kept for each kind of bracket by itself.

Unit: counterfactual.choices.is_balanced
Kind: shared misreading
"""


def is_balanced(text):
    closing = {")": "(", "]": "[", "}": "{"}
    stack = []
    for character in text:
        if character in "([{":
            stack.append(character)
            if stack.count(character) > 3:
                return False
        elif character in closing:
            if not stack or stack.pop() != closing[character]:
                return False
    return not stack
