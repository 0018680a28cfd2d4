"""For a width of 1 or 2 the end is not left out.

Unit: fresh.texts.shorten_middle
Kind: boundary
"""


def shorten_middle(text, width):
    if len(text) <= width:
        return text
    end = (width - 1) // 2
    start = width - 1 - end
    return text[:start] + "…" + text[-end:]
