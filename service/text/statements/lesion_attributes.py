"""What the words of a narrowing, a slip or a herniation say of it: whether it grew, whether it lies beside a fusion."""

from __future__ import annotations

import re

from service.domain.statements import PLAIN, Attributes

_EARLIER = (
    r"(?:prior|previous|earlier|last|old|post-?op\w*|preceding|comparison|early|first)(?: post-?op\w*)?"
    r" (?:scan|mri|mr|ct|films?|study|studies|examination|exam|imaging|images|pictures?|one)"
)
_SINCE = r"\b(?:since|from|compared|over|against) "
_WIDE = r"(?:patent|open|wide|roomy|clear|free|normal|adequate|mild|slight)"
_GROWN = re.compile(
    r"\bprogress(?:ive(?:ly)?|ed|ing|ion)\b|\bprog fs\b"
    r"|\binterval (?:\w+ ){0,3}(?:development|progress\w*|narrowing|worsening|increase|change|loss|stenosis)\b"
    r"|\b(?:worsened|deteriorated|narrowed further|tightened|increased|grown|developed|appeared|closed down)\b"
    rf"[^.;]{{0,40}}{_SINCE}|\bnew(?:ly)? (?:since|compared|developed|acquired|from)\b"
    rf"|\b(?:was|were|had been|being|previously|formerly|still)\b[^.;]{{0,25}}\b{_WIDE}\b"
    r"[^.;]{0,30}(?:\b(?:on|at|in|then|after)\b|\Z|[.,;)])"
    rf"|\b(?:not (?:there|present|seen)|absent) (?:on|in|at) (?:the )?{_EARLIER}"
    rf"|\bfrom (?:{_WIDE}|lee (?:grade )?[01])\b[^.;]{{0,40}}\bto\b|\bopen (?:->|\u2192|-+>)"
    r"|\bgrade [01] [^.;]{0,40}\bto (?:lee )?grade [23]\b"
)
"""What is called progressive, or set against a picture on which it was less."""
_QUIET = re.compile(
    r"\badjacent (?:segments?|levels?|discs?)(?: above| below)?(?: is| are| look\w*| appear\w*)?"
    r" (?:normal|preserved|unremarkable|clear|fine|quiet|intact|well[- ]preserved|without)\b"
)
_FUSED = (
    r"(?:fus(?:ion|ed)\w*|instrument\w+|construct|block|cage|screws?|rods?|metalwork|hardware|fixation|stabili[sz]ation"
    r"|tlif|plif|alif|psif|arthrodesis)"
)
_BESIDE = re.compile(
    r"\badjacent[- ](?:segment|level|disc)|\b(?:supra|infra|juxta)-?(?:adjacent|jacent|fusional)\b|\bjunctional\b"
    r"|\bfirst (?:mobile|free|unfused|unoperated|non-?fused) (?:level|segment|disc|motion segment)"
    r"|\bone (?:floor|storey|level|segment|disc) (?:up|higher|above|down|lower|below)\b"
    r"|\bneighbou?ring (?:level|segment|disc)"
    r"|\b(?:above|below|beneath|next to|adjacent to|on top of|over|cranial to|cephalad to|rostral to|caudal to"
    rf"|proximal to|distal to|beside) (?:the |his |her |my |their |that |a )?(?:\w+[ -]){{0,2}}{_FUSED}\b"
)


def of_lesion(_: str, words: str) -> Attributes:
    grown = bool(_GROWN.search(words))
    beside = bool(_BESIDE.search(words)) and not _QUIET.search(words)
    return Attributes(grown=grown, beside=beside) if grown or beside else PLAIN


_CAUDA = re.compile(r"\bcauda\b|\bconus\b")
"""The cauda equina or the conus; a fragment that went "caudally" is neither."""
_CORD = re.compile(r"\b(?<!cauda )cord\b(?! stim)")


def of_compression(_: str, words: str) -> Attributes:
    """Whether it is the cauda equina, or the cord ("cord" in ``sites``), that is pressed upon."""
    cord = frozenset({"cord"}) if _CORD.search(words) else frozenset[str]()
    return Attributes(cauda_equina=bool(_CAUDA.search(words)), sites=cord)
