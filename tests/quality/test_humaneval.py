"""HumanEval as a workload: prompts become stubs, hidden inputs judge, and no builder ever sees them.

All problems here are invented; the real data are not part of the repository.
"""

from __future__ import annotations

import ast
import asyncio
import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.quality.evalplus import Judgement, Problem, judge_bodies, load_problems
from benchmarks.quality.evalplus import main as check_main
from benchmarks.quality.guessing import annotation_of
from benchmarks.quality.hidden_runner import is_zero, matches, plain
from benchmarks.quality.humaneval import (
    DATA_FILES,
    PACKAGE,
    Conversion,
    Converted,
    Prompt,
    UnconvertibleError,
    convert,
    convert_prompt,
    load_prompts,
    main,
)
from benchmarks.quality.shown import read_docstring
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.errors import SandboxError, SandboxUnavailableError, UsageError
from swarmwright.spec.lint import check_spec
from swarmwright.spec.reader import read_sources
from swarmwright.verify.encoding import encode
from swarmwright.verify.execution import Executor
from swarmwright.verify.ports import Job, Sandbox
from swarmwright.verify.values import Call

SECRET = "the hidden side"


def row(number: int, prompt: str, name: str, **more: Any) -> dict[str, Any]:
    hidden = {"canonical_solution": "    return None\n", "test": f"def check(candidate):\n    assert '{SECRET}'\n"}
    return {"task_id": f"HumanEval/{number}", "prompt": prompt, "entry_point": name, **hidden, "atol": 0, **more}


DOUBLED = row(
    900,
    'def doubled(x):\n    """Return twice the number.\n\n    doubled(2) == 4\n    doubled(-1) == -2\n    """\n',
    "doubled",
    canonical_solution="    return x * 2\n",
    base_input=[[1], [0]],
    plus_input=[[-7], [10**30], [3]],
)
SHARES = row(
    901,
    "from typing import List\n\n\ndef shares(xs: List[float]) -> List[float]:\n"
    '    """ What part each is of the whole.\n    >>> shares([1.0, 3.0])\n    [0.25, 0.75]\n    """\n',
    "shares",
    canonical_solution="    return [x / sum(xs) for x in xs]\n",
    base_input=[[[1.0, 2.0, 4.0]]],
    plus_input=[[[0.1] * 7], [[]]],
)
SILENT = row(
    902,
    'def silent(x):\n    """Say nothing about it."""\n',
    "silent",
    base_input=[[1]],
    plus_input=[],
)


