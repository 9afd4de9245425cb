"""A long operation: at no moment does the picture say anything fresher, surer or more alive than what was entered."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pytest

from clearway.record.open import open_record
from picture.long_operation import BY_ID, DRAFTS, Pictures, Seen, filled, moment, moments, said
from picture.long_rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from clearway.picture.contract import Band, CountOf, PictureAnswer


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pictures]:
    store = filled(open_record(str(tmp_path_factory.mktemp("long") / "room.record")))
    yield Pictures(store)
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize("day", range(1, 24))
def test_no_evening_breaks_a_rule(pictures: Pictures, day: int) -> None:
    seen = Seen(pictures.at(moment(f"day {day} 22:31")))
    assert [fault for rule in RULES.values() for fault in rule.faults(seen)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_no_picture_breaks_a_rule(pictures: Pictures, name: str) -> None:
    faults = [(at, *RULES[name].faults(Seen(pictures.at(at)))) for at in moments()]
    assert [fault for fault in faults if len(fault) > 1][:3] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_a_picture_that_breaks_the_rule_is_found(pictures: Pictures, name: str) -> None:
    spoiled = [wrong for at in moments() if (wrong := RULES[name].spoil(Seen(pictures.at(at)))) is not None]
    assert any([*RULES[name].faults(Seen(wrong))] for wrong in spoiled)


# -- figures


def figure(picture: PictureAnswer, what: str, where: str, group: str | None = None) -> CountOf:
    (found,) = [count for count in picture.counts if (count.what, count.where, count.group) == (what, where, group)]
    return found


def width(band: Band | None) -> float:
    assert band
    return math.log1p(band.high) - math.log1p(band.low)


def without(tmp_path: Path, *ids: str) -> Pictures:
    """The pictures of the same record without some entries, nor those that are tied to them."""
    drafts = [draft for draft in DRAFTS if draft.id not in ids and not set(draft.tied) & set(ids)]
    return Pictures(filled(open_record(str(tmp_path / "room.record")), drafts))


@pytest.mark.parametrize("day", range(2, 6))
def test_a_figure_said_again_is_no_surer(tmp_path: Path, day: int) -> None:
    others = [draft.id for draft in DRAFTS if draft.kind in ("count", "flow") and not draft.id.endswith("-again")]
    again = without(tmp_path, *(one for one in others if one != "people-1"))
    first = figure(again.at(moment("day 1 12:00")), "people", "College Green").estimate
    later = figure(again.at(moment(f"day {day} 12:00")), "people", "College Green")
    assert width(later.estimate) >= width(first) - 1e-9
    assert later.stale_since == BY_ID["people-1"].happened.end


def test_growth_without_a_number_moves_little_and_upwards(tmp_path: Path, pictures: Pictures) -> None:
    at = moment("day 8 18:00")
    told, untold = (
        figure(one.at(at), "people", "College Green").estimate for one in (pictures, without(tmp_path, "more-came"))
    )
    assert told
    assert untold
    assert untold.likely < told.likely < 1.2 * untold.likely
    assert width(told) >= width(untold)


def test_the_longer_nobody_speaks_the_less_is_known(pictures: Pictures) -> None:
    bands = [figure(pictures.at(moment(f"day {day} 12:30")), "tents", "the lawn").estimate for day in range(10, 16)]
    assert [width(band) for band in bands] == sorted(width(band) for band in bands)
    assert bands[-1]
    assert bands[-1].high <= 0.25 * 901
    silent = figure(pictures.at(moment("day 17 12:00")), "tents", "the lawn")
    assert (silent.estimate, silent.not_known_since) == (None, BY_ID["tents-9"].happened.end)


def test_a_forecast_is_never_surer_than_the_hour_before(pictures: Pictures) -> None:
    band = figure(pictures.at(moment("day 18 12:00"), bands=True), "people", "College Green").band
    ahead = [one for one in band if one.at >= moment("day 18 12:00")]
    assert len(ahead) > 10
    assert [width(one) for one in ahead] == sorted(width(one) for one in ahead)


@pytest.mark.parametrize("what", ["arrests", "tows", "signatures", "injuries"])
def test_a_total_falls_by_correction_alone(pictures: Pictures, what: str) -> None:
    words: dict[tuple[str | None, str | None], float] = {}
    for day in range(1, 24):
        for count in (count for count in pictures.at(moment(f"day {day} 22:31")).counts if count.what == what):
            for fact in count.latest:
                draft = BY_ID[fact.id]
                body = draft.source.organisation, draft.source.office
                low = said(draft)[0] or 0
                assert low >= words.get(body, 0) or draft.corrects, fact.id
                words[body] = low


def test_each_body_has_its_own_total(pictures: Pictures) -> None:
    arrests = figure(pictures.at(moment("day 20 12:00")), "arrests", "")
    assert {fact.source.organisation: said(BY_ID[fact.id])[0] for fact in arrests.latest} == {
        "city police": 64,
        "the Chronicle": 50,
    }
    assert [(clash.first, clash.second) for clash in arrests.clashes] == [("arrests-19-paper", "arrests-19")]
    assert "27" in arrests.history
    assert "12 (" not in arrests.history  # it was corrected to 11


# -- knowledge


@pytest.mark.parametrize("day", [4, 9, 13, 14, 17, 21])
def test_what_came_later_changes_nothing_that_the_room_had(tmp_path: Path, pictures: Pictures, day: int) -> None:
    at = moment(f"day {day} 12:00")
    then = Pictures(filled(open_record(str(tmp_path / "room.record")), [draft for draft in DRAFTS if draft.known <= at])).at(at)
    now = pictures.at(at)

    for name in ("states", "coming", "ended", "events", "promises", "intents", "requests", "conditions", "contested", "counts"):
        assert [_said(one) for one in getattr(now, name)] == [_said(one) for one in getattr(then, name)], name


def _said(part: BaseModel) -> object:
    """A part of a picture as JSON, without the numbers that a record gives its entries."""
    return re.sub(r'"(seq|written)":[^,}]*,', "", part.model_dump_json())


def test_a_figure_learnt_late_is_in_the_later_picture_of_the_same_evening(pictures: Pictures) -> None:
    at = moment("day 10 23:00")
    then, later = (figure(pictures.at(at, known), "people", "College Green") for known in (at, moment("day 15 00:00")))
    assert "people-10-late" not in {fact.id for fact in then.statements}
    assert later.latest[0].id == "people-10-late"


# -- what holds, hour by hour


def on(pictures: Pictures, words: str) -> dict[str, str]:
    """Ids of the states by what became of them."""
    shown = pictures.at(moment(words))
    parts = {"holds": shown.states, "coming": shown.coming, "ended": shown.ended}
    return {fact.id: part for part, facts in parts.items() for fact in facts}


def test_nobody_may_pass_on_foot_for_one_night_and_in_the_morning_it_is_a_question(pictures: Pictures) -> None:
    assert on(pictures, "day 18 21:00") | {"curfew": "coming", "pass-foot": "holds"} == on(pictures, "day 18 21:00")
    assert on(pictures, "day 19 03:00")["curfew"] == "holds"
    assert "pass-foot" not in on(pictures, "day 19 03:00")
    assert on(pictures, "day 19 06:00")["curfew"] == "ended"
    assert "pass-foot" not in on(pictures, "day 23 12:00")


def test_a_barrier_is_breached_and_stands_again(pictures: Pictures) -> None:
    assert on(pictures, "day 5 21:00")["block-park"] == "holds"
    assert {"block-park", "park-reset"}.isdisjoint(on(pictures, "day 5 22:00"))
    assert on(pictures, "day 5 22:00")["park-breached"] == "holds"
    assert "park-breached" not in on(pictures, "day 5 23:30")
    assert on(pictures, "day 22 12:00")["park-block-gone"] == "holds"


def test_an_offer_that_ended_leaves_what_was_taken_up(pictures: Pictures) -> None:
    assert [on(pictures, f"day {words}")["offer-trinity"] for words in ("3 12:00", "5 12:00", "6 12:00")] == [
        "coming",
        "holds",
        "ended",
    ]
    left = figure(pictures.at(moment("day 7 12:00")), "vehicles", "Trinity car park")
    assert left.latest[0].age_s == 21 * 3600


def test_a_closure_for_two_days_is_announced_holds_and_is_over(pictures: Pictures) -> None:
    times = ("7 12:00", "8 05:00", "8 06:00", "10 17:00", "10 18:00", "20 12:00")
    assert [on(pictures, f"day {words}")["anchor-announced"] for words in times] == [
        "coming",
        "coming",
        "holds",
        "holds",
        "ended",
        "ended",
    ]
    assert on(pictures, "day 8 05:00")["anchor-open"] == "holds"


def test_ages_are_hours_that_passed_also_in_the_night_when_the_clock_is_put_forward(pictures: Pictures) -> None:
    shown = pictures.at(moment("day 17 12:00"))
    ages = {fact.id: fact.age_s / 3600 for fact in (*shown.events, *shown.states)}
    assert ages["night-17"] == 8.5
    assert ages["anchor-open-still"] == 31


def test_threats_steps_and_hopes_stand_as_they_were_left(pictures: Pictures) -> None:
    def standing(words: str) -> dict[str, str]:
        return {intent.says: intent.status for intent in pictures.at(moment(words)).intents}

    def of(words: str, part: str) -> str:
        (found,) = [stands for says, stands in standing(words).items() if part in says]
        return found

    assert [of(f"day {words}", "Move the vehicles") for words in ("4 12:00", "5 12:00", "8 12:00")] == [
        "ultimatum open", "lapsed; nobody has said what came of it", "withdrawn",
    ]  # fmt: skip
    assert of("day 12 13:00", "from noon") == "acted on"
    assert [of(f"day {words}", "barge") for words in ("14 18:00", "15 12:00", "16 10:00")] == [
        "announced", "the date has passed; nobody has said whether it was done", "not done",
    ]  # fmt: skip
    assert {of(f"day {day} 13:00", "clear by the weekend") for day in (4, 12, 23)} == {"hoped for"}
    assert [of(f"day {words}", "bus lane") for words in ("14 12:00", "17 12:00", "19 18:00")] == [
        "under way", "under way when last heard of", "ended",
    ]  # fmt: skip
