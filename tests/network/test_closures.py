from datetime import UTC, datetime

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.closures import Closure, shut_arcs
from clearway.network.model import Network


def one_street() -> Network:
    draft = NetworkDraft("one street")
    draft.way(draft.junction(174.77, -41.28), draft.junction(174.77, -41.279))
    return draft.finish()


def test_a_closure_that_lets_emergency_vehicles_through_lets_them_through() -> None:
    closures = [Closure(way=0, shuts=class_mask(["general", "bus"]))]
    assert shut_arcs(one_street(), closures, "general").tolist() == [True, True]
    assert shut_arcs(one_street(), closures, "emergency").tolist() == [False, False]


def test_one_direction_can_be_shut_alone() -> None:
    closures = [Closure(way=0, shuts=127, along=False)]
    assert shut_arcs(one_street(), closures, "general").tolist() == [False, True]


def test_a_timed_closure_holds_from_its_start_until_just_before_its_end() -> None:
    start, end = datetime(2022, 2, 21, 3, 30, tzinfo=UTC), datetime(2022, 2, 21, 15, 30, tzinfo=UTC)
    closure = Closure(way=0, shuts=127, starts=start, ends=end)
    assert closure.holds("general", start)
    assert not closure.holds("general", end)
    assert not closure.holds("general", datetime(2022, 2, 20, tzinfo=UTC))
    assert closure.holds("general")
