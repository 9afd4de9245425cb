"""Read and write a user's own trips: CSV as a list or as a square, OMX, TNTP.

A **list** has the columns ``from``, ``to``, ``trips`` and, where there are several user classes, ``class``; a pair that is not
listed has no trips. Lines at its head that begin with ``#`` say what it rests on. A **square** has the zones' names in its
first row and first column, or is bare numbers, one row and one column for each zone of the network in its order; it holds one
class. Commas, semicolons and tabs all part columns. For OMX see :mod:`clearway.assignment.exchange.omx`.
"""

from __future__ import annotations

import csv
from io import StringIO
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.exchange.omx import omx_zones, read_omx, write_omx
from clearway.assignment.exchange.tntp_tables import read_trips
from clearway.assignment.exchange.tntp_text import number
from clearway.assignment.exchange.zone_words import ClassWords, ZoneWords
from clearway.assignment.problem import TripTable
from clearway.assignment.results.travel_times import od_times
from clearway.errors import BadFile
from clearway.files import writing
from clearway.tables import CsvWriter, plain_cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.assignment.solution import Solution
    from clearway.network.model import Floats

_WORDS = {
    "from": ("from", "origin", "o", "orig", "from_zone", "from_zone_id", "o_zone_id", "origin_zone", "orig_taz", "start"),
    "to": ("to", "destination", "d", "dest", "to_zone", "to_zone_id", "d_zone_id", "destination_zone", "dest_taz", "end"),
    "trips": ("trips", "demand", "volume", "flow", "vehicles", "value", "total", "trips_per_hour"),
    "class": ("class", "user_class", "mode", "vehicle_class"),
}
_REMEDY = "Give a list with the columns from, to, trips, or a square with the zones' names in its first row and column."
_HDF5 = b"\x89HDF\r\n\x1a\n"


def read_trip_file(
    path: Path, zone_names: Sequence[str], *, class_names: Sequence[str] = ("general",), matrices: Sequence[str] = ()
) -> tuple[TripTable, tuple[str, ...]]:
    """The trips of a file between the zones of a network, and sentences on what is to be known of them.

    Args:
        path: CSV, OMX or TNTP; its content decides which.
        zone_names: The network's zones; a file may name some of them, in any order. TNTP numbers them from 1.
        class_names: The network's user classes.
        matrices: Which matrix of an OMX file holds the trips of each class, in the order of the classes.

    Raises:
        BadFile: the file cannot be read or is cut short; a number of trips is negative or none; a pair is named twice.
        UnknownName: a zone, class or matrix is unknown.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name.") from error
    if data.startswith(_HDF5) or path.suffix.lower() == ".omx":
        return read_omx(path, zone_names, class_names=class_names, matrices=matrices), ()
    if matrices:
        raise BadFile(path, "is not an OMX file, so it has no matrices to choose from", "Leave out the names of matrices.")
    if ".tntp" in path.name.lower():
        return _read_tntp(path, zone_names, class_names)
    return _read_csv(path, data, ZoneWords(zone_names, str(path)), ClassWords(class_names, str(path)))


def write_list(path: Path, table: TripTable) -> None:
    """Write trips as a list; pairs without trips are left out, the class is named where there are several.

    Raises:
        BadFile: the file cannot be written.
    """
    several = len(table.class_names) > 1
    with writing(path) as file:
        file.writelines(f"# {line}\n" for line in table.statement.splitlines())
        writer = CsvWriter(file)
        writer.writerow(["from", "to", "trips", *(["class"] if several else [])])
        for user, start, end in np.argwhere(table.trips > 0).tolist():
            pair = (table.zone_names[start], table.zone_names[end], repr(table.trips[user, start, end].item()))
            writer.writerow([*pair, *([table.class_names[user]] if several else [])])


def write_table(path: Path, table: TripTable) -> None:
    """Write trips as OMX where the name ends so, else as a list.

    Raises:
        BadFile: the file cannot be written.
    """
    (write_omx if path.suffix.lower() == ".omx" else write_list)(path, table)


def write_times(path: Path, solution: Solution) -> None:
    """Write the least cost between all zones at a solution's flows, as OMX where the name ends so, else as a list.

    In a list the time of a pair without a way is empty; in OMX it is infinite.

    Raises:
        BadFile: the file cannot be written.
    """
    problem, times = solution.problem, od_times(solution.problem, solution.link_time)
    if path.suffix.lower() == ".omx":
        write_omx(path, TripTable(times, problem.zone_names, problem.class_names))
        return
    with writing(path) as file:
        writer = CsvWriter(file)
        writer.writerow(["from", "to", "class", "time"])
        for user, start, end in np.ndindex(times.shape):
            time = times[user, start, end]
            names = (problem.zone_names[start], problem.zone_names[end], problem.class_names[user])
            writer.writerow([*names, repr(time.item()) if np.isfinite(time) else ""])


def write_square(path: Path, table: TripTable, user_class: int = 0) -> None:
    """Write the trips of one class as a square with the zones' names in its first row and column.

    Raises:
        BadFile: the file cannot be written.
    """
    with writing(path) as file:
        writer = CsvWriter(file)
        writer.writerow(["", *table.zone_names])
        for name, row in zip(table.zone_names, table.trips[user_class].tolist(), strict=True):
            writer.writerow([name, *map(repr, row)])


def _read_tntp(path: Path, zone_names: Sequence[str], class_names: Sequence[str]) -> tuple[TripTable, tuple[str, ...]]:
    if len(class_names) > 1:
        raise BadFile(
            path, f"a TNTP file holds one user class, but the network has {len(class_names)}", "Give the trips as CSV or OMX."
        )
    table, notes = read_trips(path, len(zone_names))
    return TripTable(table.trips, tuple(zone_names), tuple(class_names)), notes


def _read_csv(path: Path, data: bytes, zones: ZoneWords, classes: ClassWords) -> tuple[TripTable, tuple[str, ...]]:
    text = _decoded(path, data)
    statement, rows = _said(text), _rows(path, text)
    columns = _columns_of(rows[0][1])
    listed = {"from", "to", "trips"} <= columns.keys()
    trips = _list(path, rows[1:], columns, zones, classes) if listed else _square(path, rows, zones, classes)
    open_end = () if text.endswith("\n") else (f"{path} ends without a line break. Check that nothing is missing at its end.",)
    return TripTable(trips, zones.names, classes.names, statement), open_end


def _columns_of(first: list[str]) -> dict[str, int]:
    """Which column of a list holds what, by the words in its first row."""
    header = [cell.strip().lower().replace(" ", "_") for cell in first]
    return {name: header.index(word) for name, words in _WORDS.items() for word in words[::-1] if word in header}


def _said(text: str) -> str:
    """What stands at the head of a file behind ``#``."""
    lines = (line for line in text.splitlines() if line.strip())
    return "\n".join(line.lstrip("# ").rstrip() for line in takewhile(lambda line: line.startswith("#"), lines))


