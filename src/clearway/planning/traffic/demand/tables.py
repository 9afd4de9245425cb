"""The tables that a synthetic demand rests on: CSV files beside this module, units and sources in lines that begin with #."""

from __future__ import annotations

import csv
from importlib import resources
from typing import TYPE_CHECKING

from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Row = dict[str, str]


def read_table(table: str | Path, columns: Iterable[str] = ()) -> list[Row]:
    """The rows of a table.

    Args:
        table: The name of one of ours, or a path to a user's own.
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


def number(row: Row, column: str, table: str | Path) -> float:
    """A number of a row.

    Raises:
        BadFile: it is none.
    """
    try:
        return float(row[column])
    except (TypeError, ValueError) as error:
        place = f"column '{column}' holds '{row[column]}', which is no number"
        raise BadFile(str(table), place, "Mend that cell.") from error


def _text(table: str | Path) -> str:
    try:
        if isinstance(table, str):
            return resources.files("clearway.planning.traffic.demand").joinpath(table).read_text("utf-8")
        return table.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(str(table), "cannot be read as text", "Check the name, and that it is a CSV file.") from error
