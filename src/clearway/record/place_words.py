"""Places in words that :mod:`clearway.record.place_text` reads as the same place again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from clearway.record.place import Address, Along, Area, Compass, Junction, NamedPlace, Point, Street
from clearway.record.place_text import read_place, street_alone
from clearway.record.street_words import is_numbered_after

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.record.place import Place

_DECIMALS = 7
_POINTS = get_args(Compass)


def place_words(places: Iterable[Place]) -> str:
    """Where, as people call it: a point or area by its label, where it has one.

    >>> place_words([Street(street="Hill Street"), Point(at=(174.777, -41.279), label="Gate 3")])
    'Hill Street; Gate 3'
    """
    called = (place.label if isinstance(place, Point) and place.label else words_of_place(place) for place in places)
    return "; ".join(filter(None, called))


def words_of_place(place: Place) -> str:  # noqa: PLR0911 - one for each type
    """One place in words; of an area its label, which does not say its shape.

    >>> words_of_place(Along(street="Cuba Street", start="Dixon Street", metres=30, about=True, towards="up"))
    'about 30 m up Cuba Street from Dixon Street'
    >>> words_of_place(Street(street="Hill Street", side="north", locality="Thorndon"))
    'Hill Street, north side in Thorndon'
    """
    match place:
        case Street():
            return f"{_street(place.street)}{_part(place.between)}{_side(place.side)}{_in(place.locality)}"
        case Junction():
            return f"{_corner(place.streets)}{_side(place.side)}{_in(place.locality)}"
        case Address():
            return f"{_address(place)}{_in(place.locality)}"
        case Along():
            return f"{_distance(place)}{_in(place.locality)}"
        case NamedPlace():
            return place.name if _reads_as_a_name(place.name) else f"\u201c{place.name}\u201d"
        case Point():
            return f"{place.label} ({_position(place)})" if place.label else _position(place)
        case Area():
            return place.label or ""


@lru_cache(maxsize=4096)
def _reads_as_a_name(name: str) -> bool:
    """Whether these words, without quotation marks, are read as a place of this name."""
    return read_place(name) == NamedPlace(name=name)


def _street(name: str) -> str:
    return name if street_alone(name) else f"{name} (street)"


def _part(between: tuple[str, ...]) -> str:
    match between:
        case (first, last):
            return f" from {first} to {last}" if " and " in first + last else f" between {first} and {last}"
        case (first,):
            return f" from {first}"
        case _:
            return ""


def _corner(streets: tuple[str, ...]) -> str:
    if any(map(street_alone, streets)):
        return " at ".join(streets)
    return "corner of " + (" / " if any(" and " in street for street in streets) else " and ").join(streets)


def _address(place: Address) -> str:
    behind = is_numbered_after(place.street)
    return f"{place.street} {place.number}" if behind else f"{place.number} {_street(place.street)}"


def _distance(place: Along) -> str:
    far = f"{'about ' if place.about else ''}{place.metres:.10g} m"
    towards = place.towards or ""
    if place.street is None:
        return f"{far} {towards} of {place.start}" if towards in _POINTS else f"{far} from {place.start}{_towards(towards)}"
    street = _street(place.street)
    if towards in _POINTS:
        return f"{far} {towards} along {street} from {place.start}"
    if towards in ("up", "down"):
        return f"{far} {towards} {street} from {place.start}"
    return f"{far} along {street} from {place.start}{_towards(towards)}"


def _towards(name: str) -> str:
    return f" towards {name}" if name else ""


def _side(side: str | None) -> str:
    return f", {side} side" if side else ""


def _in(locality: str | None) -> str:
    return f" in {locality}" if locality else ""


def _position(place: Point) -> str:
    """Latitude and longitude, to a centimetre where they are that fine."""
    lon, lat = place.at
    return ", ".join(f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.1f}" for value in (lat, lon))
