"""The wishes for a cordon as options, and the question that they make; the page and the API build the same one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from clearway.cli.options.typed import option, option_class, option_names
from clearway.cli.options.values import Names, Point
from clearway.errors import BadInput
from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.planning.cordon.planner.barrier_costs import read_costs
from clearway.planning.cordon.planner.question import DEFAULT_RADIUS_M, DEFAULT_SHUT, CordonQuestion
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.site_file import read_shape, read_site
from clearway.planning.cordon.seal.contract import SealQuestion
from clearway.planning.cordon.seal.reading import read_barriers
from clearway.planning.occupied import DEFAULT_OCCUPIED_SHUTS
from clearway.planning.street_expressions import ways_called
from clearway.shapes import Spot, sentence_of

if TYPE_CHECKING:
    from clearway.network.model import Network

Q = TypeVar("Q", bound=BaseModel)


@option_class
class SiteOptions:
    """What is occupied, and whom to keep out; each option is named after its field of the question."""

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
    allow_motorway: bool = option("--allow-motorway", help="Let barriers stand on motorways.")
    costs: Path | None = option("--costs", help="JSON table of barrier costs that overrides ours.")

    def asked(self, network: Network) -> dict[str, Any]:
        """The fields of the question that they fill.

        Raises:
            BadFile: a file cannot be used.
            BadGeometry: the site cannot be used.
            BadInput: there is no site.
            UnknownName: there is no such street or class.
        """
        if self.site is None and not self.stretches:
            raise BadInput("There is no site. Give --site SITE.geojson, or name the occupied streets with --stretch.")
        class_mask(self.shut)
        ground, stretches = read_site(self.site, network) if self.site else (None, ())
        named = [way for called in self.stretches for way in ways_called(network, called)]
        return {
            "site": ground,
            "stretches": tuple(dict.fromkeys([*stretches, *named])),
            "outside": read_shape(self.outside) if self.outside else None,
            "costs": read_costs(self.costs) if self.costs else {},
            "shut": self.shut,
            "trust_signs": self.trust_signs,
            "allow_motorway": self.allow_motorway,
        }


@option_class
class CordonWishes(SiteOptions):
    """What to seal off, and how."""

    radius_m: float = option(
        "--radius", default=DEFAULT_RADIUS_M, show_default=True, help="What lies farther from the site is outside, metres."
    )
    occupied_shuts: tuple[str, ...] = option(
        "--occupied-shuts", type=Names(), multiple=False, default=",".join(DEFAULT_OCCUPIED_SHUTS), show_default=True,
        metavar="CLASSES", help="Classes that cannot drive along the occupied streets; 'none': a lane is free for all.",
    )  # fmt: skip
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
    asked = wishes.asked(network) | {"frontier": frontier, "alternatives": alternatives}
    asked |= {name: getattr(wishes, name) for name in _AS_TYPED}
    class_mask(asked["occupied_shuts"])
    question = _checked(CordonQuestion, asked, _CALLED)
    if not wishes.never_ways and not wishes.keep_open:
        return question
    near = located_site(network, question).box(question.radius_m)

    def ways(names: tuple[str, ...]) -> tuple[int, ...]:
        """The ways of some streets, as far as the radius."""
        return tuple(dict.fromkeys(way for called in names for way in ways_called(network, called, near)))

    found: dict[str, Any] = {"never_ways": ways(wishes.never_ways), "keep_open": ways(wishes.keep_open)}
    return question.model_copy(update=found)


@option_class
class SealOptions(SiteOptions):
    """A site, and the barriers that are to seal it."""

    barriers: Path = option(
        "--barriers", required=True,
        help="GeoJSON points, a plan, or a line for each such as 'Hill Street at Molesworth Street'.",
    )  # fmt: skip
    radius_m: float | None = option(
        "--radius", help="What lies farther from the site is outside, metres.  [default: far enough for the barriers]"
    )


def seal_question(network: Network, options: SealOptions) -> SealQuestion:
    """The question that the options ask.

    Raises:
        BadFile: a file cannot be used.
        BadGeometry: the site cannot be used.
        BadInput: there is no site, or an option is out of range.
        UnknownName: there is no such street or class.
    """
    asked = options.asked(network) | {"radius_m": options.radius_m}
    question = _checked(SealQuestion, asked, option_names(SealOptions))
    return question.model_copy(update={"barriers": read_barriers(options.barriers)})


def _checked(kind: type[Q], asked: dict[str, Any], called: dict[str, str]) -> Q:
    try:
        return kind.model_validate(asked)
    except ValidationError as error:
        problem = sentence_of(error.errors(), called=called, remedy="Correct it and run the command again.")
        raise BadInput(problem) from error


_AS_TYPED = ("radius_m", "occupied_shuts", "address_cost", "at_most", "pins", "never")
_CALLED = option_names(CordonWishes) | {"alternatives": "--alternatives"}
