"""The beginning of a plan: what the record says of barriers at a moment, and the pieces of streets to choose from.

A barrier that is known by its street alone stands nowhere until somebody chooses a piece; one without any place stands nowhere
until somebody gives a point. Nothing is claimed of those that are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.plan.contract import StatedPlace, StatedPlan
from clearway.planning.plan.ring import ring_question, street_of
from clearway.planning.plan.status import plan_status
from clearway.planning.plan.street_choices import street_choices
from clearway.planning.record_barriers import given_at, record_barriers
from clearway.planning.streets_by_name import folded
from clearway.record.kinds.plans import PlannedBarrier
from clearway.record.place import PLACE, Point
from clearway.record.place_text import place_of_text
from clearway.record.place_words import words_of_place
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clearway.picture.contract import PictureAnswer
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import PlanStatus
    from clearway.planning.record_barriers import RecordPiece
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.place import Place


class Chosen(NamedTuple):
    """What a person adds to what the record says.

    Attributes:
        pieces: By street, as the record names it: the place at which its barrier stands, in words.
        points: Longitude and latitude of barriers that the record does not name.
    """

    pieces: Mapping[str, str] = {}
    points: Sequence[tuple[float, float]] = ()


def plan_from_record(
    picture: PictureAnswer, gazetteer: Gazetteer, base: TrafficPlan, chosen: Chosen | None = None
) -> tuple[StatedPlan, TrafficPlan]:
    """What the record says of barriers, and a plan of those that are placed.

    Args:
        picture: The picture at the moment.
        gazetteer: Of the network.
        base: A plan without barriers: its name, title and site.
        chosen: Pieces and points that a person chose.

    Raises:
        BadInput: a street is chosen that the record does not name, or a place that cannot be read.
        BadGeometry: the site cannot be used.
    """
    chosen = chosen or Chosen()
    question = ring_question(base, gazetteer)
    site = located_site(gazetteer.network, question.cordon()) if question else None
    said, known = record_barriers(picture, gazetteer), _named_places(picture)
    pieces = _chosen_places(chosen.pieces, said.pieces)
    barriers: list[PlannedBarrier] = []
    places: list[StatedPlace] = []
    for piece in said.pieces:
        named, structure = known[piece.entry, piece.where]
        place = pieces.get(folded(piece.where), named)
        where = gazetteer.of(place)
        if is_placed := where.spot is not None and given_at(gazetteer.meant(place), where, "") is not None:
            barriers.append(PlannedBarrier(id=_name(barriers), place=place, structure=structure))
        street = street_of(named)
        places.append(
            StatedPlace(
                entry=piece.entry,
                says=piece.says,
                where=piece.where,
                placed=is_placed,
                note=where.says,
                candidates=street_choices(street, gazetteer, site) if street and not is_placed else (),
            )
        )
    barriers += [
        PlannedBarrier(id=f"B{number}", place=Point(at=spot)) for number, spot in enumerate(chosen.points, len(barriers) + 1)
    ]
    plan = base.model_copy(update={"barriers": tuple(barriers)})
    status = plan_status(plan, (), picture.at, gazetteer)
    placed = sum(one.placed is not False for one in status.barriers)
    answer = StatedPlan(
        at=picture.at,
        stated=said.total,
        named=said.named,
        placed=placed,
        unnamed=max(said.total - said.named - len(chosen.points), 0),
        closed=bool(status.closed),
        places=tuple(places),
        holes=status.holes,
        seal=status.seal,
        summary=tuple(_summary(said.total, said.named, placed, status, has_site=question is not None)),
    )
    return answer, plan


def _named_places(picture: PictureAnswer) -> dict[tuple[str, str], tuple[Place, str]]:
    """Places of states with what stands there, by entry and words."""
    found = {}
    for fact in picture.states:
        for given in fact.places:
            place: Place = PLACE.validate_python(given)
            found[fact.id, words_of_place(place)] = place, str(fact.body.get("barrier", "barrier"))
    return found


def _chosen_places(chosen: Mapping[str, str], pieces: Sequence[RecordPiece]) -> dict[str, Place]:
    """The place chosen for each street, by the words of the record, folded.

    Raises:
        BadInput: the record names no such street, or a place cannot be read.
    """
    known = {folded(piece.where): piece.where for piece in pieces}
    found = {}
    for street, words in chosen.items():
        if folded(street) not in known:
            named = f"It names {listed(sorted(known.values()))}." if known else "It names none."
            raise BadInput(f"The record names no barrier at {street!r} at this moment. {named}")
        found[folded(street)] = place_of_text(words)
    return found


def _name(barriers: Sequence[PlannedBarrier]) -> str:
    return f"B{len(barriers) + 1}"


def _summary(stated: int, named: int, placed: int, status: PlanStatus, *, has_site: bool) -> Iterator[str]:
    yield (
        f"The record states {counted(stated, 'barrier, gate or shut road', 'barriers, gates and shut roads')} and names "
        f"{counted(named, 'place')}; {counted(placed, 'barrier is', 'barriers are')} placed."
    )
    if not has_site:
        yield "No site is known, so no ring was checked. Give it with --site."
    elif not placed:
        yield "Nothing is placed, so no ring was checked. Choose a piece for each street; give points for what has no name."
    elif status.seal is not None:
        yield status.seal.summary[0]
    if (left := stated - placed) > 0:
        yield f"Nothing is claimed of the other {left}."
