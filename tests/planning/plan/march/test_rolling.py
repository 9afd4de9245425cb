"""Closures that roll with a march: by hand on a grid, and by walkers who are moved second by second on random towns."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.network.classes import class_mask
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.march.finding import Delay, Sighting, plan_march
from clearway.planning.plan.march.route import MarchStreets
from clearway.planning.plan.march.timing import Column
from clearway.record.kinds.plans import PlannedMarch
from clearway.record.place import Point
from clearway.record.place_text import place_of_text
from drawn_towns import Town, place
from plan_rings import DAYS
from rounds import rounds

if TYPE_CHECKING:
    import random

    from clearway.network.model import Network
    from clearway.planning.plan.march.contract import MarchAnswer
    from clearway.planning.plan.march.finding import Found
    from clearway.planning.plan.march.rolling import Rolling

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=timezone(timedelta(hours=13)))
HELP, CARS = class_mask(["emergency"]), class_mask(["general"])


@pytest.fixture(scope="module")
def streets(grid: Gazetteer) -> MarchStreets:
    return MarchStreets(grid)


def a_march(*names: str, **fields: Any) -> PlannedMarch:  # noqa: ANN401 - any field
    usual: dict[str, Any] = {
        "id": "M", "starts": NOON, "pace_kmh": 3.6, "column_m": 50, "before_minutes": 5, "after_minutes": 2,
        "along": [{"type": "street", "street": name} for name in names],
    }  # fmt: skip
    return PlannedMarch.model_validate(usual | fields)


def found(streets: MarchStreets, *names: str, changes: Any = (), **fields: Any) -> Found:  # noqa: ANN401
    return plan_march(a_march(*names, **fields), streets, DAYS.zone, changes)


def clock(moment: datetime) -> str:
    """To the nearest second: blocks of the grid are a centimetre short of 100 m."""
    return f"{moment.astimezone(NOON.tzinfo) + timedelta(seconds=0.5):%H:%M:%S}"


FROM_TO = {"begins": place_of_text("Row 1 at Col 1"), "finishes": place_of_text("Col 3 at Row 3")}


def test_a_march_of_four_blocks_at_a_metre_a_second_by_hand(streets: MarchStreets) -> None:
    answer = found(streets, "Row 1", "Col 3", **FROM_TO).answer
    assert (round(answer.route_m), answer.column_m, answer.kind) == (400, 50, "march")
    assert next(one.street for one in answer.stretches) == "Row 1 between Col 1 and Col 2"
    times = [(clock(one.closed_from), clock(one.head), clock(one.tail), clock(one.reopens)) for one in answer.stretches]
    # 100 m at 1 m/s are 100 s; the tail leaves a street 50 s after the head; shut 5 min before, open 2 min after
    assert times[0] == ("11:55:00", "12:00:00", "12:02:30", "12:04:30")
    assert times[1][0] in {"11:56:39", "11:56:40"}  # outward to whole seconds
    assert clock(answer.head_arrives) == "12:06:40"
    assert clock(answer.over) == "12:07:30"
    assert len(answer.crossings) == 4  # both ends are corners; where it turns left, both arms lie on its right
    second = next(one for one in answer.crossings if one.where in {"Row 1 at Col 2", "Col 2 at Row 1"})
    assert [(clock(one.starts), clock(one.ends)) for one in second.shut] == [("12:01:40", "12:02:30")]
    assert answer.no_crossing == ()


def test_it_starts_late_and_everything_moves_with_it(streets: MarchStreets) -> None:
    planned, late = (found(streets, "Row 1", "Col 3", **FROM_TO, changes=one).answer for one in ((), [Delay(600)]))
    assert late.late_seconds == 600
    for before, after in ((planned.stretches, late.stretches), (planned.sides, late.sides), (planned.minutes, late.minutes)):
        assert len(before) == len(after) > 0
    for one, other in zip(planned.stretches, late.stretches, strict=True):
        assert other.closed_from - one.closed_from == other.reopens - one.reopens == timedelta(minutes=10)
    assert late.summary[1] == "It is 10 min later than planned, and everything with it."


def test_a_delay_on_the_way_leaves_what_was_before_it_as_it_was(streets: MarchStreets) -> None:
    planned = found(streets, "Row 1", "Col 3", **FROM_TO).answer
    late = found(streets, "Row 1", "Col 3", **FROM_TO, changes=[Delay(300, NOON + timedelta(seconds=250))]).answer
    assert [other.head - one.head for one, other in zip(planned.stretches, late.stretches, strict=True)] == [
        timedelta(0), timedelta(0), timedelta(0), timedelta(seconds=300),
    ]  # fmt: skip
    assert late.stretches[2].tail - planned.stretches[2].tail == timedelta(seconds=300)  # people stand on it meanwhile


def test_head_or_tail_that_is_reported_somewhere_moves_the_rest(streets: MarchStreets) -> None:
    seen = NOON + timedelta(seconds=320)
    head = Sighting(place_of_text("Row 1 at Col 3"), seen)
    moved = found(streets, "Row 1", "Col 3", **FROM_TO, changes=[head]).answer
    assert moved.late_seconds == pytest.approx(120, abs=0.5)
    tail = Sighting(place_of_text("Row 1 at Col 3"), seen, tail=True)
    assert found(streets, "Row 1", "Col 3", **FROM_TO, changes=[tail]).answer.late_seconds == pytest.approx(70, abs=0.5)
    early = Sighting(place_of_text("Row 1 at Col 3"), NOON + timedelta(seconds=140))
    assert found(streets, "Row 1", "Col 3", **FROM_TO, changes=[early]).answer.late_seconds == pytest.approx(-60, abs=0.5)
    with pytest.raises(BadInput, match=r"Row 5 at Col 5 lies \d+ m from the route"):
        found(streets, "Row 1", "Col 3", **FROM_TO, changes=[Sighting(place_of_text("Row 5 at Col 5"), seen)])


def test_gaps_let_an_ambulance_through_only_where_they_are_long_enough(streets: MarchStreets) -> None:
    fields = FROM_TO | {"column_m": 200}
    whole = found(streets, "Row 1", "Col 3", **fields).answer
    gapped = found(streets, "Row 1", "Col 3", **fields, gaps=1, gap_m=30).answer
    assert gapped.column_m == 230
    spans = gapped.crossings[0].shut
    assert [(one.ends - one.starts).total_seconds() for one in spans] == pytest.approx([100, 100], abs=0.01)
    assert (spans[1].starts - spans[0].ends).total_seconds() == pytest.approx(30, abs=0.01)
    assert len(whole.crossings[0].shut) == 1
    short = found(streets, "Row 1", "Col 3", **fields, gaps=1, gap_m=15).answer
    assert len(short.crossings[0].shut) == 1
    assert any("no ambulance crosses through it" in line for line in short.warnings)


def test_a_column_over_every_crossing_leaves_none_and_says_from_when_to_when(streets: MarchStreets) -> None:
    spots = [streets.gazetteer.of(place_of_text(f"Row 1 at Col {number}")).spot or (0.0, 0.0) for number in (0, 1, 3, 4)]
    middles = [((one[0] + other[0]) / 2, one[1]) for one, other in (spots[:2], spots[2:])]
    begins, finishes = (Point(at=spot) for spot in middles)
    answer = found(streets, "Row 1", begins=begins, finishes=finishes, column_m=290).answer
    # corners at 50, 150 and 250 m: people are on the first from 50 to 340 s, on the last from 250 to 540 s
    assert answer.route_m == pytest.approx(300, abs=0.5)
    (span,) = answer.no_crossing
    assert (clock(span.starts), clock(span.ends)) == ("12:04:10", "12:05:40")
    assert answer.summary[2].startswith("No crossing is open to an ambulance from 12:04 to 12:05.")


def test_an_event_that_stands_shuts_its_streets_from_start_to_end(streets: MarchStreets) -> None:
    answer = found(streets, "Col 2", pace_kmh=0, ends=NOON + timedelta(hours=8), column_m=None).answer
    assert answer.kind == "event"
    assert {(clock(one.closed_from), clock(one.reopens)) for one in answer.stretches} == {("11:55:00", "20:02:00")}
    assert [(clock(one.starts), clock(one.ends)) for one in answer.no_crossing] == [("12:00:00", "20:00:00")]
    assert all(len(one.shut) == len(answer.stretches) for one in answer.minutes[:-1])
    assert (answer.minutes[-1].at, answer.minutes[-1].shut) == (answer.all_open, ())


def test_ambulances_keep_what_is_shut_but_empty_and_side_streets_are_held_both_ways(streets: MarchStreets) -> None:
    closures = found(streets, "Row 1", "Col 3", **FROM_TO).closures
    before, on_it = NOON - timedelta(minutes=2), NOON + timedelta(seconds=50)
    first = [one for one in closures if one.at_m is None and one.label == "M: Row 1 between Col 1 and Col 2"]
    assert [(one.holds("general", before), one.holds("emergency", before)) for one in first] == [(True, False), (False, False)]
    assert any(one.holds("emergency", on_it) for one in first)
    held = [one for one in closures if "Col 2 held at" in one.label and one.shuts & CARS]
    assert len(held) == 2
    assert {round(one.at_m or 0, 1) in (8.0, 92.0) for one in held} == {True}


def test_people_width_and_density_give_the_column_and_say_where_they_come_from(streets: MarchStreets) -> None:
    answer = found(streets, "Row 1", "Col 3", **FROM_TO, column_m=None, people=420, width_m=6, density=0.7).answer
    assert answer.column_m == 100
    flow = found(streets, "Row 1", "Col 3", **FROM_TO, column_m=None, people=420, width_m=7).answer
    assert flow.column_m == pytest.approx(
        420 / (7 * 60 / 60), abs=0.1
    )  # 60 a minute and metre at 60 m a minute: 1 a square metre
    sources = {one.name: one.source for one in flow.inputs}
    assert "Larsson" in sources["density"]
    assert (sources["width_m"], sources["before_minutes"]) == ("the plan", "the plan")
    slow = found(streets, "Row 1", "Col 3", **FROM_TO, column_m=None, people=420, width_m=7, pace_kmh=1).answer
    assert slow.column_m == 30  # never denser than 2 a square metre


@pytest.mark.parametrize(
    ("names", "fields", "says"),
    [
        (("Row 1", "Row 3"), {}, "Row 1 and Row 3 do not meet on this map. Name the street between them."),
        (("Rov 1",), {}, "This map has no street called Rov 1. Did you mean Row 1"),
        (("Row 1", "Col 3"), FROM_TO | {"column_m": 401}, "The column is 401 m long and its route 400 m"),
        (("Row 1", "Col 3"), FROM_TO | {"tail_kmh": 7.2}, "The tail overtakes the head after 100 m."),
        (("Row 1",), {"starts": None}, "March M says no start."),
        (("Row 1",), {"begins": place_of_text("Nowhere Hall")}, "Nobody can say where Nowhere Hall is."),
        (("Row 1",), {"stops": [{"place": place_of_text("Col 5 at Row 5"), "minutes": 3}]}, "from the route. Name a "),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(streets: MarchStreets, names: tuple[str, ...], fields: Any, says: str) -> None:  # noqa: ANN401
    with pytest.raises(BadInput) as refused:
        found(streets, *names, **fields)
    assert says in str(refused.value)


def test_a_march_that_meets_its_own_tail_is_refused_until_the_loop_is_long_enough(streets: MarchStreets) -> None:
    loop = ("Row 1", "Col 2", "Row 2", "Col 1")
    ends = {"begins": place_of_text("Row 1 at Col 1"), "finishes": place_of_text("Col 1 at Row 1")}
    assert found(streets, *loop, **ends, column_m=380).answer.route_m == pytest.approx(400, abs=0.2)
    way = [(1, 1), (1, 2), (2, 2), (2, 1), (1, 1), (0, 1), (0, 2)]
    line = [streets.gazetteer.of(place_of_text(f"Row {row} at Col {col}")).spot for row, col in way]
    assert found(streets, along=(), line=line, column_m=390).answer.route_m == pytest.approx(600, abs=0.5)
    with pytest.raises(BadInput, match=r"The head comes back to .*Row 1.* after 400 m, while the column of 450 m still passes"):
        found(streets, along=(), line=line, column_m=450)


def test_feet_take_steps_against_one_ways_and_floats_do_not() -> None:
    town = Town()
    for index, permit in enumerate(((127, 32), (32, 32), (127, 127))):
        town.street((index * 100.0, 0.0), (index * 100.0 + 100.0, 0.0), name="High Street", permit=permit)
    streets = MarchStreets(Gazetteer(town.network()))
    assert found(streets, "High Street").answer.route_m == pytest.approx(300, abs=0.5)
    with pytest.raises(BadInput, match="No way leads along High Street in this order"):
        found(
            streets,
            "High Street",
            floats=True,
            begins=place_of_text("-41.28, 174.77"),
            finishes=place_of_text("-41.28, 174.7735"),
        )


def walked(rolling: Rolling, march: PlannedMarch, chance: random.Random) -> None:
    """Move walkers along the route second by second, and look where they are and when."""
    column, route = rolling.column, rolling.route
    halts = list(column.halts)
    shares = [0.0, 1.0, *(chance.random() for _ in range(3))]
    starts = {share: share * column.length_m / column.pace for share in shares}
    at = dict.fromkeys(shares, 0.0)
    times = {share: ((1 - share) / column.pace + share / column.tail_pace) for share in shares}
    moving, clock_s, stood = 0.0, 0.0, 0.0
    while min(at.values()) < route.length_m and clock_s < 20_000:
        moment = column.starts + timedelta(seconds=clock_s)
        for share, metres in at.items():
            if moving < starts[share] or metres >= route.length_m:
                continue
            for one in rolling.stretches:
                if one.from_m + 0.5 < metres < one.to_m - 0.5:
                    assert one.people.starts <= moment <= one.people.ends, (share, metres, moment)
                    assert one.shut.starts <= moment <= one.shut.ends
        assert column.head_m(moment) == pytest.approx(
            min(at[0.0], route.length_m), abs=max(column.pace, column.tail_pace) * 1.01
        )
        assert column.tail_m(moment) == pytest.approx(
            min(at[1.0], route.length_m), abs=max(column.pace, column.tail_pace) * 1.01
        )
        clock_s += 1.0
        if halts and moving >= halts[0][0] - 1e-9 and stood < halts[0][1]:
            stood += 1.0
            if stood >= halts[0][1]:
                halts.pop(0)
                stood = 0.0
            continue
        moving += 1.0
        for share in shares:
            at[share] = max(0.0, moving - starts[share]) / times[share]
    assert march.before_minutes >= 0


@pytest.mark.slow
def test_walkers_who_are_moved_second_by_second_are_only_on_streets_that_are_shut_to_traffic(streets: MarchStreets) -> None:
    for chance in rounds(12):
        names = chance.choice([("Row 1", "Col 3"), ("Col 2", "Row 4"), ("Row 2", "Col 1", "Row 3")])
        pace = chance.choice([2.0, 3.6, 5.0])
        march = a_march(
            *names, pace_kmh=pace, column_m=chance.randint(0, 250), tail_kmh=pace * chance.choice([1.0, 0.8]),
            before_minutes=chance.randint(0, 3), after_minutes=0, begins=None, finishes=None,
        )  # fmt: skip
        changes = (
            [Delay(60.0 * chance.randint(1, 4), NOON + timedelta(seconds=chance.randint(60, 300)))]
            if chance.random() < 0.6
            else []
        )
        walked(plan_march(march, streets, DAYS.zone, changes).rolling, march, chance)


def test_where_the_column_is_at_a_moment_is_where_it_passes_then() -> None:
    column = Column(NOON, 1000.0, 1.0, 0.5, 100.0, ((200.0, 60.0), (400.0, 30.0)))
    for metres in (0.0, 150.0, 250.0, 777.0):
        assert column.head_m(column.comes(column.head_time(metres))) == pytest.approx(metres)
        assert column.tail_m(column.goes(column.tail_time(metres))) == pytest.approx(metres)
    assert column.head_m(NOON + timedelta(seconds=230)) == 200.0  # it stands
    assert column.over == NOON + timedelta(seconds=100 + 2000 + 90)


def minutes_agree(answer: MarchAnswer) -> bool:
    shut = {one.number: (one.closed_from, one.reopens) for one in answer.stretches}
    return all(
        set(row.shut) == {number for number, (first, last) in shut.items() if first <= row.at < last} for row in answer.minutes
    )


def test_the_film_says_for_each_minute_what_is_shut_and_which_crossings_are_open(streets: MarchStreets) -> None:
    answer = found(streets, "Row 1", "Col 3", **FROM_TO).answer
    assert minutes_agree(answer)
    steps = {(later.at - one.at).total_seconds() for one, later in zip(answer.minutes, answer.minutes[1:], strict=False)}
    assert steps == {60.0}
    for row in answer.minutes:
        open_then = {one.id for one in answer.crossings if not any(span.starts <= row.at < span.ends for span in one.shut)}
        assert set(row.crossings) == open_then


@pytest.mark.parametrize("name", ["West St-East St RAB", None])
def test_streets_joined_only_by_a_roundabout_are_taken_round_it_as_traffic_goes(name: str | None) -> None:
    """A clockwise square of 20 m: 40 m by its north side from west to east, and 40 m by its south side back."""
    streets = MarchStreets(Gazetteer(round_town(name)))
    for along, side in ((("West Street", "East Street"), 20.0), (("East Street", "West Street"), -20.0)):
        answer = found(streets, *along).answer
        assert answer.route_m == pytest.approx(100 + 56.57 + 100, abs=0.1)
        (lat,) = {round(lat, 6) for one in answer.stretches for _, lat in one.line if abs(lat - place(0.0, side)[1]) < 1e-5}
        assert lat == round(place(0.0, side)[1], 6)


def test_streets_joined_by_another_street_or_against_the_traffic_do_not_meet() -> None:
    for town in (round_town("Ring Street"), round_town("West St-East St RAB", broken=True)):
        with pytest.raises(BadInput, match=r"West Street and East Street do not meet .* Name the street between them"):
            found(MarchStreets(Gazetteer(town)), "West Street", "East Street")


def test_a_roundabout_that_is_named_as_the_page_names_it_is_taken_like_any_street() -> None:
    streets = MarchStreets(Gazetteer(round_town("West St-East St RAB")))
    answer = found(streets, "West Street", "West Street / East Street roundabout", "East Street").answer
    assert answer.route_m == pytest.approx(100 + 56.57 + 100, abs=0.1)


def test_nameless_streets_of_two_ways_are_no_roundabout() -> None:
    with pytest.raises(BadInput, match="do not meet on this map"):
        found(MarchStreets(Gazetteer(round_town(None, two_way=True))), "West Street", "East Street")


@pytest.mark.parametrize(("radius_m", "meets"), [(88.3, True), (88.5, False)])  # half the round is 249.8 and 250.3 m
def test_a_roundabout_is_followed_for_250_m_and_not_a_metre_more(radius_m: float, meets: bool) -> None:  # noqa: FBT001
    streets = MarchStreets(Gazetteer(round_town(None, radius_m=radius_m)))
    if meets:
        assert found(streets, "West Street", "East Street").answer.route_m == pytest.approx(200 + 249.8, abs=0.2)
    else:
        with pytest.raises(BadInput, match="do not meet on this map"):
            found(streets, "West Street", "East Street")


def test_of_a_street_in_two_pieces_a_march_takes_the_one_from_which_it_can_go_on() -> None:
    """A longer piece of either street lies a kilometre off, each with a roundabout of its own that leads nowhere."""
    town = Town()
    _round(town, None)
    for side in (-1000.0, 1000.0):
        _round(town, None, at=(side, 500.0), arms=("West Street", None) if side < 0 else (None, "East Street"), length_m=400.0)
    streets = MarchStreets(Gazetteer(town.network()))
    for along in (("West Street", "East Street"), ("East Street", "West Street")):
        assert found(streets, *along).answer.route_m == pytest.approx(100 + 56.57 + 100, abs=0.1)


def round_town(name: str | None, *, broken: bool = False, two_way: bool = False, radius_m: float = 20.0) -> Network:
    """West Street and East Street, 100 m each, with a one-way circle between; broken: its north side runs the other way."""
    town = Town()
    _round(town, name, broken=broken, two_way=two_way, radius_m=radius_m)
    return town.network()


def _round(
    town: Town,
    name: str | None,
    *,
    broken: bool = False,
    two_way: bool = False,
    radius_m: float = 20.0,
    at: tuple[float, float] = (0.0, 0.0),
    arms: tuple[str | None, str | None] = ("West Street", "East Street"),
    length_m: float = 100.0,
) -> None:
    """A circle, with an arm of each name to its west and east."""
    both = town.draft.usual_permit("residential")
    x, y = at
    west, north, east, south = (x - radius_m, y), (x, y + radius_m), (x + radius_m, y), (x, y - radius_m)
    for arm, start, end in zip(arms, (west, east), ((west[0] - length_m, y), (east[0] + length_m, y)), strict=True):
        if arm:
            town.street(start, end, name=arm)
    for one, other in ((west, north), (north, east), (east, south), (south, west)):
        start, end = (other, one) if broken and north in {one, other} else (one, other)
        town.street(start, end, name=name, permit=(both, both if two_way else 0))
