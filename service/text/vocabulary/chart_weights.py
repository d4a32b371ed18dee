"""What all words of a chart together say of it: the words in, how likely each of several answers is, out.

A logistic classifier with one answer out of many, with weights learnt from labelled charts and notes of many writers
(`python -m tests.blind.weigh_causes` writes rules/language/cause_weights.tsv). It knows no order of words and no
denial: what a chart is about shows in which words it holds at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

WORD = re.compile(r"[^\W\d_]+")


class ChartWeights(Struct, frozen=True):
    """``of`` maps a word to how rare it is and to its weights by answer, in log odds; "" holds what answers start from.

    Without weights nothing is said.
    """

    of: Mapping[str, tuple[float, tuple[tuple[str, float], ...]]]

    def likelihoods(self, words: Iterable[str]) -> dict[str, float]:
        """How likely each answer is, from 0 to 1, adding up to 1; empty where nothing is known of any word."""
        of = self.of
        # Sorted, so that the sum is the same in every process.
        known = sorted(word for word in set(words) if word and word in of)
        if not known:
            return {}
        odds = dict(of[""][1])
        size = self.size(known)
        for word in known:
            rare, weights = of[word]
            share = rare / size
            for answer, weight in weights:
                odds[answer] += share * weight
        most = max(odds.values())
        parts = {answer: math.exp(each - most) for answer, each in odds.items()}
        every = sum(parts.values())
        return {answer: part / every for answer, part in parts.items()}

    def size(self, words: Iterable[str]) -> float:
        """What the words weigh together: a long chart is no surer than a short one for being long."""
        return math.sqrt(sum(self.of[word][0] ** 2 for word in words if word in self.of)) or 1.0

    def speaking(self, answer: str, words: Iterable[str]) -> dict[str, float]:
        """How far each of these words speaks for an answer; those that say nothing of it are left out."""
        found: dict[str, float] = {}
        for word in words:
            rare, weights = self.of[word]
            for each, weight in weights:
                if each == answer:
                    found[word] = rare * weight
        return found


def words_of(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower()))
