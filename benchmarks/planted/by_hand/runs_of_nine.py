"""A run of exactly nine, or of a multiple of it, ends with a pair that counts 0.

Unit: counterfactual.codes.run_lengths
Kind: boundary
"""


def run_lengths(text):
    found = []
    place = 0
    while place < len(text):
        end = place
        while end < len(text) and text[end] == text[place]:
            end += 1
        count = end - place
        while count >= 9:
            found.append((text[place], 9))
            count -= 9
        found.append((text[place], count))
        place = end
    return found
