"""Reports read against annotations made by hand: precision and recall by what is found, beside plain peers, and the speed.

The reports are other people's text and lie outside this repository, in ``../shared/reports`` or where CLEARWAY_REPORTS
says. The annotations hold character offsets and values, no sentences (``intake_gold.json``). Where the reports are absent it
says so.

python -m benchmarks intake
"""

# ruff: noqa: T201 - it prints a table
from __future__ import annotations

import json
import os
import re
import resource
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clearway.demo.wellington import bundled, wellington_network
from clearway.intake.bounded import Readers
from clearway.intake.context import context_of
from clearway.intake.files import reports_in
from clearway.intake.places import PlaceNames
from clearway.intake.reader import Context, read
from clearway.record.kind import Role
from clearway.record.moments import calendar, moment_of
from clearway.record.place import NamedPlace
from clearway.record.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from clearway.intake.reader import Proposal, Reading
    from clearway.intake.report import Report

_HERE = Path(__file__).parent
GOLD = _HERE / "intake_gold.json"
REPORTS = Path(os.environ.get("CLEARWAY_REPORTS", str(_HERE.parent.parent / "shared" / "reports")))
OWN = _HERE.parent / "tests" / "data" / "reports"
_SITE = NamedPlace(name="Parliament grounds", at=(174.77715, -41.27845))
_ARTICLES = 100
_MINUTES = timedelta(minutes=45)
_ZERO = frozenset({"tow_event", "arrests", "injuries", "staff_absence", "passage_rule", "health_finding"})

Span = tuple[int, int]


@dataclass(slots=True)
class Score:
    """How many were found rightly, how many wrongly, how many not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take up another score."""
        self.right, self.wrong, self.missed = self.right + other.right, self.wrong + other.wrong, self.missed + other.missed
        self.errors += other.errors

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right; 1 where nothing was found."""
        return self.right / max(self.right + self.wrong, 1) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what there is, the share that was found; 1 where there is nothing."""
        return self.right / max(self.right + self.missed, 1) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def matched(
    wanted: Sequence[Any], found: Sequence[Any], same: Callable[[Any, Any], bool], told: Callable[[Any], str] = str
) -> Score:
    """Score what was found against what is wanted; each is matched once."""
    score, left = Score(), list(found)
    for one in wanted:
        hit = next((other for other in left if same(one, other)), None)
        if hit is None:
            score.missed += 1
            score.errors.append(f"missed {told(one)}")
        else:
            left.remove(hit)
            score.right += 1
    score.wrong += len(left)
    score.errors += [f"wrong {told(other)}" for other in left]
    return score


