"""Reports read whole: each kind of entry, when and where it was, how sure; and what no reading may ever do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.intake.reader import read
from clearway.intake.report import Report
from clearway.record.entry import Draft
from clearway.record.place import Street
from intake.reports import CONTEXT, PUBLISHED, SITE, local, reading

DEFENCE = "New Zealand Defence Force"


def drafts(text: str, kind: str | None = None) -> list[dict[str, Any]]:
    found = [json.loads(one.draft.content()) for one in reading(text).proposals]
    return [one for one in found if kind is None or one["body"]["kind"] == kind]


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("About 450 vehicles were there.", "count", {"what": "vehicles"}),
        ("About 20 cars have left the area.", "flow", {"what": "vehicles", "direction": "left"}),
        ("An influx of people came today.", "flow", {"what": "people", "direction": "arrived"}),
        ("Eight people were arrested.", "arrests", {"amount": {"low": 8.0, "high": 8.0, "about": False, "said": "Eight"}}),
        ("Seven officers were injured.", "injuries", {"of": "officers"}),
        ("Police said no one was hurt.", "injuries", {"amount": {"low": 0.0, "high": 0.0, "about": False}}),
        ("Twelve cars were towed.", "tow_event", {"done": True}),
        ("No cars had been towed.", "tow_event", {"done": False}),
        ("Police said they had secured towing capability.", "tow_capability", {"state": "secured"}),
        ("Tow operators refused to help.", "tow_capability", {"state": "refused"}),
        ("Police said people could park for free at Sky Stadium.", "offer", {"what": "parking", "free": True}),
        ("Police have requested support from the Defence Force.", "resource_request", {"asked_of": DEFENCE}),
        ("Police were waiting for a response from the Defence Force.", "resource_request", {"asked_of": DEFENCE}),
        ("The barriers are on loan from Wellington City Council.", "loan", {"lender": "Wellington City Council"}),
        ("Bowen St was blocked by cars.", "road_state", {"state": "shut"}),
        ("Bowen St has reopened.", "road_state", {"state": "open"}),
        ("The railway station is still open.", "facility_state", {"state": "open"}),
        ("Students are being told to stay home.", "facility_state", {"stay_away": True}),
        ("Police installed concrete barriers at eight places.", "barrier_state", {"barrier": "concrete_block"}),
        ("Police said they were allowing residents through.", "passage_rule", {"who": ["residents"], "may": "enter_and_leave"}),
        ("Ambulances were turned back on Bowen St.", "passage_rule", {"who": ["ambulances"], "may": "not_pass"}),
        ("Police and protesters clashed on Bowen St.", "incident", {"nature": "stand_off"}),
        ("Weather conditions were cold and wet overnight.", "weather", {}),
        ("Raw sewage ran into the stormwater drains.", "health_finding", {"finding": "sewage"}),
        ("Police said 136 officers were off sick.", "staff_absence", {"reason": "sick"}),
        ("The clean-up cost $200,000.", "cost", {"currency": "NZD"}),
        ("The petition has more than 2500 signatures.", "petition", {}),
        ('"We will put a traffic plan in place today," police said.', "promise", {"by": "New Zealand Police"}),
        ("Seven groups asked the Government for an urgent meeting.", "meeting_request", {"answer": "none_yet"}),
        ("The prime minister refused to meet with protesters.", "meeting_request", {"answer": "refused"}),
        ("The union called for the protest to end.", "demand", {}),
        ("The Speaker said no member would talk until all cars are cleared.", "condition", {"counted": "vehicles"}),
        ("Police decided towing would be unwise.", "decision", {}),
        ("Police urged people to move their cars.", "notice", {"by": "New Zealand Police"}),
        ("Police expect more people at the weekend.", "forecast", {}),
        ("Police have had productive talks with some protest groups.", "contact", {}),
        ("People are feeling unsafe near the shops.", "community_impact", {"impact": "intimidation"}),
        ("Police said the right to protest is respected by all.", "statement", {}),
        ("The council said the lane would be marked with hay bales tonight.", "promise", {}),
        ("The group vowed to return on Saturday.", "promise", {}),
        ("The council hopes to open the lane this week.", "aspiration", {}),
        ("Police said they will work towards a clear quay.", "aspiration", {}),
        ('"We are working to free the lane," police said.', "work_under_way", {}),
        ("Police said the drivers must go or else we will tow the vans.", "ultimatum", {}),
        ("The council said marking starts tomorrow.", "announcement", {}),
        ("The union asked the council for one more week.", "resource_request", {"answer": "none_yet"}),
        ("The mayor has asked drivers to keep off Hill Street.", "notice", {}),
        ("The council says buses will run along Lambton Quay from Friday.", "notice", {"by": "Wellington City Council"}),
        ("Police moved the cordon to Hill Street.", "barrier_state", {"barrier": "cordon"}),
    ],
)  # fmt: skip
def test_each_kind_of_entry(text: str, kind: str, body: dict[str, Any]) -> None:
    found = [one["body"] for one in drafts(text, kind)]
    assert found, f"no {kind} in {[one['body']['kind'] for one in drafts(text)]}"
    assert {field: found[0].get(field) for field in body} == body


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police would tow the cars tomorrow.", "tow_event"),
        ("Police were considering arrests.", "arrests"),
        ("Cars are at risk of being towed.", "tow_event"),
        ("The union wants Bowen St reopened.", "road_state"),
        ("Blocking roads is not the way.", "road_state"),
        ("You cannot arrest your way out.", "arrests"),
        ("Expect road closures.", "road_state"),
        ("Nobody offered a hall.", "offer"),
    ],
)
def test_a_threat_is_no_event_and_a_wish_no_fact(text: str, kind: str) -> None:
    assert drafts(text, kind) == []


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Police said they had not used force.", "not_done"),
        ("The mayor said a review would be asked for.", "intended"),
        ("The mayor said the crowd was calm.", "done"),
        ("Trains were not affected by it.", "not_done"),
    ],
)
def test_what_is_denied_or_meant_is_not_told_as_a_fact(text: str, modality: str) -> None:
    assert [one.modality for one in reading(text).proposals][:1] == [modality]


def test_when_it_was_said_is_not_when_it_happened() -> None:
    """Arrests told of in the afternoon happened before; a count that is told of holds when it is told."""
    (arrests,) = drafts("Eight people were arrested, police said this afternoon.", "arrests")
    assert (arrests["happened"]["start"], arrests["happened"]["end"]) == (
        "2022-02-17T11:00:00.000000Z",
        "2022-02-18T05:00:00.000000Z",
    )
    (count,) = drafts("Police said yesterday there were about 450 vehicles.", "count")
    assert count["happened"]["start"].startswith("2022-02-16T11:00")


def test_a_time_of_the_sentence_itself_wins() -> None:
    (one,) = reading("Eight people were arrested at 3.30am, police said this afternoon.").proposals
    assert local(one.draft.happened.start) == "18 03:30"


def test_time_and_place_are_carried_over_from_the_sentence_before() -> None:
    text = "Just after 7pm police and protesters clashed on Bowen St. Fireworks were set off."
    first, second = reading(text).proposals
    assert second.draft.places == first.draft.places == (Street(street="Bowen Street"),)
    assert local(second.draft.happened.start) == "18 19:00"
    assert "carried over" in " ".join(second.why)


def test_what_has_no_place_is_at_the_operations_own() -> None:
    (one,) = reading("About 450 vehicles were there.").proposals
    assert one.draft.places == (SITE,)
    assert "no place given: the operation's own" in one.why


def test_organisations_are_called_as_the_record_calls_them() -> None:
    (one,) = reading("Police said there were about 450 vehicles.").proposals
    assert one.draft.source.organisation == "New Zealand Police"


def test_a_private_persons_name_is_in_no_draft() -> None:
    text = "Another protester Jo Public came by ferry. Public said Jo Public's car was towed and he was abused."
    for one in reading(text).proposals:
        assert "Public" not in one.draft.content()
        assert "Miles" not in one.draft.content()


def test_a_quotation_printed_twice_is_one_draft_with_two_places_of_its_words() -> None:
    said = '"If you are here because you are curious, think about the disruption," police said.\n'
    (one,) = reading(said + said).proposals
    assert [(words.start, words.end) for words in one.draft.source.words] == [
        (0, len(said) - 1),
        (len(said), 2 * len(said) - 1),
    ]


def test_sentences_of_one_quotation_are_one_statement() -> None:
    text = 'Police said it is slow. "It is hard for all of us here. It is the same every day of it."'
    statements = [one for one in reading(text).proposals if one.draft.kind == "statement"]
    assert len(statements) == 1


def test_a_headline_is_no_news() -> None:
    text = "Eight people arrested as police move in\nEight people were arrested on Bowen St.\nTwo streets are shut.\n"
    assert len([one for one in reading(text).proposals if one.draft.kind == "arrests"]) == 1


def test_a_line_of_a_log_has_its_own_time_and_voice() -> None:
    first, second = reading("0615 Control: 14 officers at post 3.\n0632 Unit 7: about 60 people at Aotea Square.\n").proposals[
        :2
    ]
    assert (first.draft.source.office, local(first.draft.happened.start)) == ("Control", "18 06:15")
    assert (second.draft.source.office, local(second.draft.happened.start)) == ("Unit 7", "18 06:32")


def test_a_press_release_speaks_for_its_organisation() -> None:
    text = "MEDIA RELEASE\nFor immediate release\nWellington City Council\n\nWe will review the closures at 11am tomorrow.\n"
    found = reading(text, publisher=None, medium="press_release").proposals
    assert {one.draft.source.organisation for one in found} == {"Wellington City Council"}


def test_a_report_without_a_time_of_publication_is_read_as_published_now() -> None:
    report = Report("About 450 vehicles were there today.", "r.txt")
    (one,) = read(report, CONTEXT, at=PUBLISHED).proposals
    assert one.draft.known == PUBLISHED


@given(
    st.text(
        alphabet=st.sampled_from("abc ABC 0123 .,;:!?\"'\u201c\u201d\u2018\u2019\n\r\t\u0101\ufffd\u00c2()-/$%"), max_size=300
    )
)
@settings(max_examples=300)
def test_any_text_can_be_read_and_spans_lie_in_it(text: str) -> None:
    one = reading(text)
    for found in (*one.quantities, *one.times, *one.places, *one.attributions):
        assert 0 <= found.start < found.end <= len(text)


_TOLD = """police protesters said they will not be towed about 450 vehicles on Bowen St at 7pm yesterday " . , Parnell
Superintendent Corrie he she no arrests were asked the Defence Force until cars are cleared and \u201c \u201d In
statement would tow told Herald that"""
_WORDS = st.sampled_from([*_TOLD.split(), "\n"])


@pytest.mark.slow
@given(st.lists(_WORDS, max_size=80).map(" ".join))
@settings(max_examples=200)
def test_every_draft_rests_on_words_of_the_text_and_the_same_text_gives_the_same_drafts(text: str) -> None:
    one, again = reading(text), reading(text)
    assert [proposal.draft for proposal in one.proposals] == [proposal.draft for proposal in again.proposals]
    assert len({proposal.draft.id for proposal in one.proposals}) == len(one.proposals)
    for proposal in one.proposals:
        assert 0 <= proposal.span.start <= proposal.focus.start < proposal.focus.end <= proposal.span.end <= len(text)
        assert 0 <= proposal.confidence <= 1
        assert Draft.model_validate(json.loads(proposal.draft.content())) == proposal.draft
        amount = getattr(proposal.draft.body, "amount", None)
        if amount is not None and amount.low == 450:
            assert "450" in text[proposal.span.start : proposal.span.end]
