"""The operations of the record that is served, each as the people of some release levels may see it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.intake.bounded import Readers
from clearway.picture.log import Log
from clearway.record.entry import RELEASES
from clearway.record.operations import calendar_of, chosen_operation, operation_of
from clearway.record.visible import VisibleStore
from clearway.server.feed import Feed
from clearway.server.followers import Seats
from clearway.server.limits import USUAL, Limits
from clearway.server.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from clearway.intake.inbox import Inbox
    from clearway.intake.language_model import Model
    from clearway.picture.index import PictureIndex
    from clearway.record.entry import Release
    from clearway.record.moments import Calendar
    from clearway.record.store import Store
    from clearway.server.networks import ServedNetwork


@dataclass(frozen=True, eq=False)
class ServedRecord:
    """A record, and what reads reports for it.

    Attributes:
        store: The whole record.
        inbox: A folder that is watched for reports of its only operation, or the first by name; None for none.
        model: A language model as second reader of reports; None for none.
        plate_key: File of the key for number plates; None: owners look nothing up here.
        readers: The processes that read reports.
    """

    store: Store
    inbox: Inbox | None = None
    model: Model | None = None
    plate_key: Path | None = None
    readers: Readers = field(default_factory=Readers, repr=False)


@dataclass(slots=True)
class _TakenUp:
    """The log of an operation with its index, once somebody asked."""

    log: Log | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, eq=False)
class ServedOperation(Served):
    """One operation as the people of some release levels may see it. Safe for several threads.

    All that desks make of it, they make of ``store``, which holds nothing else: so whatever they cache, nobody is answered with
    an entry that they may not see.

    Attributes:
        name: Its name in addresses.
        record: The record that it is in.
        releases: The release levels of the entries that may be seen.
        store: Those entries.
        network: The network that it plays on; None for none.
        inbox: A folder that is watched for its reports; None for none.
    """

    name: str
    record: ServedRecord
    releases: frozenset[Release]
    store: Store
    network: ServedNetwork | None
    inbox: Inbox | None
    _taken: _TakenUp = field(default_factory=_TakenUp, init=False, repr=False)

    @contextmanager
    def log(self) -> Iterator[Log]:
        """Its log with its index, brought up to date; nobody else uses it meanwhile."""
        zone = self.calendar().zone
        with self._taken.lock:
            if self._taken.log is None or self._taken.log.zone != zone:
                self._taken.log = Log(zone)
            yield self._up_to_date(self._taken.log)

    @contextmanager
    def index(self) -> Iterator[PictureIndex]:
        """Its index, brought up to date; nobody else uses it meanwhile."""
        with self._taken.lock:
            log = self._taken.log = self._taken.log or Log(self.calendar().zone)
            yield self._up_to_date(log).index

    def _up_to_date(self, log: Log) -> Log:
        log.take_up(self.record.store.entries(self.name, after=log.seq), self.releases)
        return log

    def streets(self, lacking: str) -> ServedNetwork:
        """The network that it plays on.

        Args:
            lacking: What cannot be done without one: "no plan of it can be placed".

        Raises:
            BadInput: it plays on none.
        """
        if self.network is None:
            raise BadInput(f"The operation plays on no network, so {lacking}. Start the server with its network.")
        return self.network

    def calendar(self) -> Calendar:
        """The calendar that what is written to it is read by, whoever writes."""
        return calendar_of(operation_of(self.record.store, self.name))


class Operations:
    """Every operation of one record, and the live stream of what is new in it.

    Args:
        record: The record.
        networks: By id. An operation plays on the one that it names, and on the first where it names none.
        limits: How many may follow the stream.
    """

    def __init__(
        self, record: ServedRecord, networks: Mapping[str, ServedNetwork] | None = None, *, limits: Limits = USUAL
    ) -> None:
        self.record = record
        self.feed = Feed(record.store)
        self.seats = Seats(limits)
        self._networks = networks if networks is not None else {}
        self._stores: dict[frozenset[Release], Store] = {RELEASES: record.store}
        self._served: dict[tuple[str, frozenset[Release]], ServedOperation] = {}
        self._lock = threading.Lock()

    def all(self, releases: frozenset[Release]) -> list[ServedOperation]:
        """Every operation of which some entry is of these release levels, by name."""
        return [self.of(name, releases) for name in sorted(self.store(releases).streams())]

    def of(self, name: str, releases: frozenset[Release]) -> ServedOperation:
        """One operation, as people who may see these release levels see it.

        Raises:
            NotFound: they see none of that name; the message lists those that they see.
        """
        key = name, releases
        if key not in self._served or self._lacks_network(self._served[key]):
            store = self.store(releases)
            chosen_operation(store, name)
            inbox = self.record.inbox if releases == RELEASES and name == min(store.streams()) else None
            operation = ServedOperation(name, self.record, releases, store, self._network_of(name), inbox)
            with self._lock:
                if key not in self._served or self._lacks_network(self._served[key]):
                    self._served[key] = operation
        return self._served[key]

    def _network_of(self, name: str) -> ServedNetwork | None:
        """The network that an operation plays on; None where it names one that is not here, or there is none at all."""
        said = operation_of(self.record.store, name)
        if said is not None and said.network is not None:
            return self._networks.get(said.network)
        return next(iter(self._networks.values()), None)

    def _lacks_network(self, operation: ServedOperation) -> bool:
        """Whether it was opened before its network came, and that may be here by now."""
        return operation.network is None and self._network_of(operation.name) is not None

    def store(self, releases: frozenset[Release]) -> Store:
        """The record, as people who may see these release levels see it."""
        with self._lock:
            return self._stores.setdefault(releases, VisibleStore(self.record.store, releases))
