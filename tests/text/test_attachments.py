"""Documents in every form: their words are read, and what cannot be read says so and never counts as read."""

from __future__ import annotations

import subprocess
import sys
import time
from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.fhir import datatypes
from service.text.documents import attachments
from service.text.documents.attachments import Decoded, decoded
from tests.text.papers import FORMS, WORDS, attachment, ccda, html, pdf, rtf, wrapping

PATIENCE = 5.0  # of processor time, for a megabyte of anything on a busy machine


def opened(data, kind):
    return attachments.read(data, kind).found


@pytest.mark.parametrize("kind", FORMS)
def test_the_words_of_each_form_are_read_line_by_line(kind):
    found = decoded(attachment(FORMS[kind](*WORDS), kind))

    assert "" == found.problem
    assert list(WORDS) == [line for line in found.text.splitlines() if line.strip()][-2:]


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("named", ["", "application/octet-stream", "text/plain"])
def test_a_document_is_known_by_its_own_mark_when_its_label_is_wrong(kind, named):
    assert opened(FORMS[kind](*WORDS), kind) == opened(FORMS[kind](*WORDS), named)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("image/png", "an image, which is not read"),
        ("application/msword", "a Word document, which is not read"),
        ("application/gzip", "a compressed file, which is not read"),
        ("application/x-Jane-Doe", "a form that is not read"),
    ],
)
def test_a_form_that_is_not_read_is_named_without_the_words_of_its_sender(kind, reason):
    assert Decoded("", reason) == opened(b"\x89PNG Jane Doe", kind)


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (pdf(scans=2), "application/pdf", "a PDF without text in it, perhaps a scan"),
        (pdf(WORDS, password="x"), "application/pdf", "a PDF that is locked with a password"),
        (pdf(WORDS)[:300], "application/pdf", "a damaged PDF"),
        (b"Dear colleague", "application/pdf", "a damaged PDF"),
        (b"<ClinicalDocument><a>", "text/xml", "a damaged XML document"),
        (b"<Invoice><a/></Invoice>", "text/xml", "an XML form that is not read"),
        (ccda(), "text/xml", "a C-CDA document without narrative text"),
        (b"", "text/plain", "it is empty"),
        (html(), "text/html", "it is empty"),
        (b"\x00\x01\x02PK", "text/plain", "it is called a text and is none"),
    ],
)
def test_a_document_that_holds_no_words_says_why(data, kind, reason):
    assert Decoded("", reason) == opened(data, kind)


def test_an_attachment_that_was_not_sent_or_is_empty_says_so():
    assert "its text was not sent" == decoded(datatypes.Attachment(url="Binary/1")).problem
    assert "it is empty" == decoded(datatypes.Attachment(content_type="text/plain")).problem
    assert "its data is no base64" == decoded(datatypes.Attachment(data="No abscess. See report.")).problem


def test_base64_is_read_as_it_comes():
    words = "Reports weakness?>~ since May ÿÿ".encode()
    plain = b64encode(words).decode()
    ways = [
        plain,
        plain.rstrip("="),
        "\n ".join(plain),
        urlsafe_b64encode(words).decode(),
        f"data:text/plain;base64,{plain}",
    ]

    assert {words.decode()} == {decoded(datatypes.Attachment(content_type="text/plain", data=way)).text for way in ways}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("Schwäche".encode(), "text/plain"),
        ("Schwäche".encode("latin-1"), "text/plain"),
        ("Schwäche".encode("latin-1"), "text/plain; charset=UTF-8"),
        ("Schwäche".encode("cp1252"), 'text/plain;charset="windows-1252"'),
        ("Schwäche".encode("utf-16"), "text/plain"),
        ("Schwäche".encode("utf-16-le"), "text/plain; charset=utf-16le"),
        ("Schwäche".encode("utf-8-sig"), "text/plain; charset=latin-1"),
        ("Schwäche".encode("mac-roman"), "text/plain; charset=macintosh"),
        ("Schwäche".encode(), "text/plain; charset=rot13"),
        ("Schwäche".encode(), "text/plain; charset=\x00"),
        ('<meta charset="iso-8859-1"><p>Schwäche'.encode("latin-1"), "text/html"),
        ("<p>Schwäche".encode("latin-1"), "text/html; charset=latin-1"),
        (rb"{\rtf1\ansi\ansicpg1252 Schw\'e4che}", "text/rtf"),
        (rb"{\rtf1\ansi Schw\u228?che}", "text/rtf"),
        (
            b'<?xml version="1.0" encoding="latin-1"?>' + ccda("Schwäche").decode()[38:].encode("latin-1"),
            "text/xml",
        ),
    ],
)
def test_letters_are_those_that_were_written(data, kind):
    assert "Schwäche" == opened(data, kind).text.split()[-1]


