"""Options side by side, as the page asks for them: on the network that an operation plays on, at the moment looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.cache import Cache
from clearway.errors import BadInput
from clearway.planning.options.compare import act_words, compare
from clearway.planning.options.document import refuse_twins
from clearway.planning.options.ground import OptionGround, Traffic, standing_of
from clearway.planning.options.option import LADDER
from clearway.planning.options.order import in_order
from clearway.planning.options.preparing import prepare
from clearway.planning.options.triggers import triggers_of
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.plan.versions import versions_of
from clearway.planning.reading import Reading
from clearway.planning.vehicles.record_tally import record_tallies
from clearway.planning.vehicles.tally import read_tally
from clearway.record.operations import spot_of
from clearway.server.desks.buses.desk import BusDesk
from clearway.server.desks.decide.brought import BroughtBeside, Room, base_name, brought, needs_of
from clearway.server.desks.decide.models import FileFault, OptionNeeds, OptionSeen, OptionsSeen
from clearway.server.desks.picture.desk import PictureDesk
from clearway.server.desks.plan.desk import planner_of
from clearway.server.desks.plans.ground import PlanGround
from clearway.server.desks.traffic.desk import traffic_of
from clearway.server.desks.vehicles.means import MeansDesk
from clearway.server.desks.vehicles.moving import without_names
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.picture.view import Moments
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.options.contract import Comparison
    from clearway.planning.options.option import Option
    from clearway.planning.options.trigger_contract import Triggers
    from clearway.planning.vehicles.tally import Stretch
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.server.desks.decide.brought import Brought
    from clearway.server.desks.decide.models import CompareAsked, FileGiven, OptionFiles
    from clearway.server.networks import ServedNetwork
    from clearway.server.operations import ServedOperation

_CACHED_GROUNDS = 4
_CACHED_TABLES = 16
_READ_SHARE = 0.1
"""Of the work, until all is read that options name."""


class _Ground(NamedTuple):
    """What options are held against, and what is to be known of it."""

    ground: OptionGround
    notes: tuple[str, ...]


class OptionsDesk:
    """Options of one operation, as the people who are answered may see it. Its jobs run one after the other.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self._operation = operation
        self._grounds: Cache[_Ground] = Cache(_CACHED_GROUNDS)
        self._tables: Cache[Comparison] = Cache(_CACHED_TABLES)

    @property
    def network(self) -> ServedNetwork:
        """The network that the operation plays on.

        Raises:
            BadInput: it plays on none.
        """
        return self._operation.streets("nobody can say what options do to its streets")

    def seen(self, given: OptionFiles, when: Moments) -> OptionsSeen:
        """What files hold, and what is wrong with each that cannot be used. Nothing is computed."""
        found = brought(given.files)
        files, options = list(found.options), list(found.options.values())
        plans = {one.plan.plan for one in versions_of(self._operation.store, self._operation.name, known_at=when.known_at)}
        shown = [
            OptionSeen(
                file=files[at],
                id=options[at].id,
                title=options[at].title,
                rung=LADDER[options[at].rungs[0]],
                does=list(map(act_words, options[at].does)),
                needs=list(self._needs(options[at], found, plans)),
            )
            for at in in_order(options)
        ]
        faults = [
            FileFault(file=name, says=f"{error.problem[:1].upper()}{error.problem[1:]}. {error.remedy}")
            for name, error in found.faults.items()
        ]
        faults += [
            FileFault(file=name, says="This file lists nothing to do, and no option uses it. Leave it out.")
            for name in found.unused
        ]
        beside = [name for name in found.beside if name not in found.unused]
        return OptionsSeen(options=shown, beside=beside, faults=faults, says=_seen_words(options, found))

    def _needs(self, option: Option, found: Brought, plans: set[str]) -> Iterator[OptionNeeds]:
        """What an option names, and where that comes from."""
        sources = self.network.sources
        for name, what in needs_of(option):
            file = base_name(name)
            if file in found.beside:
                yield OptionNeeds(name=name, what=what, found="brought", says=f"{file}, chosen with it")
            elif what == "plan" and name in plans:
                yield OptionNeeds(name=name, what=what, found="record", says=f"the plan {name} of the record")
            elif (what == "crews" and sources.means) or (what == "towing" and sources.towing):
                held = "crews and depots" if what == "crews" else "operators and storage"
                yield OptionNeeds(
                    name=name, what=what, found="room", says=f"{file} was not chosen: the {held} of this room count"
                )
            else:
                yield OptionNeeds(
                    name=name, what=what, found="missing", says=f"{name} is missing: choose it together with the option"
                )

    def compared(self, asked: CompareAsked, when: Moments, tell: Tell) -> Comparison:
        """Options side by side; the same question of the same record is answered from memory.

        Raises:
            BadInput: there are fewer than two options, two share an id, a file cannot be used or is missing, or one cites an
                entry that nobody had by then.
            UnknownName: one needs a power that nobody knows.
            BadTraffic, BadGeometry, Infeasible: as the desks' own functions.
            Stopped: somebody cancelled.
        """
        with self._operation.index() as index:
            key = when.at, when.known_at, when.knowledge, index.seq
        return self._tables.of((*key, asked.model_dump_json()), lambda: self._made(asked, when, key, tell))

    def triggers(self, files: Sequence[FileGiven], when: Moments) -> Triggers:
        """Thresholds of what decisions expect and of the criteria of options, and minutes that are missing.

        Raises:
            BadInput: a place of a criterion cannot be read.
        """
        operation, options = self._operation, brought(files).options.values()
        return triggers_of(Reading(operation.store, operation.name, when, operation.calendar()), options)

    def _made(self, asked: CompareAsked, when: Moments, key: tuple[object, ...], tell: Tell) -> Comparison:
        found = brought(asked.files)
        if error := next(iter(found.faults.values()), None):
            raise error
        options = list(found.options.values())
        _refuse_one(options)
        refuse_twins(options)
        held = self._grounds.of((*key, asked.traffic and asked.hour), lambda: self._ground(asked, when, tell))
        beside = BroughtBeside(found.beside, self._room(when))
        given = []
        for one in options:
            tell(f"{one.title}: reading what it names", _READ_SHARE)
            given.append(prepare(one, held.ground, beside))
        operation = self._operation
        return compare(
            given,
            held.ground,
            jurisdiction=read_jurisdiction(),
            reading=Reading(operation.store, operation.name, when, operation.calendar()),
            notes=(*held.notes, *beside.instead.values()),
            tell=lambda doing, share: tell(doing, _READ_SHARE + (1 - _READ_SHARE) * share),
        )

    def _room(self, when: Moments) -> Room:
        operation = self._operation

        def towing() -> TowMeans | None:
            known = operation.desk(MeansDesk).towing(when).means
            return without_names(known) if known.operators else None

        return Room(operation.store, operation.name, when.known_at, operation.calendar(), self.network.sources.means, towing)

    def _ground(self, asked: CompareAsked, when: Moments, tell: Tell) -> _Ground:
        """The streets as the record leaves them at the moment."""
        tell("Reading the record", 0.0)
        served, operation = self.network, self._operation
        gazetteer, zone = served.gazetteer, operation.calendar().zone
        states = operation.desk(PictureDesk).picture(when, bands=False).states
        standing = standing_of(states, spot_of(operation.store, operation.name), gazetteer)
        tallies = record_tallies(states, gazetteer, zone)
        taken = {way for one in tallies.counted for way in one.stretch.ways}
        file = served.sources.tally
        others = [one for one in read_tally(file, gazetteer) if not taken & set(one.ways)] if file else []
        stretches: list[Stretch] = [*tallies.stretches, *others]
        notes = [*tallies.left_out, *tallies.notes, *standing.notes]
        if others:
            of_file = counted(len(others), "stretch", "stretches")
            notes.append(f"Of {of_file} the vehicles are those of this server's file: the record has no tally of them.")
        if not stretches:
            notes.append("Nobody has counted vehicles on any stretch: those in the carriageway are not counted.")
        helping = served.desk(PlanGround).helping(None)
        buses = served.desk(BusDesk).day(tell) if served.sources.timetable else None
        trips = Traffic(served.desk(traffic_of).opened(tell), asked.hour) if asked.traffic else None
        ground = OptionGround(
            gazetteer, helping.services, stretches, standing.closures, buses,
            tuple(dict.fromkeys(sentence for one in stretches for sentence in one.assumed)), standing.entries,
            tuple(one.entry for one in tallies.counted), served.desk(planner_of).timer, trips,
        )  # fmt: skip
        return _Ground(ground, tuple(notes))


def _refuse_one(options: list[Option]) -> None:
    """Refuse what is no choice, in the page's words.

    Raises:
        BadInput: there are fewer than two options.
    """
    if len(options) < 2:  # noqa: PLR2004 - one option is no choice
        raise BadInput("There is nothing to choose from. Choose the files of two options or more; waiting is one.")


def _seen_words(options: list[Option], found: Brought) -> str:
    """What was brought in, in a sentence."""
    if not options:
        return "No file holds an option that can be used."
    said = [counted(len(options), "option")]
    if bad := len(found.faults) + len(found.unused):
        said.append(f"{counted(bad, 'file')} that cannot be used")
    return f"{listed(said)}."
