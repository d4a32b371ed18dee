"""Plain text: bytes in, in whichever alphabet they are written; words out."""

from __future__ import annotations

import codecs
import re

from service.text.documents.forms import decoded
from service.text.documents.forms.decoded import Decoded

EMPTY = "it is empty"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALPHABETS = re.compile(
    r"(?:utf-(?:8|16|32)(?:-[bl]e|-sig)?|ascii|iso8859-\d{1,2}|cp\d{3,4}|mac-\w+|koi8-[rut]|gb\w+|big5|shift_jis|euc_\w+|latin\w*)"
)
"""Codecs of text; Python has others, which unpack or compute."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_MOST_CONTROL = 0.01
"""The share of control characters above which bytes are no text."""


def read(data: bytes, charset: str = "") -> Decoded:
    text = letters(data, charset)
    start = text[:10_000]
    if "\x00" in text or len(_CONTROL.findall(start)) > _MOST_CONTROL * len(start):
        return Decoded("", "it is called a text and is none")
    return decoded.of(text, EMPTY)


def letters(data: bytes, charset: str = "") -> str:
    """Bytes as text: by their own mark, by the charset that was named, as UTF-8, or as Windows writes. Never raises."""
    for mark, alphabet in _MARKS:
        if data.startswith(mark):
            return data.decode(alphabet, errors="replace")
    for alphabet in (_alphabet(charset), "utf-8"):
        try:
            return data.decode(alphabet)
        except UnicodeError:
            continue
    return data.decode("cp1252", errors="replace")


def _alphabet(charset: str) -> str:
    try:
        name = codecs.lookup(charset[:40] or "utf-8").name
    except (LookupError, ValueError):
        return "utf-8"
    return name if _ALPHABETS.fullmatch(name) else "utf-8"
