"""Which record, which operation in it, and by which calendar its times are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from clearway.cli.options.typed import option, option_class
from clearway.errors import BadFile, BadInput
from clearway.record.open import open_record
from clearway.record.operations import calendar_of, operation_of

if TYPE_CHECKING:
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

_LONGEST_NAME = 64
"""As the record takes it."""


@option_class
class RecordOptions:
    """A record."""

    address: str = option(
        "--record", default="data/room.record", show_default=True, envvar="CLEARWAY_RECORD",
        help="File of the record, or postgresql://user@host:5432/name.",
    )  # fmt: skip

    def existing(self) -> Store:
        """Open it to read it; see :func:`existing_record`."""
        return existing_record(self.address)

    def writable(self) -> Store:
        """Open it to write to it; its file and folder are made where there are none.

        Raises:
            BadFile: they cannot be made, or the file is not a record.
            Unavailable: the database does not answer.
        """
        if "://" not in self.address:
            try:
                Path(self.address).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                problem = f"cannot be made ({error.strerror})"
                raise BadFile(self.address, problem, "Choose another file with --record.") from error
        return open_record(self.address)


@option_class
class OneOperation:
    """An operation that is looked at."""

    stream: str | None = option("--operation", help="Name of the operation.  [default: the record's only one]")


@option_class
class CalendarOptions:
    """How times without a zone, and days of the operation, are read."""

    zone: str | None = option(
        "--zone", envvar="CLEARWAY_ZONE",
        help="Time zone of the operation (Pacific/Auckland).  [default: the record's, else where the streets lie, else UTC]",
    )  # fmt: skip
    first_day: str | None = option(
        "--first-day", metavar="DATE", envvar="CLEARWAY_FIRST_DAY",
        help="Day 1 of the operation.  [default: the one in the record]",
    )  # fmt: skip

    def calendar(self, store: Store | None, stream: str | None) -> Calendar:
        """The calendar of an operation; what was typed overrides what its record says.

        Raises:
            BadInput: the zone or the day is unknown.
            Unavailable: the database does not answer.
        """
        held = operation_of(store, stream) if store is not None and stream is not None else None
        return calendar_of(held, self.zone, self.first_day)

    def calendar_on(self, network: Path | None) -> Calendar:
        """The calendar where no record is: by the zone that was typed, else that of the streets, else UTC; which is said.

        Args:
            network: File of the streets; None: none is given.

        Raises:
            BadFile: the file is no network.
            BadInput: the zone or the day is unknown.
        """
        zone = self.zone
        if zone is None:
            from clearway.network.store import load_network  # noqa: PLC0415 - takes a moment
            from clearway.network.zone import zone_of  # noqa: PLC0415

            zone = None if network is None else zone_of(load_network(network))
            told = f"Times are those of {zone}, where the streets lie" if zone else "Times are UTC: nobody said a time zone"
            click.echo(f"{told}. '--zone' names another one.", err=True)
        return calendar_of(None, zone, self.first_day)


@option_class
class _Named(RecordOptions):
    """An operation in a record, whether or not it is there already."""

    stream: str = option("--operation", default="operation", show_default=True, help="Name of the operation.")

    @property
    def name(self) -> str:
        """The operation's name as the record writes it.

        Raises:
            BadInput: it cannot be the name of an operation.
        """
        plain = self.stream.strip().lower().replace(" ", "-")
        signs = plain.replace("-", "")
        if not (signs.isascii() and signs.isalnum()) or not plain[0].isalnum() or len(plain) > _LONGEST_NAME:
            raise BadInput(
                f"{self.stream!r} cannot be the name of an operation. Use at most {_LONGEST_NAME} letters, digits and hyphens, "
                "such as wellington-2022."
            )
        return plain


@option_class
class WrittenOperation(CalendarOptions, _Named):
    """An operation that is written to, with the calendar that what is written is read by."""

    def tell_of_once(self, store: Store) -> None:
        """Say that a zone or a first day that was typed holds for this call alone, where no entry of the record says one."""
        source_of = click.get_current_context().get_parameter_source
        typed = {name: getattr(self, name) for name in ("zone", "first_day") if source_of(name) is ParameterSource.COMMANDLINE}
        if not typed or operation_of(store, self.name) is not None:
            return
        known = min((one.draft.known for one in store.entries(self.name)), default=None)
        when = {} if known is None else dict.fromkeys(("happened", "known"), known.isoformat())
        line = json.dumps({"kind": "operation", "body": {"title": self.name, **typed}} | when)
        options = " and ".join(f"--{name.replace('_', '-')}" for name in typed)
        holds = "hold" if len(typed) > 1 else "holds"
        click.echo(
            f"{options} {holds} for this call alone: no entry of the record says it of '{self.name}', and other commands show "
            f"times as UTC. Say it once: write this line into a file and import that as well.\n{line}",
            err=True,
        )


def existing_record(address: str) -> Store:
    """Open a record to read it: none is made where there is none.

    Raises:
        BadFile: there is no such file, or it is not a record.
        Unavailable: the database does not answer.
    """
    if "://" not in address and not Path(address).exists():
        raise BadFile(address, "there is no such record", "Name it with --record, or write a first entry with 'record add'.")
    return open_record(address)
