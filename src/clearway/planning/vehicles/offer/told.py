"""What is said of an offer: what was assumed, what is to be known besides, and the answer in sentences."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from clearway.planning.vehicles.offer.places import PER_MINUTE
from clearway.planning.vehicles.towing.words import clock_words, hours_words
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from clearway.planning.vehicles.offer.contract import Offered, OfferedPlace, Queue
    from clearway.planning.vehicles.offer.leaving import Checkpoint
    from clearway.planning.vehicles.offer.places import ParkingPlace
    from clearway.planning.vehicles.tally import Stretch


class Asked(Protocol):
    """What is read of a question."""

    @property
    def stretches(self) -> Sequence[Stretch]:
        """The tally."""

    @property
    def places(self) -> Sequence[ParkingPlace]:
        """Places to park."""

    @property
    def at(self) -> datetime | None:
        """The moment asked about."""

    @property
    def gate_per_minute(self) -> float | None:
        """Of every gate; None: nobody said."""

    @property
    def gate_rates(self) -> Mapping[str, float]:
        """Of one gate, by its label."""


TALL_M = 3.0
"""Assumed: metres of a limit of height from which on campers, trucks and buses pass it."""


def is_low(place: ParkingPlace) -> bool:
    """Whether tall vehicles do not get in."""
    return place.height_m is not None and place.height_m < TALL_M


def assumed_of(answer: Offered, asked: Asked, points: Sequence[Checkpoint]) -> Iterator[str]:
    """What nobody said, a sentence each."""
    yield from (sentence for one in asked.stretches for sentence in one.assumed)
    for place in asked.places:
        if place.assumed:
            fields = dict.fromkeys({"lon": "place", "lat": "place"}.get(name, name.replace("_", " ")) for name in place.assumed)
            yield f"Of {place.name}: {listed(list(fields))}."
        if place.per_minute is None:
            yield f"{PER_MINUTE:g} vehicles a minute drive into {place.name}."
    gates = [one for one in answer.gates if one.per_minute is not None and one.label not in asked.gate_rates]
    if asked.gate_per_minute is None:
        for rate in sorted({one.per_minute for one in gates if one.per_minute is not None}):
            of = "a gate" if len({one.per_minute for one in gates}) == 1 else _at(rate, answer)
            yield f"{rate:g} {'vehicle' if rate == 1 else 'vehicles'} a minute {'passes' if rate == 1 else 'pass'} {of}."
    if silent := {one.label for one in points if one.is_assumed}:
        yield f"Those who staff {counted(len(silent), 'gate')}, which open for some, let vehicles out."
    if any(place.height_m is not None for place in asked.places):
        yield f"Campers, trucks and buses pass a limit of height of {TALL_M:g} m or more and no lower one; others pass any."
    yield "All who are sent leave at once, nobody is boxed in, and streets are empty."


def _at(rate: float, answer: Offered) -> str:
    return listed([one.label for one in answer.gates if one.per_minute == rate])


def notes_of(answer: Offered, asked: Asked, points: Sequence[Checkpoint]) -> Iterator[str]:
    """What else is to be known, a sentence each."""
    for number, place in enumerate(asked.places):
        yield from _of_place(place, asked.at)
        yield from _way_back(answer, number, place)
    yield from _too_high(answer, asked)
    for row, one in enumerate(answer.leavers):
        if all(drive.seconds is None for drive in answer.drives if drive.stretch == row):
            yield f"No way leads from {one.stretch} to any of the places."
    if shut := sorted({one.label for one in points if one.at_m is not None and not any(one.out)}):
        yield f"{listed(shut)} {'lets' if len(shut) == 1 else 'let'} nobody out."
    if one_way := sorted({one.label for one in points if one.at_m is not None and one.out[0] != one.out[1]}):
        yield f"Those who leave pass {listed(one_way)} in one direction alone."
    yield from _later(asked.at, points)


def _later(at: datetime | None, points: Sequence[Checkpoint]) -> Iterator[str]:
    """What will shut, and what will open, each with its time."""
    if at is None:
        return
    for first, last, words in (
        ("Open now, and shut from", "Who has not passed by then is too late.", [(one.until, one.label) for one in points]),
        ("Shut now, and open from", "Nobody is taken to wait for that.", [(one.opens, one.label) for one in points]),
    ):
        for when in sorted({when for when, _ in words if when is not None}):
            labels = sorted({label for own, label in words if own == when})
            yield f"{first} {when.astimezone(at.tzinfo):%a %d %b %H:%M} on: {listed(labels)}. {last}"


def _too_high(answer: Offered, asked: Asked) -> Iterator[str]:
    """Those who find no space because of a limit of height."""
    left = sum(one.tall for one in answer.leavers) - sum(one.vehicles for one in answer.sends if one.tall)
    low = [f"{one.name} ({one.height_m:g} m)" for one in asked.places if is_low(one)]
    if left and low:
        many = counted(left, "camper, truck or bus finds", "campers, trucks and buses find")
        yield f"{many} no place: too low for them {'is' if len(low) == 1 else 'are'} {listed(low)}."


def _of_place(place: ParkingPlace, at: datetime | None) -> Iterator[str]:
    if at is not None and not place.is_open(at):
        early = place.starts and at < place.starts
        when = "is shut" if place.is_offered(at) else "has not begun" if early else "has ended"
        yield f"The offer of {place.name} {when} at that time: nobody is sent there."
    stand = max(place.parked or 0, place.parked_high or 0)
    if stand > place.capacity:
        many = counted(stand, "vehicle stands", "vehicles stand")
        yield f"{many} on {place.name}, as it was said, and {place.capacity} fit: correct one of the two."
    if place.hours is None:
        yield f"Nobody said at which hours {place.name} is open: day and night are taken."
    if place.ends is None:
        yield f"Nobody said how long {place.name} may be used."
    if place.come_back is None:
        yield f"Nobody said whether one may drive back from {place.name}."
    elif place.come_back:
        offered = f", by the offer that began {place.starts:%a %d %b %H:%M}" if place.starts else ""
        yield f"One may drive back from {place.name}{offered}: who parked there may come into the streets again."


def _way_back(answer: Offered, number: int, place: ParkingPlace) -> Iterator[str]:
    """What the gates say of the way back from a place to which somebody is sent."""
    sent = sorted({one.stretch for one in answer.sends if one.place == number})
    open_to = {one.stretch for one in answer.drives if one.place == number and one.back_seconds is not None}
    barred = [answer.leavers[one].stretch for one in sent if one not in open_to]
    if barred:
        to = "" if len(barred) == len(sent) else f" to {listed(barred)}"
        yield f"No gate lets those who left drive back from {place.name}{to}."
        if place.come_back:
            yield f"The offer of {place.name} and the gates contradict each other: it says that one may drive back."
    elif sent and any(one.per_minute is not None or one.wait_ms for one in answer.gates) and place.come_back is not True:
        yield f"Nothing on the way keeps those who left from driving back from {place.name}."
        if place.come_back is False:
            yield f"The offer of {place.name} and the gates contradict each other: it says that one may not drive back."


def summary_of(answer: Offered, assumed: str = "") -> Iterator[str]:
    """The answer in sentences.

    Args:
        answer: The offer.
        assumed: What of the tallies is assumed, in words behind their sum.
    """
    left = f"; for {answer.left} there is no room, or no way" if answer.left else ""
    goes = f"{answer.sent} could go to {_named(answer)}{left}" if answer.sent else "none could go: there is no room, or no way"
    yield f"{counted(answer.vehicles, 'vehicle')}{assumed}: {goes}."
    if answer.empty_s is not None:
        slow = max((one for one in answer.queues if one.vehicles), key=_when)
        at = f" (by {clock_words(answer.at, answer.empty_s)})" if answer.at else ""
        after = hours_words(answer.empty_s)
        yield f"If all of them leave at once, the last has parked after {after}{at}; longest at {slow.at}."
    for one in answer.queues:
        if one.late:
            many = counted(one.late, "vehicle is", "vehicles are")
            yield f"{many} not through {one.at} when it is shut{_shut_at(answer, one)}."
    if answer.sends:
        yield _coming_back(answer)
    yield answer.uptake.says
    yield from (one.says for one in answer.alerts)


def _when(one: Queue) -> int:
    return one.last_s


def _shut_at(answer: Offered, queue: Queue) -> str:
    shut = (
        [answer.places[queue.place].shuts_s]
        if queue.place is not None
        else [one.shuts_s for one in answer.gates if one.label == queue.at]
    )
    seconds = next((one for one in shut if one is not None), None)
    return f" at {answer.at + timedelta(seconds=seconds):%a %d %b %H:%M}" if answer.at and seconds is not None else ""


def _coming_back(answer: Offered) -> str:
    """Whether one may come back: of all who are sent, or by place."""
    said = {one.comes_back for one in answer.sends}
    if len(said) == 1:
        return {
            True: "Who leaves may come back.",
            False: "Who leaves may not come back.",
            None: "Nobody said whether who leaves may come back; nothing on the way keeps them out.",
        }[said.pop()]
    words = {True: "may come back", False: "may not", None: "might: nobody said"}
    alike: dict[tuple[int, bool | None], dict[str, None]] = {}
    for one in answer.sends:
        alike.setdefault((one.place, one.comes_back), {})[answer.leavers[one.stretch].stretch] = None
    parts = [f"{listed(list(names))} for {answer.places[place].name} {words[may]}" for (place, may), names in alike.items()]
    return f"Who leaves {'; '.join(parts)}."


def _room(place: OfferedPlace) -> str:
    return f" of {counted(place.room, 'space')}, assumed" if "capacity" in place.assumed else ""


def _named(answer: Offered) -> str:
    def brought(place: OfferedPlace) -> int:
        return sum(one.vehicles for one in answer.sends if answer.places[one.place] is place)

    named = [f"{place.name} ({count}{_room(place)})" for place in answer.places if (count := brought(place))]
    return listed(named)
