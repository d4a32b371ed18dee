"""Claims about units: one result, one amount; what cannot be read for sure is not read at all."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.chart.units import (
    Amount,
    read_quantity,
    read_text,
    surely_above,
    surely_at_least,
    surely_at_most,
    surely_below,
)
from service.fhir import datatypes

TABLE = tomllib.loads((Path(__file__).parents[2] / "rules" / "units.toml").read_text(encoding="utf-8"))
QUANTITIES = {kind: entry for kind, entry in TABLE.items() if kind != "names"}


def amount(value, unit, kind="crp", **more):
    return read_quantity(datatypes.Quantity(value=value, unit=unit, **more), kind)


@pytest.mark.parametrize(
    ("kind", "value", "unit", "expected"),
    [
        ("crp", 4, "mg/dL", 40),
        ("crp", 40, "mg/L", 40),
        ("crp", 40, "mg/l", 40),
        ("crp", 40, "ug/mL", 40),
        ("crp", 40, "µg/mL", 40),
        ("crp", 2.5, "mg/dL", 25),
        ("esr", 51, "mm/h", 51),
        ("esr", 51, "mm/hr", 51),
        ("esr", 51, "mm/1hr", 51),
        ("haemoglobin", 12.1, "g/dL", 121),
        ("haemoglobin", 121, "g/L", 121),
        ("platelets", 49, "10*9/L", 49),
        ("platelets", 49, "10*3/uL", 49),
        ("platelets", 49, "K/uL", 49),
        ("platelets", 49, "G/L", 49),
        ("platelets", 49000, "/uL", 49),
        ("egfr", 29, "mL/min/{1.73_m2}", 29),
        ("egfr", 29, "mL/min/1.73 m²", 29),
        ("egfr", 29, "mL/min/1.73m2", 29),
        ("inr", 1.5, "{INR}", 1.5),
        ("body-temperature", 38, "Cel", 38),
        ("body-temperature", 38, "°C", 38),
        ("body-temperature", 100.4, "[degF]", 38),
        ("blood-pressure", 89, "mm[Hg]", 89),
        ("blood-pressure", 89, "mmHg", 89),
        ("bmi", 30, "kg/m2", 30),
        ("ankle-brachial-index", 89, "%", 0.89),
    ],
)
def test_a_value_is_brought_to_the_unit_we_compute_in(kind, value, unit, expected):
    assert Amount(expected, expected) == amount(value, unit, kind)


@pytest.mark.parametrize("unit", ["mmol/L", "U/L", "furlongs", "", None, "mg"])
def test_an_unknown_or_missing_unit_makes_the_value_unknown(unit):
    assert None is amount(80, unit)


def test_two_known_units_that_disagree_make_the_value_unknown():
    assert None is amount(8, "mg/L", code="mg/dL")


def test_the_code_is_read_where_the_printed_unit_is_unknown():
    assert Amount(40, 40) == amount(4, "milligram per decilitre", code="mg/dL")


def test_grams_per_litre_of_platelets_are_billions_and_of_haemoglobin_grams():
    assert Amount(150, 150) == amount(150, "G/L", "platelets")
    assert Amount(150, 150) == amount(150, "g/L", "haemoglobin")


@pytest.mark.parametrize(("kind", "value", "unit"), [("body-temperature", 38, "[degF]"), ("body-temperature", 101, "Cel"), ("crp", -1, "mg/L"), ("haemoglobin", 1300, "g/L")])  # fmt: skip  # noqa: E501
def test_an_impossible_value_is_taken_for_a_slip(kind, value, unit):
    assert None is amount(value, unit, kind)


def test_a_value_below_the_limit_of_detection_is_surely_low_and_not_exact():
    below = amount(5, "mg/L", comparator="<")

    assert surely_at_most(below, 5)
    assert surely_below(below, 5)
    assert not surely_above(below, 0)


def test_below_fifty_does_not_say_whether_it_is_above_ten():
    below = amount(50, "mg/L", comparator="<")

    assert not surely_above(below, 10)
    assert not surely_at_most(below, 10)


def test_above_two_hundred_is_surely_above_two_hundred():
    above = amount(200, "mg/L", comparator=">")

    assert surely_above(above, 200)
    assert surely_at_least(above, 200)
    assert math.inf == above.high


def test_an_unknown_comparator_makes_the_value_unknown():
    assert None is amount(5, "mg/L", comparator="ad")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("85 mg/L", (85, 85)),
        ("8,5 mg/dl", (85, 85)),
        (" 85mg/L", (85, 85)),
        ("see comment", None),
        ("85", None),
        ("", None),
        (None, None),
        ("1" * 5000, None),
        ("85 mg/L (high)", None),
    ],
)
def test_a_written_result_is_read_when_it_is_a_number_with_a_unit(text, expected):
    read = read_text(text, "crp")

    assert expected == (read and (read.low, read.high))


@given(st.sampled_from(sorted(QUANTITIES)), st.floats(0, 1e6), st.sampled_from(["", "<", "<=", ">", ">="]), st.data())
def test_whatever_is_read_is_an_ordered_amount(kind, value, comparator, data):
    unit = data.draw(st.sampled_from(sorted(QUANTITIES[kind]["is"])))
    read = amount(value, unit, kind, comparator=comparator or None)

    assert read is None or read.low <= read.high


@given(st.floats(0, 10_000, allow_nan=False))
def test_ten_times_as_many_milligrams_per_litre_as_per_decilitre(value):
    assert amount(round(value, 4), "mg/dL") == amount(round(round(value, 4) * 10, 6), "mg/L")


@given(st.text(max_size=60), st.sampled_from(sorted(QUANTITIES)))
def test_no_unit_or_text_ever_raises(text, kind):
    assert amount(1, text, kind) is None or text.strip() == "" or amount(1, text, kind)
    read_text(text, kind)


@given(st.floats())
def test_no_number_ever_raises(value):
    amount(value, "mg/L")


def test_every_quantity_has_its_own_unit_among_its_units():
    for kind, entry in QUANTITIES.items():
        own = entry["unit"].lower().replace(" ", "")
        assert own in entry["is"] or kind in ("inr", "ankle-brachial-index", "muscle-grade"), kind
        assert set(entry.get("zero", {})) <= set(entry["is"]), kind


def test_every_name_is_written_as_names_are_compared():
    for names in TABLE["names"].values():
        assert all(name == " ".join(name.lower().split()) for name in names)
