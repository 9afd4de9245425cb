"""The plan itself on paper: its risk register first, then its layout, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.publish.plan.figures import MANY, gate_maps, stage_maps, whole_map
from clearway.publish.plan.moving import crews_blocks, march_sections
from clearway.publish.plan.passing import passing_words
from clearway.publish.plan.shape import Drawn, Facts, Lines, Maps, Section, Table
from clearway.publish.plan.streets import closed_streets
from clearway.publish.plan.ways_round import buses_section, detours_section
from clearway.record.parts import amount_words
from clearway.words import counted, in_runs, listed, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.plan.contract import Check
    from clearway.publish.plan.known import Known

CASES = {
    "vehicle_enters": "A vehicle gets into the closure",
    "vehicle_must_move": "A vehicle inside must come out",
    "medical_case_inside": "Somebody inside needs an ambulance",
    "gate_overrun": "People push past a gate",
    "staff_short": "Staff are absent or too few",
    "barrier_moved_at_night": "A barrier is moved at night",
    "equipment_failure": "Equipment fails",
    "demonstration": "Another demonstration or protest comes",
    "parking_wet": "The ground for parking is wet",
    "cancellation": "The event or the closure is cancelled",
}
"""What guides of New Zealand, Britain, the United States and Austroads ask a plan to be ready for."""
OPENS = {
    "machine": "a machine moves it",
    "staffed": "its staff open it",
    "swing": "who may pass opens it",
}
_PURPOSE = {"emergency": "for help", "kept_free": "kept free", "detour": "detour", "walking": "on foot"}
_REASON = 500
"""Letters of a reason that may stand in two sections."""


def plan_sections(known: Known) -> tuple[Section, ...]:
    """Every section of the plan itself, in order."""
    return (
        _head(known),
        _risks(known),
        _checks(known),
        _help(known),
        _people(known),
        _overview(known),
        _gates(known),
        _stages(known),
        *march_sections(known),
        detours_section(known),
        buses_section(known),
        _on_foot(known),
    )


def event_rows(known: Known) -> tuple[tuple[str, str | None], ...]:
    """What it is about, whose it is, and how long it lasts."""
    plan = known.plan
    ground = listed([area.label for area in plan.site if area.label])
    drawn = counted(len(plan.occupied), "occupied street", "occupied streets") if plan.occupied else ""
    site = " and ".join(filter(None, (ground or ("as drawn on the map" if plan.site else ""), drawn)))
    return (
        ("Organiser", plan.organiser),
        ("From", known.time(plan.starts) if plan.starts else None),
        ("Until", known.time(plan.ends) if plan.ends else None),
        ("People expected", _people_words(known)),
        ("Ground held", site or None),
        ("Kept out", listed([f"{name} vehicles" if name in _VEHICLES else name for name in plan.keep_out])),
    )


_VEHICLES = frozenset({"emergency", "resident", "service", "general"})


def _people_words(known: Known) -> str | None:
    amount = known.plan.attendance
    if amount is None:
        return None
    number = amount_words(amount.model_copy(update={"said": None}))
    return f"{number} ({amount.said})" if amount.said else number


def _head(known: Known) -> Section:
    plan = known.plan
    rows = (
        *event_rows(known),
        ("Written by", plan.author),
        ("Adopted by", known.adopted),
        ("Qualified supervisor", None),
        ("This version", plan.change or "the first"),
    )
    return Section(heading="The event", blocks=(Facts(rows=rows),))


def _risks(known: Known) -> Section:
    actions: dict[str, list[str]] = {}
    for one in known.plan.contingencies:
        actions.setdefault(one.case, []).append(one.action)
    cases = dict.fromkeys((*CASES, *actions))
    rows: list[tuple[str | None, ...]] = [
        (str(number), CASES.get(case, vocabulary(case).capitalize()), " ".join(actions.get(case, ())) or None)
        for number, case in enumerate(cases, 1)
    ]
    for check in known.checks.checks if known.checks else ():
        if not check.ok:
            rows.append((str(len(rows) + 1), f"A check fails: {vocabulary(check.name)} (why: see What is proved)", None))
    return Section(
        heading="Risk register",
        blocks=(
            Facts(rows=(("Likelihood and consequence of each, and by whom", None),)),
            Table(columns=("No", "Risk", "What is done"), widths=(0.05, 0.42, 0.53), rows=tuple(rows)),
        ),
    )


def _checks(known: Known) -> Section:
    if known.checks is None:
        return Section(heading="What is proved", blocks=(Lines(lines=(None,)),))
    rows = tuple((_holds(one), vocabulary(one.name).capitalize(), one.why, one.source) for one in known.checks.checks)
    at = known.checks.at
    facts = (
        ("In short", " ".join(known.checks.summary)),
        ("Ring and access as at", known.time(at) if at else "any time: the plan says none"),
        ("SHA-256 of the plan", known.checks.sha256),
        *((("As reported", " ".join(known.status.summary)),) if known.status else ()),
    )
    table = Table(columns=("Holds", "What", "Why", "Found by"), widths=(0.07, 0.18, 0.5, 0.25), rows=rows)
    return Section(heading="What is proved, and by which checker", blocks=(Facts(rows=facts), table))


def _holds(check: Check) -> str:
    return "yes" if check.ok else "NO"


def _short(check: Check) -> str:
    """Whether it holds, and why; a reason that fills a page is not printed twice."""
    return f"{_holds(check)}: {check.why if len(check.why) <= _REASON else 'the reason stands in What is proved.'}"


def _overview(known: Known) -> Section:
    closed = closed_streets(known)
    rows = tuple((street, between, f"{metres:,.0f}") for street, between, metres in closed) if closed is not None else ()
    total = sum(metres for _, _, metres in closed or ())
    roads = Table(columns=("Street", "Between", "Metres"), widths=(0.3, 0.54, 0.16), rows=rows, halved=True) if rows else None
    told = (
        f"{total:,.0f} m of street are lost to through traffic." if rows
        else "No street is lost to through traffic." if closed is not None
        else None
    )  # fmt: skip
    blocks = (Maps(across=1, maps=(whole_map(known),)), Lines(lines=(told,)), *((roads,) if roads else ()))
    return Section(heading="Layout: the whole plan and the roads closed", blocks=blocks, new_page=True)


def _gates(known: Known) -> Section:
    barriers = known.plan.barriers
    if not barriers:
        return Section(heading="Barriers and gates", blocks=(Lines(lines=(None,)),))
    passes = {one.id: passing_words(known, one) if one.is_gate else "nobody" for one in barriers}
    if len(barriers) > MANY:  # the same words stand once: the others name the gate that has them
        first = {words: name for name, words in reversed(passes.items()) if words}
        same = {name: first[words] for name, words in passes.items() if words and first[words] != name and words != "nobody"}
        passes |= {name: f"as at {known.sign(other)}" for name, other in same.items()}
    rows = tuple(
        (
            known.called(one.id),
            known.where(one.place),
            vocabulary(one.structure),
            OPENS[one.opens] + (f", {one.opening_seconds:,.0f} s" if one.opening_seconds is not None else ""),
            known.lasting(one.starts, one.ends),
            passes[one.id],
        )
        for one in barriers
    )
    table = Table(
        columns=("Id", "Place", "What stands", "Who opens it", "Stands", "Who passes"),
        widths=(0.09, 0.21, 0.12, 0.16, 0.14, 0.28),
        rows=rows,
    )
    unplaced = [one.id for one in barriers if known.gazetteer is not None and one.id not in known.spots]
    lost = (Lines(lines=(f"Nobody can say where on this map these stand: {listed(in_runs(unplaced))}.",)),) if unplaced else ()
    across, maps = gate_maps(known) if known.gazetteer is not None else (2, ())
    shown = (Maps(across=across, maps=maps),) if maps else ()
    return Section(heading="Barriers and gates", blocks=(table, *lost, *shown))


def _stages(known: Known) -> Section:
    stages = known.plan.stages
    if not stages:
        # crews may have been sent all the same: the set-up of a plan whose stages nobody wrote
        crews = crews_blocks(known) if known.stages else ()
        return Section(heading="Stages", blocks=(Lines(lines=(None,)), *crews))
    rows = tuple(
        (
            vocabulary(one.phase),
            known.time(one.starts) if one.starts else None,
            known.time(one.ends) if one.ends else None,
            one.note or "",
        )
        for one in stages
    )
    table = Table(columns=("Stage", "From", "Until", "What"), widths=(0.15, 0.22, 0.22, 0.41), rows=rows).filled()
    own = tuple(stage_maps(known)) if known.gazetteer else ()
    maps: tuple[Drawn | None, ...] = tuple(drawn for _, drawn in own)
    changing = {stage for some, _ in own for stage in some}
    whole = [vocabulary(one.phase) for one in stages if one not in changing] if known.gazetteer else []
    named = f"In {'the stage' if len(whole) == 1 else 'the stages'} {listed(whole)} every barrier of the first map stands."
    told = (Lines(lines=(named,)),) if whole else ()
    return Section(
        heading="Stages",
        blocks=(
            table,
            *told,
            *crews_blocks(known),
            *((Maps(across=1 if len(known.plan.barriers) > MANY else min(len(maps), 2), maps=maps),) if maps else ()),
        ),
    )


def _help(known: Known) -> Section:
    checks = {one.name: one for one in known.checks.checks} if known.checks else {}
    proof = checks.get("emergency_certificate")
    twice = checks.get("reached_from_two_sides")
    reached = checks.get("casualty_handover")
    routes = [one for one in known.plan.routes if one.purpose in ("emergency", "kept_free")]
    handover = tuple(f"{one.id}: {known.where(one.place)}{f' ({one.note})' if one.note else ''}" for one in known.plan.handover)
    facts = (
        ("Help reaches every address as before", proof and _short(proof)),
        ("Also with any one gate blocked", twice and _short(twice)),
        ("Casualty handover", "; ".join(handover) or None),
        *((("Handover with any one street blocked", _short(reached)),) if handover and reached else ()),
        ("Routes that stay free for help", "; ".join(_route(known, one.id) for one in routes) or None),
        ("From the gates to hospital", _hospitals(known)),
    )
    return Section(heading="Emergency access at all times", blocks=(Facts(rows=facts),))


def _hospitals(known: Known) -> str | None:
    """From which gates one gets to which hospital, and how far that is; turn by turn it stands on the gate's card."""
    by_name: dict[str, list[tuple[str, float]]] = {}
    for gate, way in known.to_hospital.items():
        by_name.setdefault(way.hospital, []).append((known.sign(gate), way.metres / 1000))
    told = []
    for name, gates in by_name.items():
        low, high = min(km for _, km in gates), max(km for _, km in gates)
        from_gates = listed(in_runs([gate for gate, _ in gates]))
        told.append(f"{name}: {low:.1f} to {high:.1f} km, from {counted(len(gates), 'gate')} ({from_gates})")
    return "; ".join(told) or None


