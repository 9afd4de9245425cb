"""The verdict on a cordon as given, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.cordon.seal.contract import Leak, Seal


def seal_lines(seal: Seal, *, noun: str) -> list[str]:
    """The verdict, each leak with what stops it, what is enclosed, and where the map leaves doubts.

    Args:
        seal: The verdict.
        noun: What the network has: "address", or "frontage point" where it has none.
    """
    inside = seal.encloses
    return [
        *seal.summary,
        *(line for leak in seal.leaks for line in _leak(leak)),
        *(f"Barrier {one.number} ({one.called}) stops nothing." for one in seal.barriers if one.idle),
        (
            f"Enclosed: {counted(inside.addresses, noun)} on {counted(inside.street_count, 'street')}, "
            f"{inside.length_m / 1000:.1f} km."
        ),
        f"Outside is what lies farther than {seal.radius_m:,.0f} m from the site, and where the data end.",
        *(f"In doubt: {doubt}" for doubt in seal.doubts),
        *(f"Note: {warning}" for warning in seal.warnings),
    ]


def _leak(leak: Leak) -> Iterator[str]:
    start, end = leak.path[0], leak.path[-1]
    streets = ", ".join(leak.streets)
    yield (
        f"{leak.number:>3}  {streets}: from [{start[0]:.5f}, {start[1]:.5f}] ({leak.starts.why}) into the site at "
        f"[{end[0]:.5f}, {end[1]:.5f}], {leak.length_m:,.0f} m"
    )
    if leak.barrier is not None:
        barrier = leak.barrier
        where = "on" if barrier.place == "street" else "at"
        yield (
            f"     Stop it {where} {barrier.called}  [{barrier.lon:.5f}, {barrier.lat:.5f}]  {barrier.kind}, "
            f"{counted(barrier.cost, 'point')}"
        )
    if leak.note:
        yield f"     {leak.note}"
    if leak.starts.doubtful:
        place = f"{leak.starts.lon},{leak.starts.lat}"
        yield f"     If the street is a true dead end there, import again with --dead-end {place}."
