"""`len(word) >= 2` was dropped from a condition: word_counts('s') gives {'': 1}, not {'s': 1}

Unit: counterfactual.words.word_counts
Kind: logic
"""


def word_counts(text):
    from collections import Counter

    words = text.lower().split()
    return dict(Counter((word[:-1] if word.endswith("s") else word for word in words)))
