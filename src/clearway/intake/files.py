"""Reports from files: plain text, HTML, PDF, e-mail, Atom and RSS; nothing is fetched from outside, no script runs.

A file may be hostile: whoever reads one that came from elsewhere does it by :mod:`clearway.intake.bounded`.
"""

from __future__ import annotations

import email.policy
import io
import re
from calendar import timegm
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr
from itertools import islice
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clearway.errors import BadFile, ClearwayError
from clearway.intake.pdf import pdf_words
from clearway.intake.report import MOST_TEXT, Report
from clearway.intake.tables import words_of
from clearway.record.moments import moment_of

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 5 * 2**20
"""The largest file that is read; a larger file is refused."""

MOST_IN_ONE = 200
"""The most reports that one feed or mail may give."""

MOST_HEADER_BYTES = 256 * 2**10
"""The longest headers of a mail: five times those of a mail that many servers signed."""

_DEEPEST_MAIL = 3
"""How deep mails may be attached to one another."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""A report of another year is of an unknown time: some clock or program was wrong."""

_UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MessageError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a damaged or hostile file does to the libraries that read mails and feeds."""

_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.IGNORECASE)
_FEED = re.compile(rb"<\s*(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_MAIL = re.compile(rb"(?:From|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|Date|Subject|To): ", re.IGNORECASE)
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,20}")
_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_OTHER_FILES = {
    b"PK\x03\x04": "a ZIP file or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x1f\x8b": "a compressed file",
    b"BZh": "a compressed file",
    b"\xfd7zXZ": "a compressed file",
    b"\x28\xb5\x2f\xfd": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
}
_RELEASE = re.compile(r"\b(?:media|press|news)\s+(?:release|statement)\b|\bfor\s+immediate\s+release\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_UNKEPT = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")
_STRAY = {"\x00": " ", "\ufeff": " "}
_LONGEST_NAME = 300
_HEAD = 4000
_WORD = re.compile(r"\w", re.UNICODE)
_DEEPEST = 2000
_NO_TEXT = ("application", "audio", "image", "video")
_LEAST_ARTICLE = 500
_PUBLISHED = ("article:published_time", "datepublished", "date", "dc.date", "og:updated_time")


def reports_in(
    data: bytes,
    name: str,
    *,
    published: datetime | None = None,
    publisher: str | None = None,
    zone: ZoneInfo | None = None,
    attached: int = 0,
) -> list[Report]:
    """The reports that a file holds: one, or as many as a feed or a mail with attachments has.

    Args:
        data: What the file holds.
        name: What it is called.
        published: When it was published; by default what the file itself says, then a date in its name.
        publisher: Who published it.
        zone: Time zone of a date in the name; UTC by default.
        attached: To how many mails, one in the other, it is attached.

    Raises:
        BadFile: it is empty, too large, of a kind that cannot be read, or has no words.
    """
    if not data.strip():
        raise BadFile(name, "is empty", "Nothing was read.")
    if len(data) > MOST_BYTES:
        raise BadFile(name, f"is larger than {MOST_BYTES // 2**20} MB", "Send the part that matters, as text.")
    read = _reader(data, name)
    found = _mail(data, name, attached) if read is _mail else read(data, name)
    usable = [report for report in found if _WORD.search(report.text)]
    if not usable:
        raise BadFile(name, "has no words in it", "If it is a scan, type what it says and send that as text.")
    if any(len(report.text) > MOST_TEXT for report in usable):
        raise BadFile(name, f"has more than {MOST_TEXT:,} characters", "Send it in parts.")
    return [_finished(report, published, publisher, zone or ZoneInfo("UTC")) for report in usable[:MOST_IN_ONE]]


def _reader(data: bytes, name: str) -> Callable[..., list[Report]]:
    """How a file is read, by what it begins with; its name counts where that leaves it open."""
    head, low = data[:_HEAD].lstrip(), name.lower()
    other = next((what for mark, what in _OTHER_FILES.items() if head.startswith(mark)), None)
    if other is not None:
        raise BadFile(name, f"is {other}", "Save what it says as text, HTML or PDF, and send that.")
    if head.startswith(b"%PDF"):
        return _pdf
    if (_FEED.search(head[:1000]) and not _HTML.match(head)) or (head.startswith(b"<?xml") and _ENTITY.search(data)):
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
    try:
        return data.decode("cp1252" if looks in ("utf-8", "ascii") else looks, errors="replace")
    except LookupError:  # an encoding that only browsers know
        return data.decode("cp1252", errors="replace")


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
    words = pdf_words(data)
    if words is None:
        raise BadFile(name, "is a PDF that cannot be read", "If it is damaged or locked, save its text and send that.")
    return [Report(words.text, name, words.made, None, _medium(words.text), None, words.title)]


def _mail(data: bytes, name: str, attached: int = 0) -> list[Report]:
    """A mail's own words, and what is attached to it."""
    remedy = "Copy its text, and send that."
    if attached > _DEEPEST_MAIL:
        raise BadFile(name, "is attached to a mail in a mail in a mail", remedy)
    if len(_BLANK_LINE.split(data, maxsplit=1)[0]) > MOST_HEADER_BYTES:
        raise BadFile(name, f"is an e-mail whose headers are longer than {MOST_HEADER_BYTES // 2**10} kB", remedy)
    try:
        return _of_mail(BytesParser(EmailMessage, policy=email.policy.default).parsebytes(data), name, attached)
    except _UNREADABLE as error:
        raise BadFile(name, "is an e-mail that cannot be read", remedy) from error


