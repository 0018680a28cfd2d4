"""Re-checking a delivered folder: what is read of it, and what a change is called."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.construct.assembly import assemble
from swarmwright.construct.packaging import digests, format_files
from swarmwright.construct.recheck import Claims, Recheck, body_in, recheck
from swarmwright.errors import OutputFolderError
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Spec

SOURCE = '''
def double(n: int) -> int:
    """Twice n.

    >>> double(2)
    4
    """
    ...


def bare(n: int) -> int:
    ...


def law_even(n: int) -> bool:
    """Doubles are even."""
    return double(n) % 2 == 0
'''
DOUBLE, BARE = "m.double", "m.bare"


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    (tmp_path / "m.py").write_text(SOURCE, encoding="utf-8")
    return read_spec(tmp_path / "m.py")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('def double(n: int) -> int:\n    """Twice n."""\n    return n * 2\n', "return n * 2"),
        ("def double(n):\n    m = n\n    return m + m\n", "m = n\nreturn m + m"),
        ("@wrap\ndef double(n):\n    '''Doc.'''\n    return n\n", "return n"),
        ('def double(n):\n    """Only a docstring."""\n', None),
        ("class A:\n    def double(self, n):\n        return 1\n", None),
        ("def other(n):\n    return 1\n", None),
        ("async def double(n):\n    return 1\n", None),
        ("def double(n:\n", None),
        ("x = '\x00'\n", None),
    ],
)
def test_a_body_is_read_without_its_docstring(spec: Spec, tmp_path: Path, source: str, expected: str | None) -> None:
    file = tmp_path / "delivered.py"
    file.write_text(source, encoding="utf-8")
    assert body_in(file, spec.unit(DOUBLE)) == expected


def test_a_text_that_is_no_docstring_belongs_to_the_body(spec: Spec, tmp_path: Path) -> None:
    file = tmp_path / "delivered.py"
    file.write_text('def bare(n):\n    "text"\n    return n\n', encoding="utf-8")
    assert body_in(file, spec.unit(BARE)) == "'text'\nreturn n"


def test_a_file_that_is_missing_or_no_text_has_no_body(spec: Spec, tmp_path: Path) -> None:
    assert body_in(tmp_path / "nowhere.py", spec.unit(DOUBLE)) is None
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe\x00")
    assert body_in(tmp_path / "bytes.py", spec.unit(DOUBLE)) is None


def test_claims_are_read_strictly_and_the_rest_is_ignored() -> None:
    content = b'{"spec_digest": "d", "files": {"a": "b"}, "delivered": ["m.f"], "units": [1, 2]}'
    assert msgspec.json.decode(content, type=Claims) == Claims("d", {"a": "b"}, ("m.f",))
    for broken in (b"{}", b'{"spec_digest": 1, "files": {}, "delivered": []}', b"[]"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(broken, type=Claims)


def deliver(spec: Spec, folder: Path, bodies: Mapping[str, str]) -> Claims:
    texts = format_files(assemble(spec, bodies, {BARE: "no evidence"}))
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Claims(spec.digest, digests(texts), tuple(bodies))


def checks_of(folder: Path, claims: Claims) -> dict[str, Recheck]:
    found = asyncio.run(recheck(folder, claims, open_sandbox()))
    return {check.subject: check for check in found}


@pytest.mark.sandbox
def test_what_holds_is_said_and_a_changed_file_is_named(spec: Spec, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    claims = deliver(spec, folder, {DOUBLE: "return n * 2"})
    sound = checks_of(folder, claims)
    assert {subject: check.status for subject, check in sound.items()} == {
        "files": "holds",
        "specification": "holds",
        DOUBLE: "holds",
        BARE: "skipped",
        "law law_even": "holds",
        "tests": "holds",
    }


@pytest.mark.sandbox
def test_whatever_was_changed_or_is_claimed_wrongly_is_named(spec: Spec, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    delivered = deliver(spec, folder, {DOUBLE: "return n * 2"})
    module = next(folder / name for name in delivered.files if name.startswith("m") and name.endswith(".py"))
    module.write_text(module.read_text(encoding="utf-8").replace("n * 2", "n * 2 + n % 2"), encoding="utf-8")
    (folder / "pyproject.toml").unlink()
    found = checks_of(folder, Claims("another", delivered.files, (DOUBLE, BARE)))
    assert found[str(module.relative_to(folder))].detail == "the file was changed after it was delivered"
    assert found["pyproject.toml"].detail == "the file is missing"
    assert "files" not in found
    assert found["specification"].status == "fails"
    assert (found[BARE].status, "NotImplementedError" in found[BARE].detail) == ("fails", True)
    assert found["law law_even"].status == "fails"
    assert (found["tests"].status, "law_even" in found["tests"].detail) == ("fails", True)


def test_a_folder_without_a_specification_is_not_ours(tmp_path: Path) -> None:
    with pytest.raises(OutputFolderError):
        asyncio.run(recheck(tmp_path, Claims("", {}, ()), open_sandbox()))
