from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.errors import BadFile
from clearway.network.importers.importing import import_network


@pytest.mark.slow
def test_the_name_of_the_file_tells_the_kind_of_source(drawn_file: Callable[[str], Path], open_data: Path) -> None:
    osm = import_network(drawn_file("n 1 0 0\nn 2 90 0\nw 10 1,2 highway=residential"), driving_side="left", name="Mine")
    assert (osm.report["source"], osm.driving_side, osm.name) == ("OpenStreetMap", "left", "Mine")
    council = import_network(open_data / "wellington" / "roads.geojson", driving_side="right")
    assert (council.report["source"], council.driving_side, council.name) == ("council centrelines", "right", "roads")


def test_a_kind_of_file_that_we_do_not_read_is_refused_with_those_we_do() -> None:
    with pytest.raises(BadFile, match=r"city\.shp: the import does not read this kind of file.*\.osm\.pbf.*\.geojson"):
        import_network(Path("city.shp"))
