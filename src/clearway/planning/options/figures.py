"""The figures of an option, the same for every one: each with where it comes from, and unknown where nobody says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from clearway.errors import Infeasible
from clearway.planning.cordon.planner.steps import untold
from clearway.planning.options.contract import OptionFigure
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.options.contract import Basis, FigureName
    from clearway.planning.options.ground import OptionGround, Prepared
    from clearway.planning.options.option import Entered, Judgement


class Meaning(NamedTuple):
    """What a figure is, and which end of it is better."""

    title: str
    unit: str
    better: Literal["more", "less"]


MEANINGS: dict[FigureName, Meaning] = {
    "in_standard": Meaning("reached in time by every service", "addresses", "more"),
    "two_approaches": Meaning("with two approaches for every service", "addresses", "more"),
    "lost": Meaning("reached by no street any more", "addresses", "less"),
    "enclosed": Meaning("enclosed by its barriers, the site's among them", "addresses", "less"),
    "streets_shut": Meaning("shut to cars, in part or whole", "streets", "less"),
    "bus_trips_cut": Meaning("bus trips that meet a closure", "trips a day", "less"),
    "bus_routes_cut": Meaning("bus routes that meet a closure", "routes", "less"),
    "hours_lost": Meaning("lost in traffic by trips that have a route", "vehicle hours an hour", "less"),
    "trips_cut_off": Meaning("trips without a route", "trips an hour", "less"),
    "vehicles_towed": Meaning("vehicles that it tows away", "vehicles", "more"),
    "vehicles_leave": Meaning("vehicles that leave by themselves", "vehicles", "more"),
    "minutes_to_effect": Meaning("until it takes effect", "minutes", "less"),
    "staff": Meaning("staff", "people", "less"),
    "money": Meaning("money", "as entered", "less"),
    "escalation": Meaning("chance that it makes violence", "0 to 1", "less"),
}
_ACCESS: tuple[FigureName, ...] = ("in_standard", "two_approaches", "lost")
_BUSES: tuple[FigureName, ...] = ("bus_trips_cut", "bus_routes_cut")
_TRAFFIC: tuple[FigureName, ...] = ("hours_lost", "trips_cut_off")
_NO_TRIPS = "No trips were assigned: ask for traffic too (--traffic)."
_NO_SERVICE = "No station was given: give --stations."
_NO_TIMETABLE = "No timetable was given: give --gtfs FEED.zip."


class _Value(NamedTuple):
    """A figure's ends, and where they come from."""

    low: float | None
    high: float | None
    basis: Basis
    source: str
    assumed: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


def figures_of(prepared: Prepared, ground: OptionGround, tell: Tell = untold) -> tuple[OptionFigure, ...]:
    """Every figure of an option, in the order of ``MEANINGS``.

    Args:
        prepared: The option.
        ground: The streets.
        tell: Told what is being worked out, and the share that is done.

    Raises:
        BadInput: a barrier of a plan stands nowhere here.
        BadGeometry, Infeasible: as the desks' own functions.
    """
    known = dict(_computed(prepared, ground, tell)) | dict(_told(prepared))
    tell("Setting up and towing", 0.9)
    known["minutes_to_effect"] = _minutes(prepared, ground)
    return tuple(
        OptionFigure(figure=name, **(meaning._asdict() | {"unit": _unit(name, prepared)}), **known[name]._asdict())
        for name, meaning in MEANINGS.items()
    )


def _unit(name: FigureName, prepared: Prepared) -> str:
    money = prepared.option.money
    return money.currency if name == "money" and money else MEANINGS[name].unit