def _meets(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return bool(one[0] < other[1] and other[0] < one[1])


def _same_count(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return _meets(one, other) and list(one[2:5]) == list(other[2:5])


def _same_number(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return _meets(one, other) and other[2] in list(one[2:4])


def _same_time(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """The same words, and the same span within three quarters of an hour, or half of its length where that is more."""
    first, last = moment_of(one[2]), moment_of(one[3])
    slack = max(_MINUTES, (last - first) / 2)
    return _meets(one, other) and abs(other[2] - first) <= slack and abs(other[3] - last) <= slack


def _same_moment(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """The same words, and a moment within the span: all that a library that gives single moments can say."""
    return _meets(one, other) and moment_of(one[2]) - _MINUTES <= other[2] <= moment_of(one[3]) + _MINUTES


def _same_place(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return _meets(one, other) and one[2].split()[-1].lower() in other[2].lower()


# -- ours -------------------------------------------------------------------------------------------------------------


def _found(reading: Reading) -> dict[str, list[Any]]:
    """What a reading found, in the form of the annotations; a single person who does something is no count."""
    drafts = reading.proposals
    zero = [one for one in drafts if one.modality == "not_done" and one.draft.kind in _ZERO]
    none = [one for one in reading.quantities if one.is_count and one.amount.high == 0 and one.sort == "event"]
    return {
        "counts": [
            (one.start, one.end, one.amount.low, one.amount.high, one.what)
            for one in reading.quantities
            if one.is_count and (one.sort != "single" or not one.near)
        ],
        "times": [(one.start, one.end, one.span.start, one.span.end) for one in reading.times],
        "places": [(one.start, one.end, place_words([one.place])) for one in reading.places],
        "promises": _sentences((one.span.start, one.span.end) for one in drafts if one.draft.kind == "promise"),
        "intents": _sentences((one.span.start, one.span.end) for one in drafts if one.draft.body.about.role is Role.INTENT),
        "requests": _sentences(
            (one.span.start, one.span.end) for one in drafts if one.draft.kind in ("resource_request", "meeting_request")
        ),
        "negations": _sentences(
            (sentence.start, sentence.end)
            for at in [*(one.focus.start for one in zero), *(one.start for one in none)]
            if (sentence := reading.passages.sentence_at(at)) is not None
        ),
    }


def _sentences(spans: Iterable[Span]) -> list[Span]:
    return sorted(set(spans))


def scores_of(reading: Reading, gold: dict[str, Any]) -> dict[str, Score]:
    """How a reading fares against a report's annotations."""
    found, text = _found(reading), reading.report.text

    def words(one: Sequence[Any]) -> str:
        return f"{reading.report.name} {text[one[0] : one[1]][:80]!r} {one[2:]}"

    same = {"counts": _same_count, "times": _same_time, "places": _same_place}
    scores = {kind: matched(gold[kind], found[kind], same.get(kind, _meets), words) for kind in found if kind in gold}
    if "speakers" in gold:
        scores["speakers"] = _speakers(reading, gold["speakers"])
    return scores


def _speakers(reading: Reading, gold: Sequence[Any]) -> Score:
    """Sentence by sentence: the one who says it, or nobody where the report speaks itself."""
    score = Score()
    for start, end, who in gold:
        sentence = reading.passages.sentence_at(start)
        parts = [part for part in reading.attributions if part.start < end and start < part.end]
        told = next((part.actor for part in parts if part.actor is not None), None)
        names = " ".join(filter(None, (told.name, told.office, told.organisation))).lower() if told else ""
        if who is None:
            score.wrong += told is not None
        elif told is not None and any(one.lower() in names for one in who.split("|")):
            score.right += 1
            continue
        else:
            score.missed += 1
            score.wrong += told is not None
        if told is not None or who is not None:
            score.errors.append(f"{reading.report.name} {who} / {names or None}: {sentence.text[:70] if sentence else ''!r}")
    return score


def supported(reading: Reading) -> tuple[int, int]:
    """Of the drafts with a figure, how many have it in the words that they point at; and how many there are."""
    right = every = 0
    numbers = [one for one in reading.quantities if one.is_count or one.sort == "money"]
    for proposal in reading.proposals:
        amount = getattr(proposal.draft.body, "amount", None) or getattr(proposal.draft.body, "signatures", None)
        if amount is None:
            continue
        every += 1
        inside = [one for one in numbers if one.meets(proposal.span)]
        words = reading.report.text[proposal.span.start : proposal.span.end].lower()
        bounds = {(one.amount.low, one.amount.high) for one in inside}
        said = amount.said is not None and all(word in words for word in re.findall(r"[a-z]{4,}", amount.said.lower())[:2])
        right += (amount.low, amount.high) in bounds or said or amount.high == 0 or amount.low == amount.high == 1
    return right, every


def facts_found(readings: Sequence[tuple[Reading, dict[str, Any]]]) -> tuple[int, int]:
    """Of the facts in the demonstration's record, how many a draft of the same report stands for; and how many there are.

    A draft stands for a fact where its kind is the same or one that tells the same (an appeal may be a notice or a demand), its
    figure is the same where one was told as a number, and two telling words are shared where not.
    """
    by_name = {reading.report.name: reading.proposals for reading, _ in readings}
    facts = [json.loads(line) for line in bundled("record.jsonl").decode().splitlines()]
    facts = [fact for fact in facts if fact["kind"] not in ("operation", "remark") and fact["source"]["document"] in by_name]
    found = sum(any(_stands_for(proposal, fact) for proposal in by_name[fact["source"]["document"]]) for fact in facts)
    return found, len(facts)


def _stands_for(proposal: Proposal, fact: dict[str, Any]) -> bool:
    kinds = next((group for group in _ALIKE if fact["kind"] in group), {fact["kind"]})
    if proposal.draft.kind not in kinds:
        return False
    told, body = fact["body"].get("amount") or fact["body"].get("signatures"), proposal.draft.body
    amount = getattr(body, "amount", None) or getattr(body, "signatures", None)
    if told and "said" not in told:
        return amount is not None and (amount.low, amount.high) == (told.get("low"), told.get("high"))
    wanted, given = (
        set(re.findall(r"[a-z]{5,}", json.dumps(one).lower())) for one in (fact["body"], body.model_dump(mode="json"))
    )
    return len((wanted & given) - _COMMON) > 1


_ALIKE = (
    {"statement", "contact", "forecast", "decision", "promise", "notice", "demand", "condition", "meeting_request"},
    {"incident", "community_impact", "health_finding"},
    {"road_state", "barrier_state", "passage_rule", "facility_state"},
    {"flow", "count", "staff_strength"},
)
_COMMON = frozenset({"police", "zealand", "protesters", "protest", "summary", "topic", "stance", "about", "against", "towards"})


# -- peers ------------------------------------------------------------------------------------------------------------


def _dateparser(report: Report) -> list[Any] | None:
    """Dateparser's search over the text, told when it was published and that days are past ones."""
    try:
        from dateparser.search import search_dates  # noqa: PLC0415 - a peer may be absent
    except ImportError:
        return None
    assert report.published is not None  # noqa: S101 - the annotations give it
    local = report.published.astimezone(calendar("Pacific/Auckland").zone)
    settings = {"RELATIVE_BASE": local.replace(tzinfo=None), "PREFER_DATES_FROM": "past", "TIMEZONE": "Pacific/Auckland"}
    found, at = [], 0
    for line in report.text.splitlines():
        for words, moment in search_dates(line, languages=["en"], settings=settings) or ():
            start = report.text.find(words, at)
            aware = moment if moment.tzinfo else moment.replace(tzinfo=local.tzinfo)
            found.append((start, start + len(words), aware, aware))
        at += len(line) + 1
    return found


def _quantulum(report: Report) -> list[Any] | None:
    """quantulum3's parser, its classifier off: every number that it gives."""
    try:
        from quantulum3 import parser  # noqa: PLC0415 - a peer may be absent
    except ImportError:
        return None
    return [(*one.span, one.value) for one in parser.parse(report.text)]


def _spacy(report: Report, streets: Sequence[str]) -> tuple[list[Any], list[Any]] | None:
    """The components of spaCy on a blank pipeline: a matcher for a number and a plural, an entity ruler with the same names."""
    try:
        import spacy  # noqa: PLC0415 - a peer may be absent
        from spacy.matcher import Matcher  # noqa: PLC0415 - same
    except ImportError:
        return None
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "PLACE", "pattern": name} for name in streets])
    matcher = Matcher(nlp.vocab)
    matcher.add(
        "COUNT", [[{"LIKE_NUM": True}, {"IS_ALPHA": True, "OP": "{0,2}"}, {"LOWER": {"REGEX": r"^[a-z]+s$|^people$|^staff$"}}]]
    )
    document = nlp(report.text)
    counts = []
    for span in matcher(document, as_spans=True):
        digits = re.sub(r"[^\d.]", "", span[0].text)
        counts.append((span.start_char, span.end_char, float(digits) if digits else None))
    places = [(entity.start_char, entity.end_char, entity.text.replace(" St", " Street")) for entity in document.ents]
    return counts, places


# -- the table --------------------------------------------------------------------------------------------------------


def evaluate(
    reports: Path = REPORTS, gold_file: Path = GOLD, context: Context | None = None
) -> list[tuple[Reading, dict[str, Any]]]:
    """Read the annotated reports.

    Args:
        reports: Folder that they lie in.
        gold_file: The annotations.
        context: What is known beforehand; the demonstration's where absent.
    """
    gold: dict[str, Any] = json.loads(gold_file.read_text("utf-8"))
    known = context or wellington()
    readings = []
    for name, told in gold.items():
        if (reports / name).is_file():
            published = moment_of(told["published"]) if "published" in told else None
            (report,) = reports_in((reports / name).read_bytes(), name, published=published, publisher=told.get("publisher"))
            readings.append((read(report, known), told))
    return readings


def wellington() -> Context:
    """The demonstration's streets, calendar and site, without its record: nothing that was entered helps."""
    network = wellington_network()
    days = calendar("Pacific/Auckland", "2022-02-08")
    empty = context_of(None, None, None, days)
    return Context(days, PlaceNames(network, {_SITE.name: _SITE}), empty.organisations, _SITE)


def lines(readings: Sequence[tuple[Reading, dict[str, Any]]], *, errors: bool = False) -> Iterator[str]:
    """The table of scores."""
    total: dict[str, Score] = {}
    for reading, gold in readings:
        for kind, score in scores_of(reading, gold).items():
            total.setdefault(kind, Score()).add(score)
    yield f"{'found':<34}{'there':>7}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}{'F1':>7}"
    for kind in ("counts", "times", "places", "speakers", "promises", "intents", "requests", "negations"):
        if kind in total:
            yield _line(kind, total[kind])
    held = [supported(reading) for reading, _ in readings]
    drafts = sum(len(reading.proposals) for reading, _ in readings)
    figures, inside = sum(every for _, every in held), sum(right for right, _ in held)
    yield f"{drafts} drafts; of {figures} with a figure {inside} have it in the words that they point at"
    if errors:
        yield from (f"  {kind}: {error}" for kind, score in total.items() for error in score.errors)


def _line(name: str, score: Score) -> str:
    there = score.right + score.missed
    counted = f"{there:>7}{score.right:>7}{score.wrong:>7}{score.missed:>8}"
    return f"{name:<34}{counted}{score.precision:>11.2f}{score.recall:>8.2f}{score.f1:>7.2f}"


def _peer_lines(readings: Sequence[tuple[Reading, dict[str, Any]]]) -> Iterator[str]:
    streets = list(PLAIN_PLACES)
    times, numbers, counts, places = Score(), Score(), Score(), Score()
    absent: set[str] = set()
    for reading, gold in readings:
        report = reading.report
        moments, quantities, ruled = _dateparser(report), _quantulum(report), _spacy(report, streets)
        if moments is None:
            absent.add("dateparser")
        else:
            times.add(matched(gold["times"], moments, _same_moment))
        if quantities is None:
            absent.add("quantulum3")
        else:
            numbers.add(matched(gold["counts"], quantities, _same_number))
        if ruled is None:
            absent.add("spaCy")
        else:
            counts.add(matched(gold["counts"], ruled[0], _same_number))
            places.add(matched(gold["places"], ruled[1], _same_place))
    yield from (f"{name}: absent" for name in sorted(absent))
    told = (
        ("dateparser", "times, a moment in the span", times),
        ("quantulum3", "counts, the number alone", numbers),
        ("spaCy", "counts, the number alone", counts),
        ("spaCy", "places, given their names", places),
    )
    yield from (_line(f"{name}: {what}", score) for name, what, score in told if name not in absent)


PLAIN_PLACES = (
    "Parliament",
    "Parliament grounds",
    "Sky Stadium",
    "Bowen St",
    "Lambton Quay",
    "Mulgrave St",
    "Hill St",
    "Molesworth St",
    "Bunny St",
    "Kate Sheppard Place",
    "Featherston St",
    "Taranaki St",
    "Cenotaph",
    "Supreme Court",
)
"""Names that the peer is given, since it knows none."""


def main() -> None:
    """Print the table, the peers' beside it, and how long a hundred articles take."""
    own = evaluate(OWN, OWN / "gold.json", Context(calendar("Pacific/Auckland")))
    print(f"{len(own)} short reports of our own words about other events, without a network or a record\n")
    print("\n".join(lines(own, errors=os.environ.get("CLEARWAY_ERRORS") == "1")))
    print()
    readings = evaluate()
    if not readings:
        print(f"The annotated reports are not in {REPORTS}: nothing was measured. Name their folder by CLEARWAY_REPORTS.")
        return
    print(f"{len(readings)} reports, {sum(len(reading.report.text.split()) for reading, _ in readings):,} words\n")
    print("\n".join(lines(readings, errors=os.environ.get("CLEARWAY_ERRORS") == "1")))
    found, facts = facts_found(readings)
    print(f"of {facts} facts in the demonstration's record {found} have a draft that stands for them")
    print()
    print("\n".join(_peer_lines(readings)))
    known, reports = wellington(), [reading.report for reading, _ in readings]
    begin = time.process_time()
    for number in range(_ARTICLES):
        read(reports[number % len(reports)], known)
    spent = time.process_time() - begin
    with Readers() as readers:
        readers.read(reports[0], known)  # it is warm from then on
        clock, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
        for number in range(_ARTICLES):
            readers.read(reports[number % len(reports)], known)
        clock, used = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_SELF).ru_utime - used
    words = sum(len(reports[number % len(reports)].text.split()) for number in range(_ARTICLES))
    print(f"\n{_ARTICLES} articles, {words:,} words, on one core: {spent:.1f} s (aim: under 10 s)")
    print(f"the same in the bounded process: {clock:.1f} s by the clock, of which {used:.1f} s are the server's own work")


if __name__ == "__main__":
    main()
