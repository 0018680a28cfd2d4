"""The colony's grammar: what files may say, and the kinds that productions are made concrete for."""

from __future__ import annotations

from pathlib import Path

import pytest

from swarmwright.colony.grammar import load_grammar
from swarmwright.colony.inside.kinds import BOOL, INT, STR, Row, inward, kind_of, outward, text_of
from swarmwright.colony.inside.steps import FAILED, make_loop, steps_for
from swarmwright.errors import ConfigError


def test_our_own_productions_have_different_names() -> None:
    names = [production.name for production in load_grammar()]
    assert len(names) == len(set(names)) > 100


def test_a_file_of_the_users_adds_productions_and_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[production]]\nname = "twice"\npython = "a * 2"\ntakes = ["int"]\ngives = "int"\n\n'
        '[[production]]\nname = "length"\npython = "len(a)"\ntakes = ["list[T]"]\ngives = "int"\ncost = 9\n'
    )
    found = {production.name: production for production in load_grammar([tmp_path])}
    assert found["twice"].cost == 2
    assert found["length"].cost == 9


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[production", "no valid TOML|not valid TOML"),
        ('[[production]]\nname = "x"\n', "python"),
        ('[[production]]\nname = "x"\npython = "a +"\ntakes = ["int"]\ngives = "int"\n', "no Python expression"),
        ('[[production]]\nname = "x"\npython = "a + b"\ntakes = ["int"]\ngives = "int"\n', "must use its parts"),
        ('[[production]]\nname = "x"\npython = "1"\ntakes = ["int"]\ngives = "int"\n', "must use its parts"),
        ('[[production]]\nname = "x"\npython = "a"\ntakes = ["int"]\ngives = "int"\ncolour = 1\n', "colour"),
    ],
)
def test_a_faulty_production_is_refused_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bad.toml").write_text(text)
    with pytest.raises(ConfigError, match=said) as refused:
        load_grammar([tmp_path])
    assert "bad.toml" in str(refused.value)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        load_grammar([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    "text", ["int", "list[int]", "dict[str, list[int]]", "tuple[int, str]", "tuple[int, ...]", "int | None", "set[str]"]
)
def test_an_annotation_is_read_and_written_again(text: str) -> None:
    kind = kind_of(text, {})
    assert kind is not None
    assert text_of(kind) == text


@pytest.mark.parametrize(
    "text", ["Any", "int | str", "Callable[[int], int]", "list", "bytes", "dict[str]", "=", "None | None"]
)
def test_kinds_that_the_colony_does_not_know_are_none(text: str) -> None:
    assert kind_of(text, {}) is None


def test_values_go_in_and_come_out_as_they_were() -> None:
    kind = kind_of("dict[str, list[tuple[int, set[int]]]]", {})
    assert kind is not None
    value = {"a": [(1, {2, 3})], "b": []}
    assert inward(value) == Row(a=((1, frozenset({2, 3})),), b=())
    assert hash(inward(value)) == hash(inward({"b": [], "a": [(1, {3, 2})]}))
    assert outward(inward(value), kind) == value


def test_steps_are_made_for_the_kinds_that_are_there_and_lead_somewhere() -> None:
    steps = {(step.production.name, step.takes) for step in steps_for(load_grammar(), [("list", INT)], INT)}
    assert ("sum", (("list", INT),)) in steps
    assert ("less", (INT, INT)) in steps
    assert not any(name == "upper" for name, _ in steps)


def tried(name: str, *columns: list[tuple[object, ...]], once: bool = False) -> tuple[list[object], list[object]]:
    production = next(one for one in load_grammar() if one.name == name)
    parts: list[object] = []
    for column in columns:
        parts += [column, 0]
    new: list[object] = []
    late: list[object] = []
    loop = make_loop(production, len(columns[0][0]), {})
    loop(*parts, set(), new, [], [], [], late, lambda _: False, once)
    return new, late


def test_a_loop_tries_every_pair_and_keeps_each_behaviour_once() -> None:
    new, late = tried("add", [(1, 2), (0, 0)], [(1, 2), (0, 0)])
    assert new == [(2, 4), (1, 2), (0, 0)]
    assert late == []


def test_equal_columns_of_a_commuting_step_need_each_pair_once() -> None:
    column = [(1, 2), (10, 20), (5, 5)]
    new, _ = tried("multiply", column, column, once=True)
    assert sorted(new) == sorted({(1, 4), (10, 40), (5, 10), (100, 400), (50, 100), (25, 25)})


def test_what_fails_on_some_inputs_is_kept_apart_and_what_fails_on_all_is_not_kept() -> None:
    new, late = tried("floor-divide", [(6, 8)], [(2, 0), (0, 0)])
    assert new == []
    assert [value for value, *_ in late] == [(3, FAILED)]


def test_nothing_can_be_done_with_a_failed_value() -> None:
    assert tried("equal-values", [(FAILED, 3)], [(3, 3)])[1] == [((FAILED, True), 0, 0, -1)]
    assert tried("pair", [(FAILED, 1)], [(2, 2)])[1] == [((FAILED, (1, 2)), 0, 0, -1)]
    for use in (bool, str, len, iter, lambda one: one == 1, lambda one: f"{one}"):
        with pytest.raises(ValueError):
            use(FAILED)


def test_results_do_not_grow_without_end() -> None:
    assert tried("repeat", [("ab" * 100,)], [(3,)]) == ([], [])
    assert tried("power", [(10,)], [(400,)]) == ([], [])
    assert tried("multiply", [(1 << 60,)], [(1 << 60,)]) == ([], [])
    assert tried("range", [(10**9,)]) == ([], [])


def test_kinds_of_conditions_and_texts() -> None:
    steps = steps_for(load_grammar(), [STR], BOOL)
    assert {step.production.name for step in steps} >= {"starts-with", "both", "not", "words"}
