"""The authored sentences: precision and recall over all of them, and not one denied finding that counts."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from service.domain.statements import Polarity
from tests.text.reading import authored, labels, statements

PRECISION_FLOOR = 0.97
RECALL_FLOOR = 0.95
_TURNED = re.compile(r"^[-?]")


def test_there_are_enough_sentences_and_none_twice():
    sentences = [(row.kind, row.sentence) for row in authored()]

    assert 250 <= len(sentences)
    assert [] == [pair for pair, count in Counter(sentences).items() if count > 1]


@pytest.mark.parametrize("row", authored(), ids=lambda row: row.sentence[:60])
def test_a_denied_or_doubted_finding_never_counts(row):
    turned = {label[1:] for label in row.labels if _TURNED.match(label)}
    counted = {s.concept for s in statements(row.sentence, row.kind) if s.polarity is Polarity.YES}

    assert set() == turned & counted


def test_precision_and_recall_stay_above_their_floors(capsys):
    right = wrong = missed = 0
    slips = []
    for row in authored():
        found = labels(row.sentence, row.kind)
        right += len(found & row.labels)
        wrong += len(found - row.labels)
        missed += len(row.labels - found)
        if found != row.labels:
            slips.append(f"{row.sentence}  extra {sorted(found - row.labels)} missed {sorted(row.labels - found)}")
    precision, recall = right / (right + wrong), right / (right + missed)
    with capsys.disabled():
        print(f"\n{len(authored())} sentences: precision {precision:.3f}, recall {recall:.3f}")
        print("\n".join(slips))

    assert PRECISION_FLOOR <= precision
    assert RECALL_FLOOR <= recall
