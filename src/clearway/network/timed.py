"""What holds at some hours only, as it stands at a moment: streets, stops and turn restrictions.

The import stores in the network's report, for each of them, the hours on which it depends and what it is for every combination
of these that may hold: an entry is looked up, no tag is read again. Without a moment a network is as it is without these hours.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.hours import holds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.network.model import Network

TIMED = "timed"
"""Where a network's report has it: ``ways``, ``stops``, ``turns``, (index or source, hours, entries).

Entry ``n`` is what holds where those hours hold whose bit is set in ``n``: permissions along and against a way; the classes
that a stop blocks; the sequences that a restriction forbids, each with its classes.
"""


def timed_count(network: Network) -> int:
    """How many streets, stops and turn restrictions hold at some hours only."""
    return sum(len(rows) for rows in _rows(network).values())


def network_at(network: Network, moment: datetime | None) -> Network:
    """The network as it is at a moment: the same object where nothing depends on the hour, or no moment is given.

    Args:
        network: The network.
        moment: A time of day there.
    """
    rows = _rows(network)
    if moment is None or not any(rows.values()):
        return network
    permit, blocks = network.arc_permit.copy(), network.stop_blocks.copy()
    for way, hours, entries in rows["ways"]:
        permit[2 * way : 2 * way + 2] = entries[_held(hours, moment)]
    for stop, hours, entries in rows["stops"]:
        blocks[stop] = entries[_held(hours, moment)]
    turns = {source: entries[_held(hours, moment)] for source, hours, entries in rows["turns"]}
    return replace(network, arc_permit=permit, stop_blocks=blocks, strings_seen={}, **_turns(network, turns))


def _rows(network: Network) -> dict[str, list[Any]]:
    found = network.report.get(TIMED)
    return {name: found[name] for name in ("ways", "stops", "turns")} if isinstance(found, dict) else {}


def _held(hours: Sequence[str], moment: datetime) -> int:
    return sum(1 << bit for bit, condition in enumerate(hours) if holds(condition, moment))


def _turns(network: Network, of_source: dict[int, list[Any]]) -> dict[str, Any]:
    """The arrays of turn restrictions with those of some sources in place of what they were."""
    if not of_source:
        return {}
    starts = network.turn_start.tolist()
    rows = [
        (network.turn_arcs[first:end].tolist(), int(classes), int(source))
        for first, end, classes, source in zip(starts, starts[1:], network.turn_classes, network.turn_source, strict=False)
        if int(source) not in of_source
    ]
    rows += [(arcs, classes, source) for source, sequences in of_source.items() for arcs, classes in sequences]
    return {
        "turn_start": np.cumsum([0, *(len(arcs) for arcs, _, _ in rows)]).astype(np.int64),
        "turn_arcs": np.array([arc for arcs, _, _ in rows for arc in arcs], np.int32),
        "turn_classes": np.array([classes for _, classes, _ in rows], np.uint8),
        "turn_source": np.array([source for _, _, source in rows], np.int64),
    }
