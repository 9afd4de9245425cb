"""Versions of plans in a record, on both databases: saved, adopted, withdrawn, nothing lost."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput, Conflict, NotFound
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.plan.contract import Check, PlanChecks
from clearway.planning.plan.document import plan_digest, plan_json, plan_of, read_plan, write_plan
from clearway.planning.plan.versions import (
    adopt,
    current_versions,
    save_version,
    saved_version,
    version_numbered,
    versions_of,
    withdraw,
)
from clearway.record.entry import now
from clearway.record.kinds.plans import PlanAdopted
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.source import Source
from plan_rings import DAYS, NOW
from rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.store import Store
    from plan_rings import Plans

PLANNER = Source(office="planner", organisation="Council")
COMMANDER = Source(office="commander", organisation="Police")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A record in each database."""
    address = str(tmp_path / "room.record") if request.param == "sqlite" else request.getfixturevalue("postgres")
    with closing(open_record(address)) as opened:
        yield opened


@pytest.fixture
def stream(request: pytest.FixtureRequest) -> str:
    """An operation of this test alone."""
    return "".join(sign if sign.isalnum() else "-" for sign in request.node.name.lower())[-60:].strip("-")


def save(store: Store, stream: str, plan: TrafficPlan) -> str:
    return save_version(store, stream, plan, PLANNER, now(), DAYS.zone).id


def checked(plan: TrafficPlan, *failed: str) -> PlanChecks:
    found = tuple(Check(name=name, ok=name not in failed, why="", source="") for name in ("seal", "contingencies"))
    return PlanChecks(
        plan=plan.plan,
        version=plan.version,
        sha256=plan_digest(plan),
        at=None,
        ok=not failed,
        checks=found,
        gaps=(),
        summary=(),
    )


def test_each_version_stays_in_the_record_and_the_same_is_saved_once(store: Store, stream: str, plans: Plans) -> None:
    first, second = plans(), plans(version=2, change="a gate in Row 2")
    assert save(store, stream, first) == save(store, stream, first)
    save(store, stream, second)
    found = [saved_version(one) for one in versions_of(store, stream, "tmp")]
    assert [(one.version, one.by, one.change, one.in_force) for one in found] == [
        (1, "planner, Council", None, False), (2, "planner, Council", "a gate in Row 2", False),
    ]  # fmt: skip
    assert [one.plan for one in versions_of(store, stream, "tmp")] == [first, second]


@pytest.mark.parametrize(("version", "wanted"), [(1, 2), (3, 2)])
def test_who_has_not_seen_the_last_version_is_told_and_nothing_is_written(
    store: Store, stream: str, plans: Plans, version: int, wanted: int
) -> None:
    save(store, stream, plans())
    before = store.version(stream)
    with pytest.raises(Conflict, match=rf"the next one is {wanted}\. Version 1 was saved .* by planner, Council\."):
        save(store, stream, plans(version=version, title="Another ring"))
    assert store.version(stream) == before


def test_the_first_version_is_one(store: Store, stream: str, plans: Plans) -> None:
    with pytest.raises(Conflict, match="The record has no version of it yet"):
        save(store, stream, plans(version=2))


