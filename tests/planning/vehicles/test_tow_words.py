"""What a schedule of tow trucks says, word for word: what is lacking, what is assumed, what came out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clearway.errors import BadInput
from clearway.planning.vehicles.towing.contract import NotTowed as Left
from clearway.planning.vehicles.towing.contract import Order, Tow, Towed, TowStep, TowStorage, TowStretch, TowTruck
from clearway.planning.vehicles.towing.means import MOST_TRUCKS, Fleet, Operator, TowMeans, means_of, template
from clearway.planning.vehicles.towing.words import assumed_of, hours_words, lacking_of, notes_of, summary_of

OWN = "Nothing is counted for people in the way, vehicles that cannot be hooked up, or traffic on the way."
ORDER = Order(basis="a by-law", by="Council", instrument="section 9", is_read=True)


def made(shape: Any, **fields: Any) -> Any:  # noqa: ANN401 - one of the shapes, with some of its fields
    return shape.model_construct(**fields)


def yard(**fields: Any) -> Any:  # noqa: ANN401 - its fields
    said = {"id": "yard", "hours": "24/7", "capacity": 5, "secure": True, "release": "on paying", "assumed": ()}
    return made(TowStorage, **(said | fields))


def truck(operator: str = "A", kind: str = "light", *, escort: bool = False, gone: bool = False) -> Any:  # noqa: ANN401 - a truck
    return made(TowTruck, id=kind, operator=operator, kind=kind, escort=escort, windows=() if gone else ((0, 9),))


def operator(**fields: Any) -> Operator:  # noqa: ANN401 - its fields
    return Operator(**({"id": "A", "hours": "24/7"} | fields))


def answer(**fields: Any) -> Any:  # noqa: ANN401 - its fields
    said: dict[str, Any] = {
        "order": ORDER, "trucks": (truck(),), "storage": (yard(),), "tows": (), "not_towed": (), "steps": (), "starts": None,
        "escorts": 1, "escort_move_s": 300, "hook_s": {}, "yard_s": {},
        "stretches": (made(TowStretch, name="Hill Street"),),
    }  # fmt: skip
    return made(Towed, **(said | fields))


def lacking(given: Any, *operators: Operator) -> list[str]:  # noqa: ANN401 - an answer
    return list(lacking_of(given, TowMeans(operators=operators)))


def assumed(given: Any, **means: Any) -> list[str]:  # noqa: ANN401 - fields of the means
    return list(assumed_of(given, TowMeans(**means), ()))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 min"), (1, "1 min"), (60, "1 min"), (61, "2 min"), (3600, "1 h"), (3601, "1 h 1 min"), (40_000, "11 h 7 min")],
)
def test_a_time_that_passes_is_said_in_hours_and_minutes_rounded_up(seconds: int, words: str) -> None:
    assert hours_words(seconds) == words


def test_with_an_order_trucks_and_all_that_is_to_be_known_nothing_is_lacking() -> None:
    assert lacking(answer(), operator(light=Fleet(trucks=2, willing="yes"))) == []


def test_each_thing_that_is_lacking_is_a_sentence() -> None:
    bare = answer(order=None, trucks=(), storage=(yard(secure=None, release=None), yard(id="quay", secure=None)))
    assert lacking(bare) == [
        "Nobody has ordered it. Say who does, by which power, with --by and --row: without a power nothing is towed.",
        "No operator is willing to send a truck.",
        "Nobody said whether yard and quay are secure.",
        "Nobody said how an owner gets a vehicle back from yard.",
    ]
    assert lacking(answer(storage=(yard(secure=False),))) == ["yard is not secure."]


@pytest.mark.parametrize(
    ("fleets", "said"),
    [
        ({"light": Fleet(trucks=1)}, ["A has not answered whether it sends its 1 light truck."]),
        ({"heavy": Fleet(trucks=2)}, ["A has not answered whether it sends its 2 heavy trucks."]),
        ({"light": Fleet(trucks=0)}, []),
        ({"light": Fleet(trucks=0, willing="no", reason="safety")}, []),
        ({"light": Fleet(trucks=1, willing="no")}, ["A does not send its 1 light truck; nobody said why."]),
        *(
            ({"heavy": Fleet(trucks=3, willing="no", reason=reason)}, [f"A does not send its 3 heavy trucks, {words}."])
            for reason, words in (
                ("safety", "for safety"), ("reputation", "for its reputation"), ("sympathy", "out of sympathy"),
                ("no_equipment", "for want of equipment"), ("other", "for another reason"),
            )
        ),
        ({"indemnity": "up to 500"}, ["A wants cover for damage: up to 500."]),
        ({"id": "B", "indemnity": "up to 500"}, []),  # none of its trucks comes
    ],
)  # fmt: skip
def test_what_operators_answered_is_said_of_trucks_that_there_are(fleets: dict[str, Any], said: list[str]) -> None:
    assert lacking(answer(), operator(**fleets)) == said


def test_what_no_source_tells_is_assumed_in_a_sentence_each() -> None:
    assert assumed(answer(), operators=(operator(),)) == []
    assert list(assumed_of(answer(), TowMeans(), ["Of the tally."])) == ["Of the tally."]
    given = answer(hook_s={"car": 600, "bus": 90}, yard_s={"car": 300})
    assert assumed(given) == ["Minutes to hook up: car 10 and bus 1.5.", "Minutes at the storage place: car 5."]
    assert assumed(given, hook_minutes={"car": 10.0}, yard_minutes={"car": 5.0}) == ["Minutes to hook up: bus 1.5."]
    assert assumed(answer(storage=(yard(hours=None, capacity=None, assumed=("lon", "lat", "secure")),))) == [
        "Nobody said when yard is open: day and night.",
        "Nobody said how many vehicles fit into yard: all.",
        "Of yard: place and secure.",
    ]
    assert assumed(answer(storage=(yard(capacity=0),))) == []


def test_of_operators_only_those_at_work_need_hours_and_what_is_assumed_of_any_is_said() -> None:
    night = "Nobody said when crews work: day and night, without a break."
    assert assumed(answer(), operators=(operator(hours=None),)) == [night]
    assert assumed(answer(), operators=(operator(), operator(id="B", hours=None))) == []
    assert assumed(answer(), operators=(operator(id="B", assumed=("height_m", "rate")),)) == ["Of B: height m and rate."]


def test_escorts_are_assumed_where_a_truck_wants_one_and_nobody_said_how_many() -> None:
    wants = (truck(escort=True), truck())
    assert assumed(answer(escorts=None, trucks=wants)) == ["Nobody said how many escorts there are: one for each truck."]
    assert assumed(answer(escorts=None)) == []
    assert assumed(answer(escorts=2, trucks=wants), assumed=("escorts",)) == ["Escorts: 2."]
    with_one = (made(Tow, escort=None), made(Tow, escort=0))
    assert assumed(answer(tows=with_one)) == ["An escort needs 5 min from one vehicle to the next."]
    assert assumed(answer(tows=with_one[:1])) == []


def left(vehicle: str, number: int) -> Left:
    return Left(stretch=0, vehicle=vehicle, step=0, number=number, why="no_truck", says="No truck.")


def test_notes_name_what_is_left_and_who_has_conditions_or_withdrew() -> None:
    given = answer(not_towed=(left("car", 1), left("bus", 2), left("truck", 3)))
    when = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
    operators = (
        operator(conditions="by day"), operator(id="B", conditions="by night"), operator(id="C", withdrew=when),
    )  # fmt: skip
    assert list(notes_of(given, TowMeans(operators=operators), ["Of the streets."])) == [
        "Of the streets.",
        "1 car on Hill Street: No truck.",
        "2 buses on Hill Street: No truck.",
        "3 trucks on Hill Street: No truck.",
        "A tows only on its conditions: by day.",
        "C has withdrawn: its trucks start no tow that would end after that.",
        OWN,
    ]


START = datetime.fromisoformat("2022-02-17T08:00:00+13:00")


@pytest.mark.parametrize(
    ("fleets", "said"),
    [
        ({"light": {"since": START + timedelta(minutes=1)}}, ["A sends its 2 light trucks from Thu 17 Feb 08:01 on."]),
        ({"heavy": {"since": (START + timedelta(hours=20)).astimezone(UTC), "trucks": 1}},
         ["A sends its 1 heavy truck from Fri 18 Feb 04:00 on."]),
        ({"light": {"since": START}}, []), ({"light": {"since": START - timedelta(minutes=1)}}, []), ({"light": {}}, []),
        ({"light": {"since": START + timedelta(minutes=1), "trucks": 0}}, []),
        ({"light": {"since": START + timedelta(minutes=1), "willing": "no"}}, []),
        ({"light": {"since": START + timedelta(minutes=1), "willing": "unknown"}}, []),
    ],
)  # fmt: skip
def test_who_comes_only_later_is_noted(fleets: dict[str, Any], said: list[str]) -> None:
    one = operator(**{kind: Fleet(**({"trucks": 2, "willing": "yes"} | fields)) for kind, fields in fleets.items()})
    assert list(notes_of(answer(starts=START), TowMeans(operators=(one,)), ())) == [*said, OWN]
    assert list(notes_of(answer(), TowMeans(operators=(one,)), ())) == [OWN], "without a start nobody comes later"


def test_of_a_stretch_that_nobody_counted_it_is_said_beside_what_is_left_on_it() -> None:
    guess = (made(TowStretch, name="Hill Street", assumed=True), made(TowStretch, name="Bay Road"))
    other = Left(stretch=1, vehicle="van", step=0, number=2, why="no_truck", says="No truck.")
    given = answer(stretches=guess, not_towed=(left("car", 1), other))
    assert list(notes_of(given, TowMeans(), ()))[:2] == [
        "1 car on Hill Street (assumed): No truck.", "2 vans on Bay Road: No truck.",
    ]  # fmt: skip
    assert next(iter(summary_of(given))).startswith("3 vehicles (1 of 2 tallies assumed), 1 light truck: 0 towed, 3 left.")
    whole = answer(stretches=guess[:1], not_towed=(left("car", 1),))
    assert next(iter(summary_of(whole))).startswith("1 vehicle (1 of 1 tally assumed), 1 light truck: 0 towed, 1 left.")


def step(wish: str = "a lane", **fields: Any) -> Any:  # noqa: ANN401 - its fields
    said = {"vehicles": 2, "left": 0, "done_s": 5400, "at_least_s": 5400, "prices": (), "proven": True, "gap": 0.0}
    return made(TowStep, wish=wish, **(said | fields))


@pytest.mark.parametrize(
    ("trucks", "tows", "gone", "first"),
    [
        ((truck(), truck(gone=True), truck(kind="heavy", gone=True)), 2, (), "2 vehicles, 1 light truck: 2 towed."),
        ((truck(), truck(kind="heavy"), truck(kind="heavy")), 1, (left("car", 2),),
         "3 vehicles, 1 light truck and 2 heavy trucks: 1 towed, 2 left."),
        ((), 0, (left("car", 1),), "1 vehicle, no truck: 0 towed, 1 left."),
    ],
)  # fmt: skip
def test_the_summary_says_how_many_by_which_trucks(
    trucks: tuple[Any, ...], tows: int, gone: tuple[Left, ...], first: str
) -> None:
    given = answer(trucks=trucks, tows=(made(Tow),) * tows, not_towed=gone)
    assert list(summary_of(given)) == [f"{first} This holds only if nobody is in the way."]


def test_the_summary_says_of_each_step_when_it_is_done_and_how_sure_that_is() -> None:
    steps = (
        step(),
        step("the bus runs", vehicles=1, done_s=3660, at_least_s=3600, proven=False, gap=1 / 60),
        step("the rest", vehicles=1, left=2),
        step("nothing", vehicles=0, done_s=5400),
        step("none", vehicles=0, done_s=None),
    )
    assert list(summary_of(answer(steps=steps)))[1:] == [
        "A lane: 2 vehicles away after 1 h 30 min, proved: no schedule is sooner.",
        ("The bus runs: 1 vehicle away after 1 h 1 min, no schedule that does not hold up a step before it takes less than "
         "1 h; 1.7 % above that."),
        "The rest: not met, 2 vehicles of 3 nobody tows.",
        "Nothing: nothing more to tow for it.",
        "None: nothing more to tow for it.",
    ]  # fmt: skip
    at = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
    assert list(summary_of(answer(steps=steps[:1], starts=at)))[1:] == [
        "A lane: 2 vehicles away after 1 h 30 min (Thu 17 Feb 09:30), proved: no schedule is sooner."
    ]


def test_minutes_of_each_type_are_those_given_or_assumed() -> None:
    plain, given = TowMeans(), TowMeans(hook_minutes={"car": 1.25}, yard_minutes={"bus": 2.0})
    types = ("car", "van", "camper", "truck", "bus", "trailer")
    assert [plain.hook_s(one) for one in types] == [600, 600, 720, 1500, 1800, 720]
    assert [plain.yard_s(one) for one in types] == [300, 300, 360, 600, 600, 360]
    assert (given.hook_s("car"), given.hook_s("van"), given.yard_s("bus"), given.yard_s("car")) == (75, 600, 120, 300)


def test_as_many_trucks_as_can_be_and_one_more() -> None:
    fleets = [{"id": name, "light": {"trucks": MOST_TRUCKS // 2}, "heavy": {"trucks": 0}} for name in "AB"]
    assert len(means_of({"operators": fleets}).operators) == 2
    fleets[1]["heavy"] = {"trucks": 1}
    with pytest.raises(BadInput, match="There are 201 trucks; give 200 at most"):
        means_of({"operators": fleets})


def test_the_template_says_nothing_that_is_not_overwritten() -> None:
    found = means_of(template())
    assert [(one.id, one.capacity, one.hours, one.secure, one.release) for one in found.storage] == [
        ("yard 1", None, None, None, None)
    ]
    (one,) = found.operators
    assert (one.id, one.light, one.heavy) == ("operator A", Fleet(trucks=0), Fleet(trucks=0))
    assert not any((one.hours, one.storage, one.height_m, one.escort, one.rate, one.conditions, one.indemnity, one.withdrew))
    assert (found.escorts, found.hook_minutes, found.yard_minutes) == (None, {}, {})