def write_data(folder: Path, rows: Iterable[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(one) + "\n" for one in rows)
    (folder / DATA_FILES[0]).write_bytes(gzip.compress(lines.encode()))
    return folder


def converted(prompt: str, name: str = "f", number: int = 900) -> Converted:
    return convert_prompt(Prompt(f"HumanEval/{number}", prompt, name))


def stub(docstring: str, head: str = "def f(x):") -> str:
    """Return a prompt of HumanEval's form."""
    lines = "".join(f"    {line}\n" if line else "\n" for line in docstring.split("\n"))
    return f'{head}\n    """\n{lines}    """\n'


def head_of(module: Converted) -> str:
    return next(line for line in module.source.split("\n") if line.startswith("def f("))


def wants(docstring: str, parameters: tuple[str, ...] = ("x",)) -> list[tuple[str, Any]]:
    return [(example.source, example.want) for example in read_docstring(docstring, "f", parameters).examples]


@pytest.mark.parametrize(
    "line",
    [
        "f(1) == 2",
        "f(1) = 2",
        "f(1) => 2",
        "f(1)==>2",
        "f(1) -> 2",
        "f(1) ➞ 2 ",
        "f(1) returns 2",
        "f(1) should return 2.",
        "f(1) # => 2 (since one more)",
        "* f( 1 ) -> 2",
        "for f(1) == 2",
        "f(1) ->1 + 1 = 2",
        "For x = 1 the output should be 2.",
        "For x = 1, the sum is such that the output should be 2",
        "Input: 1\nOutput: 2",
        "Input: x = 1\nOutput: 2 # one more",
        "Input:\n    it : 1\nOutput: 2\nExplanation: one more",
        "x = 1\n   -> so add one\nreturn 2",
        "x = 1\nreturn = 2",
        "g(1) == 2",
        ">>> f(1)\n2",
        ">>> f(1) == 2",
        ">>> f(1) == 2\nTrue",
        ">>> f(1)\n2 # one more",
    ],
)
def test_an_example_is_read_however_it_is_written(line: str) -> None:
    assert wants(f"Add one.\n\n{line}\n") == [("f(1)", 2)]


@pytest.mark.parametrize(
    "line",
    [
        "f(x) == x + 1",
        "f(1) == y",
        "f(1) is one of many",
        'f("a") == ""a"',
        "f(1, 2) == 3",
        "f(1) == 2 apples",
        "f(1",
        "call f(1), then 2 == 2",
        "For y the output should be 2",
        "Input: the number\nOutput: 2",
        ">>> f(1)\n<object>",
        ">>> f(1) 2",
    ],
)
def test_what_is_no_plain_value_on_both_sides_is_no_example(line: str) -> None:
    assert wants(f"Add one.\n\n{line}\n") == []


def test_of_two_parameters_names_decide_and_else_their_order() -> None:
    assert wants("For y = 1, x = 2 the result should be 3", ("x", "y")) == [("f(2, 1)", 3)]
    assert wants("Input: a = 1, b = 2\nOutput: 3", ("x", "y")) == [("f(1, 2)", 3)]


def test_a_call_over_several_lines_becomes_one_line() -> None:
    assert wants('f([\n  [1, 2],\n  ["a)"]\n]) == [(0, 1)]') == [("f([[1, 2], ['a)']])", [(0, 1)])]


def test_truth_in_the_manner_of_other_languages_is_read() -> None:
    assert wants("f(1) => true\nf(2) => false\nf(3) => null") == [("f(1)", True), ("f(2)", False), ("f(3)", None)]


def test_bare_words_are_texts_unless_they_are_variables() -> None:
    assert wants("f(abc) => 3") == [("f('abc')", 3)]
    assert wants("f(n) => 3") == []


def test_the_same_example_counts_once_and_contradictions_not_at_all() -> None:
    assert wants("f(1) == 2\n\n>>> f(1)\n2\n") == [("f(1)", 2)]
    assert wants("f(1) == 2\nf(1) == 3\nf(2) == 4") == [("f(2)", 4)]


def test_terms_of_a_sequence_above_the_examples_are_no_examples() -> None:
    text = "It begins so:\nf(1) = 3\nf(2) = 2\nReturn the first n.\nExamples:\nf(2) = [1, 3, 2]"
    assert wants(text) == [("f(2)", [1, 3, 2])]


def test_brackets_round_one_thing_are_doubtful_where_tuples_are_returned() -> None:
    assert wants('f(1) == ("a", "b")\nf(2) == ("a")') == [("f(1)", ("a", "b"))]
    assert wants("f(1) == (2)") == [("f(1)", 2)]


def test_the_prose_stays_and_examples_in_prose_are_added_as_doctests() -> None:
    source = converted(stub("Add one.\n\nf(1) == 2\nf(2) == 3\nMind the gap.")).source
    docstring = ast.get_docstring(ast.parse(source).body[0])  # type: ignore[arg-type]
    assert docstring == "Add one.\n\nf(1) == 2\nf(2) == 3\nMind the gap.\n\n>>> f(1)\n2\n>>> f(2)\n3"


def test_doctests_stay_where_they_are_in_good_form() -> None:
    source = converted(stub('Say it.\n>>> f(1)\n"one"\n>>> f(2) == "two"\nMind the gap.\n>>> f(3)\n<oops>')).source
    docstring = ast.get_docstring(ast.parse(source).body[0])  # type: ignore[arg-type]
    assert docstring == "Say it.\n>>> f(1)\n'one'\n>>> f(2)\n'two'\n\nMind the gap."


def test_a_result_around_the_call_is_kept_and_typed() -> None:
    module = converted(stub("The root.\n>>> round(f(4), 2) # of four\n2.0"))
    assert head_of(module) == "def f(x: int) -> float:"
    assert module.examples == 1


def test_escapes_that_were_meant_as_written_are_read_so() -> None:
    module = converted('def f(x):\n    """Cut the lines.\n    >>> f("a\\nb")\n    \'a\'\n    """\n')
    assert module.examples == 1
    unit = read_sources(PACKAGE, {module.path: module.source}).units()[0]
    assert ast.literal_eval(unit.examples[0].source[2:-1]) == "a\nb"


@pytest.mark.parametrize(
    ("values", "annotation"),
    [
        ([1, 2], "int"),
        ([1, 2.5], "int | float"),
        ([True, "a"], "bool | str"),
        ([[1], []], "list[int]"),
        ([[]], "list"),
        ([[1, "a"], [None]], "list[int | str | None]"),
        ([[[1]], [[]]], "list[list[int]]"),
        ([(1, "a"), (2, "b")], "tuple[int, str]"),
        ([(1,), (2, 3)], "tuple[int, ...]"),
        ([(None, 1), (None, None)], "tuple[int | None, int | None]"),
        ([{"a": 1}, {}], "dict[str, int]"),
        ([{}], "dict"),
        ([1, None], "int | None"),
        ([{1}, {"a"}], "set[int | str]"),
        ([], None),
    ],
)
def test_types_are_guessed_from_what_is_shown(values: list[Any], annotation: str | None) -> None:
    guessed = annotation_of(values)
    assert (guessed and sorted(guessed)) == (annotation and sorted(annotation))
    assert guessed is None or "int | None" not in (annotation or "") or "None" in guessed


def test_types_that_are_written_stay_and_bare_containers_are_refined() -> None:
    module = converted(stub("f([1], 'a') == {'a': 1}", "def f(xs: list, name: str):"))
    assert head_of(module) == "def f(xs: list[int], name: str) -> dict[str, int]:"
    kept = converted("from typing import Any\n" + stub("f(1) == 2", "def f(x: Any) -> Any:"))
    assert head_of(kept) == "def f(x: Any) -> Any:"
    assert kept.annotated
    assert not module.annotated


def test_the_prose_says_where_numbers_need_not_be_whole_and_where_none_is_returned() -> None:
    module = converted(stub("For a list of numbers, return None if it is empty.\nf([1]) == 2"))
    assert head_of(module) == "def f(x: list[int | float]) -> int | None:"
    whole = converted(stub("For a list of numbers, count the even digits.\nf([1]) == 2"))
    assert head_of(whole) == "def f(x: list[int]) -> int:"


def test_given_functions_and_imports_stay_given() -> None:
    given = 'import math\n\n\ndef area(r: float) -> float:\n    """Of a circle."""\n    return math.pi * r ** 2\n\n\n'
    module = converted(given + stub("f(0) == 0"))
    assert module.source.startswith(given)
    assert [unit.name for unit in read_sources(PACKAGE, {module.path: module.source}).units()] == ["f"]


def test_problems_that_cannot_be_specified_are_counted_by_reason() -> None:
    rows = [
        Prompt("HumanEval/900", stub("f(1) == 2"), "f"),
        Prompt("HumanEval/901", stub("Nothing is shown."), "f"),
        Prompt("HumanEval/902", "def f(x):\n    pass\n", "f"),
        Prompt("HumanEval/903", "def f(x:\n", "f"),
        Prompt("HumanEval/904", stub("f(1) == 2"), "g"),
        Prompt("HumanEval/8", stub("f(1) == 2"), "f"),
        Prompt("HumanEval/905", stub("f() == []", "def f():"), "f"),
        Prompt("HumanEval/906", stub("f(1) == 2", "def f(x, *more):"), "f"),
    ]
    conversion = convert(rows)
    assert [module.unit for module in conversion.modules] == ["humaneval.p900.f", "humaneval.p905.f"]
    assert len(conversion.skipped) == 6
    assert "2 of 8 problems converted" in conversion.summary()
    assert "1 x no example that is a call with plain values" in conversion.summary()
    assert not [d for d in check_spec(read_sources(PACKAGE, conversion.sources)) if d.severity == "error"]


def test_what_lint_refuses_is_left_out() -> None:
    rows = [Prompt("HumanEval/900", "import humaneval.nowhere\n" + stub("f(1) == 2"), "f")]
    assert [skipped.reason for skipped in convert(rows).skipped] == ["lint: unknown-import"]


@pytest.mark.sandbox
def test_the_command_writes_a_package_that_lint_accepts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_data(tmp_path / "data", [DOUBLED, SHARES, SILENT])
    out = tmp_path / "out"
    (out / PACKAGE).mkdir(parents=True)
    (out / PACKAGE / "p999.py").write_text("left from before")
    assert main(["--data", str(data), "--out", str(out)]) == 0
    assert sorted(path.name for path in (out / PACKAGE).iterdir()) == ["__init__.py", "p900.py", "p901.py"]
    assert "2 of 3 problems converted" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"no json\n"), gzip.compress(b'{"task_id": "x"}\n')])
