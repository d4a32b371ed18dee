"""The authored sentences: precision and recall over all of them, and not one denied finding that counts."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from service.text.bank_score import judge, score, tables_of
from service.text.labels import KINDS
from tests.rule_sets import shipped
from tests.text.reading import authored, labels, language

PRECISION_FLOOR = 0.97
RECALL_FLOOR = 0.95
EMERGENCY_FLOOR = 0.97


@cache
def verdicts():
    optional, _ = tables_of(shipped().language)
    return {row.text: judge(row, language(), optional) for row in authored()}


def told():
    return score(verdicts().values(), tables_of(shipped().language)[1])


def slips():
    return [
        f"{v.row.kind}: {v.row.text}  extra {sorted(v.extra)} missed {sorted(v.missed)}"
        for v in verdicts().values()
        if v.extra or v.missed
    ]


def test_there_are_enough_sentences_of_every_kind_and_none_twice():
    sentences = [row.text for row in authored()]

    assert 400 <= len(sentences)
    assert [] == [text for text, count in Counter(sentences).items() if count > 1]
    assert set(KINDS) == {row.kind for row in authored()}


def test_their_labels_are_concepts_of_the_language_that_are_read_in_their_kind():
    known = language().kinds
    named = [(row.kind, label.lstrip("-?")) for row in authored() for label in row.labels]

    assert [] == [(kind, concept) for kind, concept in named if kind not in known.get(concept, ())]


def test_most_concepts_of_the_language_stand_in_a_sentence():
    shown = {label.lstrip("-?") for row in authored() for label in row.labels}

    labelled = set(language().kinds) - language().unlabelled

    assert 0.8 * len(labelled) <= len(shown)


@pytest.mark.parametrize("row", authored(), ids=lambda row: row.text[:60])
def test_what_is_denied_or_doubted_never_counts_as_said_nor_what_is_said_as_denied(row):
    assert set() == verdicts()[row.text].dangerous


@pytest.mark.parametrize("row", authored(), ids=lambda row: row.text[:60])
def test_no_sentence_says_and_denies_one_thing(row):
    read = labels(row.text, {"condition": "name", "procedure": "procname"}.get(row.kind, row.kind))
    asked = {label.lstrip("-?") for label in row.labels}

    assert [] == [c for c in sorted({c.lstrip("-?") for c in read}) if {c, f"-{c}"} <= read and c in asked]


def test_precision_stays_above_its_floor():
    assert PRECISION_FLOOR <= told().precision, "\n".join(slips())


def test_recall_stays_above_its_floor():
    assert RECALL_FLOOR <= told().recall, "\n".join(slips())


def test_emergencies_are_read():
    assert EMERGENCY_FLOOR <= told().emergency_recall, "\n".join(slips())
