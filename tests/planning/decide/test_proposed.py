"""What follows from a decision in a sentence, and how much a task has room for."""

from __future__ import annotations

import pytest

from clearway.planning.decide.draft import NoticeDraft, TaskDraft
from clearway.planning.decide.proposed import MOST, task, words_of


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"to": "the print room", "due": "day 8 5pm"}, "Task of the print room: print, by day 8 5pm"),
        ({"to": "the print room"}, "Task of the print room: print"),
        ({"due": "day 8 5pm"}, "Task of Police: print, by day 8 5pm"),
        ({}, "Task of Police: print"),
    ],
)
def test_a_task_is_of_whom_it_names_else_of_the_office_that_decides(said: dict[str, str], words: str) -> None:
    assert words_of(TaskDraft.model_validate({"kind": "task", "what": "print"} | said), "Police") == words


def test_a_notice_is_to_whom_it_names_else_to_everybody() -> None:
    assert words_of(NoticeDraft.model_validate({"kind": "notice", "text": "Go by Hill Street."}), "Police") == (
        "Notice to everybody: Go by Hill Street."
    )
    told = NoticeDraft.model_validate({"kind": "notice", "text": "Go by Hill Street.", "to": "residents"})
    assert words_of(told, "Police") == "Notice to residents: Go by Hill Street."


@pytest.mark.parametrize(("length", "kept"), [(MOST - 1, MOST - 1), (MOST, MOST), (MOST + 1, MOST), (2 * MOST, MOST)])
def test_a_task_is_cut_where_it_has_no_room(length: int, kept: int) -> None:
    found = task("x" * length).what
    assert (len(found), found.endswith("…")) == (kept, length > MOST)
    assert found.startswith("x" * (kept - 1))