def test_bad_data_are_refused_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / DATA_FILES[0]).write_bytes(content)
    for load in (load_prompts, load_problems):
        with pytest.raises(UsageError, match=DATA_FILES[0]):
            load(tmp_path)
    with pytest.raises(UsageError, match="holds none of"):
        load_prompts(tmp_path / "nowhere")


def test_the_converter_is_given_nothing_hidden(tmp_path: Path) -> None:
    data = write_data(tmp_path, [DOUBLED, SHARES])
    prompts = load_prompts(data)
    assert Prompt.__struct_fields__ == ("task_id", "prompt", "entry_point")
    hidden = [SECRET, "check(", "assert", "return x * 2", "x / sum", str(10**30)]
    written = "".join(convert(prompts).sources.values())
    assert "doubled(2)" in written
    assert not [text for text in hidden if text in repr(prompts) or text in written]


@pytest.mark.parametrize(
    ("got", "want", "atol", "right"),
    [
        (1, 1, 0, True),
        (1, 1.0, 0, True),
        (1, 2, 0, False),
        ([1, 2], (1, 2), 0, False),
        (0.1 + 0.2, 0.3, 0, True),
        (0.3001, 0.3, 0, False),
        (0.3001, 0.3, 0.01, True),
        ([0.1 + 0.2, 1.0], [0.3, 1.0], 0, True),
        ((0.1 + 0.2,), [0.3], 0, False),
        ([0.3], [0.3, 0.3], 0, False),
        ([0.1 + 0.2, "a"], [0.3, "a"], 0, False),
        (float("nan"), float("nan"), 0, True),
        (float("inf"), float("inf"), 0, True),
        (float("inf"), 1e308, 0, False),
        ("a", 1.0, 0, False),
        (None, 1.0, 0, False),
        (None, None, 0, True),
        ({"a": 1}, {"a": 1}, 0, True),
    ],
)
def test_results_are_compared_as_evalplus_does(got: Any, want: Any, atol: float, right: bool) -> None:
    assert matches(got, want, atol) is right


