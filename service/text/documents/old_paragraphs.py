"""Paragraphs that a note carries on from another year: a text in, the places of what is told of then out.

"BACKGROUND (carried forward from 2016): ..." is pasted into every letter. Its operations count; its signs are of then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from service.domain.spans import Span
from service.text.documents import frames_of_then, temporal

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
_AHEAD = 600
"""Characters behind the last sentence in which the next one begins."""
_LATELY = 10
"""Days before the writing from which on a copied paragraph tells of now."""


def _is_old(head: str, year: int, stated: Span) -> bool:
    day = temporal.calendar_date(head)
    return day.last < stated.first - timedelta(days=_LATELY) if day else year < stated.first.year - 1


class OfThen:
    """The places of a text that tell of then, asked of its sentences in their order."""

    def __init__(self, text: str, stated: Span | None, *, own: bool = True) -> None:
        found = [*_old(text, stated), *frames_of_then.spans(text, own=own)]
        self._held = [(_plain_length(text, begin), _plain_length(text, end)) for begin, end in found]
        self._text = " ".join(text.split()) if found else ""
        self._at = 0

    def part(self, sentence: str) -> tuple[int, int]:
        """Begin and end of what in the sentence is of then; equal where nothing is."""
        if not self._held:
            return 0, 0
        plain = " ".join(sentence.split()).rstrip(" .;")
        at = self._text.find(plain, self._at, self._at + len(plain) + _AHEAD)
        if at < 0:
            told = any(plain in self._text[begin:end] for begin, end in self._held)
            return 0, len(sentence) if told else 0
        self._at = at + 1
        held = [(max(at, b), min(at + len(plain), e)) for b, e in self._held if b < at + len(plain) and at < e]
        if not held:
            return 0, 0
        begin, end = min(b for b, _ in held) - at, max(e for _, e in held) - at
        return begin, len(sentence) if end >= len(plain) else end


def _plain_length(text: str, at: int) -> int:
    before = " ".join(text[:at].split())
    return len(before) + (1 if before and at < len(text) and (text[at - 1].isspace() or text[at].isspace()) else 0)


def _old(text: str, stated: Span | None) -> Iterator[tuple[int, int]]:
    """The paragraphs that a note carries on from a year before that of the writing, and what brought somebody to the
    operation of the stay that a discharge letter ends."""
    if _DISCHARGED.search(text):
        for match in (*_PRESENTED.finditer(text), *_ADMITTED.finditer(text)):
            yield match.span("head")
    if stated is None or ("rom" not in text and not _LABELLED.search(text)):
        return
    for match in (*_CARRIED.finditer(text), *_LABELLED.finditer(text)):
        if _is_old(match["head"], int(match["year"]), stated):
            end = _END.search(text, match.end())
            yield match.start("head"), end.start() if end else len(text)
