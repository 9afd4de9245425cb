"""The kinds of entry. Each is a small frozen class; the field ``kind`` tells them apart."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from clearway.record.kinds.ground import (
    Arrests,
    BarrierState,
    CommunityImpact,
    Count,
    FacilityState,
    Flow,
    GateState,
    HealthFinding,
    Incident,
    Injuries,
    PassageRule,
    RoadState,
    Weather,
)
from clearway.record.kinds.intake import DroppedDraft, Report
from clearway.record.kinds.means import (
    Cost,
    Loan,
    Offer,
    ResourceRequest,
    StaffAbsence,
    StaffStrength,
    TowCapability,
    TowEvent,
)
from clearway.record.kinds.operation import Operation
from clearway.record.kinds.talks import (
    Condition,
    Contact,
    Decision,
    Demand,
    Forecast,
    MeetingRequest,
    Notice,
    Petition,
    Promise,
    Remark,
    RestrictionLevel,
    Statement,
)

Body = Annotated[
    Arrests
    | BarrierState
    | CommunityImpact
    | Condition
    | Contact
    | Cost
    | Count
    | Decision
    | Demand
    | DroppedDraft
    | FacilityState
    | Flow
    | Forecast
    | GateState
    | HealthFinding
    | Incident
    | Injuries
    | Loan
    | MeetingRequest
    | Notice
    | Offer
    | Operation
    | PassageRule
    | Petition
    | Promise
    | Remark
    | Report
    | ResourceRequest
    | RestrictionLevel
    | RoadState
    | StaffAbsence
    | StaffStrength
    | Statement
    | TowCapability
    | TowEvent
    | Weather,
    Field(discriminator="kind"),
]

BODY: TypeAdapter[Body] = TypeAdapter(Body)
KINDS: tuple[str, ...] = tuple(sorted(BODY.json_schema()["discriminator"]["mapping"]))
"""The names of all kinds."""
