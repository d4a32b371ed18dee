"""Signs of emergencies whose words hardly tell of the patient now: the statements of one note in, those that count out.

The rules of assertion (denied, of then, advice, another person) know the ways of saying that they were given, and no
more. This is a second look, and it was learnt (service/text/vocabulary/assertion_weights.py). It leaves signs out only
where a note holds not one that is likely, so that it never takes a sign from beside another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from service.domain.statements import Polarity, Statement
from service.text.vocabulary.language import Language

LEAST = -1.0
"""Log odds below which a sign does not count. What that costs: service/decisions/assertion-classifier.md."""
LEAST_OF_FEW = -2.0
"""The same for a text of a few sentences, which hardly was written for anything else."""
FEW = 3

S = TypeVar("S")


def without_unlikely(
    said: Sequence[tuple[Statement, S]], lines: Mapping[int, str], language: Language
) -> tuple[list[tuple[Statement, S]], list[Statement]]:
    """The statements of a note but its unlikely signs, and those; ``lines`` holds its sentences by their number."""
    signs = [s for s, _ in said if s.concept in language.emergencies and s.polarity is not Polarity.NO]
    if not signs or not language.weights.of:
        return list(said), []
    least = LEAST if len(lines) > FEW else LEAST_OF_FEW
    for sign in signs:
        sentence, before = lines.get(sign.sentence, sign.words), lines.get(sign.sentence - 1, "")
        if language.weights.log_odds(sign.concept, sentence, before, language.words) >= least:
            return list(said), []
    left_out = {id(sign) for sign in signs}
    return [pair for pair in said if id(pair[0]) not in left_out], signs
