"""The kinds of entry: each a class in the file of its theme, and one line here; see ``docs/contributing/add-a-kind.md``."""

from __future__ import annotations

from typing import Annotated

from pydantic import TypeAdapter

from clearway.record.kind import Kind
from clearway.record.kinds import (
    decisions,
    figures,
    harm,
    health,
    incidents,
    intake,
    issued,
    means,
    operation,
    pending,
    plans,
    powers,
    services,
    streets,
    talks,
)
from clearway.record.registry import Kinds

KINDS = Kinds(
    streets.BarrierState,
    streets.GateState,
    streets.PassageRule,
    streets.RoadState,
    streets.FacilityState,
    services.RendezvousPoint,
    services.HandoverPoint,
    services.LineService,
    incidents.Incident,
    incidents.Arrests,
    incidents.Injuries,
    powers.EnforcementAction,
    powers.Seizure,
    figures.Count,
    figures.Flow,
    decisions.Decision,
    decisions.Notice,
    powers.Power,
    plans.PlanAdopted,
    plans.PlanWithdrawn,
    means.Offer,
    means.TowCapability,
    means.TowEvent,
    means.Loan,
    means.StaffStrength,
    means.StaffAbsence,
    means.Cost,
    services.ServiceLevel,
    services.Deployment,
    health.HealthFinding,
    health.ExposureWindow,
    health.Weather,
    health.RestrictionLevel,
    harm.CommunityImpact,
    talks.Contact,
    talks.Demand,
    talks.Statement,
    talks.Petition,
    talks.Evidence,
    talks.Remark,
    talks.Forecast,
    pending.Promise,
    pending.Aspiration,
    pending.WorkUnderWay,
    pending.Ultimatum,
    pending.Announcement,
    pending.MeetingRequest,
    pending.ResourceRequest,
    pending.Condition,
    operation.Operation,
    intake.Report,
    intake.DroppedDraft,
    issued.SitrepIssued,
    plans.TrafficPlan,
)
"""Every kind, one line each; within a theme entries are shown in this order."""

Body = Annotated[Kind, KINDS]
"""The body of an entry, of any of these kinds; the field ``kind`` says which."""

BODY: TypeAdapter[Kind] = TypeAdapter(Body)
