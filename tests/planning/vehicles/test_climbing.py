"""Steps of the ladder, on both databases: one at a time, with a reason out of turn, a power where law needs one, none twice."""

from __future__ import annotations

from contextlib import closing
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, Conflict, UnknownName
from clearway.planning.vehicles.ladder.climbing import climb
from clearway.record.kinds.ladder import STEPS, LadderStep
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from crowded import Crowded
from ladder_rooms import CALENDAR, NOW, STREAM, clock, ladder_at, quiet_noon, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.planning.vehicles.ladder.contract import Job
    from clearway.record.entry import Draft, Entry
    from clearway.record.store import Store

LAW = "Roads Act, section 9"
JOB = "Hill Street"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A record with all that a go needs at half past twelve."""
    with closing(open_record(str(tmp_path / "room.record"))) as opened:
        quiet_noon(opened)
        yield opened


def draft(step: str, at: str, **more: Any) -> Draft:  # noqa: ANN401 - fields of a step
    power = {"power": LAW} if STEPS.index(step) >= STEPS.index("ticket") else {}
    body = {"kind": "ladder_step", "job": JOB, "step": step, "by": "wardens, Council", **power}
    entry_id = {"id": more.pop("id")} if "id" in more else {}
    document = {"body": body | more, "happened": at, "known": at, "source": "wardens, Council", **entry_id}
    return draft_of(document, CALENDAR, now=NOW, entered="imported")


def take(store: Store, step: str, at: str, **more: Any) -> Entry:  # noqa: ANN401 - fields of a step
    return climb(store, STREAM, draft(step, at, **more))


def refused(store: Store, step: str, at: str, **more: Any) -> str:  # noqa: ANN401 - fields of a step
    before = store.version(STREAM)
    with pytest.raises(BadInput) as raised:
        take(store, step, at, **more)
    assert store.version(STREAM) == before
    return str(raised.value)


def job(store: Store, at: str) -> Job:
    (found,) = ladder_at(store, at).jobs
    return found


def test_a_job_climbs_one_step_at_a_time_to_the_top(store: Store) -> None:
    for number, step in enumerate(STEPS):
        take(store, step, clock(f"12:{10 + 2 * number}"))
        take(store, step, clock(f"12:{11 + 2 * number}"), answer="refused")
    found = job(store, clock("12:30"))
    assert [one.step for one in found.steps[::2]] == list(STEPS)
    assert {one.advice for one in found.steps[::2]} == {"go"}
    assert {one.advice for one in found.steps[1::2]} == {None}, "an answer is advised nothing"
    assert (found.stands_at, found.next_step, found.is_done) == ("tow_to_storage", None, False)
    assert not any(one.faults for one in found.steps)


def test_a_skipped_step_needs_a_reason(store: Store) -> None:
    told = refused(store, "help", clock("12:10"))
    assert told == (
        "Hill Street has taken no step yet: ask and offer are skipped. "
        "Take one step at a time, or give in 'because' the reason for 'help'."
    )
    take(store, "help", clock("12:10"), because="The drivers asked for a mechanic themselves", answer="refused")
    assert "ticket" not in refused(store, "push_aside", clock("12:11")).split("'because'")[1]
    take(store, "ask", clock("12:12"))
    assert job(store, clock("12:30")).stands_at == "help", "a step down is no way back"
    take(store, "notice", clock("12:13"))


def test_the_next_step_waits_for_an_answer(store: Store) -> None:
    take(store, "ask", clock("12:10"))
    assert refused(store, "offer", clock("12:11")).startswith("Hill Street stands at 'ask': no answer to 'ask' is written.")
    take(store, "ask", clock("12:12"), answer="partly", moved={"low": 2, "high": 2})
    take(store, "offer", clock("12:13"))
    assert job(store, clock("12:30")).steps[1].moved == "2"


def test_when_all_have_moved_the_job_is_done(store: Store) -> None:
    take(store, "ask", clock("12:10"), answer="moved")
    found = job(store, clock("12:30"))
    assert (found.is_done, found.next_step) == (True, None)
    assert "all of its vehicles are said to be gone" in refused(store, "offer", clock("12:11"))


def test_names_of_a_job_are_compared_without_case_and_spaces(store: Store) -> None:
    take(store, "ask", clock("12:10"), answer="refused")
    take(store, "offer", clock("12:11"), job="hill  street")
    assert len(ladder_at(store, clock("12:30")).jobs) == 1


def test_without_a_legal_basis_no_step_against_their_will_is_even_a_draft() -> None:
    for step in STEPS[:4]:
        LadderStep(job=JOB, step=step, by="wardens")
    for step in STEPS[4:]:
        with pytest.raises(ValueError, match="without a legal basis"):
            LadderStep(job=JOB, step=step, by="wardens")


@pytest.mark.parametrize("name", ["van ABC123", "the cars GH 4711 and next", "Mr Miller's van"])
def test_a_job_is_never_a_plate_or_a_person(name: str) -> None:
    with pytest.raises(ValueError, match=r"number plate|never a person"):
        LadderStep(job=name, step="ask", by="wardens")


def test_a_row_that_the_jurisdiction_file_lacks_is_named(store: Store) -> None:
    with pytest.raises(UnknownName, match=r"row of the jurisdiction file: made_up"):
        take(store, "ask", clock("12:10"), power_row="made_up")
    take(store, "ask", clock("12:10"), power_row="officer_on_road")


def test_against_the_advice_it_needs_a_reason_and_the_advice_stands_in_the_entry(store: Store) -> None:
    say(store, "incident", clock("12:20"), {"nature": "stand_off", "summary": "lines met", "severity": "serious"})
    for number, step in enumerate(STEPS[:4]):
        take(store, step, clock(f"12:2{1 + number}"), answer="refused")
    told = refused(store, "ticket", clock("12:26"))
    assert told.startswith("The desk says stop to 'ticket'. An incident may still go on: ")
    assert told.endswith("Wait, or give in 'because' why it is done all the same.")
    entry = take(store, "ticket", clock("12:26"), because="The lane to the hospital", expects="They drive off")
    assert isinstance(entry.draft.body, LadderStep)
    assert entry.draft.body.advice == "stop"
    assert "taken although the desk said stop" in entry.draft.body.says(CALENDAR.zone)


def test_the_advice_is_what_was_known_then(store: Store) -> None:
    for number, step in enumerate(STEPS[:4]):
        take(store, step, clock(f"12:1{number}"), answer="refused")
    say(store, "incident", clock("12:15"), {"nature": "stand_off", "summary": "lines met"}, known=clock("12:29"))
    entry = take(store, "ticket", clock("12:20"))
    assert isinstance(entry.draft.body, LadderStep)
    assert entry.draft.body.advice == "go"


def test_a_tow_waits_for_what_is_lacking(store: Store) -> None:
    say(store, "tow_capability", clock("12:09"), {"state": "refused", "by": "heavy operators"})
    reason = {"because": "Nobody is at the vehicles, and the lane is needed"}
    take(store, "ticket", clock("12:20"), answer="refused", **reason)
    assert refused(store, "push_aside", clock("12:21")).startswith("The desk says hold to 'push aside'. No operator for heavy")


def test_sent_again_it_is_written_once_and_with_the_same_advice(store: Store) -> None:
    first = take(store, "ask", clock("12:10"), id="phone-1")
    say(store, "incident", clock("12:05"), {"nature": "stand_off", "summary": "lines met", "severity": "serious"})
    assert take(store, "ask", clock("12:10"), id="phone-1") == first
    with pytest.raises(Conflict):
        take(store, "ask", clock("12:11"), id="phone-1")


def test_a_step_from_a_file_that_gives_no_reason_shows_its_fault(store: Store) -> None:
    say(store, "ladder_step", clock("12:10"), {"job": JOB, "step": "notice", "by": "wardens"})
    (step,) = job(store, clock("12:30")).steps
    assert step.faults == ("No reason is given: ask, offer and help are skipped.",)


@pytest.mark.parametrize("advice", ["hold", "stop"])
def test_a_step_from_a_file_that_was_taken_against_the_advice_without_a_reason_shows_its_fault(
    store: Store, advice: str
) -> None:
    say(store, "ladder_step", clock("12:10"), {"job": JOB, "step": "ask", "by": "wardens", "advice": advice})
    (step,) = job(store, clock("12:30")).steps
    assert step.faults == (f"No reason is given: it was taken although the desk said {advice}.",)
    say(store, "ladder_step", clock("12:20"), {"job": JOB, "step": "offer", "by": "wardens", "advice": "go"})
    assert job(store, clock("12:30")).steps[1].faults == ("No reason is given: no answer to 'ask' is written.",)


def test_a_withdrawn_step_was_not_taken(store: Store) -> None:
    first = take(store, "ask", clock("12:10"), answer="refused")
    say(store, "remark", clock("12:12"), {"text": "Another street was meant"}, withdraws=[first.id])
    assert ladder_at(store, clock("12:30")).jobs == ()
    assert [one.job for one in ladder_at(store, clock("12:11")).jobs] == [JOB]


def test_an_entry_of_another_kind_is_no_step(store: Store) -> None:
    other = draft_of({"body": {"kind": "remark", "text": "x"}, "happened": clock("12:10")}, CALENDAR, now=NOW)
    with pytest.raises(BadInput, match="A step of the ladder is an entry of the kind"):
        climb(store, STREAM, other)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_two_who_take_the_same_step_at_the_same_time_skip_none(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    address = str(tmp_path / "room.record") if database == "sqlite" else request.getfixturevalue("postgres")
    stream, done = f"climb-{database}", list[str]()
    with closing(open_record(address)) as opened:
        opened.append(
            stream, [draft_of({"body": {"kind": "remark", "text": "x"}, "happened": clock("12:00")}, CALENDAR, now=NOW)]
        )

    def climb_once(at: str) -> None:
        with closing(open_record(address)) as own:
            try:
                climb(own, stream, draft("ask", at))
                done.append("written")
                climb(own, stream, draft("offer", at))
            except (BadInput, Conflict) as error:
                done.append(str(error))

    threads = [Thread(target=climb_once, args=(clock(f"12:1{number}"),)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(open_record(address)) as opened:
        steps = [entry.draft.body for entry in opened.entries(stream, kind="ladder_step")]
    assert [one.step for one in steps if isinstance(one, LadderStep)] == ["ask"] * 3
    assert sum("no answer to 'ask' is written" in one for one in done) == 3


def test_a_step_is_held_against_what_was_written_while_it_was_looked_at(store: Store) -> None:
    for number, step in enumerate(STEPS[:4]):
        take(store, step, clock(f"12:1{number}"), answer="refused")

    def other(_: int) -> None:
        say(store, "incident", clock("12:15"), {"nature": "stand_off", "summary": "lines met", "severity": "serious"})

    overtaken: Any = Crowded(store, 1, other)
    with pytest.raises(BadInput, match="The desk says stop to 'ticket'"):
        climb(overtaken, STREAM, draft("ticket", clock("12:20")))


def test_a_step_is_tried_again_while_others_write_five_times_in_all(store: Store) -> None:
    def other(number: int) -> None:
        say(store, "remark", clock("12:15"), {"text": f"Word {number}"})

    four: Any = Crowded(store, 4, other)
    climb(four, STREAM, draft("ask", clock("12:20")))
    assert four.left == 0
    nine: Any = Crowded(store, 9, other)
    with pytest.raises(Conflict):
        climb(nine, STREAM, draft("offer", clock("12:21"), because="Seen"))
    assert nine.left == 4
    assert [one.step for one in job(store, clock("12:30")).steps] == ["ask"]


def test_a_job_says_where_it_stands_what_was_answered_and_what_comes_next(store: Store) -> None:
    take(store, "ask", clock("12:10"))
    asked = job(store, clock("12:30"))
    assert asked.says == (
        "Ask by wardens, Council (Wed 08 May 2024 12:10): no answer yet. Next, once there is an answer: offer, go."
    )
    assert (asked.stands_at, asked.next_step, asked.advice, asked.answer) == ("ask", "offer", "go", "none_yet")
    take(store, "ask", clock("12:15"), answer="refused")
    take(store, "offer", clock("12:20"), answer="partly", moved={"low": 3})
    found = job(store, clock("12:30"))
    assert found.says == "Offer by wardens, Council (Wed 08 May 2024 12:20): partly. Next: help, go."
    assert [one.moved for one in found.steps] == [None, None, "at least 3"]
    take(store, "offer", clock("12:25"), answer="moved")
    done = job(store, clock("12:30"))
    assert done.says == "Offer by wardens, Council (Wed 08 May 2024 12:25): moved."
    assert (done.is_done, done.next_step, done.advice) == (True, None, "go")


def test_a_job_is_one_by_whatever_case_and_spaces_and_is_where_somebody_said_last(store: Store) -> None:
    take(store, "ask", clock("12:10"))
    say(store, "ladder_step", clock("12:15"), {"job": "hill  STREET", "step": "ask", "by": "Police", "answer": "refused"})
    say(store, "ladder_step", clock("12:16"), {"job": "Bay Road", "step": "ask", "by": "Police"}, places=[])
    found = ladder_at(store, clock("12:30")).jobs
    assert [(one.job, one.where, len(one.steps)) for one in found] == [
        ("Bay Road", "", 1),
        ("hill  STREET", "“Town square”", 2),
    ]
