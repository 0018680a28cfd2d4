"""`'an'` became `''`: title_case('an') gives 'An', not 'an'

Unit: counterfactual.words.title_case
Kind: string
"""


def title_case(text):
    LITTLE_WORDS = ("a", "", "and", "of", "the")
    words = [word.lower() for word in text.split(" ")]
    return " ".join((word if word in LITTLE_WORDS else word[:1].upper() + word[1:] for word in words))
