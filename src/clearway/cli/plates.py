"""``clearway vehicles moved``, ``find`` and ``forget-plates``: vehicles that are moved, by plates that are deleted in time."""

from __future__ import annotations

import hashlib
import json
import sys
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import click

from clearway.cli.options.record import OneOperation, RecordOptions, WrittenOperation
from clearway.cli.options.said import SaidBy
from clearway.cli.options.typed import option, option_class, takes
from clearway.cli.options.values import TowName
from clearway.errors import BadFile, BadInput
from clearway.record.entry import now
from clearway.record.kinds.vehicles import VEHICLE_TYPES
from clearway.record.moved import enter_moved, find_moved
from clearway.record.operations import calendar_of, chosen_operation, operation_of
from clearway.record.plates import room_key
from clearway.words import counted, time_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.record.kinds.vehicles import VehicleMoved

State = Literal["to_be_moved", "moved", "stored", "released", "disposed_of"]


@option_class
class PlateKey:
    """Where the key lies under which plates are encrypted."""

    key_file: Path | None = option(
        "--plate-key",
        envvar="CLEARWAY_PLATE_KEY",
        help="File of the key for number plates, made where there is none.  [default: beside the record's file]",
    )

    def read(self, record: RecordOptions, *, make: bool = False) -> bytes:
        """The key.

        Raises:
            BadFile: there is none, or it is no key.
            BadInput: the record is no file, and nobody said where the key lies.
        """
        if self.key_file is None and "://" in record.address:
            raise BadInput("Nobody said where the key for number plates lies. Give --plate-key FILE, outside the database.")
        return room_key(self.key_file or Path(f"{record.address}.plate-key"), make=make)


_NOT_OF_THE_BODY = frozenset({"happened", "corrects", "vehicle_type", "tow"})


@option_class
class Moved:
    """What becomes of a vehicle."""

    state: str = option("--state", type=click.Choice(get_args(State)), required=True, help="What has become of it.")
    purpose: str = option("--purpose", required=True, help="Why it must go: 'to free a lane for ambulances'.")
    power: str = option("--power", required=True, help="The legal power: an act and its section, or the owner's consent.")
    delete_by: str = option("--delete-by", metavar="TIME", required=True, help="When the plate is deleted: '2022-04-18'.")
    vehicle_type: str | None = option("--type", type=click.Choice(VEHICLE_TYPES), help="Which type of vehicle it is.")
    moved_by: str | None = option("--moved-by", help="Which office or firm moves it.")
    ordered_by: str | None = option("--ordered-by", help="Which office ordered it.")
    moved_from: str | None = option("--from", metavar="PLACE", help="Where it stood.")
    moved_to: str | None = option("--to", metavar="PLACE", help="Where it is now, or is to be.")
    condition: str | None = option("--condition", help="In which condition it was when it was moved.")
    photos: tuple[Path, ...] = option(
        "--photo",
        multiple=True,
        help="A photo of its condition: its SHA-256 is recorded, the photo is not stored. May be repeated.",
    )
    tow: tuple[int, str] | None = option(
        "--tow", type=TowName(), metavar="ORDER:TOW", multiple=False, default=None,
        help="The tow that it was: '1:T003', of 'vehicles tow-record'.",
    )  # fmt: skip
    happened: str = option("--when", metavar="TIME", default="now", help="When it was so: 'day 9 4pm'.  [default: now]")
    corrects: tuple[str, ...] = option("--corrects", metavar="ID", multiple=True, help="An entry that this one corrects.")

    def body(self) -> dict[str, object]:
        """The fields of the entry, without the vehicle."""
        said = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in _NOT_OF_THE_BODY}
        said |= {"tow": f"{self.tow[0]}:{self.tow[1]}"} if self.tow else {}
        said |= {"type": self.vehicle_type, "photos": [_sha256(photo) for photo in self.photos]}
        return {name: value for name, value in said.items() if value}


