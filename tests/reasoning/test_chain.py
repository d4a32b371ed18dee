"""What follows from a case sheet: order, silence, orientation, steps, questions and what would change."""

from __future__ import annotations

from msgspec.structs import replace

from service.reasoning.chain import conclude
from tests.reasoning.sheets import finding, sheet_of
from tests.rule_sets import shipped, shipped_engine, small, small_engine

LEG = {"pain_dominance": "leg"}
RECURRENCE = {"pain_dominance": "leg", "course": "honeymoon", "days_since_surgery": 200, "herniation": "same level"}


def concluded(**given):
    hook = given.pop("hook", "explain")
    return conclude(sheet_of(**given), small_engine(), small(), hook=hook)


def shipped_on(**given):
    return conclude(sheet_of(**given), shipped_engine(), shipped())


def ids(things):
    return [thing.id for thing in things]


def test_without_lumbar_surgery_nothing_is_said_not_even_of_the_cauda_equina():
    assert () == concluded(lumbar_surgery="no", saddle="yes").alarms


def test_an_unknown_operation_is_no_operation():
    sheet = sheet_of(saddle="yes")
    without = replace(sheet, findings={"saddle": sheet.findings["saddle"]})

    assert () == conclude(without, small_engine(), small()).alarms


def test_red_flags_need_no_pain():
    assert ["cauda"] == ids(concluded(fbss_context="no", saddle="yes").alarms)


def test_without_present_pain_no_cause_and_no_orientation():
    answer = concluded(**RECURRENCE, fbss_context="no")

    assert ((), (), False) == (answer.causes, answer.fits, answer.orientation)


def test_a_critical_red_flag_leaves_only_likely_causes():
    answer = concluded(pain_dominance="leg", course="unchanged", saddle="yes")

    assert ([], ["scar"]) == (ids(answer.causes), [each.path for each in answer.suppressed])


def test_a_critical_red_flag_keeps_a_likely_cause():
    assert ["recurrence"] == ids(concluded(**RECURRENCE, saddle="yes").causes)


def test_a_critical_red_flag_alone_names_the_steps():
    answer = concluded(**RECURRENCE, saddle="yes", mri="read")

    assert [("mri", "emergency", ("cauda",))] == [(step.id, step.urgency, step.for_ids) for step in answer.steps]


def test_orientation_speaks_when_nothing_else_does():
    answer = concluded(**LEG)

    assert answer.orientation
    assert ["scar"] == ids(answer.fits)


def test_orientation_is_silent_beside_a_cause():
    assert not concluded(**RECURRENCE).orientation


def test_orientation_is_silent_beside_a_red_flag():
    assert not concluded(**LEG, retention="yes", days_since_surgery=3).orientation


def test_on_chart_opening_orientation_needs_pain_stated_lately():
    quiet = {"pain_dominance": "unspecified", "days_since_surgery": 900, "index_surgery": "recorded"}

    def opened(days):
        sheet = sheet_of(**quiet, pain_stated_days_ago=days)
        return conclude(sheet, shipped_engine(), shipped(), hook="patient-view").orientation

    assert (True, False) == (opened(90), opened(91))


def test_in_ordering_hooks_orientation_needs_no_recent_pain():
    sheet = sheet_of(pain_dominance="unspecified", days_since_surgery=900, pain_stated_days_ago=500)

    assert conclude(sheet, shipped_engine(), shipped(), hook="order-select").orientation


def test_a_negative_silences_causes_steps_and_orientation():
    answer = concluded(**RECURRENCE, improving="yes")

    assert ([], False, ["follow-up"]) == (ids(answer.causes), answer.orientation, ids(answer.steps))


def test_a_negative_never_silences_beside_a_bedside_warning_or_red_flag():
    assert ["recurrence"] == ids(concluded(**RECURRENCE, improving="yes", retention="yes", saddle="yes").causes)


