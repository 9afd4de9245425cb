"""Talk: promises, demands, requests to meet, conditions, decisions, notices, forecasts, contacts, statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from clearway.intake.attribution import LEADS_UP
from clearway.intake.modality import gist
from clearway.intake.passages import Stretch
from clearway.intake.rules.intents import ultimatums
from clearway.intake.rules.promises import OURS, PROMISES
from clearway.intake.scene import Claim
from clearway.intake.speech import CONTINUES
from clearway.record.kinds.decisions import Decision, Notice
from clearway.record.kinds.health import RestrictionLevel
from clearway.record.kinds.pending import Condition, MeetingRequest
from clearway.record.kinds.talks import Contact, Demand, Forecast, Petition, Statement
from clearway.record.parts import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.intake.scene import Scene

_MEET = r"(?:meet(?:ing)?s?|speak|talk(?:s|ing)?|negotiat\w+|dialogue|engage|discuss\w*|front)"
_MEETING = re.compile(
    rf"\b(?:request\w*|ask\w*|call\w*|demand\w*|want\w*|seek\w*|sought|invit\w+)\b[^.;]{{0,50}}\b{_MEET}\b", re.IGNORECASE
)
_NO_MEETING = re.compile(
    r"\b(?:refus\w+|declin\w+|rul(?:ed?|es|ing)\s+out|will\s+not|won[’']t|would\s+not|not\s+going\s+to|continue\s+to\s+refuse)\b[^.;]{0,60}\b(?:meet(?:ing)?|speak|talk|negotiat\w+|engage)\b",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"\b(?:yet\s+to\s+respond|no\s+(?:response|reply|answer)|not\s+(?:yet\s+)?(?:responded|replied|answered)|unanswered|ignored)\b",
    re.IGNORECASE,
)
_AGREED_TO_MEET = re.compile(r"\b(?:agreed|offered|willing|ready)\s+to\s+(?:meet|talk)\b", re.IGNORECASE)
_AGREED = re.compile(r"\b(?:agreed|accepted|will\s+meet|to\s+meet\s+(?:on|at|with))\b", re.IGNORECASE)
_DEMAND = re.compile(
    r"\b(?:demand(?:ed|ing)|demands?(?=\s+(?:that|the|an|a|to|for)\b)|call(?:s|ed|ing)?\s+(?:on|for)|calls?\s+(?:on|for)|want(?:s|ed)?\s+(?:the|all|an?|to\s+see|their|it|police|them)|"
    r"(?:we|they|I)\s+(?:therefore\s+)?ask\s+that|urg(?:e|es|ed|ing)|plead(?:s|ed|ing)?|must|need(?:s|ed)?\s+to|pleading\s+for|petition\s+for|message\s+that\s+it[’']s\s+time|it[’']s\s+time\s+for)\b",
    re.IGNORECASE,
)
_DEMANDED = re.compile(
    r"\b(?:want(?:s|ed)?|demand(?:ed|ing)|demands?(?=\s+(?:that|the|an|a|to|for)\b)|call(?:s|ed|ing)?\s+(?:on|for)|ask\s+that|plead\w*|petition\s+for)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:will\s+be\s+(?:closed|shut|blocked|diverted|detoured|suspended|cancelled|restricted)|(?:is|are)\s+to\s+be\s+(?:closed|shut|diverted)|advis(?:e|es|ed|ing)\s+(?:people|motorists|residents|commuters|the\s+public|drivers|against)|(?:are|is|were|was)\s+(?:being\s+)?(?:advised|told|asked|urged|warned|directed|reminded)\s+(?:by\s+[\w’'-]+(?:\s+[\w’'-]+){0,3}\s+)?(?:to|not\s+to|that)|(?:has|have|had)\s+told\s+(?:[\w’'-]+\s+){1,10}?to|"
    r"(?:bus(?:es)?|trains?|trams|ferries|services|classes|lectures|roads?|streets?|lanes?|(?-i:[A-Z]\w+\s+(?:Street|St|Road|Rd|Quay|Tce|Terrace|Avenue|Ave)))\s+(?:will|would|are\s+to|is\s+to)\s+(?:be\s+)?(?:re-?open\w*|resum\w*|run(?:ning)?|operat\w+|return\w*|held\s+online|stay\s+(?:shut|closed|open)|remain\s+(?:shut|closed|open))|"
    r"(?:people|motorists|residents|commuters|passengers|travellers|protesters|drivers|visitors|users|anyone|those|the\s+public)\s+(?:who\s+[^.,;]{1,40}\s+)?(?:should|must|need\s+to)\b|do\s+not\s+attend|avoid(?:\s+the|\s+travel|\s+swimming)|please\b(?!\s+(?:to|with|that)\b)|"
    r"we\s+(?:invite|ask|urge)\s+(?:anyone|people|motorists|residents|the\s+public|protesters)|expect\s+(?:delays|road\s+closures|disruption)|warned\s+(?:people|motorists|protesters|residents)|"
    r"urg(?:e|es|ed|ing)\s+(?:people|protesters|motorists|residents|the\s+public|those|everyone|owners|drivers)|what\s+we\s+are\s+asking)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?P<cue>until|unless|only\s+(?:if|once|when|after)|as\s+long\s+as|provided\s+that|on\s+condition\s+that|on\s+the\s+condition\s+that)\b\s*",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:decided|decision\s+(?:was|to|has)|resolved\s+to|opted\s+(?:to|for)|agreed\s+to|voted\s+to|chose\s+to|ruled\s+out|ordered|declared|"
    r"(?:best|only(?:\s+\w+)?)\s+option|would\s+be\s+preferable|has\s+been\s+put\s+in\s+place|(?:have|has|had)\s+assessed)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:expect(?:s|ed|ing)?|antici\w+|forecast\w*|predict\w*|likely|unlikely|probability|(?:could|may|might)\s+(?:grow|last|continue|swell|remain|get|take|lead|turn|stay)|"
    r"(?:are|is|was|were)\s+going\s+to|fears?\s+(?:more|that)|risk\s+of|no\s+sign\s+of|does(?:n[’']t|\s+not)\s+look|looks\s+like|not\s+going\s+(?:to\s+happen|anywhere)|will\s+(?:grow|swell|continue|last|remain)|brace\s+for|"
    r"starts\s+on|begins\s+on|due\s+to\s+(?:start|begin|open|end))\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:(?<!been )met\s+with|(?<!been )met\b|spoke(?:n)?\s+(?:with|to)|(?:had|have|held|holding)\s+(?:\w+\s+){0,2}(?:talks|discussions|meetings?|conversations?)|(?:positive|productive|good)\s+(?:talks|lines|engagement)|"
    r"(?:engaging|engagement|engaged|in\s+dialogue|dialogue|negotiat(?:ing|ed|ions?)|discussions?|in\s+talks)\b(?:\s+\w+){0,2}\s+with|working\s+closely\s+with|been\s+briefed|positive\s+talks|progress\s+(?:had\s+been\s+)?made\s+engaging)",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:alert\s+level\s+(?P<level>\d|one|two|three|four)|level\s+(?P<number>\d)\s+(?:alert|restrictions)|(?P<colour>red|orange|amber|green)\s+(?:traffic\s+light|setting|alert|level)|state\s+of\s+emergency|curfew|traffic\s+light\s+system)\b",
    re.IGNORECASE,
)
_TOPICS = (
    ("parking", r"\bpark(?:ing|ed)?\b|stadium"), ("towing", r"\btow"), ("roads", r"\broads?\b|\bstreets?\b|traffic|block(?:ed|ing|ade)"), ("talks", r"\btalk|\bmeet|dialogue|mediat|negotiat|leaders"),
    ("approach", r"escalat|enforce|force\b|option|action|arrest"), ("staff", r"\bstaff\b|officers|patrol"), ("mandates", r"mandate|vaccin"), ("sanitation", r"sewage|waste|toilet|sanit"),
    ("tone", r"peaceful|calm|atmosphere|mood|violen|abuse|intimid"), ("impact", r"disrupt|business|residents|school|student"), ("incidents", r"incident"), ("health", r"covid|health|virus"),
)  # fmt: skip
_FOR = re.compile(r"\b(?:support\w*|welcom\w+|thank\w*|grateful|confident|confidence|appreciat\w+|receptive)\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:condemn\w*|criticis\w+|disappointed|unacceptable|oppos\w+|against|enough\s+of|overstepped|reject\w*|unhelpful|provocative|inappropriate|stupid|silly)\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:people|motorists|residents|commuters|protesters|drivers|owners|public|visitors|those|everyone|anyone)\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:police|council|government|health|fire|ambulance|ministry|transport|agency|authority|parliament|water)\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:no|none|nobody|neither)\b[^,;]{0,60}\b(?:was|were|had|has|have|is|are)\b|\b(?:was|were|had|has|have|is|are|did|does|do)\s+(?:not|never)\b|\b(?:was|were|had|has|have|is|are|did|does|do)n[’']t\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 5
_TWO = 2


def _is_official(scene: Scene) -> bool:
    actor = scene.speaker
    return (
        actor is not None
        and actor.sort != "private"
        and _OFFICIAL.search(f"{actor.organisation or ''} {actor.office or ''}") is not None
    )


def _meetings(scene: Scene) -> Iterator[Claim]:
    """Somebody asked to meet, or refuses to."""
    refused, asked = scene.has(_NO_MEETING), scene.has(_MEETING)
    agreed = scene.has(_AGREED_TO_MEET)
    word = refused or asked or agreed
    if word is None or re.search(r"(?i)\bto\s+(?:speak|talk)\s+to\s+media", scene.words):
        return
    conditional = scene.has(_UNTIL) is not None
    answer: Literal["none_yet", "accepted", "refused", "conditional"] = "none_yet"
    if refused:
        answer = "conditional" if conditional else "refused"
    elif agreed or (scene.has(_AGREED) and not scene.has(_NO_ANSWER)):
        answer = "accepted"
    if asked and not refused and not re.search(r"(?i)\bmeet|\bmeeting|\btalks?\b|dialogue|negotiat", asked[0]):
        return
    voice = scene.voice("not named")
    named = sorted(scene.mentions, key=lambda mention: mention.actor.sort not in ("organisation", "office"))
    other = next(
        (party for mention in named if mention.actor.sort != "document" and (party := scene.party(mention)) and party != voice),
        None,
    )
    groups = re.search(r"(?i)\b(?:protest(?:er)?s?(?:\s+groups?)?|groups|organisers|leaders)\b", scene.words)
    asker = groups[0] if groups else "protest groups"
    by, of = (
        (asker, voice if voice != "not named" else other or voice)
        if refused
        else (voice if voice != "not named" else asker, other or "not named")
    )
    body = MeetingRequest(asked_by=by, asked_of=of, answer=answer, terms=scene.wording())
    yield Claim(
        body, Stretch(word.start(), word.end()), "not_done" if refused else "asked", 0.75, "a meeting is requested or refused"
    )


def _demands(scene: Scene) -> Iterator[Claim]:
    """What somebody wants of somebody; officials who ask the public give notice instead."""
    if scene.has(_MEETING) or (_is_official(scene) and scene.has(_NOTICE)):
        return
    word = scene.has(_DEMAND)
    if word is None or scene.mode(word.start()) in ("not_done", "possible"):
        return
    plain = _DEMANDED.match(word[0]) is not None
    quoted = scene.part_at(word.start())
    if scene.speaker is None and not plain:
        return
    if (
        not plain
        and re.match(r"(?i)must|need", word[0])
        and (quoted.verb == "asked" or OURS.search(scene.text[max(scene.sentence.start, word.start() - 8) : word.start()]))
    ):
        return
    by = scene.voice("")
    subject = scene.subject(word.start())
    if not by or plain:
        by = (scene.party(subject) if subject and plain and word.start() - subject.end < 25 else None) or by or "not named"  # noqa: PLR2004
    after = scene.after(word.end())
    body = Demand(by=by, of=scene.party(after) if after and after.start - word.end() < 60 else None, what=scene.wording())  # noqa: PLR2004
    yield Claim(body, Stretch(word.start(), word.end()), "asked", 0.7 if plain else 0.55, "a demand")


def _conditions(scene: Scene) -> Iterator[Claim]:
    """Something must be so before something else is done; a plain point in time is none."""
    word = scene.has(_UNTIL)
    if word is None or scene.speaker is None:
        return
    if any(time.start <= word.end() + 6 and time.end > word.start() for time in scene.times) or re.match(
        r"(?:notified|further|recently|now|then)\b", scene.text[word.end() :]
    ):
        return
    first, last = (scene.sentence.start, word.start())
    rest = scene.wording(word.end(), scene.sentence.end)
    before = scene.wording(first, last) if last - first > 12 else scene.wording()  # noqa: PLR2004
    if word.start() - scene.sentence.start < 6:  # "Until the politicians come out, ...": the condition stands first  # noqa: PLR2004
        what, _, before = rest.partition(",")
        rest, before = what, before.strip() or scene.wording()
    parts = [
        part.strip()
        for part in re.split(r",\s+(?:and\s+)?|\s+and\s+(?=(?:the|tents|cars|vehicles|all)\b)", rest)
        if len(part.split()) >= _TWO
    ][:5]
    whole = len(parts) < _TWO or not all(
        re.search(r"\b(?:is|are|be|been|has|have|stop\w*|remov\w+|clear\w*|leave|mov\w+)\b", part) for part in parts
    )
    for what in [rest] if whole else parts:
        counted = next(
            (
                name
                for name, cue in (("vehicles", r"(?i)vehicles|cars|trucks"), ("tents", r"(?i)tents"))
                if re.search(cue, what)
            ),
            None,
        )
        gone = counted and re.search(r"(?i)clear|remov|leave|left|mov|gone|illegally", what)
        body = Condition(
            by=scene.voice(),
            before=before[:400] or "not named",
            what=what[:1].upper() + what[1:],
            counted=counted if gone else None,
            at_most=0 if gone else None,
        )
        yield Claim(body, Stretch(word.start(), scene.sentence.end), "asked", 0.75, f"introduced by '{word['cue'].lower()}'")


def _decisions(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_DECIDED)
    if word is None or scene.mode(word.start()) in ("not_done", "possible", "asked"):
        return
    actor = scene.speaker
    if actor is not None and actor.sort in ("private", "group") and "put in place" not in word[0]:
        return
    subject = scene.party(scene.subject(word.start()))
    tells = actor is None or scene.main.saying is None  # who decided stands before it, unless somebody speaks of themselves
    by = subject if subject and tells else scene.voice("")
    yield Claim(
        Decision(by=by or "not named", what=scene.wording()), Stretch(word.start(), word.end()), "done", 0.65, "a decision"
    )


def _notices(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_NOTICE)
    actor = scene.speaker
    if word is None or (actor is not None and actor.sort == "private"):
        return
    to = _PUBLIC.search(word[0]) or _PUBLIC.search(scene.text, word.end(), min(word.end() + 60, scene.sentence.end))
    by = scene.voice("") or "not named"
    yield Claim(
        Notice(by=by, text=scene.wording(), to=to[0].lower() if to else None),
        Stretch(word.start(), word.end()),
        "asked",
        0.7,
        "the public is told what to do",
    )


def _forecasts(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_EXPECTED)
    if word is None or scene.mode(word.start()) == "asked":
        return
    what = next(
        (
            name
            for name, cue in (("people", r"(?i)\bpeople|protest|crowd|numbers"), ("vehicles", r"(?i)vehicles|cars"))
            if re.search(cue, scene.words)
        ),
        None,
    )
    number = next((one for one in scene.quantities if one.is_count and one.what == what and one.start > word.start()), None)
    body = Forecast(summary=scene.wording(), what=what, amount=number.amount if number else None, at=scene.due)
    yield Claim(body, Stretch(word.start(), word.end()), "intended", 0.65, "an expectation")


def _contacts(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_CONTACT)
    if word is None or scene.mode(word.start()) in ("intended", "asked", "not_done"):
        return
    voice = scene.voice("")
    others = [party for mention in scene.mentions if (party := scene.party(mention)) and party != voice]
    groups = re.search(
        r"(?i)\b(?:(?:some|key|protest|group)\s+)*(?:protest(?:er)?s?\s+(?:groups|leaders)|leaders|influencers|groups|factions|protesters|organisers)\b",
        scene.words,
    )
    who = tuple(dict.fromkeys(one for one in (voice, *others[:4], groups[0].lower() if groups else "") if one))
    if not who:
        return
    way: Literal["meeting", "talk_on_site", "call", "letter", "message", "other"] = (
        "meeting" if re.search(r"(?i)\bmet\b|meeting|brief", word[0]) else "other"
    )
    yield Claim(
        Contact(who=who, way=way, outcome=scene.wording()),
        Stretch(word.start(), word.end()),
        "done",
        0.6,
        "a contact between two parties",
    )


def _levels(scene: Scene) -> Iterator[Claim]:
    word = scene.has(_LEVEL)
    if word is None or scene.mode(word.start()) == "not_done":
        return
    level = word["level"] or word["number"] or word["colour"] or "in force"
    eases = re.search(
        r"(?i)\b(?:eased|lifted|removed|dropped)\b\s*(?:only\s+)?(?P<when>(?:once|when|after|if)\b[^.;]*)", scene.words
    )
    body = RestrictionLevel(
        scheme=" ".join(word[0].split()),
        level=level,
        rules=(scene.wording(),),
        eases_when=eases["when"].strip() if eases else None,
    )
    yield Claim(body, Stretch(word.start(), word.end()), "done", 0.55, "a level of restrictions is named")


def _launched(scene: Scene) -> Iterator[Claim]:
    word = re.compile(r"\b(?:launched|started|signed)\s+(?:a|the)\s+petition\b", re.IGNORECASE).search(scene.words)
    if word is not None and not any(one.what == "signatures" for one in scene.quantities):
        by = scene.party(scene.subject(scene.sentence.start + word.end()))
        body = Petition(title=scene.wording()[:160], signatures=Amount(low=1, said="signatures not yet told"), by=by)
        yield Claim(
            body,
            Stretch(scene.sentence.start + word.start(), scene.sentence.start + word.end()),
            "done",
            0.6,
            "a petition is launched",
        )


def statement(scene: Scene) -> list[Claim]:
    """What somebody said, or the report saw at a clock time, where no rule finds more in it."""
    said = scene.main.saying is not None or scene.main.direct or scene.main.why in (CONTINUES, LEADS_UP)
    witnessed = scene.speaker is None and any(time.clock for time in scene.times)
    words = scene.wording()
    denied = scene.speaker is None and _NOT_SO.search(scene.words) is not None
    if len(scene.words.split()) < _LEAST_WORDS or not (witnessed or denied or (scene.speaker is not None and said)):
        return []
    topic = next((name for name, cue in _TOPICS if re.search(cue, scene.words, re.IGNORECASE)), None)
    stance: Literal["for", "against"] | None = "against" if scene.has(_AGAINST) else "for" if scene.has(_FOR) else None
    body = Statement(summary=words, topic=topic, stance=stance)
    confidence, why = (0.6, "a statement") if scene.speaker is not None or witnessed else (0.5, "a denial by the report itself")
    return [Claim(body, Stretch(scene.sentence.start, scene.sentence.end), gist(words), confidence, why)]


TALKS: tuple[Callable[[Scene], Iterator[Claim]], ...] = (
    *PROMISES, _meetings, _demands, ultimatums, _conditions, _decisions, _notices, _forecasts, _contacts, _levels, _launched,
)  # fmt: skip
