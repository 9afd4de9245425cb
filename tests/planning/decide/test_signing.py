"""Signing: contrary word first, the picture frozen, all written or nothing; completed later, opened a year later.

One long file: it follows one decision from its draft to what was read of it a year later.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, ClearwayError, Conflict, NotFound
from clearway.picture.view import Moments
from clearway.planning.decide.draft import Completion, DecisionDraft
from clearway.planning.decide.log import log_of, state_of
from clearway.planning.decide.opened import opened
from clearway.planning.decide.review import review_of
from clearway.planning.decide.signing import Room, check, complete, sign
from clearway.planning.reading import Reading
from clearway.record.kinds import BODY
from clearway.record.kinds.decisions import Decision
from clearway.record.parse import draft_of
from clearway.record.visible import VisibleStore
from picture.test_view import CALENDAR, STREAM, at_hour, report, store
from talk_rooms import UNION, count

if TYPE_CHECKING:
    from clearway.planning.decide.contract import DecisionLog, Opened
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

NOW = at_hour(7, 12)
CLERK = {"office": "Clerk"}
YEAR = timedelta(days=365)
WHOLE: dict[str, Any] = {
    "id": "d",
    "by": "Controller, Police",
    "what": "Offer parking",
    "question": "What is done about the cars?",
    "options": ["Wait", "Offer parking", "Tow"],
    "why": "Places are open.",
    "authority": "own",
    "rejected": [{"option": "Wait", "why": "more come"}, {"option": "Tow", "why": "nobody tows"}],
    "present": ["Controller", "Council liaison"],
    "dissent": ["Council liaison: too early"],
    "expects": [
        {"what": "fewer vehicles", "figure": "vehicles", "at_most": 50, "by_when": "day 8 6pm", "probability": 0.7},
        {"what": "no truck comes back", "by_when": "day 8 6pm"},
    ],
    "review": "day 8 7pm",
    "legal_basis": "Land Transport Act 1998 s 113",
    "least_restrictive": "Nobody is forced.",
    "rests_on": ["a", "u"],
    "seen": ["a", "u", "b"],
}


FEWER = {"what": "fewer", "figure": "vehicles", "direction": "fewer", "by_when": "day 8 6pm"}


@pytest.fixture
def filled(store: Store) -> Store:
    """A police count, a union's count against it, and a promise."""
    count(store, "a", 150, 160, day=5)
    count(store, "u", 40, 50, day=5, hour=13, source=UNION)
    return store


def room(store: Store, now: Any = NOW) -> Room:  # noqa: ANN401 - a moment
    return Room(store, STREAM, CALENDAR, now)


def draft(**more: object) -> DecisionDraft:
    return DecisionDraft.model_validate(WHOLE | more)


def reading(store: Store, at: Any = NOW) -> Reading:  # noqa: ANN401 - a moment
    return Reading(store, STREAM, Moments(at, at), CALENDAR)


def log(store: Store, at: Any) -> DecisionLog:  # noqa: ANN401 - a moment
    return log_of(reading(store, at))


def later(store: Store) -> Any:  # noqa: ANN401 - a moment
    """A moment by which all that was written is known, whatever the clock of the record."""
    return max(entry.written for entry in store.entries(STREAM)) + timedelta(minutes=1)


def said(call: Any) -> str:  # noqa: ANN401 - a function
    with pytest.raises(ClearwayError) as caught:
        call()
    return str(caught.value)


# -- contrary word ---------------------------------------------------------------------------------------------------


def test_contradicted_beliefs_are_listed_and_must_be_seen_before_anybody_signs(filled: Store) -> None:
    found = check(room(filled), draft(seen=[]))
    contrary = {one.line.id: [line.id for line in one.contradicted_by] for one in found.contrary}
    assert contrary["a"] == ["u"]
    assert contrary["u"] == ["a"]
    assert found.empty == []
    before = filled.version(STREAM)
    message = said(lambda: sign(room(filled), draft(seen=["a"])))
    assert "must have been seen: u (contradicted by a" in message
    assert "--seen ID" in message
    assert filled.version(STREAM) == before
    signed = sign(room(filled), draft())
    assert (signed.empty, signed.notices) == ([], [])


