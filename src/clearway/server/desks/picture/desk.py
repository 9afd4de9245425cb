"""What the server answers about the operations of one record."""

from __future__ import annotations

import gzip
import json
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from clearway.errors import NotFound
from clearway.picture.facts import Facts
from clearway.picture.index import PictureIndex
from clearway.picture.view import picture_of
from clearway.publish.plot import plot
from clearway.publish.sitrep.making import report_of, sign_of
from clearway.record.entry import now
from clearway.record.operations import calendar_of, chosen_operation, operation_of
from clearway.record.parse import draft_of
from clearway.record.place import PLACE
from clearway.server.desks.picture.models import EntryAnswer, OperationDetails, OperationSummary, Tie, TimelineHour
from clearway.server.desks.read.desk import ReadingRoom

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from clearway.intake.inbox import Inbox
    from clearway.intake.language_model import Model
    from clearway.picture.contract import Fact, PictureAnswer
    from clearway.planning.gazetteer import Gazetteer
    from clearway.publish.sitrep.content import Sitrep
    from clearway.record.entry import Entry
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

    Visible = Callable[[Entry], bool]

T = TypeVar("T")

_KEPT = 64
_RELATIONS = ("corrects", "withdraws", "confirms", "disputes")
MOST_FOUND = 200
"""At most so many entries in one answer."""


class Packed(NamedTuple):
    """An answer as it is sent, plain and compressed."""

    plain: bytes
    gzipped: bytes


def packed(body: bytes) -> Packed:
    """A body beside its compressed form."""
    return Packed(body, gzip.compress(body, compresslevel=5, mtime=0))


