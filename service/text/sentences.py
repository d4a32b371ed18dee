"""Free text to sentences: one text in, its sentences in order out, each with the section it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.text.sections import Section, parts

_LINE_IS_LONG = 45
_BULLET = re.compile(r"[ \t]*(?:[-*•·–]|\(?\d{1,2}[.)](?!\d)|[a-z][.)])[ \t]+")
_STOP = re.compile(r"[.!?](?:(?<=[.!])\s+|(?<=[^\W\d_]\.)(?=[A-Z][a-z])|(?<=\w\?)(?=\s|$))")
_SHORT = re.compile(r"\b(?:dr|mr|mrs|ms|st|vs|approx|e\.g|i\.e|sig|mod|sev|incl|resp|ca|cf|hx|dx|tx|pt|wt|w|rt|lt)\.$")
_HANGS = re.compile(
    r"(?:[,(/-]|\b(?:of|or|and|nor|no|not|any|without|with|for|to|at|in|on|by|from|the|a|an|is|are|was|denies|denied"
    r"|cannot|possible|negative|evidence|recurrent|residual|significant|definite|new|acute|his|her|that))\Z",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n[ \t]*\n")
_BOX = re.compile(r"\[[ \t_]?\]|☐")
_ANY_BOX = r"\[[ \t_xX✓✔]?\]|[☐☑☒]"
_BOXED_LINE = re.compile(rf"[ \t]*(?:[-*•·–][ \t]*)?(?:[^\[\]:\n]{{0,40}}:[ \t]*)?(?:{_ANY_BOX})")
_BOXED_ITEM = re.compile(rf"({_ANY_BOX})((?:(?!{_ANY_BOX})[^\n])*)")


class Sentence(NamedTuple):
    """``number`` counts from 1 within the text; ``starts_block`` says that a paragraph or section begins with it."""

    text: str
    section: Section
    number: int
    starts_block: bool = False


def split(text: str, opening: Section = Section.BODY) -> Iterator[Sentence]:
    """The sentences of a text. ``opening`` is the section of what stands before the first known heading.

    Lines that were wrapped are joined again, so that a negation and what it negates stay in one sentence.
    """
    number = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for section, body in parts(_ticked(text) if _BOX.search(text) else text, opening):
        for block in _BLANK.split(body):
            fresh = True
            for line in _lines(block):
                for sentence in _sentences(line):
                    number += 1
                    yield Sentence(sentence, section, number, fresh)
                    fresh = False


def _ticked(text: str) -> str:
    """Without the items of a form whose box is empty ("[ ] fever"): nobody has said them. Only lines that begin with
    a box, or with a box after a heading, are such forms; elsewhere a box may stand behind its item."""
    return "\n".join(
        _BOXED_ITEM.sub(_item_if_ticked, line) if _BOXED_LINE.match(line) else line for line in text.split("\n")
    )


def _item_if_ticked(item: re.Match[str]) -> str:
    return "" if _BOX.fullmatch(item[1]) else f". {item[2].strip()}. "


def _lines(block: str) -> Iterator[str]:
    held: list[str] = []
    for raw in block.split("\n"):
        bullet = _BULLET.match(raw)
        line = raw[bullet.end() :].strip() if bullet else raw.strip()
        if not line:
            continue
        if held and (bullet or not _continues(held[-1], line)):
            yield " ".join(held)
            held.clear()
        held.append(line)
    if held:
        yield " ".join(held)


def _continues(before: str, line: str) -> bool:
    if before[-1] in ".!?:;":
        return False
    return line[0].islower() or len(before) >= _LINE_IS_LONG or _HANGS.search(before[-24:]) is not None


def _sentences(line: str) -> Iterator[str]:
    held, start = "", 0
    for stop in _STOP.finditer(line):
        piece = line[start : stop.end()].strip()
        held = f"{held} {piece}" if held else piece
        start = stop.end()
        if held[-1] == "." and _SHORT.search(held[-9:].lower()):
            continue
        yield held
        held = ""
    if piece := line[start:].strip():
        yield f"{held} {piece}" if held else piece
    elif held:
        yield held
