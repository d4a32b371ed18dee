"""The words of a card: a quote that goes on, a level of its own, a date that can be, no order against a device."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.conclusions import Conclusions, NextStep, Reason
from service.domain.findings import CaseSheet, Finding, Story
from service.domain.spans import Span
from service.domain.statements import Basis, NotUnderstood
from service.knowledge import load
from service.output.cards import actions, headline, quotes, step_names, text
from service.output.cards.lines import MOST_WORDS, MUST, NEXT, Line, fit, listed
from service.output.cards.markdown import uncapitalised

AS_OF = date(2026, 3, 2)


def day(*parts):
    return Span(date(*parts), date(*parts))


def chart(*findings, **story):
    return Conclusions(CaseSheet(AS_OF, {each.name: each for each in findings}, Story(**story)))


def reason(*names, said="Imaging shows it", group="finding"):
    return Reason(said, 1, group, names, (), ())


def step(ident, urgency="emergency", why="", kind="imaging", cautions=()):
    return NextStep(ident, ident, urgency, why, kind=kind, cautions=cautions)


CLEFT = "No bridging bone at L4-L5; lucent cleft through the interbody space from front to back; no screw fracture"


def test_long_words_go_on_with_the_clause_that_broke_off_and_keep_its_no():
    assert "…no screw fracture" == quotes.rest(
        CLEFT,
        "Non-union: no bridging bone at L4-L5; lucent cleft through the interbody space from front to back; no…, 8 Jan",
    )


def test_words_that_the_summary_holds_half_of_are_not_quoted_again():
    words = "Left paracentral extrusion at the operated level with rim enhancement that displaces the traversing root"

    assert "" == quotes.rest(words, "Recurrent: left paracentral extrusion at the operated level with rim…, 1 Jan. MRI")
    assert words == quotes.rest(words, "Recurrent: left paracentral extrusion…, 1 Jan. MRI")
    assert words == quotes.rest(words, "Recurrent: pain, 1 Jan. MRI")


@pytest.mark.parametrize("name", ["Adjacent segment disease", "Disc herniation at another level right"])
def test_what_is_beside_the_operated_level_is_not_placed_at_it(name):
    seen = Finding("f", "yes", words="Right L4 root pain, six years after fusion L5-S1")

    assert name == headline.placed(name, reason("f"), chart(seen, levels=("L5-S1",)))


def test_a_run_of_levels_is_no_level_of_a_finding():
    seen = Finding("f", "yes", words="Metal artefact L4-S1, canal wide")

    assert "Vascular claudication" == headline.placed("Vascular claudication", reason("f"), chart(seen))


def test_what_a_report_shows_leads_before_what_the_chart_says_of_the_patient():
    found = chart(Finding("fever", "yes", words="T 38.1"), Finding("abscess_seen", "yes", words="epidural phlegmon"))
    told = (reason("fever", group=""), reason("abscess_seen", group=""))

    assert told[1] is headline.lead(told, found.sheet.findings)


def test_words_of_one_leg_prove_no_pain_in_both():
    one = Finding("new_bilateral_leg_pain", "yes", words="Radiculopathy, lumbar region")
    both = Finding("new_bilateral_leg_pain", "yes", words="burning in both legs")

    assert "" == quotes.of(reason("new_bilateral_leg_pain"), {one.name: one})
    assert "burning in both legs" == quotes.of(reason("new_bilateral_leg_pain"), {both.name: both})


def test_a_level_stands_before_the_side():
    seen = Finding("f", "yes", words="left L3-L4 extrusion")

    assert "Herniation at another level L3-L4 left" == headline.placed(
        "Herniation at another level left", reason("f"), chart(seen, levels=("L4-L5",))
    )


def test_what_the_operation_did_not_help_is_not_dated_before_it():
    never = Finding("course", "unchanged", words="no better", when=day(2025, 2, 1))
    shown = Finding("mri", "yes", words="herniation", when=day(2025, 2, 1))
    told = chart(never, shown, date="2025-11-01")

    assert "operated 1 Nov 2025" == headline.dated(reason("course"), told)
    assert "1 Feb 2025" == headline.dated(reason("mri"), told)


def test_a_pain_from_before_the_operation_does_not_date_the_pain_after_it():
    old = Finding("current_pain", "yes", when=day(2019, 1, 1))

    assert "operated 5 May 2023" == headline.dated(None, chart(old, date="2023-05-05"))


def test_of_several_findings_a_summary_tells_whole_ones_and_no_mere_risk():
    found = (
        Finding("crp", "abnormal", words="CRP 188 mg/L"),
        Finding("immune_risk", "yes", words="D/c meds: oxycodone, glargine"),
        Finding("weak", "yes", words="weak leg"),
    )
    sheet = chart(*found).sheet.findings

    assert ["CRP 188 mg/L; weak leg", "CRP 188 mg/L"] == headline.finding(reason("crp", "immune_risk", "weak"), sheet)
    assert ["d/c meds: oxycodone, glargine"] == [
        said.lower() for said in headline.finding(reason("immune_risk"), sheet)
    ]


def test_the_name_of_a_test_is_told_with_its_result():
    gene = Finding("hla", "yes", words="HLA-B27")

    assert ["HLA-B27 positive"] == headline.finding(reason("hla", said="HLA-B27 positive"), chart(gene).sheet.findings)


def test_a_pain_code_proves_no_burning():
    coded = Finding("burning", "yes", basis=Basis.CODE, words="Other chronic postprocedural pain")
    said = Finding("burning", "yes", words="burning foot")

    assert "" == quotes.of(reason("burning"), {"burning": coded})
    assert "burning foot" == quotes.of(reason("burning"), {"burning": said})


def test_nobody_is_sent_into_the_magnet_whom_a_device_keeps_out_of_it():
    told = [line.text for line in actions.sentences("Emergency MRI. Surgeon now.", [step("ct-myelography")], "")]
    free = [line.text for line in actions.sentences("Emergency MRI. Surgeon now.", [step("mri-lumbar")], "")]

    assert ["Emergency imaging", "Surgeon now"] == told
    assert ["Emergency MRI", "Surgeon now"] == free


@pytest.mark.parametrize(
    ("action", "left"),
    [
        ("Emergency MRI or immediate re-exploration.", "Immediate re-exploration"),
        ("MRI the same day if within 42 days, otherwise within 48 h; surgeon.", "Surgeon"),
        ("Radiographs, then CT or MRI including the sacrum.", ""),
        ("Sepsis pathway, blood cultures, MRI or CT, surgeon.", "Sepsis pathway, blood cultures, surgeon"),
        ("Examine today; any abnormality means emergency MRI.", "Examine today; any abnormality means emergency MRI"),
    ],
)  # fmt: skip
def test_imaging_that_a_report_answers_already_is_not_asked_for(action, left):
    told = [line.text for line in actions.sentences(action, [step("surgeon-review", kind="referral")], "")]

    assert [left] * bool(left) == told


def test_imaging_that_waits_for_a_device_check_is_still_asked_for():
    told = [line.text for line in actions.sentences("Emergency MRI.", [step("mr-device-check", kind="test")], "")]

    assert ["Emergency MRI"] == told


def test_what_another_line_or_the_summary_says_in_other_order_is_not_said_again():
    given = [Line(MUST, "Bladder scan: it never delays the MRI"), Line(NEXT, "A bladder scan never delays the MRI"),
             Line(NEXT, "Surgeon now"), Line(NEXT, "No pain")]  # fmt: skip

    assert "- Bladder scan: it never delays the MRI.\n- No pain." == fit(given, "Pain. Lumbar MRI, spine surgeon now")


def test_a_list_without_room_counts_what_it_leaves_out():
    told = listed(MUST, "With it: ", ["first", "second of quite a few words", "third"], ", ".join)
    full = Line(MUST, " ".join(f"w{n}" for n in range(MOST_WORDS - 6)))

    assert "With it: first, and 2 more." in fit([full, told])
    assert "Then: first, and 1 more" == listed(NEXT, "Then: ", ["first", "second"], ", ".join, most=1).text
    assert "" == listed(NEXT, "Then: ", [], ", ".join).text


def test_an_action_that_the_summary_says_is_not_said_again():
    assert ["Surgeon and oncology"] == [
        line.text
        for line in actions.sentences("MRI at once. Surgeon and oncology.", (), "Possible tumour. MRI at once")
    ]


def minded(topic, *steps, said="", **story):
    return " ".join(line.text for line in text.mind(steps, chart(**story), topic, said))


def test_what_raises_the_risk_of_infection_is_told_on_cards_of_infection_alone():
    risk = ("raised risk of infection (Chronic kidney disease, stage 4)",)

    assert "" == minded("sacroiliac-joint", cautions=risk).strip()
    assert "Raised risk of infection" in minded("rf-abscess", cautions=risk)
    assert "Mind" not in minded("rf-abscess", cautions=risk)
    assert "" == minded("rf-abscess", said="chronic kidney disease, stage 4, fever", cautions=risk).strip()


def test_a_device_and_a_kidney_are_named_once_with_what_to_do():
    unsafe = step("ct-myelography", why="MR-unsafe device: CT myelography")
    kidney = step("mri-lumbar", cautions=("Kidney function: group II contrast agent only",))

    assert (
        "**Mind**: MR-unsafe device: CT myelography"
        == minded("rf-cauda-equina", unsafe, implants=("a device is marked MR unsafe",)).strip()
    )
    assert (
        "**Mind**: Kidney function: group II contrast agent only"
        == minded("rf-abscess", kidney, cautions=("kidney function calls for care with contrast",)).strip()
    )
    assert "a device is marked MR unsafe" in minded("rf-cauda-equina", implants=("a device is marked MR unsafe",))


def test_an_egfr_is_told_where_the_rules_call_for_care_alone():
    kidneys = Finding("gd_caution", "yes")

    assert "" == text.mind((), chart(cautions=("eGFR 96 (2026-01-12)",)), "rf-abscess", "")[0].text
    assert "**Mind**: eGFR 25" == text.mind((), chart(kidneys, cautions=("eGFR 25",)), "rf-abscess", "")[0].text


def test_a_pregnancy_that_an_order_names_is_named_once():
    plain = step("mri-lumbar", cautions=("Pregnancy: without contrast",))

    assert "**Mind**: Pregnancy: without contrast" == minded("x", plain, cautions=("pregnancy (G1P0)",)).strip()


def test_a_card_that_speaks_does_not_begin_with_pain_resolved():
    assert "2026-02-20 fusion" == text.story(chart(operation="2026-02-20 fusion", course="pain resolved")).text


def missed(words, source="DocumentReference/1"):
    return NotUnderstood(source, words, day(2026, 3, 1))


def test_what_was_not_understood_is_shown_by_its_most_telling_words_and_no_title():
    papers = (missed("Tolerating diet"), missed("Labs WBC 17.4, CRP 188"), missed("MRI lumbar spine"))
    told = Conclusions(CaseSheet(AS_OF, {}, not_understood=papers))

    assert "Not understood, please read: “Labs WBC 17.4, CRP 188” (and 1 more)" == text.not_understood(told).text


@pytest.mark.parametrize("title", ["Modic type 1", "Budapest examination", "CSF leak"])
def test_a_name_keeps_its_capital(title):
    assert title == uncapitalised(title)
    assert "a sign" == uncapitalised("A sign")


def test_every_step_of_the_rules_has_a_short_name():
    assert [] == sorted(set(load().steps) - set(step_names.SHORT))
