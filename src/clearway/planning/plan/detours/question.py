"""What may be asked of detours besides what is shut: one question for the command line, the API and the page."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearway.planning.access.planner.vehicles import MOST_SIZE
from clearway.shapes import Exact

HEIGHT_M, WIDTH_M, WEIGHT_T, LENGTH_M = 4.3, 2.55, 46.0, 23.0
"""As large as a lorry may be in New Zealand without a permit: Land Transport Rule, Vehicle Dimensions and Mass 2016."""

_Measure = Annotated[float, Field(ge=0, le=MOST_SIZE)]
"""Metres or tonnes; 0: it does not matter."""


class HeavyVehicle(Exact):
    """How large a heavy vehicle is; nothing is said of its axles."""

    height_m: _Measure = HEIGHT_M
    width_m: _Measure = WIDTH_M
    weight_t: _Measure = WEIGHT_T
    length_m: _Measure = LENGTH_M

    @property
    def size(self) -> tuple[float, ...]:
        """One figure for each of ``SIZES``."""
        return (self.height_m, self.width_m, self.weight_t, self.length_m, 0.0)


LARGEST = HeavyVehicle()


class DetourQuestion(Exact):
    """What is asked of detours besides what is shut."""

    heavy: HeavyVehicle = Field(LARGEST, description="as large as a lorry may be in New Zealand without a permit")
    hour: Annotated[int, Field(ge=0, le=23)] | None = Field(
        None, description="hour of a working day whose traffic loads the detours; null: how full they are is not known"
    )
