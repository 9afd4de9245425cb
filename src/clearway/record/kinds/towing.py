"""What vehicles are moved with: places to park, places to store them, and what tow operators answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from clearway.record.kind import About, Briefing, Kind, Role, Theme
from clearway.record.parts import Amount, Ends, Part, PastTime, Prose, Starts, Text, Time, amount_words, lasting_words
from clearway.words import joined, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.record.place import Place

Hours = Annotated[Text | None, Field(description="'Mo-Fr 07:00-19:00' or '24/7'; absent where nobody said")]
Fee = Annotated[float | None, Field(ge=0, le=100_000)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Willing = Literal["yes", "no", "unknown"]
_ASSUMED = "fields that no source tells: they are assumptions"


class _PartlyAssumed(Part):
    """Fields of which some may be assumed: the kind's ``assumed`` names them."""

    assumed: tuple[str, ...] = ()

    @property
    def assumed_words(self) -> str:
        """Which of the fields that are filled in are assumed; empty where none is."""
        filled = [vocabulary(name) for name in self.assumed if getattr(self, name) is not None]
        return f"assumed: {listed(filled)}" if filled else ""


class ParkingPlace(_PartlyAssumed, Kind):
    """A place where vehicles may park instead: how many, from when until when, for whom, and whether they may drive back."""

    about = About(role=Role.STATE, theme=Theme.MEANS, briefing=Briefing.RESOURCES, subject=("name",), place_counts=False)

    kind: Literal["parking_place"] = "parking_place"
    name: Text = Field(description="always by the same words")
    capacity: Amount | None = Field(None, description="vehicles that fit; absent where nobody said")
    hours: Hours = None
    starts: Starts = None
    ends: Ends = None
    by: Text | None = Field(None, description="which organisation offers it")
    to: Text | None = Field(None, description="to whom")
    free: bool | None = None
    come_back: bool | None = Field(None, description="whether one may drive back; absent where nobody said")
    surface: Text | None = None
    height_m: float | None = Field(None, gt=0, le=10, description="limit of height, metres; absent where none is known")
    assumed: tuple[
        Literal["capacity", "hours", "starts", "ends", "by", "to", "free", "come_back", "surface", "height_m"], ...
    ] = Field((), description=_ASSUMED)

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Which place, its room, its time and its conditions."""
        return joined(
            f"parking place {self.name}",
            self.capacity and f"room for {amount_words(self.capacity)}",
            self.by and f"offered by {self.by}",
            self.to and f"to {self.to}",
            lasting_words(self.starts, self.ends, zone),
            self.hours,
            {True: "free of charge", False: "not free of charge", None: None}[self.free],
            {True: "one may drive back", False: "one may not drive back", None: None}[self.come_back],
            self.surface,
            self.height_m and f"height at most {self.height_m:g} m",
            self.assumed_words,
        )

    def contradicts(self, other: Kind) -> bool:
        """Whether two figures of its room exclude each other."""
        return isinstance(other, ParkingPlace) and _apart(self.capacity, other.capacity)


class StoragePlace(_PartlyAssumed, Kind):
    """A place to which vehicles are towed: how many still fit, when it is open, and how an owner gets a vehicle back."""

    about = About(role=Role.STATE, theme=Theme.MEANS, briefing=Briefing.RESOURCES, subject=("name",), place_counts=False)

    kind: Literal["storage_place"] = "storage_place"
    name: Text = Field(description="always by the same words")
    capacity: Amount | None = Field(None, description="vehicles that still fit; absent where nobody said")
    hours: Hours = None
    secure: bool | None = Field(None, description="whether it is locked or guarded; absent where nobody said")
    release_procedure: Prose | None = Field(None, description="how an owner gets a vehicle back")
    tow_fee: Fee = Field(None, description="what an owner pays for the tow; absent where nobody said")
    release_fee: Fee = Field(None, description="what an owner pays until the vehicle is given back; absent where nobody said")
    day_fee: Fee = Field(None, description="what an owner pays for each day of storage; absent where nobody said")
    currency: Currency = Field("NZD", description="of its fees, in three letters")
    break_in: Prose | None = Field(
        None, description="what is done, and who answers for it, where a vehicle is broken into; absent where nobody said"
    )
    assumed: tuple[
        Literal["capacity", "hours", "secure", "release_procedure", "tow_fee", "release_fee", "day_fee", "break_in"], ...
    ] = Field((), description="fields that no source tells: they are assumptions")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Which place, its room and its hours, whether it is secure, what an owner pays."""
        fees = (("tow fee", self.tow_fee), ("release fee", self.release_fee), ("fee for each day", self.day_fee))
        return joined(
            f"storage place {self.name}",
            self.capacity and f"room for {amount_words(self.capacity)}",
            self.hours,
            {True: "secure", False: "not secure", None: None}[self.secure],
            self.release_procedure and f"release: {self.release_procedure}",
            *(f"{called} {self.currency} {fee:,.2f}" for called, fee in fees if fee is not None),
            self.break_in and f"if it is broken into: {self.break_in}",
            self.assumed_words,
        )

    def contradicts(self, other: Kind) -> bool:
        """Whether two figures of its room exclude each other."""
        return isinstance(other, StoragePlace) and _apart(self.capacity, other.capacity)