class OperationDesk:
    """One operation: its record, its index, its pictures. Safe for several threads.

    Args:
        store: The record.
        stream: The operation's name.
        network: Id of the network that it plays on, None for none.
        gazetteer: Finds places on that network.
        inbox: A folder that is watched for its reports; None for none.
        model: A language model as second reader of reports; None for none.
    """

    def __init__(
        self,
        store: Store,
        stream: str,
        network: str | None,
        gazetteer: Gazetteer | None,
        *,
        inbox: Inbox | None = None,
        model: Model | None = None,
    ) -> None:
        self.reading_room = ReadingRoom(store, stream, gazetteer.network if gazetteer else None, inbox=inbox, model=model)
        self.stream = stream
        self.network = network
        self.gazetteer = gazetteer
        self._store = store
        self._index = PictureIndex()
        self._lock = threading.Lock()
        self._answers: OrderedDict[object, Any] = OrderedDict()

    def summary(self) -> OperationSummary:
        """The operation in a list."""
        return OperationSummary.model_validate(self._common())

    def details(self) -> OperationDetails:
        """All that the page must know to open the operation."""
        with self._lock:
            self._index.add(self._store.entries(self.stream, after=self._index.seq))
            hours, span, seq = self._index.known_by_hour(), self._index.known_from_to(), self._index.seq
        timeline = [TimelineHour(start=start, entries=count) for start, count in hours]
        first, last = span or (None, None)
        return OperationDetails.model_validate(
            self._common() | {"first_known": first, "last_known": last, "timeline": timeline, "seq": seq}
        )

    def picture(self, at: datetime, known_at: datetime, visible: Visible, *, bands: bool = True) -> PictureAnswer:
        """The picture; kept, since many ask for the same one."""
        return self._kept(
            ("picture", at, known_at, bands),
            lambda: picture_of(self._store, self._index, self.stream, at, known_at, visible=visible, bands=bands),
        )

    def picture_packed(self, at: datetime, known_at: datetime, visible: Visible, *, bands: bool) -> Packed:
        """The picture as it is sent: made and compressed once for all who ask."""
        picture = self.picture(at, known_at, visible, bands=bands)
        return self._kept(("sent", at, known_at, bands), lambda: packed(picture.model_dump_json().encode()))

    def map_packed(self, at: datetime, known_at: datetime, visible: Visible) -> Packed:
        """Where the facts of a picture lie, as GeoJSON: a point for each place, and a line for each street piece."""
        picture = self.picture(at, known_at, visible, bands=False)
        return self._kept(("map", at, known_at), lambda: packed(json.dumps(self._marks(picture)).encode()))

    def _marks(self, picture: PictureAnswer) -> dict[str, Any]:
        facts = {fact.id: fact for fact in (*picture.states, *picture.events, *picture.promises, *picture.requests)}
        counted = {count.latest[0].id: count.latest[0] for count in picture.counts}
        features = [feature for fact in (facts | counted).values() for feature in self._features(fact)]
        return {"type": "FeatureCollection", "features": features}

    def _kept(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was made for the record as it is now; made where it is not there."""
        with self._lock:
            self._index.add(self._store.entries(self.stream, after=self._index.seq))
            key = (*key, self._index.seq)
            if key not in self._answers:
                self._answers[key] = make()
                if len(self._answers) > _KEPT:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(key)
            found: T = self._answers[key]
            return found

    def plot(self, key: str, at: datetime, known_at: datetime, visible: Visible, *, width: float, height: float) -> str:
        """A figure of a picture as SVG.

        Raises:
            NotFound: the picture has no such figure.
        """
        picture = self.picture(at, known_at, visible)
        found = next((count for count in picture.counts if count.key == key), None)
        if found is None:
            raise NotFound("The picture has no such figure at that time. GET the picture; its counts name their keys.")
        return plot(found, picture.at, picture.zone, width=width, height=height)

    def sitrep(self, at: datetime, known_at: datetime, since: datetime | None) -> Sitrep:
        """A situation report."""
        with self._lock:
            return report_of(self._store, self._index, self.stream, at, known_at, since=since, gazetteer=self.gazetteer)

    def found(self, visible: Visible, *, words: Sequence[str], kind: str | None, after: int, limit: int) -> list[Fact]:
        """Entries in the order of the record, by words in them, by kind, or all."""
        entries = self._store.entries(self.stream, kind=kind, words=words, after=after, limit=limit)
        seen = [entry for entry in entries if visible(entry)]
        facts = Facts(seen, now(), self._calendar().zone)
        return [facts.of(entry) for entry in seen]

    def entry(self, entry_id: str, visible: Visible) -> EntryAnswer:
        """One entry with its place in the chain, and every entry that is tied to it.

        Raises:
            NotFound: the operation holds none of that id, or whoever asks may not see it.
        """
        entry = self._store.entry(entry_id)
        if entry.stream != self.stream or not visible(entry):
            raise NotFound(f"The operation holds no entry {entry_id!r}.")
        with self._lock:
            self._index.add(self._store.entries(self.stream, after=self._index.seq))
            naming = self._index.naming(entry_id)
        others = [other for other in self._store.numbered(naming) if visible(other)]
        named = [self._store.entry(one) for one in entry.draft.tied]
        facts = Facts([entry, *others, *(one for one in named if visible(one))], now(), self._calendar().zone)
        ties = [
            *(Tie(relation=relation, to_this=False, fact=facts.of(facts.entries[one]))
              for relation in _RELATIONS for one in getattr(entry.draft, relation) if one in facts.entries),
            *(Tie(relation=relation, to_this=True, fact=facts.of(other))
              for other in others for relation in _RELATIONS if entry_id in getattr(other.draft, relation)),
        ]  # fmt: skip
        return EntryAnswer(fact=facts.of(entry), operation=entry.stream, version=entry.version, hash=entry.hash, ties=ties)

    def write(self, document: Mapping[str, Any], expected_version: int | None, visible: Visible) -> EntryAnswer:
        """Append one entry.

        Raises:
            BadInput: it is no entry; the message names the field.
            Conflict: somebody wrote in between, or its id is used for something else.
            UnknownName: it is tied to an entry that the operation does not hold.
        """
        draft = draft_of(dict(document), self._calendar(), now=now())
        (entry,) = self._store.append(self.stream, [draft], expected_version=expected_version)
        return self.entry(entry.id, visible)

    def _calendar(self) -> Calendar:
        return calendar_of(operation_of(self._store, self.stream))

    def _common(self) -> dict[str, Any]:
        operation = operation_of(self._store, self.stream)
        calendar = calendar_of(operation)
        return {
            "id": self.stream,
            "title": operation.title if operation else self.stream,
            "zone": str(calendar.zone),
            "first_day": calendar.first_day,
            "network": self.network,
            "entries": self._store.version(self.stream),
        }

    def _features(self, fact: Fact) -> list[dict[str, Any]]:
        if self.gazetteer is None:
            return []
        told = {
            "entry": fact.id,
            "kind": fact.kind,
            "sign": sign_of(fact.kind, fact.body),
            "says": fact.says,
            "seq": fact.seq,
            "age_s": fact.age_s,
        }
        features = []
        for place in fact.places:
            where = self.gazetteer.of(PLACE.validate_python(place))
            if where is None:
                continue
            features.append(_feature("Point", [where.lon, where.lat], told))
            lines = [self.gazetteer.network.geometry(way).round(7).tolist() for way in where.ways]
            if lines:
                features.append(_feature("MultiLineString", lines, told))
        return features


class OperationDesks:
    """Every operation of one record.

    Args:
        store: The record.
        networks: The gazetteer of each network by its id; operations play on the first.
        inbox: A folder that is watched for reports: of the record's only operation, or the first by name.
        model: A language model as second reader of reports; None for none.
    """

    def __init__(
        self, store: Store, networks: Mapping[str, Gazetteer], *, inbox: Inbox | None = None, model: Model | None = None
    ) -> None:
        self._inbox, self._model = inbox, model
        self.store = store
        self._networks = networks
        self._desks: dict[str, OperationDesk] = {}

    def all(self) -> list[OperationDesk]:
        """Every operation, by name."""
        return [self.of(name) for name in sorted(self.store.streams())]

    def look_into_the_inbox(self) -> int:
        """Take what is new in the watched folder.

        Returns:
            How many reports came in.

        Raises:
            Unavailable: the database does not answer.
        """
        held = sorted(self.store.streams())
        return self.of(held[0]).reading_room.look_into_the_inbox() if held and self._inbox else 0

    def of(self, name: str) -> OperationDesk:
        """One operation.

        Raises:
            NotFound: the record holds none of that name; the message lists those that it holds.
        """
        if name not in self._desks:
            chosen_operation(self.store, name)
            network, gazetteer = next(iter(self._networks.items()), (None, None))
            first = name == min(self.store.streams())
            inbox = self._inbox if first else None
            self._desks[name] = OperationDesk(self.store, name, network, gazetteer, inbox=inbox, model=self._model)
        return self._desks[name]


def _feature(kind: str, coordinates: object, told: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": told, "geometry": {"type": kind, "coordinates": coordinates}}
