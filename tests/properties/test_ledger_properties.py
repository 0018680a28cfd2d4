"""Generated events of every kind survive frames and both ledgers, and a changed byte never passes."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.adapters.sqlite import open_ledger, verify_ledger
from swarmwright.errors import LedgerCorruptError
from swarmwright.ledger.events import AnyEvent, Decided, Reserved
from swarmwright.ledger.folds import RunState, fold
from swarmwright.ledger.frames import decode_frame, encode_frame, first_link, read_chain
from swarmwright.ledger.memory import MemoryLedger

KINDS = get_args(AnyEvent)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
# Small: some integers are counts of samples, and a fold enters every sample.
_INTEGERS = st.integers(-3, 300)
_FLOATS = st.floats(-1e12, 1e12) | st.sampled_from([float("inf"), float("-inf")])

for _type, _strategy in {str: _TEXT, int: _INTEGERS, float: _FLOATS}.items():
    st.register_type_strategy(_type, _strategy)


def _no_clash(events: list[AnyEvent]) -> list[AnyEvent]:
    """Leave out second decisions of one Task, which no run makes and the ledger refuses."""
    seen: set[bytes] = set()
    kept: list[AnyEvent] = []
    for event in events:
        if isinstance(event, Decided):
            if event.task in seen:
                continue
            seen.add(event.task)
        kept.append(event)
    return kept


EVENTS: st.SearchStrategy[list[AnyEvent]] = st.lists(st.one_of([st.from_type(kind) for kind in KINDS]), max_size=12)
SMALL_EVENTS = EVENTS.map(_no_clash)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_comes_back_from_a_frame(kind: type) -> None:
    @settings(deadline=None, max_examples=20)
    @given(st.lists(st.from_type(kind), max_size=5))
    def comes_back(events: list[AnyEvent]) -> None:
        frame = encode_frame(events, number=1, before=b"")
        content = decode_frame(frame, number=1, before=b"")
        assert content.events == tuple(events)
        assert [type(event) for event in content.events] == [kind] * len(events)

    comes_back()


@settings(deadline=None, max_examples=50)
@given(st.integers(-(2**63), 2**64 - 1), st.floats(allow_nan=False))
def test_the_largest_numbers_come_back(number: int, cost_usd: float) -> None:
    event = Reserved(number, number, number, cost_usd)
    assert decode_frame(encode_frame([event], number=1, before=b""), number=1, before=b"").events == (event,)


@settings(deadline=None, max_examples=150)
@given(st.lists(EVENTS, min_size=1, max_size=4), st.data())
def test_a_changed_byte_of_a_frame_is_found_and_named(batches: list[list[AnyEvent]], data: st.DataObject) -> None:
    run_id = b"r" * 16
    frames = []
    before = first_link(run_id)
    for number, events in enumerate(batches, start=1):
        frames.append(encode_frame(events, number=number, before=before))
        before = frames[-1].link
    assert [list(content.events) for _, content in read_chain(frames, run_id)] == batches
    at = data.draw(st.integers(0, len(frames) - 1))
    broken = frames[at]
    change = data.draw(st.sampled_from(["body", "link", "events", "missing"]))
    if change == "missing":
        frames.pop(at)
        if at == len(frames):
            return
    else:
        value: object = broken.events + 1
        if change != "events":
            whole: bytes = getattr(broken, change)
            offset = data.draw(st.integers(0, len(whole) - 1))
            value = whole[:offset] + bytes([whole[offset] ^ data.draw(st.integers(1, 255))]) + whole[offset + 1 :]
        frames[at] = type(broken)(**{**{f: getattr(broken, f) for f in broken.__struct_fields__}, change: value})
    with pytest.raises(LedgerCorruptError, match=f"Frame {at + 1} "):
        list(read_chain(frames, run_id))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(SMALL_EVENTS, st.sampled_from(["commit", "again", "go on"])), max_size=6))
def test_any_history_is_the_same_in_both_ledgers(history: list[tuple[list[AnyEvent], str]]) -> None:
    seen: list[AnyEvent] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.ledger"
        real, fake = open_ledger(path), MemoryLedger()
        decided: set[bytes] = set()
        for events, step in history:
            fresh = [event for event in events if not isinstance(event, Decided) or event.task not in decided]
            decided.update(event.task for event in fresh if isinstance(event, Decided))
            seen.extend(fresh)
            for ledger in (real, fake):
                ledger.append(fresh)
                if step != "go on":
                    ledger.commit()
            if step == "again":
                real.close()
                real, fake = open_ledger(path), fake.crash()
            assert list(real.replay()) == list(fake.replay())
        real.close()
        assert verify_ledger(path).sound
        again = open_ledger(path, create=False, readonly=True)
        assert list(again.replay()) == seen
        again.close()


@settings(deadline=None, max_examples=60)
@given(EVENTS, EVENTS)
def test_a_fold_in_two_parts_is_the_fold_of_the_whole(first: list[AnyEvent], second: list[AnyEvent]) -> None:
    state: RunState = fold(first)
    for event in second:
        state.on(event)
    whole = fold([*first, *second])
    assert state == whole
    assert whole.totals.events == len(first) + len(second)


def _build(path: Path) -> None:
    from_hypothesis: list[AnyEvent] = []
    strategy: st.SearchStrategy[list[AnyEvent]] = st.tuples(*[st.from_type(kind) for kind in KINDS]).map(list)

    @settings(deadline=None, max_examples=1, database=None, derandomize=True)
    @given(strategy)
    def take(events: list[AnyEvent]) -> None:
        from_hypothesis.extend(events)

    take()
    ledger = open_ledger(path)
    for event in _no_clash(from_hypothesis):
        ledger.append([event])
        ledger.blobs.put(repr(event).encode() * 40)
        ledger.commit()
    ledger.close()


def _stored(path: Path) -> list[bytes]:
    """Return the values that stand in the tables, as the bytes that stand in the file."""
    raw = sqlite3.connect(path)
    raw.text_factory = bytes
    tables = ["SELECT link, body FROM frames", "SELECT id, body FROM blobs", "SELECT task, reason FROM decisions"]
    rows = [row for table in tables for row in raw.execute(table)] + list(raw.execute("SELECT run_id FROM header"))
    raw.close()
    return [value for row in rows for value in row if len(value) >= 8]


def _refuses(path: Path, whole: bytes, offset: int, written: list[AnyEvent]) -> bool:
    """Change one byte; return whether checking finds it. What opens all the same must hold what was written."""
    path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0x55]) + whole[offset + 1 :])
    try:
        sound = verify_ledger(path).sound
        ledger = open_ledger(path, create=False)
        try:
            assert list(ledger.replay()) == written
        finally:
            ledger.close()
    except LedgerCorruptError:
        return True
    finally:
        for leftover in ("-wal", "-shm"):
            path.with_name(path.name + leftover).unlink(missing_ok=True)
    return not sound


def test_no_changed_byte_passes_for_other_events_and_none_in_a_table_passes_at_all(tmp_path: Path) -> None:
    path = tmp_path / "run.ledger"
    _build(path)
    reading = open_ledger(path, readonly=True)
    written = list(reading.replay())
    reading.close()
    assert written
    whole = path.read_bytes()
    places = {whole.find(value) + at for value in _stored(path) for at in (0, len(value) // 2, len(value) - 1)}
    assert len(places) > 100
    assert min(places) > 0
    for offset in sorted(places):
        assert _refuses(path, whole, offset, written), offset
    # Elsewhere a change may be harmless: pages have unused space.
    for offset in range(0, len(whole), len(whole) // 100):
        _refuses(path, whole, offset, written)
