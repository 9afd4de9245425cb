"""Tables that the program rests on, ours or a user's own: CSV files, units and sources in lines that begin with #.

And CSV files that are written: a spreadsheet may open them, so no cell is a formula.
"""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path
from typing import IO, TYPE_CHECKING

from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, str]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet takes for a formula."""


def bundled_table(package: str, name: str) -> Path:
    """Where a table of ours lies: beside the modules of a package."""
    return Path(str(resources.files(package).joinpath(name)))


def read_table(table: Path, columns: Iterable[str] = ()) -> list[Row]:
    """The rows of a table.

    Args:
        table: A CSV file, one of ours or a user's own.
        columns: Columns that it must have.

    Raises:
        BadFile: it cannot be read, lacks a column, or has no row.
    """
    return [row for _, row in numbered_rows(text_of_table(table), str(table), columns)]


def numbered_rows(text: str, name: str, columns: Iterable[str] = ()) -> list[tuple[int, Row]]:
    """The rows of a table, each with the number of its line in the file, from 1.

    Args:
        text: The file.
        name: What it is called in a message.
        columns: Columns that it must have.

    Raises:
        BadFile: it lacks a column, or has no row.
    """
    lines = [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader([line for _, line in lines])
    have = set(reader.fieldnames or ())
    if missing := [column for column in columns if column not in have]:
        raise BadFile(name, f"has no column '{missing[0]}'", "Give a CSV file whose first line names its columns.")
    rows = [(lines[reader.line_num - 1][0], row) for row in reader]
    if not rows:
        raise BadFile(name, "has no line below the names of its columns", "Give at least one.")
    return rows


def number(row: Row, column: str, table: Path | str) -> float:
    """A number of a row.

    Raises:
        BadFile: it is none.
    """
    try:
        return float(row[column])
    except (TypeError, ValueError) as error:
        place = f"column '{column}' holds '{row[column]}', which is not a number"
        raise BadFile(str(table), place, "Correct that cell.") from error


def text_of_table(table: Path) -> str:
    """The text of a table's file.

    Raises:
        BadFile: it cannot be read.
    """
    try:
        return table.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(str(table), "cannot be read as text", "Check the name, and that it is a CSV file.") from error


def safe_cell(value: object) -> object:
    """A cell of a CSV file: a text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("-5.5"), safe_cell(-5.5), safe_cell("Bowen Street")
    ("'=HYPERLINK(1)", '-5.5', -5.5, 'Bowen Street')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) and not _is_number(value) else value


def plain_cell(text: str) -> str:
    """A cell as it was before :func:`safe_cell`.

    >>> plain_cell("'=HYPERLINK(1)"), plain_cell("'t Hooft Street")
    ('=HYPERLINK(1)', "'t Hooft Street")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


class CsvWriter:
    """Writes a CSV file whose cells are safe to open in a spreadsheet; see :func:`safe_cell`.

    Args:
        file: The file.
        lineterminator: How a row ends.
    """

    def __init__(self, file: IO[str], *, lineterminator: str = "\n") -> None:
        self._rows = csv.writer(file, lineterminator=lineterminator)

    def writerow(self, cells: Iterable[object]) -> None:
        """Write a row."""
        self._rows.writerow(map(safe_cell, cells))

    def writerows(self, rows: Iterable[Iterable[object]]) -> None:
        """Write rows."""
        self._rows.writerows(map(safe_cell, cells) for cells in rows)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
