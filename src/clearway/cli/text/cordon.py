"""A cordon in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.contract import CordonPlan


def cordon_lines(plan: CordonPlan, *, points: str) -> list[str]:
    """The places clockwise from north, what they enclose, and what is proven.

    Args:
        plan: The plan.
        points: What the network has: "addresses", or "frontage points" where it has none.
    """
    inside = plan.enclosed
    return [
        f"{len(plan.barriers)} places close the site for {plan.barrier_cost:g} points.",
        *(
            f"{barrier.number:>3}  {'' if barrier.place == 'street' else 'across '}{barrier.called}  "
            f"[{barrier.lon:.5f}, {barrier.lat:.5f}]  {barrier.kind}, {barrier.cost:g} points"
            for barrier in plan.barriers
        ),
        f"Enclosed: {inside.addresses} {points} on {inside.streets} streets, {inside.length_m / 1000:.1f} km.",
        *(
            f"{point.places} places, {point.barrier_cost:g} points: {point.addresses} {points} enclosed"
            for point in plan.frontier
        ),
        *(
            f"Alternative {number}, {other.cost:g} points: "
            f"{'; '.join(f'{barrier.street}, {barrier.side}' for barrier in other.barriers)}."
            for number, other in enumerate(plan.alternatives, start=1)
        ),
        *plan.checks,
        *(f"Note: {warning}" for warning in plan.warnings),
    ]
