"""What a record bars, as closures for drives of help: a drive past all of them needs nobody to open anything.

Everything that may stand in a vehicle's way counts, whoever it would let through: a corner without a side shuts all the
streets that meet there, a part of a street its whole length. What nobody can place is named, so that nothing is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import flat_scale
from clearway.planning.access.proved import EMERGENCY
from clearway.planning.cordon.planner.question import DEFAULT_SHUT, CordonQuestion
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.seal.placing import Placer
from clearway.planning.record_barriers import piece_of
from clearway.record.kinds import BODY
from clearway.record.place import PLACE, Area, NamedPlace, Street
from clearway.record.place_words import words_of_place
from clearway.shapes import Polygon
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clearway.picture.contract import Fact
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.place import Place

_HALF_M = 5.0
"""Half a side of the square that stands for a site of which only a point is known."""


class Unplaced(NamedTuple):
    """Something that nobody can place on a street.

    Attributes:
        says: What it is.
        where: Where it was said to be, in words.
        why: Why that is no place on a street; empty where the words name only a street or a neighbourhood.
    """

    says: str
    where: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class RecordClosures:
    """What a record bars.

    Attributes:
        closures: Where it is placed, each labelled with what stands there and where.
        placed: How many places that is.
        unplaced: What nobody can place on a street.
        entries: The entries that bar something.
    """

    closures: tuple[Closure, ...]
    placed: int
    unplaced: tuple[Unplaced, ...]
    entries: tuple[str, ...]


def record_closures(facts: Iterable[Fact], site: tuple[float, float], gazetteer: Gazetteer) -> RecordClosures:
    """What the states in force of a record bar to vehicles of help.

    Args:
        facts: States in force.
        site: Longitude and latitude: of streets of one name those near to it are meant.
        gazetteer: Finds places on the network.

    Raises:
        BadGeometry: the site lies off the network.
    """
    barring = [fact for fact in facts if BODY.validate_python(fact.body).bars_street]
    question = CordonQuestion(site=_round(site), shut=(*DEFAULT_SHUT, EMERGENCY))
    located_site(gazetteer.network, question)
    placer = Placer(gazetteer.network, question)
    closures: dict[Closure, None] = {}
    placed: set[str] = set()
    unplaced: dict[Unplaced, None] = {}
    for fact in barring:
        unplaced |= dict.fromkeys(_unnamed(fact))
        for place in map(PLACE.validate_python, fact.places):
            found, why = _closures(fact, place, gazetteer, placer)
            closures |= dict.fromkeys(found)
            if found:
                placed.add(words_of_place(place))
            else:
                unplaced[Unplaced(fact.says, words_of_place(place) or "an area", why)] = None
    return RecordClosures(tuple(closures), len(placed), tuple(unplaced), tuple(fact.id for fact in barring))


def _unnamed(fact: Fact) -> Iterator[Unplaced]:
    """What an entry says of places that it does not name."""
    body = BODY.validate_python(fact.body)
    if not fact.places:
        yield Unplaced(fact.says, "no place named")
    elif body.places_said and (missing := int(body.places_said.low or 0) - len(fact.places)) > 0:
        yield Unplaced(fact.says, f"{counted(missing, 'more place')} that nobody named")


def _closures(fact: Fact, place: Place, gazetteer: Gazetteer, placer: Placer) -> tuple[list[Closure], str]:
    """What an entry shuts at one of its places; or, where that is nothing, why."""
    if BODY.validate_python(fact.body).has_gone_astray:
        return [], "nobody has said where it is now"
    piece, stands = piece_of(fact, place, gazetteer, placer, every_arm=True)
    shuts, label, meant = class_mask([EMERGENCY]), f"{fact.says}, {piece.where}", gazetteer.meant(place)
    if isinstance(meant, Street) and piece.barrier is not None:
        return [Closure(way, shuts, label=label) for way in gazetteer.of(place).ways], ""
    cuts = stands.cuts if stands else ()
    is_vague = piece.certainty == "somewhere_on" or isinstance(meant, Area | NamedPlace)
    return [Closure(way, shuts, at_m=at_m, label=label) for way, at_m in cuts], "" if is_vague else _first_sentence(piece.note)


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")


def _round(site: tuple[float, float]) -> Polygon:
    """A small square round a point."""
    east, north = (_HALF_M / metres for metres in flat_scale(site[1]))
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return Polygon(type="Polygon", coordinates=[[[site[0] + x * east, site[1] + y * north] for x, y in corners]])
