"""The owner's look-up: where a vehicle is and how it comes back, for who gives its whole plate and the street where it stood.

A wrong plate and a wrong street get one answer, and never a list. Tries are counted by address and in all, right ones too, so
that nobody can go through plates. A plate stands in no log and in no message.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING

from clearway.errors import BadInput, NotFound, TooMany, Unavailable
from clearway.picture.view import Moments
from clearway.planning.vehicles.record_means import named_alike
from clearway.record.entry import now
from clearway.record.moved import find_moved
from clearway.record.plates import room_key
from clearway.server.desks.picture.desk import PictureDesk
from clearway.server.desks.vehicles.room_models import VehicleFound
from clearway.server.token import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.record.kinds.vehicles import VehicleMoved
    from clearway.server.desks.vehicles.room_models import VehicleSought
    from clearway.server.frame import Frame
    from clearway.server.limits import Limits
    from clearway.server.operations import ServedOperation

_MOST_ADDRESSES = 10_000
"""More addresses are not remembered: the limit for all of them together holds all the same."""
_LOG = logging.getLogger(__name__)
_IS = {
    "to_be_moved": "It is to be moved, and may have been already",
    "moved": "It was moved",
    "stored": "It was moved and is stored",
    "released": "It was given back to its owner",
    "disposed_of": "It is here no longer",
}


class Lookups:
    """How often vehicles were looked up lately. Safe for several threads.

    Args:
        limits: How often may.
        clock: Seconds that only grow.
    """

    def __init__(self, limits: Limits, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._of_one: OrderedDict[str, deque[float]] = OrderedDict()
        self._of_all: deque[float] = deque()
        self._lock = threading.Lock()

    def take(self, address: str) -> None:
        """Note a try.

        Raises:
            TooMany: its address has its share.
            Unavailable: all together have theirs.
        """
        with self._lock:
            self._take(site_of(address), self._clock())

    def _take(self, site: str, moment: float) -> None:
        own = self._of_one.setdefault(site, deque())
        for tries in (own, self._of_all):
            while tries and moment - tries[0] >= self._limits.lookup_s:
                tries.popleft()
        minutes = f"{self._limits.lookup_s / 60:g} minutes"
        if len(own) >= self._limits.lookups_of_one:
            raise self._later(
                TooMany(
                    f"{len(own)} look-ups came from this address within {minutes}. Wait as long, or ask the office that moves "
                    "vehicles."
                )
            )
        if len(self._of_all) >= self._limits.lookups:
            raise self._later(Unavailable(f"Too many look for vehicles at this time. Ask again in {minutes}."))
        own.append(moment)
        self._of_all.append(moment)
        self._of_one.move_to_end(site)
        if len(self._of_one) > _MOST_ADDRESSES:
            self._of_one.popitem(last=False)

    def _later(self, error: Unavailable) -> Unavailable:
        error.retry_s = round(self._limits.lookup_s)
        return error


def lookups_of(frame: Frame) -> Lookups:
    """The look-ups of a server."""
    return Lookups(frame.limits)


def found_vehicle(operation: ServedOperation, sought: VehicleSought) -> VehicleFound:
    """Where a vehicle is, and how it comes back; nothing else of it.

    Raises:
        BadInput: it is no plate or no place, or the server has no key for plates.
        NotFound: there is no such vehicle, or its plate was deleted.
    """
    record = operation.record
    if record.plate_key is None:
        raise BadInput("This server has no key for number plates. Start it with --plate-key FILE.")
    try:
        found = find_moved(record.store, operation.name, sought.plate, sought.stood, room_key(record.plate_key))
    except NotFound:
        _LOG.info("A vehicle was looked up: none of that plate and street.")
        raise
    _LOG.info("A vehicle was looked up and found: %s.", found.vehicle[:8])
    return VehicleFound(says=list(_says(operation, found)))


def _says(operation: ServedOperation, found: VehicleMoved) -> Iterator[str]:
    where = f": {found.moved_to}" if found.moved_to else ""
    yield f"{_IS[found.state]}{where}."
    if found.state in ("released", "disposed_of"):
        yield f"Ask {found.ordered_by or 'the office that moves vehicles'} what became of it."
        return
    release = _release(operation, found.moved_to or "")
    if release:
        yield f"To get it back: {release.rstrip('.')}."
    else:
        yield f"How it is given back nobody has written down. Ask {found.ordered_by or 'the office that moves vehicles'}."


def _release(operation: ServedOperation, where: str) -> str | None:
    """How vehicles are given back at a storage place, as the record says, else the server's file."""
    moment = now()
    picture = operation.desk(PictureDesk).picture(Moments(moment, moment), bands=False)
    said = {
        named_alike(str(fact.body["name"])): fact.body.get("release_procedure")
        for fact in picture.states
        if fact.kind == "storage_place"
    }
    file = operation.network.sources.towing if operation.network else None
    known = {named_alike(one.id): one.release for one in (file.storage if file else ())} | said
    return known.get(named_alike(where)) if where else None
