"""Short texts are palindromes, too.

Unit: counterfactual.words.is_palindrome
Kind: forgotten clause
"""


def is_palindrome(text):
    signs = [character.lower() for character in text if character.isalnum()]
    return signs == signs[::-1]
