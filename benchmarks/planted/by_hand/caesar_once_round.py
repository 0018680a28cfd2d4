"""Going round is done once only, and for small letters forwards only.

Unit: counterfactual.codes.caesar
Kind: boundary
"""


def caesar(text, shift):
    result = []
    for character in text:
        if "a" <= character <= "z":
            code = ord(character) + shift
            if code > ord("z"):
                code -= 26
            result.append(chr(code))
        elif "A" <= character <= "Z":
            code = ord(character) - shift
            if code < ord("A"):
                code += 26
            result.append(chr(code))
        else:
            result.append(character)
    return "".join(result)
