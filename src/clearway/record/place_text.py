"""Places as people write them.

* a junction: "Lambton Quay at Bowen Street", "corner of Hill St and Molesworth St", "Hill St / Molesworth St"
* a part of a street: "Featherston Street between Bunny Street and Whitmore Street", "Hill Street from Molesworth Street"
* a side of it: "north side of Hill Street", "Hill Street, even side"
* a house number: "58 Molesworth Street", "Kaivokatu 5"
* a distance: "about 30 m up Cuba Street from Dixon Street", "50 m north of the Cenotaph on Lambton Quay"
* a point: "-41.2784, 174.7771", latitude first; "41°16.7'S 174°46.6'E", with seconds or without
* with a suburb or town where the name alone is not enough: "Hill Street in Thorndon"

Anything else is a place by its name. A street that does not look like one is marked, "Long Acre (street)", and a name that
reads as something else is quoted. No network is needed; :mod:`clearway.planning.whereabouts` says where a place is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from pydantic import ValidationError

from clearway.errors import BadInput
from clearway.record.place import MOST_STREETS, Address, Along, Junction, NamedPlace, Point, Street
from clearway.record.street_words import is_numbered_after, is_street_like, singular_of, written_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.record.place import Compass, Place, Side

EXAMPLES = (
    "'Lambton Quay at Bowen Street', 'Hill Street between Molesworth Street and Guilford Terrace' or '58 Molesworth Street'"
)
"""For sentences about a place that cannot be used."""

_METRES = {"m": 1.0, "metre": 1.0, "meter": 1.0, "km": 1000.0, "yd": 0.9144, "yard": 0.9144, "ft": 0.3048, "feet": 0.3048,
           "foot": 0.3048}  # fmt: skip
_RIGHT_ANGLE, _HALF_TURN = 90, 180

_THE = r"(?-i:the )?"  # "The Terrace" is a name
_POINTS = r"(?:north|south)(?:[ -]?(?:east|west))?|east|west"
_COMPASS = rf"(?P<compass>{_POINTS})(?:ern|wards?)?"
_SIDE = rf"(?:on )?{_THE}(?:(?P<side>{_POINTS})(?:ern)?|(?P<parity>even|odd)(?:[ -]numbered)?) side"
_FAR = (
    r"(?P<about>(?:about|around|approximately|approx\.?|some|roughly|nearly|c\.|~) ?)?"
    r"(?P<far>\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d+)?) ?(?P<unit>m|metres?|meters?|km|yd|yards?|ft|feet|foot)"
)
_TOWARDS = rf"(?: (?:towards?|in the direction of) {_THE}(?P<towards>.+))?"
_CORNER = r"(?:(?:street )?corner|cnr\.?|intersection|junction|crossroads)"
_NUMBER = r"(?P<number>(?:\d{1,5}[A-Za-z]?/)?\d{1,5}(?: ?[A-Za-z]\b)?(?: ?[-\u2013] ?\d{1,5}[A-Za-z]?)?)"
_DEGREES = r"[+\-\u2212]?\d{1,3}(?:\.\d+)?"
_LATITUDE = rf"(?P<lat>{_DEGREES}) ?°? ?(?P<lat_of>[NS])?"
_LONGITUDE = rf"(?P<lon>{_DEGREES}) ?°? ?(?P<lon_of>[EW])?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_POINT = _form(rf"(?:(?P<label>.+?) \()?(?:geo:)?{_LATITUDE} ?[,; ] ?{_LONGITUDE}\)?")
_MINUTES = (
    r"(?P<{0}_deg>\d{{1,3}}) ?[°d: ] ?(?P<{0}_min>\d{{1,2}}(?:\.\d+)?) ?['\u2019\u2032m: ]? ?"
    r"(?:(?P<{0}_sec>\d{{1,2}}(?:\.\d+)?) ?[\"\u201d\u2033s]?)? ?"
)
_POINT_IN_MINUTES = tuple(
    _form(f"{lat} ?[,;]? ?{lon}")
    for lat, lon in (
        (f"{_MINUTES.format('lat')}(?P<lat_of>[NS])", f"{_MINUTES.format('lon')}(?P<lon_of>[EW])"),
        (f"(?P<lat_of>[NS]) ?{_MINUTES.format('lat')}", f"(?P<lon_of>[EW]) ?{_MINUTES.format('lon')}"),
    )
)
"""Degrees and minutes, and seconds where they are given, with the side of the globe behind or before them."""
_QUOTED = re.compile('[\u201c"]([^\u201c\u201d"]+)[\u201d"]')
_LOCALITY = _form(r"(?P<rest>.+) in (?P<locality>.+)")
_BRACKETED = _form(r"(?P<rest>.+) \((?P<inner>(?:between|from) .+|.* side)\)")
_LEAD = _form(rf"(?:at|on|along|in|outside|in front of) {_THE}(?P<rest>.+)")
_NAMED_STREET = _form(r"(?P<street>.+) \(street\)")
_ORDINAL = _form(r"\d{1,3}(?:st|nd|rd|th) \w")
_NOT_IN_A_NAME = _form(
    rf" (?:at|between|from|on|near|outside|opposite|beside|behind) |(?<!\d)/|/(?!\d)|[&,;]|\b{_CORNER}\b|\bside of\b"
)
_LOOSE_DISTANCES = (
    _form(rf"{_FAR} (?P<way>up|down|along) {_THE}(?P<street>.+?) from {_THE}(?P<start>.+?){_TOWARDS}"),
    _form(rf"{_FAR} {_COMPASS} along {_THE}(?P<street>.+?) from {_THE}(?P<start>.+)"),
)
_DISTANCES = (
    *_LOOSE_DISTANCES,
    _form(rf"{_FAR} {_COMPASS} (?:of|from) {_THE}(?P<start>.+?) (?:on|along) {_THE}(?P<street>.+)"),
    _form(rf"{_FAR} from {_THE}(?P<start>.+?) (?:on|along) {_THE}(?P<street>.+?){_TOWARDS}"),
    _form(rf"(?P<street>.+?),? {_FAR} {_COMPASS} (?:of|from) {_THE}(?P<start>.+)"),
    _form(rf"(?P<street>.+?),? {_FAR} from {_THE}(?P<start>.+?){_TOWARDS}"),
    _form(rf"{_FAR} {_COMPASS} (?:of|from) {_THE}(?P<start>.+)"),
    _form(rf"{_FAR} from {_THE}(?P<start>.+?){_TOWARDS}"),
)
_SIDE_OF_CROSS = _form(rf"(?P<street>.+?),? {_SIDE} of {_THE}(?P<cross>.+)")
_SIDES = (
    _form(rf"(?:along )?{_SIDE} of {_THE}(?P<rest>.+)"),
    _form(rf"(?P<rest>.+?),? {_SIDE}"),
)
_SIDE_ALONE = _form(rf"{_SIDE}(?: of .+)?")
_PARTS = (
    _form(rf"(?P<street>.+?),? between {_THE}(?P<ends>.+)"),
    _form(rf"(?P<street>.+?),? from {_THE}(?P<first>.+?) to {_THE}(?P<last>.+)"),
    _form(rf"between {_THE}(?P<ends>.+) (?:on|along) {_THE}(?P<street>.+)"),
    _form(rf"from {_THE}(?P<first>.+?) to {_THE}(?P<last>.+) (?:on|along) {_THE}(?P<street>.+)"),
    _form(rf"(?P<street>.+?) from {_THE}(?P<first>.+)"),
)
_CORNERS = (
    _form(rf"(?:at |on )?{_THE}{_CORNER} (?:of |between |at |with )?{_THE}(?P<streets>.+)"),
    _form(r"where (?P<streets>.+? (?:meets?|crosses|joins) .+)"),
    _form(rf"(?P<streets>.+?) {_CORNER}"),
    _form(r"(?P<streets>.+?(?:(?<!\d) ?/ ?| / ).+|.+ (?:meets?|crosses) .+)"),
)
_CORNER_BEHIND = _form(rf"(?P<first>.+?),? (?:at |on )?{_THE}{_CORNER}(?: (?:of|with|at))? {_THE}(?P<last>.+)")
_PARTED = _form(rf"(?<!\d) ?/ ?| / | & {_THE}| (?:meets?|crosses|joins|with|at) {_THE}")
_AND = _form(rf",? and {_THE}|, ")
_MET = (_form(r" at "), _form(r" & | x | @ "), _form(rf",? and {_THE}|, "))
_NUMBER_FIRST = _form(rf"(?:no\.? ?|number )?{_NUMBER},? (?P<street>.+)")
_NUMBER_LAST = _form(rf"(?P<street>.+?),? {_NUMBER}")


def places_of_text(text: str) -> tuple[Place, ...]:
    """The places of a text, one after each semicolon; none where it is empty.

    Raises:
        BadInput: one of them cannot be used.

    >>> [place.type for place in places_of_text("Hill St; Sky Stadium")]
    ['street', 'named']
    """
    return tuple(place_of_text(part) for part in text.split(";") if part.strip())


def place_of_text(text: str) -> Place:
    """The place that somebody wrote.

    Raises:
        BadInput: nothing is written, it is too long, or its coordinates lie outside the globe.

    >>> place_of_text("Lambton Quay at Bowen St").streets
    ('Lambton Quay', 'Bowen Street')
    """
    words = re.sub(r"\s+", " ", text).strip(" .,;")
    if not words:
        raise BadInput(f"The place is empty. Write one such as {EXAMPLES}.")
    try:
        return read_place(words)
    except ValidationError as error:
        raise BadInput(f"The place {words[:60]!r} cannot be used. Write one such as {EXAMPLES}.") from error


def read_place(words: str) -> Place:
    """The place of a text without double spaces.

    Raises:
        BadInput: its coordinates lie outside the globe.
        ValidationError: a part of it is too long.
    """
    if quoted := _QUOTED.fullmatch(words):
        return NamedPlace(name=quoted[1])
    if point := _point(words):
        return point
    if bracketed := _BRACKETED.fullmatch(words):
        words = f"{bracketed['rest']} {bracketed['inner']}"
    for rest, locality in _locality_splits(words):
        place = _unlocated(rest)
        if isinstance(place, Street | Junction | Address | Along):
            return place.model_copy(update={"locality": locality})
    led = _LEAD.fullmatch(words)
    inner = _unlocated(led["rest"]) if led else None
    return _unlocated(words) if inner is None or isinstance(inner, NamedPlace) else inner


def street_name(words: str) -> str:
    """The name of what stands where a street is meant: its type in full where it looks like a street, else as it is."""
    return street_alone(words) or words


@lru_cache(maxsize=16_384)
def street_alone(words: str) -> str | None:
    """The name of a street; None where the words do not look like one.

    >>> street_alone("the Molesworth St"), street_alone("Long Acre (street)"), street_alone("Long Acre")
    ('Molesworth Street', 'Long Acre', None)
    """
    if said := _NAMED_STREET.fullmatch(words):
        return said["street"]
    name = re.sub(r"^the (?=\S+ \S)", "", words)
    is_one = is_street_like(name) and not (name[0].isdigit() and not _ORDINAL.match(name)) and not _NOT_IN_A_NAME.search(name)
    return written_out(name) if is_one else None


def _locality_splits(words: str) -> list[tuple[str, str]]:
    """Where a suburb or town may stand behind the rest: after "in", after a comma."""
    found = _LOCALITY.fullmatch(words)
    splits = [(found["rest"], found["locality"])] if found else []
    parts = words.split(", ")
    for at in range(1, len(parts)):
        locality = ", ".join(parts[at:])
        is_other = _SIDE_ALONE.fullmatch(locality) or not isinstance(_unlocated(locality), NamedPlace)
        if not is_other and not locality.lower().startswith(("between ", "from ", "corner ", "cnr ", "near ")):
            splits.append((", ".join(parts[:at]), locality))
    return splits


def _unlocated(words: str) -> Place:
    for reader in (_distance, _side, _part, _address, _corner):
        place = reader(words)
        if place is not None:
            return place
    street = street_alone(words)
    return Street(street=street) if street else NamedPlace(name=words)


def _point(words: str) -> Point | None:
    """A point of two numbers; None where they may be anything, such as house numbers without a decimal point."""
    if minutes := _point_in_minutes(words):
        return minutes
    found = _POINT.fullmatch(words)
    if found is None or not (found["lat_of"] or found["lon_of"] or "." in found["lat"] + found["lon"]):
        return None
    lat, lon = (float(found[name].replace("\u2212", "-")) for name in ("lat", "lon"))
    lat, lon = (-abs(value) if (found[of] or "").upper() in ("S", "W") else value
                for value, of in ((lat, "lat_of"), (lon, "lon_of")))  # fmt: skip
    if abs(lat) > _RIGHT_ANGLE >= abs(lon):  # longitude stands first
        lat, lon = lon, lat
    return _on_globe(lat, lon, words, found["label"])


def _point_in_minutes(words: str) -> Point | None:
    """A point in degrees, minutes and seconds; None where that is not how it is written."""
    found = next((found for form in _POINT_IN_MINUTES if (found := form.fullmatch(words))), None)
    if found is None:
        return None
    lat, lon = (
        round(int(found[f"{name}_deg"]) + float(found[f"{name}_min"]) / 60 + float(found[f"{name}_sec"] or 0) / 3600, 7)
        for name in ("lat", "lon")
    )
    return _on_globe(-lat if found["lat_of"] in "Ss" else lat, -lon if found["lon_of"] in "Ww" else lon, words)


def _on_globe(lat: float, lon: float, words: str, label: str | None = None) -> Point:
    """A point.

    Raises:
        BadInput: there is no such point on the globe.
    """
    if abs(lat) > _RIGHT_ANGLE or abs(lon) > _HALF_TURN:
        raise BadInput(f"{words} lies outside the globe. Write latitude and longitude in degrees, such as -41.2784, 174.7771.")
    return Point(at=(lon, lat), label=label)


def _distance(words: str) -> Along | None:
    for form in _DISTANCES:
        found = form.fullmatch(words)
        said = found.groupdict() if found else {}
        street = said.get("street")
        if not said or (street and form not in _LOOSE_DISTANCES and not street_alone(street)):
            continue
        unit = said["unit"].lower()
        way, towards = (said.get("way") or "along").lower(), said.get("towards")
        return Along(
            street=street_name(street) if street else None,
            start=street_name(said["start"]),
            metres=round(float(said["far"].replace(",", "")) * _METRES[unit if unit in _METRES else unit[:-1]], 2),
            about=said["about"] is not None,
            towards=_compass(said.get("compass"))
            or (street_name(towards) if towards else None)
            or (None if way == "along" else way),
        )
    return None


def _side(words: str) -> Street | Junction | None:
    found = _SIDE_OF_CROSS.fullmatch(words)
    if found and found["side"] and (street := street_alone(found["street"])):
        return Junction(streets=(street, street_name(found["cross"])), side=_compass(found["side"]))
    for form in _SIDES:
        if found := form.fullmatch(words):
            place = _unlocated(found["rest"])
            if isinstance(place, Junction) and found["side"] and place.side is None:
                return place.model_copy(update={"side": _compass(found["side"])})
            if isinstance(place, Street) and place.side is None:
                side: Side = _compass(found["side"]) or cast("Side", found["parity"].lower())
                return place.model_copy(update={"side": side})
    return None


def _part(words: str) -> Street | None:
    for form in _PARTS:
        found = form.fullmatch(words)
        said = found.groupdict() if found else {}
        ends = _streets(said["ends"]) if said.get("ends") else [said.get("first"), said.get("last")]
        names = tuple(end for end in ends if end)
        is_street = bool(said) and (street_alone(said["street"]) or (len(names) > 1 and all(map(street_alone, names))))
        if is_street and len(names) <= 2 and (len(names) > 1 or form is _PARTS[-1]):  # noqa: PLR2004 - a part has two ends
            return Street(street=street_name(said["street"]), between=tuple(map(street_name, names)))
    return None


def _address(words: str) -> Address | None:
    for form in (_NUMBER_FIRST, _NUMBER_LAST):
        found = form.fullmatch(words)
        street = street_alone(found["street"]) if found else None
        if found and street and (form is _NUMBER_FIRST or is_numbered_after(street)):
            return Address(street=street, number=found["number"].replace(" ", "").replace("\u2013", "-"))
    return None


def _corner(words: str) -> Junction | None:
    for form in _CORNERS:
        if (found := form.fullmatch(words)) and 1 < len(streets := _streets(found["streets"])) <= MOST_STREETS:
            return Junction(streets=tuple(map(street_name, streets)))
    if (found := _CORNER_BEHIND.fullmatch(words)) and street_alone(found["first"]):
        return Junction(streets=(street_name(found["first"]), street_name(found["last"])))
    for form in _MET:
        streets = _merged(form.split(words)) if form is _MET[-1] else form.split(words)
        alike = [street_alone(street) is not None for street in streets]
        is_met = len(alike) == 2 and all(alike) if form is _MET[-1] else any(alike)  # noqa: PLR2004 - "A and B" alone
        if is_met and 1 < len(streets) <= MOST_STREETS:
            return Junction(streets=tuple(map(street_name, streets)))
    return None


def _streets(text: str) -> list[str]:
    """The streets of a corner: by what surely parts names, else at each "and" that leaves names of streets on both sides."""
    parted = _PARTED.split(text)
    if len(parted) > 1:
        return parted
    *names, kind = text.split()
    if kind_of_each := singular_of(kind):
        return [f"{name} {kind_of_each}" for name in _AND.split(" ".join(names))]
    return _merged(_AND.split(text))


def _merged(parts: Sequence[str]) -> list[str]:
    """Parts of names put together again until each is that of a street; as they are where that does not leave two."""
    merged: list[str] = []
    unfinished = ""
    for part in parts:
        unfinished = f"{unfinished} and {part}" if unfinished else part
        if street_alone(unfinished):
            merged.append(unfinished)
            unfinished = ""
    return merged if len(merged) > 1 and not unfinished else list(parts)


def _compass(said: str | None) -> Compass | None:
    """A compass point as it is stored.

    >>> _compass("North East"), _compass("southwest")
    ('north-east', 'south-west')
    """
    return cast("Compass", re.sub(r"(north|south)[ -]?(?=east|west)", r"\1-", said.lower())) if said else None
