"""Options that somebody brings in as files, with the files that they name; and what counts where such a file is missing."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from clearway.errors import BadFile, BadInput, ClearwayError, NotFound
from clearway.planning.options.document import option_of
from clearway.planning.options.option import Barriers, Tow
from clearway.planning.options.preparing import NamedPlan
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.means import means_of
from clearway.planning.plan.versions import version_by_name
from clearway.planning.vehicles.towing.document import schedule_of
from clearway.planning.vehicles.towing.means import means_of as tow_means_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from clearway.planning.options.option import Option
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.record.moments import Calendar
    from clearway.record.store import Store
    from clearway.server.desks.decide.models import FileGiven

Found = TypeVar("Found")

REMEDY = "The button 'An example' gives one that can be changed."


class Brought(NamedTuple):
    """What files hold.

    Attributes:
        options: By the file that each is in.
        beside: The parsed JSON of the others, by name.
        faults: Files that are no JSON, or no option that can be used, and why.
    """

    options: dict[str, Option]
    beside: dict[str, object]
    faults: dict[str, BadFile]

    @property
    def unused(self) -> list[str]:
        """Files beside that no option names."""
        named = {base_name(name) for option in self.options.values() for name, _ in needs_of(option)}
        return [name for name in self.beside if name not in named]


def brought(files: Iterable[FileGiven]) -> Brought:
    """Options and what lies beside them. Whatever does something is an option; what else there is may be named by one."""
    found = Brought({}, {}, {})
    for one in files:
        name = base_name(one.name)
        try:
            document = _parsed(name, one.text)
            if isinstance(document, dict) and "does" in document:
                found.options[name] = option_of(document, name, REMEDY)
            else:
                found.beside[name] = document
        except BadFile as error:
            found.faults[name] = error
    return found


def _parsed(name: str, text: str) -> object:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise BadFile(name, "is not JSON, or is cut short", REMEDY) from error


def base_name(name: str) -> str:
    """A file's name without its folder, whichever way that is written.

    >>> base_name("../means.json")
    'means.json'
    """
    return PurePosixPath(name.replace("\\", "/")).name or name


def needs_of(option: Option) -> Iterator[tuple[str, str]]:
    """The names of plans and files that an option names, each with what it is."""
    for act in option.does:
        if isinstance(act, Barriers):
            yield act.plan, "plan"
            if act.means:
                yield act.means, "crews"
        elif isinstance(act, Tow):
            yield act.called, "schedule" if act.schedule else "towing"


class Room(NamedTuple):
    """What counts where a file was not brought in.

    Attributes:
        store: The record, as the asker may see it.
        stream: The operation's name.
        known_at: As known when.
        calendar: To read times of plans by.
        crews: Crews and kit of this server; None: it has none.
        towing: Operators and storage of the record and this server; None where there are none.
    """

    store: Store
    stream: str
    known_at: datetime
    calendar: Calendar
    crews: Means | None
    towing: Callable[[], TowMeans | None]


class BroughtBeside:
    """The files that were brought in beside options, and what the room has instead.

    Args:
        files: Parsed JSON by name.
        room: What counts where a file is not among them.
    """

    def __init__(self, files: dict[str, object], room: Room) -> None:
        self._files, self._room = files, room
        self.instead: dict[str, str] = {}
        """What was taken in the place of a file, a sentence each."""

    def plan(self, name: str) -> NamedPlan:
        """A plan of the record by its name, or of a file that was brought in."""
        room, file = self._room, base_name(name)
        if file in self._files:
            return NamedPlan(_read(file, self._files[file], lambda one: plan_of(one, room.calendar, room.known_at)))
        try:
            version = version_by_name(room.store, room.stream, name, room.known_at)
        except NotFound as error:
            raise BadInput(
                f"An option sets up the barriers of {name}. {error} Or choose its file together with the option."
            ) from error
        return NamedPlan(version.plan, version.entry.id)

    def crews(self, name: str) -> Means:
        """A file that was brought in, else the crews of this server."""
        file = base_name(name)
        if file in self._files:
            return _read(file, self._files[file], means_of)
        if self._room.crews is None:
            raise BadInput(f"An option names {file} for its crews. Choose that file together with the option.")
        self.instead[file] = f"{file} was not chosen: the crews, trucks and depots that this server has count instead."
        return self._room.crews

    def towing(self, name: str) -> TowMeans:
        """A file that was brought in, else what the record and this server say of who tows."""
        file = base_name(name)
        if file in self._files:
            return _read(file, self._files[file], tow_means_of)
        known = self._room.towing()
        if known is None:
            raise BadInput(f"An option names {file} for who tows. Choose that file together with the option.")
        self.instead[file] = f"{file} was not chosen: operators and storage of the record and of this server count instead."
        return known

    def schedule(self, name: str) -> Towed:
        """A schedule that was brought in."""
        file = base_name(name)
        if file not in self._files:
            raise BadInput(f"An option names {file} for its schedule of trucks. Choose that file together with the option.")
        return schedule_of(self._files[file], file)


def _read(name: str, document: object, make: Callable[[object], Found]) -> Found:
    try:
        return make(document)
    except BadFile:
        raise
    except ClearwayError as error:
        raise BadFile(name, "cannot be used", str(error)) from error
