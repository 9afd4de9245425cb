"""What the server answers about one operation of the record."""

from __future__ import annotations

import contextlib
import gzip
import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.cache import Cache
from clearway.errors import BadInput, Conflict, NotFound, Unavailable, UnknownName
from clearway.picture.facts import Facts
from clearway.picture.index import PictureIndex
from clearway.picture.view import anchor_of, picture_of
from clearway.publish.plot import plot
from clearway.publish.sitrep.issued import issue_draft, next_number, refuse_twice
from clearway.publish.sitrep.making import report_of, sign_of
from clearway.record.batch import write_batch
from clearway.record.changes import changes
from clearway.record.corrections import does_correct, does_dispute, notices
from clearway.record.doubts import busiest_span, doubts, refuse_disorder, ungraded
from clearway.record.entry import RELEASES, Draft, may_have, now, refuse_future
from clearway.record.kinds.talks import Remark
from clearway.record.moments import Calendar, View
from clearway.record.operations import calendar_of, operation_of
from clearway.record.parse import draft_of
from clearway.record.place import PLACE, PLACES
from clearway.record.place_words import place_words, words_of_place
from clearway.record.source import speaker
from clearway.record.visible import VisibleStore
from clearway.server.desks.picture.models import (
    BatchAnswer,
    ChangeOf,
    EntryAnswer,
    EntryCheck,
    Names,
    OperationDetails,
    OperationSummary,
    Tie,
    TimelineHour,
    TimeRead,
    TimesBeside,
)
from clearway.server.desks.picture.names import NamesSoFar
from clearway.words import time_words, when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.picture.contract import Fact, PictureAnswer
    from clearway.picture.view import Moments
    from clearway.publish.sitrep.shape import Head, Sitrep
    from clearway.record.entry import Entry, Knowledge
    from clearway.record.kind import Kind
    from clearway.record.kinds.issued import Form
    from clearway.server.desks.picture.models import OperationQuestion, Relation
    from clearway.server.frame import Frame
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import Operations, ServedOperation
    from clearway.server.rights import Person

_CACHED_PICTURES = 64
MOST_FOUND = 200
"""At most so many entries in one answer."""
MOST_IN_BATCH = 1000


class Packed(NamedTuple):
    """An answer as it is sent, plain and compressed."""

    plain: bytes
    gzipped: bytes


class Issued(NamedTuple):
    """A report that was issued: as it was printed, its number, and the id of the entry about it."""

    document: bytes
    number: int
    entry: str


def packed(body: bytes) -> Packed:
    """A body beside its compressed form."""
    return Packed(body, gzip.compress(body, compresslevel=5, mtime=0))


