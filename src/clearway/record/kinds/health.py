"""Health, weather, and levels of restrictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from clearway.record.kind import About, Briefing, Kind, Mark, Methane, Reported, Role, Theme
from clearway.record.parts import Amount, Ends, Name, Prose, Starts, Text, Time, amount_words, lasting_words
from clearway.words import counted, joined, vocabulary

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


class SchemeLevel(Kind):
    """What one level of a scheme means, as it was published: rules, limits of gatherings, passes, what eases it."""

    about = About(
        role=Role.STATE,
        theme=Theme.HEALTH,
        briefing=Briefing.LIMITS,
        subject=("scheme", "level"),
        place_counts=False,
        reported=Reported(where="never", whole_sentence=True),
    )

    kind: Literal["scheme_level"] = "scheme_level"
    scheme: Text = Field(description="in the same words as the entry that says which level holds")
    level: Text
    rules: tuple[Text, ...] = Field((), description="for everybody")
    gathering_at_most: int | None = Field(
        None, ge=0, le=10_000_000, description="people at a gathering; absent: no limit was named"
    )
    with_pass_at_most: int | None = Field(
        None, ge=0, le=10_000_000, description="people at a gathering at which everybody holds the pass; absent: no limit"
    )
    gathering_pass: Text | None = Field(None, description="the pass with which more may gather")
    gathering_rules: tuple[Text, ...] = Field((), description="for gatherings")
    staff_rules: tuple[Text, ...] = Field((), description="for staff on duty at one")
    eases_when: Prose | None = Field(None, description="what eases it, as published")
    starts: Starts = None
    ends: Ends = None

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.with_pass_at_most is None:
            return self
        if self.gathering_pass is None:
            raise ValueError("'with_pass_at_most' needs 'gathering_pass', the pass that everybody must hold")
        if self.gathering_at_most is not None and self.with_pass_at_most < self.gathering_at_most:
            raise ValueError("'with_pass_at_most' is below 'gathering_at_most'; exchange them")
        return self

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Which level of which scheme, its rules and limits, what eases it, and from when until when it is so."""
        return joined(
            f"{self.scheme}, {self.level}, as published",
            ", ".join(self.rules),
            self.gathering_at_most is not None and f"gatherings {_of_at_most(self.gathering_at_most)}",
            self.gathering_pass and f"with {self.gathering_pass} {_of_at_most(self.with_pass_at_most)}",
            self.gathering_rules and f"at gatherings: {', '.join(self.gathering_rules)}",
            self.staff_rules and f"staff: {', '.join(self.staff_rules)}",
            self.eases_when and f"eases when: {self.eases_when}",
            lasting_words(self.starts, self.ends, zone),
        )


def _of_at_most(number: int | None) -> str:
    return "of any size" if number is None else f"of at most {_people(number)}"


def _people(number: int) -> str:
    return counted(number, "person", "people")
