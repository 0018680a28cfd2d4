"""A title of which nothing is left has an empty slug.

Unit: fresh.texts.unique_slug
Kind: empty input
"""


def unique_slug(title, taken):
    import re

    slug = re.sub("[^a-z0-9]+", "-", title.lower()).strip("-")
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
