"""What the record says of barriers, gates and shut roads, for the planner: named, placed, and where their ring is open.

A piece counts as placed where its words name one spot or one stretch and the engine that checks a given cordon
(:mod:`clearway.planning.cordon.seal`) can stand it there. The verdict is about those alone; nothing is claimed of the others.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from pydantic import Field

from clearway.errors import BadGeometry, ClearwayError
from clearway.planning.cordon.seal.contract import GivenBarrier, Seal, SealQuestion
from clearway.planning.cordon.seal.placing import Placer
from clearway.planning.cordon.seal.understood import placed_barrier
from clearway.planning.cordon.seal.verdict import sealed
from clearway.planning.whereabouts import Certainty
from clearway.record.kind import Role, Theme
from clearway.record.kinds import KINDS
from clearway.record.place import PLACE, Area, Junction, NamedPlace, Point, Street
from clearway.record.place_words import words_of_place
from clearway.shapes import Shape
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.picture.contract import Fact, PictureAnswer
    from clearway.planning.cordon.seal.placing import Placed
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.whereabouts import Whereabouts
    from clearway.record.place import Place

_HINT = "Say where each stands, such as 'Hill Street at Molesworth Street', or pick the point on the map."


class RecordBarrier(Shape):
    """A barrier of the record as the planner takes it over: in words, or as a point."""

    label: str
    words: str = ""
    lon: float | None = None
    lat: float | None = None
    street: str = ""


class RecordPiece(Shape):
    """One place at which the record says that something keeps vehicles out."""

    entry: str
    says: str
    where: str = Field(description="as the entry names it")
    certainty: Certainty
    note: str = Field(description="where it was placed, or why it is not")
    barrier: RecordBarrier | None = Field(description="as the planner takes it over; null where it is not placed")


class RecordBarriers(Shape):
    """The barriers, gates and shut roads of a record at one moment."""

    total: int = Field(description="how many the record says there are, at least")
    named: int = Field(description="of those, how many it names a place for")
    placed: int = Field(description="of those, how many stand at one spot or stretch of the map")
    pieces: tuple[RecordPiece, ...]
    seal: Seal | None = Field(description="the verdict on those that are placed; null where there is none, or no site")
    summary: tuple[str, ...]


def record_barriers(
    picture: PictureAnswer, gazetteer: Gazetteer, question: SealQuestion | None = None, *, limit_s: float = math.inf
) -> RecordBarriers:
    """What a picture says of barriers, gates and shut roads, and where the ring of those that are placed is open.

    Args:
        picture: The picture at the moment.
        gazetteer: Finds places on the network.
        question: The site, and whom to keep out, without barriers; None where there is no site: then no ring is checked.
        limit_s: Seconds after which the search for missing barriers ends.
    """
    barred = [fact for fact in picture.states if _keeps_out(fact)]
    facts = [fact for fact in barred if not _is_loose(fact)]
    placer = Placer(gazetteer.network, question.cordon()) if question else None
    pieces = tuple(
        piece_of(fact, PLACE.validate_python(place), gazetteer, placer)[0] for fact in facts for place in fact.places
    )
    given = tuple(piece.barrier for piece in pieces if piece.barrier is not None)
    total = sum(max(_said(fact), len(fact.places)) for fact in facts)
    verdict = None
    if given and question:
        ring = question.model_copy(update={"barriers": tuple(map(_as_given, given))})
        verdict = sealed(gazetteer.network, ring, limit_s=limit_s)
    return RecordBarriers(
        total=total,
        named=len(pieces),
        placed=len(given),
        pieces=pieces,
        seal=verdict,
        summary=(*_summary(total, pieces, verdict), *_loosely(fact for fact in barred if _is_loose(fact))),
    )


def _is_loose(fact: Fact) -> bool:
    """Whether streets are said to be shut and none is named: no barrier can be placed by that."""
    mark = KINDS[fact.kind].about.mark
    is_street = mark is not None and mark.shape == "street"
    return is_street and bool(fact.places) and all(place["type"] in ("named", "area") for place in fact.places)


def _loosely(facts: Iterable[Fact]) -> Iterable[str]:
    """What is said to be shut without a street, in a sentence."""
    if said := [fact.where for fact in facts]:
        yield f"Said to be shut, and no street is named: {'; '.join(said)}."


def _keeps_out(fact: Fact) -> bool:
    """Whether a fact says that something stands across a street now: by the sign that its kind has in its state."""
    about = KINDS[fact.kind].about
    if about.role is not Role.STATE or about.theme is not Theme.STREETS or not about.place_counts or about.mark is None:
        return False
    sign = about.sign(fact.body.get(about.state_field or ""))
    return about.mark.on_sketch and (sign == "shut" or (sign == "restricted" and about.mark.shape != "street"))


def _said(fact: Fact) -> int:
    """At how many places an entry says that something stands, or how many there are; 0 where it gives no number."""
    amount: dict[str, Any] = fact.body.get("at_places") or fact.body.get("amount") or {}
    return int(amount.get("low") or amount.get("high") or 0)


def piece_of(
    fact: Fact, place: Place, gazetteer: Gazetteer, placer: Placer | None, *, every_arm: bool = False
) -> tuple[RecordPiece, Placed | None]:
    """One place at which a record says that something keeps vehicles out, and where it stands on the streets.

    Args:
        fact: What is there.
        place: One of its places.
        gazetteer: Finds places on the network.
        placer: Stands barriers on that network; None where nobody knows for which site: then none is stood.
        every_arm: Whether what is at a corner, on no side that anybody named, shuts all streets that meet there.
    """
    where = gazetteer.of(place)
    given, stands = given_at(gazetteer.meant(place), where, f"{fact.says}, {words_of_place(place)}", every_arm=every_arm), None
    note = where.says
    if given is None and where.spot is not None:
        note = "It names no spot on a street."
    if given is not None and placer is not None:
        try:
            stands = _stood(placer, _as_given(given), every_arm=every_arm and isinstance(place, Point))
            note = " ".join(filter(None, (f"Stands on {stands.called}.", stands.note)))
        except ClearwayError as error:
            given, note = None, str(error)
    piece = RecordPiece(
        entry=fact.id, says=fact.says, where=words_of_place(place), certainty=where.certainty, note=note, barrier=given
    )
    return piece, stands


def _stood(placer: Placer, given: GivenBarrier, *, every_arm: bool) -> Placed:
    """Where a barrier stands; a point on a junction shuts all its arms, if that is wanted, since nobody knows which is meant.

    Raises:
        ClearwayError: nobody can say where it stands.
    """
    try:
        return placed_barrier(placer, given)
    except BadGeometry as error:
        if not every_arm:
            raise
        try:
            return placed_barrier(placer, given.model_copy(update={"junction": True}))
        except ClearwayError:
            raise error from None


def given_at(place: Place, where: Whereabouts, label: str, *, every_arm: bool = False) -> RecordBarrier | None:
    """A barrier as the checker of cordons takes it; None where nobody knows at which spot it stands.

    Args:
        place: Its place.
        where: Where that lies on the network.
        label: What people call it.
        every_arm: Whether one at a corner, on no side that anybody named, shuts all streets that meet there.
    """
    label = label[:200]
    if where.spot is None or isinstance(place, Area | NamedPlace):
        return None
    if isinstance(place, Junction) and every_arm and place.side is None:
        return RecordBarrier(label=label, words=f"Junction of {place.streets[0]} and {place.streets[1]}")
    if isinstance(place, Junction):
        side = f", {place.side} side" if place.side else ""
        return RecordBarrier(label=label, words=f"{place.streets[0]} at {place.streets[1]}{side}")
    if isinstance(place, Street):
        return RecordBarrier(label=label, words=f"{place.street} between {' and '.join(place.between)}")
    street = "" if isinstance(place, Point) else place.street or ""
    return RecordBarrier(label=label, lon=where.spot[0], lat=where.spot[1], street=street)


def _as_given(barrier: RecordBarrier) -> GivenBarrier:
    return GivenBarrier(**barrier.model_dump())


def _summary(total: int, pieces: Sequence[RecordPiece], verdict: Seal | None) -> Iterable[str]:
    if not total:
        yield "The record says of no barrier, gate or shut road at this moment."
        return
    placed = [piece for piece in pieces if piece.barrier is not None]
    lost = total - len(placed)
    many = "none placed yet" if not placed else f"{len(placed)} placed on the map"
    things = counted(total, "barrier, gate or shut road", "barriers, gates and shut roads")
    yield f"{len(pieces)} of {things} {'is' if len(pieces) == 1 else 'are'} named, {many}."
    if verdict is not None:
        yield f"With {counted(len(placed), 'piece that is', 'pieces that are')} placed: {verdict.summary[0]}"
        if verdict.leaks:
            yield f"The ring would be open at: {_open_at(verdict)}."
    if lost:
        rest = f"the other {lost}" if placed else "their ring"
        yield f"Nothing is claimed of {rest}. {_HINT}"


def _open_at(verdict: Seal) -> str:
    """Where the ways in are, each once, in the words of what would stop it."""
    at = [leak.barrier.called if leak.barrier else leak.streets[-1] for leak in verdict.leaks if leak.barrier or leak.streets]
    more = "; and at other places" if verdict.more_leaks else ""
    return "; ".join(dict.fromkeys(at)) + more
