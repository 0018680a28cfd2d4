"""Versions: comparing, raising and choosing them."""

import re

from icontract import ensure, require

DOTTED = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})*")
PLAIN = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")
# A plain version, or one with a hyphen and the name of a pre-release behind it.
RELEASE = re.compile(PLAIN.pattern + r"(-[0-9A-Za-z.-]+)?")


@require(lambda left, right: DOTTED.fullmatch(left) and DOTTED.fullmatch(right))
@ensure(lambda result: result in (-1, 0, 1))
def compare_versions(left: str, right: str) -> int:
    """Compare two dotted versions: -1 if the left is lower, 1 if it is higher, 0 if they are equal.

    Parts are compared as numbers, from the left. A version with fewer parts is read as if it had zeros in the
    places that it lacks.

    >>> compare_versions("1.2.3", "1.10.0")
    -1
    >>> compare_versions("2.0", "1.9.9")
    1
    >>> compare_versions("1.4", "1.4.0")
    0
    """
    ...


@require(lambda version: RELEASE.fullmatch(version))
@require(lambda part: part in ("major", "minor", "patch"))
@ensure(lambda result: PLAIN.fullmatch(result))
def bump(version: str, part: str) -> str:
    """Return the next version: the named part goes up by one, and the parts behind it become 0.

    The parts are major, minor and patch, in this order. A pre-release name (a hyphen and what follows it) is
    dropped. A patch bump of a version with a pre-release name only drops the name, and changes no number.

    >>> bump("1.4.2", "patch")
    '1.4.3'
    >>> bump("1.4.2", "minor")
    '1.5.0'
    >>> bump("1.4.2", "major")
    '2.0.0'
    >>> bump("1.4.2-beta.1", "minor")
    '1.5.0'
    """
    ...


@require(lambda version, base: PLAIN.fullmatch(version) and PLAIN.fullmatch(base))
def satisfies_caret(version: str, base: str) -> bool:
    """Tell whether a version is in the caret range of `base`, written `^base` in package files.

    It is if it is not lower than `base`, by number, part for part, and if it has the same parts as `base` up
    to and including the first part of `base` that is not 0. If all parts of `base` are 0, only the version
    0.0.0 is in the range.

    >>> satisfies_caret("1.9.0", "1.2.3")
    True
    >>> satisfies_caret("2.0.0", "1.2.3")
    False
    >>> satisfies_caret("1.2.2", "1.2.3")
    False
    >>> satisfies_caret("0.2.9", "0.2.3")
    True
    """
    ...


@require(lambda versions: all(RELEASE.fullmatch(version) for version in versions))
def latest_stable(versions: list[str]) -> str | None:
    """Return the highest of the versions that are no pre-releases, or None if there is none.

    A version with a hyphen in it is a pre-release. The others are compared part for part, by number.

    >>> latest_stable(["1.2.0", "1.10.0", "1.9.3"])
    '1.10.0'
    >>> latest_stable(["1.0.0", "2.0.0-rc.1"])
    '1.0.0'
    >>> latest_stable([]) is None
    True
    """
    ...


@require(lambda old, new: PLAIN.fullmatch(old) and PLAIN.fullmatch(new))
def kind_of_change(old: str, new: str) -> str:
    """Name what kind of change leads from the old version to the new one.

    It is "none" if they are equal and "downgrade" if the new one is lower, by number. Else it is the name of
    the first part that differs, "major", "minor" or "patch"; but while the old version's major part is
    0, a change of the minor part is "major" too.

    >>> kind_of_change("1.2.3", "1.3.0")
    'minor'
    >>> kind_of_change("1.2.3", "1.2.10")
    'patch'
    >>> kind_of_change("1.2.3", "1.2.3")
    'none'
    >>> kind_of_change("1.2.3", "0.9.9")
    'downgrade'
    """
    ...
