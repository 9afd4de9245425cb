"""The rules, by what they find: figures, the ground, means, talk. Each yields the claims of one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.intake.rules.figures import EXPLAINING, FIGURES, counts
from clearway.intake.rules.ground import GROUND
from clearway.intake.rules.means import MEANS
from clearway.intake.rules.talks import TALKS, statement

if TYPE_CHECKING:
    from clearway.intake.scene import Claim, Scene

_RULES = (*FIGURES, *MEANS, *TALKS, *GROUND)
_SOFT = frozenset({"community_impact", "contact", "forecast", "health_finding", "incident", "notice"})
_SAYS_IT_ALL = frozenset(
    {
        "condition",
        "decision",
        "demand",
        "meeting_request",
        "notice",
        "offer",
        "promise",
        "resource_request",
        "restriction_level",
    }
)
_MOST_SOFT = 2


def claims(scene: Scene) -> list[Claim]:
    """Everything that the rules read out of a sentence; a plain statement where somebody speaks and no rule finds more."""
    found = [claim for rule in _RULES for claim in rule(scene)]
    found += counts(scene, [claim.focus for claim in found if claim.body.kind in EXPLAINING])
    firm = [claim for claim in found if claim.body.kind not in _SOFT]
    says_it = any(claim.body.kind in _SAYS_IT_ALL for claim in firm)
    counted = any(claim.body.kind in ("arrests", "injuries") for claim in firm)
    soft = [claim for claim in found if claim.body.kind in _SOFT and not (counted and claim.body.kind == "community_impact")]
    soft.sort(key=lambda claim: -claim.confidence)
    kept = [*firm, *([] if says_it and not scene.quantities else soft[:_MOST_SOFT])]
    return kept or [*soft[:_MOST_SOFT]] or statement(scene)
