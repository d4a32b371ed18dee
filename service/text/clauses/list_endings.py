"""What a list is answered with at its end: the readings of one sentence and its text in, the readings so meant out.

"Knows to ring for a numb saddle, leakage, weak legs; none of these at present" denies everything before it, however the
list began; "infection and thrombosis mentioned as rare" tells what was talked about, and nothing of the patient.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from service.text.clauses.reading import Reading

_WHO = r"(?:(?:he|she|they|pt|patient|i)\s)?"
_SAYS = r"(?:(?:say|state|report|confirm|answer|tell|declare)(?:s|ed)?\s(?:that\s|us\s|me\s)?|said\s(?:that\s)?)?"
_HAS = (
    r"(?:(?:currently|presently|at present|now|today|so far)\s)?(?:ha[sd]\s|have\s|having\s|with\s|is\s|are\s|had\s)?"
)
_THEN_OR_STAYS = (
    r"(?![^.;]{0,60}\b(?:before\w*|previous\w*|pre-?op\w*|last|yesterday|until|prior|earlier|improv\w*|better|settl\w*"
    r"|respon\w*|help\w*|gone|resolv\w*|recover\w*|went|new|expected|explain\w*|since then)\b)"
)
"""What makes it a word about the time before, or about signs that stay: "neither of which he had before surgery"."""
_NONE_OF_THEM = re.compile(
    r"(?:[:;,.)\]]|\s-{1,2}|\sand|\sbut)\s*(?:and\s|but\s)?"
    rf"{_WHO}{_SAYS}{_WHO}{_HAS}"
    r"(?:(?:none|not (?:one|any|a single one)|neither|nil|no sign)"
    r"\sof\s(?:these|them|those|the (?:above|foregoing|lot)|which|this|it)\b"
    r"|none\s(?:(?:is|are|was|were)\s)?"
    r"(?:present|reported|endorsed|noted|apply|applies|admitted|at present|currently|so far|today|now)\b"
    r"|(?:all|each|every one|both)\s(?:(?:of (?:these|them|which)|are|were|being|is)\s){0,2}"
    r"(?:(?:marked|answered|ticked|scored|recorded|documented|circled|checked)\s)?(?:as\s)?"
    r"[\"'\u201c\u2018]?(?:no|nil|none|neg|negative|denied|nad|green|blank|clear)\b)"
    rf"{_THEN_OR_STAYS}",
    re.IGNORECASE,
)
_TALKED_OF = re.compile(
    r"\s(?:(?:was|were|are|is|being|all|also|again|both)\s){0,2}"
    r"(?:(?:explained|discussed|mentioned|quoted|listed|named|stated|outlined|covered|highlighted"
    r"|consented for|gone through|gone over)"
    r"\s(?:as\s(?:a\s)?(?:(?:rare|possible|known|recogni[sz]ed|serious|common|uncommon|potential|very|most)\s?)+"
    r"(?:risks?|complications?|dangers?)?|among the risks)"
    r"|(?:explained|discussed|consented for|gone through|gone over)\s?(?=[.,;]|\Z)"
    r"|(?:as|are|were|being)\s(?:the\s)?(?:possible|potential|known|recogni[sz]ed|rare)\s(?:risks?|complications?))",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[,/]|\b(?:and|or)\b")


def answered_at_end(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings with those before such an ending denied, or put aside where they were only talked of."""
    if not readings:
        return []
    if (ending := _NONE_OF_THEM.search(text)) is not None:
        return [
            replace(r, sign="-", away=False) if r.start < ending.start() and r.sign != "-" and not r.past else r
            for r in readings
        ]
    if (talked := _TALKED_OF.search(text)) is not None and _LISTED.search(text[: talked.start()]) is not None:
        return [replace(r, away=True) if r.start < talked.start() else r for r in readings]
    return list(readings)
