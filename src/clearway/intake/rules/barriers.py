"""Barriers and cordons: what was done with them, where they stand now, and who may pass, on foot too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from clearway.intake.passages import Stretch
from clearway.intake.rules.services import now_at
from clearway.intake.scene import Claim
from clearway.record.classes import ON_FOOT
from clearway.record.kinds.streets import BarrierState, GateState, PassageRule
from clearway.record.parts import Amount
from clearway.record.place import ON_STREET
from clearway.record.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.intake.places import PlaceMention
    from clearway.intake.scene import Scene

_State = Literal["planned", "standing", "moved", "pushed", "breached", "reset", "removed"]

_BARRIER = re.compile(
    r"\b(?P<barrier>(?:concrete\s+|steel\s+|plastic\s+|metal\s+|temporary\s+|hard\s+)*(?:barriers?|barricades?|bollards?|blocks|(?:(?<=concrete\s)|(?<=\bthe\s)|(?<=\ba\s)|(?<=one\s)|(?<=each\s))block|block(?=\s+line)|fenc(?:es?|ing)|road\s?blocks?|cordons?|checkpoints?|cones))\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?P<label>(?:block|barrier|cordon|fence|police)\s+line\s+(?-i:[A-Z]?\d{1,3}[A-Z]?|[A-Z])|(?:barrier|block|bollard|checkpoint|cordon|fence|gate)\s+(?-i:(?:no\.?\s?)?[A-Z]?\d{1,3}[A-Z]?|[A-Z])(?=\s|[.,;]|$))(?!\s*(?:m|metres|people|officers)\b)",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\b(?:install\w*|erect\w*|put(?:ting)?\s+(?:up|in|down|barric\w+|barriers)|plac(?:ed|ing)|set\s+up|position\w*|laid|in\s+place|built|deploy\w*|extend\w*|tighten\w*|shrunk|expand\w*|reinforc\w*|stand(?:s|ing)?|enforc\w+|put|(?:now\s+)?across(?=\s+[A-Z]))\b",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:mov(?:ed|ing)|shift(?:ed|ing)?|relocat\w+|brought\s+forward)\b", re.IGNORECASE)
_PUSHED = re.compile(
    r"\b(?:push(?:ed|ing)|shov(?:ed|ing)|drag(?:ged|ging))\b(?!\s+(?:over|through|aside|past)\b)", re.IGNORECASE
)
_RESET = re.compile(
    r"\b(?:re-?set|put\s+back|back\s+in\s+place|re-?erected|re-?installed|re-?positioned|restored|re-?built|closed\s+again)\b",
    re.IGNORECASE,
)
_REMOVED = re.compile(r"\b(?:remov(?:ed|ing)|dismantl\w+|taken\s+(?:down|away)|lifted|torn\s+down)\b", re.IGNORECASE)
_BREACHED = re.compile(
    r"\b(?:breach\w*|broke(?:n)?\s+through|pushed\s+(?:over|through|aside)|ramm\w+|toppled|knocked\s+over|overr[ua]n)\b",
    re.IGNORECASE,
)
_DONE_WITH: tuple[tuple[_State, re.Pattern[str]], ...] = (
    ("reset", _RESET), ("breached", _BREACHED), ("removed", _REMOVED), ("pushed", _PUSHED), ("moved", _MOVED), ("standing", _STANDING),
)  # fmt: skip
_MADE_OF = {"concrete_barrier": "concrete_block", "fenc": "fence", "concreteblock": "concrete_block"}
_BESIDE = 45
_CLAUSE = re.compile(r"[^,;]+")
_SOME = re.compile(
    r"\s*(?:and\s+|but\s+)?(?:\d{1,3}|one|two|three|four|five|six|seven|eight|another|the\s+(?:other|others|rest|last|first)|all|both|some)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"\s*(?:and\s+|but\s+)?(?:one|another|the\s+(?:other|last|first))\b", re.IGNORECASE)
_ONE = Amount(low=1, high=1)
_COUNTED = ("barriers", "blocks", "locations", "checkpoints")
_GATE = re.compile(
    r"\b(?:gates?|checkpoints?)(?:\s+(?-i:[A-Z]?\d{1,3}[A-Z]?|[A-Z]))?\b[^,;.]{0,40}?\b(?:(?:is|are|was|were|now|again|has\s+been|have\s+been)\s+)*(?P<state>re-?opened|open(?:ed)?|shut|closed|locked|sealed|restricted|only\s+for)\b",
    re.IGNORECASE,
)
_WAIT = re.compile(r"(?<!\d)(?P<minutes>\d{1,3})[- ]?min(?:ute)?s?\s+(?:wait|queue|to\s+wait|delay)", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)

_PASS = re.compile(
    r"\b(?P<no>not\s+(?:be\s+)?(?:allow\w*|let|permit\w*)|hadn[’']t\s+been\s+let|turn(?:ed|ing)\s+(?:away|back)|refus\w+\s+entry|den(?:y|ied)\s+(?:entry|access)|prevent\w*\s+\w+\s+from\s+entering|couldn[’']t|no\s+(?:entry|access))|"
    r"\b(?P<yes>allow(?:ed|ing|s)?(?:\s+\w+)?\s+(?:entry|access|in|through)?|let(?:ting)?\s+\w+(?:\s+\w+)?\s+(?:in|through|pass)|(?:is|are|being|been)\s+let\s+(?:in|through)|permit(?:ted|ting)?|access\s+(?:only\s+)?for|maintain\s+access|free\s+to\s+come\s+and\s+go)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\b(?:residents|workers|emergency\s+(?:vehicles|services)|ambulances?|fire\s+(?:engines|and\s+ambulance(?:\s+vehicles)?)|sanitary\s+vehicles|deliver(?:y|ies)(?:\s+vehicles)?|media|journalists|students|businesses|buses|pedestrians|(?:(?:people|those|anyone|anybody|nobody|no[- ]one)\s+)?on\s+foot|foot\s+traffic|wheelchair\s+users|protesters?(?:[’']\s+vehicles)?|vehicles|cyclists|contractors|staff|shoppers)\b",
    re.IGNORECASE,
)
_FOOT = re.compile(r"\b(?:on\s+foot|pedestrians?|foot\s+traffic|walk(?:s|ed|ing)?)\b", re.IGNORECASE)
_GOES = re.compile(
    r"\b(?P<may>may|can|cannot|can[’']t|are\s+(?:still\s+|again\s+)?(?:allowed|able|free)\s+to)\s+(?P<not>not\s+|no\s+longer\s+)?(?P<only>only\s+|still\s+|now\s+|again\s+)?"
    r"(?P<goes>(?P<through>pass|cross|walk(?=\s+(?:along|past|on|up|down|across|between))|get\s+through|go\s+through|walk\s+through|come\s+and\s+go|come\s+through)|(?P<in>enter|(?:go|come|get|walk|drive)\s+in(?:to)?)|(?P<out>leave|(?:go|come|get|walk|drive)\s+out))\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"\b(?:people|everyone|everybody|anyone|the\s+public)\s+$", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:nobody|no[- ]one|no\s+(?:pedestrians|vehicles|residents|one|people))\b[^.;,]{0,30}$", re.IGNORECASE)
_AT_BARRIER = re.compile(
    r"\b(?:cordons?|barriers?|gates?|checkpoints?|fences?|road\s?blocks?|roads?|streets?|police\s+lines?)\b", re.IGNORECASE
)
_PROOF = re.compile(
    r"\b(?:with|if\s+they\s+(?:show|have|carry)|(?:by\s+)?showing)\s+(?:an?\s+|their\s+)?(?P<proof>(?:photo\s+|work\s+)?ID\b[^,.;]{0,40}|proof\s+of\s+\w+|identification|(?:work\s+|access\s+|resident\w*\s+)?(?:pass|permit|card)s?\b)",
    re.IGNORECASE,
)
_RETURN = re.compile(r"\b(?:re-?enter|return|come\s+back|back\s+in)\b", re.IGNORECASE)


def _barriers(scene: Scene) -> Iterator[Claim]:
    """What was done with barriers, each clause for itself: "eight blocks across Hill Street, one breached"."""
    barrier = scene.has(_BARRIER) or scene.has(_LABEL)
    if barrier is None:
        return
    told = False
    for clause in scene.find(_CLAUSE):
        here = next(
            (word for cue in (_BARRIER, _LABEL) if (word := cue.search(scene.text, clause.start(), clause.end()))), None
        )
        if here is None and (barrier.start() > clause.start() or not _SOME.match(clause[0])):
            continue
        barrier = here or barrier
        claim = _done_with(scene, barrier, Stretch(clause.start(), clause.end()), is_named=here is not None)
        if claim is not None:
            told = True
            yield claim
    if not told:
        claim = _done_with(scene, barrier, Stretch(scene.sentence.start, scene.sentence.end), is_named=True)
        if claim is not None:
            yield claim


def _done_with(scene: Scene, barrier: re.Match[str], clause: Stretch, *, is_named: bool) -> Claim | None:
    """What a clause says was done with a barrier; of one that was moved, where it stands now and where no longer."""
    at = Stretch(barrier.start(), barrier.end()) if is_named else clause
    mode = scene.mode(at.start)
    first, last = max(clause.start, at.start - _BESIDE), min(clause.end, at.end + _BESIDE)
    found = next(((one, word) for one, cue in _DONE_WITH if (word := cue.search(scene.text, first, last))), None)
    if found is None or mode in ("not_done", "asked", "possible"):
        return None
    state: _State = "planned" if "intended" in (mode, scene.mode(found[1].start())) else found[0]
    within = [one for one in scene.quantities if clause.start <= one.start < clause.end and one.is_count]
    number = next((one for one in within if not is_named or one.what in _COUNTED), None)
    moved = _moved(scene, found[1].end()) if state in ("moved", "pushed") else None
    label = _LABEL.search(scene.text, clause.start, clause.end)
    body = BarrierState(
        barrier=_made_of(barrier),
        label=_label(label) if label else None,
        state=state,
        moved_from=moved.gone if moved else (),
        amount=number.amount if number else _ONE if not is_named and _SINGLE.match(scene.text, clause.start) else None,
    )
    return Claim(body, at, mode, 0.8, "barriers and what was done with them", moved.now if moved else None)


def _gates(scene: Scene) -> Iterator[Claim]:
    """A gate that is open, shut or for some, and how long people wait."""
    for gate in scene.find(_GATE):
        mode = scene.mode(gate.start("state"))
        if mode != "done":
            continue
        said = gate["state"].lower()
        state: Literal["open", "restricted", "shut"] = (
            "open" if "open" in said else "restricted" if said.startswith(("restrict", "only")) else "shut"
        )
        wait = scene.has(_WAIT)
        body = GateState(state=state, wait_minutes=float(wait["minutes"]) if wait else None)
        yield Claim(body, Stretch(gate.start(), gate.end()), mode, 0.8, f"a gate is reported {state}")
        return


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where a barrier went.

    Attributes:
        gone: The places where it no longer stands.
        now: Where it stands.
    """

    gone: tuple[str, ...]
    now: PlaceMention | None


