"""A cordon as given, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from clearway.errors import BadGeometry, BadInput, UnknownName
from clearway.network.classes import class_mask
from clearway.planning.cordon.seal.contract import GivenBarrier, SealQuestion
from clearway.planning.cordon.seal.summary import verdict_lines
from clearway.planning.cordon.seal.verdict import sealed
from rounds import examples

if TYPE_CHECKING:
    from types import ModuleType


MANY = settings(max_examples=examples(50), suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
MOTOR = class_mask(["resident", "service", "bus", "general"])
FOOT = class_mask(["foot"])


def crossroads(kit: ModuleType, *, on_north: bool = False, **kind: Any) -> Any:  # noqa: ANN401 - a Town of the kit
    """A site at a crossroads with four arms of 200 m that lead out of town; the north one does not where it goes on."""
    town = kit.Town()
    for name, end in (("North", (0, 200)), ("East", (200, 0)), ("South", (0, -200)), ("West", (-200, 0))):
        town.corner(*end, edge=name != "North" or not on_north)
        town.street((0, 0), end, name=f"{name} Street", **kind)
    return town


def on(kit: ModuleType, x: float, y: float, **more: Any) -> GivenBarrier:  # noqa: ANN401 - any field
    lon, lat = kit.place(x, y)
    return GivenBarrier(lon=lon, lat=lat, **more)


def asked(kit: ModuleType, *barriers: GivenBarrier, **more: Any) -> SealQuestion:  # noqa: ANN401 - any field
    return SealQuestion(**({"site": kit.square(0, 0, 15), "barriers": barriers} | more))


FOUR = ((0, 100), (100, 0), (0, -100), (-100, 0))


def test_a_ring_with_a_barrier_on_each_arm_is_sealed_and_nothing_is_idle(kit: ModuleType) -> None:
    verdict = sealed(crossroads(kit).network(), asked(kit, *(on(kit, *at) for at in FOUR)))
    assert (verdict.sealed, verdict.certain, verdict.leaks, verdict.idle, verdict.cost) == (True, True, (), (), 0.0)
    assert verdict.summary == ("Sealed: no street leads from outside into the site for vehicles past 4 barriers.",)
    assert verdict.encloses.streets == ("East Street", "North Street", "South Street", "West Street")
    assert verdict.encloses.addresses == 20
    assert verdict.encloses.length_m == pytest.approx(400, abs=1)


def test_a_missing_barrier_is_a_leak_with_its_street_its_path_and_what_stops_it(kit: ModuleType) -> None:
    verdict = sealed(crossroads(kit).network(), asked(kit, *(on(kit, *at) for at in FOUR[1:])))
    (leak,) = verdict.leaks
    assert (verdict.sealed, leak.streets, leak.starts.street) == (False, ("North Street",), "North Street")
    assert (leak.starts.why, leak.starts.doubtful) == ("the data end here", False)
    assert leak.path[0] == pytest.approx(kit.place(0, 200), abs=1e-6)
    assert leak.path[-1] == pytest.approx(kit.place(0, 15), abs=1e-6)
    assert leak.length_m == pytest.approx(185, abs=0.5)
    assert leak.barrier is not None
    assert (leak.barrier.street, leak.barrier.cost, verdict.cost) == ("North Street", 5.0, 5.0)
    assert verdict.summary == (
        "Not sealed: 1 way in is left for vehicles past 3 barriers.",
        "1 more barrier for 5 points would seal it; nothing cheaper does.",
    )


def test_what_is_proposed_is_the_cheapest_that_completes_the_ring_however_many_paths_there_are(kit: ModuleType) -> None:
    town = crossroads(kit, on_north=True)
    for x in (-60, 0, 60):  # three ways to the far end of North Street's only way in
        town.corner(x, 400, edge=True)
        town.street((0, 200), (x, 400), name=f"Spoke {x}", street_class="service")
    verdict = sealed(town.network(), asked(kit, *(on(kit, *at) for at in FOUR[1:])))
    assert [(leak.barrier.street, leak.barrier.cost) for leak in verdict.leaks if leak.barrier] == [("North Street", 5.0)]


def test_of_two_barriers_in_a_row_the_inner_one_is_idle_and_so_is_a_stray_one(kit: ModuleType) -> None:
    town = crossroads(kit)
    town.street((0, 200), (150, 200), name="Elsewhere")
    inner, stray = on(kit, 0, 60), on(kit, 75, 200)
    verdict = sealed(town.network(), asked(kit, inner, *(on(kit, *at) for at in FOUR), stray))
    assert (verdict.sealed, verdict.idle) == (True, (1, 6))
    assert verdict.summary[1] == "Barriers 1 and 6 stop nothing: they can go."
    leaky = sealed(town.network(), asked(kit, inner, *(on(kit, *at) for at in FOUR[:3]), stray))
    assert (leaky.sealed, leaky.idle) == (False, (1, 5))
    assert "stop nothing once the missing ones stand" in leaky.summary[2]


def test_of_two_in_a_row_that_one_class_alone_comes_up_to_the_inner_one_is_idle_too(kit: ModuleType) -> None:
    town = kit.Town()
    both = town.draft.usual_permit("busway")
    for name, end, permit in (("Busway", (0, 200), both), ("East Street", (200, 0), None), ("West Street", (-200, 0), None)):
        town.corner(*end, edge=True)
        town.street((0, 0), end, name=name, **({"permit": (permit, permit)} if permit else {}))
    outer, inner = on(kit, 0, 150), on(kit, 0, 60)
    verdict = sealed(
        town.network(), asked(kit, outer, inner, on(kit, 100, 0), on(kit, -100, 0), shut=("bus", "general"), trust_signs=True)
    )
    assert (verdict.sealed, verdict.idle) == (True, (2,))


def test_a_barrier_inside_the_site_stops_nothing(kit: ModuleType) -> None:
    verdict = sealed(crossroads(kit).network(), asked(kit, on(kit, 0, 9), *(on(kit, *at) for at in FOUR)))
    assert (verdict.sealed, verdict.idle) == (True, (1,))
    alone = sealed(crossroads(kit).network(), asked(kit, on(kit, 0, 9), *(on(kit, *at) for at in FOUR[1:])))
    assert [leak.streets for leak in alone.leaks] == [("North Street",)]


def test_a_street_beyond_the_ring_that_ends_for_good_is_not_outside(kit: ModuleType) -> None:
    """A ring round a long cul-de-sac: its far end lies beyond 800 m from the site, and inside the ring."""
    town = crossroads(kit)
    town.street((0, 0), (1500, 1500), name="Long Lane")
    barriers = [on(kit, *at) for at in FOUR]
    verdict = sealed(town.network(), asked(kit, *barriers))
    assert verdict.sealed
    assert verdict.radius_m > 2000
    assert "Long Lane" in verdict.encloses.streets
    near = sealed(town.network(), asked(kit, *barriers, radius_m=800))
    assert [leak.streets for leak in near.leaks] == [("Long Lane",)]
    assert near.leaks[0].starts.why == "it lies farther than 800 m from the site"


def test_a_ring_takes_in_what_lies_behind_a_street_that_ends_for_good_however_far(kit: ModuleType) -> None:
    town = crossroads(kit)
    for at, name in enumerate(("Long Lane", "Longer Lane", "Farthest Lane"), 1):
        town.street((1000 * (at - 1), 1000 * (at - 1)), (1000 * at, 1000 * at), name=name)
    for start, end in ((200, 2000), (2000, 9000)):  # the town is the longer part
        town.street((start, 0), (end, 0), name="Highway")
    verdict = sealed(town.network(), asked(kit, *(on(kit, *at) for at in FOUR)))
    assert (verdict.sealed, verdict.encloses.street_count) == (True, 7)
    assert verdict.encloses.length_m == pytest.approx(400 + 3000 * 2**0.5, abs=1)
    assert verdict.radius_m == pytest.approx(3000 * 2**0.5 - 15 * 2**0.5 + 1, abs=5)
    assert {"Long Lane", "Longer Lane", "Farthest Lane"} <= set(verdict.encloses.streets)


@pytest.mark.parametrize("ends", [((0, 0), (1500, 0)), ((925, 0), (0, 0))])
def test_a_leak_by_the_only_street_that_leads_over_the_radius_starts_beyond_it(
    kit: ModuleType, ends: tuple[tuple[float, float], tuple[float, float]]
) -> None:
    town = kit.Town()
    town.street(*ends, name="Long Lane")
    (leak,) = sealed(town.network(), asked(kit, on(kit, 0, 0), radius_m=800)).leaks
    assert (leak.starts.street, leak.starts.why) == ("Long Lane", "it lies farther than 800 m from the site")
    assert leak.path[-1] == pytest.approx(kit.place(15, 0), abs=1e-6)
    assert leak.length_m > 800


def test_where_nothing_is_outside_nothing_is_called_sealed(kit: ModuleType) -> None:
    town = kit.Town()
    town.street((0, 0), (200, 0), name="East Street")
    verdict = sealed(town.network(), asked(kit, on(kit, 100, 0)))
    # nor is a barrier called needless: nobody knows what it stops
    assert (verdict.sealed, verdict.certain, verdict.idle) == (True, False, ())
    assert verdict.doubts[0].startswith("Nothing counts as outside: every street lies within 800 m of the site")
    assert "Sealed" not in verdict.summary[0]


def test_the_radius_holds_the_barriers(kit: ModuleType) -> None:
    town = kit.Town()
    for name, (x, y) in (("North", (0, 1)), ("East", (1, 0)), ("South", (0, -1)), ("West", (-1, 0))):
        town.corner(3000 * x, 3000 * y, edge=True)
        town.street((0, 0), (1000 * x, 1000 * y), name=f"{name} Street")
        town.street((1000 * x, 1000 * y), (3000 * x, 3000 * y), name=f"{name} Street")
    at = [(1200 * x, 1200 * y) for x, y in ((0, 1), (1, 0), (0, -1), (-1, 0))]
    assert sealed(town.network(), asked(kit, *(on(kit, *one) for one in at))).sealed
    assert len(sealed(town.network(), asked(kit, *(on(kit, *one) for one in at), radius_m=800)).leaks) == 4


def test_a_doubtful_end_counts_as_outside_and_is_said(kit: ModuleType) -> None:
    town = crossroads(kit)
    place = kit.place(0, 200)
    town.draft.report["doubtful_ends"] = [{"lon": place[0], "lat": place[1], "why": "a main road ends here"}]
    verdict = sealed(town.network(), asked(kit, *(on(kit, *at) for at in FOUR[1:])))
    assert (verdict.sealed, verdict.certain) == (False, False)
    assert (verdict.leaks[0].starts.doubtful, verdict.leaks[0].starts.why) == (True, "the data end here: a main road ends here")


def test_one_carriageway_left_open_leaks_and_the_two_are_one_barrier_where_a_point_lies_between(kit: ModuleType) -> None:
    town = kit.Town()
    both = town.draft.usual_permit("secondary")
    for y, name, permit in ((0, "The Quay", (both, FOOT)), (18, "The Quay-EAST", (FOOT, both))):
        town.corner(200, y, edge=True)
        town.street((0, y), (200, y), name=name, permit=permit, street_class="secondary", lanes=2)
    town.street((0, 0), (0, 18))
    site = kit.square(0, 9, 15)
    one = sealed(town.network(), asked(kit, on(kit, 100, 0), site=site))
    assert [leak.streets for leak in one.leaks] == [("The Quay",)]
    assert one.leaks[0].path[0] == pytest.approx(kit.place(200, 18), abs=1e-6)
    assert sealed(town.network(), asked(kit, on(kit, 100, 9), site=site)).sealed
    assert sealed(town.network(), asked(kit, on(kit, 100, 0), on(kit, 100, 18), site=site)).sealed


def test_a_gate_of_the_map_is_no_wall_and_a_bollard_is(kit: ModuleType) -> None:
    for kind, leaks in (("gate", 1), ("bollard", 0)):
        town = crossroads(kit)
        town.draft.stop(0, 120, blocks=MOTOR, kind=kind)
        assert len(sealed(town.network(), asked(kit, *(on(kit, *at) for at in FOUR[1:]))).leaks) == leaks


def test_a_gate_holds_back_whom_its_sign_does_where_signs_bind(kit: ModuleType) -> None:
    town = crossroads(kit)
    town.draft.stop(0, 120, blocks=MOTOR, kind="gate")
    network, barriers = town.network(), [on(kit, *at) for at in FOUR[1:]]
    assert not sealed(network, asked(kit, *barriers)).sealed
    assert sealed(network, asked(kit, *barriers, trust_signs=True)).sealed


def test_nobody_drives_through_the_site_to_what_lies_behind_it(kit: ModuleType) -> None:
    verdict = sealed(crossroads(kit).network(), asked(kit, on(kit, 190, 0)))
    assert len(verdict.leaks) == 3
    # the first 100 m of each street are a piece of the site; 90 m more of East Street are reached through the site alone
    assert verdict.encloses.length_m == pytest.approx(490, abs=1)


def test_a_part_of_the_town_beyond_the_radius_that_reaches_the_edge_is_outside_though_another_is_larger(
    kit: ModuleType,
) -> None:
    town = kit.Town()
    town.street((0, 0), (0, 900), name="North Street")
    town.street((0, 900), (0, 9000), name="North Street")
    town.street((0, 0), (900, 0), name="East Street")
    town.corner(2500, 0, edge=True)
    town.street((900, 0), (2500, 0), name="East Street")
    verdict = sealed(town.network(), asked(kit, on(kit, 0, 100)))
    assert ([leak.streets for leak in verdict.leaks], verdict.radius_m) == ([("East Street",)], 800.0)


def test_a_street_against_its_sign_leaks_unless_signs_bind(kit: ModuleType) -> None:
    town = kit.Town()
    town.corner(200, 0, edge=True)
    town.street((0, 0), (200, 0), permit=(town.draft.usual_permit("residential"), FOOT), name="Way Out")
    town.corner(-200, 0, edge=True)
    town.street((0, 0), (-200, 0), name="West Street")
    west = on(kit, -100, 0)
    assert [leak.streets for leak in sealed(town.network(), asked(kit, west)).leaks] == [("Way Out",)]
    assert sealed(town.network(), asked(kit, west, trust_signs=True)).sealed


def test_a_barrier_stops_the_classes_that_it_names(kit: ModuleType) -> None:
    barriers = [on(kit, *FOUR[0], shuts=("general", "resident")), *(on(kit, *at) for at in FOUR[1:])]
    network = crossroads(kit).network()
    (leak,) = sealed(network, asked(kit, *barriers)).leaks
    assert leak.classes == ("service", "bus")
    assert sealed(network, asked(kit, *barriers, shut=("general",))).sealed


def test_what_no_single_class_can_drive_is_no_leak(kit: ModuleType) -> None:
    """A bus trap lets buses pass, a barrier later on the street stops buses alone: nobody drives past both."""
    town = crossroads(kit)
    town.draft.stop(0, 150, blocks=class_mask(["resident", "service", "general"]), kind="bus_trap")
    bus = on(kit, 0, 100, shuts=("bus",))
    verdict = sealed(town.network(), asked(kit, bus, *(on(kit, *at) for at in FOUR[1:])))
    assert (verdict.sealed, verdict.idle) == (True, ())


def test_a_leak_by_a_street_that_must_not_be_closed_says_so(kit: ModuleType) -> None:
    network = crossroads(kit, street_class="motorway").network()
    barriers = [on(kit, *at) for at in FOUR[1:]]
    (leak,) = sealed(network, asked(kit, *barriers)).leaks
    assert "motorway" in leak.note
    assert leak.barrier is not None
    (allowed,) = sealed(network, asked(kit, *barriers, allow_motorway=True)).leaks
    assert (allowed.note, allowed.barrier is not None) == ("", True)


def test_a_leak_that_no_barrier_can_stop_is_told_all_the_same(kit: ModuleType) -> None:
    town = kit.Town()
    town.corner(14, 0, edge=True)
    town.street((0, 0), (14, 0), name="Short Street")
    town.corner(-200, 0, edge=True)
    town.street((0, 0), (-200, 0), name="West Street")
    (leak,) = sealed(town.network(), asked(kit, on(kit, -100, 0), site=kit.square(0, 0, 13))).leaks
    assert (leak.streets, leak.barrier) == (("Short Street",), None)
    assert leak.note.startswith("Short Street leads from the site over the edge of the data")


@pytest.mark.parametrize(("allow", "why"), [(False, "may not be closed"), (True, "over the edge of the data")])
def test_a_short_motorway_that_no_barrier_can_stop_says_to_allow_it_only_where_that_is_not_done(
    kit: ModuleType, why: str, *, allow: bool
) -> None:
    town = kit.Town()
    town.corner(14, 0, edge=True)
    town.street((0, 0), (14, 0), name="Short Street", street_class="motorway")
    town.corner(-200, 0, edge=True)
    town.street((0, 0), (-200, 0), name="West Street")
    question = asked(kit, on(kit, -100, 0), site=kit.square(0, 0, 13), allow_motorway=allow)
    (leak,) = sealed(town.network(), question).leaks
    assert (leak.barrier, why in leak.note, "--allow-motorway" in leak.note) == (None, True, not allow)


def test_what_is_named_as_outside_is_where_a_leak_begins(kit: ModuleType) -> None:
    outside = kit.square(80, 100, 10)
    town = kit.Town()
    town.street((0, 0), (0, 100), name="North Street")
    town.street((0, 100), (100, 100), name="Yard")
    network = town.network()
    stray = on(kit, 50, 100)
    assert sealed(network, asked(kit, stray)).sealed
    verdict = sealed(network, asked(kit, on(kit, 97, 100), outside=outside))
    assert verdict.leaks[0].starts.why == "it is named as outside"
    assert sealed(network, asked(kit, stray, outside=outside)).idle == ()


@pytest.mark.parametrize(
    ("barrier", "error", "sentence"),
    [
        (
            (70, 70),
            BadGeometry,
            "Barrier 1 at .* is not on a street: the nearest, .* Street, is 70 m away. Put it on the street",
        ),
        ((5000, 5000), BadGeometry, "lies far from every street"),
        (
            (1, 1),
            BadGeometry,
            "stands on the junction of North Street, East Street, South Street and West Street, so it may mean",
        ),
        ((12, 12), BadGeometry, "lies about as near to .* Street and .* Street. Put it on the one that it shuts"),
    ],
)
def test_a_point_that_means_no_one_street_gets_a_sentence(
    kit: ModuleType, barrier: tuple[float, float], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        sealed(crossroads(kit).network(), asked(kit, on(kit, *barrier)))


def test_a_point_between_two_pieces_of_a_street_that_is_no_dual_carriageway_gets_a_sentence(kit: ModuleType) -> None:
    town = crossroads(kit)
    for x in (100, 106):  # a street that doubles back
        town.street((x, 0), (x, 80), name="Hairpin")
    town.street((100, 80), (106, 80), name="Hairpin")
    with pytest.raises(BadGeometry, match="lies between two pieces of Hairpin"):
        sealed(town.network(), asked(kit, on(kit, 103, 40)))


def test_two_doubts_are_looked_at_each() -> None:
    said = verdict_lines(3, [], shut=["bus"], more=False, doubts=2)
    assert said == [
        "No street of the map leads in for bus vehicles past 3 barriers, but 2 places are in doubt. Look at each first."
    ]


def test_a_point_near_two_streets_is_told_apart_by_the_name_of_its_street(kit: ModuleType) -> None:
    network = crossroads(kit).network()
    verdict = sealed(network, asked(kit, on(kit, 14, 14, street="north st"), *(on(kit, *at) for at in FOUR[1:])))
    assert verdict.barriers[0].called.startswith("North Street")
    with pytest.raises(UnknownName, match=r"within 25 m: Hill Street\. Known: East Street, North Street"):
        sealed(network, asked(kit, on(kit, 14, 14, street="Hill Street")))


def test_a_junction_shut_on_all_arms_is_a_barrier(kit: ModuleType) -> None:
    town = crossroads(kit, on_north=True)
    for name, end in (("North", (0, 400)), ("Side", (200, 200)), ("Other Side", (-200, 200))):
        town.corner(*end, edge=True)
        town.street((0, 200), end, name=f"{name} Street")
    verdict = sealed(town.network(), asked(kit, on(kit, 0, 200, junction=True), *(on(kit, *at) for at in FOUR[1:])))
    assert (verdict.sealed, verdict.idle, len(verdict.barriers[0].way_indexes)) == (True, (), 4)


def test_there_must_be_barriers_and_not_too_many(kit: ModuleType) -> None:
    with pytest.raises(BadInput, match="There are no barriers"):
        sealed(crossroads(kit).network(), asked(kit))
    many = "\n".join(["North Street at East Street"] * 300)
    with pytest.raises(BadInput, match=r"There are 600 barriers\. Give 500 at most"):
        sealed(
            crossroads(kit).network(),
            asked(kit, *(GivenBarrier(words="North Street at East Street") for _ in range(300)), file=many),
        )


def test_a_barrier_of_another_network_is_named(kit: ModuleType) -> None:
    network = crossroads(kit).network()
    with pytest.raises(UnknownName, match="was it planned on another network"):
        sealed(network, asked(kit, GivenBarrier(way_indexes=(7,), at_m=(3.0,))))
    lon, lat = kit.place(0, 100)
    with pytest.raises(UnknownName, match="was it planned on another network"):
        sealed(network, asked(kit, GivenBarrier(way_indexes=(1,), at_m=(100.0,), lon=lon, lat=lat)))


# a modal filter


def star(kit: ModuleType) -> Any:  # noqa: ANN401 - a Town of the kit
    """The site lies north of a crossing of four arms; south, east and west lead out of town."""
    town = kit.Town()
    town.street((0, 0), (0, 200), name="North Street")
    for name, end in (("East", (200, 0)), ("South", (0, -200)), ("West", (-200, 0))):
        town.corner(*end, edge=True)
        town.street((0, 0), end, name=f"{name} Street")
    return town


def test_a_filter_lets_arms_of_one_side_pass_each_other_and_nobody_across(kit: ModuleType) -> None:
    network, site = star(kit).network(), kit.square(0, 190, 15)
    south_west = kit.diagonal((-15, 15), (15, -15))  # north and east from south and west
    verdict = sealed(network, asked(kit, south_west, site=site))
    assert [leak.streets for leak in verdict.leaks] == [("East Street", "North Street")]
    assert verdict.barriers[0].called == (
        "the filter across the junction of North Street, East Street, South Street and West Street"
    )
    assert verdict.barriers[0].way_indexes == ()
    east = sealed(network, asked(kit, south_west, on(kit, 100, 0), site=site))
    assert (east.sealed, east.idle) == (True, ())
    across = sealed(network, asked(kit, kit.diagonal((-15, 4), (15, 4)), site=site))
    assert (across.sealed, across.encloses.streets) == (True, ("North Street",))


def test_a_filter_in_words_is_the_same(kit: ModuleType) -> None:
    network, site = star(kit).network(), kit.square(0, 190, 15)
    words = "Filter at North Street and East Street, north and east from south and west"
    verdict = sealed(network, asked(kit, GivenBarrier(words=words), site=site))
    assert [leak.streets for leak in verdict.leaks] == [("East Street", "North Street")]
    with pytest.raises(
        BadInput, match=r"does not put each arm on one side\. The junction has arms to the north, east, south and"
    ):
        sealed(network, asked(kit, GivenBarrier(words=words.replace(" and west", "")), site=site))


def test_a_filter_that_stops_nothing_is_idle(kit: ModuleType) -> None:
    network, site = star(kit).network(), kit.square(0, 190, 15)
    verdict = sealed(network, asked(kit, kit.diagonal((-15, 15), (15, -15)), on(kit, 0, 100), site=site))
    assert (verdict.sealed, verdict.idle) == (True, (1,))


def test_a_line_shuts_the_streets_that_it_crosses_and_must_part_something(kit: ModuleType) -> None:
    network, site = star(kit).network(), kit.square(0, 190, 15)
    assert sealed(network, asked(kit, kit.diagonal((-40, 60), (40, 60)), site=site)).sealed
    with pytest.raises(BadGeometry, match="crosses no street"):
        sealed(network, asked(kit, kit.diagonal((40, 60), (80, 60)), site=site))
    with pytest.raises(BadInput, match="Barriers 1 and 2 both part one junction"):
        sealed(network, asked(kit, *(kit.diagonal((-15, 15), (15, -15)) for _ in range(2)), site=site))


def test_ways_in_are_numbered_from_one_and_the_question_behind_them_asks_for_no_frontier(kit: ModuleType) -> None:
    verdict = sealed(crossroads(kit).network(), asked(kit, *(on(kit, *at) for at in FOUR[2:])))
    assert [leak.number for leak in verdict.leaks] == [1, 2]
    question = asked(kit, radius_m=700).cordon()
    assert (question.frontier, question.radius_m, asked(kit).cordon(frontier=True).frontier) == (False, 700, True)


@pytest.mark.parametrize(("x", "y"), FOUR)
def test_a_site_at_any_edge_of_the_data_leaves_a_doubt(kit: ModuleType, x: int, y: int) -> None:
    """At the end of each arm, none of which is marked as an end of the data."""
    town = kit.Town()
    for end in ((0, 200), (200, 0), (0, -200), (-200, 0)):
        town.street((0, 0), end)
    network = town.network()
    for share, is_at_edge in ((2, True), (1, False)):
        verdict = sealed(network, asked(kit, on(kit, -x, -y), site=kit.square(share * x, share * y, 15)))
        assert any("touches the edge of the data" in one for one in (*verdict.warnings, *verdict.doubts)) is is_at_edge
