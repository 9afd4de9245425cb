"""Reports of an invented operation of 23 days: old words are not told as fresh, what is over does not pile up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments
from clearway.publish.sitrep.making import report_of
from clearway.record.open import open_record
from picture.long_operation import CALENDAR, STREAM, filled, moment

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.publish.sitrep.shape import Sitrep
    from clearway.record.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("long")
    return filled(open_record(str(folder / "room.record")))


def report(store: Store, day: int) -> Sitrep:
    at = moment(f"day {day} 21:00")
    return report_of(store, PictureIndex(), STREAM, Moments(at, at), calendar=CALENDAR)


def texts(found: Sitrep, heading: str) -> list[str]:
    methane = [item.text for _, called, items in found.methane for item in items if called == heading]
    return methane or [item.text for part in (*found.front, *found.sections) for item in part.items if part.heading == heading]


def test_a_total_of_last_week_has_its_day(store: Store) -> None:
    arrests = next(text for text in texts(report(store, 14), "Figures as they were said") if text.startswith("Arrests: "))
    assert arrests.startswith("Arrests: 27 (Sun 19 Mar 20:00, press office, city police), before: 11 (Sun 12 Mar 20:00, ")
    assert not any(" (22:00" in text for text in texts(report(store, 14), "Number of casualties"))


def test_barriers_that_were_taken_away_days_ago_are_no_matter_of_access(store: Store) -> None:
    assert any("removed" in text for text in texts(report(store, 12), "Access"))  # on that day
    assert not any("removed" in text for text in texts(report(store, 14), "Access"))
    assert sum("standing" in text for text in texts(report(store, 14), "Access")) == 3


def test_what_ended_weeks_ago_is_counted_and_not_told(store: Store) -> None:
    ended = texts(report(store, 23), "Ended")
    assert not any("Rain from the evening" in text for text in ended)
    assert ended[-1].endswith("that ended earlier: in the record.")
    assert any("People on foot may not pass" in text for text in ended)  # who was kept out is told for as long as it is open


def test_a_barrier_that_was_removed_is_not_told_a_second_time_as_gone(store: Store) -> None:
    changed = texts(report(store, 23), "What changed that matters")
    assert "Fence removed (Deanery Road at St George's Road)" in changed
    assert not any(text.startswith("No longer so: Fence standing") for text in changed)


def test_a_figure_without_an_estimate_is_not_plotted_and_repeats_are_named_once(store: Store) -> None:
    (crowd,) = report(store, 23).plots
    assert crowd.caption.count("about 300 (tactical commander, city police") == 1
    assert "1, 3, 4, 5, 6, 7 about 300 (tactical commander, city police, Fri 10 Mar 2023 11:00 to " in crowd.caption