def _moved(scene: Scene, at: int) -> _Moved | None:
    """From where to where something was moved; None where the sentence does not say both."""
    behind = [one for one in scene.places if one.start >= at]
    gone = tuple(place_words([one.place]) for one in behind if _FROM.search(scene.text, at, one.start))
    now = now_at(scene, at)
    return _Moved(gone, now) if gone and now is not None and place_words([now.place]) not in gone else None


def _label(label: re.Match[str]) -> str:
    return " ".join(label["label"].split())


def _made_of(barrier: re.Match[str]) -> str:
    """What a barrier is, as the vocabulary has it."""
    words = (barrier.groupdict().get("barrier") or barrier[0]).lower()
    kind = re.search(
        r"(concrete)?\s*(barrier|barricade|bollard|block|fenc|road\s?block|cordon|checkpoint|cone|gate|line)", words
    )
    if kind is None:
        return "barrier"
    plain = f"{'concrete_' if kind[1] else ''}{kind[2]}".replace(" ", "")
    return _MADE_OF.get(plain, {"gate": "barrier", "line": "cordon"}.get(plain, plain))


def _passages(scene: Scene) -> Iterator[Claim]:
    """Who may pass: in, out, not back."""
    word = scene.has(_PASS)
    if word is None:
        yield from _goes(scene)
        return
    who = _who(scene, scene.sentence.start, scene.sentence.end)
    back = scene.has(_RETURN) is not None
    if word["no"] and word["no"].lower().startswith("couldn") and not back:
        return
    if scene.mode(word.start()) in ("intended", "possible", "asked") and not word["no"] and "maintain" not in word[0].lower():
        return
    denied = word["no"] is not None or scene.mode(word.start()) == "not_done"
    behind = _who(scene, word.start(), scene.sentence.end) if not denied else who
    whom = behind or who or (("vehicles that leave",) if back else ())
    if not whom:
        return
    may: Literal["enter_and_leave", "leave_not_return", "not_pass"] = (
        "leave_not_return" if denied and back else "not_pass" if denied else "enter_and_leave"
    )
    yield _rule(scene, word, whom, may)


