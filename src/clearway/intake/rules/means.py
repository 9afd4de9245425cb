"""Means: offers, towing, what was asked of other organisations, loans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import Stretch
from clearway.intake.scene import Claim
from clearway.record.kinds.decisions import Notice
from clearway.record.kinds.means import Loan, Offer, TowCapability, TowEvent
from clearway.record.kinds.pending import Promise, ResourceRequest
from clearway.record.parts import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.intake.scene import Scene

_TOW = re.compile(r"\b(?:tow(?:ed|ing|s)?|impound(?:ed|ing)?|clamp(?:ed|ing)|seiz(?:ed|ing))\b", re.IGNORECASE)
_TOWERS = re.compile(
    r"\b(?:tow|towing)\s+(?:capab\w+|capacity|trucks?|operators?|firms?|companies|company|assistance|services?|contractors?)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(?:refus\w+|declin\w+|unwilling|reluctan\w+|would\s+not|won[’']t|pulled\s+out)\b", re.IGNORECASE)
_SECURED = re.compile(
    r"\b(?:secur\w+|obtain\w+|arrang\w+|offer\w+|come\s+from|available|thank\w*|hired|brought|in\s+place|have)\b", re.IGNORECASE
)
_SOUGHT = re.compile(r"\b(?:seek\w*|sought|look\w*\s+for|ask\w*|request\w*|try\w*\s+to|struggl\w+|need\w*)\b", re.IGNORECASE)
_VEHICLES = re.compile(
    r"\b(?:vehicles?|cars?|trucks?|vans?|campervans?|motorhomes?|bus(?:es)?|tractors?|trailers?)\b", re.IGNORECASE
)
_Towing = Literal["secured", "sought", "refused", "none", "unknown"]
_TOWING: tuple[tuple[_Towing, re.Pattern[str]], ...] = (("refused", _REFUSED), ("secured", _SECURED), ("sought", _SOUGHT))
_OFFER = re.compile(
    r"\b(?:offer(?:s|ed|ing)?|made\s+available|free\s+(?:of\s+charge|parking)|park(?:ing)?\s+(?:is\s+|was\s+|for\s+)?free|(?:will|would)\s+(?:stay|remain|be)\s+(?:open|available)\s+(?:to|for)\s+(?:those|anyone|protesters|people|vehicles))\b",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(
    r"\b(?:tak(?:e|en|ing)\s+up|took\s+up|ignor(?:e|ed|ing)|accept(?:ed|ing)?|turned\s+down|reject(?:ed|ing)?)\b[^.]{0,30}\boffers?\b",
    re.IGNORECASE,
)
_OFFERED = (
    ("parking", r"park(?:ing)?\b|car\s?park|stadium"), ("mediation", r"mediat\w+|go-between|facilitat\w+"), ("toilets", r"toilets?|portaloos?"),
    ("towing", r"\btow"), ("accommodation", r"accommodat\w+|beds?|rooms?"), ("venue", r"venue|hall"), ("transport", r"bus(?:es)?\b|transport|shuttle"),
    ("supplies", r"food|water|supplies"), ("talks", r"\bmeet|\btalk|dialogue"), ("help", r"help|assist\w*|support|services?"),
)  # fmt: skip
_ASKED = re.compile(
    r"\b(?:request(?:s|ed|ing)?|ask(?:s|ed|ing)?|sought|seeking|appeal(?:s|ed|ing)?|approach(?:ed|ing)?|spoken\s+(?:with|to)|need(?:s|ed)?)\b",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\b(?:support|help(?:ing)?|assist\w*|reinforcements|(?:extra|more|additional)\s+(?:staff|officers|police)|troops|equipment|resources|funding|vehicles?|trucks?|personnel|barriers|blocks)\b",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"\b(?:asked|requested|approached)\s+(?P<whom>(?:the|its|their)\s+[\w-]+(?:\s+[\w-]+)?)\s+(?:for|to)\b|"
    r"\b(?P<who>(?:The|His|Her|Its|Their)\s+[\w-]+(?:\s+[\w-]+)?)\s+(?:has|have|had|did)\s+(?:yet|not)\b"
)
_GROUP_ASKED = re.compile(
    r"\b(?:asked|requested|approached|urged)\s+(?P<whom>(?:the\s+|some\s+|all\s+)?(?:groups?|protesters|organisers|organizers|drivers|truckers|marchers|owners)(?:\s+(?:on|at|in)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s?){1,4})?)",
)
_WAITING = re.compile(
    r"\b(?:waiting|awaiting)\s+(?:for\s+)?(?:a\s+|an\s+|any\s+)?(?:\w+\s+)?(?:response|reply|answer|decision)|yet\s+to\s+(?:commit|respond|reply|answer|decide)",
    re.IGNORECASE,
)
_UNANSWERED = re.compile(
    r"\b(?:gone|went|remain\w*|left)\s+unanswered\b|\b(?:did|has|have|had)\s+not\s+(?:yet\s+)?(?:respond\w*|repl\w+|answer\w*)|"
    r"\b(?:not|never|yet\s+to|n[’']t)\s+(?:yet\s+)?(?:had|have|ha[ds]|received?|get|got|gotten|hear[d]?)\s+(?:an?\s+|any\s+)?(?:answer|reply|response|back|word)\b|\bno\s+(?:answer|reply|response)\b",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"\b(?:granted|agreed\s+to|approved|will\s+(?:send|provide|supply)|has\s+(?:sent|provided|supplied))\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:refused|declined|turned\s+down|rejected|denied)\b", re.IGNORECASE)
_LOAN = re.compile(
    r"\b(?:on\s+loan\s+(?:from|to)|borrowed\s+from|lent\s+(?:by|to)|loaned\s+(?:by|from|to)|lent)\b", re.IGNORECASE
)
_FREE = re.compile(r"\bfree\b", re.IGNORECASE)
_SOUND = 0.8


def _tows(scene: Scene) -> Iterator[Claim]:
    """Vehicles towed or not; an intended tow is the speaker's promise, or a warning where it is addressed to owners."""
    word = scene.has(_TOW)
    if word is None or _TOWERS.match(scene.text, word.start()) or _takes_other_things(scene, word):
        return
    mode = scene.mode(word.start())
    number = scene.number(word.start(), 60, whats=("vehicles", "buses"))
    focus = (
        Stretch(min(word.start(), number.start), max(word.end(), number.end)) if number else Stretch(word.start(), word.end())
    )
    none = number is not None and number.amount.high == 0
    if none or (
        mode == "not_done" and not re.search(r"(?i)towing\s+vehicles", scene.words[word.start() - scene.sentence.start :])
    ):
        yield Claim(
            TowEvent(done=False, amount=Amount(low=0, high=0), note=scene.wording()),
            focus,
            "not_done",
            0.85,
            "towing is denied",
        )
    elif mode == "done" and word[0].lower() in ("towed", "impounded", "seized", "clamped"):
        amount = number.amount if number else None
        yield Claim(
            TowEvent(done=True, amount=amount, note=scene.wording()),
            focus,
            "done",
            0.85 if number else 0.6,
            "vehicles were towed",
        )
    elif mode == "intended":
        yield Claim(
            Promise(by=scene.voice("Police"), what=scene.wording(), due=scene.due),
            focus,
            "intended",
            0.75,
            "towing is announced, not done",
        )
    elif mode == "possible" and re.search(r"\bat\s+risk\b|\bmay\s+be\b|\bcould\s+be\b|\brisk\b", scene.words):
        yield Claim(
            Notice(by=scene.voice("Police"), text=scene.wording(), to="owners of vehicles"),
            focus,
            "possible",
            0.6,
            "a warning that vehicles may be towed",
        )