def test_what_others_write_meanwhile_does_not_keep_a_plan_from_being_saved(
    store: Store, stream: str, plans: Plans, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, busy = store.version, iter(range(2))

    def interrupted(name: str) -> int:
        seen = real(name)
        if next(busy, None) is not None:
            store.append(name, [draft_of({"kind": "remark", "body": {"text": "Seen"}, "happened": "day 3"}, DAYS, now=NOW)])
        return seen

    monkeypatch.setattr(store, "version", interrupted)
    save(store, stream, plans())
    assert len(versions_of(store, stream, "tmp")) == 1
    assert real(stream) == 3


def test_a_plan_whose_checks_fail_is_adopted_with_a_reason_alone_and_both_stand_in_the_record(
    store: Store, stream: str, plans: Plans
) -> None:
    plan = plans()
    save(store, stream, plan)
    before = store.version(stream)
    with pytest.raises(BadInput, match="is not adopted: seal and contingencies fail"):
        adopt(store, stream, checked(plan, "seal", "contingencies"), COMMANDER, now())
    assert store.version(stream) == before
    entry = adopt(store, stream, checked(plan, "seal"), COMMANDER, now(), override="blocks arrive at four")
    assert isinstance(entry.draft.body, PlanAdopted)
    assert (entry.draft.body.failed, entry.draft.body.override) == (("seal",), "blocks arrive at four")
    assert entry.draft.body.sha256 == plan_digest(plan)


def test_a_reason_that_nobody_needs_does_not_stand_there(store: Store, stream: str, plans: Plans) -> None:
    save(store, stream, plans())
    entry = adopt(store, stream, checked(plans()), COMMANDER, now(), override="just in case")
    assert isinstance(entry.draft.body, PlanAdopted)
    assert (entry.draft.body.failed, entry.draft.body.override) == ((), None)


def test_only_what_was_checked_is_adopted_and_by_an_office(store: Store, stream: str, plans: Plans) -> None:
    save(store, stream, plans())
    with pytest.raises(BadInput, match="What was checked is not version 1"):
        adopt(store, stream, checked(plans(title="Another ring")), COMMANDER, now())
    with pytest.raises(BadInput, match="Nobody adopts a plan without an office"):
        adopt(store, stream, checked(plans()), Source(), now())
    with pytest.raises(NotFound, match="no version 2"):
        adopt(store, stream, checked(plans(version=2)), COMMANDER, now())


def holding(store: Store, stream: str) -> list[int]:
    return [one.plan.version for one in versions_of(store, stream) if one.adopted]


def test_the_version_adopted_last_is_in_force_an_earlier_one_too_and_withdrawing_leaves_none(
    store: Store, stream: str, plans: Plans
) -> None:
    first, second = plans(), plans(version=2, title="Smaller")
    save(store, stream, first)
    save(store, stream, second)
    for plan in (first, second, first):
        adopt(store, stream, checked(plan), COMMANDER, now())
        assert holding(store, stream) == [plan.version]
    with pytest.raises(BadInput, match="Version 2 of plan 'tmp' is not in force"):
        withdraw(store, stream, "tmp", "over", COMMANDER, now(), version=2)
    withdraw(store, stream, "tmp", "the crowd has left", COMMANDER, now())
    assert holding(store, stream) == []
    with pytest.raises(BadInput, match="No version of plan 'tmp' is in force"):
        withdraw(store, stream, "tmp", "over", COMMANDER, now())
    adopt(store, stream, checked(second), COMMANDER, now())
    assert holding(store, stream) == [2]


def test_whatever_happened_to_a_plan_it_can_be_closed_and_begun_again(tmp_path: Path, plans: Plans) -> None:
    """Random histories of two plans: what is in force can always be withdrawn, nothing else can, and the next version saved."""
    with closing(open_record(str(tmp_path / "room.record"))) as store:
        for number, dice in enumerate(rounds(12)):
            stream, holds, last = (
                f"history-{number}",
                dict[str, int | None](tmp=None, march=None),
                dict[str, int](tmp=0, march=0),
            )
            for _ in range(8):
                name = dice.choice(["tmp", "march"])
                act = dice.choice(["save", "adopt", "override", "withdraw"])
                if act == "save" or not last[name]:
                    last[name] += 1
                    save(store, stream, plans(plan=name, version=last[name], change=f"change {last[name]}"))
                elif act == "withdraw":
                    _closed(store, stream, name, holds)
                else:
                    version = version_numbered(versions_of(store, stream, name), dice.randint(1, last[name]))
                    failed = ("seal",) if act == "override" else ()
                    adopt(
                        store, stream, checked(version.plan, *failed), COMMANDER, now(), override="tonight" if failed else None
                    )
                    holds[name] = version.plan.version
                found = {one.plan.plan: one.plan.version for one in versions_of(store, stream) if one.adopted}
                assert found == {plan: version for plan, version in holds.items() if version is not None}
            for name in holds:
                if last[name]:
                    _closed(store, stream, name, holds)
            assert not any(one.adopted for one in versions_of(store, stream))


def _closed(store: Store, stream: str, name: str, holds: dict[str, int | None]) -> None:
    """Withdraw what is in force; where nothing is, a sentence says so and nothing is written."""
    if holds[name] is None:
        with pytest.raises(BadInput, match="nothing to withdraw"):
            withdraw(store, stream, name, "over", COMMANDER, now())
    else:
        withdraw(store, stream, name, "over", COMMANDER, now(), version=holds[name])
    holds[name] = None


def test_the_picture_says_which_version_holds_until_it_is_withdrawn(store: Store, stream: str, plans: Plans) -> None:
    save(store, stream, plans())
    adopt(store, stream, checked(plans()), COMMANDER, now())

    def adopted() -> list[str]:
        moment = now()
        picture = picture_of(store, PictureIndex(), stream, Moments(moment, moment))
        return [fact.says for fact in picture.states if fact.kind == "plan_adopted"]

    assert adopted() == ["Commander, Police adopted version 1 of plan 'tmp'"]
    withdraw(store, stream, "tmp", "over", COMMANDER, now())
    assert adopted() == []


def test_two_plans_of_one_operation_do_not_touch_each_other(store: Store, stream: str, plans: Plans) -> None:
    ring, march = plans(), plans(plan="march", title="March")
    save(store, stream, ring)
    save(store, stream, march)
    adopt(store, stream, checked(ring), COMMANDER, now())
    withdrawn = adopt(store, stream, checked(march), COMMANDER, now())
    withdraw(store, stream, "march", "rain", COMMANDER, now())
    assert [(one.plan.plan, one.adopted is not None) for one in versions_of(store, stream)] == [("tmp", True), ("march", False)]
    assert withdrawn.draft.body.kind == "plan_adopted"
    with pytest.raises(NotFound, match=r"The record has no plan 'parade'\. It has march and tmp\."):
        versions_of(store, stream, "parade")
    with pytest.raises(NotFound, match=r"Plan 'march' was saved only later\. Ask by what is known now"):
        versions_of(store, stream, "march", known_at=now() - timedelta(days=1))


def test_a_plan_is_the_same_from_a_file_and_from_the_record(store: Store, stream: str, plans: Plans, tmp_path: Path) -> None:
    plan = plans(passages=[{"who": "residents", "may": "enter", "starts": "day 14 3:30"}], attendance="about 300")
    write_plan(tmp_path / "plan.json", plan)
    assert read_plan(tmp_path / "plan.json", DAYS, NOW) == plan
    save(store, stream, plan)
    again = plan_of(plan_json(versions_of(store, stream, "tmp")[0].plan), DAYS, NOW)
    assert plan_digest(again) == plan_digest(plan)


def test_the_digest_tells_plans_apart_and_not_files(plans: Plans) -> None:
    assert plan_digest(plans()) == plan_digest(plans())
    assert plan_digest(plans()) != plan_digest(plans(title="Another"))
    assert plan_digest(plans(starts="day 3 10:00")) == plan_digest(plans(starts="day 3 10:00"))
    assert plan_digest(plans(starts="day 3 10:00")) != plan_digest(plans(starts="day 3 10:01"))


def test_of_each_plan_the_one_in_force_is_current_and_the_last_where_none_is(store: Store, stream: str, plans: Plans) -> None:
    for name, title, number in (("b", "First", 1), ("a", "Only", 1), ("b", "Second", 2)):
        save(store, stream, plans().model_copy(update={"plan": name, "title": title, "version": number}))
    assert [(one.plan.plan, one.plan.title) for one in current_versions(store, stream)] == [("a", "Only"), ("b", "Second")]
    assert current_versions(store, "another") == []
