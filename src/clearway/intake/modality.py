"""Whether something was done, not done, meant, only possible or asked for: a threat is no event, a promise no fact."""

from __future__ import annotations

import re
from typing import Literal

Modality = Literal["done", "not_done", "intended", "possible", "asked"]

_NEGATED = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|cannot|yet\s+to|fail(?:s|ed|ing)?\s+to|refus(?:e|es|ed|ing)\s+to|unable\s+to|"
    r"declin(?:e|es|ed|ing)\s+to|den(?:y|ies|ied|ying)|instead\s+of|rather\s+than|no\s+longer|hardly|avoid(?:s|ed|ing)?|stop(?:ped)?\s+short\s+of|"
    r"unlikely\s+to|hold(?:ing)?\s+off)\b|n[’']t\b",
    re.IGNORECASE,
)
_INTENDED = re.compile(
    r"\b(?:will|would|shall|going\s+to|plan(?:s|ned|ning)?\s+(?:to|for)|intend(?:s|ed|ing)?\s+to|aim(?:s|ed|ing)?\s+to|hop(?:e|es|ed|ing)\s+to|"
    r"expect\w*|antici\w+|predict\w+|forecast\w*|due\s+to\s+(?:be|start|begin|open|close)|set\s+to|prepar(?:e|es|ed|ing)\s+to|about\s+to|ready\s+to|work(?:s|ed|ing)?\s+(?:very\s+)?(?:hard\s+)?to|"
    r"try(?:ing)?\s+to|tried\s+to|attempt(?:s|ed|ing)?\s+to|promis\w+|pledg\w+|vow\w*|scheduled|aspiration|is\s+to\s+be|are\s+to\s+be|to\s+be)\b|[’']ll\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:could|may|might|can|consider\w*|options?|possib\w+|potential\w*|likely|unlikely|if|whether|unless|until|once|risk(?:s|ed|ing)?|threat\w*|"
    r"propos\w+|contemplat\w+|explor\w+|fear(?:s|ed)?|suspect\w*|rumou?r\w*|should\s+they|in\s+case|ability\s+to|right\s+to|free\s+to|able\s+to|how\s+to|when\s+asked|"
    r"asked\s+(?:whether|about|if|why|how))\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)?\s+(?:on|for)|request(?:s|ed|ing)?|demand(?:s|ed|ing)?|want(?:s|ed|ing)?|"
    r"need(?:s|ed)?|must|should|please|desire|invit(?:e|es|ed|ing)|appeal(?:s|ed|ing)?|plead(?:s|ed|ing)?|plea)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:—–]|,\s+(?:and|but|while|which|who|as|so|although|though|however|with|when)\b|\b(?:but|while|although|though|however|because|which)\b|\bsaid\b|\bsays\b"
)
_NO_INCIDENT = re.compile(r"\bnot\s+only\b|\bno\s+doubt\b", re.IGNORECASE)
_LOOK = 90


def modality(text: str, start: int, at: int) -> Modality:
    """How the words before something in its clause take it.

    Args:
        text: The report.
        start: Where the sentence begins.
        at: Where the word for what happened begins.

    >>> text = "Police said no cars had been towed, but vehicles would be towed tomorrow."
    >>> modality(text, 0, text.index("towed")), modality(text, 0, text.rindex("towed"))
    ('not_done', 'intended')
    """
    before = text[max(start, at - _LOOK) : at]
    clauses = _CLAUSE.split(before)
    clause = clauses[-1]
    if _NEGATED.search(_NO_INCIDENT.sub("", clause)):
        return "not_done"
    if _ASKED.search(clause):
        return "asked"
    intended, possible = _last(_INTENDED, clause), _last(_POSSIBLE, clause)
    if intended >= 0 and intended >= possible:
        return "intended"
    return "possible" if possible >= 0 else "done"


def _last(cue: re.Pattern[str], clause: str) -> int:
    return max((found.start() for found in cue.finditer(clause)), default=-1)


_DENIES = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|cannot|nothing|yet\s+to|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|den(?:y|ies|ied|ying))\b|n[’']t\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(r"\bnot\s+only\b|\bno\s+doubt\b|\bNo\.?\s+\d|\bif\s+not\b|\bwhether\s+or\s+not\b", re.IGNORECASE)


def gist(words: str) -> Modality:
    """How what somebody said is meant as a whole: denied, asked for, meant, only possible, or so.

    >>> gist("We have not used force"), gist("A review will look at it"), gist("The toll is known")
    ('not_done', 'intended', 'done')
    """
    if _DENIES.search(_NO_DENIAL.sub("", words)):
        return "not_done"
    intended, possible = _INTENDED.search(words), _POSSIBLE.search(words)
    if intended and not (possible and possible.start() < intended.start()):
        return "intended"
    return "possible" if possible else "done"


def is_negated(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text denies something."""
    return _NEGATED.search(_NO_INCIDENT.sub("", text[start:end])) is not None
