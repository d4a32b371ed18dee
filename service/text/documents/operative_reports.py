"""Operative reports: what was performed stands in lines of its own, and the narrative below tells of its steps."""

from __future__ import annotations

import re

from service.domain.spans import Span
from service.domain.statements import Basis
from service.text.documents import temporal
from service.text.documents.entries import Entry, Text
from service.text.documents.normalise import plain

_PERFORMED = re.compile(
    r"^[ \t#*]*(?:procedures?(?: performed| done| details| name)?|operations?(?: performed| carried out| done| name)?"
    r"|op(?: performed| done| title)?|title of operation|(?:operative|surgical) procedures?(?: performed)?"
    r"|name of (?:operation|procedure)|surgery(?: performed)?)"
    r"[ \t]*:[ \t]*(?P<on>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_DAY = re.compile(
    r"(?:date of (?:surgery|operation|procedure)|(?:surgery|operation|procedure) date|dos|dop)[ \t]*:?[ \t]*"
    r"(?P<day>[^\n]{4,40})",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"[^\n]*\b(?:hospitals?|infirmary|trust|clinic|department|unit|ward|theatres?)\b[^\n]{0,40}$"
    r"|[^\n]{0,60}\b(?:notes?|records?|reports?|sheet|protocol)\W*$",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[^\n:]{0,40}:")
_ITEM = re.compile(r"\(?\d{1,2}[.)]|[-*]")
_MOST_LINES = 12
_MOST_HEADS = 8
MOST_OPERATIVE = 20_000
"""Characters of an operative report in which its procedure lines and its date are looked for."""


def operative(ref: str, title: str, told: list[Text], when: Span | None, encounter: str, resource: str) -> Entry:
    """An operative report: what was performed stands in its own lines, and the narrative tells of its steps."""
    whole = plain("\n".join(text.words for text in told)[:MOST_OPERATIVE])
    day = next((d for m in _DAY.finditer(whole) if (d := temporal.calendar_date(m["day"]))), when)
    performed = _performed(whole)
    names = [Text(performed, day, own_name=True)] if performed else [Text(title, day, own_name=True)]
    if not performed:
        names += [Text(line, day, own_name=True) for line in _opening(whole)]
    return Entry(
        ref=ref,
        kind="procedure",
        basis=Basis.REPORT,
        texts=(*names, *(Text(text.words, text.stated) for text in told)),
        onset=day,
        where=f"{title} {performed}"[:400],
        encounter=encounter,
        resource=resource,
    )


def _opening(text: str) -> list[str]:
    """The first line, and where that is only a letterhead, the first sentence below the heads that tells of a deed."""
    first, *below = [line.strip() for line in text.split("\n") if line.strip()][: _MOST_HEADS + 1] or [""]
    if not _LETTERHEAD.match(first):
        return [first]
    told = next((line for line in below if not _LETTERHEAD.match(line) and not _FIELD.match(line)), "")
    return [first, *re.split(r"[.;](?=\s|$)", told)[:1]]


def _performed(text: str) -> str:
    """The lines that name what was done: on the heading's line, and the numbered or unbroken lines below it."""
    found = _PERFORMED.search(text)
    if found is None:
        return ""
    lines = [found["on"].strip()] if found["on"].strip() else []
    for line in text[found.end() :].split("\n")[1 : _MOST_LINES + 1]:
        bare = line.strip()
        if not bare:
            if lines:
                break
            continue
        if ":" in bare[:40] and not _ITEM.match(bare):
            break
        lines.append(bare)
    return ". ".join(line.rstrip(".") for line in lines)
