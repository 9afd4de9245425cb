"""The ground: streets, places, incidents, weather, health, harm to those who live there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import Stretch
from clearway.intake.rules.services import is_line
from clearway.intake.scene import Claim
from clearway.record.kinds.harm import CommunityImpact
from clearway.record.kinds.health import ExposureWindow, HealthFinding, Weather
from clearway.record.kinds.incidents import Incident
from clearway.record.kinds.streets import FacilityState, RoadState
from clearway.record.place import ON_STREET, NamedPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.intake.places import PlaceMention
    from clearway.intake.scene import Scene

State = Literal["open", "restricted", "shut", "unknown"]

_ROADS = re.compile(
    r"\b(?:roads?|streets?|lanes?|highway|motorway|intersections?|bridges?|tunnel|traffic|carriageway|route|thoroughfares?)\b",
    re.IGNORECASE,
)
_SHUT = r"clos(?:ed|e|es|ing|ures?)|shut|block(?:ed|ing|s)?|impassable|barricaded|sealed\s+off|cordoned\s+off|closed\s+off|stopp(?:ed|ing)|gridlock(?:ed)?|at\s+a\s+standstill"
_OPEN = r"re-?open(?:ed|s)?|open(?:ed)?|cleared|flowing|passable|again\s+able\s+to\s+move|moving\s+(?:again|freely)"
_LIMITED = r"restricted|one\s+lane|partially|limited|slow|congested|delays?"
_ROAD_STATE = re.compile(rf"\b(?:(?P<open>{_OPEN})|(?P<shut>{_SHUT})|(?P<limited>{_LIMITED}))\b", re.IGNORECASE)
_FACILITY = re.compile(
    r"\b(?P<name>(?:[A-ZĀĒĪŌŪ][\w’'-]+\s+){0,4}(?i:(?:(?:bus|railway|train|police|fire|metro|primary|high|law)\s+)?(?:stations?|interchange|terminal|schools?|campus(?:es)?|university|courts?|courthouse|hospital|library|museum|mall|airport|port|"
    r"shops|businesses|offices|buildings?|services?|buses|trains|trams|ferries|cathedral|park|playground|pool|market|embassy|city\s+hall|clinic|stadium|car\s?park)))\b"
)
_FACILITY_STATE = re.compile(
    r"\b(?:(?P<shut>clos(?:ed|e|ing)|shut|evacuat\w+|suspend\w+|cancel\w+|lock(?:ed)?\s*down|not\s+running|out\s+of\s+service)|(?P<limited>divert\w+|detour\w+|disrupt\w+|delay\w+|reduced|limited|occupied|lockdown\s+procedures)|(?P<open>still\s+open|remain\w*\s+open|re-?open\w*|open(?:ed)?|operating|running))\b",
    re.IGNORECASE,
)
_SHUTS = re.compile(
    r"\b(?P<how>closed|shut|suspended|cancelled|evacuated|diverted|detoured|reduced)\s+(?:down\s+)?(?P<name>(?:(?:the|its|their|all|some)\s+)?(?:[\w’'-]+\s+){0,4}?"
    r"(?:stations?|services?|buses|trains|trams|ferries|schools?|campus|library|museum|offices|court|mall|airport|shops|building))\b",
    re.IGNORECASE,
)
_STANDS_ON = re.compile(rf"(?:{_FACILITY.pattern})\s+(?:on|at|in|near)\s+(?:the\s+)?$")
_CALLED = re.compile(
    r"\s+(?P<called>[A-ZĀĒĪŌŪÄÖÅ][\w’'-]+)(?=\s+(?:is|are|was|were|has|closed|shut|open|re-?opened|suspended|evacuated)\b)"
)
_STAY = re.compile(
    r"\b(?:stay(?:ing)?\s+(?:at\s+)?home|stay(?:ing)?\s+away|work(?:ing)?\s+from\s+home|not\s+to\s+(?:come|attend))\b",
    re.IGNORECASE,
)
_NEAR_STREET = 80
_INCIDENT = (
    ("fireworks", r"fireworks?\b|flares?\b", "serious"), ("fire", r"\b(?:set\s+(?:\w+\s+){0,2}(?:alight|on\s+fire)|blaze|caught\s+fire|tents?\s+burn\w*|arson|fires?\s+(?:broke|burn\w*|lit|started|at\b|near\b|in\s+(?:a|the)\b|by\s+the\b|on\s+(?!them|us|people|protest))|(?:tents?|cars?|vans?|trucks?|vehicles?|bins?|rubbish|buildings?|trees?)\s+(?:is\s+|are\s+)?on\s+fire|alight)", "serious"),
    ("shots", r"\b(?:shots?\s+fired|gunfire|opened\s+fire|shooting)\b", "major"), ("explosion", r"\bexplo(?:sion|ded)\b|\bbomb\b", "major"),
    ("assault", r"\b(?:assault(?:ed|s)?|attack(?:ed|s)?(?!\s+on\s+(?:our|the\s+right|democracy|values))|punch\w*|kick(?:ed|ing)|spat\b|stabb\w+|(?:thr[eo]w(?:n|ing)?|hurl\w+)\b[^.]{0,40}\b(?:at|waste|excrement|bottles?|rocks|objects|eggs|police)|ripped\s+off|human\s+waste\s+(?:was\s+)?thrown|abusing)", "serious"),
    ("vehicle", r"\b(?:drove\s+(?:into|at|through)|ramm(?:ed|ing)|ploughed\s+into|hit\s+by\s+a|(?:vehicle|car|truck|van|ute)\s+(?:was\s+)?(?:driven|reversed|driving|reversing)\s+(?:at|into|towards))", "major"),
    ("crowd_surge", r"\b(?:surg(?:ed|e|ing)|crush\w*|stamped\w+|charged\s+at|rushed\s+(?:at|the\s+line))", "serious"),
    ("pepper_spray", r"\b(?:pepper\s+spray\w*|tear\s+gas\w*|water\s+cannons?|baton\s+(?:charge|rounds?))", "serious"),
    ("stand_off", r"\b(?:stand-?\s?offs?|clash(?:ed|es|ing)?|confrontations?|scuffl\w+|brawl\w*|fight(?:s|ing)?\s+(?:broke|between|at\b|near\b|outside\b|in\s+the\b|on\s+(?!for|against))|tensions?\s+(?:flared|boiled)|face-?off|skirmish\w*|advances\s+and\s+withdrawals|line[sd]?\s+up|hold\s+the\s+line|situation\s+calmed)", "minor"),
    ("damage", r"\b(?:vandal\w+|smash\w+|graffiti|windows?\s+broken|looting|looted)", "serious"),
    ("noise", r"\b(?:loud\s+music|singing\s+and\s+dancing|dancing|rave|air\s?horns?|drums|chant(?:ed|ing)|honking)", "minor"),
    ("smoke", r"\bsmoke\b(?!\s+(?:bombs?|grenades?|free))", "minor"), ("obstruction", r"(?:\b(?:ambulances?|(?:fire\s+)?engines?|(?:rescue\s+|ambulance\s+)?units?|crews?|bus(?:es)?|trams?|trucks?)\s+(?:cannot|can['’]t|could\s+not|couldn['’]t|(?:is|are|was|were)\s+(?:unable|not\s+able)\s+to)\s+(?:get|come|drive|pass)\s+(?:through|past|in|by)\b)|\b(?:climb(?:ed|ing)\s+(?:on|onto)|chain(?:ed|ing)\s+themselves|sat\s+down\s+(?:in|on)|blocked\s+(?:a|the|an)\s+(?:bus|ambulance|truck)|(?:bus(?:es)?|ambulances?|fire\s+engines?)\s+(?:is\s+|was\s+|are\s+|were\s+)?(?:blocked|stuck|held\s+up)|link(?:ed|ing)\s+arms|trying\s+to\s+get\s+through)", "minor"),
    ("medical", r"\b(?:collaps\w+|heart\s+attack|unconscious|medical\s+emergency|overdose)", "serious"),
)  # fmt: skip
_INCIDENTS = [(nature, re.compile(cue, re.IGNORECASE), severity) for nature, cue, severity in _INCIDENT]
_OVER = re.compile(r"\b(?:calmed|ended|brief|short|ensued|was\s+over|dispersed|extinguished|briefly)\b", re.IGNORECASE)
_WEATHER = re.compile(
    r"\b(?:weather|rain(?:ed|ing|fall|s)?|downpours?|gales?|gusts?|winds?\b(?!\s+down)|storms?|cyclone|snow|sleet|hail|thunder\w*|cold\s+and\s+wet|hot\s+and\s+dry|sunny|showers|heatwave)\b",
    re.IGNORECASE,
)
_WIND = re.compile(r"(?<!\d)(?P<number>\d{1,4}(?:\.\d{1,3})?)\s?(?P<unit>km/?h|kmh|kph|m/s|knots|kn|mph)\b", re.IGNORECASE)
_KMH = {"m/s": 3.6, "knots": 1.852, "kn": 1.852, "mph": 1.609344}
_DEGREES = re.compile(r"(?<!\d)(?P<number>-?\d{1,3}(?:\.\d{1,3})?)\s?(?:°\s?C|degrees)", re.IGNORECASE)
_SHOWERS_AT_HOME = re.compile(r"\b(?:place|home|house)\b[^.]*\bshowers\b|\btake\b[^.]*\bshowers\b", re.IGNORECASE)
_HEALTH = (
    ("sewage", r"\b(?:sewage|effluent|stormwater|raw\s+waste|overflow\w*\s+toilets?)"), ("infection", r"\b(?:(?:community\s+)?cases\b|tested\s+positive|infect(?:ed|ions?)|outbreak|close\s+contacts?|covid\S*\s+(?:cases|spread))"),
    ("water", r"\b(?:swimming|drinking\s+water|contaminat\w+|harbour\b[^.]*\bwaste|waste\b[^.]*\bharbour)"), ("sanitation", r"\b(?:sanitation|sanitary|hygiene|health\s+risks?|concern\s+for\s+the\s+health)"),
    ("waste", r"\b(?:rubbish|waste\b|excrement|drains)"), ("children", r"\b(?:number\s+of\s+children|children\s+(?:present|in\s+the\s+area|with\s+them)|lots\s+of\s+children|take\s+their\s+children)"), ("food", r"\b(?:food\s+(?:poisoning|supplies|shortage))"),
)  # fmt: skip
_FINDINGS = [(finding, re.compile(cue, re.IGNORECASE)) for finding, cue in _HEALTH]
_ADVICE = re.compile(r"\b(?:advise|avoid|boil|do\s+not|should\s+not)\b[^.\"”]*", re.IGNORECASE)
_IMPACT = (
    ("intimidation", r"\b(?:intimidat\w+|harass\w*|threaten\w*|unsafe|spat\b|feeling\s+threatened|fearful)"), ("abuse", r"\b(?:abus(?:e|ed|ive|ing)|hard\s+time|verbal\w*)"),
    ("trade", r"\b(?:businesses|shops|retailers|cafes|traders)\b[^.]{0,60}\b(?:lost|losing|clos\w+|suffer\w*|disrupt\w*|impact\w*|down|harm\w*)|\b(?:impact|disrupt\w*|effects?)\b[^.]{0,60}\b(?:businesses|shops|retailers)"),
    ("schooling", r"\b(?:students|pupils|schools?|campus)\b[^.]{0,60}\b(?:disrupt\w*|clos\w+|unable|unsafe|home|lockdown|impact\w*)"), ("transport", r"\b(?:commuters|bus(?:es)?|public\s+transport|passengers)\b[^.]{0,60}\b(?:disrupt\w*|delay\w*|divert\w*|cancel\w*|unable|prevent\w*)"),
    ("disruption", r"\b(?:disrupt(?:ion|ing|ive|ed)?|distress|stress(?:ful)?\s+and\s+concern|no\s+longer\s+tenable|ongoing\s+impact|gridlock|obstruction|unwelcome)"), ("noise", r"\b(?:noise|sleepless|kept\s+awake)"),
)  # fmt: skip
_IMPACTS = [(impact, re.compile(cue, re.IGNORECASE)) for impact, cue in _IMPACT]
_ON = re.compile(
    r"\b(?:residents|businesses|workers|students|staff|schools|shops|retailers|commuters|public\s+servants?|passers-by|the\s+public|police|officers|courts?|users|people)\b",
    re.IGNORECASE,
)


def _roads(scene: Scene) -> Iterator[Claim]:
    """A street that is shut, open or slow; what is meant or wanted is none."""
    streets = [place for place in scene.places if isinstance(place.place, ON_STREET)]
    if scene.has(_ROADS) is None and not streets:
        return
    stated: set[State] = set()
    for word in scene.find(_ROAD_STATE):
        mode = scene.mode(word.start())
        if mode != "done" or _is_of_something_else(scene, word):
            continue
        state: State = "shut" if word["shut"] else "open" if word["open"] else "restricted"
        if re.match(r"closures?$", word[0], re.IGNORECASE) and re.search(r"(?i)expect|plann", scene.words):
            continue
        if word.start() == scene.sentence.start or scene.text[scene.sentence.start : word.start()].strip("\"“‘' ") == "":
            continue  # "Blocking roads is not the way": about roads that are blocked, not that one is
        if word["shut"] and re.search(r"\b(?:moves?|order|power)\s+to\s*$", scene.text[scene.sentence.start : word.start()]):
            continue
        if re.search(r"\bagain\s+able\s+to\s+move\b", scene.words):
            state = "open"
        if state in stated:
            continue
        stated.add(state)  # "was closed at noon and reopened at 2pm" tells two
        focus = Stretch(word.start(), word.end())
        for place in _shut_ones(scene, streets) or (() if streets else (None,)):
            confidence = 0.85 if place else 0.6
            yield Claim(
                RoadState(state=state, reason=scene.wording(), starts=scene.begins, ends=scene.until(word.end())),
                focus,
                "done",
                confidence,
                f"a street is reported {state}",
                place,
            )


def _shut_ones(scene: Scene, streets: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The streets of a sentence, without those where a building only stands: "the school on Hill Street is shut"."""
    before = (scene.text[max(scene.sentence.start, one.start - 60) : one.start] for one in streets)
    return [one for one, words in zip(streets, before, strict=True) if not _STANDS_ON.search(words)]


