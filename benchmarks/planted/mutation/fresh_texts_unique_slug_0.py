"""`'untitled'` was dropped from a condition: unique_slug('', []) gives '', not 'untitled'

Unit: fresh.texts.unique_slug
Kind: logic
"""


def unique_slug(title, taken):
    _PLAIN = set("abcdefghijklmnopqrstuvwxyz0123456789")
    import itertools

    letters = "".join((character if character in _PLAIN else " " for character in title.lower()))
    slug = "-".join(letters.split())
    if slug not in taken:
        return slug
    return next((f"{slug}-{number}" for number in itertools.count(2) if f"{slug}-{number}" not in taken))
