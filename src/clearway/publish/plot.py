"""A figure over time: ranges as bars, single statements as dots, bounds as arrows, the estimate as a band."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clearway.publish.svg import BLUE, GREY, INK, PAPER, RULE, SKY, VERMILION, Drawing, path
from clearway.record.parts import Amount, amount_words
from clearway.words import age_words, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.picture.contract import Band, CountOf, Fact

LEFT, RIGHT, TOP, BOTTOM = 56.0, 14.0, 12.0, 34.0
_STEEP = 30.0
_ARROW = 16.0
_TICK_UNITS, _DAY_H = 84.0, 24


def plot(count: CountOf, at: datetime, zone: str, *, width: float = 640.0, height: float = 240.0) -> str:
    """A figure's statements and its estimate as SVG.

    Each statement is a group with the class ``said`` and the attribute ``data-entry``, numbered as in ``count.statements``.

    Args:
        count: What was said and estimated.
        at: The moment looked at; what lies right of it is forecast.
        zone: The operation's time zone.
        width: User units.
        height: User units.
    """
    what = vocabulary(count.what)
    title = f"{what.capitalize()} over time: what was said, and the estimate with its 90 % band"
    drawing = Drawing(width, height, title)
    scale = _Scale(count, at, width, height)
    _axes(drawing, scale, what, ZoneInfo(zone))
    _band(drawing, scale, [band for band in count.band if band.at <= at], "band", SKY)
    _band(drawing, scale, [band for band in count.band if band.at >= at], "band forecast", SKY)
    x = scale.x(at)
    drawing.add("line", class_="at", x1=x, x2=x, y1=TOP, y2=scale.base, stroke=INK, stroke_width=1.2)
    for number, fact in enumerate(count.statements, start=1):
        _statement(drawing, scale, fact, number)
    return str(drawing)


class _Scale:
    """Where times and figures stand; figures on a logarithmic scale where the largest is thirty times the smallest."""

    def __init__(self, count: CountOf, at: datetime, width: float, height: float) -> None:
        self.width, self.base = width, height - BOTTOM
        times = [fact.happened.start for fact in count.statements] + [band.at for band in count.band] + [at]
        self.first, self.last = min(times), max(times)
        if self.last - self.first < timedelta(hours=1):
            self.last = self.first + timedelta(hours=1)
        ends = [value for fact in count.statements for value in _ends(fact) if value is not None]
        ends += [value for band in count.band for value in (band.low, band.high)]
        self.top = max([*ends, 1.0]) * 1.04
        positive = [value for value in ends if value > 0]
        self.log = bool(positive) and self.top / min(positive) > _STEEP and min(ends) >= 1
        self.bottom = min(positive) / 1.2 if self.log else 0.0

    def x(self, moment: datetime) -> float:
        share = (moment - self.first) / (self.last - self.first)
        return LEFT + min(max(share, 0.0), 1.0) * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        if self.log:
            share = math.log(max(value, self.bottom) / self.bottom) / math.log(self.top / self.bottom)
        else:
            share = value / self.top
        return self.base - share * (self.base - TOP)

    def figures(self) -> list[float]:
        """Round figures for the axis, four or so."""
        if self.log:
            decades = range(math.floor(math.log10(self.bottom)), math.ceil(math.log10(self.top)) + 1)
            steps = [part * 10.0**decade for decade in decades for part in (1, 3)]
            return [step for step in steps if self.bottom <= step <= self.top]
        rough = self.top / 4
        unit = 10.0 ** math.floor(math.log10(rough))
        step = next(part * unit for part in (1, 2, 5, 10) if part * unit >= rough)
        step = max(step, 1.0)
        return [step * number for number in range(int(self.top / step) + 1)]


def _axes(drawing: Drawing, scale: _Scale, what: str, zone: ZoneInfo) -> None:
    for figure in scale.figures():
        y = scale.y(figure)
        drawing.add("line", class_="rule", x1=LEFT, x2=scale.width - RIGHT, y1=y, y2=y, stroke=RULE, stroke_width=1)
        drawing.add("text", f"{figure:,.0f}", class_="axis", x=LEFT - 6, y=y + 4, text_anchor="end", fill=GREY)
    drawing.add("text", what, class_="axis", x=LEFT - 6, y=TOP - 1, text_anchor="end", fill=GREY, font_size=11)
    for moment, label in _days(scale, zone):
        x = scale.x(moment)
        drawing.add("line", class_="rule", x1=x, x2=x, y1=scale.base, y2=scale.base + 5, stroke=GREY, stroke_width=1)
        drawing.add("text", label, class_="axis", x=x, y=scale.base + 18, text_anchor="middle", fill=GREY)


def _days(scale: _Scale, zone: ZoneInfo) -> list[tuple[datetime, str]]:
    """Moments for the axis of time, as many as there is room for: midnights, or hours where few days are shown."""
    first, last = scale.first.astimezone(zone), scale.last.astimezone(zone)
    hours = (last - first) / timedelta(hours=1)
    most = (scale.width - LEFT - RIGHT) / _TICK_UNITS
    step = next((step for step in (1, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2160, 8760) if hours / step <= most), 87_600)
    moment = first.replace(hour=0, minute=0, second=0, microsecond=0)
    ticks: list[tuple[datetime, str]] = []
    while moment <= last:
        if moment >= first:
            ticks.append((moment, f"{moment:%a} {moment.day} {moment:%b}" if step >= _DAY_H else f"{moment:%H:%M}"))
        moment = datetime.combine(moment.date(), moment.time(), zone) + timedelta(hours=step)
    return ticks


def _band(drawing: Drawing, scale: _Scale, bands: Sequence[Band], name: str, colour: str) -> None:
    if len(bands) < 2:  # noqa: PLR2004 - a band has two ends
        return
    forecast = "forecast" in name
    edge = [(scale.x(band.at), scale.y(band.high)) for band in bands]
    edge += [(scale.x(band.at), scale.y(band.low)) for band in reversed(bands)]
    drawing.add("path", class_=name, d=path(edge, closed=True), fill=colour, fill_opacity=0.16 if forecast else 0.32)
    likely = [(scale.x(band.at), scale.y(band.likely)) for band in bands]
    dashes = "2 4" if forecast else "6 3"
    drawing.add("path", class_="likely", d=path(likely), fill="none", stroke=BLUE, stroke_width=1.4, stroke_dasharray=dashes)


def _ends(fact: Fact) -> tuple[float | None, float | None]:
    amount = fact.body["amount"]
    return amount.get("low"), amount.get("high")


def _statement(drawing: Drawing, scale: _Scale, fact: Fact, number: int) -> None:
    low, high = _ends(fact)
    start, end = scale.x(fact.happened.start), scale.x(fact.happened.end)
    x = (start + end) / 2
    group = drawing.add("g", class_="said", data_entry=fact.id)
    said = amount_words(Amount(**fact.body["amount"]))
    drawing.add("title", f"{said}, {fact.source.speaker} ({fact.source.grade}), {age_words(fact.age_s)} ago", inside=group)
    from_y = scale.y(low) if low is not None else scale.y(high or 0.0) + _ARROW
    to_y = scale.y(high) if high is not None else scale.y(low or 0.0) - _ARROW
    if low != high:
        drawing.add("line", inside=group, x1=x, x2=x, y1=from_y, y2=to_y, stroke=VERMILION, stroke_width=3.2, class_="range")
    for y, is_end in ((from_y, low is not None), (to_y, high is not None)):
        if low == high:
            continue
        if is_end:
            drawing.add("line", inside=group, x1=x - 5, x2=x + 5, y1=y, y2=y, stroke=VERMILION, stroke_width=2, class_="range")
        else:
            tip = -7.0 if y == to_y else 7.0
            arrow = path([(x - 5, y), (x + 5, y), (x, y + tip)], closed=True)
            drawing.add("path", inside=group, d=arrow, fill=VERMILION, class_="tip")
    if end - start > 12:  # noqa: PLR2004 - user units: a span that can be seen
        y = scale.y(math.sqrt((low or 1) * (high or low or 1))) if low != high else from_y
        drawing.add("line", inside=group, x1=start, x2=end, y1=y, y2=y, stroke=VERMILION, stroke_width=1.2, class_="range")
    if low == high:
        drawing.add("circle", inside=group, cx=x, cy=from_y, r=4.5, fill=VERMILION, stroke=PAPER, stroke_width=1, class_="dot")
    at_y = min(from_y, to_y) - 8
    drawing.add("text", str(number), inside=group, x=x, y=max(at_y, TOP + 8), text_anchor="middle", fill=INK, font_weight=700)


def caption(count: CountOf, zone: str) -> str:
    """What the plot of a figure shows, with the speakers by their numbers; the same figure of one speaker once."""
    known = ZoneInfo(zone)
    alike: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for number, fact in enumerate(count.statements, start=1):
        words, when = amount_words(Amount(**fact.body["amount"])), time_words(fact.happened.start, known)
        alike.setdefault((words, fact.source.speaker), []).append((number, when))
    said = "; ".join(
        f"{', '.join(str(number) for number, _ in told)} {words} "
        f"({speaker}, {' to '.join(dict.fromkeys((told[0][1], told[-1][1])))})"
        for (words, speaker), told in alike.items()
    )
    where = f", {count.where}" if count.where else ""
    return (
        f"{vocabulary(count.what).capitalize()}{where}: {said}. Band: where the number was nine times in ten; light: forecast."
    )
