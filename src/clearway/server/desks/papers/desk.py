"""What the server answers about the papers of plans. The planners are imported when first asked, for they take a moment."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from clearway.cache import Cache
from clearway.errors import NotFound
from clearway.planning.access.planner.stations import HOSPITAL, own_stations
from clearway.planning.decide.ordered import ordered
from clearway.planning.plan.document import plan_digest
from clearway.publish.plan.shape import PAPERS, TITLES
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.server.desks.buses.desk import BusDesk
from clearway.server.desks.buses.models import BusQuestion
from clearway.server.desks.decide.desk import DecideDesk
from clearway.server.desks.papers.models import PaperPage, PapersAnswer
from clearway.server.desks.plans.desk import PlansDesk, ground_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.picture.view import Moments
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.plan.buses.contract import BusChanges
    from clearway.publish.plan.known import Known
    from clearway.publish.plan.shape import Paper
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.server.desks.papers.models import PapersQuestion
    from clearway.server.operations import ServedOperation

Form = Literal["pdf", "html", "geojson", "kml", "gpx", "csv"]

_CACHED = 8
"""Papers of which every form can still be downloaded: those that the people of a room last looked at."""


class PapersDesk:
    """The papers of plans of one operation, as the people who are answered may see it. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self._operation = operation
        self._plans = operation.desk(PlansDesk)
        self._made: Cache[Known] = Cache(_CACHED)

    @property
    def network(self) -> str:
        """The id of the network that the operation plays on.

        Raises:
            BadInput: it plays on none.
        """
        return self._plans.network.id

    def papers(self, question: PapersQuestion, when: Moments, tell: Tell) -> PapersAnswer:
        """The papers of a plan, held against what is reported at a moment.

        Raises:
            BadInput: it is no plan, there is no such time zone, or what was found is of another plan.
            BadFile: the works cannot be read.
            BadGeometry: the plan's site or a station cannot be used on the network.
            Stopped: somebody cancelled.
        """
        from clearway.publish.plan.content import document_of  # noqa: PLC0415
        from clearway.publish.plan.features import features_of  # noqa: PLC0415
        from clearway.publish.plan.page import as_page  # noqa: PLC0415

        asked = f"{question.model_dump_json()} {when.at.isoformat()} {when.known_at.isoformat()}"
        key = hashlib.sha256(asked.encode()).hexdigest()[:32]
        known = self._known(question, when, tell)
        self._made.put(key, known)
        whole = document_of(known)
        parts = [(paper, whole.only((paper,))) for paper in PAPERS]
        return PapersAnswer(
            key=key,
            gaps=whole.gaps,
            papers=tuple(
                PaperPage(paper=paper, title=TITLES[paper], gaps=part.gaps, page=as_page(part)) for paper, part in parts
            ),
            unplaced=tuple(one.name for one in features_of(known) if not one.is_placed),
        )

    def file(self, key: str, form: Form, papers: tuple[Paper, ...]) -> bytes:
        """Some of the papers, or what lies on the map, in one form.

        Raises:
            NotFound: nobody asked for them, or others were asked for since.
        """
        from clearway.publish.plan.content import document_of  # noqa: PLC0415
        from clearway.publish.plan.files import MAP_FILES  # noqa: PLC0415
        from clearway.publish.plan.page import as_page  # noqa: PLC0415
        from clearway.publish.plan.pdf import as_pdf, on_paper  # noqa: PLC0415

        known = self._made.get(key)
        if known is None:
            raise NotFound("These papers are not there any more. Make them again.")
        if form == "pdf":
            return as_pdf(on_paper(document_of(known, papers)))
        return (as_page(document_of(known, papers)) if form == "html" else MAP_FILES[form](known)).encode()

    def _known(self, question: PapersQuestion, when: Moments, tell: Tell) -> Known:
        from clearway.planning.plan.detours.places import KINDS  # noqa: PLC0415
        from clearway.publish.plan.given import march_of, stage_of  # noqa: PLC0415
        from clearway.publish.plan.making import Besides, Streets, known_of  # noqa: PLC0415

        served, plan = self._plans.network, self._plans.read(question.document)
        zone = calendar(question.zone or served.zone or "UTC").zone
        ground = ground_of(served, zone, works=question.works, stations=question.stations)
        hospitals = ground.hospitals or own_stations(served.network, kinds=(HOSPITAL,))

        def buses(_: Sequence[Closure], tell: Tell) -> BusChanges:
            asked = BusQuestion(document=question.document, zone=question.zone)
            return served.desk(BusDesk).changes(asked, tell).changes

        streets = Streets(
            ground=replace(ground, hospitals=hospitals),
            places=own_stations(served.network, kinds=KINDS),
            buses=buses if served.sources.timetable else None,
        )
        besides = Besides(
            self._plans.status(question.document, when),
            self._adopted(plan),
            tuple(stage_of(one, plan) for one in question.stages),
            tuple(march_of(one, plan) for one in question.marches),
            self._plans.sightings(when),
            self._operation.desk(DecideDesk).read(when, ordered),
        )
        return known_of(plan, zone, now(), streets, besides=besides, tell=tell)

    def _adopted(self, plan: TrafficPlan) -> str | None:
        """By whom this very plan was adopted; None where it was not."""
        digest = plan_digest(plan)
        held = (one for one in self._plans.versions() if one.in_force and one.sha256 == digest)
        found = next(held, None)
        if found is None:
            return None
        return f"{found.adopted_by}" + (f", although checks failed: {found.override}" if found.override else "")
