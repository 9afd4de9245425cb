"""A clock that a test turns: late after so many looks, however quick the machine."""

from __future__ import annotations

from clearway.planning.cordon.planner.steps import Steps


class LateAfter(Steps):
    """Late after so many looks."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    def check(self) -> None:
        """One look."""
        self._looks -= 1

    @property
    def late(self) -> bool:
        """Whether there were enough."""
        return self._looks < 0
