"""What stands where and what there is to move it with: files, or the record as it was known at a moment."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.cli.options.named_plan import has_record, is_file, plan_of_record
from clearway.cli.options.tally import TallySource
from clearway.cli.options.typed import option, option_class
from clearway.cli.options.values import Moment
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.plan.document import read_plan
from clearway.planning.plan.versions import plans_in_force
from clearway.planning.vehicles.ladder.answer import entries_of
from clearway.planning.vehicles.offer.said import SaidOfOffers, said_of_offers
from clearway.planning.vehicles.record_means import record_parking, record_towing
from clearway.planning.vehicles.towing.means import TowMeans
from clearway.record.entry import now
from clearway.record.operations import chosen_operation, operation_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.store import Store


WITH_HINDSIGHT = "The record was asked as it was known at that moment: '--known-at now' counts what was learnt later, too."


@option_class
class MeansSource(TallySource):
    """What stands where, and the record that says what there is to move it with."""

    known_at: datetime | None = option(
        "--known-at", type=Moment(), help="Of the record, what was known at this time.  [default: the moment asked about]"
    )

    def moments(self, at: datetime | None) -> Moments:
        """Which picture of the record is meant: without hindsight."""
        moment = at or now()
        return Moments(moment, self.known_at or moment)

    def hindsight(self, at: datetime | None) -> tuple[str, ...]:
        """How to ask a record with what was learnt after a moment that has passed; nothing where that is asked."""
        is_asked_as_then = at is not None and at < now() and self.known_at is None
        return (WITH_HINDSIGHT,) if is_asked_as_then and has_record(self) else ()

    def towing(self, gazetteer: Gazetteer, at: datetime | None) -> tuple[TowMeans, tuple[str, ...], ZoneInfo | None]:
        """The operators and storage places of the record; notes, for the room alone; and the zone of their hours.

        None of it where there is no record.

        Args:
            gazetteer: Of the network.
            at: The moment; None: now.

        Raises:
            BadFile: the record cannot be read.
            BadInput: a zone or a day is unknown.
            NotFound: the record has no such operation.
            Unavailable: the database does not answer.
        """
        if not has_record(self):
            return TowMeans(), (), None
        with closing(self.existing()) as store:
            stream = chosen_operation(store, self.stream)
            calendar = self.calendar(store, stream)
            picture = picture_of(store, PictureIndex(), stream, self.moments(at), calendar=calendar, bands=False)
            zone = self._known_zone(store, stream)
        return (*record_towing(picture, gazetteer, calendar.zone), zone)

    def parking(self, gazetteer: Gazetteer, at: datetime | None) -> tuple[SaidOfOffers, ZoneInfo | None]:
        """The places to park of the record, how far they were taken up, and the zone of their hours; as ``towing``."""
        if not has_record(self):
            return SaidOfOffers((), (), ()), None
        with closing(self.existing()) as store:
            stream = chosen_operation(store, self.stream)
            calendar, index, when = self.calendar(store, stream), PictureIndex(), self.moments(at)
            picture = picture_of(store, index, stream, when, calendar=calendar, bands=False)
            zone = self._known_zone(store, stream)
            offers = entries_of(store, index, when, lambda kind: kind == "offer")
        places, notes = record_parking(picture, gazetteer, calendar.zone)
        said = said_of_offers(offers, places)
        taken = tuple(one._replace(at=one.at.astimezone(calendar.zone)) for one in said.taken)
        return said._replace(taken=taken, notes=(*notes, *said.notes)), zone

    def plans(self, given: str | None, at: datetime | None) -> tuple[TrafficPlan, ...]:
        """A plan by its file or its name; the adopted plans of the record where none is given, none where there is no record.

        Raises:
            BadFile: the file is no plan, or the record cannot be read.
            NotFound: there is no such file, and the record has no such plan.
            Unavailable: the database does not answer.
        """
        if not has_record(self) and (given is None or is_file(given)):
            return () if given is None else (read_plan(Path(given), self.calendar(None, None), now()),)
        with closing(self.existing()) as store:
            stream, known_at = chosen_operation(store, self.stream), self.moments(at).known_at
            if given is None:
                return plans_in_force(store, stream, known_at)
            if is_file(given):
                return (read_plan(Path(given), self.calendar(store, stream), now()),)
            return (plan_of_record(given, store, stream, known_at),)

    def _known_zone(self, store: Store, stream: str) -> ZoneInfo | None:
        """The zone of the operation's hours; None where neither the record nor anybody who typed says one."""
        is_known = self.zone or operation_of(store, stream) is not None
        return self.calendar(store, stream).zone if is_known else None
