"""Pacing in made-up time: rates are kept, order is kept, pauses hold, the breaker opens and closes."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swarmwright.adapters.pacing import BURST_S, Breaker, BreakerSettings, Pacer, TokenBucket
from swarmwright.adapters.transport import retry_after_s
from swarmwright.errors import EndpointError
from swarmwright.simulate.clock import JumpingClock, VirtualClock, run_virtual


@settings(deadline=None, max_examples=40)
@given(per_minute=st.integers(1, 600), callers=st.integers(1, 80))
def test_no_minute_sees_more_than_its_rate_and_one_burst(per_minute: int, callers: int) -> None:
    async def main() -> list[tuple[float, int]]:
        clock = VirtualClock()
        pacer = Pacer(per_minute, 0, clock)
        gone: list[tuple[float, int]] = []

        async def caller(number: int) -> None:
            await pacer.admit(1)
            gone.append((clock.monotonic(), number))

        await asyncio.gather(*(caller(number) for number in range(callers)))
        return gone

    gone = run_virtual(main())
    assert [number for _, number in gone] == list(range(callers))
    times = [time for time, _ in gone]
    most = per_minute + max(1.0, per_minute / 60 * BURST_S) + 1
    assert all(sum(start <= time < start + 60 for time in times) <= most for start in times)
    assert times[-1] <= callers / per_minute * 60 + 1e-3


def test_tokens_that_were_not_used_are_given_back() -> None:
    async def main() -> tuple[float, float]:
        clock = VirtualClock()
        pacer = Pacer(0, 600, clock)
        await pacer.admit(60)
        pacer.correct(60, 0)
        await pacer.admit(60)
        free_at = clock.monotonic()
        await pacer.admit(100)
        return free_at, clock.monotonic()

    free_at, paid_at = run_virtual(main())
    assert free_at == 0.0
    assert paid_at == pytest.approx(10.0)


def test_a_cancelled_caller_gives_its_place_back() -> None:
    async def main() -> float:
        clock = VirtualClock()
        pacer = Pacer(1, 0, clock)
        await pacer.admit(1)
        doomed = asyncio.ensure_future(pacer.admit(1))
        await clock.sleep(0)
        doomed.cancel()
        await asyncio.gather(doomed, return_exceptions=True)
        await pacer.admit(1)
        return clock.monotonic()

    assert run_virtual(main()) == pytest.approx(60.0)


def test_a_pause_stops_everyone_also_those_already_waiting() -> None:
    async def main() -> list[float]:
        clock = VirtualClock()
        pacer = Pacer(60, 0, clock)
        gone: list[float] = []

        async def caller() -> None:
            await pacer.admit(1)
            gone.append(clock.monotonic())

        waiting = [asyncio.ensure_future(caller()) for _ in range(8)]
        await clock.sleep(0.5)
        pacer.pause(100.0)
        await asyncio.gather(*waiting)
        return gone

    gone = run_virtual(main())
    assert gone[:6] == [0.0] * 6
    assert gone[6:] == pytest.approx([101.0, 102.0])


def test_after_a_pause_the_rate_holds_for_all_who_waited() -> None:
    async def main() -> list[float]:
        clock = VirtualClock()
        pacer = Pacer(60, 0, clock)
        gone: list[float] = []

        async def caller() -> None:
            await pacer.admit(1)
            gone.append(clock.monotonic())

        waiting = [asyncio.ensure_future(caller()) for _ in range(30)]
        await clock.sleep(2.0)
        pacer.pause(90.0)
        await clock.sleep(45.0)
        waiting += [asyncio.ensure_future(caller()) for _ in range(30)]
        pacer.pause(10.0)
        await asyncio.gather(*waiting)
        return gone

    gone = run_virtual(main())
    after = [time for time in gone if time > 2.0]
    assert after == pytest.approx([93.0 + number for number in range(len(after))])


def test_who_leaves_the_line_lets_nobody_go_too_early() -> None:
    async def main() -> list[float]:
        clock = VirtualClock()
        pacer = Pacer(60, 0, clock)
        gone: list[float] = []

        async def caller() -> None:
            await pacer.admit(1)
            gone.append(clock.monotonic())

        first = [asyncio.ensure_future(caller()) for _ in range(16)]
        await clock.sleep(0.5)
        for doomed in first[6:11]:
            doomed.cancel()
        second = [asyncio.ensure_future(caller()) for _ in range(3)]
        await clock.sleep(0)
        for doomed in (*second[1:], *first[14:]):
            doomed.cancel()
        await asyncio.gather(*first, *second, return_exceptions=True)
        await caller()
        return gone

    # Those who stayed keep their times, and those at the end of the line who left are as if they had not come.
    assert run_virtual(main()) == pytest.approx([*[0.0] * 6, 6.0, 7.0, 8.0, 11.0, 12.0])


def test_no_limit_never_waits() -> None:
    assert TokenBucket(0, JumpingClock()).draw(1e12) == 0.0


def test_the_breaker_lets_one_probe_through_and_waits_longer_each_time() -> None:
    clock = JumpingClock()
    breaker = Breaker("it", BreakerSettings(failures=2, cool_s=10, longest_s=25), clock)
    assert breaker.failed("no", probe=breaker.enter()) is False
    assert breaker.failed("no", probe=breaker.enter()) is True
    with pytest.raises(EndpointError, match=r"it failed 2 times in a row \(last: no\).*again in 10 s"):
        breaker.enter()
    for cool_s in (10, 20, 25, 25):
        clock.advance(cool_s - 1)
        with pytest.raises(EndpointError):
            breaker.enter()
        clock.advance(1)
        assert breaker.enter() is True
        with pytest.raises(EndpointError, match="finding out"):
            breaker.enter()
        breaker.failed("still no", probe=True)
    clock.advance(25)
    breaker.abandoned(probe=breaker.enter())
    assert breaker.enter() is True
    breaker.succeeded()
    assert not breaker.is_open
    assert breaker.enter() is False


def test_a_success_between_failures_starts_the_count_again() -> None:
    breaker = Breaker("it", BreakerSettings(failures=2), JumpingClock())
    for _ in range(5):
        assert breaker.failed("no", probe=False) is False
        breaker.succeeded()
    assert not breaker.is_open


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("12", 12.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Tue, 14 Nov 2023 22:14:00 GMT", 40.0),
        ("Tue, 14 Nov 2000 22:14:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("nan", None),
        ("inf", None),
        ("1e300", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, JumpingClock().wall()) == seconds
