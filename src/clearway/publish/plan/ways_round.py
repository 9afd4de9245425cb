"""How traffic and buses get round what is closed, on paper: cards that say turn by turn what is driven.

Many detours drive the same streets for a while. Steps that stand on the card of an earlier one are named by its number there;
what a person must look at stands once, with the cards that it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.plan.buses.contract import STEP_FREE_WORDS
from clearway.publish.plan.figures import detour_maps
from clearway.publish.plan.shape import Card, Cards, Lines, Maps, Section, Table
from clearway.words import counted, in_runs, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clearway.planning.plan.buses.contract import RouteChange, Variation
    from clearway.planning.plan.detours.contract import Detour, Movement, SignedLeg
    from clearway.publish.plan.known import Known

_BEYOND_M = 1.0
"""A stretch shorter than a metre is only met, not driven."""
_MANY = 8
"""Of more cards the steps of each stand in a paragraph."""
_SAME = 4
"""So many steps in a row that stand on an earlier card are not written out again."""


UNSAID = "Where the notice for a stop says nothing of wheelchairs, the timetable does not say whether one gets on."
"""Once, in the place of a sentence at every stop."""


class Step(NamedTuple):
    """What is done at a corner, and where that is."""

    where: str
    does: str

    def __str__(self) -> str:
        """As it stands on a card."""
        return f"{self.where}: {self.does}"


def detours_section(known: Known) -> Section:
    """Maps, signs, and a card for each movement that is cut."""
    found = known.detours
    if found is None:
        return Section(heading="Detours", blocks=(Lines(lines=(None,)),))
    warned = tuple(
        (f"W{number}", one.where, f"No way through by {one.street}", listed(list(one.arms)), f"{one.metres:,.0f}")
        for number, one in enumerate(found.general.warn, 1)
    )
    signs = Table(
        columns=("Sign", "Where", "Says", "Seen by who comes from", "Metres to the closure"),
        widths=(0.07, 0.28, 0.27, 0.22, 0.16),
        rows=warned,
    )
    cards = Cards(cards=tuple(_detours(found.general.movements)), flowing=len(found.general.movements) > _MANY)
    cut_off = (f"No longer driven to: {listed(list(found.general.cut_off))}.",) if found.general.cut_off else ()
    warnings = (one for one in found.warnings if "clearway" not in one)  # paper has no commands
    told = Lines(lines=(*found.summary, *cut_off, *warnings, *_tight(found.general.movements)))
    maps = (Maps(across=1, maps=tuple(detour_maps(known))),) if found.general.movements else ()
    return Section(
        heading="Detours, with the places of their signs",
        blocks=(*maps, told, *((signs,) if warned else ()), *((cards,) if cards.cards else ())),
    )


def _detours(movements: Sequence[Movement]) -> Iterator[Card]:
    """A card for each movement; steps that an earlier card has are named by it."""
    written: list[tuple[int, tuple[Step | None, ...]]] = []
    for movement in movements:
        steps = tuple(signed(movement.detours[0])) if movement.detours[0].metres is not None else ()
        told, own = shortened(steps, written)
        written.append((movement.number, own))
        yield _detour(movement, told)


def _detour(movement: Movement, steps: tuple[str, ...]) -> Card:
    main, *others = movement.detours
    facts = (
        [f"Cut by {listed(list(movement.closures))}: {movement.starts_at} to {movement.ends_at}."] if movement.closures else []
    )
    if main.metres is None:
        return Card(
            heading=f"{movement.number}. {movement.along}",
            facts=(*facts, "This map has no detour."),
            steps=(),
            short="no detour",
        )
    added = f"{main.metres_added:+z,.0f} m" + (f", {main.minutes_added:+z.1f} min" if main.minutes_added is not None else "")
    facts.append(f"From {main.coming_from}: {added} on empty streets.")
    notes = [by_another_street(other, main) for other in others]
    if main.there_and_back:
        notes.append(f"Turns round: drives {listed(list(main.there_and_back))} there and back. No better way was found.")
    cut = f"{listed(list(movement.closures))}: " if movement.closures else ""
    return Card(
        heading=f"{movement.number}. {movement.along}",
        facts=(" ".join(facts),),
        steps=steps,
        notes=tuple(notes),
        short=f"{cut}{added}",
    )


def signed(detour: Detour) -> Iterator[Step]:
    """Turn by turn, with what stands at each corner."""
    yield Step(detour.leaves_at, "sign DETOUR")
    before = detour.legs[0].street
    for leg in detour.legs[1:]:
        metres = f", {leg.metres:,.0f} m" if leg.metres >= _BEYOND_M else ""
        yield Step(f"{before} at {leg.street}", f"arrow {leg.turn.removesuffix(' into')}{metres}")
        before = leg.street
    yield Step(detour.joins_at, "sign DETOUR ENDS")


def shortened(
    steps: Sequence[Step], written: Sequence[tuple[int, Sequence[Step | None]]]
) -> tuple[tuple[str, ...], tuple[Step | None, ...]]:
    """Steps as they stand on a card, with runs of them named by an earlier card that has them.

    Args:
        steps: All of them.
        written: Cards before, each with its number and its lines; a line that names another card is None.

    Returns:
        The lines of the card; and its steps, None for a line that names another card.
    """
    told: list[str] = []
    own: list[Step | None] = []
    at = 0
    while at < len(steps):
        length, card, first = max(
            ((_run(steps[at:], lines[line:]), -number, -line) for number, lines in written for line in range(len(lines))),
            default=(0, 0, 0),
        )
        if length < _SAME:
            told.append(str(steps[at]))
            own.append(steps[at])
            at += 1
            continue
        ends = f"{steps[at].where} to {steps[at + length - 1].where}"
        told.append(f"{ends} as in {-card}, steps {1 - first} to {length - first}")
        own.append(None)
        at += length
    return tuple(told), tuple(own)


def _run(steps: Sequence[Step], lines: Sequence[Step | None]) -> int:
    """How many are the same from the first on."""
    return next(
        (at for at, (one, other) in enumerate(zip(steps, lines, strict=False)) if one != other), min(len(steps), len(lines))
    )


def _tight(movements: Iterable[Movement]) -> Iterator[str]:
    """Corners that a person must look at, each with the detours that turn there."""
    corners: dict[str, list[str]] = {}
    for movement in movements:
        for corner in movement.detours[0].tight if movement.detours else ():
            corners.setdefault(corner, []).append(str(movement.number))
    if corners:
        named = "; ".join(f"{corner} ({listed(in_runs(numbers))})" for corner, numbers in corners.items())
        yield f"Tight corners, each with its detours; look at them before long vehicles are sent round: {named}."


def by_another_street(other: Detour, main: Detour) -> str:
    """How traffic that comes by another street gets to the same signs, or its own way where it never does."""
    if other.metres is None:
        return f"From {other.coming_from}: this map has no detour."
    added = f"{other.metres_added:+z,.0f} m" if other.metres_added is not None else ""
    same = 0
    while same < min(len(other.legs), len(main.legs)) - 1 and _alike(other.legs, main.legs, same + 1):
        same += 1
    own = other.legs[1 : len(other.legs) - same]
    driven = "; ".join(leg.words() for leg in own)
    then = f"then as above from {other.legs[len(other.legs) - same].street}" if same else ""
    return f"From {other.coming_from} ({added}): {'; '.join(filter(None, (driven, then)))}."


def _alike(one: Sequence[SignedLeg], other: Sequence[SignedLeg], back: int) -> bool:
    """Whether the legs so many from the end are the same; how far the last one goes on tells nothing."""
    mine, theirs = one[-back], other[-back]
    return (mine.turn, mine.street) == (theirs.turn, theirs.street) and (back == 1 or mine.metres == theirs.metres)


def buses_section(known: Known) -> Section:
    """A card for each way that buses drive instead, and the stops that they leave out."""
    found = known.buses
    if found is None:
        return Section(heading="Buses", blocks=(Lines(lines=(None,)),))
    groups: dict[tuple[str, str, tuple[str, ...]], list[tuple[RouteChange, Variation]]] = {}
    for route in found.routes:
        for one in route.variations:
            legs = tuple(leg.words() for leg in one.legs)
            groups.setdefault((one.leaves or one.state, one.joins, legs), []).append((route, one))
    names = {stop.stop_id: stop.name for stop in found.stops}
    notes: dict[str, list[str]] = {}
    for number, rows in enumerate(groups.values(), 1):
        for note in dict.fromkeys(note for _, one in rows for note in one.notes):
            notes.setdefault(note, []).append(str(number))
    own: dict[str, list[str]] = {}
    for note, numbers in notes.items():
        if len(numbers) == 1:
            own.setdefault(numbers[0], []).append(note)
    cards = tuple(
        _bus(number, key, rows, names, own.get(str(number), [])) for number, (key, rows) in enumerate(groups.items(), 1)
    )
    unknown = STEP_FREE_WORDS["not known"]
    stops = tuple((one.name, " ".join(said.replace(f" {unknown}", "") for said in one.tell)) for one in found.stops)
    assumed = (UNSAID,) if any(unknown in said for one in found.stops for said in one.tell) else ()
    looked = tuple((note, ", ".join(in_runs(numbers))) for note, numbers in notes.items() if len(numbers) > 1)
    told = Lines(lines=tuple(dict.fromkeys((*found.summary, *found.warnings, *assumed))))
    blocks = (
        Cards(cards=cards, flowing=True) if cards else None,
        Table(columns=("Look at before buses are sent there", "On cards"), widths=(0.8, 0.2), rows=looked) if looked else None,
        Table(columns=("Stop", "Notice for riders"), widths=(0.25, 0.75), rows=stops) if stops else None,
    )
    return Section(heading="Buses", blocks=(told, *(block for block in blocks if block)))


def _bus(
    number: int,
    key: tuple[str, str, tuple[str, ...]],
    rows: list[tuple[RouteChange, Variation]],
    names: dict[str, str],
    notes: list[str],
) -> Card:
    leaves, joins, legs = key
    routes = list(dict.fromkeys(route.route for route, _ in rows))
    trips = sum(one.trips for _, one in rows)
    missed = list(dict.fromkeys(names.get(stop, stop) for _, one in rows for stop in one.stops_missed))
    minutes = [one.minutes_added for _, one in rows if one.minutes_added is not None]
    facts = [f"{counted(trips, 'trip')}" + (f", up to {max(minutes):+z.1f} min each" if minutes else "") + "."]
    if missed:
        facts.append(f"Not served: {listed(missed)}.")
    way = f"{leaves} to {joins}" if joins else leaves.replace("_", " ")
    called = f"Route{'s' if len(routes) > 1 else ''} {', '.join(routes)}"
    return Card(
        heading=f"{number}. {called}: {way}",
        facts=(" ".join(facts),),
        steps=legs,
        notes=(" ".join(notes),) if notes else (),
        short=counted(trips, "trip"),
    )
