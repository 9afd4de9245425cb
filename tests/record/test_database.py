"""What programs are told of a database that fails."""

from __future__ import annotations

from clearway.record.database import OutcomeUnknown, damaged


def test_a_lost_commit_and_a_damaged_record_are_known_to_programs_as_a_record_that_does_not_answer() -> None:
    assert (OutcomeUnknown("The commit was lost.").kind, damaged("a page is torn").kind) == ("Unavailable", "Unavailable")
    assert "a page is torn" in str(damaged("a page is torn"))
