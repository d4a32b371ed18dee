"""A labelled text against its reading: what counts as right, missed, extra and dangerous, and how a bank is read."""

from __future__ import annotations

import pytest

from service.text.bank_score import BankError, Row, judge, parse, score
from tests.text.tiny import TINY

OPTIONAL = {"saddle-numbness": ["sensory-loss"], "-leg-weakness": ["-foot-drop"]}


def verdict(labels, text, kind="note"):
    return judge(Row(kind, frozenset(labels.split()), text), TINY, OPTIONAL)


def test_what_is_read_as_labelled_is_right():
    found = verdict("leg-pain -fever", "Leg pain, no fever.")

    assert ({"leg-pain", "-fever"}, set(), set(), set()) == (found.right, found.missed, found.extra, found.dangerous)


def test_what_is_labelled_and_not_read_is_missed_and_the_other_way_round_extra():
    found = verdict("leg-weakness", "Leg pain.")

    assert ({"leg-weakness"}, {"leg-pain"}) == (found.missed, found.extra)


def test_a_label_that_another_one_implies_is_neither_missed_nor_extra():
    assert set() == verdict("saddle-numbness", "Numb saddle.").extra
    assert set() == verdict("saddle-numbness sensory-loss", "Numb saddle.").missed
    assert set() == verdict("-leg-weakness -foot-drop", "No leg weakness.").missed


def test_an_implied_label_is_missed_with_the_one_that_implies_it():
    assert {"-leg-weakness", "-foot-drop"} == verdict("-leg-weakness -foot-drop", "All well.").missed


@pytest.mark.parametrize(
    ("dangerous", "labels", "text"),
    [
        ({"fever"}, "-fever", "Fever."),
        ({"fever"}, "?fever", "Fever."),
        ({"-fever"}, "fever", "No fever."),
        (set(), "?fever", "No fever."),
        (set(), "fever", "Possible fever."),
        (set(), "", "Fever."),
        (set(), "fever", "All well."),
    ],
)
def test_a_turned_reading_is_dangerous(dangerous, labels, text):
    assert dangerous == verdict(labels, text).dangerous


def test_a_score_sums_rows_labels_emergencies_and_false_alarms():
    total = score(
        [
            verdict("leg-pain fever", "Leg pain, fever."),
            verdict("fever", "All well."),
            verdict("", "Fever."),
            verdict("-fever", "Fever."),
        ],
        frozenset({"fever"}),
    )

    assert (4, 2, 2, 2) == (total.rows, total.right, total.missed, total.extra)
    assert (0.5, 0.5) == (total.precision, total.recall)
    assert (1, 1, 0.5) == (total.emergencies_right, total.emergencies_missed, total.emergency_recall)
    assert (2, 1) == (total.false_alarms, total.dangerous)
    assert {"fever": (1, 2, 2), "leg-pain": (1, 0, 0)} == total.by_concept


def test_an_empty_bank_scores_nothing_without_an_error():
    total = score([], frozenset())

    assert (0, 0, 0) == (total.rows, total.precision, total.recall)


def test_a_bank_is_rows_of_kind_labels_and_text():
    assert [
        Row("note", frozenset({"fever", "-chills"}), "Fever, no chills."),
        Row("report", frozenset(), "All well."),
    ] == parse(["# a comment", "", "note\tfever -chills\tFever, no chills.\r\n", "report\t\tAll well."])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("note fever", "line 2 has 1 columns instead of three: kind, labels, text"),
        ("note\tfever\tFever\tmore", "line 2 has 4 columns instead of three: kind, labels, text"),
        ("letter\tfever\tFever.", "line 2: the kind 'letter' is none of report, note, condition, procedure"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(line, says):
    with pytest.raises(BankError) as told:
        parse(["note\t\tAll well.", line])

    assert says == str(told.value)
