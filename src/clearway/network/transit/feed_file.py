"""The tables of a static GTFS feed, row by row, and its errors in a sentence."""

from __future__ import annotations

import csv
import io
import lzma
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from clearway.archives import check_zip
from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

_REMEDY = "Give the zip file of a static GTFS feed."
_BUS, _TROLLEYBUS, _EXTENDED_BUS = 3, 11, range(700, 800)

_CLOCKS = 100_000
"""Each second of a service day: a timetable writes the same times again and again."""
_LONGEST_ROW_CHARS = 1_000_000
"""Of a table, in characters: no row of a timetable is a hundredth of it."""


def read_feed(path: Path, what: Callable[[Path, zipfile.ZipFile], T]) -> T:
    """What a function makes of an open feed.

    Raises:
        BadFile: the file is no zip, lacks a table or a column, or holds a value that cannot be read.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as feed:
            check_zip(feed, path)
            return what(path, feed)
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror or error})", "Check the name.") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadFile(path, "not a complete zip file", _REMEDY) from error
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, csv.Error) as error:
        raise BadFile(path, f"not a static GTFS feed ({error})", _REMEDY) from error


def is_bus(route_type: int) -> bool:
    """Whether a ``route_type`` is a bus."""
    return route_type in {_BUS, _TROLLEYBUS} or route_type in _EXTENDED_BUS


def rows(feed: zipfile.ZipFile, name: str, *, optional: bool = False) -> Iterator[dict[str, str]]:
    """The rows of a table; none where one that is optional is missing.

    Raises:
        KeyError: a table is missing.
    """
    inside = next((entry for entry in feed.namelist() if entry.rpartition("/")[2] == name), None)
    if inside is None:
        if optional:
            return
        raise KeyError(f"{name} is missing")
    with feed.open(inside) as file:
        table = csv.reader(_lines(io.TextIOWrapper(file, "utf-8-sig", newline="")), skipinitialspace=True)
        names = next((row for row in table if row), [])
        for row in table:
            if len(row) >= len(names):
                yield dict(zip(names, row, strict=False))
            elif row:  # cells that are missing at its end are empty
                yield dict(zip(names, row + [""] * (len(names) - len(row)), strict=True))


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a table, none longer than any row is."""
    while line := text.readline(_LONGEST_ROW_CHARS):
        if len(line) == _LONGEST_ROW_CHARS:
            raise ValueError(f"a row has more than {_LONGEST_ROW_CHARS:,} characters")
        yield line


@lru_cache(maxsize=_CLOCKS)
def seconds_of(clock: str) -> int:
    """Seconds of a time of day, past 24:00:00 too.

    >>> seconds_of("25:10:00")
    90600

    Raises:
        ValueError: it is no time.
    """
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)
