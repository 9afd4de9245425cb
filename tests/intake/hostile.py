"""Files that are made to stop whoever reads them: each by its kind, none larger than a report may be."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib
from functools import cache

TOLD = "About 450 vehicles stood on Third Street, police said."
WHOLE = 290_000
"""Characters: nearly as long as a report may be."""


@cache
def pages() -> dict[str, bytes]:
    """Every hostile file by its name."""
    return {**_html(), **_mails(), **_feeds(), **_texts(), **_packed()}


def _html() -> dict[str, bytes]:
    return {
        "nested.html": b"<html><body>" + b"<b>" * 100_000 + b"words" + b"</b>" * 100_000,
        "nested-spans.html": b"<html><body>" + b"<span>" * 100_000 + TOLD.encode(),
        "nested-tables.html": b"<html><body>" + b"<table><tr><td>" * 100_000 + TOLD.encode(),
        "nested-unknown.html": b"<html><body>" + b"<x>" * 100_000 + TOLD.encode(),
        "attributes.html": b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">words</p>",
        "entities.html": b"<html><body><p>" + b"&amp;" * 900_000 + b" words",
        "unclosed.html": b"<html><body><p>words" + b"<" * 2_000_000,
        "comments.html": b"<html><body><p>words" + b"<!--" * 1_000_000,
        "metas.html": b"<html><head>" + b"<meta name=date content=9999-12-31>" * 100_000 + b"</head><p>words",
    }


def _mails() -> dict[str, bytes]:
    head = b"From: a@example.org\r\nSubject: s\r\nDate: Fri, 18 Feb 2022 19:05:00 +1300\r\nMIME-Version: 1.0\r\n"
    folded = TOLD.encode()
    for _ in range(12):
        folded = (
            head + b"Content-Transfer-Encoding: base64\r\nContent-Type: message/rfc822\r\n\r\n" + base64.encodebytes(folded)
        )
    quoted = b"=3D" * 1_500_000
    return {
        "nested.eml": b"".join(
            head + b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth) for depth in range(5000)
        )
        + TOLD.encode(),
        "forwarded.eml": (head + b"Content-Type: message/rfc822\r\n\r\n") * 5000 + TOLD.encode(),
        "folded.eml": folded,
        "quoted.eml": head + b"Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/plain\r\n\r\n" + quoted,
        "headers.eml": head + b"X-Long: " + b"a" * 4_000_000 + b"\r\n\r\n" + TOLD.encode(),
        "many-headers.eml": head + b"X-One: a\r\n" * 400_000 + b"\r\n" + TOLD.encode(),
        "folding.eml": head + b"To: a\r\n" + b" b\r\n" * 50_000 + b"\r\n" + TOLD.encode(),
        "comments.eml": b"From: " + b"(" * 100_000 + b"\r\nTo: a\r\nSubject: s\r\n\r\n" + TOLD.encode(),
        "words.eml": b"From: a\r\nTo: a\r\nSubject: " + b"=?utf-8?q?=?=" * 15_000 + b"\r\n\r\n" + TOLD.encode(),
        "parts.eml": head + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nw\r\n" * 400_000,
        "parameters.eml": head + b"Content-Type: text/plain" + b"; a*0*=x" * 25_000 + b"\r\n\r\n" + TOLD.encode(),
    }


def _feeds() -> dict[str, bytes]:
    laughs = b"".join(b'<!ENTITY a%d "&a%d;&a%d;&a%d;">' % (n, n - 1, n - 1, n - 1) for n in range(2, 60))
    item = b"<item><title>t</title><description>d</description></item>"
    return {
        "laughs.xml": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a1 "ha">'
        + laughs
        + b"]><rss><channel><item><title>&a59;</title></item></channel></rss>",
        "file.xml": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
        "deep.xml": b'<?xml version="1.0"?><rss><channel><item>' + b"<description>" * 300_000,
        "items.xml": b'<?xml version="1.0"?><rss version="2.0"><channel>' + item * 80_000 + b"</channel></rss>",
        "content.atom": b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">'
        + b"&lt;b&gt;" * 500_000
        + b"</content></entry></feed>",
    }


def _texts() -> dict[str, bytes]:
    numbers = "".join(f"Police said {number} vehicles stood on Third Street. " for number in range(9000))
    return {
        "deep.json": b"[" * 2_000_000 + b"words" + b"]" * 2_000_000,
        "one-token.txt": b"x" * 5_000_000,
        "capital.txt": b"A" * WHOLE,
        "digits.txt": b"1," * (WHOLE // 2),
        "times.txt": b"1.2-3/4:5 " * (WHOLE // 10),
        "clocks.txt": b"5pm " * (WHOLE // 4),
        "lines.txt": b"w\n" * (WHOLE // 2),
        "names.txt": b"Mr A said Dr B " * (WHOLE // 15),
        "quotation.txt": '"a \u201c'.encode() * (WHOLE // 4),
        "spaces.txt": b"w" + b" " * WHOLE + b"w",
        "counts.txt": numbers[:WHOLE].encode(),
        "same.txt": (TOLD + " ").encode() * (WHOLE // 60),
        "streets.txt": b"Hill, " * (WHOLE // 6) + b"and Bunny streets",
        "marks.txt": ("\u202e" + "\u0301" * 50).encode() * 2000 + b"words",
        "nul.txt": b"\x00" * 4_000_000 + b"words",
    }


def _packed() -> dict[str, bytes]:
    zeros = bytes(200 * 2**20)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../report.txt", zeros)
    return {"bomb.zip": packed.getvalue(), "bomb.gz": gzip.compress(zeros), "bomb.pdf": unfolding_pdf(200)}


def unfolding_pdf(megabytes: int) -> bytes:
    """A PDF whose only stream says that it is small and unfolds without end."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj "
    stream = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream endobj "
    return head + page + stream + b"trailer<</Root 1 0 R>>"
