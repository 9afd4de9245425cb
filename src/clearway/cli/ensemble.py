"""``clearway decide ensemble``: options times scenarios."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from clearway.cli.options.option_ground import OptionStreets, option_ground, prepared
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress, stoppable
from clearway.cli.text.ensemble import ensemble_lines
from clearway.demo.wellington import bundled
from clearway.errors import TooLong
from clearway.planning.options.document import read_option, refuse_twins
from clearway.planning.options.ensemble.document import read_scenarios
from clearway.planning.options.ensemble.ensemble import Case
from clearway.planning.options.ensemble.ensemble import ensemble as run_ensemble
from clearway.planning.traffic.impact.running import OnDask, RunFile, Threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.cli.progress import Tell
    from clearway.planning.options.ensemble.contract import Ensemble


@option_class
class Runs:
    """How many runs, where, and what is kept of them."""

    scenarios: Path = option("--scenarios", required=True, help="What may come otherwise, as JSON.")
    count: int = option(
        "--count", type=click.IntRange(1, 10_000), default=200, show_default=True,
        help="Scenarios; with fewer than 200 nothing is said to differ.",
    )  # fmt: skip
    seed: int = option(
        "--seed", type=click.IntRange(0), default=1, show_default=True, help="Of all draws: the same cases again."
    )
    repeats: int = option(
        "--repeats", type=click.IntRange(0, 50), default=0, show_default=True,
        help="Ask again so often with new seeds, to see whether the order holds; each costs as many runs.",
    )  # fmt: skip
    minutes: float | None = option(
        "--limit", type=click.FloatRange(0, min_open=True), metavar="MINUTES",
        help="Stop after this time; with --keep the same command goes on.",
    )  # fmt: skip
    run_limit: float | None = option(
        "--run-limit", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
        help="How long to wait for one run. One that takes longer is listed as not finished, and its scenario counts for no "
        "option; its computation goes on beside the next ones until the command ends.",
    )  # fmt: skip
    workers: int = option(
        "--workers", type=click.IntRange(0, 64), default=0, show_default=True,
        help="Processes of a Dask cluster of this machine; 0: threads of this process.",
    )  # fmt: skip
    dask: str | None = option("--dask", metavar="ADDRESS", help="A Dask scheduler, such as tcp://10.0.0.5:8786.")
    keep: Path | None = option("--keep", help="File that stores each run as it comes: stop, and go on with the same command.")
    as_json: bool = option("--json", help="Print the answer as JSON.")

    def place(self) -> Threads | OnDask:
        """Where runs are done."""
        return OnDask(self.dask, self.workers) if self.dask or self.workers else Threads()

    def watching(self, tell: Tell) -> Callable[[int, int], None]:
        """Tells how many runs are done, and stops once the time is over."""
        ends = None if self.minutes is None else monotonic() + 60 * self.minutes

        def told(done: int, of: int) -> None:
            if ends is not None and done < of and monotonic() >= ends:
                remedy = "Run the same command again to go on." if self.keep else "Give --keep FILE to store runs as they come."
                raise TooLong(f"The time of --limit is over with {done} of {of} runs done. {remedy}")
            tell(f"Run {done} of {of}", done / of)

        return told


@click.command()
@click.option("--option", "files", type=FILE, multiple=True, required=True, help="An option as JSON. Give two or more.")
@takes(Runs, "runs")
@takes(OptionStreets, "streets")
def ensemble(files: tuple[Path, ...], runs: Runs, streets: OptionStreets) -> None:
    """Run options in many scenarios: regret, which is best where, what would be worth knowing, and how sure that is.

    Every option meets the same draws: more vehicles, operators that drop out, streets shut besides. What counts are addresses
    that some service does not reach in time, and with --traffic the hours lost, where scenarios may draw the demand anew.
    Nobody's reaction is simulated.
    """
    options = [read_option(path) for path in files]
    refuse_twins(options)
    scenarios = read_scenarios(runs.scenarios)
    with option_ground(streets) as against, Progress() as progress:
        progress.tell("Holding the options against the streets")
        given = [prepared(one, path.parent, against) for one, path in zip(options, files, strict=True)]
        case = Case(given, against.ground, scenarios, count=runs.count, seed=runs.seed, run_limit_s=runs.run_limit)
        kept = RunFile(runs.keep, case.manifest.digest) if runs.keep else None

        def work(tell: Tell) -> Ensemble:
            return run_ensemble(case, repeats=runs.repeats, place=runs.place(), kept=kept, tell=runs.watching(tell))

        found = stoppable(work, progress.share)
    click.echo(json.dumps(found.as_json()) if runs.as_json else "\n".join(ensemble_lines(found)))


@click.command("scenario-template")
def scenario_template() -> None:
    """Print an example of scenarios, to be changed and given to 'decide ensemble'."""
    click.echo(bundled("scenarios.json").decode(), nl=False)