def _decoded(path: Path, data: bytes) -> str:
    if b"\x00" in data:
        raise BadFile(path, "is not a text file", _REMEDY)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _rows(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of every row that is not blank."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, list(map(plain_cell, cells))) for cells in reader if any(cell.strip() for cell in cells))
        rows = list(dropwhile(lambda row: row[1][0].startswith("#"), rows))
    except csv.Error as error:
        raise BadFile(
            path, f"line {reader.line_num}: {error}", "Close every quotation mark, or get the complete file again."
        ) from error
    if not rows:
        raise BadFile(path, "is empty", _REMEDY)
    wanted = len(rows[0][1])
    for line, cells in rows:
        if len(cells) != wanted:
            raise BadFile(path, f"line {line}: the first row has {wanted} columns, but this one has {len(cells)}", _REMEDY)
    return rows


def _list(
    path: Path, rows: list[tuple[int, list[str]]], columns: dict[str, int], zones: ZoneWords, classes: ClassWords
) -> Floats:
    """(K, Z, Z) trips of a list."""
    trips = np.zeros((len(classes.names), len(zones.names), len(zones.names)))
    seen: dict[tuple[int, int, int], int] = {}
    for line, cells in rows:
        user = classes.index(cells[columns["class"]] if "class" in columns else None, line)
        cell = (user, zones.index(cells[columns["from"]], line), zones.index(cells[columns["to"]], line))
        if (before := seen.setdefault(cell, line)) != line:
            pair = f"{zones.names[cell[1]]} to {zones.names[cell[2]]}"
            raise BadFile(path, f"line {line}: the trips from {pair} are on line {before} too", "Delete one, or add them up.")
        trips[cell] = _trips(path, line, cells[columns["trips"]])
    return trips


def _square(path: Path, rows: list[tuple[int, list[str]]], zones: ZoneWords, classes: ClassWords) -> Floats:
    """(1, Z, Z) trips of a square with or without names."""
    classes.index(None, rows[0][0])
    count, wide = len(zones.names), len(rows[0][1])
    names, down = rows[0][1][1:], [cells[0] for _, cells in rows[1:]]
    named = zones.knows(names) and zones.knows(down)
    bare = (len(rows), wide) == (count, count) and number(rows[0][1][0]) is not None
    if bare and not named:
        starts, ends, cells = list(range(count)), list(range(count)), rows
    elif len(rows) == wide:
        ends = zones.indexes(names, rows[0][0])
        starts = zones.indexes(down, rows[0][0])
        cells = [(line, row[1:]) for line, row in rows[1:]]
    else:
        raise BadFile(path, f"is neither a list nor a square: it has {len(rows)} rows and {wide} columns", _REMEDY)
    trips = np.zeros((1, count, count))
    trips[np.ix_([0], starts, ends)] = [[_trips(path, line, cell) for cell in row] for line, row in cells]
    return trips


def _trips(path: Path, line: int, cell: str) -> float:
    value = number(cell.strip())
    if value is None or not 0 <= value < np.inf:
        raise BadFile(path, f"line {line}: the number of trips is '{cell.strip()}'", "Give a number, 0 or more.")
    return value


def names_in(path: Path) -> tuple[str, ...]:
    """The zones that a trip file names, in the order in which they first stand: for networks that have no zones of their own.

    Raises:
        BadFile: the file cannot be read, or names no zones.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name.") from error
    if data.startswith(_HDF5) or path.suffix.lower() == ".omx":
        return omx_zones(path)
    rows = _rows(path, _decoded(path, data))
    columns = _columns_of(rows[0][1])
    if {"from", "to"} <= columns.keys():
        pairs = (cells[columns[end]].strip() for _, cells in rows[1:] for end in ("from", "to"))
        return tuple(dict.fromkeys(pairs))
    return tuple(cell.strip() for cell in rows[0][1][1:])
