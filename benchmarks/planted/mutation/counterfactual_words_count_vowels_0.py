"""`0` became `1`: count_vowels('ay') gives 2, not 1

Unit: counterfactual.words.count_vowels
Kind: constant
"""


def count_vowels(text):
    count = 0
    for place, character in enumerate(text.lower()):
        follows_vowel = place > 1 and text[place - 1].lower() in "aeiou"
        count += character in "aeiou" or (character == "y" and (not follows_vowel))
    return count
