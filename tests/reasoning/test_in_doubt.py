"""What a report shows is named although one word of the story does not fit it, and that is said."""

from __future__ import annotations

import pytest

from service.domain.findings import CaseSheet
from service.domain.spans import Interval
from service.reasoning.chain import conclude
from tests.reasoning.sheets import HERNIATION, finding, sheet_of
from tests.rule_sets import shipped, shipped_engine


def concluded(**given):
    return conclude(sheet_of(**given), shipped_engine(), shipped(), explain=False)


def certainties(**given):
    return {cause.id: cause.certainty for cause in concluded(**given).causes}


@pytest.mark.parametrize("course", ["unchanged", "unknown", "partial", "early new", "honeymoon", "new pattern"])
def test_a_herniation_at_the_level_and_side_comes_first_whatever_the_course_is_called(course):
    assert "recurrent-herniation" == concluded(**HERNIATION, course=course).causes[0].id


def test_what_the_course_does_not_fit_is_possible_at_most():
    assert "possible" == certainties(**HERNIATION, course="unchanged")["recurrent-herniation"]
    assert "likely" == certainties(**HERNIATION, course="honeymoon")["recurrent-herniation"]


def test_the_card_says_which_word_of_the_story_does_not_fit():
    (lead, *_) = concluded(**HERNIATION, course="unchanged").causes

    assert "It was found; the course of the pain on record does not fit it" in lead.notes


def test_nothing_is_said_of_doubt_where_story_and_report_agree():
    (lead, *_) = concluded(**HERNIATION, course="honeymoon").causes

    assert not any(note.startswith("It was found;") for note in lead.notes)


def test_a_known_day_too_early_is_no_misread_word():
    assert "recurrent-herniation" not in certainties(**{**HERNIATION, "days_since_surgery": 10}, course="unchanged")


@pytest.mark.parametrize("days", [None, Interval(0, 36525)])
def test_a_day_of_operation_that_nobody_knows_leaves_the_finding_possible(days):
    given = {**HERNIATION, "days_since_surgery": days}
    sheet = sheet_of(**{name: value for name, value in given.items() if value is not None})

    told = conclude(sheet, shipped_engine(), shipped(), explain=False)

    assert ("recurrent-herniation", "possible") == (told.causes[0].id, told.causes[0].certainty)


def test_back_pain_alone_is_a_fact_and_with_signs_of_a_leg_a_word_in_doubt():
    back = {**HERNIATION, "pain_dominance": "back", "same_side": "no"}

    assert "recurrent-herniation" not in certainties(**back)
    assert "possible" == certainties(**back, leg_numbness="yes")["recurrent-herniation"]


def test_pain_that_is_over_opens_no_door():
    assert "recurrent-herniation" not in certainties(**HERNIATION, course="resolved")


def test_where_the_story_fits_something_found_another_course_is_not_supposed():
    given = {**HERNIATION, "herniation_at": "remote", "course": "unchanged", "level_mismatch": "yes"}

    assert "new-level-herniation" not in certainties(**given, unfused_operation="yes")


def test_what_was_found_comes_before_what_the_story_alone_speaks_for():
    given = {"days_since_surgery": 700, "index_decompression": "yes", "ever_decompression": "yes"}
    story = {"pain_dominance": "claudication", "claudication": "yes", "course": "unchanged", "course_basis": "recorded"}

    (lead, *others) = concluded(**given, **story, abi_low="yes").causes

    assert "vascular-claudication" == lead.id
    assert "residual-foraminal-stenosis" in {each.id for each in others}


def test_weak_pulses_and_a_wide_canal_lead_to_the_arteries_and_to_no_lumbar_step():
    sheet = CaseSheet(
        sheet_of().as_of,
        {
            name: finding(name, value, ref)
            for name, value, ref in (
                ("lumbar_surgery", "yes", "Procedure/p"),
                ("fbss_context", "yes", "DocumentReference/d"),
                ("index_decompression", "yes", "Procedure/p"),
                ("ever_decompression", "yes", "Procedure/p"),
                ("days_since_surgery", 616, "Procedure/p"),
                ("pain_dominance", "claudication", "DocumentReference/d"),
                ("claudication", "yes", "DocumentReference/d"),
                ("absent_pulses", "yes", "DocumentReference/d"),
                ("stenosis_denied", "yes", "DiagnosticReport/r"),
                ("wide_foramina", "yes", "DiagnosticReport/r"),
                ("mri", "read", "DiagnosticReport/r"),
            )
        },
    )

    told = conclude(sheet, shipped_engine(), shipped(), explain=False)

    assert ["vascular-claudication"] == [cause.id for cause in told.causes]
    assert ["vascular-assessment"] == [step.id for step in told.steps]
