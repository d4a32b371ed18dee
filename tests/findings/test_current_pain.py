"""Which pain is present, new, severe or only left over on a problem list, and which pain leads."""

from __future__ import annotations

import pytest

from service.domain.places import Side
from service.domain.statements import Basis, Polarity
from service.fhir import datatypes, resources
from service.findings.pain import current_pain
from tests.findings.build import at, chart, operation, score, sheet, statement

DISC = operation("p1", "-400", "discectomy")
FRESH = operation("p1", "-20", "discectomy")


def findings_of(*parts, **more):
    return sheet(current_pain.read(chart(*parts, **more))[1])


def story_of(*parts, **more):
    return current_pain.read(chart(*parts, **more))[0]


def leg(stated, **more):
    return statement("leg-pain", stated, **more)


def back(stated, **more):
    return statement("back-pain", stated, **more)


def test_pain_stated_after_the_operation_is_current():
    found = findings_of(DISC, leg("-20"))

    assert ("yes", "yes", 20) == (found["current_pain"], found["fbss_context"], found["pain_stated_days_ago"])


def test_silence_about_pain_is_not_absence_of_pain():
    found = findings_of(DISC)

    assert not {"current_pain", "fbss_context", "stale_entry"} & set(found)
    assert "unknown" == found["course"]


def test_an_old_entry_never_stated_again_is_stale():
    found = findings_of(DISC, leg("-500"))

    assert ("no", "no", "yes") == (found["current_pain"], found["fbss_context"], found["stale_entry"])
    assert "course_basis" not in found


def renewed_by(*parts, **more):
    return findings_of(DISC, leg("-500"), *parts, **more)


def drug(status, authored="2026-03-01", name="Oxycodone 10 mg"):
    concept = datatypes.CodeableConcept(text=name)
    return resources.Medication(
        resource_type="MedicationRequest",
        id="m",
        status=status,
        medication_codeable_concept=concept,
        authored_on=authored,
    )


@pytest.mark.parametrize("name", ["Oxycodone 10 mg", "Pregabalin 75 mg"])
def test_a_pain_drug_still_prescribed_renews_a_stale_entry(name):
    found = renewed_by(medications=(drug("active", name=name),))

    assert ("yes", "leg", "unknown") == (found["current_pain"], found["pain_dominance"], found["course"])
    assert "stale_entry" not in found
    assert "pain_lasting_days" not in found


def test_a_stopped_or_another_drug_renews_nothing():
    assert "yes" == renewed_by(medications=(drug("stopped"),))["stale_entry"]
    assert "yes" == renewed_by(medications=(drug("active", name="Ramipril 5 mg"),))["stale_entry"]


@pytest.mark.parametrize("contact", ["spinal-injection", "pain-clinic-contact", "physiotherapy"])
def test_a_contact_three_months_on_renews_a_stale_entry(contact):
    assert "yes" == renewed_by(statement(contact, "-200", source="Encounter/e"))["current_pain"]
    assert "yes" == renewed_by(statement(contact, "-380", source="Encounter/e"))["stale_entry"]


def test_a_lumbar_study_three_months_on_renews_a_stale_entry():
    study = resources.ImagingStudy(
        resource_type="ImagingStudy",
        id="i",
        status="available",
        started="2026-01-05",
        modality=(datatypes.Coding(code="MR"),),
        description="MRI lumbar spine",
    )

    assert "yes" == renewed_by(imaging_studies=(study,))["current_pain"]


def test_treatment_renews_nothing_before_the_third_month():
    assert "yes" == findings_of(FRESH, leg("-90"), medications=(drug("active"),))["stale_entry"]


def test_an_entry_that_speaks_of_the_operation_is_stated_after_it_whatever_its_date():
    code = leg("-600", source="Condition/c")
    note = statement("leg-pain", "-600", source="Condition/c", basis=Basis.NOTE, about_surgery=True)

    assert "yes" == findings_of(DISC, code, note)["fbss_context"]


def test_a_visit_for_an_old_problem_states_it_again():
    visit = resources.Encounter(
        resource_type="Encounter",
        id="e",
        status="finished",
        period=datatypes.Period(start="2026-05-22"),
        reason_reference=(datatypes.Reference(reference="Condition/c"),),
    )
    found = findings_of(DISC, leg("-500", source="Condition/c"), encounters=(visit,))

    assert ("yes", 10) == (found["current_pain"], found["pain_stated_days_ago"])


