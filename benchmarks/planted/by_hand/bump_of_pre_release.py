"""A patch bump of a pre-release raises the patch.

Unit: fresh.versions.bump
Kind: forgotten clause
"""


def bump(version, part):
    major, minor, patch = map(int, version.split("-")[0].split("."))
    if part == "major":
        return f"{major + 1}.0.0"
    if part == "minor":
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