@click.command()
@takes(Moved, "vehicle")
@takes(SaidBy, "said")
@takes(PlateKey, "key")
@takes(WrittenOperation, "operation")
@click.option("--json", "as_json", is_flag=True, help="Print the entry as JSON.")
def moved(vehicle: Moved, said: SaidBy, key: PlateKey, operation: WrittenOperation, *, as_json: bool) -> None:
    """Record what becomes of a vehicle that is moved or is to be. The plate is asked for, or read from standard input.

    The record holds a keyed hash of the plate. The plate itself lies encrypted beside it until its date of deletion.

    clearway vehicles moved --state to_be_moved --purpose "to free a lane for ambulances" --power "Land Transport Act 1998,
    section 128E" --from "Hill Street" --delete-by 2022-04-18 --by "warden, Council"
    """
    moment, name = now(), operation.name
    with closing(operation.writable()) as store:
        calendar = operation.calendar(store, name)
        document = {
            "body": vehicle.body(),
            "happened": moment.isoformat() if vehicle.happened == "now" else vehicle.happened,
            "source": said.source().model_dump(mode="json"),
            "corrects": list(vehicle.corrects),
        }
        entry = enter_moved(store, name, _plate(), document, key.read(operation, make=True), calendar=calendar, now=moment)
    says = f"Entry {entry.seq}, {entry.id}: {entry.draft.body.says(calendar.zone)}."
    click.echo(json.dumps(entry.as_json()) if as_json else says)


@click.command()
@click.option("--from", "stood", metavar="PLACE", required=True, help="The street where it stood.")
@takes(PlateKey, "key")
@takes(OneOperation, "operation")
@takes(RecordOptions, "record")
def find(stood: str, key: PlateKey, operation: OneOperation, record: RecordOptions) -> None:
    """Say to its owner where a vehicle is now. The whole plate is asked for, or read from standard input.

    Plate and street must both be right; a wrong one of either gives the same answer, and never a list.
    """
    with closing(record.existing()) as store:
        stream = chosen_operation(store, operation.stream)
        found = find_moved(store, stream, _plate(), stood, key.read(record))
        zone = calendar_of(operation_of(store, stream)).zone
        click.echo(
            "\n".join((*_owner_lines(found), f"Your number plate is deleted here by {time_words(found.delete_by, zone)}."))
        )


@click.command("forget-plates")
@click.option("--vehicle", "marks", metavar="MARK", multiple=True, help="Delete that of this vehicle now. May be repeated.")
@takes(RecordOptions, "record")
def forget_plates(marks: tuple[str, ...], record: RecordOptions) -> None:
    """Delete the number plates whose date of deletion has come, with their keys; the entries stay and are verified as before.

    A server that serves the record does so by itself, every hour. Nothing brings a plate back, but copies of the record that
    were made before still hold it, encrypted.
    """
    with closing(record.existing()) as store:
        moment = now()
        count = store.plates.forget([*marks, *store.plates.due(moment)], moment)
    click.echo(f"Deleted: {counted(count, 'number plate')}.")


def _plate() -> str:
    """The plate, typed unseen or read from standard input: never an argument, which other programs could read."""
    if sys.stdin.isatty():
        return str(click.prompt("Number plate", hide_input=True))
    return sys.stdin.readline().strip()


def _sha256(photo: Path) -> str:
    try:
        return hashlib.sha256(photo.read_bytes()).hexdigest()
    except OSError as error:
        raise BadFile(photo, f"cannot be read ({error.strerror})", "Check the name.") from error


def _owner_lines(found: VehicleMoved) -> Iterator[str]:
    yield f"The {found.type or 'vehicle'} is {found.state.replace('_', ' ')}{f', {found.moved_to}' if found.moved_to else ''}."
    yield f"Why: {found.purpose}. Legal power: {found.power}."
    if found.ordered_by:
        yield f"Ordered by {found.ordered_by}."
    if found.moved_by:
        yield f"Moved by {found.moved_by}."
    if found.condition:
        yield f"Condition when it was moved: {found.condition}."
