"""A long task's file becomes the one task in it, made with what the command line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.chain.blaming import blaming, explain_fault
from swarmwright.chain.loading import load_task, name_of_run
from swarmwright.errors import ProcessError
from swarmwright.plan.steps import Bag, Chain, ChainSteps, Graph

CHAIN = """
from __future__ import annotations

from pathlib import Path

from swarmwright import Chain


class Walk(Chain):
    def __init__(self, steps: int = 5, slow: bool = False, *, far_away: float = 1.5, name="x", notes: Path = Path()):
        self.given = (steps, slow, far_away, name, notes)

    def first(self):
        return 0
"""


def load(folder: Path, text: str, *arguments: str, name: str = "walk.py"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return load_task(file, arguments)


def refusal(folder: Path, text: str, *arguments: str) -> str:
    with pytest.raises(ProcessError) as refused:
        load(folder, text, *arguments)
    said = str(refused.value)
    assert "\n" not in said
    return said


def test_defaults_are_the_class_s_own(tmp_path: Path) -> None:
    loaded = load(tmp_path, CHAIN)
    assert isinstance(loaded.task, Chain)
    assert (loaded.name, loaded.parameters) == ("Walk", {})
    assert loaded.task.given == (5, False, 1.5, "x", Path())


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (("--steps", "7"), (7, False, 1.5, "x", Path())),
        (("--steps=7",), (7, False, 1.5, "x", Path())),
        (("--steps", "-7"), (-7, False, 1.5, "x", Path())),
        (("--steps=-7",), (-7, False, 1.5, "x", Path())),
        (("--steps", "7", "--steps", "8"), (8, False, 1.5, "x", Path())),
        (("--slow",), (5, True, 1.5, "x", Path())),
        (("--slow", "--steps", "1"), (1, True, 1.5, "x", Path())),
        (("--slow", "true"), (5, True, 1.5, "x", Path())),
        (("--slow=0",), (5, False, 1.5, "x", Path())),
        (("--no-slow",), (5, False, 1.5, "x", Path())),
        (("--far-away", "2"), (5, False, 2.0, "x", Path())),
        (("--far_away=1e3",), (5, False, 1000.0, "x", Path())),
        (("--name", "--steps"), (5, False, 1.5, "--steps", Path())),
        (("--name=a=b",), (5, False, 1.5, "a=b", Path())),
        (("--name=",), (5, False, 1.5, "", Path())),
        (("--notes", "a/b.txt"), (5, False, 1.5, "x", Path("a/b.txt"))),
    ],
)
def test_arguments_are_read_by_their_annotations(tmp_path: Path, arguments: tuple[str, ...], given) -> None:
    loaded = load(tmp_path, CHAIN, *arguments)
    assert loaded.task.given == given
    assert [type(value) for value in loaded.task.given[:4]] == [int, bool, float, str]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--steps", "x"), "--steps: 'x' is no int."),
        (("--steps", "1.5"), "--steps: '1.5' is no int."),
        (("--steps",), "--steps: it needs a value (int, else 5)."),
        (("--slow", "perhaps"), "--slow: 'perhaps' is no bool."),
        (("--no-steps",), "--no-steps: neither swarmwright run nor"),
        (("--self", "1"), "--self: neither"),
        (("steps", "1"), "steps: neither"),
        (("-s", "1"), "--far-away (float, else 1.5)"),
    ],
)
def test_arguments_that_do_not_fit_are_named(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in refusal(tmp_path, CHAIN, *arguments)


def test_a_parameter_without_a_default_is_asked_for(tmp_path: Path) -> None:
    text = "from swarmwright import Chain\nclass Walk(Chain):\n    def __init__(self, far_off, *rest, **more): pass\n"
    assert refusal(tmp_path, text).endswith("Walk needs --far-off.")
    load(tmp_path, text, "--far-off", "1")
    assert "neither" in refusal(tmp_path, text, "--rest", "1")


def test_a_class_without_parameters_takes_none(tmp_path: Path) -> None:
    text = "from swarmwright import Bag\nclass Sack(Bag): pass\n"
    assert isinstance(load(tmp_path, text).task, Bag)
    assert refusal(tmp_path, text, "--size", "3").endswith("knows: none.")


def test_a_dataclass_may_be_a_task(tmp_path: Path) -> None:
    text = (
        "from dataclasses import dataclass\nfrom swarmwright import Graph\n"
        "@dataclass\nclass Net(Graph):\n    nodes: int = 3\n"
    )
    loaded = load(tmp_path, text, "--nodes", "4")
    assert isinstance(loaded.task, Graph)
    assert loaded.task.nodes == 4
    assert loaded.parameters == {"nodes": "4"}


BAD_FILES = {
    "an error of syntax": ("class Walk(:\n", "walk.py:1: "),
    "no Python at all": ("\x00\x01", "walk.py:1: "),
    "an error when it is run": ("1 / 0\n", "cannot be loaded: ZeroDivisionError: division by zero."),
    "an import of what is not there": ("import nowhere_at_all\n", "No module named 'nowhere_at_all'"),
    "the end of the program": ("raise SystemExit(3)\n", "ends the program while it is loaded."),
    "nothing": ("", "no class in it is a swarmwright.Chain, Bag or Graph."),
    "no class": ("Walk = 3\n", "no class in it"),
    "only the imported class": ("from swarmwright import Bag, Chain, Graph\n", "no class in it"),
    "an annotation of what is not there": (
        "from __future__ import annotations\nfrom swarmwright import Chain\n"
        "class Walk(Chain):\n    def __init__(self, n: Nowhere = 1): pass\n",
        "Walk: an annotation of its parameters cannot be read: name 'Nowhere' is not defined.",
    ),
    "a class that refuses its parameters": (
        "from swarmwright import Chain\nclass Walk(Chain):\n    def __init__(self): raise ValueError('too far')\n",
        "walk.py: too far.",
    ),
    "a class that cannot be made": (
        "from swarmwright import Chain\nclass Walk(Chain):\n    def __init__(self): open('/nowhere/at/all')\n",
        "Walk cannot be made: FileNotFoundError: ",
    ),
    "two tasks": (
        "from swarmwright import Bag, Chain\nclass Walk(Chain): pass\nclass Sack(Bag): pass\n",
        "it holds several long tasks (Sack, Walk); leave one in a file.",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_is_no_task_is_one_sentence(tmp_path: Path, case: str) -> None:
    text, said = BAD_FILES[case]
    assert said in refusal(tmp_path, text)


def test_files_that_cannot_be_read_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "task.txt").write_text(CHAIN, encoding="utf-8")
    (tmp_path / "latin.py").write_bytes(b"name = '\xe9'\n")
    for name, said in (
        ("nothing.py", "No such file"),
        ("", "Is a directory"),
        ("task.txt", "it is no Python file"),
        ("latin.py", "latin.py:"),
    ):
        with pytest.raises(ProcessError, match=said):
            load_task(tmp_path / name)


def test_what_others_of_the_file_are_made_from_is_not_run(tmp_path: Path) -> None:
    text = "from swarmwright import Chain\nclass Any(Chain): pass\nclass Walk(Any): pass\nTheSame = Walk\n"
    assert load(tmp_path, text).name == "Walk"


def test_classes_of_other_files_are_not_run(tmp_path: Path) -> None:
    text = "from swarmwright import Chain\nfrom tests.unit.test_steps import Counting\nclass Walk(Counting): pass\n"
    assert load(tmp_path, text, "--end", "4").name == "Walk"


def test_the_digest_is_that_of_the_text(tmp_path: Path) -> None:
    one, same = load(tmp_path, CHAIN), load(tmp_path, CHAIN, name="other.py")
    changed = load(tmp_path, CHAIN + "\n")
    assert one.digest == same.digest != changed.digest


def test_a_run_is_named_by_task_parameters_and_options(tmp_path: Path) -> None:
    one, again = load(tmp_path, CHAIN, "--steps", "4"), load(tmp_path, CHAIN, "--steps=4")
    assert name_of_run(one, {"a": "1", "b": "2"}) == name_of_run(again, {"b": "2", "a": "1"})
    others = [
        name_of_run(one, {"a": "1", "b": "2"}),
        name_of_run(one, {"a": "1"}),
        name_of_run(load(tmp_path, CHAIN, "--steps", "5"), {"a": "1", "b": "2"}),
        name_of_run(load(tmp_path, CHAIN + "#", "--steps", "4"), {"a": "1", "b": "2"}),
    ]
    assert len(set(others)) == 4


# What the author's own code raises

FAULTY = """
from swarmwright import Chain, Phrasing, Question


