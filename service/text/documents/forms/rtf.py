"""RTF: bytes in; out, the words that a word processor would show."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from service.text.documents.forms import decoded
from service.text.documents.forms.decoded import Decoded
from service.text.documents.forms.plain import EMPTY

MOST_BYTES = 500_000
"""Once pictures are left out, which take the most of it."""

_PICTURE = re.compile(rb"[0-9A-Fa-f\s]{256,}")
"""Nobody writes so long without a letter beyond F: it is the inside of a picture or an object."""
_DELETED = re.compile(r"\{\\(?:deleted|v|strike)\b[^{}]{0,20000}\}")
"""Groups that are struck out or hidden from whoever reads the document."""

_MOST_FONTS = 20_000
"""Characters of a font table; a longer one is not looked at."""
_FONTS = re.compile(r"\{[^{}]*\\fonttbl")
_FONT = re.compile(r"(?=\\f\d)")
_BRACE = re.compile("[{}]")
_TABLE, _OTHER = "\\fonttbl", "\\info"
"""The group of fonts, and one that is left out in the same way."""
_FIELD = re.compile("hyperlink", re.IGNORECASE)


def read(data: bytes) -> Decoded:
    data = _PICTURE.sub(b" ", data)
    cut = "" if len(data) <= MOST_BYTES else f"only its first {MOST_BYTES // 1_000} kB were read"
    source = _DELETED.sub("", data[:MOST_BYTES].decode("cp1252", errors="replace"))
    try:
        text = rtf_to_text(_tamed(source), errors="replace")  # type: ignore[no-untyped-call]  # striprtf tells no types
    except Exception:  # noqa: BLE001 - striprtf raises anything on damaged bytes (ValueError, IndexError, LookupError)
        return Decoded("", "a damaged RTF document")
    return decoded.of(text, EMPTY, cut)


def _tamed(source: str) -> str:
    """The same document with line breaks, which RTF ignores, without link fields, and with a font table of bounded
    size: on others the patterns of the library take the square of their length."""
    source = _FIELD.sub("link", source)
    start = _FONTS.search(source)
    end = _closed(source, start.end()) if start else 0
    if start and end:
        table = _FONT.sub("\n", source[start.end() : end])
        source = f"{source[: start.end()]}{table};{source[end:].replace(_TABLE, _OTHER)}"
    else:
        source = source.replace(_TABLE, _OTHER)
    return source.replace("{", "\n{")


def _closed(source: str, start: int) -> int:
    """Where the group that is open at ``start`` ends; 0 when that is too far away."""
    depth = 1
    for brace in _BRACE.finditer(source, start, start + _MOST_FONTS):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return 0
