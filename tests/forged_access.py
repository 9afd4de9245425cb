"""What forgers of access certificates know: what to spoil in them, and how to give a network a rule that they break."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.store import network_digest
from clearway.planning.access.check import check_access
from random_access import EMERGENCY

if TYPE_CHECKING:
    import random

    from clearway.network.model import Network
    from random_access import Served

Certificate = dict[str, Any]
SIDES = ("before", "after")


def problems(served: Served, document: Certificate) -> list[str]:
    """What the checker says against a certificate, on its own network or the one that it is presented on."""
    return check_access(document.pop("presented on", served.network), document)[1]


def presented(document: Certificate, network: Network) -> None:
    """Let a certificate say that it was made on another network than it was, and be checked on that."""
    document["presented on"] = network
    document["network"]["digest"] = network_digest(network)


def as_services(document: Certificate, **services: Certificate) -> None:
    """Make a certificate one of several services."""
    document.clear()
    document |= {"format": "clearway-access-2", "services": [{"service": name, **one} for name, one in services.items()]}


def with_limit(network: Network, size: int, most: float, *, arc: int = -1, stop: int = -1) -> Network:
    """A network with a sign of one size at a street or an obstacle."""
    columns: dict[str, float] = {
        "limit_size": size,
        "limit_most": most,
        "limit_classes": EMERGENCY,
        "limit_arc": arc,
        "limit_stop": stop,
    }
    longer: dict[str, Any] = {}
    for name, one in columns.items():
        held = getattr(network, name)
        longer[name] = np.append(held, one).astype(held.dtype)
    return replace(network, **longer)


def with_stop(network: Network, way: int, at_m: float, *, blocks: int = EMERGENCY) -> Network:
    return replace(
        network,
        stop_way=np.append(network.stop_way, np.int32(way)).astype(network.stop_way.dtype),
        stop_offset_m=np.append(network.stop_offset_m, at_m),
        stop_blocks=np.append(network.stop_blocks, np.uint8(blocks)).astype(network.stop_blocks.dtype),
        stop_kind=np.append(network.stop_kind, network.stop_kind[:1]),
    )


def with_turn(network: Network, arcs: list[int]) -> Network:
    return replace(
        network,
        turn_start=np.append(network.turn_start, network.turn_start[-1] + len(arcs)),
        turn_arcs=np.append(network.turn_arcs, arcs).astype(network.turn_arcs.dtype),
        turn_classes=np.append(network.turn_classes, np.uint8(EMERGENCY)).astype(network.turn_classes.dtype),
        turn_source=np.append(network.turn_source, 0),
    )


def driven_after_another(document: Certificate, chance: random.Random, side: str | None = None) -> tuple[str, int, int] | None:
    """Side, number and arc of a step that follows another."""
    side = side or chance.choice(SIDES)
    steps = document[side]["steps"]
    found = [row for row, before in enumerate(steps["from"]) if before >= 0]
    return (side, row := chance.choice(found), steps["arc"][row]) if found else None


def chosen_address(document: Certificate, chance: random.Random) -> tuple[str, int | None]:
    """A side, and an address that is reached on it."""
    side = chance.choice(SIDES)
    reached = [address for address, ms in enumerate(document[side]["addresses"]["ms"]) if ms is not None]
    return side, chance.choice(reached) if reached else None