class Walk(Chain):
    def first(self):
        return START

    def question(self, state):
        return Question((Phrasing("?"),))
"""


def test_an_error_of_the_author_names_its_line(tmp_path: Path) -> None:
    task = load(tmp_path, FAULTY).task
    with pytest.raises(ProcessError) as blamed, blaming(task, lambda: " (at the start)"):
        ChainSteps(task, b"12345678")
    where = f"{tmp_path / 'walk.py'}:7: Walk failed in first: "
    assert str(blamed.value) == f"{where}NameError: name 'START' is not defined (at the start)."


def test_a_method_that_is_missing_is_named(tmp_path: Path) -> None:
    task = load(tmp_path, CHAIN).task
    steps = ChainSteps(task, b"12345678")
    with pytest.raises(ProcessError, match=r"Walk has no question\(\)\."), blaming(task):
        steps.start()


def test_a_method_with_other_parameters_is_named(tmp_path: Path) -> None:
    task = load(tmp_path, FAULTY.replace("def question(self, state)", "def question(self)").replace("START", "0")).task
    steps = ChainSteps(task, b"12345678")
    said = r"Walk cannot be called as it must be: TypeError: .*question\(\) takes 1"
    with pytest.raises(ProcessError, match=said), blaming(task):
        steps.start()


def test_an_error_that_is_not_the_author_s_is_left_alone(tmp_path: Path) -> None:
    task = load(tmp_path, CHAIN).task
    error = KeyError("ours")
    assert explain_fault(error, task) == ""
    with pytest.raises(KeyError), blaming(task):
        raise error
