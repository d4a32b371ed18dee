"""Free text to sentences: one text in, its sentences in order out, each with the section it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum


class Section(StrEnum):
    BODY = "body"
    IMPRESSION = "impression"
    ADDENDUM = "addendum"
    BACKGROUND = "background"
    FAMILY = "family"
    PLAN = "plan"


_NAMES = {
    Section.IMPRESSION: (
        "impression", "impressions", "conclusion", "conclusions", "opinion", "summary", "diagnosis", "diagnoses",
        "final diagnosis", "interpretation", "summary and conclusion", "radiological diagnosis", "assessment",
    ),
    Section.ADDENDUM: ("addendum", "addenda", "amendment", "corrected report", "correction"),
    Section.BODY: (
        "findings", "finding", "report", "body", "results", "result", "mri findings", "ct findings", "examination",
        "lumbar spine", "lumbar", "hpi", "history of present illness", "subjective", "objective", "chief complaint",
        "physical examination", "physical exam", "exam", "review of systems", "ros", "narrative", "description",
        "operative findings", "procedure details", "emg findings", "assessment and plan", "assessment/plan",
    ),
    Section.BACKGROUND: (
        "history", "clinical history", "indication", "indications", "clinical indication", "clinical information",
        "clinical", "clinical data", "clinical details", "clinical question", "reason for exam",
        "reason for examination", "reason for study", "reason for the study", "reason", "question", "comparison",
        "comparisons", "comparison studies", "prior studies", "technique", "protocol", "procedure", "study",
        "exam type", "contrast", "medications", "allergies", "past medical history", "pmh", "past surgical history",
        "psh", "surgical history", "history and indication", "relevant history", "request",
    ),
    Section.FAMILY: ("family history", "fh", "family medical history", "fhx"),
    Section.PLAN: ("plan", "recommendation", "recommendations", "follow up", "follow-up", "instructions"),
}  # fmt: skip
_SECTION = {name: section for section, names in _NAMES.items() for name in names}
_CAPITALS = re.compile(r"[ \t#*_-]*([A-Z][A-Z /&'()-]{2,40}?)[ \t*_]*$", re.MULTILINE)
_BEFORE_COLON = 45
_EDGE = re.compile(r"[\n.;!?]")
_TRIM = " \t#*_-"


def parts(text: str, opening: Section = Section.BODY) -> Iterator[tuple[Section, str]]:
    """The text cut at the headings that are known; other words before a colon are no headings."""
    start, section = 0, opening
    for first, last, known in sorted(_headings(text)):
        if first < start:
            continue
        if body := text[start:first].strip():
            yield section, body
        start, section = last, known
    if body := text[start:].strip():
        yield section, body


def _headings(text: str) -> Iterator[tuple[int, int, Section]]:
    """A known name before a colon, where a line or sentence starts or in capitals; or in capitals alone on its line."""
    at = text.find(":")
    while at >= 0:
        edge = max(0, at - _BEFORE_COLON)
        name = _EDGE.split(text[edge:at])[-1]
        if known := _SECTION.get(" ".join(name.strip(_TRIM).lower().split())):
            yield at - len(name), at + 1, known
        elif (words := name.split()) and words[-1] == words[-1].upper():
            for count in range(min(4, len(words)), 0, -1):
                tail = " ".join(words[-count:]).strip(_TRIM)
                if tail.isupper() and (known := _SECTION.get(tail.lower())):
                    yield at - len(tail), at + 1, known
                    break
        at = text.find(":", at + 1)
    start = 0
    while start >= 0:
        line = _CAPITALS.match(text, start)
        if line and (known := _SECTION.get(" ".join(line[1].lower().split()))):
            yield line.start(), line.end(), known
        start = text.find("\n", start) + 1 or -1
