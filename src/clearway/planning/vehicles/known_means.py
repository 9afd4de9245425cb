"""What the record and a file say together of what there is to move vehicles with: where both speak, the record counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from clearway.planning.vehicles.record_means import named_alike
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.planning.vehicles.offer.places import ParkingPlace
    from clearway.planning.vehicles.towing.means import Operator, StoragePlace, TowMeans

T = TypeVar("T")


class KnownTowing(NamedTuple):
    """What there is to tow with.

    Attributes:
        means: All of it.
        of_file: Ids of the operators and storage places that only the file has.
        notes: What stands in the record and in the file, in sentences; they name operators, and are for the room alone.
    """

    means: TowMeans
    of_file: frozenset[str]
    notes: tuple[str, ...]


def known_towing(recorded: TowMeans, notes: Sequence[str], given: TowMeans | None) -> KnownTowing:
    """Operators and storage places of the record, and those of the file of which the record says nothing.

    Escorts and minutes are those of the file: the record has none.

    Args:
        recorded: Of the record.
        notes: Of the record.
        given: Of the file; None: there is none.
    """
    if given is None:
        return KnownTowing(recorded, frozenset(), tuple(notes))
    operators, in_both = _joined(recorded.operators, given.operators, _id)
    storage, twice = _joined(recorded.storage, given.storage, _id)
    starts = {named_alike(one.id): one.id for one in storage}
    placed = [  # a truck starts at a storage place by the name that it has now
        one if one.storage is None else one.model_copy(update={"storage": starts.get(named_alike(one.storage))})
        for one in operators
    ]
    of_file = {one.id for one in operators if one not in recorded.operators}
    of_file |= {one.id for one in storage if one not in recorded.storage}
    means = given.model_copy(update={"operators": tuple(placed), "storage": tuple(storage)})
    return KnownTowing(means, frozenset(of_file), (*notes, *_said_twice([*in_both, *twice])))


def known_parking(
    recorded: Sequence[ParkingPlace], notes: Sequence[str], given: Sequence[ParkingPlace]
) -> tuple[tuple[ParkingPlace, ...], frozenset[str], tuple[str, ...]]:
    """Places to park of the record, and those of the file of which the record says nothing; ids of those, and notes.

    Args:
        recorded: Of the record.
        notes: Of the record.
        given: Of the file.
    """
    places, in_both = _joined(recorded, given, _name)
    of_file = frozenset(one.id for one in places if one not in recorded)
    return tuple(places), of_file, (*notes, *_said_twice(in_both))


def _joined(recorded: Sequence[T], given: Sequence[T], name: Callable[[T], str]) -> tuple[list[T], list[str]]:
    """Those of the record, then those of the file that it does not name; and the names that both have."""
    known = {named_alike(name(one)) for one in recorded}
    others = [one for one in given if named_alike(name(one)) not in known]
    return [*recorded, *others], [name(one) for one in given if named_alike(name(one)) in known]


def _said_twice(names: Sequence[str]) -> list[str]:
    return [f"Of {listed(names)} the record and the server's file both speak: what the record says counts."] if names else []


def _id(one: Operator | StoragePlace) -> str:
    return one.id


def _name(one: ParkingPlace) -> str:
    return one.name
