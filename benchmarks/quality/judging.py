"""After everything is built: hidden verdicts on every body that was proposed, and the models' own tests run on them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

import msgspec
from benchmarks.quality.agreement import agreements_of
from benchmarks.quality.records import Body, UnitRecord
from benchmarks.quality.workloads import HiddenJudge, Part

from swarmwright.verify.execution import Executor
from swarmwright.verify.ports import Sandbox

Tell = Callable[[str], None]


async def judge_all(
    parts: Sequence[Part], records: Sequence[UnitRecord], sandbox: Sandbox, *, jobs: int, tell: Tell
) -> tuple[UnitRecord, ...]:
    """Return the records with a hidden verdict on every body, and with what the models' tests say of each.

    Raises:
        SwarmwrightError: a hidden judge is missing or faulty.
    """
    specs = {part.name: part for part in parts}
    waiting = asyncio.Queue[int]()
    for number in range(len(records)):
        waiting.put_nowait(number)
    done: dict[int, UnitRecord] = {}

    async def work() -> None:
        judges: dict[str, HiddenJudge] = {}
        executor = Executor(sandbox)
        try:
            while not waiting.empty():
                number = waiting.get_nowait()
                part = specs[records[number].part]
                if part.name not in judges:
                    judges[part.name] = part.open_judge(sandbox)
                record = await judged(records[number], part, judges[part.name])
                done[number] = await agreements_of(record, part.spec, executor)
                tell(f"judged {record.unit}: {sum(body.right for body in record.bodies)} of {len(record.bodies)} right")
        finally:
            await executor.close()
            for judge in judges.values():
                await judge.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(max(1, jobs)):
            group.create_task(work())
    return tuple(done[number] for number in range(len(records)))


async def judged(record: UnitRecord, part: Part, judge: HiddenJudge) -> UnitRecord:
    """Return the record with a verdict on each body."""
    if not record.bodies:
        return record
    asked: Mapping[str, str] = {str(place): body.text for place, body in enumerate(record.bodies)}
    verdicts = await judge.judge(part.spec.unit(record.unit), part.spec, asked)
    bodies: list[Body] = []
    for place, body in enumerate(record.bodies):
        bodies.append(msgspec.structs.replace(body, verdict=verdicts[str(place)]))
    return msgspec.structs.replace(record, bodies=tuple(bodies))
