"""How the shipped red flags stand beside one another: the most dangerous first, each reason once, steps in order."""

from __future__ import annotations

import pytest

from service.knowledge.laws import violations
from service.reasoning.chain import conclude
from tests.reasoning.sheets import sheet_of
from tests.records.broken import changed
from tests.rule_sets import shipped, shipped_engine


def concluded(**given):
    return conclude(sheet_of(lumbar_surgery="yes", **given), shipped_engine(), shipped(), explain=False)


def test_what_causes_is_told_before_what_results_and_then_the_most_dangerous():
    answer = concluded(saddle="yes", deficit_new="yes", days_since_any=9, days_since_operated=9, calf_sign_new="yes")

    assert ["rf-hematoma", "rf-cauda-equina", "rf-deficit", "rf-dvt"] == [alarm.id for alarm in answer.alarms]


def test_a_higher_indicator_comes_before_a_lower_priority_number():
    answer = concluded(deficit_new="yes", days_since_any=300, chest_sign_new="yes", calf_sign_new="yes")
    told = [alarm.indicator for alarm in answer.alarms]

    assert sorted(told) == told


def test_in_sepsis_the_pathway_comes_before_cultures_and_imaging():
    answer = concluded(implant_present="yes", ever_fused="yes", fever="yes", sepsis_coded="yes", days_since_any=400)

    assert ["emergency-pathway", "blood-cultures", "mri-lumbar", "surgeon-review"] == [step.id for step in answer.steps]


def test_one_danger_is_told_once():
    answer = concluded(implant_present="yes", ever_fused="yes", fever="yes", sepsis_coded="yes", days_since_any=400)
    (sepsis,) = (alarm for alarm in answer.alarms if alarm.id == "rf-implant-sepsis")

    assert ["A spinal implant, fever and sepsis coded in the last 14 days"] == [each.text for each in sepsis.because]


def test_a_reason_that_another_one_says_in_full_is_not_told():
    answer = concluded(new_pain="yes", trauma_recent="yes", deficit_new="yes", days_since_any=300)
    (fracture,) = (alarm for alarm in answer.alarms if alarm.id == "rf-fracture")

    assert ["trauma-deficit"] == [each.clause for each in fracture.because]


def test_discitis_with_every_sign_tells_the_gravest_reasons_first_and_folds_the_rest():
    answer = concluded(
        new_back_pain="yes", crp_abnormal="yes", esr_abnormal="yes", both_labs_abnormal="yes", crp_mg_l=80,
        crp_second_rise="yes", text_says_increasing="yes", days_since_any=40,
    )  # fmt: skip
    (discitis,) = (alarm for alarm in answer.alarms if alarm.id == "rf-discitis")

    assert ["crp-high", "both-tests", "crp-increasing", "esr", "second-rise"] == [
        each.clause for each in discitis.because
    ]


def test_the_trace_keeps_every_entry_that_fired():
    answer = concluded(new_pain="yes", new_back_pain="yes", trauma_recent="yes", deficit_new="yes", days_since_any=300)

    assert {"trauma", "trauma-deficit"} <= {each.clause for each in answer.trace if each.record == "rf-fracture"}


def test_a_priority_is_a_whole_number(tmp_path):
    found = violations(changed(tmp_path, "redflags/cauda.toml", 'status = "draft"', 'status = "draft"\npriority = "x"'))

    assert any("priority 'x' must be a whole number" in violation for violation in found), found


@pytest.mark.parametrize(("alarmed", "wanted"), [(True, ["labs-crp-esr"]), (False, [])])
def test_a_crp_of_yesterday_is_repeated_only_when_an_alarm_asks(alarmed, wanted):
    infected = {"implant_present": "yes", "crp_raised": "yes", "crp_mg_l": 24, "recent_labs": "yes"}
    back = {"fbss_context": "yes", "pain_dominance": "back", "ever_fused": "yes", "fusion_age_days": 400}
    news = {"new_pain": "no"} if alarmed else {"new_pain": "yes", "infection_labs": "abnormal"}
    answer = concluded(**infected, **back, **news, days_since_surgery=400, days_since_any=400)

    assert wanted == [step.id for step in answer.steps if step.id == "labs-crp-esr"]


def test_a_normal_crp_is_told_to_be_repeated_only_when_one_is_known():
    back = {"fbss_context": "yes", "pain_dominance": "back", "ever_fused": "yes", "fusion_age_days": 400}
    unknown = concluded(**back, draining_sinus="yes", days_since_surgery=400, days_since_any=400)
    normal = concluded(
        **back, draining_sinus="yes", infection_labs="normal", days_since_surgery=400, days_since_any=400
    )
    (first,) = (step.why for step in unknown.steps if step.id == "labs-crp-esr")
    (second,) = (step.why for step in normal.steps if step.id == "labs-crp-esr")

    assert "Raised late after surgery they point to infection of the implant" == first
    assert "Repeat: a single normal CRP does not exclude" == second


@pytest.mark.parametrize(
    ("given", "step"),
    [
        ({"worse_extension": "yes", "facet_block": "positive", "pain_dominance": "back"}, "pain-clinic"),
        (
            {"course": "early new", "onset_after_surgery_days": 2, "pain_dominance": "leg", "emg": "read"}
            | {"mri": "negative", "nothing_compresses": "yes", "emg_root": "yes"},
            "pain-clinic",
        ),
    ],
)
def test_a_cause_whose_tests_are_done_still_names_who_goes_on(given, step):
    answer = concluded(fbss_context="yes", days_since_surgery=200, days_since_any=200, **given)

    assert step in [each.id for each in answer.steps]
