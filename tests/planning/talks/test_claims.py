"""Who does what only after what, as words say it, and which claims are one."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.planning.talks.claims import Claim, claims_of
from clearway.planning.talks.parties import Parties
from clearway.record.entry import Entry
from record_drafts import draft

UNION = {"office": "secretary", "organisation": "Dock union"}


def entry(name: str, kind: str, source: dict[str, str] | None = None, **body: Any) -> Entry:  # noqa: ANN401 - its fields
    said = draft(name, kind=kind, body=body, source=source or UNION)
    return Entry.model_construct(seq=1, stream="a", version=1, written=said.known, hash="", draft=said)


def claims(*entries: Entry) -> list[Claim]:
    return claims_of(entries, Parties())


def said(*entries: Entry) -> list[tuple[str, str, str, list[str]]]:
    """Party, what it holds, until what, and by which entries."""
    return [(one.party, one.holds.text, one.until.text, [by.id for by in one.entries]) for one in claims(*entries)]


@pytest.mark.parametrize(
    ("words", "holds", "until"),
    [
        ("We sing when the rain stops.", "We sing", "the rain stops"),
        ("We sing only after the rain stops", "We sing", "the rain stops"),
        ("Once the rain stops, we sing.", "we sing", "the rain stops"),
        ("But if the rain stops, we sing.", "we sing", "the rain stops"),
        ("No song until the rain stops", "No song", "the rain stops"),
        ("No song unless the rain stops", "No song", "the rain stops"),
        ("Before we sing, the rain stops", "we sing", "the rain stops"),
        ("The rain stops, before we sing", "we sing", "The rain stops"),
        ("Nobody sings before the rain stops", "Nobody sings", "the rain stops"),
        ("First the rain stops, then we sing", "we sing", "the rain stops"),
        ("The rain stops first and then we sing", "we sing", "The rain stops"),
        ("The rain stops, only then we sing", "we sing", "The rain stops"),
        ("Good morning. We sing as soon as the rain stops!", "We sing", "the rain stops"),
    ],
)
def test_what_is_done_only_after_what_is_read_from_words(words: str, holds: str, until: str) -> None:
    assert said(entry("a", "demand", by="Choir", what=words)) == [("Choir", holds, until, ["a"])]


@pytest.mark.parametrize("words", ["We sing", "The rain stops, then we sing", "We sing and the rain stops", "When."])
def test_words_without_an_order_claim_nothing(words: str) -> None:
    assert claims(entry("a", "demand", by="Choir", what=words)) == []


def test_each_kind_of_entry_claims_what_its_fields_say() -> None:
    assert said(entry("a", "condition", by="Mayor", before="the mayor sings", what="the rain stops")) == [
        ("Mayor", "the mayor sings", "the rain stops", ["a"])
    ]
    assert said(entry("a", "demand", by="Choir", what="the rain stops", before="we sing")) == [
        ("Choir", "we sing", "the rain stops", ["a"])
    ]
    assert said(entry("a", "promise", by="Choir", what="We sing once the rain stops")) == [
        ("Choir", "We sing", "the rain stops", ["a"])
    ]
    asked: dict[str, Any] = {"asked_by": "Choir", "asked_of": "Mayor", "answer": "conditional"}
    (answer,) = claims(entry("a", "meeting_request", **asked, terms="only after the cars go"))
    assert (answer.party, answer.holds.subject, answer.until.text, answer.of) == ("Mayor", "talks", "the cars go", "Choir")
    assert claims(entry("a", "meeting_request", **(asked | {"answer": "accepted"}), terms="only after the cars go")) == []
    assert claims(entry("a", "remark", text="We talk when the cars go")) == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("We talk when the cars go.", 1),
        ("We might talk when the cars go.", 0),  # doubtful
        ("We talk when the sun shines.", 0),  # the table knows no sun
        ("We sing when the cars go.", 0),
        ("We talk when you meet us.", 0),  # one subject
        ("We talk when the cars go. We talk when the tents go.", 2),
    ],
)
def test_of_loose_words_only_what_the_table_knows_is_taken(words: str, count: int) -> None:
    assert len(claims(entry("a", "statement", summary=words))) == count
    offers = claims(entry("a", "offer", what="mediation", by="Dock union", summary=words))
    assert [one.party for one in offers] == ["Dock union"] * count
    assert claims(entry("a", "offer", what="mediation", summary=words)) == []


def term(name: str, of: str | None = None, by: str = "Mayor", what: str = "the rain stops") -> Entry:
    return entry(name, "condition", by=by, before="the mayor sings", what=what, of=of)


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([term("a"), term("b")], [["a", "b"]]),
        ([term("a", "Choir"), term("b", "Choir")], [["a", "b"]]),
        ([term("a", "Choir"), term("b", "Band")], [["a"], ["b"]]),
        ([term("a", "Choir"), term("b")], [["a", "b"]]),
        ([term("a"), term("b", "Choir")], [["a", "b"]]),
        ([term("a"), term("b", by="Police")], [["a"], ["b"]]),
        ([term("a"), term("b", what="the snow melts")], [["a"], ["b"]]),
        ([term("a"), term("b", what="the snow melts"), term("c")], [["a", "c"], ["b"]]),
    ],
)
def test_what_one_party_says_twice_of_the_same_is_one_claim(entries: list[Entry], found: list[list[str]]) -> None:
    assert [[by.id for by in one.entries] for one in claims(*entries)] == found


def test_of_whom_it_is_wanted_is_known_once_either_entry_says_so() -> None:
    assert [one.of for one in claims(term("a"), term("b", "Choir"))] == ["Choir"]
    assert [one.of for one in claims(term("a", "Choir"), term("b"))] == ["Choir"]


def test_a_claim_waits_for_what_another_holds_back_and_only_of_whom_it_wants_it() -> None:
    (waiting,) = claims(term("a", "Dock union"))
    held = entry("b", "demand", by="Dock union", what="we are heard", before="the rain stops")
    (theirs,) = claims(held)
    (others,) = claims(entry("c", "demand", {"office": "leader"}, by="Campers", what="we are heard", before="the rain stops"))
    (other_act,) = claims(entry("d", "demand", by="Dock union", what="we are heard", before="the snow melts"))
    assert waiting.waits_for(theirs)
    assert not waiting.waits_for(others)
    assert not waiting.waits_for(other_act)
    assert claims(term("a"))[0].waits_for(others), "wanted of nobody, anybody may do it"
    (spoken,) = claims(term("a", "the secretary"))
    assert spoken.waits_for(theirs), "the office that gave it is known as theirs"
