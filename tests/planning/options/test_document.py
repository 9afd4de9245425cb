"""Options from files, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, BadInput
from clearway.planning.options.document import judgements, read_option, refuse_twins
from option_rooms import JUDGED, document, option

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, said: object) -> Path:
    path = folder / "option.json"
    path.write_text(json.dumps(said))
    return path


def test_an_option_is_read_with_every_thing_that_it_does(tmp_path: Path) -> None:
    acts = ("wait", "talk", "offer", "notice", "barriers", "tow", "cut_off")
    found = read_option(written(tmp_path, document("all", *acts)))
    assert [act.do for act in found.does] == list(acts)
    assert found.rungs == (6, 5, 4, 3, 2, 1, 0)
    assert [name for name, _ in judgements(found)] == ["escalation"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"does": []}, "'does' should have at least 1 item"),
        ({"does": [{"do": "pray"}]}, "'does.0' should be one of 'wait'"),
        ({"does": [{"do": "cut_off", "what": "water", "law": "x"}]}, "cuts off water and leaves nobody a humanitarian floor"),
        ({"does": [{"do": "cut_off", "what": "food", "floor": "x"}]}, "cuts off food and does not say what law says of it"),
        ({"does": [{"do": "tow"}]}, "tows and does not say how"),
        ({"does": [{"do": "tow", "schedule": "a", "means": "b"}]}, "tows and does not say how"),
        ({"escalation": None}, "'escalation'"),
        ({"escalation": JUDGED | {"high": 1.5}}, "'escalation.high' should be less than or equal to 1"),
        ({"escalation": JUDGED | {"low": 0.5}}, "has a range 'escalation' from 0.5 to 0.2"),
        ({"escalation": {name: JUDGED[name] for name in JUDGED if name != "if_wrong"}}, "'escalation.if_wrong' is missing"),
        ({"sources": []}, "rests on no source"),
        ({"sources": [{"entry": "e1"}, {"entry": "e1"}]}, "rests on one source"),
        ({"sources": [{"says": "a", "by": "Police"}, {"says": "b", "by": "police"}]}, "rests on one source"),
        ({"sources": [{"entry": "e1"}, {"says": "b"}]}, "has a source that nobody can look up"),
        ({"sources": [{"entry": "e1"}, {"entry": "e2", "says": "b"}]}, "has a source that nobody can look up"),
        ({"dissent": None}, "'dissent'"),
        ({"criteria": [{"then": "go", "counted": "vehicles"}]}, "has a criterion on vehicles without a bound"),
        (
            {"criteria": [{"then": "go", "counted": "vehicles", "at_least": 9, "at_most": 3}]},
            "nothing can meet: at least 9, at most 3",
        ),
        ({"vehicles_towed": 40}, "'vehicles_towed' is not known"),
        ({"money": {"low": 1, "high": 2, "source": "x"}}, "'money.currency' is missing"),
    ],
)
def test_what_an_option_lacks_is_said_in_one_sentence_with_a_remedy(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_option(written(tmp_path, document("a") | change))
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")


def test_two_options_at_least_and_ids_of_their_own() -> None:
    with pytest.raises(BadInput, match="There is nothing to choose from"):
        refuse_twins([option("a")])
    with pytest.raises(BadInput, match="Two options have the id a"):
        refuse_twins([option("a"), option("b"), option("a")])
    refuse_twins([option("a"), option("b")])