class PictureDesk:
    """One operation: its pictures, its entries, its situation reports. Safe for several threads.

    Args:
        operation: The operation, as the people who are answered may see it.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self.name = operation.name
        self._operation = operation
        self._store = operation.store
        self._gazetteer = operation.network.gazetteer if operation.network else None
        self._pictures: Cache[PictureAnswer] = Cache(_CACHED_PICTURES)
        self._packed: Cache[Packed] = Cache(_CACHED_PICTURES)
        self._lock = threading.Lock()
        self._named = NamesSoFar()

    def summary(self) -> OperationSummary:
        """The operation in a list."""
        return OperationSummary.model_validate(self._common())

    def details(self) -> OperationDetails:
        """All that the page must know to open the operation."""
        with self._operation.index() as index:
            had, could = index.known_by_hour("had"), index.known_by_hour("could")
            known, happened, seq = index.known_from_to(), index.happened_from_to(), index.last
        timeline = [
            TimelineHour(start=hour, entries=had.get(hour, 0), could_be_known=could.get(hour, 0))
            for hour in sorted(had | could)
        ]
        own: dict[str, Any] = {"timeline": timeline, "seq": seq}
        own |= _first_and_last("known", known) | _first_and_last("happened", happened)
        return OperationDetails.model_validate(self._common() | own | {"anchor": anchor_of(self._store, seq)})

    def picture(self, when: Moments, *, bands: bool = True) -> PictureAnswer:
        """The picture; cached, since many ask for the same one."""
        return self._picture(self._seq(), when, bands=bands)

    def picture_packed(self, when: Moments, *, bands: bool) -> Packed:
        """The picture as it is sent: made and compressed once for all who ask."""
        seq = self._seq()
        return self._packed.of(
            ("picture", seq, when, bands),
            lambda: packed(self._picture(seq, when, bands=bands).model_dump_json().encode()),
        )

    def map_packed(self, when: Moments) -> Packed:
        """Where the facts of a picture lie, as GeoJSON: a point for each place, and a line for each street piece."""
        seq = self._seq()
        return self._packed.of(
            ("map", seq, when),
            lambda: packed(json.dumps(self._marks(self._picture(seq, when, bands=False))).encode()),
        )

    def plot(self, key: str, when: Moments, *, width: float, height: float) -> str:
        """A figure of a picture as SVG.

        Raises:
            NotFound: the picture has no such figure.
        """
        picture = self.picture(when)
        found = next((count for count in picture.counts if count.key == key), None)
        if found is None:
            raise NotFound("The picture has no such figure at that time. GET the picture; its counts name their keys.")
        return plot(found, picture.at, picture.zone, width=width, height=height)

    def sitrep(self, when: Moments, head: Head) -> Sitrep:
        """A situation report; nothing of a higher release level is read for it."""
        own = may_have(head.release)
        if own >= self._operation.releases:
            with self._operation.index() as index:
                return report_of(self._store, index, self.name, when, head=head, gazetteer=self._gazetteer)
        store = VisibleStore(self._store, own & self._operation.releases)
        zone = None if operation_of(store, self.name) else Calendar(self._calendar().zone)
        return report_of(store, PictureIndex(), self.name, when, head=head, gazetteer=self._gazetteer, calendar=zone)

    def issued(self, when: Moments, head: Head, form: Form, printed: Callable[[Sitrep], bytes]) -> Issued:
        """A situation report that leaves the room: it is printed, and its number and digest are entered.

        Raises:
            BadInput: that number was issued before.
            NotAllowed: entries of its release level may not be seen.
        """
        head = replace(head, number=head.number or next_number(self._store, self.name, head.release))
        refuse_twice(self._store, self.name, head)
        report = self.sitrep(when, head)
        document = printed(report)
        draft = issue_draft(report, document, at=when.at, head=head, form=form, now=now())
        self._store.append(self.name, [draft])
        return Issued(document, head.number or 1, draft.id)

    def time_read(self, text: str, near: datetime) -> TimeRead:
        """What was typed as a time, read from a moment that is looked at.

        Raises:
            BadInput: it cannot be read.
        """
        calendar, view = self._calendar(), View(near)
        moment = calendar.moment(text, view)
        try:
            day = calendar.day(moment)
        except OverflowError as error:
            raise BadInput(f"{text!r} lies beyond every calendar. Give a time of this operation.") from error
        start = calendar.moment(text, view, start=True)
        return TimeRead(moment=moment, start=start, day=day, words=time_words(moment, calendar.zone))

    def times_beside(self, at: datetime, *, knowledge: Knowledge, until: datetime | None) -> TimesBeside:
        """The moments beside one at which an entry joined the picture."""
        with self._operation.index() as index:
            before, after = index.beside(at, knowledge=knowledge, until=until)
        return TimesBeside(before=before, after=after)

    def found(self, *, words: Sequence[str], kind: str | None, after: int, limit: int) -> list[Fact]:
        """Entries in the order of the record, by words in them, by kind, or all."""
        entries = list(self._store.entries(self.name, kind=kind, words=words, after=after, limit=limit))
        facts = Facts(entries, now(), self._calendar().zone)
        return self._with_standing([facts.of(entry) for entry in entries])

    def entry(self, entry_id: str) -> EntryAnswer:
        """One entry with its place in the chain, and every entry that is tied to it.

        Raises:
            NotFound: the operation holds none of that id.
        """
        entry = self._store.entry(entry_id)
        if entry.stream != self.name:
            raise NotFound(f"The operation holds no entry {entry_id!r}.")
        with self._operation.index() as index:
            naming = index.naming(entry_id)
        others, named = self._store.numbered(naming), list(self._held(entry.draft.tied))
        zone = self._calendar().zone
        facts = Facts([entry, *others, *named], now(), zone)
        self._with_standing([facts.of(one) for one in (entry, *others, *named)])
        ties = [
            *(Tie(relation=relation, to_this=False, fact=facts.of(other), changes=_changes(relation, other, entry, zone))
              for other in named for relation in _relations(entry.draft, other.draft)),
            *(Tie(relation=relation, to_this=True, fact=facts.of(other), changes=_changes(relation, entry, other, zone))
              for other in others for relation in _relations(other.draft, entry.draft)),
        ]  # fmt: skip
        return EntryAnswer(
            fact=facts.of(entry),
            operation=entry.stream,
            version=entry.version,
            hash=entry.hash,
            ties=ties,
            said=self._said(entry),
            body_typed=_places_typed(entry.draft.body),
            where_typed="; ".join(map(words_of_place, entry.draft.places)),
            notices=notices(entry.draft, named),
        )

    def check(self, document: Mapping[str, Any]) -> EntryCheck:
        """What an entry would say if it were written now, what it changes, and what to ask first. Nothing is written.

        Raises:
            BadInput: it is no entry; the message names the field.
        """
        calendar, moment = self._operation.calendar(), now()
        draft = draft_of(dict(document), calendar, now=moment)
        refuse_future(draft, moment)
        refuse_disorder(draft.body)
        named = list(self._held(draft.tied))
        first = next((entry for entry in named if entry.id in (*draft.corrects, *draft.disputes)), None)
        return EntryCheck(
            says=draft.body.says(calendar.zone),
            where=place_words(draft.places),
            when=when_words(draft.happened, calendar.zone),
            speaker=speaker(draft.source),
            changes=_changes("corrects", first.draft, draft, calendar.zone) if first else [],
            notices=[*notices(draft, named), *ungraded(draft)],
            asks=self._doubts(draft),
        )

    def names(self) -> Names:
        """Whom and what the record names."""
        with self._lock:
            for entry in self._store.entries(self.name, after=self._named.seq):
                self._named.add(entry)
            return self._named.answer()

    def _doubts(self, draft: Draft) -> list[str]:
        with self._operation.index() as index:
            return doubts(draft, index.happened_from_to(), self._operation.calendar().zone)

    def _said(self, entry: Entry) -> list[str]:
        """The very words that an entry rests on; none where their text was deleted, or may not be seen."""
        found: list[str] = []
        for words in entry.draft.source.words:
            with contextlib.suppress(NotFound):
                found.append(self._store.report_text(self._store.entry(words.report))[words.start : words.end])
        return found

    def _with_standing(self, facts: list[Fact]) -> list[Fact]:
        """The same facts; each says how it stands."""
        with self._operation.log() as log:
            for fact in facts:
                object.__setattr__(fact, "standing", log.standings.of(fact.id, fact.seq, fact.kind).standing)
        return facts

    def write(self, document: Mapping[str, Any], expected_version: int | None) -> EntryAnswer:
        """Append one entry.

        Raises:
            BadInput: it is no entry; the message names the field.
            Conflict: somebody wrote in between, or its id is used for something else.
            NotAllowed: entries of its release level may not be seen.
            UnknownName: it is tied to an entry that the operation does not hold.
        """
        draft = draft_of(dict(document), self._operation.calendar(), now=now())
        refuse_disorder(draft.body)
        asked = [*ungraded(draft), *self._doubts(draft)]
        (entry,) = self._store.append(self.name, [draft], expected_version=expected_version)
        answer = self.entry(entry.id)
        return answer.model_copy(update={"notices": [*answer.notices, *asked]})

    def write_batch(self, documents: Sequence[Any]) -> BatchAnswer:
        """Append entries, all or none.

        Raises:
            BadInput: one is no entry, or there are none or too many; the message names its number.
            Conflict: an id is used for something else.
            NotAllowed: entries of its release level may not be seen.
            UnknownName: one is tied to an entry that the operation does not hold.
        """
        if not isinstance(documents, list) or len(documents) > MOST_IN_BATCH:
            raise BadInput(f"A batch is a JSON list of up to {MOST_IN_BATCH:,} entries. Send more of them in several.")
        with self._operation.index() as index:
            span = index.happened_from_to()
        zone = self._operation.calendar().zone
        done = write_batch(self._store, self.name, documents, self._operation.calendar(), now=now())
        span = span or busiest_span(entry.draft for entry in done.entries)
        ids = [entry.id for entry in done.entries]
        told = [
            f"Entry {number}: {notice}"
            for number, entry in enumerate(done.entries, start=1)
            for notice in (
                *notices(entry.draft, map(self._store.entry, entry.draft.corrects)),
                *ungraded(entry.draft),
                *doubts(entry.draft, span, zone),
            )
        ]
        return BatchAnswer(written=done.new, there_already=len(ids) - done.new, ids=ids, notices=told)

    def _seq(self) -> int:
        """How far the record was read."""
        with self._operation.index() as index:
            return index.seq

    def _picture(self, seq: int, when: Moments, *, bands: bool) -> PictureAnswer:
        """A picture of the record up to an entry."""

        def made() -> PictureAnswer:
            with self._operation.index() as index:
                return picture_of(self._store, index, self.name, when, bands=bands)

        return self._pictures.of((seq, when, bands), made)

    def _marks(self, picture: PictureAnswer) -> dict[str, Any]:
        shown = (*picture.states, *picture.events, *picture.flows, *picture.promises, *picture.requests)
        facts = {fact.id + fact.part: fact for fact in shown}
        counted = {count.latest[0].id: count.latest[0] for count in picture.counts}
        features = [feature for fact in (facts | counted).values() for feature in self._features(fact)]
        return {"type": "FeatureCollection", "features": features}

    def _held(self, entry_ids: Sequence[str]) -> Iterator[Entry]:
        """Those of some entries that may be seen."""
        for entry_id in entry_ids:
            with contextlib.suppress(NotFound):
                yield self._store.entry(entry_id)

    def _calendar(self) -> Calendar:
        return calendar_of(operation_of(self._store, self.name))

    def _common(self) -> dict[str, Any]:
        operation = operation_of(self._store, self.name)
        calendar = calendar_of(operation)
        return {
            "id": self.name,
            "title": operation.title if operation else self.name,
            "zone": str(calendar.zone),
            "first_day": calendar.first_day,
            "network": self._operation.network.id if self._operation.network else None,
            "entries": self._store.version(self.name),
        }

    def _features(self, fact: Fact) -> list[dict[str, Any]]:
        if self._gazetteer is None:
            return []
        properties = {
            "entry": fact.id,
            "kind": fact.kind,
            "sign": sign_of(fact.kind, fact.body),
            "says": fact.says,
            "seq": fact.seq,
            "age_s": fact.age_s,
        }
        features = []
        for place in fact.places:
            where = self._gazetteer.of(PLACE.validate_python(place))
            told = properties | {"certainty": where.certainty, "where": where.says}
            if where.spot:
                features.append(_feature("Point", list(where.spot), told))
            lines = [self._gazetteer.network.geometry(way).round(7).tolist() for way in where.ways]
            if lines:
                features.append(_feature("MultiLineString", lines, told))
        return features


def opened_operation(
    operations: Operations, question: OperationQuestion, person: Person, networks: Mapping[str, ServedNetwork]
) -> OperationSummary:
    """Begin the record of an operation with an entry about itself; sent again, it is the same operation.

    Raises:
        BadInput: its zone is not known.
        UnknownName: its network is not one of this server's.
        Conflict: there is another of that name.
        NotAllowed: the person may not see such an entry.
    """
    store = operations.store(person.releases)
    if question.network is not None and question.network not in networks:
        raise UnknownName("network", [question.network], networks)
    zone = question.zone or (networks[question.network].zone if question.network else None) or "UTC"
    body = question.model_dump(mode="json", exclude={"id"}, exclude_none=True) | {"zone": zone}
    draft = draft_of({"kind": "operation", "body": body, "happened": now().isoformat()}, calendar_of(None), now=now())
    if question.id not in operations.record.store.streams():
        store.append(question.id, [draft], expected_version=0)
    elif [entry.draft.body for entry in store.entries(question.id, limit=1)] != [draft.body]:
        raise Conflict(f"There is an operation {question.id!r} already. Open it, or choose another id.")
    return operations.of(question.id, person.releases).desk(PictureDesk).summary()


def _relations(draft: Draft, other: Draft) -> Iterator[Relation]:
    """How a draft is tied to another: a correction of another body's word is a dispute."""
    if does_correct(draft, other):
        yield "corrects"
    if other.id in draft.withdraws:
        yield "withdraws"
    if other.id in draft.confirms:
        yield "confirms"
    if does_dispute(draft, other):
        yield "disputes"


