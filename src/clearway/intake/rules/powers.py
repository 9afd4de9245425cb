"""What the law is used for: powers and what they rest on, what was enforced and seized."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import Stretch
from clearway.intake.rules.services import whose
from clearway.intake.scene import Claim
from clearway.record.kinds.powers import EnforcementAction, Power, Seizure
from clearway.record.parts import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.intake.quantities import Quantity
    from clearway.intake.scene import Scene

_INSTRUMENT = re.compile(
    r"\b(?:under|by|using|us(?:ed|es)|invok(?:ed|es|ing)|pursuant\s+to|with)\s+(?:the\s+|its\s+|a\s+|an\s+|their\s+)?(?P<instrument>"
    r"(?:[Ss]ections?\s+\d+[A-Z]{0,2}(?:\(\w{1,3}\))*(?:\s+(?:and|to)\s+\d+[A-Z]{0,2})?\s+of\s+the\s+)?(?:[A-Z][\w’'-]+\s+(?:(?:of|and|for|in)\s+)?){1,7}(?:Act|Regulations?|By-?law|Ordinance|Code|Order)(?:\s+\d{4})?"
    r"|(?:\w+\s+)?(?:by-?law|emergency\s+order|closure\s+order|exclusion\s+order|public\s+order\s+notice|injunction|court\s+order))\b"
)
_OF_LAW = re.compile(
    r"\b(?:powers?|authority|act|by-?law|order|regulations?|ordinance|code|injunction|notice)\b", re.IGNORECASE
)
_MAY = re.compile(
    r"\b(?:(?:can|may|are\s+able\s+to|is\s+able\s+to)\s+now\s+|now\s+(?:can|may)\s+|(?:has|have|had|with|given|gives?|gave|granted|got|been\s+given)\s+(?:\w+\s+){0,3}?(?:powers?|authority)\s+to\s+|"
    r"(?:allow(?:s|ed)|empower(?:s|ed)|lets?|authori[sz]e[sd]?)\s+(?:it|them|police|officers|the\s+council|the\s+mayor)\s+to\s+)(?P<what>[^.;]+)",
    re.IGNORECASE,
)
_USED = re.compile(r"\b(?:us(?:ed|es|ing)|invok(?:ed|es|ing)|exercis(?:ed|es|ing)|relied\s+on)\b", re.IGNORECASE)
_TO_DO = re.compile(r"\s*,?\s*to\s+(?P<what>[^.;,]+)")
_POWERS = re.compile(
    r"\b(?P<power>(?:emergency|special|extra|extraordinary|additional|new|stop\s+and\s+search|dispersal|lockdown|closure)\s+powers)\b(?:\s+to\s+(?P<what>[^.;,]+))?",
    re.IGNORECASE,
)
_POWER_STATE: tuple[tuple[Literal["refused", "lapsed", "asked_for", "used", "in_force"], re.Pattern[str]], ...] = (
    ("refused", re.compile(r"\b(?:refus\w+|declin\w+|reject\w+|turned\s+down|denied)\b", re.IGNORECASE)),
    ("lapsed", re.compile(r"\b(?:laps\w+|expir\w+|ran\s+out|revok\w+|ended|withdrawn|lifted)\b", re.IGNORECASE)),
    ("asked_for", re.compile(r"\b(?:ask\w*\s+for|sought|seek\w*|request\w*|wants?|needs?|appl(?:ied|ies)\s+for)\b", re.IGNORECASE)),
    ("used", _USED),
    ("in_force", re.compile(r"\b(?:grant\w*|given|gives?|gave|in\s+force|came\s+into|received|has|have|declar\w+|adopt\w+)\b", re.IGNORECASE)),
)  # fmt: skip
_ISSUED = (
    r"(?:issu(?:ed|ing|e)|hand(?:ed|ing)\s+out|serv(?:ed|ing)|giv(?:en|ing)(?:\s+out)?|gave(?:\s+out)?|wr(?:ote|itten)|made)"
)
_MEASURE = (
    r"(?P<measure>(?:parking\s+|speeding\s+|traffic\s+|infringement\s+|trespass\s+|eviction\s+|prohibition\s+|abatement\s+|vacate\s+|banning\s+|dispersal\s+|exclusion\s+|penalty\s+|noise\s+|formal\s+)?"
    r"(?:tickets?|fines|infringements|trespasses|(?<=trespass\s)notices?|(?<=infringement\s)notices?|(?<=eviction\s)notices?|(?<=prohibition\s)notices?|(?<=abatement\s)notices?|(?<=penalty\s)notices?|notices?\s+to\s+(?:leave|vacate|quit)|"
    r"(?<=noise\s)notices?|(?<=banning\s)orders?|(?<=dispersal\s)orders?|(?<=exclusion\s)orders?|(?<=formal\s)warnings?|directions?\s+to\s+(?:leave|move(?:\s+on)?)|summons(?:es)?|citations?))"
)
_ACTIONS = (
    re.compile(rf"\b{_ISSUED}\b[^.;:]{{0,40}}?\b{_MEASURE}\b", re.IGNORECASE),
    re.compile(rf"\b{_MEASURE}\s+(?:(?:have|has|had|were|was|are|is|been|now|also)\s+)*{_ISSUED}\b", re.IGNORECASE),
    re.compile(rf"(?<=\d\s)\b{_MEASURE}\b", re.IGNORECASE),
)
_TICKETED = re.compile(r"\b(?P<verb>ticketed|fined|trespassed|breathalysed|breath-tested)\b", re.IGNORECASE)
_BY_VERB = {"ticketed": "tickets", "fined": "fines", "trespassed": "trespass_notices"}
_IN_ALL = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:in\s+(?:total|all)|so\s+far|altogether|since\s+the\s+(?:start|beginning)|to\s+date|overall)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:total(?:\s+(?:is|now|to|of|has\s+reached))?|bringing\s+\w+\s+\w+\s+to)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_GROUND = re.compile(r"\bfor\s+(?P<ground>(?!the\s+(?:first|second)|now\b)[^.;,\d]{4,120})")
_TODAY = re.compile(r"\s+(?:today|yesterday|tonight|last\s+night|so\s+far|this\s+\w+|since\b.*|at\s+\d.*)$", re.IGNORECASE)
_SEIZED = re.compile(
    r"\b(?:seiz(?:ed|ing)|confiscat(?:ed|ing))\b(?!\s+(?:the|an?|this|that|their)\s+(?:moment|day|chance|opportunity|initiative|power|control))",
    re.IGNORECASE,
)
_VEHICLES = re.compile(r"\b(?:vehicles?|cars?|trucks?|vans?|campervans?|bus(?:es)?|tractors?)\b", re.IGNORECASE)
_THINGS = re.compile(r"\s+(?:from\s+\w+\s+)?(?P<what>[^.;:]+)")
_ENDS_WHAT = re.compile(
    r",?\s+(?:from|at|on|in|near|under|because|for|after|during|when|while|outside|last|this|yesterday|today|since|as|by|so|that|who|which)\b.*|\s+\d{1,2}[:.]\d{2}.*|,\s+(?!\d|an?\s).*",
    re.IGNORECASE,
)
_PARTED = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_A = re.compile(r"\b(?:an?|one)\s+(?:(?:trespass|infringement|eviction|formal)\s+)?$", re.IGNORECASE)
_ONE = Amount(low=1, high=1)
_LEAST = 3
_FAR = 60


def _powers(scene: Scene) -> Iterator[Claim]:
    """A power, whose it is, and the instrument that it rests on."""
    if not scene.has(_OF_LAW):
        return
    instrument, may, powers = scene.has(_INSTRUMENT), scene.has(_MAY), scene.has(_POWERS)
    if any(True for _ in _enforced(scene)) or not (powers or (may and instrument) or (instrument and scene.has(_USED))):
        return
    word = powers or (may if instrument else None) or instrument
    assert word is not None  # noqa: S101 - one of the three was found
    if scene.mode(word.start()) in ("possible", "not_done") or (scene.mode(word.start()) == "intended" and not powers):
        return
    to_do = powers or may or (_TO_DO.match(scene.text, instrument.end(), scene.sentence.end) if instrument else None)
    what = (to_do["what"] if to_do else None) or ""
    what = re.split(r"\s+(?:(?:under|by|using|pursuant)\s+(?=the\b|its\b|[Ss]ection|[A-Z])|until\b|from\s+\d)", what)[0].strip(
        " ,"
    )
    if not what and not powers:
        return
    power = (f"{powers['power'].lower()}{f' to {what}' if what else ''}" if powers else f"to {what}")[:200]
    state = (
        next((one for one, cue in _POWER_STATE if scene.has(cue)), "in_force") if powers else "used" if not may else "in_force"
    )
    by = whose(scene, word.start()) or "not named"
    body = Power(
        power=power,
        by=by,
        instrument=" ".join(instrument["instrument"].split())[:200] if instrument else None,
        state=state,
        ends=scene.until(word.start()),
    )
    yield Claim(body, Stretch(word.start(), word.end()), "done", 0.75, "a power and what it rests on")


def _enforced(scene: Scene) -> Iterator[Claim]:
    """Tickets, notices and directions, this time and in all."""
    word = next((found for cue in _ACTIONS if (found := scene.has(cue))), None)
    verb = scene.has(_TICKETED) if word is None else None
    found = word or verb
    if found is None or scene.mode(found.start()) != "done":
        return
    action = _BY_VERB.get(verb["verb"].lower(), "checks") if verb else _action(word["measure"]) if word else ""
    numbers = [one for one in scene.quantities if one.is_count and one.sort != "money" and _is_near(one, found)]
    total = next((one for one in numbers if _is_total(scene, one)), None)
    this = next((one for one in numbers if one is not total), None)
    if not numbers and word is None:
        return
    a_one = not numbers and word is not None and _A.search(scene.text, scene.sentence.start, word.start("measure"))
    ground = _GROUND.search(scene.text, found.end(), scene.sentence.end)
    body = EnforcementAction(
        action=action,
        by=whose(scene, found.start()),
        amount=this.amount if this else _ONE if a_one else None,
        total=total.amount if total else None,
        ground=_TODAY.sub("", ground["ground"]).strip() if ground else None,
    )
    spoken = [one for one in (this, total) if one]
    start, end = min([found.start(), *(one.start for one in spoken)]), max([found.end(), *(one.end for one in spoken)])
    yield Claim(body, Stretch(start, end), "done", 0.85 if numbers else 0.6, "what was enforced, and how often")


def _action(measure: str) -> str:
    """A measure as the vocabulary has it, of several.

    >>> _action("Trespass notice"), _action("directions to leave"), _action("parking tickets")
    ('trespass_notices', 'directions_to_leave', 'parking_tickets')
    """
    words = "_".join(measure.lower().split())
    return (
        words if "s_to_" in words or words.endswith("s") else words.replace("_to_", "s_to_") if "_to_" in words else f"{words}s"
    )


def _is_near(number: Quantity, found: re.Match[str]) -> bool:
    return number.start - found.end() < _FAR and found.start() - number.end < _FAR


def _is_total(scene: Scene, number: Quantity) -> bool:
    return bool(
        _IN_ALL.match(scene.text, number.end, scene.sentence.end)
        or _TOTAL.search(scene.text, max(scene.sentence.start, number.start - 40), number.start)
    )


def _seizures(scene: Scene) -> Iterator[Claim]:
    """Things taken away; of several, each for itself. Vehicles are towed."""
    word = scene.has(_SEIZED)
    if word is None or scene.mode(word.start()) != "done":
        return
    before = scene.text[scene.sentence.start : word.start()]
    passive = re.search(r"(?P<what>[^.;:,]+?)\s+(?:(?:were|was|have\s+been|has\s+been|had\s+been)\s+(?:also\s+)?|)$", before)
    is_passive = re.search(r"\b(?:were|was|been)\s+(?:also\s+)?$", before) is not None
    things = passive if is_passive else _THINGS.match(scene.text, word.end(), scene.sentence.end)
    if things is None:
        return
    first = scene.sentence.start + things.start("what") if is_passive else things.start("what")
    what = _ENDS_WHAT.sub("", things["what"].rstrip())
    if _VEHICLES.search(what) or len(what) < _LEAST:
        return
    by = None if is_passive else whose(scene, word.start())
    at = first
    for piece in _PARTED.split(what):
        start = scene.text.index(piece, at)
        at = start + len(piece)
        number = next((one for one in scene.quantities if one.is_count and start <= one.start < at), None)
        name = re.sub(r"^(?:the|an?|some|several|many|about|around|at\s+least|more\s+than)\s+", "", piece, flags=re.IGNORECASE)
        if number is not None:
            name = re.sub(
                r"^\W*(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|a\s+dozen|dozens\s+of)\s+",
                "",
                name,
                flags=re.IGNORECASE,
            )
        body = Seizure(what=name.strip()[:200] or what[:200], by=by, amount=number.amount if number else None)
        yield Claim(body, Stretch(start, at), "done", 0.85 if number else 0.7, "things that were seized")


POWERS: Sequence[Callable[[Scene], Iterator[Claim]]] = (_powers, _enforced, _seizures)