_NOT_THE_ROAD = re.compile(
    r"\b(?:(?:ambulances?|bus(?:es)?|fire\s+engines?|tow\s+trucks?|trucks?)\s+(?:(?:is|are|was|were)\s+)?(?:blocked|stopped)|(?:concrete|steel|stone|the|an?|one|each|another|\d+|two|three|four|five|six|eight)\s+blocks?)$",
    re.IGNORECASE,
)
"""What stands or is stuck in a road does not say that the road is shut."""


def _is_of_something_else(scene: Scene, word: re.Match[str]) -> bool:
    """Such as "opened fire", "close contacts", "open communication", "stop thinking"."""
    if _NOT_THE_ROAD.search(scene.text, max(scene.sentence.start, word.start() - 30), word.end()):
        return True
    around = scene.text[max(scene.sentence.start, word.start() - 14) : word.end() + 18]
    if re.search(
        r"(?i)open\w*\s+(?:fire|communication|channels?|to|international)|close\s+(?:contacts?|to|down\s+the\s+pandemic)|stop(?:ped|ping)?\s+(?:thinking|lockdowns|the\s+(?:man|barricade)|people|further)|slow\s+down",
        around,
    ):
        return True
    street = re.compile(rf"(?:{_ROADS.pattern})", re.IGNORECASE).search(
        scene.text, max(scene.sentence.start, word.start() - 70), min(scene.sentence.end, word.end() + 60)
    )
    return street is None and not any(
        abs(place.start - word.start()) < _NEAR_STREET for place in scene.places if isinstance(place.place, ON_STREET)
    )


