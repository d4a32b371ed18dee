"""Tables of muscle power whose columns are days: a text in, each row as what it says of now and of then out.

"pre-op  2 wks  today" above "Right EHL  2/5  4/5  5/5" is a toe that came back, and the same row read from right to
left is one that was lost. Read without its heading a row is all its grades at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.text.shorthand.exam_grades import FULL, value_of

_GAP = re.compile(r"\t+|\s*\|\s*|[ ]{2,}|\s*;\s*")
_CELL = re.compile(r"(?:MRC |grade )?[0-5][+-]?(?:\s?/\s?5)?\Z", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*"
_TIME = re.compile(
    r"(?:pre-?\s?op\w*|post-?\s?op\w*|before|admission|adm|discharge|baseline|today|now|tonight"
    r"|this (?:morning|evening|visit)|yesterday|last (?:visit|night|week|time)"
    r"|day|pod|d\d{1,2}|wk|week|month|\d+\s?/\s?(?:7|52|12))\b"
    r"|\d{1,2}[/.-]\d{1,2}|\d{1,2}:\d\d|\d{4}\s?h|\d+\s?(?:d|days?|w|wks?|weeks?|mo|months?|h|hrs?|hours?)\b"
    rf"|\d{{0,2}}\s?{_MONTH}\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:today|now|tonight|this (?:morning|evening|visit))\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:pre-?\s?op\w*|before|admission|adm|baseline)\b", re.IGNORECASE)
_BEFORE = re.compile(r"pre-?\s?op|before", re.IGNORECASE)
_MOST_COLUMNS = 8
_GRADE = r"[0-5][+-]?"
_THEN = r"(?:pre-?\s?op\w*|before (?:the )?(?:surgery|operation|op)|at baseline|baseline|(?:at|on) admission)"
_ASIDE = re.compile(
    rf"(?P<now>{_GRADE})\s?/\s?5\s?\((?:{_THEN}[\s:]*(?:was )?(?P<a>{_GRADE})\s?/\s?5|(?:was )?(?P<b>{_GRADE})\s?/\s?5"
    rf" {_THEN})\)",
    re.IGNORECASE,
)
"""A grade with that of before in brackets: "2/5 (5/5 pre-op)" is a fall; only the bracket is told of then."""


def with_time_columns(text: str) -> str:
    """The text with rows of grades below a heading of days as sentences; as it is where it has no such heading."""
    if "/5" not in text and not _NOW.search(text):
        return text
    text = _ASIDE.sub(_fall, text) if "(" in text else text
    out: list[str] = []
    times: Sequence[str] = ()
    for line in text.split("\n"):
        cells = [cell.strip() for cell in _GAP.split(line) if cell.strip(" |")]
        if told := _times(cells):
            times = told
            out.append("")
            continue
        row = _row(cells, times) if times else ""
        times = times if row or (times and not line.strip()) else ()
        out.append(row or line)
    return "\n".join(out)


def _fall(found: re.Match[str]) -> str:
    then = found["a"] or found["b"]
    return f"{then}/5, now {found['now']}/5" if value_of(found["now"]) < value_of(then) else found[0]


def _times(cells: Sequence[str]) -> Sequence[str]:
    """The days of a heading, the last of them now; none where the line is no such heading."""
    told = cells if _TIME.match(cells[0] if cells else "") else cells[1:]
    if not 2 <= len(told) <= _MOST_COLUMNS or not all(_TIME.match(cell) for cell in told):
        return ()
    return told if _NOW.search(told[-1]) or _FIRST.search(told[0]) else ()


def _row(cells: Sequence[str], times: Sequence[str]) -> str:
    """ "Left EHL 5/5, now 2/5." of a row with a grade for each day; "" for any other line."""
    figures = cells[-len(times) :]
    label = " ".join(cells[: -len(times)])
    if not label or not all(_CELL.match(cell) for cell in figures):
        return ""
    first, last = (re.sub(r"\s?/\s?5\Z", "", figures[at]).split()[-1] for at in (0, -1))
    if value_of(last) >= FULL:
        return f"{label} 5/5."
    if value_of(last) < value_of(first):
        return f"{label} {first}/5, now {last}/5."
    return f"{label} {last}/5 ({first}/5 pre-op)." if _BEFORE.match(times[0]) else f"{label} {last}/5 (was {first}/5)."
