"""Parties of small records: who is one, how they stand to one another, whose office is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from picture.test_view import PAPER, at_hour, report, store
from talk_rooms import UNION, ids, talks

if TYPE_CHECKING:
    from clearway.planning.talks.contract import Commitment
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def the_promise(store: Store, day: int, hour: int = 23) -> Commitment:
    (found,) = talks(store, day, hour).commitments
    return found


def test_a_name_that_is_spelled_two_ways_is_one_party(store: Store) -> None:
    for number, name in enumerate(
        ["Free Quay Coalition", "the free quay coalition", "Free Quay Coaliton", "FreeQuay Coalition"]
    ):
        report(store, f"d{number}", "demand", {"by": name, "what": "Open the quay"}, day=5, hour=12 + number, source=UNION)
    report(store, "e", "demand", {"by": "Free Bay Coalition", "what": "Open the bay"}, day=5, hour=20, source=UNION)
    found = {party.name: party for party in talks(store, 5).parties}
    assert set(found) == {"Free Quay Coalition", "Free Bay Coalition"}
    assert found["Free Quay Coalition"].spellings == ["the free quay coalition", "Free Quay Coaliton", "FreeQuay Coalition"]
    assert ids(found["Free Quay Coalition"].demands) == ["d0", "d1", "d2", "d3"]


def test_a_party_is_called_as_it_was_entered_and_says_whose_claim_its_numbers_are(store: Store) -> None:
    report(store, "d", "demand", {"by": "FQC", "what": "Open the quay"}, day=5, source=UNION)
    body = {
        "name": "Free Quay",
        "also": ["FQC"],
        "spokesperson": "secretary",
        "speaks_for": {"low": 300},
        "claimed_by": "Radio",
    }
    report(store, "p", "party", body, day=5, hour=13)
    (party,) = talks(store, 5).parties
    assert (party.name, party.is_assumed, ids(party.demands)) == ("Free Quay", False, ["d"])
    assert (party.spokesperson, party.speaks_for, party.claimed_by) == ("secretary", "at least 300", "Radio")


def test_a_group_that_splits_off_is_a_party_of_its_own_and_what_was_promised_before_stays_with_the_other(store: Store) -> None:
    report(store, "p", "promise", {"by": "Dock union", "what": "Cars leave"}, day=5, source=UNION)
    report(store, "r", "relation", {"of": "Free Quay", "to": "Dock Union", "relation": "split_from"}, day=6)
    report(store, "d", "demand", {"by": "Free Quay", "what": "Talks"}, day=6, hour=13, source=PAPER)
    found = {party.name: party for party in talks(store, 6).parties}
    split_from = found["Free Quay"].split_from
    assert split_from is not None
    assert found[split_from].split_off == ["Free Quay"]
    assert the_promise(store, 6).by == split_from
    assert ids(found[split_from].demands) == []


def test_the_latest_stance_counts_once_and_those_before_stay_readable(store: Store) -> None:
    for hour, stance in ((12, "for"), (13, "against"), (14, "neutral")):
        said = {"summary": f"On the plan: {stance}", "topic": "roads", "stance": stance}
        report(store, f"s{hour}", "statement", said, day=5, hour=hour, source=UNION)
    report(store, "d", "demand", {"by": "Dock union", "what": "Open the roads"}, day=5, source=UNION)
    (party,) = talks(store, 5).parties
    ((topic, stance, latest, before),) = ((one.topic, one.stance, one.latest.id, ids(one.before)) for one in party.stances)
    assert (topic, stance, latest, before) == ("roads", "neutral", "s14", ["s13", "s12"])


def test_how_groups_stand_to_one_another_is_listed_with_both_and_no_third(store: Store) -> None:
    for name in ("Campers", "Dock union", "Elders"):
        report(store, name[0], "party", {"name": name}, day=5)
    report(store, "x", "relation", {"of": "Campers", "to": "Dock union", "relation": "allied_with"}, day=5)
    report(store, "y", "relation", {"of": "Elders", "to": "Dock union", "relation": "apart_from"}, day=5, hour=13)
    found = {one.name: ids(one.relations) for one in talks(store, 5).parties}
    assert found == {"Campers": ["x"], "Dock union": ["x", "y"], "Elders": ["y"]}


def test_what_is_cited_says_whose_it_is_how_good_and_how_old(store: Store) -> None:
    report(store, "d", "demand", {"by": "Dock union", "what": "Open the roads"}, day=5, hour=12, source=UNION)
    for hour, age_s in ((12, 0.0), (13, 3600.0), (23, 39_600.0)):
        ((line,),) = (one.demands for one in talks(store, 5, hour).parties)
        assert (line.says, line.speaker, line.grade) == ("Dock union demand: Open the roads", "secretary, Dock union", "C3")
        assert (line.happened, line.age_s) == (at_hour(5, 12), age_s)


def test_a_topic_and_a_stance_together_are_a_stance(store: Store) -> None:
    for number, more in enumerate(({"topic": "roads"}, {"stance": "for"}, {})):
        report(store, f"s{number}", "statement", {"summary": "Something"} | more, day=5, source=UNION)
    (party,) = talks(store, 5).parties
    assert party.stances == []


def test_no_answer_holds_the_name_of_a_person(store: Store) -> None:
    named = {"office": "a camper", "organisation": "Campers", "name": "Quinn Canary"}
    report(
        store,
        "s",
        "statement",
        {"summary": "Quinn  Canary of the camp said: no car moves until you talk."},
        day=5,
        source=named,
    )
    report(store, "d", "demand", {"by": "Campers", "what": "Hear quinn canary", "before": "cars move"}, day=5, source=named)
    report(store, "k", "contact", {"who": ["Quinn Canary", "Police"], "outcome": "Ms. Canary agreed"}, day=5, source=named)
    text = talks(store, 5).model_dump_json()
    assert "canary" not in text.casefold()
    assert "a person agreed" in text


@pytest.mark.parametrize(
    ("kind", "body", "names"),
    [
        ("contact", {"who": ["Elders", "Police"]}, {"Elders", "Police"}),
        ("meeting_request", {"asked_by": "Elders", "asked_of": "Mayor"}, {"Elders", "Mayor"}),
        ("resource_request", {"what": "tents", "asked_of": "Army", "asked_by": "Police"}, {"Army", "Police"}),
        ("resource_request", {"what": "tents", "asked_of": "Army"}, {"Army"}),
        ("easing_request", {"asked_by": "Choirs", "scheme": "Levels", "what": "singing", "asked_of": "Health"},
         {"Choirs", "Health"}),
        ("demand", {"by": "Elders", "what": "peace", "of": "Mayor"}, {"Elders", "Mayor"}),
        ("condition", {"by": "Elders", "before": "we leave", "what": "peace", "of": "Mayor"}, {"Elders", "Mayor"}),
        ("promise", {"by": "Police", "to": "Elders", "what": "tea"}, {"Police", "Elders"}),
        ("advice", {"by": "Iwi", "to": "Police", "what": "wait"}, {"Iwi", "Police"}),
        ("offer", {"what": "parking", "summary": "A field", "by": "Stadium"}, {"Stadium"}),
        ("relation", {"of": "Choirs", "to": "Bands", "relation": "allied_with"}, {"Choirs", "Bands"}),
    ],
)  # fmt: skip
def test_whoever_an_entry_names_is_a_party(store: Store, kind: str, body: dict[str, Any], names: set[str]) -> None:
    report(store, "e", kind, body, day=5)
    assert {one.name for one in talks(store, 5).parties} - {"Police"} == names - {"Police"}
    if "Police" in names:
        assert "Police" in {one.name for one in talks(store, 5).parties}


def test_a_party_is_spoken_with_again_at_the_earliest_time_that_is_not_past(store: Store) -> None:
    for number, (day, hour) in enumerate(((6, 9), (8, 9), (7, 9))):
        due = {"next_due": at_hour(day, hour).isoformat()}
        report(store, f"c{number}", "contact", {"who": ["Elders", f"Office {number}"]} | due, day=5, hour=12 + number)
    found = {one.name: one for one in talks(store, 6, 12).parties}
    elders = found["Elders"]
    assert elders.last_contact is not None
    assert (elders.next_due, elders.last_contact.id) == (at_hour(7, 9), "c2")
    assert (found["Office 0"].next_due, found["Office 1"].next_due) == (None, at_hour(8, 9))


@pytest.mark.parametrize(
    ("who", "office"),
    [({"next_by": "Talks officer", "by": "Police"}, "Talks officer"), ({"by": "Police"}, "Police"), ({}, "office not said")],
)
def test_what_was_to_be_done_by_now_is_an_alarm_by_its_office_in_words(store: Store, who: dict[str, str], office: str) -> None:
    report(store, "c", "contact", {"who": ["Elders", "Choirs"], "next_due": at_hour(6, 9).isoformat()} | who, day=5)
    (alarm,) = (one for one in talks(store, 6, 10).alarms if one.what == "contact")
    assert (alarm.office, alarm.entry, alarm.since) == (office, "c", at_hour(6, 9))
    assert alarm.says.startswith("Nobody has spoken again by the time that was set: Elders with Choirs (meeting)")
