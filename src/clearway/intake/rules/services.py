"""What partners still do: their service, lines that run, handing over casualties, who is deployed to what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import Stretch
from clearway.intake.scene import Claim
from clearway.record.kinds.services import Deployment, HandoverPoint, LineService, ServiceLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.intake.places import PlaceMention
    from clearway.intake.scene import Scene

_UNSURE = re.compile(r"\b(?:if|whether|could|may|might|would|should|unless|fears?|consider\w*|threaten\w*)\b", re.IGNORECASE)
_AFTER = 110
"""Characters behind whoever gives a service in which it is said how far they do."""

_PARTNER = re.compile(
    r"\b(?:(?:the\s+)?(?:ambulance|paramedic|fire|rescue|medical|first[- ]aid|bus|rubbish|refuse|waste|recycling|delivery|courier|"
    r"water|power|gas|postal|mail|cleaning|sanitation|sanitary|toilet|catering|maintenance|repair)\s+"
    r"(?:crews?|services?|collections?|contractors?|staff|workers|drivers|company|companies|trucks?|teams?|collectors?|deliveries)"
    r"|paramedics|ambulances?|firefighters|couriers|(?-i:St\s+John|Fire\s+and\s+Emergency|Red\s+Cross)(?:\s+(?:crews?|staff|volunteers|medics))?"
    r"|(?-i:[A-Z]\w+\s+(?:Free\s+)?Ambulance|[A-Z]\w+\s+Water|[A-Z]\w+\s+Fire\s+(?:Service|Department|Brigade)))(?:\s+crews?)?(?!\s+(?:union|association|station|spokes\w+|main|leak))\b",
    re.IGNORECASE,
)
_COMES = (
    r"(?:enter(?:ing)?|go(?:ing)?\s+(?:in(?:to)?|past|beyond|through|inside|to|near)|come|coming|attend(?:ing)?|serv(?:e|ing)|deliver(?:ing)?|collect(?:ing)?|"
    r"respond(?:ing)?|cross(?:ing)?|pass(?:ing)?|empty(?:ing)?|clean(?:ing)?|work(?:ing)?\s+(?:in|inside|at|on))"
)
_STOPPED = re.compile(
    rf"\b(?:no\s+longer|(?:will|do|does|can)\s*not|won[’']t|don[’']t|can[’']t|refus(?:e|es|ed|ing)\s+to|are\s+not|is\s+not|aren[’']t)\s+(?:able\s+to\s+|willing\s+to\s+|allowed\s+to\s+)?{_COMES}\b"
    rf"|\b(?:have|has|had)?\s*(?:stopped|ceased)\s+{_COMES}\b|\b(?:(?:is|are|was|were|been)\s+)?(?:suspended|stopped|halted|withdrawn|called\s+off)\b",
    re.IGNORECASE,
)
_ESCORTED = re.compile(
    rf"\b(?:(?:{_COMES}|waits?|waiting)\b[^.;]{{0,50}}\b)?(?:only\s+(?:with|under)|under|wait(?:s|ing)?\s+for)\s+(?:an?\s+)?(?:police\s+)?escorts?\b",
    re.IGNORECASE,
)
_WITHOUT_ESCORT = re.compile(
    r"\b(?:without|unless\s+(?:with|under))\s+(?:an?\s+)?(?:(?:police\s+)?escorts?|(?:the\s+)?(?:police|officers)(?:\s+beside\s+them)?)\b",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"\b(?:reduced|limited|only\s+(?:to\s+)?(?:urgent|emergenc\w+|priority|life-threatening)(?:\s+(?:calls|cases|jobs))?|(?:is|are)\s+(?:delayed|behind))\b",
    re.IGNORECASE,
)
_NORMAL = re.compile(
    rf"\b(?:(?:back\s+to|as)\s+(?:normal|usual)|still\s+{_COMES}|(?:has|have|had)?\s*resumed|(?:is|are)\s+again\s+(?:able\s+to\s+)?{_COMES}|again\s+{_COMES}|{_COMES}\s+again)\b",
    re.IGNORECASE,
)
_Level = Literal["stopped", "escorted", "reduced", "normal"]
_LEVELS: tuple[tuple[_Level, re.Pattern[str]], ...] = (
    ("normal", _NORMAL), ("escorted", _ESCORTED), ("stopped", _STOPPED), ("reduced", _REDUCED),
)  # fmt: skip
_TO = re.compile(
    r"\b(?:serv(?:e|ing|ice\s+to)|deliver(?:ing|ies)?\s+to|attend(?:ing)?|to)\s+(?P<to>(?:the\s+)?(?:residents|protesters|demonstrators|campers|businesses|shops|students|spectators|marchers|the\s+public))\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"(?:\b(?:instead)[,:]?\s+(?P<behind>[^.;]+)|(?P<before>[^.;,]+?),?\s+instead\b)", re.IGNORECASE)

_HANDOVER = re.compile(
    r"\b(?:the\s+)?(?P<name>(?:casualty|casualties|patient|ambulance)\s+(?:hand-?\s?over|collection|loading|transfer|clearing|collecting)?\s*(?:point|post|station)|hand-?\s?over\s+point(?:\s+(?:for|of)\s+(?:casualties|patients))?)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:mov(?:ed|es|ing)|shift(?:ed|s|ing)?|relocat(?:ed|es|ing))\b", re.IGNORECASE)
_SHUT = re.compile(r"\b(?:clos(?:ed|es)|shut|no\s+longer\s+(?:open|used|available))\b", re.IGNORECASE)

LINE = re.compile(
    r"\b(?:(?:bus(?:es)?|trams?|trains?|ferries|ferry|services?)\s+(?:on\s+)?(?:(?:line|route|number|no\.?)s?\s+)?(?-i:\d{1,3}[A-Z]?|[A-Z]\d{1,2})(?!\d|:|\s*(?:%|people|minutes|cars))"
    r"|(?:bus\s+|tram\s+)?(?:route|line)s?\s+(?-i:\d{1,3}[A-Z]?|[A-Z]{1,2}\d{0,2})(?!\w)|(?:the\s+)?(?-i:\d{1,3}[A-Z]?)\s+(?:bus(?:es)?|tram)(?=\s+(?:is|are|was|were|route|no|does|will|has|have|runs?|line)\b)"
    r"|(?-i:(?:[A-Z][\w’'-]+\s+){1,2})(?:line|ferry|cable\s+car|metro|tramway)\b(?:\s+(?:trains|services?))?|(?:the\s+)?airport\s+(?:line|bus|shuttle|train)|(?:bus\s+|tram\s+)?stop\s+(?-i:[A-Z]?\d{1,5}))",
    re.IGNORECASE,
)
_LINE_STATE = re.compile(
    r"\b(?:(?P<suspended>suspend\w*|cancel\w*|not\s+(?:running|served|operating|in\s+service)|no\s+longer\s+(?:runs?|serve[sd]?|stops?)|out\s+of\s+service|clos(?:ed|es)|shut|stopped)"
    r"|(?P<diverted>divert\w*|detour\w*|re-?rout\w*|on\s+(?:a\s+)?detour)"
    r"|(?P<shortened>terminat\w+|turn(?:s|ing)?\s+(?:back|around|round)|end(?:s|ing)?\s+(?:early\s+)?at|short-?turn\w*|run(?:s|ning)?\s+only\s+(?:as\s+far\s+as|to))"
    r"|(?P<reduced>reduc\w+|every\s+\w+\s+minutes|limited|delay\w*|disrupt\w*)"
    r"|(?P<running>running|runs?\s+(?:again|normally|as\s+usual)|resum\w+|back\s+to\s+normal|restor\w+|operating))\b",
    re.IGNORECASE,
)
_LineState = Literal["suspended", "diverted", "shortened", "reduced", "running"]
_REPLACED = re.compile(
    r"\b(?:(?P<one>(?:replacement|shuttle)\s+(?:bus(?:es)?|trains?|trams?|taxis|services?|ferries)\b[^.;,]*)|replaced\s+by\s+(?P<by>[^.;,]+)|(?P<they>buses|taxis|coaches|shuttles)\s+(?:replace|are\s+replacing)\b"
    r"|(?:use|take)\s+(?P<use>[^.;,]+?)(?:\s+instead)?(?=[.;,]|$)|instead[,:]?\s+(?P<instead>[^.;,]+))",
    re.IGNORECASE,
)

_CREW = r"(?P<who>officers?|police|constables|staff|wardens|stewards|marshals|paramedics|medics|firefighters|volunteers|crews?|soldiers|guards|(?:m[āa]ori\s+)?wardens|people)"
_TASK = (
    r"(?P<task>(?:foot\s+|traffic\s+|bike\s+|mounted\s+|night\s+)?patrols?\b|patrol(?:ling)\b|(?:on\s+)?(?:traffic|crowd|access)\s+control|traffic\s+(?:duty|management|points?)|point\s+duty|escort(?:s|ing)?\b|first\s+aid|"
    r"cordon(?:\s+(?:duty|lines?))?|gate\s+duty|(?:the\s+)?(?:gates?|checkpoints?|barriers?|roadblocks?)\b|search(?:es|ing)?\b|security|reassurance(?:\s+(?:duty|patrols?|visits?))?|guard(?:ing)?\s+(?:duty|\w+)|directing\s+traffic|removing\s+\w+|public\s+order(?:\s+duty)?)"
)
_DEPLOYED = re.compile(
    rf"\b{_CREW}\s+(?:(?:are|is|were|was|have\s+been|has\s+been|now|still)\s+){{0,3}}"
    rf"(?:on|doing|manning|staffing|(?:deployed|assigned|posted|sent|moved|detailed|allocated|working)\s+(?:to|on|for|at|in)|(?=patrolling|escorting|guarding|directing|searching))\s*(?:the\s+)?{_TASK}",
    re.IGNORECASE,
)
_OF = {"officer": "Police", "officers": "Police", "police": "Police", "constables": "Police", "firefighters": "Fire service",
       "paramedics": "Ambulance service", "soldiers": "Army"}  # fmt: skip


def _is_sure(scene: Scene, first: int, last: int) -> bool:
    """Whether what stands between two offsets is said to be so."""
    return scene.mode(first) in ("done", "not_done") and not _UNSURE.search(scene.text, first, last)


def _levels(scene: Scene) -> Iterator[Claim]:
    """How far a partner still comes: "ambulance crews no longer enter without an escort"."""
    for partner in scene.find(_PARTNER):
        last = min(partner.end() + _AFTER, scene.sentence.end)
        stop = re.compile(r"[;:]").search(scene.text, partner.end(), last)
        last = stop.start() if stop else last
        found = [(word.start(), level, word) for level, cue in _LEVELS if (word := cue.search(scene.text, partner.end(), last))]
        if not found or LINE.match(scene.text, partner.start()):
            continue
        _, level, word = min(found, key=lambda one: one[0])
        without = _WITHOUT_ESCORT.search(scene.text, word.end(), last)
        if level == "stopped" and without:
            level, word = "escorted", without
        if not _is_sure(scene, partner.start(), word.start()) or _OTHER.search(scene.text[partner.end() : word.start()]):
            continue
        to, instead = _TO.search(scene.text, partner.end(), last), _INSTEAD.search(scene.text, word.end(), scene.sentence.end)
        body = ServiceLevel(
            partner=_named(partner[0]),
            level=level,
            to=re.sub(r"^the\s+", "", to["to"]) if to else None,
            instead=_cut(instead["behind"] or instead["before"]) if instead else None,
            reason=scene.wording(),
            ends=scene.until(word.end()),
        )
        yield Claim(body, Stretch(partner.start(), word.end()), "done", 0.75, "how far a partner still comes")
        return


_OTHER = re.compile(r"\b(?:who|which|said|says|police|council|because)\b|,", re.IGNORECASE)
"""Between whoever serves and the word for how far: somebody else does it, or it is said of something else."""


def _handovers(scene: Scene) -> Iterator[Claim]:
    """Where casualties are handed over; of "moved from here to there" it is there."""
    point = scene.has(_HANDOVER)
    if point is None or (not _is_sure(scene, point.start(), point.end()) and scene.mode(point.start()) != "intended"):
        return
    last = scene.sentence.end
    ahead = re.compile(r"\b(?:will|is\s+to|is\s+planned|planned)\b", re.IGNORECASE).search(scene.text, point.end(), last)
    state: Literal["planned", "open", "moved", "shut"] = (
        "planned" if ahead
        else "moved" if _MOVED.search(scene.text, point.end(), last)
        else "shut" if _SHUT.search(scene.text, point.end(), last)
        else "open"
    )  # fmt: skip
    if not scene.places and state == "open":
        return
    name = (
        "casualty handover point" if re.match(r"hand|casualt|patient", point["name"], re.IGNORECASE) else point["name"].lower()
    )
    place = now_at(scene, point.end()) if state == "moved" else None
    yield Claim(
        HandoverPoint(name=name, state=state),
        Stretch(point.start(), point.end()),
        "done",
        0.8,
        "where casualties are handed over",
        place,
    )


def now_at(scene: Scene, at: int) -> PlaceMention | None:
    """Where something stands that was moved: the place behind "to", else the last behind an offset."""
    behind = [one for one in scene.places if one.start >= at]
    to = [one for one in behind if re.search(r"\bto\s+(?:the\s+)?$", scene.text[at : one.start])]
    return next(reversed(to or behind), None)


def _lines(scene: Scene) -> Iterator[Claim]:
    """How a route, a stop or a line runs, and what runs instead; each that is named stands for itself."""
    lines = list(scene.find(LINE))
    state = _LINE_STATE.search(scene.text, lines[0].end(), scene.sentence.end) if lines else None
    if (
        state is None
        or not _is_sure(scene, lines[0].start(), state.start())
        or re.search(r"[;:]", scene.text[lines[0].end() : state.start()])
    ):
        return
    said: _LineState = next(one for one in ("suspended", "diverted", "shortened", "reduced", "running") if state[one])
    if said == "running" and scene.mode(state.start()) == "not_done":
        said = "suspended"
    elif scene.mode(state.start()) != "done":
        return
    found = _REPLACED.search(scene.text, state.end(), scene.sentence.end)
    replacement = _cut(next((one for one in found.groups() if one), "")) if found else None
    for line in lines:
        if line.end() <= state.start():
            body = LineService(
                line=_named(line[0]),
                state=said,
                replacement=replacement or None,
                ends=scene.until(state.end()),
            )
            yield Claim(body, Stretch(line.start(), line.end()), "done", 0.8, "how a line runs")


def is_line(scene: Scene, facility: re.Match[str]) -> bool:
    """Whether what looks like a facility is a route, a stop or a line, or the trains of one that is named."""
    lines = list(scene.find(LINE))
    runs = re.search(r"(?i)\b(?:trains|buses|trams|ferries|services?)$", facility[0]) is not None
    return bool(lines and runs) or any(line.start() < facility.end() and facility.start() < line.end() for line in lines)


def deployments(scene: Scene) -> Iterator[Claim]:
    """Who is at which task, and how many: "six officers on patrol at the station"."""
    for word in scene.find(_DEPLOYED):
        if scene.mode(word.start()) != "done":
            continue
        number = next((one for one in scene.quantities if one.is_count and one.start <= word.start("who") <= one.end), None)
        number = number or next(
            (one for one in scene.quantities if one.is_count and one.end <= word.start() <= one.end + 12), None
        )
        mention = next((one for one in scene.mentions if one.start <= word.start("who") < one.end), None)
        who = word["who"].lower()
        if who == "people" or (number is None and who in ("officer", "staff", "crew")):
            continue
        whose = scene.party(mention) if mention is not None and mention.actor.organisation else None
        organisation = whose or (scene.organisation(_OF[who]) if who in _OF else scene.voice(""))
        if organisation:
            body = Deployment(
                organisation=organisation, task=_cut(word["task"]).lower(), amount=number.amount if number else None
            )
            start = min(word.start(), number.start) if number else word.start()
            yield Claim(body, Stretch(start, word.end()), "done", 0.8, "who is at which task")


def whose(scene: Scene, at: int) -> str | None:
    """By whom something was done that stands at an offset: the party before it, whoever speaks, or the word that the sentence begins with."""
    before = scene.text[scene.sentence.start : at]
    first = _AT_FIRST.match(before)
    who = scene.party(scene.subject(at)) or (first["who"] if first else None) or scene.voice("")
    return scene.organisation(_OF.get(who.lower(), who)) if who else None


_AT_FIRST = re.compile(
    r"\s*(?:the\s+)?(?P<who>council|police|wardens|stewards|marshals|rangers|inspectors|bailiffs|guards|officers|government|parliament|court|mayor)\b",
    re.IGNORECASE,
)


def _cut(words: str) -> str:
    return " ".join(words.split())[:200].strip(" ,")


def _named(words: str) -> str:
    return re.sub(r"^(?:the|all)\s+", "", _cut(words), flags=re.IGNORECASE)


SERVICES: Sequence[Callable[[Scene], Iterator[Claim]]] = (_levels, _handovers, _lines, deployments)
