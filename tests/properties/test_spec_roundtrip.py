"""Round trips over generated modules: what is printed reads back as what was read."""

import ast
import keyword
import textwrap

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.spec.indent import indent_body
from swarmwright.spec.lint import check_spec
from swarmwright.spec.printer import print_context, print_module, print_stub
from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Contract, Example, Given, Item, Law, Location, Module, Unit

NOWHERE = Location("", 1, 1)
MARK = "q7secret"

names = st.from_regex(r"[a-zé_][a-z0-9_]{0,6}", fullmatch=True).filter(
    lambda name: not keyword.iskeyword(name) and not name.startswith("law_") and not name.startswith("__")
)
texts = st.text(st.one_of(st.sampled_from("\"'\\\n \t#>.:"), st.characters(exclude_categories=["Cs"])), max_size=30)
types = st.sampled_from(["int", "str", "list[int]", "'Point'", "dict[str, tuple[int, ...]]", "int | None", "Point"])
values = st.one_of(st.integers(), texts, st.none(), st.lists(st.integers(), max_size=3)).map(repr)


@st.composite
def heads(draw: st.DrawFn, name: str) -> str:
    parameters = draw(st.lists(names, unique=True, max_size=4))
    written = [f"{p}: {draw(types)} = {draw(values)}" for p in parameters]
    if written and draw(st.booleans()):
        written.insert(draw(st.integers(0, len(written) - 1)), "*")
    if draw(st.booleans()):
        written.append("**rest: int")
    glue = draw(st.sampled_from([", ", ",\n    ", ",  # a: b\n    "]))
    return f"def {name}({glue.join(written)}) -> {draw(types)}:"


@st.composite
def docstrings(draw: st.DrawFn, name: str) -> str:
    parts = [MARK + draw(texts)]
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["prose", "example", "uses", "evidence"]))
        if kind == "prose":
            parts.append(MARK + draw(texts))
        elif kind == "example":
            parts.append(f"\n>>> {name}({draw(values)}, {MARK!r})\n{draw(values)}\n")
        elif kind == "uses":
            parts.append(f"Uses: {name}, {draw(names)}")
        else:
            parts.append(f"Evidence: {draw(st.sampled_from(['tested', 'bounded', 'hope']))}")
    text = "\n".join(parts)
    if draw(st.booleans()):
        text = textwrap.indent(text, "    ").lstrip(" ") + "\n    "
    return text


@st.composite
def units(draw: st.DrawFn) -> str:
    name = draw(names)
    lines = [f"@{d}" for d in draw(st.lists(st.sampled_from(["functools.cache", "print"]), max_size=1))]
    kinds = draw(st.lists(st.sampled_from(["icontract.require", "post"]), max_size=2))
    lines += [f"@{kind}(lambda x:\n   x == {draw(values)},\n {MARK!r})" for kind in kinds]
    lines.append(draw(heads(name)))
    if draw(st.booleans()):
        lines.append(f"    {draw(docstrings(name))!r}")
    return "\n".join((*lines, "    ..."))


@st.composite
def givens(draw: st.DrawFn) -> str:
    name = draw(names)
    value = draw(values)
    forms = [
        f"{name} = {value}",
        f"# above\n{name} = {value}  # behind",
        f"class {name}:\n    x: int = {value}",
        f"@icontract.require(lambda x: x)\ndef {name}(x):\n    '''a\nb'''\n    return {value}",
        f"class {name}:\n    @icontract.ensure(\n        lambda x: x)\n    @staticmethod\n    def m(x): pass",
        f"if {value}:\n    {name} = 1\nelse:\n    {name} = 2",
        f"import os as {name}",
        f"def law_{name}(x: int) -> bool:\n    return {MARK!r} != {value}",
    ]
    return draw(st.sampled_from(forms))


IMPORTS = "import functools\nimport icontract\nfrom icontract import ensure as post"


@st.composite
def modules(draw: st.DrawFn) -> Module:
    parts = [draw(st.one_of(units(), givens())) for _ in range(draw(st.integers(0, 4)))]
    parts.insert(draw(st.integers(0, len(parts))), draw(units()))
    opening = [repr(MARK + draw(texts))] if draw(st.booleans()) else []
    gap = draw(st.sampled_from(["\n", "\n\n", "\n\n\n# a comment\n\n"]))
    return module_of(gap.join((*opening, IMPORTS, *parts)) + "\n")


def module_of(source: str) -> Module:
    return read_sources("kit", {"kit/__init__.py": source}).modules[0]


def without_places(module: Module) -> Module:
    return msgspec.structs.replace(module, items=tuple(without_place(item) for item in module.items), source="")


