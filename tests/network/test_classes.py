from pathlib import Path

import pytest

from clearway.errors import BadFile, UnknownName
from clearway.network.classes import (
    ALL_CLASSES_MASK,
    VEHICLE_CLASSES,
    class_mask,
    class_names,
    load_street_classes,
    load_vehicle_classes,
)


def test_a_mask_names_its_classes_again() -> None:
    for mask in range(ALL_CLASSES_MASK + 1):
        assert class_mask(class_names(mask)) == mask


def test_an_unknown_class_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"vehicle class: tank\. Known: emergency"):
        class_mask(["general", "tank"])


def test_the_shipped_tables_hold_every_class_once() -> None:
    assert tuple(row.name for row in load_vehicle_classes()) == VEHICLE_CLASSES
    names = [row.name for row in load_street_classes()]
    assert len(names) == len(set(names))


def test_emergency_vehicles_open_gates_but_never_pass_steps_or_fixed_bollards() -> None:
    emergency = load_vehicle_classes()[0]
    assert {"gate", "lift_gate"} <= emergency.passes
    assert "bollard" not in emergency.passes
    assert "steps" not in emergency.streets


def test_a_motorway_has_no_barrier_cost() -> None:
    costs = {row.name: row.barrier_cost for row in load_street_classes()}
    assert costs["motorway"] is None
    assert costs["residential"] == 5


@pytest.mark.parametrize("text", ["", "class,speed\nemergency,50\n", "class;x\n"])
def test_a_table_that_lacks_columns_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    table = tmp_path / "classes.csv"
    table.write_text(text)
    with pytest.raises(BadFile, match="not a table of vehicle classes"):
        load_vehicle_classes(table)


def test_a_missing_table_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        load_street_classes(tmp_path / "none.csv")
