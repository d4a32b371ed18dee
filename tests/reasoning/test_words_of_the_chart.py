"""What all words of the chart together read like leads, silences and orders; what it may not silence stands."""

from __future__ import annotations

import pytest

from service.domain.conclusions import Conclusions
from service.domain.findings import CaseSheet
from service.domain.statements import Basis
from service.reasoning.chain import conclude
from tests.reasoning.sheets import HERNIATION, finding, sheet_of
from tests.rule_sets import shipped, shipped_engine

RETURNED = {**HERNIATION, "course": "honeymoon"}
SURELY = {"reads_like": "hip-oa", "reads_surely": "yes"}


def _concluded(told: dict[str, str], **given: str | int) -> Conclusions:
    """``told`` are findings that notes alone tell."""
    sheet = sheet_of(**given)
    found = {name: finding(name, value, basis=Basis.NOTE) for name, value in told.items()}
    held = CaseSheet(sheet.as_of, {**sheet.findings, **found})
    return conclude(held, shipped_engine(), shipped(), explain=False)


def _causes(told: dict[str, str], **given: str | int) -> list[str]:
    return [cause.id for cause in _concluded(told, **given).causes]


def test_what_the_words_surely_read_like_comes_before_what_was_found() -> None:
    assert "recurrent-herniation" == _causes({}, **RETURNED)[0]
    assert ["hip-oa", "recurrent-herniation"] == _causes(SURELY, **RETURNED)[:2]


def test_what_they_read_like_less_surely_comes_after_what_is_likely() -> None:
    assert "recurrent-herniation" == _causes({"reads_like": "hip-oa"}, **RETURNED)[0]


def test_the_words_alone_make_a_cause_possible_whatever_speaks_against() -> None:
    told = _concluded({"reads_like": "recurrent-herniation"}, nothing_compresses="yes", surgical_target="no")

    assert [("recurrent-herniation", "possible")] == [
        (cause.id, cause.certainty) for cause in told.causes if cause.id == "recurrent-herniation"
    ]


def test_a_complaint_that_no_frame_read_is_one_when_notes_read_like_a_cause() -> None:
    sheet = CaseSheet(
        sheet_of().as_of,
        {
            "lumbar_surgery": finding("lumbar_surgery", "yes"),
            "reads_like": finding("reads_like", "si-joint", basis=Basis.NOTE),
        },
    )

    assert ["si-joint"] == [each.id for each in conclude(sheet, shipped_engine(), shipped(), explain=False).causes]


def test_where_all_words_read_as_well_no_cause_is_named() -> None:
    assert _causes({}, **RETURNED)
    assert [] == _causes({"reads_uneventful": "yes"}, **RETURNED)


WEAK = {"deficit_new": "yes"}


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ({}, True),
        ({**SURELY, "reads_harmless": "yes"}, False),
        ({"reads_uneventful": "surely"}, False),
        ({"reads_uneventful": "yes"}, True),
    ],
)
def test_a_warning_of_notes_alone_gives_way_to_all_other_words(words: dict[str, str], heard: bool) -> None:
    told = _concluded({**WEAK, **words}, days_since_any=400, days_since_operated=400)

    assert heard == ("rf-deficit" in {alarm.id for alarm in told.alarms})
    assert heard != ("rf-deficit" in {each.path for each in told.suppressed})


@pytest.mark.parametrize("words", [{**SURELY, "reads_harmless": "yes"}, {"reads_uneventful": "surely"}])
def test_what_a_code_or_a_value_tells_stands_whatever_the_words_read_like(words: dict[str, str]) -> None:
    told = _concluded(words, deficit_new="yes", days_since_any=400, days_since_operated=400)

    assert "rf-deficit" in {alarm.id for alarm in told.alarms}


def test_a_value_beside_a_pain_that_notes_tell_stands_too() -> None:
    told = _concluded(
        {"new_back_pain": "yes", **SURELY, "reads_harmless": "yes"}, crp_abnormal="yes", days_since_any=60
    )

    assert "rf-discitis" in {alarm.id for alarm in told.alarms}


def test_an_emergency_of_notes_stands_where_the_chart_reads_as_well() -> None:
    told = _concluded({"saddle": "yes", "reads_uneventful": "surely"}, days_since_any=400)

    assert "critical" in {alarm.indicator for alarm in told.alarms}


def test_of_two_emergencies_the_one_that_the_words_read_like_comes_first() -> None:
    both = {"cold_leg": "yes", "chest_sign_new": "yes"}
    plain, led = (_concluded({**both, **more}, days_since_any=15) for more in ({}, {"reads_alarm": "pe"}))

    assert ("rf-vascular", "rf-pe") == (plain.alarms[0].id, led.alarms[0].id)


def test_a_chart_that_surely_reads_like_an_emergency_alarms_by_itself() -> None:
    told = _concluded({"reads_urgent": "yes", "reads_alarm": "hematoma"}, days_since_any=3)

    assert [("rf-hematoma", "critical")] == [(alarm.id, alarm.indicator) for alarm in told.alarms]


def test_beside_a_cause_that_the_words_surely_read_like_none_is_named_for_which_nothing_was_found() -> None:
    story = {"pain_dominance": "claudication", "claudication": "yes", "diabetes": "yes", "eased_standing": "yes"}

    assert "vascular-claudication" in _causes({"reads_like": "hip-oa"}, **story)
    assert "vascular-claudication" not in _causes(SURELY, **story)


def test_the_tests_of_a_far_weaker_cause_wait_for_those_of_the_leading_one() -> None:
    told = _concluded({}, **HERNIATION, hip_sign="yes")
    points = {cause.id: cause.score for cause in told.causes}
    reasons = {step.id: step.reason for step in told.withheld}

    assert points["hip-oa"] * 2 <= points["recurrent-herniation"]
    assert "hip-injection" not in [step.id for step in told.steps]
    assert "Recurrent disc herniation at the operated level is far likelier" == reasons["hip-injection"]


def test_a_cause_that_words_alone_lead_keeps_its_tests_whatever_speaks_against_it() -> None:
    told = _concluded({"reads_like": "recurrent-herniation", "reads_surely": "yes"}, no_herniation_seen="yes")

    assert [("recurrent-herniation", 0)] == [(cause.id, cause.score) for cause in told.causes]
    assert "mri-lumbar" in [step.id for step in told.steps]
