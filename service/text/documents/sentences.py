"""Free text to sentences: one text in, its sentences in order out, each with the section it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.text.documents.templates import answered, no_answers
from service.text.vocabulary.sections import Headings, Section, parts

_LINE_IS_LONG = 45
_BULLET = re.compile(r"[ \t]*(?:[-*+>]|\(?\d{1,2}[.)](?!\d)|[a-z][.)])[ \t]+")
_NONE = r"(?i:no|nil|none(?:\s(?:present|reported|of\s(?:these|them|those|the\sabove))[^.;,]{0,20})?)"
_DOOR = (
    r"\s*(?:(?i:(?:call|ring|dial|go to)\s)?(?:999|112|911|A&E|ED|ER)\b"
    r"|(?i:call|ring|phone|contact|come|return)\s(?:(?:to\s)?(?:us|the|our|your)|straight|back|in|at once"
    r"|immediately)\b(?![^.\n]{0,30}\?))"
)
_RESULT = (
    r"(?i:no|nil|zero|without|little|good|great|some|partial|complete|excellent)\s(?:\w+\s)?"
    r"(?i:benefit|relief|help|effect|improvement)\b"
)
"""What came of a treatment, behind the dash that follows it."""
_ANSWER = rf"(?!\s*(?:-{{1,2}}\s*)?{_NONE}\s*(?:[.;,](?:\s|$)|$)|{_DOOR})"
_STOP = re.compile(
    r"[.!?](?:(?<=[.!])\s+|(?<=[^\W\d_]\.)(?=[A-Z][a-z])|(?<=\w\?)[\"')\]]{0,3}(?=\s|$)" + _ANSWER + r")"
    rf"|\s-{{1,2}}\s(?!{_RESULT})" + _ANSWER
)
"""Where a sentence may end: not before the bare answer to it ("Fever? No.", "Fever - nil")."""
_SHORT = re.compile(
    r"\b(?:dr|mr|mrs|ms|st|vs|approx|e\.g|i\.e|sig|mod|sev|incl|resp|ca|cf|hx|dx|tx|pt|wt|w|rt|lt|no)\.$"
)
_HANGS = re.compile(
    r"(?:[,(/-]|\b(?:of|or|and|nor|no|not|any|without|with|for|to|at|in|on|by|from|the|a|an|is|are|was|denies|denied"
    r"|cannot|possible|negative|evidence|recurrent|residual|significant|definite|new|acute|his|her|that))\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[A-Z][\w/&()' -]{0,24}(?::|\s-)(?=\s)")
"""What opens a line of its own in notes: "Wound: dry", "PMH: asthma", "Bowels - regular"."""
_BOX = re.compile(r"\[[ \t_]?\]")
_ANY_BOX = r"\[[ \t_xX]?\]"
_BOXED_LINE = re.compile(rf"[ \t]*(?:[-*+][ \t]*)?(?:[^\[\]:\n]{{0,40}}:[ \t]*)?(?:{_ANY_BOX})")
_BOXED_ITEM = re.compile(rf"({_ANY_BOX})((?:(?!{_ANY_BOX})[^\n])*)")
_LISTS = re.compile(r"(?:\bif|\bfor|\binclud\w+|\bof|:)\W{0,3}$", re.IGNORECASE)


_NAMES_RISKS = re.compile(
    r"\b(?:consent|risk|chance|danger|complication|advi[sc]e|warn|return|call|ring|seek|attend"
    r"|precaution)\w*\b[^:.]{0,40}:"
    r"|\b(?:when|reasons|signs) to (?:get|seek|call|ring|phone|come|return|go|attend|watch)\b",
    re.IGNORECASE,
)
"""What opens a list of what may happen: a dash within it ends no sentence."""
_LIMB = r"(?:buttock|thigh|calf|shin|foot|toes?|knee|ankle|heel|hip|groin|hamstring|instep|sole)"
_DOWN_LIMB = re.compile(rf"(\b{_LIMB})\s-{{1,2}}>?\s(?=(?:\w+\s){{0,3}}{_LIMB}\b)", re.IGNORECASE)
"""How a pain goes down a leg: "left buttock - back of calf - outer foot"."""


class Sentence(NamedTuple):
    """``number`` counts from 1 within the text; ``starts_block`` says that a paragraph or section begins with it;
    ``lead`` is the line that announced the list this is an item of ("Return if:"), else ""."""

    text: str
    section: Section
    number: int
    starts_block: bool = False
    lead: str = ""


def split(text: str, headings: Headings, opening: Section = Section.BODY) -> Iterator[Sentence]:
    """The sentences of a text. ``opening`` is the section of what stands before the first known heading.

    Lines that were wrapped are joined again, so that a negation and what it negates stay in one sentence.
    """
    number = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for section, body, starts in parts(_ticked(text) if _BOX.search(text) else text, headings, opening):
        fresh, lead = starts, ""
        for line, bulleted in _lines(body):
            lead = lead if bulleted else ""
            for piece in _sentences(no_answers(line)):
                for sentence in answered(piece):
                    number += 1
                    yield Sentence(sentence, section, number, fresh, lead)
                    fresh = False
            if not bulleted and _LISTS.search(line[-24:]):
                lead = line


def _ticked(text: str) -> str:
    """Without the items of a form whose box is empty ("[ ] fever"): nobody has said them. Only lines that begin with
    a box, or with a box after a heading, are such forms; elsewhere a box may stand behind its item."""
    return "\n".join(
        _BOXED_ITEM.sub(_item_if_ticked, line) if _BOXED_LINE.match(line) else line for line in text.split("\n")
    )


def _item_if_ticked(item: re.Match[str]) -> str:
    return "" if _BOX.fullmatch(item[1]) else f". {item[2].strip()}. "


def _lines(block: str) -> Iterator[tuple[str, bool]]:
    """Each line with whether it is an item of a list; wrapped lines joined."""
    held: list[str] = []
    listed = False
    lines = block.split("\n")
    widest = max(len(raw.strip()) for raw in lines)
    for raw in lines:
        bullet = _BULLET.match(raw)
        line = raw[bullet.end() :].strip() if bullet else raw.strip()
        if not line:
            continue
        if held and (bullet or not _continues(held[-1], line, widest)):
            yield " ".join(held), listed
            held.clear()
        if not held:
            listed = bullet is not None
        held.append(line)
    if held:
        yield " ".join(held), listed


def _continues(before: str, line: str, widest: int) -> bool:
    """Whether a line goes on with the one before: it was wrapped only if its first word had no room there."""
    if before[-1] in ".!?:;":
        return False
    if line[0].islower() or _HANGS.search(before[-24:]) is not None:
        return True
    wrapped = len(before) >= _LINE_IS_LONG and len(before) + 1 + len(line.split(None, 1)[0]) > widest
    return wrapped and _LABEL.match(line) is None


def _is_answer(held: str, follows: str) -> bool:
    """Whether a last "no." says no, and is not the number of what follows."""
    return held[-4:].lower().strip() in {"no.", "?no."} and not follows[:1].isdigit()


def _sentences(line: str) -> Iterator[str]:
    held, start = "", 0
    if " -" in line:
        line = _DOWN_LIMB.sub(r"\1 to ", line)
    for stop in _STOP.finditer(line):
        piece = line[start : stop.end()].strip(" \t-") if stop[0].strip() == "-" else line[start : stop.end()].strip()
        held = f"{held} {piece}".strip() if held else piece
        start = stop.end()
        if stop[0].strip(" -") == "" and _NAMES_RISKS.search(held) is not None:
            held += " -"
            continue
        if held.endswith(".") and _SHORT.search(held[-9:].lower()) and not _is_answer(held, line[start:]):
            continue
        if held and any(c.isalpha() for c in held):
            yield held
        held = ""
    if piece := line[start:].strip():
        yield f"{held} {piece}" if held else piece
    elif held:
        yield held
