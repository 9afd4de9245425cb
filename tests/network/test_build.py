import numpy as np
import pytest

from clearway.errors import UnknownName
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask


def cross() -> NetworkDraft:
    draft = NetworkDraft("cross")
    middle = draft.junction(174.77, -41.28)
    north = draft.junction(174.77, -41.279)
    east = draft.junction(174.771, -41.28)
    draft.way(middle, north, name="North Street")
    draft.way(east, middle, name="East Street", permit=(class_mask(["general", "emergency"]), class_mask(["foot"])))
    return draft


def test_each_way_has_two_arcs_with_swapped_ends() -> None:
    network = cross().finish()
    assert network.arc_count == 2 * network.way_count == 4
    assert network.arc_tail.tolist() == [0, 1, 2, 0]
    assert network.arc_head.tolist() == [1, 0, 0, 2]


def test_lengths_are_metres_on_the_ground() -> None:
    network = cross().finish()
    # a thousandth of a degree of latitude is 111.195 m; of longitude at 41.28 S 111.195 * cos(41.28) = 83.562 m
    assert network.way_length_m == pytest.approx([111.195, 83.56], abs=0.01)


def test_a_street_class_that_the_table_lacks_is_named_with_those_that_it_has() -> None:
    draft = NetworkDraft("cross")
    with pytest.raises(UnknownName, match=r"^Unknown street class: boulevard\. Known: motorway"):
        draft.way(draft.junction(174.77, -41.28), draft.junction(174.77, -41.27), street_class="boulevard", speed_kmh=30)


def test_a_one_way_street_lets_nobody_but_walkers_against_it() -> None:
    network = cross().finish()
    assert network.arc_permit[2] == class_mask(["general", "emergency"])
    assert network.arc_permit[3] == class_mask(["foot"])


def test_frontage_points_stand_in_every_twenty_metres_where_there_is_no_address() -> None:
    network = cross().finish()
    assert network.address_source == "frontage"
    on_north = network.address_offset_m[network.address_way == 0]
    assert len(on_north) == 6
    assert np.diff(on_north) == pytest.approx([111.195 / 6] * 5, abs=0.01)


def test_one_address_is_enough_to_leave_frontage_points_out() -> None:
    draft = cross()
    draft.address(0, 40.0, side=1, label="4 North Street")
    network = draft.finish()
    assert (network.address_source, network.address_count) == ("addresses", 1)
    assert network.string(int(network.address_label[0])) == "4 North Street"


def test_a_stop_leaves_the_street_driveable_but_not_through() -> None:
    draft = cross()
    draft.stop(0, 50.0, blocks=class_mask(["general"]))
    network = draft.finish()
    general = class_mask(["general"])
    assert (network.arc_permit[:2] & general).all()
    assert not (network.arc_through[:2] & general).any()
    assert (network.arc_through[:2] & class_mask(["emergency"])).all()


def test_travel_times_are_whole_milliseconds_by_the_published_rule() -> None:
    network = cross().finish()
    length = network.way_length_m[0]
    assert network.travel_ms("general")[0] == round(length * 3600 / 50)
    assert network.travel_ms("emergency")[0] == round(length * 3600 / 60)
    assert network.travel_ms("foot")[0] == round(length * 3600 / 5)


def test_turn_restrictions_are_kept_as_sequences_of_arcs() -> None:
    draft = cross()
    draft.turn([2, 0], classes=class_mask(["general"]), source=7)
    draft.turn([1, 3, 2])
    network = draft.finish()
    assert network.turn_start.tolist() == [0, 2, 5]
    assert network.turn_arcs.tolist() == [2, 0, 1, 3, 2]
    assert network.turn_classes.tolist() == [16, 127]


def test_an_empty_draft_makes_an_empty_network() -> None:
    network = NetworkDraft("nothing").finish()
    assert (network.junction_count, network.way_count, network.address_count) == (0, 0, 0)
