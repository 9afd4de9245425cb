"""The answer in sentences, for the panel, for print and for a screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.planning.access.planner.services import ANY_SERVICE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.planning.access.planner.contract import Access
    from clearway.planning.cordon.planner.contract import Cordon
    from clearway.server.desks.plan.models import PlanQuestion

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MOST_NAMED = 6
POINT_S = 900.0
"""What a barrier point stands for: a crew for a quarter of an hour."""


@dataclass(frozen=True)
class Lost:
    """Whom a service reached before and reaches no longer: how many, and on which streets, most first."""

    count: int
    streets: tuple[str, ...] = ()


def summary(
    cordon: Cordon | None,
    access: Access | None,
    question: PlanQuestion,
    *,
    inside: Sequence[int],
    lost: Mapping[str, Lost] | None = None,
    noun: str = "address",
) -> list[str]:
    """What a plan says, the most important sentence first: whom help no longer reaches goes before everything.

    Args:
        cordon: The cordon, None where there is no site.
        access: Access before and after, None where there is no station.
        question: What was asked.
        inside: Seconds to each address on an enclosed street, -1 where it is not reached.
        lost: By service, whom it reached before and reaches no longer.
        noun: What the network has: "address", or "frontage point" where it has none.
    """
    closing = [*_cordon_sentences(cordon, question, noun), *_inside_sentences(cordon, access, inside, noun)]
    reaching = _access_sentences(access, question, lost or {}, noun)
    loses = access is not None and any(one.after.reached < one.before.reached for one in access.services)
    assumed = access.occupied.says if access and access.occupied else ()
    return [*reaching, *closing, *assumed] if loses else [*closing, *reaching, *assumed]


def assumptions(question: PlanQuestion) -> list[str]:
    """What the times of help in a plan take for granted, in sentences: whom barriers and closures stop."""
    help_class = question.access_class
    sentences = []
    if question.site is not None or question.stretches:
        wait = f" after {minutes(question.gate_s)}" if question.gate_s else " at once"
        passes = help_class not in question.shut
        sentences.append(f"The plan's barriers are opened for help{wait}." if passes else "The plan's barriers stop help too.")
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


def work(points: float) -> str:
    """Points of cost as the time of one crew: a point is a quarter of an hour.

    >>> work(7.25), work(0.1), work(4)
    ('1 h 49 min', '1 min 30 s', '1 h')
    """
    seconds = points * POINT_S
    if seconds < 3600:  # noqa: PLR2004 - an hour
        return minutes(seconds)
    hours, rest = divmod(round(seconds / 60), 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def counted(count: int, what: str) -> str:
    """A number and its noun; small numbers as words.

    >>> counted(1, "barrier"), counted(8, "barrier"), counted(412, "address")
    ('one barrier', 'eight barriers', '412 addresses')
    """
    return f"{_number(count)} {what if count == 1 else what + ('es' if what.endswith('s') else 's')}"


def _number(count: int) -> str:
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


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
    proof = "no cheaper cordon exists" if cordon.optimal else f"no cordon takes a crew less than {work(cordon.bound)}"
    weighed = f" when each {noun} enclosed counts as {work(question.address_cost)} of a crew" if question.address_cost else ""
    where = named(list(dict.fromkeys(_place(barrier.street) for barrier in cordon.barriers)))
    return [f"{barriers} ({where}) {verb} the site to {whom}; {proof}{weighed}."]


def _place(streets: str) -> str:
    """A corner by its first two streets.

    >>> _place("Bowen St / Lambton Quay / Whitmore St"), _place("Bunny St")
    ('Bowen St at Lambton Quay', 'Bunny St')
    """
    return " at ".join(streets.split(" / ")[:2])


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


def _access_sentences(access: Access | None, question: PlanQuestion, lost: Mapping[str, Lost], noun: str) -> list[str]:
    if access is None:
        return ["No station is marked, so access was not timed. Add a fire or ambulance station."]
    never = access.before.unreached_count
    sentences = _reach_sentences(access, question, lost, noun)
    if never:
        sentences.append(f"{counted(never, noun).capitalize()} could not be reached by street before either.")
    fewer = access.before.reached - access.after.reached
    late = access.within.before - access.within.after - max(fewer, 0)  # those no longer reached have their own sentence
    if late > 0:
        sentences.append(f"{counted(late, noun).capitalize()} now wait longer than {minutes(access.within.seconds)}.")
    return sentences


def _reach_sentences(access: Access, question: PlanQuestion, lost: Mapping[str, Lost], noun: str) -> list[str]:
    """Whom each service no longer reaches, and where they are; then the stations that are no use."""
    alone = question.access_class if question.access_class != "emergency" else ""
    names = [_who(one.service, alone) for one in access.services]
    by_loss: dict[Lost, list[str]] = {}
    for name, one in zip(names, access.services, strict=True):
        fewer = one.before.reached - one.after.reached
        if fewer > 0:
            by_loss.setdefault(lost.get(one.service, Lost(fewer)), []).append(name)
    sentences = [
        f"{_capital(_listed(who))} no longer {'reaches' if len(who) == 1 else 'reach'} {counted(loss.count, noun)}"
        f"{f' on {named(loss.streets)}' if loss.streets else ''}."
        for loss, who in by_loss.items()
    ]
    if not sentences:
        verb, they = ("still reaches", "it") if len(names) == 1 else ("each still reach", "they")
        sentences.append(f"{_capital(_listed(names))} {verb} every {noun} that {they} reached before.")
    return sentences + list(dict.fromkeys(note for one in access.services for note in one.notes))


def _who(service: str, alone: str) -> str:
    """A service in a sentence, and the class of vehicle that it is timed in where that is not its own."""
    if service == ANY_SERVICE.name:
        return f"a {alone} vehicle" if alone else "help"
    return f"a {alone} vehicle of {service}" if alone else service


def named(streets: Sequence[str]) -> str:
    """Streets in a sentence, the first few of many.

    >>> named(["Hill St", "Bowen St"]), named(["A St", "B St", "C St", "D St", "E St", "F St", "G St", "H St"])
    ('Hill St and Bowen St', 'A St, B St, C St, D St, E St, F St and two more')
    """
    more = len(streets) - _MOST_NAMED
    return _listed([*streets[:_MOST_NAMED], f"{_number(more)} more"] if more > 1 else streets)


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
