"""What an owner pays for a vehicle that was towed, and what may be charged at most: a CSV file that a user can replace."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from clearway.errors import BadFile
from clearway.tables import bundled_table, number, read_table
from clearway.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_COLUMNS = ("row", "fee", "most", "currency", "when", "instrument", "source", "text_read")
_FEES = {
    "tow": ("tow_fee", "tow", "tow fee"),
    "release": ("release_fee", "release", "release fee"),
    "day": ("day_fee", "a day of storage", "fee for a day of storage"),
}
"""Of a storage place, by the name in the table of caps: its field, what it is for, and what it is called."""
_REMEDY = "Start from the one that 'clearway vehicles fee-caps' prints."


class Cap(NamedTuple):
    """What may be charged at most.

    Attributes:
        row: Its name.
        fee: For what: tow, release or day.
        most: At most, in its currency.
        currency: As "NZD".
        when: The condition under which it holds.
        instrument: The law.
        source: Where that was read.
        is_read: Whether the provision's own text was read.
    """

    row: str
    fee: str
    most: float
    currency: str
    when: str
    instrument: str
    source: str
    is_read: bool


class Charging(Protocol):
    """A place where an owner pays."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def tow_fee(self) -> float | None:
        """For the tow; None: nobody said."""

    @property
    def release_fee(self) -> float | None:
        """Until the vehicle is given back; None: nobody said."""

    @property
    def day_fee(self) -> float | None:
        """For each day of storage; None: nobody said."""

    @property
    def currency(self) -> str:
        """As "NZD"."""

    @property
    def assumed(self) -> tuple[str, ...]:
        """Its fields that no source tells."""


def caps_text() -> str:
    """Our own table, New Zealand's, as its file is."""
    return _ours().read_text("utf-8")


@cache
def our_caps() -> tuple[Cap, ...]:
    """The caps of our own table."""
    return read_caps(_ours())


def read_caps(path: Path) -> tuple[Cap, ...]:
    """The caps of a table.

    Raises:
        BadFile: it cannot be read, lacks a column, names a row twice or a fee that there is not, or a cap is no number above 0.
    """
    found: dict[str, Cap] = {}
    for row in read_table(path, _COLUMNS):
        if not row["row"] or row["row"] in found:
            raise BadFile(path, f"names the row {row['row']!r} twice or not at all", f"Give each a name. {_REMEDY}")
        if row["fee"] not in _FEES:
            raise BadFile(path, f"says fee '{row['fee']}' in row {row['row']}", f"Write {', '.join(_FEES)}.")
        most = number(row, "most", path)
        if not most > 0:
            raise BadFile(path, f"says most {row['most']} in row {row['row']}", "Give a number above 0.")
        found[row["row"]] = Cap(
            row["row"], row["fee"], most, row["currency"].upper(), row["when"], row["instrument"], row["source"],
            row["text_read"] == "yes",
        )  # fmt: skip
    return tuple(found.values())


def fee_words(place: Charging) -> str:
    """What an owner pays there: ``tow NZD 80.00, release NZD 40.00 (assumed)``; empty where nobody said."""
    return joined(*_charged(place), by=", ")


def over_caps(place: Charging, caps: Iterable[Cap]) -> Iterator[str]:
    """A sentence for each cap that a fee of a place exceeds.

    Args:
        place: Where it is charged.
        caps: Those in other currencies, and of fees that nobody named, are passed over.
    """
    for cap in caps:
        field, _, called = _FEES[cap.fee]
        asked: float | None = getattr(place, field)
        if asked is None or cap.currency != place.currency or asked <= cap.most:
            continue
        checked = "" if cap.is_read else " The law's own text was not read: have it checked."
        yield (
            f"The {called} of {place.id}, {_money(asked, cap.currency)}, is above the cap of "
            f"{_money(cap.most, cap.currency)} where {cap.when} ({cap.instrument}; {cap.source}).{checked}"
        )


def _charged(place: Charging) -> Iterator[str]:
    for field, called, _ in _FEES.values():
        amount: float | None = getattr(place, field)
        if amount is not None:
            yield f"{called} {_money(amount, place.currency)}{' (assumed)' if field in place.assumed else ''}"


def _money(amount: float, currency: str) -> str:
    return f"{currency} {amount:,.2f}"


def _ours() -> Path:
    return bundled_table("clearway.planning.vehicles.towing", "fee_caps_nz.csv")
