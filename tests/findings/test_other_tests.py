"""Tests beside imaging: which were done, and what they said."""

from __future__ import annotations

import pytest

from service.chart.chart import Chart
from service.domain.places import Side
from service.domain.statements import Basis, Polarity
from service.fhir import datatypes, resources
from service.findings.imaging import other_tests, study_status
from tests.findings.build import at, procedure, sheet, statement
from tests.findings.papers import day, named, operated, order, report, says, study, to


def told(chart: Chart) -> dict[str, object]:
    return sheet(other_tests.read(chart))


def block(id_: str, day: str | None, concept: str = "nerve-root-block", **more):
    row = procedure(id_, day, **more)
    return row, (statement(concept, day, source=row.ref),)


def test_nothing_done_is_said_as_none():
    found = told(operated())

    assert {"none"} == {found[name] for name in ("emg", "root_block", "si_block", "leg_duplex", "bone_density")}


@pytest.mark.parametrize("words", ["EMG lower extremities", "Nerve conduction study left leg", "Electromyogram study"])
def test_an_emg_report_is_a_reading(words):
    assert "read" == told(operated(report("r", "-20", words)))["emg"]


def test_an_emg_of_the_arms_is_not_meant():
    assert "none" == told(operated(report("r", "-20", "EMG upper extremity, carpal tunnel")))["emg"]


def test_an_emg_before_the_operation_is_outdated():
    assert "outdated" == told(operated(report("r", "-500", "EMG legs")))["emg"]


def test_a_normal_emg_is_negative():
    assert "negative" == told(operated(report("r", "-20", "EMG legs"), says("r", "emg-normal", "-20")))["emg"]


def test_an_ordered_emg_is_pending():
    assert "pending" == told(operated(order("o", "-5", "EMG legs")))["emg"]


@pytest.mark.parametrize(("side", "counts"), [(Side.LEFT, True), (Side.UNKNOWN, True), (Side.RIGHT, False)])
def test_denervation_on_the_other_side_is_not_of_the_operated_root(side, counts):
    papers = report("r", "-20", "EMG legs"), says("r", "emg-root-denervation", "-20", side=side)

    assert counts == ("emg_root" in told(operated(*papers, side=Side.LEFT)))


def test_an_entrapment_on_emg():
    assert "yes" == told(operated(says("r", "emg-peroneal", "-20")))["emg_peroneal"]


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("nerve-root-block", "root_block"),
        ("si-joint-block", "si_block"),
        ("facet-block", "facet_block"),
        ("hip-injection", "hip_block"),
    ],
)
def test_a_block_without_a_result_is_done(concept, name):
    assert "done" == told(operated(block("b", "-20", concept)))[name]


def test_a_block_before_the_operation_is_none_since():
    assert "none" == told(operated(block("b", "-500")))["root_block"]


def test_an_undated_block_is_undecided():
    assert "root_block" not in told(operated(block("b", None)))


@pytest.mark.parametrize("word", ["positive", "negative"])
def test_the_result_on_the_entry_of_the_block(word):
    result = statement(f"block-{word}", "-20", source="Procedure/b", basis=Basis.NOTE)

    assert word == told(operated(block("b", "-20"), result))["root_block"]


def test_the_result_in_the_report_of_the_block():
    done = block("b", "-20", report=to("DiagnosticReport/r"))

    assert "positive" == told(operated(done, says("r", "block-positive", "-19")))["root_block"]


@pytest.mark.parametrize(("age", "word"), [("-5", "positive"), ("-21", "done"), ("-200", "done")])
def test_a_result_said_elsewhere_must_follow_the_block(age, word):
    result = statement("block-positive", age, source="Observation/x")

    assert word == told(operated(block("b", "-20"), result))["root_block"]


def test_a_result_between_two_blocks_belongs_to_neither():
    result = statement("block-positive", "-10", source="Observation/x")
    found = told(operated(block("b", "-20"), block("c", "-18", "si-joint-block"), result))

    assert ("done", "done") == (found["root_block"], found["si_block"])


def test_contradicting_results_settle_nothing():
    results = (statement(f"block-{word}", "-20", source="Procedure/b") for word in ("positive", "negative"))

    assert "done" == told(operated(block("b", "-20"), *results))["root_block"]


def test_a_block_at_the_neck_is_not_meant():
    row = procedure("b", "-20")

    assert (
        "none"
        == told(operated((row, (statement("facet-block", "-20", source=row.ref, place=at("cervical")),))))[
            "facet_block"
        ]
    )


@pytest.mark.parametrize(("age", "word"), [("-14", "read"), ("-15", "outdated")])
def test_a_leg_duplex_counts_for_14_days(age, word):
    assert word == told(operated(report("r", age, "Venous duplex lower extremity")))["leg_duplex"]


@pytest.mark.parametrize(("age", "word"), [("-730", "read"), ("-731", "outdated")])
def test_bone_density_counts_for_two_years(age, word):
    assert word == told(operated(report("r", age, "DXA lumbar spine and hip")))["bone_density"]


def test_a_bone_density_scan_is_no_radiograph_of_the_hip():
    assert "none" == sheet(study_status.read(operated(study("s", "-20", "BMD", "DXA spine and hip"))))["hip_xray"]


def test_a_measured_ankle_brachial_index_is_a_vascular_test():
    row = resources.Observation(resource_type="Observation", id="a", status="final", code=named("Ankle-brachial index"))
    value = statement("ankle-brachial-index", "-20", source=row.ref, basis=Basis.VALUE)

    assert "read" == told(operated((row, (value,))))["vascular_test"]


def test_a_report_the_operation_names_is_an_operative_note():
    papers = report("r", "-399", "Operative note")

    assert "yes" == told(operated(papers))["operative_note"]


@pytest.mark.parametrize(("day", "words"), [("-900", "Operative report"), ("-399", "Discharge summary")])
def test_another_report_is_no_operative_note(day, words):
    assert "operative_note" not in told(operated(report("r", day, words)))


def test_a_denied_entrapment_is_none():
    assert "emg_peroneal" not in told(operated(says("r", "emg-peroneal", "-20", polarity=Polarity.NO)))


def result(name, *, status="final", value=0.6):
    return resources.Observation(
        resource_type="Observation",
        id="o",
        status=status,
        code=named(name),
        effective_date_time=day("-30"),
        value_quantity=datatypes.Quantity(value=value) if value is not None else None,
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ankle-brachial index", "vascular_test"),
        ("Nerve conduction velocity, peroneal", "emg"),
        ("Bone mineral density L1-L4", "bone_density"),
    ],
)
def test_a_result_known_by_its_name_is_a_test_that_was_read(name, kind):
    assert "read" == told(operated((result(name), ())))[kind]


@pytest.mark.parametrize("changed", [{"status": "cancelled"}, {"value": None}, {"name": "Mean arterial pressure"}])
def test_what_was_not_measured_or_is_another_test_is_none(changed):
    assert "none" == told(operated((result(**{"name": "Ankle-brachial index", **changed}), ())))["vascular_test"]
