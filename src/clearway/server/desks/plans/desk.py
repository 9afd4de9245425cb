"""The plans of one operation, as the people who are answered may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.errors import BadInput, ClearwayError, NotFound
from clearway.picture.view import entries_in_force
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import stations_from
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.checks import CheckGround, CheckMemory, check_plan
from clearway.planning.plan.contract import PlanStanding
from clearway.planning.plan.differences import plan_diff
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.from_cordon import plan_of_cordon
from clearway.planning.plan.from_record import Chosen, plan_from_record
from clearway.planning.plan.gate_choice.choosing import choose_gates
from clearway.planning.plan.gates import gates_for
from clearway.planning.plan.handover.standing import handover_standing
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.plan.march.reported import marches_seen
from clearway.planning.plan.site import site_of_cordon
from clearway.planning.plan.stages.repair import with_repairs
from clearway.planning.plan.status import plan_status
from clearway.planning.plan.versions import adopt, current_versions, save_version, saved_version, versions_of, withdraw
from clearway.planning.plan.works import works_of
from clearway.planning.record_closures import record_closures
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.record.operations import spot_of
from clearway.record.place_words import words_of_place
from clearway.record.source import Source
from clearway.record.typed import source_parts
from clearway.server.desks.picture.desk import PictureDesk
from clearway.server.desks.plan.desk import planner_of
from clearway.server.desks.plans.ground import PlanGround
from clearway.server.desks.plans.models import GatesChosen, MarchSeen, PlanBegun, PlanVersion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from clearway.picture.view import Moments
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.plan.contract import GateAnswer, HandoverStatus, PlanChecks, PlanDiff, PlanStatus, SavedVersion
    from clearway.planning.plan.march.finding import Sighting
    from clearway.planning.plan.versions import Version
    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.server.contract import StationCollection
    from clearway.server.desks.plans.models import (
        AdoptQuestion,
        ChecksQuestion,
        ChosenGiven,
        CordonGiven,
        GateChoiceQuestion,
        WithdrawQuestion,
    )
    from clearway.server.jobs import JobProgress
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedOperation


class PlansDesk:
    """Plans of one operation: in its record, and on their way there. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self.name = operation.name
        self._operation = operation
        self._store = operation.store

    @property
    def network(self) -> ServedNetwork:
        """The network that the operation plays on.

        Raises:
            BadInput: it plays on none.
        """
        return self._operation.streets("no plan of it can be placed")

    def read(self, document: Mapping[str, Any]) -> TrafficPlan:
        """A plan as it was sent, its times read by the operation's calendar.

        Raises:
            BadInput: it is no plan; the sentence names the field.
        """
        return plan_of(dict(document), self._operation.calendar(), now())

    def versions(self) -> list[SavedVersion]:
        """Every version of every plan, in the order in which they were saved."""
        return [saved_version(one) for one in versions_of(self._store, self.name)]

    def version(self, entry: str) -> PlanVersion:
        """One version, whole.

        Raises:
            NotFound: the record has no such version.
        """
        return _whole(self._version(entry))

    def save(self, document: Mapping[str, Any], by: str) -> PlanVersion:
        """Save a plan as the next version of its name; one that is there already is not saved again.

        Raises:
            BadInput: it is no plan.
            Conflict: somebody saved a version in between.
            NotAllowed: its entries may not be seen.
        """
        zone = self._operation.calendar().zone
        return self.version(save_version(self._store, self.name, self.read(document), _source(by), now(), zone).id)

    def adopt(self, entry: str, question: AdoptQuestion, progress: JobProgress[str]) -> PlanVersion:
        """Check a version and adopt it.

        Raises:
            BadInput: checks fail and nobody says why it is adopted all the same; or nobody says by which office.
            NotFound: the record has no such version.
        """
        version, zone = self._version(entry), self._operation.calendar().zone
        progress("Checking the plan", 0.1)
        ground = ground_of(self.network, zone, works=question.works, stations=question.stations)
        checks = check_plan(version.plan, ground)
        adopt(self._store, self.name, checks, _source(question.by), now(), override=question.override or None)
        return self.version(entry)

    def withdraw(self, question: WithdrawQuestion) -> list[SavedVersion]:
        """Withdraw the adoption of a plan; every version of it as it is then.

        Raises:
            BadInput: no version of it holds, or not that one; or nobody says by which office, or why.
            NotFound: the record has no such plan.
        """
        source = _source(question.by)
        if not source.office or not question.why.strip():
            raise BadInput("Nobody withdraws a plan without an office and a reason. Give both.")
        withdraw(self._store, self.name, question.plan, question.why, source, now(), version=question.version)
        return [saved_version(one) for one in versions_of(self._store, self.name, question.plan)]

    def standings(self, when: Moments) -> list[PlanStanding]:
        """Every plan, held against what is reported at a moment.

        Raises:
            BadGeometry: a plan's site cannot be used on the operation's network.
        """
        current = current_versions(self._store, self.name)
        reports = self._reports(when) if current else []
        served = self._operation.network
        gazetteer, seal_of = (served.gazetteer, served.desk(planner_of).seal_once) if served else (None, None)
        found: list[PlanStanding] = []
        for one in current:
            handover = self._handover(one.plan, when) if served else ()
            status = plan_status(one.plan, reports, when.at, gazetteer, seal_of=seal_of, handover=handover)
            found.append(PlanStanding(saved=saved_version(one), status=status))
        return found

    def status(self, document: Mapping[str, Any], when: Moments) -> PlanStatus:
        """A plan held against what is reported at a moment, where its barriers stand on the map, and who shuts a hole."""
        seal_of, plan, gazetteer = self.network.desk(planner_of).seal_once, self.read(document), self.network.gazetteer
        handover = self._handover(plan, when)
        found = plan_status(plan, self._reports(when), when.at, gazetteer, seal_of=seal_of, handover=handover)
        if (means := self.network.sources.means) is None:
            return found
        try:
            return with_repairs(found, plan, means, self.network.gazetteer, self._reports(when))
        except ClearwayError:  # no crew can be sent to that plan: its holes are named all the same
            return found

    def gates(self, document: Mapping[str, Any], who: str, when: Moments) -> GateAnswer:
        """Who may pass which gate, period by period."""
        return gates_for(self.read(document), who, self._operation.calendar().zone, reports=self._reports(when))

    def marches_seen(self, when: Moments) -> list[MarchSeen]:
        """Where head and tail of marches were seen, as known at a moment; the earliest first."""
        return [
            MarchSeen(march=march, place=one.place, where=words_of_place(one.place), at=one.at, tail=one.tail)
            for march, one in self.sightings(when)
        ]

    def sightings(self, when: Moments) -> list[tuple[str, Sighting]]:
        """The same, as a march that is worked out takes them."""
        return marches_seen(self._reports(when))

    def diff(self, first: Mapping[str, Any], second: Mapping[str, Any]) -> PlanDiff:
        """What differs between two plans, and whom that touches."""
        zone = self._operation.calendar().zone
        gazetteer = self._operation.network.gazetteer if self._operation.network else None
        return plan_diff(self.read(first), self.read(second), zone, gazetteer)

    def from_cordon(self, given: CordonGiven, progress: JobProgress[str]) -> PlanBegun:
        """A plan of the cordon that answers a question; raises as the planner does."""
        answer = self.network.desk(planner_of).plan(given.question, progress)
        if answer.cordon is None:
            raise BadInput("There is no cordon yet. Draw the ground that people hold, or mark streets as occupied.")
        made = plan_of_cordon(answer.cordon, given.question, self.network.gazetteer, self.read(given.document))
        return PlanBegun(document=made, stated=None)

    def from_record(self, given: ChosenGiven, when: Moments) -> PlanBegun:
        """A plan of what the record says of barriers at a moment; round the city's site where it has none of its own."""
        base, city = self.read(given.document), self.network.city
        if not base.site and not base.occupied:
            areas, lines = site_of_cordon(city.site, city.stretches, self.network.network)
            base = base.model_copy(update={"site": areas, "occupied": lines})
        picture = self._operation.desk(PictureDesk).picture(when, bands=False)
        chosen = Chosen(given.pieces, [(spot.lon, spot.lat) for spot in given.points])
        stated, made = plan_from_record(picture, self.network.gazetteer, base, chosen)
        return PlanBegun(document=made, stated=stated)

    def _handover(self, plan: TrafficPlan, when: Moments) -> tuple[HandoverStatus, ...]:
        """How its handover points are reached past what the record bars; none where no crew or hospital or site is known."""
        helping, site = self.network.desk(PlanGround).helping(None), spot_of(self._store, self.name)
        if not (plan.handover and helping.hospitals and site and any(one.service.carries for one in helping.services)):
            return ()
        facts = self._operation.desk(PictureDesk).picture(when, bands=False).states
        barred = record_closures(facts, site, self.network.gazetteer).closures
        return handover_standing(plan, self.network.gazetteer, *helping, barred)

    def _version(self, entry: str) -> Version:
        for one in versions_of(self._store, self.name):
            if one.entry.id == entry:
                return one
        raise NotFound(f"The record has no version of a plan in an entry {entry!r}.")

    def _reports(self, when: Moments) -> list[Entry]:
        with self._operation.index() as index:
            said = entries_in_force(self._store, index, when)
        return list({entry.id: entry for entries in said.values() for entry in entries}.values())


