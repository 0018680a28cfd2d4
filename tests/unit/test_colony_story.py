"""What is told of the colony's searches: from the ledger alone, and after one was done again."""

from __future__ import annotations

from swarmwright.colony.repeating import Agent, Repetition, frame_of, request_of
from swarmwright.ledger.events import AnyEvent, Asked, Searched, Survivor, TaskId, TaskOpened
from swarmwright.ledger.folds import RunState, fold
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.watch.lineage import tell_agents
from swarmwright.watch.story import colony_line, find_task, tell

TASK = TaskId(b"t" * 16)
TRACE = bytes(range(32))


def searched(ledger: MemoryLedger, cut: int = 0) -> Searched:
    put = ledger.blobs.put
    survivor = Survivor(put(b"return n * n + 1"), 11, 9.6, True, ("add", "multiply"), 1)
    other = Survivor(put(b"return n + 2"), 6, 1.2, False, ("add",))
    return Searched(
        TASK, 0, 1_234_567, 400_000, 14, not cut, cut, 2.5, put(b"[1]"), put(b"{}"), put(b'{"a":1}'), TRACE,
        (survivor, other),
    )  # fmt: skip


def state_of(event: Searched) -> RunState:
    events: list[AnyEvent] = [TaskOpened(TASK, "small.area", (), 0), Asked(TASK, 0, "colony", "", 0, 8), event]
    return fold(events)


def test_the_story_tells_of_agents_survivors_and_trails() -> None:
    ledger = MemoryLedger()
    state = state_of(searched(ledger))
    text = tell(state, find_task(state, "area"), ledger.blobs)
    assert "1,234,567 agents in 2.5 s, 400,000 of them distinct" in text
    assert "all up to cost 14 were tried, and so were all rivals about as small; not cut off" in text
    assert "survived: cost 11, 10 bits from chance, hangs on 1 single example; trail: add, multiply" in text
    assert "    return n * n + 1" in text
    assert "1 bits from chance, which may be chance; trail: add" in text
    assert TRACE.hex()[:12] in text


def test_the_story_says_where_a_search_was_cut_off() -> None:
    ledger = MemoryLedger()
    state = state_of(searched(ledger, cut=2_000_000))
    assert "cut off at 2,000,000 agents" in tell(state, find_task(state, "area"), ledger.blobs)


def test_the_blobs_of_a_search_are_known() -> None:
    ledger = MemoryLedger()
    event = searched(ledger)
    kept = state_of(event).blobs()
    assert {event.grammar, event.modules, event.request} <= kept
    assert {one.body for one in event.survivors} <= kept


def test_a_tree_has_a_line_for_each_agent_and_says_whether_the_trace_agrees() -> None:
    event = searched(MemoryLedger())
    agents = (
        Agent(0, "int", 812, 11, "add: a + b", ("10", "1"), ""),
        Agent(1, "int", 40, 7, "multiply: a * b", ("9", "0"), ""),
        Agent(2, "int", 0, 2, "the element", ("1", "2", "3", "4", "5", "6", "7"), "for each element"),
    )
    same = tell_agents(event, "return n * n + 1", Repetition(TRACE.hex(), 5, 4, 3, agents))
    assert "agent for agent" in same
    assert "add: a + b  [int #812, cost 11]  gives 10 | 1" in same.splitlines()
    assert "  multiply: a * b  [int #40, cost 7]  gives 9 | 0" in same.splitlines()
    assert "    the element  [int #0, cost 2, for each element]  gives 1 | 2 | 3 | 4 | 5 | 6 ..." in same.splitlines()
    other = tell_agents(event, "return n * n + 1", Repetition("ab" * 32, 5, 4, 3))
    assert "it is another search" in other
    assert "It did not find this body." in other


def test_the_record_of_a_search_has_no_clock_and_is_cut_off_where_the_clock_did() -> None:
    request = {
        "grammar": [{"name": "add"}],
        "modules": {"m": ""},
        "unit": "f",
        "effort": {"agents": 900, "seconds": 2.0, "bits": 7.0},
    }
    reply = {"cut": 500, "levels": 7, "lapsed": [3, 4]}
    again = request_of(frame_of(request, reply))
    assert again["effort"]["agents"] == 499
    assert again["effort"]["levels"] == 7
    assert again["effort"]["seconds"] > 1e6
    assert again["lapsed"] == [3, 4]
    assert {key: again[key] for key in ("grammar", "modules", "unit")} == {
        key: request[key] for key in ("grammar", "modules", "unit")
    }
    assert request_of(frame_of(request, {**reply, "cut": 0}))["effort"]["agents"] == 900


def test_one_sentence_says_what_the_colony_did() -> None:
    said = colony_line(state_of(searched(MemoryLedger())))
    assert said == "The colony tried 1,234,567 agents in 1 searches of 2.5 s together; 1 of them found something."
    assert colony_line(RunState()) == ""