def test_html_shows_what_a_browser_shows():
    page = """<html><head><title>Letter</title><script>numb</script></head><body><!-- numb -->
      <h2>Findings</h2><p>No&nbsp;new
      weakness<br>since <b>Mo</b>nday.</p><ul><li>groin<li>thigh</ul>
      <table><tr><th>Pain<td>8 of 10<tr><td>Fever<td>none</table><del>Abscess.</del><p hidden>numb</p>
      <p style="display: none">numb</p><input type=checkbox checked>leg <input type="checkbox">arm<pre>a  b
c</pre></body></html>"""
    shown = ["Letter", "Findings", "No\xa0new weakness", "since Monday.", "- groin", "- thigh", "Pain, 8 of 10",
             "Fever, none", "[x] leg [ ] arm", "a  b", "c"]  # fmt: skip

    assert shown == [line.strip() for line in opened(page.encode(), "text/html").text.splitlines() if line.strip()]


def test_c_cda_tells_titles_and_narratives_and_leaves_out_entries_and_what_was_struck():
    told = opened(
        ccda("Pain", title="Problems").replace(
            b"<paragraph>Pain</paragraph>",
            b'<list><item>Leg <content styleCode="Bold">pain</content></item><item><content revised="delete">Abscess'
            b"</content>Fever</item></list><table><thead><tr><th>Test</th><th>Result</th></tr></thead><tbody><tr>"
            b"<td>CRP</td><td>4</td></tr></tbody></table>",
        ),
        "text/xml",
    ).text

    assert ["Problems:", "- Leg pain", "- Fever", "Test, Result", "CRP, 4"] == [
        s.strip() for s in told.split("\n") if s.strip()
    ]


def test_a_document_inside_of_a_c_cda_is_read_and_one_too_deep_is_named():
    deep = pdf(WORDS)
    for _ in range(3):
        deep = wrapping(deep, "text/xml")

    assert WORDS[1] in opened(wrapping(pdf(WORDS), "application/pdf"), "text/xml").text
    assert "a document inside of others, too deep to be opened" == opened(deep, "text/xml").problem


def test_rtf_leaves_out_pictures_and_what_was_struck_and_follows_no_link():
    picture = rb"{\pict\pngblip " + b"89504e470d0a1a0a" * 5000 + b"}"
    link = rb'{\field{\*\fldinst{HYPERLINK "http://x.example"}}{\fldrslt home}}'
    source = rtf("Before", "After").replace(b"Before", b"Before" + picture + rb"{\strike Abscess.}" + link)

    assert ["Beforehome", "After"] == opened(source, "text/rtf").text.split()


def test_what_is_read_in_part_says_so():
    assert ("1 of its 2 pages hold no text, perhaps scans", True) == _part(pdf(WORDS, scans=1), "application/pdf")
    assert ("only its first 30 of 31 pages were read", True) == _part(pdf(*[WORDS] * 31), "application/pdf")
    assert ("only its first 1,000,000 characters were read", True) == _part(b"pain " * 300_000, "text/plain")
    assert ("only its first 500 kB were read", True) == _part(rtf("pain " * 150_000), "text/rtf")
    deep = b"<p>pain</p>" + b"<div>" * 5000 + b"numb"
    assert ("HTML that is nested too deep to be read to its end", True) == _part(deep, "text/html")
    assert ("a PDF of more than 5 MB", False) != _part(pdf(WORDS) + b" " * 5_000_000, "application/pdf")


def _part(data, kind):
    found = opened(data, kind)
    return found.problem, bool(found.text)


def test_entities_neither_grow_nor_reach_outside():
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20 if n else "numb " * 20}">' for n in range(9))
    bomb = ccda("&e8;").decode().replace("&amp;", "&").replace("?>", f"?><!DOCTYPE x [{grown}]>")
    named = '?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    outer = ccda("F&f;").decode().replace("&amp;", "&").replace("?>", named)

    assert "" == opened(bomb.encode(), "text/xml").text
    assert "root:" not in opened(outer.encode(), "text/xml").text


