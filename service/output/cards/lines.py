"""The room on a card: lines with their ranks in; the detail of at most six lines and sixty words out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import NamedTuple

from service.output.cards.markdown import bullets, clip, sentence

MOST_LINES, MOST_WORDS, WIDTH = 6, 60, 80
MUST, NEXT, FIRST, SECOND, HELPS, NOTE = range(6)
"""Safety and action are always said; a second reason, risks and notes go first when words must go."""


class Line(NamedTuple):
    """One line of a card in markdown, chart text escaped; the lowest rank is given room first."""

    rank: int
    text: str


def fit(given: Iterable[Line]) -> str:
    """The lines that have room, in the order given; a line that must be said is cut rather than left out.

    What another line says already is not said again.
    """
    listed = [line for line in given if line.text]
    words, lines = MOST_WORDS, MOST_LINES
    kept: dict[int, str] = {}
    for at in sorted(range(len(listed)), key=lambda at: listed[at].rank):
        text = sentence(listed[at].text)
        if any(text.rstrip(".").lower() in other.lower() for other in kept.values()):
            continue
        needed = (len(text.split()), height(text))
        if needed[0] > words or needed[1] > lines:
            if listed[at].rank != MUST or words < 3 or not lines:
                continue
            text = _cut(text, words, lines)
        kept[at] = text
        words, lines = words - len(text.split()), lines - height(text)
    return bullets([kept[at] for at in sorted(kept)])


def height(text: str) -> int:
    """How many lines of eighty columns one bullet takes."""
    return len(textwrap.wrap(text, WIDTH - 2))


def _cut(text: str, words: int, lines: int) -> str:
    short = " ".join(text.split()[:words])
    while height(short) > lines:
        short = short.rsplit(" ", 1)[0]
    return short if short == text else clip(f"{short} ……", len(short) + 1)
