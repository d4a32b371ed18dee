"""A word of the language data stands for its plural, its tenses and its spelling on either side of the Atlantic."""

from __future__ import annotations

import pytest

from service.text.vocabulary.inflection import american, british, forms
from tests.text import tiny


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("hematoma", "haematoma"),
        ("edema", "oedema"),
        ("anesthesia", "anaesthesia"),
        ("dyspnea", "dyspnoea"),
        ("fecal", "faecal"),
        ("ischemia", "ischaemia"),
        ("tumors", "tumours"),
        ("paralyzed", "paralysed"),
        ("mobilization", "mobilisation"),
        ("fiber", "fibre"),
        ("gray", "grey"),
        ("discectomy", "diskectomy"),
    ],
)
def test_the_key_of_a_word_is_its_american_spelling(here, there):
    assert here == american(there) == american(here)


@pytest.mark.parametrize(
    "word",
    ["hour", "hours", "four", "pour", "pours", "pouring", "your", "yours", "tours", "exercise", "exercised", "disease",
     "diseases", "raise", "raised", "toes", "shoes", "does", "noises", "advised", "arises", "bruised", "otherwise"],
)  # fmt: skip
def test_a_word_that_only_looks_british_stays(word):
    assert word == american(word)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("screw", {"screws"}),
        ("drop", {"drops", "dropped", "dropping"}),
        ("biopsy", {"biopsies", "biopsied"}),
        ("numb", {"numbly"}),
        ("stiff", {"stiffly"}),
        ("leak", {"leaks", "leaked", "leaking"}),
        ("move", {"moves", "moved", "moving"}),
        ("stenosis", {"stenoses"}),
        ("serum", {"sera"}),
        ("thrombus", {"thrombi"}),
        ("cervix", {"cervices"}),
        ("lie", {"lying"}),
        ("feeble", {"feebly"}),
        ("stretch", {"stretches"}),
    ],
)
def test_a_word_has_its_regular_forms(word, others):
    assert set() == {word, *others} - set(forms(word))


def test_a_form_has_its_british_spellings():
    assert "haematoma" in set(british("hematoma"))
    assert set() == set(british("leg"))


@pytest.mark.parametrize("written", ["haematoma", "Haematomas", "hematoma", "HEMATOMAS", "hematomas"])
def test_the_data_may_hold_either_spelling_and_any_form_is_found(written):
    for held in ("haematoma", "hematoma"):
        known = tiny.language(
            atom={"bleed": {"axis": "head", "words": [held]}}, frame=[{"concept": "fever", "all": ["bleed"]}]
        )

        assert {"fever"} == tiny.said(f"{written}.", known=known)
