"""Claims about infection values, fever, wound and emergency signs; table 1a of the rulebook cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from service.domain.places import Side
from service.domain.statements import Basis, Polarity
from service.fhir import datatypes, resources
from service.findings.infection import inflammation_labs
from tests.findings.build import NUMBERS, chart, on, operation, sheet, statement

LOINC = "http://loinc.org"
UNIT = {"crp": "mg/L", "esr": "mm/h", "haemoglobin": "g/L", "body-temperature": "Cel"}


def value(concept, day, number, unit=None, *, id_="", status="final", at="", comparator=None, text=None):
    when = on(day)
    row = resources.Observation(
        resource_type="Observation",
        id=id_ or f"{concept}{day}{number}{at}".replace("*", ""),
        status=status,
        code=datatypes.CodeableConcept(text=concept),
        effective_date_time=f"{when.first.isoformat()}{at}" if when.first == when.last else day,
        value_quantity=None
        if text
        else datatypes.Quantity(value=number, unit=unit or UNIT[concept], comparator=comparator),
        value_string=text,
    )
    return row, (statement(concept, when, source=row.ref, basis=Basis.VALUE, words=concept),)


def operated(day, *classes):
    return operation(f"op{day}", day, *(classes or ("discectomy",)))


def read(*parts, **kinds):
    return sheet(inflammation_labs.read(chart(*parts, **kinds)))


# --- meningitis and chills ------------------------------------------------------------------------------------------


def test_a_code_of_meningitis_after_the_operation_is_one():
    assert "yes" == read(operated("-15"), statement("meningitis", "-0"))["meningitis_coded"]


def test_a_code_of_meningitis_counts_when_nobody_knows_the_day_of_the_operation():
    assert "yes" == read(operated(None), statement("meningitis", "-3"))["meningitis_coded"]


@pytest.mark.parametrize(
    "entry",
    [
        statement("meningitis", "-15"),
        statement("meningitis", "-12"),
        statement("meningitis", "-3", closed=True),
        statement("meningitis", None),
    ],
)
def test_a_code_of_meningitis_that_is_old_closed_undated_or_from_before_the_operation_is_none(entry):
    assert "meningitis_coded" not in read(operated("-10"), entry)


def test_who_has_chills_is_not_known_to_have_no_fever():
    denied = statement("fever", "-1", basis=Basis.NOTE, polarity=Polarity.NO)

    assert "no" == read(operated("-20"), denied)["fever"]
    assert "fever" not in read(operated("-20"), denied, statement("chills", "-1", basis=Basis.NOTE))


# --- table 1a -------------------------------------------------------------------------------------------------------

TABLE_1A = [
    ("discectomy", 7, 25), ("discectomy", 13, 25), ("discectomy", 14, 12), ("discectomy", 27, 12),
    ("discectomy", 28, 12), ("discectomy", 41, 12), ("discectomy", 42, 10), ("discectomy", 2000, 10),
    ("decompression", 7, 25), ("decompression", 13, 25), ("decompression", 14, 12), ("decompression", 27, 12),
    ("decompression", 28, 12), ("decompression", 41, 12), ("decompression", 42, 10), ("decompression", 2000, 10),
    ("fusion", 7, 80), ("fusion", 13, 80), ("fusion", 14, 40), ("fusion", 27, 40),
    ("fusion", 28, 20), ("fusion", 41, 20), ("fusion", 42, 10), ("fusion", 2000, 10),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "day", "limit"), TABLE_1A)
def test_crp_is_abnormal_above_the_limit_of_its_cell_and_not_at_it(kind, day, limit):
    op = operated(f"-{day}", kind)

    assert "no" == read(op, value("crp", "-0", limit))["crp_abnormal"]
    assert "yes" == read(op, value("crp", "-0", limit + 0.1))["crp_abnormal"]


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("kind", ["discectomy", "fusion"])
def test_crp_and_esr_of_day_zero_to_six_never_count(kind, day):
    found = read(operated(f"-{day}", kind), value("crp", "-0", 300), value("esr", "-0", 120))

    assert {"crp_abnormal", "esr_abnormal", "infection_labs"}.isdisjoint(found)


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("discectomy", 7, None), ("discectomy", 13, None), ("discectomy", 14, "yes"), ("discectomy", 28, "yes"),
        ("discectomy", 42, "yes"), ("decompression", 13, None), ("decompression", 14, "yes"),
        ("fusion", 7, None), ("fusion", 14, None), ("fusion", 28, None), ("fusion", 41, None), ("fusion", 42, "yes"),
    ],
)  # fmt: skip
def test_esr_counts_from_day_14_after_small_operations_and_from_day_42_after_fusion(kind, day, expected):
    op = operated(f"-{day}", kind)

    assert expected == read(op, value("esr", "-0", 51)).get("esr_abnormal")
    assert (None if expected is None else "no") == read(op, value("esr", "-0", 50)).get("esr_abnormal")


def test_a_discectomy_inside_a_fusion_session_is_read_as_a_fusion():
    assert "no" == read(operated("-20", "discectomy", "fusion"), value("crp", "-0", 35))["crp_abnormal"]


def test_an_injection_restarts_the_clock_and_uses_the_small_table():
    parts = (operated("-400", "fusion"), operated("-9", "spinal-injection"))

    assert "no" == read(*parts, value("crp", "-0", 25))["crp_abnormal"]
    assert "yes" == read(*parts, value("crp", "-0", 26))["crp_abnormal"]


def test_a_sample_is_judged_by_its_own_day_not_by_today():
    # CRP 60 on day 4 after surgery is usual; read on day 14 it must not be held against the limit of day 14.
    assert "crp_abnormal" not in read(operated("-14"), value("crp", "-10", 60))


def test_a_sample_from_before_the_latest_injection_keeps_its_own_clock():
    parts = (operated("-240", "fusion"), operated("-8", "spinal-injection"))

    assert "yes" == read(*parts, value("crp", "-12", 120))["crp_abnormal"]


def test_a_sample_from_before_the_first_operation_says_nothing_about_its_aftermath():
    assert "crp_abnormal" not in read(operated("-8"), value("crp", "-10", 60))


def test_an_unknown_operation_date_leaves_the_alarm_open():
    found = read(operated(None), value("crp", "-0", 11))

    assert ("yes", "abnormal") == (found["crp_abnormal"], found["infection_labs"])


def test_an_unknown_operation_date_never_calls_a_value_normal():
    found = read(operated(None), value("crp", "-0", 5), value("esr", "-0", 10))

    assert {"crp_abnormal", "infection_labs"}.isdisjoint(found)


def test_an_operation_known_to_the_month_is_read_by_the_lowest_limit_it_allows():
    # 2026-04 is 32 to 61 days before: 20 or 10 mg/L after a fusion.
    assert "yes" == read(operated("2026-04", "fusion"), value("crp", "-0", 15))["crp_abnormal"]
    assert "no" == read(operated("2026-04", "fusion"), value("crp", "-0", 10))["crp_abnormal"]


@given(st.integers(7, 4000), st.integers(0, 300), st.sampled_from(["discectomy", "fusion"]))
def test_a_higher_crp_is_never_less_abnormal(day, crp, kind):
    op = operated(f"-{day}", kind)
    lower = read(op, value("crp", "-0", crp))["crp_abnormal"]
    higher = read(op, value("crp", "-0", crp + 1))["crp_abnormal"]

    assert (lower, higher) != ("yes", "no")


@given(st.integers(7, 4000), st.integers(0, 300))
def test_a_fusion_never_alarms_where_a_discectomy_would_not(day, crp):
    fusion = read(operated(f"-{day}", "fusion"), value("crp", "-0", crp))["crp_abnormal"]
    discectomy = read(operated(f"-{day}", "discectomy"), value("crp", "-0", crp))["crp_abnormal"]

    assert (fusion, discectomy) != ("yes", "no")


# --- units, comparators, age, status --------------------------------------------------------------------------------


def test_four_mg_per_decilitre_are_forty_per_litre():
    found = read(operated("-100"), value("crp", "-0", 4, "mg/dL"))

    assert (40, "yes") == (found["crp_mg_l"], found["crp_abnormal"])


def test_an_unknown_unit_leaves_everything_unknown_and_the_test_not_done():
    found = read(operated("-100"), value("crp", "-0", 400, "nmol/L"))

    assert {"recent_labs": "no"} == found


def test_below_the_limit_of_detection_is_normal():
    found = read(operated("-100"), value("crp", "-0", 5, comparator="<"))

    assert ("no", (0, 4), "no") == (found["crp_abnormal"], found["crp_mg_l"], found["crp_raised"])


def test_above_the_range_of_the_analyser_is_abnormal():
    found = read(operated("-100"), value("crp", "-0", 200, comparator=">"))

    assert ("yes", (200, 2000)) == (found["crp_abnormal"], found["crp_mg_l"])


def test_a_comparator_that_leaves_the_limit_open_leaves_the_finding_open():
    assert "crp_abnormal" not in read(operated("-100"), value("crp", "-0", 20, comparator="<"))


def test_a_result_in_words_is_read_with_its_unit():
    assert "yes" == read(operated("-100"), value("crp", "-0", None, text="85 mg/L"))["crp_abnormal"]


@pytest.mark.parametrize(("day", "expected"), [("-14", "yes"), ("-15", None)])
def test_values_older_than_fourteen_days_are_to_be_repeated(day, expected):
    assert expected == read(operated("-300"), value("crp", day, 99)).get("crp_abnormal")


@pytest.mark.parametrize(("day", "expected"), [("-7", "yes"), ("-8", "no")])
def test_values_of_the_last_week_are_recent(day, expected):
    assert expected == read(operated("-300"), value("crp", day, 3))["recent_labs"]


def test_no_values_at_all_are_plainly_not_recent():
    found = read(operated("-300"))

    assert ("no", None) == (found["recent_labs"], found.get("labs_days_ago"))


def test_the_latest_value_counts():
    assert "no" == read(operated("-300"), value("crp", "-9", 90), value("crp", "-1", 4))["crp_abnormal"]


def test_of_two_values_of_one_day_without_hours_the_higher_counts():
    assert "yes" == read(operated("-300"), value("crp", "-1", 90), value("crp", "-1", 4))["crp_abnormal"]


def test_of_two_values_of_one_day_with_hours_the_later_counts():
    found = read(
        operated("-300"),
        value("crp", "-1", 90, at="T06:00:00Z"),
        value("crp", "-1", 4, at="T18:00:00Z"),
    )

    assert "no" == found["crp_abnormal"]


def test_a_preliminary_value_may_alarm_but_not_calm():
    assert "yes" == read(operated("-300"), value("crp", "-1", 90, status="preliminary"))["crp_abnormal"]
    assert "crp_abnormal" not in read(operated("-300"), value("crp", "-1", 4, status="preliminary"))


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "registered"])
def test_a_value_that_does_not_count_is_not_read(status):
    assert {"recent_labs": "no"} == read(operated("-300"), value("crp", "-1", 90, status=status))


def test_a_value_without_a_date_is_not_read():
    row, (said,) = value("crp", "-1", 90)

    assert {"recent_labs": "no"} == read(operated("-300"), (row, (replace(said, stated=None),)))


def test_crp_in_a_panel_is_read_from_its_component():
    row = resources.Observation(
        resource_type="Observation",
        id="panel",
        status="final",
        code=datatypes.CodeableConcept(text="Inflammation panel"),
        effective_date_time="2026-05-31",
        component=(
            resources.ObservationComponent(
                code=datatypes.CodeableConcept(coding=(datatypes.Coding(system=LOINC, code="4537-7"),)),
                value_quantity=datatypes.Quantity(value=10, unit="mm/h"),
            ),
            resources.ObservationComponent(
                code=datatypes.CodeableConcept(coding=(datatypes.Coding(system=LOINC, code="1988-5"),)),
                value_quantity=datatypes.Quantity(value=77, unit="mg/L"),
            ),
        ),
    )
    said = tuple(
        statement(c, "-1", source=row.ref, basis=Basis.VALUE, code=k) for c, k in (("crp", "1988-5"), ("esr", "4537-7"))
    )
    found = read(operated("-300"), (row, said))

    assert (77, "yes", "no") == (found["crp_mg_l"], found["crp_abnormal"], found["esr_abnormal"])


# --- together -------------------------------------------------------------------------------------------------------


def test_infection_labs_are_abnormal_when_either_is():
    found = read(operated("-300"), value("crp", "-1", 4), value("esr", "-1", 80))

    assert ("abnormal", None) == (found["infection_labs"], found.get("both_labs_abnormal"))


def test_infection_labs_are_normal_only_when_both_are_known():
    assert "infection_labs" not in read(operated("-300"), value("crp", "-1", 4))
    assert "normal" == read(operated("-300"), value("crp", "-1", 4), value("esr", "-1", 8))["infection_labs"]


def test_both_abnormal_is_said():
    assert "yes" == read(operated("-300"), value("crp", "-1", 40), value("esr", "-1", 80))["both_labs_abnormal"]


def test_the_finding_carries_value_reference_and_day():
    row, said = value("crp", "-1", 40, id_="crp1")
    found = {f.name: f for f in inflammation_labs.read(chart(operated("-300"), (row, said)))}["crp_abnormal"]

    assert (("Observation/crp1",), Basis.VALUE, "CRP 40 mg/L", on("-1")) == (
        found.refs, found.basis, found.words, found.when,
    )  # fmt: skip


# --- second rise ----------------------------------------------------------------------------------------------------


def second_rise(low, high, *, low_day=5, high_day=9):
    return read(operated("-10"), value("crp", f"-{10 - low_day}", low), value("crp", f"-{10 - high_day}", high)).get(
        "crp_second_rise"
    )


def test_ten_to_eleven_is_no_second_rise():
    assert None is second_rise(10, 11)


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(30, 50, "yes"), (30, 49, None), (60, 90, "yes"), (60, 89, None), (0, 20, "yes")]
)
def test_a_second_rise_is_half_as_much_again_and_twenty_more(low, high, expected):
    assert expected == second_rise(low, high)


def test_the_lowest_value_is_taken_after_day_three():
    assert None is second_rise(10, 90, low_day=3)
    assert "yes" == second_rise(10, 90, low_day=4)


def test_the_second_rise_is_on_day_five_at_the_earliest():
    assert None is read(operated("-4"), value("crp", "-0", 90), value("crp", "-1", 1)).get("crp_second_rise")


def test_a_falling_crp_is_no_second_rise():
    assert None is second_rise(120, 60)


def test_values_of_two_operations_are_not_compared():
    found = read(operated("-100"), operated("-6"), value("crp", "-50", 3), value("crp", "-0", 90))

    assert "crp_second_rise" not in found


# --- fever ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "expected"), [(0, None), (1, None), (2, None), (3, None), (4, "yes"), (5, "yes"), (400, "yes")])  # fmt: skip  # noqa: E501
def test_fever_counts_from_day_four(day, expected):
    assert expected == read(operated(f"-{day}"), value("body-temperature", "-0", 38.0)).get("fever")


def test_a_temperature_just_below_is_no_fever():
    assert "no" == read(operated("-10"), value("body-temperature", "-0", 37.9))["fever"]


def test_fever_in_fahrenheit_is_fever():
    assert "yes" == read(operated("-10"), value("body-temperature", "-0", 100.4, "[degF]"))["fever"]
    assert "no" == read(operated("-10"), value("body-temperature", "-0", 100.3, "[degF]"))["fever"]


@pytest.mark.parametrize(("day", "expected"), [("-7", "yes"), ("-8", None)])
def test_fever_is_read_from_the_last_seven_days(day, expected):
    assert expected == read(operated("-300"), value("body-temperature", day, 39)).get("fever")


def test_fever_of_the_first_days_that_lasts_is_fever():
    parts = [value("body-temperature", f"-{d}", 38.6) for d in (4, 3, 0)]

    assert "yes" == read(operated("-5"), *parts)["fever"]


def test_stated_fever_that_began_on_day_two_counts_only_when_still_stated_on_day_five():
    assert None is read(operated("-4"), statement("fever", "-0", onset="-2")).get("fever")
    assert "yes" == read(operated("-5"), statement("fever", "-0", onset="-3")).get("fever")
    assert None is read(operated("-6"), statement("fever", "-4")).get("fever")


def test_fever_after_a_recent_injection_is_counted_from_the_injection():
    parts = (operated("-400", "fusion"), operated("-2", "spinal-injection"))

    assert None is read(*parts, value("body-temperature", "-0", 38.5)).get("fever")


def test_fever_after_an_undated_operation_counts():
    assert "yes" == read(operated(None), value("body-temperature", "-0", 38.5))["fever"]


def test_fever_before_the_operation_is_not_after_it():
    assert None is read(operated("-1"), value("body-temperature", "-3", 39)).get("fever")


def test_fever_denied_this_week_is_a_no():
    denied = statement("fever", "-1", polarity=Polarity.NO, basis=Basis.NOTE)

    assert "no" == read(operated("-100"), denied)["fever"]


def test_without_any_temperature_fever_is_unknown():
    assert "fever" not in read(operated("-100"))


def test_a_resolved_fever_entry_is_no_fever():
    assert "fever" not in read(operated("-100"), statement("fever", "-2", closed=True))


# --- pressure and haemoglobin ---------------------------------------------------------------------------------------


def pressure(day, systolic, unit="mm[Hg]"):
    row = resources.Observation(
        resource_type="Observation",
        id=f"bp{day}{systolic}",
        status="final",
        code=datatypes.CodeableConcept(coding=(datatypes.Coding(system=LOINC, code="85354-9"),)),
        effective_date_time=on(day).first.isoformat(),
        component=tuple(
            resources.ObservationComponent(
                code=datatypes.CodeableConcept(coding=(datatypes.Coding(system=LOINC, code=code),)),
                value_quantity=datatypes.Quantity(value=number, unit=unit, code=unit),
            )
            for code, number in (("8462-4", 50), ("8480-6", systolic))
        ),
    )
    return row, (statement("blood-pressure", day, source=row.ref, basis=Basis.VALUE, code="85354-9"),)


def test_a_systolic_pressure_below_ninety_within_two_days_is_low():
    assert "yes" == read(operated("-5"), pressure("-2", 89))["hypotension"]
    assert "hypotension" not in read(operated("-5"), pressure("-2", 90))
    assert "hypotension" not in read(operated("-5"), pressure("-3", 70))


def test_a_low_pressure_before_the_operation_does_not_count():
    assert "hypotension" not in read(operated("-1"), pressure("-2", 80))


def test_stated_shock_within_two_days_is_low_pressure():
    assert "yes" == read(operated("-5"), statement("hypotension", "-1"))["hypotension"]
    assert "hypotension" not in read(operated("-5"), statement("hypotension", "-30"))
    assert "hypotension" not in read(operated("-5"), statement("hypotension"))


def haemoglobin(first_day, first, second_day, second, operation_day=10, **more):
    return read(
        operated(f"-{operation_day}"),
        value("haemoglobin", f"-{first_day}", first, **more),
        value("haemoglobin", f"-{second_day}", second, **more),
    ).get("haemoglobin_fall")


def test_haemoglobin_down_by_twenty_in_48_hours_is_a_fall():
    assert "yes" == haemoglobin(3, 120, 1, 100)
    assert None is haemoglobin(3, 120, 1, 101)
    assert None is haemoglobin(4, 120, 1, 90)


def test_haemoglobin_in_grams_per_decilitre_falls_alike():
    assert "yes" == haemoglobin(3, 12.1, 1, 10.1, unit="g/dL")


def test_the_blood_loss_of_the_operation_itself_is_no_fall():
    assert None is haemoglobin(2, 140, 0, 100, operation_day=2)
    assert None is haemoglobin(1, 140, 0, 100, operation_day=1)
    assert "yes" == haemoglobin(1, 140, 0, 100, operation_day=2)


def test_a_rise_after_transfusion_is_no_fall():
    assert None is haemoglobin(3, 80, 1, 100)


# --- wound, coded infection, emergency signs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concept", "name", "days"),
    [
        ("emergency-told", "emergency_told", 14),
        ("wound-drainage", "wound_drainage", 30),
        ("clear-drainage", "clear_drainage", 30),
        ("cold-leg", "cold_leg", 30),
        ("pain-worse", "text_says_increasing", 30),
        ("neck-stiffness", "neck_stiffness", 7),
        ("altered-consciousness", "altered_consciousness", 7),
        ("sepsis", "sepsis_coded", 14),
        ("bacteraemia", "bacteraemia_recent", 90),
        ("leg-swelling", "calf_sign_new", 14),
        ("chest-pain", "chest_sign_new", 7),
        ("dyspnoea", "chest_sign_new", 7),
        ("haemoptysis", "chest_sign_new", 7),
        ("syncope", "chest_sign_new", 7),
    ],
)
def test_an_emergency_sign_counts_for_its_days_and_not_longer_or_without_a_date(concept, name, days):
    assert "yes" == read(operated("-300"), statement(concept, f"-{days}")).get(name)
    assert None is read(operated("-300"), statement(concept, f"-{days + 1}")).get(name)
    assert None is read(operated("-300"), statement(concept)).get(name)


def test_breathlessness_known_for_years_is_not_a_new_chest_sign():
    assert None is read(operated("-30"), statement("dyspnoea", "-900"), statement("dyspnoea", "-1")).get(
        "chest_sign_new"
    )


def test_old_breathlessness_does_not_hide_new_chest_pain():
    found = read(operated("-30"), statement("dyspnoea", "-900"), statement("chest-pain", "-1"))

    assert "yes" == found["chest_sign_new"]


def test_the_other_calf_is_new():
    found = read(
        operated("-30"),
        statement("leg-swelling", "-900", side=Side.LEFT),
        statement("leg-swelling", "-1", side=Side.RIGHT),
    )

    assert "yes" == found["calf_sign_new"]


def test_abdominal_pain_needs_distension_beside_it():
    pain, distended = statement("abdominal-pain", "-1"), statement("abdominal-distension", "-1")

    assert None is read(operated("-5"), pain).get("abdominal_pain_distension")
    assert "yes" == read(operated("-5"), pain, distended)["abdominal_pain_distension"]


def test_a_wound_that_drained_before_the_reoperation_is_not_draining_now():
    assert "wound_drainage" not in read(operated("-60"), operated("-3"), statement("wound-drainage", "-10"))


def test_a_wound_infection_counts_when_coded_after_the_latest_session():
    assert "yes" == read(operated("-20"), statement("wound-infection", "-5"))["wound_infection_coded"]
    assert "wound_infection_coded" not in read(operated("-20"), statement("wound-infection", "-25"))


def test_an_implant_infection_and_a_sinus_count_after_the_index_whatever_their_age():
    found = read(
        operated("-900", "fusion"), statement("implant-infection", "-500"), statement("draining-sinus", "-200")
    )

    assert ("yes", "yes") == (found["implant_infection_coded"], found["draining_sinus"])


def test_a_dural_tear_is_coded_on_the_day_of_the_operation():
    assert "yes" == read(operated("-20"), statement("dural-tear", "-20"))["csf_leak_coded"]
    assert "csf_leak_coded" not in read(operated("-20"), statement("csf-leak", "-400"))


def test_an_aneurysm_counts_whatever_its_date():
    assert "yes" == read(operated("-20"), statement("aortic-aneurysm", "-4000"))["aortic_aneurysm"]


def culture(result, day="-5", **more):
    row = resources.Observation(
        resource_type="Observation",
        id="bc",
        status="final",
        code=datatypes.CodeableConcept(text="Blood culture"),
        effective_date_time=on(day).first.isoformat(),
        value_string=result,
        **more,
    )
    return row, (statement("blood-culture", day, source=row.ref, basis=Basis.VALUE),)


@pytest.mark.parametrize("result", ["Staphylococcus aureus", "Positive", "Growth of E. coli in 2/2 bottles"])
def test_a_culture_that_grew_is_bacteraemia(result):
    assert "yes" == read(operated("-50"), culture(result)).get("bacteraemia_recent")


@pytest.mark.parametrize("result", ["No growth after 5 days", "Negative", "Sterile", "Specimen received", None, "No Staphylococcus isolated, no growth"])  # fmt: skip  # noqa: E501
def test_a_culture_without_growth_or_without_a_result_is_not(result):
    assert "bacteraemia_recent" not in read(operated("-50"), culture(result))


def test_a_positive_interpretation_is_a_positive_culture():
    mark = datatypes.CodeableConcept(coding=(datatypes.Coding(code="POS"),))
    row, said = culture("see report", interpretation=(mark,))

    assert "yes" == read(operated("-50"), (row, said)).get("bacteraemia_recent")


def test_the_limits_come_from_the_parameters():
    strict = {**NUMBERS, "crp_late": 5}
    made = replace(chart(operated("-100"), value("crp", "-0", 6)), numbers=strict)

    assert "yes" == sheet(inflammation_labs.read(made))["crp_abnormal"]


def test_a_crp_without_a_code_is_known_by_its_whole_name_only():
    row, _ = value("crp", "-1", 90)
    named = datatypes.CodeableConcept(text="C-reactive  Protein")
    other = datatypes.CodeableConcept(text="CRP antibody")

    def copy(code):
        return resources.Observation(
            resource_type="Observation",
            id="n",
            status="final",
            code=code,
            effective_date_time=row.effective_date_time,
            value_quantity=row.value_quantity,
        )

    assert 90 == read(operated("-100"), (copy(named), ()))["crp_mg_l"]
    assert "crp_mg_l" not in read(operated("-100"), (copy(other), ()))
