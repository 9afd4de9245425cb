"""Who may close streets, by which law, within which limits: a CSV file that a user can read and replace."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadFile
from clearway.tables import bundled_table, number, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.tables import Row

COLUMNS = (
    "row", "by", "may", "when", "notice_days", "most_hours_in_24", "most_days_a_year", "must_tell", "instrument",
    "source", "text_read",
)  # fmt: skip
_READ = ("yes", "parallel", "no")
_REMEDY = "Start from the one that 'clearway plan jurisdiction' prints."


class Provision(NamedTuple):
    """One row: who may do what, and within which limits.

    Attributes:
        row: Its name.
        by: Whose power it is.
        may: What they may do.
        when: Under which condition.
        notice_days: Days of public notice before; None where none is set, or nobody knows.
        most_hours_in_24: Hours that a closure may last in any 24.
        most_days_a_year: Days in any year, in all.
        must_tell: Whom they must tell.
        instrument: The law.
        source: Where that was read.
        is_read: Whether the provision's own text was read.
    """

    row: str
    by: str
    may: str
    when: str
    notice_days: float | None
    most_hours_in_24: float | None
    most_days_a_year: float | None
    must_tell: str
    instrument: str
    source: str
    is_read: bool


def jurisdiction_text() -> str:
    """Our own table, New Zealand's, as its file is."""
    return ours().read_text("utf-8")


def ours() -> Path:
    """Where our own table lies."""
    return bundled_table("clearway.planning.plan", "jurisdiction_nz.csv")


def read_jurisdiction(path: Path | None = None) -> dict[str, Provision]:
    """The rows of a table by name, of ours where none is given.

    Raises:
        BadFile: it cannot be read, lacks a column or has one that means nothing, names a row twice, or a limit is no number
            above 0.
    """
    table = path or ours()
    rows: dict[str, Provision] = {}
    for row in read_table(table, COLUMNS):
        if not all(row):  # the reader's name for what lies beyond the columns is None
            remedy = "Put a value that holds a comma in quotation marks, and name each column."
            raise BadFile(table, f"has a value under no column in row {row['row']}", remedy)
        if unknown := [name for name in row if name not in COLUMNS]:
            raise BadFile(table, f"has a column '{unknown[0]}', which means nothing here", f"Is it spelt right? {_REMEDY}")
        if not row["row"] or row["row"] in rows:
            raise BadFile(
                table, f"names the row {row['row']!r} twice or not at all", f"Give each row a name of its own. {_REMEDY}"
            )
        if row["text_read"] not in _READ:
            raise BadFile(table, f"says text_read '{row['text_read']}' in row {row['row']}", "Write yes, parallel or no.")
        limits = {name: _limit(row, name, table) for name in ("notice_days", "most_hours_in_24", "most_days_a_year")}
        rows[row["row"]] = Provision(
            row=row["row"],
            by=row["by"],
            may=row["may"],
            when=row["when"],
            notice_days=limits["notice_days"],
            most_hours_in_24=limits["most_hours_in_24"],
            most_days_a_year=limits["most_days_a_year"],
            must_tell=row["must_tell"],
            instrument=row["instrument"],
            source=row["source"],
            is_read=row["text_read"] == "yes",
        )
    return rows


def _limit(row: Row, name: str, table: Path) -> float | None:
    if not row[name]:
        return None
    limit = number(row, name, table)
    if not limit > 0:
        raise BadFile(table, f"says {name} {row[name]} in row {row['row']}", "Give a number above 0, or leave it empty.")
    return limit
