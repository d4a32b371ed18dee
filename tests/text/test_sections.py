"""Where a sentence stands: headings of every kind, what ends them, and lists that their first line announces."""

from __future__ import annotations

import pytest

from service.text.documents import sentences
from service.text.vocabulary import sections as cut
from service.text.vocabulary.sections import UNREAD, Section
from tests.text.reading import labels, language


def split(text, opening=Section.BODY):
    return sentences.split(text, language().headings, opening)


def parts(text):
    return cut.parts(text, language().headings)


def sections(text):
    """Each sentence with its section."""
    return [(sentence.section, sentence.text) for sentence in split(text)]


def section_of(text, words):
    (found,) = [section for section, sentence in sections(text) if words in sentence]
    return found


@pytest.mark.parametrize(
    ("section", "headings"),
    [
        (Section.IMPRESSION, ["IMPRESSION", "Conclusion", "Opinion", "Diagnosis", "Interpretation"]),
        (Section.ADDENDUM, ["ADDENDUM", "Correction"]),
        (Section.INDICATION, ["INDICATION", "Clinical history", "Reason for exam", "Clinical information", "HISTORY"]),
        (Section.BACKGROUND, ["COMPARISON", "Technique", "Prior studies", "Protocol"]),
        (Section.FAMILY, ["Family history", "FH", "FHx"]),
        (Section.PLAN, ["Plan", "RECOMMENDATIONS", "Follow-up", "Next steps", "Goals"]),
        (
            Section.ADVICE,
            [
                "Discharge advice",
                "RETURN PRECAUTIONS",
                "Safety netting",
                "Patient education",
                "When to seek help",
                "What to look out for",
                "Call us if",
                "Return to the ED if",
                "Warning signs",
                "Patient information leaflet",
                "Contact the ward when",
            ],
        ),
        (Section.CONSENT, ["Consent", "Risks", "Risks discussed", "Risks and benefits", "Complications of surgery"]),
        (Section.BODY, ["FINDINGS", "Examination", "O/E", "HPI", "Review of systems", "Subjective"]),
        (Section.PAST, ["PMH", "Past medical history", "Problem list"]),
    ],
)
def test_a_heading_in_any_writing_opens_its_section(section, headings):
    found = {
        (heading, shape): section_of(f"First.\n\n{shape.format(heading)}stenosis", "stenosis")
        for heading in headings
        for shape in ("{}: ", "{}:\n", "## {}\n", "**{}:** ", "- {}: ")
    }

    assert set() == {pair for pair, at in found.items() if at is not section}


def test_headings_are_found_at_line_starts_within_lines_and_in_capitals():
    text = "CLINICAL HISTORY: pain\nFINDINGS\nA. IMPRESSION: B. Conclusion: C"

    assert [
        (Section.INDICATION, "pain"),
        (Section.BODY, "A."),
        (Section.IMPRESSION, "B."),
        (Section.IMPRESSION, "C"),
    ] == [(part.section, part.text) for part in parts(text)]


def test_a_word_before_a_colon_is_not_a_heading():
    assert [(Section.BODY, "Power: foot drop.")] == sections("Power: foot drop.")


def test_what_opens_a_text_holds_until_its_first_heading():
    assert [Section.IMPRESSION, Section.BODY] == [
        sentence.section for sentence in split("Stenosis.\nFINDINGS: Fracture.", Section.IMPRESSION)
    ]


@pytest.mark.parametrize(
    "heading", ["Plan", "Family history", "Discharge advice", "Consent", "Comparison", "Indication"]
)
def test_a_block_that_is_not_of_the_patient_now_ends_with_its_blank_line(heading):
    text = f"{heading}:\nstenosis\nfracture\n\nFoot drop today."

    assert section_of(text, "stenosis") is section_of(text, "fracture") is not Section.BODY
    assert section_of(text, "Foot drop") is Section.BODY


@pytest.mark.parametrize("heading", ["Plan", "Discharge advice", "Consent", "Family history"])
@pytest.mark.parametrize("other", ["Examination", "EXAMINATION", "WOUND STATUS", "NEUROLOGY", "On examination"])
def test_a_block_ends_with_the_next_heading_even_an_unknown_one_in_capitals(heading, other):
    assert section_of(f"{heading}: stenosis\n{other}: foot drop", "foot drop") is Section.BODY
    assert section_of(f"{heading}:\nstenosis\n{other}\nfoot drop", "foot drop") is Section.BODY


def test_findings_last_until_another_heading_and_not_until_a_blank_line():
    assert [Section.IMPRESSION] * 2 == [s for s, _ in sections("IMPRESSION:\nStenosis.\n\nFracture.")]


