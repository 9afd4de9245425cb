"""Which words of rules and plans name the same people, and who belongs to whom."""

from __future__ import annotations

import pytest

from clearway.record.classes import HELP, ON_FOOT, class_of, goes_on_foot, is_of

WORDS = {
    HELP: "emergency|emergency vehicles|emergency service|first responders|blue lights|the Emergency Services",
    "ambulance": "ambulances|ambulance crews|ambulance crew|ambulance service|paramedics",
    "fire": "fire service|fire crews|fire engines|firefighters|fire appliances|fire brigade|fire_service",
    "police": "police officers|police vehicles|officers|the  police",
    ON_FOOT: "pedestrians|pedestrian|on foot|foot|foot traffic|people walking|walkers|those on foot",
    "wheelchair users": "wheelchairs|people in wheelchairs",
    "residents": "resident|residents' vehicles|residents\u2019 vehicles|people who live there",
    "workers": "worker|staff|employees|office workers|people who work there",
    "service vehicles": "service|services|utilities",
    "sanitary vehicles": "sanitary|toilet trucks|portable toilet trucks",
    "waste trucks": "waste|rubbish trucks|rubbish collection",
    "deliveries": "delivery|delivery vehicles|couriers|delivery vans",
    "buses": "bus|public transport",
    "cyclists": "cyclist|bicycles|bikes|cycles",
    "protesters": "protester|demonstrators",
    "protest vehicles": "vehicles of protesters|protesters' vehicles|protester vehicles|convoy vehicles",
    "leaving": ("leavers|those who leave|vehicles that leave|vehicles leaving|drivers who leave|people who drive away|Leaving"),
    "media": "press|journalists|reporters",
    "tow trucks": "Tow trucks",
}
WIDER = {"ambulance": HELP, "fire": HELP, "police": HELP, "wheelchair users": ON_FOOT,
         "sanitary vehicles": "service vehicles", "waste trucks": "service vehicles"}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_every_word_of_a_class_names_it(name: str) -> None:
    assert {class_of(word) for word in (name, *WORDS[name].split("|"))} == {name}


@pytest.mark.parametrize("name", WORDS)
def test_a_class_belongs_to_itself_and_to_the_wider_one_alone(name: str) -> None:
    assert {other for other in WORDS if is_of(name, other)} == {name, WIDER.get(name, name)}


@pytest.mark.parametrize(
    ("words", "on_foot"),
    [
        ("Pedestrians", True),
        ("residents on foot", True),
        ("residents walking", True),
        ("residents", False),
        ("footwear", False),
    ],
)
def test_who_goes_on_foot_is_said(words: str, on_foot: bool) -> None:  # noqa: FBT001 - a case
    assert goes_on_foot(words) is on_foot
