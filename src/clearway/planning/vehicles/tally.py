"""Tallies: the vehicles that stand on stretches of street, as somebody counted them.

A CSV file with a line for each stretch and the columns

====================================  ======================================================================================
stretch                               "Molesworth Street between Hill Street and Aitken Street", "Hill Street", or the id
                                      of a way in its source
car, van, camper, truck, bus, trailer how many stand there; empty: none. At least one of the columns
across                                how many of them stand in the carriageway, not lawfully at the kerb; empty: all
lanes_left                            lanes that a fire engine could still drive; empty: none where any stand across
lane_moves                            how many of those across must go until one lane is free; empty: half of them
assumed                               "yes" where nobody counted and the line is a guess; the column may be missing
====================================  ======================================================================================

What is left empty is assumed, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadFile, BadInput, ClearwayError
from clearway.planning.street_expressions import ways_called
from clearway.record.place_text import place_of_text
from clearway.tables import numbered_rows, text_of_table
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
ASSUMED = " (assumed)"
"""Behind every figure that no source tells."""
_COLUMNS = ("stretch",)
_FAULTS_SHOWN = 8
"""More are not read on a screen: they come up once these are put right."""
_ASK = "Count again, or split the stretch."


class Figures(NamedTuple):
    """What somebody counted on a stretch; None where nobody said.

    Attributes:
        vehicles: How many of each type.
        across: How many stand in the carriageway.
        lanes_left: Lanes that help could still drive.
        lane_moves: How many of those across must go until help can drive a lane.
    """

    vehicles: Mapping[str, int]
    across: int | None
    lanes_left: int | None
    lane_moves: int | None

    @property
    def total(self) -> int:
        """All vehicles that stand there."""
        return sum(self.vehicles.values())


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
        is_assumed: Whether nobody counted its vehicles.
    """

    name: str
    ways: tuple[int, ...]
    vehicles: Mapping[str, int]
    across: int
    lanes_left: int
    lane_moves: int
    assumed: tuple[str, ...] = ()
    is_assumed: bool = False

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
    return [stretch for stretch, _, _ in read_figures(path, gazetteer)]


class Line(NamedTuple):
    """A line of a tally.

    Attributes:
        stretch: On the network.
        figures: What was said of it.
        is_guess: Whether nobody counted.
    """

    stretch: Stretch
    figures: Figures
    is_guess: bool


class Fault(NamedTuple):
    """A line of a tally that cannot be right.

    Attributes:
        line: Its number in the file, from 1; None where the fault is of the whole file.
        says: What is wrong, and what to do.
    """

    line: int | None
    says: str


def read_figures(path: Path, gazetteer: Gazetteer) -> list[Line]:
    """The stretches of a tally, each with what was said of it, and whether that is a guess; raises as :func:`read_tally`."""
    found, faults = lines_of(text_of_table(path), gazetteer, str(path))
    if faults:
        shown = [f"{path}{f', line {line}' if line else ''}: {says}" for line, says in faults[:_FAULTS_SHOWN]]
        rest = len(faults) - len(shown)
        raise BadInput(" ".join((*shown, *((f"And {counted(rest, 'line')} more.",) if rest else ()))))
    return found


def lines_of(text: str, gazetteer: Gazetteer, name: str) -> tuple[list[Line], list[Fault]]:
    """The lines of a tally that can be right, and what is wrong with the others.

    Args:
        text: The CSV file.
        gazetteer: Of the network.
        name: What the file is called in a message.

    Raises:
        BadFile: it lacks a column, counts nothing, or has too many stretches.
    """
    rows = numbered_rows(text, name, _COLUMNS)
    if not any(kind in rows[0][1] for kind in LENGTH_M):
        raise BadFile(name, "counts no vehicles", f"Give a column for each type that stands there: {', '.join(LENGTH_M)}.")
    if len(rows) > MOST_STRETCHES:
        raise BadFile(name, f"has {len(rows):,} stretches", f"Give {MOST_STRETCHES} at most.")
    found: list[Line] = []
    faults: list[Fault] = []
    seen: dict[tuple[int, ...], tuple[int, str]] = {}
    for at, row in rows:
        try:
            line = _read(row, gazetteer)
        except ClearwayError as error:
            faults.append(Fault(at, str(error)))
            continue
        ways = line.stretch.ways
        if ways in seen:
            other, called = seen[ways]
            says = f"{called} (line {other}) and {line.stretch.name} are one stretch. Count it on one line."
            faults.append(Fault(at, says))
            continue
        seen[ways] = at, line.stretch.name
        found.append(line)
    return found, faults