def _facilities(scene: Scene) -> Iterator[Claim]:
    stay = scene.has(_STAY)
    for facility in scene.find(_FACILITY):
        state_word = _FACILITY_STATE.search(scene.text, facility.end(), min(facility.end() + 45, scene.sentence.end))
        if (
            state_word is None
            or scene.mode(state_word.start()) != "done"
            or re.search(r"[;:]", scene.text[facility.end() : state_word.start()])
            or is_line(scene, facility)
        ):
            continue
        state: State = "shut" if state_word["shut"] else "restricted" if state_word["limited"] else "open"
        name = _facility_name(scene, facility)
        yield Claim(
            FacilityState(
                facility=name,
                state=state,
                stay_away=stay is not None,
                note=scene.wording(),
                starts=scene.begins,
                ends=scene.until(facility.end()),
            ),
            Stretch(facility.start(), state_word.end()), "done", 0.75, f"a facility is reported {state}",
        )  # fmt: skip
        return
    undone = scene.has(_SHUTS)
    if undone is not None and scene.mode(undone.start()) == "done":
        state = "restricted" if undone["how"].lower().startswith(("div", "det", "red")) else "shut"
        called = " ".join(undone["name"].split())[:200]
        body = FacilityState(facility=called, state=state, stay_away=stay is not None, note=scene.wording())
        yield Claim(body, Stretch(undone.start(), undone.end()), "done", 0.65, f"a facility is reported {state}")
        return
    if stay is not None and scene.mode(stay.start()) in ("done", "asked"):
        named = next((place.place.name for place in scene.places if isinstance(place.place, NamedPlace)), None)
        who = scene.speaker.organisation if scene.speaker and scene.speaker.organisation else None
        body = FacilityState(
            facility=named or (scene.organisation(who) if who else None) or "not named",
            state="restricted",
            stay_away=True,
            note=scene.wording(),
        )
        yield Claim(body, Stretch(stay.start(), stay.end()), "done", 0.65, "people are told to stay away")


