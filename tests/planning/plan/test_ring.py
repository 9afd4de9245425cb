"""A plan's barriers as the seal takes them."""

from __future__ import annotations

import pytest

from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.closures import barriers_placed
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.ring import given_barriers
from clearway.record.place import Along
from drawn_towns import Town, place
from plan_rings import DAYS, NOW


def test_a_label_does_not_move_a_point_to_a_street_that_is_farther() -> None:
    town = Town()
    town.street((0, 0), (200, 0), name="Slip")
    town.street((0, 12), (200, 12), name="High St")
    mark = {"id": "B1", "place": {"type": "point", "at": list(place(100, 0)), "label": "High Street"}}
    placed = barriers_placed(
        plan_of({"plan": "tmp", "title": "Ring", "barriers": [mark]}, DAYS, NOW), Gazetteer(town.network()), None
    )
    assert [way for cuts in placed.cuts for way, _ in cuts] == [0]


@pytest.mark.parametrize(("label", "stands"), [("High Street", True), ("Gate of the works", False), (None, False)])
def test_a_point_called_by_its_street_means_that_street_where_another_runs_beside_it(
    label: str | None, *, stands: bool
) -> None:
    town = Town()
    town.street((0, 0), (200, 0), name="High St")
    town.street((0, 1), (200, 1))
    mark = {"id": "B1", "place": {"type": "point", "at": list(place(100, 0)), "label": label}}
    plan = plan_of({"plan": "tmp", "title": "Ring", "barriers": [mark]}, DAYS, NOW)
    placed = barriers_placed(plan, Gazetteer(town.network()), None)
    assert [way for cuts in placed.cuts for way, _ in cuts] == ([0] if stands else [])


def test_a_place_along_a_street_is_given_on_that_street_whatever_runs_beside_it() -> None:
    town = Town()
    town.street((0, 0), (0, -100), name="Cross St")
    town.street((0, 0), (200, 0), name="High St")
    town.street((20, 1), (200, 1))
    gazetteer = Gazetteer(town.network())
    along = Along(street="High Street", start="Cross Street", metres=100, towards="east")
    for has_site in (True, False):
        given = given_barriers([("B1", along)], gazetteer, has_site=has_site)["B1"]
        assert isinstance(given, GivenBarrier)
        assert (given.label, given.street) == ("B1", "High Street")
        assert (given.lon, given.lat) == pytest.approx(place(100, 0), abs=1e-6)
