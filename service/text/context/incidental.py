"""What was found by the way: a sentence and its readings in, what it calls slight or no cause of the pain set aside.

"Mild foraminal narrowing, unchanged" and "a 2 mm slip that does not move" are seen in people without pain. They name no
source of it, unless the same part of the sentence says that a root is touched, or that there is more than before. What
somebody found and says in the same breath that it does not explain the pain ("which would not account for one leg", "an
incidental bulge") was looked at and put away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from service.text.clauses.reading import Reading

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
_WITHOUT = re.compile(r"\b(?:no|not|non|without|nor|free of|neither)\b[^,;.]{0,40}", re.IGNORECASE)
_SMALL_SLIP = re.compile(r"\b(?:[0-3](?:[.,]\d)?|one|two|three)[- ]?mm\b", re.IGNORECASE)
_STILL = re.compile(
    r"\b(?:unchanged|stable|no (?:change|motion|movement|instability|abnormal)|(?:does|do|did) not (?:change|move"
    r"|increase)"
    r"|not (?:changing|moving|mobile)|constant|fixed)\b",
    re.IGNORECASE,
)
_SOURCES = _NARROW | _SLIP | frozenset({
    "diabetic-polyneuropathy", "trochanteric-pain", "trochanteric-syndrome", "hip-oa", "peroneal-entrapment",
    "piriformis", "deep-gluteal-syndrome", "si-joint-pain", "sacroiliitis", "facet-pain", "facet-arthrosis",
    "disc-herniation", "disc-degeneration", "modic-change", "disc-pain", "epidural-scar", "peripheral-arterial-disease",
    "vascular-diagnosis", "adjacent-segment-disease", "herniation-elsewhere", "emg-peroneal", "emg-root-denervation",
    "compression",
})  # fmt: skip
_WHY = (
    r"(?:explain\w*|account\w* for|(?:be |been )?(?:responsible|to blame|the (?:cause|source|reason|culprit"
    r"|generator|problem|driver))"
    r"|fit(?:s|ting)? (?:with )?(?:the |his |her |this )?(?:pain|pattern|picture|complaint|story|symptom|leg"
    r"|distribution)\w*"
    r"|match\w* (?:the|his|her|this)|correlat\w* with)"
)
_NO_CAUSE = re.compile(
    rf"\b(?:(?:do|does|did|would|will|can|could|should)(?: ?not|n.t)|cannot|unlikely to|hardly|not (?:thought|felt"
    rf"|considered"
    rf"|believed|likely) to) (?:\w+ ){{0,2}}?{_WHY}"
    r"|\b(?:is|are|was|were) (?:probably |surely |clearly |certainly )?not (?:the |a |his |her |my )?(?:main |real "
    r"|pain )?"
    r"(?:cause|source|reason|culprit|generator|problem|driver|explanation|symptomatic|relevant|to blame"
    r"|responsible)\b"
    r"|\bincidental(?:ly)?\b|\b(?:asymptomatic|clinically (?:silent|irrelevant|insignificant)|red herring"
    r"|a bystander)\b"
    r"|\bof (?:no|doubtful|uncertain|questionable|little) (?:clinical )?(?:relevance|significance|importance)\b",
    re.IGNORECASE,
)
_UNEXPLAINED = re.compile(
    r"\b(?:not|cannot|n.t|nothing|hardly|unlikely to)(?: \w+){0,2}? (?:explain|account|correlat|match|fit)\w*",
    re.IGNORECASE,
)
_DENIED = "-"
_NEAR = 70
"""Characters between a finding and the words that it is no cause."""
_EDGE = re.compile(r"[,;:]|\bbut\b|\bwith\b(?= no\b)", re.IGNORECASE)


def incidental(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings; ``away`` where a narrowing is slight, a slip small and still, or a finding called no cause."""
    told = [replace(r, away=True) if not r.sign and not r.away and _is_by_the_way(r, text) else r for r in readings]
    return [replace(r, sign="") if r.sign == _DENIED and _is_unexplained(r, text) else r for r in told]


def _is_unexplained(reading: Reading, text: str) -> bool:
    """Whether it is the pain that something "does not explain": the explanation is denied, and not the pain."""
    if not reading.concept.endswith("-pain"):
        return False
    return any(0 <= reading.start - found.end() <= _NEAR // 2 for found in _UNEXPLAINED.finditer(text))


def _is_by_the_way(reading: Reading, text: str) -> bool:
    return reading.concept in _SOURCES and (_is_slight(reading, text) or _is_no_cause(reading, text))


def _is_no_cause(reading: Reading, text: str) -> bool:
    """Whether it stands before the words, or behind "incidental", in one sentence that says it is not the reason."""
    for found in _NO_CAUSE.finditer(text):
        between = found.start() - reading.end
        if 0 <= between <= _NEAR and not re.search(r"\bbut\b|;", text[reading.end : found.start()]):
            return True
        if (
            found[0].lower().startswith(("incidental", "asymptomatic"))
            and 0 <= reading.start - found.end() <= _NEAR // 2
        ):
            return True
    return False


def _is_slight(reading: Reading, text: str) -> bool:
    if reading.concept in _NARROW:
        begin = max((m.end() for m in _EDGE.finditer(text, 0, reading.start)), default=0)
        end = next((m.start() for m in _EDGE.finditer(text, reading.end)), len(text))
        return _SLIGHT.search(text, begin, end) is not None and not _is_more(text)
    if reading.concept in _SLIP:
        return bool(_SMALL_SLIP.search(text) and _STILL.search(text)) and not _is_more(text)
    return False


def _is_more(text: str) -> bool:
    """Whether anything is said of it beyond that; "without contact" and "no compression" say that there is not."""
    return _MORE.search(_WITHOUT.sub(" ", text)) is not None
