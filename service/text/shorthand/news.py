"""What was not there before is new: a note in, the same with an earlier absence said as news out.

"Numb from anus to scrotum, none at the 4-week check" and "Clonus, sensory level at the navel. None of this at the last
visit" deny nothing of now: they tell that it began since. And "this morning she can't lift it" is of the foot that was
named before it.
"""

from __future__ import annotations

import re

_WHEN = (
    r"(?:(?:at|on|in|during|when|by)\s(?:(?:the|his|her|my|our|last|previous|earlier|first|second)\s){0,2}"
    r"(?:[\w/-]+\s){0,3}(?:checks?|visits?|reviews?|clinic|appointments?|discharge|consult\w*|follow[- ]?up|contact"
    r"|rounds?|handover|assessments?|call|seen|exam\w*|post-?op check)\b"
    r"|yesterday|last (?:night|week|month|time|visit)|earlier (?:today|this week)|on (?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day|this time (?:yesterday|last week)|(?:an hour|two hours|a day|two days|a week) (?:ago|before|earlier))"
)
_ABSENT_THEN = re.compile(
    r"\s*[.,;:(-]{1,2}\s*(?:and\s|but\s)?(?:none|nothing|nil|not a trace|no sign|neither|not one)"
    r"(?:\sof\s(?:this|it|them|these|that|those|which|the (?:sort|kind)))?"
    r"(?:\s(?:was|were|had been))?(?:\s(?:there|present|seen|noted|found|reported|documented|mentioned))?"
    rf"\s(?P<when>{_WHEN})",
    re.IGNORECASE,
)
_CONTRARY = re.compile(
    r"(?:\.\s+|[;,]\s*)(?:which|this|all this|it|these)\s(?:was|were)\s(?:not|n't)\s(?:there|present|so|the case)\s"
    rf"(?P<when>{_WHEN})",
    re.IGNORECASE,
)
_LIMB = r"(?:foot|feet|legs?|ankles?|toes?|knees?|heels?|thighs?)"
_IT = re.compile(
    rf"\b(?P<limb>{_LIMB})\b(?P<between>[^.]{{1,110}}?\b(?:can ?not|can't|cant|could not|couldn't|unable to|won't"
    r"|will not|not able to|no longer)\s(?:(?:even|really|now|properly|actively)\s)?"
    r"(?:lift|move|raise|bend|straighten|lock|hold|feel|wiggle|pick))\s(?:it|them)\b",
    re.IGNORECASE,
)


def with_news(text: str) -> str:
    """The text; an absence at an earlier contact as news since then, and the limb in the place of its "it"."""
    lowered = text.lower()
    if "none" in lowered or "nothing" in lowered or "nil" in lowered or "no sign" in lowered or "neither" in lowered:
        text = _ABSENT_THEN.sub(", new since then", text)
    if "not " in lowered or "n't" in lowered:
        text = _CONTRARY.sub(", new since then", text)
    if " it" in lowered or " them" in lowered:
        text = _IT.sub(r"\g<limb>\g<between> the \g<limb>", text)
    return text
