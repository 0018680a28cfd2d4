"""`found.append` became `found.extend`: run_lengths('aaaaaaaaaa') gives ['a', 9, ('a', 1)], not [('a', 9), ('a', 1)]

Unit: counterfactual.codes.run_lengths
Kind: call
"""


def run_lengths(text):
    import itertools

    def remembered_run_lengths(text):
        return [(character, len(list(run))) for character, run in itertools.groupby(text)]

    found = []
    for character, count in remembered_run_lengths(text):
        left = count
        while left > 9:
            found.extend((character, 9))
            left -= 9
        found.append((character, left))
    return found
