"""Claims about deficits, bladder, bowel and saddle: what is new, what is old, and what somebody has to ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from service.chart.chart import PainStory
from service.domain.findings import Finding
from service.domain.places import Side
from service.domain.statements import Basis, Polarity
from service.fhir import datatypes, resources
from service.findings.neuro import deficits
from service.text.statements import attributes
from tests.findings.build import at, chart, on, operation, sheet, statement

LONG_AGO = operation("op", "-400", "discectomy")
TODAY_OP = operation("op", "-0", "discectomy")


def read(*parts, known=(), pain=None, **kinds):
    made = chart(*parts, **kinds)
    made = replace(made, pain=pain, known={**made.known, **{f.name: f for f in known}})
    return sheet(deficits.read(made))


def said_of(name, *parts, **kinds):
    return read(*parts, **kinds).get(name)


# --- deficit: new, old, unclear -------------------------------------------------------------------------------------


@pytest.mark.parametrize("concept", ["foot-drop", "leg-weakness", "bilateral-leg-weakness", "reflex-loss"])
@pytest.mark.parametrize("day", ["-0", "-30"])
def test_a_deficit_first_stated_within_thirty_days_is_new(concept, day):
    assert "yes" == said_of("deficit_new", LONG_AGO, statement(concept, day))


def test_a_deficit_first_stated_between_thirty_and_ninety_days_ago_is_unclear():
    found = read(LONG_AGO, statement("foot-drop", "-31"))

    assert ("yes", None, None) == tuple(found.get(n) for n in ("deficit_unclear", "deficit_new", "deficit_old"))


def test_a_deficit_first_stated_ninety_days_ago_is_unclear_and_one_day_older_it_is_old():
    assert ("yes", None) == tuple(
        read(LONG_AGO, statement("foot-drop", "-90")).get(n) for n in ("deficit_unclear", "deficit_old")
    )
    assert (None, "yes") == tuple(
        read(LONG_AGO, statement("foot-drop", "-91")).get(n) for n in ("deficit_unclear", "deficit_old")
    )


@pytest.mark.parametrize(
    ("concept", "words", "name"),
    [
        ("leg-weakness", "4/5 strength left EHL, chronic, stable since before surgery.", "deficit_unclear"),
        ("foot-drop", "Longstanding left foot drop, unchanged.", "deficit_unclear"),
        ("leg-weakness", "R TA 2/5, unchanged from preop.", "deficit_unclear"),
        ("leg-weakness", "R TA 2/5, unchanged from this morning.", "deficit_new"),
        ("leg-weakness", "R TA 2/5 (baseline 5/5).", "deficit_new"),
        ("leg-weakness", "R TA 2/5, pre-op 5/5.", "deficit_new"),
        ("urinary-retention", "Urinary retention, chronic back pain.", "sphincter_new"),
        ("urinary-incontinence", "Chronic urinary incontinence, unchanged for years.", "sphincter_unclear"),
        ("urinary-incontinence", "Chronic urinary incontinence, worse since yesterday.", "sphincter_new"),
        ("urinary-incontinence", "58F with chronic LBP and urinary incontinence.", "sphincter_new"),
        ("urinary-retention", "Chronic low back pain with urinary retention.", "sphincter_new"),
        ("urinary-incontinence", "Chronic foot drop and urinary incontinence since last night.", "sphincter_new"),
        ("bowel-incontinence", "Chronic urinary incontinence, bowel incontinence since Monday.", "sphincter_new"),
        ("leg-weakness", "Chronic left foot drop, weakness of the right leg since Monday.", "deficit_new"),
        ("leg-weakness", "EHL weakness 4/5, chronic.", "deficit_unclear"),
    ],
)
def test_a_sign_that_is_itself_called_chronic_is_asked_about_and_not_new(concept, words, name):
    found = read(LONG_AGO, statement(concept, "-1", words=words))

    assert [name] == [n for n in found if n.endswith(("_new", "_unclear"))]


def test_an_old_bladder_beside_it_takes_nothing_from_saddle_numbness():
    words = "Chronic urinary incontinence, numb saddle since last night."

    assert "yes" == read(LONG_AGO, statement("saddle-numbness", "-1", words=words))["saddle"]


def test_an_undated_deficit_is_never_new_but_asked_about():
    found = read(LONG_AGO, statement("foot-drop"))

    assert {"deficit_unclear": "yes"} == found


def test_an_old_deficit_alone_never_counts_as_new():
    assert {"deficit_old": "yes"} == read(LONG_AGO, statement("foot-drop", "-2000"))


def test_an_old_deficit_stated_again_is_asked_about_and_not_new():
    found = read(LONG_AGO, statement("foot-drop", "-800"), statement("foot-drop", "-5"))

    assert ("yes", "yes", None) == tuple(found.get(n) for n in ("deficit_old", "deficit_unclear", "deficit_new"))


def test_an_entry_that_dates_its_own_onset_years_back_is_not_new_because_it_was_typed_today():
    found = read(LONG_AGO, statement("foot-drop", "-1", onset="2015"))

    assert ("yes", None) == (found.get("deficit_unclear"), found.get("deficit_new"))


def test_the_other_foot_is_another_sign_and_therefore_new():
    found = read(
        LONG_AGO,
        statement("foot-drop", "-800", side=Side.LEFT),
        statement("foot-drop", "-5", side=Side.RIGHT),
    )

    assert ("yes", "yes") == (found.get("deficit_new"), found.get("deficit_other_root"))


def test_an_old_foot_drop_without_a_side_may_be_either_foot():
    found = read(LONG_AGO, statement("foot-drop", "-800"), statement("foot-drop", "-5", side=Side.RIGHT))

    assert ("yes", None) == (found.get("deficit_unclear"), found.get("deficit_new"))


def test_an_old_weak_leg_does_not_hide_a_new_foot_drop():
    found = read(LONG_AGO, statement("leg-weakness", "-800"), statement("foot-drop", "-5"))

    assert "yes" == found.get("deficit_new")


def test_a_weak_leg_after_an_old_foot_drop_may_be_that_foot_drop():
    found = read(LONG_AGO, statement("foot-drop", "-800"), statement("leg-weakness", "-5"))

    assert ("yes", None) == (found.get("deficit_unclear"), found.get("deficit_new"))


def test_a_lost_reflex_beside_an_old_foot_drop_is_new():
    assert "yes" == said_of("deficit_new", LONG_AGO, statement("foot-drop", "-800"), statement("reflex-loss", "-3"))


def test_a_deficit_that_had_ended_and_came_back_is_new():
    found = read(LONG_AGO, statement("foot-drop", "-800", ended="-500", closed=True), statement("foot-drop", "-5"))

    assert "yes" == found.get("deficit_new")


def test_a_closed_entry_is_no_present_deficit():
    assert {} == read(LONG_AGO, statement("foot-drop", "-5", closed=True))


def test_a_month_alone_that_may_be_recent_is_asked_about():
    assert {"deficit_unclear": "yes"} == read(LONG_AGO, statement("foot-drop", "2026-04"))


def test_a_doubted_recent_deficit_is_asked_about():
    doubted = statement("foot-drop", "-3", polarity=Polarity.UNCERTAIN)

    assert {"deficit_unclear": "yes"} == read(LONG_AGO, doubted)


def test_a_denied_deficit_is_nothing():
    assert {} == read(LONG_AGO, statement("foot-drop", "-3", polarity=Polarity.NO, basis=Basis.NOTE))


def test_a_note_that_denies_does_not_cancel_a_coded_deficit():
    denied = statement("foot-drop", "-1", polarity=Polarity.NO, basis=Basis.NOTE)

    assert "yes" == said_of("deficit_new", LONG_AGO, statement("foot-drop", "-3"), denied)


def test_an_answer_that_denies_later_ends_the_deficit():
    denied = statement("foot-drop", "-1", polarity=Polarity.NO, basis=Basis.ANSWER)

    assert None is said_of("deficit_new", LONG_AGO, statement("foot-drop", "-3"), denied)


def test_painless_foot_drop_needs_no_pain_entry():
    assert "yes" == said_of("deficit_new", operation("op", "-10", "fusion"), statement("foot-drop", "-2"))


def test_a_deficit_told_only_before_the_operation_is_old_and_its_age_is_not_asked():
    found = read(operation("op", "-10", "discectomy"), statement("foot-drop", "-20"))

    assert ("yes", None, None) == tuple(map(found.get, ("deficit_old", "deficit_unclear", "deficit_new")))


def test_the_age_of_a_deficit_told_again_after_the_operation_is_asked():
    found = read(operation("op", "-10", "discectomy"), statement("foot-drop", "-20"), statement("foot-drop", "-5"))

    assert "yes" == found.get("deficit_unclear")


def test_an_urge_known_before_the_operation_is_asked_about_only_where_it_is_new():
    known, again = statement("urge-incontinence", "-900"), statement("urge-incontinence", "-5")

    assert None is said_of("sphincter_unclear", operation("op", "-10", "discectomy"), known, again)
    assert "yes" == said_of("sphincter_unclear", operation("op", "-10", "discectomy"), again)


def test_a_deficit_from_before_the_operation_stated_again_persists():
    found = read(operation("op", "-100", "discectomy"), statement("foot-drop", "-120"), statement("foot-drop", "-50"))

    assert "yes" == found.get("deficit_persisting")


def test_a_deficit_on_the_day_of_the_operation_is_new():
    assert "yes" == said_of("deficit_new", operation("op", "-3", "discectomy"), statement("foot-drop", "-3"))


def test_an_undated_operation_does_not_silence_a_new_deficit():
    assert "yes" == said_of("deficit_new", operation("op", None, "discectomy"), statement("foot-drop", "-3"))


def test_a_deficit_on_the_side_that_never_hurt_is_of_another_root():
    found = read(LONG_AGO, statement("foot-drop", "-3", side=Side.LEFT), pain=PainStory(preop_side=Side.RIGHT))

    assert "yes" == found.get("deficit_other_root")


def test_a_deficit_of_another_level_is_of_another_root():
    found = read(
        LONG_AGO,
        statement("reflex-loss", "-800", place=at("L5-S1")),
        statement("foot-drop", "-3", place=at("L4-L5")),
    )

    assert "yes" == found.get("deficit_other_root")


def test_a_new_deficit_says_how_old_it_is_by_its_earliest_entry():
    found = read(LONG_AGO, statement("foot-drop", "-3"), statement("reflex-loss", "-12", onset="-14"))

    assert 14 == found["deficit_days_ago"]


def test_progress_is_read_only_when_it_was_stated_lately():
    assert "yes" == said_of("deficit_progressive", LONG_AGO, statement("progressive-deficit", "-3"))
    assert None is said_of("deficit_progressive", LONG_AGO, statement("progressive-deficit", "-40"))


def test_the_finding_carries_its_references_words_and_day():
    found = {
        f.name: f
        for f in deficits.read(
            chart(LONG_AGO, statement("foot-drop", "-3", source="Condition/fd", words="Foot drop, left"))
        )
    }

    assert ("Condition/fd",) == found["deficit_new"].refs
    assert "Foot drop, left" == found["deficit_new"].words
    assert on("-3") == found["deficit_new"].when


def test_words_of_a_note_stay_words_of_a_note():
    found = {f.name: f for f in deficits.read(chart(LONG_AGO, statement("foot-drop", "-3", basis=Basis.NOTE)))}

    assert Basis.NOTE is found["deficit_new"].basis


@given(st.integers(0, 4000), st.integers(0, 4000))
def test_of_two_entries_the_older_one_decides_and_new_is_never_old(first, second):
    found = read(
        operation("op", "-5000", "discectomy"),
        statement("foot-drop", f"-{first}", source="Condition/a"),
        statement("foot-drop", f"-{second}", source="Condition/b"),
    )

    assert ("yes" if max(first, second) <= 30 else None) == found.get("deficit_new")
    assert ("yes" if max(first, second) > 90 else None) == found.get("deficit_old")
    assert not {"deficit_new", "deficit_old"} <= found.keys()


# --- graded power ---------------------------------------------------------------------------------------------------


def grade(id_, day, value, text="EHL", side=Side.LEFT):
    when = on(day)
    row = resources.Observation(
        resource_type="Observation",
        id=id_,
        status="final",
        code=datatypes.CodeableConcept(text=text),
        effective_date_time=when.first.isoformat(),
        value_string=f"{value}/5",
    )
    return row, (statement("muscle-grade", day, source=row.ref, basis=Basis.VALUE, side=side, words=text),)


def test_a_muscle_grade_down_by_one_is_a_new_deficit():
    assert "yes" == said_of("deficit_new", LONG_AGO, grade("a", "-200", 5), grade("b", "-3", 4))


def test_a_muscle_grade_down_by_one_is_new_even_where_weakness_is_old():
    found = read(LONG_AGO, statement("leg-weakness", "-500"), grade("a", "-200", 4), grade("b", "-3", 2))

    assert ("yes", "yes") == (found.get("deficit_new"), found.get("deficit_old"))


def test_the_grade_of_another_muscle_or_side_is_no_fall():
    assert None is said_of("deficit_new", LONG_AGO, grade("a", "-200", 5, "Quadriceps"), grade("b", "-3", 5, "EHL"))
    found = read(LONG_AGO, grade("x", "-200", 4), grade("a", "-200", 5, side=Side.RIGHT), grade("b", "-3", 4))

    assert None is found.get("deficit_new")


def test_weak_hands_are_no_deficit_of_the_leg():
    assert None is said_of("deficit_new", LONG_AGO, grade("a", "-200", 5, "Grip"), grade("b", "-3", 3, "Grip"))


def test_a_first_weak_grade_states_a_new_weakness():
    assert "yes" == said_of("deficit_new", LONG_AGO, grade("b", "-3", 3))


def test_full_power_is_no_deficit():
    assert {} == read(LONG_AGO, grade("b", "-3", 5))


def test_a_fall_between_two_recent_gradings_is_progress():
    assert "yes" == said_of("deficit_progressive", LONG_AGO, grade("a", "-9", 4), grade("b", "-3", 3))


def test_a_grade_in_a_note_counts_like_one_in_a_field():
    said = [
        statement("muscle-grade", "-200", source="DiagnosticReport/a", basis=Basis.NOTE, words="EHL 5/5"),
        statement("muscle-grade", "-2", source="DiagnosticReport/b", basis=Basis.NOTE, words="EHL 3/5"),
    ]

    assert "yes" == said_of("deficit_new", LONG_AGO, *said)


# --- both legs ------------------------------------------------------------------------------------------------------


def test_new_weakness_of_both_legs_by_its_code():
    assert "yes" == said_of("bilateral_weakness_new", LONG_AGO, statement("bilateral-leg-weakness", "-2"))


@pytest.mark.parametrize(
    ("new", "unclear", "words"),
    [
        (None, "yes", "Quadriceps 4+/5 both sides, knee jerks absent."),
        (None, "yes", "Quadriceps 5-/5 both sides."),
        ("yes", None, "Quadriceps 4/5 both sides."),
        ("yes", None, "Quadriceps 4+/5, ankles 3/5 both sides."),
        ("yes", None, "Both ankles weak, 4+/5."),
    ],
)
def test_less_than_full_power_is_asked_about_and_neither_new_nor_weakness_of_both_legs(new, unclear, words):
    told = attributes.read("leg-weakness", words)
    weak = replace(statement("leg-weakness", "-2", side=Side.BILATERAL), words=words, attributes=told)
    found = read(LONG_AGO, weak)

    assert (new, new, unclear) == tuple(
        found.get(n) for n in ("bilateral_weakness_new", "deficit_new", "deficit_unclear")
    )


def test_a_new_weak_left_and_a_new_weak_right_leg_are_both_legs():
    found = read(
        LONG_AGO, statement("foot-drop", "-2", side=Side.LEFT), statement("leg-weakness", "-1", side=Side.RIGHT)
    )

    assert "yes" == found.get("bilateral_weakness_new")


def test_an_old_weak_leg_and_a_new_one_are_not_new_weakness_of_both():
    found = read(
        LONG_AGO, statement("foot-drop", "-900", side=Side.LEFT), statement("foot-drop", "-1", side=Side.RIGHT)
    )

    assert (None, "yes") == (found.get("bilateral_weakness_new"), found.get("deficit_new"))


def test_an_old_paraparesis_is_not_new():
    assert None is said_of("bilateral_weakness_new", LONG_AGO, statement("bilateral-leg-weakness", "-900"))


def test_old_weakness_of_one_leg_does_not_hide_new_weakness_of_both():
    found = read(LONG_AGO, statement("leg-weakness", "-900", side=Side.LEFT), statement("bilateral-leg-weakness", "-2"))

    assert "yes" == found.get("bilateral_weakness_new")


# --- bladder and bowel ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("concept", ["urinary-retention", "urinary-incontinence", "bowel-incontinence"])
def test_a_bladder_or_bowel_sign_of_these_days_is_new_years_after_surgery(concept):
    assert "yes" == said_of("sphincter_new", LONG_AGO, statement(concept, "-3"))


def test_stress_incontinence_is_never_a_sign():
    assert {} == read(LONG_AGO, statement("urinary-incontinence", "-3", code="N39.3"))


def test_new_urge_incontinence_is_asked_about_and_no_more():
    assert {"sphincter_unclear": "yes"} == read(LONG_AGO, statement("urge-incontinence", "-3"))


def test_urge_incontinence_of_six_years_never_fires_alone():
    assert {"sphincter_old": "yes"} == read(LONG_AGO, statement("urge-incontinence", "-2190"))


def test_retention_after_known_urge_incontinence_is_a_different_sign_and_new():
    found = read(LONG_AGO, statement("urge-incontinence", "-2190"), statement("urinary-retention", "-2"))

    assert "yes" == found.get("sphincter_new")


def test_stool_loss_beside_an_old_bladder_is_new():
    found = read(LONG_AGO, statement("urinary-retention", "-2190"), statement("bowel-incontinence", "-2"))

    assert "yes" == found.get("sphincter_new")


def test_known_incontinence_under_another_code_is_asked_about():
    found = read(LONG_AGO, statement("urge-incontinence", "-2190"), statement("urinary-incontinence", "-2"))

    assert ("yes", None) == (found.get("sphincter_unclear"), found.get("sphincter_new"))


def test_a_bladder_code_from_before_the_operation_is_old_however_recent():
    found = read(operation("op", "-5", "discectomy"), statement("urinary-retention", "-12"))

    assert {"sphincter_old": "yes"} == found


def test_the_same_bladder_code_stated_again_after_the_operation_is_asked_about():
    found = read(
        operation("op", "-5", "discectomy"), statement("urinary-retention", "-12"), statement("urinary-retention", "-1")
    )

    assert ("yes", None) == (found.get("sphincter_unclear"), found.get("sphincter_new"))


@pytest.mark.parametrize("day", ["-31", "-90", None])
def test_a_bladder_sign_in_between_or_undated_is_unclear(day):
    assert {"sphincter_unclear": "yes"} == read(LONG_AGO, statement("urinary-retention", day))


# --- isolated early retention ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("operated", "expected"), [("-0", "yes"), ("-2", "yes"), ("-3", "no")])
def test_retention_alone_is_usual_until_day_two_and_a_red_flag_from_day_three(operated, expected):
    found = read(operation("op", operated, "discectomy"), statement("urinary-retention", "-0"))

    assert expected == found.get("isolated_early_retention")


def test_retention_of_day_one_that_nobody_closed_is_a_red_flag_on_day_four():
    found = read(operation("op", "-4", "discectomy"), statement("urinary-retention", "-3"))

    assert ("yes", "no") == (found.get("sphincter_new"), found.get("isolated_early_retention"))


@pytest.mark.parametrize(
    "beside",
    [
        statement("saddle-numbness", "-0"),
        statement("lax-sphincter", "-0"),
        statement("bilateral-leg-weakness", "-0"),
        statement("bilateral-leg-pain", "-0"),
        statement("foot-drop", "-0"),
        statement("bowel-incontinence", "-0"),
        statement("cauda-equina-code", "-0"),
    ],
    ids=lambda s: s.concept,
)
def test_retention_beside_any_other_sign_is_not_isolated(beside):
    assert "no" == said_of("isolated_early_retention", TODAY_OP, statement("urinary-retention", "-0"), beside)


@pytest.mark.parametrize("name", ["severe_pain", "new_bilateral_leg_pain"])
def test_retention_with_severe_or_two_sided_pain_is_not_isolated(name):
    found = read(TODAY_OP, statement("urinary-retention", "-0"), known=[Finding(name, "yes")])

    assert "no" == found.get("isolated_early_retention")


def test_retention_after_an_undated_operation_is_not_isolated():
    found = read(operation("op", None, "discectomy"), statement("urinary-retention", "-0"))

    assert "no" == found.get("isolated_early_retention")


def test_retention_after_an_operation_of_this_month_is_not_surely_early():
    found = read(operation("op", "2026-05", "discectomy"), statement("urinary-retention", "-0"))

    assert "no" == found.get("isolated_early_retention")


def test_an_injection_restarts_the_clock_of_early_retention():
    found = read(LONG_AGO, operation("inj", "-1", "spinal-injection"), statement("urinary-retention", "-0"))

    assert "yes" == found.get("isolated_early_retention")


@given(st.sampled_from(["-0", "-2", "-5", "-400", None]), st.integers(0, 40))
def test_isolated_early_retention_is_known_whenever_a_sphincter_sign_is_new(operated, day):
    found = read(operation("op", operated, "discectomy"), statement("urinary-retention", f"-{day}"))

    assert ("sphincter_new" in found) == ("isolated_early_retention" in found)


# --- saddle, anal tone, sexual loss, cauda equina -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("saddle-numbness", "saddle"),
        ("lax-sphincter", "lax_sphincter"),
        ("sexual-loss", "sexual_loss_new"),
        ("cauda-equina-code", "cauda_equina_coded"),
    ],
)
def test_one_sign_of_the_cauda_equina_is_enough_when_new_and_is_asked_about_otherwise(concept, name):
    assert "yes" == said_of(name, LONG_AGO, statement(concept, "-30"))
    assert {"sphincter_unclear": "yes"} == read(LONG_AGO, statement(concept, "-31"))
    assert {"sphincter_unclear": "yes"} == read(LONG_AGO, statement(concept))
    assert {} == read(LONG_AGO, statement(concept, "-91"))


def test_a_saddle_that_was_denied_is_a_no():
    assert "no" == said_of("saddle", LONG_AGO, statement("saddle-numbness", "-1", polarity=Polarity.NO))


def test_a_saddle_that_is_both_stated_and_denied_is_a_yes():
    found = read(
        LONG_AGO,
        statement("saddle-numbness", "-2", basis=Basis.NOTE),
        statement("saddle-numbness", "-2", basis=Basis.NOTE, polarity=Polarity.NO),
    )

    assert "yes" == found.get("saddle")


def test_numbness_of_a_leg_is_no_saddle():
    assert {"leg_numbness": "yes"} == read(LONG_AGO, statement("sensory-loss", "-3"))


def test_numbness_from_before_the_operation_is_not_read_as_present():
    assert {} == read(LONG_AGO, statement("sensory-loss", "-600"))
