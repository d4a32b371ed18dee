"""Operative reports: what was performed stands in lines of its own, and the narrative below tells of its steps."""

from __future__ import annotations

import re

from service.domain.spans import Span
from service.domain.statements import Basis
from service.text.documents import temporal
from service.text.documents.entries import Entry, Text
from service.text.documents.normalise import plain

_PERFORMED = re.compile(
    r"^[ \t#*]*(?:procedures?(?: performed| done| details)?|operations?(?: performed| carried out| done)?"
    r"|title of operation|(?:operative|surgical) procedures?(?: performed)?"
    r"|name of (?:operation|procedure)|surgery(?: performed)?)"
    r"[ \t]*:[ \t]*(?P<on>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_DAY = re.compile(
    r"(?:date of (?:surgery|operation|procedure)|(?:surgery|operation|procedure) date|dos|dop)[ \t]*:?[ \t]*"
    r"(?P<day>[^\n]{4,40})",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\(?\d{1,2}[.)]|[-*]")
_MOST_LINES = 12
MOST_OPERATIVE = 20_000
"""Characters of an operative report in which its procedure lines and its date are looked for."""


def operative(ref: str, title: str, told: list[Text], when: Span | None, encounter: str, resource: str) -> Entry:
    """An operative report: what was performed stands in its own lines, and the narrative tells of its steps."""
    whole = plain("\n".join(text.words for text in told)[:MOST_OPERATIVE])
    day = next((d for m in _DAY.finditer(whole) if (d := temporal.calendar_date(m["day"]))), when)
    performed = _performed(whole)
    names = [Text(performed, day, own_name=True)] if performed else [Text(title, day, own_name=True)]
    if not performed:
        names += [Text(line, day, own_name=True) for line in whole.split("\n")[:1]]
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