@pytest.mark.parametrize(("closed", "ended"), [(True, None), (False, "-100")])
def test_a_closed_entry_is_not_current(closed, ended):
    assert "no" == findings_of(DISC, leg("-200", closed=closed, ended=ended))["current_pain"]


def test_the_code_of_the_syndrome_is_pain_of_no_type():
    found = findings_of(DISC, statement("postlaminectomy-syndrome", "-20"))

    assert ("yes", "unspecified") == (found["current_pain"], found["pain_dominance"])


def test_the_syndrome_alone_states_the_operation_and_the_pain():
    found = findings_of(statement("postlaminectomy-syndrome", "-200"))

    assert ("yes", "unknown") == (found["fbss_context"], found["course"])


def test_beside_an_undated_operation_only_a_recent_complaint_is_current():
    undated = operation("p1", None, "discectomy")

    assert "yes" == findings_of(undated, leg("-20"))["fbss_context"]
    assert "current_pain" not in findings_of(undated, leg("-700"))
    assert "unknown" == findings_of(undated, leg("-20", onset="-30"))["course"]


@pytest.mark.parametrize(
    ("concepts", "expected"),
    [
        (["leg-pain"], "leg"),
        (["back-pain"], "back"),
        (["leg-pain", "back-pain"], "mixed"),
        (["back-and-leg-pain"], "mixed"),
        (["claudication"], "claudication"),
        (["claudication", "leg-pain"], "claudication"),
        (["claudication", "back-pain"], "mixed"),
        (["chronic-pain"], "unspecified"),
        (["postlaminectomy-syndrome", "back-pain"], "back"),
        (["buttock-pain"], "back"),
        (["groin-pain"], None),
    ],
)
def test_the_leading_pain_is_read_from_its_types(concepts, expected):
    assert expected == findings_of(DISC, *(statement(c, "-20") for c in concepts)).get("pain_dominance")


def test_a_leg_score_two_above_the_back_score_leads():
    both = (leg("-20"), back("-20"))
    legs = score("o1", "-20", 7, text="Leg pain score")

    assert "leg" == findings_of(DISC, *both, legs, score("o2", "-20", 5, text="Back pain score"))["pain_dominance"]
    assert "mixed" == findings_of(DISC, *both, legs, score("o2", "-20", 6, text="Back pain score"))["pain_dominance"]


def test_a_score_of_four_is_pain_and_of_three_is_not():
    assert "yes" == findings_of(DISC, score("o1", "-20", 4))["current_pain"]
    assert "current_pain" not in findings_of(DISC, score("o1", "-20", 3))


def test_a_visual_scale_in_millimetres_is_tenfold():
    assert 6 == findings_of(DISC, score("o1", "-20", 62, unit="mm"))["pain_score"]
    assert "pain_score" not in findings_of(DISC, score("o1", "-20", 62))


def test_the_episode_begins_with_the_latest_group_and_not_the_earliest():
    story = story_of(DISC, back("-300", onset="-310"), leg("-20", onset="-30"))

    assert story.episode_onset is not None
    assert 30 == findings_of(DISC, back("-300", onset="-310"), leg("-20", onset="-30"))["pain_lasting_days"]


def test_a_label_coded_later_begins_no_new_episode_of_an_open_complaint():
    label = statement("postlaminectomy-syndrome", "-100")

    assert 300 == findings_of(DISC, leg("-290", onset="-300"), label)["pain_lasting_days"]
    fresh = statement("postlaminectomy-syndrome", "-100", onset="-100")
    assert 100 == findings_of(DISC, leg("-290", onset="-300"), fresh)["pain_lasting_days"]


def test_a_first_statement_stands_in_for_the_onset_and_says_so():
    story = story_of(DISC, leg("-20"))

    assert story.episode_onset is not None
    assert story.episode_onset.approx
    assert (20, 36525) == findings_of(DISC, leg("-20"))["pain_lasting_days"]
    assert "onset_after_surgery_days" not in findings_of(DISC, leg("-20"))


def test_an_onset_is_counted_from_the_index_and_the_fusion():
    fusion = operation("p0", "-900", "fusion")
    found = findings_of(fusion, DISC, leg("-20", onset="-30"))

    assert (370, 870) == (found["onset_after_surgery_days"], found["onset_after_fusion_days"])


def test_pain_not_stated_in_the_three_months_before_is_new():
    found = findings_of(DISC, leg("-20"))

    assert ("yes", "yes", "yes") == (found["new_pain"], found["new_leg_pain"], found["new_radicular_pain"])
    assert "new_back_pain" not in found


