"""What a picture shows by the way: a sentence of a report and its readings in, the findings it calls slight set aside.

"Mild foraminal narrowing, unchanged" and "a 2 mm slip that does not move" are seen in people without pain. They name no
source of it, unless the same part of the sentence says that a root is touched, or that there is more than before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from service.text.reading import Reading

_NARROW = frozenset({"stenosis", "foraminal-stenosis"})
_SLIP = frozenset({"listhesis"})
_SLIGHT = re.compile(
    r"\b(?:mild(?:ly)?|minimal(?:ly)?|minor|slight(?:ly)?|subtle|borderline|early|trace|low[- ]grade"
    r"|lee (?:grade )?[01i]|schizas a)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:moderate\w*|mod|severe\w*|marked\w*|tight|critical|high[- ]grade|significant\w*|compress\w*|imping\w*"
    r"|displac\w*"
    r"|flatten\w*|contact\w*|abut\w*|touch\w*|pinch\w*|squeez\w*|indent\w*|deform\w*|encroach\w*|effac\w*|oblit\w*"
    r"|progress\w*|new(?:ly)?|increas\w*|wors\w*|grow\w*|symptom\w*|concordant|dynamic|mobile|unstable|flexion"
    r"|residual|recurr\w*|persist\w*)\b",
    re.IGNORECASE,
)
_SMALL_SLIP = re.compile(r"\b(?:[0-3](?:[.,]\d)?|one|two|three)[- ]?mm\b", re.IGNORECASE)
_STILL = re.compile(
    r"\b(?:unchanged|stable|no (?:change|motion|movement|instability|abnormal)|(?:does|do|did) not (?:change|move|increase)"
    r"|not (?:changing|moving|mobile)|constant|fixed)\b",
    re.IGNORECASE,
)
_EDGE = re.compile(r"[,;:]|\bbut\b|\bwith\b(?= no\b)", re.IGNORECASE)


def incidental(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings; ``away`` where a narrowing is slight, or a slip small and still, and nothing says more of it."""
    return [replace(r, away=True) if not r.sign and not r.away and _is_slight(r, text) else r for r in readings]


def _is_slight(reading: Reading, text: str) -> bool:
    if reading.concept in _NARROW:
        begin = max((m.end() for m in _EDGE.finditer(text, 0, reading.start)), default=0)
        end = next((m.start() for m in _EDGE.finditer(text, reading.end)), len(text))
        return _SLIGHT.search(text, begin, end) is not None and not _MORE.search(text)
    if reading.concept in _SLIP:
        return bool(_SMALL_SLIP.search(text) and _STILL.search(text)) and not _MORE.search(text)
    return False
