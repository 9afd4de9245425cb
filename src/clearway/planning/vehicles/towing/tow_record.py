"""What is asked of a tow afterwards, each question answered or left open: which firm, to which street, how far, and so on.

The questions are those that citizens asked a council: which firms, to which street, how far, what if it is broken into, who may
order it, what evidence. What nobody said stands as a gap. It names the firm, so it is for the room alone unless that is left
out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import UnknownName
from clearway.planning.vehicles.offer.drives import LeavingStreets
from clearway.planning.vehicles.record_means import named_alike
from clearway.planning.vehicles.tally import stretch_ways
from clearway.planning.vehicles.towing.fees import fee_words, over_caps
from clearway.planning.vehicles.towing.orders import powers_to_tow
from clearway.planning.vehicles.towing.streets import VEHICLE_CLASS, stored
from clearway.record.kinds.tows import STATE_WORDS
from clearway.record.kinds.vehicles import VehicleMoved
from clearway.record.source import speaker
from clearway.shapes import Shape
from clearway.words import counted, listed, time_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.jurisdiction import Provision
    from clearway.planning.vehicles.towing.fees import Cap
    from clearway.planning.vehicles.towing.means import StoragePlace
    from clearway.planning.vehicles.towing.order_board import OrderBoard
    from clearway.record.entry import Entry
    from clearway.record.kinds.tows import OrderedTow

_KILOMETRE_M = 1000
"""By definition."""
_BESIDE_M = 30
"""A yard this near to a street is said to lie in it."""


class TowAnswer(Shape):
    """A question about a tow, and what the record says."""

    asks: str
    says: tuple[str, ...]
    is_known: bool
    entries: tuple[str, ...]


class TowRecord(Shape):
    """All that is asked of a tow."""

    order: int
    tow: str
    vehicle: str
    state: str
    answers: tuple[TowAnswer, ...]


class TowGround(NamedTuple):
    """What the answers rest on besides the order.

    Attributes:
        storage: Storage places, as the record has them.
        entries: Words on tows and vehicles that were moved, in force.
        jurisdiction: Powers by row.
        caps: What may be charged at most.
        gazetteer: Of the network; None: nobody said which streets there are.
        zone: In which times are written.
    """

    storage: Sequence[StoragePlace]
    entries: Sequence[Entry]
    jurisdiction: Mapping[str, Provision]
    caps: Sequence[Cap]
    gazetteer: Gazetteer | None
    zone: ZoneInfo


def tow_record(board: OrderBoard, name: str, ground: TowGround, *, public: bool = False) -> TowRecord:
    """The record of one tow.

    Args:
        board: The order, and what became of its tows.
        name: The id of the tow.
        ground: What else is known.
        public: Whether it may go out: then no firm is named.

    Raises:
        UnknownName: the order has no such tow.
    """
    tow = next((one for one in board.order.tows if one.id == name), None)
    if tow is None:
        raise UnknownName(f"tow of order {board.order.order}", [name], [one.id for one in board.order.tows])
    place = next((one for one in ground.storage if named_alike(one.id) == named_alike(tow.to_storage)), None)
    return TowRecord(
        order=board.order.order,
        tow=tow.id,
        vehicle=tow.vehicle,
        state=board.states.get(tow.id, "to_come"),
        answers=(
            _firm(board, tow, public=public),
            _streets(board, tow, ground),
            _distance(board, tow, ground),
            _break_in(tow, place),
            _who_may(board, ground),
            _evidence(board, tow, ground, public=public),
            _to_pay(tow, place, ground),
        ),
    )


def _answer(asks: str, says: Sequence[str], *, gap: str, entries: Sequence[str] = ()) -> TowAnswer:
    return TowAnswer(asks=asks, says=tuple(says) or (gap,), is_known=bool(says), entries=tuple(entries))


def _firm(board: OrderBoard, tow: OrderedTow, *, public: bool) -> TowAnswer:
    truck = next(one for one in board.order.trucks if one.id == tow.truck)
    gone = [one for one in board.withdrawals if tow.truck in one.trucks]
    firm = "A firm that the room knows; firms are named to owners alone" if public else truck.operator
    says = [f"{firm}, with the truck '{truck.id}'."]
    if gone and not public:
        says.append(f"{truck.operator} has withdrawn since: another truck must do it.")
    return _answer("Which firm tows it?", says, gap="", entries=[board.entry, *(one.entry for one in gone)])


def _streets(board: OrderBoard, tow: OrderedTow, ground: TowGround) -> TowAnswer:
    held = next(one for one in board.order.storage if one.id == tow.to_storage)
    street = ""
    if ground.gazetteer is not None:
        ((spot, metres),) = stored(ground.gazetteer.network, [held.at])
        name = ground.gazetteer.network.street(spot.way)
        street = f", {metres:.0f} m from {name}" if name and metres > _BESIDE_M else f", {name}" if name else ""
    start = board.order.stretches[tow.stretch].name
    return _answer("From which street to which?", [f"From {start} to {tow.to_storage}{street}."], gap="", entries=[board.entry])


def _distance(board: OrderBoard, tow: OrderedTow, ground: TowGround) -> TowAnswer:
    held = next(one for one in board.order.storage if one.id == tow.to_storage)
    minutes = next((one.yard_s for one in board.order.minutes if one.vehicle == tow.vehicle), 0)
    drive_s = tow.done_s - tow.hooked_s - minutes
    says = []
    if ground.gazetteer is not None:
        network = ground.gazetteer.network
        ways = stretch_ways(board.order.stretches[tow.stretch].name, ground.gazetteer)
        ((spot, _),) = stored(network, [held.at])
        ((drive,),) = LeavingStreets(network, [ways], [spot], vehicle_class=VEHICLE_CLASS).out()
        if drive is not None:
            far = f"{drive.metres / _KILOMETRE_M:.1f} km" if drive.metres >= _KILOMETRE_M else f"{drive.metres:.0f} m"
            says.append(f"{far} by the quickest way for a truck, with no barrier in the way.")
    if drive_s > 0:
        says.append(f"Planned: {counted(max(round(drive_s / 60), 1), 'minute')} of driving to the storage place.")
    return _answer("How far is it?", says, gap="Nobody can say without the streets: give the network.", entries=[board.entry])


def _break_in(tow: OrderedTow, place: StoragePlace | None) -> TowAnswer:
    says = []
    if place is not None and place.break_in:
        says.append(f"{place.break_in}{_assumed(place, 'break_in')}")
    if place is not None and place.secure is not None:
        kept = "is locked or guarded" if place.secure else "is neither locked nor guarded"
        says.append(f"{place.id} {kept}{_assumed(place, 'secure')}.")
    gap = f"Nobody said what is done then, or who answers for it. Enter 'break_in' of the storage place {tow.to_storage}."
    known = bool(place and place.break_in)
    return TowAnswer(
        asks="What if it is broken into?", says=(*says, *(() if known else (gap,))), is_known=known, entries=()
    )  # fmt: skip


def _who_may(board: OrderBoard, ground: TowGround) -> TowAnswer:
    order = board.order
    read = "" if order.is_read else " The law's own text was not read: have it checked."
    says = [f"It was ordered by {order.by}. Power: {order.power} ({order.power_row}).{read}"]
    powers = powers_to_tow(ground.jurisdiction)
    says += [f"{one.by}, where this holds: {one.when} ({one.instrument})." for one in powers]
    if order.power_row not in {one.row for one in powers}:
        says.append(f"The jurisdiction file has no row {order.power_row} that lets anybody move vehicles.")
    return _answer("Who may order it, and who did?", says, gap="", entries=[board.entry])


def _evidence(board: OrderBoard, tow: OrderedTow, ground: TowGround, *, public: bool) -> TowAnswer:
    words, entries = [], []
    for entry in ground.entries:
        body = entry.draft.body
        if isinstance(body, VehicleMoved) and body.tow == f"{board.order.order}:{tow.id}":
            words.append(_of_vehicle(entry, body, ground.zone, public=public))
            entries.append(entry.id)
    said = board.said.get(tow.id)
    progress = next((one for one in ground.entries if said is not None and one.id == said.entry), None)
    if said is not None:
        by = f" ({speaker(progress.draft.source)})" if progress and not public else ""
        note = f": {said.note}" if said.note and not public else ""
        words.append(f"{time_words(said.at, ground.zone)}: {STATE_WORDS[said.state]}{note}{by}.")
        entries.append(said.entry)
    gap = (
        "Nobody entered a photo, the condition of the vehicle, or what became of it. Enter it with 'clearway vehicles moved "
        f"--tow {board.order.order}:{tow.id}'."
    )
    return _answer("What evidence is there?", words, gap=gap, entries=entries)


def _of_vehicle(entry: Entry, body: VehicleMoved, zone: ZoneInfo, *, public: bool) -> str:
    condition = f"Condition: {body.condition}." if body.condition else "Nobody wrote down its condition."
    photos = f"Photos by SHA-256: {listed([one[:12] for one in body.photos])}." if body.photos else "There is no photo."
    by = "" if public else f" ({speaker(entry.draft.source)})"
    return f"{time_words(entry.draft.happened.end, zone)}: {body.state.replace('_', ' ')}{by}. {condition} {photos}"


def _to_pay(tow: OrderedTow, place: StoragePlace | None, ground: TowGround) -> TowAnswer:
    says = list(_payment(place, ground.caps)) if place is not None else []
    gap = f"Nobody said how an owner gets it back from {tow.to_storage}, or what that costs."
    return _answer("How does its owner get it back, and what does that cost?", says, gap=gap)


def _payment(place: StoragePlace, caps: Sequence[Cap]) -> Iterator[str]:
    if place.release:
        yield f"{place.release}{_assumed(place, 'release')}"
    if fees := fee_words(place):
        yield f"An owner pays: {fees}."
    yield from over_caps(place, caps)


def _assumed(place: StoragePlace, field: str) -> str:
    return " (assumed)" if field in place.assumed else ""