def test_a_zero_is_judged_by_the_polynomial() -> None:
    assert is_zero([-4, 0, 1], -2.0, 1e-4)
    assert is_zero([-4, 0, 1], 2.0, 1e-4)
    assert not is_zero([-4, 0, 1], 2.1, 1e-4)
    assert not is_zero([-4, 0, 1], "2.0", 1e-4)


def test_only_plain_data_are_results() -> None:
    class Sly(list[int]):
        def __eq__(self, other: object) -> bool:
            return True

    with pytest.raises(TypeError, match="Sly"):
        plain([1, Sly()])


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return open_sandbox()


def hidden(*rows: dict[str, Any], folder: Path) -> dict[str, Problem]:
    return load_problems(write_data(folder, rows))


BODIES = {
    "right": ("", "return x + x"),
    "annotated": ("from typing import Optional\n\n", "return 2 * x"),
    "wrong": ("", "return x * 2 if x < 10 else 0"),
    "raises": ("", "return [2, 0][x - 1 if x > 0 else 9]"),
    "loops": ("", "while x != 1:\n        pass\n    return 2"),
    "swallows": ("", "while x != 1:\n        try:\n            pass\n        except:\n            pass\n    return 2"),
    "computes": ("", "return 2 if x == 1 else len(str(9 ** 9 ** 9))"),
    "dies": ("import os\n", "os._exit(0) if x != 1 else 0\n    return 2"),
    "leaves": ("", "raise SystemExit"),
    "hoards": ("", "return 2 if x == 1 else len([0] * 10 ** 12)"),
    "sly": ("class Sly:\n    def __eq__(self, other):\n        return True\n\n", "return Sly()"),
    "broken": ("", "return ("),
    "absent": ("del dict\n", "return x * 2"),
    "changes": ("import builtins\nbuiltins.len = builtins.repr = None\n", "return x * 3"),
}
REASONS = {
    "wrong": "wrong value",
    "raises": "raised",
    "loops": "time-out",
    "swallows": "time-out",
    "computes": "time-out",
    "dies": "died",
    "leaves": "raised",
    "hoards": "raised",
    "sly": "raised",
    "broken": "unusable",
    "absent": "unusable",
    "changes": "died",
}


@pytest.fixture(scope="module")
def judgements(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judgement]:
    problem = hidden(DOUBLED, folder=tmp_path_factory.mktemp("data"))["HumanEval/900"]
    sources = {key: f"{above}def doubled(x: 'int') -> 'int':\n    {body}\n" for key, (above, body) in BODIES.items()}
    return asyncio.run(judge_bodies(problem, sources, sandbox, least_s=0.1))


@pytest.mark.sandbox
def test_right_bodies_pass_however_they_are_annotated(judgements: dict[str, Judgement]) -> None:
    assert {key for key, judgement in judgements.items() if judgement.passed} == {"right", "annotated"}


@pytest.mark.sandbox
@pytest.mark.parametrize("key", REASONS)
def test_wrong_bodies_fail_with_their_reason(key: str, judgements: dict[str, Judgement]) -> None:
    assert judgements[key].reason == REASONS[key]


