"""What a record says there is to move vehicles with: the newest answers, no hindsight, what is assumed, what is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, entries_in_force, picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.vehicles.offer.said import said_of_offers
from clearway.planning.vehicles.offer.uptake import Taken
from clearway.planning.vehicles.record_means import record_parking, record_towing
from clearway.planning.vehicles.towing.means import Fleet
from clearway.record.moments import moment_of
from clearway.record.open import open_record
from drawn_towns import Town, place
from ladder_rooms import CALENDAR, STREAM, clock, ladder_at, quiet_noon, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.planning.vehicles.offer.places import ParkingPlace
    from clearway.planning.vehicles.offer.said import SaidOfOffers
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.record.store import Store

HERE: list[dict[str, Any]] = [{"type": "point", "at": list(place(0.0, 0.0)), "label": "Field"}]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty record."""
    opened = open_record(str(tmp_path / "room.record"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def streets() -> Gazetteer:
    """One street between two others."""
    town = Town()
    town.street((0.0, 0.0), (500.0, 0.0), name="Main Street")
    for number in range(2):
        town.street((500.0 * number, 0.0), (500.0 * number, 100.0), name=f"Cross {number}")
    return Gazetteer(town.network())


def towing(store: Store, streets: Gazetteer, at: str, known_at: str | None = None) -> tuple[TowMeans, tuple[str, ...]]:
    when = Moments(moment_of(at), moment_of(known_at or at))
    picture = picture_of(store, PictureIndex(), STREAM, when, calendar=CALENDAR, bands=False)
    return record_towing(picture, streets, CALENDAR.zone)


def believed(notes: tuple[str, ...], entry: str) -> tuple[str, str]:
    """At which times of the day an answer was so, and was known."""
    (told,) = [note for note in notes if f"[{entry}]" in note]
    found = re.search(r"believed of .*?(\d\d:\d\d).*, known at .*?(\d\d:\d\d)", told)
    return (found[1], found[2]) if found else ("", "")


def parking(store: Store, streets: Gazetteer, at: str) -> tuple[tuple[ParkingPlace, ...], tuple[str, ...]]:
    when = Moments(moment_of(at), moment_of(at))
    picture = picture_of(store, PictureIndex(), STREAM, when, calendar=CALENDAR, bands=False)
    return record_parking(picture, streets, CALENDAR.zone)


def firm(store: Store, at: str, body: dict[str, Any], **more: Any) -> str:  # noqa: ANN401 - fields of an entry
    return say(store, "tow_operator", clock(at), {"operator": "Firm A"} | body, places=[], **more).id


def offer(store: Store, at: str, body: dict[str, Any], *, label: str = "Quay", **more: Any) -> str:  # noqa: ANN401 - fields of an entry
    spot = {"type": "point", "at": list(place(0.0, 0.0)), "label": label}
    said = {"what": "parking", "summary": "There is room"} | body
    return say(store, "offer", clock(at), said, **({"places": [spot]} | more)).id


def test_the_newest_answer_of_an_operator_counts_and_only_from_when_it_was_known(store: Store, streets: Gazetteer) -> None:
    yes = {"heavy_trucks": {"low": 3, "high": 5}, "heavy_willing": "yes", "escort": True}
    first = firm(store, "08:00", yes)
    second = firm(store, "09:00", {"heavy_willing": "no", "reason": "safety", "operator": "FIRM  a"}, known=clock("11:00"))
    before, notes = towing(store, streets, clock("10:00"))
    (one,) = before.operators
    assert (one.heavy.trucks, one.heavy.willing, one.escort, one.light) == (3, "yes", True, None) if one.heavy else False
    assert believed(notes, first) == ("08:00", "08:00")
    after, notes = towing(store, streets, clock("10:00"), clock("12:00"))
    (one,) = after.operators
    assert (one.heavy.trucks, one.heavy.willing, one.heavy.reason) == (0, "no", "safety") if one.heavy else False
    assert one.assumed == ("escort",)
    assert believed(notes, second) == ("09:00", "11:00")


def test_where_two_speakers_contradict_each_other_both_are_told(store: Store, streets: Gazetteer) -> None:
    firm(store, "08:00", {"heavy_willing": "yes"}, source="chief, Police")
    firm(store, "09:00", {"heavy_willing": "no"}, source="mayor, Council")
    means, notes = towing(store, streets, clock("10:00"))
    assert [one.heavy.willing for one in means.operators if one.heavy] == ["no"]
    assert any("sends heavy trucks" in note and "does not send heavy trucks" in note for note in notes)


def test_storage_lies_where_its_entry_says_and_keeps_what_is_assumed(store: Store, streets: Gazetteer) -> None:
    yard = {"name": "Yard", "capacity": {"high": 60}, "release_procedure": "by day", "assumed": ["release_procedure"]}
    say(store, "storage_place", clock("08:00"), yard, places=HERE)
    lost = say(store, "storage_place", clock("08:00"), {"name": "Depot"}, places=[{"type": "named", "name": "nowhere"}])
    odd = say(store, "storage_place", clock("08:00"), {"name": "Barn", "hours": "by day"}, places=HERE)
    none = say(store, "storage_place", clock("08:00"), {"name": "Shed"}, places=[])
    means, notes = towing(store, streets, clock("10:00"))
    (one,) = means.storage
    assert (one.id, one.capacity, one.release, set(one.assumed)) == ("Yard", 60, "by day", {"release", "capacity"})
    assert (one.lon, one.lat) == pytest.approx(place(0.0, 0.0), abs=1e-6)
    why_not = ((lost, "nobody can say where it lies"), (odd, "hours 'by day' cannot be read"), (none, "needs one place"))
    for entry, why in why_not:
        assert any(f"[{entry.id}] is left out" in note and why in note for note in notes)


FIELD = {"name": "Field", "capacity": {"low": 100, "high": 120}, "hours": "08:00-18:00", "assumed": ["capacity"]}


def test_a_place_to_park_is_taken_by_its_least_with_its_hours_also_when_its_time_is_over(
    store: Store, streets: Gazetteer
) -> None:
    say(store, "parking_place", clock("07:00"), FIELD | {"ends": clock("12:00")}, places=HERE)
    silent = say(store, "parking_place", clock("07:00"), {"name": "Quay"}, places=HERE)
    (one,), notes = parking(store, streets, clock("11:00"))
    assert (one.capacity, one.assumed) == (100, ("capacity",))
    moments = [moment_of(clock(time)).astimezone(CALENDAR.zone) for time in ("07:59", "08:00", "11:59", "12:00")]
    assert [one.room_at(moment) for moment in moments] == [
        0,
        100,
        100,
        0,
    ]
    (late,), _ = parking(store, streets, clock("13:00"))
    assert (late.id, late.ends) == ("Field", moment_of(clock("12:00")))
    assert any(f"[{silent.id}] is left out: nobody said how many fit there" in note for note in notes)


def taken(store: Store, streets: Gazetteer, *offers: tuple[str, dict[str, Any]]) -> SaidOfOffers:
    say(store, "parking_place", clock("07:00"), FIELD, places=HERE)
    for time, body in offers:
        say(store, "offer", clock(time), {"what": "parking", "summary": "The field"} | body, places=HERE)
    index, when = PictureIndex(), Moments(moment_of(clock("17:00")), moment_of(clock("17:00")))
    index.add(store.entries(STREAM))
    entries = {entry.id: entry for every in entries_in_force(store, index, when).values() for entry in every}
    places, _ = parking(store, streets, clock("17:00"))
    return said_of_offers(entries.values(), places)


def test_figures_of_those_who_took_an_offer_up_are_its_curve(store: Store, streets: Gazetteer) -> None:
    exact, range_ = {"taken_up": {"low": 10, "high": 10}}, {"taken_up": {"low": 30, "high": 40}}
    said = taken(store, streets, ("09:00", exact), ("11:00", range_), ("10:00", {}))
    assert said.taken == (Taken(moment_of(clock("09:00")), 10, 10), Taken(moment_of(clock("11:00")), 30, 40))
    assert (said.places[0].parked, said.places[0].parked_high) == (0, 40)


def test_a_word_for_how_full_a_place_is_bounds_those_who_stand_there_and_the_total_from_below(
    store: Store, streets: Gazetteer
) -> None:
    said = taken(store, streets, ("09:00", {"occupancy": "half_full"}))
    assert said.taken == (Taken(moment_of(clock("09:00")), 35, None),)
    assert (said.places[0].parked, said.places[0].parked_high) == (35, 65)
    assert any('"half full" at Field is taken as 35% to 65% of its spaces' in note for note in said.notes)


def test_figures_that_contradict_each_other_leave_the_rate_unknown_and_say_so(store: Store, streets: Gazetteer) -> None:
    more, fewer = {"taken_up": {"low": 40}}, {"taken_up": {"high": 20}}
    said = taken(store, streets, ("09:00", more), ("11:00", fewer))
    assert said.taken == ()
    assert any("Until then the rate is unknown" in note for note in said.notes)


def test_each_place_and_operator_keeps_its_own_answer_and_stands_in_the_order_of_names(
    store: Store, streets: Gazetteer
) -> None:
    for name in ("Firm B", "Firm A"):
        firm(store, "08:00", {"operator": name, "light_willing": "yes"})
    for name in ("Yard", "Depot"):
        say(store, "storage_place", clock("08:00"), {"name": name}, places=HERE)
    means, _ = towing(store, streets, clock("10:00"))
    assert [one.id for one in means.operators] == ["Firm A", "Firm B"]
    assert [(one.id, one.capacity, one.assumed) for one in means.storage] == [("Depot", None, ()), ("Yard", None, ())]


def test_trucks_without_a_word_of_whether_they_are_sent_are_unknown_and_none_said_is_none(
    store: Store, streets: Gazetteer
) -> None:
    firm(store, "08:00", {"light_willing": "yes", "heavy_trucks": {"low": 2}, "reason": None, "escort": False})
    means, _ = towing(store, streets, clock("10:00"))
    (one,) = means.operators
    assert one.light == Fleet(trucks=0, willing="yes")
    assert one.heavy == Fleet(trucks=2, willing="unknown")
    assert (one.escort, one.assumed) == (False, ())


def test_a_reason_is_that_of_the_trucks_that_are_refused_alone(store: Store, streets: Gazetteer) -> None:
    refused = {"light_trucks": {"low": 4}, "light_willing": "no", "light_since": clock("07:30"), "heavy_willing": "yes"}
    firm(
        store,
        "08:00",
        refused | {"reason": "safety", "hours": "24/7", "rate": "200", "conditions": "by day", "indemnity": "all"},
    )
    (one,) = towing(store, streets, clock("10:00"))[0].operators
    assert one.light == Fleet(trucks=4, willing="no", since=moment_of(clock("07:30")), reason="safety")
    assert one.heavy == Fleet(trucks=0, willing="yes")
    assert (one.hours, one.rate, one.conditions, one.indemnity) == ("24/7", "200", "by day", "all")


def test_a_place_that_lies_somewhere_on_a_block_has_an_assumed_spot(store: Store, streets: Gazetteer) -> None:
    block = [{"type": "street", "street": "Main Street", "between": ["Cross 0", "Cross 1"]}]
    say(store, "storage_place", clock("08:00"), {"name": "Yard"}, places=block)
    say(store, "parking_place", clock("08:00"), FIELD, places=block)
    say(store, "storage_place", clock("08:00"), {"name": "Two"}, places=[*HERE, *block])
    means, notes = towing(store, streets, clock("10:00"))
    assert [(one.id, one.assumed) for one in means.storage] == [("Yard", ("lon", "lat"))]
    assert any("it needs one place" in note for note in notes)
    (one,), _ = parking(store, streets, clock("10:00"))
    assert one.assumed == ("capacity", "lon", "lat")


def test_room_for_none_is_none_where_only_the_most_is_said(store: Store, streets: Gazetteer) -> None:
    say(store, "storage_place", clock("08:00"), {"name": "Yard", "capacity": {"high": 0}}, places=HERE)
    say(store, "storage_place", clock("08:00"), {"name": "Depot", "capacity": {"low": 0}}, places=HERE)
    means, _ = towing(store, streets, clock("10:00"))
    assert [(one.capacity, one.assumed) for one in means.storage] == [(0, ()), (0, ("capacity",))]


def test_times_of_a_place_are_those_of_the_operations_clock(store: Store, streets: Gazetteer) -> None:
    times = {"starts": "2024-05-08T05:00Z", "ends": "2024-05-08T16:00Z"}
    say(store, "parking_place", clock("07:00"), FIELD | times, places=HERE)
    offer(store, "07:00", {"capacity": {"low": 5}} | times, label="Quay")
    places, _ = parking(store, streets, clock("10:00"))
    for one in places:
        assert one.starts
        assert one.ends
        assert [f"{at:%H:%M %z}" for at in (one.starts, one.ends)] == ["07:00 +0200", "18:00 +0200"]


def test_an_offer_of_parking_that_says_how_many_fit_is_a_place(store: Store, streets: Gazetteer) -> None:
    said = offer(store, "08:00", {"capacity": {"low": 30, "high": 40}, "by": "Council", "to": "all", "free": True})
    offer(store, "08:01", {"by": "A"}, label="Nobody says how many")
    offer(store, "08:02", {"by": "B", "what": "venue", "capacity": {"low": 5}}, label="A hall")
    offer(store, "08:03", {"by": "C", "capacity": {"low": 7}}, places=[])
    say(store, "storage_place", clock("08:04"), {"name": "Yard", "capacity": {"low": 9}}, places=HERE)
    (one,), notes = parking(store, streets, clock("10:00"))
    assert (one.id, one.name, one.capacity, one.by, one.to, one.free) == ("Quay", "Quay", 30, "Council", "all", True)
    assert (one.starts, one.ends, one.assumed) == (None, None, ())
    assert believed(notes, said) == ("08:00", "08:00")
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [("QUAY", ["QUAY"]), ("Quay  North", ["Quay  North"]), ("ua", ["ua"]), ("Dock", ["Dock", "Quay"])],
)
def test_an_offer_at_a_place_of_its_name_or_a_part_of_it_is_no_other_place(
    store: Store, streets: Gazetteer, name: str, kept: list[str]
) -> None:
    say(store, "parking_place", clock("07:00"), FIELD | {"name": name}, places=HERE)
    offer(store, "08:00", {"capacity": {"low": 30}})
    assert [one.id for one in parking(store, streets, clock("10:00"))[0]] == kept


def test_of_offers_at_one_place_the_newest_that_holds_counts(store: Store, streets: Gazetteer) -> None:
    offer(store, "09:00", {"by": "Club", "capacity": {"low": 20}}, label="quay")
    offer(store, "09:00", {"by": "School", "capacity": {"low": 10}}, known=clock("08:59"))
    offer(store, "08:00", {"by": "Council", "capacity": {"low": 30}})
    offer(store, "09:20", {"by": "Farm", "capacity": {"low": 40}, "ends": clock("09:50")})
    offer(store, "09:10", {"by": "Mill", "capacity": {"low": 50}, "ends": clock("09:50")}, label="Dock")
    offer(store, "09:05", {"by": "Inn", "capacity": {"low": 60}, "ends": clock("09:50")}, label="Dock")
    places, _ = parking(store, streets, clock("10:00"))
    assert [(one.id, one.capacity, one.by) for one in places] == [("Dock", 50, "Mill"), ("quay", 20, "Club")]


def test_an_offer_whose_place_nobody_can_find_is_left_out(store: Store, streets: Gazetteer) -> None:
    said = offer(store, "08:00", {"capacity": {"low": 30}}, places=[{"type": "named", "name": "nowhere"}])
    places, notes = parking(store, streets, clock("10:00"))
    assert places == ()
    assert any(f"[{said}] is left out: nobody can say where it lies" in note for note in notes)


def test_who_contradicts_whom_of_places_is_told_once_and_only_where_it_is_asked_for(store: Store, streets: Gazetteer) -> None:
    for kind, name in (("storage_place", "Yard"), ("parking_place", "Field")):
        for number, who in enumerate(("chief, Police", "mayor, Council")):
            body = {"name": name, "capacity": {"low": 10 + 90 * number, "high": 10 + 90 * number}}
            say(store, kind, clock(f"08:0{number}"), body, places=HERE, source=who)
    _, towed = towing(store, streets, clock("10:00"))
    _, parked = parking(store, streets, clock("10:00"))
    assert [("place Yard" in note, "place Field" in note) for note in towed if "believed of" not in note] == [(True, False)]
    assert [("place Yard" in note, "place Field" in note) for note in parked if "believed of" not in note] == [(False, True)]


def test_a_place_that_a_remark_disputes_is_told_so(store: Store, streets: Gazetteer) -> None:
    said = say(store, "storage_place", clock("08:00"), {"name": "Yard"}, places=HERE)
    say(store, "remark", clock("08:30"), {"text": "It is shut"}, disputes=[said.id], source="mayor, Council")
    _, notes = towing(store, streets, clock("10:00"))
    assert [note for note in notes if "believed of" not in note] == ["Disputed: Storage place Yard"]


def need(store: Store, name: str) -> tuple[str, str]:
    (one,) = [one for one in ladder_at(store, clock("12:30")).needed if one.need == name]
    return one.state, one.says


def test_the_ladder_reads_answers_and_places_before_words(store: Store) -> None:
    quiet_noon(store)
    assert need(store, "heavy_operators")[0] == "there"
    firm(store, "12:10", {"light_willing": "yes", "heavy_willing": "no", "reason": "sympathy", "escort": True})
    assert need(store, "trucks")[0] == "there"
    state, says = need(store, "heavy_operators")
    assert (state, says.startswith("No operator that was asked sends them: Tow operator Firm A")) == ("lacking", True)
    say(store, "storage_place", clock("12:11"), {"name": "Yard", "capacity": {"low": 0, "high": 0}}, places=HERE)
    assert need(store, "storage")[0] == "lacking"
    firm(store, "12:12", {"heavy_willing": "unknown"})
    assert (need(store, "trucks")[0], need(store, "heavy_operators")[0]) == ("unknown", "unknown")


def test_an_escort_is_lacking_for_those_who_want_one_and_not_needed_where_all_who_tow_want_none(store: Store) -> None:
    firm(store, "12:00", {"light_willing": "yes", "escort": True})
    state, says = need(store, "escort")
    assert (state, "Wanted by: Tow operator Firm A" in says) == ("unknown", True)
    firm(store, "12:05", {"light_willing": "yes", "escort": False})
    assert need(store, "escort")[0] == "there"
    firm(store, "12:06", {"light_willing": "yes", "operator": "Firm B"})
    assert need(store, "escort")[0] == "unknown"
