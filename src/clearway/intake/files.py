"""Reports from files: plain text, HTML, PDF, e-mail, Atom and RSS; nothing is fetched from outside, no script runs."""

from __future__ import annotations

import email.policy
import io
import json
import re
import subprocess
import sys
from calendar import timegm
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clearway.errors import BadFile, ClearwayError
from clearway.intake.report import MOST_TEXT, Report
from clearway.record.moments import moment_of

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 5 * 2**20
"""The largest file that is read; a larger file is refused."""

MOST_IN_ONE = 200
"""The most reports that one feed or mail may give."""

PDF_SECONDS = 20
"""The longest that reading a PDF may take."""

_PDF_BYTES = 2 * 2**30
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.IGNORECASE)
_FEED = re.compile(rb"<\s*(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_MAIL = re.compile(rb"(?:From|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|Date|Subject|To): ", re.IGNORECASE)
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_OTHER_FILES = {
    b"PK\x03\x04": "a ZIP file or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old office document",
}
_RELEASE = re.compile(r"\b(?:media|press|news)\s+(?:release|statement)\b|\bfor\s+immediate\s+release\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_STRAY = {"\x00": " ", "\ufeff": " "}
_HEAD = 4000
_WORD = re.compile(r"\w", re.UNICODE)
_DEEPEST = 2000
_LEAST_ARTICLE = 500
_PUBLISHED = ("article:published_time", "datepublished", "date", "dc.date", "og:updated_time")


def reports_in(
    data: bytes, name: str, *, published: datetime | None = None, publisher: str | None = None, zone: ZoneInfo | None = None
) -> list[Report]:
    """The reports that a file holds: one, or as many as a feed or a mail with attachments has.

    Args:
        data: What the file holds.
        name: What it is called.
        published: When it was published; by default what the file itself says, then a date in its name.
        publisher: Who published it.
        zone: Time zone of a date in the name; UTC by default.

    Raises:
        BadFile: it is empty, too large, of a kind that cannot be read, or has no words.
    """
    if not data.strip():
        raise BadFile(name, "is empty", "Nothing was read.")
    if len(data) > MOST_BYTES:
        raise BadFile(name, f"is larger than {MOST_BYTES // 2**20} MB", "Send the part that matters, as text.")
    usable = [report for report in _reader(data, name)(data, name) if _WORD.search(report.text)]
    if not usable:
        raise BadFile(name, "has no words in it", "If it is a scan, type what it says and send that as text.")
    dated = [_dated(report, published, publisher, zone or ZoneInfo("UTC")) for report in usable[:MOST_IN_ONE]]
    if any(len(report.text) > MOST_TEXT for report in dated):
        raise BadFile(name, f"has more than {MOST_TEXT:,} characters", "Send it in parts.")
    return dated


def _reader(data: bytes, name: str) -> Callable[[bytes, str], list[Report]]:
    """How a file is read, by what it begins with; its name counts where that leaves it open."""
    head, low = data[:_HEAD].lstrip(), name.lower()
    other = next((what for mark, what in _OTHER_FILES.items() if head.startswith(mark)), None)
    if other is not None:
        raise BadFile(name, f"is {other}", "Save it as text, HTML or PDF, and send that.")
    if head.startswith(b"%PDF"):
        return _pdf
    if _FEED.search(head[:1000]) and not _HTML.match(head):
        return _feed
    if low.endswith(".eml") or (_MAIL.match(head) and len(_MAIL.findall(head)) > 2):  # noqa: PLR2004 - a form may have one such line
        return _mail
    return _page if _HTML.search(head) else _plain


def decoded(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8, else what they look like; stray signs become spaces, so that offsets stay.

    Raises:
        BadFile: they are not text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guessed(data)
    for stray, instead in _STRAY.items():
        text = text.replace(stray, instead)
    if len(_CONTROL.findall(text)) + text.count("\ufffd") > max(len(text) // 20, 10):
        raise BadFile(name, "is not a text file", "Send a report as text, HTML, PDF, e-mail or feed.")
    return _CONTROL.sub(" ", text)


def _guessed(data: bytes) -> str:
    """Bytes that are not clean UTF-8: UTF-8 with a few stray bytes if it has valid letters beyond ASCII, else what they look like."""
    lenient = data.decode("utf-8", errors="replace")
    strays = lenient.count("\ufffd")
    sound = sum(sign > "\x7f" for sign in lenient) - strays
    if sound >= strays / 4 and sound > 0:
        return lenient
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - most texts are UTF-8

    looks = detect_encoding(data) or "cp1252"
    return data.decode("cp1252" if looks in ("utf-8", "ascii") else looks, errors="replace")


def _plain(data: bytes, name: str) -> list[Report]:
    text = decoded(data, name)
    return [Report(text, name, medium=_medium(text))]


def _page(data: bytes, name: str) -> list[Report]:
    return [_of_html(decoded(data, name), name)]


def _of_html(markup: str, name: str) -> Report:
    """The words of a page without what stands round its article."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - only pages need it
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 - same

    if _too_deep(markup):
        raise BadFile(name, "nests its elements thousands deep", "Save the page as text, and send that.")
    tree = HTMLTree.parse(markup)
    text, whole = (
        extract_plain_text(
            tree, main_content=main, preserve_formatting=True, links=False, alt_texts=False, form_fields=False, noscript=False
        )
        for main in (True, False)
    )
    if len(text) * 3 < len(whole) and len(text) < _LEAST_ARTICLE:  # no article was recognised
        text = whole
    document = tree.document
    metas = document.query_selector_all("meta") if document is not None else []
    stated = {
        (meta.getattr("property") or meta.getattr("name") or meta.getattr("itemprop") or "").lower(): meta.getattr("content")
        or ""
        for meta in metas
    }
    scripts = document.query_selector_all('script[type="application/ld+json"]') if document is not None else []
    linked = " ".join(script.text or "" for script in scripts)[:100_000]
    moment = next((stated[key] for key in _PUBLISHED if stated.get(key)), None)
    moment = moment or (dated[1] if (dated := re.search(r'"datePublished"\s*:\s*"([^"]+)"', linked)) else None)
    title = " ".join((stated.get("og:title") or tree.title or "").split())[:300] or None
    publisher = stated.get("og:site_name") or None
    return Report(text.replace("\xa0", " "), name, _moment(moment), publisher, _medium(text), None, title)


def _too_deep(markup: str) -> bool:
    """Whether elements stand in one another thousands deep: no page of words does that."""
    depth = 0
    for closing in re.finditer(
        r"<(/?)(?:div|p|span|b|i|ul|ol|li|table|tr|td|section|font|blockquote|a|em|strong)\b", markup, re.IGNORECASE
    ):
        depth += -1 if closing[1] else 1
        if depth > _DEEPEST:
            return True
    return False


def _pdf(data: bytes, name: str) -> list[Report]:
    """A PDF's words, read in a process of its own that may take neither long nor much memory."""
    command = [sys.executable, "-m", "clearway.intake.pdf", str(_PDF_BYTES), str(PDF_SECONDS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PDF_SECONDS + 5, check=False)  # noqa: S603 - our own module
        answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise BadFile(name, "is a PDF that takes too long to read", "Save its text, and send that.") from error
    if "text" not in answer:
        raise BadFile(name, "is a PDF that cannot be read", "If it is damaged or locked, save its text and send that.")
    text = answer["text"]
    return [Report(text, name, _moment(answer.get("published")), None, _medium(text), None, answer.get("title") or None)]


def _mail(data: bytes, name: str) -> list[Report]:
    """A mail's own words, and what is attached to it."""
    mail = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(data)
    try:
        return _of_mail(mail, name)
    except (LookupError, ValueError, AttributeError) as error:  # headers and charsets that the library cannot make out
        raise BadFile(name, "is an e-mail that cannot be read", "Copy its text, and send that.") from error


def _of_mail(mail: EmailMessage, name: str) -> list[Report]:
    sent = mail["date"].datetime if mail["date"] is not None else None
    sender, address = parseaddr(str(mail["from"] or ""))
    subject = " ".join(str(mail["subject"] or "").split())[:300] or None
    body = mail.get_body(("plain", "html"))
    reports: list[Report] = []
    if body is not None:
        words = str(body.get_content())
        report = _of_html(words, name) if body.get_content_type() == "text/html" else Report(words, name)
        who = sender or address or None
        release = _RELEASE.search(f"{subject or ''} {words[:_HEAD]}") is not None
        reports.append(
            replace(
                report,
                published=_aware(sent),
                publisher=who,
                medium="press_release" if release else "message",
                issuer=who if release else None,
                title=subject,
            )
        )
    for part in mail.iter_attachments():
        data, called = part.get_payload(decode=True), part.get_filename() or "attachment"
        if isinstance(data, bytes) and data.strip():
            try:
                reports += [
                    replace(report, published=report.published or _aware(sent))
                    for report in reports_in(data, f"{name}: {called}")
                ]
            except ClearwayError:
                continue  # a picture or a signature; the mail's own words are read all the same
    return reports


def _feed(data: bytes, name: str) -> list[Report]:
    import feedparser  # noqa: PLC0415 - only feeds need it

    if _ENTITY.search(data):
        raise BadFile(
            name,
            "is a feed that defines its own entities, a known form of attack",
            "Get it again from its publisher.",
        )
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo and not feed.entries:
        raise BadFile(name, "is a feed that is cut short or damaged", "Get it again from its publisher.")
    publisher = feed.feed.get("title")
    reports: list[Report] = []
    for entry in feed.entries:
        content = " ".join(part.get("value", "") for part in entry.get("content", ())) or entry.get("summary", "")
        title = " ".join(str(entry.get("title", "")).split())
        words = _of_html(f"<html><body><article>{content}</article></body></html>", name).text if "<" in content else content
        stamp = entry.get("published_parsed") or entry.get("updated_parsed")
        moment = datetime.fromtimestamp(timegm(stamp), UTC) if stamp else None
        reports.append(
            Report(f"{title}\n{words}" if title else words, title or name, moment, publisher, "article", None, title or None)
        )
    return reports


def _dated(report: Report, published: datetime | None, publisher: str | None, zone: ZoneInfo) -> Report:
    """A report with its publication: as given, as it says itself, else the end of the day in its name."""
    moment = published or report.published
    if moment is None and (stamp := _DATE.search(report.name)):
        try:
            day = date(int(stamp[1]), int(stamp[2]), int(stamp[3])) + timedelta(days=1)
            moment = datetime(day.year, day.month, day.day, tzinfo=zone) - timedelta(minutes=1)
        except (ValueError, OverflowError):
            moment = None
    who = publisher or report.publisher
    issuer = report.issuer or (who if report.medium == "press_release" else None)
    return replace(report, published=moment.astimezone(UTC) if moment else None, publisher=who, issuer=issuer)


def _medium(text: str) -> Any:  # noqa: ANN401 - one of Medium
    return "press_release" if _RELEASE.search(text[:400]) else "article"


def _moment(text: str | None) -> datetime | None:
    """A moment as a file gives it; None if it cannot be read."""
    try:
        return moment_of(text) if text else None
    except ClearwayError:
        return None


def _aware(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment if moment.tzinfo else moment.replace(tzinfo=UTC)
