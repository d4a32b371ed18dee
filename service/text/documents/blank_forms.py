"""Questions of forms that nobody answered: a line in, whether it only asks out.

"Fever Y/N", "Asked re cauda equina symptoms." and "Any loss of control of bladder or bowel" tell nothing.
"""

from __future__ import annotations

import re

_BLANK = re.compile(
    r"\b[Yy](?:es)?\s?/\s?[Nn]o?\b|_{3,}|\.{5,}|\(\s{0,3}\)"
    r"|\b(?:please )?(?:circle|tick|check|mark) (?:all|any|one|if|y|yes|which|the)\b",
    re.IGNORECASE,
)


_ONLY_ASKED = re.compile(
    r"\W{0,3}(?:i |we )?(?:asked|enquired|inquired|screened|checked)(?: (?:him|her|pt|patient|specifically"
    r"|directly)){0,2}"
    r" (?:re|about|for|regarding)\b(?!.*\b(?:confirm|sa(?:ys|id)|ha[sd]|yes|admit|report|endors|den|no|none|not"
    r"|nil|neg|and he|and she))"
    r"[^:;,]*$",
    re.IGNORECASE,
)
"""What somebody asked about, with no word of the answer: "Asked re cauda equina symptoms."."""


_ANY = re.compile(
    r"\W{0,3}any (?:new |other |recent )?(?:loss|numbness|weakness|trouble|difficulty|change|fever|leak\w*|swelling"
    r"|accidents?|incontinence|shortness|chest pain)\b(?: (?!is |makes |at all|hurts )[\w/-]+){0,9}\W*\Z",
    re.IGNORECASE,
)
"""A question of a form without its mark: "Any loss of control of bladder or bowel"."""


def is_blank(line: str) -> bool:
    """Whether the line is part of a form that asks and was not filled in."""
    return any(asks.match(line) for asks in (_ONLY_ASKED, _ANY)) or _BLANK.search(line) is not None
