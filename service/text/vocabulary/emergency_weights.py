"""How far a sentence reads like one that tells an emergency of the patient: its text in, log odds out.

A logistic classifier over its words and pairs of words as they stand, with weights learnt from labelled texts of many
writers (`python -m tests.blind.weigh` writes rules/language/emergency_weights.tsv). It knows nothing of concepts: it is
for what no class of words and no frame foresaw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

_WORD = re.compile(r"[^\W\d_]+|\d+|[?:]")
_LONGEST = 100
"""Words of a sentence that are looked at."""


class EmergencyWeights(Struct, frozen=True):
    """``of`` maps a word, two words, or "" (always) to a weight in log odds; without any, nothing reads like one."""

    of: Mapping[str, float]

    def log_odds(self, sentence: str) -> float:
        of = self.of
        # Sorted, so that the sum is the same in every process.
        return sum(of[feature] for feature in sorted(set(features(sentence)) & of.keys()))


def features(sentence: str) -> Iterator[str]:
    """The words of a sentence in lower case, longer numbers alike, alone and in pairs."""
    words = ["00" if word.isdigit() and len(word) > 1 else word for word in _WORD.findall(sentence.lower())[:_LONGEST]]
    yield ""
    yield from words
    for one, two in pairwise(words):
        yield f"{one} {two}"