def test_the_items_of_a_list_below_advice_are_advice_and_the_line_after_them_is_not():
    text = "Return if:\n- new weakness\n- fever\nWound dry."

    assert [(Section.ADVICE, "new weakness"), (Section.ADVICE, "fever"), (Section.BODY, "Wound dry.")] == sections(text)


@pytest.mark.parametrize("mark", ["-", "*", "+", ">", "1.", "2)", "(3)", "a)"])
def test_bullets_and_numbers_part_items(mark):
    assert ["Stenosis", "Fracture"] == [words for _, words in sections(f"{mark} Stenosis\n{mark} Fracture")]


@pytest.mark.parametrize("lead", ["If you notice:", "Watch for", "The risks include", "Symptoms such as:"])
def test_the_items_of_a_list_know_the_line_that_announced_them(lead):
    told = list(split(f"{lead}\n- fever\n- weakness\nThe wound is dry."))

    assert ["", lead, lead, ""] == [sentence.lead for sentence in told]


@pytest.mark.parametrize(
    "text",
    [
        "Return if:\n- numb saddle\n- foot drop",
        "Come back at once if you notice:\n- numb saddle\n- foot drop",
        "DISCHARGE ADVICE\nYou may have a numb saddle or a foot drop.",
        "Consent: foot drop, numb saddle, CSF leak.",
        "Risks explained: foot drop, epidural haematoma, wound infection.",
        "Family history: foot drop.",
        "Plan: if foot drop, MRI.",
        "Safety netting: saddle numbness, urinary retention.",
        "What to look out for\n- saddle numbness\n- fever",
        "Patient education: cauda equina syndrome, foot drop, fever.",
        "Red flag advice given: saddle numbness, foot drop.",
    ],
)
def test_advice_consent_plans_and_family_say_nothing_of_the_patient(text):
    assert frozenset() == labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Return if:\n- fever\n\nExamination: foot drop.",
        "Consent: bleeding, infection.\nON EXAMINATION: foot drop.",
        "Plan: MRI.\n\nUpdate: foot drop.",
        "Family history: stroke.\nPresenting complaint: foot drop.",
        "DISCHARGE ADVICE\nCall us for fever.\nEXAMINATION\nFoot drop.",
    ],
)
def test_what_follows_such_a_block_is_read(text):
    assert {"foot-drop"} == labels(text)


def test_what_nobody_says_of_the_patient_now_is_told_as_set_aside():
    assert {Section.PLAN, Section.FAMILY, Section.ADVICE, Section.CONSENT} == UNREAD


# --- sentences -----------------------------------------------------------------------------------------------------


def told(text):
    return [sentence.text for sentence in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Seen by Dr. Who vs. Dr. May.",
        "Pain at L4.5 of 38.2 degrees.",
        "Mod. stenosis, approx. 4 mm.",
        "There is no evidence of\nrecurrent disc herniation.",
        "He denies\nfever",
        "Foot drop since the second operation on the left,\nNow walking with a splint",
    ],
)
def test_what_only_looks_like_an_end_does_not_end_a_sentence(text):
    assert 1 == len(told(text))


@pytest.mark.parametrize(
    "text",
    [
        "Pain. Weakness.",
        "Pain.Weakness.",
        "Pain?\nWeakness",
        "Pain! Weakness",
        "Pain -- weakness",
        "Pain\n\nweakness",
        "Pain:\n- weakness\n",
        "Pain\r\nWeakness",
        "Pain\rWeakness",
        "Pain - weakness",
    ],
)
def test_what_ends_a_sentence_ends_it(text):
    assert ["pain", "weakness"] == [words.strip(" -.?!:").lower() for words in told(text)]


def test_sentences_are_numbered_from_one_and_the_first_of_a_block_says_so():
    told = list(split("Pain. Fever.\n\nCough."))

    assert [1, 2, 3] == [sentence.number for sentence in told]
    assert [True, False, True] == [sentence.starts_block for sentence in told]


@pytest.mark.parametrize("text", ["", " \n\t\n", "...", ":\n:"])
def test_a_text_without_words_has_no_sentences_of_ours(text):
    assert [] == [words for words in told(text) if any(c.isalpha() for c in words)]


def test_complications_told_by_themselves_happened_and_those_that_were_discussed_did_not():
    assert "foot-drop" in labels("Complications: foot drop since yesterday.")
    assert not labels("Complications discussed: foot drop, urinary retention, infection.")


def test_a_title_may_stand_before_the_heading_of_a_card():
    card = "Cauda Equina – What to watch for (card): Can't feel toilet paper. Leaking urine."

    assert [Section.ADVICE] == [part.section for part in cut.parts(card, {})]
    assert [Section.BODY] == [part.section for part in cut.parts("Legs – power today (left): 3/5. Leaking urine.", {})]
