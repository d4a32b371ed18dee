"""The level that a paragraph of a report is about: its sentences in order in, the level for what names none itself out.

"At L5/S1 there has been a fenestration. A fragment lies behind S1. It displaces the left S1 root": the second and third
sentence are about the disc of the first. What presses on a nerve is carried so; what is denied only where the sentence
says "at this level", for most denials are of the whole study.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from service.domain.places import NOWHERE, Place
from service.domain.statements import Polarity, Statement
from service.text.documents import level_parser
from service.text.vocabulary.sections import Section

_CARRIED = frozenset({
    "disc-herniation", "residual-fragment", "compression", "stenosis", "foraminal-stenosis", "epidural-scar",
    "epidural-abscess", "epidural-collection", "epidural-hematoma", "csf-leak", "annular-defect", "modic-change",
    "nonunion", "cage-moved", "postsurgical-change",
})  # fmt: skip
_HERE = re.compile(
    r"\b(?:(?:at|of|to) (?:this|that|the same|the said) (?:level|segment|disc|space)|(?:at|of) this site)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:other|remaining|elsewhere|remainder|rest of|adjacent|level above|level below|throughout|multilevel|levels)\b"
)
_GOES_ON = re.compile(
    r"(?:this|it|these|which|the (?:fragment|disc|protrusion|extrusion|herniation|collection|prolapse|sequestrum"
    r"|haematoma|hematoma|abscess))\b"
)
_LISTED = re.compile(r"^[ \t]*(?:\d{1,2}[.)]|[-*])[ \t]", re.MULTILINE)
"""Points of a list are each about a level of their own."""
_WIDE = frozenset({"", "lumbar", "lumbosacral", "spine"})


_LEVEL = r"[TLS]\d{1,2}\s?[-/]\s?[TLS]?\d{1,2}"
_LEVEL_HEADING = re.compile(
    rf"^(?P<level>[ \t]*(?:[-*]|\d{{1,2}}[.)])?[ \t]*(?:At )?{_LEVEL}(?:(?:,| and| &) {_LEVEL}){{0,4}}(?: level)?)"
    r"(?:[ \t]+-{1,2}[ \t]+|\.[ \t]+(?=[A-Z])|[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)


def with_level_headings(text: str) -> str:
    """A report with a colon behind each level that opens its line and stands alone: "L3/4 - Previous laminectomy."."""
    return _LEVEL_HEADING.sub(r"\g<level>: ", text)


class Paragraph:
    """What the paragraph of one text is about so far."""

    __slots__ = ("about", "listed")

    def __init__(self, text: str) -> None:
        self.about: Place = NOWHERE
        self.listed = _LISTED.search(text) is not None

    def ends(self) -> None:
        self.about = NOWHERE

    def placed(self, text: str, section: Section, told: Sequence[Statement]) -> Sequence[Statement]:
        """The statements of the next sentence, those without a level at that of the paragraph."""
        folded = level_parser.fold(text)
        named = level_parser.place_in(folded)
        if named.segments:
            self.about = named if len(named.segments) == 1 else NOWHERE
            return told
        if self.about is NOWHERE or not told:
            return told
        here = _HERE.search(folded) is not None
        if not here and _ELSEWHERE.search(folded):
            self.about = NOWHERE
            return told
        if section is Section.IMPRESSION and self.listed and not here and not _GOES_ON.match(folded):
            return told
        return list(_at(self.about, told, all_of_it=here))


def _at(place: Place, told: Iterable[Statement], *, all_of_it: bool) -> Iterable[Statement]:
    for statement in told:
        wide = not statement.place.segments and statement.place.region in _WIDE
        if wide and (all_of_it or (statement.concept in _CARRIED and statement.polarity is not Polarity.NO)):
            yield replace(statement, place=place)
        else:
            yield statement
