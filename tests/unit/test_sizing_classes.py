from __future__ import annotations

import itertools
import json
import math
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from swarmwright.cli import app
from swarmwright.errors import UsageError
from swarmwright.voting.checkers import Checker
from swarmwright.voting.choosing import choose_k
from swarmwright.voting.classes import Prices, StepClass, measured_pairs, measured_shares
from swarmwright.voting.correlation import Voter
from swarmwright.voting.outlook import probability, size
from swarmwright.voting.pairs import Pairs
from swarmwright.voting.sizing import all_succeed, expected_votes, k_min, run_success

STEPS = 2**20 - 1


def known(name: str, steps: int, p: float, usd: float = 0.0, **more: float) -> StepClass:
    return StepClass(name, steps, Voter(p, **more), (), Prices(usd))


def cost(classes: list[StepClass], ks: tuple[int, ...]) -> float:
    priced = any(one.prices.sample_usd for one in classes)
    return sum(
        (one.prices.sample_usd if priced else 1.0) * one.steps * expected_votes(one.voter.p, k)
        for one, k in zip(classes, ks, strict=True)
    )


def success(classes: list[StepClass], ks: tuple[int, ...]) -> float:
    return math.prod(run_success(one.voter.p, k, one.steps) for one, k in zip(classes, ks, strict=True))


# Choosing


def test_one_class_gets_the_least_k() -> None:
    assert choose_k([known("", STEPS, 0.9978)], 0.95, safe=True) == (3,)
    assert choose_k([known("", 10, 0.5)], 0.95, safe=True) is None


@pytest.mark.parametrize("seed", range(12))
def test_the_choice_is_the_cheapest_of_all_that_reach_the_target(seed: int) -> None:
    rng = random.Random(seed)
    classes = [
        known(str(at), 10 ** rng.randint(0, 6), rng.uniform(0.7, 0.999), rng.choice([0.0, 1.0]) * rng.uniform(0.1, 9))
        for at in range(3)
    ]
    if any(one.prices.sample_usd for one in classes):
        classes = [known(c.name, c.steps, c.voter.p, c.prices.sample_usd or 0.01) for c in classes]
    chosen = choose_k(classes, 0.95, safe=True)
    assert chosen is not None
    assert success(classes, chosen) >= 0.95 * (1 - 1e-9)
    least = [k_min(one.voter.p, one.steps, 0.95) for one in classes]
    options = itertools.product(*(range(k, k + 8) for k in least))
    cheapest = min(cost(classes, ks) for ks in options if success(classes, ks) >= 0.95)
    assert cost(classes, chosen) <= cheapest * 1.001


def test_many_classes_are_chosen_for_at_once() -> None:
    classes = [known(str(at), 10 ** (at % 6 + 1), 0.9 + 0.004 * at) for at in range(20)]
    chosen = choose_k(classes, 0.95, safe=True)
    assert chosen is not None
    assert success(classes, chosen) >= 0.95 * (1 - 1e-9)
    for at in range(20):
        fewer = tuple(k - (number == at) for number, k in enumerate(chosen))
        assert chosen[at] == 1 or success(classes, fewer) < 0.95


def test_a_run_without_classes_or_with_too_many_is_refused() -> None:
    for classes in ([], [known("", 1, 0.9)] * 65):
        with pytest.raises(ValueError, match="1 to 64 classes"):
            choose_k(classes, 0.9, safe=True)


# The outlook


def test_what_was_counted_is_carried_to_the_end() -> None:
    one = StepClass("", STEPS, *measured_shares(79, 80, Voter(0.5), 0.95))
    run = size([one], 0.95)
    mine = run.classes[0]
    assert (mine.k, mine.k_alone) == (7, (3, 4, 7))
    assert mine.p.low == pytest.approx(0.93231, abs=1e-5)
    assert mine.success.low == pytest.approx(run_success(mine.p.low, 7, STEPS), rel=1e-6)
    assert mine.success.low >= 0.95
    assert mine.calls is not None
    assert mine.calls.low < mine.calls.at < mine.calls.high
    assert run.reached
    assert "unfavourable end" in run.sentence