def _route(known: Known, name: str) -> str:
    route = next(one for one in known.plan.routes if one.id == name)
    along = ", ".join(known.where(place) for place in route.along)
    wide = f", {route.width_m:g} m clear" if route.width_m is not None else ""
    return f"{route.id} ({_PURPOSE[route.purpose]}): {along}{wide}{f' ({route.note})' if route.note else ''}"


def _on_foot(known: Known) -> Section:
    walking = [one for one in known.plan.routes if one.purpose == "walking"]
    check = {one.name: one for one in known.checks.checks}.get("people_on_foot_pass_every_gate") if known.checks else None
    ways: list[str | None] = [_route(known, one.id) for one in walking] or [None]
    places = [one.tell for one in known.detours.places] if known.detours else []
    facts = (("People on foot pass every gate", check and f"{_holds(check)}: {check.why}"),)
    return Section(heading="People on foot: safe ways in and out", blocks=(Facts(rows=facts), Lines(lines=(*ways, *places))))


def _people(known: Known) -> Section:
    plan = known.plan
    posts = tuple(
        (one.id, known.where(one.place), str(one.staff), one.task, known.lasting(one.starts, one.ends)) for one in plan.posts
    )
    contacts = tuple((one.office, one.task, one.reach) for one in plan.contacts)
    powers = tuple((one.by, one.instrument) for one in plan.powers)
    works = {one.name: one for one in known.checks.checks}.get("other_works") if known.checks else None
    facts = (
        ("Parking", None),
        ("Other works at the same time", works and works.why),
        ("Staff in all", f"{sum(one.staff for one in plan.posts):,} at {counted(len(plan.posts), 'post')}" if posts else None),
    )
    return Section(
        heading="Staff, contacts and powers",
        blocks=(
            Facts(rows=facts),
            *_table(("Post", "Place", "Staff", "Task", "When"), (0.1, 0.35, 0.08, 0.25, 0.22), posts, "Staff posts"),
            *_table(("Office", "Does what", "Reached by"), (0.35, 0.3, 0.35), contacts, "Contacts by office"),
            *_table(("Who closes streets", "By which law"), (0.4, 0.6), powers, "Powers"),
        ),
    )


def _table(
    columns: tuple[str, ...], widths: tuple[float, ...], rows: tuple[tuple[str | None, ...], ...], called: str
) -> Iterator[Table | Facts]:
    yield Table(columns=columns, widths=widths, rows=rows) if rows else Facts(rows=((called, None),))
