"""PDF: bytes in; out, the text that lies in it. A scan holds none, and nothing here reads pictures."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration

from service.text.documents.forms import decoded
from service.text.documents.forms.decoded import Decoded

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # it tells what it finds odd, and may quote it

MOST_BYTES = 5_000_000
MOST_PAGES = 30
_MOST_OPERATIONS = 300_000
"""Drawing operations of one document: a page of text has about a thousand, one that draws a chart many more."""

_NO_TEXT = "a PDF without text in it, perhaps a scan"
_DAMAGED = "a damaged PDF"
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": 4_000_000,
    "lzw_maximum_output_length": 2_000_000,
    "run_length_maximum_output_length": 4_000_000,
    "array_based_stream_maximum_output_length": 8_000_000,
    "zlib_maximum_recovery_input_length": 100_000,
    "stream_decoding_work_maximum_length": 16_000_000,
    "stream_parsing_work_maximum_count": 1_000_000,
    "array_maximum_element_count": 50_000,
    "dictionary_maximum_element_count": 50_000,
    "page_tree_maximum_entries": 5_000,
    "page_tree_maximum_page_entries": 100_000,
    "xform_maximum_invocations_per_extraction": 200,
    "stream_filters_maximum_length": 4,
    "jbig2dec_binary": None,
    "disable_legacy_handling": True,
}


class _TooMuch(Exception):
    """More operations than a document of words has."""


def read(data: bytes) -> Decoded:
    """The text of its first pages. Pages that hold a picture and no text, or that are damaged, are counted and told."""
    if len(data) > MOST_BYTES:
        return Decoded("", f"a PDF of more than {MOST_BYTES // 1_000_000} MB")
    try:
        with apply_configuration(**_LIMITS):
            return _read(data)
    except Exception:  # noqa: BLE001 - pypdf raises anything on damaged bytes (KeyError, RecursionError, struct.error)
        return Decoded("", _DAMAGED)


def _read(data: bytes) -> Decoded:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return Decoded("", "a PDF that is locked with a password")
    pages = len(reader.pages)
    left = _MOST_OPERATIONS
    found: list[str] = []
    size = pictures = damaged = opened = 0

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooMuch

    for number in range(min(pages, MOST_PAGES)):
        if left < 0 or size > decoded.LONGEST:
            break
        opened += 1
        try:
            page = reader.pages[number]
            text = page.extract_text(visitor_operand_before=count)
            pictures += not text.strip() and _has_pictures(page)
        except Exception:  # noqa: BLE001 - the same on one page; the others may be sound
            damaged += 1
            continue
        found.append(text)
        size += len(text)
    problems = [f"only its first {opened} of {pages} pages were read"] if opened < pages else []
    if pictures:
        problems.append(f"{pictures} of its {pages} pages hold no text, perhaps scans")
    if damaged:
        problems.append(f"{damaged} of its {pages} pages could not be read")
    return decoded.of("\n".join(found), _DAMAGED if damaged == opened else _NO_TEXT, "; ".join(problems))


def _has_pictures(page: PageObject) -> bool:
    held = page.get("/Resources")
    return bool(held is not None and held.get_object().get("/XObject"))
