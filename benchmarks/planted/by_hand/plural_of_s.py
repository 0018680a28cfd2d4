"""The word of one letter s loses its s.

Unit: counterfactual.words.word_counts
Kind: boundary
"""


def word_counts(text):
    counts = {}
    for word in text.lower().split():
        if word.endswith("s"):
            word = word[:-1]
        counts[word] = counts.get(word, 0) + 1
    return counts