def without_place(item: Item) -> Item:
    replace = msgspec.structs.replace
    if isinstance(item, Law | Given):
        return replace(item, location=NOWHERE)
    examples: list[Example] = [replace(example, location=NOWHERE) for example in item.examples]
    contracts: list[Contract] = [replace(contract, location=NOWHERE) for contract in item.contracts]
    return replace(item, examples=tuple(examples), contracts=tuple(contracts), source="", location=NOWHERE)


@settings(deadline=None, max_examples=120)
@given(modules())
def test_a_stub_that_is_printed_reads_back_as_what_was_read(module: Module) -> None:
    printed = print_module(module, {}, view="stub")
    again = module_of(printed)
    assert without_places(again) == without_places(module)
    assert print_module(again, {}, view="stub") == printed


@settings(deadline=None, max_examples=80)
@given(modules())
def test_locations_point_at_what_they_name(module: Module) -> None:
    lines = module.source.split("\n")
    for item in module.items:
        here = lines[item.location.line - 1][item.location.column - 1 :]
        if isinstance(item, Unit):
            assert here.startswith("def ")
            for example in item.examples:
                assert 1 <= example.location.line <= len(lines)
            for contract in item.contracts:
                assert lines[contract.location.line - 1][contract.location.column - 1 :].startswith(
                    contract.source.split("\n")[0]
                )
        elif isinstance(item, Given):
            assert here.split("\n")[0][:3] in item.source


@settings(deadline=None, max_examples=80)
@given(modules(), st.sampled_from(["return 1", "x = '''a\n b'''\nreturn x"]))
def test_bare_shows_nothing_of_docstrings_contracts_and_laws(module: Module, body: str) -> None:
    units = [item for item in module.items if isinstance(item, Unit)]
    bare = print_module(module, {unit.id: body for unit in units}, view="bare")
    assert MARK not in bare
    assert "icontract" not in bare
    wanted = [unit.name for unit in units]
    built = [node for node in ast.parse(bare).body if isinstance(node, ast.FunctionDef) and node.name in wanted]
    assert [node.name for node in built if ast.dump(node.body[-1]) == ast.dump(ast.parse(body).body[-1])] == wanted


@settings(deadline=None, max_examples=50)
@given(modules())
def test_delivered_keeps_docstrings_and_says_the_reason(module: Module) -> None:
    units = {item.id: item for item in module.items if isinstance(item, Unit)}
    text = print_module(module, {}, view="delivered", undecided=dict.fromkeys(units, "two 'é'\nbehaviours"))
    assert "def law_" not in text
    found = [
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and "two" in ast.unparse(node.body[-1])
    ]
    docstrings = [item.docstring for item in module.items if isinstance(item, Unit)]
    assert [ast.get_docstring(node) or "" for node in found] == docstrings


@settings(deadline=None, max_examples=50)
@given(modules())
def test_lint_and_context_take_whatever_can_be_read(module: Module) -> None:
    spec = read_sources("kit", {"kit/__init__.py": module.source})
    for finding in check_spec(spec):
        assert finding.location.file == "kit/__init__.py"
    for unit in spec.units():
        ast.parse(print_context(spec, unit))
        ast.parse(print_stub(unit))


literals = st.tuples(st.sampled_from(["", "r", "b", "f", "rb"]), st.sampled_from(['"""', "'''"]), texts).map(
    lambda parts: parts[0] + parts[1] + parts[2].replace("\\", "\\\n") + parts[1]
)
lines = st.one_of(
    literals.map(lambda text: f"x = {text}"),
    literals.map(lambda text: f"x = [\n{text},\n  1]"),
    literals.map(lambda text: f"if x:\n\t{text}\n\ty = 1  # c"),
    literals.map(lambda text: f"def g(a):\n    {text}\n\n    # c\n    return {text}"),
    st.sampled_from(
        ["# c", "", "x = 1 + \\\n2", "import re; y = 2", "return x", "yield", "x = 'a\\\n  b'", "\x0c", "(x\n)"]
    ),
)


@settings(deadline=None, max_examples=250)
@given(st.lists(lines, min_size=1, max_size=5).map("\n".join))
def test_indenting_a_body_keeps_its_syntax_tree(body: str) -> None:
    try:
        tree = ast.parse(body)
    except (SyntaxError, ValueError):
        return
    function = ast.parse(f"def f():\n{indent_body(body)}\n").body[0]
    assert isinstance(function, ast.FunctionDef)
    expected = [ast.dump(node) for node in tree.body] or [ast.dump(ast.Pass())]
    assert [ast.dump(node) for node in function.body] == expected
