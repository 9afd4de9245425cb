"""The routes of the map: the networks there are, their tiles, their streets by index, place and name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from clearway import __version__
from clearway.server.desks.map.desk import MapDesk, place_read, summary_of
from clearway.server.desks.map.models import (
    BusStreets,
    NearestWay,
    NetworkSummary,
    PlacePicked,
    PlaceRead,
    SearchHit,
    WayDetails,
)
from clearway.server.frame import TheFrame, at_network, network_of
from clearway.server.networks import ServedNetwork
from clearway.server.refusals import ERRORS
from clearway.server.rights import May

MVT = "application/vnd.mapbox-vector-tile"
_FOR_GOOD = "private, max-age=31536000, immutable"
_SEE = Depends(May("see the map"))

router = APIRouter(prefix="/api", responses=ERRORS)

TheMap = Annotated[MapDesk, Depends(at_network(MapDesk))]


@router.get("/networks", operation_id="listNetworks", summary="The networks of this server", dependencies=[_SEE])
def list_networks(frame: TheFrame) -> list[NetworkSummary]:
    """Every network, in the order in which it was opened."""
    return [summary_of(served) for served in frame.networks.values()]


@router.get(
    "/networks/{network}/tiles/{zoom}/{column}/{row}.mvt",
    operation_id="getTile",
    summary="One vector tile",
    dependencies=[_SEE],
    response_class=Response,
    responses={
        200: {"content": {MVT: {"schema": {"type": "string", "format": "binary"}}}},
        304: {"description": "Not modified."},
    },
)
def get_tile(
    network: Annotated[ServedNetwork, Depends(network_of)],
    desk: TheMap,
    request: Request,
    zoom: int,
    column: int,
    row: int,
    v: Annotated[str | None, Query(description="digest")] = None,
) -> Response:
    """Layers: streets (id = way), labels, areas, addresses (id = address index, from zoom 14), places."""
    tag = f'W/"{network.digest}-{__version__}-{zoom}-{column}-{row}"'
    headers = {"etag": tag, "cache-control": _FOR_GOOD if v == network.digest else "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(desk.tiles.tile(zoom, column, row), media_type=MVT, headers=headers)


@router.get("/networks/{network}/ways/{way}", operation_id="getWay", summary="One street piece", dependencies=[_SEE])
def get_way(desk: TheMap, way: int) -> WayDetails:
    """Name, class, length, who may drive it each way, its line and the addresses on it."""
    return desk.streets.details(way)


@router.get(
    "/networks/{network}/nearest", operation_id="nearestWay", summary="The street nearest to a point", dependencies=[_SEE]
)
def nearest_way(
    desk: TheMap,
    lon: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)],
    lat: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)],
) -> NearestWay:
    """The nearest way that motor vehicles may drive, and where on it."""
    return desk.streets.nearest(lon, lat)


@router.get("/networks/{network}/buses", operation_id="getBuses", summary="The streets that buses drive", dependencies=[_SEE])
def get_buses(desk: TheMap) -> BusStreets:
    """Streets by the routes that drive them, from the bus lines that the server was started with.

    Without lines, `routes` are empty and the streets are those on which the network counts bus trips, if it counts any.
    """
    return desk.buses


@router.get(
    "/networks/{network}/search", operation_id="search", summary="Streets, places and addresses by name", dependencies=[_SEE]
)
def search(desk: TheMap, q: Annotated[str, Query(max_length=200)]) -> list[SearchHit]:
    """At most a dozen, best first, each once: "Courtenay Pl" finds Courtenay Place, with or without accents.

    Points ("-41.2784, 174.7771"), corners ("Hill St at Molesworth St") and house numbers are read as they are in entries.
    """
    return desk.search(q)


@router.get(
    "/networks/{network}/place", operation_id="readPlace", summary="A place in words, and where it lies", dependencies=[_SEE]
)
def read_place(
    served: Annotated[ServedNetwork, Depends(network_of)], text: Annotated[str, Query(min_length=1, max_length=2000)]
) -> PlaceRead:
    """Such as "Lambton Quay at Bowen Street", "58 Molesworth Street" or "30 m up Cuba Street from Dixon Street".

    A street without cross streets is `somewhere_on` it and has no spot; `says` asks for what is missing.
    """
    return place_read(served, text)


@router.get(
    "/networks/{network}/picked", operation_id="pickPlace", summary="What a point on the map is called", dependencies=[_SEE]
)
def pick_place(
    desk: TheMap,
    lon: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)],
    lat: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)],
) -> PlacePicked:
    """The corner, or the street and the streets that it lies between; the exact point stays as it was picked."""
    return desk.picked(lon, lat)
