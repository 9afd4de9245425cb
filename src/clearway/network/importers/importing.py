"""Import any source that we read: the suffix of the file tells which."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clearway.errors import BadFile
from clearway.network.importers.council import import_council
from clearway.network.importers.osm import import_osm
from clearway.network.importers.osm_file import SUFFIXES, is_overpass_json, refuse_explained
from clearway.network.open_ends import confirmed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from clearway.network.classes import StreetClass, VehicleClass
    from clearway.network.model import Network

COUNCIL_SUFFIXES = (".geojson", ".json")


def check_kind(path: Path | str) -> None:
    """Refuse a file whose name ends like none that the import reads.

    Raises:
        BadFile: it does.
    """
    refuse_explained(path)
    if not str(path).lower().endswith((*SUFFIXES, *COUNCIL_SUFFIXES)):
        kinds = ", ".join((*SUFFIXES, *COUNCIL_SUFFIXES))
        raise BadFile(path, "the import does not read this kind of file", f"Give one that ends in {kinds}.")


def import_network(
    path: Path,
    *,
    name: str | None = None,
    vehicle_classes: tuple[VehicleClass, ...] | None = None,
    street_classes: tuple[StreetClass, ...] | None = None,
    driving_side: str | None = None,
    moment: datetime | None = None,
    dead_ends: Sequence[tuple[float, float]] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Network:
    """Read an OpenStreetMap extract or council centrelines into a network.

    Args:
        path: ``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``, ``.o5m``, ``.opl``, Overpass JSON, ``.geojson`` or ``.json``.
        name: The network's name, by default the file's own.
        vehicle_classes: The table of vehicle classes, by default ours.
        street_classes: The table of street classes, by default ours.
        driving_side: ``left`` or ``right``, by default the importer's own choice.
        dead_ends: Longitude and latitude of open ends that are known to be true dead ends.
        moment: A time of day there for which to read OpenStreetMap tags that hold at some hours only.
        tell: Called now and then with a few words on how far the import is.

    Raises:
        BadFile: the file cannot be used, or is of no kind that we read.
        BadInput: no open end lies where a dead end is.
    """
    lower = path.name.lower()
    check_kind(path)
    council = lower.endswith(COUNCIL_SUFFIXES) and not is_overpass_json(path)
    importer = import_council if council else partial(import_osm, moment=moment)
    made = importer(
        path,
        name=name,
        vehicle_classes=vehicle_classes,
        street_classes=street_classes,
        driving_side=driving_side,
        tell=tell,
    )
    return confirmed(made, dead_ends) if dead_ends else made
