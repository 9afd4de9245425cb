"""A plan that a command is given: a file, or one of the record by its name; and what is reported beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from clearway.cli.options.moments import Question
from clearway.picture.index import PictureIndex
from clearway.picture.view import entries_in_force
from clearway.planning.plan.document import read_plan
from clearway.planning.plan.versions import versions_of

if TYPE_CHECKING:
    from clearway.cli.options.moments import Seen
    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import TrafficPlan


def has_record(question: Question) -> bool:
    """Whether a record is named, or the usual one is there."""
    is_usual = question.address == Question.__dataclass_fields__["address"].default
    return not is_usual or Path(question.address).exists()


def named_plan(given: str, look: Seen) -> TrafficPlan:
    """A plan by its file, or by its name in the record: as known at the moment the version in force, or the last one saved.

    Raises:
        BadFile: the file cannot be read, or is no plan.
        NotFound: there is no such file, and the record has no such plan.
    """
    file = Path(given)
    if file.suffix or file.exists():
        return read_plan(file, look.calendar, look.when.at)
    versions = versions_of(look.store, look.stream, given, known_at=look.when.known_at)
    return next((one for one in reversed(versions) if one.adopted), versions[-1]).plan


def reports_of(look: Seen) -> list[Entry]:
    """The entries in force at a moment, each once."""
    index = PictureIndex()
    index.add(look.store.entries(look.stream))
    found = {entry.id: entry for entries in entries_in_force(look.store, index, look.when).values() for entry in entries}
    return list(found.values())
