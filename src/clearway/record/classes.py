"""Classes of people and vehicles that rules of passage name: which words mean the same, and which class belongs to which."""

from __future__ import annotations

from functools import lru_cache

ON_FOOT = "people on foot"
HELP = "emergency services"
LEAVING = "leaving"
PROTEST_VEHICLES = "protest vehicles"

_CLASSES: dict[str, tuple[str, str]] = {
    HELP: ("", "emergency, emergency vehicles, emergency service, first responders, blue lights"),
    "ambulance": (HELP, "ambulances, ambulance crews, ambulance crew, ambulance service, paramedics"),
    "fire": (HELP, "fire service, fire crews, fire engines, firefighters, fire appliances, fire brigade"),
    "police": (HELP, "police officers, police vehicles, officers"),
    ON_FOOT: ("", "pedestrians, pedestrian, on foot, foot, foot traffic, people walking, walkers, those on foot"),
    "wheelchair users": (ON_FOOT, "wheelchairs, people in wheelchairs"),
    "residents": ("", "resident, residents' vehicles, people who live there"),
    "workers": ("", "worker, staff, employees, office workers, people who work there"),
    "service vehicles": ("", "service, services, utilities"),
    "sanitary vehicles": ("service vehicles", "sanitary, toilet trucks, portable toilet trucks"),
    "waste trucks": ("service vehicles", "waste, rubbish trucks, rubbish collection"),
    "deliveries": ("", "delivery, delivery vehicles, couriers, delivery vans"),
    "buses": ("", "bus, public transport"),
    "cyclists": ("", "cyclist, bicycles, bikes, cycles"),
    "protesters": ("", "protester, demonstrators"),
    PROTEST_VEHICLES: ("", "vehicles of protesters, protesters' vehicles, protester vehicles, convoy vehicles"),
    LEAVING: ("", "leavers, those who leave, vehicles that leave, vehicles leaving, drivers who leave, people who drive away"),
    "media": ("", "press, journalists, reporters"),
}
"""Each class, the wider one that it belongs to, and the other words for it."""

_NAMED = {word: name for name, (_, words) in _CLASSES.items() for word in (name, *words.split(", "))}


@lru_cache(maxsize=4096)
def class_of(words: str) -> str:
    """The class that somebody named; the words themselves, folded, where they name none of ours.

    >>> class_of("Ambulance  crews"), class_of("the fire service"), class_of("Tow trucks")
    ('ambulance', 'fire', 'tow trucks')
    """
    folded = " ".join(words.casefold().replace("_", " ").replace("\u2019", "'").split()).removeprefix("the ")
    return _NAMED.get(folded, folded)


def goes_on_foot(words: str) -> bool:
    """Whether somebody named people on foot, or those of a class who are: residents on foot.

    >>> goes_on_foot("Pedestrians"), goes_on_foot("residents on foot"), goes_on_foot("residents")
    (True, True, False)
    """
    named = class_of(words)
    return named == ON_FOOT or named.endswith((" on foot", " walking"))


def is_of(one: str, wider: str) -> bool:
    """Whether a class is another or belongs to it, both as :func:`class_of` gives them.

    >>> is_of("ambulance", "emergency services"), is_of(HELP, "ambulance"), is_of("buses", "buses")
    (True, False, True)
    """
    while one != wider and one in _CLASSES:
        one = _CLASSES[one][0]
    return one == wider
