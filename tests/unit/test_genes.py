"""Genes: what bodies share, which productions they are made of, what spreads, and what is kept."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from swarmwright.cli import app
from swarmwright.colony.epidemic import BLOCK, Contagion, Epidemic, blocks_of, fits
from swarmwright.colony.experience import LIKELY, UNLIKELY, productions_in, weights_from
from swarmwright.colony.expressions import SEEN, Seen, instrument, pieces, places
from swarmwright.colony.genes import block_of, lay_over, match, mine
from swarmwright.colony.grammar import Production, load_grammar, read_productions
from swarmwright.colony.inside.kinds import text_of
from swarmwright.colony.inside.observing import kind_of_value, merged
from swarmwright.colony.keeping import (
    GENES_NAME,
    STATISTICS_NAME,
    Genome,
    Lesson,
    Use,
    grammar_with,
    idle,
    learned,
    load_genome,
    save_genome,
    toml_of,
    weights_of_uses,
    without,
)
from swarmwright.config.genes import Inherited, genes_folder, inherit, option_of
from swarmwright.config.settings import COLONY, Config
from swarmwright.construct.forager import OFFERED
from swarmwright.construct.spreading import offered_in
from swarmwright.errors import ConfigError
from swarmwright.spec.reader import read_spec
from swarmwright.spec.values import Unit

GRAMMAR = load_grammar()


def seen(unit: str, body: str, **values: Any) -> Seen:
    """Return a body with the kinds that its expressions give for these arguments."""
    told: dict[int, Any] = {}

    def tell(number: int, value: Any) -> Any:
        kind = kind_of_value(value, {})
        told[number] = merged(told[number], kind) if number in told else kind
        return value

    inner = "\n".join(f"    {line}" for line in instrument(body).splitlines())
    space: dict[str, Any] = {SEEN: tell}
    exec(f"def f({', '.join(values)}):\n{inner}", space)
    space["f"](**values)
    kinds = [told.get(number) for number, _ in enumerate(places(ast.parse(body)))]
    texts = [text_of(kind) if kind else "" for kind in kinds]
    return Seen(unit, body, tuple(values), tuple("" if "?" in text else text for text in texts))


def expression(text: str, **values: Any) -> ast.expr:
    (piece, *_) = pieces(seen("u", f"return {text}", **values), 1)
    return piece.root


SPREAD = seen("m.spread", "return max(xs) - min(xs)", xs=[1, 2])
CALM = seen("m.calm", "return max(row) - min(row) <= most", row=[3], most=2)
TEXTS = seen("m.texts", "return max(words) < max(others)", words=["a"], others=["b"])


def test_what_two_units_share_is_a_gene() -> None:
    (gene,) = mine([SPREAD, CALM], GRAMMAR)
    assert (gene.production.python, gene.production.takes, gene.production.gives) == (
        "max(a) - min(a)",
        ("list[int]",),
        "int",
    )
    assert gene.units == ("m.calm", "m.spread")


def test_what_one_unit_says_twice_is_none() -> None:
    twice = seen("m.one", "return (max(xs) - min(xs)) * (max(ys) - min(ys))", xs=[1], ys=[2])
    assert mine([twice], GRAMMAR) == ()


def test_what_the_grammar_has_already_is_no_gene() -> None:
    even, third = (seen(f"m.u{k}", f"return x % {k} == 0", x=4) for k in (2, 3))
    assert mine([even, third], GRAMMAR) == ()
    without_divisible = [one for one in GRAMMAR if one.name != "divisible"]
    bodies = [seen(f"m.v{k}", f"return xs[0] % {k} == 0 and k < 9", xs=[4], k=2) for k in range(2, 8)]
    assert any("% b == 0" in gene.production.python for gene in mine(bodies, without_divisible))


def test_kinds_that_differ_are_a_letter_that_stands_for_no_other() -> None:
    numbers = seen("m.a", "return sorted(set(xs))[0]", xs=[3, 1])
    texts = seen("m.b", "return sorted(set(words))[0]", words=["b"])
    production = mine([numbers, texts], [])[0].production
    assert (production.takes, production.gives) == (("list[T]",), "T")
    assert production.only == {"T": ("int", "str")}


def test_a_dataclass_of_one_specification_is_in_no_gene() -> None:
    kinds = ("int", "int", "int", "Item", "int", "Item", "int")
    bodies = [Seen(f"m.{name}", f"return ({name}.price + {name}.fee) * 2", (name,), kinds) for name in ("one", "other")]
    assert mine(bodies, []) == ()
    assert any(block.takes == ("Item",) for block in blocks_of(bodies[0]))


@pytest.mark.parametrize(
    ("one", "other", "values", "shared"),
    [
        ("max(xs) - 1", "max(ys) - 2", {"xs": [1], "ys": [2]}, "max(a) - b"),
        ("[x + 1 for x in xs]", "[y + k for y in xs]", {"xs": [1], "k": 3}, "[each + a for each in b]"),
        ("xs[1:] + xs[:k]", "xs[2:] + xs[:2]", {"xs": [1, 2], "k": 1}, "a[b:] + a[:c]"),
        ("f'{k}-' + s", "f'{j}-' + s", {"k": 1, "j": 2, "s": "x"}, "f'{a}-' + b"),
    ],
)
def test_expressions_are_laid_over_one_another(one: str, other: str, values: dict[str, Any], shared: str) -> None:
    pattern = lay_over(expression(one, **values), expression(other, **values))
    assert pattern is not None
    assert ast.unparse(pattern.root) == shared
    assert match(pattern.root, expression(one, **values)) is not None


def test_what_is_bound_inside_never_becomes_a_part() -> None:
    one, other = (expression(f"[{what} for x in xs if x > k]", xs=[1, 2], k=0) for what in ("x * x", "x + k"))
    assert lay_over(one, other) is None


@pytest.mark.parametrize(
    "body",
    [
        "return helper(x) + 1",
        "return (y := x + 1) * y",
        "return open(str(x)).read() + 'x'",
        "return x.__class__.__name__ + str(x)",
    ],
)
def test_what_may_not_be_a_block_is_none(body: str) -> None:
    assert blocks_in(body, ("x",)) == []


def test_a_name_that_is_bound_inside_is_no_part_though_a_parameter_is_called_so() -> None:
    assert blocks_in("return [each + x for each in range(x)]", ("x", "each")) == ["[each + a for each in range(a)]"]


def blocks_in(body: str, names: tuple[str, ...]) -> list[str]:
    """Return the blocks of a body all of whose expressions give whole numbers."""
    kinds = ("int",) * len(list(places(ast.parse(body))))
    return [block.python for block in map(block_of, pieces(Seen("m.u", body, names, kinds))) if block]


def test_what_is_no_python_has_no_pieces() -> None:
    assert list(pieces(Seen("m.u", "return (", ("x",), ()))) == []
    with pytest.raises(ValueError, match="return"):
        instrument("return (")


# Which productions bodies are made of


def test_bodies_tell_which_productions_are_likely() -> None:
    body = "total = 0\nfor x in xs:\n    if x > 3:\n        total += x\nreturn total"
    assert {"add", "less"} <= set(productions_in(body, GRAMMAR))
    weights = weights_from([body], GRAMMAR)
    assert weights["add"] == LIKELY
    assert "upper" not in weights
    several = weights_from([body, "return sum(xs)", "return sum(xs[1:])"], GRAMMAR)
    assert several["sum"] == LIKELY
    assert several["upper"] == UNLIKELY


def test_what_is_no_python_says_nothing() -> None:
    assert weights_from(["return (", ""], GRAMMAR) == {}
    assert productions_in("def", GRAMMAR) == {}


# What spreads


def unit(tmp_path: Path, signature: str) -> Unit:
    file = tmp_path / "m.py"
    file.write_text(f'"""M."""\n\n\ndef f({signature}:\n    """Do.\n\n    >>> 1\n    1\n    """\n    ...\n')
    return read_spec(file).units()[0]


def test_a_block_spreads_to_fitting_units_until_its_reach_is_used_up(tmp_path: Path) -> None:
    rows = unit(tmp_path, "rows: list[list[int]]) -> int")
    epidemic = Epidemic(GRAMMAR, Contagion(reach=2, growth=1))
    epidemic.delivered(SPREAD)
    (block,) = epidemic.offer(rows)
    assert block.name.startswith(BLOCK)
    assert block.python == "max(a) - min(a)"
    assert epidemic.offer(unit(tmp_path, "text: str) -> str")) == ()
    epidemic.searched({block.name}, ())
    assert epidemic.offer(rows)
    epidemic.searched({block.name}, ())
    assert epidemic.offer(rows) == ()


def test_a_block_that_helps_is_cheaper_and_reaches_farther(tmp_path: Path) -> None:
    rows = unit(tmp_path, "rows: list[list[int]]) -> int")
    epidemic = Epidemic(GRAMMAR, Contagion(reach=1, growth=2))
    epidemic.delivered(SPREAD)
    (before,) = epidemic.offer(rows)
    epidemic.searched({before.name}, {before.name})
    for _ in range(2):
        (after,) = epidemic.offer(rows)
        assert after.cost < before.cost
        epidemic.searched({after.name}, ())
    assert len(epidemic.offer(rows)) == 1
    epidemic.searched({after.name}, ())
    assert epidemic.offer(rows) == ()


def test_the_same_events_spread_the_same(tmp_path: Path) -> None:
    rows = unit(tmp_path, "rows: list[list[int]], most: int) -> bool")

    def run() -> list[tuple[Production, ...]]:
        epidemic = Epidemic(GRAMMAR)
        offers = []
        for one in (SPREAD, TEXTS, CALM):
            epidemic.delivered(one)
            offers.append(epidemic.offer(rows))
            epidemic.searched({block.name for block in offers[-1]}, {block.name for block in offers[-1][:1]})
        return offers

    assert run() == run()
    assert len(run()[-1]) > 1


def test_blocks_of_other_kinds_do_not_fit(tmp_path: Path) -> None:
    (block,) = blocks_of(SPREAD)
    assert fits(block, unit(tmp_path, "xs: list[int]) -> int"))
    assert not fits(block, unit(tmp_path, "prices: dict[str, float]) -> float"))


def test_what_a_search_says_it_was_offered_is_read_back() -> None:
    detail = f"found among 9 agents; trail: {BLOCK}max-1a, add x2{OFFERED}{BLOCK}max-1a, {BLOCK}min-2b"
    assert offered_in(detail) == ({f"{BLOCK}max-1a", f"{BLOCK}min-2b"}, {f"{BLOCK}max-1a"})
    assert offered_in("the colony found nothing") == (frozenset(), frozenset())


# What is kept

LESSON = Lesson(mine([SPREAD, CALM], GRAMMAR), (("subtract", "largest"), ("subtract",)), {}, {}, "2026-01-31")
NAME = LESSON.genes[0].production.name


def test_genes_are_kept_as_productions_anybody_can_read(tmp_path: Path) -> None:
    genome = learned(Genome(), LESSON)
    save_genome(tmp_path, genome)
    assert load_genome(tmp_path) == genome
    assert genome.uses[NAME] == Use(units=("m.calm", "m.spread"), since="2026-01-31")
    assert genome.uses["subtract"].delivered == 2
    assert load_grammar([tmp_path])[-1] == genome.genes[0]
    assert grammar_with(genome)[-1] == genome.genes[0]


def test_a_second_build_adds_to_the_first(tmp_path: Path) -> None:
    more = msgspec.structs.replace(LESSON, offered={NAME: 3}, solved={NAME: 1}, day="2026-02-01")
    genome = learned(learned(Genome(), LESSON), more)
    assert len(genome.genes) == 1
    use = genome.uses[NAME]
    assert (use.offered, use.solved, use.since) == (3, 1, "2026-01-31")
    assert genome.bodies == 4


def test_every_production_is_written_as_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_text("".join(map(toml_of, GRAMMAR)))
    assert read_productions(file) == GRAMMAR


def test_after_many_bodies_what_they_are_made_of_weighs() -> None:
    assert weights_of_uses(Genome(bodies=3), GRAMMAR) == {}
    uses = {"add": Use(delivered=10), "sum": Use(delivered=1)}
    weights = weights_of_uses(Genome(uses=uses, bodies=40), GRAMMAR)
    assert weights["add"] == -1
    assert "sum" not in weights
    assert weights["upper"] == 1


def test_genes_that_nobody_needs_are_idle() -> None:
    genome = learned(Genome(), msgspec.structs.replace(LESSON, offered={NAME: 50}))
    assert idle(genome) == (NAME,)
    assert without(genome, [NAME]).genes == ()
    assert NAME not in without(genome, [NAME]).uses
    assert idle(learned(genome, msgspec.structs.replace(LESSON, solved={NAME: 1}))) == ()


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (GENES_NAME, "[[production", "TOML"),
        (GENES_NAME, toml_of(Production("gene-x", "eval(a)", ("str",), "int")), "names 'eval'"),
        (GENES_NAME, toml_of(Production("gene-x", "a.__class__", ("str",), "int")), "names '__class__'"),
        (GENES_NAME, toml_of(Production("gene-x", "len(a)", ("str",), "int", inner="open(a)")), "names 'open'"),
        (STATISTICS_NAME, "{", "genes prune --all"),
        (STATISTICS_NAME, '{"format": 99, "bodies": 0, "uses": {}}', "another version"),
    ],
)
def test_a_faulty_file_is_refused_in_one_sentence(tmp_path: Path, file: str, text: str, said: str) -> None:
    (tmp_path / file).write_text(text)
    with pytest.raises(ConfigError, match=said):
        load_genome(tmp_path)


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be kept"):
        save_genome(tmp_path / "file" / "genes", Genome())


# The command


def said(*words: str) -> str:
    result = CliRunner().invoke(app, ["genes", *words])
    return result.output + (str(result.exception) if result.exception else "")


def test_genes_are_listed_shown_and_pruned(tmp_path: Path) -> None:
    folder = ("--folder", str(tmp_path))
    assert "0 genes from 0 bodies" in said(*folder)
    save_genome(tmp_path, learned(Genome(), LESSON))
    assert "max(a) - min(a)" in said(*folder)
    assert "from m.calm, m.spread" in said(*folder, "show", NAME)
    assert "no such gene" in said(*folder, "show", "gene-none")
    assert "0 genes forgotten" in said(*folder, "prune")
    assert "no such gene" in said(*folder, "prune", "gene-none")
    assert "1 genes forgotten" in said(*folder, "prune", NAME)
    assert load_genome(tmp_path).genes == ()
    (tmp_path / STATISTICS_NAME).write_text("{")
    assert "Nothing is kept" in said(*folder, "prune", "--all")
    assert load_genome(tmp_path) == Genome()


# What a build inherits


def test_a_build_inherits_only_where_it_wants_to_and_has_a_colony(tmp_path: Path) -> None:
    save_genome(tmp_path, learned(Genome(), LESSON))
    wants = Config(genes=True, genes_folder=str(tmp_path))
    assert [gene.name for gene in inherit(wants, [COLONY]).genes] == [NAME]
    assert inherit(wants, []) == Inherited()
    assert inherit(msgspec.structs.replace(wants, genes=False), [COLONY]) == Inherited()
    assert inherit(wants, [COLONY]).grammar([])[-1].name == NAME
    assert option_of(Inherited()) == {}
    assert msgspec.json.decode(option_of(inherit(wants, [COLONY]))["genes"], type=Inherited) == inherit(wants, [COLONY])


def test_weights_change_what_productions_cost() -> None:
    plain = {one.name: one.cost for one in GRAMMAR}
    heavy = {one.name: one.cost for one in Inherited(weights={"add": -1, "sum": 1, "upper": -40}).grammar([])}
    assert heavy["add"] == plain["add"] - 1
    assert heavy["sum"] == plain["sum"] + 1
    assert heavy["upper"] == 1


def test_genes_lie_where_the_settings_say(tmp_path: Path) -> None:
    assert genes_folder(str(tmp_path)) == tmp_path
    assert genes_folder().name == "genes"
