import textwrap
from pathlib import Path

import pytest

from swarmwright.errors import SpecError
from swarmwright.spec.reader import read_sources, read_spec
from swarmwright.spec.values import Given, Law, Spec, Unit


def read_text(text: str, name: str = "demo") -> Spec:
    return read_sources(name, {f"{name}/__init__.py": textwrap.dedent(text).lstrip("\n")})


def only_unit(text: str) -> Unit:
    (unit,) = read_text(text).units()
    return unit


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


STUB = "def f(x: int) -> int: ...\n"


def test_a_file_is_a_package_with_one_module(tmp_path: Path) -> None:
    path = tmp_path / "tools.py"
    path.write_text(STUB)
    spec = read_spec(path)
    assert spec.name == "tools"
    assert [(m.name, m.path, m.origin) for m in spec.modules] == [("tools", "tools/__init__.py", str(path))]
    assert spec.units()[0].id == "tools.f"


def test_a_folder_is_a_package_and_missing_init_files_are_made_up(tmp_path: Path) -> None:
    write(
        tmp_path / "kit", {"b.py": STUB, "a.py": "X = 1\n", "deep/er/c.py": STUB, "notes.txt": "-", "empty/x.txt": ""}
    )
    write(tmp_path / "kit", {".hidden/d.py": "(", "__pycache__/e.py": "("})
    spec = read_spec(tmp_path / "kit")
    assert [(m.name, m.path) for m in spec.modules] == [
        ("kit", "kit/__init__.py"),
        ("kit.a", "kit/a.py"),
        ("kit.b", "kit/b.py"),
        ("kit.deep", "kit/deep/__init__.py"),
        ("kit.deep.er", "kit/deep/er/__init__.py"),
        ("kit.deep.er.c", "kit/deep/er/c.py"),
    ]
    assert [u.id for u in spec.units()] == ["kit.b.f", "kit.deep.er.c.f"]


def test_the_digest_is_that_of_names_and_sources(tmp_path: Path) -> None:
    first = read_spec(write(tmp_path / "one" / "kit", {"a.py": STUB}))
    same = read_spec(write(tmp_path / "two" / "kit", {"a.py": STUB}))
    other = read_spec(write(tmp_path / "three" / "kit", {"b.py": STUB}))
    assert first.digest == same.digest != other.digest
    assert len(first.digest) == 64


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.py", b"def f(:\n", "a.py:1:7: this is not valid Python"),
        ("a.py", b"x = 1\nreturn 2\n", "a.py:2:1: this is not valid Python"),
        ("a.py", b"def f(x, x): ...\n", "is not valid Python"),
        ("a.py", b"x = '\x00'\n", "is not valid Python"),
        ("a.py", b"x = 1\ny = '\xff'\n", "a.py:2:6: is not UTF-8"),
        ("a.py", b"# coding: latin-1\nx = '\xff'\n", "a.py:1:1: is declared as"),
        ("a.py", b"# coding: klingon\n", "is not UTF-8"),
        ("a.py", b"def f(x: int) -> int:\n    return x\n", "nothing to build"),
        ("a.py", b"", "nothing to build"),
        ("a-b.py", STUB.encode(), "'a-b' cannot be a module's name"),
        ("class.py", STUB.encode(), "'class' cannot be a module's name"),
        ("__init__.py", STUB.encode(), "name the folder"),
        ("a.txt", STUB.encode(), "neither a .py file nor a folder"),
        ("a.py", b"x = " + b"(" * 5000 + b")" * 5000, "is not valid Python"),
        ("a.py", b"x = " + b"-" * 200000 + b"1", ""),
    ],
)
def test_bad_files_are_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SpecError) as caught:
        read_spec(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bad_paths_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "bad-name", {"a.py": STUB})
    write(tmp_path / "twice", {"a.py": STUB, "a/b.py": STUB})
    write(tmp_path / "deep", {"a.py": STUB, "not-a-name/b.py": STUB})
    for path, message in [
        (tmp_path / "nowhere", "no such file or folder"),
        (tmp_path / "empty", "no .py file"),
        (tmp_path / "bad-name", "'bad-name' cannot be a module's name"),
        (tmp_path / "twice", "is the module twice.a too"),
        (tmp_path / "deep", "'not-a-name' cannot be a module's name"),
        (Path("/dev/null"), "neither a .py file nor a folder"),
        (tmp_path / ("x" * 300), "cannot be opened"),
    ]:
        with pytest.raises(SpecError, match=message):
            read_spec(path)


