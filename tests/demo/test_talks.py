"""The talks of the demonstration: the deadlock, the meeting that was asked for, the mediator who waits."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.demo.prepare import demo_record
from clearway.picture.view import Moments
from clearway.planning.decide.basis import basis_of
from clearway.planning.decide.review import review_of
from clearway.planning.reading import Reading
from clearway.planning.talks.talks import talks_of
from clearway.record.operations import calendar_of, operation_of
from demo.test_record import OPERATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.planning.talks.contract import TalksAnswer

    At = Callable[[str], TalksAnswer]


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[At]:
    with closing(demo_record(tmp_path_factory.mktemp("data"))) as store:
        days = calendar_of(operation_of(store, OPERATION))

        def asked(text: str) -> TalksAnswer:
            moment = days.span(text).end
            return talks_of(Reading(store, OPERATION, Moments(moment, moment)))

        yield asked


def test_the_one_deadlock_is_the_speakers_terms_against_talks_before_vehicles_and_not_laid_on_the_groups(at: At) -> None:
    (deadlock,) = at("day 14 9pm").deadlocks
    assert deadlock.entries == ["d10-condition-vehicles", "d11-demand-address"]
    assert deadlock.parties == ["Speaker of the House", "protesters"]
    assert [(step.party, step.sets_aside, step.is_smallest) for step in deadlock.openings] == [
        ("protesters", 1, True),
        ("Speaker of the House", 3, False),
    ]
    assert [line.id for line in deadlock.offers] == ["d09-mediator"]
    assert at("day 10 11pm").deadlocks == []


def test_the_meeting_is_unanswered_on_day_9_and_refused_on_day_14_by_which_entry(at: At) -> None:
    before = {one.line.id: one for one in at("day 9 11pm").requests}
    assert before["d09-meeting-request"].state == "unanswered"
    after = {one.line.id: one for one in at("day 14").requests}
    meeting, mediator = after["d09-meeting-request"], after["d09-mediator"]
    assert meeting.answer is not None
    assert (meeting.state, meeting.answer.id) == ("refused", "d14-pm-refuses")
    assert (mediator.state, mediator.owed_by) == ("unanswered", None)


def test_a_letter_of_six_groups_and_a_statement_of_seven_are_two_documents(at: At) -> None:
    assert [(one.groups, one.lines[0].id) for one in at("day 14 9pm").documents] == [
        ("6", "d14-six-groups"),
        ("7", "d09-seven-groups"),
    ]


def test_significant_progress_stands_beside_a_dozen_left_and_more_arrived_and_is_not_refuted(at: At) -> None:
    (found,) = at("day 14 9pm").beside
    assert (found.claim.id, found.refuted_by) == ("d09-groups-progress", [])
    assert {line.id for line in found.others} == {"d09-left", "d09-arrived", "d09-vehicles"}


def test_the_speakers_terms_by_the_figures(at: At) -> None:
    terms = {one.line.id: one for one in at("day 14 9pm").terms}
    assert (terms["d10-condition-vehicles"].state, [line.id for line in terms["d10-condition-vehicles"].figures]) == (
        "not_met",
        ["d09-vehicles"],
    )
    assert terms["d10-condition-tents"].state == "nobody_counts"
    assert terms["d10-condition-intimidation"].state == "no_figure"


def test_no_name_of_a_person_leaves_the_record(at: At) -> None:
    text = at("day 14 9pm").model_dump_json()
    assert not [name for name in ("Parnell", "Coster", "Ardern", "Mallard", "Foster") if name in text]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    with closing(demo_record(tmp_path_factory.mktemp("data"))) as store:
        moment = calendar_of(operation_of(store, OPERATION)).span("day 14 9pm").end
        yield Reading(store, OPERATION, Moments(moment, moment))


def test_what_was_expected_and_what_came(reviewed: Reading) -> None:
    held = {(one.of.id, one.expected): one for one in review_of(reviewed).held}
    towing = held["d08-tow-announced", "Towing starts"]
    assert (towing.came, towing.entries[0].id) == ("not_done", "d09-tow-outcome")
    assert "d11-no-tow" in [line.id for line in towing.entries]  # when the switch was made
    parking = held["d07-promise-stadium-ready", "Parking at the stadium opens"]
    assert (parking.came, [line.id for line in parking.entries]) == ("proposed_done", ["d14-stadium-offer"])
    fewer = held["d11-no-tow", "fewer vehicles"]
    assert fewer.last_figure_age_s is not None
    assert (fewer.came, int(fewer.last_figure_age_s // 86_400)) == ("unknown", 5)
    (plan,) = (one for one in held.values() if one.of.id == "d11-tmp-announced")
    assert (plan.came, {line.id for line in plan.entries}) == ("disputed", {"d11-tmp-announced", "d11-tmp-in-place"})


def test_the_basis_of_the_decision_not_to_tow_holds_only_what_was_known_before(reviewed: Reading) -> None:
    found = basis_of(reviewed, "d11-no-tow")
    assert all(one.line.known < found.at for one in found.beliefs)
    assert all(line.known >= found.at for line in found.hindsight)
    assert "d09-union-confrontation" in [one.line.id for one in found.beliefs]
    assert "d11-tow-event" in [line.id for line in found.hindsight]