def _goes(scene: Scene) -> Iterator[Claim]:
    """Such as "people on foot may pass", "residents can walk in with ID", "nobody on foot may enter"."""
    word = scene.has(_GOES)
    on_street = any(isinstance(one.place, ON_STREET) for one in scene.places)
    if word is None or not (on_street or scene.has(_AT_BARRIER) or scene.has(_PROOF)):
        return
    before = scene.text[scene.sentence.start : word.start()]
    walks = re.match(r"walk", word["goes"], re.IGNORECASE) and _PEOPLE.search(before)
    whom = _who(scene, scene.sentence.start, word.start()) or ((ON_FOOT,) if walks else ())
    if not whom or scene.mode(word.start()) not in ("done", "not_done"):
        return
    denied = word["not"] or word["may"].lower() in ("cannot", "can't", "can’t") or _NOBODY.search(before)
    may: Literal["enter", "leave", "enter_and_leave", "not_pass"] = (
        "not_pass" if denied else "enter" if word["in"] else "leave" if word["out"] else "enter_and_leave"
    )
    yield _rule(scene, word, whom, may)


def _who(scene: Scene, first: int, last: int) -> tuple[str, ...]:
    """The classes that a stretch of the sentence names."""
    named = (one[0].lower() for one in _WHO.finditer(scene.text, first, last))
    return tuple(dict.fromkeys(ON_FOOT if one != "pedestrians" and _FOOT.search(one) else one for one in named))


def _rule(
    scene: Scene,
    word: re.Match[str],
    whom: tuple[str, ...],
    may: Literal["enter", "leave", "enter_and_leave", "leave_not_return", "not_pass"],
) -> Claim:
    proof = scene.has(_PROOF)
    body = PassageRule(who=whom, may=may, proof=" ".join(proof["proof"].split()) if proof else None)
    denied = may in ("leave_not_return", "not_pass")
    return Claim(body, Stretch(word.start(), word.end()), "not_done" if denied else "done", 0.7, "it says who may pass")


BARRIERS: tuple[Callable[[Scene], Iterator[Claim]], ...] = (_barriers, _gates, _passages)
