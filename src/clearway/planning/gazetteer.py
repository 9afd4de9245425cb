"""Where the places of entries lie on a network: streets and parts of them, corners, house numbers, distances, named places."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.network.geometry import flat_scale, nearest_on_line
from clearway.planning.house_numbers import HouseNumbers
from clearway.planning.street_finder import StreetFinder
from clearway.planning.street_names import StreetNames
from clearway.planning.streets_by_name import Called, StreetsByName, folded
from clearway.planning.walking import Walk, cosine, onward, walks, walks_from
from clearway.planning.whereabouts import Whereabouts, exact, somewhere_on, unknown
from clearway.record.place import Address, Along, Area, Junction, NamedPlace, Place, Point, Street
from clearway.record.place_words import words_of_place
from clearway.record.street_words import written_out
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Longs, Network

_ON_STREET_M = 150.0
"""A landmark farther from a street than this does not lie on it."""
_FITS_COSINE = 0.5
"""Of the angle between a walk and the direction named, 60 degrees."""
_SIDE_M = 15.0
"""How far into a street's arm the side of a corner is."""
_MOST_CHOICES = 6
"""As many as a person reads before choosing."""
_EAST_NORTH = {
    "north": (0, 1), "north-east": (1, 1), "east": (1, 0), "south-east": (1, -1),
    "south": (0, -1), "south-west": (-1, -1), "west": (-1, 0), "north-west": (-1, 1),
}  # fmt: skip

_CORNER = re.compile(rf"(?P<street>.+?)(?: at | and | & |\s*/\s*)(?P<cross>.+?)(?:, (?P<side>{'|'.join(_EAST_NORTH)}) side)?")
_BETWEEN = re.compile(r"(.+?) between (.+?) and (.+)")


