"""Tallies: the vehicles that stand on stretches of street, as somebody counted them.

A CSV file with a line for each stretch and the columns

====================================  ======================================================================================
stretch                               "Molesworth Street between Hill Street and Aitken Street", "Hill Street", or the id
                                      of a way in its source
car, van, camper, truck, bus, trailer how many stand there; empty: none. At least one of the columns
across                                how many of them stand in the carriageway, not lawfully at the kerb; empty: all
lanes_left                            lanes that a fire engine could still drive; empty: none where any stand across
lane_moves                            how many of those across must go until one lane is free; empty: half of them
====================================  ======================================================================================

What is left empty is assumed, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.errors import BadFile, BadInput, ClearwayError
from clearway.planning.street_expressions import ways_called
from clearway.record.place_text import place_of_text
from clearway.tables import number, read_table
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.planning.gazetteer import Gazetteer
    from clearway.tables import Row

LENGTH_M: Mapping[str, float] = {"car": 4.5, "van": 5.5, "camper": 7.0, "truck": 9.0, "bus": 12.5, "trailer": 6.0}
"""Metres of kerb that a vehicle of each type takes, bumper to bumper: usual lengths of such vehicles, assumed."""
MOST_ABREAST = 6
"""Four lanes and both kerbs: on no street of a town do more vehicles stand side by side."""
MOST_STRETCHES = 500
"""More stretches are a whole town, and the fewest vehicles are then no question for one night."""
_COLUMNS = ("stretch",)
_ASK = "Count again, or split the stretch."


@dataclass(frozen=True, slots=True)
class Stretch:
    """The vehicles on a stretch of street.

    Attributes:
        name: As it was written.
        ways: Way indexes.
        vehicles: How many of each type.
        across: How many stand in the carriageway.
        lanes_left: Lanes that help could still drive.
        lane_moves: How many of those across must go until help can drive a lane; 0 where it can.
        assumed: What nobody said, in sentences.
    """

    name: str
    ways: tuple[int, ...]
    vehicles: Mapping[str, int]
    across: int
    lanes_left: int
    lane_moves: int
    assumed: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All vehicles that stand there."""
        return sum(self.vehicles.values())

    @property
    def is_shut_to_help(self) -> bool:
        """Whether no fire engine can drive it as it stands."""
        return self.lane_moves > 0

    def moves(self, level: int) -> int:
        """How many vehicles must go until nothing (0), a lane for help (1) or the whole carriageway (2) is free."""
        return (0, self.lane_moves, self.across)[level]


def read_tally(path: Path, gazetteer: Gazetteer) -> list[Stretch]:
    """The stretches of a tally.

    Raises:
        BadFile: it cannot be read, lacks a column, holds no stretch or too many.
        BadInput: a figure or a stretch cannot be right; the sentence names line and remedy.
    """
    rows = read_table(path, _COLUMNS)
    if not any(name in rows[0] for name in LENGTH_M):
        raise BadFile(str(path), "counts no vehicles", f"Give a column for each type that stands there: {', '.join(LENGTH_M)}.")
    if len(rows) > MOST_STRETCHES:
        raise BadFile(str(path), f"has {len(rows):,} stretches", f"Give {MOST_STRETCHES} at most.")
    found: list[Stretch] = []
    for index, row in enumerate(rows, start=2):
        try:
            found.append(_stretch(row, path, gazetteer))
        except BadFile:
            raise
        except ClearwayError as error:
            raise BadInput(f"{path}, line {index}: {error}") from error
    _refuse_twins(found, path)
    return found


def _stretch(row: Row, path: Path, gazetteer: Gazetteer) -> Stretch:
    name = (row["stretch"] or "").strip()
    ways = stretch_ways(name, gazetteer)
    vehicles = {kind: count for kind in LENGTH_M if (count := _whole(row, kind, path))}
    total, assumed = sum(vehicles.values()), []
    across = _whole(row, "across", path)
    if across is None:
        across = total
        if total:
            assumed.append(f"Nobody said how many of {counted(total, 'vehicle')} on {name} stand in the carriageway: all.")
    if across > total:
        raise BadInput(f"{across} vehicles stand across {name}, of {total} in all. {_ASK}")
    lanes_left = _whole(row, "lanes_left", path)
    if lanes_left is None:
        lanes_left = 0 if across else 1
        if across:
            assumed.append(f"Nobody said whether a lane is left on {name}: none.")
    lane_moves = _whole(row, "lane_moves", path)
    if lane_moves is None:
        lane_moves = -(-across // 2)
        if across and not lanes_left:
            half = counted(lane_moves, "vehicle")
            assumed.append(f"Nobody said how many must go until a lane of {name} is free: half, {half}.")
    if lane_moves > across:
        raise BadInput(f"To free a lane of {name}, {lane_moves} vehicles must go, of {across} that stand across. {_ASK}")
    if across and not lanes_left and not lane_moves:
        raise BadInput(f"No lane of {name} is left, yet none of its vehicles must go for one. Say how many must.")
    _refuse_more_than_fit(name, ways, vehicles, gazetteer.network)
    return Stretch(name, ways, vehicles, across, lanes_left, 0 if lanes_left else lane_moves, tuple(assumed))


def stretch_ways(name: str, gazetteer: Gazetteer) -> tuple[int, ...]:
    """The ways of a stretch that words name.

    Raises:
        BadInput: nothing is named, or a spot, or a street that nobody can tell from another of its name.
        UnknownName: there is no such way.
    """
    if not name:
        raise BadInput("The stretch is empty. Name a street, or a part of one: 'Hill Street between Bay Road and Park Lane'.")
    if name.isdigit():
        return ways_called(gazetteer.network, name)
    where = gazetteer.of(gazetteer.meant(place_of_text(name)))
    if where.certainty not in ("stretch", "somewhere_on") or not where.ways:
        spot = "is a spot, no stretch of street. Name the street, and between which others." if where.spot else where.says
        raise BadInput(f"{name} {spot}" if where.spot else spot)
    if where.choices:
        raise BadInput(f"{where.says} It may be {listed(list(where.choices))}.")
    return where.ways


def _whole(row: Row, column: str, path: Path) -> int | None:
    """A whole number of a column; None where it is empty or there is no such column."""
    if not (row.get(column) or "").strip():
        return None
    value = number(row, column, path)
    if value < 0 or value != int(value):
        raise BadInput(f"{column} is {value:g}. Give a whole number, 0 or more.")
    return int(value)


def _refuse_more_than_fit(name: str, ways: Sequence[int], vehicles: Mapping[str, int], network: Network) -> None:
    kerb_m = sum(LENGTH_M[kind] * count for kind, count in vehicles.items())
    length_m = float(network.way_length_m[list(ways)].sum())
    if kerb_m > length_m * MOST_ABREAST:
        raise BadInput(
            f"{counted(sum(vehicles.values()), 'vehicle')} do not fit on {name}: it is {length_m:.0f} m long, and they take "
            f"{kerb_m:.0f} m bumper to bumper. {_ASK}"
        )


def _refuse_twins(found: Sequence[Stretch], path: Path) -> None:
    seen: dict[tuple[int, ...], str] = {}
    for one in found:
        if one.ways in seen:
            raise BadInput(f"{path}: {seen[one.ways]} and {one.name} are one stretch. Count it on one line.")
        seen[one.ways] = one.name
