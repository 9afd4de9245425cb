"""The rules, by what they find: figures, the ground, barriers, services, powers, means, talk. Each yields the claims of one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.intake.rules.barriers import BARRIERS
from clearway.intake.rules.figures import FIGURES, counts
from clearway.intake.rules.ground import GROUND
from clearway.intake.rules.means import MEANS
from clearway.intake.rules.powers import POWERS
from clearway.intake.rules.services import SERVICES
from clearway.intake.rules.talks import TALKS, statement
from clearway.record.kinds.harm import CommunityImpact
from clearway.record.kinds.health import Weather
from clearway.record.kinds.incidents import Arrests, Injuries
from clearway.record.kinds.pending import Condition, Promise, Ultimatum
from clearway.record.kinds.talks import Demand, Forecast

if TYPE_CHECKING:
    from clearway.intake.scene import Claim, Scene

_RULES = (*FIGURES, *MEANS, *TALKS, *GROUND, *BARRIERS, *SERVICES, *POWERS)
_MOST_SOFT = 2


def claims(scene: Scene) -> list[Claim]:
    """Everything that the rules read out of a sentence; a plain statement where somebody speaks and no rule finds more."""
    found = [claim for rule in _RULES for claim in rule(scene)]
    found += counts(scene, [claim.focus for claim in found if claim.reported.explains_figures])
    if any(isinstance(claim.body, Ultimatum) for claim in found):  # what is threatened is no promise
        found = [claim for claim in found if not isinstance(claim.body, Promise | Demand | Condition)]
    if any(isinstance(claim.body, Weather) and claim.body.forecast for claim in found):
        found = [claim for claim in found if not (isinstance(claim.body, Forecast) and claim.body.what is None)]
    firm = [claim for claim in found if not claim.reported.loosely]
    says_it = any(claim.reported.whole_sentence for claim in firm)
    counted = any(isinstance(claim.body, Arrests | Injuries) for claim in firm)
    loose = (claim for claim in found if claim.reported.loosely)
    soft = [claim for claim in loose if not (counted and isinstance(claim.body, CommunityImpact))]
    soft.sort(key=lambda claim: -claim.confidence)
    chosen = [*firm, *([] if says_it and not scene.quantities else soft[:_MOST_SOFT])]
    return chosen or [*soft[:_MOST_SOFT]] or statement(scene)
