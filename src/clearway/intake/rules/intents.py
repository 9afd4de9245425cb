"""What looks like a promise and is none: hopes, work under way, ultimatums, steps announced to begin."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from clearway.intake.passages import Stretch
from clearway.intake.scene import Claim
from clearway.record.kinds.pending import Announcement, Aspiration, Promise, Ultimatum, WorkUnderWay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.intake.scene import Scene

HOPED = re.compile(r"(?<!had )\b(?:hop(?:e|es|ed)\s+to|aim(?:s|ed)?\s+to|aspiration)\b\s*(?P<verb>\w+)?", re.IGNORECASE)
STARTS = re.compile(
    r"\b(?:starts|begins|commences|(?:is|are)\s+to\s+(?:start|begin))\s+(?=(?:today|tonight|tomorrow|this|on|at)\b)",
    re.IGNORECASE,
)
_WORKING = re.compile(r"\b(?:are|is|were|was)\s+(?:still\s+)?working\s+to\b", re.IGNORECASE)
_TOWARDS = re.compile(r"\b(?:will|would)\s+(?:work\s+towards?|aim\s+(?:to|for)|hope\s+to|try\s+to)\b", re.IGNORECASE)
_BEGINS = re.compile(r"\b(?:will|would|[’']ll)\s+(?:start|begin|commence)\b", re.IGNORECASE)
_OR_ELSE = re.compile(
    r"\b(?P<demand>[^.;,]{0,160}\b(?:need|must|have|leave|move|remove|clear|stop)\b[^.;,]{0,160}?),?\s+or\s+(?:else\s+)?"
    r"(?P<otherwise>(?:(?:we|police|they|it|the\s+\w+|vehicles|cars|tents)\s+will\b|(?:be\s+arrested|face|risk)\b)[^.;]*)",
    re.IGNORECASE,
)
_TIME_OF_DEMAND = re.compile(r"\b(?:by|before|until)\s+$", re.IGNORECASE)


def as_said(scene: Scene, claim: Claim) -> Claim:
    """A claim of a promise as it was said: nobody is held to a hope, to work under way or to a step that was announced."""
    said = claim.body
    assert isinstance(said, Promise)  # noqa: S101 - only promises are asked
    if scene.has(_WORKING):
        return replace(claim, body=WorkUnderWay(by=said.by, what=said.what), why="work under way")
    if HOPED.match(scene.text, claim.focus.start) or scene.has(_TOWARDS):
        return replace(claim, body=Aspiration(by=said.by, what=said.what), why="an aim, not a firm promise")
    if STARTS.match(scene.text, claim.focus.start) or (said.due is not None and scene.has(_BEGINS)):
        return replace(claim, body=Announcement(by=said.by, what=said.what, due=said.due), why="a step is announced")
    return claim


def ultimatums(scene: Scene) -> Iterator[Claim]:
    """One thing or the other: "they must leave or we will tow"."""
    found = scene.has(_OR_ELSE) if " or " in scene.words else None
    if found is None or scene.speaker is None:
        return
    body = Ultimatum(
        by=scene.voice(),
        demand=scene.wording(found.start("demand"), found.end("demand")),
        otherwise=found["otherwise"].strip()[:400],
        due=next((time.span.end for time in scene.times if time.ahead or _is_due(scene, time.start)), None),
    )
    yield Claim(body, Stretch(found.start(), found.end()), "asked", 0.6, "one thing or the other")


def _is_due(scene: Scene, at: int) -> bool:
    return _TIME_OF_DEMAND.search(scene.text, scene.sentence.start, at) is not None
