"""Promises: what somebody says they will do, and by when; what looks like one and is none is told apart in intents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.intake.modality import gist
from clearway.intake.passages import Stretch
from clearway.intake.rules.intents import HOPED, STARTS, as_said
from clearway.intake.scene import Claim
from clearway.record.kinds.pending import Promise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.intake.scene import Scene

_WILL = re.compile(
    r"(?P<who>\b(?:we|they|he|she|it|I|police|officers|staff|council|the\s+\w+|[A-ZĀĒĪŌŪ][\w’'-]{1,40})\b)\s*(?:(?:have|has)\s+(?:pledged|promised|vowed|undertaken|committed)\s+to|pledged\s+to|promised\s+to|vowed\s+to|(?:agreed|offered|undertook)\s+to|"
    r"(?:will|would|shall)\s+(?:also\s+|now\s+|still\s+|continue\s+to\s+)?|(?:are|is|were|was)\s+(?:going|committed|working|preparing|planning)\s+to|[’']ll\s+)"
    r"\s*(?P<verb>\w+)(?P<next>\s+\w+)?",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"(?:\b(?P<who>[A-Z][\w’'-]+)\s+)?(?:\b(?:has|have|had)\s+)?\b(?P<verb>promised|promises|pledged|pledges|undertaken)\s+(?!to\b)"
)
_AND_WILL = re.compile(r"\band\s+will\s+(?P<verb>\w+)", re.IGNORECASE)
_READY = re.compile(
    r"\b(?:should|would|will|to)\s+be\s+(?:ready|open|available|reopened|cleared|in\s+place|finished|complete)\b", re.IGNORECASE
)
_ACT = re.compile(
    r"\b(?P<will>will|would|shall|[’']ll)\s+(?P<not>not\s+|never\s+)?(?:also\s+|then\s+|now\s+|again\s+)?(?P<be>be\s+)?(?P<verb>\w+)",
    re.IGNORECASE,
)
_ONLY_ONCE = re.compile(r"\bonly\s+(?:once|if|when|after)\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:staff|council|group|team|association|union|university|government|organi[sz]ers|members|officers|police|crews?|volunteers|we)\s+$",
    re.IGNORECASE,
)
_VOWED = re.compile(
    r"(?<!been )\b(?P<verb>vow(?:s|ed)|promis(?:es|ed)|pledg(?:es|ed)|offered|offers|agreed)\s+to\s+(?P<act>\w+)", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:protesters?|protestors?|people|anyone|anybody|those|everyone|everybody|residents|motorists|commuters|passengers|drivers|students|others|it|that|which|who|when|there|this|what|weather|wind|rain|crowds?|numbers?|if)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_NO_ACTS = frozenset(
    "disappointed surprised happy glad sorry ready able be have affected expected needed required diverted closed shut like say take seem appear feel know see think love hope need want mean depend cost allowed".split()
)
_SUBJECT_REACH = 40
_PAST = re.compile(r"\b(?:last|yesterday|past|ago|earlier|since)\b", re.IGNORECASE)
_NO_PROMISE = frozenset(
    "remind say think suspect believe suggest hope imagine not like have lead cause need mean depend likely probably look find see seem happen grow get only just never not no always want "
    "offend change come defer be take disagree run escalate hurt turn remain".split()
)
OURS = re.compile(r"\b(?:we|I|our)\b", re.IGNORECASE)
_AGENTS = ("office", "organisation", "spokesperson", "group", "document", "staff")


def _promises(scene: Scene) -> Iterator[Claim]:
    """Somebody says what they themselves will do, by when; also "should be ready by"."""
    actor = scene.speaker
    for will in scene.find(_WILL):
        verb = will["verb"].lower()
        follows = (will["next"] or "").strip().lower()
        acts = verb == "be" and (follows.endswith("ing") or follows in ("investigating", "providing"))
        if (verb in _NO_PROMISE and not acts) or follows in ("not", "never") or verb.endswith("n't"):
            continue
        if re.search(
            r"\b(?:if|would\s+have|that|what|which|why|how|whether)\s*$",
            scene.text[scene.sentence.start : will.start()][-9:],
            re.IGNORECASE,
        ) and will["who"].lower() not in ("we", "police", "they"):
            continue
        if not _promises_for(scene, will):
            continue
        yield _promise(scene, will, 0.8 if OURS.match(will["who"]) else 0.7, "the speaker says what they will do")
        return
    if (act := _announced(scene)) is not None:
        yield _promise(scene, act, 0.55, "the speaker says what will be done")
        return
    again = scene.has(_AND_WILL)
    if again and again["verb"].lower() not in _NO_PROMISE and actor is not None and actor.sort in _AGENTS:
        yield _promise(scene, again, 0.7, "the speaker says what they will do")
        return
    ready = scene.has(_READY)
    if (
        ready
        and scene.times
        and (actor is None or actor.sort in _AGENTS)
        and not re.search(r"\b(?:no|not|n[’']t)\b", scene.words)
    ):
        yield _promise(scene, ready, 0.65, "something is due by a time")
        return
    hoped = scene.has(HOPED)
    if (
        hoped
        and actor is not None
        and actor.sort in ("office", "organisation", "group", "spokesperson")
        and (hoped["verb"] or "").lower() not in ("see", "be", "hear")
    ):
        yield _promise(scene, hoped, 0.5, "an aim, not a firm promise")
        return
    starts = scene.has(STARTS)
    if starts and actor is not None and actor.sort in _AGENTS and gist(scene.wording()) != "not_done":
        yield _promise(scene, starts, 0.6, "a step is announced")


def _announced(scene: Scene) -> re.Match[str] | None:
    """What those who can do it say will be done, by themselves or by no one named: "the lane would be marked tonight"."""
    actor = scene.speaker
    if actor is None or not scene.has(_ACT) or scene.has(_ONLY_ONCE) or gist(scene.wording()) == "not_done":
        return None
    spoken = scene.main.saying is not None or scene.main.direct
    for act in scene.find(_ACT):
        verb, first = act["verb"].lower(), max(scene.sentence.start, act.start() - _SUBJECT_REACH)
        before = scene.text[first : act.start()]
        if verb in _NO_PROMISE | _NO_ACTS or act["not"] or _OTHERS.search(before):
            continue
        own = _OWN.search(before) is not None
        firm = own or act["will"].lower() != "would" or act["be"] or any(time.ahead for time in scene.times)
        if firm and spoken and (own or actor.sort in _AGENTS):  # not: "bringing in the army would do more harm"
            return act
    return None


def _promised(scene: Scene) -> Iterator[Claim]:
    """Somebody promised something, as others report."""
    word = scene.has(_PROMISED) or scene.has(_VOWED)
    if (
        word is None
        or (word.re is _VOWED and (scene.has(_WILL) or word["act"].lower() in ("meet", "talk")))
        or scene.mode(word.start("verb")) == "not_done"
    ):
        return
    by = scene.party(scene.subject(word.start("verb"))) or (word.groupdict().get("who") or "").strip() or scene.voice("")
    body = Promise(by=by or "not named", what=scene.wording(), due=scene.due)
    yield Claim(body, Stretch(word.start("verb"), word.end("verb")), "intended", 0.7, "a promise is reported")


def _promises_for(scene: Scene, will: re.Match[str]) -> bool:
    """Whether whoever "will" is the speaker, or an organisation that the report speaks of."""
    actor, who = scene.speaker, will["who"].lower()
    if who in ("we", "i"):
        return actor is not None and actor.sort in _AGENTS and scene.part_at(will.start()).direct | (actor is not None)
    if who in ("they", "he", "she", "it"):
        return (
            actor is not None
            and actor.sort in ("office", "organisation", "spokesperson", "document")
            and who != "it"
            and scene.main.verb != ""
        )
    named = next(
        (
            mention
            for mention in scene.mentions
            if mention.start <= will.start("who") < mention.end or abs(mention.end - will.end("who")) <= 1
        ),
        None,
    )
    if named is None:
        return who in ("police", "officers", "council") and actor is not None and actor.sort in _AGENTS
    return named.actor.sort in ("office", "organisation") or (
        named.actor.sort == "group" and (named.actor.organisation or "").lower() in ("police", "authorities")
    )


def _promise(scene: Scene, word: re.Match[str], confidence: float, why: str) -> Claim:
    by = scene.voice("")
    if not by:
        by = scene.party(scene.subject(word.end())) or "not named"
    due = next(
        (
            time.span.end
            for time in reversed(scene.times)
            if time.ahead or (time.start > word.start() and not _PAST.search(time.span.said))
        ),
        None,
    )
    said = Promise(by=by, what=scene.wording(), due=due)
    return as_said(scene, Claim(said, Stretch(word.start(), word.end()), "intended", confidence, why))


PROMISES: tuple[Callable[[Scene], Iterator[Claim]], ...] = (_promises, _promised)