def _takes_other_things(scene: Scene, word: re.Match[str]) -> bool:
    """Whether what was seized or impounded is no vehicle: tents are not towed."""
    is_seized = word[0].lower().startswith(("seiz", "impound"))
    return (
        is_seized and not scene.number(word.start(), 60, whats=("vehicles", "buses", "tractors")) and not scene.has(_VEHICLES)
    )


def _tow_capability(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_TOWERS)
    if word is None:
        return
    state: _Towing = next((one for one, cue in _TOWING if scene.has(cue)), "unknown")
    if state == "unknown" and scene.mode(word.start()) == "not_done":
        state = "none"
    trucks = scene.number(word.start(), 40, whats=("tow_trucks", "vehicles"))
    body = TowCapability(state=state, trucks=trucks.amount if trucks else None, note=scene.wording())
    yield Claim(
        body,
        Stretch(word.start(), word.end()),
        "done",
        0.8 if state != "unknown" else 0.5,
        "tow trucks or tow capacity are mentioned",
    )


def _offers(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_OFFER)
    if word is None or scene.mode(word.start()) == "not_done" or scene.has(_TAKEN_UP):
        return
    near = (
        scene.text[word.start() : min(word.end() + 140, scene.sentence.end)]
        + " "
        + scene.text[max(scene.sentence.start, word.start() - 60) : word.start()]
    )
    what = next((name for name, cue in _OFFERED if re.search(cue, near, re.IGNORECASE)), None)
    if what is None:
        return
    behind = scene.text[word.end() : word.end() + 30]
    by = (
        scene.party(scene.subject(word.start()))
        if not re.match(r"\s+(?:a|the|by)\b", behind) or "been" not in scene.words
        else None
    )
    start = next((time.span.start for time in scene.times if time.clock and time.start > word.start()), None)
    body = Offer(
        what=what,
        summary=scene.wording(),
        by=by or scene.voice("not named"),
        starts=start,
        free=True if scene.has(_FREE) else None,
    )
    yield Claim(body, Stretch(word.start(), word.end()), "done", 0.75, "an offer")