def _facility_name(scene: Scene, facility: re.Match[str]) -> str:
    place = next((place.place for place in scene.places if place.start < facility.end() and facility.start() < place.end), None)
    behind = _CALLED.match(scene.text, facility.end(), scene.sentence.end)
    name = place.name if isinstance(place, NamedPlace) else re.sub(r"^(?:The|A|An)\s+", "", facility["name"]).strip()
    return f"{name} {behind['called']}" if behind else name


def _incidents(scene: Scene) -> Iterator[Claim]:
    for nature, cue, severity in _INCIDENTS:
        word = scene.has(cue)
        if word is None:
            continue
        mode = scene.mode(word.start())
        if mode != "done" or re.search(
            r"(?i)\bright\s+to\b|\bif\b|\bwould\b|\bno\s+confrontation|\b(?:arrested|charged|held|custody|arrests?|fined|tickets?)\b[^.;]{0,30}\b(?:for|with|of|over)\s+(?:\w+\s+)?\w+$",
            scene.text[scene.sentence.start : word.end()],
        ):
            continue
        body = Incident(nature=nature, summary=scene.wording(), severity=severity, over=True if scene.has(_OVER) else None)
        yield Claim(body, Stretch(word.start(), word.end()), "done", 0.7, f"words for {nature.replace('_', ' ')}")
        return