def test_a_quick_decision_needs_an_office_and_a_choice_and_shows_what_is_empty(filled: Store) -> None:
    quick = DecisionDraft(id="q", by="Controller, Police", what="Move the vehicles", rests_on=("a",))
    assert "fill in" in said(lambda: sign(room(filled), quick.model_copy(update={"seen": ("a", "u")})))
    signed = sign(room(filled), quick, is_quick=True)
    assert {"the options", "the reasons", "what is expected", "whether contrary word was read"} <= {
        *signed.empty,
        *log(filled, later(filled)).decisions[0].empty,
    }
    assert any("nobody has acknowledged" in one for one in signed.notices)


# -- all or nothing --------------------------------------------------------------------------------------------------


def test_a_decision_and_what_it_expects_are_written_together_and_once(filled: Store) -> None:
    first = sign(room(filled), draft())
    assert first.expectations == ["d-expects-1", "d-expects-2"]
    version = filled.version(STREAM)
    again = sign(room(filled, NOW + timedelta(hours=1)), draft())
    assert (again.decision, again.expectations, filled.version(STREAM)) == ("d", first.expectations, version)
    assert isinstance(_caught(lambda: sign(room(filled), draft(what="Tow", rejected=[]))), Conflict)


def _caught(call: Any) -> ClearwayError:  # noqa: ANN401 - a function
    with pytest.raises(ClearwayError) as caught:
        call()
    return caught.value


def test_where_an_expectation_cannot_be_written_nothing_is(filled: Store) -> None:
    report(filled, "d-expects-2", "remark", {"text": "taken"}, day=5)
    before = filled.version(STREAM)
    assert isinstance(_caught(lambda: sign(room(filled), draft())), Conflict)
    assert filled.version(STREAM) == before


def test_expectations_are_held_against_the_record_by_their_figure(filled: Store) -> None:
    sign(room(filled), draft())
    count(filled, "n", 10, 20, day=8, hour=17)
    known = max(at_hour(8, 19), later(filled))
    held = {one.expected: one.came for one in review_of(reading(filled, known)).held if one.of.kind == "expectation"}
    assert held == {"fewer vehicles": "kept", "no truck comes back": "unknown"}


# -- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"expects": [{"what": "calm", "figure": "unicorns", "at_most": 3, "by_when": "day 9"}]}, "has counted unicorns"),
        ({"expects": [{"what": "calm", "figure": "vehicles", "by_when": "day 9"}]}, "names a figure and no bound"),
        ({"expects": [{"what": "calm", "at_most": 3, "by_when": "day 9"}]}, "names no figure"),
        ({"expects": [{"what": "calm", "by_when": "day 6"}]}, "has passed already"),
        ({"expects": [{"what": "calm", "figure": "vehicles", "at_most": 1, "at_least": 2, "by_when": "day 9"}]}, "below its"),
        ({"at": "day 8"}, "lies in the future"),
        ({"review": "day 6"}, "reviewed before"),
        ({"happened": "day 5 1pm", "at": "day 6"}, "older than the picture"),
        ({"what": "Pray"}, "is not among the options"),
        ({"options": ["Offer parking", "offer  parking."]}, "Two options say the same"),
        ({"rejected": [{"option": "Offer parking", "why": "no"}]}, "both chosen and rejected"),
        ({"rejected": [{"option": "Fly", "why": "no"}]}, "is not among the options"),
        ({"rests_on": ["a", "z"]}, "nobody had"),
        ({"supersedes": ["a"]}, "no decision"),
        ({"rests_on": ["a"]}, "two sources"),
        ({"options": ["Offer parking"], "rejected": []}, "a second option"),
        ({"rejected": [{"option": "Tow", "why": "nobody tows"}]}, "why not: Wait"),
        ({"dissent": []}, "who disagreed"),
    ],
)
def test_what_cannot_be_signed_is_said_in_a_sentence_and_nothing_is_written(
    filled: Store, more: dict[str, Any], words: str
) -> None:
    before = filled.version(STREAM)
    assert words in said(lambda: sign(room(filled), draft(**more)))
    assert filled.version(STREAM) == before


