"""The decision log on paper: what was decided by whom, on which picture, and every later change, with the hashes that prove it.

Only what was decided stands among the decisions. Proposals and what was withdrawn have headings of their own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from clearway.planning.decide.frozen import digest_of, frozen_of
from clearway.planning.decide.log import log_of
from clearway.planning.decide.review import review_of
from clearway.planning.decide.versions import versions_of
from clearway.planning.talks.names import Names
from clearway.publish.plan.shape import Facts, Lines, Section, Table
from clearway.publish.vehicles.papers import Papers
from clearway.record.changes import changes
from clearway.record.kinds.decisions import Decision, Notice
from clearway.record.kinds.follow_up import Objective, Task
from clearway.record.source import speaker
from clearway.words import counted, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.planning.decide.contract import DecisionRow, Held
    from clearway.planning.reading import Reading
    from clearway.record.entry import Entry

_OWN = {"own": "its own to decide"}
_GROUP = 16
_TIES = ("corrects", "withdraws", "confirms", "disputes")
_CHECKED = {True: "the same today", False: "NOT the same today", None: "not checked: not all of it may be seen"}
_HOW = (
    "Each entry of the record carries a SHA-256 hash over the hash before it and everything that it says. An entry that is "
    "changed, left out or put in later breaks the chain from there on. To check this log, run 'clearway record verify --head "
    "NUMBER:HASH' with the number and the hash above, without its spaces, and 'clearway decide open ID' for the picture of "
    "each decision."
)


def decision_log(reading: Reading, printed: datetime) -> Papers:
    """The log as it is known at the reading's moment.

    Args:
        reading: The record.
        printed: When it is printed.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    log, held = log_of(reading), review_of(reading).held
    known = reading.known()
    decided = [one for one in log.decisions if one.status != "proposed"]
    proposed = [one for one in log.decisions if one.status == "proposed"]
    shown = {version for one in log.decisions for version in one.versions}
    gone = [one for one in known.values() if isinstance(one.draft.body, Decision) and one.id not in shown]
    clash = [f"{one.first.id} and {one.second.id}: {one.why}." for one in log.contradictions]
    papers = Papers(
        title=f"Decision log: {log.title}",
        dated=f"as known {time_words(log.known_at, reading.zone)}",
        sections=(
            _record(reading, printed, len(decided)),
            *(_decision(number, one, reading, held) for number, one in enumerate(decided, start=1)),
            *_listed("Decisions that contradict each other", clash),
            *_listed("Proposals: not decided", [_line(one, reading) for one in proposed]),
            *_listed("Withdrawn, and no longer in force", [_withdrawn(one, reading) for one in gone]),
        ),
    )
    return Names(known.values()).left_out(papers)


def _record(reading: Reading, printed: datetime, decisions: int) -> Section:
    head, problems = reading.store.head(), reading.store.verify()
    rows = (
        ("Operation", reading.title),
        ("Printed", _moment(printed, reading)),
        ("Decisions in it", str(decisions)),
        ("Last entry of the record", f"number {head.seq}"),
        ("Its hash", _in_groups(head.hash)),
        ("Chain, checked when printed", "sound" if not problems else f"BROKEN: {' '.join(problems)}"),
    )
    whole = () if reading.store.is_whole else ("Entries that whoever printed it may not see are not in it.",)
    return Section(heading="The record", blocks=(Facts(rows=rows), Lines(lines=(_HOW, *whole))))


def _decision(number: int, row: DecisionRow, reading: Reading, held: Sequence[Held]) -> Section:
    body, known = row.body, reading.known()
    entry = known[row.line.id]
    mark = f" (superseded by {listed(row.superseded_by)})" if row.superseded_by else ""
    rows = (
        ("Decided by", body.by),
        ("When", _span(entry, reading)),
        ("Question", body.question),
        ("Options", _numbered(body.options)),
        ("Chosen", body.what),
        ("Reasons", body.why),
        ("Rejected, with reasons", _numbered(body.rejected)),
        ("Authority", _OWN.get(body.authority or "", body.authority)),
        ("Legal basis", body.legal_basis),
        ("Least restrictive", body.least_restrictive),
        ("Present", listed(body.present) or None),
        ("Dissent", _numbered(body.dissent)),
        ("Rests on", listed(body.rests_on) or None),
        ("Contrary word read before signing", listed(body.acknowledged) or "none"),
        *((("Contrary word that nobody had read", listed(left)),) if (left := _unread(body)) else ()),
        ("Review", _moment(body.review, reading) if body.review else None),
        ("What came", body.outcome),
    )
    blocks = (
        Facts(rows=rows),
        Facts(rows=tuple(_picture(body, reading))),
        *_expectations(row, reading, held),
        _entries(number, row, reading),
    )
    return Section(heading=f"{number}. {body.what}{mark}", blocks=blocks)


