"""`*` became `+`: edit_distance('a', '') gives 3, not 2

Unit: counterfactual.measures.edit_distance
Kind: arithmetic
"""


def edit_distance(source, target):
    def _edits(source, target, removal):
        row = list(range(len(target) + 1))
        for number, old in enumerate(source, 1):
            above, row = (row, [number + removal])
            for place, new in enumerate(target, 1):
                row.append(min(above[place - 1] + (old != new), above[place] + removal, row[place - 1] + 1))
        return row[-1]

    return _edits(source, target, removal=2)
