"""What streets and addresses are called when a person must find them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import point_at
from clearway.record.street_words import is_street_like, written_out

if TYPE_CHECKING:
    from clearway.network.model import Ints, Network

UNNAMED = "unnamed street"
_CARRIAGEWAY = re.compile(r"[- ](EAST|WEST|NORTH|SOUTH)$")
_SUFFIX = re.compile(r"[\s-]*\b(NORTH|SOUTH|EAST|WEST|Northbound|Southbound|Eastbound|Westbound)$")


_HOUSE = re.compile(r"[\s-]*(?:\bopp\s*)?#.*$", re.IGNORECASE)
"""What a council writes behind a street's name for a drive or path at a house."""
_PART = re.compile(r"(?:(?:\s*-\s*|\s+)(?:extn?|hmhd|dway|SL)|\s*-\s*(?:loop|row|sl|slip))$", re.IGNORECASE)
"""And for an extension, a slip lane, a loop; "Saville Row" and "Saddleback Loop" are names."""
_UNNAMED = re.compile(r"^\W*(?:unnamed|no name|unknown)(?: (?:street|road|way|lane|path))?\W*$", re.IGNORECASE)
_RAMP = re.compile(r"^(?P<street>.+?)(?:-east|-west)? (?P<way>on|off)[ -]?ramp(?: (?P<bound>\w+bound))?$", re.IGNORECASE)
_ROUNDABOUT = re.compile(r"^(?P<first>[^-]+)-(?P<last>.+) RAB$", re.IGNORECASE)
_COMPASS = re.compile(r"-(?:east|west|north|south)$", re.IGNORECASE)
_SUBURB = re.compile(r"^(?P<street>[^-]+)-(?P<suburb>[A-Z]\w+(?: [A-Z]\w+)?)$")
_STEMS = 50_000
"""As many names as the streets of a large city have; some megabytes."""


@lru_cache(maxsize=_STEMS)
def shown_name(name: str | None) -> str | None:
    """A street's name for people, without what a council marks its carriageways, drives, loops and slip lanes by.

    >>> shown_name("Lambton Quay-EAST"), shown_name("Courtenay Pl-#5A LOOP"), shown_name("Ghuznee St-SL Extn")
    ('Lambton Quay', 'Courtenay Pl', 'Ghuznee St')
    >>> shown_name("Saville Row"), shown_name("(unnamed)")
    ('Saville Row', None)
    """
    if not name or _UNNAMED.match(name):
        return None
    plain, before = _HOUSE.sub("", name).strip() or name, ""
    while plain != before:
        before, plain = plain, _PART.sub("", plain)
    return _CARRIAGEWAY.sub("", plain)


def said_name(name: str | None) -> str | None:
    """A street's name as people say it: its type in full, ramps and roundabouts in words.

    >>> said_name("Courtenay Pl-#5A LOOP"), said_name("Cobham Dr-Troy St RAB"), said_name("Oxford St-Tawa")
    ('Courtenay Place', 'Cobham Drive / Troy Street roundabout', 'Oxford Street, Tawa')
    >>> said_name("The Terrace Off Ramp Southbound"), said_name("Johnsonville-Porirua Motorway Northbound")
    ('The Terrace off-ramp, southbound', 'Johnsonville-Porirua Motorway Northbound')
    """
    plain = shown_name(name)
    if not plain:
        return None
    plain = plain.title() if plain.isupper() and " " in plain else plain
    if ramp := _RAMP.match(plain):
        bound = f", {ramp['bound'].lower()}" if ramp["bound"] else ""
        return f"{written_out(ramp['street'])} {ramp['way'].lower()}-ramp{bound}"
    if met := _ROUNDABOUT.match(plain):
        return f"{written_out(met['first'])} / {written_out(met['last'])} roundabout"
    plain = _COMPASS.sub("", plain)
    if (found := _SUBURB.match(plain)) and is_street_like(found["street"]):
        return f"{written_out(found['street'])}, {found['suburb']}"
    return written_out(plain)


@lru_cache(maxsize=_STEMS)
def name_stem(name: str) -> str:
    """A street's name without what tells its carriageways apart.

    >>> name_stem("Lambton Quay-EAST")
    'Lambton Quay'
    """
    return _SUFFIX.sub("", name) or name


class StreetNames:
    """The names of one network's ways and addresses. Built once; safe for several threads."""

    def __init__(self, network: Network) -> None:
        self.network = network
        ends = np.concatenate((network.way_tail, network.way_head))
        self._at_junction: Ints = (np.argsort(ends, kind="stable") % max(network.way_count, 1)).astype(np.int32)
        self._junction_start = np.searchsorted(np.sort(ends), np.arange(network.junction_count + 1))

    def street(self, way: int) -> str:
        """The street's name at a way."""
        return shown_name(self.network.street(way)) or UNNAMED

    def met_at(self, junction: int, way: int) -> str | None:
        """The first street of another name that meets a way at a junction, None where none does."""
        own = shown_name(self.network.street(way))
        first, end = self._junction_start[junction : junction + 2]
        names = (shown_name(self.network.street(int(other))) for other in self._at_junction[first:end])
        return next((name for name in names if name and name != own), None)

    def between(self, way: int) -> str:
        """A way's street and the streets it lies between, as far as they are known."""
        name = self.street(way)
        ends = [self.met_at(int(end[way]), way) for end in (self.network.way_tail, self.network.way_head)]
        known = list(dict.fromkeys(end for end in ends if end))
        return f"{name} {'between' if len(known) > 1 else 'at'} {' and '.join(known)}" if known else name

    def address(self, address: int) -> str:
        """What an address is called: its own label, or where along its street a frontage point stands."""
        network = self.network
        own = network.string(int(network.address_label[address]))
        if own:
            return own
        way, metres = int(network.address_way[address]), float(network.address_offset_m[address])
        start = self.met_at(int(network.way_tail[way]), way)
        return f"{self.street(way)}, {metres:.0f} m from {start}" if start else self._along(self.street(way), way, metres)

    def spot(self, way: int, at_m: float) -> str:
        """A spot on a way, so many metres from its start: its street between which others, or where it lies on the globe."""
        return self._along(self.between(way), way, at_m)

    def _along(self, name: str, way: int, metres: float) -> str:
        if name != UNNAMED:
            return f"{name}, {metres:,.0f} m along"
        lon, lat = point_at(self.network.geometry(way), metres)
        return f"{name} ({lat:.6f}, {lon:.6f})"
