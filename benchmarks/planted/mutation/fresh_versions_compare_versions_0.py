"""`two += [0] * (length - len(two))` was removed: compare_versions('0.0.0', '0') gives 1, not 0

Unit: fresh.versions.compare_versions
Kind: removal
"""


def compare_versions(left, right):
    def _numbers(version):
        return [int(part) for part in version.split("-")[0].split(".")]

    one, two = (_numbers(left), _numbers(right))
    length = max(len(one), len(two))
    one += [0] * (length - len(one))
    pass
    return (one > two) - (one < two)