def _of_mail(mail: EmailMessage, name: str, attached: int) -> list[Report]:
    sent = _sent(mail)
    sender = sending_organisation(_header(mail, "from"))
    subject = " ".join(_header(mail, "subject").split())[:_LONGEST_NAME] or None
    body: MIMEPart | None = mail.get_body(("plain", "html"))
    if body is None and not mail.is_multipart() and mail.get_content_maintype() not in _NO_TEXT:
        body = mail  # of a type that is none, or parts that nothing parts
    reports: list[Report] = []
    if body is not None:
        words = _words_of(body, name)
        report = _of_html(words, name) if body.get_content_type() == "text/html" else Report(words, name)
        release = _RELEASE.search(f"{subject or ''} {words[:_HEAD]}") is not None
        reports.append(
            replace(
                report,
                published=sent,
                publisher=sender,
                medium="press_release" if release else "message",
                issuer=sender if release else None,
                title=subject,
            )
        )
    for part in islice(mail.iter_attachments(), MOST_IN_ONE):
        try:
            data, called = part.get_payload(decode=True), part.get_filename() or "attachment"
            if isinstance(data, bytes) and data.strip():
                found = reports_in(data, f"{name}: {called}"[:_LONGEST_NAME], attached=attached + 1)
                reports += [replace(report, published=report.published or sent) for report in found]
        except (ClearwayError, *_UNREADABLE):
            continue  # a picture, a signature, something broken; the mail's own words are read all the same
    return reports


def sending_organisation(sender: str) -> str | None:
    """The organisation that a mail is from, by the domain of its address; None where the address is a person's.

    Nobody's name or address becomes the publisher of a report.

    >>> sending_organisation("Media team <media@council.example>"), sending_organisation("A. Person <a.person@gmail.com>")
    ('council.example', None)
    """
    name, address = parseaddr(sender)
    domain = address.rpartition("@")[2].lower()
    if "@" not in address or not _DOMAIN.fullmatch(domain):
        return None
    labels = domain.split(".")
    if not words_of("mail_domains", of="offices").isdisjoint(labels[1:]):
        return domain
    called = ["".join(re.findall(r"[a-z0-9]+", part.lower())) for part in (name, address.rpartition("@")[0])]
    own = "".join(re.findall(r"[a-z0-9]+", "".join(labels[:-1])))
    is_personal = " " in name.strip() and any(part and part in own for part in called)
    return None if is_personal or not words_of("mail_domains", of="persons").isdisjoint(labels[:-1]) else domain


