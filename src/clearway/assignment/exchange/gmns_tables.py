"""The CSV tables of a GMNS folder, cell by cell, with every fault named by its line."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.exchange.tntp_text import number
from clearway.errors import BadFile
from clearway.tables import plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_REMEDY = "Give tables in the format of the General Modeling Network Specification."
_NOTHING = ("", "nan", "na", "none", "null")
_MOST_CELL_CHARS = 10_000_000
"""Geometry cells of long links exceed what Python's csv reads by default (131,072); ten million is no link any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file and its cells by column, columns in small letters."""

    table: Table
    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """A cell, empty where the column is absent or the cell says that it holds nothing."""
        value = self.cells.get(column, "").strip()
        return "" if value.lower() in _NOTHING else value

    def name(self, column: str) -> str:
        """The id in a cell, whole numbers without decimals; :meth:`fault` where it is empty."""
        value = self.text(column)
        if not value:
            raise self.fault(f"{column} is empty", "Give every row its ids.")
        return plain_id(value)

    def amount(self, column: str, *, least: float = 0.0) -> float | None:
        """The number in a cell, None where it is empty.

        Raises:
            BadFile: it is no number, or below ``least``.
        """
        value = self.text(column)
        if not value:
            return None
        found = number(value)
        if found is None or not least <= found < np.inf:
            must = "a number" if found is None or np.isinf(least) else f"{least:g} or more"
            raise self.fault(f"{column} is '{value}'; it must be {must}", "Correct the cell.")
        return found

    def fault(self, problem: str, remedy: str) -> BadFile:
        """What is wrong on this row."""
        return BadFile(self.table.path, f"line {self.line}: {problem}", remedy)


@dataclass(frozen=True, slots=True)
class Table:
    """One file."""

    path: Path
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    cells: tuple[list[str], ...]

    def __iter__(self) -> Iterator[Row]:
        """Row by row."""
        for line, cells in zip(self.lines, self.cells, strict=True):
            yield Row(self, line, dict(zip(self.columns, cells, strict=True)))


def plain_id(value: str) -> str:
    """An id as a word: numbers without decimals, so that ``7.0`` in one table finds ``7`` in another.

    >>> plain_id("7.0"), plain_id("7a"), plain_id("2.50174E+11")
    ('7', '7a', '250174000000')
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return text
    found = number(text)
    return str(int(found)) if found is not None and found.is_integer() else text


def read_gmns_table(path: Path, needed: Sequence[str]) -> Table:
    """The rows of a table.

    Args:
        path: The file.
        needed: Columns that it must have; others may be there or not.

    Raises:
        BadFile: it cannot be read or is cut short, or lacks a column.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Give the folder of a GMNS network.") from error
    except UnicodeDecodeError as error:
        raise BadFile(path, "is not UTF-8 text", _REMEDY) from error
    if "\x00" in text:
        raise BadFile(path, "is not a text file", _REMEDY)
    rows = _rows(path, text)
    columns = tuple(cell.strip().lower() for cell in rows[0][1]) if rows else ()
    if missing := [name for name in needed if name not in columns]:
        raise BadFile(path, f"has no column '{missing[0]}'", _REMEDY)
    for line, cells in rows[1:]:
        if len(cells) != len(columns):
            problem = f"line {line}: the table has {len(columns)} columns, but this row has {len(cells)}"
            raise BadFile(path, problem, "Get the complete file again, or close its quotation marks.")
    return Table(path, columns, tuple(line for line, _ in rows[1:]), tuple(cells for _, cells in rows[1:]))


def _rows(path: Path, text: str) -> list[tuple[int, list[str]]]:
    before = csv.field_size_limit(_MOST_CELL_CHARS)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
        return [(line, list(map(plain_cell, cells))) for line, cells in rows] if "'" in text else rows
    except csv.Error as error:
        problem = f"line {reader.line_num}: {error}"
        raise BadFile(path, problem, "Close every quotation mark, or get the complete file again.") from error
    finally:
        csv.field_size_limit(before)