def test_an_expectation_without_a_time_is_no_expectation() -> None:
    with pytest.raises(ValueError, match="by_when"):
        draft(expects=[{"what": "calm"}])


# -- completing ------------------------------------------------------------------------------------------------------


def test_what_is_empty_is_filled_in_by_a_later_entry_and_what_is_said_stays(filled: Store) -> None:
    sign(room(filled), DecisionDraft(id="q", by="Controller, Police", what="Offer parking", why="So."), is_quick=True)
    at = later(filled)
    assert "that stays" in said(lambda: complete(room(filled, at), "q", Completion(why="Otherwise.")))
    assert "nothing to fill in" in said(lambda: complete(room(filled, at), "q", Completion()))
    filling = {name: WHOLE[name] for name in ("question", "options", "rejected", "dissent", "rests_on", "seen")}
    expects = [{"what": "calm", "by_when": (at + timedelta(days=1)).isoformat()}]
    done = complete(room(filled, at), "q", Completion.model_validate(filling | {"expects": expects}))
    assert (done.decision, done.expectations) == ("q-v2", ["q-expects-1"])
    assert "what is expected" not in done.empty
    (row,) = log(filled, later(filled)).decisions
    assert (row.versions, row.body.options, row.body.why) == (["q", "q-v2"], tuple(WHOLE["options"]), "So.")
    assert filled.entry("q").draft.body.model_dump()["options"] == ()
    assert "Complete 'q-v2'" in said(lambda: complete(room(filled, later(filled)), "q", Completion(question="Why?")))
    assert isinstance(_caught(lambda: complete(room(filled, at), "none", Completion(question="Why?"))), NotFound)
    more = complete(room(filled, later(filled)), "q-v2", Completion(outcome="Twelve went."))
    assert more.decision == "q-v3"
    assert log(filled, later(filled)).decisions[0].state == "reviewed"


def test_an_option_of_a_completion_must_hold_what_was_chosen(filled: Store) -> None:
    sign(room(filled), DecisionDraft(id="q", by="Controller, Police", what="Offer parking"), is_quick=True)
    wrong = Completion(options=("Wait", "Tow"))
    assert "not among the options" in said(lambda: complete(room(filled, later(filled)), "q", wrong))


# -- the picture, a year later ---------------------------------------------------------------------------------------


def year_later(store: Store, decision: str = "d") -> Opened:
    return opened(reading(store, later(store) + YEAR), decision)


def test_the_picture_is_exactly_the_one_that_was_signed_whatever_came_later(filled: Store) -> None:
    sign(room(filled), draft())
    first = year_later(filled)
    assert (first.is_same, first.problems, first.since) == (True, [], [])
    assert "exactly the one that was signed" in first.says
    late = {"what": "vehicles", "amount": {"low": 9, "high": 9}}
    report(filled, "late", "count", late, day=6)
    report(filled, "gone", "remark", {"text": "The first count was wrong."}, day=6, withdraws=["a"])
    again = year_later(filled)
    assert again.is_same
    assert again.picture == first.picture
    assert "late" in [line.id for line in again.since]
    assert "came later and are not in it" in again.says


def test_a_changed_record_is_said_to_be_another_picture(filled: Store) -> None:
    sign(room(filled), draft())
    body = filled.entry("d").draft.body
    forged = {"kind": "decision", **body.model_dump(mode="json", exclude_none=True), "picture_digest": "0" * 64}
    document = {"id": "forged", "body": forged, "happened": NOW.isoformat(), "source": "Controller, Police"}
    filled.append(STREAM, [draft_of(document, CALENDAR, now=NOW)])
    found = year_later(filled, "forged")
    assert (found.is_same, "is not the one that was signed" in found.says) == (False, True)


