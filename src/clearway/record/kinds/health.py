"""Health, weather, and levels of restrictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Mark, Methane, Reported, Role, Theme
from clearway.record.parts import Amount, Ends, Name, Prose, Starts, Text, Time, amount_words, lasting_words
from clearway.words import joined, vocabulary

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo


class HealthFinding(Kind):
    """A finding of health or sanitation: sewage, infections, food, water."""

    about = About(
        role=Role.STATE,
        theme=Theme.HEALTH,
        briefing=Briefing.SAFETY,
        subject=("finding",),
        is_belief=True,
        mark=Mark(letter="D", means="disease, hygiene: a health finding"),
        methane=Methane.HAZARDS,
        reported=Reported(where="site", loosely=True),
    )

    kind: Literal["health_finding"] = "health_finding"
    finding: Name = Field(description="sewage, infection, water, food, noise, waste ...")
    summary: Prose
    advice: Text | None = Field(None, description="what people were told to do")
    amount: Amount | None = Field(None, description="cases, where they were counted")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """What was found, how many cases, what people should do."""
        return joined(
            f"{vocabulary(self.finding)}: {self.summary}",
            self.amount and amount_words(self.amount),
            self.advice and f"advice: {self.advice}",
            lasting_words(self.starts, self.ends, zone),
        )


class ExposureWindow(Kind):
    """When and where people may have been exposed: who was there then should do what is advised. It happened in the window."""

    about = About(
        role=Role.EVENT,
        theme=Theme.HEALTH,
        briefing=Briefing.SAFETY,
        is_belief=True,
        methane=Methane.HAZARDS,
        reported=Reported(loosely=True, explains_figures=True),
    )

    kind: Literal["exposure_window"] = "exposure_window"
    to: Name = Field(description="measles, smoke, asbestos, chemicals ...")
    group: Text | None = Field(None, description="who was there: spectators, crews ...; never a person")
    advice: Text | None = Field(None, description="what they were told to do")
    advice_until: Time | None = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """To what, who, what they should do and until when."""
        return joined(
            f"exposure to {vocabulary(self.to)}{f' of {self.group}' if self.group else ''}",
            self.advice and f"advice: {self.advice}",
            lasting_words(None, self.advice_until, zone),
        )

    @property
    def holds_until(self) -> datetime | None:
        """Until when the advice holds; the window itself is long over."""
        return self.advice_until


class Weather(Kind):
    """Weather as it was observed or forecast for the site."""

    about = About(
        role=Role.STATE,
        theme=Theme.HEALTH,
        briefing=Briefing.SAFETY,
        subject=("forecast",),
        methane=Methane.HAZARDS,
        reported=Reported(where="site"),
    )

    kind: Literal["weather"] = "weather"
    summary: Prose
    wind_kmh: float | None = Field(None, ge=0, le=500, description="km/h")
    rain_mm_h: float | None = Field(None, ge=0, le=500, description="mm an hour")
    temperature_c: float | None = Field(None, ge=-60, le=60, description="degrees Celsius")
    forecast: bool = False
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """In words and in figures, from when until when."""
        return joined(
            ("forecast: " if self.forecast else "") + self.summary,
            lasting_words(self.starts, self.ends, zone),
            self.wind_kmh is not None and f"wind {self.wind_kmh:g} km/h",
            self.rain_mm_h is not None and f"rain {self.rain_mm_h:g} mm/h",
            self.temperature_c is not None and f"{self.temperature_c:g} degrees",
        )


class RestrictionLevel(Kind):
    """A named level of restrictions with its rules, and what would ease it."""

    about = About(
        role=Role.STATE,
        theme=Theme.HEALTH,
        briefing=Briefing.LIMITS,
        subject=("scheme",),
        reported=Reported(where="never", whole_sentence=True),
    )

    kind: Literal["restriction_level"] = "restriction_level"
    scheme: Text = Field(description="of which scheme: COVID-19 protection framework, fire ban ...")
    level: Text
    rules: tuple[Text, ...] = ()
    eases_when: Text | None = None
    stays_when: Text | None = Field(None, description="what would keep it, or bring it back")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Which level of which scheme, its rules, what would ease it and what would keep it."""
        return joined(
            f"{self.scheme}: {self.level}",
            lasting_words(self.starts, self.ends, zone),
            ", ".join(self.rules),
            self.eases_when and f"eases when: {self.eases_when}",
            self.stays_when and f"stays when: {self.stays_when}",
        )
