"""What counts as an operation, which one is the index, and what the chart says of levels, sides and implants."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from service.chart.chart import EVER
from service.domain.places import Side
from service.domain.spans import Interval
from service.domain.statements import Basis
from service.findings.surgery import index_operation
from tests.findings.build import Row, at, bare_chart, operation, sheet, statement, unlawful


def findings_of(*parts):
    return sheet(index_operation.read(bare_chart(*parts))[1])


def story_of(*parts):
    return index_operation.read(bare_chart(*parts))[0]


def test_a_chart_without_lumbar_surgery_says_no_and_nothing_else():
    assert {"lumbar_surgery": "no"} == findings_of(statement("leg-pain", "-10"))


def test_a_cervical_operation_alone_is_no_lumbar_surgery():
    assert {"lumbar_surgery": "no"} == findings_of(operation("p1", "-100", "fusion", place=at("cervical")))


def test_an_unlocalised_spine_code_counts_only_with_a_lumbar_place():
    assert {"lumbar_surgery": "no"} == findings_of(operation("p1", "-100", "discectomy", place=at()))
    assert "recorded" == findings_of(operation("p1", "-100", "discectomy", place=at("L4-L5")))["index_surgery"]


@pytest.mark.parametrize("status", ["not-done", "entered-in-error", "preparation", "in-progress", "stopped"])
def test_only_a_completed_operation_counts(status):
    assert {"lumbar_surgery": "no"} == findings_of(operation("p1", "-100", "fusion", status=status))


def test_a_future_operation_is_ignored():
    assert {"lumbar_surgery": "no"} == findings_of(operation("p1", "2026-06-02", "fusion"))


def test_the_latest_operation_is_the_index():
    found = findings_of(operation("p1", "-900", "discectomy"), operation("p2", "-100", "decompression"))

    assert "yes" == found["index_decompression"]
    assert "no" == found["index_discectomy"]
    assert 100 == found["days_since_surgery"]
    assert 2 == found["n_surgeries"]


@pytest.mark.parametrize(
    "minor", ["spinal-injection", "stimulator-implant", "hardware-removal", "washout", "facet-block", "myelogram"]
)
def test_a_minor_procedure_is_never_the_index_but_restarts_the_clock_of_section_4(minor):
    found = findings_of(operation("p1", "-500", "discectomy"), operation("p2", "-9", minor))

    assert "yes" == found["index_discectomy"]
    assert 500 == found["days_since_surgery"]
    assert 9 == found["days_since_any"]
    assert 1 == found["n_surgeries"]


def test_an_unlocalised_injection_counts_beside_an_operation_and_never_alone():
    injection = operation("p2", "-9", "spinal-injection", place=at())

    assert {"lumbar_surgery": "no"} == findings_of(injection)
    assert 9 == findings_of(operation("p1", "-500", "fusion"), injection)["days_since_any"]


def test_a_lumbar_injection_alone_is_a_session_without_an_index():
    found = findings_of(operation("p1", "-9", "spinal-injection"))

    assert ("yes", "none", 9) == (found["lumbar_surgery"], found["index_surgery"], found["days_since_any"])
    assert "days_since_surgery" not in found


def test_the_rows_of_one_fusion_are_one_operation():
    found = findings_of(
        operation("p1", "-400", "fusion", "instrumentation"),
        operation("p2", "-400", "decompression"),
        operation("p3", "-399", "fusion"),
    )

    assert 1 == found["n_surgeries"]


def test_rows_of_one_encounter_are_one_operation_even_when_staged():
    found = findings_of(
        operation("p1", "-400", "fusion", encounter="Encounter/e1"),
        operation("p2", "-396", "fusion", encounter="Encounter/e1"),
    )

    assert 1 == found["n_surgeries"]
    assert 396 == found["days_since_surgery"]


def test_a_washout_later_in_the_same_stay_keeps_its_own_clock():
    found = findings_of(
        operation("p1", "-30", "fusion", encounter="Encounter/e1"),
        operation("p2", "-12", "washout", encounter="Encounter/e1"),
    )

    assert (30, 12) == (found["days_since_surgery"], found["days_since_any"])


def test_a_row_known_to_the_year_repeats_the_one_operation_it_can_mean():
    found = findings_of(operation("p1", "2019-03-14", "discectomy"), operation("p2", "2019", "discectomy"))

    assert 1 == found["n_surgeries"]


def test_disc_removal_in_a_fusion_session_is_not_a_discectomy():
    found = findings_of(
        operation("p1", "-400", "fusion", place=at("L4-L5")), operation("p2", "-400", "discectomy", place=at("L4-L5"))
    )

    assert ("no", "no", "yes") == (found["index_discectomy"], found["ever_discectomy"], found["index_fusion"])


def test_disc_removal_at_the_region_of_a_fusion_is_part_of_it():
    found = findings_of(operation("p1", "-400", "fusion"), operation("p2", "-400", "discectomy"))

    assert "no" == found["ever_discectomy"]


def test_disc_removal_at_another_level_than_the_fusion_is_a_discectomy():
    found = findings_of(
        operation("p1", "-400", "fusion", place=at("L5-S1")), operation("p2", "-400", "discectomy", place=at("L3-L4"))
    )

    assert ("yes", "yes") == (found["ever_discectomy"], found["unfused_operation"])


def test_a_discectomy_level_fused_since_counts_no_more():
    earlier = operation("p1", "-900", "discectomy", place=at("L4-L5"))

    assert "no" == findings_of(earlier, operation("p2", "-100", "fusion", place=at("L4-L5")))["ever_discectomy"]
    assert "yes" == findings_of(earlier, operation("p2", "-100", "fusion", place=at("L5-S1")))["ever_discectomy"]


def test_an_unnamed_discectomy_level_counts_even_after_a_fusion():
    found = findings_of(operation("p1", "-900", "discectomy"), operation("p2", "-100", "fusion", place=at("L4-L5")))

    assert "yes" == found["ever_discectomy"]


def test_hardware_removal_does_not_undo_a_fusion_but_takes_the_implants():
    found = findings_of(
        operation("p1", "-900", "fusion", "instrumentation", place=at("L4-L5")),
        operation("p2", "-100", "hardware-removal", place=at("L4-L5")),
    )

    assert ("yes", "no", 900) == (found["ever_fused"], found["implant_present"], found["fusion_age_days"])


def test_a_fusion_with_instrumentation_leaves_implants():
    assert "yes" == findings_of(operation("p1", "-900", "fusion", "instrumentation"))["implant_present"]


def test_adjacent_levels_lie_above_and_below_the_fused_block():
    story = story_of(operation("p1", "-900", "fusion", place=at("L3-L4", "L4-L5")))

    assert ("L2-L3", "L5-S1") == story.adjacent
    assert ("L3-L4", "L4-L5") == story.fused.segments


def test_adjacent_levels_are_unknown_when_a_fusion_names_only_its_region():
    story = story_of(operation("p1", "-900", "fusion", place=at("L4-L5")), operation("p2", "-90", "fusion"))

    assert () == story.adjacent


def test_levels_are_counted_exactly_only_when_all_are_named():
    named = operation("p1", "-900", "fusion", place=at("L4-L5", "L5-S1"))

    assert 2 == findings_of(named)["fused_levels"]
    assert (2, 18) == findings_of(named, operation("p2", "-90", "fusion"))["fused_levels"]
    assert "fused_levels" not in findings_of(operation("p2", "-90", "fusion"))
    assert "yes" == findings_of(named)["fused_to_sacrum"]


def test_an_undated_operation_leaves_every_window_possible():
    found = findings_of(operation("p1", None, "fusion"))

    assert (0, 36525) == found["days_since_surgery"]
    assert "yes" == found["early_window_open"]


def test_an_undated_operation_never_hides_a_dated_one():
    found = findings_of(operation("p1", None, "discectomy"), operation("p2", "-700", "fusion"))

    assert ("yes", 700, 2) == (found["index_fusion"], found["days_since_surgery"], found["n_surgeries"])


def test_a_year_only_date_is_an_interval_of_days():
    assert (517, 882) == findings_of(operation("p1", "2024", "fusion"))["days_since_surgery"]


def test_a_year_that_is_not_over_ends_today():
    assert (0, 151) == findings_of(operation("p1", "2026", "fusion"))["days_since_surgery"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        statement("cervical-thoracic-procedure", "-900", source="Procedure/neck", code="0RG10A0"),
        statement("si-fusion", "-900", source="Procedure/si"),
        statement("fusion", "-900", source="Procedure/neck", place=at("cervical")),
    ],
)
def test_an_arthrodesis_status_without_a_place_is_that_of_the_fusion_on_record(elsewhere):
    status = statement("arthrodesis-status", "-4")

    assert "stated" == findings_of(status)["index_surgery"]
    assert {"lumbar_surgery": "no"} == findings_of(status, elsewhere)


def test_a_release_of_the_cervical_cord_explains_no_arthrodesis_status():
    release = statement("cervical-thoracic-procedure", "-900", source="Procedure/neck", code="00NW0ZZ")

    assert "stated" == findings_of(statement("arthrodesis-status", "-4"), release)["index_surgery"]


@pytest.mark.parametrize("concept", ["postlaminectomy-syndrome", "history-of-spine-surgery", "arthrodesis-status"])
def test_a_code_that_speaks_of_surgery_makes_it_stated(concept):
    found = findings_of(statement(concept, "-400"))

    assert "stated" == found["index_surgery"]
    assert (400, 36525) == found["days_since_surgery"]
    assert "no" == found["early_window_open"]


def test_pseudarthrosis_by_its_postoperative_code_states_a_fusion():
    found = findings_of(statement("nonunion", "-400", code="M96.0"))

    assert ("stated", "yes", "yes") == (found["index_surgery"], found["index_fusion"], found["ever_fused"])


def test_kyphosis_of_another_code_states_no_surgery():
    assert {"lumbar_surgery": "no"} == findings_of(statement("kyphosis", "-400", code="M40.15"))


def test_cervical_fusion_status_is_no_lumbar_surgery():
    assert {"lumbar_surgery": "no"} == findings_of(statement("arthrodesis-status", "-4", place=at("cervical")))


def test_a_text_on_a_past_fusion_states_it_and_a_plan_does_not():
    told = statement("fusion", "-4", basis=Basis.NOTE, place=at("L4-L5"), words="s/p L4-5 fusion")

    assert {"lumbar_surgery": "no"} == findings_of(told)
    story = story_of(replace(told, about_surgery=True))
    assert ("L4-L5",) == story.operated.segments
    assert story.index is not None
    assert story.index.stated_only


def test_an_order_for_a_fusion_states_no_surgery():
    assert {"lumbar_surgery": "no"} == findings_of(statement("fusion", "-4", source="ServiceRequest/s1"))


def test_a_recorded_operation_outranks_a_stated_one():
    found = findings_of(operation("p1", "-100", "discectomy"), statement("postlaminectomy-syndrome", "-50"))

    assert "recorded" == found["index_surgery"]


def test_what_is_only_stated_never_says_no_to_another_class():
    found = findings_of(statement("postlaminectomy-syndrome", "-400"))

    assert not {"ever_fused", "ever_discectomy", "index_fusion"} & set(found)


def preop(level, stated="-130", **more):
    return statement(
        "disc-herniation", stated, basis=Basis.REPORT, source="DiagnosticReport/r", place=at(level), **more
    )


def test_levels_mismatch_only_when_both_are_named_segments_and_disjoint():
    at_l4 = operation("p1", "-100", "discectomy", place=at("L4-L5"))

    assert "yes" == findings_of(preop("L5-S1"), at_l4)["level_mismatch"]
    assert "no" == findings_of(preop("L4-L5"), at_l4)["level_mismatch"]
    assert "level_mismatch" not in findings_of(preop("lumbar"), at_l4)
    assert "level_mismatch" not in findings_of(preop("L5-S1"), operation("p1", "-100", "discectomy"))
    assert "level_mismatch" not in findings_of(at_l4)


def test_a_target_of_years_before_or_from_after_the_operation_proves_no_mismatch():
    at_l4 = operation("p1", "-100", "discectomy", place=at("L4-L5"))

    assert "level_mismatch" not in findings_of(preop("L5-S1", "-600"), at_l4)
    assert "level_mismatch" not in findings_of(preop("L5-S1", "-50"), at_l4)


def test_a_transitional_vertebra_leaves_the_level_match_unknown():
    found = findings_of(
        preop("L5-S1"),
        operation("p1", "-100", "discectomy", place=at("L4-L5")),
        statement("transitional-vertebra", "-130", basis=Basis.REPORT),
    )

    assert "yes" == found["numbering_uncertain"]
    assert "level_mismatch" not in found


@pytest.mark.parametrize(
    ("pain", "operated", "expected"),
    [
        (Side.LEFT, Side.RIGHT, "yes"),
        (Side.LEFT, Side.LEFT, "no"),
        (Side.LEFT, Side.BILATERAL, None),
        (Side.UNKNOWN, Side.LEFT, None),
        (Side.LEFT, Side.UNKNOWN, None),
    ],
)
def test_sides_mismatch_only_when_both_are_known_and_opposite(pain, operated, expected):
    found = findings_of(statement("leg-pain", "-120", side=pain), operation("p1", "-100", "discectomy", side=operated))

    assert expected == found.get("side_mismatch")


def test_an_old_sided_complaint_proves_no_side_mismatch():
    found = findings_of(
        statement("leg-pain", "-400", side=Side.LEFT), operation("p1", "-100", "discectomy", side=Side.RIGHT)
    )

    assert "side_mismatch" not in found


def test_an_anterior_operation_is_not_posterior():
    found = findings_of(operation("p1", "-100", "fusion", "anterior-approach"))

    assert ("yes", "no") == (found["anterior_surgery"], found["posterior_surgery"])


def test_a_stimulator_is_present_and_keeps_its_date():
    found = {
        f.name: f
        for f in index_operation.read(
            bare_chart(
                operation("p1", "-900", "fusion"), operation("p2", "-100", "stimulator-implant", place=at("thoracic"))
            )
        )[1]
    }

    assert "yes" == found["stimulator_present"].value
    assert ("Procedure/p2",) == found["stimulator_present"].refs


CONCEPTS = ["discectomy", "decompression", "fusion", "disc-replacement", "spinal-injection", "hardware-removal"]
PLACES = [at("lumbar"), at("L4-L5"), at("L5-S1"), at("L3-L4", "L4-L5")]
DAYS = st.one_of(st.none(), st.sampled_from(["2019", "2021-05", "2025-12-30", "2025-12-31", "2026", "2026-05-20"]))


@st.composite
def operations(draw) -> list[Row]:
    rows = draw(
        st.lists(
            st.tuples(DAYS, st.sampled_from(CONCEPTS), st.sampled_from(PLACES), st.booleans()), min_size=1, max_size=6
        )
    )
    return [
        operation(f"p{n}", day, concept, place=place, encounter="Encounter/e" if same else "")
        for n, (day, concept, place, same) in enumerate(rows)
    ]


@settings(max_examples=60, deadline=None)
@given(operations(), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_changes_the_surgery(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)

    assert index_operation.read(bare_chart(*rows)) == index_operation.read(bare_chart(*shuffled))


@settings(max_examples=60, deadline=None)
@given(operations())
def test_intervals_are_never_upside_down_and_the_latest_session_never_older_than_the_index(rows):
    story, found = index_operation.read(bare_chart(*rows))

    assert [] == unlawful(found)
    assert all(0 <= f.value.low <= f.value.high for f in found if isinstance(f.value, Interval))
    assert story.index is None or story.dsi_any.high <= story.dsi.high
    assert story.index is None or "M" not in story.index.classes


def test_no_date_is_ever():
    assert Interval(0, 36525) == EVER


IMPLANTED = operation("scs", "-600", "stimulator-implant", place=at("thoracic"))


def _taken_out(name="Removal of spinal cord stimulator", when="-200"):
    return statement("stimulator-present", when, source="Procedure/out", words=name)


def test_a_stimulator_that_was_taken_out_is_not_in_place():
    base = operation("p1", "-900", "discectomy")

    assert "no" == findings_of(base, IMPLANTED, _taken_out())["stimulator_present"]
    assert "no" == findings_of(base, _taken_out())["stimulator_present"]


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("Removal and replacement of spinal cord stimulator", "-200"),
        ("Removal of spinal cord stimulator generator", "-200"),
        ("Removal of spinal cord stimulator trial leads", "-200"),
        ("Removal of spinal cord stimulator", "-700"),
        ("Removal of spinal cord stimulator", None),
    ],
)
def test_a_stimulator_stays_after_an_exchange_a_part_or_an_earlier_or_undated_removal(name, when):
    found = findings_of(operation("p1", "-900", "discectomy"), IMPLANTED, _taken_out(name, when))

    assert "yes" == found["stimulator_present"]


def test_the_end_of_a_trial_takes_out_the_trial_and_nothing_else():
    base = operation("p1", "-900", "discectomy")
    trial = operation("trial", "-300", "stimulator-implant", words="Spinal cord stimulator trial")
    end = _taken_out("Removal of spinal cord stimulator trial leads", "-293")

    assert "stimulator_present" not in findings_of(base, trial, end)
    assert "yes" == findings_of(base, IMPLANTED, trial, end)["stimulator_present"]
    later = operation("scs2", "-200", "stimulator-implant")
    assert "yes" == findings_of(base, trial, end, later)["stimulator_present"]
