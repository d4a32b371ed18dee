"""Tables of signs, one a line: the lines of a text in, the same with each answered row as a sentence out.

"Fever\tN" below "Chills\tN" is a row of a table, and so is the cross in the column below "Yes" or "No".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.text.shorthand.sign_items import ANSWER, PART, Item, is_asked, is_hollow, told

_ROW = re.compile(
    r"[ \t>*|-]*(?P<item>[A-Za-z][\w &/'()-]{1,44}?)"
    r"(?:[ \t]*[|\t:=?][ \t|:]*(?:-[ \t]+)?|[ \t]+[-=:][ \t]+|[ \t]+|(?=[-+]))"
    rf"{ANSWER}(?P<tail>\s*\([^()]{{1,60}}\)|,\s[^.;|]{{1,50}}"
    rf"|\s+(?:since|for|x ?\d|over|yesterday|today|but|except|apart)\b[^.;|]{{1,50}})?[ \t|.]*",
    re.IGNORECASE,
)
_COLUMNS = re.compile(
    r"[\s|]*[^\n|]*\|?[\s|]*(?P<first>yes|no|y|n)[ \t]*[|\t ]+[ \t]*(?:yes|no|y|n)[\s|]*", re.IGNORECASE
)
_CELLS = re.compile(
    r"[ \t>*|-]*(?P<item>[A-Za-z][\w &/'()-]{1,44}?)[ \t]*[|\t][ \t]*(?P<one>\[?[xX/ *]{0,3}\]?)[ \t]*[|\t][ \t]*"
    r"(?P<two>\[?[xX/ *]{0,3}\]?)[ \t|]*"
)
_HEAD_ALONE = re.compile(
    r"(?:CES|RFs?|red flags?|screen\w*|symptoms?|sx|questions?|cauda equina|[ /&+])+[\s:.-]*", re.IGNORECASE
)
_DENIED = re.compile(r"\W{0,3}No [a-z ]{3,40}\W*\Z")
_SENTENCE = re.compile(r"\b(?:is|are|was|were|has|have|had|remains?|feels?|looks?)\Z", re.IGNORECASE)
"""A line with a verb before its last word is no row: "Foot drop and weakness are absent" is understood as it stands."""
_LONG_ROW = 60


def with_columns(lines: list[str]) -> list[str]:
    """Rows below a line of "Yes | No" with the cell of their cross as the answer."""
    first = ""
    out = []
    for line in lines:
        if (head := _COLUMNS.fullmatch(line)) and ("|" in line or "\t" in line):
            first = head["first"].lower()[0]
            out.append("")
            continue
        row = _CELLS.fullmatch(line) if first else None
        one, two = (row["one"].strip("[] "), row["two"].strip("[] ")) if row else ("", "")
        if row and bool(one) != bool(two):
            out.append(f"{row['item']} | {'yes' if bool(one) is (first == 'y') else 'no'}")
        elif row:
            out.append("")  # neither is crossed: nobody answered
        else:
            first = "" if line.strip(" |-+") else first
            out.append(line)
    return out


def told_rows(lines: list[str]) -> list[str]:
    """Lines of one sign and its answer, two or more in a row, as sentences."""
    found = [_ROW.fullmatch(line) if line.strip() else None for line in lines]
    found = [None if row is not None and _SENTENCE.search(row["item"].strip()) else row for row in found]
    asked = [
        at
        for at, row in enumerate(found)
        if (row is not None and is_asked(row["item"])) or (row is None and _DENIED.match(lines[at]))
    ]
    if len(asked) < 2:
        return lines
    beside = {at for one, two in pairwise(asked) for at in (one, two) if not any(_stands(lines, one, two))}
    out = list(lines)
    for at in beside:
        row = found[at]
        if row is not None:
            said, tail = row["yes"] is not None, (row["tail"] or "").strip(" ,")
            said = said or row["less"] is not None
            if is_hollow(row["item"].strip(), row["no"] or "") or (row["less"] and not PART.match(row["item"].strip())):
                continue
            item = Item(row["item"].strip(), said, lines[at], tail, sound=row["sound"] is not None)
            out[at] = f"- {told(item)}"
            above = next((i for i in range(at - 1, -1, -1) if lines[i].strip()), -1)
            if above >= 0 and above not in beside and _HEAD_ALONE.fullmatch(lines[above].strip()):
                out[above] = ""
    return out


def _stands(lines: Sequence[str], one: int, two: int) -> Iterator[bool]:
    """Of each line between the two, whether it is more than blank or one other row."""
    return (bool(line.strip()) and len(line) > _LONG_ROW for line in lines[one + 1 : two])
