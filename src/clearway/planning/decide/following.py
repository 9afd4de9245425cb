"""What follows from decisions: tasks, notices, and whether every post has read the objective that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.facts import said_until
from clearway.planning.decide.contract import Followed, ObjectiveOf, PostRead, TaskOf
from clearway.planning.decide.log import made_by
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.record.kinds.decisions import Notice
from clearway.record.kinds.follow_up import Objective, Receipt, Task

if TYPE_CHECKING:
    from clearway.planning.reading import Reading
    from clearway.record.entry import Entry


def followed(reading: Reading) -> Followed:
    """Tasks and notices of decisions, and who has read each objective; only those who have not are to be reminded.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    lines = Lines(reading.when.at, reading.zone)
    current = {version: one.entry.id for one in made_by(reading) for version in one.versions}
    receipts = [(entry, body) for entry in reading.latest([Receipt]) if isinstance(body := entry.draft.body, Receipt)]
    read = {(body.of, _plain(body.by)): entry for entry, body in receipts}
    objectives = [
        _objective(entry, body, read, current, lines)
        for said in reading.in_force([Objective]).values()
        for entry in said
        if isinstance(body := entry.draft.body, Objective)
    ]
    tasks = [
        TaskOf(
            line=lines.of(entry),
            decision=current.get(body.of or "", body.of),
            to=body.to,
            what=body.what,
            due=body.due,
            state="overdue" if (status := body.status(said_until(entry.draft), reading.when.at)).is_past else body.outcome,
            says=status.words,
        )
        for entry in reading.latest([Task])
        if isinstance(body := entry.draft.body, Task)
    ]
    notices = [entry for entry in reading.latest([Notice]) if getattr(entry.draft.body, "of", None)]
    waiting = list(dict.fromkeys(post.post for one in objectives[:1] for post in one.posts if post.read is None))
    found = Followed(
        at=reading.when.at,
        known_at=reading.when.known_at,
        zone=str(reading.zone),
        objective=objectives[0] if objectives else None,
        earlier=objectives[1:],
        tasks=tasks,
        notices=lines.all(notices),
        waiting=waiting,
    )
    return Names(reading.known().values()).left_out(found)


def _objective(
    entry: Entry, body: Objective, read: dict[tuple[str, str], Entry], current: dict[str, str], lines: Lines
) -> ObjectiveOf:
    posts = [
        PostRead(post=post, read=receipt.draft.happened.start if (receipt := read.get((entry.id, _plain(post)))) else None)
        for post in dict.fromkeys(body.posts)
    ]
    return ObjectiveOf(line=lines.of(entry), what=body.what, decision=current.get(body.of or "", body.of), posts=posts)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
