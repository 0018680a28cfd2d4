"""An empty value is masked, too.

Unit: fresh.logs.mask_secrets
Kind: empty input
"""


def mask_secrets(line):
    words = []
    for word in line.split(" "):
        name, sign, _ = word.partition("=")
        if sign and name.lower() in SECRET_NAMES:
            word = name + "=***"
        words.append(word)
    return " ".join(words)
