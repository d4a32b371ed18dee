"""A text to its tokens: words and the few marks that matter, in lower case."""

from __future__ import annotations

import re
from string import ascii_letters, digits

TOKEN = re.compile(r"[^\W_]+|[?%;,:()]")
_MARKS = "?%;,:()"
_SPACED = str.maketrans({c: c.lower() if c in ascii_letters + digits + _MARKS else " " for c in map(chr, range(128))})


def tokens(text: str) -> list[str]:
    """Words and the few marks that matter, in lower case; hyphens and slashes part words."""
    if not text.isascii():
        return [word.lower() for word in TOKEN.findall(text)]
    spaced = text.translate(_SPACED)
    for mark in _MARKS:
        if mark in spaced:
            spaced = spaced.replace(mark, f" {mark} ")
    return spaced.split()