def _weather(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_WEATHER)
    if (
        word is None
        or _SHOWERS_AT_HOME.search(scene.words)
        or re.search(r"(?i)storm\s?water|stormed|take\w*\s+.*by\s+storm", scene.words)
    ):
        return
    wind, degrees = (cue.search(scene.words) for cue in (_WIND, _DEGREES))
    ahead = re.search(r"(?i)\b(?:forecast|expected|will|predict\w*|warning)\b", scene.words) is not None
    body = Weather(
        summary=scene.wording(), forecast=ahead,
        wind_kmh=_kmh(wind) if wind and _kmh(wind) <= 500 else None,  # noqa: PLR2004 - the kind's own bound
        temperature_c=float(degrees["number"]) if degrees and -60 <= float(degrees["number"]) <= 60 else None,  # noqa: PLR2004
    )  # fmt: skip
    if ahead and (span := next((one.span for one in scene.times if one.ahead), None)) and span.end > span.start:
        body = body.model_copy(update={"starts": span.start, "ends": span.end})
    yield Claim(body, Stretch(word.start(), word.end()), "intended" if ahead else "done", 0.75, "words for the weather")


def _kmh(wind: re.Match[str]) -> float:
    """A speed of the wind in km/h, to a tenth."""
    return round(float(wind["number"]) * _KMH.get(wind["unit"].lower(), 1), 1)


