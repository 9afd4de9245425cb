"""Detours on the map, in words, and as routes of a plan."""

from __future__ import annotations

import numpy as np

from clearway.network.closures import Closure
from clearway.planning.access.planner.stations import Station
from clearway.planning.plan.detours.geojson_out import detours_geojson
from clearway.planning.plan.detours.loads import Traffic
from clearway.planning.plan.detours.routes import with_detours
from clearway.planning.street_names import StreetNames
from clearway.planning.traffic.impact.arc_traffic import ArcTraffic
from clearway.record.kinds.plans import PlannedRoute, TrafficPlan
from clearway.record.place import Street
from detour_towns import MOTOR, at, found, ladder, words


def test_the_map_holds_each_detour_and_each_warning() -> None:
    answer = found(ladder().finish(), Closure(1, MOTOR))
    features = detours_geojson(answer)["features"]
    kinds = [feature["properties"]["kind"] for feature in features]
    assert (kinds.count("cut"), kinds.count("detour"), kinds.count("warn")) == (2, 4, 2)
    assert {feature["properties"]["whom"] for feature in features} == {"general", "foot", "step_free", "cycle"}


def test_a_plan_holds_its_detours_and_those_of_an_earlier_time_go() -> None:
    answer = found(ladder().finish(), Closure(1, MOTOR))
    kept = PlannedRoute(id="Walk", purpose="walking", along=(Street(street="Main Street"),))
    plan = with_detours(TrafficPlan(plan="p", title="T", routes=(kept,)), answer.general)
    assert [one.id for one in plan.routes] == ["Walk", "Detour 1", "Detour 2"]
    first = plan.routes[1]
    assert (first.purpose, [one.street for one in first.along if isinstance(one, Street)]) == (
        "detour",
        ["Main Street", "Cross 1", "Back Street", "Cross 2", "Main Street"],
    )
    assert first.note == (
        "Round Main Street, Main Street at Cross 1 to Main Street at Cross 2: from Main Street; left into Cross 1, 100 m; "
        "right into Back Street, 200 m; right into Cross 2, 100 m; left into Main Street."
    )
    fewer = with_detours(plan, answer.general.model_copy(update={"movements": answer.general.movements[:1]}))
    assert [one.id for one in fewer.routes] == ["Walk", "Detour 1"]


def test_a_detour_holds_the_ways_that_it_takes_and_the_movement_those_that_are_cut() -> None:
    answer = found(ladder().finish(), Closure(1, MOTOR))
    east, west = answer.general.movements
    assert (east.way_indexes, west.way_indexes) == ((1,), (1,))
    assert (east.detours[0].way_indexes, west.detours[0].way_indexes) == ((7, 4, 8), (8, 4, 7))


def test_the_map_says_of_each_line_and_point_what_it_is_and_for_whom() -> None:
    school = Station("Hill School", "school", *at(205, -80))
    answer = found(ladder().finish(), Closure(1, MOTOR, label="Works"), places=(school,))
    first, way, warn = answer.general.movements[0], answer.general.movements[0].detours[0], answer.general.warn[0]
    ways, (place,) = answer.other_ways[0], answer.places
    assert ways.on_foot is not None
    expected = {
        "cut": ("LineString", first.line, {"whom": "general", "movement": 1, "along": "Main Street", "closures": ["Works"]}),
        "detour": ("LineString", way.line, {
            "whom": "general", "movement": 1, "coming_from": "Main Street", "legs": words(way),
            "minutes_added": way.minutes_added, "overloaded": None,
        }),
        "warn": ("Point", (warn.lon, warn.lat), {
            "whom": "general", "where": "Main Street at Cross 1", "street": "Main Street", "arms": ["Main Street", "Cross 1"],
            "metres": 0.0, "traps": False,
        }),
        "open_way": ("LineString", ways.on_foot.line, {"whom": "foot", "movement": 1, "metres": ways.on_foot.metres}),
        "place": ("Point", (place.lon, place.lat), {"name": "Hill School", "by_car": False, "tell": place.tell}),
    }  # fmt: skip
    document = detours_geojson(answer)
    assert (document["type"], {one["type"] for one in document["features"]}) == ("FeatureCollection", {"Feature"})
    for kind, (shape, coordinates, properties) in expected.items():
        drawn = next(one for one in document["features"] if one["properties"]["kind"] == kind)
        assert drawn["geometry"] == {"type": shape, "coordinates": coordinates}, kind
        assert drawn["properties"] == {"kind": kind} | properties
    full = way.model_copy(update={"overloaded": ("Back Street",), "line": None})
    none = answer.general.model_copy(update={"movements": (first.model_copy(update={"detours": (full, way)}),)})
    drawn_ways = detours_geojson(answer.model_copy(update={"general": none}))["features"]
    assert [one["properties"]["kind"] for one in drawn_ways].count("detour") == 1
    named = none.model_copy(
        update={"movements": (first.model_copy(update={"detours": (full.model_copy(update={"line": way.line}),)}),)}
    )
    (one,) = (
        feature["properties"]
        for feature in detours_geojson(answer.model_copy(update={"general": named}))["features"]
        if feature["properties"]["kind"] == "detour"
    )
    assert one["overloaded"] == ["Back Street"]


