"""What follows from what an option does, act by act; and what nobody has said of an option."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.decide.proposed import words_of
from clearway.planning.options.follow_ups import follow_ups
from clearway.planning.options.ground import Prepared
from clearway.planning.options.option import RIGHTS
from option_rooms import option
from planning.options.test_compare import compared, ground, street

if TYPE_CHECKING:
    from clearway.network.model import Network

__all__ = ["street"]  # a fixture


@pytest.mark.parametrize(
    ("act", "follows"),
    [
        ({"do": "wait"}, []),
        ({"do": "wait", "until": "it rains"}, ["Task of Police: Look again once it rains"]),
        ({"do": "talk", "to": "the choir", "about": "noise"},
         ["Task of Police: Hold a talk with the choir about noise, and write its minutes"]),
        ({"do": "offer", "what": "parking"}, ["Notice to everybody: Offered: parking"]),
        ({"do": "offer", "what": "parking", "to": "drivers"}, ["Notice to drivers: Offered: parking"]),
        ({"do": "notice", "text": "Go by Hill Street."}, ["Notice to everybody: Go by Hill Street."]),
        ({"do": "notice", "text": "Go by Hill Street.", "to": "residents"}, ["Notice to residents: Go by Hill Street."]),
        ({"do": "barriers", "plan": "ring"}, ["Task of Police: Set up the barriers of the plan ring"]),
        ({"do": "tow", "schedule": "tow.json"},
         ["Task of Police: Order the tows, and tell owners how they get their vehicles back"]),
        ({"do": "cut_off", "what": "water", "floor": "two taps", "law": "a right"},
         ["Task of Police: Cut off water", "Task of Police: See that everybody still gets two taps"]),
    ],
)  # fmt: skip
def test_each_act_is_a_task_or_a_notice(act: dict[str, str], follows: list[str]) -> None:
    assert [words_of(one, "Police") for one in follow_ups(option("a", does=[act]))] == follows


def test_acts_follow_in_their_order_and_each_criterion_is_watched() -> None:
    criteria = [{"then": "stop", "counted": "vehicles", "at_least": 20}]
    found = option("a", does=[{"do": "notice", "text": "Go."}, {"do": "barriers", "plan": "ring"}], criteria=criteria)
    said = [words_of(one, "Police") for one in follow_ups(found)]
    assert said[:2] == ["Notice to everybody: Go.", "Task of Police: Set up the barriers of the plan ring"]
    assert said[2].startswith("Task of Police: Watch: Stop if vehicles")
    assert len(said) == 3


def test_what_nobody_has_said_of_an_option_is_open(street: Network) -> None:
    criteria = [{"then": "stop", "counted": "vehicles", "at_least": 20}]
    more = {"criteria": criteria, "contingencies": [{"event": "rain", "then": "wait"}]}
    rows = compared(ground(street), Prepared(option("a")), Prepared(option("b", **more)))
    unsaid = {
        "When to go on and when to stop: nobody has set a criterion.",
        "What is done if it comes otherwise: nobody has said.",
    }
    assert unsaid <= set(rows["a"].open)
    assert not unsaid & set(rows["b"].open)


def test_points_of_rights_are_asked_in_these_words() -> None:
    assert RIGHTS == {
        "legal_basis": "A law that people can read allows it.",
        "necessity": "Its aim is lawful, and cannot be reached without it.",
        "proportion": "What it wins outweighs what it costs those it meets, and it meets as few as can be.",
        "least_restrictive": "Nothing milder would do, and what is milder was tried or is ruled out with a reason.",
        "precaution": "It is planned so that nobody needs to use force, and children and the sick were thought of.",
        "equal_treatment": "It treats people alike, whatever they stand for.",
        "dialogue": "Talks can go on, and those it meets hear of it in advance.",
        "observers": "Press, observers and medics can do their work.",
        "accountability": "It is clear who orders it, it is written down, and those it meets can complain.",
    }
