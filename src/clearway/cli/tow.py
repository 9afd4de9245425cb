"""``clearway vehicles tow``: a schedule of tow trucks, what would change it, and its check."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError

from clearway.cli.options.closures import Shut
from clearway.cli.options.means import MeansSource
from clearway.cli.options.named_plan import has_record
from clearway.cli.options.towing import StorageSpot
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.options.values import Moment, VehicleSize
from clearway.cli.progress import Progress
from clearway.cli.text.towing import towed_lines
from clearway.cli.text.verdict import tell_verdict
from clearway.errors import BadFile, BadInput
from clearway.files import writing_bytes
from clearway.network.store import load_network
from clearway.planning.access.planner.vehicles import Vehicle
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.contract import Cleared
from clearway.planning.vehicles.tally import read_tally
from clearway.planning.vehicles.towing.board import from_here, read_board
from clearway.planning.vehicles.towing.check import check_towed
from clearway.planning.vehicles.towing.document import REMEDY, read_schedule
from clearway.planning.vehicles.towing.fees import caps_text, our_caps, read_caps
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import spread, wanted_of
from clearway.planning.vehicles.towing.means import Fleet, Operator, StoragePlace, TowMeans, read_means, template
from clearway.planning.vehicles.towing.orders import order_of
from clearway.planning.vehicles.towing.planning import towed
from clearway.planning.vehicles.towing.release import for_all
from clearway.planning.vehicles.towing.schedule import LIMIT_S
from clearway.planning.vehicles.towing.what_if import change_of, changed, what_if
from clearway.words import listed

if TYPE_CHECKING:
    from clearway.planning.vehicles.tally import Stretch
    from clearway.planning.vehicles.towing.contract import Towed

_STAIRCASE_REMEDY = "Give the JSON that 'clearway vehicles clear --json' prints."
_NO_STORAGE = (
    "There is no storage: nobody said where vehicles are towed to. Give a place with --store LON,LAT, or write it to the "
    "record as 'storage_place' and name the record with --record."
)
_NO_TRUCKS = (
    "Nobody said who tows. Give --trucks NUMBER, or operators with --means MEANS.json, or write their answers to the record as "
    "'tow_operator' and name it with --record."
)
_WHAT_IF_S = 3.0
"""Seconds of looking for a better schedule of each other case: they are compared, not driven."""


@option_class
class ToTow(MeansSource):
    """What is to be towed."""

    staircase: Path | None = option(
        "--staircase", help="The JSON of 'vehicles clear': its steps are what is towed first.  [default: all in one step]"
    )
    vehicles: int | None = option(
        "--vehicles", type=click.IntRange(1, 2000), metavar="NUMBER",
        help="Without a tally: so many cars, spread over the occupied streets of --cordon.",
    )  # fmt: skip

    def stretches(self, gazetteer: Gazetteer, shut: Shut, at: datetime | None) -> tuple[list[Stretch], tuple[str, ...]]:
        """Where they stand, and what else is to be known of them.

        Raises:
            BadInput: nobody said, or said it twice.
            BadFile, UnknownName: a file cannot be used.
        """
        nobody = self.tally is None and self.vehicles is None and not has_record(self)
        if nobody or (self.tally is not None and self.vehicles is not None):
            raise BadInput("Say what is to be towed: give --tally TALLY.csv, or --vehicles NUMBER with --cordon CORDON.json.")
        if self.vehicles is None:
            return self.read(gazetteer, at)
        roads = gazetteer.network
        occupied = shut.occupied(roads)
        if self.staircase is not None or occupied is None or self.vehicles is None:
            raise BadInput(
                "Nobody can say where the vehicles stand. Give a cordon that says which streets are occupied with --cordon "
                "CORDON.json, or a tally with --tally TALLY.csv."
            )
        return spread(roads, [one.way for one in occupied.streets], self.vehicles), ()


@option_class
class TowWith:
    """Who tows, and to where."""

    means: Path | None = option(
        "--means", help="Operators and storage places as JSON; 'vehicles means' prints one.  [default: those of the record]"
    )
    trucks: int | None = option("--trucks", type=click.IntRange(0, 200), metavar="NUMBER", help="So many light trucks.")
    heavy: int | None = option("--heavy", type=click.IntRange(0, 200), metavar="NUMBER", help="So many heavy trucks.")
    size: tuple[tuple[str, Vehicle], ...] = option(
        "--truck-size", type=VehicleSize(), metavar="SIZE", multiple=True, default=(),
        help="Size of --trucks and --heavy: height=3.5,weight=14.  [default: as the class 'service']",
    )  # fmt: skip
    store: tuple[StoragePlace, ...] = option(
        "--store", "--storage", type=StorageSpot(), multiple=True, default=(),
        help="A storage place: LON,LAT,capacity=200,hours=07:00-19:00. May be repeated.",
    )  # fmt: skip
    escorts: int | None = option(
        "--escorts", type=click.IntRange(0, 200), metavar="NUMBER", help="Each tow needs an escort, and there are so many."
    )

    def all(self, recorded: TowMeans, beside: tuple[str, ...] = ()) -> TowMeans:
        """All of it; what is typed stands in the place of what the record has.

        Args:
            recorded: What the record has.
            beside: What else is to be known of the record where it has too little.

        Raises:
            BadInput: trucks are given twice, or none.
            BadFile: the file cannot be used.
        """
        means = read_means(self.means) if self.means else recorded
        if self.store and not self.means:
            means = means.model_copy(update={"storage": ()})
        if self.trucks is not None or self.heavy is not None:
            if self.means and means.operators:
                raise BadInput("Trucks are given by --means already. Leave out --trucks and --heavy, or ask with --what-if.")
            own = Operator(
                id="operator",
                light=Fleet(trucks=self.trucks or 0, willing="yes"),
                heavy=Fleet(trucks=self.heavy or 0, willing="yes"),
                escort=self.escorts is not None,
                **self._size(),
            )
            means = means.model_copy(update={"operators": (own,)})
        elif not means.operators and not self.means:
            raise BadInput(" ".join((_NO_TRUCKS, *beside)))
        escorts = means.escorts if self.escorts is None else self.escorts
        return means.model_copy(update={"storage": (*means.storage, *self.store), "escorts": escorts})

    def typed_beside(self, record: MeansSource) -> tuple[str, ...]:
        """That what is typed counts and the record does not, in a sentence; none without a record, or where a file is given."""
        if self.means or not has_record(record):
            return ()
        typed = [
            *(("storage places",) if self.store else ()),
            *(("operators",) if self.trucks is not None or self.heavy is not None else ()),
        ]
        what = listed(typed)
        return (f"The {what} are those that were typed. What the record says of {what} is left aside.",) if typed else ()

    @property
    def is_incomplete(self) -> bool:
        """Whether trucks or storage are left to the record."""
        return not self.means and (not self.store or (self.trucks is None and self.heavy is None))

    def _size(self) -> dict[str, float | None]:
        if not self.size:
            return {}
        given = self.size[-1][1]
        return {"height_m": given.height_m, "width_m": given.width_m, "weight_t": given.weight_t, "length_m": given.length_m}


@option_class
class Asked:
    """When, by whom, and what else."""

    starts: datetime | None = option(
        "--from", type=Moment(), help="When towing starts, as 2022-02-17T07:00+13:00; needed with hours."
    )
    row: str | None = option("--row", metavar="ROW", help="Power to tow: a row of 'clearway plan jurisdiction'.")
    by: str | None = option("--by", metavar="WHO", help="Whose power it is; who orders.")
    jurisdiction: Path | None = option("--jurisdiction", help="CSV of powers and their limits.  [default: New Zealand's]")
    fee_caps: Path | None = option(
        "--fee-caps", help="CSV of what may be charged at most.  [default: New Zealand's, which 'vehicles fee-caps' prints]"
    )
    what_if: tuple[str, ...] = option(
        "--what-if", metavar="CHANGE", multiple=True,
        help="Also with other means: trucks=5; lost=60 (minutes); 'without=operator A'. May be repeated.",
    )  # fmt: skip
    after: Path | None = option(
        "--after", help="The JSON of a schedule that is being worked off; needs --board, and --from is now."
    )
    board: Path | None = option("--board", help="CSV of its tows: tow,state (done, failed or under_way).")
    limit_s: float = option(
        "--limit",
        type=click.FloatRange(0.1),
        default=LIMIT_S,
        show_default=True,
        help="Seconds of looking for a better schedule.",
    )
    as_json: bool = option("--json", help="Print JSON.")


@option_class
class Papers:
    """What is written besides."""

    sheet: Path | None = option("--sheet", help="Write the tow sheet as PDF; needs --row and --by.")
    notices: Path | None = option(
        "--notices", help="Write notices to drivers as PDF, one for each stretch; needs --row and --by."
    )
    csv: Path | None = option("--csv", help="Write the tows as CSV.")
    call: str | None = option("--call", metavar="WORDS", help="Whom drivers call, for the notices.")
    public: bool = option("--public", help="Name no operator in JSON and CSV: for what goes out. Papers never do.")

    def write(self, answer: Towed) -> None:
        """Write them.

        Raises:
            BadInput: the tows are not ordered.
            BadFile: a file cannot be written.
        """
        if self.sheet is None and self.notices is None and self.csv is None:
            return
        from clearway.publish.vehicles.papers import as_pdf, notices, tow_sheet, tows_csv  # noqa: PLC0415 - takes a moment

        sheet = as_pdf(tow_sheet(answer)) if self.sheet else b""
        to_drivers = as_pdf(notices(answer, call=self.call)) if self.notices else b""
        table = tows_csv(answer, public=self.public).encode() if self.csv else b""
        for path, content in ((self.sheet, sheet), (self.notices, to_drivers), (self.csv, table)):
            if path is not None:
                with writing_bytes(path) as file:
                    file.write(content)


@click.command()
@click.option("--network", type=FILE, required=True, help="Road network.")
@takes(ToTow, "to_tow")
@takes(TowWith, "tow_with")
@takes(Shut, "shut")
@takes(Asked, "asked")
@takes(Papers, "papers")
def tow(network: Path, to_tow: ToTow, tow_with: TowWith, shut: Shut, asked: Asked, papers: Papers) -> None:
    """Schedule tow trucks: least time until each wish is met, the first wish first, with proof or the gap.

    Nothing is ordered by it: that takes a power (--row) and whose it is (--by). Every schedule is checked by code that shares
    nothing with what made it, before it is printed; check its JSON again with 'clearway vehicles check-tow'.
    """
    if (asked.after is None) != (asked.board is None):
        raise BadInput("A schedule goes on from where it stands: give --after SCHEDULE.json and --board BOARD.csv together.")
    changes = [change_of(one) for one in asked.what_if]
    order = order_of(asked.row, asked.by, read_jurisdiction(asked.jurisdiction))
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        gazetteer, at = Gazetteer(roads), shut.moment or asked.starts
        recorded, told, zone = to_tow.towing(gazetteer, at) if tow_with.is_incomplete else (TowMeans(), (), None)
        starts = asked.starts and asked.starts.astimezone(zone) if zone else asked.starts
        unused = tuple(one for one in told if " is left out: " in one)
        beside = (*unused, *to_tow.hindsight(at)) if tow_with.is_incomplete else ()
        means = tow_with.all(recorded, beside)
        if not means.storage:
            raise BadInput(" ".join((_NO_STORAGE, *beside)))
        stretches, notes = to_tow.stretches(gazetteer, shut, at)
        wanted = wanted_of(stretches, means, _staircase(to_tow.staircase))
        closures = tuple(
            one for one in shut.all(roads) if one.holds("service", shut.moment) or one.delays("service", shut.moment)
        )
        caps = read_caps(asked.fee_caps) if asked.fee_caps else our_caps()
        question = TowQuestion(wanted, means, closures, starts, order, caps=caps)
        if asked.after and asked.board:
            before = read_schedule(asked.after)
            question = from_here(question, before, read_board(asked.board, before))
        progress.tell("Scheduling trucks")
        answer = towed(roads, question, limit_s=asked.limit_s)
        cases = []
        for change in changes:
            progress.tell(f"What if {change.label}")
            cases.append(what_if(change, towed(roads, changed(question, change), limit_s=min(asked.limit_s, _WHAT_IF_S))))
        aside = (*to_tow.beside(tow_with.means, "operators and storage places"), *tow_with.typed_beside(to_tow))
        answer = answer.model_copy(update={"what_if": tuple(cases), "notes": (*answer.notes, *aside, *notes)})
    papers.write(answer)
    answer = for_all(answer) if papers.public else answer.model_copy(update={"notes": (*answer.notes, *told)})
    click.echo(json.dumps(answer.as_json()) if asked.as_json else "\n".join(towed_lines(answer)))


@click.command("check-tow")
@click.argument("answer", type=FILE)
@click.argument("network", type=FILE)
@click.option("--tally", type=FILE, help="The CSV that the schedule was made of.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check_tow(answer: Path, network: Path, tally: Path | None, *, as_json: bool) -> None:
    """Check a schedule of 'vehicles tow', by code that shares nothing with what made it."""
    document = read_json(answer, REMEDY)
    roads = load_network(network)
    holds, fails = check_towed(roads, document, read_tally(tally, Gazetteer(roads)) if tally else None)
    tell_verdict(holds, fails, as_json=as_json)


@click.command()
def means() -> None:
    """Print an example of operators and storage places, to be filled in."""
    click.echo(json.dumps(template(), indent=1))


@click.command("fee-caps")
def fee_caps() -> None:
    """Print what may be charged at most for a tow, a release and a day of storage, as CSV with the source of each."""
    click.echo(caps_text(), nl=False)


def _staircase(path: Path | None) -> Cleared | None:
    try:
        return Cleared.model_validate(read_json(path, _STAIRCASE_REMEDY)) if path else None
    except ValidationError as error:
        raise BadFile(path or "", "does not hold a staircase, or is damaged", _STAIRCASE_REMEDY) from error
