"""Whether words tell of both feet that lose feeling alike over years, as in a disease of the nerves: no new deficit."""

from __future__ import annotations

import re

from service.domain.statements import PLAIN, Attributes

_BOTH = re.compile(
    r"\bboth (?:feet|soles|legs|sides)\b|\b(?:all|ten) (?:\w+ )?toes\b|\bsymmetric\w*|\bstocking|\bsocks?\b|\bbilat\w*"
    r"|\bb/l\b|\bglove"
)
_SLOW = re.compile(
    r"\b(?:over|for|since|in|during|within|past|last) (?:the (?:last |past )?|about |some |many |several )?"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|many|several|some|few|a few|couple of|a couple of)? ?"
    r"(?:years|yrs|y\b|decades?)|\byears\b|\b\d+ ?(?:years?|yrs?|y)\b|\bsince (?:19|20)\d\d\b"
)
_MORE = re.compile(
    r"\bweak|\bfoot ?drop|\bpower\b|\bstrength\b|\bsaddle|\bperi(?:anal|neal)|\bbladder|\bbowel|\burin|\bincontinen"
    r"|\bretention|\btoday\b|\byesterday\b|\bthis (?:morning|week)\b|\blast night\b|\bovernight\b|\bhours?\b"
    r"|\bdays?\b|\bsudden|\bwalk\w* worse|\blegs? (?:give|gave|buckl)|\b[0-4][+-]?/5\b"
)
"""What is more than feeling, or faster than years."""


def of_progress(_: str, words: str) -> Attributes:
    """``old`` where only feeling is lost, on both sides alike, over years."""
    slow = _BOTH.search(words) and _SLOW.search(words) and not _MORE.search(words)
    return Attributes(old=True) if slow else PLAIN
