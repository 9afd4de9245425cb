"""Tables that the program rests on, ours or a user's own: CSV files, units and sources in lines that begin with #."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, str]


def bundled_table(package: str, name: str) -> Path:
    """Where a table of ours lies: beside the modules of a package."""
    return Path(str(resources.files(package).joinpath(name)))


def read_table(table: Path, columns: Iterable[str] = ()) -> list[Row]:
    """The rows of a table.

    Args:
        table: A CSV file, one of ours or a user's own.
        columns: Columns that it must have.

    Raises:
        BadFile: it cannot be read, or lacks a column.
    """
    lines = [line for line in _text(table).splitlines() if line.strip() and not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    have = set(rows[0]) if rows else set()
    if missing := [name for name in columns if name not in have]:
        raise BadFile(str(table), f"has no column '{missing[0]}'", "Give a CSV file whose first line names its columns.")
    return rows


def number(row: Row, column: str, table: Path) -> float:
    """A number of a row.

    Raises:
        BadFile: it is none.
    """
    try:
        return float(row[column])
    except (TypeError, ValueError) as error:
        place = f"column '{column}' holds '{row[column]}', which is not a number"
        raise BadFile(str(table), place, "Correct that cell.") from error


def _text(table: Path) -> str:
    try:
        return table.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(str(table), "cannot be read as text", "Check the name, and that it is a CSV file.") from error
