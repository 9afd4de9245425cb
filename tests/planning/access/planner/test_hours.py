"""What is said of streets and closures that hold at some hours only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from clearway.network.closures import Closure
from clearway.planning.access.planner.hours import hours_notes
from drawn_towns import Town

MOMENT = datetime(2026, 6, 10, 8, 30, tzinfo=ZoneInfo("Pacific/Auckland"))
TIMED = Closure(0, 1, hours="Mo-Fr 07:00-09:00")


def test_closures_with_hours_count_always_where_no_moment_is_asked_about() -> None:
    town = Town()
    town.street((0.0, 0.0), (100.0, 0.0), name="High Street")
    network = town.network()
    assert hours_notes(network, [TIMED, TIMED, Closure(0, 1)], None) == [
        "2 closures with hours, taken to be in force at all hours. Ask for a moment with --at."
    ]
    assert hours_notes(network, [Closure(0, 1)], None) == []
    assert hours_notes(network, [TIMED], MOMENT) == []


def test_a_network_that_was_imported_as_at_a_moment_says_so_where_another_is_asked_about() -> None:
    town = Town()
    town.street((0.0, 0.0), (100.0, 0.0), name="High Street")
    network = town.network()
    then = replace(network, report=network.report | {"moment": "2026-01-01T00:00+13:00"})
    assert hours_notes(then, [], MOMENT) == [
        "The network was imported as at 2026-01-01T00:00+13:00: its streets with hours are as they are then, not now."
    ]
    assert hours_notes(then, [], None) == []
