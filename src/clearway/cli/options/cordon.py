"""The wishes for a cordon as options, and the question that they make; the page and the API build the same one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clearway.cli.options.typed import option, option_class, option_names
from clearway.cli.options.values import Names, Point
from clearway.errors import BadInput
from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.planning.cordon.planner.barrier_costs import read_costs
from clearway.planning.cordon.planner.question import DEFAULT_RADIUS_M, DEFAULT_SHUT, CordonQuestion
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.site_file import read_shape, read_site
from clearway.planning.street_expressions import ways_called
from clearway.shapes import Spot, sentence_of

if TYPE_CHECKING:
    from clearway.network.model import Network


@option_class
class CordonWishes:
    """What to seal off, and how; each option is named after its field of the question."""

    site: Path | None = option("--site", help="GeoJSON: polygons are the site, lines are occupied stretches of street.")
    stretches: tuple[str, ...] = option(
        "--stretch", metavar="STREET", help="An occupied street: name, 'A from B to C', or source id."
    )
    outside: Path | None = option("--outside", help="GeoJSON of what must stay outside.")
    shut: tuple[str, ...] = option(
        "--shut", type=Names(), multiple=False, default=",".join(DEFAULT_SHUT), show_default=True, metavar="CLASSES",
        help=f"Classes to keep out: {', '.join(VEHICLE_CLASSES)}.",
    )  # fmt: skip
    trust_signs: bool = option("--trust-signs", help="Take one-way signs as binding; else streets as they can be driven.")
    radius_m: float = option(
        "--radius", default=DEFAULT_RADIUS_M, show_default=True, help="What lies farther from the site is outside, metres."
    )
    allow_motorway: bool = option("--allow-motorway", help="Let barriers stand on motorways.")
    costs: Path | None = option("--costs", help="JSON table of barrier costs that overrides ours.")
    address_cost: float = option(
        "--address-cost", default=0.0, show_default=True, help="Points that each enclosed address costs."
    )
    at_most: int | None = option("--at-most", metavar="N", help="Use at most N places.")
    pins: tuple[Spot, ...] = option("--pin", type=Point(), help="A barrier must stand at the place nearest to this point.")
    never: tuple[Spot, ...] = option("--never", type=Point(), help="No barrier may stand at the place nearest to this point.")
    never_ways: tuple[str, ...] = option("--never-on", metavar="STREET", help="A street on which no barrier may stand.")
    keep_open: tuple[str, ...] = option("--keep-open", metavar="STREET", help="A street that must stay open to the outside.")


def cordon_question(network: Network, wishes: CordonWishes, *, frontier: bool = False, alternatives: int = 0) -> CordonQuestion:
    """The question that the options ask.

    Raises:
        BadFile: a file cannot be used.
        BadGeometry: the site cannot be used.
        BadInput: a wish is out of range.
        UnknownName: there is no such street or class.
    """
    class_mask(wishes.shut)
    ground, stretches = read_site(wishes.site, network) if wishes.site else (None, ())
    named = [way for called in wishes.stretches for way in ways_called(network, called)]
    asked = {
        "site": ground,
        "stretches": tuple(dict.fromkeys([*stretches, *named])),
        "outside": read_shape(wishes.outside) if wishes.outside else None,
        "costs": read_costs(wishes.costs) if wishes.costs else {},
        "frontier": frontier,
        "alternatives": alternatives,
    } | {name: getattr(wishes, name) for name in _AS_TYPED}
    try:
        question = CordonQuestion.model_validate(asked)
    except ValidationError as error:
        problem = sentence_of(error.errors(), called=_CALLED, remedy="Correct it and run the command again.")
        raise BadInput(problem) from error
    if not wishes.never_ways and not wishes.keep_open:
        return question
    near = located_site(network, question).box(question.radius_m)

    def ways(names: tuple[str, ...]) -> tuple[int, ...]:
        """The ways of some streets, as far as the radius."""
        return tuple(dict.fromkeys(way for called in names for way in ways_called(network, called, near)))

    found: dict[str, Any] = {"never_ways": ways(wishes.never_ways), "keep_open": ways(wishes.keep_open)}
    return question.model_copy(update=found)


_AS_TYPED = ("shut", "trust_signs", "radius_m", "allow_motorway", "address_cost", "at_most", "pins", "never")
_CALLED = option_names(CordonWishes) | {"alternatives": "--alternatives"}
