"""What came of a block, told in scores: a sentence and its readings in, with the result of the block out.

"Pain before 7, at 30 min 1" and "8 to 1 for five hours" say that the block took the pain away, and "7 before, 7 after"
that it did not. They are told of a block that the sentence, or the one before it, names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from service.text.clauses.reading import Reading

BLOCKS = frozenset({"nerve-root-block", "si-joint-block", "facet-block", "hip-injection"})
NAMED = frozenset({"rootblock", "sijinj", "facetblock", "hipinj"})
"""The classes by which the sentence before names a block."""
_POSITIVE, _NEGATIVE = "block-positive", "block-negative"
_SCORE = r"(\d{1,2})(?:[.,]5)?(?: ?/ ?10)?"
_LATER = r"(?:after(?:wards)?|post\w*|at \d+ ?(?:min|h)\w*|\d+ ?(?:min|h)\w* (?:after|later)|then)"
_PAIRS = (
    re.compile(
        rf"\b(?:before|pre(?:-?(?:block|inject\w*|procedure))?|baseline)\b\W{{0,3}}{_SCORE}(?![\w:])[^.;]{{0,25}}?"
        rf"\b{_LATER}\b\W{{0,3}}{_SCORE}(?! ?(?:min|h|m\b|%|\d|/[^1]))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_SCORE} (?:before|pre(?:-?(?:block|inject\w*|procedure))?)\b[^.;]{{0,12}}?{_SCORE} (?:after|post\w*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:pain|nrs|vas|scores?|from|went|drop\w*|fell)\b[^.;\d]{{0,20}}{_SCORE}\s?(?:down to|to|->|-+>"
        rf"|→)\s?{_SCORE}"
        rf"(?= ?(?:[,;.)]|\Z|/10|for\b|within|after|at\b|in\b|over|during|on\b|x\b))",
        re.IGNORECASE,
    ),
)
_LEAST = 4
"""Pain of this score or more may be seen to go."""
_GONE, _SAME = 0.3, 0.8
"""What is left of it after a block that helped, and after one that did not."""


def with_block_scores(readings: Sequence[Reading], text: str, before: Collection[str]) -> list[Reading]:
    """The readings with the result that the scores tell; ``before`` holds the classes of the sentence before."""
    told = list(readings)
    held = {r.concept for r in told if not r.away}
    if held & {_POSITIVE, _NEGATIVE} or not (held & BLOCKS or NAMED.intersection(before)):
        return told
    for pair in _PAIRS:
        if found := pair.search(text):
            first, then = int(found[1]), int(found[2])
            if not _LEAST <= first <= 10 or then > 10:
                continue
            concept = _POSITIVE if then <= first * _GONE else _NEGATIVE if then >= first * _SAME else ""
            if concept:
                told.append(Reading(concept, "", *found.span(), *found.span()))
            return told
    return told
