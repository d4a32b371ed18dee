"""What a code of a chart says: concepts, places and sides."""

from __future__ import annotations

import pytest

from service.domain.places import NOWHERE, Place, Side
from tests.terminology.index import CM, INDEX, LOINC, PCS, SNOMED, WHO, concepts, said_by

# --- the traps of the terminologies --------------------------------------------------------------------------------


def test_mri_of_the_cervical_spine_is_not_taken_for_a_lumbar_one():
    assert "imaging-mr-lumbar" not in concepts(SNOMED, "241646009")
    assert {"394451000119106", "41333006", "433141005"} == {
        c for c in ("394451000119106", "41333006", "433141005", "60443006") if said_by("imaging-mr-lumbar", SNOMED, c)
    }


def test_spinal_stenosis_and_prolapsed_disc_are_not_swapped():
    assert {"stenosis"} == concepts(SNOMED, "76107001")
    assert {"disc-herniation"} == concepts(SNOMED, "202708005")


@pytest.mark.parametrize("code", ["30679-5", "30678-7", "24967-2", "24968-0"])
def test_the_loinc_codes_of_lumbar_mri(code):
    assert {"imaging-mr-lumbar"} == concepts(LOINC, code)


def test_24531_6_is_no_lumbar_mri():
    assert set() == concepts(LOINC, "24531-6")


@pytest.mark.parametrize(("code", "side"), [("M54.31", Side.RIGHT), ("M54.42", Side.LEFT), ("M54.40", Side.UNKNOWN)])
def test_the_fifth_character_of_sciatica_is_a_side_and_no_level(code, side):
    assert side is INDEX.side(CM, code)
    assert NOWHERE == INDEX.place(CM, code)


@pytest.mark.parametrize(("code", "region"), [("M51.A2", "lumbar"), ("M51.A3", "lumbosacral")])
def test_annulus_defects_do_not_follow_the_site_digit(code, region):
    assert Place(region=region) == INDEX.place(CM, code)


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("M54.5", "back-pain"),
        ("M54.50", "back-pain"),
        ("M48.06", "stenosis"),
        ("M48.062", "stenosis"),
        ("M51.36", "disc-degeneration"),
        ("M51.37", "disc-degeneration"),
        ("M51.362", "back-and-leg-pain"),
    ],
)
def test_retired_parents_and_their_children_are_both_read(code, concept):
    assert said_by(concept, CM, code)


def test_icd_10_cm_never_names_a_segment():
    named = [INDEX.place(CM, f"{family}{digit}") for family in ("M51.2", "M48.0", "M43.1", "M54.1") for digit in "5678"]

    assert not [place for place in named if place.segments]


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("0SG0071", Place(region="lumbar")),
        ("0SG3071", Place(segments=("L5-S1",))),
        ("0ST40ZZ", Place(segments=("L5-S1",))),
        ("0RGA071", Place(segments=("T12-L1",))),
    ],
)
def test_icd_10_pcs_names_only_the_lumbosacral_and_the_thoracolumbar_joint(code, place):
    assert place == INDEX.place(PCS, code)


def test_the_disc_space_of_the_fifth_lumbar_vertebra_lies_below_it():
    assert Place(segments=("L5-S1",)) == INDEX.place(SNOMED, "565008")


def test_385315009_is_a_sudden_onset():
    assert {"sudden-onset"} == concepts(SNOMED, "385315009")


@pytest.mark.parametrize("code", ["00NY0ZZ", "01NB0ZZ"])
def test_a_release_is_the_decompression_of_icd_10_pcs(code):
    assert said_by("decompression", PCS, code)


@pytest.mark.parametrize(
    ("system", "code"), [(SNOMED, "178631003"), (SNOMED, "287222004"), (SNOMED, "450792002"), (SNOMED, "1253002")]
)
def test_codes_that_say_revision_say_so(system, code):
    assert said_by("revision-operation", system, code)


def test_hardware_work_is_told_from_fusion():
    assert {"hardware-revision"} == concepts(PCS, "0SW004Z")
    assert {"hardware-removal"} == concepts(PCS, "0SP004Z")


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("M96.1", "postlaminectomy-syndrome"),
        ("M96.0", "nonunion"),
        ("T84.63XA", "implant-infection"),
        ("G96.11", "dural-tear"),
        ("G96.12", "meningeal-adhesions"),
        ("G97.41", "csf-leak"),
        ("M53.2X6", "instability"),
        ("M40.37", "flatback"),
        ("Y65.53", "wrong-site-code"),
        ("T81.510A", "retained-foreign-body"),
        ("M99.63", "foraminal-stenosis"),
    ],
)
def test_what_snomed_does_not_carry_icd_10_cm_does(code, concept):
    assert said_by(concept, CM, code)


# --- what must not be read into a code -----------------------------------------------------------------------------


def test_stress_incontinence_is_no_sphincter_sign():
    assert set() == concepts(CM, "N39.3")


