"""What every kind says of itself, and that nobody else says it for them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

import clearway
from clearway.record.kind import About, Kind, Mark, Role, Status, Theme
from clearway.record.kinds import BODY, KINDS
from clearway.record.kinds.figures import Count
from clearway.record.kinds.streets import GateState
from clearway.record.kinds.talks import Remark
from clearway.record.registry import Kinds
from record.test_parse import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ZONE = ZoneInfo("Pacific/Auckland")


def says(kind: str, body: dict[str, object]) -> str:
    return BODY.validate_python({"kind": kind} | body).says(ZONE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_sentence_without_our_own_signs(kind: str) -> None:
    told = says(kind, SAMPLES[kind])
    assert told[0] == told[0].upper()
    assert not any(sign in told for sign in ("_", "None", "True", "False", "{", "=", ";;"))


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        ("count", {"what": "vehicles", "amount": {"low": 450, "high": 450, "about": True}}, "About 450 vehicles"),
        ("arrests", {"amount": {"low": 7, "high": 7}, "ground": "disorderly behaviour"}, "7 arrested for disorderly behaviour"),
        (
            "promise",
            {"by": "Police", "what": "tow", "due": "2022-02-16T18:00+13:00"},
            "Police will: tow, by Wed 16 Feb 2022 18:00",
        ),
        ("passage_rule", {"who": ["drivers"], "may": "leave_not_return"}, "Drivers may go out and not come back"),
        ("tow_event", {"done": False, "note": "none was towed"}, "Not towed; none was towed"),
        ("staff_absence", {"organisation": "Police", "reason": "sick", "amount": {"low": 6, "high": 6}}, "Police: 6 sick"),
        ("meeting_request", {"asked_by": "groups", "asked_of": "PM"}, "Groups asked to meet PM: not answered yet"),
    ],
)
def test_sentences_are_those_that_an_officer_would_say(kind: str, body: dict[str, object], told: str) -> None:
    assert says(kind, body) == told


def test_an_entry_that_is_nothing_but_full_stops_can_be_said() -> None:
    assert Remark(text="...").says(ZoneInfo("UTC")) == "..."


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_stands_under_a_theme_or_says_where_its_entries_are_shown(kind: str) -> None:
    about = KINDS[kind].about
    assert (about.theme is None) == (len(about.no_theme_because.split()) >= 5)
    assert kind in KINDS.by_theme[about.theme] if about.theme else all(kind not in names for names in KINDS.by_theme.values())


def test_every_kind_is_typed_in_the_form_unless_it_is_about_the_record_itself() -> None:
    assert set(KINDS) - set(KINDS.in_form) == {
        "operation", "report", "dropped_draft", "sitrep_issued", "plan", "plan_adopted", "plan_withdrawn",
        "vehicle_moved", "ladder_step", "tow_order", "tow_progress",
    }  # fmt: skip
    assert KINDS.in_form[:4] == ("incident", "count", "road_state", "flow")
    assert list(KINDS.in_form[11:]) == sorted(KINDS.in_form[11:])


def test_headings_have_a_short_name_and_stand_in_one_order() -> None:
    assert [theme.id for theme in Theme] == [
        "streets", "incidents", "movements", "decisions", "means", "health", "harm", "talks", "forecasts",
    ]  # fmt: skip
    assert [theme.title for theme in Theme] == [
        "Streets, gates and buildings", "Incidents, arrests, injuries", "Arrivals and departures", "Decisions and notices",
        "Parking, towing, staff, means", "Health, weather, restrictions", "Harm to residents, workers and learners",
        "Talks, statements and notes", "Expected by others",
    ]  # fmt: skip


def test_the_part_of_a_kind_in_the_picture_is_told_by_one_word() -> None:
    assert [role.value for role in Role] == [
        "state", "event", "count", "flow", "promise", "request", "intent", "condition", "administration",
    ]  # fmt: skip


STATE: dict[str, Any] = {"role": Role.STATE, "theme": Theme.MEANS, "subject": ()}


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        (STATE | {"theme": None}, "either a theme or a sentence in 'no_theme_because'"),
        (STATE | {"no_theme_because": "it is shown elsewhere"}, "either a theme or a sentence in 'no_theme_because'"),
        (STATE | {"subject": None}, "needs 'subject'"),
        (STATE | {"role": Role.EVENT}, "an event has none"),
        (STATE | {"subject": ("tank", "pump")}, "fields that the class does not have: pump"),
        (STATE | {"state_field": "level"}, "fields that the class does not have: level"),
        (STATE | {"mark": Mark(letter="W", means="water", by_state={"dry": "shut"})}, "states that it does not have: dry"),
        (STATE | {"role": Role.REQUEST}, "is a request and needs 'awaits_answer'"),
        (STATE | {"role": Role.INTENT}, "is an intent and needs 'status'"),
    ],
)
def test_a_kind_that_contradicts_itself_is_refused_when_it_is_defined(about: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TypeError, match=sentence):
        made("water_supply", About(**about))


def test_a_request_that_says_what_it_awaits_and_an_intent_that_says_how_it_stands_can_be_defined() -> None:
    class Asking(Kind):
        """Somebody asks."""

        about: ClassVar[About] = About(**STATE | {"role": Role.REQUEST})
        kind: Literal["asking"] = "asking"

        @property
        def awaits_answer(self) -> bool:
            """It does."""
            return True

    class Meaning(Kind):
        """Somebody means to."""

        about: ClassVar[About] = About(**STATE | {"role": Role.INTENT})
        kind: Literal["meaning"] = "meaning"

        def status(self, said: datetime, at: datetime, /) -> Status:
            """It begins when it is said."""
            return Status("under way", is_past=said < at)

    assert (Asking.about.role, Meaning.about.role) == (Role.REQUEST, Role.INTENT)


def test_a_kind_says_nothing_that_it_was_not_asked_to_say() -> None:
    kind = made("water_supply", About(**STATE))
    water, other = kind.model_validate({"tank": "north"}), kind.model_validate({"tank": "south"})
    assert [water.keeps_out, water.bars_street, water.has_gone_astray, water.is_there, water.awaits_answer] == [
        False, False, False, True, False,
    ]  # fmt: skip
    assert [water.identity, water.leaves, water.places_said, water.on_foot, water.push, water.state_said] == [
        None, (), None, None, None, None,
    ]  # fmt: skip
    assert [water.contradicts(other), water.concerns(other), water.may_be(other)] == [False, False, False]
    assert water.only("south") is water
    with_state = made("water_supply", About(**STATE, state_field="tank"))
    north, south = (with_state.model_validate({"tank": tank}) for tank in ("north", "south"))
    assert (north.contradicts(south), north.contradicts(north.model_copy())) == (True, False)
    assert Status("under way") == Status("under way", is_past=False, is_over=False)


def made(name: str, about: About) -> type[Kind]:
    """A kind with one field, ``tank``."""
    parts = {"__doc__": "Water.", "about": about, "kind": name, "tank": "", "sentence": lambda *_: "water"}
    return type("Water", (Kind,), parts | {"__annotations__": {"kind": Literal[name], "tank": str}})


def test_a_kind_without_a_docstring_is_refused() -> None:
    with pytest.raises(TypeError, match="needs a docstring"):
        type("Water", (Kind,), {"about": About(**STATE), "kind": "water", "__annotations__": {"kind": Literal["water"]}})


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (made("gate_state", About(**STATE)), "the same name"),
        (made("heads", About(**STATE | {"role": Role.COUNT})), "only one kind may have the role COUNT, not count and heads"),
        (made("gas", About(**STATE, mark=Mark(letter="G", means="gas leak"))), "the same letter on the map"),
    ],
)
def test_kinds_that_get_in_each_others_way_are_refused(other: type[Kind], sentence: str) -> None:
    with pytest.raises(TypeError, match=sentence):
        Kinds(Count, GateState, other)


def test_whatever_json_holds_can_be_asked_for_as_a_name() -> None:
    assert "count" in KINDS
    assert [name for name in ("gossip", None, ["count"], {"count": 1}, 7) if name in KINDS] == []


NOT_OF_KINDS = {
    "assignment/exchange/trip_files.py": "columns of trip tables",
    "intake/rules/figures.py": "nouns of sentences, by what a number may count",
    "planning/options/option.py": "rungs of the ladder of options",
    "planning/talks/contract.py": "what an alarm waits for",
    "planning/talks/tables.py": "columns of the lists of talks",
    "planning/traffic/assign/summary.py": "columns of a traffic assignment, with their units",
    "publish/vehicles/papers.py": "columns of the paper of tow orders",
}
"""Modules that list words which are names of kinds too, and what they mean by them."""


@pytest.mark.slow
def test_nobody_but_the_kinds_themselves_lists_kinds_by_name() -> None:
    root = Path(clearway.__file__).parent
    modules = [path for path in root.rglob("*.py") if not path.is_relative_to(root / "record" / "kinds")]
    found = {str(path.relative_to(root)): names for path in modules if (names := list(listed_kinds(path)))}
    assert {module: names for module, names in found.items() if module not in NOT_OF_KINDS} == {}
    assert set(NOT_OF_KINDS) <= set(found), "what is excused is there no more"


def listed_kinds(path: Path) -> Iterator[list[str]]:
    """Names of kinds in each set, dictionary, tuple or list of a module: two, or one that is no word of everyday English."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Dict(keys=parts) | ast.Set(elts=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
                words = [part.value for part in parts if isinstance(part, ast.Constant)]
                names = [word for word in words if isinstance(word, str) and word in KINDS]
                if len(names) > 1 or any("_" in name for name in names):
                    yield names


def test_the_form_offers_kinds_by_their_rank_and_the_others_by_name_behind_them() -> None:
    ranks = {"d": 0, "c": 1, "b": None, "a": None}
    kinds = Kinds(Count, *(made(name, About(**STATE, form_rank=rank)) for name, rank in ranks.items()))
    assert [name for name in kinds.in_form if name in ranks] == ["d", "c", "a", "b"]


def test_which_kind_an_entry_is_of_is_told_by_its_field_kind() -> None:
    assert BODY.json_schema()["discriminator"]["propertyName"] == "kind"
    with pytest.raises(ValidationError, match="'kind'"):
        BODY.validate_python({"text": "Seen"})