def test_pain_stated_all_along_is_not_new():
    found = findings_of(DISC, leg("-20", source="Condition/a"), leg("-100", source="Condition/b"), leg("-180"))

    assert ("no", "no") == (found["new_pain"], found["new_leg_pain"])


def test_another_type_or_side_is_new():
    assert "yes" == findings_of(DISC, leg("-60"), back("-180"), back("-100"), back("-20"))["new_leg_pain"]
    sides = findings_of(DISC, leg("-60", side=Side.LEFT), leg("-20", side=Side.RIGHT), leg("-120", side=Side.LEFT))
    assert "yes" == sides["new_leg_pain"]


def test_a_score_up_by_two_is_new_and_worse():
    found = findings_of(DISC, back("-200"), back("-120"), score("o1", "-60", 4), score("o2", "-10", 6))

    assert ("yes", "yes", "yes") == (found["new_pain"], found["rising_pain"], found["worse"])


def test_a_score_from_before_the_operation_does_not_make_it_rise():
    assert "no" == findings_of(FRESH, score("o1", "-60", 4), score("o2", "-10", 8))["worse"]


def test_wound_pain_of_the_first_week_is_not_new_unless_stated_as_worse():
    wound = back("-16", onset="-18")

    assert "no" == findings_of(FRESH, wound)["new_pain"]
    assert "yes" == findings_of(FRESH, wound, statement("pain-worse", "-2"))["new_back_pain"]
    assert "yes" == findings_of(FRESH, back("-5", onset="-6"))["new_back_pain"]


def test_wound_pain_is_still_spine_pain_for_the_alarms():
    assert "yes" == findings_of(FRESH, back("-16", onset="-18"))["spine_pain"]


def test_an_injection_restarts_the_clock_of_wound_pain():
    assert "no" == findings_of(DISC, operation("p2", "-8", "spinal-injection"), back("-6"))["new_pain"]


def test_new_pain_that_names_no_site_may_be_of_the_back():
    found = findings_of(DISC, score("o1", "-60", 4), score("o2", "-10", 8))

    assert ("yes", "yes") == (found["new_back_pain"], found["new_severe_back_pain"])


def test_new_pain_on_both_sides_is_bilateral():
    found = findings_of(DISC, leg("-20", side=Side.LEFT), leg("-19", side=Side.RIGHT))

    assert "yes" == found["new_bilateral_leg_pain"]
    assert "yes" == findings_of(DISC, statement("bilateral-leg-pain", "-9"))["new_bilateral_leg_pain"]


def test_pain_that_spread_from_one_leg_to_both_is_new_in_both():
    left, both = leg("-3", onset="-5", side=Side.LEFT), leg("-1", side=Side.BILATERAL)

    assert "yes" == findings_of(DISC, left, both)["new_bilateral_leg_pain"]
    assert "new_bilateral_leg_pain" not in findings_of(
        DISC, leg("-60", side=Side.LEFT), leg("-50", side=Side.RIGHT), leg("-100", side=Side.BILATERAL), both
    )


def test_pain_of_both_legs_on_walking_is_no_radicular_pain():
    walking = statement("claudication", "-20", side=Side.BILATERAL, source="Condition/c")

    found = findings_of(DISC, leg("-20", side=Side.BILATERAL, source="Condition/c"), walking)

    assert "new_bilateral_leg_pain" not in found


@pytest.mark.parametrize(("value", "day", "expected"), [(7, "-7", "yes"), (6, "-7", "no"), (9, "-8", None)])
def test_severe_pain_is_seven_of_ten_within_a_week(value, day, expected):
    assert expected == findings_of(FRESH, score("o1", day, value)).get("severe_pain")


def test_pain_stated_as_severe_is_severe():
    assert "yes" == findings_of(FRESH, back("-2", words="Severe low back pain"))["severe_pain"]


def test_falling_scores_improve_and_rising_ones_do_not():
    assert "yes" == findings_of(FRESH, score("o1", "-18", 7), score("o2", "-2", 4))["improving"]
    assert "improving" not in findings_of(FRESH, score("o1", "-18", 4), score("o2", "-2", 7))


def test_relief_that_did_not_last_is_no_improvement():
    gone = statement("pain-relief", "-300")

    assert "improving" not in findings_of(DISC, gone, leg("-20", onset="-30"))
    assert "yes" == findings_of(FRESH, leg("-10", onset="-20"), statement("pain-relief", "-2"))["improving"]