def test_a_child_gets_red_flags_and_one_notice_only():
    answer = shipped_on(minor_patient="yes", pain_dominance="leg", course="honeymoon", ever_discectomy="yes")

    assert ((), (), False) == (answer.causes, answer.fits, answer.orientation)
    assert ["minor-patient"] == ids(answer.notices)


def test_a_child_with_a_red_flag_still_gets_it():
    assert "rf-cauda-equina" in ids(shipped_on(minor_patient="yes", saddle="yes").alarms)


def test_an_operation_known_by_statement_makes_a_cause_possible_at_most():
    given = {"pain_dominance": "leg", "course": "honeymoon", "ever_discectomy": "yes", "days_since_surgery": 400}
    seen = {"herniation_at": "same level", "pain_free_days": 250, "index_surgery": "stated"}
    certainties = {cause.id: cause.certainty for cause in shipped_on(**given, **seen).causes}

    assert "possible" == certainties["recurrent-herniation"]


def test_a_step_already_done_is_withheld_with_the_reason():
    answer = concluded(**RECURRENCE, mri="read")

    assert [("mri", "Already done")] == [(step.id, step.reason) for step in answer.withheld]
    assert () == answer.steps


def test_a_pending_study_is_replaced_by_its_report():
    assert ["report"] == ids(concluded(**RECURRENCE, mri="pending").steps)


def test_no_routine_imaging_when_everything_is_negative():
    answer = shipped_on(all_imaging_negative="yes", pain_dominance="leg", mri="negative", ct="negative")

    assert [] == [step.id for step in answer.steps if shipped().steps[step.id].kind == "imaging"]


def test_the_first_order_that_holds_is_taken():
    assert "30679-5" == concluded(**RECURRENCE).steps[0].order.code


def test_beside_a_likely_cause_nothing_unproven_is_named():
    answer = concluded(**RECURRENCE)

    assert ["recurrence"] == ids((*answer.causes, *answer.fits))


def test_what_is_concluded_in_the_chain_counts_as_evidence():
    reasons = {reason.clause for cause in concluded(**RECURRENCE).causes for reason in cause.for_}

    assert "late" in reasons


def test_the_trace_names_record_clause_findings_and_sources():
    fired = [each for each in concluded(**RECURRENCE).trace if each.clause == "mri-mature"]

    assert [("evidence", "recurrence", ("herniation",), ("L01",))] == [
        (each.stratum, each.record, each.findings, each.sources) for each in fired
    ]


def test_reasons_keep_the_resources_they_came_from():
    sheet = sheet_of(**RECURRENCE)
    known = {**sheet.findings, "herniation": finding("herniation", "same level", "DiagnosticReport/7")}
    answer = conclude(replace(sheet, findings=known), small_engine(), small())

    assert ("DiagnosticReport/7",) in [reason.refs for reason in answer.causes[0].for_]


def test_questions_already_answered_are_not_asked():
    assert ["1"] == ids(concluded(**LEG, course="unchanged").questions)


def test_open_questions_are_asked_in_order():
    assert ["1", "2"] == ids(concluded(**LEG).questions)


def test_once_the_leading_two_are_apart_only_the_safety_question_is_left():
    assert ["1"] == ids(concluded(**RECURRENCE).questions)


def test_would_change_names_the_finding_that_moves_the_ranking_most():
    changes = concluded(**LEG, days_since_surgery=200).would_change

    assert {"course", "herniation"} <= {change.finding for change in changes}


def test_would_change_puts_first_what_would_change_the_leader():
    first = concluded(**LEG, days_since_surgery=200).would_change[0]

    assert ("course", "'unchanged': Scar gains 2 points; Scar would lead") == (
        first.finding,
        first.example,
    )


def test_without_explain_nothing_is_asked_twice():
    assert () == conclude(sheet_of(**LEG), small_engine(), small(), explain=False).would_change


def test_the_same_sheet_gives_the_same_conclusions():
    assert concluded(**RECURRENCE) == concluded(**RECURRENCE)


def test_a_card_may_be_raised_by_what_is_missing():
    assert "warning" == concluded(**RECURRENCE, mri="none").causes[0].indicator
