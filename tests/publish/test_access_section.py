"""Emergency access in a report: what the answer of ``clearway access --json`` says, each service apart, word for word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile
from clearway.publish.sitrep.access import AccessAnswer, access_items, access_section, read_access, with_access
from clearway.publish.sitrep.shape import Item, Section, Sitrep

if TYPE_CHECKING:
    from pathlib import Path

FIRE: dict[str, Any] = {
    "service": "fire",
    "before": {"reached": 1_010, "unreached": [], "seconds": {}},
    "after": {
        "reached": 1_000,
        "seconds": {"p50": 61.4, "max": 300.6},
        "unreached": [
            *({"label": f"{number} Hill Street", "cut_off_by": ["G1", "G2"]} for number in (1, 2, 3, 4)),
            *({"label": f"{number} Dock Road", "too_large_for": ["the arch"]} for number in (5, 6, 7)),
            {"label": "8 Mill Road"},
        ],
    },
    "stations": ["Central", "North"],
    "standard": {"seconds": 480.5, "share": 0.9, "share_after": 0.875, "met_after": False},
    "trip": {
        "before": {"reached": 1_000}, "after": {"reached": 999}, "unreached": [{"label": "1 Hill Street"}],
    },
    "notes": ["One engine is too wide for Weir Lane."],
}  # fmt: skip
AMBULANCE: dict[str, Any] = {
    "service": "ambulance",
    "before": {"reached": 1, "unreached": [], "seconds": {}},
    "after": {"reached": 1, "unreached": [], "seconds": {"p50": 10.0, "max": 20.0}},
    "standard": {"seconds": 600, "share": 0.5, "share_after": 1.0, "met_after": True},
    "trip": {"before": {"reached": 1}, "after": {"reached": 1}},
}
SILENT: dict[str, Any] = {
    "service": "rescue",
    "before": {"reached": 0, "unreached": [], "seconds": {}},
    "after": {"reached": 0, "unreached": [], "seconds": {"p50": None, "max": 20.0}},
    "standard": {"seconds": 600, "share": 0.5, "met_after": True},
}
ANSWER = {"network": "Town", "services": [FIRE, AMBULANCE, SILENT], "closures": ["G1"], "at": "18 May 08:00", "more": 1}


def test_each_service_is_told_apart_with_times_standard_reasons_and_the_whole_trip() -> None:
    found = access_section(AccessAnswer.model_validate(ANSWER))
    lead = "Computed on the network 'Town' under 1 closure, in force at 18 May 08:00. Each service is counted apart."
    told = {part.heading: [item.text for item in part.items] for part in found.parts}
    assert (found.heading, found.items, found.lead) == ("Emergency access", (), lead)
    assert told == {
        "Fire": [
            "Reaches 1,000 of 1,008 addresses, 10 fewer than without the closures.",
            "Half of them within 61 s from 2 stations, the slowest in 301 s.",
            "Standard of 90% within 480.5 s: not met (87.5%).",
            "One engine is too wide for Weir Lane.",
            "4 addresses cut off by G1 and G2: 1 Hill Street, 2 Hill Street, 3 Hill Street and 1 more.",
            "3 addresses out of reach of a vehicle too large for the arch: 5 Dock Road, 6 Dock Road and 7 Dock Road.",
            "1 address that no street leads to, closures or not: 8 Mill Road.",
            "The whole trip to a hospital is possible from 999, 1 fewer than without the closures; not from 1 Hill Street.",
        ],
        "Ambulance": [
            "Reaches 1 of 1 address, as many as without the closures.",
            "Half of them within 10 s, the slowest in 20 s.",
            "Standard of 50% within 600 s: met (100.0%).",
            "The whole trip to a hospital is possible from 1, as many as without the closures.",
        ],
        "Rescue": ["Reaches 0 of 0 addresses, as many as without the closures."],
    }


def test_five_reasons_are_listed_the_most_frequent_first_and_the_others_counted() -> None:
    lost = [{"label": f"{gate}{n}", "cut_off_by": [f"G{gate}"]} for gate in range(1, 7) for n in range(gate)]
    for reasons, more in ((5, []), (6, ["1 address not reached for other reasons."])):
        side = {"reached": 1, "seconds": {}, "unreached": [one for one in lost if int(one["label"][0]) > 6 - reasons]}
        service = {"service": "fire", "before": FIRE["before"], "after": side}
        (part,) = access_section(AccessAnswer.model_validate({"network": "Town", "services": [service]})).parts
        texts = [item.text.partition(":")[0] for item in part.items[1:]]
        assert texts == [f"{gate} addresses cut off by G{gate}" for gate in (6, 5, 4, 3, 2)] + more


def test_it_stands_under_access_of_methane_before_all_else_and_in_the_first_section() -> None:
    rows = (("A", "Access", (Item("a gate"),)), ("H", "Hazards", (Item("smoke"),)))
    report = Sitrep("t", "now", "room", (), (), rows, (Section("Figures"),), (), "then")
    answer = AccessAnswer.model_validate(ANSWER)
    found = with_access(report, answer)
    first = "Fire: reaches 1,000 of 1,008 addresses, 10 fewer than without the closures."
    assert next(item.text for item in access_items(answer)) == first
    assert found.methane == (("A", "Access", (*access_items(answer), Item("a gate"))), rows[1])
    assert found.sections == (access_section(answer), Section("Figures"))
    plain = access_section(AccessAnswer.model_validate(ANSWER | {"at": None, "closures": []}))
    assert plain.lead == "Computed on the network 'Town' under 0 closures. Each service is counted apart."


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"network": ""}, "'network'"),
        ({"services": []}, "'services'"),
        ({"services": [FIRE | {"service": ""}]}, "'services.0.service'"),
        ({"services": [FIRE | {"before": {"reached": -1, "unreached": [], "seconds": {}}}]}, "'services.0.before.reached'"),
        ({"services": [FIRE | {"trip": {"before": {"reached": -1}, "after": {"reached": 0}}}]}, "services.0.trip.before"),
    ],
)
def test_a_file_that_is_something_else_is_refused_with_the_part_that_does_not_fit(
    tmp_path: Path, changes: dict[str, Any], where: str
) -> None:
    path = tmp_path / "access.json"
    path.write_text(json.dumps(ANSWER | changes))
    with pytest.raises(BadFile, match=f"is not the answer of 'clearway access --json' .*{where}"):
        read_access(path)
    path.write_text(json.dumps(ANSWER))
    assert read_access(path) == AccessAnswer.model_validate(ANSWER)