def test_five_right_answers_out_of_five_are_not_enough_to_know() -> None:
    run = size([StepClass("guess", STEPS, *measured_shares(5, 5, Voter(0.5), 0.95))], 0.95)
    assert not run.safe
    assert "at the likeliest values only" in run.sentence
    assert "class guess has p = 0.4782, and at 0.5 or less" in run.sentence


def test_pairs_leave_room_for_items_that_no_vote_saves() -> None:
    pairs = Pairs(9900, 100, 0)
    run = size([StepClass("", STEPS, *measured_pairs(pairs, Voter(0.5), 0.95))], 0.95)
    assert run.classes[0].k == 4
    assert not run.safe
    assert "of the items has p <= 0.5" in run.sentence
    checked = size([StepClass("", STEPS, *measured_pairs(pairs, Voter(0.5, 0, 1, Checker(0.01)), 0.95))], 0.95)
    assert checked.safe
    assert checked.reached


def test_the_class_that_no_k_saves_is_named() -> None:
    run = size([known("easy", 1000, 0.99), known("hard", 10, 0.5)], 0.95)
    assert not run.reached
    assert [one.k for one in run.classes] == [None, None]
    assert run.sentence == (
        "No k reaches the target of 0.95: class hard has p = 0.5, and at 0.5 or less more votes make it no better."
    )


def test_classes_that_can_only_fail_together_are_told_so() -> None:
    twice = [known(name, STEPS, 0.98, rho=0.0445) for name in ("one", "two")]
    assert size(twice[:1], 0.9).reached
    run = size(twice, 0.9)
    assert not run.reached
    assert "of the items has p <= 0.5" in run.sentence


def test_a_given_k_is_evaluated() -> None:
    run = size([known("", 10**9, 0.995)], 0.95, 4)
    assert not run.reached
    assert run.wrong.at == pytest.approx(0.6377, abs=1e-4)
    ten = size([known("", 10**9, 0.995)], 0.95, 10)
    assert ten.reached
    assert ten.failure.at == pytest.approx(1.027e-14, rel=1e-3)
    assert "probability 1 - 1.03e-14" in ten.sentence


@pytest.mark.parametrize("k", [0, -1, 1 << 21])
def test_a_k_that_is_none_is_refused(k: int) -> None:
    with pytest.raises(ValueError, match="k must be"):
        size([known("", 10, 0.9)], 0.95, k)


def test_the_whole_is_the_product_of_its_classes() -> None:
    run = size([known("a", 1000, 0.9, 0.1), known("b", 10**6, 0.99, 0.2)], 0.9)
    assert run.success.at == pytest.approx(run.classes[0].success.at * run.classes[1].success.at)
    assert run.failure.at == pytest.approx(1 - run.success.at)
    assert run.success.at >= 0.9
    assert run.usd is not None
    assert run.usd.at == pytest.approx(
        cost([known("a", 1000, 0.9, 0.1), known("b", 10**6, 0.99, 0.2)], tuple(one.k or 0 for one in run.classes))
    )


def test_probabilities_show_what_is_missing_to_one() -> None:
    assert probability(0.5, 0.5) == "0.5"
    assert probability(1.0, 1.027e-14) == "1 - 1.03e-14"
    assert probability(1.0, 0.0) == "1"
    assert all_succeed(0.0, 10) == 1.0


# The command


def swarmwright(*words: str) -> Result:
    return CliRunner().invoke(app, ["size", *words])


def test_the_process_ends_with_one_sentence_and_the_right_code() -> None:
    command = (sys.executable, "-c", "from swarmwright.cli import main; main()", "size", "--p", "2", "--steps", "10")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "swarmwright: p must be in [0, 1], not 2.0.\n"


