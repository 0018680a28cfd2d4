"""Where both have a line, the one met last has won.

Unit: counterfactual.choices.winner
Kind: tie
"""


def winner(board):
    found = None
    lines = board + ["".join(row[i] for row in board) for i in range(3)]
    for line in lines:
        if line == "XXX":
            found = "X"
        elif line == "OOO":
            found = "O"
    return found
