"""The map of who gains and loses, as GeoJSON: every way whose flow changes, and those that are shut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.planning.street_names import StreetNames

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.traffic.impact.contract import Impact

_DEGREE_DECIMALS = 7
"""A centimetre."""


def impact_geojson(network: Network, impact: Impact) -> dict[str, Any]:
    """A FeatureCollection: one line for each way of the impact, with its figures; the words are in its own members."""
    names, columns = StreetNames(network), impact.ways.as_json()
    return {
        "type": "FeatureCollection",
        "name": impact.name,
        "sentence": impact.sentence,
        "statement": impact.statement,
        "how_sure": impact.how_sure.sentence,
        "attribution": list(network.notices),
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": network.geometry(way).round(_DEGREE_DECIMALS).tolist()},
                "properties": {
                    "street": names.street(way),
                    "source": int(network.way_source[way]),
                    **{key: column[row] for key, column in columns.items()},
                },
            }
            for row, way in enumerate(impact.ways.way)
        ],
    }
