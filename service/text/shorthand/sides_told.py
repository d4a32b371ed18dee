"""Sides that stand apart from what they are of: a note in, the note with each side beside its pain out.

"Leg pain (0-10): LEFT 0  RIGHT 7" is a pain on the right and none on the left; "the opposite leg", behind a sentence
that names one side, is the leg of the other.
"""

from __future__ import annotations

import re

_COLUMNS = re.compile(
    r"^(?P<label>[ \t]*(?:leg |calf |thigh |buttock |foot )?(?:pain|numbness|tingling|weakness))\b[^:\n]{0,40}:[ \t]*"
    r"(?P<one>left|right|L|R)[ \t:=]*(?P<a>10|\d)(?:\s?/\s?10)?[ \t,;|]+"
    r"(?P<two>left|right|L|R)[ \t:=]*(?P<b>10|\d)(?:\s?/\s?10)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER = re.compile(
    r"\b(?:the|her|his|my) (?:opposite|other|contralateral) (?P<part>leg|calf|thigh|buttock|foot)\b", re.IGNORECASE
)
_SIDE = re.compile(r"\b(?P<side>left|right)\b", re.IGNORECASE)
_BEFORE = 200
"""Characters before "the opposite leg" in which the side is looked for that it is opposite to."""


def with_sides(text: str) -> str:
    """The text with such columns as sentences, and with the side for "the opposite leg"."""
    low = text.lower()
    if "left" not in low and "right" not in low and ":" not in text:
        return text
    text = _COLUMNS.sub(_sentence, text)
    if "opposite" in low or "other" in low or "contralateral" in low:
        text = _OTHER.sub(lambda found: _named(found, text), text)
    return text


def _sentence(found: re.Match[str]) -> str:
    label = found["label"].strip().lower()
    sides = [(_side(found["one"]), int(found["a"])), (_side(found["two"]), int(found["b"]))]
    if sides[0][0] == sides[1][0]:
        return found[0]
    told = [f"{side.capitalize()} {label} {figure}/10." for side, figure in sides if figure]
    return " ".join([*told, *(f"No {side} {label}." for side, figure in sides if not figure)])


def _side(word: str) -> str:
    return "left" if word[0] in "lL" else "right"


def _named(found: re.Match[str], text: str) -> str:
    sides = {m["side"].lower() for m in _SIDE.finditer(text, max(0, found.start() - _BEFORE), found.start())}
    if len(sides) != 1:
        return found[0]
    return f"the {'right' if sides == {'left'} else 'left'} {found['part']}"
