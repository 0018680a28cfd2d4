"""`len(signs) >= 3` was dropped from a condition: is_palindrome('') gives True, not False

Unit: counterfactual.words.is_palindrome
Kind: logic
"""


def is_palindrome(text):
    signs = [character for character in text.lower() if character.isalnum()]
    return signs == signs[::-1]