def test_links_that_lead_nowhere_or_round_are_refused(tmp_path: Path) -> None:
    kit = write(tmp_path / "kit", {"a.py": STUB})
    (kit / "loop").symlink_to(kit, target_is_directory=True)
    with pytest.raises(SpecError, match="leads back to a folder above"):
        read_spec(kit)
    (kit / "loop").unlink()
    (kit / "self.py").symlink_to(kit / "self.py")
    with pytest.raises(SpecError, match=r"self\.py: cannot be read"):
        read_spec(kit)
    (kit / "self.py").unlink()
    (kit / "gone.py").symlink_to(kit / "nowhere.py")
    with pytest.raises(SpecError, match=r"gone\.py: cannot be read"):
        read_spec(kit)


def test_a_folder_named_like_a_module_is_no_module(tmp_path: Path) -> None:
    kit = write(tmp_path / "kit", {"a.py": STUB})
    (kit / "odd.py").mkdir()
    assert [m.name for m in read_spec(kit).modules] == ["kit", "kit.a"]


def test_reading_never_runs_the_specification(tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    path = tmp_path / "kit.py"
    path.write_text(f"open({str(trace)!r}, 'w').close()\n" + STUB)
    read_spec(path)
    assert not trace.exists()


def test_a_byte_order_mark_and_other_newlines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "kit.py"
    path.write_bytes(
        b"\xef\xbb\xbfX = 1\r\ndef f(x: int) -> int:\r\n"
        b'    """Do.\r\n\r\n    >>> f(1)\r\n    1\r\n    """\r\n    ...\r\n'
    )
    (unit,) = read_spec(path).units()
    assert unit.docstring == "Do.\n\n>>> f(1)\n1"
    assert (unit.location.line, unit.examples[0].location.line) == (2, 5)


def test_what_is_a_unit_and_what_is_given() -> None:
    spec = read_text('''
        """Title."""
        from typing import Protocol, overload
        # above
        LIMIT = 3  # behind
        a = 1; b = 2
        if LIMIT:
            def hidden(x: int) -> int: ...
        class Shape(Protocol):
            def area(self) -> float: ...
        def given() -> None:
            """Only a docstring."""
        @overload
        def f(x: int) -> int: ...
        def f(x):
            """Do."""
            ...
        async def g() -> int: ...
        def law_f(x: int) -> bool:
            return f(x) == x
    ''')
    items = spec.modules[0].items
    kinds = [item.kind if isinstance(item, Given) else type(item).__name__ for item in items]
    functions = ["function", "function", "Unit", "Unit", "Law"]
    assert kinds == ["import", "constant", "constant", "constant", "statement", "class", *functions]
    assert items[1].source == "# above\nLIMIT = 3  # behind"
    assert [items[2].source, items[3].source] == ["a = 1", "b = 2"]
    assert spec.modules[0].docstring == "Title."
    assert [unit.name for unit in spec.units()] == ["f", "g"]
    assert spec.units()[1].head == "async def g() -> int:"
    assert spec.laws()[0].units == ("demo.f",)


def test_a_head_is_read_as_it_stands() -> None:
    unit = only_unit('''
        def f(  # a: comment
            a: "dict[str, int]",
            /,
            b: int = {1: 2}[1],
            *rest: int,
            c: str = ":",
            **more: int,
        ) -> dict[str, int]:  # and: more
            """Do."""
            ...
    ''')
    assert unit.head.startswith("def f(  # a: comment\n")
    assert unit.head.endswith(") -> dict[str, int]:")
    assert [(p.name, p.annotation, p.kind, p.default) for p in unit.parameters] == [
        ("a", '"dict[str, int]"', "positional_only", None),
        ("b", "int", "positional_or_keyword", "{1: 2}[1]"),
        ("rest", "int", "var_positional", None),
        ("c", "str", "keyword_only", '":"'),
        ("more", "int", "var_keyword", None),
    ]
    assert unit.returns == "dict[str, int]"


def test_examples_with_setup_options_and_tracebacks() -> None:
    unit = only_unit('''
        def pop(rows: list[int]) -> int:
            """Take one away.

            Examples:
                >>> rows = [1,
                ...         2]
                >>> pop(rows)
                2
                >>> pop(rows)
                1
                >>> rows
                []
                >>> pop([3])  # doctest: +SKIP
                3
                >>> pop([])
                Traceback (most recent call last):
                  File "x", line 1, in y
                demo.errors.Empty: nothing
                  left

            Afterwards.
            """
            ...
    ''')
    assert [e.source for e in unit.examples] == [
        "pop(rows)",
        "pop(rows)",
        "rows",
        "pop([3])  # doctest: +SKIP",
        "pop([])",
    ]
    rows = "rows = [1,\n        2]"
    assert [e.setup for e in unit.examples[:3]] == [(rows,), (rows, "pop(rows)"), (rows, "pop(rows)", "pop(rows)")]
    assert [e.raises for e in unit.examples] == [None, None, None, None, "Empty"]
    assert [e.location.line for e in unit.examples] == [7, 9, 11, 13, 15]
    assert {e.location.column for e in unit.examples} == {9}
    assert unit.prose == "Take one away.\n\nAfterwards."


def test_independent_examples_have_no_setup() -> None:
    unit = only_unit('''
        def f(x: int) -> int:
            """Do.

            >>> f(1)
            1
            >>> f(x=2)
            2
            """
            ...
    ''')
    assert [e.setup for e in unit.examples] == [(), ()]


def test_a_call_that_prints_nothing_is_an_example_and_setup() -> None:
    unit = only_unit('''
        def sort(rows: list[int]) -> None:
            """Sort in place.

            >>> rows = [2, 1]
            >>> sort(rows)
            >>> rows
            [1, 2]
            """
            ...
    ''')
    assert [(e.source, e.want) for e in unit.examples] == [("sort(rows)", ""), ("rows", "[1, 2]")]
    assert unit.examples[1].setup == ("rows = [2, 1]", "sort(rows)")


def test_locations_survive_escapes_and_wide_characters() -> None:
    spec = read_text("""
        def f(x: int) -> int:
            "Do.\\n\\n>>> f(1)\\n1"
            ...
        é = 1; ü = "ä"; ß = 3
    """)
    assert spec.units()[0].examples[0].location.line == 2
    given = [item for item in spec.modules[0].items if isinstance(item, Given)]
    assert [(g.source, g.location.column) for g in given] == [("é = 1", 1), ('ü = "ä"', 8), ("ß = 3", 17)]


@pytest.mark.parametrize(
    ("imports", "require", "ensure"),
    [
        ("import icontract", "icontract.require", "icontract.ensure"),
        ("import icontract as ic", "ic.require", "ic.ensure"),
        ("from icontract import require, ensure", "require", "ensure"),
        ("from icontract import require as pre, ensure as post", "pre", "post"),
        ("from icontract import *", "require", "ensure"),
        ("try:\n    import icontract\nexcept ImportError:\n    raise", "icontract.require", "icontract.ensure"),
    ],
)
def test_contracts_are_known_by_any_name(imports: str, require: str, ensure: str) -> None:
    first_line = f"@{require}(lambda x: 0 < x < LIMIT, 'small')"
    second_line = f"@{ensure}(condition=lambda result, x: result > x)"
    text = "\n".join((imports, "LIMIT = 3", first_line, second_line, STUB))
    (unit,) = read_sources("demo", {"demo/__init__.py": text}).units()
    first, second = unit.contracts
    assert (first.kind, first.condition, first.arguments, first.names) == (
        "require", "lambda x: 0 < x < LIMIT", ("x",), ("LIMIT",)
    )  # fmt: skip
    assert first.source == f"{require}(lambda x: 0 < x < LIMIT, 'small')"
    assert (second.kind, second.condition, second.arguments) == (
        "ensure",
        "lambda result, x: result > x",
        ("result", "x"),
    )
    assert unit.decorators == ()


def test_predicates_snapshots_and_other_decorators() -> None:
    unit = only_unit("""
        import functools
        import icontract
        def positive(x: int) -> bool:
            return x > 0
        @functools.lru_cache(maxsize=None)
        @icontract.require(positive)
        @icontract.snapshot(lambda rows: rows[:], name="before")
        @icontract.ensure(lambda OLD, rows: len(OLD.before) == len(rows))
        def f(x: int, rows: list[int]) -> int: ...
    """)
    assert [(c.kind, c.arguments) for c in unit.contracts] == [
        ("require", ("x",)), ("snapshot", ("rows",)), ("ensure", ("OLD", "rows")),
    ]  # fmt: skip
    assert unit.decorators == ("functools.lru_cache(maxsize=None)",)


def test_uses_and_contracts_lead_to_units_of_other_modules() -> None:
    spec = read_sources(
        "kit",
        {
            "kit/__init__.py": "from .words import slug\n",
            "kit/words.py": "def slug(x: str) -> str: ...\ndef unslug(x: str) -> str: ...\n",
            "kit/more.py": textwrap.dedent('''
                import icontract
                import kit.words as w
                from . import words
                from .words import slug as s
                from kit import slug as again
                def check(x: str) -> bool:
                    return w.unslug(x) == x
                @icontract.ensure(lambda result: check(result))
                def f(x: str) -> str:
                    """Do.

                    Uses: s, w.unslug,
                        f
                    Uses: `again`, kit.words.slug, words.unslug, nothing.
                    """
                    ...
                def law_f(x: str) -> bool:
                    return check(f(x))
            '''),
        },
    )
    unit = spec.unit("kit.more.f")
    assert unit.uses == ("kit.words.slug", "kit.words.unslug", "kit.more.f")
    assert unit.checked_with == ("kit.words.unslug",)
    assert unit.prose == "Do."
    assert set(spec.laws()[0].units) == {"kit.words.unslug", "kit.more.f"}


def test_modules_that_import_one_another_in_a_ring_are_read() -> None:
    spec = read_sources(
        "kit",
        {"kit/a.py": "from .b import *\nfrom .b import x\n" + STUB, "kit/b.py": "from .a import *\nfrom .a import x\n"},
    )
    assert [u.id for u in spec.units()] == ["kit.a.f"]


@pytest.mark.parametrize(
    ("line", "demand"), [("", "standard"), ("Evidence: bounded", "bounded"), ("Evidence: tested", "tested")]
)
def test_evidence(line: str, demand: str) -> None:
    assert only_unit(f'def f() -> int:\n    """Do.\n\n    {line}\n    """\n    ...\n').evidence == demand


def test_broken_doctests_do_not_stop_the_reader() -> None:
    unit = only_unit('''
        def f(x: int) -> int:
            """Do.

            >>>f(1)
            1
            """
            ...
    ''')
    assert unit.examples == ()


def test_laws_keep_their_decorators_and_types() -> None:
    (law,) = read_text('''
        import functools
        def f(x: int) -> int: ...
        @functools.cache
        def law_f(x: int, y: "str" = "") -> bool:
            """Always."""
            return f(x) == x
    ''').laws()
    assert isinstance(law, Law)
    assert law.source.startswith("@functools.cache\ndef law_f")
    assert [(p.name, p.annotation, p.default) for p in law.parameters] == [("x", "int", None), ("y", '"str"', '""')]
    assert law.docstring == "Always."


def test_textkit_is_read_completely() -> None:
    spec = read_spec(Path(__file__).parents[2] / "examples" / "textkit")
    assert len(spec.units()) == 16
    assert all(3 <= len(unit.examples) <= 6 for unit in spec.units())
    assert spec.unit("textkit.measures.closest").uses == ("textkit.measures.edit_distance",)
    assert [law.units for law in spec.laws()][1] == ("textkit.codes.rle_encode", "textkit.codes.rle_decode")
