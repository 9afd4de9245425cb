"""A schedule of tow trucks in words: what is lacking, what is assumed, what came out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.planning.vehicles.towing.contract import Towed, TowStep, TowStorage
    from clearway.planning.vehicles.towing.means import TowMeans

_FIELDS = {"lon": "place", "lat": "place"}
_REASONS = {"safety": "for safety", "reputation": "for its reputation", "sympathy": "out of sympathy",
            "no_equipment": "for want of equipment", "other": "for another reason"}  # fmt: skip


def hours_words(seconds: int) -> str:
    """A time that passes, to the minute, rounded up.

    >>> hours_words(0), hours_words(61), hours_words(3600), hours_words(40_000)
    ('0 min', '2 min', '1 h', '11 h 7 min')
    """
    hours, minutes = divmod(-(-seconds // 60), 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "") if part)


def clock_words(starts: datetime, seconds: int) -> str:
    """A moment after a start, to the minute, rounded up as the time that passes is.

    >>> from datetime import datetime
    >>> clock_words(datetime(2022, 2, 17, 7, 0), 40_050)
    'Thu 17 Feb 18:08'
    """
    return f"{starts + timedelta(seconds=60 * -(-seconds // 60)):%a %d %b %H:%M}"


def lacking_of(answer: Towed, means: TowMeans) -> Iterator[str]:
    """What is lacking before a tow can start."""
    if answer.order is None:
        yield "Nobody has ordered it. Say who does, by which power, with --by and --row: without a power nothing is towed."
    if not answer.trucks:
        yield "No operator is willing to send a truck."
    for one in means.operators:
        for kind, fleet in (("light", one.light), ("heavy", one.heavy)):
            if fleet and fleet.trucks and fleet.willing == "unknown":
                yield f"{one.id} has not answered whether it sends its {counted(fleet.trucks, f'{kind} truck')}."
            if fleet and fleet.trucks and fleet.willing == "no":
                why = f", {_REASONS[fleet.reason]}" if fleet.reason else "; nobody said why"
                yield f"{one.id} does not send its {counted(fleet.trucks, f'{kind} truck')}{why}."
        if one.indemnity and any(truck.operator == one.id for truck in answer.trucks):
            yield f"{one.id} wants cover for damage: {one.indemnity}."
    yield from _lacking_of_storage(answer)


def _lacking_of_storage(answer: Towed) -> Iterator[str]:
    if open_ := [one.id for one in answer.storage if one.secure is None]:
        yield f"Nobody said whether {listed(open_)} {'is' if len(open_) == 1 else 'are'} secure."
    if unsafe := [one.id for one in answer.storage if one.secure is False]:
        yield f"{listed(unsafe)} {'is' if len(unsafe) == 1 else 'are'} not secure."
    if open_ := [one.id for one in answer.storage if one.release is None]:
        yield f"Nobody said how an owner gets a vehicle back from {listed(open_)}."


def assumed_of(answer: Towed, means: TowMeans, of_the_tally: Sequence[str]) -> Iterator[str]:
    """What no source tells."""
    yield from of_the_tally
    for what, given, used in (
        ("to hook up", means.hook_minutes, answer.hook_s),
        ("at the storage place", means.yard_minutes, answer.yard_s),
    ):
        if minutes := {kind: seconds for kind, seconds in used.items() if kind not in given}:
            yield f"Minutes {what}: {listed([f'{kind} {seconds / 60:g}' for kind, seconds in minutes.items()])}."
    for place in answer.storage:
        yield from _assumed_of_storage(place)
    at_work = {truck.operator for truck in answer.trucks}
    if any(one.id in at_work and one.hours is None for one in means.operators):
        yield "Nobody said when crews work: day and night, without a break."
    for one in means.operators:
        if one.assumed:
            yield f"Of {one.id}: {listed([name.replace('_', ' ') for name in one.assumed])}."
    if answer.escorts is None and any(one.escort for one in answer.trucks):
        yield "Nobody said how many escorts there are: one for each truck."
    elif "escorts" in means.assumed:
        yield f"Escorts: {answer.escorts}."
    if any(one.escort is not None for one in answer.tows):
        yield f"An escort needs {answer.escort_move_s / 60:g} min from one vehicle to the next."


def _assumed_of_storage(place: TowStorage) -> Iterator[str]:
    if place.hours is None:
        yield f"Nobody said when {place.id} is open: day and night."
    if place.capacity is None:
        yield f"Nobody said how many vehicles fit into {place.id}: all."
    if place.assumed:
        yield f"Of {place.id}: {listed(list(dict.fromkeys(_FIELDS.get(name, name) for name in place.assumed)))}."


def notes_of(answer: Towed, means: TowMeans, of_the_streets: Sequence[str]) -> Iterator[str]:
    """What else there is to know."""
    yield from of_the_streets
    for left in answer.not_towed:
        vehicles = counted(left.number, left.vehicle, _plural(left.vehicle))
        stretch = answer.stretches[left.stretch]
        yield f"{vehicles} on {stretch.name}{' (assumed)' if stretch.assumed else ''}: {left.says}"
    for one in means.operators:
        if one.conditions and any(truck.operator == one.id for truck in answer.trucks):
            yield f"{one.id} tows only on its conditions: {one.conditions}."
        for kind, fleet in (("light", one.light), ("heavy", one.heavy)):
            if (
                fleet
                and fleet.trucks
                and fleet.willing == "yes"
                and fleet.since
                and answer.starts
                and fleet.since > answer.starts
            ):
                since = fleet.since.astimezone(answer.starts.tzinfo)
                yield f"{one.id} sends its {counted(fleet.trucks, f'{kind} truck')} from {since:%a %d %b %H:%M} on."
        if one.withdrew is not None:
            yield f"{one.id} has withdrawn: its trucks start no tow that would end after that."
    yield "Nothing is counted for people in the way, vehicles that cannot be hooked up, or traffic on the way."


def summary_of(answer: Towed) -> Iterator[str]:
    """What came out, a sentence for the whole and one for each step."""
    left = sum(one.number for one in answer.not_towed)
    light, heavy = (sum(one.kind == kind for one in answer.trucks if one.windows) for kind in ("light", "heavy"))
    trucks = listed([counted(number, f"{kind} truck") for kind, number in (("light", light), ("heavy", heavy)) if number])
    count = sum(one.assumed for one in answer.stretches)
    mark = f" ({count} of {counted(len(answer.stretches), 'tally', 'tallies')} assumed)" if count else ""
    asked = f"{counted(len(answer.tows) + left, 'vehicle')}{mark}, {trucks or 'no truck'}"
    yield f"{asked}: {len(answer.tows)} towed{f', {left} left' if left else ''}. This holds only if nobody is in the way."
    for place, one in enumerate(answer.steps):
        other = "no schedule that does not hold up a step before it" if place else "no schedule"
        yield f"{one.wish[:1].upper()}{one.wish[1:]}: {_when(answer, one, other)}"


def _when(answer: Towed, step: TowStep, other: str) -> str:
    if step.left:
        return f"not met, {counted(step.left, 'vehicle')} of {step.vehicles + step.left} nobody tows."
    if not step.vehicles or step.done_s is None:
        return "nothing more to tow for it."
    at = f" ({clock_words(answer.starts, step.done_s)})" if answer.starts else ""
    sure = (
        f"proved: {other} is sooner"
        if step.proven
        else f"{other} takes less than {hours_words(step.at_least_s)}; {100 * step.gap:.1f} % above that"
    )
    return f"{counted(step.vehicles, 'vehicle')} away after {hours_words(step.done_s)}{at}, {sure}."


def _plural(vehicle: str) -> str:
    return "buses" if vehicle == "bus" else f"{vehicle}s"
