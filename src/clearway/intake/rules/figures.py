"""Figures: counts, comings and goings, arrests, injuries, staff, signatures, money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import Stretch
from clearway.intake.rules.services import deployments
from clearway.intake.scene import Claim
from clearway.record.kinds.figures import Count, Flow
from clearway.record.kinds.incidents import Arrests, Injuries
from clearway.record.kinds.means import Cost, StaffAbsence, StaffStrength
from clearway.record.kinds.talks import Forecast, Petition
from clearway.record.number_words import amount_of
from clearway.record.parts import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.intake.quantities import Quantity
    from clearway.intake.scene import Scene

_ARREST = re.compile(r"\b(?:arrest(?:s|ed|ing)?|taken\s+into\s+(?:\w+\s+)?custody|detained|in\s+custody)\b", re.IGNORECASE)
_ARRESTED = re.compile(r"\b(?:arrest(?:s|ed|ing)?|detained)\b", re.IGNORECASE)
_CUSTODY = re.compile(
    r"\b(?:remain\w*|held|kept|still|are|were|is|people|persons|protesters|men|women|others|(?P<number>one|two|three|four|five|six|seven|eight|nine|ten|\d+))\s+in\s+(?:\w+\s+)?custody\b",
    re.IGNORECASE,
)
_INJURY = re.compile(r"\b(?:injur(?:ed|y|ies)|wounded|hurt|hospitali[sz]ed|taken\s+to\s+hospital|killed|died)\b", re.IGNORECASE)
_LEFT = re.compile(
    r"\b(?:have|had|has|were|was)?\s*(?:voluntarily\s+)?(?:left(?!\s+off)|leav(?:e|es|ing)|depart(?:ed|ing)|vacat(?:e|ed|ing)|gone\s+home|driven\s+(?:off|away|out)|drove\s+(?:off|away|out)|"
    r"dispers(?:e|ed|ing)|packed\s+up|moved\s+(?:on|out|off|away)|withdr(?:ew|awn)|walked\s+(?:out|away|off)|(?<=campervan\s)move|(?<=vehicle\s)move|(?<=vehicles\s)move|(?<=cars\s)move)\b",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\b(?:arriv(?:e|ed|al|als|ing)|c[ao]me|coming|join(?:ed|ing)?|turn(?:ed|ing)\s+up|poured\s+in|stream(?:ed|ing)\s+in|travelled|influx|descended|converg(?:ed|ing)|growth|"
    r"been\s+called\s+in|brought\s+in|reinforced|swelled)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?P<number>(?:about\s+|around\s+|at\s+least\s+|some\s+)?\d[\d,]*)\s+(?:more|others|of\s+them)\s+(?:have\s+|had\s+|has\s+)?$",
    re.IGNORECASE,
)
_FIGURES_OF = frozenset(
    {"people", "students", "children", "officers", "staff", "groups", "vehicles", "buses", "tractors", "ambulances", "fire_engines",
     "tents", "toilets", "barriers", "blocks", "checkpoints", "businesses", "schools", "buildings", "firefighters", "medics", "floats",
     "tow_trucks", "trains", "bicycles", "spaces", "journalists"}
)  # fmt: skip
_NOT_COUNTED = frozenset(
    {
        "locations",
        "streets",
        "districts",
        "incidents",
        "leaders",
        "demands",
        "calls",
        "shots",
        "deaths",
        "signatures",
        "cases",
        "arrests",
        "injuries",
        "charges",
        "assaults",
        "complaints",
        "event",
        "notices",
    }
)
_STAFF = frozenset({"officers", "staff", "firefighters", "medics"})
_DUTY = re.compile(
    r"\b(?:on\s+duty|deploy\w*|assign\w*|station\w*|patrol\w*|on\s+the\s+ground|called\s+in|sent|working\s+on|roster\w*|dispatch\w*|on\s+scene|attend\w*|respond\w*|we\s+have|have\s+been\s+brought)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:off\s+sick|sick|out\s+of\s+action|tested\s+positive|test\s+positive|isolat\w+|infected|off\s+work|stood\s+down|on\s+leave|absent|catching\s+covid\S*|had\s+covid\S*|affected\s+by\s+(?:the\s+)?(?:covid\S*|virus)|unavailable)\b",
    re.IGNORECASE,
)
_STAFF_WORD = re.compile(
    r"\b(?:staff|officers?|police|employees|drivers|crews?|firefighters|paramedics|nurses|workers)\b", re.IGNORECASE
)
_EXTRA = re.compile(
    r"\b(?:extra|additional|more|further)\s+(?:police\s+)?(?:staff|officers|police|personnel|troops|crews?)\b", re.IGNORECASE
)
_FROM = re.compile(
    r"\bfrom\s+(?P<where>(?:[A-ZĀĒĪŌŪ][\w’-]+)(?:(?:,\s+|\s+and\s+|\s+)(?:[A-ZĀĒĪŌŪ][\w’-]+))*)(?=\s+districts?\b|\s+to\b|[,.]|\s|$)"
)
_PETITION = re.compile(r"\bpetition\b", re.IGNORECASE)
_COST = re.compile(
    r"\b(?:costs?|costing|bill|spent|spend\w*|paid|budget|damage|losses|lost|revenue|expens\w+|funding|worth)\b", re.IGNORECASE
)
_BIG_COST = re.compile(
    r"\b(?P<said>significant|considerable|huge|substantial|enormous|rising)\b[\"”]?\s+[\"“]?costs\b", re.IGNORECASE
)
_FUTURE = re.compile(r"\b(?:will|would|expect\w*|likely|estimated\s+to|going\s+to)\b", re.IGNORECASE)
_GROUND = re.compile(
    r"\s+(?:was\s+|were\s+)?(?:arrested\s+)?(?:for|on\s+charges\s+of|on\s+suspicion\s+of)\s+(?P<ground>[^,.;]+?)(?=\s+and\s+(?:one|two|three|\d)|[,.;]|$)"
)
_EVERYBODY = Amount(low=1)
_REACH = 70
_STRUCK = re.compile(
    r"\s+(?:(?:is|are|was|were|have\s+been|had\s+been)\s+)?(?:on\s+fire|alight|burn\w*|overturned|damaged|smashed|blocked|stuck|stolen|slashed)\b",
    re.IGNORECASE,
)


def counts(scene: Scene, explained: Sequence[Stretch]) -> Iterator[Claim]:
    """Figures of people, vehicles, tents and the like, as far as no other rule explains them.

    Args:
        scene: The sentence.
        explained: What other rules spoke of.
    """
    for number in scene.quantities:
        if (
            not number.is_count
            or number.sort in ("single", "event")
            or number.what in _NOT_COUNTED
            or any(number.meets(one) for one in explained)
        ):
            continue
        if _STRUCK.match(scene.text, number.end, scene.sentence.end):
            continue  # "two tents on fire" does not say how many tents there are
        mode = scene.mode(number.start)
        if mode in ("intended", "possible") and scene.part_at(number.start).verb not in ("estimated", "believes", "believed"):
            if number.what in ("people", "vehicles", "officers"):
                body = Forecast(summary=scene.wording(), what=number.what, amount=number.amount, at=scene.due)
                yield Claim(body, Stretch(number.start, number.end), mode, 0.6, "a figure that is only expected or possible")
            continue
        if number.amount.high == 0 and number.what in ("vehicles", "officers"):
            continue  # "no cars had been towed": the towing's own rule
        if mode == "asked" or (mode == "not_done" and number.amount.high != 0):
            continue
        named = number.what in _FIGURES_OF
        if not named and number.sort != "other":
            continue
        near = (
            "the number stands beside what it counts" if number.near else "what it counts comes from elsewhere in the sentence"
        )
        confidence = (0.9 if named else 0.55) - (0 if number.near else 0.15) - (0.1 if number.amount.high is None else 0)
        yield Claim(
            Count(what=_vocabulary(number.what), amount=number.amount),
            Stretch(number.start, number.end),
            "done",
            confidence,
            near,
        )


def _vocabulary(word: str) -> str:
    plain = re.sub(r"[^a-z0-9_]", "_", word.lower())
    return plain if re.match(r"[a-z]", plain) else f"n_{plain}"[:60]


def _flows(scene: Scene) -> Iterator[Claim]:
    """A number came or left; "vehicles had arrived" without a number too."""
    if scene.has(_EXTRA):
        return
    met: list[Stretch] = []
    for pattern, direction in ((_LEFT, "left"), (_CAME, "arrived")):
        for move in scene.find(pattern):
            claim = _flow(scene, move, "left" if direction == "left" else "arrived")
            if claim is not None and not any(claim.focus.meets(other) for other in met):
                met.append(claim.focus)
                yield claim


def _trends(scene: Scene) -> Iterator[Claim]:
    """There are more or fewer than before: "the crowd is growing", "numbers are down"; by how many, nobody says."""
    for word in scene.find(_TREND):
        if scene.mode(word.start("way")) != "done" or _NO_TREND.search(
            scene.text, word.end(), min(word.end() + 20, scene.sentence.end)
        ):
            continue
        direction: Literal["grew", "shrank"] = "grew" if word["more"] else "shrank"
        said = " ".join(word[0].split())
        yield Claim(
            Flow(what="people", direction=direction, note=said[:120]),
            Stretch(word.start(), word.end()),
            "done",
            0.6,
            "more or fewer than before",
        )
        return


def _flow(scene: Scene, move: re.Match[str], direction: Literal["arrived", "left"]) -> Claim | None:
    mode = scene.mode(move.start())
    if mode in ("intended", "possible", "asked", "not_done"):
        return None
    more = _MORE.search(scene.text, max(scene.sentence.start, move.start() - 25), move.start())
    if more is not None and not scene.number(move.start(), _REACH):
        amount = Amount.model_validate(amount_of(more["number"]))
        return Claim(
            Flow(what="people", direction=direction, amount=amount),
            Stretch(more.start(), move.end()),
            mode,
            0.65,
            "a number that arrived or left",
        )
    movers = ("people", "vehicles", "officers", "staff", "tents", "buses", "tractors", "students", "groups", "firefighters")
    number = scene.number(move.start(), _REACH, whats=movers)
    if number is not None and not re.search(
        r"[;:]|\bwhile\b|\bbut\b", scene.text[min(number.end, move.end()) : max(number.start, move.start())]
    ):
        return Claim(
            Flow(what=number.what, direction=direction, amount=number.amount),
            _both(number, move),
            mode,
            0.85,
            "a number that arrived or left",
        )
    subject = _MOVERS.search(scene.text, max(scene.sentence.start, move.start() - 45), min(move.end() + 25, scene.sentence.end))
    if subject is None or not _COMES.search(scene.text, move.start(), min(move.end() + 20, scene.sentence.end)):
        return None
    what = (
        "vehicles"
        if re.match(r"(?i)vehicles|cars|trucks|vans|campervans", subject[1])
        else "officers"
        if re.match(r"(?i)officers|staff|police", subject[1])
        else "people"
    )
    said = " ".join(scene.text[min(subject.start(), move.start()) : max(subject.end(), move.end())].split())
    return Claim(
        Flow(what=what, direction=direction, note=said[:120]),
        Stretch(min(subject.start(), move.start()), max(subject.end(), move.end())), mode, 0.6, "arrived or left, no number given",
    )  # fmt: skip


_MOVERS = re.compile(
    r"\b(vehicles|cars|trucks|vans|campervans|people|protesters|demonstrators|officers|staff|supporters|crowds?)\b",
    re.IGNORECASE,
)
_TREND = re.compile(
    r"\b(?:(?:the\s+)?crowds?|numbers|(?:the\s+)?(?:protest|gathering|rally|march|camp|encampment|occupation))\s+(?:size\s+)?(?:(?:is|are|was|were|has|have|had|been|still|now|fast|slowly|steadily|quickly)\s+)*"
    r"(?P<way>(?P<more>growing|grew|grown|swelling|swelled|swollen|increas(?:ing|ed)|up\b)|shrinking|shr[au]nk|thinning(?:\s+out)?|thinned(?:\s+out)?|dwindl(?:ing|ed)|falling|decreas(?:ing|ed)|down\b)",
    re.IGNORECASE,
)
_NO_TREND = re.compile(
    r"\s*(?:to\s+(?:about\s+)?\d|in\s+(?:confidence|anger)|angry|restless|impatient|with\s+(?:the\s+)?police)", re.IGNORECASE
)
_COMES = re.compile(
    r"\b(?:left|leaving|departed|vacate\w*|arrived|arriving|influx|growth|joined|turn\w*\s+up|travelled|called\s+in|converg\w+|dispers\w+|come|came)\b",
    re.IGNORECASE,
)


def _both(number: Quantity, word: re.Match[str]) -> Stretch:
    return Stretch(min(number.start, word.start()), max(number.end, word.end()))


def _arrests(scene: Scene) -> Iterator[Claim]:
    """Arrests, each ground for itself: "seven for disorderly behaviour and one for obstruction"."""
    word = scene.has(_ARREST)
    if word is None:
        return
    numbers = [
        one
        for one in scene.quantities
        if one.is_count and one.what in ("people", "arrests", "officers", "students", "children") and one.sort != "money"
    ]
    numbers = [one for one in numbers if one.what != "officers" or one.start > word.start()]
    if custody := scene.has(_CUSTODY):
        held = min(numbers, key=lambda one: abs(one.start - custody.start()), default=None)
        yield from _held(custody, held)
        word = scene.has(_ARRESTED)
        numbers = [one for one in numbers if one is not held]
        if word is None or not numbers:
            return
    none = next((one for one in numbers if one.amount.high == 0 and one.what == "arrests"), None)
    mode = scene.mode(word.start())
    if none is None and mode in ("possible", "asked", "intended"):
        return
    if none is None and mode == "not_done" and word[0].lower() == "arrest":
        return  # "you cannot arrest your way out"
    if none is not None or (mode == "not_done" and not numbers):
        where = none or Stretch(word.start(), word.end())
        yield Claim(
            Arrests(amount=Amount(low=0, high=0)), Stretch(where.start, where.end), "not_done", 0.85, "stated: no arrests"
        )
        return
    for number in numbers:
        if abs(number.start - word.start()) > 3 * _REACH or _is_of_another_clause(scene, number, word, numbers):
            continue
        ground = _GROUND.match(scene.text, number.end, scene.sentence.end) or _GROUND.match(
            scene.text, word.end(), scene.sentence.end
        )
        body = Arrests(amount=number.amount, ground=ground["ground"].strip() if ground else None)
        yield Claim(body, Stretch(number.start, number.end), mode, 0.9, "a number of arrests")
    if not numbers and re.match(r"arrest\b|arrested|taken", word[0], re.IGNORECASE):
        one = re.search(r"\b(?:an|one|the|a)\s+(?:\w+\s+){0,3}$", scene.text[scene.sentence.start : word.start()]) or re.search(
            r"\b(?:man|woman|person)\b", scene.words
        )
        amount = Amount(low=1, high=1) if one else Amount(low=1, said="arrests, no number said")
        yield Claim(Arrests(amount=amount), Stretch(word.start(), word.end()), mode, 0.5, "an arrest, no number beside it")


def _held(custody: re.Match[str], number: Quantity | None) -> Iterator[Claim]:
    """How many are in custody: by the number beside it, or by the one that it begins with."""
    amount, focus = (number.amount, _both(number, custody)) if number else (None, Stretch(custody.start(), custody.end()))
    if amount is None and (said := custody["number"]):
        amount = Amount.model_validate(amount_of(said))
    if amount is not None:
        yield Claim(Count(what="people_in_custody", amount=amount), focus, "done", 0.8, "a number held in custody")


_PRESENT = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:are\s+|were\s+|still\s+|now\s+)?(?:on|at|in|outside|inside|near|around|taken|left|came|sent|moved|hurt|injured|treated|fined|stand|sit|remain|stay|march)\b[^,;.]*[,;]|\s*\w*\s*[,;]",
    re.IGNORECASE,
)


def _is_of_another_clause(scene: Scene, number: Quantity, word: re.Match[str], numbers: Sequence[Quantity]) -> bool:
    """Whether a number says how many are somewhere, and another one beside the word how many of them: "300 on the lawn, two arrested"."""
    nearer = any(number.end <= other.start <= word.start() for other in numbers)
    return nearer and number.near and _PRESENT.match(scene.text, number.end, word.start()) is not None


def _injuries(scene: Scene) -> Iterator[Claim]:
    """People hurt, each clause for itself: "seven protesters injured, four officers hurt"."""
    words = list(scene.find(_INJURY))
    told: set[int] = set()
    for word in words:
        for claim in _hurt(scene, word):
            if claim.focus.start not in told:
                told.add(claim.focus.start)
                yield claim
        if not re.search(r"[,;]|\band\b", scene.text[word.end() : scene.sentence.end]):
            return


def _hurt(scene: Scene, word: re.Match[str]) -> Iterator[Claim]:
    number = scene.number(
        word.start(),
        _REACH,
        whats=("people", "officers", "injuries", "students", "children", "staff", "firefighters", "deaths", "medics"),
    )
    mode = scene.mode(word.start())
    if number is None and re.search(r"(?i)\bof\s+the\s+$", scene.text[scene.sentence.start : word.start()]):
        return  # "none of the injuries was serious"
    if number is None and mode == "not_done" and not re.search(r"\bwithout\b", scene.text[scene.sentence.start : word.start()]):
        yield Claim(
            Injuries(amount=Amount(low=0, high=0)), Stretch(word.start(), word.end()), "not_done", 0.75, "stated: nobody hurt"
        )
    if number is None or mode in ("possible", "intended", "asked"):
        return
    of = number.what if number.what in ("officers", "students", "children", "firefighters") else "people"
    if of == "people" and (named := _HURT.search(scene.text, number.start, max(word.end(), number.end))):
        of = {"police": "officers", "demonstrators": "protesters"}.get(named[0].lower(), named[0].lower())
    yield Claim(Injuries(amount=number.amount, of=of), _both(number, word), "done", 0.9, "a number of people hurt")


_HURT = re.compile(
    r"\b(?:officers|police|protesters|demonstrators|students|children|staff|residents|firefighters|medics|stewards|marshals|wardens|"
    r"volunteers|paramedics|spectators|marchers|bystanders|passers-by|journalists|drivers|cyclists|workers|security\s+guards)\b",
    re.IGNORECASE,
)


def _absences(scene: Scene) -> Iterator[Claim]:
    """Staff who are away and why."""
    word = scene.has(_AWAY)
    if word is None or scene.has(_STAFF_WORD) is None:
        return
    number = scene.number(word.start(), 90, whats=("officers", "staff", "firefighters", "medics", "people"))
    mode = scene.mode(word.start())
    reason: Literal["sick", "isolating", "leave", "other"] = (
        "isolating" if re.search("isolat", word[0], re.IGNORECASE) else "leave" if "leave" in word[0] else "sick"
    )
    if mode == "not_done":
        amount = Amount(low=0, high=0, said="none known")
    elif mode in ("possible", "intended", "asked") and number is None:
        return
    else:
        some = re.search(
            r"\b(?:some|several|a\s+[\"“]?small\s+number[\"”]?\s+of|many)\s+(?:\w+\s+)?(?:staff|officers)",
            scene.words,
            re.IGNORECASE,
        )
        amount = (
            number.amount
            if number
            else Amount(low=1, said=" ".join(some[0].replace('"', "").split()) if some else "some staff")
        )
    organisation = scene.voice(
        scene.organisation("Police") or "Police" if re.search(r"(?i)\bpolice\b", scene.words) else "the organisation"
    )
    focus = _both(number, word) if number else Stretch(word.start(), word.end())
    yield Claim(
        StaffAbsence(organisation=organisation, reason=reason, amount=amount),
        focus,
        mode,
        0.85 if number else 0.65,
        "a number of staff who are absent",
    )


def _strengths(scene: Scene) -> Iterator[Claim]:
    """How many staff there are: deployed, called in, in all."""
    if scene.has(_AWAY):
        return
    duty = scene.has(_DUTY)
    at_a_task = [claim.focus for claim in deployments(scene)]
    for number in scene.quantities:
        if (
            number.what in _STAFF
            and not any(number.meets(one) for one in at_a_task)
            and number.sort != "single"
            and duty
            and abs(number.start - duty.start()) < _REACH
            and scene.mode(number.start) == "done"
        ):
            whole = re.search(r"(?i)\bwe\s+have\b", duty[0]) is not None
            body = StaffStrength(
                organisation=scene.voice(scene.organisation("Police") or "Police"),
                amount=number.amount,
                role=number.what,
                on_duty=None if whole else True,
            )
            yield Claim(body, _both(number, duty), "done", 0.75, "a number of staff and what they do")
            return
    extra = scene.has(_EXTRA)
    if (
        extra is not None
        and scene.mode(extra.start()) == "done"
        and not any(number.meets(Stretch(extra.start(), extra.end())) for number in scene.quantities)
    ):
        said = Amount(low=1, said=" ".join(extra[0].split()))
        origin = _FROM.search(scene.text, extra.end(), scene.sentence.end)
        names = re.split(r",\s+|\s+and\s+", origin["where"])[:8] if origin and "," in origin["where"] + "," else [None]
        for name in names:
            body = StaffStrength(
                organisation=scene.voice(scene.organisation("Police") or "Police"),
                amount=said,
                role="officers",
                district=name,
                on_duty=True,
            )
            yield Claim(body, Stretch(extra.start(), extra.end()), "done", 0.6, "more staff, no number given")


def _petitions(scene: Scene) -> Iterator[Claim]:
    number = next((one for one in scene.quantities if one.what == "signatures"), None)
    if number is not None and (scene.has(_PETITION) or scene.speaker is None):
        yield Claim(
            Petition(title=scene.wording()[:120], signatures=number.amount),
            Stretch(number.start, number.end),
            "done",
            0.85,
            "a number of signatures",
        )


def _costs(scene: Scene) -> Iterator[Claim]:
    expected = scene.has(_FUTURE) is not None
    word = scene.has(_COST)
    for number in scene.quantities:
        if number.sort == "money" and word is not None:
            currency = {
                "$": "NZD",
                "NZ$": "NZD",
                "US$": "USD",
                "AU$": "AUD",
                "A$": "AUD",
                "C$": "CAD",
                "£": "GBP",
                "€": "EUR",
            }.get(number.what.upper(), "NZD")
            body = Cost(what=scene.wording()[:160], amount=number.amount, currency=currency, expected=expected)
            yield Claim(body, Stretch(number.start, number.end), "done", 0.8, "a sum of money and a word for spending")
    if big := scene.has(_BIG_COST):
        body = Cost(
            what=scene.wording()[:160],
            amount=_EVERYBODY.model_copy(update={"said": f"{big['said']}, no figure given"}),
            expected=expected,
        )
        yield Claim(body, Stretch(big.start(), big.end()), "done", 0.5, "a cost without a figure")


FIGURES: tuple[Callable[[Scene], Iterator[Claim]], ...] = (
    _flows,
    _trends,
    _arrests,
    _injuries,
    _absences,
    _strengths,
    _petitions,
    _costs,
)
