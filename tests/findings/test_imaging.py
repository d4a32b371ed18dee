"""What imaging showed since the operation, where it lies to the operated level, and which codes are news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from service.chart.chart import Chart
from service.domain.places import Side
from service.domain.statements import Polarity
from service.findings.imaging import imaging
from tests.findings.build import at, operation, sheet, statement
from tests.findings.papers import operated, report, says, study

NO, UNCERTAIN = Polarity.NO, Polarity.UNCERTAIN
L45, L34, L5S1, L23 = at("L4-L5"), at("L3-L4"), at("L5-S1"), at("L2-L3")
MRI = (study("s", "-20"), report("r", "-20", of="s"))
CT = (study("c", "-20", "CT"), report("q", "-20", "CT lumbar spine", of="c"))


def told(chart: Chart) -> dict[str, object]:
    return sheet(imaging.read(chart))


def code(concept, stated, **more):
    return statement(concept, stated, source=more.pop("source", f"Condition/{concept}-{stated}"), **more)


def test_a_tumour_on_a_picture_is_told_even_when_only_suspected_and_bars_a_clear_report():
    for polarity in (Polarity.YES, UNCERTAIN):
        clear = says("r", "disc-herniation", polarity=NO, place=L45)
        found = told(operated(*MRI, clear, says("r", "spinal-tumour", polarity=polarity), place=L45))

        assert ("yes", "read") == (found["tumour_seen"], found["mri"])


def test_a_herniation_denied_where_the_operation_was_is_told_whatever_lies_elsewhere():
    denied, other = says("r", "disc-herniation", polarity=NO, place=L45), says("r", "disc-herniation", place=L34)

    assert "yes" == told(operated(*MRI, denied, other, place=L45))["herniation_denied"]
    for place in (L45, at()):
        seen = says("r", "residual-fragment", place=place)
        assert "herniation_denied" not in told(operated(*MRI, denied, seen, place=L45))
    assert "herniation_denied" not in told(
        operated(*MRI, says("r", "disc-herniation", polarity=NO, place=L5S1), place=L45)
    )


# --- reports -------------------------------------------------------------------------------------------------------


def test_a_bare_study_gives_currency_and_no_finding():
    found = told(operated(study("s", "-20"), place=L45))

    assert ("unread", False) == (found["mri"], any(name.endswith("_at") for name in found))


@pytest.mark.parametrize(
    ("place", "word"),
    [
        (L45, "same level"),
        (L34, "remote"),
        (L23, "remote"),
        (at("lumbar"), "same region"),
        (at(), "unknown level"),
    ],
    ids=str,
)
def test_a_herniation_after_a_discectomy_lies_to_the_operated_level(place, word):
    assert word == told(operated(*MRI, says("r", "disc-herniation", place=place), place=L45))["herniation_at"]


@pytest.mark.parametrize(
    ("place", "word"), [(L45, "same level"), (L34, "adjacent"), (L5S1, "adjacent"), (L23, "remote")]
)
def test_only_a_neighbour_of_a_fusion_is_adjacent(place, word):
    found = told(operated(*MRI, says("r", "stenosis", place=place), place=L45, by=("fusion",)))

    assert word == found["stenosis_at"]


def test_region_precision_never_proves_the_same_or_another_level():
    found = told(operated(*MRI, says("r", "disc-herniation", place=L45), place=at("lumbar")))

    assert ("same region", False) == (found["herniation_at"], "compressive_finding" in found)


def test_of_several_herniations_the_operated_level_leads():
    said = says("r", "disc-herniation", place=L23), says("r", "disc-herniation", place=L45, sentence=2)
    found = told(operated(*MRI, *said, place=L45))

    assert ("same level", False) == (found["herniation_at"], "only_remote" in found)


def test_a_herniation_only_at_another_named_level_is_only_remote():
    assert "yes" == told(operated(*MRI, says("r", "disc-herniation", place=L23), place=L45))["only_remote"]


def test_a_finding_of_a_study_before_the_operation_is_never_evidence():
    papers = study("s", "-402"), report("r", "-399", of="s"), says("r", "disc-herniation", "-399", place=L45)

    assert "herniation_at" not in told(operated(*papers, place=L45))


def test_negated_words_never_count():
    assert "herniation_at" not in told(operated(*MRI, says("r", "disc-herniation", polarity=NO), place=L45))


def test_doubtful_words_count_for_an_abscess_only():
    said = says("r", "disc-herniation", polarity=UNCERTAIN), says("r", "epidural-abscess", polarity=UNCERTAIN)
    found = told(operated(*MRI, *said))

    assert ("yes", False) == (found["abscess_seen"], "herniation_at" in found)


def test_an_abscess_in_a_preliminary_report_is_not_missed():
    papers = study("s", "-1"), report("r", "-1", of="s", status="preliminary"), says("r", "epidural-abscess")

    assert "yes" == told(operated(*papers))["abscess_seen"]


def test_an_abscess_at_the_thoracic_spine_is_not_missed():
    papers = study("s", "-1", description="MRI thoracic spine"), report("r", "-1", "MRI thoracic spine", of="s")

    assert "yes" == told(operated(*papers, says("r", "epidural-abscess", place=at("thoracic"))))["abscess_seen"]


def test_an_abscess_of_years_ago_is_no_emergency_today():
    papers = study("s", "-300"), report("r", "-300", of="s"), says("r", "epidural-abscess")

    assert "abscess_seen" not in told(operated(*papers))


def test_a_cervical_report_says_nothing_of_the_lumbar_spine():
    papers = study("s", "-20", description="MRI cervical spine"), report("r", "-20", "MRI cervical spine", of="s")

    assert "herniation_at" not in told(operated(*papers, says("r", "disc-herniation")))


def test_a_code_for_another_or_an_unnamed_part_of_the_spine_shows_an_abscess_but_no_lumbar_disc():
    paper = report("r", "-5", code="")
    other = statement("imaging-other-spine", "-5", source=paper.ref)
    found = told(operated(paper, other, says("r", "epidural-abscess"), says("r", "disc-herniation")))

    assert ("yes", False, "none") == (found["abscess_seen"], "herniation_at" in found, found["mri"])


def test_a_pathology_report_is_no_imaging():
    papers = report("r", "-398", "Surgical pathology"), says("r", "disc-herniation", "-398")

    assert "herniation_at" not in told(operated(*papers))


def test_a_later_study_takes_an_earlier_finding_back():
    papers = study("s", "-200"), report("r", "-200", of="s"), says("r", "disc-herniation", place=L45), *CT
    later = says("q", "disc-herniation", place=L45, polarity=NO)

    assert "herniation_at" not in told(operated(*papers, later, place=L45))


def test_a_later_denial_at_another_level_takes_nothing_back():
    papers = study("s", "-200"), report("r", "-200", of="s"), says("r", "disc-herniation", place=L45), *CT
    later = says("q", "disc-herniation", place=L34, polarity=NO)

    assert "same level" == told(operated(*papers, later, place=L45))["herniation_at"]


@pytest.mark.parametrize(("side", "word"), [(Side.LEFT, "yes"), (Side.RIGHT, "no"), (Side.UNKNOWN, None)])
def test_the_side_of_a_herniation_against_the_painful_side(side, word):
    found = told(operated(*MRI, says("r", "disc-herniation", side=side), pain_side=Side.LEFT))

    assert word == found.get("herniation_same_side")


@pytest.mark.parametrize(("operation_age", "early"), [("-109", True), ("-110", False), ("-400", False)])
def test_disc_material_on_an_mri_before_day_90_is_early(operation_age, early):
    found = told(operated(*MRI, says("r", "disc-herniation"), performed=operation_age))

    assert early == ("early_mr" in found)


@pytest.mark.parametrize(
    ("performed", "days"), [("-60", 40), ("2026-03", (42, 72)), (None, None)], ids=["day", "month", "no date"]
)
def test_the_days_to_the_mri_that_shows_disc_material_are_told(performed, days):
    assert days == told(operated(*MRI, says("r", "disc-herniation"), performed=performed)).get("mr_finding_days")


def test_the_latest_mri_that_shows_disc_material_is_the_one_that_counts():
    later = study("later", "-10"), report("later", "-10", of="later")
    chart = operated(*MRI, *later, says("r", "disc-herniation"), says("later", "residual-fragment"), performed="-60")

    assert 50 == told(chart)["mr_finding_days"]


def test_disc_material_on_ct_or_an_mri_without_any_tells_no_days():
    assert "mr_finding_days" not in told(operated(*CT, says("q", "disc-herniation"), performed="-60"))
    assert "mr_finding_days" not in told(operated(*MRI, says("r", "stenosis"), performed="-60"))


def test_an_annulus_defect_at_the_operated_level_is_a_disc_change():
    there, beside = (says("r", "annular-defect", place=at(level)) for level in ("L4-L5", "L3-L4"))

    assert "yes" == told(operated(*MRI, there, place=at("L4-L5"))).get("disc_change_operated")
    assert "disc_change_operated" not in told(operated(*MRI, beside, place=at("L4-L5")))


def test_disc_material_on_ct_is_no_early_mr():
    assert "early_mr" not in told(operated(*CT, says("q", "disc-herniation"), performed="-60"))


def test_a_residual_fragment_on_the_other_side_is_not_residual():
    def found(side):
        return told(operated(*MRI, says("r", "residual-fragment", side=side), side=Side.LEFT))

    assert (True, False) == ("residual_fragment" in found(Side.LEFT), "residual_fragment" in found(Side.RIGHT))


def test_compression_at_the_operated_level_is_a_surgical_target():
    found = told(operated(*MRI, says("r", "foraminal-stenosis", place=L45), place=L45))

    assert ("yes", "yes") == (found["compressive_finding"], found["surgical_target"])


def test_a_disc_that_is_said_to_touch_no_nerve_is_nothing_to_operate_on():
    disc, free = (says("r", concept, place=L45, sentence=1) for concept in ("disc-herniation", "no-compression"))
    found = told(operated(*MRI, disc, free, place=L45))

    assert (None, None, "same level") == tuple(
        found.get(name) for name in ("compressive_finding", "surgical_target", "herniation_at")
    )


def test_a_clear_current_mri_rules_both_out():
    found = told(operated(*MRI, says("r", "no-compression"), place=L45))

    assert ("no", "no") == (found["compressive_finding"], found["surgical_target"])


def test_a_report_that_is_silent_rules_nothing_out():
    assert "surgical_target" not in told(operated(*MRI, place=L45))


def test_scar_alone_on_a_current_mri():
    found = told(operated(*MRI, says("r", "epidural-scar")))

    assert ("yes", "yes", "no") == (found["scar_on_mri"], found["scar_only"], found["surgical_target"])


def test_scar_beside_stenosis_is_not_alone():
    found = told(operated(*MRI, says("r", "epidural-scar"), says("r", "stenosis")))

    assert (True, False) == ("scar_on_mri" in found, "scar_only" in found)


def test_scar_needs_a_current_report():
    assert "scar_on_mri" not in told(operated(*MRI, says("r", "epidural-scar"), onset="-5"))


def test_scar_on_ct_is_no_scar_on_mri():
    assert "scar_on_mri" not in told(operated(*CT, says("q", "epidural-scar")))


def test_disc_change_counts_at_the_operated_level_only():
    def found(place):
        return "disc_change_operated" in told(operated(*MRI, says("r", "modic-change", place=place), place=L45))

    assert (True, False, False) == (found(L45), found(L34), found(at("lumbar")))


def test_only_ct_shows_screws_and_pars():
    said = "implant-contained", "pars-intact"
    on_ct = told(operated(*CT, *(says("q", concept) for concept in said), by=("fusion",)))
    on_mri = told(operated(*MRI, *(says("r", concept) for concept in said), by=("fusion",)))

    assert ({"implant_contained", "pars_intact"}, set()) == tuple(
        {"implant_contained", "pars_intact"} & set(found) for found in (on_ct, on_mri)
    )


def test_a_breach_is_a_finding_but_not_a_failed_implant():
    found = told(operated(*CT, says("q", "implant-breach"), by=("fusion",)))

    assert ("yes", False) == (found["implant_breach"], "implant_fault" in found)


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("implant-broken", "implant_broken"),
        ("implant-loose", "implant_loose"),
        ("cage-moved", "cage_moved"),
    ],
)
def test_reported_implant_faults(concept, name):
    found = told(operated(*CT, says("q", concept), by=("fusion",)))

    assert ("yes", "yes") == (found[name], found["implant_fault"])


def test_only_the_fused_level_is_abnormal():
    def found(*said):
        return "only_fused_level" in told(operated(*CT, *said, place=L45, by=("fusion",)))

    fused, above = says("q", "nonunion", place=L45), says("q", "stenosis", place=L34)

    assert (True, False, False) == (found(fused), found(fused, above), found(says("q", "nonunion")))


def test_motion_films_reported_stable():
    films = study("x", "-20", "DX", "Lumbar spine flexion extension"), report("f", "-20", "XR lumbar", of="x")

    assert "yes" == told(operated(*films, says("f", "dynamic-listhesis", polarity=NO)))["stable_films"]


def test_a_finding_names_the_report_the_study_and_the_day_of_the_picture():
    found = {f.name: f for f in imaging.read(operated(*MRI, says("r", "disc-herniation", "-18"), place=L45))}
    finding = found["herniation_at"]

    assert ("DiagnosticReport/r", "ImagingStudy/s") == finding.refs
    assert MRI[0].started == finding.when.first.isoformat()


# --- before the operation ------------------------------------------------------------------------------------------

BEFORE = (study("b", "-450"), report("p", "-450", of="b"))


def test_a_target_left_at_a_level_nobody_operated_on():
    said = says("p", "disc-herniation", "-450", place=L34), says("r", "disc-herniation", "-20", place=L34)

    assert "yes" == told(operated(*BEFORE, *MRI, *said, place=L45))["same_as_preop_elsewhere"]


def test_what_was_seen_at_the_operated_level_before_is_not_left_elsewhere():
    said = says("p", "disc-herniation", "-450", place=L45), says("r", "disc-herniation", "-20", place=L45)

    assert "same_as_preop_elsewhere" not in told(operated(*BEFORE, *MRI, *said, place=L45))


def test_a_report_before_the_operation_without_compression():
    assert "yes" == told(operated(*BEFORE, says("p", "no-compression", "-450")))["preop_not_compressive"]


def test_two_levels_abnormal_before_the_operation():
    said = says("p", "disc-herniation", "-450", place=L34), says("p", "stenosis", "-450", place=L45)

    assert "yes" == told(operated(*BEFORE, *said, place=L45))["preop_second_level"]


def test_a_slip_is_new_only_if_imaging_before_named_none():
    now = says("r", "listhesis", "-20", place=L45)
    looked = told(operated(*BEFORE, says("p", "stenosis", "-450"), *MRI, now))
    known = told(operated(*BEFORE, says("p", "listhesis", "-450"), *MRI, now))
    never = told(operated(*MRI, now))

    assert (True, False, False) == tuple("new_listhesis" in found for found in (looked, known, never))


# --- codes ---------------------------------------------------------------------------------------------------------


def test_a_herniation_code_first_stated_after_the_operation_is_news():
    assert "yes" == told(operated(code("disc-herniation", "-10")))["herniation_coded"]


@pytest.mark.parametrize("more", [{"stated": "-410"}, {"stated": "-30", "onset": "-410"}, {"stated": None}], ids=str)
def test_a_herniation_code_first_stated_before_the_operation_is_never_evidence(more):
    again = code("disc-herniation", "-10", place=at("lumbar"))
    older = statement("disc-herniation", more["stated"], onset=more.get("onset"), source="Condition/old")
    found = told(operated(older, again, *MRI))

    assert {"mri"} == {"mri", "herniation_coded", "herniation_at"} & set(found)


def test_a_report_before_the_operation_bars_the_code_after_it():
    said = says("p", "disc-herniation", "-450"), code("disc-herniation", "-10")

    assert "herniation_coded" not in told(operated(*BEFORE, *said))


def test_a_herniation_before_at_a_named_other_level_bars_nothing():
    said = code("disc-herniation", "-410", place=L5S1), code("disc-herniation", "-10", place=L34)

    assert "yes" == told(operated(*said, place=L5S1))["herniation_coded"]


def test_a_code_of_the_year_of_the_operation_is_not_surely_after_it():
    assert "herniation_coded" not in told(operated(code("disc-herniation", "2025-05"), performed="2025"))


def test_a_resolved_code_is_no_finding():
    assert "herniation_coded" not in told(operated(code("disc-herniation", "-10", closed=True)))


@pytest.mark.parametrize(("age", "counts"), [("-50", True), ("-51", False)])
def test_a_code_within_30_days_of_a_study_is_its_finding(age, counts):
    found = told(operated(*MRI, code("disc-herniation", age, place=L45), place=L45))

    assert counts == ("herniation_at" in found)


def test_a_code_that_the_report_of_its_study_denies_is_no_finding_of_it():
    found = told(operated(*MRI, says("r", "disc-herniation", polarity=NO), code("disc-herniation", "-10")))

    assert ("read", False) == (found["mri"], "herniation_at" in found)


def test_a_code_is_no_report_of_a_surgical_target():
    found = told(operated(study("s", "-20"), code("disc-herniation", "-10", place=L45), place=L45))

    assert (True, False) == ("herniation_at" in found, "surgical_target" in found)


@pytest.mark.parametrize(("age", "counts"), [("-310", True), ("-311", False)])
def test_a_stenosis_code_counts_from_90_days_on(age, counts):
    assert counts == ("stenosis_coded" in told(operated(code("stenosis", age), by=("decompression",))))


def test_a_nonunion_code_from_before_a_revision_says_nothing_of_its_result():
    first = operation("op1", "-900", "fusion", place=L45)
    coded_before, coded_after = code("nonunion", "-500"), code("nonunion", "-100")
    revised = {"by": ("fusion", "revision-operation"), "place": L45}

    assert "nonunion_coded" not in told(operated(first, coded_before, **revised))
    assert "yes" == told(operated(first, coded_after, **revised))["nonunion_coded"]


def test_implant_codes_and_what_they_say():
    found = told(operated(code("implant-broken", "-10"), code("implant-displaced", "-10"), by=("fusion",)))

    assert {"implant_broken_coded", "implant_loose_coded", "implant_fault"} <= set(found)
    assert not {"implant_broken", "implant_loose"} & set(found)


@pytest.mark.parametrize(("age", "late"), [("-35", True), ("-36", False)])
def test_an_adjacent_code_is_late_a_year_after_the_fusion(age, late):
    found = told(operated(code("stenosis", age if late else "-40"), by=("fusion",), place=L45))

    assert late == ("adjacent_code_late" in found)


def test_a_code_at_the_fused_level_is_not_adjacent():
    found = told(operated(code("stenosis", "-10", place=L45), by=("fusion",), place=L45))

    assert "adjacent_code_late" not in found


def test_a_late_code_needs_a_fusion():
    assert "adjacent_code_late" not in told(operated(code("stenosis", "-10")))


@pytest.mark.parametrize(("age", "counts"), [("-400", True), ("-401", False)])
def test_a_root_injury_may_be_coded_on_the_day_of_the_operation(age, counts):
    assert counts == ("root_injury_coded" in told(operated(code("nerve-root-injury-code", age))))


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("foraminal-stenosis", "foraminal_coded"),
        ("instability", "instability_coded"),
        ("kyphosis", "kyphosis_coded"),
        ("flatback", "flatback_coded"),
        ("arachnoiditis-code", "arachnoiditis_coded"),
        ("meningeal-adhesions", "adhesions_coded"),
        ("spinal-infection", "spinal_infection_coded"),
        ("device-complication", "device_fault_coded"),
        ("retained-foreign-body", "foreign_body_coded"),
        ("sacroiliitis", "sacroiliitis"),
    ],
)
def test_each_code_after_the_operation_has_its_finding(concept, name):
    assert "yes" == told(operated(code(concept, "-10")))[name]


def test_an_undated_operation_makes_no_code_news():
    assert "herniation_coded" not in told(operated(code("disc-herniation", "-10"), performed=None))


def test_nothing_is_said_before_surgery_was_read():
    assert [] == list(imaging.read(replace(operated(*MRI), surgery=None)))


ENTRIES = (
    *MRI,
    *BEFORE,
    *CT,
    says("r", "disc-herniation", "-20", place=L34, side=Side.LEFT),
    says("r", "epidural-scar", "-20", sentence=2),
    says("p", "disc-herniation", "-450", place=L34),
    says("q", "implant-loose", "-20"),
    says("q", "disc-herniation", "-20", polarity=NO),
    code("stenosis", "-12"),
    code("nonunion", "-15"),
    code("implant-broken", "-500"),
    code("disc-herniation", "-30", place=L5S1),
)


@given(st.permutations(ENTRIES))
def test_the_order_of_the_entries_never_matters(entries):
    def read(parts):
        return {f.name: f for f in imaging.read(operated(*parts, place=L45, by=("fusion",)))}

    assert read(ENTRIES) == read(entries)


def test_a_solid_segment_does_not_deny_the_open_one_beside_it():
    fused = {"by": ("fusion",), "place": at("L4-L5", "L5-S1")}
    open_ = says("q", "nonunion", place=L5S1)

    assert "solid_fusion" not in told(operated(*CT, open_, says("q", "solid-fusion", place=L45), **fused))
    for place in (L5S1, at()):
        assert "yes" == told(operated(*CT, open_, says("q", "solid-fusion", place=place), **fused))["solid_fusion"]


def test_a_thoracic_fracture_counts_beside_a_fusion_that_reaches_there():
    broken = says("q", "vertebral-fracture", place=at("thoracic"))

    long = operated(*CT, broken, by=("fusion",), place=at("T10-T11", "T11-T12", "T12-L1", "L1-L2"))
    assert "yes" == told(long)["vertebral_fracture"]
    assert "vertebral_fracture" not in told(operated(*CT, broken, by=("fusion",), place=L45))
