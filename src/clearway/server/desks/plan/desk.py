"""The plans of one network: what makes them, and what the page opens it with."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from clearway.errors import ClearwayError
from clearway.network.classes import VEHICLE_CLASSES
from clearway.planning.cordon.planner.barrier_costs import usual_points
from clearway.planning.cordon.seal.contract import SealQuestion
from clearway.planning.record_barriers import RecordBarriers, record_barriers
from clearway.server.desks.map.desk import MapDesk, summary_of
from clearway.server.desks.picture.desk import PictureDesk
from clearway.server.desks.plan.models import NetworkDetails, PlanQuestion, Scenario, StreetClassCost
from clearway.server.desks.plan.planner import PLAN_LIMIT_S, Planner

if TYPE_CHECKING:
    from clearway.picture.view import Moments
    from clearway.server.frame import Frame
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedOperation


def planner_of(served: ServedNetwork) -> Planner:
    """The planner of a network."""
    return Planner(served.network, served.desk(MapDesk).streets, served.city.stations)


def scenario_of(served: ServedNetwork) -> Scenario:
    """What the page opens a network with."""
    city = served.city
    question = PlanQuestion(site=city.site, stretches=city.stretches, address_cost=city.address_cost)
    return Scenario(name=city.name, site=city.site, stretches=list(city.stretches), stations=city.stations, question=question)


def barriers_of(operation: ServedOperation, when: Moments) -> RecordBarriers:
    """What the record says of barriers, gates and shut roads, held against the site of its network.

    Raises:
        BadInput: the operation plays on no network.
    """
    served = operation.streets("nothing of it can be placed")
    city = served.city
    question = SealQuestion(site=city.site, stretches=city.stretches) if city.site or city.stretches else None
    picture = operation.desk(PictureDesk).picture(when, bands=False)
    return record_barriers(picture, served.gazetteer, question, limit_s=PLAN_LIMIT_S)


def details_of(served: ServedNetwork) -> NetworkDetails:
    """All that the page must know to open a network."""
    network = served.network
    return NetworkDetails.model_validate(
        summary_of(served).model_dump()
        | {
            "digest": served.digest,
            "tiles": f"/api/networks/{served.id}/tiles/{{z}}/{{x}}/{{y}}.mvt?v={served.digest}",
            "notices": list(network.notices),
            "address_source": network.address_source,
            "zone": served.zone,
            "driving_side": network.driving_side,
            "vehicle_classes": list(VEHICLE_CLASSES),
            "street_classes": [StreetClassCost(name=name, points=usual_points(name)) for name in network.street_classes],
            "own_trips": served.sources.own_trips,
            "works": None if served.sources.works is None else len(served.sources.works),
            "timetable": served.sources.timetable is not None,
            "scenario": scenario_of(served),
        }
    )


def prepare(frame: Frame) -> None:
    """Answer each network's opening question once, so that all is compiled and cached before somebody waits for it."""
    for served in frame.networks.values():
        with contextlib.suppress(ClearwayError):  # the page will show the sentence
            served.desk(planner_of).plan(scenario_of(served).question)