def _requests(scene: Scene) -> Iterator[Claim]:
    """Something asked of another organisation, and whether it was answered."""
    if scene.has(_NEEDED):
        return
    waiting, unanswered = scene.has(_WAITING), scene.has(_UNANSWERED)
    asked = next((one for one in scene.find(_ASKED) if scene.mode(one.start()) in ("done", "asked", "possible")), None)
    helped = asked and _HELP.search(scene.text, asked.end(), min(asked.end() + 110, scene.sentence.end))
    if not (waiting or unanswered or helped):
        return
    if re.search(r"(?i)\bmeet(?:ing)?\b", scene.words) and not helped:
        return
    word = waiting or unanswered or asked
    assert word is not None  # noqa: S101 - one of the three was found
    others = [
        mention for mention in scene.mentions if mention.actor.organisation and mention.actor.sort in ("organisation", "group")
    ]
    before = [mention for mention in others if mention.end <= word.start()]
    after = [mention for mention in others if mention.start >= word.end()]
    if waiting and re.match(r"yet", waiting[0], re.IGNORECASE):
        asked_of, asked_by = before[-1:] or after[:1], before[:1] if len(before) > 1 else []
    else:
        asked_of, asked_by = after[:1] if not unanswered or not before else before[:1], before[:1] if not unanswered else []
    of = scene.party(asked_of[0]) if asked_of else None
    whom = scene.has(_GROUP_ASKED)
    if of is None and whom:
        of = " ".join(whom["whom"].split())
    if of is None and scene.has(_WHOM):
        of = "not named"
    if of is None and not (unanswered or waiting):
        of = "not named" if asked and asked[0].lower().startswith("need") else None
    if of is None and not (unanswered or waiting):
        return
    named = scene.has(_WHOM) if of in (None, "not named") else None
    of = " ".join((named["whom"] or named["who"]).split()) if named else of
    by = scene.party(asked_by[0]) if asked_by else scene.voice("")
    answer: Literal["none_yet", "granted", "refused", "partly"] = "none_yet"
    if not (waiting or unanswered):
        answer = "granted" if scene.has(_GRANTED) else "refused" if scene.has(_DENIED) else "none_yet"
    body = ResourceRequest(what=scene.wording(), asked_of=of or "not named", asked_by=by or None, answer=answer)
    confidence = _SOUND if helped and of else 0.7
    yield Claim(body, Stretch(word.start(), word.end()), "asked", confidence, "a request for help or an answer")


def _asks(scene: Scene) -> Iterator[Claim]:
    """A plain request to somebody: "asked the showground for one more week"; of the public it is a notice."""
    for asks in scene.find(_PLAINLY):
        whom = " ".join((asks["whom"] or "").split())
        if (
            scene.mode(asks.start()) == "not_done"
            or _NO_ASKING.search(scene.text, max(scene.sentence.start, asks.start() - 12), asks.start())
            or (not whom and asks["way"] == "to")
        ):
            continue
        focus = Stretch(asks.start(), asks.end())
        if _OF_PUBLIC.search(whom):
            body = Notice(
                by=scene.voice("") or scene.party(scene.subject(asks.start())) or "not named",
                text=scene.wording(),
                to=whom[:200],
            )
            yield Claim(body, focus, "asked", 0.65, "the public is asked to do something")
            return
        by = scene.voice("") or scene.party(scene.subject(asks.start()))
        answer: Literal["none_yet", "granted", "refused", "partly"] = "none_yet"
        if scene.has(_DENIED) or scene.has(_TURNED_DOWN):
            answer = "refused"
        elif scene.has(_GRANTED):
            answer = "granted"
        after = next((one for one in scene.mentions if asks.start() < one.start < asks.end()), None)
        asked_of = scene.party(after) or whom or "not named"
        yield Claim(
            ResourceRequest(what=scene.wording(), asked_of=asked_of[:200], asked_by=by or None, answer=answer),
            focus,
            "asked",
            0.65,
            "a request to somebody",
        )
        return


