"""Parts that one version lacks are not looked at.

Unit: fresh.versions.compare_versions
Kind: forgotten case
"""


def compare_versions(left, right):
    for one, other in zip(left.split("."), right.split(".")):
        if int(one) != int(other):
            return -1 if int(one) < int(other) else 1
    return 0
