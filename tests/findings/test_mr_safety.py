"""Claims about implants and the magnet: unsafe bars, unmarked asks, marked conditional says nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from service.domain.findings import Finding
from service.fhir import datatypes, resources
from service.findings.background import mr_safety
from tests.findings.build import chart, operation, sheet, statement

OP = operation("op", "-400", "discectomy")


def device(name, *, mark=None, status="active", note=None, id_="d", coded_mark=None):
    safety = (datatypes.CodeableConcept(text=mark),) if mark else None
    if coded_mark:
        safety = (datatypes.CodeableConcept(coding=(datatypes.Coding(display=coded_mark),)),)
    return resources.Device(
        resource_type="Device",
        id=id_,
        status=status,
        type=datatypes.CodeableConcept(text=name),
        safety=safety,
        note=(datatypes.Annotation(text=note),) if note else None,
    )


def read(*parts, known=(), **kinds):
    made = chart(*parts, **kinds)
    return sheet(mr_safety.read(replace(made, known={**made.known, **{f.name: f for f in known}})))


@pytest.mark.parametrize(
    "name",
    [
        "Dual-chamber pacemaker",
        "Implantable cardioverter defibrillator",
        "Spinal cord stimulator",
        "Implantable pulse generator",
        "Intrathecal morphine pump",
        "Cochlear implant",
        "Intracranial aneurysm clip",
        "Metallic foreign body in orbit",
    ],
)
def test_a_device_without_a_mark_must_be_checked_first(name):
    assert {"device_check": "yes"} == read(OP, devices=(device(name),))


@pytest.mark.parametrize("mark", ["MR Conditional", "MR Safe", "Magnetic Resonance (MR) Conditional"])
def test_a_device_marked_conditional_or_safe_asks_nothing(mark):
    assert {} == read(OP, devices=(device("Pacemaker", mark=mark),))
    assert {} == read(OP, devices=(device("Pacemaker", coded_mark=mark),))


@pytest.mark.parametrize("name", ["Pacemaker", "Infusion port", "Something"])
def test_an_explicitly_unsafe_device_bars_mri_whatever_it_is(name):
    assert {"mri_no": "yes"} == read(OP, devices=(device(name, mark="MR Unsafe"),))


def test_a_name_that_says_unsafe_is_a_mark_and_one_that_says_conditional_keeps_its_conditions():
    assert {"mri_no": "yes"} == read(OP, devices=(device("Pacemaker, MR unsafe"),))
    assert {"device_check": "conditional"} == read(OP, devices=(device("MR conditional pacemaker"),))


def test_a_device_conditional_by_name_does_not_vouch_for_another():
    both = (device("MR conditional pacemaker", id_="a"), device("Cochlear implant", id_="b"))

    assert {"device_check": "yes"} == read(OP, devices=both)


def test_a_code_that_repeats_a_device_conditional_by_name_asks_for_no_check():
    said = statement("mr-check-device", "-900", words="Presence of cardiac pacemaker")

    assert {"device_check": "conditional"} == read(OP, said, devices=(device("Pacemaker, MRI conditional"),))


def test_labelling_without_mri_safety_information_is_no_mark():
    assert {"device_check": "yes"} == read(
        OP, devices=(device("Pacemaker", mark="Labeling does not contain MRI safety information"),)
    )


def test_a_note_about_the_magnet_is_a_mark_and_another_note_is_none():
    assert {} == read(OP, devices=(device("Pacemaker", note="Checked 2024. MR conditional at 1.5 T."),))
    assert {"device_check": "yes"} == read(OP, devices=(device("Pacemaker", note="Battery safe until 2030."),))
    assert {"mri_no": "yes"} == read(OP, devices=(device("Pacemaker", note="Not MRI compatible"),))


@pytest.mark.parametrize("status", ["inactive", "entered-in-error"])
def test_a_device_out_of_use_counts_for_nothing(status):
    assert {} == read(OP, devices=(device("Pacemaker", status=status), device("Clip", mark="MR Unsafe", status=status)))


def test_pedicle_screws_need_no_check():
    assert {} == read(OP, devices=(device("Pedicle screw system"),))


def test_a_code_of_a_pacemaker_asks_for_the_check():
    assert {"device_check": "yes"} == read(
        OP, statement("mr-check-device", "-900", words="Presence of cardiac pacemaker")
    )


def test_a_code_that_repeats_a_conditional_device_asks_nothing():
    said = statement("mr-check-device", "-900", words="Presence of cardiac pacemaker")

    assert {} == read(OP, said, devices=(device("Pacemaker", mark="MR Conditional"),))


def test_a_conditional_pacemaker_does_not_vouch_for_a_clip():
    said = statement("mr-check-device", "-900", words="Aneurysm clip in situ")

    assert {"device_check": "yes"} == read(OP, said, devices=(device("Pacemaker", mark="MR Conditional"),))


def test_one_unmarked_device_beside_a_marked_one_still_asks():
    both = (device("Pacemaker", mark="MR Conditional", id_="a"), device("Cochlear implant", id_="b"))

    assert {"device_check": "yes"} == read(OP, devices=both)


def test_a_stimulator_known_from_its_operation_asks_for_the_check():
    assert {"device_check": "yes"} == read(OP, known=[Finding("stimulator_present", "yes", ("Procedure/scs",))])


def test_a_stimulator_marked_conditional_asks_nothing():
    found = read(
        OP,
        known=[Finding("stimulator_present", "yes", ("Procedure/scs",))],
        devices=(device("Spinal cord stimulator", mark="MR Conditional"),),
    )

    assert {} == found


def test_the_finding_names_the_device():
    found = {f.name: f for f in mr_safety.read(chart(OP, devices=(device("Pacemaker", id_="pm"),)))}

    assert (("Device/pm",), "Pacemaker") == (found["device_check"].refs, found["device_check"].words)


def test_a_stimulator_that_was_taken_out_with_its_leads_asks_for_no_check():
    coded = statement("stimulator-present", "-600", words="Presence of neurostimulator")
    for words in ("Removal of spinal cord stimulator with generator and leads", "Removal of entire stimulator system"):
        out = statement("stimulator-present", "-200", source="Procedure/out", words=words)

        assert {} == read(OP, coded, out)
        assert {"device_check": "yes"} == read(OP, coded, out, devices=(device("Spinal cord stimulator"),))
        assert {"device_check": "yes"} == read(OP, out, statement("stimulator-present", "-20", words="Stimulator"))


def test_leads_that_may_have_stayed_ask_for_a_check():
    coded = statement("stimulator-present", "-600", words="Presence of neurostimulator")
    out = statement("stimulator-present", "-200", source="Procedure/out", words="Removal of spinal cord stimulator")

    assert {"device_check": "yes"} == read(OP, coded, out)


@pytest.mark.parametrize(
    "words", ["Removal of trial leads", "Removal of intrathecal pump", "Removal of entire pump system"]
)
def test_taking_out_another_device_or_a_trial_leaves_the_check_of_the_stimulator(words):
    coded = statement("stimulator-present", "-600", words="Presence of neurostimulator")
    out = statement("stimulator-present", "-200", source="Procedure/out", words=words)

    assert {"device_check": "yes"} == read(OP, coded, out)
