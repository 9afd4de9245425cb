"""Whether an entry says that help, people on foot or residents are kept out."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.record.kinds import BODY


@pytest.mark.parametrize(
    ("who", "bars"),
    [
        ("emergency services", True), ("fire engines", True), ("ambulances", True), ("everybody", True), ("all vehicles", True),
        ("traffic", True), ("residents", False), ("pedestrians", False), ("trucks", False),
    ],
)  # fmt: skip
def test_a_rule_bars_a_street_that_keeps_out_help_some_of_it_or_whoever_drives(who: str, *, bars: bool) -> None:
    for may, keeps_out in (("not_pass", True), ("leave_not_return", True), ("leave", True), ("enter", False)):
        rule = BODY.validate_python({"kind": "passage_rule", "who": ["nurses", who], "may": may})
        assert rule.bars_street is (bars and keeps_out)


@pytest.mark.parametrize(
    ("body", "keeps_out"),
    [
        ({"kind": "passage_rule", "who": ["pharmacists"], "may": "not_pass"}, True),
        ({"kind": "passage_rule", "who": ["nurses"], "may": "leave_not_return"}, True),
        ({"kind": "passage_rule", "who": ["nurses"], "may": "enter"}, False),
        ({"kind": "gate_state", "state": "shut"}, True),
        ({"kind": "gate_state", "state": "open"}, False),
        ({"kind": "road_state", "state": "shut"}, True),
        ({"kind": "road_state", "state": "shut", "passes": ["resident", "emergency", "bus"]}, False),
        ({"kind": "road_state", "state": "restricted", "passes": ["emergency"]}, True),
        ({"kind": "road_state", "state": "restricted"}, False),  # who passes, nobody said
        ({"kind": "facility_state", "facility": "The ferry terminal", "state": "open", "stay_away": True}, True),
        ({"kind": "remark", "text": "nobody may pass"}, False),
    ],
)
def test_the_kind_says_whether_somebody_is_kept_out(body: dict[str, Any], *, keeps_out: bool) -> None:
    assert BODY.validate_python(body).keeps_out is keeps_out