class Gazetteer:
    """Finds places on one network. Built once; safe for several threads; what was found is cached.

    Args:
        network: The network.
        near: Longitude and latitude of where things happen: of two streets of one name the nearer is taken, and the sentence
            says so. Without it, nobody knows which is meant.
        known: Longitude and latitude of further places by name, such as the site itself.
    """

    def __init__(
        self, network: Network, near: tuple[float, float] | None = None, known: dict[str, tuple[float, float]] | None = None
    ) -> None:
        self.network = network
        self.streets = StreetsByName(network)
        self._names = StreetNames(network)
        self._numbers = HouseNumbers(network)
        self._near = near
        self._written = {folded(name): name for name, _ in _place_names(network)} | {folded(name): name for name in known or {}}
        self._places = {folded(name): at for name, at in _place_names(network)}
        self._places |= {folded(name): at for name, at in (known or {}).items()}
        self._found: dict[str, Whereabouts] = {}

    @cached_property
    def drawn(self) -> StreetFinder:
        """Finds the streets that drawn lines follow."""
        return StreetFinder(self.network)

    def of(self, place: Place) -> Whereabouts:
        """Where a place is."""
        key = place.model_dump_json()
        if key not in self._found:
            self._found[key] = self._look(place)
        return self._found[key]

    def meant(self, place: Place) -> Place:
        """A place with the streets that its words name, where only this map knows them as streets: "Broadway at Kingsway"."""
        if not isinstance(place, NamedPlace) or place.at or self._place(place.name):
            return place
        if between := _BETWEEN.fullmatch(place.name):
            street, *ends = (part.strip() for part in between.groups())
            known = all(self.streets.called(name) for name in (street, *ends))
            return Street(street=street, between=(ends[0], ends[1])) if known else place
        if corner := _CORNER.fullmatch(place.name):
            streets = (corner["street"].strip(), corner["cross"].strip())
            if all(self.streets.called(name) for name in streets):
                return Junction.model_validate({"streets": streets, "side": corner["side"]})
        return Street(street=place.name) if self.streets.called(place.name) else place

    def crosses(self, junction: int, way: int) -> str | None:
        """The first street of another name that meets a way at a junction, None where none does."""
        return self._names.met_at(junction, way)

    def _look(self, place: Place) -> Whereabouts:  # noqa: PLR0911 - one for each type
        match place:
            case Point():
                return exact(place.at, f"{place.label or 'A point'}, as it was marked.")
            case Area():
                middle = shapely.Polygon(place.ring).representative_point()
                return exact((middle.x, middle.y), f"{place.label or 'An area'}, as it was drawn.")
            case NamedPlace():
                meant = self.meant(place)
                return self._named(place) if isinstance(meant, NamedPlace) else self._look(meant)
            case Junction():
                return self._junction(place)
            case Street():
                return self._street(place)
            case Address():
                return self._address(place)
            case Along():
                return self._along(place)

    def _named(self, place: NamedPlace) -> Whereabouts:
        if place.at:
            return exact(place.at, f"{place.name}, as it was marked.")
        if spot := self._place(place.name):
            return exact(spot, f"{place.name}.")
        if self.streets.called(place.name):
            return self._street(Street(street=place.name))
        return self._no_such("place", place.name)

    def _place(self, name: str) -> tuple[float, float] | None:
        """A place of that name, one whose name begins with it, or the only one whose name ends with it."""
        plain = folded(name).removeprefix("the ")
        longer = (known for known in sorted(self._places) if known.startswith(f"{plain} "))
        ending = [known for known in self._places if known.endswith(f" {plain}")]
        found = [plain, f"the {plain}", *longer, *(ending if len(ending) == 1 else [])]
        return next((self._places[one] for one in found if one in self._places), None)

    def _no_such(self, what: str, name: str) -> Whereabouts:
        near = get_close_matches(folded(name), self._written, n=2)
        choices = tuple(dict.fromkeys((*self.streets.like(name), *(self._written[one] for one in near))))
        return unknown(f"This map has no {what} called {name}.", choices)

    def _street(self, place: Street) -> Whereabouts:
        street = self.streets.called(place.street)
        if street is None:
            spot = self._place(place.street) if not place.between else None
            return exact(spot, f"{place.street}.") if spot else self._no_such("street", place.street)
        if len(place.between) > 1:
            return self._stretch(place, street)
        ways, which, choices = self._meant(street, place.locality)
        if not len(ways):
            return unknown(which, choices)
        cross = place.between[0] if place.between else None
        asked = f"How far from {cross}?" if cross else "Between which streets?"
        return somewhere_on(
            tuple(ways.tolist()), " ".join(filter(None, (f"Somewhere on {street.name}.", which, asked))), choices
        )

    def _stretch(self, place: Street, street: Called) -> Whereabouts:
        ends = []
        for name in place.between:
            cross = self.streets.called(name)
            if cross is None:
                return self._no_such("street", name)
            corners = self.streets.corners((street.ways, cross.ways))
            if not corners:
                return unknown(f"{cross.name} does not meet {street.name} on this map.", self._crossing(street))
            ends.append(np.concatenate(corners))
        if len(same := np.intersect1d(ends[0], ends[1])):
            lon, lat = self.streets.flat(same)[0] / self.streets.scale
            return exact((float(lon), float(lat)), f"{listed(place.between)} meet {street.name} at one corner.")
        run = self.streets.run_between(street.ways, *ends)
        if not len(run):
            return unknown(f"{street.name} does not lead from {place.between[0]} to {place.between[1]} on this map.")
        lengths = self.network.way_length_m[run]
        return Whereabouts(
            "stretch", f"{words_of_place(place)}, {lengths.sum():.0f} m.", self.streets.middle(run), tuple(run.tolist())
        )

    def _junction(self, place: Junction) -> Whereabouts:
        words = words_of_place(place)
        streets = [self.streets.called(name) for name in place.streets]
        if missing := [name for name, street in zip(place.streets, streets, strict=True) if street is None]:
            spot = self._place(" at ".join(place.streets))
            return exact(spot, f"{words}.") if spot else self._no_such("street", missing[0])
        known = [street for street in streets if street is not None]
        crossings = self.streets.corners([street.ways for street in known])
        if not crossings:
            return unknown(f"{listed([street.name for street in known])} do not meet on this map.", self._crossing(known[0]))
        corners, which = self._nearest(crossings, place.locality, words)
        if corners is None:
            return unknown(which)
        spots = self.streets.flat(corners)
        lon, lat = spots[int(np.hypot(*(spots - spots.mean(axis=0)).T).argmin())] / self.streets.scale
        if place.side:
            return self._side_of(place, known[0], corners)
        return exact((float(lon), float(lat)), " ".join(filter(None, (f"{words}.", which))))

    def _side_of(self, place: Junction, street: Called, corners: Longs) -> Whereabouts:
        found = _towards(walks(self.network, street.ways, corners, _SIDE_M), _EAST_NORTH[str(place.side)])
        if not found:
            return unknown(f"{street.name} does not go on to the {place.side} of {place.streets[1]} on this map.")
        return exact((found[0].lon, found[0].lat), f"{words_of_place(place)}.", found[0].ways)

    def _nearest(self, crossings: Sequence[Longs], locality: str | None, words: str) -> tuple[Longs | None, str]:
        """Of several crossings the one that is meant, and what that rests on."""
        if len(crossings) == 1:
            return crossings[0], ""
        near = (self._place(locality) if locality else None) or self._near
        if near is None:
            return (
                None,
                f"There are {len(crossings)} places called {words} on this map. Say in which suburb, or pick the point.",
            )
        away = [float(np.hypot(*(self.streets.flat(one) - np.array(near) * self.streets.scale).T).min()) for one in crossings]
        which = "" if locality else f"Of {len(crossings)} such corners the one nearest to the site."
        return crossings[int(np.argmin(away))], which

    def _address(self, place: Address) -> Whereabouts:
        street = self.streets.called(place.street)
        if street is None:
            return self._no_such("street", place.street)
        ways, which, choices = self._meant(street, place.locality)
        if not len(ways):
            return unknown(which, choices)
        words = words_of_place(place)
        if spot := self._numbers.spot(ways, place.number):
            return exact(spot, " ".join(filter(None, (f"{words}.", which))))
        if beside := self._numbers.beside(ways, place.number):
            low, high = beside
            spot = ((low.spot[0] + high.spot[0]) / 2, (low.spot[1] + high.spot[1]) / 2)
            says = f"{words} is not on this map; it lies between {low.number} and {high.number}."
            return Whereabouts("stretch", says, spot, (low.way,))
        says = f"Somewhere on {street.name}: this map does not show number {place.number}. Between which streets?"
        return somewhere_on(tuple(ways.tolist()), says)

    def _along(self, place: Along) -> Whereabouts:  # noqa: PLR0911 - one for each thing that may be missing
        if place.street is None:
            return self._from_landmark(place)
        street = self.streets.called(place.street)
        if street is None:
            return self._no_such("street", place.street)
        cross, landmark = self.streets.called(place.start), self._place(place.start)
        crossings = self.streets.corners((street.ways, cross.ways)) if cross else []
        if crossings:
            corners, which = self._nearest(crossings, place.locality, f"{street.name} at {place.start}")
            if corners is None:
                return unknown(which)
            found = walks(self.network, street.ways, corners, place.metres)
        elif landmark:
            apart = min(nearest_on_line(self.network.geometry(int(way)), *landmark)[0] for way in street.ways)
            if apart > _ON_STREET_M:
                return unknown(f"{place.start} lies {apart:.0f} m from {street.name} on this map.")
            found = walks_from(self.network, street.ways, landmark, place.metres)
        elif cross:
            return unknown(f"{cross.name} does not meet {street.name} on this map.", self._crossing(street))
        else:
            return self._no_such("street or place", place.start)
        return self._walked(place, street, found)

    def _walked(self, place: Along, street: Called, found: list[Walk]) -> Whereabouts:
        said = place.towards
        if said in _EAST_NORTH:
            found = _towards(found, _EAST_NORTH[str(said)])
        elif said and said not in ("up", "down"):
            target = self._target(said, street)
            if target is None:
                return self._no_such("street or place", said)
            found = sorted(found, key=lambda walk: self._apart((walk.lon, walk.lat), target))[:1]
        if not found:
            far = " ".join(filter(None, (f"{place.metres:g} m", said)))
            return unknown(f"{street.name} does not go {far} from {place.start} on this map.")
        if len(found) == 1:
            return exact((found[0].lon, found[0].lat), f"{words_of_place(place)}.", found[0].ways)
        ahead = [self._ahead(walk, street) for walk in found]
        choices = tuple(
            words_of_place(place.model_copy(update={"towards": name})) for name in dict.fromkeys(filter(None, ahead))
        )
        ways = tuple(dict.fromkeys(way for walk in found for way in walk.ways))
        says = f"{place.metres:g} m from {place.start} along {street.name} may be either way. Towards which street?"
        return somewhere_on(ways, says, choices)

    def _ahead(self, walk: Walk, street: Called) -> str | None:
        """The next street that one comes to."""
        for way, corner in onward(self.network, street.ways, walk):
            if met := self._names.met_at(corner, way):
                return written_out(met)
        return None

    def _target(self, name: str, street: Called) -> tuple[float, float] | None:
        cross = self.streets.called(name)
        crossings = self.streets.corners((street.ways, cross.ways)) if cross else []
        if not crossings:
            return self._place(name)
        lon, lat = self.streets.flat(crossings[0]).mean(axis=0) / self.streets.scale
        return float(lon), float(lat)

    def _from_landmark(self, place: Along) -> Whereabouts:
        spot = self._place(place.start)
        if spot is None:
            street = self.streets.called(place.start)
            return (
                unknown(f"On which street, {place.metres:g} m from {street.name}?")
                if street
                else self._no_such("place", place.start)
            )
        if place.towards in _EAST_NORTH:
            step = np.array(_EAST_NORTH[place.towards], float)
        elif place.towards and (target := self._place(place.towards)):
            step = (np.array(target) - spot) * flat_scale(spot[1])
        else:
            return unknown(f"In which direction, {place.metres:g} m from {place.start}?")
        lon, lat = np.array(spot) + step / max(float(np.hypot(*step)), 1e-9) * place.metres / flat_scale(spot[1])
        return exact((float(lon), float(lat)), f"{words_of_place(place)}.")

    def _meant(self, street: Called, locality: str | None) -> tuple[Longs, str, tuple[str, ...]]:
        """Of several streets of one name the one that is meant, what that rests on, and what else may be meant."""
        pieces = self.streets.pieces(street.ways)
        if len(pieces) == 1:
            return pieces[0], "", ()
        named = self._place(locality) if locality else None
        near = named or self._near
        choices = tuple(f"{street.name} in {suburb}" for suburb in dict.fromkeys(map(self._suburb, pieces)) if suburb)[
            :_MOST_CHOICES
        ]
        which = f"There are {len(pieces)} streets called {street.name} on this map"
        if near is None:
            return np.empty(0, np.int64), f"{which}. In which suburb?", choices
        away = [float(np.hypot(*(self.streets.ends(piece) - np.array(near) * self.streets.scale).T).min()) for piece in pieces]
        return pieces[int(np.argmin(away))], "" if named else f"{which}; this is the nearest to the site.", choices

    def _suburb(self, piece: Longs) -> str | None:
        """The named place nearest to a street: by the suburb that it stands for, where its name says one."""
        if not self._places:
            return None
        spot = self.streets.ends(piece).mean(axis=0)
        nearest = min(
            self._places, key=lambda name: float(np.hypot(*(np.array(self._places[name]) * self.streets.scale - spot)))
        )
        return self._written[nearest].partition(" - ")[0]

    def _crossing(self, street: Called) -> tuple[str, ...]:
        """Names of streets that meet a street, to choose from."""
        met = (
            self._names.met_at(int(end[way]), int(way))
            for way in street.ways
            for end in (self.network.way_tail, self.network.way_head)
        )
        return tuple(dict.fromkeys(f"{street.name} at {written_out(name)}" for name in met if name))[:_MOST_CHOICES]

    def _apart(self, one: tuple[float, float], other: tuple[float, float]) -> float:
        return float(np.hypot(*((np.array(one) - other) * self.streets.scale)))


def _towards(found: Iterable[Walk], step: tuple[int, int]) -> list[Walk]:
    """The walk that goes best in a direction, if one does."""
    fits = sorted(((cosine(walk.heading, np.array(step, float)), at, walk) for at, walk in enumerate(found)), reverse=True)
    return [fits[0][2]] if fits and fits[0][0] >= _FITS_COSINE else []


def _place_names(network: Network) -> list[tuple[str, tuple[float, float]]]:
    rows = zip(network.place_name.tolist(), network.place_lon.tolist(), network.place_lat.tolist(), strict=True)
    return [(name, (lon, lat)) for index, lon, lat in rows if (name := network.string(index))]
