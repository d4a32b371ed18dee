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
from service.text import level_parser
from service.text.sections import Section

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
_WIDE = frozenset({"", "lumbar", "lumbosacral", "spine"})


class Paragraph:
    """What one text's paragraph is about so far. Not shared between texts."""

    __slots__ = ("about",)

    def __init__(self) -> None:
        self.about: Place = NOWHERE

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
        if section is Section.IMPRESSION and not here and not _GOES_ON.match(folded):
            return told
        return list(_at(self.about, told, all_of_it=here))


def _at(place: Place, told: Iterable[Statement], *, all_of_it: bool) -> Iterable[Statement]:
    for statement in told:
        wide = not statement.place.segments and statement.place.region in _WIDE
        if wide and (all_of_it or (statement.concept in _CARRIED and statement.polarity is not Polarity.NO)):
            yield replace(statement, place=place)
        else:
            yield statement
