"""Claims about the person: age, risks, drugs, mimics, and what bars a puncture or burdens a contrast agent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from service.chart import medications
from service.chart.chart import PainStory
from service.domain.findings import Finding
from service.domain.places import Side
from service.domain.statements import Attributes, Basis, Polarity
from service.fhir import datatypes, resources
from service.findings.background import risk_factors
from tests.findings.build import TODAY, bare_chart, chart, on, operation, sheet, statement

OP = operation("op", "-400", "discectomy")


def read(*parts, known=(), pain=None, **kinds):
    made = chart(*parts, **kinds)
    made = replace(made, pain=pain, known={**made.known, **{f.name: f for f in known}})
    return sheet(risk_factors.read(made))


def born(text):
    return resources.Patient(resource_type="Patient", id="p", birth_date=text)


def drug(id_, name, day, *, status="active", kind="MedicationRequest", **more):
    when = on(day)
    return resources.Medication(
        resource_type=kind,
        id=id_,
        status=status,
        medication_codeable_concept=datatypes.CodeableConcept(text=name),
        authored_on=when.first.isoformat() if when else None,
        **more,
    )


def observation(id_, day, *, code=None, text="x", **value):
    when = on(day)
    return resources.Observation(
        resource_type="Observation",
        id=id_,
        status="final",
        code=datatypes.CodeableConcept(coding=(datatypes.Coding(code=code),) if code else None, text=text),
        effective_date_time=when.first.isoformat(),
        **value,
    )


def measured(concept, day, number, unit):
    row = observation(f"{concept}{day}", day, text=concept, value_quantity=datatypes.Quantity(value=number, unit=unit))
    return row, (statement(concept, day, source=row.ref, basis=Basis.VALUE, words=concept),)


# --- age ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("1956-06-01", 70), ("1956-06-02", 69), ("1956", (69, 70)), ("1956-06", (69, 70)), ("2026-05-31", 0)],
)
def test_age_is_as_exact_as_the_birth_date(birth, expected):
    assert expected == read(OP, patient=born(birth))["age_years"]


@pytest.mark.parametrize("birth", [None, "", "yesterday", "2030-01-01"])
def test_an_unreadable_or_future_birth_date_leaves_the_age_unknown(birth):
    assert "age_years" not in read(OP, patient=born(birth))


def test_only_who_is_surely_under_eighteen_is_a_minor():
    assert "yes" == read(OP, patient=born("2008-06-02"))["minor_patient"]
    assert "minor_patient" not in read(OP, patient=born("2008-06-01"))
    assert "minor_patient" not in read(OP, patient=born("2008"))


@given(st.dates(date(1890, 1, 1), TODAY))
def test_an_age_is_never_outside_its_range(day):
    age = read(patient=born(day.isoformat()))["age_years"]

    assert 0 <= age <= 130


# --- risks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("diabetes", "diabetes"),
        ("osteoporosis", "osteoporosis"),
        ("degenerative-scoliosis", "degenerative_scoliosis"),
        ("depression-anxiety", "depression_anxiety"),
        ("compensation", "compensation"),
        ("cancer-history-bone", "cancer_history_bone"),
        ("cancer-active", "cancer_active"),
        ("smoking", "smoking"),
        ("obesity", "obesity"),
        ("piriformis", "piriformis_coded"),
        ("axial-spa", "axial_spa_coded"),
        ("peroneal-entrapment", "peroneal_coded"),
        ("nerve-tenderness", "nerve_tenderness"),
        ("peripheral-arterial-disease", "pad_coded"),
        ("absent-pulses", "absent_pulses"),
        ("diabetic-polyneuropathy", "polyneuropathy_coded"),
        ("trochanteric-pain", "trochanteric_coded"),
        ("hip-sign", "hip_sign"),
        ("hip-oa", "hip_oa_coded"),
        ("budapest-positive", "budapest_met"),
    ],
)
def test_a_standing_entry_counts_whatever_its_age_and_a_closed_one_does_not(concept, name):
    assert "yes" == read(OP, statement(concept, "-3000")).get(name)
    assert None is read(OP, statement(concept, "-3000", closed=True)).get(name)


def test_skin_cancer_is_never_an_active_cancer():
    skin = [statement("cancer-active", "-10", source="Condition/s", code="C44.91"), statement("skin-cancer", "-10", source="Condition/s")]  # fmt: skip  # noqa: E501

    assert "cancer_active" not in read(OP, *skin)
    assert "cancer_active" not in read(OP, statement("cancer-active", "-10", code="C44.31"))


def test_a_closed_cancer_of_a_kind_that_goes_to_bone_is_history():
    found = read(OP, statement("cancer-active", "-3000", code="C50.911", closed=True))

    assert ("yes", None) == (found.get("cancer_history_bone"), found.get("cancer_active"))


def test_a_closed_cancer_of_another_kind_is_nothing():
    assert "cancer_history_bone" not in read(OP, statement("cancer-active", "-3000", code="C18.9", closed=True))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Current every day smoker", "yes"),
        ("Smokes tobacco daily", "yes"),
        ("Never smoked tobacco", "no"),
        ("Former smoker", "no"),
        ("Ex-smoker", "no"),
        ("Unknown if ever smoked", None),
        ("Non-smoker", "no"),
    ],
)
def test_the_smoking_status_is_read_from_its_answer(answer, expected):
    asked = observation("s", "-5", code="72166-2", value_codeable_concept=datatypes.CodeableConcept(text=answer))

    assert expected == read((asked, ())).get("smoking")


def test_the_latest_word_on_smoking_stands():
    asked = observation(
        "s", "-5", code="72166-2", value_codeable_concept=datatypes.CodeableConcept(text="Former smoker")
    )

    assert "no" == read(OP, (asked, ()), statement("smoking", "-900"))["smoking"]
    assert "yes" == read(OP, (asked, ()), statement("smoking", "-1"))["smoking"]


def test_nicotine_dependence_in_remission_is_not_smoking():
    assert "smoking" not in read(OP, statement("smoking", "-9", code="F17.211"))


def test_obesity_is_a_body_mass_index_of_thirty():
    assert "yes" == read(OP, measured("bmi", "-9", 30, "kg/m2")).get("obesity")
    assert None is read(OP, measured("bmi", "-9", 29.9, "kg/m2")).get("obesity")


def test_a_later_index_outweighs_an_older_code_of_obesity():
    assert None is read(OP, statement("obesity", "-900"), measured("bmi", "-9", 26, "kg/m2")).get("obesity")


def test_a_weight_lost_over_years_is_no_loss_that_nobody_can_explain():
    assert None is read(OP, statement("weight-loss", "-10", onset="-3650")).get("weight_loss")
    assert "yes" == read(OP, statement("weight-loss", "-10", onset="-200")).get("weight_loss")


def test_weight_loss_counts_while_it_is_recent():
    assert "yes" == read(OP, statement("weight-loss", "-90")).get("weight_loss")
    assert None is read(OP, statement("weight-loss", "-91")).get("weight_loss")
    assert None is read(OP, statement("weight-loss")).get("weight_loss")


def test_trauma_counts_for_thirty_days_after_the_latest_session():
    assert "yes" == read(OP, statement("fall-or-trauma", "-30")).get("trauma_recent")
    assert None is read(OP, statement("fall-or-trauma", "-31")).get("trauma_recent")
    recent_op = operation("op", "-10", "fusion")
    assert None is read(recent_op, statement("fall-or-trauma", "-20")).get("trauma_recent")


def test_a_fall_shortly_before_the_pain_began_is_a_fall():
    pain = PainStory(episode_onset=on("-80"))

    assert "yes" == read(OP, statement("fall-or-trauma", "-85"), pain=pain).get("fall")
    assert None is read(OP, statement("fall-or-trauma", "-85"), pain=PainStory(episode_onset=on("-200"))).get("fall")
    assert None is read(OP, statement("fall-or-trauma", "-300"), pain=pain).get("fall")


# --- drugs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Apixaban 5 mg oral tablet", {"anticoagulant"}),
        ("ELIQUIS", {"anticoagulant"}),
        ("heparin lock flush 10 units/mL", set()),
        ("prednisolone 5 mg", {"steroid"}),
        ("hydrocortisone 1 % cream", set()),
        ("tacrolimus 0.1 % ointment", set()),
        ("tacrolimus 1 mg capsule", {"immunosuppressant"}),
        ("acetaminophen 325 MG / oxycodone hydrochloride 5 MG", {"opioid"}),
        ("duloxetine 60 mg", {"gabapentinoid"}),
        ("aspirin 100 mg", set()),
        ("paracetamol", set()),
        ("morphinelike", set()),
        ("", set()),
    ],
)
def test_a_drug_is_known_by_whole_words_of_its_name(text, concepts):
    assert concepts == set(medications.concepts_in(text))


@given(st.text(max_size=2000))
def test_no_text_of_a_drug_ever_raises(text):
    medications.concepts_in(text)


def test_a_drug_named_only_by_reference_is_read():
    row = resources.Medication(resource_type="MedicationRequest", id="m", status="active", authored_on="2026-05-20", medication_reference=datatypes.Reference(display="Warfarin 5 mg"))  # fmt: skip  # noqa: E501

    assert "yes" == read(OP, medications=(row,))["anticoagulant"]


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        ("-200", "active", "yes"),
        ("-3", "completed", None),
        ("-200", "stopped", None),
        ("-3", "draft", None),
        ("-3", "cancelled", None),
        ("-700", "active", None),
    ],
)
def test_an_anticoagulant_counts_while_it_is_taken(day, status, expected):
    assert expected == read(OP, medications=(drug("m", "rivaroxaban", day, status=status),)).get("anticoagulant")


def test_long_term_anticoagulation_is_read_from_its_code():
    assert "yes" == read(OP, statement("anticoagulant", "-900", code="Z79.01"))["anticoagulant"]


def test_opioids_over_ninety_days_without_a_gap_are_long():
    rows = tuple(drug(f"m{d}", "oxycodone", f"-{d}") for d in (100, 70, 40, 10))

    assert "yes" == read(OP, medications=rows)["opioid_long"]


def test_two_opioid_courses_years_apart_are_not_long():
    rows = (drug("a", "oxycodone", "-1000"), drug("b", "oxycodone", "-10"))

    assert "opioid_long" not in read(OP, medications=rows)


def test_opioids_that_ended_a_year_ago_are_not_long_now():
    rows = tuple(drug(f"m{d}", "oxycodone", f"-{d}") for d in (600, 540, 480, 420))

    assert "opioid_long" not in read(OP, medications=rows)


def test_an_open_statement_of_use_is_long_by_its_beginning():
    row = drug("m", "tramadol", None, kind="MedicationStatement", effective_period=datatypes.Period(start="2025-12-01"))

    assert "yes" == read(OP, medications=(row,))["opioid_long"]


def test_long_opioid_use_is_read_from_its_code():
    assert "yes" == read(OP, statement("opioid", "-30", code="Z79.891"))["opioid_long"]


def test_a_word_about_an_opioid_in_a_note_is_not_long_use():
    assert "opioid_long" not in read(OP, statement("opioid", "-30", basis=Basis.NOTE))


def test_gabapentin_is_a_neuropathic_drug():
    assert "yes" == read(OP, medications=(drug("m", "gabapentin 300 mg", "-20"),))["neuropathic_drug"]


def test_statements_of_drugs_carry_what_others_need_of_them():
    row = drug("m", "Tramadol 50 mg", "-20", status="stopped")
    (told,) = medications.prescribed(bare_chart(medications=(row,)), "opioid")

    assert ("opioid", "MedicationRequest/m", on("-20"), True, "Tramadol 50 mg") == (
        told.concept, told.source, told.stated, told.closed, told.words,
    )  # fmt: skip


def test_an_opioid_use_disorder_is_told_beside_long_use():
    found = read(OP, statement("opioid-disorder", "-200"))

    assert ("yes", None) == (found["opioid_disorder"], found.get("opioid_long"))


# --- immune risk ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        statement("diabetes", "-4000"),
        statement("ckd-severe", "-300"),
        statement("immune-suppression", "-300"),
        statement("immunosuppressant", "-300", code="Z79.60"),
        operation("inj", "-80", "spinal-injection"),
    ],
    ids=["diabetes", "kidney", "suppression", "long-term code", "injection"],
)
def test_each_source_of_immune_risk_is_enough(part):
    assert "yes" == read(OP, part)["immune_risk"]


def test_a_steroid_of_the_last_ninety_days_is_an_immune_risk_and_an_older_course_is_not():
    assert "yes" == read(OP, medications=(drug("m", "prednisone", "-90", status="completed"),)).get("immune_risk")
    assert None is read(OP, medications=(drug("m", "prednisone", "-91", status="completed"),)).get("immune_risk")


def test_an_injection_of_long_ago_or_only_ordered_is_no_immune_risk():
    assert "immune_risk" not in read(OP, operation("inj", "-91", "spinal-injection"))
    assert "yes" == read(OP, statement("lumbar-puncture", "-30", source="Procedure/l"))["immune_risk"]
    assert "immune_risk" not in read(OP, statement("spinal-injection", "-3", source="ServiceRequest/i"))


def test_recent_bacteraemia_is_an_immune_risk():
    blood = Finding("bacteraemia_recent", "yes", ("Observation/bc",))

    assert "yes" == read(OP, known=[blood])["immune_risk"]


def test_smoking_and_age_are_no_immune_risk():
    assert "immune_risk" not in read(OP, statement("smoking", "-3"), patient=born("1930-01-01"))


# --- barriers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("infection_labs", "abnormal"),
        ("fever", "yes"),
        ("spinal_infection_coded", "yes"),
        ("abscess_seen", "yes"),
        ("bacteraemia_recent", "yes"),
        ("wound_infection_coded", "yes"),
    ],
)
def test_suspected_infection_bars_a_lumbar_puncture(name, word):
    assert "yes" == read(OP, known=[Finding(name, word)])["lp_barrier"]


@pytest.mark.parametrize(("name", "word"), [("infection_labs", "normal"), ("fever", "no")])
def test_findings_against_infection_bar_nothing(name, word):
    assert "lp_barrier" not in read(OP, known=[Finding(name, word)])


def test_clotting_bars_a_lumbar_puncture():
    assert "yes" == read(OP, measured("inr", "-3", 1.5, "{INR}"))["lp_barrier"]
    assert "lp_barrier" not in read(OP, measured("inr", "-3", 1.4, "{INR}"))
    assert "yes" == read(OP, measured("platelets", "-3", 49, "10*9/L"))["lp_barrier"]
    assert "lp_barrier" not in read(OP, measured("platelets", "-3", 50, "10*9/L"))
    assert "yes" == read(OP, medications=(drug("m", "apixaban", "-20"),))["lp_barrier"]
    assert "lp_barrier" not in read(OP, medications=(drug("m", "aspirin", "-20"),))


def test_an_inr_of_years_ago_bars_nothing():
    assert "lp_barrier" not in read(OP, measured("inr", "-700", 3, "{INR}"))


@pytest.mark.parametrize(("value", "day", "expected"), [(29, "-90", "yes"), (30, "-90", None), (29, "-91", None)])
def test_a_recent_kidney_function_below_thirty_calls_for_care(value, day, expected):
    assert expected == read(OP, measured("egfr", day, value, "mL/min/{1.73_m2}")).get("gd_caution")


def test_stage_four_calls_for_care_for_good_and_acute_injury_while_recent():
    assert "yes" == read(OP, statement("ckd-severe", "-2000", code="N18.4")).get("gd_caution")
    assert "yes" == read(OP, statement("ckd-severe", "-60", code="N17.9")).get("gd_caution")
    assert None is read(OP, statement("ckd-severe", "-2000", code="N17.9")).get("gd_caution")


def allergy(text, status=None):
    clinical = datatypes.CodeableConcept(coding=(datatypes.Coding(code=status),)) if status else None
    return resources.AllergyIntolerance(resource_type="AllergyIntolerance", id="a", code=datatypes.CodeableConcept(text=text), clinical_status=clinical)  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("text", ["Gadolinium", "gadobutrol", "Dotarem"])
def test_an_allergy_to_gadolinium_is_known_by_its_name(text):
    assert "yes" == read(OP, allergies=(allergy(text),))["gd_allergy"]


@pytest.mark.parametrize(
    ("text", "status"), [("Iodinated contrast", None), ("Penicillin", None), ("Gadolinium", "resolved")]
)
def test_another_or_a_resolved_allergy_is_not_one_to_gadolinium(text, status):
    assert "gd_allergy" not in read(OP, allergies=(allergy(text, status),))


def test_a_coded_gadolinium_allergy_counts():
    assert "yes" == read(OP, statement("gadolinium-allergy", "-900"))["gd_allergy"]


def test_a_contrast_allergy_that_names_no_agent_is_one_of_contrast_in_general():
    found = read(OP, statement("contrast-allergy", "-900"))

    assert ("yes", None) == (found["contrast_allergy"], found.get("gd_allergy"))


def test_a_contrast_allergy_that_is_over_or_of_gadolinium_is_told_as_what_it_is():
    assert "contrast_allergy" not in read(OP, statement("contrast-allergy", "-900", closed=True))
    named = (
        statement(f"{agent}-allergy", "-900", source="AllergyIntolerance/a") for agent in ("contrast", "gadolinium")
    )
    assert "contrast_allergy" not in read(OP, *named)


def test_pregnancy_is_read_from_a_code_of_the_last_year():
    assert "yes" == read(OP, statement("pregnancy", "-60"))["pregnancy"]
    assert "pregnancy" not in read(OP, statement("pregnancy", "-900"))
    assert "pregnancy" not in read(OP, statement("pregnancy", "-60", closed=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Pregnant", "yes"), ("Not pregnant", None), ("Positive", "yes"), ("Negative", None), ("Unknown", None)],
)
def test_pregnancy_status_is_read_from_its_answer(text, expected):
    row = observation("p", "-5", code="82810-3", value_codeable_concept=datatypes.CodeableConcept(text=text))
    said = statement("pregnancy", "-5", source=row.ref, basis=Basis.VALUE, code="82810-3")

    assert expected == read(OP, (row, (said,))).get("pregnancy")


def test_a_later_negative_test_outweighs_an_older_code():
    row = observation("p", "-5", code="2106-3", value_string="Negative")
    said = statement("pregnancy", "-5", source=row.ref, basis=Basis.VALUE, code="2106-3", polarity=Polarity.NO)

    assert "pregnancy" not in read(OP, statement("pregnancy", "-200"), (row, (said,)))


# --- mimics ---------------------------------------------------------------------------------------------------------


def test_a_mimic_is_summed_up():
    assert "yes" == read(OP, statement("hip-oa", "-3000"))["mimic_coded"]
    assert "mimic_coded" not in read(OP, statement("diabetes", "-3000"))
    assert "mimic_coded" not in read(OP, statement("si-tests-negative", "-30"))


def test_a_replaced_hip_no_longer_hurts_from_arthritis():
    arthritic = statement("hip-oa", "-3000", side=Side.LEFT)

    assert "hip_oa_coded" not in read(OP, arthritic, statement("hip-arthroplasty", "-1000", side=Side.LEFT))
    assert "yes" == read(OP, arthritic, statement("hip-arthroplasty", "-1000", side=Side.RIGHT))["hip_oa_coded"]
    assert "yes" == read(OP, arthritic, statement("hip-arthroplasty", "-4000", side=Side.LEFT))["hip_oa_coded"]


def test_one_replaced_hip_of_two_leaves_the_other():
    both = statement("hip-oa", "-3000", side=Side.BILATERAL)

    assert "yes" == read(OP, both, statement("hip-arthroplasty", "-1000", side=Side.LEFT))["hip_oa_coded"]


def test_signs_of_one_foot_told_over_some_months_belong_together():
    sore = replace(statement("burning-pain", "-90", source="DocumentReference/a"), attributes=Attributes(sore=True))
    cold = statement("cold-leg", "-60", source="DocumentReference/b", side=Side.LEFT)
    swollen = statement("leg-swelling", "-20", source="DocumentReference/c")

    assert "yes" == read(OP, sore, cold, swollen)["crps_signs"]
    assert "crps_signs" not in read(OP, sore, cold)
    assert "crps_signs" not in read(OP, replace(sore, side=Side.RIGHT), cold, swollen)
    assert "crps_signs" not in read(OP, replace(sore, stated=on("-300")), cold, swollen)


def test_sacroiliac_pain_counts_only_when_first_stated_after_the_operation():
    assert "yes" == read(OP, statement("si-joint-pain", "-60"))["si_pain_coded"]
    assert "si_pain_coded" not in read(OP, statement("si-joint-pain", "-900"))
    assert "si_pain_coded" not in read(OP, statement("si-joint-pain", "-900"), statement("si-joint-pain", "-60"))
    assert "si_pain_coded" not in read(operation("op", None, "fusion"), statement("si-joint-pain", "-60"))


def test_the_coccyx_code_is_not_the_sacroiliac_joint():
    found = read(OP, statement("sacrococcygeal-disorder", "-60", code="M53.3"))

    assert ("yes", None) == (found.get("si_region_coded"), found.get("si_pain_coded"))


def test_the_latest_sacroiliac_tests_count():
    found = read(OP, statement("si-tests-positive", "-60"), statement("si-tests-negative", "-5"))

    assert "negative" == found["si_tests"]


def test_an_ankle_brachial_index_below_nine_tenths_is_low():
    assert "yes" == read(OP, measured("ankle-brachial-index", "-30", 0.89, "{ratio}"))["abi_low"]
    assert "no" == read(OP, measured("ankle-brachial-index", "-30", 0.9, "{ratio}"))["abi_low"]
    assert "abi_low" not in read(OP, measured("ankle-brachial-index", "-30", 0.9, "mm"))


@pytest.mark.parametrize(
    ("text", "expected"), [("Positive", "yes"), ("Negative", "no"), ("Not detected", "no"), ("See report", None)]
)
def test_hla_b27_is_what_its_result_says(text, expected):
    row = observation("b27", "-30", value_string=text)
    said = statement("hla-b27", "-30", source=row.ref, basis=Basis.VALUE)

    assert expected == read(OP, (row, (said,))).get("hla_b27")


# --- treatment ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concept", "name"), [("physiotherapy", "physiotherapy_done"), ("pain-clinic-contact", "pain_clinic_done")]
)
def test_treatment_counts_when_it_was_given_after_the_operation(concept, name):
    assert "yes" == read(OP, statement(concept, "-60", source="Procedure/t")).get(name)
    assert None is read(OP, statement(concept, "-600", source="Procedure/t")).get(name)
    assert None is read(OP, statement(concept, "-60", source="ServiceRequest/t")).get(name)


def test_a_visit_named_physiotherapy_is_physiotherapy():
    visit = resources.Encounter(resource_type="Encounter", id="e", status="finished", type=(datatypes.CodeableConcept(text="Physiotherapy follow-up"),), period=datatypes.Period(start="2026-04-01"))  # fmt: skip  # noqa: E501

    assert "yes" == read(OP, encounters=(visit,))["physiotherapy_done"]


def test_a_stimulator_in_place_was_assessed():
    assert "yes" == read(OP, statement("stimulator-present", "-60", code="Z96.82"))["scs_assessed"]
    assert "scs_assessed" not in read(OP, statement("stimulator-implant", "-6", source="ServiceRequest/s"))


def test_an_empty_chart_says_nothing():
    assert {} == read()


def test_every_finding_names_its_reference():
    made = chart(OP, statement("diabetes", "-3000", source="Condition/d"), measured("bmi", "-9", 33, "kg/m2"))

    assert all(f.refs for f in risk_factors.read(made))


def test_an_inr_without_a_code_is_known_by_its_name():
    row = observation("i", "-3", text="INR", value_quantity=datatypes.Quantity(value=2.6, unit="{INR}"))

    assert "yes" == read(OP, (row, ()))["lp_barrier"]
