"""Rows answered by a letter: a note in, the same with each answer in words out.

"Fever N. Night sweats N. Headache Y." is a questionnaire that was answered, and a lone "N" says nothing to a reader of
sentences. One such item alone may be an initial; two in a line are a row.
"""

from __future__ import annotations

import re

_ITEM = re.compile(
    r"(?P<before>\A|[.:?]\s+)(?P<item>[A-Za-z][\w /,'&()-]{1,60}?)(?:\s|:\s?)"
    r"(?P<answer>[NY])(?=\s?\.|\s*\Z)"
)
_ROW = 2
"""Answers that make a row."""
_FUNCTION = re.compile(
    r"\b(?:power|strength|sensation|reflex\w*|tone|pulses?|neuro\w*|gait|bladder|bowels?|micturition|appetite|sleep|exam\w*"
    r"|chest|abdo\w*|heart|lungs|skin|mood|rom|slr|pupils?|orientation|function|continen\w*|coordination|cranial nerves"
    r"|movement\w*|colour|warmth|wound|scar|dressing|bp|hr|temp\w*|sats)\W*\Z",
    re.IGNORECASE,
)
"""What is normal where an examination says N of it: such a row is left as it stands."""
_MAY = re.compile(r"\b[NY]\s?\.")


def with_letter_answers(text: str) -> str:
    """The text; in a line of items that end in N or Y, what is answered N is denied."""
    if not _MAY.search(text):
        return text
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    items = [found["item"] for found in _ITEM.finditer(line)]
    if len(items) < _ROW or any(_FUNCTION.search(item) for item in items):
        return line
    return _ITEM.sub(_told, line)


def _told(found: re.Match[str]) -> str:
    item = found["item"].strip()
    lowered = item if item.isupper() else item[0].lower() + item[1:]
    return f"{found['before']}No {lowered}" if found["answer"] == "N" else f"{found['before']}{item}"
