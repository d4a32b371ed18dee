"""Claims about patients who are well: one word of the result is enough, any complaint beside it is heard."""

import pytest
from msgspec.structs import replace

from service.domain.statements import Attributes, Basis, Polarity
from service.findings.pain import current_pain
from tests.findings.build import chart, operation, score, sheet, statement

DISC = operation("p1", "-100", "discectomy")


def findings_of(*parts):
    return sheet(current_pain.read(chart(DISC, *parts))[1])


def told(kind="result", stated="-5", polarity=Polarity.YES):
    said = statement("doing-well", stated, source="n1", basis=Basis.NOTE, polarity=polarity)
    return replace(said, attributes=Attributes(well=kind))


def pain(source="n1", stated="-5", **said):
    told_of = statement("leg-pain", stated, source=source, basis=Basis.NOTE)
    return replace(told_of, attributes=Attributes(**said))


def test_a_patient_with_an_excellent_result_is_well_though_the_back_aches():
    aches = statement("back-pain", "-5", source="n1", basis=Basis.NOTE)

    assert "yes" == findings_of(told(), aches).get("doing_well")


def test_one_sign_that_nothing_is_needed_is_not_enough_and_two_kinds_are():
    assert "doing_well" not in findings_of(told("needs nothing"))
    assert "yes" == findings_of(told("needs nothing"), told("does")).get("doing_well")


def test_a_visit_that_falls_away_is_no_second_kind():
    assert "doing_well" not in findings_of(told("closed"), told("score"))


@pytest.mark.parametrize("said", [{"severity": "severe"}, {"score": 5.0}, {"new": True}, {"turned": True}])
def test_a_pain_that_is_bad_or_new_is_a_complaint_beside_good_news(said):
    assert "doing_well" not in findings_of(told(), pain(**said))


def test_a_coded_complaint_and_a_score_of_pain_since_are_complaints():
    assert "doing_well" not in findings_of(told(), statement("leg-pain", "-5"))
    assert "doing_well" not in findings_of(told(), score("s1", "-5", 6))


def test_pain_that_came_back_or_a_patient_told_not_to_be_well_takes_it_back():
    back = statement("pain-returned", "-5", source="n1", basis=Basis.NOTE)

    assert "doing_well" not in findings_of(told(), back)
    assert "doing_well" not in findings_of(told(), told("not well", polarity=Polarity.NO))


def test_a_leg_that_is_only_named_is_no_early_complaint_and_one_that_persists_is():
    fresh = operation("p1", "-10", "discectomy")
    early = [sheet(current_pain.read(chart(fresh, pain(**said)))[1]) for said in ({}, {"old": True}, {"long": True})]

    assert [None, "yes", None] == [found.get("early_leg_pain") for found in early]


def test_a_leg_that_hurts_ungraded_is_a_complaint_beside_a_good_result_and_none_beside_a_score_of_next_to_none():
    assert "doing_well" not in findings_of(told(), pain())
    assert "yes" == findings_of(told(), told("score"), pain()).get("doing_well")


def test_pains_that_notes_grade_as_no_more_than_relief_leaves_are_no_complaint():
    assert "yes" == findings_of(pain(score=3.0)).get("doing_well")


@pytest.mark.parametrize("said", [{"score": 4.0}, {}, {"score": 3.0, "new": True}, {"score": 3.0, "old": True}])
def test_a_pain_beside_it_that_is_graded_higher_or_not_at_all_or_is_new_or_stays_is_one(said):
    assert "doing_well" not in findings_of(pain(score=3.0), pain(source="n2", **said))


def test_a_patient_told_not_to_be_well_is_not_whatever_the_grade():
    assert "doing_well" not in findings_of(pain(score=3.0), told("not well", polarity=Polarity.NO))
