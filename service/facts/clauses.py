"""Level and side of each thing said: one sentence and its phrases in, a place and a side for each of them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service import levels
from service.facts.phrases import TOKEN, Hit
from service.words import NOWHERE, Place, Side

_MARKS = frozenset({",", ";"})
_LINKS = frozenset({"and", "with", "while", "whereas", "plus", "but"})
_SPREAD = ("cervic", "thorac", "c-spine", "t-spine")
_HEAD = 40
_MAY_PLACE = re.compile(
    r"\b(?:th|[lstcd])\s?\d|lumb|thora|dorso|cervic|sacr|spin|vertebra|\bsi\b|\bsij\b|\b[ctl]s?[./-]", re.I
)
_MAY_SIDE = re.compile(r"left|right|bilat|both|\b[lr]t\b|\b[lr]le\b|\bb/l|\b[lr]\b", re.I)
"""Cheap looks: most sentences name neither level nor side."""


@dataclass(frozen=True, slots=True)
class Where:
    place: Place = NOWHERE
    side: Side = Side.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    names: bool
    """Whether a phrase begins in it."""


def locate(sentence: str, hits: Sequence[Hit], held: Place = NOWHERE) -> list[Where]:
    """Where each phrase is said to be. ``held`` is the place of the heading or the title above.

    Only a sentence that names several levels or both sides is taken apart; in any other its one place holds for all.
    """
    whole = _read(sentence)
    if len(hits) < 2 or not _is_mixed(sentence, whole):
        return [Where(_settle(whole.place, held), whole.side)] * len(hits)
    spots = [(match.start(), match.end(), match[0].lower()) for match in TOKEN.finditer(sentence)]
    pieces = _pieces(sentence, spots, hits)
    told = [_read(sentence[piece.start : piece.end]) for piece in pieces]
    located = []
    for hit in hits:
        at = next((i for i, piece in enumerate(pieces) if spots[hit.start][0] < piece.end), len(pieces) - 1)
        place = next((w.place for w in (*told[at::-1], *told[at:]) if w.place.segments or w.place.region), whole.place)
        side = next((w.side for w in told[at::-1] if w.side is not Side.UNKNOWN), Side.UNKNOWN)
        located.append(Where(_settle(place, held), side))
    return located


def heading_place(sentence: str) -> Place | None:
    """The place that a sentence announces for those after it ("L4-L5: ...", "CERVICAL SPINE:"); ``None`` if none."""
    head, colon, _ = sentence[:_HEAD].partition(":")
    if not colon:
        return None
    place = levels.place_in_text(head)
    return place if place != NOWHERE and len(head.split()) <= 5 else None


def _settle(place: Place, held: Place) -> Place:
    """A level named in the sentence wins; a heading's level wins over "lumbar", but never over another region."""
    if place.segments or held == NOWHERE:
        return place
    if place.region in {"", "spine"}:
        return held
    return held if held.segments and levels.is_lumbar(place) else place


def _is_mixed(sentence: str, whole: Where) -> bool:
    if len(whole.place.segments) > 1:
        return True
    lowered = sentence.lower()
    if whole.side in {Side.UNKNOWN, Side.BILATERAL} and ("left" in lowered or "right" in lowered):
        return True
    return bool(whole.place.segments or whole.place.region) and any(word in lowered for word in _SPREAD)


def _read(text: str) -> Where:
    place = levels.place_in_text(text) if _MAY_PLACE.search(text) else NOWHERE
    return Where(place, levels.side_in_text(text) if _MAY_SIDE.search(text) else Side.UNKNOWN)


def _pieces(sentence: str, spots: Sequence[tuple[int, int, str]], hits: Sequence[Hit]) -> list[_Piece]:
    """Cut at commas, and at "and" where both halves name a thing and its level; pieces that name nothing join one."""
    begins = [spots[hit.start][0] for hit in hits]
    cut = [_Piece(0, len(sentence), False)]
    for start, end, word in spots:
        if word in _MARKS:
            cut[-1:] = [replace(cut[-1], end=start), _Piece(end, len(sentence), False)]
    cut = [replace(piece, names=_names(piece, begins)) for piece in cut]
    joined: list[_Piece] = []
    for piece in cut:
        opens = sentence[piece.start : piece.end].lstrip().lower().startswith("at ")
        if joined and (not joined[-1].names or (not piece.names and not opens)):
            joined[-1] = _Piece(joined[-1].start, piece.end, joined[-1].names or piece.names)
        else:
            joined.append(piece)
    return [half for piece in joined for half in _halves(sentence, piece, spots, begins)]


def _halves(
    sentence: str, piece: _Piece, spots: Sequence[tuple[int, int, str]], begins: Sequence[int]
) -> tuple[_Piece, ...]:
    for start, _, word in spots:
        if word in _LINKS and piece.start < start < piece.end:
            left, right = _Piece(piece.start, start, True), _Piece(start, piece.end, True)
            both = _names(left, begins) and _names(right, begins)
            if both and all(_is_placed(sentence[half.start : half.end]) for half in (left, right)):
                return left, right
    return (piece,)


def _names(piece: _Piece, begins: Sequence[int]) -> bool:
    return any(piece.start <= begin < piece.end for begin in begins)


def _is_placed(text: str) -> bool:
    where = _read(text)
    return bool(where.place.segments) or where.side in {Side.LEFT, Side.RIGHT}
