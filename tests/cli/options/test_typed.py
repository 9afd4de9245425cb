"""A class of options and what click makes of it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from clearway.cli.options.typed import option, option_class, takes


@option_class
class Trip:
    """Where to, and how."""

    to: str = option("--to", required=True, help="Where to.")
    seats: int = option("--seats", default=1, show_default=True)
    ticket: Path | None = option("--ticket")
    stops: tuple[str, ...] = option("--stop", multiple=True)
    speed: float | None = option("--speed")
    quiet: bool = option("--quiet")
    kind: str = option("--class", type=click.Choice(["first", "second"]), default="second")


@option_class
class Outputs:
    """What to print."""

    as_json: bool = option("--json", help="Print JSON.")


@click.command()
@click.argument("name")
@takes(Trip, "trip")
@takes(Outputs, "outputs")
def travel(name: str, trip: Trip, outputs: Outputs) -> None:
    """Travel."""
    click.echo(f"{name} {trip} {outputs}")
    with pytest.raises(FrozenInstanceError):
        trip.to = "elsewhere"  # type: ignore[misc]


def run(*words: str) -> str:
    result = CliRunner().invoke(travel, words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_what_is_typed_fills_the_classes() -> None:
    words = "Kim --to Hutt --seats 2 --ticket t.txt --stop A --stop B --speed 9 --quiet --class first --json"
    assert run(*words.split()) == (
        "Kim Trip(to='Hutt', seats=2, ticket=PosixPath('t.txt'), stops=('A', 'B'), speed=9.0, quiet=True, kind='first') "
        "Outputs(as_json=True)\n"
    )


def test_what_is_left_out_has_its_default() -> None:
    assert run("Kim", "--to", "Hutt") == (
        "Kim Trip(to='Hutt', seats=1, ticket=None, stops=(), speed=None, quiet=False, kind='second') Outputs(as_json=False)\n"
    )
    assert Trip(to="Hutt", ticket=None, stops=(), speed=None, quiet=True).seats == 1


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "Missing option '--to'"),
        (("--to", "A", "--seats", "many"), "'many' is not a valid integer"),
        (("--to", "A", "--class", "third"), "Invalid value for '--class'"),
    ],
)
def test_what_has_another_type_is_refused(words: tuple[str, ...], problem: str) -> None:
    assert problem in run("Kim", *words)


def test_help_lists_the_options_in_the_order_of_the_fields() -> None:
    lines = [line.split()[0] for line in run("--help").splitlines() if line.startswith("  --")]
    assert lines == ["--to", "--seats", "--ticket", "--stop", "--speed", "--quiet", "--class", "--json", "--help"]
