"""A grid of streets with a site, a ring of eight barriers round it, and a record to report them in."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.importers.osm import import_osm
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.site import site_of_file
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from plan_rings import DAYS, NOW, RING, in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.store import Store
    from plan_rings import Plans, Reports


@pytest.fixture(scope="session")
def grid(open_data: Path) -> Gazetteer:
    """Four streets each way, a hundred metres apart."""
    return Gazetteer(import_osm(open_data / "cases" / "network" / "k00-base.osm"))


@pytest.fixture(scope="session")
def plans(open_data: Path, grid: Gazetteer) -> Plans:
    """Makes a plan of some fields: by default the ring B1 to B8, which only machines move, round the site."""
    areas, lines = site_of_file(open_data / "cases" / "network" / "k00-base.site.geojson", grid.network)

    def plan(**fields: Any) -> TrafficPlan:  # noqa: ANN401 - any JSON
        barriers = [{"id": f"B{number}", "place": where} for number, where in enumerate(RING, 1)]
        made = plan_of({"plan": "tmp", "title": "Ring", "barriers": barriers} | fields, DAYS, NOW)
        return made.model_copy(update={"site": areas, "occupied": lines})

    return plan


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Store]:
    """A record."""
    with closing(open_record(str(tmp_path / "room.record"))) as store:
        yield store


@pytest.fixture
def reports(room: Store) -> Reports:
    """Writes reports to the record and gives those in force at a moment: kind, body, place in words, when it happened."""

    def written(*said: tuple[str, dict[str, Any], str, str], at: str, by: str = "officer, Police") -> list[Entry]:
        for kind, body, where, happened in said:
            told = {"kind": kind, "body": body, "place": where, "happened": happened, "known": happened, "source": by}
            room.append("op", [draft_of(told, DAYS, now=NOW, entered="imported")])
        return in_force(room, DAYS.moment(at))

    return written
