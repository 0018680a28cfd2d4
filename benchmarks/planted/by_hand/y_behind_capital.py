"""A y behind a capital vowel counts.

Unit: counterfactual.words.count_vowels
Kind: case
"""


def count_vowels(text):
    count = 0
    for place, character in enumerate(text):
        if character.lower() in "aeiou":
            count += 1
        elif character in "yY" and (place == 0 or text[place - 1] not in "aeiou"):
            count += 1
    return count