def test_the_command_prints_a_plain_table() -> None:
    done = swarmwright("--p", "0.9978", "--steps", "1_048_575", "--valid", "0.98", "--sample-usd", "0.0001")
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    head, row, sentence = done.stdout.splitlines()
    assert head.split()[:7] == ["steps", "p", "rho", "k", "calls", "cost", "no"]
    assert row.split() == ["1,048,575", "0.9978", "0", "3", "3,224,109", "$322.41", "0.9888", "0.01124"]
    assert sentence == "The target of 0.95 is reached."


def test_the_command_says_the_same_as_json() -> None:
    done = swarmwright("--p", "0.45", "--steps", "10", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 3
    assert found["classes"][0]["k"] is None
    assert found["sentence"].startswith("No k reaches the target of 0.95: the class of steps has p = 0.45")


def test_the_command_prints_the_published_worlds() -> None:
    rows = json.loads(swarmwright("--worlds", "--json").stdout)
    assert [(row["published_k"], row["k"]) for row in rows] == [(k, k) for k in (3, 4, 3, 6, 6, 6, 15, 12, 29)]
    assert "deepseek-v3.1" in swarmwright("--world", "deepseek-v3.1").stdout


def test_the_command_reads_a_file_of_classes(tmp_path: Path) -> None:
    file = tmp_path / "run.toml"
    file.write_text(
        'target = 0.9\n[[classes]]\nname = "compare"\nsteps = 1e6\nright = 2990\nof = 3000\n'
        "[[classes]]\nsteps = 100\np = 0.7\nfalse_accept = 0.1\n"
    )
    done = swarmwright("--classes", str(file))
    assert done.exit_code == 0, done.output
    assert [line.split()[0] for line in done.stdout.splitlines() if not line.startswith(" ")][:4] == [
        "class", "compare", "2", "all",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("classes = [", "Mend the TOML"),
        ("classes = []", "it holds no [[classes]]"),
        ("[[classes]]\nstep = 3\np = 0.9\n", "unknown field `step`"),
        ("[[classes]]\nsteps = 2.5\np = 0.9\n", "write a whole one"),
        ("[[classes]]\nsteps = inf\np = 0.9\n", "write a whole one"),
        ('[[classes]]\nname = "a"\nsteps = 2\np = 1.5\n', "a: p must be in [0, 1]"),
        ('[[classes]]\nname = "a"\nsteps = 2\nboth_right = 5\n', "a: both-right, one-right and both-wrong belong"),
    ],
)
def test_a_bad_file_of_classes_is_one_sentence(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "run.toml"
    file.write_text(content)
    refused(swarmwright("--classes", str(file)), said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--p 0.9", "Give --steps"),
        ("--steps 10", "in one way how often"),
        ("--p 0.9 --right 3 --steps 10", "in one way how often"),
        ("--right 3 --steps 10", "right and of belong together"),
        ("--right 5 --of 3 --steps 10", "5 of 3 is no count"),
        ("--p nan --steps 10", "p must be in [0, 1], not nan"),
        ("--p 0.9 --steps nan", "nan is no number of steps; write"),
        ("--p 0.9 --steps 1e19", "steps must be at most 1e+18"),
        ("--p 0.9 --steps 10 --target 1", "target must be between 0 and 1"),
        ("--p 0.9 --steps 10 --sample-usd nan", "price of a sample must be a number"),
        ("--world nope", "no world is named nope"),
        ("--world qwen3 --p 0.9", "leave out --p"),
        ("--classes nowhere.toml", "there is no such file"),
        ("--p 0 --false-accept 0 --steps 4", "nothing can ever be voted for"),
        ("--both-right 3 --one-right 1 --both-wrong 0 --rho 0.1 --steps 4", "leave it out"),
    ],
)
def test_bad_usage_is_one_sentence(words: str, said: str) -> None:
    refused(swarmwright(*words.split()), said)


def refused(done: Result, said: str) -> None:
    assert isinstance(done.exception, UsageError)
    assert done.stdout == ""
    assert said in str(done.exception)
    assert len(str(done.exception).splitlines()) == 1
