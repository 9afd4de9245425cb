"""What stands first: what keeps out help, people on foot or residents, then what is serious, then what is near and new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.record.kind import Briefing, Methane, Theme
from clearway.record.kinds import BODY, KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clearway.picture.contract import Fact

AT_THE_SITE, UNPLACED, SOMEWHERE, FAR = range(4)
"""How near an entry is: by the site; of no place, or one that nobody can find; elsewhere on the network; far away."""

KEPT_OUT = 5
_SERIOUS = ("serious", "major")


class Danger:
    """Ranks the facts of one report.

    Args:
        new: Ids of the entries that are new.
        near: How near an entry is, by its id.
    """

    def __init__(self, new: Collection[str], near: Mapping[str, int]) -> None:
        self._new = new
        self._near = near

    def rank(self, fact: Fact) -> tuple[object, ...]:
        """By which facts are sorted, the most dangerous first."""
        near = self._near.get(fact.id, UNPLACED)
        theme = KINDS[fact.kind].about.theme
        at = list(Theme).index(theme) if theme else 0
        return -self.of(fact), near >= FAR, near, fact.id not in self._new, fact.age_s, at, fact.id

    def of(self, fact: Fact) -> int:
        """How dangerous a fact is, from what its kind declares."""
        about = KINDS[fact.kind].about
        if keeps_out(fact):
            return KEPT_OUT
        if fact.body.get("severity") in _SERIOUS or about.methane is Methane.CASUALTIES:
            return 4
        if about.methane is Methane.ACCESS or (about.methane is Methane.HAZARDS and "advice" in fact.body):
            return 3
        if about.briefing is Briefing.ACTIONS and about.theme is Theme.DECISIONS:
            return 2
        return 1 if about.is_belief else 0


def keeps_out(fact: Fact) -> bool:
    """Whether it keeps out help, people on foot or residents, as its kind says."""
    return BODY.validate_python(fact.body).keeps_out