def _picture(body: Decision, reading: Reading) -> Iterator[tuple[str, str | None]]:
    frozen = frozen_of(body)
    if frozen is None or body.picture_digest is None:
        yield "Picture it rests on", None
        return
    same = digest_of(frozen.reading(reading.store, reading.stream)) == body.picture_digest if reading.store.is_whole else None
    yield "Picture of", _moment(frozen.at, reading)
    yield "As known", f"{_moment(frozen.known_at, reading)}, up to entry number {frozen.seq}"
    yield "Digest, as signed", f"{_in_groups(body.picture_digest)} ({_CHECKED[same]})"


def _expectations(row: DecisionRow, reading: Reading, held: Sequence[Held]) -> Iterator[Table]:
    own = [one for one in held if one.of.id in row.versions or _of(one, reading) in row.versions]
    if own:
        rows = tuple(
            (
                one.expected,
                _moment(one.by_when, reading) if one.by_when else None,
                "not said" if one.probability is None else f"{one.probability:.0%}",
                f"{vocabulary(one.came).capitalize()}. {one.why}",
            )
            for one in own
        )
        yield Table(columns=("Expected", "By", "How sure", "What came, as known now"), widths=(30, 18, 10, 42), rows=rows)


def _of(held: Held, reading: Reading) -> str:
    body = reading.known()[held.of.id].draft.body
    return str(getattr(body, "of", ""))


def _entries(number: int, row: DecisionRow, reading: Reading) -> Table:
    """Every entry that made the decision, follows from it or speaks to it, with its hash: no later change is invisible."""
    known = reading.known()
    versions = [known[one] for one in row.versions]
    rows = [_entry_row("as first written", versions[0], reading)]
    for before, after in pairwise(versions):
        said = "; ".join(map(str, changes(before.draft, after.draft, reading.zone)))
        rows.append(_entry_row(f"completed or corrected: {said}", after, reading))
    ties = [one for one in known.values() if set(one.draft.tied) & set(row.versions) and one.id not in row.versions]
    for one in sorted(ties, key=lambda tie: tie.seq):
        verbs = [verb for verb in _TIES if set(getattr(one.draft, verb)) & set(row.versions)]
        said = f"{speaker(one.draft.source)} {listed(verbs)} it: {one.draft.body.says(reading.zone)}"
        rows.append(_entry_row(said, one, reading))
    follows = [
        one
        for one in known.values()
        if isinstance(body := one.draft.body, (Task, Notice, Objective)) and body.of in row.versions
    ]
    rows += [
        _entry_row(f"follows from it: {one.draft.body.says(reading.zone)}", one, reading)
        for one in sorted(follows, key=lambda entry: entry.seq)
    ]
    columns = (f"Entry of decision {number}", "Written", "What", "Hash")
    return Table(columns=columns, widths=(24, 15, 33, 28), rows=tuple(rows))


def _entry_row(what: str, entry: Entry, reading: Reading) -> tuple[str, str, str, str]:
    return f"{entry.id} (number {entry.seq})", _moment(entry.written, reading), what, _in_groups(entry.hash)


def _line(row: DecisionRow, reading: Reading) -> str:
    stands = [f"{one.by} {one.stance}{'' if one.is_on_this_version else ' (of an earlier version)'}" for one in row.positions]
    said = f" Positions: {listed(stands)}." if stands else ""
    entry = reading.known()[row.line.id]
    return f"{row.line.says.rstrip('.')} [{entry.id}, number {entry.seq}].{said}"


def _withdrawn(entry: Entry, reading: Reading) -> str:
    known = reading.known()
    by = [one for one in known.values() if entry.id in (*one.draft.withdraws, *one.draft.corrects)]
    versions = {one for tie in by for one in versions_of(tie, known)}
    who = listed([f"{one.id} (number {one.seq}, {speaker(one.draft.source)}, {_moment(one.written, reading)})" for one in by])
    stands = f"by {who}" if by or versions else "not in force at this moment"
    return f"{entry.draft.body.says(reading.zone)} [{entry.id}, number {entry.seq}, {entry.hash}]: {stands}."


def _listed(heading: str, lines: Sequence[str]) -> Iterator[Section]:
    if lines:
        yield Section(heading=f"{heading} ({counted(len(lines), 'entry', 'entries')})", blocks=(Lines(lines=tuple(lines)),))


def _unread(body: Decision) -> list[str]:
    return [one for one in body.not_acknowledged if one not in body.acknowledged]


def _in_groups(mark: str) -> str:
    """A hash in groups of sixteen, so that it can break between lines and be read aloud."""
    return " ".join(mark[start : start + _GROUP] for start in range(0, len(mark), _GROUP))


def _numbered(lines: Sequence[str]) -> str | None:
    return "; ".join(f"({number}) {line.rstrip('.')}" for number, line in enumerate(lines, start=1)) or None


def _span(entry: Entry, reading: Reading) -> str:
    happened = entry.draft.happened
    start, end = (_moment(one, reading) for one in (happened.start, happened.end))
    return start if start == end else f"{start} to {end}"


def _moment(moment: datetime, reading: Reading) -> str:
    return time_words(moment, reading.zone)
