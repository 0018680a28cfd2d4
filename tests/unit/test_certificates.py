"""Certificates: their text, what stands in files, how verdicts compose, and a manifest that cannot be bent."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.verify.certificates import (
    FEWEST_INPUTS,
    FORMAT,
    FRESH,
    MANIFEST_NAME,
    Assumption,
    Certificate,
    CertifiedCheck,
    body_in,
    certificate_text,
    code_in,
    compose,
    inputs_digest,
    manifest_text,
    printed,
    read_manifest,
    stands_in,
    weakest,
)
from swarmwright.verify.values import Call, Verdict
from swarmwright.verify.winner import INPUTS_NEEDED
from swarmwright.verify.winner_inputs import FRESH as FRESH_OF_WINNER

CALLS = tuple(Call("m.f", (number, ["list", "é", 0.5]), (("key", None),)) for number in range(3))


def certificate(inputs: tuple[Call, ...] = CALLS) -> Certificate:
    return Certificate(
        format=FORMAT,
        unit="m.f",
        spec_sha256="5" * 64,
        stub=printed("spec/m.py", "def f(): ..."),
        code=printed("m.py", "def f(): return 1"),
        verdict="BOUNDED",
        composed="TESTED",
        assumes=(Assumption("m.g", "calls", "a" * 64, "b" * 64, "TESTED"),),
        votes=3,
        margin=2,
        rivals=(1,),
        models=("small",),
        families=("one",),
        one_family=True,
        checks=(CertifiedCheck("examples", "TESTED", 3),),
        signature="c" * 64,
        exhausted=False,
        inputs_sha256=inputs_digest(inputs),
        inputs=inputs,
    )


@pytest.mark.parametrize("inputs", [CALLS, CALLS[:1], ()])
def test_a_certificate_reads_back_and_has_one_input_a_line(inputs: tuple[Call, ...]) -> None:
    one = certificate(inputs)
    text = certificate_text(one)
    assert msgspec.json.decode(text, type=Certificate) == one
    assert sum(line.startswith('    ["m.f",') for line in text.splitlines()) == len(inputs)
    assert text.endswith("}\n")


def test_a_certificate_of_another_version_is_not_read() -> None:
    text = certificate_text(certificate()).replace('"margin"', '"lead"')
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=Certificate)


def test_the_kernel_means_the_same_as_the_builder() -> None:
    assert (FEWEST_INPUTS, FRESH) == (INPUTS_NEEDED, FRESH_OF_WINNER)


# Texts in files


@pytest.mark.parametrize(
    ("source", "documented", "expected"),
    [
        ('def double(n: int) -> int:\n    """Twice n."""\n    return n * 2\n', True, "return n * 2"),
        ("def double(n):\n    m = n\n    return m + m\n", True, "m = n\nreturn m + m"),
        ("@wrap\ndef double(n):\n    '''Doc.'''\n    return n\n", True, "return n"),
        ('def double(n):\n    """Only a docstring."""\n', True, None),
        ('def double(n):\n    "text"\n    return n\n', False, "'text'\nreturn n"),
        ("def double(n):\n    return 1\n\n\ndef double(n):\n    return 2\n", True, "return 2"),
        ("class A:\n    def double(self, n):\n        return 1\n", True, None),
        ("def other(n):\n    return 1\n", True, None),
        ("async def double(n):\n    return 1\n", True, None),
        ("def double(n:\n", True, None),
        ("x = '\x00'\n", True, None),
    ],
)
def test_a_body_is_read_without_its_docstring(source: str, documented: bool, expected: str | None) -> None:
    assert body_in(source, "double", documented=documented) == expected


MODULE = "import a\n\n\n@wrap(\n    1\n)\n@other\ndef f(n):\n    return n\n\n\ndef g():\n    return 2  # end\n"


def test_the_code_of_a_function_is_its_lines_with_decorators() -> None:
    assert code_in(MODULE, "f") == "@wrap(\n    1\n)\n@other\ndef f(n):\n    return n"
    assert code_in(MODULE, "g") == "def g():\n    return 2  # end"
    assert code_in(MODULE, "h") == ""


def test_a_text_is_found_wherever_its_lines_begin_and_only_whole() -> None:
    text = printed("m.py", code_in(MODULE, "g"))
    assert stands_in(MODULE.encode(), text)
    assert stands_in(b"\xff no python (\n" + MODULE.encode(), text)
    assert not stands_in(MODULE.replace("return 2", "return 3").encode(), text)
    assert not stands_in(b" " + code_in(MODULE, "g").encode(), text)
    assert not stands_in(b"", text)


# Verdicts

NAMES = st.sampled_from("abcdef")


@settings(deadline=None)
@given(
    st.dictionaries(NAMES, st.sampled_from([Verdict.TESTED, Verdict.BOUNDED, Verdict.PROVED])),
    st.dictionaries(NAMES, st.sets(NAMES)),
)
def test_no_verdict_is_stronger_than_what_it_assumes(own: dict[str, Verdict], assumes: dict[str, set[str]]) -> None:
    composed = compose(own, assumes)
    assert composed.keys() == own.keys()
    for name, verdict in composed.items():
        assert verdict <= own[name]
        for other in assumes.get(name, set()):
            assert verdict <= composed.get(other, Verdict.UNKNOWN)
    free = [name for name in own if not assumes.get(name)]
    assert all(composed[name] == own[name] for name in free), "nothing else lowers a verdict"


def test_a_circle_of_assumptions_is_as_weak_as_its_weakest() -> None:
    own = {"encode": Verdict.BOUNDED, "decode": Verdict.TESTED, "alone": Verdict.BOUNDED}
    composed = compose(own, {"encode": ["decode"], "decode": ["encode"]})
    assert composed == {"encode": Verdict.TESTED, "decode": Verdict.TESTED, "alone": Verdict.BOUNDED}
    assert weakest(composed.values()) is Verdict.TESTED
    assert weakest([]) is Verdict.UNKNOWN


# The manifest

FILES = {"m/__init__.py": "1" * 64, "a b.md": "f" * 64}


def test_a_manifest_reads_back_and_its_order_is_that_of_the_names() -> None:
    text = manifest_text(FILES)
    assert read_manifest(text.encode()) == FILES
    assert text.splitlines()[0] == f"{'f' * 64}  a b.md"
    assert read_manifest(manifest_text({}).encode()) == {}


def test_no_single_byte_of_a_manifest_can_change() -> None:
    content = manifest_text(FILES).encode()
    for at in range(len(content)):
        for new in {content[at] ^ 1, content[at] ^ 0x20, 0x20, 0x0A, 0x30, 0xFF} - {content[at]}:
            assert read_manifest(content[:at] + bytes([new]) + content[at + 1 :]) is None, (at, new)
        assert read_manifest(content[:at] + content[at + 1 :]) is None
        assert read_manifest(content[:at] + b" " + content[at:]) is None


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "m/../../x"])
def test_a_manifest_speaks_of_its_own_folder_only(name: str) -> None:
    assert read_manifest(manifest_text({name: "0" * 64}).encode()) is None


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_manifest_or_none(content: bytes) -> None:
    assert read_manifest(content) is None


def test_sha256sum_reads_a_manifest(tmp_path: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("sha256sum is not here")
    content = random.Random(1).randbytes(100)
    (tmp_path / "data").write_bytes(content)
    (tmp_path / MANIFEST_NAME).write_text(manifest_text({"data": hashlib.sha256(content).hexdigest()}))
    command = [program, "--strict", "-c", MANIFEST_NAME]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "data").write_bytes(content[:-1])
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1
