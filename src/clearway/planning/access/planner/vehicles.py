"""The vehicle of a service, and the streets that it does not fit through.

What a user does not say of a vehicle is as the table of vehicle classes has it (``clearway network classes``). A street whose
height, width or weight limit nobody recorded is taken to let it pass: nothing is claimed about it.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.errors import BadInput
from clearway.network.classes import SIZES, class_index, class_mask, load_vehicle_classes
from clearway.network.closures import Closure
from clearway.network.fitting import fitted
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.network.model import Network
    from clearway.planning.street_names import StreetNames

Size = tuple[float, ...]
"""One figure for each of ``SIZES``: metres or tonnes, 0 where nothing is known, or nothing matters."""

NO_SIZE: Size = (0.0,) * len(SIZES)
"""Of a vehicle that fits everywhere."""
MOST_SIZE = 200.0
"""Metres or tonnes: no vehicle of any service is larger; a larger figure is centimetres or kilograms."""

_WORDS = ("{:g} m high", "{:g} m wide", "{:g} t", "{:g} m long", "{:g} t on an axle")
_LIMITS = ("height {:g} m", "width {:g} m", "weight {:g} t", "length {:g} m", "axle load {:g} t")
_NAMED = 5
"""Places that one sentence names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What is said of a service's vehicle; None: as its class.

    Attributes:
        height_m: Metres, lights included.
        width_m: Metres, mirrors not included.
        weight_t: Tonnes, laden.
        length_m: Metres.
        axle_t: Tonnes on the heaviest axle.
        turning_m: Metres from kerb to kerb that it needs to turn round; None: any turning place will do.
    """

    height_m: float | None = None
    width_m: float | None = None
    weight_t: float | None = None
    length_m: float | None = None
    axle_t: float | None = None
    turning_m: float | None = None

    @property
    def sizes(self) -> tuple[float | None, ...]:
        """One figure for each of ``SIZES``."""
        return astuple(self)[: len(SIZES)]


AS_ITS_CLASS = Vehicle()
"""Of which nobody said anything."""
VEHICLE_FIELDS = (*SIZES, "turning_m")
"""What a vehicle is described by, as columns and fields are called."""


def vehicle_of(values: Mapping[str, object], where: str) -> Vehicle:
    """A vehicle by its fields.

    >>> vehicle_of({"height_m": 3.5}, "fire").height_m
    3.5

    Args:
        values: By the names of ``VEHICLE_FIELDS``; None where nothing is said.
        where: Whose it is, for messages.

    Raises:
        BadInput: a figure is not a number above 0 and at most ``MOST_SIZE``.
    """
    found: dict[str, float | None] = {}
    for name, value in values.items():
        try:
            number = None if value is None or isinstance(value, bool) else float(value)  # type: ignore[arg-type] # tried
        except (TypeError, ValueError):
            number = float("nan")
        if isinstance(value, bool) or (number is not None and not (isfinite(number) and 0 < number <= MOST_SIZE)):
            raise BadInput(f"{where} has the {name} {value!r}. Give metres or tonnes, more than 0 and at most {MOST_SIZE:g}.")
        found[name] = number
    return Vehicle(**found)


def size_of(network: Network, vehicle_class: str, vehicle: Vehicle) -> Size | None:
    """The size by which streets are judged: what is said of the vehicle, the rest as its class.

    Args:
        network: Says how large its classes are, or was made when ours were the only ones.
        vehicle_class: What the service drives.
        vehicle: What is said of it.

    Returns:
        None where nothing is said and the network was made with a table of classes that it does not name.

    Raises:
        UnknownName: no such class.
    """
    bit = class_index(vehicle_class)
    recorded = network.report.get("vehicle_sizes")
    known = recorded.get(vehicle_class) if isinstance(recorded, dict) else None
    usual: Size = tuple(float(part) for part in known) if known else load_vehicle_classes()[bit].size
    if not any(vehicle.sizes) and not known and fits_as_it_is(network, vehicle_class, usual) is not network:
        return None
    return tuple(own or other for own, other in zip(vehicle.sizes, usual, strict=True))


def fits_as_it_is(network: Network, vehicle_class: str, size: Size | None) -> Network:
    """The network as a vehicle of this size finds it: the same object where that makes no difference.

    Raises:
        UnknownName: no such class.
    """
    if size is None or not len(network.limit_size):
        return network
    fit = fitted(network, vehicle_class, size)
    same = np.array_equal(fit.arc_permit, network.arc_permit) and np.array_equal(fit.stop_blocks, network.stop_blocks)
    return network if same else fit


class Tight(NamedTuple):
    """A place that a vehicle does not fit through.

    Attributes:
        way: Way index.
        at_m: Metres from the way's tail; None where all of it is limited.
        along: Whether the limit holds along the way.
        against: Whether it holds against it.
        kind: Place in ``SIZES``.
        most: Metres or tonnes that still pass.
    """

    way: int
    at_m: float | None
    along: bool
    against: bool
    kind: int
    most: float

    def closure(self, vehicle_class: str) -> Closure:
        """The same as a closure of a network where everything fits."""
        return Closure(self.way, class_mask([vehicle_class]), at_m=self.at_m, along=self.along, against=self.against)

    def words(self, names: StreetNames) -> str:
        """The place and its limit: "Low Road (height 3.2 m)"."""
        return f"{names.between(self.way)} ({_LIMITS[self.kind].format(self.most)})"


def too_tight(network: Network, vehicle_class: str, size: Size | None) -> tuple[Tight, ...]:
    """The places that a vehicle of this size does not fit through, by way; one limit in both directions is one place.

    Raises:
        UnknownName: no such class.
    """
    if size is None or not len(network.limit_size):
        return ()
    concerned = (network.limit_classes >> class_index(vehicle_class) & 1).astype(np.bool_)
    tight = concerned & (np.asarray(size, np.float64)[network.limit_size] > network.limit_most)
    directions: dict[tuple[int, float | None, int, float], set[int]] = {}
    for index in np.flatnonzero(tight).tolist():
        arc, stop = int(network.limit_arc[index]), int(network.limit_stop[index])
        way, at_m = (arc >> 1, None) if arc >= 0 else (int(network.stop_way[stop]), float(network.stop_offset_m[stop]))
        place = way, at_m, int(network.limit_size[index]), float(network.limit_most[index])
        directions.setdefault(place, set()).update((arc & 1,) if arc >= 0 else (0, 1))
    found = [Tight(way, at_m, 0 in held, 1 in held, kind, most) for (way, at_m, kind, most), held in directions.items()]
    return tuple(sorted(found, key=lambda one: (one.way, one.at_m or 0.0, one.kind)))


def size_words(size: Size) -> str:
    """A vehicle in words.

    >>> size_words((3.5, 2.55, 16, 0, 0))
    '3.5 m high, 2.55 m wide, 16 t'
    """
    return ", ".join(word.format(figure) for word, figure in zip(_WORDS, size, strict=True) if figure)


def fit_sentences(service: str, size: Size | None, tight: Sequence[Tight], lost: int, names: StreetNames) -> list[str]:
    """That a service's vehicle does not fit through some places, and how many addresses that costs; none where it fits.

    Args:
        service: Its name.
        size: Its vehicle's.
        tight: The places; those to be named first.
        lost: Addresses that it does not reach for that reason.
        names: Of the network.
    """
    if not tight or size is None:
        return []
    kinds = {one.kind for one in tight}
    shown = size_words(tuple(figure if kind in kinds else 0.0 for kind, figure in enumerate(size)))
    places = list(dict.fromkeys(one.words(names) for one in tight))
    rest = len(places) - _NAMED
    named = f"{', '.join(places[:_NAMED])} and {rest:,} more" if rest > 0 else listed(places)
    costs = f" A smaller one would reach {counted(lost, 'address', 'addresses')} more." if lost else ""
    return [f"The vehicle of {service} ({shown}) does not pass {named}.{costs}"]
