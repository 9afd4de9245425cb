"""A cordon in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.cordon.planner.contract import Barrier, CordonPlan, PointWish, WishesMet


def cordon_lines(plan: CordonPlan, *, noun: str) -> list[str]:
    """The places clockwise from north, what they enclose, and what is proven.

    Args:
        plan: The plan.
        noun: What the network has: "address", or "frontage point" where it has none.
    """
    inside = plan.enclosed
    return [
        (
            f"{plan.worded()} {'closes' if plan.barrier_count == 1 else 'close'} the site "
            f"for {counted(plan.barrier_cost, 'point')}."
        ),
        f"A point is one crew for a quarter of an hour: {plan.barrier_cost / 4:.1f} crew-hours in all.",
        *(_barrier_line(barrier, told=bool(plan.wishes.pinned)) for barrier in plan.barriers),
        *_wish_lines(plan.wishes),
        f"Enclosed: {counted(inside.addresses, noun)} on {counted(inside.streets, 'street')}, {inside.length_m / 1000:.1f} km.",
        *(
            f"{point.worded()}, {counted(point.barrier_cost, 'point')}: {counted(point.addresses, noun)} enclosed"
            for point in plan.frontier
        ),
        *(
            f"Alternative {number}, {other.worded()}, {counted(other.cost, 'point')}: "
            f"{'; '.join(barrier.called for barrier in other.barriers)}."
            for number, other in enumerate(plan.alternatives, start=1)
        ),
        *plan.checks,
        *(f"Note: {warning}" for warning in plan.warnings),
    ]


def _barrier_line(barrier: Barrier, *, told: bool) -> str:
    """Where a barrier stands; with pins, whether it is one."""
    across = "" if barrier.place == "street" else "across " if barrier.side.startswith("across") else "at "
    origin = f", {barrier.origin}" if told else ""
    return (
        f"{barrier.number:>3}  {across}{barrier.called}  [{barrier.lon:.5f}, {barrier.lat:.5f}]  "
        f"{barrier.kind}, {counted(barrier.cost, 'point')}{origin}"
    )


def _wish_lines(wishes: WishesMet) -> Iterator[str]:
    for what, points in (("Pinned", wishes.pinned), ("Forbidden", wishes.forbidden)):
        for point in points:
            yield f"{what} at {point.asked.lon:.5f}, {point.asked.lat:.5f}: {_where(point)}"
    if wishes.forbidden_streets:
        yield f"Forbidden along {listed(wishes.forbidden_streets)}."
    if wishes.kept_open:
        yield f"Kept open: {listed(wishes.kept_open)}."


def _where(point: PointWish) -> str:
    number = f"barrier {listed([str(number) for number in point.numbers])}, " if point.numbers else ""
    return f"{number}{point.place}" + (f", {point.moved_m:.0f} m away: {point.why}." if point.why else ", at that point.")
