"""Level and side of each thing said: one sentence and its phrases in, a place and a side for each of them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.domain import spine
from service.domain.places import NOWHERE, Place, Side
from service.text.clauses.reading import Reading
from service.text.documents import level_parser

_MARKS = re.compile(r"[,;]")
_LINKS = re.compile(r"\b(?:and|with|while|whereas|plus|but)\b")
_SPREAD = ("cervic", "thorac", "c-spine", "t-spine")
_HEAD = 40
_MAY_PLACE = re.compile(r"\b(?:th|[lstcd])\s?\d|lumb|thora|dorso|cervic|sacr|spin|vertebra|\bsij?\b|\b[ctl]s?[./-]")
_NOT_THERE = re.compile(
    r"(?:\bnot|\brather than|\binstead of)(?: (?:at|the|that|of|level))* (?=[tls]\d)[tls]\d{1,2}(?:[-/][tls]?\d{1,2})?"
)
"""The level where something is said not to be: "at L3-4, not at L4-5"."""
_SIDED = re.compile(r"\b(?:bilateral(?:ly)?|both|b|l|r|lt|rt|lle|rle)\b")


class Where(NamedTuple):
    place: Place = NOWHERE
    side: Side = Side.UNKNOWN


class _Piece(NamedTuple):
    start: int
    end: int
    names: bool
    """Whether a phrase begins in it."""


def locate(sentence: str, readings: Sequence[Reading], held: Place = NOWHERE) -> list[Where]:
    """Where each reading is said to be; ``held`` is the place of the heading above.

    Only a sentence that names several levels or both sides is taken apart; in any other its one place holds for all.
    """
    folded = level_parser.fold(sentence)
    if "not" in folded or " than " in folded or "instead" in folded:
        folded = _NOT_THERE.sub(_blank, folded)
    # Most sentences name no side, and their words tell so at a look.
    sided = "left" in folded or "right" in folded or _SIDED.search(folded) is not None
    whole = Where(_place(folded), level_parser.side_in(folded) if sided else Side.UNKNOWN)
    if len(readings) < 2 or not _is_mixed(sentence, whole):
        return [Where(_settle(whole.place, held), whole.side)] * len(readings)
    pieces = _pieces(folded, [reading.start for reading in readings])
    told = [_read(folded[piece.start : piece.end]) for piece in pieces]
    located = []
    for reading in readings:
        at = next((i for i, piece in enumerate(pieces) if reading.start < piece.end), len(pieces) - 1)
        place = next((w.place for w in (*told[at::-1], *told[at:]) if w.place.segments or w.place.region), whole.place)
        side = next((w.side for w in told[at::-1] if w.side is not Side.UNKNOWN), Side.UNKNOWN)
        located.append(Where(_settle(place, held), side))
    return located


def _blank(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    return " " * len(found[0]) if level_parser.place_in(before).segments else found[0]


def heading_place(sentence: str) -> Place | None:
    """The place that a sentence announces for those after it ("L4-L5: ...", "CERVICAL SPINE:"); ``None`` if none."""
    head, colon, _ = sentence[:_HEAD].partition(":")
    if not colon:
        return None
    place = level_parser.place_in(level_parser.fold(head))
    return place if place != NOWHERE and len(head.split()) <= 5 else None


def _settle(place: Place, held: Place) -> Place:
    """A level named in the sentence wins; a heading's level wins over "lumbar", but never over another region."""
    if place.segments or held == NOWHERE:
        return place
    if place.region in {"", "spine"}:
        return held
    return held if held.segments and spine.is_lumbar(place) else place


def _is_mixed(sentence: str, whole: Where) -> bool:
    if len(whole.place.segments) > 1:
        return True
    lowered = sentence.lower()
    if whole.side in {Side.UNKNOWN, Side.BILATERAL} and ("left" in lowered or "right" in lowered):
        return True
    return bool(whole.place.segments or whole.place.region) and any(word in lowered for word in _SPREAD)


def _read(folded: str) -> Where:
    return Where(_place(folded), level_parser.side_in(folded))


def _place(folded: str) -> Place:
    # Glued to an underscore or to a letter beyond ASCII, what looks like a level is part of another word.
    if ("_" in folded or not folded.isascii()) and not _MAY_PLACE.search(folded):
        return NOWHERE
    return level_parser.place_in(folded)


def _pieces(folded: str, begins: Sequence[int]) -> list[_Piece]:
    """Cut at commas, and at "and" where both halves name a thing and its level; pieces that name nothing join one."""
    marks = [match.span() for match in _MARKS.finditer(folded)]
    starts, ends = (0, *(end for _, end in marks)), (*(start for start, _ in marks), len(folded))
    joined: list[_Piece] = []
    for start, end in zip(starts, ends, strict=True):
        piece = _Piece(start, end, _names(start, end, begins))
        opens = folded[start:end].lstrip().startswith("at ")
        if joined and (not joined[-1].names or (not piece.names and not opens)):
            joined[-1] = _Piece(joined[-1].start, end, joined[-1].names or piece.names)
        else:
            joined.append(piece)
    return [half for piece in joined for half in _halves(folded, piece, begins)]


def _halves(folded: str, piece: _Piece, begins: Sequence[int]) -> tuple[_Piece, ...]:
    for link in _LINKS.finditer(folded, piece.start, piece.end):
        start = link.start()
        if start > piece.start:
            both = _names(piece.start, start, begins) and _names(start, piece.end, begins)
            if both and _is_placed(folded[piece.start : start]) and _is_placed(folded[start : piece.end]):
                return _Piece(piece.start, start, True), _Piece(start, piece.end, True)
    return (piece,)


def _names(start: int, end: int, begins: Sequence[int]) -> bool:
    return any(start <= begin < end for begin in begins)


def _is_placed(folded: str) -> bool:
    where = _read(folded)
    return bool(where.place.segments) or where.side is not Side.UNKNOWN
