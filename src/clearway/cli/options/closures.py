"""What is shut, and to whom, as options: closures drawn by hand, a cordon, its occupied stretches."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.typed import option, option_class
from clearway.cli.options.values import Moment, Names
from clearway.errors import BadInput
from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.network.closures import MOST_WAIT_S
from clearway.planning.closure_files import closures_from, cordon_closures, read_closures, read_cordon, unknown_properties
from clearway.planning.geojson import read_json

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.network.model import Network

_REMEDY = "Give GeoJSON of what is shut, or the JSON that 'clearway cordon NETWORK --site SITE.geojson --json' prints."


@option_class
class Shut:
    """What is shut."""

    closures: Path | None = option("--closures", help="GeoJSON of what is shut, and to whom.")
    cordon: Path | None = option("--cordon", help="The JSON of 'clearway cordon': its barriers are what is shut.")
    occupied_shuts: tuple[str, ...] = option(
        "--occupied-shuts", type=Names(), multiple=False, default="", metavar="CLASSES",
        help="Classes that cannot drive along a cordon's occupied stretches; without it a lane is kept free.",
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
            ("--occupied-shuts", self.occupied_shuts),
            ("--gate-seconds", self.gate_s),
        )
        for flag, given in of_a_cordon:
            if given and not self.cordon:
                raise BadInput(f"{flag} says how a cordon is taken. Give the cordon with --cordon CORDON.json.")
        found = read_closures(self.closures, network) if self.closures else []
        if self.cordon:
            occupied_shuts = class_mask(self.occupied_shuts)
            found += read_cordon(self.cordon, network, shuts=self._shuts, occupied_shuts=occupied_shuts, gate_s=self.gate_s)
        return found

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
            occupied_shuts = class_mask(self.occupied_shuts)
            return cordon_closures(
                document,
                network,
                shuts=self._shuts,
                occupied_shuts=occupied_shuts,
                gate_s=self.gate_s,
                source=str(path),
            )
        return closures_from(document, network, source=str(path))

    @property
    def _shuts(self) -> int | None:
        """Whom every barrier shuts; as each says itself where None."""
        return class_mask(VEHICLE_CLASSES) if self.as_blocks else None
