"""Forms of signs with boxes, and fields on one line: a text in, the same with each answer as a sentence out.

"[ ] retention [ ] incontinence [x] none of the above" denies both, with the boxes before or behind the items;
"retention: not applicable" asks of nobody; "Bladder: retaining / Bowel: continent / Saddle: numb" is three statements.
"""

from __future__ import annotations

import re

_BOX = re.compile(r"[\[(]\s{0,3}(?P<tick>[xXvV*]?)\s{0,3}[\])]")
_YES_NO = re.compile(
    r"(?P<yes>[\[(]\s{0,3}[xXvV*]\s{0,3}[\])]\s?yes\s?[/,;|]?\s?[\[(]\s{0,3}[\])]\s?no\b)"
    r"|[\[(]\s{0,3}[\])]\s?yes\s?[/,;|]?\s?[\[(]\s{0,3}[xXvV*]\s{0,3}[\])]\s?no\b",
    re.IGNORECASE,
)
_ROUND = re.compile(r"(?:(?<=\s)|^)o\s(?=[A-Z][a-z])")
_ROUND_NONE = re.compile(r"(?:(?<=\s)|^)[xX]\s(?=[Nn]one of (?:the above|these))")
_AIDS = re.compile(
    r"\b(?:in)?continence (?:aids?|products?|pads?|wear)\s?[:?=-]{1,2}\s?(?:none|nil|no|not (?:used|needed"
    r"|required))\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\W*(?:(?:i have |patient has )?none(?: of (?:the above|these|them|those|the (?:listed|following)))?"
    r"|nil(?: of (?:the above|these))?|no"
    r" (?:red flags?|symptoms|concerns|ces (?:signs|symptoms|features))|all (?:clear|negative|normal)"
    r"|not? (?:any|applicable))\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[^\[(:]{0,80}(?:\([^()]{4,30}\)[^\[(:]{0,20})?:\s*")
_SPOKEN_OF = re.compile(
    r"\b(?:risks?|consent\w*|complications?|advice|advised|explain\w*|discuss\w*|warn\w*|leaflet|options?|plan"
    r"|to do|todo"
    r"|orders?|referr\w*|given|handed|education|taught)\b",
    re.IGNORECASE,
)
"""What a form of which each box is a topic is headed with."""
_NOT_ASKED = re.compile(
    r"(?:(?<=[.;,|/\n])|^)(?P<item>[^.;,:|/\n]{2,50}?)(?:\s?[:=]\s?|\s-{1,2}\s?|\s)"
    r"(?:N/A|n/a|NA(?=\s?[.;,]|\Z)|not applicable|non[- ]applicable)(?:\s?\([^()]{0,40}\))?(?=\s?[.;,|/\n]|\s*\Z)",
    re.MULTILINE,
)
_FIELD = re.compile(r"(?<!\b[Yy])(?<!\byes)(?<!\bYes)\s(?:/{1,2}|\|)\s(?=[A-Z][\w /&-]{1,24}\s?:\s)")
_LABELLED = re.compile(r"[ \t]*[A-Z][\w /&-]{1,24}:\s")
_FORM = re.compile(r"\b(?:screen\w*|check\w*|flags?|symptoms?|signs?|list|form|template|tick\w*)\s*\Z", re.IGNORECASE)
_ANSWERED = re.compile(r"\b(?:yes|since|now|today|noted|present|no|nil|none|denie[sd]|normal)\b|\.\s", re.IGNORECASE)
"""What is answered in words beside its empty box."""
_LETTERS = re.compile(r"[A-Za-z]{2}")
_LEAST = 2
"""Boxes of a form."""


def with_asked_lists(text: str) -> str:
    """The text with its boxes as sentences, without items that do not apply, each field of a line a sentence."""
    if "N/A" in text or "n/a" in text or "NA" in text or "pplicable" in text:
        text = _NOT_ASKED.sub(" ", text)
    return "\n".join(_line(line) for line in text.split("\n"))


def with_divided_lines(text: str) -> str:
    """The text with the fields of a flow sheet's line as sentences."""
    if " | " not in text:
        return text
    lines = text.split("\n")
    bars = [line.count(" | ") for line in lines]
    return "\n".join(_divided(line, bars, at) for at, line in enumerate(lines))