HOSTILE = {
    "deep html": (b"<div>" * 200_000, "text/html"),
    "deep lists": (b"<ul><li>" * 120_000 + b"pain", "text/html"),
    "tags without end": (b"<" * 1_000_000, "text/html"),
    "attributes": (b"<p " + b"a=1 " * 250_000 + b">x", "text/html"),
    "entities": (b"&nbsp" * 200_000, "text/html"),
    "deep xml": (b"<a>" * 300_000, "text/xml"),
    "sections in sections": (
        b'<ClinicalDocument xmlns="urn:hl7-org:v3">' + b"<section><text>a</text>" * 200 + b"</section>" * 200
        + b"</ClinicalDocument>", "text/xml",
    ),
    "braces": (rb"{\rtf1 " + b"{" * 1_000_000, "text/rtf"),
    "links": (rb"{\rtf1 " + b'HYPERLINK "a' * 80_000, "text/rtf"),
    "fields": (rb"{\rtf1 " + rb'{\field{\*\fldinst{HYPERLINK "a"' * 30_000, "text/rtf"),
    "fonts": (rb"{\rtf1 {\fonttbl" + rb"{\f0\fnil\fcharset0 " * 40_000, "text/rtf"),
    "fonts in one line": (rb"{\rtf1 {\fonttbl " + rb"\f0\fcharset0 aaaaaaaa" * 40_000 + b"}}", "text/rtf"),
    "fonts unclosed": (rb"{\rtf1 {\fonttbl {{{{ " + rb"\f0\fcharset0 aaaaaaaa" * 40_000, "text/rtf"),
    "two tables of fonts": (rb"{\rtf1 {\fonttbl}{\fonttbl " + rb"\f0\fcharset0 aaaaaaaa" * 40_000, "text/rtf"),
    "pictures": (rb"{\rtf1 " + rb"{\pict\bin9 " * 100_000, "text/rtf"),
    "hidden": (rb"{\rtf1 " + rb"{\v " * 300_000, "text/rtf"),
    "a page of operators": (pdf(["x" * 60] * 20_000), "application/pdf"),
    "a page that unpacks": (pdf([" " * 10_000_000]), "application/pdf"),
    "pages": (pdf(*[("a",)] * 4_000), "application/pdf"),
    "a page drawing itself": (pdf(("x",), scans=1).replace(b"/Subtype /Image", b"/Subtype /Form "), "application/pdf"),
    "pages that hold themselves": (pdf(*[("a",)] * 3).replace(b"/Kids [5 0 R", b"/Kids [2 0 R"), "application/pdf"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_malice_is_opened_or_refused_in_time(name):
    data, kind = HOSTILE[name]
    began = time.process_time()
    opened(data, kind)

    assert time.process_time() - began < PATIENCE


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([*FORMS, "", "application/octet-stream"]), st.binary(max_size=400))
def test_no_bytes_are_an_error(kind, data):
    found = opened(data, kind)

    assert found.text or found.problem
    found.text.encode()


@settings(deadline=None, max_examples=250)
@given(st.sampled_from(list(FORMS)), st.data())
def test_no_damage_is_an_error_or_takes_long(kind, data):
    whole = bytearray(FORMS[kind](*WORDS * 20))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 30))] = data.draw(
            st.binary(max_size=12)
            | st.sampled_from([bytes(whole[:200]), b"999999999", b"\\u-1 ", b"{\\", b"<!--", b"R"])
        )
    began = time.process_time()
    found = opened(bytes(whole), kind)

    assert found.text or found.problem
    found.text.encode()
    assert time.process_time() - began < PATIENCE


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60) | st.none())
def test_no_attachment_is_an_error(data, kind):
    found = decoded(datatypes.Attachment(content_type=kind, data=data, url=data))

    assert found.text or found.problem


def test_a_chart_without_documents_loads_no_reader_of_documents():
    code = (
        "import sys, service.web.app\n"
        "from service.text.documents.attachments import read\n"
        "read(b'pain', 'text/plain')\n"
        "print(sorted({'lxml', 'pypdf', 'striprtf'} & sys.modules.keys()))"
    )

    assert "[]\n" == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_what_was_opened_is_not_opened_again():
    form = attachments.Opened(content_type="application/pdf", data="!", text="pain", problem="only half")

    assert Decoded("pain", "only half") == decoded(form)
