"""What stands behind a winner: proposals are counted, and neither witnesses nor what could not be mended."""

from __future__ import annotations

from pathlib import Path

from swarmwright.construct.dossier import Dossiers
from swarmwright.construct.weighing import Place, signs_of
from swarmwright.ledger.events import IDLE, OFFERED, Answer, Answered, Asked, Examined, Result, TaskId
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.spec.reader import read_spec
from swarmwright.verify.values import Evidence, Verdict

TASK = TaskId(b"t" * 16)
SPEC = '''
from icontract import ensure


@ensure(lambda result: result >= 0)
def double(n: int) -> int:
    """Double a number.

    >>> double(2)
    4
    >>> double(0)
    0
    """
    ...


def law_even(n: int) -> bool:
    return double(n) % 2 == 0
'''


def test_signs_count_proposals_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "m.py"
    file.write_text(SPEC)
    spec = read_spec(file)
    blobs = MemoryLedger().blobs
    dossiers = Dossiers(blobs)

    def answer(body: str, flag: str = "") -> Answer:
        return Answer(b"", blobs.put(body.encode()) if body else b"", flag, "", 1, 1, 0.0, 0.0, False)

    plain = tuple(answer(f"return {n}") for n in range(4))
    mended = (answer("return n + n"), answer("", IDLE), answer("", IDLE))
    dossiers.absorb(
        [
            Asked(TASK, 0, "tester", "small", 0, 1),
            Answered(TASK, 0, b"", (answer("double(3)", OFFERED),)),
            Asked(TASK, 1, "coder", "large", 1, 5),
            Answered(TASK, 1, b"", (*plain, answer("", "unparseable"))),
            Asked(TASK, 2, "mender", "", 6, 3),
            Answered(TASK, 6, b"", mended),
            Examined(
                TASK, 0, tuple(Result(n, key, "", "", b"") for n, key in ((1, b"a"), (2, b"a"), (3, b"b"), (6, b"a")))
            ),
            Examined(TASK, 0, (Result(4, b"", "", "example", b""),)),
        ]
    )
    evidence = Evidence(
        "m.double", "", Verdict.TESTED, True, "", (), mutants_killed=9, mutants_different=2, oracles=3, oracle_differs=1
    )
    signs = signs_of(spec, spec.unit("m.double"), evidence, dossiers, TASK, Place(0, 1))
    assert (signs.votes, signs.others, signs.refuted) == (3, 1, 2)
    assert signs.families == 2
    assert (signs.examples, signs.contracts) == (2, 2)
    assert (signs.killed, signs.different, signs.slow_agrees, signs.slow_differs) == (9, 2, 2, 1)