def _divided(line: str, bars: list[int], at: int) -> str:
    """A flow sheet's line with its fields as sentences: "Neuro q4h: A&Ox4 | strength 5/5 | saddle sens: intact". Rows
    of as many fields below each other are a table."""
    if bars[at] < _LEAST or not _LABELLED.match(line):
        return line
    beside = bars[max(0, at - 1) : at] + bars[at + 1 : at + 2]
    parts = line.split(" | ")
    if bars[at] in beside or not all(_LETTERS.search(part) for part in parts):
        return line
    return ". ".join(part.strip(" .") for part in parts) + "."


def _line(line: str) -> str:
    if len(_FIELD.findall(line)) >= _LEAST:
        line = _FIELD.sub(". ", line)
    if "ontinence" in line:
        line = _AIDS.sub("Continent", line)
    if _ROUND_NONE.search(line):
        line = _ROUND_NONE.sub("[x] ", _ROUND.sub("[ ] ", line))
    if "]" in line or ")" in line:
        line = _YES_NO.sub(lambda found: "Yes" if found["yes"] else "No", line)
        boxes = list(_BOX.finditer(line))
        if len(boxes) >= _LEAST:
            return _ticked(line, boxes) if any(box["tick"] for box in boxes) else _unticked(line, boxes)
    return line


def _ticked(line: str, boxes: list[re.Match[str]]) -> str:
    """The items of a form of which some are ticked: these are told, the others are not there."""
    head = _HEAD.match(line)
    start = head.end() if head and head.end() <= boxes[0].start() else line.rfind(". ", 0, boxes[0].start()) + 1
    if _FORM.search(line[start : boxes[0].start()]) and re.search(r"\w", line[boxes[-1].end() :]):
        start = boxes[0].start()  # a heading without its colon: "CES screen [x] saddle [ ] retention"
    opening = line[:start]
    behind = bool(re.search(r"\w", line[start : boxes[0].start()]))
    if behind and re.search(r"\w", line[boxes[-1].end() :]):
        return line  # neither before each item nor behind each
    if behind:
        edges = [start, *(box.end() for box in boxes)]
        items = [line[a : box.start()] for a, box in zip(edges, boxes, strict=False)]
    else:
        edges = [*(box.start() for box in boxes[1:]), len(line)]
        items = [line[box.end() : b] for box, b in zip(boxes, edges, strict=True)]
    last, dot, rest = items[-1].partition(". ")
    items[-1] = last
    pairs = [(item.strip(" \t,;/|.:-"), bool(box["tick"])) for item, box in zip(items, boxes, strict=True)]
    if not all(words for words, _ in pairs):
        return line
    none = any(ticked and _NONE.match(words) for words, ticked in pairs)
    if not none and not _is_form_of_none(pairs):
        if _SPOKEN_OF.search(opening) or all(ticked for _, ticked in pairs):
            return line
        kept = " ".join(f"{words}." for words, ticked in pairs if ticked)  # an empty box tells nothing
        return f"{opening} {kept}{dot and ' '}{rest}".lstrip()
    told = [f"{words}." if ticked else f"No {words}." for words, ticked in pairs if not _NONE.match(words)]
    answers = " ".join(told) + (f" {rest}" if dot else "")
    return f"{opening}{answers}" if _is_title(opening) else answers


def _unticked(line: str, boxes: list[re.Match[str]]) -> str:
    """A form of which nothing is ticked, without its items, before their boxes or behind them; its heading is left."""
    behind = not re.search(r"\w", line[boxes[-1].end() :])
    if _ANSWERED.search(line) or any("[" not in box[0] for box in boxes):
        return line
    head = _HEAD.match(line) if behind else None
    titled = head is not None and re.search(r"\w", line[head.end() : boxes[0].start()])
    return line[: head.end() if head and titled else 0] if behind else line[: boxes[0].start()]


def _is_form_of_none(pairs: list[tuple[str, bool]]) -> bool:
    """Whether the form offers "none of the above": then what is left empty was answered."""
    return any(_NONE.match(words) for words, _ in pairs)


def _is_title(opening: str) -> bool:
    """Whether what stands before the boxes is kept: a heading of a form says nothing by itself."""
    return not re.search(
        r"\b(?:ces|cauda|flags?|screen\w*|check\w*|tick\w*|had|symptoms?|signs?|list)\b", opening, re.IGNORECASE
    )
