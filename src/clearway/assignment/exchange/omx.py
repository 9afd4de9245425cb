"""Read and write trips in OMX, the open matrix format (github.com/osPlanning/omx): HDF5 with rules.

``/data`` holds square matrices of one shape, one for each user class; ``/lookup`` may hold lists that name the zone of each
row and column. Where no list does, rows are the network's zones in its order.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np

from clearway.assignment.exchange.zone_words import ZoneWords
from clearway.assignment.problem import TripTable
from clearway.errors import BadFile, UnknownName
from clearway.files import writing_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.network.model import Floats

_VERSION = b"0.2"
_DAMAGED = (OSError, KeyError, RuntimeError, ValueError, TypeError, AttributeError, MemoryError)
_REMEDY = "Give an OMX file with square matrices in its group 'data'."


def read_omx(
    path: Path, zone_names: Sequence[str], *, class_names: Sequence[str] = ("general",), matrices: Sequence[str] = ()
) -> TripTable:
    """The trips of an OMX file.

    Args:
        path: The file.
        zone_names: The network's zones.
        class_names: The network's user classes.
        matrices: The matrix of each class; where absent, matrices are found by the classes' names, and a single matrix is that
            of a single class.

    Raises:
        BadFile: the file cannot be read or is cut short, is not square, or holds a negative number or none.
        UnknownName: a zone or matrix is unknown.
    """
    tables, lookups, statement = _read(path)
    chosen = _chosen(path, list(tables), class_names, matrices)
    rows = {table.shape for table in tables.values()}
    if len(rows) != 1 or any(len(shape) != 2 or shape[0] != shape[1] for shape in rows):  # noqa: PLR2004 - rows and columns
        listed = ", ".join(f"{name} {' x '.join(map(str, table.shape))}" for name, table in tables.items())
        raise BadFile(path, f"has matrices that are not square or differ in size ({listed})", _REMEDY)
    zones = ZoneWords(zone_names, str(path))
    place = _places(path, len(tables[chosen[0]]), lookups, zones)
    trips = np.zeros((len(class_names), len(zone_names), len(zone_names)))
    for user, name in enumerate(chosen):
        trips[np.ix_([user], place, place)] = _checked(path, name, tables[name], [zone_names[zone] for zone in place])
    return TripTable(trips, tuple(zone_names), tuple(class_names), statement)


def omx_zones(path: Path) -> tuple[str, ...]:
    """The zones that a lookup of an OMX file names.

    Raises:
        BadFile: the file cannot be read, or has no lookup that names each row otherwise.
    """
    tables, lookups, _ = _read(path)
    rows = np.atleast_1d(next(iter(tables.values()))).shape[0]
    naming = [words for words in lookups.values() if len(words) == rows == len(set(words))]
    if not naming:
        raise BadFile(path, "has no lookup that names its zones", "Add a lookup with the zones' names.")
    return tuple(naming[0])


def write_omx(path: Path, table: TripTable) -> None:
    """Write trips as OMX: a matrix for each class, the zones' names in the lookup ``zone``.

    Raises:
        BadFile: the file cannot be written.
    """
    held = BytesIO()
    with h5py.File(held, "w") as file:
        file.attrs["OMX_VERSION"] = np.bytes_(_VERSION)
        if table.statement:
            file.attrs["STATEMENT"] = table.statement
        file.attrs["SHAPE"] = np.array(table.trips.shape[1:], np.int32)
        for name, trips in zip(table.class_names, table.trips, strict=True):
            file.create_dataset(f"data/{name}", data=trips, compression="gzip", chunks=True)
        numbers = all(name.isascii() and name.isdigit() and len(name) < 10 for name in table.zone_names)  # noqa: PLR2004 - int32
        plain = np.array([int(name) for name in table.zone_names], np.int32) if numbers else None
        file["lookup/zone"] = np.array([name.encode() for name in table.zone_names]) if plain is None else plain
    with writing_bytes(path) as out:
        out.write(held.getvalue())


def _read(path: Path) -> tuple[dict[str, Any], dict[str, list[str]], str]:
    """The matrices and lookups of a file as they are, and what it says that they rest on."""
    try:
        with h5py.File(path, "r") as file:
            tables = {name: np.asarray(node[()]) for name, node in file["data"].items()}
            lookups = {name: _words(np.asarray(node[()])) for name, node in file.get("lookup", {}).items()}
            statement = file.attrs.get("STATEMENT", "")
    except _DAMAGED as error:
        raise BadFile(path, "is not an OMX file, or is cut short", _REMEDY) from error
    if not tables:
        raise BadFile(path, "has no matrix in it", _REMEDY)
    return tables, lookups, statement if isinstance(statement, str) else ""


def _words(values: Any) -> list[str]:  # noqa: ANN401 - numbers or strings
    return [value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in values.ravel().tolist()]


def _chosen(path: Path, held: list[str], class_names: Sequence[str], matrices: Sequence[str]) -> list[str]:
    """The matrix of each class."""
    wanted = list(matrices) or list(class_names)
    if not matrices and len(class_names) == 1 and class_names[0] not in held:
        if len(held) > 1:
            raise BadFile(path, f"has several matrices: {', '.join(held)}", "Say which one holds the trips.")
        wanted = held
    if len(wanted) != len(class_names):
        raise BadFile(path, f"{len(wanted)} matrices were named for {len(class_names)} classes", "Name one for each class.")
    if unknown := [name for name in wanted if name not in held]:
        raise UnknownName(f"matrix in {path}", unknown, held)
    return wanted


def _places(path: Path, rows: int, lookups: dict[str, list[str]], zones: ZoneWords) -> list[int]:
    """The zone of each row, by the lookup that names zones."""
    naming = [words for words in lookups.values() if len(words) == rows == len(set(words))]
    if naming:
        return zones.indexes(next((words for words in naming if zones.knows(words)), naming[0]))
    if rows != len(zones.names):
        problem = f"has {rows} rows and no lookup that names their zones, but the network has {len(zones.names)} zones"
        raise BadFile(path, problem, "Add a lookup with the zones' names.")
    return list(range(rows))


def _checked(path: Path, name: str, table: Any, zones: Sequence[str]) -> Floats:  # noqa: ANN401 - any numbers
    if table.dtype.kind not in "iufb":
        raise BadFile(path, f"the matrix {name!r} does not hold numbers", _REMEDY)
    trips: Floats = table.astype(np.float64)
    wrong = np.argwhere(~(np.isfinite(trips) & (trips >= 0)))
    if len(wrong):
        start, end = wrong[0].tolist()
        problem = f"there are {trips[start, end]:g} trips from {zones[start]} to {zones[end]} in the matrix {name!r}"
        raise BadFile(path, problem, "Give numbers, 0 or more.")
    return trips
