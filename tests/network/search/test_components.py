"""The main part of some streets, by hand."""

from __future__ import annotations

from clearway.network.classes import class_mask
from clearway.network.search.components import main_part
from clearway.network.search.graph import routing_graph
from drawn_towns import Town

ALL, NOBODY = class_mask(["general", "bus"]), 0
BUSES = class_mask(["bus"])


def test_the_main_part_is_the_largest_round_with_what_leads_to_it_and_from_it_one_way() -> None:
    town = Town()
    for x in (0.0, 300.0):  # a small round for all, drawn first, and far from it a larger one
        corners = [(x, 0.0), (x + 50, 0.0), (x + 50, 50.0), (x, 50.0)][: 2 if x == 0 else 4]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            town.street(start, end, permit=(ALL, NOBODY))
    town.street((300.0, 0.0), (300.0, -50.0), permit=(ALL, NOBODY))  # out of the larger one
    town.street((250.0, 0.0), (300.0, 0.0), permit=(ALL, NOBODY))  # into it
    town.street((350.0, 0.0), (400.0, 0.0), permit=(ALL, NOBODY))  # out for all, and back for buses alone
    town.street((400.0, 0.0), (350.0, 0.0), permit=(BUSES, NOBODY))
    network = town.network()
    round_ = {(300.0, 0.0), (350.0, 0.0), (350.0, 50.0), (300.0, 50.0)}

    def called(classes: list[str]) -> tuple[set[tuple[float, float]], set[tuple[float, float]]]:
        leave, arrive = main_part([routing_graph(network, name) for name in classes])
        return {at for at, junction in town.at.items() if leave[junction]}, {
            at for at, junction in town.at.items() if arrive[junction]
        }

    assert called(["general"]) == (round_ | {(250.0, 0.0)}, round_ | {(300.0, -50.0), (400.0, 0.0)})
    assert called(["bus"]) == (round_ | {(250.0, 0.0), (400.0, 0.0)}, round_ | {(300.0, -50.0), (400.0, 0.0)})
    assert called(["bus", "general"]) == called(["general", "bus"]) == called(["general"])


def test_where_no_class_drives_nothing_hangs_together() -> None:
    town = Town()
    town.street((0, 0), (50, 0), permit=(BUSES, BUSES))
    leave, arrive = main_part([routing_graph(town.network(), "general")])
    assert not leave.any()
    assert not arrive.any()
