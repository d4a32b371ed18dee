"""What a card says, without its words: the same chart gives the same key, new evidence another.

Until cards carry such a key themselves it is made here, and only here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from service.domain.conclusions import Reason


def content_key(rule: str, level: str, side: str, reasons: Iterable[Reason]) -> str:
    """Of rule, level, side and the entries that fired; no dates, no ids."""
    entries = sorted({reason.clause or reason.text for reason in reasons})
    return hashlib.sha256("\x1f".join((rule, level, side, *entries)).encode()).hexdigest()[:16]
