"""The level: read from body sites in our own codes as well, and written where the conclusion's own words name it."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from service import pipeline
from service.domain import spine
from service.fhir.canonical import CANONICAL
from service.findings import case_sheet
from tests.output.charts import AS_OF, bundle, guide, of, resources
from tests.patients import build

LEVEL = f"{CANONICAL}/StructureDefinition/spinal-level"
PLACES = f"{CANONICAL}/CodeSystem/spine-place"
SIDES = f"{CANONICAL}/CodeSystem/side"


def levels(issue):
    told = [each["valueCodeableConcept"]["coding"][0] for each in issue.get("extension", ()) if LEVEL == each["url"]]
    assert {PLACES} >= {coding["system"] for coding in told}
    return [coding["code"] for coding in told]


def operated(*sites):
    """The operation without a word of its level; the sites say it by code alone."""
    held = resources()
    held[1]["code"] = {"coding": [{"system": "http://snomed.info/sct", "code": "178625001"}]}
    held[1]["bodySite"] = [{"coding": [{"system": system, "code": code}]} for system, code in sites]
    return held


def test_an_issue_carries_the_operated_level_that_its_card_names(service):
    (issue,) = of(guide(bundle(), service), "DetectedIssue")

    assert ["L4-L5"] == levels(issue)


def test_an_issue_whose_level_is_not_known_carries_none(service):
    (issue,) = of(guide(bundle(operated()), service), "DetectedIssue")

    assert "extension" not in issue


@pytest.mark.parametrize(
    ("codes", "segments"),
    [
        ([(PLACES, "L4-L5")], ("L4-L5",)),
        ([(PLACES, "L5"), (PLACES, "S1")], ("L5-S1",)),
        ([(PLACES, "L3-L4"), (PLACES, "L4-L5")], ("L3-L4", "L4-L5")),
    ],
)
def test_a_body_site_in_our_own_codes_is_the_level_of_an_operation(codes, segments, service):
    (issue,) = of(guide(bundle(operated(*codes)), service), "DetectedIssue")

    assert segments == tuple(levels(issue))


@pytest.mark.parametrize(
    ("segments", "said"),
    [
        (("L4-L5",), "L4-L5"),
        (("L3-L4", "L4-L5", "L5-S1"), "L3-S1"),
        (("L1-L2", "L4-L5", "L5-S1"), "L1-L2, L4-S1"),
        ((), ""),
    ],
)
def test_neighbouring_segments_are_written_from_end_to_end(segments, said):
    assert said == spine.in_words(segments)


def test_a_side_in_our_own_codes_is_the_side_of_an_operation(service):
    record = pipeline.read(bundle(operated((PLACES, "L4-L5"), (SIDES, "left"))), AS_OF)

    assert "left" == case_sheet.read(record, service.knowledge).story.side


def test_every_level_that_is_written_is_a_place_of_the_published_list_and_is_on_the_card(service):
    published = json.loads((files("fhir_profiles") / "valuesets" / "spine-place.json").read_text("utf-8"))
    known = {concept["code"]: concept["display"] for concept in published["concept"]}
    seen = 0
    for name in build.names()[::6]:
        patient = build.load(name)
        chart = build.bundle(patient)
        told_to_people = explained(chart, patient, service)
        summaries = " ".join(card["summary"] for card in told_to_people["cards"])
        for issue in of(guide(chart, service, as_of=patient.as_of), "DetectedIssue"):
            for told in issue.get("extension", ()):
                assert spine.in_words(told_to_people["indexSurgery"]["levels"]) in summaries
                (coding,) = told["valueCodeableConcept"]["coding"]
                assert known[coding["code"]] == coding["display"]
                seen += 1

    assert seen > 3


def explained(chart, patient, service):
    return pipeline.explain(chart, patient.as_of, service, "", pipeline.writing(service))
