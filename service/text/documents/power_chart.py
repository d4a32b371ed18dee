"""A line of a chart of leg power as its sentence: an Observation in, "Leg power: right 1/5, left 1/5." out.

The figures of a neuro chart say nothing without its title ("Leg power R / L (0-5)"), nor its title without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.fhir import datatypes, resources

_TITLE = re.compile(
    r"\b(?:(?:lower )?(?:legs?|limbs?|extremit\w+|LL|LE)\b.{0,20}\b(?:power|strength|motor|mrc)"
    r"|(?:power|strength|motor\w*|mrc)\b.{0,20}\b(?:lower )?(?:legs?|limbs?|extremit\w+|LL|LE))\b",
    re.IGNORECASE,
)
_ARM = re.compile(r"\b(?:arms?|upper|UL|UE|hands?|grip)\b", re.IGNORECASE)
_SIDED = re.compile(
    r"(?<![\w/])(?P<side>right|left|rt|lt|[RL])\b(?: leg)?\s*[:=]?\s*(?P<grade>[0-5][+-]?)(?![\d.])(?:\s?/\s?5)?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s*(?P<one>[0-5][+-]?)\s?[/,| ]\s?(?P<two>[0-5][+-]?)\s*\Z")
_ONE = re.compile(r"\s*(?P<grade>[0-5][+-]?)(?:\s?/\s?5)?\s*\Z")
_ORDER = re.compile(r"\b(?P<first>R|L|right|left)\s?[/|,]\s?(?:R|L|right|left)\b", re.IGNORECASE)
_SIDE = re.compile(r"\b(?P<side>right|left|rt|lt)\b", re.IGNORECASE)


def power_told(observation: resources.Observation) -> str:
    """The sentence; "" where the Observation grades no power of the legs."""
    title = _shown(observation.code)
    if not _TITLE.search(title) or _ARM.search(title):
        return ""
    graded = list(_graded(title, observation.value_string or _figure(observation.value_integer)))
    for part in observation.component or ():
        graded += _graded(f"{title} {_shown(part.code)}", part.value_string or _figure(part.value_integer))
    return f"Leg power: {', '.join(graded)}." if graded else ""


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)


def _graded(title: str, value: str) -> Iterator[str]:
    if sided := list(_SIDED.finditer(value)):
        yield from (f"{_word(found['side'])} {found['grade']}/5" for found in sided)
    elif (pair := _PAIR.match(value)) and (order := _ORDER.search(title)):
        first = _word(order["first"])
        yield f"{first} {pair['one']}/5"
        yield f"{'left' if first == 'right' else 'right'} {pair['two']}/5"
    elif one := _ONE.match(value):
        side = _SIDE.search(title)
        yield f"{_word(side['side'])} {one['grade']}/5" if side else f"{one['grade']}/5"


def _word(side: str) -> str:
    return "right" if side[0] in "rR" else "left"


def _shown(concept: datatypes.CodeableConcept | None) -> str:
    if concept is None:
        return ""
    return concept.text or next((c.display for c in concept.coding or () if c and c.display), "")
