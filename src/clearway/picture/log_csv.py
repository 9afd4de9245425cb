"""The log as a CSV file: times in the operation's own zone, cells that a spreadsheet does not take for formulas."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from clearway.picture.standing import STANDING_WORDS
from clearway.tables import CsvWriter
from clearway.words import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.picture.log import LogLine

COLUMNS = (
    "number", "happened_from", "happened_to", "said_as", "kind", "says", "where", "who", "document", "grade", "release",
    "standing", "replaced_by", "known", "written", "id",
)  # fmt: skip


def write_log(file: IO[str], lines: Iterable[LogLine], zone: ZoneInfo) -> None:
    """Write lines of a log.

    Args:
        file: Text, in which a line end is left as it is.
        lines: In their order.
        zone: Of the times that are written, such as ``2022-02-18T19:05+13:00``.
    """

    def local(moment: datetime) -> str:
        return moment.astimezone(zone).isoformat(timespec="minutes")

    writer = CsvWriter(file)
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow((
            line.seq, local(line.happened.start), local(line.happened.end), line.happened.said, vocabulary(line.kind),
            line.says, line.where, line.speaker, line.document, line.grade, line.release, STANDING_WORDS[line.standing],
            " ".join(line.replaced_by), local(line.known), local(line.written), line.id,
        ))  # fmt: skip
