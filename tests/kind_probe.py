"""Run by test_add_a_kind.py with a copy of the program that knows a water tank: prints what it answers, as JSON."""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import clearway
from clearway.intake.reader import Context, read
from clearway.intake.report import Report
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.publish.sitrep.making import report_of, sign_of
from clearway.publish.sitrep.text import as_text
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.server.desks.picture.kinds import kinds_answer

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
AT = moment_of("2022-02-18T12:00+13:00")
POLICE = {"organisation": "Police", "reliability": "B", "credibility": 2}
GROUPS = {"organisation": "Groups", "reliability": "D", "credibility": 4}
ENTRIES = [
    ("a", {"tank": "north", "state": "full"}, "day 10 1pm", POLICE),
    ("b", {"tank": "north", "state": "low"}, "day 11 8am", POLICE),
    ("c", {"tank": "north", "state": "empty"}, "day 11 9am", GROUPS),
    ("d", {"tank": "south", "state": "full", "litres": {"low": 500, "high": 500}}, "day 11 8am", GROUPS),
    ("e", {"tank": "east", "state": "low"}, "day 11 8am", POLICE),
]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, closing(open_record(f"{folder}/room.record")) as store:
        for entry_id, body, happened, source in ENTRIES:
            said = {"id": entry_id, "kind": "water_supply", "body": body, "happened": happened, "source": source}
            store.append("square", [draft_of(said | {"known": "2022-02-18T09:30+13:00"}, CALENDAR, now=AT, entered="imported")])
        picture = picture_of(store, PictureIndex(), "square", Moments(AT, AT))
        report = report_of(store, PictureIndex(), "square", Moments(AT, AT))
    reading = read(Report("The west tank is low.", "log", AT), Context(CALENDAR))
    answers = {
        "program": str(Path(clearway.__file__)),
        "picture": picture.model_dump(mode="json"),
        "sitrep": as_text(report),
        "signs": [sign_of("water_supply", body) for body in ({"state": "empty"}, {"state": "low"})],
        "kinds": kinds_answer().model_dump(mode="json"),
        "read": [proposal.draft.body.says(ZoneInfo("UTC")) for proposal in reading.proposals],
    }
    print(json.dumps(answers))  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    main()
