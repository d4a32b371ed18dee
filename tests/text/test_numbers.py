"""Numbers that mean something: a number in its form, with its unit and neighbours, says what its range says."""

from __future__ import annotations

import pytest

from tests.text import tiny
from tests.text.reading import labels

FEVER = {"concept": "fever", "all": ["hot"]}
ATOMS = {
    "temp": {"axis": "head", "words": ["temperature"]},
    "none": {"axis": "modifier", "words": ["nothing near"]},
    "night": {"axis": "modifier", "words": ["night"]},
}


def says(sentence, *ranges):
    """Whether one of these ranges is met."""
    known = tiny.language(number=[{"class": "hot"} | one for one in ranges], frame=[FEVER], atom=ATOMS)
    return {"fever"} == tiny.said(sentence, known=known)


@pytest.mark.parametrize(("met", "number"), [(False, 37.9), (True, 38), (True, 40.5), (True, 43), (False, 43.1)])
def test_a_range_holds_its_bounds_and_what_is_between(met, number):
    form = "decimal" if isinstance(number, float) else "plain"

    assert met is says(f"Temperature {number}.", {"from": 38, "to": 43, "form": form})


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("plain", "Temperature now 40."),
        ("decimal", "Temperature now 40.0."),
        ("decimal", "Temperature now forty point one."),
        ("percent", "Temperature now 40%."),
        ("percent", "Temperature now 40 percent."),
        ("percent", "Temperature now 40 per cent."),
        ("minus", "Temperature now -40."),
        ("minus", "Temperature now minus 40."),
        ("of 5", "Temperature now 40/5."),
        ("bp", "Temperature now 90/40."),
        ("bp", "Temperature now 90 over 40."),
        ("bp", "Temperature now ninety over forty."),
    ],
)
def test_a_number_has_a_form(form, sentence):
    forms = {"plain", "decimal", "percent", "of 5", "bp", "of 10"}
    others = forms - {form} - ({"plain"} if form in {"minus", "decimal"} else set())

    assert says(sentence, {"form": form})
    assert [] == [other for other in others if says(sentence, {"form": other})]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (20, "twenty"),
        (38, "thirty eight"),
        (38, "thirty-eight"),
        (100, "one hundred"),
        (102, "one hundred and two"),
        (102, "one oh two"),
        (450, "four hundred fifty"),
        (450, "four hundred and fifty"),
        (103, "one zero three"),
    ],
)
def test_a_number_in_words_is_the_number_in_figures(value, words):
    assert says(f"Temperature {words} today.", {"from": value, "to": value})
    assert says(f"Temperature {value} today.", {"from": value, "to": value})


@pytest.mark.parametrize("words", ["one", "two of them", "and", "point two", "the hundred"])
def test_a_small_number_in_words_is_no_measurement(words):
    assert not says(f"Temperature {words}.", {})


def test_a_number_belongs_to_the_word_near_it():
    assert says("Temperature 39.", {"near": ["temp"]})
    assert not says("Temperature one two three four five six seven 39.", {"near": ["temp"]})
    assert not says("39.", {"near": ["temp"]})


def test_a_number_may_belong_to_the_word_behind_it():
    assert says("Temperature measured after some 39 nights.", {"after": ["night"], "near": ["none"]})
    assert not says("Temperature measured after some 39.", {"after": ["night"], "near": ["none"]})


@pytest.mark.xfail(strict=True, reason="only the word before the number keeps it from its range")
def test_a_word_may_keep_a_number_from_its_range():
    assert not says("Temperature 39 at night.", {"near": ["temp"], "unless": ["night"]})


def test_a_number_with_a_unit_needs_its_unit():
    assert says("Temperature now 400 ml.", {"units": ["ml"]})
    assert says("Temperature now 400ml.", {"units": ["ml"]})
    assert not says("Temperature now 400 mg.", {"units": ["ml"]})


@pytest.mark.parametrize("sentence", ["HbA1c 39", "L4 39 F", "12/10/2024"])
def test_the_end_of_a_name_or_a_date_is_not_a_pressure(sentence):
    assert not says(sentence, {"form": "bp"})


@pytest.mark.parametrize(
    ("label", "sentences"),
    [
        (
            "fever",
            [
                "T 38.4",
                "T39.2",
                "Temp 101.8F this morning.",
                "Temp 101 F",
                "Temp thirty-nine point one",
                "Temp one oh two",
            ],
        ),
        ("-fever", ["Temp 36.8.", "Temp 98.6, Tmax 99.1."]),
        ("hypotension", ["BP 78/40", "BP78/40", "BP 82 over 40", "BP eighty over forty"]),
        (
            "urinary-retention",
            ["PVR 450 ml, catheterised.", "PVR: 350 mL.", "Post-void residual of six hundred.", "PVR was 1.2 litres."],
        ),
        ("-urinary-retention", ["Voiding well, PVR 20.", "Post void residual 30 mL."]),
        (
            "leg-weakness",
            [
                "Right TA 3/5.",
                "EHL MRC 2.",
                "EHL 2 out of 5.",
                "Power 4 out of 5 in the left leg.",
                "Quads 3+/5.",
                "Quads 4-/5.",
            ],
        ),
        ("-leg-weakness", ["EHL 5/5, TA 5/5, quads 5/5."]),
        ("no-pain", ["VAS 0.", "Pain 0/10."]),
        ("si-tests-negative", ["SI tests 0/5."]),
        ("si-tests-positive", ["4/5 provocative SI tests positive."]),
        ("block-positive", ["80% relief after SI joint injection."]),
        ("hip-sign", ["Right hip IR limited to 5 degrees."]),
    ],
)
def test_a_measurement_says_what_a_clinician_reads_in_it(label, sentences):
    assert {} == {sentence: sorted(read) for sentence in sentences if label not in (read := labels(sentence))}


@pytest.mark.parametrize(
    "sentence",
    [
        "BMI 38.5.",
        "CRP 38.5.",
        "HbA1c 39.",
        "INR 3.9.",
        "L4/5 and L5/1.",
        "Room 39.",
        "Aged 39.",
        "On 12/10/2024.",
        "BP 120/80.",
        "VAS 8.",
        "2/5 SI tests positive.",
        "Seen at 10/12 and 5/52.",
    ],
)
def test_a_number_that_measures_something_else_says_none_of_it(sentence):
    alarms = {"fever", "hypotension", "urinary-retention", "leg-weakness", "no-pain", "si-tests-positive"}

    assert set() == alarms & labels(sentence)


def test_the_last_of_two_measurements_counts():
    assert {"-fever"} == labels("Temp 38.2 on Monday, afebrile since.")
