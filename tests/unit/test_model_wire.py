"""The wire: hostile replies are garbage and nothing else; beginnings, reasoning and tokens are told apart."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from swarmwright.adapters import usage, wire
from swarmwright.adapters.capabilities import Capabilities, refused_parameter, without
from swarmwright.agents.ports import Message, ModelRequest, Sampling

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def reply(**fields: object) -> bytes:
    return json.dumps(fields).encode()


@settings(deadline=None)
@given(st.binary() | PLAIN.map(lambda value: json.dumps(value).encode()))
@example(b'{"choices":' + b"[" * 100_000)
@example(b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b',"choices":[]}')
@example(b'{"choices":[{"message":{"content":"\xff"}}]}')
@example(b'{"choices":[{"message":{"content":"a"},"index":1e999}]}')
def test_anything_at_all_is_garbage_and_nothing_worse(body: bytes) -> None:
    with pytest.raises(ValueError):
        wire.decode(body)
    message, parameter, code = wire.read_refusal(body)
    assert all(isinstance(text, str) for text in (message, parameter, code))
    assert len(wire.excerpt(message)) <= 80
    assert wire.excerpt(message).isprintable()


def test_choices_come_in_their_order() -> None:
    choices = [{"index": index, "message": {"content": str(index)}} for index in (2, 0, 1)]
    assert [choice.text for choice in wire.decode(reply(choices=choices)).choices] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("content", "text", "thought"),
    [
        ("plain", "plain", ""),
        ("<think>a</think>b", "b", "a"),
        ("\n<think>\na\n</think>\n\n    b", "    b", "a"),
        ("a</think>b", "b", "a"),
        ("<think>never ended", "", "never ended"),
        ("x = '<think>'\ny = '</think>'", "x = '<think>'\ny = '</think>'", ""),
    ],
)
def test_reasoning_is_split_off(content: str, text: str, thought: str) -> None:
    assert wire.split_reasoning(content) == (text, thought)


@pytest.mark.parametrize(
    ("answer", "rest", "repeated"),
    [
        ("    return 1\n", "    return 1\n", False),
        ("```python\ndef f(x):\n    return 1\n", "    return 1\n", True),
        ("Sure!\n\n```python\n\ndef f(x):\n    return 1\n", "    return 1\n", True),
        ("def f(x):\n    return 1\n", "    return 1\n", True),
        ("def f(y):\n    return 1\n", "def f(y):\n    return 1\n", False),
        ("", "", False),
    ],
)
def test_a_repeated_beginning_is_taken_off(answer: str, rest: str, repeated: bool) -> None:
    assert wire.without_beginning(answer, "```python\ndef f(x):\n") == (rest, repeated)


@settings(deadline=None)
@given(st.text(), st.lists(st.text(max_size=3), max_size=4))
def test_no_stop_string_is_left(text: str, stops: list[str]) -> None:
    cut, was_cut = wire.cut_at_stop(text, tuple(stops))
    assert text.startswith(cut)
    assert was_cut == (cut != text)
    assert not any(stop and stop in cut for stop in stops)


@settings(deadline=None)
@given(st.integers(1, 10**6), st.lists(st.integers(0, 10**5), min_size=2, max_size=16))
def test_a_count_of_all_is_shared_out_exactly(total: int, sizes: list[int]) -> None:
    choices = tuple(wire.Choice("", "", "stop", size) for size in sizes)
    counts, estimated = usage.tokens_out(wire.Answered(choices, 1, total, False), "all")
    assert sum(counts) == total
    assert min(counts) >= 0
    assert estimated


@pytest.mark.parametrize(
    ("message", "parameter", "refused"),
    [
        ("Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens'.", "max_tokens", "limit"),
        ("max_tokens is too large: 9999. This model supports at most 4096", "max_tokens", ""),
        ("This model's maximum context length is 4097 tokens; reduce max_tokens", "", ""),
        ("the request exceeds the available context size, try increasing it", "", ""),
        ("n_cmpl cannot be greater than the number of slots, please increase -np", "", "choices"),
        ("Only one completion choice is allowed", "", "choices"),
        ("'n' : number must be at most 1", "", "choices"),
        ("Unsupported value: 'temperature' does not support 0.2", "temperature", "temperature"),
        ("Extra inputs are not permitted: seed", "", "seed"),
        ("Invalid 'stop': array too long. Expected maximum length 4", "stop", "stop"),
        ("Something is wrong. Please stop doing that and seed a garden", "", "seed"),
        ("Invalid messages", "messages", ""),
        ("", "", ""),
    ],
)
def test_what_a_refusal_is_about(message: str, parameter: str, refused: str) -> None:
    assert refused_parameter(parameter, message) == refused


def test_leaving_out_comes_to_an_end() -> None:
    for refused in ("limit", "choices", "seed", "temperature", "top_p", "stop", "", "other"):
        known: Capabilities | None = Capabilities()
        for _ in range(10):
            if known is None:
                break
            asked = min(64, known.most_choices or 64)
            sent = 9 if known.most_stops < 0 else known.most_stops
            known = without(known, refused, asked_choices=asked, sent_stops=sent)
        assert known is None


def test_a_body_says_only_what_is_known_to_work() -> None:
    messages = (Message("user", "go"), Message("assistant", "begun"))
    request = ModelRequest(messages, Sampling(temperature=0.0, stop=("a", "b"), seed=5), 3, 2)
    assert json.loads(wire.encode("m", request, Capabilities(prefill="plain"), 3, 2)) == {
        "model": "m",
        "messages": [{"role": "user", "content": "go"}, {"role": "assistant", "content": "begun"}],
        "temperature": 0.0,
        "max_tokens": 512,
        "stop": ["a", "b"],
        "seed": 8,
        "n": 2,
    }
    poor = Capabilities(
        seed=False, temperature=False, most_stops=1, limit_name="max_completion_tokens", prefill="prefix"
    )
    assert json.loads(wire.encode("m", request, poor, 3, 1)) == {
        "model": "m",
        "messages": [{"role": "user", "content": "go"}, {"role": "assistant", "content": "begun", "prefix": True}],
        "max_completion_tokens": 512,
        "stop": ["a"],
    }
    flags = json.loads(wire.encode("m", request, Capabilities(prefill="flags"), 3, 1))
    assert (flags["continue_final_message"], flags["add_generation_prompt"]) == (True, False)
