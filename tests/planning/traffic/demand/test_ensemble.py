from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic
from clearway.planning.traffic.demand.ensemble import Ranges, SyntheticSource, demand_ensemble
from clearway.planning.traffic.demand.synthetic import SyntheticDemand, synthetic_demand

if TYPE_CHECKING:
    from clearway.network.model import Network

NONE = Ranges(total=(1.0, 1.0), external=(1.0, 1.0), mean_minutes=(1.0, 1.0), peak=(1.0, 1.0), zone_noise=0.0)


@pytest.fixture(scope="module")
def demand(town: Network) -> SyntheticDemand:
    return synthetic_demand(town, zone_count=8)


def test_the_same_seed_gives_the_same_draws_and_another_others(demand: SyntheticDemand) -> None:
    first, again, other = (demand_ensemble(demand, draws=4, seed=seed) for seed in (1, 1, 2))
    assert first.draws == again.draws
    assert all((one.trips == two.trips).all() for one, two in zip(first.tables, again.tables, strict=True))
    assert first.draws != other.draws


def test_the_draws_fill_every_stratum_of_every_range_once(demand: SyntheticDemand) -> None:
    drawn = demand_ensemble(demand, draws=10).draws
    ranges = Ranges()
    for name in ("total", "external", "mean_minutes", "peak"):
        least, most = getattr(ranges, name)
        strata = [int((getattr(draw, name) - least) / (most - least) * 10) for draw in drawn]
        assert sorted(strata) == list(range(10))


def test_an_ensemble_without_ranges_is_the_demand_itself(demand: SyntheticDemand) -> None:
    (table,) = demand_ensemble(demand, draws=1, ranges=NONE).tables
    assert table.trips == pytest.approx(demand.trips.trips, rel=1e-4)


def test_more_trips_a_person_make_more_trips(demand: SyntheticDemand) -> None:
    more = replace(NONE, total=(1.2, 1.2), external=(1.2, 1.2))
    (table,) = demand_ensemble(demand, draws=1, ranges=more).tables
    assert table.total == pytest.approx(1.2 * demand.trips.total)


def test_every_draw_keeps_the_statement(demand: SyntheticDemand) -> None:
    for number, table in enumerate(demand_ensemble(demand, draws=2).tables, start=1):
        assert table.statement.startswith(f"Draw {number} of an ensemble around this demand: Synthetic demand")


def test_a_fit_to_counts_corrects_the_draws_as_it_did_the_demand(demand: SyntheticDemand) -> None:
    fitted = replace(demand.trips, trips=demand.trips.trips * 1.5, statement="fitted")
    plain, corrected = (demand_ensemble(demand, draws=2, fitted=table) for table in (None, fitted))
    assert corrected.tables[0].trips == pytest.approx(1.5 * plain.tables[0].trips)
    with pytest.raises(BadTraffic, match="other zones or classes"):
        demand_ensemble(demand, draws=1, fitted=replace(fitted, trips=np.ones((1, 2, 2))))


@pytest.mark.parametrize("ranges", [Ranges(total=(1.2, 0.8)), Ranges(external=(0.0, 1.0)), Ranges(zone_noise=-0.1)])
def test_ranges_that_are_none_are_refused(demand: SyntheticDemand, ranges: Ranges) -> None:
    with pytest.raises(BadTraffic, match="A range runs from"):
        demand_ensemble(demand, draws=2, ranges=ranges)


def test_an_ensemble_of_no_demands_is_refused(demand: SyntheticDemand) -> None:
    with pytest.raises(BadTraffic, match="needs at least 1 draw"):
        demand_ensemble(demand, draws=0)


def test_a_source_gives_the_demand_of_any_hour_and_the_same_draws_each_time(demand: SyntheticDemand) -> None:
    source = SyntheticSource(demand.town)
    assert source.streets is demand.streets
    assert (source.trips(8).trips == demand.trips.trips).all()
    assert source.trips(3).total < source.trips(17).total
    assert not source.draws(8, 0)
    first, again = source.draws(8, 3), source.draws(8, 3)
    assert all((one.trips == two.trips).all() for one, two in zip(first, again, strict=True))
    assert len({table.total for table in first}) == 3


def test_a_source_with_a_fitted_hour_gives_that(demand: SyntheticDemand) -> None:
    fitted = replace(demand.trips, trips=demand.trips.trips * 2.0, statement="fitted")
    source, plain = SyntheticSource(demand.town, fitted={8: fitted}), SyntheticSource(demand.town)
    assert source.trips(8) is fitted
    assert source.draws(8, 1)[0].trips == pytest.approx(2.0 * plain.draws(8, 1)[0].trips)
    assert source.draws(9, 1)[0].trips == pytest.approx(plain.draws(9, 1)[0].trips)
    assert source.draws(8, 1)[0].statement.endswith("fitted")