def test_who_may_not_see_all_is_told_that_the_digest_is_of_the_whole_and_no_chain_is_checked_for_them(filled: Store) -> None:
    sign(room(filled), draft())
    at = later(filled) + YEAR
    part = VisibleStore(filled, {"room"})
    found = opened(Reading(part, STREAM, Moments(at, at), CALENDAR), "d")
    assert (found.is_same, found.problems) == (None, [])
    assert found.says.startswith("The picture of ")
    assert found.says.endswith(", as far as you may see it. Its digest is of the whole, so you cannot check it.")


def test_a_decision_that_names_no_picture_is_not_opened(filled: Store) -> None:
    report(filled, "old", "decision", {"by": "Police", "what": "Wait"}, day=5)
    assert "decide basis old" in said(lambda: year_later(filled, "old"))


# -- standing --------------------------------------------------------------------------------------------------------


def test_time_passes_and_the_state_changes_by_itself(filled: Store) -> None:
    sign(room(filled), draft())
    sign(room(filled), draft(id="p", standing="proposed", closes="day 8 5pm", what="Shut the bridge", options=[], rejected=[]))
    states = [
        {row.line.id: row.state for row in log_of(Reading(filled, STREAM, Moments(at, later(filled)), CALENDAR)).decisions}
        for at in (at_hour(7, 13), at_hour(8, 18), at_hour(8, 20))
    ]
    assert [one["d"] for one in states] == ["decided", "decided", "outcome_due"]
    assert [one["p"] for one in states] == ["proposed", "decision_due", "decision_due"]


def test_a_decision_takes_the_place_of_a_proposal_and_of_another_decision_but_a_proposal_of_none(filled: Store) -> None:
    sign(room(filled), draft())
    new: dict[str, Any] = {"supersedes": ["d"], "expects": [], "review": None}
    sign(room(filled, later(filled)), draft(id="p", standing="proposed", at=NOW.isoformat(), **new))
    rows = {row.line.id: row for row in log(filled, later(filled)).decisions}
    assert (rows["d"].state, rows["p"].state) == ("outcome_due", "proposed")
    at = later(filled)
    sign(room(filled, at), draft(id="e", at=at.isoformat(), **new | {"supersedes": ["d", "p"]}), is_quick=True)
    rows = {row.line.id: row for row in log(filled, later(filled)).decisions}
    assert (rows["d"].status, rows["d"].superseded_by, rows["p"].state) == ("superseded", ["e"], "superseded")


def test_two_decisions_that_contradict_each_other_are_shown_when_the_second_is_signed(filled: Store) -> None:
    sign(room(filled), draft())
    at = later(filled)
    tow = DecisionDraft(id="t", by="Mayor, Council", what="Tow", at=at.isoformat())
    signed = sign(room(filled, at), tow, is_quick=True)
    assert any("t does what d rejected" in one for one in signed.notices)
    assert len(log(filled, later(filled)).contradictions) == 1


def positions(store: Store) -> list[tuple[str, str, bool, list[str]]]:
    row = next(one for one in log(store, later(store)).decisions if one.versions[0] == "p")
    return [(one.by, one.stance, one.is_on_this_version, one.earlier) for one in row.positions]


