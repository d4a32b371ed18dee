"""The halves of one denial: the readings of a clause in, without what only stands behind an "or" of its denial, out.

"Have not moved or subsided" and "no problems with urination or bowel control" deny both halves; each half alone would
tell of the thing.
"""

from __future__ import annotations

import re

from service.text.clauses.reading import Reading

_OR = re.compile(r"[^.,;:()]{0,40}\b(?:or|nor)\s(?:[\w']+\s){0,2}")
_NOT = re.compile(r"\b(?:not|never)\b|n't\b")
_OR_LAST = re.compile(r"\W*(?:either\s)?[^.,;:()]{0,40}\b(?:or|nor)\s[\w' ]{1,40}")


def whole(told: list[Reading], text: str) -> list[Reading]:
    """Without what stands behind the "or" of its own denial: "have not moved or subsided", "not leaked or wet"."""
    denied = [r for r in told if r.sign == "-"]
    return [r for r in told if r.sign or not any(_is_half(r, d, text) for d in denied if d.concept == r.concept)]


def _is_half(said: Reading, denied: Reading, text: str) -> bool:
    if denied.end <= said.start and _OR.fullmatch(text, denied.end, said.start):
        return True
    if (
        said.end <= denied.start
        and _NOT.search(text, said.start, said.end)
        and _OR.fullmatch(text, said.end, denied.start)
    ):
        return True
    return denied.last < said.last and _OR_LAST.fullmatch(text, denied.last, said.last) is not None