def _words_of(part: MIMEPart, name: str) -> str:
    """The text of a mail's part; by its looks where its charset is missing, unknown or wrong."""
    try:
        data: object = part.get_payload(decode=True)
    except _UNREADABLE:
        data = None
    if not isinstance(data, bytes):
        raw = part.get_payload()
        data = raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except _UNREADABLE:
        return decoded(data, name)


def _header(mail: EmailMessage, name: str) -> str:
    """A header as text; empty where there is none, or none that the library can make out."""
    try:
        return str(mail[name] or "")
    except _UNREADABLE:
        return ""


def _sent(mail: EmailMessage) -> datetime | None:
    """When a mail was sent; None where it does not say so."""
    try:
        moment: datetime | None = mail["date"].datetime
    except _UNREADABLE:
        return None
    return None if moment is None else moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _feed(data: bytes, name: str) -> list[Report]:
    import feedparser  # noqa: PLC0415 - only feeds need it

    if _ENTITY.search(data):
        raise BadFile(
            name,
            "is a feed that defines its own entities, a known form of attack",
            "Get it again from its publisher.",
        )
    damaged = BadFile(name, "is a feed that is cut short or damaged", "Get it again from its publisher.")
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except _UNREADABLE as error:
        raise damaged from error
    if feed.bozo and not feed.entries:
        raise damaged
    publisher = feed.feed.get("title")
    reports: list[Report] = []
    for entry in feed.entries[:MOST_IN_ONE]:
        content = " ".join(part.get("value") or "" for part in entry.get("content", ())) or entry.get("summary") or ""
        title = " ".join(str(entry.get("title") or "").split())
        words = _of_html(f"<html><body><article>{content}</article></body></html>", name).text if "<" in content else content
        moment = _at(entry.get("published_parsed") or entry.get("updated_parsed"))
        reports.append(
            Report(f"{title}\n{words}" if title else words, title or name, moment, publisher, "article", None, title or None)
        )
    return reports


def _finished(report: Report, published: datetime | None, publisher: str | None, zone: ZoneInfo) -> Report:
    """A report as it can be stored, with its publication: as given, as it says itself, else the end of the day in its name."""
    who = _line(publisher) or _line(report.publisher)
    return replace(
        report,
        text=_UNKEPT.sub(" ", report.text),
        name=_line(report.name) or "report",
        title=_line(report.title),
        published=published or plausible(report.published) or _day_in(report.name, zone),
        publisher=who,
        issuer=_line(report.issuer) or (who if report.medium == "press_release" else None),
    )


def _line(words: str | None) -> str | None:
    """A name as a record stores it; None where nothing is left."""
    return _UNKEPT.sub(" ", words or "").strip()[:_LONGEST_NAME].strip() or None


def _day_in(name: str, zone: ZoneInfo) -> datetime | None:
    """The end of the day that stands in a file's name."""
    stamp = _DATE.search(name)
    if stamp is None or not _FIRST_YEAR <= int(stamp[1]) <= _LAST_YEAR:
        return None
    try:
        day = date(int(stamp[1]), int(stamp[2]), int(stamp[3])) + timedelta(days=1)
    except ValueError:
        return None
    return (datetime(day.year, day.month, day.day, tzinfo=zone) - timedelta(minutes=1)).astimezone(UTC)


def plausible(moment: datetime | None) -> datetime | None:
    """When a report was published, UTC; None where no report can be of that year."""
    return moment.astimezone(UTC) if moment is not None and _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def _at(stamp: Any) -> datetime | None:  # noqa: ANN401 - nine numbers, as feedparser gives them
    """A moment of a feed; None where there is none, or none of any calendar."""
    try:
        return datetime.fromtimestamp(timegm(stamp), UTC) if stamp else None
    except (*_UNREADABLE, OSError):
        return None


def _medium(text: str) -> Any:  # noqa: ANN401 - one of Medium
    return "press_release" if _RELEASE.search(text[:400]) else "article"


def _moment(text: str | None) -> datetime | None:
    """A moment as a file gives it; None if it cannot be read."""
    try:
        return moment_of(text) if text else None
    except (ClearwayError, OverflowError):
        return None
