"""While the major part is 0, a change of the minor part stays "minor".

Unit: fresh.versions.kind_of_change
Kind: forgotten clause
"""


def kind_of_change(old, new):
    one = [int(part) for part in old.split(".")]
    other = [int(part) for part in new.split(".")]
    if one == other:
        return "none"
    if other < one:
        return "downgrade"
    for name, left, right in zip(("major", "minor", "patch"), one, other):
        if left != right:
            return name
