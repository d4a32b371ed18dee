"""What is old and what is new in one sentence: a text in, the two told apart out.

"Numb patch since 2010; since yesterday the whole perineum is dead" dates the patch, and not the perineum.
"""

from __future__ import annotations

import re

_OLD = r"(?:(?:19|20)\d\d|years|decades|long[- ]?standing|childhood|always)"
_SPLIT = re.compile(
    rf"(?P<old>\b{_OLD}\b[^.;\n]{{0,60}})(?:;|,? but|, and|,)\s+(?=(?:since (?:yesterday|last|this|mon|tue|wed"
    rf"|thu|fri|sat|sun|noon|midnight|\d)"
    r"|(?:in|over|for|within) the (?:last|past) (?:\d+|few|two|three|day|night|24|48)|now(?! (?:settled|gone"
    r"|better|resolved))|today|overnight"
    r"|as of|this (?:morning|am|week)|last night)\b)",
    re.IGNORECASE,
)


def with_dated_parts(text: str) -> str:
    """The text with what is told of these days as a sentence of its own, where it stands behind something old."""
    return _SPLIT.sub(r"\g<old>. ", text)
