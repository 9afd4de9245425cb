"""Given barriers, each where it stands on the network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from clearway.cache import Cache
from clearway.network.classes import class_mask
from clearway.planning.cordon.seal.placing import Placed, Placer
from clearway.planning.cordon.seal.words import placed_by_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.seal.contract import GivenBarrier

_CACHED = 512
"""Of one network: the barriers of some plans, each asked for several times while one of them is moved."""
_KNOWN: WeakKeyDictionary[Network, Cache[Placed]] = WeakKeyDictionary()


def placed_barriers(network: Network, question: CordonQuestion, given: Sequence[GivenBarrier]) -> list[Placed]:
    """Where barriers stand, in the order in which they were given; raises as :func:`placed_barrier` does."""
    placer = Placer(network, question)
    return [placed_barrier(placer, one, number) for number, one in enumerate(given, start=1)]


def placed_barrier(placer: Placer, given: GivenBarrier, number: int = 1) -> Placed:
    """Where one barrier stands; cached while the network lives.

    Raises:
        BadGeometry: it lies on no street, or nobody can say on which.
        BadInput: its words cannot be read, or fit several places.
        UnknownName: a street is unknown, or it was planned on another network.
    """
    known = _KNOWN.setdefault(placer.network, Cache(_CACHED))
    return known.of((placer.asked, given.model_dump_json(), number), lambda: _placed(placer, given, number))


def _placed(placer: Placer, given: GivenBarrier, number: int) -> Placed:
    placed = placed_by_words(placer, given, number) if given.words else placer.placed(given, number)
    shuts = placer.shut if given.shuts is None else placer.shut & class_mask(given.shuts)
    return replace(placed, shuts=shuts, label=given.label)
