"""The forager: what the colony answers in a build, in a real sandbox."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.colony.colony import Body, Colony, Harvest
from swarmwright.colony.doubts import Doubts, doubts_of
from swarmwright.colony.efforts import Foraging
from swarmwright.construct.forager import Foraged, Forager, flag_of
from swarmwright.ledger.events import (
    IDLE,
    LIKELY_CHANCE,
    UNQUOTED,
    UNRANKED,
    UNREAD,
    UNSEPARATED,
    UNSTABLE,
    UNSTATED,
    UNUSED,
)
from swarmwright.spec.reader import read_spec
from swarmwright.verify.examine import Examiner

pytestmark = pytest.mark.sandbox
HEAD = '"""Small."""\n\nfrom icontract import ensure, require\n\n\n'


def foraged(tmp_path: Path, source: str, **limits: float) -> tuple[Foraged, ...]:
    (tmp_path / "small.py").write_text(HEAD + source)
    spec = read_spec(tmp_path / "small.py")
    foraging = Foraging(**{"seconds": 60.0, "agents": 1_000_000, **limits})  # type: ignore[arg-type]

    async def ask() -> tuple[Foraged, ...]:
        sandbox = open_sandbox()
        examiner = await Examiner.open(spec, sandbox)
        colony = Colony(spec, sandbox)
        try:
            forager = Forager(spec, examiner, colony, foraging)
            return (await forager.foray(spec.units()[0], None, {}, count=8)).answers
        finally:
            await colony.close()
            await examiner.close()

    return asyncio.run(ask())


SPREAD = '''
@require(lambda xs: len(xs) > 0)
def spread(xs: list[int]) -> int:
    """Tell how far the largest number is from the smallest.

    >>> spread([3, 9, 4])
    6
    >>> spread([5])
    0
    >>> spread([-2, 2])
    4
    >>> spread([10, 7, 7, 1])
    9
    """
    ...
'''


@pytest.mark.parametrize(
    ("quoted", "body", "flag"),
    [
        (("://",), "return a.split('/')[2]", UNQUOTED),
        (("://",), "return a.split('://')[1]", ""),
        (("(", ")"), "return a.count('(')", ""),
        (("-",), "return str(a)", ""),
        (("-",), "return a", UNQUOTED),
        (("/",), "return half(a)", ""),
    ],
)
def test_what_the_prose_quotes_must_stand_in_a_body(quoted: tuple[str, ...], body: str, flag: str) -> None:
    assert Doubts(("a",), functions=("half",), quoted=quoted).of(body) == flag


def test_what_is_found_is_a_proposal_and_says_how_it_was_found(tmp_path: Path) -> None:
    (one,) = foraged(tmp_path, SPREAD)
    assert one.body == "return max(xs) - min(xs)"
    assert one.flag == ""
    assert "agents" in one.detail
    assert "trail: subtract, largest, smallest" in one.detail


def test_too_few_agents_find_nothing_and_say_so(tmp_path: Path) -> None:
    (one,) = foraged(tmp_path, SPREAD, agents=50)
    assert (one.body, one.flag) == ("", IDLE)
    assert one.detail.startswith("the colony found nothing among ")


def test_what_was_not_told_from_its_rivals_does_not_vote(tmp_path: Path) -> None:
    found = foraged(tmp_path, SPREAD, beyond=12, agents=300_000)
    assert [one.flag for one in found] == [UNSEPARATED] * len(found) != []


def test_what_no_single_example_holds_up_votes_without_all_its_rivals(tmp_path: Path) -> None:
    more = "    >>> spread([1, 8, 8, 6])\n    7\n    >>> spread([2, 2, 14])\n    12\n"
    stable = SPREAD.replace("    >>> spread([5])\n", f"{more}    >>> spread([5])\n")
    # Enough to try all that is cheaper, and not enough for all that is a little dearer.
    found = [foraged(tmp_path, source, agents=80_000) for source in (SPREAD, stable)]
    assert [[one.body for one in some] for some in found] == [["return max(xs) - min(xs)"]] * 2
    assert [some[0].flag for some in found] == [UNSEPARATED, ""]
    assert "the same without any one example" in found[1][0].detail


def harvest(
    *, support: int, examples: int, separated: bool, solid: bool = True, bodies: int = 1, cost: int = 9, bits: float = 9
) -> Harvest:
    body = Body("return 1", cost, bits, solid, (), support=support)
    return Harvest((body,) * bodies, complete=10, separated=separated, examples=examples)


@pytest.mark.parametrize(
    ("found", "flag"),
    [
        (harvest(support=0, examples=5, separated=False), ""),
        (harvest(support=0, examples=4, separated=False), UNSEPARATED),
        (harvest(support=0, examples=5, separated=False, bodies=2), UNSEPARATED),
        (msgspec.structs.replace(harvest(support=0, examples=5, separated=True), overshadowed=True), UNSEPARATED),
        (harvest(support=0, examples=5, separated=False, solid=False), ""),
        (harvest(support=0, examples=5, separated=False, solid=False, cost=11), LIKELY_CHANCE),
        (harvest(support=0, examples=5, separated=False, cost=11), UNSEPARATED),
        (harvest(support=0, examples=5, separated=False, cost=11, bits=20), ""),
        (harvest(support=1, examples=5, separated=False, cost=11, bits=20), UNSEPARATED),
        (harvest(support=1, examples=5, separated=False, solid=False), LIKELY_CHANCE),
        (harvest(support=1, examples=5, separated=True), ""),
        (harvest(support=1, examples=4, separated=True), UNSTABLE),
        (harvest(support=1, examples=4, separated=True, bits=12), ""),
        (harvest(support=2, examples=4, separated=True, bits=12), UNSTABLE),
        (harvest(support=2, examples=5, separated=True), UNSTABLE),
        (harvest(support=2, examples=5, separated=True, bits=12), ""),
        (harvest(support=2, examples=10, separated=True), ""),
        (harvest(support=2, examples=10, separated=False), UNSEPARATED),
        (harvest(support=3, examples=30, separated=True), UNSTABLE),
        (harvest(support=1, examples=2, separated=True), UNSTABLE),
        (harvest(support=0, examples=2, separated=True), UNSTABLE),
        (harvest(support=0, examples=3, separated=True, bodies=3), ""),
    ],
)
def test_what_hangs_on_single_examples_does_not_vote(found: Harvest, flag: str) -> None:
    assert flag_of(found) == flag


def test_what_may_be_chance_does_not_vote(tmp_path: Path) -> None:
    source = '''
def odd_one(text: str) -> bool:
    """Tell something of a text.

    >>> odd_one("abc")
    True
    >>> odd_one("ba")
    False
    """
    ...
'''
    found = foraged(tmp_path, source, agents=100_000)
    assert found
    assert {one.flag for one in found} <= {LIKELY_CHANCE, IDLE, UNSTATED}


def test_postconditions_are_examples_without_end(tmp_path: Path) -> None:
    source = '''
@ensure(lambda a, b, result: result >= a and result >= b)
def upper(a: int, b: int) -> int:
    """Give a number that is one of the two, and no smaller than the other.

    >>> upper(3, 3)
    3
    >>> upper(0, 7)
    7
    >>> upper(2, 5)
    5
    """
    ...
'''
    found = foraged(tmp_path, source)
    assert found[0].body == "return max(a, b)"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            'def f(x: bytes) -> bytes:\n    """Give it back.\n\n    >>> f(b"a")\n    b\'a\'\n    """\n    ...\n',
            "kinds of",
        ),
        ('def f(*xs: int) -> int:\n    """Add.\n\n    >>> f(1, 2)\n    3\n    """\n    ...\n', "any number"),
        ('def f(x: int) -> None:\n    """Print.\n\n    >>> f(1)\n    """\n    ...\n', "plain calls"),
    ],
)
def test_what_the_colony_does_not_know_it_says(tmp_path: Path, source: str, said: str) -> None:
    (one,) = foraged(tmp_path, source)
    assert (one.body, one.flag) == ("", IDLE)
    assert said in one.detail