def _health(scene: Scene) -> Iterator[Claim]:
    for finding, cue in _FINDINGS:
        word = scene.has(cue)
        if word is None:
            continue
        numbers = [one for one in scene.quantities if one.what == "cases"] if finding == "infection" else []
        if (
            finding == "infection"
            and not numbers
            and re.search(r"(?i)\b(?:staff|officers|police)\b", scene.words)
            and not re.search(r"(?i)not\s+aware", scene.words)
        ):
            return
        advice = scene.has(_ADVICE)
        for number in (*numbers,) or (None,):
            body = HealthFinding(
                finding=finding,
                summary=scene.wording(),
                advice=scene.wording(advice.start(), advice.end()) if advice else None,
                amount=number.amount if number else None,
            )
            focus = Stretch(number.start, number.end) if number else Stretch(word.start(), word.end())
            yield Claim(body, focus, scene.mode(word.start()), 0.85 if number else 0.65, f"words for {finding}")
        return


_EXPOSED = re.compile(
    r"\b(?:expos(?:ed|ure)\s+(?:to(?!\s+(?:\w+\s+)?(?:abuse|intimidation|violence|risks?|harm|threats|noise|criticism|danger))|of|window|site|event)|locations?\s+of\s+interest|(?:positive|confirmed|infectious|infected)\s+(?:case|person|visitor|attendee|worker)\b[^.;]{0,40}\b(?:was|were|had\s+been|visited|attended|worked)|was\s+infectious)\b",
    re.IGNORECASE,
)
_TO_WHAT = re.compile(
    r"\b(?P<what>covid(?:-19)?|measles|influenza|norovirus|tuberculosis|meningitis|smoke|asbestos|tear\s+gas|pepper\s+spray|gas|chemicals?|lead|radiation|sewage)\b",
    re.IGNORECASE,
)
_EXPOSED_GROUP = re.compile(
    r"\b(?:staff|officers|students|pupils|spectators|visitors|crews?|workers|protesters|residents|passengers|anyone|everyone)\b",
    re.IGNORECASE,
)


def _exposures(scene: Scene) -> Iterator[Claim]:
    """When and where people may have been exposed; without a clock time there is no window."""
    word = scene.has(_EXPOSED)
    window = next((one for one in scene.times if one.clock and not one.ahead), None)
    if word is None or window is None or scene.mode(word.start()) != "done":
        return
    what, group, advice = scene.has(_TO_WHAT), scene.has(_EXPOSED_GROUP), scene.has(_ADVICE)
    number = next((one for one in scene.quantities if one.sort == "people" and one.is_count), None)
    counted = number and " ".join(scene.text[number.start : max(number.end, group.end() if group else 0)].split())
    body = ExposureWindow(
        to=re.sub(r"[^a-z0-9]+", "_", what["what"].lower()) if what else "infection",
        group=counted or (group[0].lower() if group else None),
        advice=scene.wording(advice.start(), advice.end()) if advice else None,
    )
    start = min(word.start(), number.start) if number else word.start()
    yield Claim(body, Stretch(start, word.end()), "done", 0.8, "people were exposed, and when")


def _impacts(scene: Scene) -> Iterator[Claim]:
    for impact, cue in _IMPACTS:
        word = scene.has(cue)
        if word is None:
            continue
        mode = scene.mode(word.start())
        if mode == "not_done" and not re.search(r"(?i)no\s+longer|no\s+place|without\s+being", scene.words):
            continue
        on = _ON.search(scene.words)
        body = CommunityImpact(impact=impact, summary=scene.wording(), on=on[0].lower() if on else None)
        yield Claim(body, Stretch(word.start(), word.end()), mode, 0.6, "words for harm to residents, workers or pupils")
        return


GROUND: tuple[Callable[[Scene], Iterator[Claim]], ...] = (
    _roads,
    _facilities,
    _incidents,
    _weather,
    _health,
    _exposures,
    _impacts,
)
