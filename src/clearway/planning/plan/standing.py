"""What is reported of a plan's barriers: which stand, which are gone, which are somewhere else.

A report is about a barrier of the plan where it calls it by its id, or names its place: by the same words, or by others that
lead to the same spot. One that names the street alone is about every barrier of that street when it says that one is gone,
since nobody knows which; when it says that one stands, only about the only one there. What was over before the barrier was to
be set up says nothing of it: a street that was open then is shut by it. Of several reports the latest holds. A barrier that
one body says stands and another says is gone, at the same time, is not taken to stand.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from clearway.picture.lasting import begins, ended
from clearway.picture.subjects import place_key
from clearway.planning.plan.contract import BarrierStatus
from clearway.planning.plan.passages import in_force
from clearway.planning.plan.ring import street_of
from clearway.record.kinds.streets import BarrierState, GateState, RoadState
from clearway.record.place import Street
from clearway.record.place_words import place_words, words_of_place
from clearway.record.source import body_of, speaker
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import Stand
    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan
    from clearway.record.place import Place

SAME_SPOT_DEGREES = 0.00015
"""Two places nearer than this in longitude and latitude are one: 16 m to the north, the width of a street."""

_SAYS_NOTHING = ("planned", "unknown")
_STANDS = ("standing", "reset", "shut", "restricted")
_ANY = "barrier"


class Standing(NamedTuple):
    """A barrier of the plan as it stands.

    Attributes:
        planned: As the plan has it.
        status: Held against the reports.
        place: Where it stands; None where it is gone.
    """

    planned: PlannedBarrier
    status: BarrierStatus
    place: Place | None


class _Word(NamedTuple):
    """What an entry says of a barrier: whether it stands, and where, if not where it was planned."""

    entry: Entry
    stands: bool
    place: Place | None = None

    @property
    def told(self) -> str:
        """What was reported, by whom."""
        draft = self.entry.draft
        places = (self.place,) if self.place is not None else draft.places
        at = f" at {place_words(places)}" if places else ""
        state = vocabulary(getattr(draft.body, "state", ""))
        return f"Reported {state}{at} by {speaker(draft.source)} ({draft.source.grade})."


def standing(plan: TrafficPlan, reports: Iterable[Entry], at: datetime, gazetteer: Gazetteer | None = None) -> list[Standing]:
    """The barriers of a plan that are in force at a moment, as they are reported.

    Args:
        plan: The plan.
        reports: The entries in force at the moment, of any kind.
        at: The moment.
        gazetteer: Finds places on the network; without one, places are compared by their words and positions alone.
    """
    planned = [one for one in plan.barriers if in_force(one, at)]
    reader = _Reader(reports, at, planned, gazetteer)
    return [reader.of(one, _set_up_from(plan, one)) for one in planned]


def _set_up_from(plan: TrafficPlan, barrier: PlannedBarrier) -> datetime | None:
    """From when on a barrier may stand: from its own or the plan's start, or from the set-up before that; None: nobody said."""
    starts = barrier.starts or plan.starts
    set_up = [stage.starts for stage in plan.stages if stage.phase == "set_up" and stage.starts]
    return min([starts, *set_up]) if starts else None