def checked(served: ServedNetwork, question: ChecksQuestion, progress: JobProgress[PlanChecks]) -> PlanChecks:
    """A plan checked on a network.

    Raises:
        BadInput: it is no plan, or there is no such time zone.
        BadFile: the works cannot be read.
        BadGeometry: the plan's site or a station cannot be used on the network.
    """
    days = calendar(question.zone or served.zone or "UTC")
    progress("Reading the plan", 0.02)
    plan = plan_of(dict(question.document), days, now())
    progress("Checking the ring and timing help to every address, before and after", 0.1)
    return check_plan(plan, ground_of(served, days.zone, works=question.works, stations=question.stations))


def gates_chosen(served: ServedNetwork, question: GateChoiceQuestion, progress: JobProgress[GatesChosen]) -> GatesChosen:
    """The gates of a plan, chosen on a network; the best so far where the time of the question ends first.

    Raises:
        BadInput: it is no plan, no gate can be chosen for it, a time cannot be read, or wishes contradict each other.
        BadGeometry: the plan's site or a station cannot be used on the network.
        Stopped: somebody cancelled.
    """
    days = calendar(question.zone or served.zone or "UTC")
    progress("Reading the plan", 0.0)
    plan = plan_of(dict(question.document), days, now())
    found = choose_gates(
        plan,
        served.gazetteer,
        served.desk(planner_of).timer,
        _services(served, question.stations),
        question.wishes,
        days.moment(question.at) if question.at else None,
        Steps(progress, question.limit_seconds),
    )
    return GatesChosen(choice=found.answer, document=found.plan)


