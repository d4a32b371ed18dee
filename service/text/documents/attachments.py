"""Attachments to text: what an Attachment carries in, its words out, or the reason why it could not be read.

What cannot be read is named, and never counts as read. The bounds are bytes, pages and characters, never seconds, so
that the same chart always gives the same cards.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from typing import NamedTuple

from service.fhir import datatypes
from service.text.documents.forms import plain
from service.text.documents.forms.decoded import Decoded, Wrapped

__all__ = ["NOT_SENT", "Decoded", "Opened", "Priced", "decoded", "price", "read"]

MOST_BYTES = 5_000_000
"""Of one attachment."""

NOT_SENT = "its text was not sent"
_NO_BASE64 = "its data is no base64"
_DATA_URL = re.compile(r"data:[\w/+.;=-]{0,100}?;base64,")
_WEB_SAFE = str.maketrans("-_", "+/")
_MARKUP = re.compile(
    rb"[\s\xef\xbb\xbf]{0,100}(?:<\?xml[^<>]{0,200}\?>\s{0,100})?<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_NESTED = 2
"""How many documents may lie in one another: a C-CDA document that wraps a PDF."""

_BY_BYTE = {"html": 1, "xml": 1, "rtf": 5}
_BY_LETTER = {"pdf": 10}
"""The price of each form: of a byte that is opened, and of a letter that is found."""

_FORMS = {
    "text/plain": "plain",
    "text/markdown": "plain",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/rtf": "rtf",
    "application/rtf": "rtf",
    "application/x-rtf": "rtf",
    "text/richtext": "rtf",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/hl7-v3+xml": "xml",
    "application/cda+xml": "xml",
    "application/hl7-cda+xml": "xml",
    "application/octet-stream": "",
    "": "",
}
"""What each media type is read as; "" lets the bytes decide, which is plain text in the end."""

_NOT_READ = (
    ("image/", "an image, which is not read"),
    ("audio/", "a recording, which is not read"),
    ("video/", "a film, which is not read"),
    ("application/dicom", "an image, which is not read"),
    ("application/msword", "a Word document, which is not read"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml", "a Word document, which is not read"),
    ("application/gzip", "a compressed file, which is not read"),
    ("application/x-gzip", "a compressed file, which is not read"),
    ("application/zip", "a compressed file, which is not read"),
)


class Opened(datatypes.Attachment, frozen=True):
    """An attachment that was opened already: no document is opened twice in one call."""

    text: str = ""
    problem: str = ""


class Priced(NamedTuple):
    """What was read, and the work it took, in tenths of a microsecond or so: a price, not a time, so that it is the
    same on every machine."""

    found: Decoded
    work: int = 0


def decoded(form: datatypes.Attachment) -> Decoded:
    """The words of an attachment, or why there are none."""
    return price(form).found


def price(form: datatypes.Attachment) -> Priced:
    """Open an attachment that carries its data, or take what is open."""
    if isinstance(form, Opened):
        return Priced(Decoded(form.text, form.problem))
    if not form.data:
        return Priced(Decoded("", NOT_SENT if form.url else plain.EMPTY))
    return _of_base64(form.data, form.content_type or "", 0)


def read(data: bytes, content_type: str = "", nested: int = 0) -> Priced:
    """The words of a file. Never raises, whatever the bytes are."""
    kind, charset = _typed(content_type)
    if len(data) > MOST_BYTES:
        return Priced(Decoded("", f"more than {MOST_BYTES // 1_000_000} MB"))
    form = _form(kind, data)
    if form is None:
        words = (words for start, words in _NOT_READ if kind.startswith(start))
        return Priced(Decoded("", next(words, "a form that is not read")))
    found = _read_as(form, data, charset)
    if isinstance(found, Decoded):
        return Priced(found, _BY_BYTE.get(form, 0) * len(data) + _BY_LETTER.get(form, 0) * len(found.text))
    if nested == _NESTED:
        return Priced(Decoded("", "a document inside of others, too deep to be opened"))
    return _of_base64(found.data, found.kind, nested + 1)


def _read_as(form: str, data: bytes, charset: str) -> Decoded | Wrapped:
    match form:
        case "html":
            from service.text.documents.forms import html

            return html.read(data, charset)
        case "rtf":
            from service.text.documents.forms import rtf

            return rtf.read(data)
        case "pdf":
            from service.text.documents.forms import pdf

            return pdf.read(data)
        case "xml":
            from service.text.documents.forms import xml

            return xml.read(data)
    return plain.read(data, charset)


def _of_base64(data: str, content_type: str, nested: int) -> Priced:
    raw = _bytes(data)
    return Priced(Decoded("", _NO_BASE64)) if raw is None else read(raw, content_type, nested)


def _bytes(data: str) -> bytes | None:
    """Base64 as it comes: in lines, without its padding, in the alphabet of web addresses, or behind ``data:``."""
    if found := _DATA_URL.match(data):
        data = data[found.end() :]
    data = "".join(data.split()).rstrip("=").translate(_WEB_SAFE)
    data = data[: len(data) - (len(data) % 4 == 1)]
    try:
        return b64decode(data + "=" * (-len(data) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _typed(content_type: str) -> tuple[str, str]:
    """A media type and its charset, from "text/plain; charset=utf-8"."""
    kind, _, parameters = content_type[:200].lower().partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return kind.strip(), value.strip(" \"'")
    return kind.strip(), ""


def _form(kind: str, data: bytes) -> str | None:
    """What the bytes are read as: by their own mark, which is right more often than their label; else by the label."""
    start = data[:1024].lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    form = _FORMS.get(kind)
    if form in ("plain", "", "xml") and _MARKUP.match(data):
        return "html"
    if form in ("plain", "") and b"<ClinicalDocument" in data[:2000]:
        return "xml"
    return "plain" if form == "" else form