class _Reader:
    def __init__(
        self, reports: Iterable[Entry], at: datetime, planned: Sequence[PlannedBarrier], gazetteer: Gazetteer | None
    ) -> None:
        self._gazetteer = gazetteer
        self._on_street = Counter(self._street(one.place) for one in planned)
        told = [one for one in reports if begins(one.draft) <= at and not ended(one.draft, at)]
        self._told = [one for one in told if isinstance(one.draft.body, BarrierState | GateState | RoadState)]
        self._disputes = {named: one for one in told for named in one.draft.disputes}

    def of(self, planned: PlannedBarrier, since: datetime | None) -> Standing:
        """One barrier, by what was reported since it may stand."""
        told = [entry for entry in self._told if since is None or entry.draft.happened.end >= since]
        words = [word for entry in told if (word := self._word(entry, planned)) is not None]
        words.sort(key=lambda word: (word.entry.draft.happened.end, word.entry.seq))
        if not words:
            return self._standing(planned, "as_planned", "No report says whether it stands.", (), planned.place)
        last = words[-1]
        against = [word for word in words[:-1] if _contradict(word, last)]
        if against:
            says = " ".join(word.told for word in (last, *against))
            return self._standing(planned, "disputed", f"Reports contradict each other. {says}", (last, *against), None)
        if not last.stands:
            return self._standing(planned, "gone", last.told, (last,), None)
        if (dispute := self._disputes.get(last.entry.id)) is not None:
            says = f"{last.told} {speaker(dispute.draft.source)} disputes that."
            return self._standing(planned, "disputed", says, (last,), None)
        if last.place is not None:
            return self._standing(planned, "moved", last.told, (last,), last.place)
        return self._standing(planned, "reported", last.told, (last,), planned.place)

    def _word(self, entry: Entry, planned: PlannedBarrier) -> _Word | None:
        """What an entry says of a barrier of the plan; None where it is about another, or says nothing of it."""
        body, places = entry.draft.body, entry.draft.places
        here = any(self._same(place, planned.place) for place in places)
        state = getattr(body, "state", "unknown")
        if state in _SAYS_NOTHING:
            return None
        if not here and (street := self._street(planned.place)) and any(self._whole(place) == street for place in places):
            here = self._on_street[street] == 1 or state not in _STANDS
        if not isinstance(body, BarrierState):
            return _Word(entry, stands=state in _STANDS) if here else None
        called = _folded(body.label) == _folded(planned.id) if body.label else None
        left = any(self._same(place, planned.place) for place in body.leaves)
        fits = called or _ANY in (body.barrier, planned.structure) or body.barrier == planned.structure
        if called is False or not fits or not (called or here or left):
            return None
        if left or (called and not here):
            stands = state in (*_STANDS, "moved") and bool(places)
            return _Word(entry, stands=stands, place=places[0] if stands else None)
        return _Word(entry, stands=state in _STANDS)  # moved, and no other place is named: nobody knows where it is

    def _same(self, one: Place, other: Place) -> bool:
        if place_key(one) == place_key(other):
            return True
        first, second = self._spot(one), self._spot(other)
        if first is None or second is None:
            return False
        return all(abs(a - b) <= SAME_SPOT_DEGREES for a, b in zip(first, second, strict=True))

    def _meant(self, place: Place) -> Place:
        return place if self._gazetteer is None else self._gazetteer.meant(place)

    def _street(self, place: Place) -> str | None:
        """The street that a barrier stands on, folded; of a corner the one that is named first."""
        name = street_of(self._meant(place))
        return place_key(Street(street=name)) if name else None

    def _whole(self, place: Place) -> str | None:
        """A street without a word of where on it, folded; None for any other place."""
        meant = self._meant(place)
        return place_key(meant) if isinstance(meant, Street) and not meant.between and meant.side is None else None

    def _spot(self, place: Place) -> tuple[float, float] | None:
        if self._gazetteer is not None:
            return self._gazetteer.of(place).spot
        return getattr(place, "at", None)

    def _standing(
        self, planned: PlannedBarrier, stand: Stand, says: str, words: Sequence[_Word], place: Place | None
    ) -> Standing:
        spot = self._spot(place) if place is not None else None
        status = BarrierStatus(
            id=planned.id,
            where=words_of_place(planned.place),
            stand=stand,
            says=says,
            entries=tuple(word.entry.id for word in words),
            since=words[0].entry.draft.happened.end if words else None,
            lon=spot[0] if spot else None,
            lat=spot[1] if spot else None,
            placed=None if self._gazetteer is None or place is None else spot is not None,
        )
        return Standing(planned, status, place)


def _contradict(one: _Word, last: _Word) -> bool:
    """Whether two bodies say of the same time that a barrier stands, and that it does not."""
    spans = one.entry.draft.happened, last.entry.draft.happened
    bodies = {body_of(word.entry.draft.source) for word in (one, last)}
    return one.stands != last.stands and spans[0].end >= spans[1].start and len(bodies) > 1


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
