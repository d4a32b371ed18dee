"""Where in a document a sentence stands: one text in, its sections in order out, each with its kind.

A section ends at the next heading of any kind. What a heading announces about the patient's future or about others
(advice, consent, education, family, an empty form) ends with its block, so that what follows is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class Section(StrEnum):
    BODY = "body"
    IMPRESSION = "impression"
    ADDENDUM = "addendum"
    BACKGROUND = "background"
    INDICATION = "indication"
    PAST = "past"
    FAMILY = "family"
    PLAN = "plan"
    ADVICE = "advice"
    CONSENT = "consent"


UNREAD = frozenset({Section.PLAN, Section.FAMILY, Section.ADVICE, Section.CONSENT})
"""Nothing in these is said of the patient now."""

_BLOCKS = UNREAD | {Section.BACKGROUND, Section.INDICATION, Section.PAST}
"""These end with their line or block."""


class Part(NamedTuple):
    section: Section
    text: str
    starts: bool
    """Whether a heading or a blank line stands before it."""


_ADVISES = re.compile(
    r"\b(?:advi[cs]e|safety[- ]?net|precautions?|instructions?|leaflet|warning signs|education|what to do if"
    r"|when to (?:call|seek|return|come|contact|worry)|(?:look|watch) out for|what to (?:watch|look) (?:out )?for"
    r"|(?:call|ring|contact|phone|return|come back|go|attend|seek)\b.{0,60}\b(?:if|for|when))",
    re.IGNORECASE,
)
_CONSENTS = re.compile(
    r"\b(?:(?:consent|risks?) ?(?:form|discuss\w*|explain\w*|includ\w*|list|and benefits"
    r"|of (?:the )?(?:surgery|procedure|operation))?|(?:possible|potential|known|common) complications"
    r"|complications? (?:form|discuss\w*|explain\w*|includ\w*|list|named|mentioned"
    r"|of (?:the )?(?:surgery|procedure|operation)))",
    re.IGNORECASE,
)
"""What may happen; bare "Complications:" tells what did."""
_CAME = re.compile(
    r"\b(?:as (?:per|advised|instructed|told)|because|presents?|presented|came|comes|rings|rang|called"
    r"|attends|attended"
    r"|returns|returned|activated|met|sought|requested|asked)\b",
    re.IGNORECASE,
)
"""Who came as he was advised to tells what he came with: "Patient rings as advised: fever 39"."""
_HEADING = re.compile(r"(?P<name>[^\W\d_][\w /&'(),.-]{0,58}?)\s{0,2}(?::|\s[-–]\s(?=[A-Z]))[ \t]*")
_ALONE = re.compile(r"[ \t#*_=-]*(?P<name>[^\W\d_][\w /&'()-]{1,58}?)[ \t*_=:#-]*$")
_TITLED = re.compile(r"[^\W\d_][\w /&'-]{0,40}\s[-–]\s(?P<name>[\w '()]{4,50}?):\s*")
"""A title before the heading itself: "Cauda equina - what to watch for (card):"."""
_TRIM = " \t#*_-="
_BULLET = re.compile(r"[ \t]*(?:[-*+>]|\(?\d{1,2}[.)](?!\d)|[a-z][.)])[ \t]+")
_INLINE = re.compile(
    r"(?<=[.!?;\n])[ \t]+(?=(?P<name>[A-Z][A-Za-z /&-]{1,32}?):)"
    r"|(?<=\S)[ \t]{1,3}(?=(?P<capitals>[A-Z][A-Z /&-]{3,32}):)"
)
_LONGEST_WORD = 80
"""As far as this before a heading inside a line is looked for the word that stands there."""
_REMARK = re.compile(r"\s*\([^()]*\)")
_ABOVE = frozenset({Section.BACKGROUND, Section.INDICATION})
_OPENS_FINDINGS = re.compile(
    r"^[ \t#*_]*(?:[\w/ ]{0,24}\bfindings?|report|body|results?|description|narrative|discussion)[ \t*_]*(?::|$)"
    r"|\bfindings?:",
    re.IGNORECASE,
)
"""Where the findings of a report begin, for those that give them a heading."""
_ASKS_ON = re.compile(
    r"\?|(?:query|please|rule out|r/o|assess|evaluate|evaluation|exclude|to exclude|any|is there|concern|suspect\w*"
    r"|question|known|previous(?!ly)|prior|history|hx|now|presents|patient|he|she|status post|s/p|x-ray|mri? |ct )\b",
    re.IGNORECASE,
)
"""With these a second line goes on asking, or telling the history."""
Headings = Mapping[str, Section]
"""The names of headings, in small letters, with the section that each opens."""


def parts(text: str, headings: Headings, opening: Section = Section.BODY) -> Iterator[Part]:
    """The text cut at its headings and blank lines. ``opening`` holds before the first heading."""
    section, held, fresh = opening, list[str](), True
    # The block holds list items; its heading stands alone, and nothing has followed it yet.
    items = listed = bare = False
    lines = text.split("\n")
    findings_below = _findings_below(lines)
    for at, raw in enumerate(lines):
        line = raw.strip()
        if not line:
            if held:
                yield Part(section, "\n".join(held), fresh)
                held, fresh = [], True
            if section in _BLOCKS and not bare:
                section, items = _after(opening), False
            continue
        for piece in _inline(line, headings):
            named, rest = _heading(piece, headings)
            bulleted = _BULLET.match(piece) is not None
            ended = items or (section is Section.PAST and not bare and not listed)
            if section in _ABOVE and not ended and not listed:
                asked = section is Section.INDICATION and _ASKS_ON.match(piece) is not None
                ended = at > findings_below and not asked and _is_line_of_its_own(lines, at, held)
            if named is None and section in _BLOCKS and ended and not bulleted and piece[0].isupper():
                if held:
                    yield Part(section, "\n".join(held), fresh)
                held, fresh, section = [], True, _after(opening)
            if named is not None:
                if held:
                    yield Part(section, "\n".join(held), fresh)
                held, fresh, items, section = [], True, False, named
                bare = listed = not rest
                if not rest:
                    continue
                piece = rest
            bare = False
            items = items or bulleted
            held.append(piece)
    if held:
        yield Part(section, "\n".join(held), fresh)


def _findings_below(lines: Sequence[str]) -> int:
    """The last line that gives the findings a heading; -1 where none does, as in many short reports."""
    return max(
        (at for at, line in enumerate(lines) if ":" in line or len(line) < 40 if _OPENS_FINDINGS.search(line)),
        default=-1,
    )


def _is_line_of_its_own(lines: Sequence[str], at: int, held: Sequence[str]) -> bool:
    """Whether a line below a heading's own line begins anew: the one before was ended, or had room for its first word,
    and it does not go on asking. "Comparison: May 2024." tells nothing of what stands below it."""
    before, line = lines[at - 1].strip() if at else "", lines[at].strip()
    if not held or not before:
        return False
    room = max(len(each.strip()) for each in lines) - len(before) > len(line.split(None, 1)[0])
    return before[-1] in ".?!)" or (room and not before.endswith((",", ";", "-", "/")))


def _after(opening: Section) -> Section:
    return opening if opening is Section.IMPRESSION else Section.BODY


def _inline(line: str, headings: Headings) -> Iterator[str]:
    """A line cut before each known heading inside it: "FINDINGS: … IMPRESSION: …"."""
    start = 0
    for found in _INLINE.finditer(line):
        name = (found["name"] or found["capitals"] or "").strip().lower()
        before = line[max(0, found.start() - _LONGEST_WORD) : found.start()].split()[-1:]
        if found["capitals"] and before and before[0].isupper() and before[0].isalpha():
            continue
        shouted = (found["name"] or "").isupper() and len(name) > 3
        if shouted or (name in headings and (found["capitals"] or len(name) > 2)):
            if piece := line[start : found.start()].strip():
                yield piece
            start = found.end()
    if piece := line[start:].strip():
        yield piece


def _heading(line: str, headings: Headings) -> tuple[Section | None, str]:
    """The section that a line opens with what stands behind its heading; ``None`` when it opens none."""
    bare = _BULLET.sub("", line, count=1).strip(_TRIM) if not line[:1].isalpha() else line
    match = _HEADING.match(bare)
    if match is not None:
        name = " ".join(match["name"].strip(_TRIM).lower().split())
        rest = bare[match.end() :].strip()
        known = headings.get(name) or _of_parts(name, headings) or _described(name)
        if known is not None:
            return known, rest
        if match["name"].isupper() and len(name) > 3 and not any(c.isdigit() for c in name):
            return Section.BODY, line  # any other heading in capitals ends what stood before it; its words are read
        titled = _TITLED.match(bare)
        if titled is not None and _described(" ".join(titled["name"].lower().split())) is Section.ADVICE:
            return Section.ADVICE, bare[titled.end() :].strip()
        return None, line
    alone = _ALONE.match(line)
    if alone is not None:
        name = " ".join(alone["name"].strip().lower().split())
        if len(name.split()) <= 5:
            known = headings.get(name) or _of_parts(name, headings)
            if known is not None and (len(name) > 3 or alone["name"].isupper() or line.startswith("#")):
                return known, ""
            if line.startswith("#") or (alone["name"].isupper() and len(name) > 4):
                return _described(name) or Section.BODY, "" if _described(name) else line
    return None, line


def _of_parts(name: str, headings: Headings) -> Section | None:
    """The section of a heading with remarks or of several names: "PMH/Problems (copied)"."""
    plain = _REMARK.sub("", name).strip()
    if plain == name and "/" not in name and "&" not in name:
        return None
    names = [part.strip() for part in re.split(r"[/&]", plain)]
    whole = [name for name in names if len(name) > 1] or names  # the "o" of "O/e femoral pulses" is no heading
    return next((headings[name] for name in whole if name in headings), None)


def _described(name: str) -> Section | None:
    if len(name.split()) > 9:
        return None
    if _ADVISES.search(name) and not _CAME.search(name):
        return Section.ADVICE
    if _CONSENTS.match(name) and len(name.split()) <= 6:
        return Section.CONSENT
    if name.startswith("family ") and "histor" in name:
        return Section.FAMILY
    return None