def test_a_changed_position_counts_once_and_stays_on_the_version_it_was_given_on(filled: Store) -> None:
    sign(room(filled), draft(id="p", standing="proposed", options=["Wait", "Tow"], rejected=[], what="Tow"))
    stand = {"of": "p", "stance": "for", "option": "Tow"}
    report(filled, "s1", "position", stand | {"by": "Council"}, day=7, hour=13, source=CLERK)
    report(filled, "s2", "position", stand | {"by": "council ", "stance": "against"}, day=7, hour=14, source=CLERK)
    report(filled, "s3", "position", stand | {"by": "Shops"}, day=7, hour=14, source={"office": "Shops"})
    assert positions(filled) == [("council", "against", True, ["s1"]), ("Shops", "for", True, [])]
    edited = filled.entry("p").draft
    body = edited.body.model_copy(update={"options": ("Wait", "Tow at night")})
    new = edited.model_copy(update={"id": "p2", "body": body, "corrects": ("p",)})
    filled.append(STREAM, [new])
    assert positions(filled) == [("council", "against", False, ["s1"]), ("Shops", "for", False, [])]


def test_the_log_gives_a_day_where_only_a_day_was_said(store: Store) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Wait"}, day=6, happened="day 5", known=at_hour(6, 12).isoformat())
    (row,) = log(store, NOW).decisions
    assert (row.when.said, row.when.end - row.when.start) == ("day 5", timedelta(days=1))


def test_a_figure_that_is_counted_at_several_places_needs_the_place_of_the_decision(filled: Store) -> None:
    report(filled, "f", "count", {"what": "vehicles", "amount": {"low": 9, "high": 9}}, day=5, places=[FIELD])
    with pytest.raises(BadInput, match=r"counted at 2 places: “The quay” and The field\."):
        sign(room(filled), draft(expects=[FEWER]), is_quick=True)
    with pytest.raises(BadInput, match="Vehicles are not counted at Moon Road"):
        sign(room(filled), draft(expects=[FEWER], place="Moon Road"), is_quick=True)
    sign(room(filled), draft(expects=[FEWER], place="The field"), is_quick=True)
    report(filled, "g", "count", {"what": "vehicles", "amount": {"low": 8, "high": 8}}, day=8, hour=17, places=[FIELD])
    one = next(one for one in review_of(reading(filled, later(filled))).held if one.expected == "fewer")
    assert (one.came, [line.id for line in one.entries]) == ("kept", ["g"])


FIELD = {"type": "named", "name": "The field"}


# -- at the bounds ---------------------------------------------------------------------------------------------------


QUICK: dict[str, Any] = {"id": "q", "by": "Controller, Police", "what": "Offer parking"}


def quick(store: Store, **more: object) -> Any:  # noqa: ANN401 - what was signed
    return sign(room(store), DecisionDraft.model_validate(QUICK | more), is_quick=True)


def minutes_from_now(minutes: int) -> str:
    return (NOW + timedelta(minutes=minutes)).isoformat()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (lambda time: {"expects": [{"what": "calm", "by_when": time}]}, "The time of what is expected, 'calm', has passed"),
        (lambda time: {"review": time}, "It would be reviewed before it is decided. Give a later 'review'."),
        (
            lambda time: {"follows": [{"kind": "task", "what": "print", "due": time}]},
            "The task 'print' is to be done before it is given. Give a later 'due', or leave it out.",
        ),
    ],
)
def test_what_is_to_come_of_a_decision_comes_after_it(filled: Store, more: Any, words: str) -> None:  # noqa: ANN401
    for minutes in (-1, 0):
        assert words in said(lambda at=minutes: quick(filled, **more(minutes_from_now(at))))
    quick(filled, **more(minutes_from_now(1)))


@pytest.mark.parametrize(
    ("more", "empty"),
    [
        ({"rests_on": []}, "entries of two speakers that it rests on"),
        ({"rests_on": ["a"]}, "two sources: what it rests on is one speaker's word"),
        ({"rests_on": ["a", "u"]}, None),
        ({"options": ["Offer parking."]}, "a second option: waiting is one"),
        ({"options": ["Offer parking", "Wait"]}, None),
        (
            {"options": ["Offer parking", "Wait", "Tow", "Sing"], "rejected": [{"option": "wait.", "why": "no"}]},
            "why not: Tow and Sing",
        ),
    ],
)
def test_what_is_filled_in_and_makes_no_choice_or_one_view_is_empty_still(
    filled: Store, more: dict[str, Any], empty: str | None
) -> None:
    found = check(room(filled), DecisionDraft.model_validate(QUICK | {"rests_on": ["a", "u"]} | more)).empty
    ours = ("entries of two", "two sources", "a second option", "why not:")
    assert [one for one in found if one.startswith(ours)] == ([empty] if empty else [])


