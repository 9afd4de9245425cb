"""What is shut, and to whom, as options: closures drawn by hand, a cordon, its occupied stretches."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.typed import option, option_class
from clearway.cli.options.values import Moment, Names
from clearway.errors import BadFile, BadInput
from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.network.closures import MOST_WAIT_S
from clearway.planning.closure_files import (
    SiteStreets,
    closures_from,
    cordon_closures,
    cordon_streets,
    read_closures,
    unknown_properties,
)
from clearway.planning.geojson import read_json
from clearway.planning.occupied import full

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.network.model import Network

_REMEDY = "Give GeoJSON of what is shut, or the JSON that 'clearway cordon NETWORK --site SITE.geojson --json' prints."


@option_class
class Shut:
    """What is shut."""

    closures: Path | None = option("--closures", help="GeoJSON of what is shut, and to whom.")
    cordon: Path | None = option("--cordon", help="The JSON of 'clearway cordon': its barriers are what is shut.")
    occupied_shuts: tuple[str, ...] | None = option(
        "--occupied-shuts", type=Names(), multiple=False, default=None, metavar="CLASSES",
        help="Classes that cannot drive along a cordon's occupied streets; 'none': a lane is free for all.  "
        "[default: as the cordon says]",
    )  # fmt: skip
    gate_s: float = option(
        "--gate-seconds", type=click.FloatRange(0, MOST_WAIT_S), default=0.0, show_default=True,
        help="Seconds that a crew needs to open one of a cordon's barriers for those who may pass.",
    )  # fmt: skip
    as_blocks: bool = option("--as-blocks", help="Take a cordon's barriers as blocks that nobody passes, gates too.")
    moment: datetime | None = option(
        "--at", type=Moment(), help="Only closures in force at this time, as 2022-02-10T08:00:00+13:00."
    )

    def all(self, network: Network) -> list[Closure]:
        """What both files shut.

        Raises:
            BadInput: how a cordon is taken is said of none.
            BadFile, BadGeometry, UnknownName: a file cannot be used.
        """
        of_a_cordon = (
            ("--as-blocks", self.as_blocks),
            ("--occupied-shuts", self.occupied_shuts is not None),
            ("--gate-seconds", self.gate_s),
        )
        for flag, given in of_a_cordon:
            if given and not self.cordon:
                raise BadInput(f"{flag} says how a cordon is taken. Give the cordon with --cordon CORDON.json.")
        found = read_closures(self.closures, network) if self.closures else []
        return found + self._of_cordon(read_json(self.cordon, _REMEDY), network, self.cordon) if self.cordon else found

    def occupied(self, network: Network) -> SiteStreets | None:
        """The occupied streets of the cordon, and whom they are taken to stop; None where it does not say which they are.

        Raises:
            BadFile, UnknownName: the cordon cannot be used.
        """
        return self._streets(read_json(self.cordon, _REMEDY), network, self.cordon) if self.cordon else None

    def unread(self) -> dict[str, int]:
        """Properties of the closures that mean nothing here, and how many closures have each."""
        return unknown_properties(read_json(self.closures, _REMEDY), source=str(self.closures)) if self.closures else {}

    def of_file(self, path: Path, network: Network) -> list[Closure]:
        """What any file shuts, be it GeoJSON or a cordon.

        Raises:
            BadFile, BadGeometry, UnknownName: it cannot be used.
        """
        document = read_json(path, _REMEDY)
        if isinstance(document, dict) and "barriers" in document:
            return self._of_cordon(document, network, path)
        return closures_from(document, network, source=str(path))

    def _of_cordon(self, document: object, network: Network, path: Path) -> list[Closure]:
        """The barriers of a cordon, and its occupied streets where they are full."""
        barriers = cordon_closures(document, network, shuts=self._shuts, gate_s=self.gate_s, source=str(path))
        found = self._streets(document, network, path)
        return [*barriers, *full(found.streets, found.shuts)] if found else barriers

    def _streets(self, document: object, network: Network, path: Path) -> SiteStreets | None:
        found = cordon_streets(document, network, source=str(path))
        if self.occupied_shuts is None:
            return found
        if found is None and self.occupied_shuts:
            raise BadFile(path, "does not say which stretches are occupied", _REMEDY)
        return found and replace(found, shuts=class_mask(self.occupied_shuts))

    @property
    def _shuts(self) -> int | None:
        """Whom every barrier shuts; as each says itself where None."""
        return class_mask(VEHICLE_CLASSES) if self.as_blocks else None
