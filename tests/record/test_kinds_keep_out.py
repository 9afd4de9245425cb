"""Whether an entry says that help, people on foot or residents are kept out."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.record.kinds import BODY


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
