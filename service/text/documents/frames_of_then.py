"""What a note says by a label or an opening to be of before the operation: a text in, the places of it out.

"Complaints at admission: ...", "Original claim form (pre-surgery): ..." and "You will recall he was admitted with ..."
tell why somebody was operated on. Such a frame reaches to the end of its line, or to the word that turns to now. A
label that names the admission is of then only where the same text tells of the operation or the discharge behind it,
or of a recovery, and of no return to hospital: who was admitted again has the sign of now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from service.text.documents.then_words import (
    AFTER_ALL,
    AGAIN,
    AT_PRESENT,
    BETTER_NOT,
    BROUGHT_IN,
    CAME_OUT,
    HEADLINE,
    IN_TIME,
    LABEL,
    LATER,
    LIVELY,
    LONGEST,
    MOST,
    NEXT_LABEL,
    NO_RETURN,
    OF_ADMISSION,
    OF_PAST,
    OF_THESE_DAYS,
    OPENS,
    OPERATED,
    PLANNED,
    RECALL,
    RECOVERED,
    RETURN,
    ROW,
    SENT_HOME,
    SENTENCE_END,
    SOON,
    SURELY,
    TURN,
    UNDERWENT,
    WENT_IN,
    WRITTEN_OUT,
)


def spans(text: str, *, own: bool = True) -> Iterator[tuple[int, int]]:
    """Begin and end of what each frame of the text holds. Linear in its length but for frames, which are few. ``own``:
    the text had the label of examined power before its shorthand was written out."""
    if not LIVELY.search(text):
        return
    story = _Story(text)
    for label in _first(text, LABEL, HEADLINE):
        end = _reach(text, label.end(), own=own)
        if PLANNED.search(text, label.start(), end):
            continue
        if SURELY.search(label["name"]) or story.is_before(label, end):
            yield label.start("name"), end
    for row in _first(text, ROW):
        if not BETTER_NOT.search(row["told"]):
            yield row.span()
    for named in _first(text, OPERATED):
        if not AGAIN.search(named["told"]):
            yield named.span("told")
    for opening in _first(text, RECALL, BROUGHT_IN, WENT_IN):
        whole = _sentence_end(text, opening.end())
        end = _turned(text, opening.end(), whole)
        if end > opening.end() and story.is_told_back(opening, end, whole):
            yield opening.start(), end


def _first(text: str, *patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from islice(pattern.finditer(text), MOST)


def _sentence_end(text: str, begin: int) -> int:
    stop = SENTENCE_END.search(text, begin, begin + LONGEST)
    return stop.start() if stop else min(len(text), begin + LONGEST)


class _Story:
    """What the whole of a text tells of an admission, looked for once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def later(self) -> int:
        """Where it last tells of the operation or the discharge; -1 where nowhere."""
        return max((m.end() for m in LATER.finditer(self.text)), default=-1)

    @cached_property
    def present(self) -> int:
        """Where a line or sentence last opens with the present; -1 where none does."""
        return max((m.end() for m in AT_PRESENT.finditer(self.text)), default=-1)

    @cached_property
    def sent_home(self) -> int:
        """Where it first calls itself a letter of discharge; behind its end where it does not."""
        found = SENT_HOME.search(self.text)
        return found.start() if found else len(self.text)

    @cached_property
    def returned(self) -> bool:
        """Whether it tells of somebody who came back: "no re-admission" does not."""
        found = RETURN.finditer(self.text)
        return any(not NO_RETURN.search(self.text, max(0, m.start() - 12), m.start()) for m in found)

    def is_before(self, label: re.Match[str], end: int) -> bool:
        """Whether a label of the admission, or of a first visit, is of before the operation."""
        told = max(end, _sentence_end(self.text, label.end()))
        if AGAIN.search(self.text, label.start(), told) or OF_THESE_DAYS.search(self.text, label.end(), told):
            return False
        if not OF_ADMISSION.search(label["name"]):
            return self.present >= end
        return not self.returned and (self.later >= label.end() or self.sent_home < label.start())

    def is_told_back(self, opening: re.Match[str], end: int, whole: int) -> bool:
        """Whether an opening tells of then, and what follows in the sentence up to ``end``."""
        near = max(0, opening.start() - LONGEST)
        begin = max(self.text.rfind(". ", near, opening.start()), self.text.rfind("\n", near, opening.start()), near)
        if OF_THESE_DAYS.search(self.text, begin, whole):
            return False
        if opening.re is RECALL:
            if AFTER_ALL.search(self.text, opening.end(), whole):
                return False
            return OF_PAST.search(self.text, opening.end(), end) is not None
        if opening.re is WENT_IN:
            return CAME_OUT.search(self.text, end, whole + SOON) is not None
        if AGAIN.search(self.text, begin, end) or self.returned:
            return False
        behind = whole + SOON
        operated = UNDERWENT.search(self.text, opening.end(), behind)
        return operated is not None or RECOVERED.search(self.text, end, behind) is not None


def _turned(text: str, begin: int, end: int) -> int:
    turn = IN_TIME.search(text, begin, end)
    return turn.start() if turn else end


def _reach(text: str, begin: int, *, own: bool) -> int:
    """The end of what a label holds: its line, or where it stands alone the lines to the next label or blank line."""
    stop = text.find("\n", begin)
    stop = stop if stop >= 0 else len(text)
    alone = not text[begin:stop].strip()
    while stop < min(len(text), begin + LONGEST):
        following = text[stop + 1 : _line_end(text, stop + 1)]
        opens = not following.strip() or OPENS.match(following) or TURN.search(f". {following[:40]}")
        if opens or not (alone or following[:1].islower()):
            break
        stop = _line_end(text, stop + 1)
    turn = TURN.search(text, begin, stop)
    labels = NEXT_LABEL.finditer(text, begin, stop)
    label = next((m for m in labels if own or m["name"] != WRITTEN_OUT), None)
    ends = [stop]
    if turn:  # a later sentence that tells of now is of now as a whole: "Preop: strong. Foot 1/5 since waking."
        before = [m.end() for m in SENTENCE_END.finditer(text, begin, turn.start())]
        ends.append(before[-1] if before else turn.start())
    return min([*ends, *([label.start()] if label else [])])


def _line_end(text: str, begin: int) -> int:
    end = text.find("\n", begin)
    return end if end >= 0 else len(text)
