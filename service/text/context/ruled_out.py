"""Signs that a test in the same sentence excludes: readings in, those that its negative result answers set aside.

"Calf tender on Friday; duplex negative" and "a twinge in the chest, CTPA clear" tell what was feared and is not.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.text.clauses.reading import Reading

_CLEAR = (
    r"(?:negative|neg|clear|normal|nad|no (?:dvts?|clots?|thromb\w*|pe|filling defects?|emboli\w*|evidence)"
    r"|excluded|ruled? (?:it )?out|unremarkable)\b"
)
_TESTS = (
    (
        frozenset({"leg-swelling", "leg-thrombosis"}),
        re.compile(
            rf"\b(?:duplex|doppler|uss?|ultrasound|venogram|compression scan)\b[^.]{{0,50}}?\b{_CLEAR}", re.IGNORECASE
        ),
    ),
    (
        frozenset({"chest-pain", "dyspnoea", "haemoptysis", "syncope"}),
        re.compile(rf"\b(?:ctpa|ct pa|v/?q|ct angio\w*|pulmonary angio\w*)\b[^.]{{0,50}}?\b{_CLEAR}", re.IGNORECASE),
    ),
)
_STAYS = re.compile(
    r"\b(?:now|since|today|again|new|wors\w+|repeat\w*|rescan\w*|but|however|increas\w+|still|tonight|this (?:morning"
    r"|evening|afternoon))\b",
    re.IGNORECASE,
)
"""What is told of after the test, or in spite of it."""


_ROTATION = re.compile(
    r"\b(?:IR|internal rotation|int\.? rot\w*|IRO)\b(?: (?:of|in|is|was|right|left|bilat\w*|both|hips?|the|R|L|about"
    r"|to|at)){0,4}\W{0,3}"
    r"(\d{2})\b(?!/)",
    re.IGNORECASE,
)
_STIFF = re.compile(
    r"\b(?:limited|restrict\w*|reduced|lost|loss|stiff\w*|blocked|decreas\w*|(?<!no )(?<!not )painful|reproduc\w*"
    r"|provok\w*|positive)\b",
    re.IGNORECASE,
)
_NEGATIVE = "si-tests-negative"
_FREE = 25
"""Degrees of internal rotation of a hip that is free."""


_ALERT = re.compile(
    r"\b(?:bpa|alert|alarm|screen\w*|flag\w*|trigger\w*|score|fired)\b.*\b(?:not septic|no sepsis|dismissed"
    r"|overrid\w+|false (?:alert|alarm|positive)|cleared)\b",
    re.IGNORECASE,
)
"""What a computer or a form feared, and somebody looked at."""


def ruled_out(readings: list[Reading], text: str) -> list[Reading]:
    """The readings; a sign before a negative test of its own is set aside unless something is told of later."""
    if any(r.concept == "sepsis" for r in readings) and _ALERT.search(text):
        readings = [replace(r, away=True) if r.concept == "sepsis" and not r.sign else r for r in readings]
    # "No deficit, SI tests negative": what is negative is not denied once more by the "no" before the comma.
    readings = [replace(r, sign="") if r.concept == _NEGATIVE and r.sign == "-" else r for r in readings]
    if any(r.concept == "hip-sign" and not r.sign for r in readings) and _turns(text):
        readings = [replace(r, sign="-") if r.concept == "hip-sign" else r for r in readings]
    for signs, test in _TESTS:
        if any(r.concept in signs for r in readings) and (found := test.search(text)):
            rest = text[: found.start()] + " | " + text[found.end() :]
            if not _STAYS.search(rest):
                readings = [
                    replace(r, away=True) if r.concept in signs and r.start < found.start() else r for r in readings
                ]
    return readings


def _turns(text: str) -> bool:
    """Whether every rotation of a hip that is measured is that of a free one, and nothing else is said against it."""
    measured = [int(found[1]) for found in _ROTATION.finditer(text)]
    return bool(measured) and min(measured) >= _FREE and not _STIFF.search(text)
