"""The forager: asks the colony for bodies of a Unit, and says of each how it was found and whether it may vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from swarmwright.colony.colony import Body, Colony, Harvest
from swarmwright.colony.efforts import Foraging
from swarmwright.ledger.events import IDLE, LIKELY_CHANCE, UNSEPARATED, UNSTABLE, Searched, Survivor, TaskId
from swarmwright.ledger.ports import Blobs
from swarmwright.spec.values import Spec, Unit
from swarmwright.verify.examine import Examiner
from swarmwright.verify.static import find_flag
from swarmwright.verify.values import InputSet

_INPUTS = 120
_FEW, _MANY, _MOST_SUPPORT = 5, 3, 2
"""A body may hang on one in so many examples; far from chance on one in these, but never on more than so many."""
_BITS_OF_MANY = 12.0
_FEWEST_EXAMPLES = 3
"""Of fewer, none can be told from the others."""
_STABLE_EXAMPLES = 5
"""One that hangs on none of so many need not be separated from dearer ones, where all cheaper ones were tried."""
_BITS_OF_THE_UNTRIED = 20.0
"""So far from chance one may be dearer than what was tried: what takes long is put together from what is found."""
OFFERED = "; offered: "
"""What stands before the names of blocks that spread to a search, in what is told of it."""


class Foraged(msgspec.Struct, frozen=True):
    """One answer of the colony: a body (or none), its red flag, and what is told of it."""

    body: str
    flag: str
    detail: str
    seconds: float


class Foray(msgspec.Struct, frozen=True):
    """What asking the colony came to: its answers, and how it searched (None: it did not)."""

    answers: tuple[Foraged, ...]
    harvest: Harvest | None = None


class Forager:
    """Asks the colony of one specification."""

    def __init__(self, spec: Spec, examiner: Examiner, colony: Colony, foraging: Foraging) -> None:
        """Take the specification, what draws its inputs, the colony, and how far that goes."""
        self._spec = spec
        self._examiner = examiner
        self._colony = colony
        self._foraging = foraging

    async def foray(self, unit: Unit, inputs: InputSet | None, callees: Mapping[str, str], *, count: int) -> Foray:
        """Return at most ``count`` answers; where nothing was found, one that says so.

        Args:
            unit: the Unit.
            inputs: the valid inputs that behaviours are told apart on (None: none were drawn yet).
            callees: bodies of the Units it may call, by id.
            count: the most answers.
        """
        if any(used not in callees for used in unit.uses if used != unit.id):
            return Foray((Foraged("", IDLE, "the colony waits for the units that this one uses", 0.0),))
        inputs = inputs or await self._examiner.draw(unit.id, count=_INPUTS)
        scoring = await self._examiner.scoring(unit.id, inputs, callees)
        if scoring.others:
            return Foray((Foraged("", IDLE, "the colony reads only examples that are plain calls", 0.0),))
        harvest = await self._colony.search(unit, scoring.examples, inputs.calls, callees, self._foraging)
        return Foray(tuple(self._answers(unit, harvest, count)), harvest)

    def _answers(self, unit: Unit, harvest: Harvest, count: int) -> Iterator[Foraged]:
        if harvest.reason:
            yield Foraged("", IDLE, f"the colony found nothing: {harvest.reason}", harvest.seconds)
            return
        if not harvest.solutions:
            yield Foraged("", IDLE, f"the colony found nothing {_work(harvest)}{_offers(harvest)}", harvest.seconds)
        for body in harvest.solutions[:count]:
            if find_flag(self._spec, unit, body.body) is None:
                # Where the cheapest leaves something unread, examples do not show it, and nothing dearer is any surer.
                flag = body.doubt or harvest.solutions[0].doubt or flag_of(harvest)
                yield Foraged(body.body, flag, _story(harvest, body), harvest.seconds / count)


def frame_event(task: TaskId, first: int, harvest: Harvest, blobs: Blobs) -> Searched | None:
    """Return the event that tells of a whole search, its large parts put among the blobs; None where there was none."""
    frame = harvest.frame
    if frame is None:
        return None
    survivors = [
        Survivor(blobs.put(one.body.encode()), one.cost, one.bits, one.solid, one.trail, one.support)
        for one in harvest.solutions
    ]
    return Searched(
        task=task,
        first=first,
        tried=harvest.tried,
        live=harvest.live,
        complete=harvest.complete,
        separated=harvest.separated and not harvest.overshadowed,
        cut=harvest.cut,
        seconds=harvest.seconds,
        grammar=blobs.put(frame.grammar),
        modules=blobs.put(frame.modules),
        request=blobs.put(frame.request),
        trace=bytes.fromhex(harvest.trace),
        survivors=tuple(survivors),
    )


def flag_of(harvest: Harvest) -> str:
    """Return the red flag of all that was found, rivals too; nothing where it may vote.

    Args:
        harvest: what a search came to, with one solution or more.
    """
    first = harvest.solutions[0]
    if harvest.overshadowed:
        return UNSEPARATED
    is_alone = len(harvest.solutions) == 1 and harvest.examples >= _STABLE_EXAMPLES
    if is_alone and not first.support and (first.cost <= harvest.complete or first.bits >= _BITS_OF_THE_UNTRIED):
        return ""
    if not first.solid:
        return LIKELY_CHANCE
    if _hangs(first, harvest.examples):
        return UNSTABLE
    return "" if harvest.separated else UNSEPARATED


def _hangs(body: Body, examples: int) -> bool:
    """Tell whether too many examples alone stand against something cheaper than a body."""
    most = (examples + 1) // _MANY if body.bits >= _BITS_OF_MANY else examples // _FEW
    return examples < _FEWEST_EXAMPLES or body.support > min(most, _MOST_SUPPORT)


def _work(harvest: Harvest) -> str:
    return (
        f"among {harvest.tried:,} agents ({harvest.live:,} of them distinct), all up to cost {harvest.complete}, "
        f"in {harvest.seconds:.1f} s"
    )


def _story(harvest: Harvest, body: Body) -> str:
    trail = ", ".join(f"{name} x{number}" if number > 1 else name for name, number in Counter(body.trail).items())
    return (
        f"found {_work(harvest)}; cost {body.cost}, {body.bits:.0f} bits from chance, "
        f"{_hold(body)}; trail: {trail or 'a name'}"
        f"{_offers(harvest)}"
    )


def _hold(body: Body) -> str:
    if not body.support:
        return "the same without any one example"
    return f"{body.support} of the examples each rule{'s' * (body.support == 1)} out something cheaper"


def _offers(harvest: Harvest) -> str:
    """Say what spread to a search: what spreads next follows from it."""
    return f"{OFFERED}{', '.join(harvest.offered)}" if harvest.offered else ""