@pytest.mark.sandbox
def test_the_first_wrong_input_is_named(judgements: dict[str, Judgement]) -> None:
    found = judgements["wrong"]
    assert (found.input_repr, found.got, found.want) == (f"doubled({10**30})", "0", str(2 * 10**30))


@pytest.mark.sandbox
def test_what_raises_in_the_reference_is_a_fault_of_the_data(sandbox: Sandbox, tmp_path: Path) -> None:
    faulty = {**SHARES, "plus_input": [[[0.0]]]}
    problem = hidden(faulty, folder=tmp_path)["HumanEval/901"]
    with pytest.raises(SandboxError, match="reference itself fails"):
        asyncio.run(judge_bodies(problem, {"a": "def shares(xs): return xs"}, sandbox))


@pytest.mark.sandbox
def test_floats_are_right_within_rounding(sandbox: Sandbox, tmp_path: Path) -> None:
    problem = hidden(SHARES, folder=tmp_path)["HumanEval/901"]
    bodies = {
        "close": "def shares(xs):\n    return [x * (1 / sum(xs)) for x in xs]\n",
        "tuple": "def shares(xs):\n    return tuple(x / sum(xs) for x in xs)\n",
        "sorts": "def shares(xs):\n    xs.sort()\n    return [x / sum(xs) for x in xs[::-1]]\n",
    }
    found = asyncio.run(judge_bodies(problem, bodies, sandbox))
    assert [key for key, judgement in found.items() if judgement.passed] == ["close"]


@pytest.mark.sandbox
@pytest.mark.parametrize("tier", ["bubblewrap", "unshare"])
def test_a_builders_process_cannot_see_the_data(tier: str, tmp_path: Path) -> None:
    try:
        isolated = open_sandbox(tier=tier)
    except SandboxUnavailableError as error:
        pytest.skip(str(error))
    data = write_data(tmp_path / "data", [DOUBLED]) / DATA_FILES[0]
    code = (
        "import os\n"
        f"print(*(os.path.exists(path) for path in {[str(data), str(data.parent), str(tmp_path)]!r}))\n"
        f"try:\n    open({str(data)!r}, 'rb')\nexcept OSError as error:\n    print(type(error).__name__)\n"
    )
    result = asyncio.run(isolated.run(Job(("-c", code))))
    assert result.stdout.decode().split() == ["False", "False", "False", "FileNotFoundError"]


@pytest.mark.sandbox
def test_a_body_under_examination_cannot_see_the_data(sandbox: Sandbox, tmp_path: Path) -> None:
    data = write_data(tmp_path / "data", [DOUBLED]) / DATA_FILES[0]
    source = "def f(path):\n    import os\n    return os.path.exists(path)\n"

    async def look() -> list[Any]:
        executor = Executor(sandbox)
        try:
            outcomes = await executor.run({"m": source}, [Call("m.f", (encode(str(data)),))])
            return [(outcome.kind, outcome.value) for outcome in outcomes]
        finally:
            await executor.close()

    assert data.exists()
    assert asyncio.run(look()) != [("value", True)]


@pytest.mark.sandbox
def test_the_judge_checks_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    idle = {**SILENT, "task_id": "HumanEval/903"}
    assert check_main(["--data", str(write_data(tmp_path / "good", [DOUBLED, SHARES]))]) == 0
    assert "2 problems, 0 faults" in capsys.readouterr().out
    assert check_main(["--data", str(write_data(tmp_path / "bad", [DOUBLED, idle]))]) == 1
    assert "HumanEval/903: a function that does nothing passes" in capsys.readouterr().out
    assert check_main(["--data", str(tmp_path / "nowhere")]) == 2


PIECES = st.sampled_from(
    (
        *"fgx123'\"()[]{},.:=#>-\\ \n\té",
        *(">>> ", "... ", "f(", "f(1)", " == ", "=> ", "returns ", "True", "null", "[1, 'a']", "\n\n", '"""'),
        *("For x = ", "the output should be ", "Input: ", "\nOutput: ", "x = 1", "\nreturn ", "\n>>> f(2)\n"),
    )
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_docstring_is_converted_or_refused(text: str) -> None:
    prompt = f"def f(x):\n    {text!r}\n"
    try:
        module = converted(prompt)
    except UnconvertibleError:
        return
    unit = read_sources(PACKAGE, {module.path: module.source}).units()[0]
    assert len(unit.examples) == module.examples > 0
    assert not [d for d in check_spec(read_sources(PACKAGE, {module.path: module.source})) if d.severity == "error"]


def test_an_empty_conversion_says_so() -> None:
    assert "0 of 0 problems" in Conversion((), ()).summary()