class TowOperator(_PartlyAssumed, Kind):
    """What a tow operator answered: which trucks it sends or does not, since when, on which conditions. Never public.

    An answer takes the place of the whole of the one before: what it does not say again is unknown.
    """

    about = About(role=Role.STATE, theme=Theme.MEANS, briefing=Briefing.RESOURCES, subject=("operator",), place_counts=False)

    kind: Literal["tow_operator"] = "tow_operator"
    operator: Text = Field(description="always by the same words")
    asked: PastTime | None = Field(None, description="when it was asked; absent where nobody said")
    light_trucks: Amount | None = Field(None, description="trucks for cars, vans, campers and trailers")
    light_willing: Willing | None = Field(None, description="whether it sends them; unknown: asked, no answer yet")
    light_since: Time | None = Field(None, description="since when that is so")
    heavy_trucks: Amount | None = Field(None, description="trucks that move trucks and buses too")
    heavy_willing: Willing | None = Field(None, description="whether it sends them; unknown: asked, no answer yet")
    heavy_since: Time | None = Field(None, description="since when that is so")
    reason: Literal["safety", "reputation", "sympathy", "no_equipment", "other"] | None = Field(
        None, description="why it refuses; absent where nobody said"
    )
    hours: Hours = None
    escort: bool | None = Field(None, description="whether it wants an escort to each vehicle; absent where nobody said")
    rate: Text | None = Field(None, description="what it asks for")
    conditions: Prose | None = None
    indemnity: Prose | None = Field(None, description="the cover for damage that it wants")
    assumed: tuple[
        Literal[
            "asked", "light_trucks", "light_willing", "light_since", "heavy_trucks", "heavy_willing", "heavy_since", "reason",
            "hours", "escort", "rate", "conditions", "indemnity",
        ], ...
    ] = Field((), description=_ASSUMED)  # fmt: skip

    @model_validator(mode="after")
    def _answers(self) -> TowOperator:
        answers = (self.light_willing, self.heavy_willing)
        if answers == (None, None):
            raise ValueError("an operator's answer needs 'light_willing' or 'heavy_willing': yes, no, or unknown")
        if self.reason is not None and "no" not in answers:
            raise ValueError("this tow_operator gives a reason and refuses nothing; leave out 'reason', or say 'no'")
        for kind, willing, trucks in (
            ("light", self.light_willing, self.light_trucks),
            ("heavy", self.heavy_willing, self.heavy_trucks),
        ):
            if willing == "yes" and trucks is not None and trucks.high == 0:
                raise ValueError(f"it is willing and has no {kind} truck; correct '{kind}_trucks' or '{kind}_willing'")
        return self

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Which trucks it sends since when, or why not, and what it wants."""
        return joined(
            f"tow operator {self.operator}",
            _fleet("light", self.light_willing, self.light_trucks, self.light_since, zone),
            _fleet("heavy", self.heavy_willing, self.heavy_trucks, self.heavy_since, zone),
            self.reason and f"reason: {vocabulary(self.reason)}",
            self.asked and f"asked {time_words(self.asked, zone)}",
            self.hours,
            {True: "wants an escort", False: "wants no escort", None: None}[self.escort],
            self.rate and f"rate: {self.rate}",
            self.conditions and f"conditions: {self.conditions}",
            self.indemnity and f"cover for damage: {self.indemnity}",
            self.assumed_words,
        )

    def unfit(self, _places: Sequence[Place], release: str, /) -> str:
        """Which firm tows, and on which conditions, is not for the public: firms that were named were threatened."""
        return "it cannot be released to the public: it names a tow operator" if release == "public" else ""

    def contradicts(self, other: Kind) -> bool:
        """Whether one says that trucks of a kind come, and the other that they do not."""
        if not isinstance(other, TowOperator):
            return False
        pairs = ((self.light_willing, other.light_willing), (self.heavy_willing, other.heavy_willing))
        return any({*pair} == {"yes", "no"} for pair in pairs)


def _fleet(kind: str, willing: Willing | None, trucks: Amount | None, since: datetime | None, zone: ZoneInfo) -> str:
    if willing is None:
        return f"{amount_words(trucks)} {kind} trucks" if trucks else ""
    count = f"{amount_words(trucks)} {kind} trucks" if trucks else f"{kind} trucks, number not said"
    words = {"yes": f"sends {count}", "no": f"does not send {count}", "unknown": f"no answer yet on {count}"}[willing]
    return joined(words, since and f"since {time_words(since, zone)}", by=" ")


def _apart(one: Amount | None, other: Amount | None) -> bool:
    return one is not None and other is not None and one.is_apart(other)
