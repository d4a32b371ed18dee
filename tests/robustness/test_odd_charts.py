"""Charts of thousands of entries of one rare kind: the work grows with their number, the answer is that of every pair.

Here too the calls of functions are counted, not the time; see test_long_charts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from service import pipeline
from service.chart import postoperative_day
from service.chart.chart import Chart, PainStory, SurgeryStory, begun, covers, first, within
from service.chart.measurements import Reading
from service.chart.units import Amount
from service.domain.places import Place, Side
from service.domain.spans import Span
from service.domain.statements import Basis, Session, Statement
from service.fhir.record import Record
from service.findings import case_sheet
from service.findings.background import mimics
from service.findings.infection import complications, vital_signs
from service.findings.neuro import deficits, muscle_strength
from service.findings.neuro.sign_acuity import Aged
from tests.robustness.test_long_charts import DAY, bundle, calls, days_back, haemoglobin, known, operation, pain, work

ICD = "http://hl7.org/fhir/sid/icd-10-cm"


def coded(number, code, day, **changes):
    return pain(number, code={"coding": [{"system": ICD, "code": code}]}, recordedDate=days_back(day), **changes)


def measured(number, value, day):
    return {**haemoglobin(number), "effectiveDateTime": day, "valueQuantity": {"value": value, "unit": "g/dL"}}


OLD = operation(500)
ODD = {
    "chest pain of one day": lambda size: [OLD, *(coded(n, "R07.9", 2) for n in range(size))],
    "pain of the tail bone": lambda size: [OLD, *(coded(n, "M53.3", n % 900) for n in range(size))],
    "pain of the sacroiliac joint": lambda size: [OLD, *(coded(n, "M46.1", n % 900) for n in range(size))],
    "CRPS": lambda size: [OLD, *(coded(n, "G57.70", n % 900) for n in range(size))],
    "hips, each replaced before": lambda size: [
        OLD, *(coded(n, *(("M16.11", n % 20) if n % 2 else ("Z96.641", 900 + n % 99))) for n in range(size))
    ],
    "foot drops left and right": lambda size: [
        OLD, *(coded(n, *(("M21.371", n % 20) if n % 2 else ("M21.372", 40 + n % 30))) for n in range(size))
    ],
    "foot drops before and after": lambda size: [
        OLD, *(coded(n, *(("M21.371", n % 900) if n % 2 else ("M21.372", 1600 + n % 300))) for n in range(size))
    ],
    "values from before many operations": lambda size: [
        *(operation(n, performedDateTime=days_back(n, 4)) for n in range(size // 2)),
        *(measured(n, 12, "2001-01-01") for n in range(size // 2)),
    ],
    "low values of one day, one high before": lambda size: [
        OLD, measured(9999, 20, days_back(99)), *(measured(n, 12, days_back(3)) for n in range(size))
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_twice_as_many_entries_are_twice_the_work(name):
    short, long = work(ODD[name](300)), work(ODD[name](600))

    assert long < 2.3 * short, f"{short} and {long} calls"


def test_twice_as_many_grades_of_power_are_twice_the_work():
    def graded(size):
        told = [_said("muscle-grade", n % 28, n, words=f"EHL {n % 2 + 3}/5") for n in range(size)]
        return calls(lambda: muscle_strength.running_falls(_chart(told)))

    assert graded(600) < 2.3 * graded(300)


# What is found by day, side and level is what comparing every pair finds.

NUMBERS = known().numbers
SIDES, AGO = st.sampled_from(Side), st.one_of(st.none(), st.integers(0, 12).map(lambda n: n * 9))
HELD = settings(max_examples=150, deadline=None, derandomize=True)
SEVEN = {"max_size": 7}


def _on(ago, length=0):
    return None if ago is None else Span(DAY - timedelta(ago + length), DAY - timedelta(ago))


def _said(concept, ago, number, **changes):
    return Statement(concept, f"Condition/{number}", Basis.CODE, stated=_on(ago), resource="Condition", **changes)


def _chart(statements=(), sessions=(), index=None):
    surgery = SurgeryStory(sessions=tuple(sessions), index=index)
    return Chart(Record(DAY), tuple(statements), NUMBERS, surgery, PainStory(preop_side=Side.LEFT))


def _session(when, **changes):
    return Session(frozenset("D"), when, Place(), Side.UNKNOWN, (), (), **changes)


def signs(concept):
    drawn = st.tuples(AGO, AGO, AGO, SIDES)
    return st.lists(drawn, **SEVEN).map(
        lambda rows: [
            _said(concept, ago, n, onset=_on(onset), ended=_on(ended), side=side)
            for n, (ago, onset, ended, side) in enumerate(rows)
        ]
    )


@HELD
@given(signs("leg-swelling"))
def test_a_sign_is_first_stated_when_no_entry_of_all_shows_it_before(told):
    days = NUMBERS["calf_recent_days"]
    chart = _chart(told)

    def before(e, sign):
        if first(e) is None or within(first(e), days, chart) or not covers(e, sign):
            return False
        return not (e.ended and begun(sign) and e.ended.last < begun(sign).first)

    expected = {
        s.source for s in told if within(first(s), days, chart) and not any(before(e, s) for e in told)
    }  # fmt: skip
    assert expected == {s.source for s in complications._first_stated(chart, "leg-swelling", days)}


@HELD
@given(signs("hip-oa"), signs("hip-arthroplasty"))
def test_a_hip_stays_when_none_of_all_replacements_is_of_it(hips, replaced):
    expected = {h.source for h in hips if not any(mimics._replaces(r, h) for r in replaced)}

    assert expected == {h.source for h in mimics._hips(_chart([*hips, *replaced]))}


ROOTS = st.lists(
    st.tuples(st.integers(0, 3), SIDES, st.sets(st.sampled_from(["L3-L4", "L4-L5", "L5-S1"]), max_size=2)), **SEVEN
).map(lambda rows: [_said("foot-drop", 3, n, side=side, place=Place(tuple(sorted(at)))) for n, side, at in rows])


@HELD
@given(ROOTS, ROOTS, ROOTS)
def test_a_deficit_is_of_another_root_when_it_is_apart_from_all_earlier_ones(new, old, unclear):
    def apart(e, s):
        opposite = {e.side, s.side} == {Side.LEFT, Side.RIGHT}
        mine, theirs = set(e.place.segments), set(s.place.segments)
        return opposite or bool(mine and theirs and not mine & theirs)

    def is_other(sign):
        before = [e for e in (*old, *unclear) if e.source != sign.source]
        return all(apart(e, sign) for e in before) if before else sign.side is Side.RIGHT

    expected = [s for s in new if is_other(s)]
    assert expected == deficits._others(_chart(), Aged(tuple(new), tuple(old), tuple(unclear)))


GRADES = st.lists(
    st.tuples(AGO.filter(lambda ago: ago is not None), st.integers(0, 9), st.integers(0, 5), st.booleans(), SIDES),
    **SEVEN,
).map(
    lambda rows: [
        muscle_strength.Grade(
            Reading(Amount(low, low + ranged), _on(ago, long), None, f"Observation/{n}", "", True), "ehl", side
        )
        for n, (ago, long, low, ranged, side) in enumerate(rows)
    ]
)


@HELD
@given(GRADES)
def test_a_grade_has_dropped_when_any_of_all_earlier_ones_was_better(graded):
    def dropped(e, g):
        earlier = e.reading.when.last < g.reading.when.first and e.side is g.side
        return earlier and e.reading.amount.low - g.reading.amount.high >= 1

    expected = [g.reading for g in graded if any(dropped(e, g) for e in graded)]
    assert expected == list(muscle_strength._dropped(graded, graded))


@HELD
@given(st.lists(st.tuples(AGO, st.integers(0, 40), st.booleans()), **SEVEN), st.integers(0, 120), st.integers(0, 30))
def test_a_day_follows_the_latest_session_that_is_not_surely_later(rows, ago, length):
    sessions = [_session(_on(at, long), stated_only=stated and at is not None) for at, long, stated in rows]
    span = _on(ago, length)
    expected = next((s for s in reversed(sessions) if postoperative_day._since(s, span).high >= 0), None)
    found = postoperative_day.day_of(_chart(sessions=sessions), span)

    assert expected is (found and found.session)


def test_the_days_of_a_chart_whose_sessions_were_read_again_follow_the_new_ones():
    one, other = _session(_on(50)), _session(_on(9))
    chart = _chart(sessions=[one])
    again = replace(chart, surgery=replace(chart.surgery, sessions=(one, other)))

    assert [one, other, one] == [postoperative_day.day_of(each, _on(1)).session for each in (chart, again, chart)]


VALUES = st.lists(
    st.tuples(st.integers(0, 6), st.one_of(st.none(), st.integers(0, 23)), st.integers(6, 16), st.booleans()), **SEVEN
)


@HELD
@given(VALUES)
def test_a_fall_of_haemoglobin_is_found_when_any_pair_is_one(rows):
    def reading(number, ago, hour, value, vague):
        on = _on(ago, 3 if vague and hour is None else 0)
        moment = None if hour is None else datetime.combine(on.first, time(hour), UTC)
        return Reading(Amount(value * 10, value * 10), on, moment, f"Observation/{number}", "", True)

    values = sorted((reading(n, *row) for n, row in enumerate(rows)), key=vitals_order)
    pairs = [
        (e, later)
        for at, later in enumerate(values)
        for e in values[:at]
        if timedelta()
        < (later.moment - e.moment if e.moment and later.moment else later.when.last - e.when.first)
        <= timedelta(2)
        and e.amount.low - later.amount.high >= 20
    ]
    placed = list(enumerate(values))

    assert {later.ref for _, later in pairs} == {v.ref for _, v in vital_signs._fallen(_chart(), placed, placed)}


def vitals_order(reading):
    moment = reading.moment or datetime.min.replace(tzinfo=UTC)
    return reading.when.last, reading.when.first, moment, reading.amount.high, reading.amount.low, reading.ref


def test_a_value_known_by_its_month_does_not_hide_a_fall_between_two_days():
    resources = [
        operation(8), measured(1, 14, "2026-02-27"), measured(2, 14, "2026-02"), measured(3, 10, "2026-02-28")
    ]  # fmt: skip

    assert "yes" == _read(resources)["haemoglobin_fall"].value
    assert ("Observation/hb1", "Observation/hb3") == _read(resources)["haemoglobin_fall"].refs


def _read(resources):
    return case_sheet.read(pipeline.read(bundle(*resources), date(2026, 3, 1)), known()).findings
