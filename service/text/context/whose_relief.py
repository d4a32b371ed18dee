"""Relief that is not the operation's: a sentence and its readings in, the relief of tablets and other joints set aside.

"A course of prednisolone took the pain away for three weeks" and "the knee was pain-free for a year, then began to
ache" tell nothing of how the back went after its operation.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.text.clauses.reading import Reading

_COURSE = frozenset({"pain-relief", "no-pain", "partial-relief", "pain-returned", "no-relief", "leg-pain", "back-pain"})
_TABLETS = re.compile(
    r"\b(?:course of|prednis\w+|dexamethasone|methylpred\w+|medrol|steroid (?:tablets|pack|course)|tablets|naproxen"
    r"|ibuprofen|diclofenac|gabapentin|pregabalin|duloxetine|amitriptyline|tramadol|codeine)\b"
    r"[^.;]{0,60}?\b(?:took|takes|relieved|eased|cleared|settled"
    r"|got rid|helped|worked|improved|reduced|lifted)\b"
    r"[^.;]{0,80}?\b(?:came back|come back|returned|wore off|worn off|recurred)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\b(?:knee|hip|shoulder|ankle|thumb|wrist)\b[^.;]{0,30}?\b(?:replac\w+|arthroplasty|operat\w+|arthroscop\w+"
    r"|done|resurfac\w+)\b"
    r"|\b(?:TKR|THR|TKA|THA)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:back|spine|spinal|lumbar|leg|legs|sciatica|buttock|fusion|\w+ectomy|decompression)\b", re.IGNORECASE
)


def whose_relief(readings: list[Reading], text: str) -> list[Reading]:
    """The readings; ``away`` where relief and return are those of tablets, or of another joint than the back."""
    if not any(r.concept in _COURSE for r in readings):
        return readings
    tablets = _TABLETS.search(text)
    if tablets:
        begin, end = tablets.span()
    elif (joint := _JOINT.search(text)) and not _BACK.search(text):
        begin, end = joint.start(), len(text)
    else:
        return readings
    ours = [r.concept in _COURSE and begin <= r.start < end for r in readings]
    return [replace(r, away=True) if own else r for r, own in zip(readings, ours, strict=True)]