def test_a_check_proposes_what_follows_and_says_which_picture_it_looked_at(filled: Store) -> None:
    expects = [{"what": "calm", "by_when": "day 8 6pm"}]
    asked = QUICK | {"at": "day 6 noon", "known_at": "day 6 1pm", "expects": expects, "review": "day 9"}
    found = check(room(filled), DecisionDraft.model_validate(asked))
    assert (found.at, found.known_at) == (at_hour(6, 12), at_hour(6, 13))
    assert [one.model_dump(exclude_none=True) for one in found.follows] == [
        {"kind": "task", "what": "Say what came of it: calm", "due": "day 8 6pm"},
        {"kind": "task", "what": "Review the decision, and say what came of it: Offer parking", "due": "day 9"},
    ]
    alone = check(room(filled), DecisionDraft.model_validate(QUICK | {"happened": "day 6 noon"}))
    assert (alone.at, alone.known_at) == (at_hour(6, 12), at_hour(6, 12)), "the picture of the decision itself"
    assert check(room(filled), DecisionDraft.model_validate(QUICK)).at == NOW


def test_of_a_proposal_it_is_open_what_is_chosen_and_what_is_missing(filled: Store) -> None:
    asked = draft(id="p", standing="proposed", what="Pray", rejected=[{"option": "Tow", "why": "no"}], seen=[], dissent=[])
    assert sign(room(filled), asked).decision == "p"
    at = later(filled)
    assert said(lambda: complete(room(filled, at), "p", Completion(outcome="None."))) == (
        "It is only proposed, so nothing can have come of it. Sign the decision first."
    )


def test_contrary_word_is_named_with_what_speaks_against_it(filled: Store) -> None:
    report(filled, "r", "road_state", {"state": "shut"}, day=5, source=UNION, places=[FIELD])
    words = said(lambda: sign(room(filled), draft(seen=["a"], rests_on=["a", "u", "r"])))
    assert words == (
        "Before it can be signed, 2 beliefs that it rests on must have been seen: u (contradicted by a and single source); "
        "r (single source). Read them, and name each under 'seen' (--seen ID)."
    )
    assert quick(filled, rests_on=["a", "u", "r"], seen=["a", "u"]).notices == [
        "Contrary word that nobody has acknowledged: r."
    ]


# -- sent again, withdrawn, completed --------------------------------------------------------------------------------


def test_what_is_sent_again_names_all_that_was_written_before(filled: Store) -> None:
    more = {"follows": [{"kind": "notice", "text": "Park at the field."}], "expects": [{"what": "calm", "by_when": "day 9"}]}
    first = quick(filled, **more)
    again = quick(filled, **more)
    assert (first.expectations, first.follows) == (["q-expects-1"], ["q-follows-1"])
    assert (again.decision, again.expectations, again.follows) == ("q", ["q-expects-1"], ["q-follows-1"])
    assert again.notices == ["It was written before."]
    assert "what is expected" not in again.empty
    for other in ({"by": "Mayor"}, {"what": "Tow"}, {"id": "a"}):
        assert "is used for another entry already. Give this one an id of its own." in said(
            lambda changed=other: quick(filled, **changed)
        )
    elsewhere = Room(filled, "another", CALENDAR, NOW)
    assert "is used for another entry already" in said(lambda: sign(elsewhere, DecisionDraft(**QUICK), is_quick=True))