def _places_typed(body: Kind) -> dict[str, str]:
    """The fields of a body that hold places, each in the words that are read as these places again."""
    held = {name: getattr(body, name) for name in type(body).model_fields}
    several = {name: value if isinstance(value, tuple) else (value,) for name, value in held.items()}
    return {
        name: "; ".join(map(words_of_place, places))
        for name, places in several.items()
        if places and all(isinstance(one, PLACES) for one in places)
    }


def _changes(relation: Relation, before: Entry | Draft, after: Entry | Draft, zone: ZoneInfo) -> list[ChangeOf]:
    """What the later of two entries says otherwise, where it says the same kind of thing otherwise."""
    old, new = (one if isinstance(one, Draft) else one.draft for one in (before, after))
    if relation not in ("corrects", "disputes") or isinstance(new.body, Remark):
        return []
    return [ChangeOf(what=one.what, before=one.before, after=one.after) for one in changes(old, new, zone)]


def prepare(frame: Frame) -> None:
    """Make what finds places on the network that operations play on, and read the record."""
    with contextlib.suppress(Unavailable):  # made once the record answers and somebody asks
        for operation in frame.operations.all(RELEASES) if frame.operations else ():
            operation.desk(PictureDesk).details()


def _first_and_last(what: str, span: tuple[datetime, datetime] | None) -> dict[str, Any]:
    first, last = span or (None, None)
    return {f"first_{what}": first, f"last_{what}": last}


def _feature(kind: str, coordinates: object, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
