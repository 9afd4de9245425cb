"""What each kind declares to the form, the map, METHANE, the report and the reader, kind by kind.

A change here changes what people see: which entry takes the place of which, under which letter it is read out, how it is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from clearway.record.kinds import BODY, KINDS
from record.test_parse import SAMPLES

if TYPE_CHECKING:
    from clearway.record.kind import About, Mark, Reported

ZONE = ZoneInfo("Pacific/Auckland")
DECLARED = {
    "barrier_state": "STATE STREETS subject=barrier apart state=state belief METHANE ACCESS 1",
    "gate_state": "STATE STREETS subject= apart state=state belief METHANE ACCESS 0 form=50",
    "passage_rule": "STATE STREETS subject=who apart state=may belief METHANE ACCESS 0",
    "road_state": "STATE STREETS subject= apart state=state belief form=30",
    "facility_state": "STATE STREETS subject=facility wherever it is state=state belief",
    "rendezvous_point": "STATE STREETS subject=name wherever it is state=state belief METHANE POINTS 0",
    "handover_point": "STATE STREETS subject=name wherever it is state=state belief METHANE POINTS 0",
    "line_service": "STATE STREETS subject=line wherever it is state=state belief",
    "incident": "EVENT INCIDENTS belief METHANE HAZARDS 0 form=10",
    "arrests": "EVENT INCIDENTS belief actions form=80",
    "injuries": "EVENT INCIDENTS belief METHANE CASUALTIES 0 form=90",
    "enforcement_action": "EVENT INCIDENTS belief actions",
    "seizure": "EVENT INCIDENTS belief actions",
    "count": "COUNT - subject=what,group form=20",
    "flow": "FLOW MOVEMENTS subject=what,direction form=40",
    "march_sighting": "EVENT MOVEMENTS belief",
    "decision": "EVENT DECISIONS actions",
    "expectation": "STATE DECISIONS subject=of,what wherever it is",
    "notice": "EVENT DECISIONS public line",
    "position": "STATE DECISIONS subject=of,by wherever it is",
    "task": "INTENT - subject=of,to,what wherever it is",
    "objective": "STATE DECISIONS subject= wherever it is actions",
    "receipt": "STATE DECISIONS subject=of,by wherever it is",
    "risk": "STATE DECISIONS subject=risk wherever it is safety",
    "comparable_event": "STATE DECISIONS subject=event wherever it is",
    "power": "STATE DECISIONS subject=power,by state=state belief limits",
    "plan_adopted": "STATE DECISIONS subject=plan wherever it is actions comes of checks",
    "plan_withdrawn": "EVENT DECISIONS actions comes of checks",
    "offer": "STATE MEANS subject=what,by resources",
    "tow_capability": "STATE MEANS subject=by state=state METHANE SERVICES 0 resources",
    "ladder_limits": "STATE DECISIONS subject= wherever it is limits",
    "ladder_step": "STATE MEANS subject=job wherever it is actions comes of checks",
    "tow_order": "ADMINISTRATION -",
    "tow_progress": "STATE MEANS subject=order wherever it is actions comes of checks",
    "tow_event": "EVENT MEANS belief actions",
    "parking_place": "STATE MEANS subject=name wherever it is resources",
    "storage_place": "STATE MEANS subject=name wherever it is resources",
    "tow_operator": "STATE MEANS subject=operator wherever it is resources",
    "vehicle_tally": "STATE MEANS subject= belief limits form=45",
    "vehicle_moved": "STATE MEANS subject=vehicle wherever it is state=state actions comes of checks",
    "loan": "STATE MEANS subject=what,lender,borrower wherever it is state=state resources",
    "staff_strength": "STATE MEANS subject=organisation,role,district,on_duty METHANE SERVICES 0 resources",
    "staff_absence": "STATE MEANS subject=organisation,reason,district belief limits",
    "cost": "STATE MEANS subject=what,expected resources",
    "service_level": "STATE MEANS subject=partner,to apart state=level belief METHANE SERVICES 0 limits",
    "deployment": "STATE MEANS subject=organisation,task METHANE SERVICES 0 resources",
    "health_finding": "STATE HEALTH subject=finding belief METHANE HAZARDS 0 safety",
    "exposure_window": "EVENT HEALTH belief METHANE HAZARDS 0 safety",
    "weather": "STATE HEALTH subject=forecast METHANE HAZARDS 0 safety",
    "restriction_level": "STATE HEALTH subject=scheme limits",
    "scheme_level": "STATE HEALTH subject=scheme,level wherever it is limits",
    "community_impact": "EVENT HARM",
    "party": "STATE TALKS subject=name wherever it is",
    "relation": "STATE TALKS subject=of,to wherever it is state=relation belief",
    "contact": "EVENT TALKS actions form=70",
    "minutes": "EVENT TALKS actions",
    "demand": "EVENT TALKS",
    "statement": "EVENT TALKS form=60",
    "petition": "STATE TALKS subject=title wherever it is",
    "advice": "STATE TALKS subject=by,what wherever it is",
    "evidence": "EVENT TALKS",
    "remark": "EVENT TALKS form=100",
    "forecast": "EVENT FORECASTS outlook",
    "promise": "PROMISE - subject=by,what wherever it is",
    "aspiration": "INTENT - subject=by,what wherever it is",
    "work_under_way": "INTENT - subject=by,what wherever it is",
    "ultimatum": "INTENT - subject=by,demand,otherwise wherever it is",
    "announcement": "INTENT - subject=by,what",
    "meeting_request": "REQUEST - subject=asked_by,asked_of wherever it is",
    "resource_request": "REQUEST - subject=what,asked_of wherever it is",
    "easing_request": "REQUEST - subject=asked_by,scheme,what wherever it is",
    "condition": "CONDITION - subject=by,before,what wherever it is",
    "operation": "ADMINISTRATION - subject= wherever it is",
    "report": "ADMINISTRATION -",
    "dropped_draft": "ADMINISTRATION -",
    "sitrep_issued": "ADMINISTRATION -",
    "plan": "ADMINISTRATION -",
}
"""Role, heading, what tells subjects apart, the field of its state, the letter of METHANE, its part of a report."""

MARKED = {
    "barrier_state": "B 'barrier' place breached:incident moved:restricted pushed:incident reset:restricted "
    "standing:restricted street_and_sign sketch",
    "gate_state": "G 'gate, who may pass' place open:open restricted:restricted shut:shut sign sketch",
    "passage_rule": "G 'gate, who may pass' place sign",
    "road_state": "R 'roads without a name' place open:open restricted:restricted shut:shut street sketch",
    "facility_state": "L 'building, station, campus' place open:open restricted:restricted shut:shut sign sketch",
    "rendezvous_point": "V 'rendezvous' place moved:open open:open shut:shut sign sketch",
    "handover_point": "C 'casualty handover' place moved:open open:open shut:shut sign sketch",
    "line_service": "T 'route, stop or line' place running:open suspended:shut sign",
    "incident": "! 'incident, the last two days' incident sign 2 days sketch",
    "injuries": "I 'injured people, the last two days' place sign 2 days",
    "flow": "M 'came or went, the last day' place sign 1 days",
    "offer": "P 'parking offered' place sign",
    "service_level": "S 'service of a partner' place escorted:restricted stopped:shut sign",
    "health_finding": "D 'disease, hygiene: a health finding' place sign",
}
"""Letter, legend, sign, the sign of each state, shape, for how many days, and whether the sketch map shows it."""

READ = {
    "barrier_state": "site over_when_reported once_a_day",
    "gate_state": "named",
    "passage_rule": "site",
    "road_state": "site once_a_day",
    "facility_state": "named",
    "rendezvous_point": "named loosely",
    "handover_point": "named loosely",
    "line_service": "named explains_figures loosely",
    "incident": "site over_when_reported loosely",
    "arrests": "site over_when_reported once_a_day explains_figures",
    "injuries": "site over_when_reported once_a_day explains_figures",
    "enforcement_action": "site over_when_reported explains_figures loosely",
    "seizure": "site over_when_reported explains_figures loosely",
    "count": "site once_a_day explains_figures",
    "flow": "site over_when_reported once_a_day explains_figures",
    "march_sighting": "named",
    "decision": "never when_said whole_sentence",
    "expectation": "never loosely",
    "notice": "named when_said loosely",
    "position": "never loosely",
    "task": "never loosely",
    "objective": "never loosely",
    "receipt": "never loosely",
    "risk": "never loosely",
    "comparable_event": "never loosely",
    "power": "never loosely",
    "plan_adopted": "named",
    "plan_withdrawn": "named",
    "offer": "named when_said whole_sentence",
    "tow_capability": "named",
    "ladder_limits": "named",
    "ladder_step": "named",
    "tow_progress": "named",
    "tow_order": "named",
    "tow_event": "site over_when_reported explains_figures",
    "parking_place": "named",
    "storage_place": "named",
    "tow_operator": "named",
    "vehicle_tally": "named",
    "vehicle_moved": "named",
    "loan": "never",
    "staff_strength": "never explains_figures",
    "staff_absence": "never explains_figures",
    "cost": "never",
    "service_level": "named loosely",
    "deployment": "named explains_figures loosely",
    "health_finding": "site loosely",
    "exposure_window": "named explains_figures loosely",
    "weather": "site",
    "restriction_level": "never whole_sentence",
    "scheme_level": "never whole_sentence",
    "community_impact": "site loosely",
    "contact": "site when_said loosely",
    "demand": "never when_said whole_sentence",
    "statement": "never when_said",
    "petition": "never over_when_reported explains_figures",
    "party": "never loosely",
    "relation": "never loosely",
    "minutes": "never loosely",
    "advice": "never loosely",
    "evidence": "never loosely",
    "remark": "named",
    "forecast": "never when_said loosely",
    "promise": "named when_said whole_sentence",
    "aspiration": "named when_said whole_sentence",
    "work_under_way": "named when_said whole_sentence",
    "ultimatum": "named when_said whole_sentence",
    "announcement": "named when_said whole_sentence",
    "meeting_request": "never when_said whole_sentence",
    "resource_request": "never when_said whole_sentence",
    "easing_request": "never when_said whole_sentence",
    "condition": "never when_said whole_sentence",
    "operation": "named",
    "report": "named",
    "dropped_draft": "named",
    "sitrep_issued": "named",
    "plan": "named",
}
"""What the reader of reports may assume."""


def declared(about: About) -> str:
    said = [about.role.name, about.theme.name if about.theme else "-"]
    said += [f"subject={','.join(about.subject)}"] if about.subject is not None else []
    said += ["wherever it is"] if about.subject is not None and not about.place_counts else []
    said += ["apart"] * about.apart + [f"state={about.state_field}"] * bool(about.state_field) + ["belief"] * about.is_belief
    said += [f"METHANE {about.methane.name} {about.methane_rank}"] if about.methane else []
    said += [about.briefing.value] if about.briefing else []
    said += [f"form={about.form_rank}"] if about.form_rank is not None else []
    return " ".join([*said, *["comes of checks"] * about.comes_of_checks])


def marked(mark: Mark) -> str:
    signs = [f"{state}:{sign}" for state, sign in sorted(mark.by_state.items())]
    days = [f"{mark.days} days"] if mark.days is not None else []
    return " ".join([mark.letter, repr(mark.means), mark.sign, *signs, mark.shape, *days, *["sketch"] * mark.on_sketch])


def read(reported: Reported) -> str:
    names = ("when_said", "over_when_reported", "once_a_day", "explains_figures", "loosely", "whole_sentence")
    return " ".join([reported.where, *(name for name in names if getattr(reported, name))])


@pytest.fixture(autouse=True)
def _said() -> None:
    """Every kind can be said, so that a change of what it declares is looked for here."""
    for name in KINDS:
        assert BODY.validate_python({"kind": name} | SAMPLES[name]).says(ZONE)


def test_each_kind_plays_its_part_in_the_picture_and_the_report() -> None:
    assert {name: declared(kind.about) for name, kind in KINDS.items()} == DECLARED


def test_each_kind_is_drawn_by_its_own_letter_and_the_sign_of_its_state() -> None:
    assert {name: marked(kind.about.mark) for name, kind in KINDS.items() if kind.about.mark} == MARKED


def test_the_reader_assumes_of_each_kind_what_its_words_allow() -> None:
    assert {name: read(kind.about.reported) for name, kind in KINDS.items()} == READ
