"""Reports out of every kind of file, whole and hostile."""

from __future__ import annotations

import contextlib
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.errors import BadFile
from clearway.intake.compare import Known
from clearway.intake.contract import answer_of
from clearway.intake.files import MOST_BYTES, reports_in
from clearway.intake.reader import read
from clearway.intake.report import MOST_TEXT, Report
from clearway.intake.submit import report_draft
from clearway.record.entry import Draft
from intake.hostile import pages
from intake.reports import CONTEXT
from rounds import examples

ZONE = ZoneInfo("Pacific/Auckland")
TOLD = "About 450 vehicles stand in the streets round M\u0101ngere, police said."


def one(data: bytes | str, name: str = "report.txt") -> Report:
    (found,) = reports_in(data.encode() if isinstance(data, str) else data, name, zone=ZONE)
    return found


def pdf(words: str) -> bytes:
    return typst.compile(f"#set document(date: datetime(year: 2022, month: 2, day: 18))\n{words}".encode(), format="pdf")


PAGE = f"""<!DOCTYPE html><html><head><title>The paper</title>
<meta property="og:title" content="Streets full"><meta property="og:site_name" content="The paper">
<meta property="article:published_time" content="2022-02-18T19:05:00+13:00">
<script>document.location = "http://example.org/"</script><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Streets full</h1><p>{TOLD}</p><p>A second paragraph, with <b>more</b>&nbsp;words &amp; signs.</p></article>
<footer>All rights reserved</footer><img src="http://example.org/x.png" onerror="alert(1)"></body></html>"""


def test_plain_text_keeps_every_character_where_it_was() -> None:
    text = f"  {TOLD}\r\n\r\nNext.\u00c2\n"
    assert one(text).text == text


def test_a_page_gives_its_article_its_date_and_its_publisher_and_runs_nothing() -> None:
    report = one(PAGE, "page.html")
    assert TOLD in report.text
    assert "A second paragraph, with more words & signs." in report.text
    for foreign in ("Sport", "rights reserved", "document.location", "color"):
        assert foreign not in report.text
    assert (report.title, report.publisher) == ("Streets full", "The paper")
    assert report.published is not None
    assert report.published.isoformat() == "2022-02-18T06:05:00+00:00"


def test_the_date_of_linked_data_counts_too() -> None:
    linked = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-02-18T19:05:00+13:00"}</script>'
    )
    report = one(f"<html><head>{linked}</head><body><p>{TOLD}</p></body></html>", "page.html")
    assert report.published is not None
    assert report.published.hour == 6


def test_a_pdf_gives_its_words() -> None:
    report = one(pdf(TOLD), "report.pdf")
    assert "450 vehicles" in " ".join(report.text.split())


@pytest.mark.parametrize("cut", [5, 20, 50, 200, 1000])
def test_a_pdf_that_is_cut_off_or_filled_with_noise_is_one_sentence(cut: int) -> None:
    whole = pdf(TOLD)
    for data in (whole[:cut], b"%PDF-1.7\n" + bytes(range(256)) * cut):
        with pytest.raises(BadFile) as refused:
            reports_in(data, "report.pdf")
        assert "\n" not in str(refused.value)


def mail(**told: object) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Council media <media@council.example>", "room@example.org"
    message["Subject"], message["Date"] = told.get("subject", "Streets full"), "Fri, 18 Feb 2022 19:05:00 +1300"
    return message


def test_a_mail_gives_its_words_its_sender_and_its_date() -> None:
    message = mail()
    message.set_content(TOLD)
    message.add_alternative(f"<html><body><p>{TOLD}</p></body></html>", subtype="html")
    report = one(message.as_bytes(), "mail.eml")
    assert report.text.strip() == TOLD
    assert (report.title, report.publisher, report.medium) == ("Streets full", "council.example", "message")
    assert report.published is not None
    assert report.published.hour == 6


