"""A towing problem in plain numbers: jobs, trucks, storage places, and the seconds between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.vehicles.towing.contract import Window


@dataclass(frozen=True, slots=True)
class Job:
    """A vehicle to be fetched.

    Attributes:
        stretch: Where it stands.
        vehicle: Its type.
        heavy: Whether only a heavy truck moves it.
        step: The wish that it is fetched for, 0 for the first.
        hook_s: Seconds to hook up.
        yard_s: Seconds at the storage place.
    """

    stretch: int
    vehicle: str
    heavy: bool
    step: int
    hook_s: int
    yard_s: int


@dataclass(frozen=True, slots=True)
class Truck:
    """A truck, which carries one vehicle at a time."""

    heavy: bool
    size: int
    storage: int
    windows: tuple[Window, ...]
    escort: bool = False


@dataclass(frozen=True, slots=True)
class Yard:
    """A storage place."""

    windows: tuple[Window, ...]
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """Drives between a stretch and the storage places, for trucks of one size; None where no way leads.

    Attributes:
        in_s: Seconds from each storage place.
        out_s: Seconds to each.
        least_s: Seconds of any drive there and back at least, whichever stretches have become free.
        after: Stretches that must be passable first.
    """

    in_s: tuple[int | None, ...]
    out_s: tuple[int | None, ...]
    least_s: int
    after: tuple[int, ...] = ()

    @property
    def there_and_back_s(self) -> int:
        """Seconds of the quickest drive from a storage place to one, with vehicles where they stand."""
        return sum(min(one for one in each if one is not None) for each in (self.in_s, self.out_s))


@dataclass(frozen=True)
class Problem:
    """All of it.

    Attributes:
        jobs: Vehicles.
        trucks: Trucks.
        yards: Storage places.
        legs: By size and stretch; what is missing cannot be driven to.
        lane_moves: By stretch: vehicles that must be gone until one drives through.
        escorts: How many there are; None: as many as are wanted.
        escort_move_s: Seconds that an escort needs from one vehicle to the next.
    """

    jobs: tuple[Job, ...]
    trucks: tuple[Truck, ...]
    yards: tuple[Yard, ...]
    legs: dict[tuple[int, int], Leg]
    lane_moves: tuple[int, ...] = ()
    escorts: int | None = None
    escort_move_s: int = 0

    def able(self, truck: Truck, job: Job) -> bool:
        """Whether a truck can move a vehicle and drive to it."""
        return (truck.heavy or not job.heavy) and (truck.size, job.stretch) in self.legs

    def least_s(self, job: Job) -> int | None:
        """Seconds that a tow takes at least, from a storage place to one; None where no truck can do it."""
        sizes = {truck.size for truck in self.trucks if self.able(truck, job)}
        least = min((self.legs[size, job.stretch].least_s for size in sizes), default=None)
        return None if least is None else least + job.hook_s + job.yard_s


@dataclass(frozen=True, slots=True)
class Trip:
    """One vehicle fetched; seconds after the start."""

    job: int
    truck: int
    storage_from: int
    storage_to: int
    start_s: int
    arrive_s: int
    hooked_s: int
    at_yard_s: int
    done_s: int
    escort: int | None = None


class Price(NamedTuple):
    """What each vehicle of a type on a stretch is worth that is to be fetched for a step."""

    stretch: int
    vehicle: str
    step: int
    price: int


class Bound(NamedTuple):
    """Seconds before which a step is not done, and the prices that prove it; none: the rules of a count do."""

    at_least_s: int
    prices: tuple[Price, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """Trips, the jobs that nobody does, and how soon each step could be done; a plain rule proves no such bounds."""

    trips: tuple[Trip, ...]
    left: tuple[int, ...] = ()
    bounds: tuple[Bound, ...] = ()

    def end_s(self, jobs: Sequence[Job], step: int) -> int:
        """When the last vehicle of a step, and of those before it, is away; 0 where none is."""
        return max((one.done_s for one in self.trips if jobs[one.job].step <= step), default=0)
