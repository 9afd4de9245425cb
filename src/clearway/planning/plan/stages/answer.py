"""The answer of a stage from its schedule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.plan.stages.contract import KitLine, KitNeed, Leg, MinuteOpen, StagePlan, Task, Used
from clearway.planning.plan.stages.means import CARRIES, LOAD_MINUTES, OURS, PLACE_MINUTES, pace_of
from clearway.record.place_words import words_of_place
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.planning.plan.stages.contract import Change
    from clearway.planning.plan.stages.ground import Ground
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.plan.stages.problem import Begun, Scene
    from clearway.planning.plan.stages.question import StageQuestion
    from clearway.planning.plan.stages.search import Found

REAL_MINUTES = 240
"""On 21 February 2022 eight places were closed in four hours at most, by some 300 staff (police.govt.nz)."""
_REAL_PLACES = 8
"""The places of that operation: only a stage of as many is compared with it."""
_DID = {"set_up": "shut", "shrink": "set or removed", "remove": "open again"}


class Outcome(NamedTuple):
    """A schedule, and the moment of its minute 0."""

    found: Found
    begins: datetime | None


def needs_of(scene: Scene, means: Means) -> tuple[KitNeed, ...]:
    """What a stage needs of each structure, and what is there."""
    needs = []
    for structure in scene.structures:
        needed = sum(job.pieces for job in scene.jobs if job.structure == structure and not job.removes)
        there = sum(
            kit.number for depot in means.depots for kit in depot.kit if kit.structure == structure and kit.owner != "missing"
        )
        if needed:
            needs.append(KitNeed(structure=structure, needed=needed, there=there, missing=max(needed - there, 0)))
    return tuple(needs)


def kit_missing(scene: Scene, means: Means) -> bool:
    """Whether pieces are needed that nobody has."""
    return any(one.missing for one in needs_of(scene, means))


def answered(
    question: StageQuestion, ground: Ground, scene: Scene, outcome: Outcome | None, changes: tuple[Change, ...]
) -> StagePlan:
    """The answer; without an outcome that kit is missing."""
    means = question.means
    needs = needs_of(scene, means)
    found, begins = outcome or (None, None)
    begun = found.begun if found else ()
    teller = _Teller(ground, means, begins)
    tasks = tuple(teller.task(number, one, scene) for number, one in enumerate(begun, 1))
    minutes = found.minutes if found else None
    return StagePlan(
        plan=question.plan.plan,
        version=question.plan.version,
        stage=question.stage,
        possible=found is not None,
        minutes=minutes,
        bound=found.bound if found else None,
        proven=found is not None and found.minutes == found.bound,
        bound_by=found.bound_by if found else "",
        begins=begins,
        done=teller.at(minutes) if minutes is not None else None,
        tasks=tasks,
        legs=tuple(sorted(teller.legs(begun), key=lambda leg: (leg.unit, leg.leaves))),
        open=tuple(_open_rows(ground, scene, begun, teller)) if found else (),
        turned=ground.trapped,
        kit=tuple(
            KitLine(
                structure=kit.structure,
                depot=depot.id,
                owner=kit.owner,
                source=kit.source,
                number=kit.number,
                assumed=kit.assumed or depot.assumed,
            )
            for depot in means.depots
            for kit in depot.kit
        ),
        needs=needs,
        inputs=tuple(used_inputs(ground, scene, means)),
        changes=changes,
        decides=_decides(changes),
        checked=False,
        refused=(),
        summary=tuple(_summary(question, needs, found, changes, ground.trapped)),
    )


class _Teller:
    """Puts indexes into ids and minutes into moments."""

    def __init__(self, ground: Ground, means: Means, begins: datetime | None) -> None:
        self._ground, self._begins = ground, begins
        self._units = [one.id for one in means.units()]
        self._kinds = ["crew"] * len(means.crews) + ["truck"] * len(means.trucks) + ["forklift"] * len(means.forklifts)
        self._names = dict(zip(ground.points.depots, ground.depot_ids, strict=True)) | {
            point: site.planned.id for point, site in zip(ground.stands, ground.sites, strict=True)
        }

    def at(self, minute: int) -> datetime | None:
        """The moment of a minute."""
        return None if self._begins is None else self._begins + timedelta(minutes=minute)

    def task(self, number: int, one: Begun, scene: Scene) -> Task:
        """One place."""
        job, choice = scene.jobs[one.choice.job], one.choice
        planned = self._ground.sites[job.barrier].planned
        lon, lat = self._ground.where(self._ground.stands[job.barrier])
        return Task(
            number=number,
            id=planned.id,
            where=words_of_place(planned.place),
            does="remove" if job.removes else "set",
            structure=job.structure,
            pieces=job.pieces,
            starts=one.starts,
            ends=one.ends,
            starts_at=self.at(one.starts),
            ends_at=self.at(one.ends),
            crew=self._units[choice.crew],
            truck=self._units[choice.truck] if choice.truck >= 0 else None,
            forklift=self._units[choice.forklift] if choice.forklift >= 0 else None,
            loads=one.loads if choice.truck >= 0 else 0,
            lon=lon,
            lat=lat,
            side=self._ground.side_words(job.barrier),
        )

    def legs(self, begun: Sequence[Begun]) -> Iterator[Leg]:
        """Every drive; who waits at its depot leaves it as late as it can."""
        seen: set[int] = set()
        for one in begun:
            arrives = {leg.unit: leg.arrives for leg in one.legs}
            for leg in one.legs:
                first = leg.unit in one.choice.units and leg.unit not in seen
                waits = one.starts - arrives[leg.unit] if first else 0
                yield Leg(
                    unit=self._units[leg.unit],
                    kind=self._kinds[leg.unit],
                    start=self._names[leg.start],
                    end=self._names[leg.end],
                    leaves=leg.leaves + waits,
                    arrives=leg.arrives + waits,
                    leaves_at=self.at(leg.leaves + waits),
                    loads=leg.loads,
                )
            seen.update(one.choice.units)


def _open_rows(ground: Ground, scene: Scene, begun: Sequence[Begun], teller: _Teller) -> Iterator[MinuteOpen]:
    """What is open, minute by minute where that changes."""
    times = {scene.jobs[one.choice.job].barrier: one for one in begun}
    for minute in sorted({0, *(one.starts for one in begun), *(one.ends for one in begun)}):
        state: dict[int, str] = {}
        runs = 0
        for at, site in enumerate(ground.sites):
            one = times.get(at)
            if one is None:
                state[at] = "shut" if site.stands_before else "open"
            elif one.starts <= minute < one.ends:
                state[at] = "working"
            else:
                state[at] = "shut" if (minute < one.starts) == site.stands_before else "open"
            opened = one.starts <= minute if one is not None and site.stands_before else state[at] == "open"
            runs |= opened << at
        leading = [
            at for at in range(len(ground.sites)) if runs >> at & 1 and any(flow.lets_in(at, runs) for flow in ground.traffic)
        ]
        names = {what: tuple(ground.sites[at].planned.id for at, is_ in state.items() if is_ == what) for what in
                 ("open", "working", "shut")}  # fmt: skip
        ways_in = tuple(ground.sites[at].planned.id for at in leading)
        yield MinuteOpen(minute=minute, at=teller.at(minute), ways_in=ways_in, **names)


def used_inputs(  # noqa: C901 - one input after another
    ground: Ground, scene: Scene, means: Means
) -> Iterator[Used]:
    """Every number that the times rest on."""
    for what, units in (("crews", means.crews), ("trucks", means.trucks), ("forklifts", means.forklifts)):
        assumed = any(one.assumed for one in units)
        yield Used(input=what, value=str(len(units)), unit="", assumed=assumed, source=OURS if assumed else "as given")
    for one in means.trucks:
        guessed = one.carries is None
        yield Used(
            input=f"{one.id} carries", value=str(one.carries or CARRIES), unit="pieces", assumed=guessed or one.assumed,
            source=OURS if guessed or one.assumed else "as given",
        )  # fmt: skip
    for unit in means.units():
        if unit.speed_kmh is not None:
            yield Used(
                input=f"{unit.id} drives at most", value=f"{unit.speed_kmh:g}", unit="km/h", assumed=unit.assumed,
                source=OURS if unit.assumed else "as given",
            )  # fmt: skip
    for structure in scene.structures:
        pace, guessed_of, source = pace_of(means, structure)
        called = structure.replace("_", " ")
        for name, what, unit_ in (
            ("minutes_each", f"a piece of {called} takes", "min"),
            ("metres_each", f"a piece of {called} shuts", "m of street"),
        ):
            yield Used(
                input=what, value=f"{getattr(pace, name):g}", unit=unit_, assumed=guessed_of[name],
                source=source if guessed_of[name] else "as given",
            )  # fmt: skip
        for name, what in (("lifted", "lifted by a forklift"), ("brought", "brought by a truck")):
            yield Used(
                input=f"a piece of {called} is {what}", value="yes" if getattr(pace, name) else "no", unit="",
                assumed=guessed_of[name], source=source if guessed_of[name] else "as given",
            )  # fmt: skip
    for name, what, assumed_value in (
        ("place_minutes", "work at a place besides its pieces", PLACE_MINUTES),
        ("load_minutes", "loading or unloading a truck", LOAD_MINUTES),
    ):
        told = getattr(means, name)
        yield Used(
            input=what, value=f"{assumed_value if told is None else told:g}", unit="min", assumed=told is None,
            source=OURS if told is None else "as given",
        )  # fmt: skip
    for depot in means.depots:
        yield Used(
            input=f"depot {depot.id}", value=str(depot.place), unit="", assumed=depot.assumed,
            source=OURS if depot.assumed else "as given",
        )  # fmt: skip
    if ground.map_ends_m() is not None:
        yield Used(
            input="streets that end at the edge of the data", value="go on there", unit="", assumed=True,
            source="the map: it marks where its data end though the street may go on",
        )  # fmt: skip
    guessed_width = sum(site.planned.id not in means.pieces and bool(site.does) for site in ground.sites)
    if guessed_width:
        yield Used(
            input="pieces of a barrier", value=counted(guessed_width, "barrier"), unit="", assumed=True,
            source="by the width of its street on the map, 7 m where the map has none",
        )  # fmt: skip


def _decides(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    best = changes[0]
    if best.saves <= 0:
        return "No single input decides: one unit more or less of any saves no minute."
    alike = [one.change for one in changes if one.saves == best.saves]
    proven = "" if all(one.proven for one in changes if one.saves == best.saves) else ", as far as was searched"
    if len(alike) == 1:
        return f"What decides is {best.input}: {best.change} saves {best.saves} min{proven}."
    return f"What decides: {listed(alike)} each save {best.saves} min{proven}."


def checker_words(bound: int, confirmed: int) -> str:
    """What the independent checker vouches for: the schedule always, the bound as far as its own reckoning goes."""
    follows = "The independent checker follows the schedule minute by minute"
    if confirmed >= bound:
        return f"{follows}, and proves the bound by its own reckoning."
    own = f"proves by its own reckoning that less than {confirmed} min is impossible; " if confirmed else ""
    return f"{follows}, and {own}that less than {bound} min is impossible rests on the search alone."


def _summary(
    question: StageQuestion, needs: Sequence[KitNeed], found: Found | None, changes: Sequence[Change], turned: Sequence[str]
) -> Iterator[str]:
    called = f"Plan '{question.plan.plan}', version {question.plan.version}"
    if found is None:
        short = listed(
            [f"{counted(one.missing, 'piece')} of {one.structure.replace('_', ' ')}" for one in needs if one.missing]
        )
        yield f"{called} cannot be set up: {short} are missing, and what is missing is not counted."
        yield "Say at which depot they are and from whom they are borrowed; then the minutes are worked out."
        return
    count = len(found.begun)
    places = counted(count, "place")
    yield f"{called}: {places} {_DID[question.stage]} {found.minutes} min after the start."
    if found.minutes == found.bound:
        yield f"No order and no other crews would be quicker, by {found.bound_by}."
    else:
        gap = found.minutes - found.bound
        yield (
            f"Less than {found.bound} min is proved impossible, by {found.bound_by}. "
            f"Whether the {gap} min between can be saved is open."
        )
    if decided := _decides(changes):
        yield decided
    yield "At no minute do vehicles come in that, by the signs, could not drive out again, and no crew is shut in."
    if turned and question.stage != "remove":
        yield (
            f"Whatever the order, by the signs nobody drives on from parts of {listed(turned)} once the barriers stand: turn "
            "traffic away farther out before the first one is begun."
        )
    if question.stage == "set_up" and count == _REAL_PLACES:
        compared = "within" if found.minutes <= REAL_MINUTES else "longer than"
        yield (
            f"That is {compared} the four hours that a real operation of eight places needed at most, with some 300 staff: "
            "most of them secured the machines and lifted nothing."
        )