def test_contracts_over_several_lines_defaults_and_functions_that_look_alike(tmp_path: Path) -> None:
    source = '''
def is_vowel(c: str) -> bool:
    """Tell whether a letter is a vowel."""
    return c in "aeiou"


def is_sign(c: str) -> bool:
    """Tell whether a character is no letter."""
    return not c.isalpha()


@ensure(
    lambda text, more, result: result >= more
    and result <= len(text) + more
)
def signs(text: str, more: int = 0) -> int:
    """Count the characters that are no letters, as `is_sign` tells, and add `more`.

    >>> signs("a-b!")
    2
    >>> signs("eee")
    0
    >>> signs("?.x.", 1)
    4
    >>> signs("xyz", 20)
    20
    >>> signs("u1u2u3")
    3
    """
    ...
'''
    found = foraged(tmp_path, source)
    assert "is_sign(" in found[0].body
    assert "more" in found[0].body


def test_hostile_given_code_ends_the_search_and_nothing_else(tmp_path: Path) -> None:
    source = '''
def trap(n: int) -> int:
    """A given function that never comes back."""
    while True:
        n += 1


def f(n: int) -> int:
    """Give twice the number.

    >>> f(2)
    4
    >>> f(5)
    10
    >>> f(-3)
    -6
    >>> f(0)
    0
    """
    ...
'''
    found = foraged(tmp_path, source)
    assert found[0].body in ("return n + n", "return n * 2")


def test_what_never_looks_at_a_field_that_the_prose_names_does_not_vote(tmp_path: Path) -> None:
    source = '''
from dataclasses import dataclass


@dataclass(frozen=True)
class Plant:
    """A plant, and the days that it can wait."""

    name: str
    days: int


def thirsty(plants: list[Plant]) -> list[str]:
    """List the names of the plants that can wait for fewer days than a week.

    >>> thirsty([Plant("rose", 3), Plant("fern", 1)])
    ['rose', 'fern']
    >>> thirsty([Plant("ivy", 2)])
    ['ivy']
    >>> thirsty([])
    []
    >>> thirsty([Plant("moss", 4), Plant("lily", 5), Plant("fig", 6)])
    ['moss', 'lily', 'fig']
    """
    ...
'''
    found = foraged(tmp_path, source, agents=300_000)
    assert found[0].body == "return [x.name for x in plants]"
    assert [one.flag for one in found if one.body] == [UNREAD] * len(found)


