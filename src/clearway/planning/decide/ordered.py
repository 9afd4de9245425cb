"""What an operation is to achieve and how its controller means to: the objective and the decision that hold, for an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.picture.facts import said_until
from clearway.planning.decide.contradictions import is_decided
from clearway.planning.decide.log import made_by
from clearway.planning.talks.names import Names
from clearway.record.kinds.follow_up import Objective
from clearway.words import joined, listed, time_words

if TYPE_CHECKING:
    from clearway.planning.decide.log import Made
    from clearway.planning.reading import Reading


class Ordered(NamedTuple):
    """What an operation order begins with; None where the record does not say it.

    Attributes:
        mission: The objective that holds, who set it, and its entry.
        intent: What was decided, why, by whom, what is expected, and its entry.
        limits: On what law it rests, and why nothing milder would do.
    """

    mission: str | None = None
    intent: str | None = None
    limits: str | None = None


def ordered(reading: Reading) -> Ordered:
    """The objective that holds, and the decision that it follows from; where there is none, the latest decision that holds.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    objectives = [entry for said in reading.in_force([Objective]).values() for entry in said]
    objective = objectives[0] if objectives else None
    made = [one for one in made_by(reading) if is_decided(one.body)]
    replaced = {earlier for one in made for earlier in one.body.supersedes}
    holding = [one for one in made if not replaced & set(one.versions)]
    body = objective.draft.body if objective else None
    source = body.of if isinstance(body, Objective) else None
    decision = next((one for one in holding if source in one.versions), None)
    decision = decision or max(holding, key=lambda one: said_until(one.entry.draft), default=None)
    names = Names(reading.known().values())
    found = Ordered(
        mission=f"{body.what} ({body.by}; entry {objective.id})" if objective and isinstance(body, Objective) else None,
        intent=_intent(decision, reading) if decision else None,
        limits=_limits(decision) if decision else None,
    )
    return Ordered(*(names.in_words(one) if one else None for one in found))


def _intent(made: Made, reading: Reading) -> str:
    body, when = made.body, time_words(said_until(made.entry.draft), reading.zone)
    return joined(
        body.what,
        body.why and f"because: {body.why}",
        body.expects and f"expected: {listed(body.expects)}",
        f"decided by {body.by}, {when}, entry {made.entry.id}",
    )


def _limits(made: Made) -> str | None:
    body = made.body
    said = joined(body.legal_basis and f"legal basis: {body.legal_basis}", body.least_restrictive)
    return said or None
