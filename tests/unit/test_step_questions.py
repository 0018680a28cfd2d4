"""What a step asks: phrasings and their turns, and how an answer becomes a vote or a red flag."""

from __future__ import annotations

import ast
import json
import math
import re
from decimal import Decimal

import msgspec
import pytest

from swarmwright.errors import ProcessError
from swarmwright.plan.questions import (
    Phrasing,
    Question,
    decode_answer,
    encode_answer,
    read_value,
    read_vote,
)


def ask(read=int, **settings) -> Question:
    return Question((Phrasing("How many?", "", read),), **settings)


def test_samples_take_turns_and_the_first_of_each_phrasing_is_cold() -> None:
    question = Question((Phrasing("a"), Phrasing("b"), Phrasing("c")), temperature=0.9)
    assert [question.phrasing(n).prompt for n in range(7)] == ["a", "b", "c", "a", "b", "c", "a"]
    assert [question.heat(n) for n in range(7)] == [0.0, 0.0, 0.0, 0.9, 0.9, 0.9, 0.9]


def test_what_reads_well_is_a_vote_for_the_plain_value() -> None:
    assert read_vote(ask(), 0, " 12 \n").key == b"12"
    assert read_vote(Question((Phrasing("?"),)), 0, " yes\n").key == b'"yes"'


def test_each_phrasing_reads_its_own_answers() -> None:
    question = Question((Phrasing("min", "", int), Phrasing("max", "", lambda text: 13 - int(text))))
    assert read_vote(question, 0, "4").key == read_vote(question, 1, "9").key == read_vote(question, 3, "9").key


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (int, "twelve"),
        (lambda text: {"a": 1}[text], "b"),
        (lambda text: text.split()[3], "one two"),
        (lambda text: 1 // int(text), "0"),
        (lambda text: text + None, "x"),
        (lambda text: None, "anything"),
    ],
)
def test_what_cannot_be_read_is_a_flag(read, text: str) -> None:
    reading = read_vote(ask(read), 0, text)
    assert (reading.key, reading.flag) == (b"", "unreadable")
    assert reading.detail


def test_an_answer_that_was_cut_off_is_a_flag_however_it_reads() -> None:
    reading = read_vote(ask(max_tokens=7), 0, "12", cut=True)
    assert (reading.key, reading.flag) == (b"", "cut off")
    assert "7" in reading.detail


def test_false_empty_and_zero_are_answers() -> None:
    for value in (False, 0, "", [], {}):
        assert read_vote(ask(lambda _, value=value: value), 0, "x").key == encode_answer(value) != b""


def test_a_reader_with_a_mistake_of_its_own_is_no_flag() -> None:
    def read(text: str) -> int:
        raise OSError("the table of names is gone")

    with pytest.raises(ProcessError, match="reader of a 'step' question failed: OSError: the table"):
        read_vote(ask(read), 0, "12")


@pytest.mark.parametrize(
    "value",
    [object(), {1j}, 1j, lambda: 0, math.nan, [1, math.inf], {"a": -math.inf}, "\ud800", [[[]] * 3, None, math.nan]],
)
def test_an_answer_that_is_no_plain_value_is_a_flag(value: object) -> None:
    reading = read_vote(ask(lambda _: value), 0, "x")
    assert (reading.key, reading.flag) == (b"", "unreadable")
    assert "plain value" in reading.detail


@pytest.mark.parametrize(
    "read",
    [
        lambda text: re.match("no", text).group(1),  # type: ignore[union-attr]
        lambda text: ast.literal_eval("3 +"),
        lambda text: next(iter(())),
        lambda text: json.loads("[" * 3000),
    ],
)
def test_whatever_a_reader_raises_at_an_answer_is_a_flag(read) -> None:
    reading = read_vote(ask(read), 0, "x")
    assert (reading.key, reading.flag) == (b"", "unreadable")
    assert len(reading.detail) <= 300