def _needs(scene: Scene) -> Iterator[Claim]:
    """What somebody on the ground needs sent: "we need two ambulances by 16:15", "please send more barriers"."""
    word = scene.has(_NEEDED)
    if word is None:
        return
    number = next((one for one in scene.quantities if word.start() <= one.start < word.end()), None)
    body = ResourceRequest(
        what=" ".join(word["what"].split()),
        asked_of="not named",
        asked_by=scene.voice("") or None,
        amount=number.amount if number else None,
        needed_by=scene.due or next((time.span.end for time in scene.times if time.start >= word.end()), None),
    )
    yield Claim(body, Stretch(word.start(), word.end()), "asked", 0.75, "something is needed on the ground")


def _loans(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_LOAN)
    if word is None:
        return
    after, before = scene.after(word.end()), scene.subject(word.start())
    if word[0].lower() == "lent":
        to = next(
            (one for one in scene.mentions if re.search(r"\bto\s+(?:the\s+)?$", scene.text[word.end() : one.start])), None
        )
        lender, borrower = before, to
    else:
        lender, borrower = (before, after) if word[0].endswith("to") else (after, before)
    what = re.split(r",", scene.text[scene.sentence.start : word.start()])[0].strip()
    what = re.sub(r"\s+(?:is|are|was|were|have\s+been|had\s+been|has\s+been)$", "", what) or "not named"
    body = Loan(what=what[:200], lender=scene.party(lender) or "not named", borrower=scene.party(borrower) or "not named")
    number = scene.number(word.start(), 80)
    if number is not None:
        body = body.model_copy(update={"amount": number.amount})
    yield Claim(body, Stretch(word.start(), word.end()), "done", _SOUND if lender else 0.5, "a loan")


_PLAINLY = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|request(?:s|ed|ing)?|appeal(?:s|ed|ing)?)\s+(?!(?:whether|if|about|why|how|what|when|where|who|at|on|in|by|of)\b)(?P<whom>(?:(?!(?:to|for)\b)[\w’'-]+\s+){0,14}?)(?P<way>to|for)\s+\w|"
    r"\brequest(?:ed)?\s+(?:an?|the|one|more)\s+\w+",
    re.IGNORECASE,
)
_NO_ASKING = re.compile(r"\b(?:was|were|been|being|be|when|is|are|only\s+has\s+to)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_OF_PUBLIC = re.compile(
    r"\b(?:people|motorists|drivers?|residents|spectators|campers|anyone|everyone|those|protesters|protestors|passengers|the\s+public|commuters|visitors|truckers|owners|students|shoppers)\b",
    re.IGNORECASE,
)
_TURNED_DOWN = re.compile(r"\b(?:been\s+)?turned\s+down\b", re.IGNORECASE)

_NEEDED = re.compile(
    r"\b(?:we\s+(?:urgently\s+|still\s+|now\s+)?need|(?:please\s+|can\s+(?:you|somebody|someone)\s+)send(?:\s+us)?|requesting|requests?)\s+(?P<what>(?:(?:about|at\s+least)\s+)?"
    r"(?:\d[\d,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|a\s+dozen|more|another|extra|some)\s+(?:more\s+|extra\s+)?(?:\w+\s+)?"
    r"(?:ambulances?|officers?|barriers?|barricades|fenc(?:es|ing)|cones|buses|tow\s+trucks|trucks|medics|paramedics|crews?|units?|engines?|stewards|marshals|wardens|staff|toilets|"
    r"generators|lights|radios|vehicles|vans|blankets|water|interpreters|negotiators|dogs|horses|drones|keys|bolt\s+cutters))\b",
    re.IGNORECASE,
)
MEANS: tuple[Callable[[Scene], Iterator[Claim]], ...] = (_tows, _tow_capability, _offers, _requests, _asks, _needs, _loans)