def _computed(prepared: Prepared, ground: OptionGround, tell: Tell) -> Iterator[tuple[FigureName, _Value]]:
    closures = ground.closures(prepared)
    plans = _plans(prepared)
    rests = ground.assumed, (*ground.barred_by, *ground.counted_by, *plans)
    tell("Proving emergency access", 0.0)
    access = ground.access(closures) if ground.services else None
    source = f"access certificate under {counted(len(closures), 'closure')}, accepted by its checker"
    for name in _ACCESS:
        yield name, _exact(getattr(access, name), source, *rests) if access else _unknown(_NO_SERVICE)
    called = listed([one.called for one in prepared.set_ups])
    inside = ground.enclosed(prepared)
    if inside is None:
        yield "enclosed", _unknown(f"A plan of {called} has no site: give it one.")
    else:
        source = f"ring of the plan {called}" if called else "it sets up no barrier"
        yield "enclosed", _exact(inside, source, rests_on=plans)
    streets = ground.streets_shut(closures)
    yield "streets_shut", _exact(len(streets), f"closures on {listed(streets)}" if streets else "no closure", *rests)
    tell("Holding the timetable against the closures", 0.3)
    cuts = ground.bus_cuts(closures)
    for place, name in enumerate(_BUSES):
        source = "timetable under the same closures"
        yield name, _unknown(_NO_TIMETABLE) if cuts is None else _exact(cuts[place], source, *rests)
    traffic = ground.traffic(closures, lambda doing, share: tell(doing, 0.4 + 0.5 * share))
    for name in _TRAFFIC:
        if traffic is None:
            yield name, _unknown(_NO_TRIPS)
        else:
            source = f"trips of {traffic.hour}:00 assigned without and with the same closures"
            yield name, _exact(getattr(traffic, name), source, (*rests[0], traffic.statement), rests[1])
    towed = sum(len(one.tows) for one in prepared.schedules)
    assumed = tuple(sentence for one in prepared.schedules for sentence in one.assumed)
    source = "schedule of trucks, accepted by its checker" if prepared.schedules else "it tows nothing"
    yield "vehicles_towed", _exact(towed, source, assumed, ground.counted_by if prepared.schedules else ())


def _plans(prepared: Prepared) -> tuple[str, ...]:
    """Ids of the entries that hold the plans of an option."""
    return tuple(one.entry for one in prepared.set_ups if one.entry)


def _told(prepared: Prepared) -> Iterator[tuple[FigureName, _Value]]:
    option = prepared.option
    nobody = "Nobody has said."
    yield "vehicles_leave", _said(option.vehicles_leave) if option.vehicles_leave else _unknown(nobody)
    yield "staff", _entered(option.staff) if option.staff else _unknown(nobody)
    yield "money", _entered(option.money) if option.money else _unknown(nobody)
    yield "escalation", _said(option.escalation)


def _minutes(prepared: Prepared, ground: OptionGround) -> _Value:
    """Until the last thing is done that a desk computes a time of; else as it is judged."""
    parts: list[tuple[float, str, tuple[str, ...]]] = []
    for one in prepared.set_ups:
        try:
            stage = ground.stage(one)
        except Infeasible as error:
            return _unknown(f"Setting up {one.called}: {error}")
        if stage is None:
            return _judged_or_unknown(prepared, f"No crews were named for {one.called}: give 'means'.")
        if stage.minutes is None or not stage.checked:
            return _unknown(f"Setting up {one.called}: {listed(stage.refused) or 'kit is missing.'}")
        assumed = tuple(f"{used.input}: {used.value} {used.unit}".strip() for used in stage.inputs if used.assumed)
        bound = "proved least" if stage.proven else f"not below {stage.bound}"
        parts.append((stage.minutes, f"stage that sets up {one.called}, {bound}", assumed))
    for schedule in prepared.schedules:
        if schedule.not_towed:
            return _unknown(f"The schedule leaves {counted(len(schedule.not_towed), 'vehicle')} or more standing.")
        last = max((tow.done_s for tow in schedule.tows), default=0)
        least = max((step.at_least_s for step in schedule.steps), default=0)
        source = f"schedule of trucks, until the last is back; none takes less than {least / 60:.0f} min"
        parts.append((last / 60, source, schedule.assumed))
    if not parts:
        return _judged_or_unknown(prepared, "No desk computes it, and nobody has judged it.")
    minutes = max(minute for minute, _, _ in parts)
    assumed = tuple(dict.fromkeys(sentence for _, _, more in parts for sentence in more))
    tallied = ground.counted_by if prepared.schedules else ()
    return _exact(minutes, listed([source for _, source, _ in parts]), assumed, (*_plans(prepared), *tallied))


def _judged_or_unknown(prepared: Prepared, why: str) -> _Value:
    judged = prepared.option.minutes_to_effect
    return _said(judged) if judged else _unknown(why)


def _exact(value: float, source: str, assumed: tuple[str, ...] = (), rests_on: tuple[str, ...] = ()) -> _Value:
    return _Value(value, value, "computed", source, assumed, rests_on)


def _said(judged: Judgement) -> _Value:
    return _Value(judged.low, judged.high, "judged", f"{judged.by}: {judged.why}")


def _entered(entered: Entered) -> _Value:
    assumed = (f"{entered.low:g} to {entered.high:g}: {entered.source}",) if entered.assumed else ()
    return _Value(entered.low, entered.high, "entered", entered.source, assumed)


def _unknown(why: str) -> _Value:
    return _Value(None, None, "unknown", why)
