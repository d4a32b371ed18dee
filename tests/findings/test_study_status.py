"""Which study exists, and whether it still answers for the present pain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from service.chart.chart import Chart, PainStory
from service.domain.findings import Finding
from service.domain.statements import NotUnderstood, Polarity, Unread
from service.findings.imaging import study_status
from tests.findings.build import at, on, procedure, sheet, statement
from tests.findings.papers import named, operated, order, report, says, study

NO = Polarity.NO
UNCERTAIN = Polarity.UNCERTAIN


def told(chart: Chart) -> dict[str, object]:
    return sheet(study_status.read(chart))


def test_a_chart_without_studies_says_none():
    assert "none" == told(operated())["mri"]


def test_none_is_not_said_when_the_imaging_query_failed():
    assert "mri" not in told(operated(missing=("imagingStudies",)))


def test_a_study_after_the_operation_without_a_report_is_unread():
    assert "unread" == told(operated(study("s", "-20")))["mri"]


def test_a_study_with_a_final_report_is_read():
    assert "read" == told(operated(study("s", "-20"), report("r", "-20", of="s")))["mri"]


@pytest.mark.parametrize("status", ["final", "amended", "corrected", "appended"])
def test_every_final_status_is_a_reading(status):
    assert "read" == told(operated(study("s", "-20"), report("r", "-20", of="s", status=status)))["mri"]


def test_an_mri_before_the_operation_is_never_current():
    assert "outdated" == told(operated(study("s", "-401"), report("r", "-401", of="s")))["mri"]


def test_an_mri_of_the_day_of_the_operation_is_not_current():
    assert "outdated" == told(operated(study("s", "-400")))["mri"]


def test_a_late_report_of_an_mri_from_before_the_operation_does_not_make_it_current():
    assert "outdated" == told(operated(study("s", "-402"), report("r", "-398", of="s")))["mri"]


def test_an_mri_in_the_same_year_as_an_operation_known_to_the_year_is_neither_current_nor_outdated():
    assert "mri" not in told(operated(study("s", "2025-06-01"), performed="2025"))


def test_an_undated_operation_leaves_every_study_undecided():
    assert "mri" not in told(operated(study("s", "-20"), performed=None))


def test_an_undated_study_is_not_called_none():
    assert "mri" not in told(operated(study("s", None)))


def test_an_mri_before_the_latest_episode_is_outdated():
    assert "outdated" == told(operated(study("s", "-200"), onset="-30"))["mri"]


def test_an_mri_a_week_before_pain_was_only_written_down_is_still_current():
    assert "unread" == told(operated(study("s", "-37"), onset="-30", onset_approx=True))["mri"]


@pytest.mark.parametrize(
    ("began", "scanned", "then", "word"),
    [
        ("-300", "-200", (), "unread"),
        ("-100", "-200", (), "outdated"),
        ("-390", "-380", (), "outdated"),
        ("-300", "-200", (statement("no-pain", "-90"),), "outdated"),
    ],
)
def test_an_mri_of_this_year_stays_current_where_an_open_complaint_is_only_written_down_again(
    began, scanned, then, word
):
    chart = operated(*then, study("s", scanned), onset="-30", onset_approx=True)
    assert chart.pain is not None
    pain = replace(chart.pain, entries=(statement("leg-pain", "-290", onset=began),))

    assert word == told(replace(chart, pain=pain))["mri"]


def test_an_mri_in_the_month_of_an_onset_known_to_the_month_is_current():
    assert "unread" == told(operated(study("s", "2026-04-03"), onset="2026-04"))["mri"]


def test_a_new_deficit_after_the_mri_makes_it_outdated():
    deficit = Finding("deficit_new", "yes", when=on("-3"))

    assert "outdated" == told(operated(study("s", "-20"), known=(deficit,)))["mri"]


def test_a_new_deficit_before_the_mri_leaves_it_current():
    deficit = Finding("deficit_new", "yes", when=on("-21"))

    assert "unread" == told(operated(study("s", "-20"), known=(deficit,)))["mri"]


@pytest.mark.parametrize(("new", "word"), [("yes", "outdated"), ("no", "unread")])
def test_a_study_of_more_than_a_year_ago_is_not_current_when_the_pain_is_new(new, word):
    assert word == told(operated(study("s", "-380"), known=(Finding("new_pain", new),)))["mri"]


@pytest.mark.parametrize("site", ["Cervical spine", "Thoracic spine", "Brain", "CSPINE"])
def test_an_mri_of_another_region_is_not_lumbar(site):
    assert "none" == told(operated(study("s", "-20", description="", site=site)))["mri"]


def test_an_mri_of_an_unnamed_region_is_ignored():
    assert "none" == told(operated(study("s", "-20", description="")))["mri"]


@pytest.mark.parametrize(
    "words", ["Spine", "LSPINE", "LUMBAR_SPINE", "L-spine w/wo", "MR lumbo-sacral spine", "L4-L5", "Vertebral column"]
)
def test_the_ways_a_lumbar_mri_is_named(words):
    assert "unread" == told(operated(study("s", "-20", description=words)))["mri"]


def test_a_report_tells_the_region_of_a_study_that_does_not():
    assert "read" == told(operated(study("s", "-20", description=""), report("r", "-20", of="s")))["mri"]


def test_an_order_tells_the_region_of_a_study_that_does_not():
    papers = study("s", "-20", description="", orders=("ServiceRequest/o",)), order("o", "-30")

    assert "unread" == told(operated(*papers))["mri"]


def test_a_code_of_the_study_tells_modality_and_region():
    code = statement("imaging-mr-lumbar", "-20", source="ImagingStudy/s")

    assert "unread" == told(operated(study("s", "-20", modality="", description=""), code))["mri"]


def test_the_whole_spine_localiser_of_a_lumbar_mri_is_no_whole_spine_study():
    found = told(operated(study("s", "-20", series=("whole spine localizer", "sag T2"))))

    assert ("unread", "none") == (found["mri"], found["whole_spine_mri"])


def test_a_whole_spine_mri_is_a_lumbar_mri_too():
    found = told(operated(study("s", "-20", description="MRI whole spine")))

    assert ("unread", "unread") == (found["mri"], found["whole_spine_mri"])


def test_cervical_and_thoracic_mri_together_are_whole_spine_but_not_lumbar():
    found = told(operated(study("s", "-20", description="MRI cervical and thoracic spine")))

    assert ("none", "unread") == (found["mri"], found["whole_spine_mri"])


@pytest.mark.parametrize(
    ("modality", "words", "kind"),
    [
        ("CT", "CT lumbar spine without contrast", "ct"),
        ("CR", "Lumbar spine AP and lateral", "xray"),
        ("DX", "XR lumbar spine flexion and extension", "flexion_extension"),
        ("DX", "Full-length standing spine", "standing_films"),
        ("DX", "Lumbar spine standing AP/lat", "xray"),
        ("DX", "Spine standing AP/lat", "standing_films"),
        ("MR", "Sacroiliac joints", "si_mri"),
        ("MR", "Pelvis", "pelvis_mri"),
        ("MR", "Lumbosacral plexus", "pelvis_mri"),
        ("DX", "Pelvis and hips", "hip_xray"),
        ("CT", "Lumbar myelogram CT", "ct_myelogram"),
    ],
)
def test_the_kind_of_each_study(modality, words, kind):
    assert "unread" == told(operated(study("s", "-20", modality, words)))[kind]


def test_upright_films_of_the_lumbar_spine_alone_measure_no_balance():
    assert (
        "none" == told(operated(study("s", "-20", "DX", "XR lumbar spine AP and lateral (standing)")))["standing_films"]
    )


def test_posture_may_stand_in_the_series_alone():
    films = study("s", "-20", "DX", "Lumbar spine", series=("lateral flexion", "lateral extension"))

    assert "unread" == told(operated(films))["flexion_extension"]


def test_plain_films_are_no_motion_films():
    assert "none" == told(operated(study("s", "-20", "DX")))["flexion_extension"]


def test_a_ct_that_guided_a_needle_is_no_lumbar_ct():
    assert "none" == told(operated(study("s", "-20", "CT", "CT guided injection lumbar spine")))["ct"]


def test_a_ct_of_the_abdomen_is_no_lumbar_ct():
    assert "none" == told(operated(study("s", "-20", "CT", "CT abdomen and pelvis")))["ct"]


def test_a_report_without_a_study_is_a_reading():
    assert "read" == told(operated(report("r", "-20")))["mri"]


def test_a_report_with_a_general_code_names_its_study_in_its_opening():
    found = told(operated(report("r", "-20", "Diagnostic imaging report", conclusion="MRI lumbar spine: scar.")))

    assert "read" == found["mri"]


def test_an_mri_named_for_comparison_in_a_ct_report_is_no_mri():
    paper = report("r", "-20", "CT lumbar spine", conclusion="Compared with MRI lumbar spine of 2019.")

    assert "none" == told(operated(paper))["mri"]


def test_a_report_two_days_later_belongs_to_the_study_of_its_kind():
    assert "read" == told(operated(study("s", "-20"), report("r", "-18")))["mri"]


def test_a_report_that_shares_the_order_belongs_to_the_study():
    papers = study("s", "-20", orders=("ServiceRequest/o",)), report("r", "-2", "Report", orders=("ServiceRequest/o",))

    assert "read" == told(operated(*papers))["mri"]


def test_a_ct_report_does_not_read_an_mri():
    found = told(operated(study("s", "-20"), report("r", "-20", "CT lumbar spine")))

    assert ("unread", "read") == (found["mri"], found["ct"])


def test_a_completed_mri_procedure_is_a_study():
    row = procedure("p", "-20", code=named("MRI of lumbar spine without contrast"))

    assert "unread" == told(operated((row, ())))["mri"]


def test_an_operation_with_x_ray_control_is_no_radiograph():
    row = procedure("p", "-20", code=named("Lumbar laminectomy with x-ray control"))
    code = statement("decompression", "-20", source=row.ref)

    assert "none" == told(operated((row, (code,))))["xray"]


# --- pending -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "word"), [("-60", "pending"), ("-61", "none")])
def test_an_open_order_counts_for_60_days(age, word):
    assert word == told(operated(order("o", age)))["mri"]


@pytest.mark.parametrize("status", ["draft", "completed", "revoked", "on-hold"])
def test_only_an_active_order_is_pending(status):
    assert "none" == told(operated(order("o", "-5", status=status)))["mri"]


def test_a_proposal_is_not_ordered_yet():
    assert "none" == told(operated(order("o", "-5", intent="proposal")))["mri"]


def test_an_order_without_a_date_may_be_forgotten():
    assert "none" == told(operated(order("o", None)))["mri"]


def test_an_order_from_before_the_operation_is_not_for_the_pain_after_it():
    assert "none" == told(operated(order("o", "-30"), performed="-20"))["mri"]


def test_a_study_after_the_order_fulfils_it():
    assert "unread" == told(operated(order("o", "-30"), study("s", "-20")))["mri"]


def test_an_order_after_the_newest_study_is_pending():
    papers = study("s", "-40"), report("r", "-40", of="s"), order("o", "-5")

    assert "pending" == told(operated(*papers))["mri"]


def test_an_order_wins_over_an_outdated_study():
    assert "pending" == told(operated(study("s", "-500"), order("o", "-5")))["mri"]


def test_an_unread_study_is_read_before_a_new_one_is_awaited():
    assert "unread" == told(operated(study("s", "-40"), order("o", "-5")))["mri"]


def test_a_registered_study_is_pending():
    assert "pending" == told(operated(study("s", None, status="registered")))["mri"]


@pytest.mark.parametrize("status", ["registered", "partial", "preliminary"])
def test_an_unfinished_report_is_pending(status):
    assert "pending" == told(operated(report("r", "-5", status=status)))["mri"]


def test_a_study_with_a_preliminary_report_awaits_the_final_one():
    papers = study("s", "-5"), report("r", "-5", of="s", status="preliminary")

    assert "pending" == told(operated(*papers))["mri"]


def test_an_old_unfinished_report_leaves_its_study_unread():
    papers = study("s", "-90"), report("r", "-90", of="s", status="preliminary")

    assert "unread" == told(operated(*papers))["mri"]


def test_a_newer_study_without_a_report_outweighs_an_older_reading():
    papers = study("s1", "-90"), report("r", "-90", of="s1"), study("s2", "-10")

    assert "unread" == told(operated(*papers))["mri"]


# --- negative ----------------------------------------------------------------------------------------------------


def read_mri(*said):
    return operated(study("s", "-20"), report("r", "-20", of="s"), *said)


def test_an_mri_without_a_report_is_never_negative():
    assert "imaging_negative" not in told(operated(study("s", "-20")))


def test_a_report_that_says_nothing_is_read_but_not_negative():
    assert "read" == told(read_mri())["mri"]


ALL_DENIED = tuple(
    says("r", concept, polarity=NO)
    for concept in ("compression", "disc-herniation", "spinal-infection", "vertebral-fracture")
)


def test_a_study_stated_normal_is_negative():
    found = told(read_mri(says("r", "normal-study")))

    assert ("negative", "yes", "yes") == (found["mri"], found["imaging_negative"], found["nothing_compresses"])


def test_a_report_that_denies_compression_herniation_infection_and_fracture_is_negative():
    found = told(read_mri(*ALL_DENIED))

    assert ("negative", "yes") == (found["mri"], found["imaging_negative"])


@pytest.mark.parametrize("left_out", ALL_DENIED, ids=lambda s: s.concept)
def test_what_a_report_does_not_deny_it_does_not_exclude(left_out):
    found = told(read_mri(*(s for s in ALL_DENIED if s is not left_out)))

    assert "read" == found["mri"]
    assert "imaging_negative" not in found


def test_compression_and_herniation_denied_say_that_nothing_compresses():
    found = told(read_mri(says("r", "disc-herniation", polarity=NO), says("r", "stenosis", polarity=NO)))

    assert ("read", "yes") == (found["mri"], found["nothing_compresses"])
    assert "nothing_compresses" not in told(read_mri(says("r", "disc-herniation", polarity=NO)))


def test_a_study_read_in_part_is_no_negative_study():
    missed = (NotUnderstood("DiagnosticReport/r", "thickened filum with a lipoma"),)
    found = told(replace(read_mri(says("r", "normal-study")), not_understood=missed))

    assert "read" == found["mri"]
    assert "nothing_compresses" not in found


def test_a_report_in_a_form_that_cannot_be_read_is_unread():
    found = told(replace(read_mri(), unread=(Unread("DiagnosticReport/r", "a PDF"),)))

    assert "unread" == found["mri"]


@pytest.mark.parametrize(
    "said",
    [
        says("r", "disc-herniation"),
        says("r", "epidural-abscess", polarity=UNCERTAIN),
        says("r", "implant-loose"),
        says("r", "vertebral-fracture"),
        says("r", "stenosis", polarity=UNCERTAIN),
    ],
    ids=lambda s: f"{s.concept}-{s.polarity}",
)
def test_a_finding_even_a_doubtful_one_keeps_a_report_from_being_negative(said):
    assert "read" == told(read_mri(says("r", "no-compression", sentence=1), said))["mri"]


def test_scar_does_not_keep_a_report_from_being_negative():
    assert "negative" == told(read_mri(says("r", "normal-study"), says("r", "epidural-scar")))["mri"]


def test_mri_and_ct_both_negative_end_the_imaging():
    found = told(
        operated(
            study("s", "-20"),
            report("r", "-20", of="s"),
            says("r", "normal-study"),
            study("c", "-19", "CT"),
            report("q", "-19", "CT lumbar spine", of="c"),
            says("q", "normal-study"),
        )
    )

    assert "yes" == found["all_imaging_negative"]


def test_one_positive_current_reading_keeps_the_others_from_being_negative():
    papers = study("s1", "-90"), report("r1", "-90", of="s1"), study("s2", "-10"), report("r2", "-10", of="s2")
    found = told(operated(*papers, says("r1", "disc-herniation"), says("r2", "no-compression")))

    assert "read" == found["mri"]


def test_without_a_lumbar_operation_nothing_is_said():
    assert {} == told(operated(study("s", "-20"), place=at("cervical")))


PAPERS = (
    study("s1", "-90"),
    study("s2", "-20"),
    study("s3", "-19", "CT"),
    report("r1", "-90", of="s1"),
    report("r2", "-18"),
    report("r3", "-19", "CT lumbar spine"),
    report("r4", "-3", status="preliminary"),
    order("o1", "-10"),
    order("o2", "-50", "CT lumbar spine"),
    says("r2", "no-compression", "-18"),
    says("r3", "implant-loose", "-19"),
    says("r1", "disc-herniation", "-90"),
)


@given(st.permutations(PAPERS))
def test_the_order_of_the_entries_never_matters(papers):
    assert told(operated(*PAPERS)) == told(operated(*papers))


def test_pain_that_the_operation_left_unchanged_keeps_the_mri_that_came_after_it():
    story = PainStory(episode_onset=on("-2"), course="unchanged")
    made = operated(study("s", "-200"), report("r", "-200", of="s"))

    assert "read" == told(replace(made, pain=story))["mri"]
    assert "outdated" == told(replace(made, pain=replace(story, course="honeymoon")))["mri"]


@pytest.mark.parametrize(
    ("found", "growing", "mri"), [("-3", False, "read"), ("-3", True, "outdated"), ("-60", False, "read")]
)
def test_a_deficit_first_found_after_an_mri_that_shows_compression_outdates_it_only_if_it_grows(found, growing, mri):
    weak = Finding("deficit_new", "yes", ("Condition/d",), when=on(found))
    known = (weak, *([Finding("deficit_progressive", "yes", when=on(found))] if growing else []))
    pressed = says("r", "compression", "-20")
    made = operated(study("s", "-20"), report("r", "-20", of="s"), pressed, known=known)

    assert mri == told(made)["mri"]


def test_a_deficit_found_after_an_mri_that_shows_nothing_outdates_it():
    weak = Finding("deficit_new", "yes", ("Condition/d",), when=on("-3"))
    made = operated(study("s", "-20"), report("r", "-20", of="s"), known=(weak,))

    assert "outdated" == told(made)["mri"]
