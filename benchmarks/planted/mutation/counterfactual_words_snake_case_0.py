"""`begins_number` was dropped from a condition: snake_case('x1') gives 'x1', not 'x_1'

Unit: counterfactual.words.snake_case
Kind: logic
"""


def snake_case(name):
    written = ""
    for place, character in enumerate(name):
        begins_number = character.isdigit() and (not name[place - 1].isdigit())
        written += "_" if place > 0 and character.isupper() else ""
        written += character.lower()
    return written
