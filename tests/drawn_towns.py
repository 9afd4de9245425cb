"""Towns drawn in metres on a flat grid, and square sites in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.network.build import NetworkDraft

if TYPE_CHECKING:
    from clearway.network.model import Network

LON, LAT = 174.77, -41.28
METRE_LON, METRE_LAT = 1 / 83_560.0, 1 / 111_195.0


def place(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of metres east and north of the town's corner."""
    return (LON + x * METRE_LON, LAT + y * METRE_LAT)


def square(x: float, y: float, half: float) -> dict[str, Any]:
    """A square site round a point of the metre grid."""
    corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), (x - half, y - half)]
    return {"type": "Polygon", "coordinates": [[list(place(*corner)) for corner in corners]]}


class Town:
    """A draft drawn in metres."""

    def __init__(self) -> None:
        self.draft = NetworkDraft("Town")
        self.at: dict[tuple[float, float], int] = {}

    def corner(self, x: float, y: float, *, edge: bool = False) -> int:
        if (x, y) not in self.at:
            self.at[x, y] = self.draft.junction(*place(x, y), edge=edge)
        return self.at[x, y]

    def street(self, start: tuple[float, float], end: tuple[float, float], **kind: Any) -> int:  # noqa: ANN401 - as the draft takes them
        return self.draft.way(self.corner(*start), self.corner(*end), **kind)

    def network(self) -> Network:
        return self.draft.finish()


def streets_in_a_row(*names: str) -> Network:
    """Streets of 500 m one after the other to the east, driven at 36 km/h."""
    town = Town()
    for number, name in enumerate(names):
        town.street((500.0 * number, 0.0), (500.0 * number + 500.0, 0.0), name=name, speed_kmh=36.0)
    return town.network()
