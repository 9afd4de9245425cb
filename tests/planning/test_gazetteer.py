"""Places of entries on a network drawn by hand, on Wellington's own streets, and on Helsinki's with its house numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.geometry import nearest_on_line
from clearway.network.importers.osm import import_osm
from clearway.planning.gazetteer import Gazetteer
from clearway.record.place import Area, Junction, NamedPlace, Point, Street
from clearway.record.place_text import place_of_text

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.whereabouts import Whereabouts

WEST, SOUTH, STEP = 174.770, -41.290, 0.004
SITE = (174.7771, -41.2784)
HELSINKI = Path(__file__).parents[1] / "data" / "osm" / "helsinki-centre.osm.pbf"


@pytest.fixture(scope="module")
def town() -> Network:
    """Hill Street and High Street cross; far to the east lies another Hill Street."""
    draft = NetworkDraft("Town", notices=("(c) whoever drew it",))
    at = {(x, y): draft.junction(WEST + x * STEP, SOUTH + y * STEP) for x in range(3) for y in range(3)}
    for x in range(2):
        draft.way(at[x, 1], at[x + 1, 1], name="Hill Street")
        draft.way(at[1, x], at[1, x + 1], name="High Street")
    draft.way(at[2, 1], at[2, 2], name="East Road")
    far = [draft.junction(WEST + 0.2 + x * STEP, SOUTH) for x in range(2)]
    draft.way(far[0], far[1], name="Hill Street")
    draft.way(at[2, 2], far[0], name="Long Road")
    draft.place("stadium", WEST, SOUTH, name="Tāmaki Stadium")
    draft.place("hub", WEST + 0.2, SOUTH, name="Farville - Farville School")
    return draft.finish()


@pytest.fixture(scope="module")
def helsinki() -> Gazetteer:
    return Gazetteer(import_osm(HELSINKI))


@pytest.fixture(scope="module")
def capital(wellington: Network) -> Gazetteer:
    return Gazetteer(wellington, SITE, known={"Wellington Cenotaph": (174.7772, -41.2789)})


def found(gazetteer: Gazetteer, text: str) -> Whereabouts:
    return gazetteer.of(place_of_text(text))


def test_a_street_alone_is_somewhere_on_it_and_has_no_spot(town: Network) -> None:
    where = found(Gazetteer(town), "High Street")
    assert (where.certainty, where.spot, len(where.ways)) == ("somewhere_on", None, 2)
    assert where.says == "Somewhere on High Street. Between which streets?"
    assert found(Gazetteer(town), "north side of High Street").spot is None


def test_no_street_of_the_city_alone_has_a_spot(capital: Gazetteer) -> None:
    names = {name for way in range(capital.network.way_count) if (name := capital.network.street(way))}
    for name in sorted(names)[::25]:
        where = capital.of(Street(street=name))
        assert (where.certainty, where.spot) == ("somewhere_on", None), name
        assert where.ways, name


def test_of_two_streets_of_one_name_the_nearer_is_taken_and_that_is_said(town: Network) -> None:
    here = found(Gazetteer(town, (WEST + STEP, SOUTH + STEP)), "Hill St")
    there = found(Gazetteer(town, (WEST + 0.2, SOUTH)), "hill street")
    assert (len(here.ways), len(there.ways)) == (2, 1)
    assert "There are 2 streets called Hill Street on this map; this is the nearest to the site." in here.says


def test_of_two_streets_of_one_name_without_a_site_nobody_knows_which(town: Network) -> None:
    where = found(Gazetteer(town), "Hill Street")
    assert where.certainty == "unknown"
    assert where.says.startswith("There are 2 streets called Hill Street on this map. In which suburb?")
    assert where.choices == ("Hill Street in Tāmaki Stadium", "Hill Street in Farville")
    ways = [found(Gazetteer(town), choice).ways for choice in where.choices]
    assert list(map(len, ways)) == [2, 1]


def test_a_junction_is_where_its_streets_meet(town: Network) -> None:
    where = found(Gazetteer(town), "corner of High Street and Hill St")
    assert where.certainty == "exact"
    assert where.spot == pytest.approx((WEST + STEP, SOUTH + STEP))


def test_streets_that_do_not_meet_are_no_corner_and_those_that_do_are_offered(town: Network) -> None:
    where = found(Gazetteer(town), "High Street at East Road")
    assert where.certainty == "unknown"
    assert where.says.startswith("High Street and East Road do not meet on this map. Did you mean High Street at Hill Street")
    assert found(Gazetteer(town), where.choices[0]).certainty == "exact"


def test_an_unknown_street_offers_the_nearest_names(town: Network, capital: Gazetteer) -> None:
    assert "High Street" in found(Gazetteer(town), "Hihg Street").choices
    assert found(capital, "Thorndn Quay at Mulgrave Street").choices[0] == "Thorndon Quay"
    assert found(capital, "Zzyzx Road").says.startswith("This map has no street called Zzyzx Road.")


def test_the_side_of_a_corner_is_in_the_arm_that_leads_there(town: Network) -> None:
    corner = found(Gazetteer(town), "High Street at Hill Street").spot
    north = found(Gazetteer(town), "High Street at Hill Street, north side").spot
    assert corner
    assert north
    assert north[1] > corner[1]
    assert north[0] == pytest.approx(corner[0])
    assert "does not go on to the west" in found(Gazetteer(town), "High Street at Hill Street, west side").says


def test_a_distance_from_a_corner_may_be_either_way_until_somebody_says_towards_where(town: Network) -> None:
    where = found(Gazetteer(town), "about 30 m up High Street from Hill Street")
    assert (where.certainty, where.spot) == ("somewhere_on", None)
    assert where.says == "30 m from Hill Street along High Street may be either way. Towards which street?"
    south = found(Gazetteer(town), "30 m south of Hill Street on High Street")
    assert south.certainty == "exact"
    assert south.spot == pytest.approx((WEST + STEP, SOUTH + STEP - 30 / 111_195), abs=1e-6)
    east = found(Gazetteer(town), "30 m along Hill Street from High Street towards East Road")
    assert east.spot == pytest.approx((WEST + STEP + 30 / 111_195 / 0.7515, SOUTH + STEP), abs=1e-6)


def test_a_distance_goes_on_past_junctions_and_not_beyond_the_end(town: Network) -> None:
    long = found(Gazetteer(town), "700 m north of Hill Street on High Street")
    assert long.says == "High Street does not go 700 m north from Hill Street on this map."
    assert found(Gazetteer(town, (WEST, SOUTH)), "400 m west of East Road on Hill Street").certainty == "exact"


def test_each_way_that_is_offered_for_a_distance_is_one_spot(capital: Gazetteer) -> None:
    for text in (
        "30 m up Cuba Street from Dixon Street",
        "25 m down Willis Street from Manners",
        "40 m along Ghuznee Street from Cuba",
    ):
        where = found(capital, text)
        assert where.certainty == "somewhere_on", text
        spots = [found(capital, choice).spot for choice in where.choices]
        assert len(spots) == 2, where.choices
        assert all(spots)
        assert spots[0] != spots[1]


def test_a_distance_from_a_landmark_is_measured_along_the_street(capital: Gazetteer) -> None:
    where = found(capital, "60 m south of the Cenotaph on Lambton Quay")
    assert where.certainty == "exact"
    assert where.spot
    assert where.spot[1] < -41.2789
    lonely = found(capital, "60 m from the Cenotaph on Cuba Street")
    assert lonely.certainty == "unknown"
    assert "from Cuba Street on this map" in lonely.says


def test_without_a_street_a_distance_needs_a_direction(capital: Gazetteer) -> None:
    assert found(capital, "100 m from the Cenotaph").says == "In which direction, 100 m from Cenotaph?"
    north = found(capital, "100 m north of the Cenotaph")
    assert north.spot == pytest.approx((174.7772, -41.2789 + 100 / 111_195), abs=1e-6)


def test_a_house_number_stands_where_the_map_shows_it(helsinki: Gazetteer) -> None:
    network = helsinki.network
    labels = [network.string(int(label)) for label in network.address_label]
    at = labels.index("18 Mikonkatu")
    where = found(helsinki, "Mikonkatu 18")
    assert where.certainty == "exact"
    assert where.spot == pytest.approx((network.address_lon[at], network.address_lat[at]), abs=1e-6)


def test_a_house_number_that_no_map_shows_is_somewhere_on_its_street(helsinki: Gazetteer, capital: Gazetteer) -> None:
    for gazetteer, text in ((helsinki, "Kaivokatu 500"), (capital, "77 Molesworth Street")):
        where = found(gazetteer, text)
        assert (where.certainty, where.spot) == ("somewhere_on", None)
        assert "this map does not show number" in where.says


def test_a_part_of_a_street_lies_between_its_cross_streets(capital: Gazetteer, helsinki: Gazetteer) -> None:
    for gazetteer, text, whole in (
        (capital, "Featherston Street between Bunny Street and Whitmore Street", "Featherston Street"),
        (capital, "Molesworth Street from Lambton Quay to Hill Street", "Molesworth Street"),
        (helsinki, "Mikonkatu between Aleksanterinkatu and Kaivokatu", "Mikonkatu"),
    ):
        part, street = found(gazetteer, text), gazetteer.of(Street(street=whole))
        assert part.certainty == "stretch"
        assert 0 < len(part.ways) < len(street.ways)
        assert set(part.ways) <= set(street.ways)
        assert part.spot
        assert min(nearest_on_line(gazetteer.network.geometry(way), *part.spot)[0] for way in part.ways) < 0.1


def test_a_part_between_streets_that_do_not_meet_it_is_nowhere(capital: Gazetteer) -> None:
    where = found(capital, "Hill Street between Molesworth Street and Cuba Street")
    assert where.certainty == "unknown"
    assert where.says.startswith("Cuba Street does not meet Hill Street on this map.")


def test_a_name_without_its_type_is_the_only_street_of_that_name(capital: Gazetteer) -> None:
    short, full = (found(capital, f"corner of {one}") for one in ("Cuba and Dixon", "Cuba Street and Dixon Street"))
    assert short.spot == full.spot is not None


def test_places_are_found_without_their_macrons_and_by_how_they_begin_or_end(town: Network) -> None:
    gazetteer = Gazetteer(town, known={"The Green": (174.9, -41.0), "War Memorial": (174.8, -41.1)})
    for name in ("Tamaki Stadium", "tāmaki stadium", "Tamaki", "the stadium"):
        assert gazetteer.of(NamedPlace(name=name)).spot == pytest.approx((WEST, SOUTH)), name
    assert gazetteer.of(NamedPlace(name="Tam")).certainty == "unknown"
    assert gazetteer.of(NamedPlace(name="the green")).spot == (174.9, -41.0)
    assert gazetteer.of(NamedPlace(name="Memorial")).spot == (174.8, -41.1)


def test_a_named_place_that_is_a_street_is_somewhere_on_it_and_the_other_way_round(town: Network) -> None:
    assert Gazetteer(town).of(NamedPlace(name="High Street")).certainty == "somewhere_on"
    gazetteer = Gazetteer(town, known={"Harbour Square": (174.9, -41.0), "High Street at the Quay": (174.8, -41.0)})
    assert gazetteer.of(Street(street="Harbour Square")).spot == (174.9, -41.0)
    assert gazetteer.of(Junction(streets=("High Street", "the Quay"))).spot == (174.8, -41.0)


def test_points_areas_and_named_positions_are_where_they_say(town: Network) -> None:
    gazetteer = Gazetteer(town)
    ring = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0))
    for place in (Point(at=(1.0, 1.0)), NamedPlace(name="x", at=(1.0, 1.0)), Area(ring=ring)):
        where = gazetteer.of(place)
        assert where.certainty == "exact"
        assert where.spot is not None
        assert np.allclose(where.spot, (1.0, 1.0))


def test_what_the_network_does_not_know_is_nowhere_and_a_sentence_says_so(town: Network) -> None:
    for text in (
        "Nowhere Street",
        "Nowhere",
        "12 Nowhere Street",
        "30 m north of Nowhere on High Street",
        "Nowhere at High Street",
    ):
        where = found(Gazetteer(town), text)
        assert (where.certainty, where.spot, where.ways) == ("unknown", None, ()), text
        assert "Nowhere" in where.says, text