def ground_of(
    served: ServedNetwork, zone: ZoneInfo, *, works: Mapping[str, Any] | None, stations: StationCollection | None
) -> CheckGround:
    """What plans are checked against on a network: its stations, New Zealand's law, and works: given, else the server's."""
    return CheckGround(
        gazetteer=served.gazetteer,
        zone=zone,
        jurisdiction=read_jurisdiction(),
        now=now(),
        services=_services(served, stations),
        known=served.desk(_memory_of),
        works=served.sources.works if works is None else works_of(works, "The works and events"),
        hospitals=served.desk(PlanGround).helping(stations).hospitals,
    )


def _memory_of(served: ServedNetwork) -> CheckMemory:
    planner = served.desk(planner_of)
    return CheckMemory(planner.timer, planner.seal_once)


def _services(served: ServedNetwork, stations: StationCollection | None) -> tuple[Staffed, ...]:
    """Who helps: of the stations that somebody gave, else of the city's."""
    collection = stations or served.city.stations
    if not collection.features:
        return ()
    return staffed(load_services(), stations_from(collection.model_dump(), served.network, source="The stations").stations)


def _source(by: str) -> Source:
    """An office that was typed; nobody where nothing was."""
    return Source.model_validate({name: part for name, part in source_parts(by).items() if part} | {"medium": "other"})


def _whole(version: Version) -> PlanVersion:
    return PlanVersion(saved=saved_version(version), document=version.plan)
