"""Which words speak for towing, which against it, and which of something else."""

from __future__ import annotations

import pytest

from clearway.planning.vehicles.ladder.seen import names_towing, speaks_against_towing, speaks_of_towing

FOR = [
    "Tow the trucks",
    "Towing starts at noon",
    "The bus is towed",
    "Police tows cars",
    "No barriers, tow what blocks",
    "Never mind; tow it",
    "Towing starts. Talks stop",
]
AGAINST = [
    "No towing",
    "Do not tow",
    "Never tow here",
    "Without a tow",
    "Talks instead of towing",
    "Wait rather than tow",
    "Stop the tow",
    "Stopped towing",
    "Stops towing",
    "End towing",
    "Ends all towing",
    "Rejected the tow",
    "Rejects towing",
    "Against towing",
    "NO CAR IS TOWED",
    "Towing is not wanted",
    "Towing never helps",
    "Towing stops",
    "Tows stopped",
    "The tow is called off",
    "Towing is off the table",
    "Tow trucks suspended",
    "Towing postponed",
    "Towing is ruled out",
]
ELSE = ["The town", "A tower", "Towards the square", "Two cars", "Kowtow", "Stowed away", "Stop the cars"]


@pytest.mark.parametrize(
    ("words", "means"), [*((one, "for") for one in FOR), *((one, "against") for one in AGAINST), *((one, "") for one in ELSE)]
)
def test_words_speak_for_towing_or_against_it_or_of_something_else(words: str, means: str) -> None:
    assert (speaks_of_towing(words), speaks_against_towing(words)) == (means == "for", means == "against")
    assert names_towing(words) is bool(means)
