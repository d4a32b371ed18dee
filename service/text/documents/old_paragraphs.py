"""Paragraphs that a note carries on from another year: a text in, the places of what is told of then out.

"BACKGROUND (carried forward from 2016): ..." is pasted into every letter. Its operations count; its signs are of then.
"""

from __future__ import annotations

import re
from datetime import timedelta

from service.domain.spans import Span
from service.text.documents import temporal

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CARRIED = re.compile(
    r"(?:^|\n)[ \t#*]*(?P<head>[^\n]{0,50}\b(?:carried|copied|brought|pasted|imported|pulled)[ -]?"
    r"(?:forward|over|across|in)?\b[^\n:]{0,30}?\b(?:from|of|since|in|entry)\b[^\n:]{0,30}?"
    rf"{_YEAR}[^\n:]{{0,20}}[:\n])",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|\n)[ \t#*]*(?P<head>(?:background|history|past history|previous history|summary|hospital course"
    rf"|index admission)[ ,(\[]{{1,3}}(?:(?:of|from|in) )?{_YEAR}[)\] ]*:)",
    re.IGNORECASE,
)
_END = re.compile(
    r"\n[ \t]*\n|\n[ \t#*]*(?:today|now|current(?:ly)?|presenting|this visit|interval|since then|on examination|o/e"
    r"|exam|update|hpc|hpi)\b",
    re.IGNORECASE,
)


_PRESENTED = re.compile(
    r"\b(?P<head>(?:presenting (?:complaint|problem|symptoms?)|pc|reason for (?:admission|surgery|referral)"
    r"|adm(?:ission|itting) (?:diagnosis|dx)"
    r"|presentation|indications?(?: for (?:surgery|operation|admission))?|pre-?op(?:erative)? (?:status|symptoms"
    r"|diagnosis|dx))\s?:"
    r"[^\n]{0,400}?)(?=(?:\.\s|\n)\s{0,4}(?:procedures?|operations?|surgery|operation performed|course)\b"
    r"[^\n:]{0,20}:)",
    re.IGNORECASE,
)
_ADMITTED = re.compile(
    r"\b(?P<head>(?:admitted|presented|came|referred|was (?:admitted|referred)|p/w|c/o)\b(?: (?:to|at) [^.;\n]{2,30})?"
    r" (?:with|for|because of|c/o)\b[^.\n]{5,250}?)(?=(?:[.;,]|\band\b)\s{0,3}(?:and |he |she |pt |patient "
    r"|for which |then )*"
    r"(?:underwent|had (?:the |an? )?(?:above|surgery|operation|decompression|discectomy|fusion)|was operated"
    r"|(?:was )?taken to"
    r" theatre)\b)",
    re.IGNORECASE,
)
"""What brought somebody to the operation that the same sentence or the next tells of."""
_DISCHARGED = re.compile(r"\b(?:discharge|d/c)\b.{0,12}\b(?:summary|letter|note)\b", re.IGNORECASE)
"""A letter that sends somebody home after an operation tells first what brought him to it."""
_LATELY = 10
"""Days before the writing from which on a copied paragraph tells of now."""


def _is_old(head: str, year: int, stated: Span) -> bool:
    day = temporal.calendar_date(head)
    return day.last < stated.first - timedelta(days=_LATELY) if day else year < stated.first.year - 1


def old_lines(text: str, stated: Span | None) -> frozenset[str]:
    """The words of each such paragraph of a year before that of the writing; none where no day of writing is known."""
    told = (*_PRESENTED.finditer(text), *_ADMITTED.finditer(text)) if _DISCHARGED.search(text) else ()
    before = [" ".join(m["head"].split()) for m in told]
    if stated is None or ("rom" not in text and not _LABELLED.search(text)):
        return frozenset(before)
    found = [*_CARRIED.finditer(text), *_LABELLED.finditer(text)]
    out: list[str] = before
    for match in found:
        if _is_old(match["head"], int(match["year"]), stated):
            end = _END.search(text, match.end())
            out.append(" ".join(text[match.start("head") : end.start() if end else len(text)].split()))
    return frozenset(out)


def is_of_then(sentence: str, paragraphs: frozenset[str]) -> bool:
    """Whether the sentence stands in one of them."""
    plain = " ".join(sentence.split()).rstrip(" .;")
    return any(plain in paragraph for paragraph in paragraphs)