def test_a_mail_that_is_only_html_and_what_is_attached_to_it() -> None:
    message = mail(subject="Media release: streets full")
    message.set_content(f"<html><body><p>{TOLD}</p></body></html>", subtype="html")
    message.add_attachment(pdf("Buses go round by the quay."), maintype="application", subtype="pdf", filename="release.pdf")
    message.add_attachment(b"\x89PNG\r\n\x1a\n0000", maintype="image", subtype="png", filename="logo.png")
    body, attached = reports_in(message.as_bytes(), "mail.eml")
    assert TOLD in body.text
    assert (body.medium, body.issuer) == ("press_release", "council.example")
    assert "Buses" in attached.text
    assert attached.name == "mail.eml: release.pdf"


@pytest.mark.parametrize(
    ("sender", "publisher"),
    [
        ("A. Person <a.person@council.example>", "council.example"),
        ("Media Centre <media@police.govt.nz>", "police.govt.nz"),
        ("A. Person <a.person@gmail.com>", None),
        ("a.person@xtra.co.nz", None),
        ("A. Person <a.person@yahoo.co.uk>", None),
        ("A. Person <hello@aperson.example>", None),
        ("First Last <firstlast@firstlast.example>", None),
        ("Council of Example <media@councilofexample.govt.nz>", "councilofexample.govt.nz"),
        ("A. Person", None),
        ("A. Person <a.person@>", None),
        ("A. Person <a@[192.0.2.1]>", None),
        ("", None),
    ],
)
def test_the_sender_of_a_mail_becomes_its_organisation_and_never_a_name(sender: str, publisher: str | None) -> None:
    data = f"From: {sender}\r\nTo: room@example.org\r\nSubject: Streets\r\n\r\n{TOLD}\r\nAbout 20 people sat there.".encode()
    report = one(data, "mail.eml")
    assert report.publisher == publisher
    reading = read(report, CONTEXT)
    stored = "".join(draft.content() for draft in (report_draft(reading, 0), *(one.draft for one in reading.proposals)))
    assert reading.proposals
    for name in ("Person", "person@", "First", "hello"):
        assert name not in stored


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The paper</title>
<item><title>Streets full</title><description>&lt;p&gt;{TOLD}&lt;/p&gt;</description>
<pubDate>Fri, 18 Feb 2022 19:05:00 +1300</pubDate></item>
<item><title>Second</title><description>Buses go round.</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The paper</title><entry>
<title>Streets full</title>
<updated>2022-02-18T06:05:00Z</updated><content type="html">&lt;p&gt;{TOLD}&lt;/p&gt;</content></entry></feed>"""


def test_a_feed_gives_a_report_for_each_entry() -> None:
    first, second = reports_in(RSS.encode(), "feed.xml")
    assert (first.title, first.publisher, second.title) == ("Streets full", "The paper", "Second")
    assert TOLD in first.text
    assert first.published is not None
    assert (first.published.hour, second.published) == (6, None)
    (entry,) = reports_in(ATOM.encode(), "feed.atom")
    assert TOLD in entry.text
    assert entry.published == first.published


def test_a_feed_that_defines_entities_is_refused_and_reads_no_file() -> None:
    defined = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    told = f'<?xml version="1.0"?>{defined}<rss><channel><item><title>&x;</title></item></channel></rss>'
    with pytest.raises(BadFile, match="entities"):
        reports_in(told.encode(), "feed.xml")


def test_the_date_in_a_files_name_counts_where_nothing_else_says_it() -> None:
    report = one(TOLD, "2022-02-18-evening.txt")
    assert report.published is not None
    assert report.published.astimezone(ZONE).isoformat() == "2022-02-18T23:59:00+13:00"
    assert one(TOLD, "report-1.txt").published is None
    assert one(TOLD, "2022-13-45.txt").published is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (bytes(range(1, 9)) * 400, "is not a text file"),
        (b"PK\x03\x04 and so on", "is a ZIP file or an office document"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\x1f\x8b\x08\x00 and so on", "is a compressed file"),
        (b"x" * (MOST_BYTES + 1), "is larger than 5 MB"),
        (b"word " * (MOST_TEXT // 5 + 1), "has more than 300,000 characters"),
        (b"... --- ...", "has no words"),
        (b"<html><body><img src=x></body></html>", "has no words"),
        (b"<div>" * 5000 + b"deep", "nests its elements thousands deep"),
        (b'<?xml version="1.0"?><rss><channel><ite', "cut short or damaged"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_that_says_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words) as refused:
        reports_in(data, "file.bin")
    assert str(refused.value).startswith("file.bin: ")
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def as_mail(*headers: str, body: str = TOLD) -> bytes:
    lines = ["From: Media team <media@council.example>", "To: room@example.org", "Subject: Streets full", *headers, "", body]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Fri, 18 Feb 99999 19:05:00 +1300",
        "Thu, 99 Foo 2022 25:61:61 +9999",
        "Fri, 18 Feb 2022 19:05:00 +130000000000",
        "\udcff",
        "",
    ],
)
def test_a_mail_of_an_impossible_date_is_read_and_its_time_is_unknown(date: str) -> None:
    report = one(as_mail(f"Date: {date}"), "mail.eml")
    assert TOLD in report.text
    assert report.published is None


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Type: text/plain; charset=x-unknown",),
        ("Content-Type: text/plain; charset=undefined",),
        ('Content-Type: text/plain; charset="\x00"',),
        (f"Content-Type: text/plain; charset={'x' * 3000}",),
        ("Content-Transfer-Encoding: x-unknown",),
        ("Content-Transfer-Encoding: \udcff",),
        ("Content-Type: multipart/mixed",),
        ('Content-Type: multipart/mixed; boundary=""',),
        ("Content-Type: /",),
        ("Content-Type: text/plain; name*0*=x; name*2=y",),
        (f"Cc: {'(' * 5000}",),
        ("From: =?x-unknown?q?=FF?= <a@example.org>",),
        ("From: \udcff <a@example.org>",),
        ("From: \x00",),
        ("Subject: =?utf-8?b?////?=",),
        ("Subject: \u202egnp.exe",),
        ("Subject: a\r\n Bcc: everybody@example.org",),
    ],
)
def test_a_mail_with_broken_headers_is_read_all_the_same(headers: tuple[str, ...]) -> None:
    report = one(as_mail(*headers), "mail.eml")
    assert TOLD in report.text
    for words in (report.name, report.title or "", report.publisher or "", report.text):
        assert not set(words) & {"\x00", "\udcff", "\n"} or words is report.text
    assert "\x00" not in report.text
    report.text.encode()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nested.eml", "forwarded.eml", "folded.eml", "headers.eml", "many-headers.eml"])
def test_a_mail_that_is_nested_or_has_endless_headers_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(BadFile) as refused:
        reports_in(pages()[name], name)
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)


def test_mails_attached_to_mails_are_read_to_some_depth() -> None:
    inner = as_mail()
    for depth in range(6):
        outer = mail(subject=f"Forwarded {depth}")
        outer.set_content(f"See attached, number {depth}.")
        outer.add_attachment(inner, maintype="application", subtype="octet-stream", filename="forwarded.eml")
        inner = outer.as_bytes()
    texts = [report.text.strip() for report in reports_in(inner, "mail.eml")]
    assert texts == [f"See attached, number {depth}." for depth in (5, 4, 3, 2)]


def test_an_attachment_that_cannot_be_read_costs_itself_alone() -> None:
    message = mail()
    message.set_content(TOLD)
    message.add_attachment(b"<rss><channel><ite", maintype="application", subtype="xml", filename="feed.xml")
    message.add_attachment(b"%PDF-1.7\n" + bytes(range(256)), maintype="application", subtype="pdf", filename="a.pdf")
    (report,) = reports_in(message.as_bytes(), "mail.eml")
    assert report.text.strip() == TOLD


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "0000-00-00"])
def test_pages_and_feeds_of_an_impossible_date_are_read_and_their_time_is_unknown(date: str) -> None:
    page = f'<html><head><meta property="article:published_time" content="{date}"></head><body><p>{TOLD}</p></body></html>'
    assert one(page, "page.html").published is None
    feed = ATOM.replace("2022-02-18T06:05:00Z", date)
    assert one(feed, "feed.atom").published is None
    assert one(TOLD, f"{date[:10]}.txt").published is None


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "idna", "x-unknown", "\x00", "zlib"])
def test_a_feed_of_a_strange_encoding_is_read_or_refused(encoding: str) -> None:
    data = RSS.replace('version="1.0"?', f'version="1.0" encoding="{encoding}"?', 1).encode()
    with contextlib.suppress(BadFile):
        assert reports_in(data, "feed.xml")


@pytest.mark.parametrize("name", ["\udcff.txt", "a\x00b.txt", " ", "x" * 4000, "\x1b[31m.txt"])
def test_a_file_of_any_name_can_be_stored(name: str) -> None:
    report = one(TOLD, name)
    assert 0 < len(report.name) <= 300
    assert not set(report.name) & {"\x00", "\udcff", "\x1b"}
    report.name.encode()


PIECES = st.sampled_from(
    [
        *(
            b"From: a <a@example.org>\r\n",
            b"Subject: s\r\n",
            b"Date: Fri, 31 Dec 9999 23:59:59 -1200\r\n",
            b"\r\n",
            b"\r\n\r\n",
        ),
        *(b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n", b"--b--", b"Content-Type: message/rfc822\r\n\r\n"),
        *(b"Content-Type: text/html; charset=undefined\r\n", b"Content-Transfer-Encoding: base64\r\n", b"////w==", b"=FF=00"),
        *(
            b"Content-Transfer-Encoding: x-uuencode\r\n",
            b"begin 666 x\nM____\n",
            b"=?utf-8?q?=ED=B0=80?=",
            b"\xff",
            b"\x00",
            b"(",
        ),
        *(
            b"<html><body>",
            b"<p>",
            b"&#0;&#xD800;",
            b"<meta name=date content=0001-01-01T00:00:00+14:00>",
            b"<script>",
            b"<!--",
        ),
        *(
            b"<rss><channel>",
            b"<item><title>t</title>",
            b"<pubDate>10000-01-01</pubDate>",
            b"<content type='base64'>x</content>",
        ),
        *(b"%PDF-1.4\n", b"1 0 obj<</Type/Catalog>>endobj", b"trailer<</Root 1 0 R>>", b"startxref\n9\n%%EOF"),
        *(
            TOLD.encode(),
            b"on 29 February 2023 at 25:99",
            b"day 99999999999",
            b"31 December 9999",
            b"1 January 0001",
            b"9" * 400,
        ),
    ]
)


@pytest.mark.slow
@settings(max_examples=examples(100))
@given(
    st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=14),
    st.sampled_from(["a.eml", "a.html", "a.txt", "9999-12-31.txt"]),
)
def test_whatever_a_file_holds_it_is_read_or_refused_in_a_sentence(pieces: list[bytes], name: str) -> None:
    found: list[Report] = []
    with contextlib.suppress(BadFile):
        found = reports_in(b"".join(pieces), name, zone=ZONE)
    for report in found:
        reading = read(report, CONTEXT)
        (compared,) = Known(CONTEXT.calendar.zone).compare([reading])
        answer_of(reading, compared, CONTEXT.calendar.zone).model_dump_json()
        Draft.model_validate_json(report_draft(reading, 0).content())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    words = "Caf\u00e9 owners said about 450 vehicles stood there, and \u00a3300 was lost at the na\u00efve fa\u00e7ade."
    assert "about 450 vehicles" in one(words.encode(encoding)).text
    assert "Caf\u00e9" in one(words.encode(encoding)).text


def test_stray_bytes_within_a_text_cost_only_themselves() -> None:
    report = one(b"About 450 vehicles \xff\xfe stood on M\xc4\x81ngere Bridge.\x00 Police said so.")
    assert "450 vehicles" in report.text
    assert "M\u0101ngere" in report.text
    assert "\x00" not in report.text
