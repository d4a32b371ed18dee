"""Grades of leg power that a note tells twice: its text in, the same with what was no better before marked as known.

"O/E at admission: right EHL 3/5 … Procedure … right EHL 4/5 at discharge": only the whole note says that the second
grade is no new weakness. A muscle counts with its side, and only where it has now at least what it had.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.places import Side
from service.text.context.as_before import as_before, is_newer
from service.text.shorthand.exam_grades import FULL, MAY_GRADE, Grade, grades

_PART = re.compile(r"(\n|(?<=[\w)])[.;]\s+)")
_ADMITTED = re.compile(
    r"\b(?:at|on) (?:adm(?:ission)?|intake)\b|\badm(?:ission)? (?:exam|status|findings)\b", re.IGNORECASE
)
_PREOP = re.compile(r"\bpre-?\s?op\w*|\bbefore (?:the )?(?:surgery|operation|op)\b|\bbaseline\b", re.IGNORECASE)
_OPERATED = re.compile(
    r"\b(?:procedure|operation|surgery|op(?:erated)?|post-?\s?op\w*|laminectomy|\w*discectomy|decompression|fusion"
    r"|tlif|plif|alif)\b",
    re.IGNORECASE,
)
_UNPLANNED = re.compile(
    r"\b(?:emergency|ha?ematoma|evacuat\w*|re-?explor\w*|re-?admi\w*|revision|cauda|return to theatre|taken back"
    r"|since (?:the |her |his )?(?:op\w*|surgery|laminectomy|\w*discectomy|fusion|decompression)"
    r"|(?:days?|weeks?|months?) (?:after|post))\b",
    re.IGNORECASE,
)
"""With one of these what was found on admission may be of an operation before it."""
_REST = re.compile(r"\b(?:rest|otherwise|others?|all else)\b", re.IGNORECASE)
_OTHER_SIGN = re.compile(
    r"\b(?:drop\w*|numb\w*|saddle|bladder|paraly\w*|can ?not|can't|unable|weaker|today|now|overnight)\b", re.IGNORECASE
)


def with_known_grades(text: str) -> str:
    """The text; behind a part whose weak muscles all were no better before stands that it is as before surgery."""
    if MAY_GRADE.search(text) is None or not (_PREOP.search(text) or _ADMITTED.search(text)):
        return text
    parts = _PART.split(text)
    before, admitted = _before(parts)
    if not before:
        return text
    return "".join(
        f"{part.rstrip(' .')}, as before surgery" if at in admitted or _is_known(part, before) else part
        for at, part in enumerate(parts)
    )


def _before(parts: Sequence[str]) -> tuple[dict[tuple[str, Side], float], set[int]]:
    """The best that each muscle had before the operation, as the note tells it; and which parts tell of an admission
    for it."""
    of_admission = set[int]()
    planned = _UNPLANNED.search("".join(parts)) is None
    told: dict[tuple[str, Side], float] = {}
    for at, part in enumerate(parts):
        if MAY_GRADE.search(part) is None or is_newer(part):
            continue
        admitted = planned and _ADMITTED.search(part) is not None
        if (admitted or _PREOP.match(part.lstrip())) and any(_OPERATED.search(p) for p in parts[at + 1 :]):
            found = grades(_REST.split(part)[0], bare=True)
            if admitted and not _OTHER_SIGN.search(part):
                of_admission.add(at)
        elif as_before(part) >= 0 and len(weak := _weak(part)) == 1:
            found = weak
        else:
            continue
        for grade in found:
            key = grade.muscle, grade.side
            told[key] = max(told.get(key, 0.0), grade.value)
    return told, of_admission


def _weak(part: str) -> list[Grade]:
    return [g for g in grades(part, bare=True) if g.value < FULL and not g.earlier]


def _is_known(part: str, before: dict[tuple[str, Side], float]) -> bool:
    """Whether it tells of weak muscles only that were no better before, and of nothing new."""
    if MAY_GRADE.search(part) is None or _PREOP.search(part) or _ADMITTED.search(part):
        return False
    if is_newer(part) or _OTHER_SIGN.search(part) or as_before(part) >= 0:
        return False
    weak = _weak(part)
    return bool(weak) and all(
        g.muscle and (had := before.get((g.muscle, g.side))) is not None and had <= g.value for g in weak
    )