def test_the_summary_counts_what_is_cut_what_is_longer_and_where_to_warn() -> None:
    network = ladder().finish()
    assert found(network, Closure(1, MOTOR)).summary == (
        *("2 movements cut.", "The longest detour is 200 m longer than the way that is cut.", "Warn at 2 places."),
    )
    inside = found(network, Closure(1, MOTOR, at_m=150.0)).summary
    assert inside[-1] == "Warn at 2 places; at 2 of them a driver who goes on must turn round."
    free = ArcTraffic(*(np.zeros(network.arc_count) for _ in range(4)))
    quiet = found(network, Closure(1, MOTOR), traffic=Traffic(free, free, "Nobody drives."))
    assert "No detour is beyond its capacity in that hour." in quiet.summary
    assert quiet.warnings[0] == "Loads are those of drivers who each choose the quickest way; nobody is held to the signs."


def test_what_is_cut_off_is_counted_and_sent_to_the_proof_of_access() -> None:
    draft = ladder(5)
    corner = draft.junction(*at(300, -100))
    draft.way(1, corner, name="Yard Lane")
    draft.way(corner, 2, name="Yard Lane")
    network = draft.finish()
    barriers = [Closure(way, MOTOR) for way in (0, 2, 11, 12)]
    says = " of street that {} not shut cannot be driven to any more: emergency access ('clearway access') says who is reached"
    assert f"2 pieces{says.format('are')} there." in found(network, *barriers).warnings
    assert f"1 piece{says.format('is')} there." in found(network, *barriers, Closure(1, MOTOR)).warnings


def test_a_closure_within_300_m_is_near_a_school_and_one_beyond_is_not() -> None:
    network = ladder().finish()

    def near(north: float) -> int:
        return len(found(network, Closure(1, MOTOR), places=(Station("School", "school", *at(300, north)),)).places)

    assert (near(-299.9), near(-300.2)) == (1, 0)


def test_a_place_too_far_from_every_street_has_no_way_on_foot() -> None:
    network = ladder().finish()

    def metres(south: float) -> float | None:
        (place,) = found(network, Closure(1, MOTOR), places=(Station("School", "school", *at(300, -south)),)).places
        return place.metres

    assert metres(99.9) is not None
    assert metres(100.1) is None


def test_a_route_of_another_purpose_that_is_called_a_detour_stays_in_the_plan() -> None:
    answer = found(ladder().finish(), Closure(1, MOTOR))
    kept = tuple(
        PlannedRoute(id=name, purpose=purpose, along=(Street(street="Main Street"),))
        for name, purpose in (("Detour for walkers", "walking"), ("By hand", "detour"))
    )
    plan = with_detours(TrafficPlan(plan="p", title="T", routes=kept), answer.general)
    assert [one.id for one in plan.routes] == ["Detour for walkers", "By hand", "Detour 1", "Detour 2"]


def test_the_load_of_no_arcs_is_not_known() -> None:
    network = ladder().finish()
    idle = ArcTraffic(*(np.zeros(network.arc_count) for _ in range(4)))
    assert Traffic(idle, idle, "").load(StreetNames(network), []) is None


def test_a_movement_whose_main_traffic_has_no_detour_is_no_route_of_the_plan() -> None:
    answer = found(ladder().finish(), Closure(1, MOTOR))
    first, second = answer.general.movements
    straight, turning = first.detours
    for detours, ids in (
        ((straight.model_copy(update={"legs": ()}), turning), ["Detour 2"]),
        ((straight, turning.model_copy(update={"legs": ()})), ["Detour 1", "Detour 2"]),
        ((straight,), ["Detour 1", "Detour 2"]),
    ):
        some = answer.general.model_copy(update={"movements": (first.model_copy(update={"detours": detours}), second)})
        assert [one.id for one in with_detours(TrafficPlan(plan="p", title="T"), some).routes] == ids
