"""Reports out of every kind of file, whole and hostile."""

from __future__ import annotations

import time
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
import typst

from clearway.errors import BadFile
from clearway.intake.files import MOST_BYTES, reports_in
from clearway.intake.report import MOST_TEXT, Report

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


@pytest.mark.slow
def test_a_pdf_that_unfolds_without_end_is_stopped_by_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that says it is small and unfolds to a gigabyte; and a reader with no time to spare."""
    import zlib  # noqa: PLC0415 - only here

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**20)) for _ in range(1024)) + packer.flush()
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj "
    stream = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream endobj "
    monkeypatch.setattr("clearway.intake.files.PDF_SECONDS", 5)
    begin = time.monotonic()
    with pytest.raises(BadFile):
        reports_in(head + page + stream + b"trailer<</Root 1 0 R>>", "bomb.pdf")
    assert time.monotonic() - begin < 60


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
    assert (report.title, report.publisher, report.medium) == ("Streets full", "Council media", "message")
    assert report.published is not None
    assert report.published.hour == 6


def test_a_mail_that_is_only_html_and_what_is_attached_to_it() -> None:
    message = mail(subject="Media release: streets full")
    message.set_content(f"<html><body><p>{TOLD}</p></body></html>", subtype="html")
    message.add_attachment(pdf("Buses go round by the quay."), maintype="application", subtype="pdf", filename="release.pdf")
    message.add_attachment(b"\x89PNG\r\n\x1a\n0000", maintype="image", subtype="png", filename="logo.png")
    body, attached = reports_in(message.as_bytes(), "mail.eml")
    assert TOLD in body.text
    assert (body.medium, body.issuer) == ("press_release", "Council media")
    assert "Buses" in attached.text
    assert attached.name == "mail.eml: release.pdf"


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
