"""What "the same as before" is said of: the words about it in; whether a sign or a habit is meant, and no pain, out.

"Strip on the shin numb, same as before surgery" is no operation that did not help.
"""

from __future__ import annotations

import re

_LIKENESS = re.compile(
    r"\b(?:the )?same as\b|\bas (?:before|pre-?\w*|it was|they were)\b|\bunchanged\b|\bidentical\b", re.IGNORECASE
)
_SIGN_OR_HABIT = re.compile(
    r"\b(?:sens\w*|feel\w*|numb\w*|patch\w*|strip|reflex\w*|jerks?|angles?|cm|mm|degrees?|tight\w*|soft|measure\w*|girth"
    r"|circumferen\w*|diminish\w*|reduced|pass(?:es|ing)? water|stop/start|stream|urin\w*|urolog\w*"
    r"|bladder|bowels?|work"
    r"|job|hours|gait|limp|stick|walker|power|\d/5|range|rom|slr|vib\w*|pulses?|skin|swell\w*|weight|diet|appetite)\b",
    re.IGNORECASE,
)
_HURTS = re.compile(
    r"(?<!no )(?<!without )\b(?:pain\w*|sciatic\w*|ache\w*|aching|hurt\w*|sore\w*|claudic\w*|burn\w*"
    r"|symptoms?|complaints?"
    r"|relief|benefit|better|help\w*|agony|bad|trouble)\b",
    re.IGNORECASE,
)


def is_like_a_sign(text: str, first: int, last: int) -> bool:
    """Whether the part of ``text`` about the words from ``first`` to ``last`` likens a sign or a habit, not a pain."""
    begin = max(text.rfind(mark, 0, first) for mark in (";", ". ")) + 1
    close = min((at for mark in (";", ". ") if (at := text.find(mark, last)) >= 0), default=len(text))
    piece = text[begin:close]
    return bool(_LIKENESS.search(piece) and _SIGN_OR_HABIT.search(piece)) and _HURTS.search(piece) is None
