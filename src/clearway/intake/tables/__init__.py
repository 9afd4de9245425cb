"""The tables that the rules work by, beside this file as CSV: to learn what intake knows, or to teach it more, edit them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from clearway.errors import UnknownName


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table.

    Args:
        name: Its file's name without ``.csv``.

    Raises:
        UnknownName: there is no such table.
    """
    table = files(__name__) / f"{name}.csv"
    if not table.is_file():
        raise UnknownName("table", [name])
    with table.open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


@cache
def words_of(name: str, **wanted: str) -> frozenset[str]:
    """All words of a table's column ``words`` whose other columns hold what is wanted.

    >>> "minutes" in words_of("units", sort="measure")
    True
    """
    kept = (row for row in rows(name) if all(row[column] == value for column, value in wanted.items()))
    return frozenset(word for row in kept for word in row["words"].split())
