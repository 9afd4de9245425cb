"""What differs between two plans, or two versions of one, and whom that touches."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.cordon.seal.verdict import enclosed_addresses
from clearway.planning.plan.contract import MOST_SPOTS, Moved, PlanDiff
from clearway.planning.plan.ring import given_barriers, ring_question
from clearway.planning.street_names import StreetNames
from clearway.record.kinds.streets import MAY
from clearway.record.place_words import words_of_place
from clearway.words import counted, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from clearway.network.model import Longs
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import PlannedBarrier, PlannedPassage, TrafficPlan

T = TypeVar("T")

_PARTS = {
    "routes": "route", "marches": "route with a timetable", "handover": "handover point", "posts": "post", "stages": "stage",
    "contacts": "contact", "powers": "power", "contingencies": "contingency",
}  # fmt: skip
_WHOLE = ("title", "organiser", "attendance", "starts", "ends", "site", "occupied", "keep_out")
_OF_A_BARRIER = ("structure", "opens", "opening_seconds", "starts", "ends")


def plan_diff(
    first: TrafficPlan,
    second: TrafficPlan,
    zone: ZoneInfo,
    gazetteer: Gazetteer | None = None,
    *,
    most_spots: int = MOST_SPOTS,
) -> PlanDiff:
    """What differs between two plans.

    Args:
        first: The one before.
        second: The one after.
        zone: In which times are written.
        gazetteer: Of the network; with it, barriers that moved are measured and the addresses named that are newly inside or
            outside, where both plans have a site and all their barriers are placed.
        most_spots: Addresses each way whose places are given; all are named.
    """
    before, after = ({one.id: one for one in plan.barriers} for plan in (first, second))
    both = [name for name in before if name in after]
    moved = tuple(_moved(before[name], after[name], gazetteer) for name in both if before[name].place != after[name].place)
    added = tuple(_named(one) for name, one in after.items() if name not in before)
    removed = tuple(_named(one) for name, one in before.items() if name not in after)
    changed = tuple(_changes(first, second, [(before[name], after[name]) for name in both], zone))
    touched = _touched(first, second, gazetteer, most_spots)
    return PlanDiff(
        first=_title(first),
        second=_title(second),
        moved=moved,
        added=added,
        removed=removed,
        changed=changed,
        newly_inside=touched.inside.names if touched else None,
        newly_outside=touched.outside.names if touched else None,
        spots_inside=touched.inside.spots if touched else (),
        spots_outside=touched.outside.spots if touched else (),
        summary=tuple(_summary(moved, added, removed, changed, touched)),
    )


class _Addresses(NamedTuple):
    """Addresses by name, and where the first of them are."""

    names: tuple[str, ...]
    spots: tuple[list[float], ...]


class _Touched(NamedTuple):
    inside: _Addresses
    outside: _Addresses


def _moved(old: PlannedBarrier, new: PlannedBarrier, gazetteer: Gazetteer | None) -> Moved:
    spots = [gazetteer.of(one.place).spot if gazetteer else getattr(one.place, "at", None) for one in (old, new)]
    metres = None
    if spots[0] is not None and spots[1] is not None:
        scale = np.array(flat_scale((spots[0][1] + spots[1][1]) / 2))
        metres = round(float(np.hypot(*((np.array(spots[0]) - spots[1]) * scale))), 1)
    return Moved(id=old.id, from_where=words_of_place(old.place), to_where=words_of_place(new.place), metres=metres)


def _changes(
    first: TrafficPlan, second: TrafficPlan, barriers: Iterable[tuple[PlannedBarrier, PlannedBarrier]], zone: ZoneInfo
) -> Iterator[str]:
    for old, new in barriers:
        for name in _OF_A_BARRIER:
            if getattr(old, name) != getattr(new, name):
                yield f"{old.id}, {vocabulary(name)}: {_value(getattr(old, name), zone)} -> {_value(getattr(new, name), zone)}."
    yield from (f"No longer a rule: {_rule(gone, zone)}." for gone in _missing(first.passages, second.passages))
    yield from (f"New rule: {_rule(new, zone)}." for new in _missing(second.passages, first.passages))
    for name, called in _PARTS.items():
        yield from _listed_changes(getattr(first, name), getattr(second, name), called)
    for name in _WHOLE:
        old_value, new_value = getattr(first, name), getattr(second, name)
        if old_value != new_value:
            is_drawn = name in ("site", "occupied")
            says = "it is another one" if is_drawn else f"{_value(old_value, zone)} -> {_value(new_value, zone)}"
            yield f"{vocabulary(name).capitalize()}: {says}."


def _listed_changes(old: Iterable[object], new: Iterable[object], called: str) -> Iterator[str]:
    """How many parts of a kind are in one version alone."""
    lost, found = _missing(old, new), _missing(new, old)
    if lost:
        yield f"{counted(len(lost), called)} of the first {'is' if len(lost) == 1 else 'are'} gone or changed."
    if found:
        yield f"{counted(len(found), called)} of the second {'is' if len(found) == 1 else 'are'} new or changed."


def _touched(first: TrafficPlan, second: TrafficPlan, gazetteer: Gazetteer | None, most_spots: int) -> _Touched | None:
    """Addresses newly inside and newly outside; None where that cannot be told."""
    if gazetteer is None:
        return None
    before, after = (_inside(plan, gazetteer) for plan in (first, second))
    if before is None or after is None:
        return None
    network = gazetteer.network
    names = StreetNames(network)

    def of(addresses: Longs) -> _Addresses:
        drawn = addresses[:most_spots]
        spots = np.column_stack((network.address_lon[drawn], network.address_lat[drawn])).round(6)
        return _Addresses(tuple(names.address(int(address)) for address in addresses), tuple(spots.tolist()))

    return _Touched(of(np.setdiff1d(after, before)), of(np.setdiff1d(before, after)))


def _inside(plan: TrafficPlan, gazetteer: Gazetteer) -> Longs | None:
    question = ring_question(plan, gazetteer)
    given = list(given_barriers(((one.id, one.place) for one in plan.barriers), gazetteer).values())
    placed = [one for one in given if isinstance(one, GivenBarrier)]
    if question is None or not placed or len(placed) < len(given):
        return None
    return enclosed_addresses(gazetteer.network, question.model_copy(update={"barriers": tuple(placed)}))


def _missing(some: Iterable[T], others: Iterable[T]) -> list[T]:
    there = list(others)
    return [one for one in some if one not in there]


def _rule(rule: PlannedPassage, zone: ZoneInfo) -> str:
    at = f" at {listed(rule.gates)}" if rule.gates else " at every gate"
    starts = f" from {time_words(rule.starts, zone)}" if rule.starts else ""
    ends = f" until {time_words(rule.ends, zone)}" if rule.ends else ""
    return f"{listed(rule.who)} {MAY[rule.may]}{at}{starts}{ends}"


def _value(value: object, zone: ZoneInfo) -> str:

    if value is None:
        return "not said"
    if isinstance(value, datetime):
        return time_words(value, zone)
    if isinstance(value, tuple):
        return listed([str(one) for one in value])
    return vocabulary(value) if isinstance(value, str) else f"{value}"


def _named(one: PlannedBarrier) -> str:
    return f"{one.id}, {words_of_place(one.place)}"


def _title(plan: TrafficPlan) -> str:
    return f"{plan.plan}, version {plan.version}"


def _summary(
    moved: tuple[Moved, ...],
    added: tuple[str, ...],
    removed: tuple[str, ...],
    changed: tuple[str, ...],
    touched: _Touched | None,
) -> Iterator[str]:
    if not (moved or added or removed or changed):
        yield "Nothing differs."
        return
    yield (
        f"{counted(len(moved), 'barrier')} moved, {len(added)} added, {len(removed)} taken away; "
        f"{counted(len(changed), 'other change')}."
    )
    if touched is None:
        yield "Who is newly inside or outside was not computed: that needs a network, a site in both and every barrier placed."
        return
    counts = [len(one.names) for one in touched]
    yield f"Newly inside: {counted(counts[0], 'address', 'addresses')}; newly outside: {counts[1]}."
    shown = max(len(one.spots) for one in touched)
    if shown < max(counts):
        yield f"The map shows the first {shown:,}; the list names all."
