"""Given barriers, each where it stands on the network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clearway.network.classes import class_mask
from clearway.planning.cordon.seal.placing import Placer
from clearway.planning.cordon.seal.words import placed_by_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.seal.contract import GivenBarrier
    from clearway.planning.cordon.seal.placing import Placed


def placed_barriers(network: Network, question: CordonQuestion, given: Sequence[GivenBarrier]) -> list[Placed]:
    """Where barriers stand, in the order in which they were given.

    Raises:
        BadGeometry: one lies on no street, or nobody can say on which.
        BadInput: its words cannot be read, or fit several places.
        UnknownName: a street is unknown, or it was planned on another network.
    """
    placer = Placer(network, question)
    found = []
    for number, one in enumerate(given, start=1):
        placed = placed_by_words(placer, one, number) if one.words else placer.placed(one, number)
        shuts = placer.shut if one.shuts is None else placer.shut & class_mask(one.shuts)
        found.append(replace(placed, shuts=shuts, label=one.label))
    return found
