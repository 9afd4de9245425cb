"""The answer in sentences, for the panel, for print and for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.access.planner.contract import Access
    from clearway.planning.cordon.planner.contract import Cordon
    from clearway.server.desks.plan.models import PlanQuestion

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def summary(
    cordon: Cordon | None, access: Access | None, question: PlanQuestion, *, inside: Sequence[int], noun: str = "address"
) -> list[str]:
    """What a plan says, the most important sentence first: whom help no longer reaches goes before everything.

    Args:
        cordon: The cordon, None where there is no site.
        access: Access before and after, None where there is no station.
        question: What was asked.
        inside: Seconds to each address on an enclosed street, -1 where it is not reached.
        noun: What the network has: "address", or "frontage point" where it has none.
    """
    closing = [*_cordon_sentences(cordon, question, noun), *_inside_sentences(cordon, access, inside, noun)]
    reaching = _access_sentences(access, question, noun)
    loses = access is not None and any(one.after.reached < one.before.reached for one in access.services)
    return [*reaching, *closing] if loses else [*closing, *reaching]


def assumptions(question: PlanQuestion) -> list[str]:
    """What the times of help in a plan take for granted, in sentences: whom barriers, closures and parked vehicles stop."""
    help_class = question.access_class
    sentences = []
    if question.site is not None or question.stretches:
        wait = f" after {minutes(question.gate_s)}" if question.gate_s else " at once"
        passes = help_class not in question.shut
        sentences.append(f"The plan's barriers are opened for help{wait}." if passes else "The plan's barriers stop help too.")
    if question.stretches:
        drives = help_class not in question.occupied_shuts
        sentences.append(
            "Along the occupied streets a lane is taken to be free for help. If none is, set them as shut to it."
            if drives
            else "Help does not drive along the occupied streets."
        )
    if open_to_help := sum(help_class not in closure.shuts for closure in question.closures):
        sentences.append(f"Help is taken to pass {counted(open_to_help, 'stretch')} of street closed by hand.")
    return sentences


def minutes(seconds: float) -> str:
    """A time as people say it.

    >>> minutes(370), minutes(42), minutes(480)
    ('6 min 10 s', '42 s', '8 min')
    """
    whole, rest = divmod(round(seconds), 60)
    return " ".join(part for part in (f"{whole} min" if whole else "", f"{rest} s" if rest or not whole else "") if part)


def counted(count: int, what: str) -> str:
    """A number and its noun; small numbers as words.

    >>> counted(1, "barrier"), counted(8, "barrier"), counted(412, "address")
    ('one barrier', 'eight barriers', '412 addresses')
    """
    number = _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"
    return f"{number} {what if count == 1 else what + ('es' if what.endswith('s') else 's')}"


def _cordon_sentences(cordon: Cordon | None, question: PlanQuestion, noun: str) -> list[str]:
    if cordon is None:
        return ["There is no site yet. Draw the ground that people hold, or mark streets as occupied."]
    if not cordon.barriers:
        return ["The site needs no barrier: no street of the map leads there for the vehicles to be kept out."]
    barriers = cordon.worded(counted).capitalize()
    verb = "closes" if cordon.barrier_count == 1 else "close"
    whom = (
        "vehicles" if set(question.shut) >= {"resident", "service", "bus", "general"} else f"{_listed(question.shut)} vehicles"
    )
    proof = (
        "no cheaper cordon exists" if cordon.optimal else f"no cordon costs less than {words.counted(cordon.bound, 'point')}"
    )
    weighed = (
        f" when each {noun} enclosed counts {words.counted(question.address_cost, 'point')}" if question.address_cost else ""
    )
    return [f"{barriers} {verb} the site to {whom}; {proof}{weighed}."]


def _inside_sentences(cordon: Cordon | None, access: Access | None, inside: Sequence[int], noun: str) -> list[str]:
    count = cordon.enclosed.addresses if cordon else 0
    if not count:
        return [f"No {noun} lies between barriers and site."] if cordon else []
    lie = f"{counted(count, noun).capitalize()} {'lies' if count == 1 else 'lie'} between barriers and site"
    lost = sum(1 for seconds in inside if seconds < 0)
    if access is None or not inside:
        return [f"{lie}."]
    if lost:
        return [f"{lie}; {counted(lost, noun)} on those streets cannot be reached."]
    every = "it is" if count == 1 else "every one of them is"
    return [f"{lie}; {every} reached, the slowest in {minutes(max(inside))}."]


def _access_sentences(access: Access | None, question: PlanQuestion, noun: str) -> list[str]:
    if access is None:
        return ["No station is marked, so access was not timed. Add a fire or ambulance station."]
    never = access.before.unreached_count
    sentences = _reach_sentences(access, question, noun)
    if never:
        sentences.append(f"{counted(never, noun).capitalize()} could not be reached by street before either.")
    lost = access.before.reached - access.after.reached
    late = access.within.before - access.within.after - max(lost, 0)  # those no longer reached have their own sentence
    if late > 0:
        sentences.append(f"{counted(late, noun).capitalize()} now wait longer than {minutes(access.within.seconds)}.")
    return sentences


def _reach_sentences(access: Access, question: PlanQuestion, noun: str) -> list[str]:
    """Whom each service no longer reaches; then the stations that are no use."""
    lost = {one.service: one.before.reached - one.after.reached for one in access.services}
    alone = question.access_class if question.access_class != "emergency" else ""
    names = [f"a {alone} vehicle of {name}" if alone else name for name in lost]
    if list(lost) == ["all stations"]:
        names = [f"a {alone} vehicle" if alone else "help"]
    sentences = [
        f"{name[0].upper()}{name[1:]} no longer reaches {counted(count, noun)}."
        for name, count in zip(names, lost.values(), strict=True)
        if count > 0
    ]
    if not sentences:
        who = _listed(names)
        verb, they = ("still reaches", "it") if len(names) == 1 else ("each still reach", "they")
        sentences.append(f"{who[0].upper()}{who[1:]} {verb} every {noun} that {they} reached before.")
    return sentences + list(dict.fromkeys(note for one in access.services for note in one.notes))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