def _read(row: Row, gazetteer: Gazetteer) -> Line:
    name = (row["stretch"] or "").strip()
    ways = stretch_ways(name, gazetteer)
    vehicles = {kind: count for kind in LENGTH_M if (count := _whole(row, kind))}
    figures = Figures(vehicles, *(_whole(row, column) for column in ("across", "lanes_left", "lane_moves")))
    is_guess, total = _is_assumed(row), counted(figures.total, "vehicle")
    guess = (f"Nobody counted on {name}: {total}, by type and place, are assumed.",) if is_guess else ()
    return Line(stretch_of(name, ways, figures, gazetteer.network, assumed=guess, is_assumed=is_guess), figures, is_guess)


def stretch_of(
    name: str, ways: tuple[int, ...], said: Figures, network: Network, *, assumed: Sequence[str] = (), is_assumed: bool = False
) -> Stretch:
    """A stretch by what was counted on it; what nobody said is assumed, and said to be.

    Args:
        name: As it was written.
        ways: Way indexes.
        said: What was counted.
        network: The streets.
        assumed: What else nobody knows, in sentences.
        is_assumed: Whether nobody counted.

    Raises:
        BadInput: a figure cannot be right, or more vehicles are said than fit.
    """
    across, lanes_left, lane_moves = said.across, said.lanes_left, said.lane_moves
    told = list(assumed)
    if across is None:
        across = said.total
        if across:
            told.append(f"Nobody said how many of {counted(across, 'vehicle')} on {name} stand in the carriageway: all.")
    if across > said.total:
        raise BadInput(f"{across} vehicles stand across {name}, of {said.total} in all. {_ASK}")
    if lanes_left is None:
        lanes_left = 0 if across else 1
        if across:
            told.append(f"Nobody said whether a lane is left on {name}: none.")
    if lane_moves is None:
        lane_moves = -(-across // 2)
        if across and not lanes_left:
            half = counted(lane_moves, "vehicle")
            told.append(f"Nobody said how many must go until a lane of {name} is free: half, {half}.")
    if lane_moves > across:
        raise BadInput(f"To free a lane of {name}, {lane_moves} vehicles must go, of {across} that stand across. {_ASK}")
    if across and not lanes_left and not lane_moves:
        raise BadInput(f"No lane of {name} is left, yet none of its vehicles must go for one. Say how many must.")
    refuse_more_than_fit(name, ways, said.vehicles, network)
    return Stretch(name, ways, said.vehicles, across, lanes_left, 0 if lanes_left else lane_moves, tuple(told), is_assumed)


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
        ask = "" if where.spot or where.choices else " Write its name as the map has it."
        raise BadInput(f"{name} {spot}" if where.spot else f"{spot}{ask}")
    if where.choices:
        raise BadInput(f"{where.says} It may be {listed(list(where.choices))}.")
    return where.ways


def _is_assumed(row: Row) -> bool:
    """Whether a line says that it is a guess."""
    word = (row.get("assumed") or "").strip().casefold()
    if word not in ("", "no", "yes"):
        raise BadInput(f"assumed is {word!r}. Write yes, or leave it empty.")
    return word == "yes"


def _whole(row: Row, column: str) -> int | None:
    """A whole number of a column; None where it is empty or there is no such column.

    Raises:
        BadInput: it is none.
    """
    text = (row.get(column) or "").strip()
    if not text:
        return None
    if not text.removesuffix(".0").isdecimal():
        raise BadInput(f"{column} is {text!r}. Give a whole number, 0 or more.")
    return int(text.removesuffix(".0"))


def refuse_more_than_fit(name: str, ways: Sequence[int], vehicles: Mapping[str, int], network: Network) -> None:
    """Refuse more vehicles than a stretch has room for, six abreast and bumper to bumper.

    Raises:
        BadInput: they do not fit.
    """
    kerb_m = sum(LENGTH_M[kind] * count for kind, count in vehicles.items())
    length_m = float(network.way_length_m[list(ways)].sum())
    if kerb_m > length_m * MOST_ABREAST:
        raise BadInput(
            f"{counted(sum(vehicles.values()), 'vehicle')} do not fit on {name}: it is {length_m:.0f} m long, and they take "
            f"{kerb_m:.0f} m bumper to bumper. {_ASK}"
        )


def refuse_twins(found: Sequence[Stretch], source: str = "") -> None:
    """Refuse two stretches that are one.

    Args:
        found: Stretches.
        source: Begins the sentence: the file that they are of.

    Raises:
        BadInput: two have the same ways.
    """
    seen: dict[tuple[int, ...], str] = {}
    for one in found:
        if one.ways in seen:
            raise BadInput(f"{source}{seen[one.ways]} and {one.name} are one stretch. Count it on one line.")
        seen[one.ways] = one.name


def some_assumed(stretches: Sequence[Stretch]) -> str:
    """``, 2 of 5 tallies assumed``, behind a figure that rests on tallies; empty where all was counted."""
    count = sum(one.is_assumed for one in stretches)
    return f", {count} of {counted(len(stretches), 'tally', 'tallies')} assumed" if count else ""
