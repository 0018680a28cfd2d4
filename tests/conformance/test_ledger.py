"""What every Ledger must do, asked of the one in memory and the one on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from swarmwright.adapters.sqlite import open_ledger
from swarmwright.errors import LedgerError
from swarmwright.ledger.events import Asked, Decided, Noted, RunOpened, TaskId, TaskOpened, Voted
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.ledger.ports import Ledger

TASK = TaskId(b"t" * 16)
EVENTS = (
    RunOpened(1, "demo", "ab" * 32, {"k": "3"}, 12.5),
    TaskOpened(TASK, "demo.add", (), 0),
    Asked(TASK, 0, "coder", "small", 0, 3),
    Voted(TASK, 0, (b"x" * 16, b"", b"x" * 16), 90, 0.25),
    Decided(TASK, True, 0, 2, 2, 2, "ahead by 2"),
)


class House:
    """Opens ledgers of one kind and opens them again, as the next process would."""

    def __init__(self, first: Callable[[], Ledger], again: Callable[[Ledger], Ledger]) -> None:
        self._first = first
        self._again = again
        self._opened: list[Ledger] = []

    def first(self) -> Ledger:
        self._opened.append(self._first())
        return self._opened[-1]

    def again(self, ledger: Ledger) -> Ledger:
        ledger.close()
        self._opened.append(self._again(ledger))
        return self._opened[-1]

    def leave(self) -> None:
        for ledger in self._opened:
            ledger.close()


def _memory_again(ledger: Ledger) -> Ledger:
    assert isinstance(ledger, MemoryLedger)
    return ledger.crash()


@pytest.fixture(params=["memory", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    path = tmp_path / "run.ledger"
    if request.param == "memory":
        house = House(MemoryLedger, _memory_again)
    else:
        house = House(lambda: open_ledger(path), lambda _: open_ledger(path, create=False))
    yield house
    house.leave()


def test_a_new_ledger_holds_nothing(house: House) -> None:
    assert list(house.first().replay()) == []


def test_what_was_appended_shows_after_the_commit_and_not_before(house: House) -> None:
    ledger = house.first()
    ledger.append(EVENTS[:2])
    assert list(ledger.replay()) == []
    ledger.commit()
    assert tuple(ledger.replay()) == EVENTS[:2]
    ledger.append(EVENTS[2:])
    ledger.commit()
    assert tuple(ledger.replay()) == EVENTS


def test_closing_commits_and_what_is_committed_is_there_again(house: House) -> None:
    ledger = house.first()
    ledger.append(EVENTS[:3])
    ledger.commit()
    ledger.append(EVENTS[3:])
    again = house.again(ledger)
    assert tuple(again.replay()) == EVENTS
    again.append([Noted("after", "more")])
    assert tuple(house.again(again).replay()) == (*EVENTS, Noted("after", "more"))


def test_an_empty_commit_changes_nothing(house: House) -> None:
    ledger = house.first()
    ledger.commit()
    ledger.append([])
    ledger.commit()
    assert list(ledger.replay()) == []


def test_appending_copies_the_sequence(house: House) -> None:
    ledger = house.first()
    events = list(EVENTS)
    ledger.append(events)
    events.clear()
    ledger.commit()
    assert tuple(ledger.replay()) == EVENTS


def test_a_replay_shows_what_was_committed_when_it_began(house: House) -> None:
    ledger = house.first()
    ledger.append(EVENTS[:2])
    ledger.commit()
    replay = ledger.replay()
    seen = [next(replay)]
    ledger.append(EVENTS[2:])
    ledger.commit()
    seen.extend(replay)
    assert tuple(seen) == EVENTS[:2]


def test_blobs_are_known_by_their_hash_at_once_and_later(house: House) -> None:
    ledger = house.first()
    content = [b"", b"x", b"text " * 10_000, bytes(range(256)) * 50]
    ids = [ledger.blobs.put(one) for one in content]
    assert ids == [hashlib.sha256(one).digest() for one in content]
    assert ledger.blobs.put(content[1]) == ids[1]
    assert [ledger.blobs.get(one) for one in ids] == content
    ledger.append(EVENTS)
    ledger.commit()
    assert ledger.blobs.put(content[2]) == ids[2]
    again = house.again(ledger)
    assert [again.blobs.get(one) for one in ids] == content


def test_blobs_without_events_are_kept_too(house: House) -> None:
    ledger = house.first()
    blob = ledger.blobs.put(b"alone")
    ledger.commit()
    again = house.again(ledger)
    assert again.blobs.get(blob) == b"alone"
    assert list(again.replay()) == []


@pytest.mark.parametrize("blob", [b"", b"short", b"\0" * 32])
def test_an_unknown_blob_is_a_key_error(house: House, blob: bytes) -> None:
    with pytest.raises(KeyError):
        house.first().blobs.get(blob)


def test_a_closed_ledger_refuses_and_closing_twice_is_nothing(house: House) -> None:
    ledger = house.first()
    ledger.close()
    ledger.close()
    with pytest.raises(LedgerError, match="closed"):
        ledger.append(EVENTS)
    with pytest.raises(LedgerError, match="closed"):
        ledger.commit()
    with pytest.raises(LedgerError, match="closed"):
        list(ledger.replay())


def test_many_frames_come_back_in_order(house: House) -> None:
    ledger = house.first()
    for number in range(50):
        ledger.append([Noted("n", str(number))])
        ledger.commit()
    again = house.again(ledger)
    assert [event.text for event in again.replay() if isinstance(event, Noted)] == [str(n) for n in range(50)]