def test_none_inside_an_answer_is_an_answer() -> None:
    assert decode_answer(read_vote(ask(lambda _: [None, 1.5]), 0, "x").key) == [None, 1.5]


def test_a_check_refutes_before_any_vote() -> None:
    question = ask(check=lambda answer: answer < 10)
    assert read_vote(question, 0, "9").key == b"9"
    reading = read_vote(question, 0, "10")
    assert (reading.key, reading.flag) == (b"", "refuted")


def test_a_check_that_stumbles_over_an_answer_refutes_it() -> None:
    reading = read_vote(ask(lambda text: [text], check=lambda answer: answer[1] == "x"), 0, "x")
    assert reading.flag == "refuted"
    assert "IndexError" in reading.detail


def test_a_check_sees_what_the_step_will_be_given() -> None:
    seen: list[object] = []

    def check(answer: object) -> bool:
        seen.append(answer)
        return True

    reading = read_value(ask(check=check), {"move": (1, 2)})
    assert seen == [{"move": [1, 2]}] == [decode_answer(reading.key)]


def test_equal_values_have_equal_keys_however_they_are_written() -> None:
    assert encode_answer({"b": 1, "a": (1, 2)}) == encode_answer({"a": [1, 2], "b": 1})
    assert encode_answer(1) != encode_answer(True) != encode_answer("1")
    assert encode_answer(1) != encode_answer("1")


def test_text_of_every_kind_comes_back_as_it_was() -> None:
    for value in ("žluťoučký \U0001f40e \u2028 \x00", -(2**53), 1.5, [None, True], {"": []}):
        assert decode_answer(encode_answer(value)) == value


def test_text_that_no_file_can_hold_is_named() -> None:
    with pytest.raises(ProcessError, match="plain value"):
        encode_answer("\ud800")


def test_content_is_that_of_what_is_asked() -> None:
    one = Question((Phrasing("a", "b", int),))
    same = Question((Phrasing("a", "b", int),))
    assert one.content == same.content
    assert len(one.content) == 16
    others = [
        Question((Phrasing("a", "c", int),)),
        Question((Phrasing("ab", "", int),)),
        Question((Phrasing("a", "b", int), Phrasing("a", "b", int))),
        Question((Phrasing("a", "b", int),), kind="other"),
        Question((Phrasing("a", "b", int),), max_tokens=33),
        Question((Phrasing("a", "b", int),), temperature=0.6),
        Question((Phrasing("a", "b", int),), stop=()),
        Question((Phrasing("a", "b", float),)),
    ]
    assert len({one.content, *(other.content for other in others)}) == len(others) + 1


def test_readers_that_read_otherwise_are_other_content() -> None:
    def shifted(shift: int) -> Question:
        return Question((Phrasing("?", read=lambda text: int(text) + shift),))

    assert shifted(1).content == shifted(1).content
    assert shifted(1).content != shifted(2).content


@pytest.mark.parametrize(
    "wrong", [{"kind": ["a"]}, {"max_tokens": -3}, {"max_tokens": 0}, {"temperature": "hot"}, {"stop": "\n"}]
)
def test_what_cannot_be_asked_is_refused_at_once(wrong) -> None:
    with pytest.raises(ProcessError, match="question"):
        Question((Phrasing("?"),), **wrong)


@pytest.mark.parametrize("phrasings", [(), Phrasing("?"), ("how many?",), [Phrasing("?")]])
def test_phrasings_that_are_none_are_refused(phrasings) -> None:
    with pytest.raises(ProcessError, match="phrasing"):
        Question(phrasings)


def test_a_perfect_check_must_be_there() -> None:
    with pytest.raises(ProcessError, match="perfect"):
        ask(perfect=True)
    assert ask(perfect=True, check=bool).perfect


def test_numbers_outside_json_are_read_as_such() -> None:
    # A Decimal becomes a text: the check, the step and the ledger all see the same.
    assert msgspec.json.decode(read_vote(ask(Decimal), 0, "1.10").key) == "1.10"
