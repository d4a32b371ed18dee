"""The room on a card: lines with their ranks in; the detail of at most six lines and sixty words out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from service.output.cards.markdown import bullets, clip, sentence

MOST_LINES, MOST_WORDS, WIDTH = 6, 60, 80
MUST, NEXT, FIRST, SECOND, HELPS, NOTE = range(6)
"""Safety and action are always said; a second reason, risks and notes go first when words must go."""
T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+")
_LIGHT = frozenset(
    {"a", "an", "and", "as", "at", "be", "by", "for", "in", "is", "it", "its", "of", "on", "or", "that", "the", "to",
     "was", "with"}
)  # fmt: skip


class Line(NamedTuple):
    """One line of a card in markdown, chart text escaped; the lowest rank is given room first.

    ``shorter``: the same in ever fewer words, for a line that finds no room.
    """

    rank: int
    text: str
    shorter: tuple[str, ...] = ()


def listed(
    rank: int, head: str, items: Sequence[T], say: Callable[[Sequence[T]], str], most: int | None = None
) -> Line:
    """A line that lists: what it has no room for is counted, "and 2 more", and never breaks off."""
    many = len(items) if most is None else min(most, len(items))
    told = [f"{head}{say(items[:n])}{_more(len(items) - n)}" for n in range(many, 0, -1)]
    return Line(rank, told[0], tuple(told[1:])) if told else Line(rank, "")


def _more(left: int) -> str:
    return f", and {left} more" if left else ""


def fit(given: Iterable[Line], said: str = "") -> str:
    """The lines that have room, in the order given; a line that must be said is cut rather than left out.

    What another line, or ``said`` (the summary), says already is not said again, in whatever order of words.
    """
    lines = [line for line in given if line.text]
    words, left = MOST_WORDS, MOST_LINES
    kept: dict[int, str] = {}
    told = [_content(said)]
    for at in sorted(range(len(lines)), key=lambda at: lines[at].rank):
        line = lines[at]
        if any(_content(line.text) <= other for other in told):
            continue
        tried = [sentence(text) for text in (line.text, *line.shorter)]
        text = next((t for t in tried if len(t.split()) <= words and height(t) <= left), "")
        if not text and line.rank == MUST and words >= _LEAST and left:
            text = _cut(tried[-1], words, left)
        if text:
            kept[at] = text
            told.append(_content(text))
            words, left = words - len(text.split()), left - height(text)
    return bullets([kept[at] for at in sorted(kept)])


_LEAST = 3
"""Fewer words than these say nothing."""


def height(text: str) -> int:
    """How many lines of eighty columns one bullet takes."""
    return len(textwrap.wrap(text, WIDTH - 2))


def _content(text: str) -> frozenset[str]:
    """The words that carry what is said; a "no" is one of them."""
    return frozenset(_WORD.findall(text.lower())) - _LIGHT


def _cut(text: str, words: int, lines: int) -> str:
    short = " ".join(text.split()[:words])
    while height(short) > lines:
        short = short.rsplit(" ", 1)[0]
    return short if short == text else clip(f"{short} ……", len(short) + 1)
