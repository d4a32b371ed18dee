"""How likely the words around a sign tell that the patient has it now: a sentence in, log odds out.

A logistic classifier over words, with weights learnt from labelled texts of many writers (`python -m tests.blind.weigh`
writes rules/language/assertion_weights.tsv: a feature and its weight a line).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from service.text.vocabulary.tokens import Words, tokens

_BEFORE = 8
"""Words of the sentence before that are looked at."""
_LONGEST = 100
"""Words of a sentence that are looked at."""
_WORD = re.compile(r"[a-z]+")


class AssertionWeights(Struct, frozen=True):
    """``of`` maps a feature (see ``features``) to its weight in log odds; without any, nothing is unlikely."""

    of: Mapping[str, float]

    def log_odds(self, concept: str, sentence: str, before: str, words: Words) -> float:
        """Above 0 where the sentence is likelier to tell that the patient has this sign now than not."""
        of = self.of
        # Sorted, so that the sum is the same in every process.
        return sum(of.get(feature, 0.0) for feature in sorted(set(features(concept, sentence, before, words))))


def features(concept: str, sentence: str, before: str, words: Words) -> Iterator[str]:
    """The features of a sign: itself (``s:``), the words of its sentence alone (``w:``), with the sign (``c:``), in
    pairs (``2:``), the first and last (``f:``, ``l:``), and the last ones of the sentence before (``b:``). A word that
    the language data knows counts in all its forms as one."""
    keys = [token.key or token.word for token in tokens(sentence, words)[:_LONGEST]]
    yield ""
    yield f"s:{concept}"
    for key in keys:
        yield f"w:{key}"
        yield f"c:{concept} {key}"
    for one, two in pairwise(keys):
        yield f"2:{one} {two}"
    if keys:
        yield f"f:{keys[0]}"
        yield f"l:{keys[-1]}"
    for word in _WORD.findall(before.lower())[-_BEFORE:]:
        yield f"b:{word}"