def test_urge_incontinence_is_kept_apart_from_other_incontinence():
    assert {"urge-incontinence"} == concepts(CM, "N39.41")
    assert {"urinary-incontinence"} == concepts(CM, "R32")


@pytest.mark.parametrize("code", ["M51.24", "M51.14", "M48.02", "M43.12", "M54.12", "M48.42XA", "M53.2X2"])
def test_cervical_and_thoracic_codes_are_left_out(code):
    assert set() == concepts(CM, code)


@pytest.mark.parametrize("code", ["M48.02", "M54.12", "M43.14"])
def test_cervical_and_thoracic_site_digits_of_icd_10_are_left_out(code):
    assert set() == concepts(WHO, code)


@pytest.mark.parametrize(("code", "concept"), [("T84.216", "implant-broken"), ("T84.226", "implant-displaced")])
def test_a_sequela_code_is_no_implant_fault_but_still_tells_of_the_operation(code, concept):
    assert concept in concepts(CM, f"{code}A") & concepts(CM, f"{code}D") & concepts(CM, code)
    assert {"history-of-spine-surgery"} == concepts(CM, f"{code}S")


@pytest.mark.parametrize("code", ["T84.210A", "T84.213A", "T84.218A", "T85.110A", "T85.731A"])
def test_implants_elsewhere_are_no_spinal_implants(code):
    assert set() == concepts(CM, code)


@pytest.mark.parametrize("code", ["C44.90", "Z85.828"])
def test_skin_cancer_is_no_active_cancer(code):
    assert {"skin-cancer"} == concepts(CM, code)


def test_any_other_cancer_is():
    assert {"cancer-active"} == concepts(CM, "C50.911") == concepts(CM, "C79.51") == concepts(SNOMED, "109989006")


@pytest.mark.parametrize("code", ["Z87.891", "F17.211"])
def test_former_smoking_is_no_smoking(code):
    assert not said_by("smoking", CM, code)
    assert not said_by("smoking", SNOMED, "8517006")


def test_a_disc_biopsy_is_no_discectomy():
    assert said_by("discectomy", PCS, "0SB23ZZ")
    assert not said_by("discectomy", PCS, "0SB23ZX")


def test_crps_of_the_arm_is_left_out():
    assert said_by("crps", CM, "G90.522")
    assert not said_by("crps", CM, "G90.512")


def test_fusions_above_the_lumbar_spine_are_no_lumbar_fusion():
    assert {"cervical-thoracic-procedure"} == concepts(PCS, "0RG1070")


def test_the_cervical_syndrome_after_laminectomy_is_left_out():
    assert set() == concepts(SNOMED, "202723000")
    assert {"postlaminectomy-syndrome"} == concepts(SNOMED, "202725007")


# --- one code, several concepts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        (CM, "M51.16", {"disc-herniation", "back-and-leg-pain"}),
        (CM, "M51.26", {"disc-herniation"}),
        (CM, "M48.062", {"stenosis", "claudication"}),
        (CM, "M79.661", {"leg-pain", "leg-swelling"}),
        (PCS, "0SB24ZZ", {"discectomy", "endoscopic-technique"}),
        (PCS, "0ST20ZZ", {"discectomy", "total-discectomy"}),
        (PCS, "0SG00A0", {"fusion", "instrumentation", "anterior-approach"}),
        (PCS, "0SG00AJ", {"fusion", "instrumentation"}),
        (SNOMED, "178633000", {"discectomy", "revision-operation"}),
        (SNOMED, "725595006", {"discectomy", "endoscopic-technique"}),
        (SNOMED, "265714002", {"discectomy", "fusion", "anterior-approach"}),
    ],
)
def test_a_code_may_say_several_things(system, code, expected):
    assert expected == concepts(system, code)


@pytest.mark.parametrize("code", ["3418002", "387731002", "311479006"])
def test_procedures_without_a_region_lie_somewhere_on_the_spine(code):
    assert Place(region="spine") == INDEX.place(SNOMED, code)


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("G83.4", "cauda-equina-code"),
        ("R33.9", "urinary-retention"),
        ("R15.9", "bowel-incontinence"),
        ("M21.372", "foot-drop"),
        ("G82.20", "bilateral-leg-weakness"),
        ("G06.1", "epidural-abscess"),
        ("T81.44XA", "sepsis"),
        ("A41.9", "sepsis"),
        ("R78.81", "bacteraemia"),
        ("R29.1", "neck-stiffness"),
        ("R41.0", "altered-consciousness"),
        ("I95.9", "hypotension"),
        ("I71.43", "aortic-aneurysm"),
        ("R07.9", "chest-pain"),
        ("R06.02", "dyspnoea"),
        ("R04.2", "haemoptysis"),
        ("R55", "syncope"),
        ("R63.4", "weight-loss"),
        ("W19.XXXA", "fall-or-trauma"),
    ],
)
def test_the_codes_behind_the_red_flags_are_read(code, concept):
    assert said_by(concept, CM, code)
