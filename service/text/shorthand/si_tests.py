"""Tests of the sacroiliac joint that a note lists one by one, counted: a note in, the note with their sum out.

"FABER R +, Gaenslen R +, thigh thrust R +, distraction neg" are three positive tests, which is what counts.
"""

from __future__ import annotations

import re

_NAMES = {
    "thrust": r"thigh thrust|p4|pppp|posterior pelvic pain provocation|posterior shear",
    "faber": r"fabere?s?|patrick'?s?",
    "gaenslen": r"gaenslen'?s?",
    "compression": r"(?:(?:pelvic|sacral|lateral|iliac|asis|si|sij) )?compression",
    "distraction": r"(?:(?:pelvic|asis|si|sij) )?distraction",
    "sacral": r"sacral thrust",
    "yeoman": r"yeoman'?s?",
}
_SIDE = r"(?:(?:on )?(?:the )?(?P<side>r|l|right|left|both|bilat\w*|b/l)\b)?"
_TOLD = re.compile(
    "(?:" + "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _NAMES.items()) + ")"
    rf"(?:\s?\([^()\n]{{0,30}}\))?(?: (?:test|sign))?[ :=]{{0,3}}{_SIDE}"
    r"[ :=]{0,3}(?P<result>\+|pos(?:itive)?\b|painful\b|neg(?:ative)?\b|-(?=[\s,.;]|\Z))",
    re.IGNORECASE,
)
_MANY = 3
"""Tests from which their sum says something: so many positive ones make the joint likely."""


def with_tests_counted(text: str) -> str:
    """The text, with the sum in the place of the tests of each line that gives three or more a result of their own."""
    low = text.lower()
    if "thrust" not in low and "gaenslen" not in low and "faber" not in low:
        return text
    return "\n".join(_counted(line) for line in text.split("\n"))


def _counted(line: str) -> str:
    told = list(_TOLD.finditer(line))
    tested = {_name(found) for found in told}
    if len(tested) < _MANY:
        return line
    positive = [found for found in told if found["result"][0].lower() in "+p"]
    count = len({_name(found) for found in positive})
    sides = {(found["side"] or "")[:1].lower() for found in positive}
    side = {"r": " on the right", "l": " on the left"}.get(sides.pop(), "") if len(sides) == 1 else ""
    if count == 0:
        result = "SI provocation tests negative."
    elif count < _MANY:
        result = f"{count} of {len(tested)} SI provocation tests{side}."
    else:
        result = f"{count} of the SI provocation tests positive{side}."
    return f"{_TOLD.sub('', line).rstrip()} {result}"


def _name(found: re.Match[str]) -> str:
    return next(name for name in _NAMES if found[name])
