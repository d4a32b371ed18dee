"""How old a sign is when a note tells of it: what is old, what progresses, and what a form only asks."""

from __future__ import annotations

import pytest

from service.domain.statements import Basis, Polarity, Statement
from service.findings.neuro import sign_acuity
from service.text.statements import attributes


@pytest.mark.parametrize(
    ("progresses", "words"),
    [
        (True, "Ankle dorsiflexion right 2/5; was 4/5 yesterday"),
        (True, "EHL fell from 4/5 to 2/5"),
        (False, "EHL 4/5, was 3/5 in November"),
        (False, "TA 4/5, EHL 3/5"),
    ],
)
def test_a_deficit_progresses_when_one_sentence_names_a_higher_grade_from_before(progresses, words):
    assert progresses is attributes.read("leg-weakness", words).fallen


def test_a_question_on_a_form_is_no_sign_of_unclear_age():
    asked = Statement("leg-weakness", "DocumentReference/1", Basis.NOTE, Polarity.UNCERTAIN, words="New leg weakness?")

    assert sign_acuity._is_question(asked)
