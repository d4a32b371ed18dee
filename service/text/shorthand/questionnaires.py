"""Numbered questions of a questionnaire: a note in, the same with each one told by its answer out.

"Q7 Trouble controlling bladder or bowel - not since surgery" denies, on one line or over two; a question that nobody
answered tells nothing. What another answer tells ("all of it, since Tuesday") stays beside its question.
"""

from __future__ import annotations

import re

from service.text.shorthand.answers import NO, YES, answered

_NUMBER = re.compile(
    r"[ \t>*-]{0,4}(?:(?P<asks>(?:Q(?:uestion|n)?|Item)\.?[ \t]?\d{1,2}[a-z]?\b)"
    r"|\(?\d{1,2}(?=[.)][ \t]))[.:)]{0,2}[ \t]+(?:-{1,2}[ \t]+)?"
)
_ASKS = re.compile(
    r"(?:have|has|had|do|does|did|are|is|was|were|can|any)\b(?: (?:you|your|there|the (?:patient|client)|new|loss))",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[ \t]*(?:\?[ \t]*(?:-{1,2}[ \t]+)?|:[ \t]+|[ \t]-{1,2}[ \t]+|\.{3,}[ \t]*|[ \t]=[ \t]|:\Z)")
_NONE = re.compile(r"0(?:/\d{1,2})?(?![\d/.])")
_QUOTES = " \t\"'"
_LONGEST = 120


def with_questionnaires(text: str) -> str:
    """The text with the numbered questions and their answers as statements."""
    lines = text.split("\n")
    if not any(_NUMBER.match(line) for line in lines):
        return text
    out: list[str] = []
    at = 0
    while at < len(lines):
        number = _NUMBER.match(lines[at])
        told, used = _told(lines, at, number) if number else (lines[at], 1)
        out.append(told)
        at += used
    return "\n".join(out)


def _told(lines: list[str], at: int, number: re.Match[str]) -> tuple[str, int]:
    """What a numbered line tells, and how many lines were read for it."""
    line = lines[at]
    body = line[number.end() :].strip()
    parted = _PARTED.search(body)
    item = body[: parted.start()] if parted else body
    reply = body[parted.end() :].strip() if parted else ""
    asks = number["asks"] is not None or _ASKS.match(item) is not None
    if not item or len(item) > _LONGEST:
        return line, 1
    used = 1
    if not reply and asks and at + 1 < len(lines):
        below = lines[at + 1].strip(_QUOTES)
        if (NO.match(below) or YES.match(below)) and not _NUMBER.match(lines[at + 1]):
            reply, used = below, 2
    if not reply:
        return ("", 1) if asks and not item.endswith(".") else (line, 1)
    reply = reply.strip(_QUOTES)
    if _NONE.match(reply) and asks:
        return f"No {item[:1].lower()}{item[1:]}.", used
    if not NO.match(reply) and not (asks and YES.match(reply)):
        return line, 1
    told = answered([f"{item}?"], reply)
    return (line, 1) if told == reply else (told.replace('"', ""), used)
