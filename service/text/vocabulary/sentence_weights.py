"""What the words of a sentence say of it: its text in, log odds out.

Logistic classifiers over words, with weights learnt from labelled texts of many writers (`python -m tests.blind.weigh`
writes rules/language/emergency_weights.tsv and assertion_weights.tsv: a feature and its weight a line). They know
nothing of frames: who has it, whether it is denied, advised or of long ago, all of it is in the words and their pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from service.text.vocabulary.tokens import Words, tokens

_BEFORE = 8
"""Words of a heading above that are looked at."""
_LONGEST = 100
"""Words of a sentence that are looked at."""
_WORD = re.compile(r"[a-z]+")


class SentenceWeights(Struct, frozen=True):
    """``of`` maps a feature (see ``features``) to its weight in log odds; without any, nothing is said."""

    of: Mapping[str, float]

    def log_odds(self, sentence: str, before: str, words: Words, signs: Iterable[str] = ()) -> float:
        """Of what the weights were learnt for; ``before`` is the sentence before, ``signs`` the concepts read in it."""
        of = self.of
        # Sorted, so that the sum is the same in every process.
        return sum(of[feature] for feature in sorted(set(features(sentence, before, words, signs)) & of.keys()))


def features(sentence: str, before: str, words: Words, signs: Iterable[str] = ()) -> Iterator[str]:
    """Always (""), the words of a sentence alone (``w:``) and in pairs (``2:``), those of the line that announces it
    (``b:``), the signs (``s:``) and whether they are several. A word that the language data knows counts in all its
    forms as one, and longer numbers are alike."""
    keys = [_alike(token.key or token.word) for token in tokens(sentence, words)[:_LONGEST]]
    yield ""
    for key in keys:
        yield f"w:{key}"
    for one, two in pairwise(keys):
        yield f"2:{one} {two}"
    if before.rstrip().endswith(":"):
        for word in _WORD.findall(before.lower())[-_BEFORE:]:
            yield f"b:{word}"
    told = frozenset(signs)
    for sign in told:
        yield f"s:{sign}"
    if len(told) > 1:
        yield "s:"


def _alike(key: str) -> str:
    return "00" if len(key) > 1 and key.isdigit() else key
