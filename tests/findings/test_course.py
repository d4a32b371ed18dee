"""How the pain ran: relief must be dated, an old open entry proves nothing, and the first course that applies wins."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.findings import Finding
from service.domain.places import Side
from service.domain.statements import Basis, Polarity
from service.findings.pain import course, current_pain
from tests.findings.build import LUMBAR, chart, operation, score, sheet, statement, unlawful

DISC = operation("p1", "-400", "discectomy")


def findings_of(*parts, **more):
    return sheet(current_pain.read(chart(*parts, **more))[1])


def course_of(*parts, **more):
    return findings_of(*parts, **more)["course"]


def leg(stated, **more):
    return statement("leg-pain", stated, **more)


def test_an_unclosed_entry_from_before_the_operation_does_not_read_as_unchanged():
    assert "unchanged" != course_of(DISC, leg("-500"), leg("-20"))


def test_the_same_pain_stated_again_within_four_months_is_unchanged():
    found = findings_of(DISC, leg("-500"), leg("-340"))

    assert ("unchanged", "recorded") == (found["course"], found["course_basis"])


@pytest.mark.parametrize("lent", ["device-relief", "block-positive"])
def test_relief_by_a_stimulator_or_a_block_is_not_relief_by_the_operation(lent):
    told = [
        statement(concept, "-200", source="Observation/o1", basis=Basis.NOTE, sentence=1, words="good relief with it")
        for concept in ("pain-relief", lent)
    ]
    again = leg("-20", onset="-60")

    assert "honeymoon" == course_of(DISC, told[0], again)
    assert "honeymoon" != course_of(DISC, *told, again)


@pytest.mark.parametrize("day", ["-390", "-270"])
def test_a_statement_too_early_or_too_late_does_not_prove_unchanged(day):
    assert "unchanged" != course_of(DISC, leg("-500"), leg(day))


def test_pain_on_the_other_side_is_not_unchanged():
    assert "unchanged" != course_of(DISC, leg("-500", side=Side.LEFT), leg("-340", side=Side.RIGHT))


def test_pain_that_began_anew_is_not_unchanged():
    assert "unchanged" != course_of(DISC, leg("-500"), leg("-340", onset="-345"))


def test_stated_lack_of_relief_is_unchanged_whatever_the_dates():
    told = statement("no-relief", "-600", basis=Basis.NOTE, source="Condition/c", about_surgery=True)

    assert "unchanged" == course_of(DISC, leg("-600", source="Condition/c"), told)


def test_a_score_that_did_not_fall_is_unchanged():
    assert "unchanged" == course_of(DISC, score("o1", "-410", 8), score("o2", "-340", 7))


def test_a_score_that_fell_by_a_third_and_still_hurts_is_partial():
    found = findings_of(DISC, score("o1", "-410", 9), score("o2", "-340", 5))

    assert ("partial", "recorded") == (found["course"], found["course_basis"])


def test_relief_must_be_dated_for_a_honeymoon():
    assert "honeymoon" == course_of(DISC, score("o1", "-380", 1), leg("-20", onset="-30"))
    assert "maybe honeymoon" == course_of(DISC, leg("-20", onset="-30"))


def test_an_absence_of_codes_is_no_honeymoon():
    assert "unknown" == course_of(DISC, leg("-20"))


def test_the_abatement_of_the_old_complaint_is_dated_relief():
    found = findings_of(DISC, leg("-500", ended="-380", closed=True), leg("-20", onset="-30"))

    assert ("honeymoon", 350) == (found["course"], found["pain_free_days"])


def test_relief_without_a_later_onset_of_two_weeks_is_no_honeymoon():
    assert "honeymoon" != course_of(DISC, score("o1", "-398", 1), leg("-389", onset="-390"))


def test_day_14_belongs_to_the_honeymoon_and_day_13_does_not():
    relief = statement("pain-relief", "-399")

    assert "honeymoon" == course_of(DISC, relief, leg("-380", onset="-386"))
    assert "honeymoon" != course_of(DISC, relief, leg("-380", onset="-387"))


def test_a_first_statement_never_proves_an_interval_of_less_than_30_days():
    relief = statement("pain-relief", "-399")

    assert "honeymoon" != course_of(DISC, relief, leg("-380"))
    assert "honeymoon" == course_of(DISC, relief, leg("-360"))


def test_relief_and_return_on_another_side_is_a_new_pattern():
    parts = (
        DISC,
        leg("-500", side=Side.LEFT),
        statement("pain-relief", "-380"),
        leg("-20", onset="-30", side=Side.RIGHT),
    )
    found = findings_of(*parts)

    assert ("new pattern", "yes", "no") == (found["course"], found["pattern_differs"], found["same_side"])


def test_new_pain_in_the_first_two_weeks_is_early_new():
    assert "early new" == course_of(DISC, leg("-380", onset="-395"))
    assert "early new" != course_of(DISC, leg("-500"), leg("-380", onset="-395"))
    assert "early new" != course_of(DISC, leg("-380", onset="-386"))


def test_a_year_only_onset_proves_no_course():
    assert "unknown" == course_of(DISC, leg("-20", onset="2025"))


def test_a_first_onset_half_a_year_on_is_inferred():
    found = findings_of(DISC, leg("-200", onset="-210"))

    assert ("maybe honeymoon", "inferred") == (found["course"], found["course_basis"])


def test_an_earlier_complaint_without_onset_leaves_no_maybe():
    assert "unknown" == course_of(DISC, leg("-250"), leg("-20", onset="-30"))


def test_a_closed_complaint_is_resolved():
    found = findings_of(DISC, leg("-300", ended="-200", closed=True))

    assert ("resolved", "no", "no") == (found["course"], found["current_pain"], found["fbss_context"])


def test_worse_is_a_flag_beside_the_course():
    found = findings_of(DISC, leg("-500"), leg("-340"), statement("pain-worse", "-5"))

    assert ("unchanged", "yes") == (found["course"], found["worse"])


def test_a_new_deficit_is_worse_even_when_the_pain_is_not():
    known = {f.name: f for f in current_pain.read(chart(DISC, leg("-340")))[1]}
    deficit = Finding("deficit_new", "yes", ("Condition/d",))

    assert "no" == known["worse"].value
    assert ["yes"] == [f.value for f in course.worsened({**known, "deficit_new": deficit})]
    assert [] == list(course.worsened(known))


def test_pain_free_days_need_both_dates():
    assert "pain_free_days" not in findings_of(DISC, leg("-20", onset="-30"))
    assert 330 == findings_of(DISC, statement("pain-relief", "-360"), leg("-20", onset="-30"))["pain_free_days"]


def test_a_note_that_tells_of_relief_and_return_at_once_dates_no_relief():
    note = {"source": "Observation/n", "basis": Basis.NOTE}
    found = findings_of(
        DISC, statement("pain-relief", "-40", **note), leg("-40", **note), leg("-20", onset="-30", source="Condition/c")
    )

    assert "pain_free_days" not in found


def test_leg_pain_cured_needs_a_date_or_the_word_and_no_leg_pain_now():
    back = statement("back-pain", "-20")
    cured = leg("-500", ended="-390", closed=True)

    assert "yes" == findings_of(DISC, cured, back)["leg_pain_cured"]
    assert "leg_pain_cured" not in findings_of(DISC, cured, back, leg("-10"))
    assert "leg_pain_cured" not in findings_of(DISC, leg("-500"), back)


def test_an_operation_that_is_only_stated_gives_no_days():
    found = findings_of(statement("history-of-spine-surgery", "-400"), leg("-20", onset="-30"))

    assert "unknown" == found["course"]
    assert "onset_after_surgery_days" not in found


CONCEPTS = ["leg-pain", "back-pain", "back-and-leg-pain", "claudication", "postlaminectomy-syndrome", "pain-relief"]
CONCEPTS += ["no-relief", "pain-worse", "pain-returned", "partial-relief", "no-pain", "chronic-pain"]
DAYS = st.sampled_from([None, "2024", "2025", "2025-04", "2026", "-500", "-399", "-390", "-340", "-200", "-20", "-2"])


@st.composite
def complaints(draw):
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from(CONCEPTS), DAYS, DAYS, st.sampled_from(list(Side)), st.booleans()), max_size=6
        )
    )
    scores = draw(st.lists(st.tuples(st.sampled_from(["-410", "-380", "-30", "-3"]), st.integers(0, 10)), max_size=3))
    told = [
        statement(concept, stated, onset=onset, side=side, closed=closed, source=f"Condition/c{n}")
        for n, (concept, stated, onset, side, closed) in enumerate(rows)
    ]
    return [*told, *(score(f"o{n}", day, value) for n, (day, value) in enumerate(scores))]


@settings(max_examples=120, deadline=None)
@given(complaints(), st.sampled_from(["-400", "2025", None]), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_changes_the_pain(parts, performed, random):
    shuffled = [operation("p1", performed, "discectomy", place=LUMBAR), *parts]
    rows = list(shuffled)
    random.shuffle(shuffled)

    assert current_pain.read(chart(*rows)) == current_pain.read(chart(*shuffled))


@settings(max_examples=120, deadline=None)
@given(complaints())
def test_no_course_is_ever_called_recorded_on_an_inference(parts):
    found = {f.name: f for f in current_pain.read(chart(DISC, *parts))[1]}

    assert "course" in found
    if found["course"].value == "maybe honeymoon":
        assert "inferred" == found["course_basis"].value
        assert Basis.INFERRED is found["course"].basis
    if found["course"].value == "unknown":
        assert "course_basis" not in found


@settings(max_examples=120, deadline=None)
@given(complaints(), st.sampled_from(["-400", "-20", "2025", None]))
def test_every_finding_on_pain_is_a_word_of_the_vocabulary(parts, performed):
    found = current_pain.read(chart(operation("p1", performed, "fusion"), *parts))[1]

    assert [] == unlawful(found)
    assert len(found) == len({f.name for f in found})


# A score that names no site measures the complaint that is on record; it is no complaint of its own.


def test_a_later_score_leaves_the_complaint_its_onset():
    again = leg("-35", onset="-40")
    found = findings_of(DISC, leg("-420", ended="-390", closed=True), again, score("o", "-5", 8))

    assert (40, 350) == (found["pain_lasting_days"], found["pain_free_days"])


def test_a_first_score_for_a_known_complaint_is_no_new_back_pain():
    found = findings_of(DISC, leg("-35", onset="-40"), score("o", "-5", 8))

    assert "new_back_pain" not in found


def test_a_score_without_any_complaint_may_be_of_the_back():
    assert "yes" == findings_of(DISC, score("o", "-5", 8))["new_back_pain"]


def test_words_beside_a_coded_repeat_do_not_weaken_it():
    told = statement("no-relief", "-340", basis=Basis.NOTE, source="Condition/c")
    found = current_pain.read(chart(DISC, leg("-500"), leg("-340", source="Condition/c"), told))[1]

    assert [Basis.CODE] == [f.basis for f in found if f.name == "course"]


def test_pain_that_is_said_to_have_come_back_is_not_resolved():
    came_back = (statement("pain-relief", "-300"), statement("pain-returned", "-20", source="Observation/o1"))
    found = findings_of(DISC, leg("-500"), *came_back)

    assert ("unknown", None) == (found["course"], found.get("current_pain"))


def test_relief_after_the_return_resolves_it_again():
    found = findings_of(DISC, leg("-500"), statement("pain-returned", "-200"), statement("no-pain", "-20"))

    assert ("resolved", "no") == (found["course"], found["current_pain"])


def test_relief_and_return_told_with_its_day_are_a_good_time_without_an_open_entry():
    told = (statement("pain-relief", "-300"), statement("pain-returned", "-20", onset="-60"))

    assert "honeymoon" == findings_of(DISC, leg("-500"), *told)["course"]


def test_a_score_of_the_same_day_takes_nothing_from_the_onset_of_the_complaint():
    late = operation("p1", "-800", "discectomy")

    assert "maybe honeymoon" == course_of(late, leg("-15", onset="-20"))
    assert "maybe honeymoon" == course_of(late, leg("-15", onset="-20"), score("s", "-15", 8))


def test_a_pain_that_came_back_is_not_unchanged_because_a_later_message_calls_it_so():
    back = statement("pain-returned", "-60", source="Observation/o1", basis=Basis.NOTE)
    same = statement("no-relief", "-50", source="Observation/o2", basis=Basis.NOTE)

    assert "honeymoon" == course_of(DISC, leg("-500"), leg("-60"), back, same)


def test_a_return_and_no_relief_from_the_operation_contradict_each_other_and_no_course_is_asserted():
    back = statement("pain-returned", "-60", source="Observation/o1", basis=Basis.NOTE)
    never = statement("no-relief", "-50", source="Observation/o2", basis=Basis.NOTE, about_surgery=True)

    found = findings_of(DISC, leg("-500"), leg("-60"), back, never)

    assert ("unknown", None) == (found["course"], found.get("course_basis"))


def test_the_same_complaint_again_is_not_unchanged_where_the_note_tells_of_a_return():
    back = statement("pain-returned", "-340", source="Observation/o1", basis=Basis.NOTE)

    assert "unchanged" == course_of(DISC, leg("-500"), leg("-340"))
    assert "unchanged" != course_of(DISC, leg("-500"), leg("-340"), back)


def test_leg_pain_denied_at_a_visit_is_a_day_of_relief_of_leg_pain():
    denied = statement("leg-pain", "-200", source="Observation/o1", basis=Basis.NOTE, polarity=Polarity.NO)

    assert "honeymoon" == course_of(DISC, leg("-500"), denied, leg("-20", onset="-60"))
    assert "honeymoon" != course_of(
        DISC, leg("-500"), denied, leg("-20", onset="-60"), statement("back-pain", "-20", onset="-60")
    )
