"""Claims about the course of a muscle's power over the notes of a chart: what is new, known, slight and fallen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.spans import Span
from service.domain.statements import Basis
from service.findings.neuro import deficits
from service.text.documents.entries import Entry, Text
from service.text.pipeline import read_entry
from tests.findings.build import at, chart, on, operation, sheet
from tests.text.reading import language

LAYOUTS = (
    "L EHL {0}/5, R EHL 5/5.",
    "Motor (R/L): TA 5/5, EHL 5/{0}, GS 5/5.",
    "Strength 5/5 throughout except L EHL {0}/5.",
    "Power        Right   Left\nTA     5    5\nEHL    5    {0}\nGS    5    5",
    "LLE: IP 5, Q 5, TA 5, EHL {0}, GS 5.",
)


def note(day: str, words: str):
    when = on(day)
    assert isinstance(when, Span)
    entry = Entry(
        ref=f"DocumentReference/{day}.{len(words)}",
        kind="note",
        basis=Basis.NOTE,
        texts=(Text(words, when),),
        resource="Document",
    )
    return read_entry(entry, language()).statements


def found(*notes: tuple[str, str], operated: str = "-400", where: str = "L4-L5"):
    said = [s for day, words in notes for s in note(day, words)]
    made = sheet(deficits.read(chart(operation("op", operated, "discectomy", place=at(where)), *said)))
    return {n: made.get(n) for n in ("deficit_new", "deficit_old", "deficit_unclear")}


graded = st.tuples(st.integers(1, 5), st.sampled_from(LAYOUTS))


@given(st.lists(graded, max_size=4), graded)
@settings(max_examples=60, deadline=None)
def test_a_weak_muscle_is_new_if_and_only_if_it_never_was_graded_or_had_more_by_a_grade(before, now):
    days = range(40 + 30 * len(before), 40, -30)
    notes = [(f"-{day}", layout.format(grade)) for day, (grade, layout) in zip(days, before, strict=True)]
    last = before[-1][0] if before else 5
    new = "yes" if now[0] < min(last, 5) else None

    assert new == found(*notes, ("-2", now[1].format(now[0])))["deficit_new"]


def test_a_grade_no_worse_than_before_the_operation_is_old_and_one_below_it_new():
    before = ("-60", "L TA 3/5, L EHL 3/5.")

    assert (None, "yes") == tuple(
        found(before, ("-5", "L TA 3/5, L EHL 3/5, R 5/5."), operated="-20")[n] for n in ("deficit_new", "deficit_old")
    )
    assert "yes" == found(before, ("-5", "L TA 1/5, L EHL 3/5."), operated="-20")["deficit_new"]


def test_a_weakness_that_began_these_days_stays_new_while_it_is_the_same():
    assert "yes" == found(("-200", "Strength 5/5."), ("-9", "L TA 3/5."), ("-2", "L TA 3/5."))["deficit_new"]


@pytest.mark.parametrize("words", ["L TA 4+/5.", "Motor (R/L): TA 5/5-, EHL 5/4+, GS 5/5."])
def test_less_than_full_power_is_asked_about_but_right_after_the_operation_and_where_it_is_called_new_it_counts(words):
    assert (None, "yes") == tuple(found(("-2", words))[n] for n in ("deficit_new", "deficit_unclear"))
    assert "yes" == found(("-2", words), operated="-5")["deficit_new"]
    assert "yes" == found(("-2", f"New weakness since Monday, {words}"))["deficit_new"]


def test_the_other_side_is_another_course_and_another_muscle_of_a_weak_leg_is_asked_about():
    assert "yes" == found(("-200", "R TA 2/5."), ("-2", "L TA 2/5."))["deficit_new"]
    assert "yes" == found(("-200", "L EHL 2/5."), ("-2", "L quad 2/5, L EHL 2/5."))["deficit_unclear"]


@pytest.mark.parametrize(
    ("new", "words", "where"),
    [
        (None, "L ankle jerk absent.", "L5-S1"),
        ("yes", "L ankle jerk gone, it was present last summer.", "L5-S1"),
        ("yes", "L ankle jerk absent.", "L2-L3"),
        ("yes", "L knee jerk absent.", "L5-S1"),
        (None, "L knee jerk absent, L quad 4+/5.", "L2-L3"),
        (None, "L knee jerk absent, unchanged.", "L2-L3"),
    ],
)
def test_a_lost_jerk_is_no_new_deficit_of_its_own_operated_root_beside_power_or_unchanged(new, words, where):
    assert new == found(("-2", words), where=where)["deficit_new"]


@pytest.mark.parametrize(
    "words",
    [
        "Preop L) EHL 4-/5. Leg pain gone. EHL 4/5, rest 5/5.",
        "Preop left foot drop TA 3/5, EHL 2/5 for 9 days. Today: TA 4/5, EHL 3/5 already.",
        "L quad weakness 4-/5 preop, giving way. L quads 4/5, others 5/5 for age.",
        "Preop L foot drop TA 2/5. Now TA 4/5. AFO not needed, walking with mild slap only.",
    ],
)
def test_a_power_that_rose_since_before_the_operation_is_not_new(words):
    assert None is found(("-1", words), operated="-2")["deficit_new"]


@pytest.mark.parametrize(
    "words",
    [
        "Preop left EHL 5/5. EHL 3/5, rest 5/5.",
        "Preop left TA 4/5. Today TA 2/5.",
        "L EHL 3/5, others 5/5.",
        "Preop L foot drop TA 3/5. Now TA 4/5. Foot drop since this morning, slapping.",
    ],
)
def test_a_power_that_fell_or_was_never_graded_before_is_new(words):
    assert "yes" == found(("-1", words), operated="-2")["deficit_new"]


def test_who_grades_on_the_same_day_without_the_scale_sees_the_same_weakness():
    doctor = ("-1", "TA R 4+/5 (pre-op 4/5), EHL R 4/5 (pre-op 3/5), sensation of the shin slightly dull.")

    assert None is found(doctor, ("-1", "Physio. R: TA 4+, EHL 4."), operated="-2")["deficit_new"]
    assert "yes" == found(doctor, ("-1", "Physio. R: TA 4+, EHL 2."), operated="-2")["deficit_new"]