def test_what_was_withdrawn_is_not_completed(filled: Store) -> None:
    quick(filled)
    report(filled, "gone", "remark", {"text": "A slip."}, day=7, hour=13, withdraws=["q"])
    assert said(lambda: complete(room(filled, later(filled)), "q", Completion(question="Why?"))) == (
        "The decision 'q' was withdrawn. Sign a new one."
    )


def test_who_was_there_what_it_rests_on_and_what_was_read_are_added_to(filled: Store) -> None:
    quick(filled, present=["Controller"], rests_on=["a"], seen=["a"], expects=[{"what": "calm", "by_when": "day 9"}])
    at = later(filled)
    more = {"present": ["Mayor", "Controller"], "rests_on": ["a", "u"], "seen": ["u", "a"]}
    soon = [{"what": "peace", "by_when": (at + timedelta(days=1)).isoformat()}]
    done = complete(room(filled, at), "q", Completion.model_validate(more | {"expects": soon}))
    assert (done.decision, done.expectations) == ("q-v2", ["q-expects-2"])
    body = filled.entry("q-v2").draft.body.model_dump()
    assert (body["present"], body["rests_on"], body["acknowledged"]) == (("Controller", "Mayor"), ("a", "u"), ("a", "u"))
    told = filled.entry("q-expects-2").draft
    assert (told.source, told.happened.start) == (filled.entry("q").draft.source, at)
    assert told.body.model_dump(include={"of", "by", "what"}) == {"of": "q", "by": "Controller, Police", "what": "peace"}


@pytest.mark.parametrize(
    ("rejected", "words"),
    [
        ("Fly", "The rejected option 'Fly' is not among the options. Write it as the option says it."),
        ("offer parking.", "The option 'offer parking.' is both chosen and rejected. Take it out of 'rejected'."),
    ],
)
def test_what_a_completion_rejects_is_one_of_the_options_and_not_the_chosen_one(
    filled: Store, rejected: str, words: str
) -> None:
    quick(filled, options=["Wait", "Offer parking"])
    filling = Completion.model_validate({"rejected": [{"option": rejected, "why": "no"}]})
    assert said(lambda: complete(room(filled, later(filled)), "q", filling)) == words
    filling = Completion.model_validate({"rejected": [{"option": "wait", "why": "no"}]})
    assert complete(room(filled, later(filled)), "q", filling).decision == "q-v2"


# -- opened, and how it stands ---------------------------------------------------------------------------------------


def test_a_decision_without_a_digest_is_not_opened_though_it_names_its_picture(filled: Store) -> None:
    moments = {"picture_at": at_hour(5, 9).isoformat(), "picture_known_at": at_hour(5, 9).isoformat(), "picture_seq": 1}
    report(filled, "old", "decision", {"by": "Police", "what": "Wait"} | moments, day=5)
    assert "names no frozen picture: it was not signed here." in said(lambda: year_later(filled, "old"))


def test_an_opened_picture_has_the_estimates_of_its_moment_and_no_curves(filled: Store) -> None:
    sign(room(filled), draft())
    counts = year_later(filled).picture.counts
    assert counts
    assert not any(one.band for one in counts)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"standing": "proposed"}, "proposed"),
        ({"standing": "proposed", "closes": 0}, "proposed"),  # until then and no longer
        ({"standing": "proposed", "closes": -1}, "decision_due"),
        ({"standing": "superseded"}, "superseded"),
        ({}, "decided"),
        ({"review": 0}, "decided"),
        ({"review": -1}, "outcome_due"),
        ({"review": -1, "outcome": "calm"}, "reviewed"),
    ],
)
def test_how_a_decision_stands_at_the_very_time_that_was_set_and_after_it(fields: dict[str, Any], state: str) -> None:
    said_at = {name: minutes_from_now(value) if isinstance(value, int) else value for name, value in fields.items()}
    body = BODY.validate_python({"kind": "decision", "by": "Police", "what": "Wait"} | said_at)
    assert isinstance(body, Decision)
    assert state_of(body, NOW) == state
    assert state_of(body, NOW, is_superseded=True) == "superseded"