FIND = '''
def first_above(numbers: list[int], limit: int) -> int | None:
    """Return the first of the numbers that is larger than the limit; None if there is none.

    >>> first_above([3, 9, 4], 3)
    9
    >>> first_above([5], 5) is None
    True
    >>> first_above([], 0) is None
    True
    >>> first_above([7, -2, 12], -3) == 7
    True
    >>> first_above([1, 7, 10], 8)
    10
    >>> first_above([4, 2], 9) is None
    True
    """
    ...
'''


def test_examples_that_compare_a_call_are_read_as_what_it_gives(tmp_path: Path) -> None:
    (one, *_) = foraged(tmp_path, FIND)
    assert one.body == "return next((x for x in numbers if limit < x), None)"


SHIFTED = '''
def shifted(number: int) -> int:
    """Return a number, moved up{stated}.

    >>> shifted(1)
    8
    >>> shifted(0)
    7
    >>> shifted(10)
    17
    >>> shifted(-3)
    4
    """
    ...
'''


def test_a_number_that_only_results_show_makes_no_vote(tmp_path: Path) -> None:
    found = foraged(tmp_path, SHIFTED.replace("{stated}", ""))
    assert all(one.flag for one in found)
    (one, *_) = foraged(tmp_path, SHIFTED.replace("{stated}", " by 7"))
    assert ("7" in one.body, one.flag) == (True, "")


@pytest.mark.parametrize(
    ("body", "flag"),
    [
        ("return a + b", ""),
        ("return a", UNREAD),
        ("return a + b * 12", UNSTATED),
        ("return a + b * 7", ""),
        ("return a if b > 1 else -b", UNSTATED),
        ("return a if b > -7 else 0", ""),
        ("return a if b else 1", ""),
        ("return a if str(b) < 'k' else 1", UNSTATED),
        ("return a if str(b) == 'seven' else 1", ""),
    ],
)
def test_doubts_name_what_a_body_leaves_out_or_makes_up(body: str, flag: str) -> None:
    assert Doubts(("a", "b"), numbers=(7,), said="the numbers of seven days").of(body) == flag


def test_a_function_that_is_to_be_used_must_be_called() -> None:
    doubts = Doubts(("a",), used=("half",))
    assert (doubts.of("return a // 2"), doubts.of("return half(a)")) == (UNUSED, "")


def test_what_goes_on_and_on_needs_a_loop() -> None:
    doubts = Doubts(("xs",), goes_on=True)
    assert doubts.of("return xs[:1] + xs[1:]") == UNREAD
    assert doubts.of("return xs[::2]") == doubts.of("return [x for x in xs]") == ""


@pytest.mark.parametrize(
    ("body", "flag"),
    [
        ("return xs.count(xs[0])", UNRANKED),
        ("return len({len(x) for x in xs})", UNRANKED),
        ("return max(xs.count(x) for x in xs)", ""),
        ("return sorted(xs)[-1]", ""),
        ("return next(x for x in xs if x > 0)", ""),
        ("result = 0\nfor x in xs:\n    if x > result:\n        result = x\nreturn result", ""),
    ],
)
def test_the_most_of_many_is_ranked(body: str, flag: str) -> None:
    assert Doubts(("xs",), ranks=True).of(body) == flag


@pytest.mark.parametrize(
    ("prose", "ranks"),
    [
        ("Tell how many show the number that the most of them show.", True),
        ("Tell at which counter the fewest people wait.", True),
        ("Return at most three of them.", False),
        ("Round to the nearest ten.", False),
        ("Add most of the parts.", False),
    ],
)
def test_superlatives_ask_for_a_comparison(tmp_path: Path, prose: str, ranks: bool) -> None:
    told = f'def f(xs: list[int]) -> int:\n    """{prose}\n\n    >>> f([1])\n    1\n    """\n    ...\n'
    (tmp_path / "small.py").write_text(HEAD + told)
    spec = read_spec(tmp_path / "small.py")
    assert doubts_of(spec, spec.units()[0]).ranks is ranks


def test_a_text_that_only_a_call_in_the_prose_shows_is_not_named(tmp_path: Path) -> None:
    told = 'Give the list with the word "top" in it.\n\n    chosen(["hi"], ["hI"]) -> ["hI"]'
    source = f'def chosen(a: list[str], b: list[str]) -> list[str]:\n    """{told}\n    """\n    ...\n'
    (tmp_path / "small.py").write_text(HEAD + source)
    spec = read_spec(tmp_path / "small.py")
    doubts = doubts_of(spec, spec.units()[0])
    assert doubts.of("return b if 'hI' in b else a") == UNSTATED
    assert doubts.of("return b if 'top' in b else a") == ""
