"""Options from files, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from clearway.errors import BadFile, BadInput
from clearway.planning.options.document import judgements, option_of, read_option, refuse_twins
from clearway.planning.options.option import RIGHTS
from option_rooms import JUDGED, document, option

if TYPE_CHECKING:
    from collections.abc import Callable
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


WATER = {"do": "cut_off", "what": "water"}
LOOK_UP = ("has a source that nobody can look up", "Give each an 'entry', or both 'says' and 'by'.")
SOMEBODY_ELSE = "Add what somebody else says of it, or another entry, under 'sources'."
GO = {"then": "go", "counted": "vehicles"}
FIRE = {"risk": "Fire", "effect": "lowers", "why": "watched"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        *(
            (
                {"id": wrong},
                (
                    f"has the id {wrong!r}",
                    "Write it in lower-case letters, digits and hyphens, 32 at most, such as 'offer-and-move'.",
                ),
            )
            for wrong in ("Wait", "-wait", "a_b", "a" * 33)
        ),
        ({"id": "a" * 32}, None),
        ({"id": "0-a"}, None),
        (
            {"does": [WATER | {"law": "x"}]},
            ("cuts off water and leaves nobody a humanitarian floor", "Say under 'floor' what everybody still gets."),
        ),
        (
            {"does": [WATER | {"floor": "x"}]},
            ("cuts off water and does not say what law says of it", "Say so under 'law', with the instrument."),
        ),
        ({"does": [{"do": "tow"}]}, ("tows and does not say how", "Give a 'schedule', or 'means' to make one of.")),
        ({"does": [{"do": "tow", "means": "b"}]}, None),
        *(
            ({name: JUDGED | {"low": 9, "high": 5}}, (f"has a range '{name}' from 9 to 5", "Give the lower end as 'low'."))
            for name in ("vehicles_leave", "minutes_to_effect")
        ),
        (
            {"staff": {"low": 9, "high": 5, "source": "a"}},
            ("has a range 'staff' from 9 to 5", "Give the lower end as 'low'."),
        ),
        (
            {"money": {"low": 9, "high": 5, "source": "a", "currency": "NZD"}},
            ("has a range 'money' from 9 to 5", "Give the lower end as 'low'."),
        ),
        ({"staff": {"low": 5, "high": 5, "source": "a"}}, None),
        ({"criteria": [GO]}, ("has a criterion on vehicles without a bound", "Give 'at_most', 'at_least' or both.")),
        (
            {"criteria": [GO | {"at_least": 9, "at_most": 3}]},
            ("has a criterion on vehicles that nothing can meet: at least 9, at most 3", "Give 'at_most' the higher one."),
        ),
        ({"criteria": [GO | {"at_least": 3, "at_most": 3}, GO | {"at_most": 0}]}, None),
        (
            {"risks": [FIRE, FIRE | {"risk": "Flood"}, FIRE | {"risk": "the fire"}]},
            ("says twice what it does to the risk 'the fire'", "Leave one of them out."),
        ),
        ({"risks": [FIRE, FIRE | {"risk": "Flood"}]}, None),
        ({"sources": [{"entry": "e1"}, {"says": "b"}]}, LOOK_UP),
        ({"sources": [{"entry": "e1"}, {"by": "Police"}]}, LOOK_UP),
        ({"sources": [{"entry": "e1"}, {"entry": "e2", "says": "b", "by": "Police"}]}, LOOK_UP),
        ({"sources": [{"entry": "e1", "by": "Police"}, {"entry": "e2"}]}, None),
        ({"sources": [{"entry": "e1"}, {"says": "b", "by": "Police"}]}, None),
        ({"sources": []}, ("rests on no source", SOMEBODY_ELSE)),
        ({"sources": [{"entry": "e1"}, {"entry": "e1"}]}, ("rests on one source", SOMEBODY_ELSE)),
    ],
)
def test_what_an_option_lacks_is_said_with_what_to_do_and_at_the_bound_it_lacks_nothing(
    change: dict[str, Any], fault: tuple[str, str] | None
) -> None:
    if fault is None:
        assert option_of(document("a") | change, "o.json").title == "Option a"
        return
    with pytest.raises(BadFile) as refused:
        option_of(document("a") | change, "o.json")
    assert (refused.value.path, refused.value.problem, refused.value.remedy) == ("o.json", *fault)


def test_what_is_no_option_says_how_to_come_by_an_example(tmp_path: Path) -> None:
    for path_or_name, remedy in ((None, "Ask the desk."), (written(tmp_path, {"id": "a"}), None)):
        with pytest.raises(BadFile) as refused:
            read_option(path_or_name) if path_or_name else option_of({}, "o.json", remedy or "")
        assert refused.value.problem == "is not an option that can be used"
        assert refused.value.remedy.endswith(remedy or "Print an example with 'clearway decide option-template'.")


@pytest.mark.parametrize(
    ("field", "made", "good", "bad"),
    [
        ("escalation", lambda n: JUDGED | {"low": 0, "high": n}, (0, 1), (1.01, -0.01)),
        ("escalation", lambda n: JUDGED | {"low": n, "high": 1}, (0, 1), (1.01, -0.01)),
        ("vehicles_leave", lambda n: JUDGED | {"low": n, "high": 900}, (0, 900), (-1,)),
        ("vehicles_leave", lambda n: JUDGED | {"low": 0, "high": n}, (0, 900), (-1,)),
        ("staff", lambda n: {"low": n, "high": 900, "source": "a"}, (0, 900), (-1,)),
        ("staff", lambda n: {"low": 0, "high": n, "source": "a"}, (0, 900), (-1,)),
        ("money", lambda code: {"low": 0, "high": 1, "source": "a", "currency": code}, ("NZD",), ("nzd", "NZ", "NZDX")),
        ("criteria", lambda n: [GO | {"at_most": n}], (0, 5), (-1,)),
        ("criteria", lambda n: [GO | {"at_least": n}], (0, 5), (-1,)),
        ("criteria", lambda n: [GO | {"at_least": 1, "max_age_h": n}], (0.5, 8760), (0, 8761)),
        ("does", lambda n: [{"do": "wait"}] * n, (1, 50), (0, 51)),
    ],
)
def test_figures_of_an_option_lie_within_their_bounds(
    field: str, made: Callable[[object], object], good: tuple[object, ...], bad: tuple[object, ...]
) -> None:
    for value in good:
        option("a", **{field: made(value)})
    for value in bad:
        with pytest.raises(ValidationError, match=field):
            option("a", **{field: made(value)})


def test_a_figure_may_be_a_day_old_and_is_not_assumed_where_nothing_is_said() -> None:
    said = option("a", criteria=[GO | {"at_least": 1}], staff={"low": 1, "high": 2, "source": "a"})
    assert said.criteria[0].max_age_h == 24
    assert said.staff is not None
    assert said.staff.assumed is False


def test_judgements_are_named_in_one_order() -> None:
    said = option("a", minutes_to_effect=JUDGED, vehicles_leave=JUDGED | {"low": 0})
    assert [(name, one.low) for name, one in judgements(said)] == [
        ("escalation", 0.1),
        ("vehicles_leave", 0),
        ("minutes_to_effect", 0.1),
    ]


@pytest.mark.parametrize("verdict", ["yes", "no", "unknown"])
def test_each_point_of_rights_takes_each_verdict_and_no_other_is_known(verdict: str) -> None:
    said = {point: {"verdict": verdict, "why": "asked"} for point in RIGHTS}
    assert {point: view.verdict for point, view in option("a", rights=said).rights.items()} == dict.fromkeys(RIGHTS, verdict)
    with pytest.raises(ValidationError, match="rights"):
        option("a", rights=said | {"style": said["dialogue"]})
    with pytest.raises(ValidationError, match="verdict"):
        option("a", health={"verdict": "perhaps", "why": "asked"})