def test_sides_are_compared_with_the_pain_before_and_else_with_the_operation():
    left = operation("p1", "-400", "discectomy", side=Side.LEFT)

    assert "yes" == findings_of(left, leg("-20", side=Side.LEFT))["same_side"]
    assert "no" == findings_of(left, leg("-20", side=Side.RIGHT))["same_side"]
    assert "same_side" not in findings_of(DISC, leg("-20", side=Side.RIGHT))


def test_leg_pain_after_back_pain_is_another_pattern():
    assert "yes" == findings_of(DISC, back("-500"), leg("-20"))["pattern_differs"]
    assert "pattern_differs" not in findings_of(DISC, statement("back-and-leg-pain", "-500"), leg("-20"))


def test_leg_pain_of_more_than_half_a_year_before_is_long():
    assert "yes" == findings_of(DISC, leg("-600"), back("-20"))["preop_pain_long"]
    assert "preop_pain_long" not in findings_of(DISC, leg("-500"), back("-20"))


def test_the_last_answer_on_a_pattern_counts_and_a_note_stays_a_note():
    asked = statement("worse-standing", "-5", polarity=Polarity.NO, basis=Basis.ANSWER)
    noted = statement("worse-standing", "-50", basis=Basis.NOTE)
    found = {f.name: f for f in current_pain.read(chart(DISC, leg("-20"), noted))[1]}

    assert "no" == findings_of(DISC, leg("-20"), asked, noted)["worse_standing"]
    assert ("yes", Basis.NOTE) == (found["worse_standing"].value, found["worse_standing"].basis)


def test_a_pattern_from_before_the_operation_says_nothing_about_today():
    assert "burning" not in findings_of(DISC, leg("-20"), statement("burning-pain", "-500"))


def test_sudden_and_gradual_on_one_day_leave_the_onset_unknown():
    sudden, gradual = statement("sudden-onset", "-5"), statement("gradual-onset", "-5")

    assert "sudden" == findings_of(DISC, sudden)["onset_speed"]
    assert "onset_speed" not in findings_of(DISC, sudden, gradual)


def test_buttock_pain_alone_on_one_side():
    found = findings_of(DISC, statement("buttock-pain", "-20", side=Side.LEFT))

    assert ("yes", "yes", "yes") == (
        found["buttock_pain"],
        found["buttock_only"],
        found["unilateral_buttock_below_l5"],
    )


def test_back_pain_before_45_needs_a_birth_date():
    born = resources.Patient(resource_type="Patient", id="x", birth_date="1985-06-15")

    assert "yes" == findings_of(DISC, back("-20"), patient=born)["onset_before_45"]
    assert "onset_before_45" not in findings_of(DISC, back("-20"))


def test_relief_by_a_stimulator_that_was_lost():
    lead = operation("p2", "-300", "stimulator-implant", place=at())
    found = findings_of(DISC, lead, statement("device-relief", "-250"), leg("-20"))

    assert ("yes", "yes") == (found["device_relief_lost"], found["pain_after_device"])


def test_neck_pain_is_no_pain_of_this_story():
    assert "current_pain" not in findings_of(DISC, statement("leg-pain", "-20", place=at("cervical")))


def test_an_order_states_no_pain():
    assert "current_pain" not in findings_of(DISC, leg("-20", source="ServiceRequest/s"))


def _of_note(concept, stated, source, **more):
    return statement(concept, stated, source=f"DocumentReference/{source}", basis=Basis.NOTE, **more)


def test_a_later_note_that_denies_pain_of_back_and_legs_ends_what_notes_told():
    ache = _of_note("back-pain", "-23", "flu")
    denied = [_of_note(c, "-1", "annual", polarity=Polarity.NO) for c in ("back-pain", "leg-pain")]

    assert "no" == findings_of(DISC, ache, *denied)["current_pain"]


def test_denial_of_one_of_them_or_beside_another_pain_ends_nothing():
    ache = _of_note("back-pain", "-23", "flu")
    denied = [_of_note(c, "-1", "annual", polarity=Polarity.NO) for c in ("back-pain", "leg-pain")]
    buttock = _of_note("buttock-pain", "-1", "annual")

    assert "yes" == findings_of(DISC, ache, denied[0])["current_pain"]
    assert "yes" == findings_of(DISC, ache, *denied, buttock)["current_pain"]
