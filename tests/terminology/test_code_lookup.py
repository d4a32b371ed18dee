"""Codes are looked up however charts write them, name places and sides, and give way to those of a site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.domain.places import NOWHERE, Place, Side
from service.knowledge import terminology
from service.knowledge.code_systems import name_of_system
from service.knowledge.messages import RuleError
from tests.terminology.index import CM, INDEX, LOINC, PCS, SNOMED, WHO, concepts, said_by
from tests.terminology.overview import FOLDER

# --- look-up -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["M51.26", "M5126", "m51.26", " M51.26 "])
def test_icd_codes_are_read_with_and_without_dot_in_either_case(code):
    assert {"disc-herniation"} == concepts(CM, code)


@pytest.mark.parametrize(
    ("system", "code", "concept"),
    [
        ("urn:oid:2.16.840.1.113883.6.90", "M96.1", "postlaminectomy-syndrome"),
        ("urn:oid:2.16.840.1.113883.6.4", "0SG0071", "fusion"),
        ("http://hl7.org/fhir/sid/icd-10-pcs", "0SG0071", "fusion"),
        ("urn:oid:2.16.840.1.113883.6.96", "76107001", "stenosis"),
        ("http://snomed.info/sct/731000124108", "76107001", "stenosis"),
        ("urn:oid:2.16.840.1.113883.6.1", "1988-5", "crp"),
        ("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "M54.16", "leg-pain"),
    ],
)
def test_the_other_names_of_a_system_are_known(system, code, concept):
    assert INDEX.knows(system)
    assert said_by(concept, system, code)


@pytest.mark.parametrize(
    ("system", "code", "concept"),
    [
        ("ICD10", "M51.26", "disc-herniation"),
        ("ICD-10", "m5126", "disc-herniation"),
        ("ICD-10-CM", "M51.26", "disc-herniation"),
        ("icd10cm", "m51.26", "disc-herniation"),
        ("2.16.840.1.113883.6.90", "M51.26", "disc-herniation"),
        ("http://hl7.org/fhir/sid/icd-10-cm|2026", "M51.26", "disc-herniation"),
        ("https://hl7.org/fhir/sid/ICD-10-CM/", "M51.26", "disc-herniation"),
        ("ICD10", "0SG0071", "fusion"),
        ("ICD-10-PCS", "0sg0071", "fusion"),
        ("2.16.840.1.113883.6.96", "76107001", "stenosis"),
        ("URN:OID:2.16.840.1.113883.6.96", "76107001", "stenosis"),
        ("SNOMED CT", "76107001", "stenosis"),
        ("SNOMED-CT", "76107001", "stenosis"),
        ("http://snomed.info/sct/731000124108/version/20250901", "76107001", "stenosis"),
        ("http://snomed.info/sct|http://snomed.info/sct/731000124108", "76107001", "stenosis"),
        ("https://snomed.info/sct", "76107001", "stenosis"),
        ("LOINC", "1988-5", "crp"),
    ],
)
def test_the_names_that_senders_write_in_place_of_an_address_are_known(system, code, concept):
    assert INDEX.knows(system)
    assert said_by(concept, system, code)


@pytest.mark.parametrize("system", ["ICD-9-CM", "ICD9", "icd9cm", "http://hl7.org/fhir/sid/icd-9-cm"])
def test_icd_9_is_known_by_name_and_none_of_its_codes_is_read(system):
    assert "icd-9-cm" == name_of_system(system)
    assert not INDEX.knows(system)
    assert set() == concepts(system, "722.10")


@pytest.mark.parametrize("system", ["http://example.org/icd10", "ICD-11", "ICD", "my snomed"])
def test_a_name_that_only_sounds_alike_is_none(system):
    assert "" == name_of_system(system)
    assert set() == concepts(system, "M51.26")


def test_a_site_digit_of_icd_10_names_the_region():
    assert Place(region="lumbosacral") == INDEX.place(WHO, "M54.17")
    assert NOWHERE == INDEX.place(WHO, "M54.1")


@pytest.mark.parametrize(("system", "code"), [(None, None), ("", ""), (CM, None), (None, "M54.5"), (CM, "M" * 5000)])
def test_half_a_coding_says_nothing(system, code):
    assert () == INDEX.hits(system, code)
    assert NOWHERE == INDEX.place(system, code)
    assert Side.UNKNOWN is INDEX.side(system, code)


def test_an_unknown_system_is_not_known():
    assert not INDEX.knows("http://example.org/own")
    assert not INDEX.knows(None)
    assert () == INDEX.hits("http://example.org/own", "76107001")


def test_a_hit_carries_the_place_and_side_of_its_code():
    assert terminology.Hit("back-and-leg-pain", NOWHERE, Side.RIGHT) in INDEX.hits(CM, "M54.41")
    assert terminology.Hit("fusion", Place(segments=("L5-S1",))) in INDEX.hits(PCS, "0SG3071")


# --- body sites ----------------------------------------------------------------------------------------------------

L3, L4, L5, SACRUM = "36470004", "11994002", "49668003", "54735007"


@pytest.mark.parametrize(
    ("site_codes", "place"),
    [
        ([L4], Place(region="lumbar")),
        ([L4, L5], Place(segments=("L4-L5",))),
        ([L5, SACRUM], Place(segments=("L5-S1",))),
        ([L3, L4, L5], Place(segments=("L3-L4", "L4-L5"))),
        ([L3, L5], Place(region="lumbar")),
        (["84020006", "715056000"], Place(segments=("L4-L5", "L5-S1"))),
        (["122496007"], Place(region="lumbar")),
        (["243923001"], Place(segments=("L4-L5",))),
        (["24136001"], NOWHERE),
        ([], NOWHERE),
    ],
)
def test_two_neighbouring_vertebrae_name_the_disc_between_and_one_names_none(site_codes, place):
    assert place == INDEX.place_of_codes((SNOMED, code) for code in site_codes)


@pytest.mark.parametrize(
    ("code", "side"), [("7771000", Side.LEFT), ("24028007", Side.RIGHT), ("51440002", Side.BILATERAL)]
)
def test_laterality_codes_name_the_side(code, side):
    assert side is INDEX.side(SNOMED, code)


@pytest.mark.parametrize(
    ("system", "code", "side"),
    [
        (CM, "M21.371", Side.RIGHT),
        (CM, "G57.03", Side.BILATERAL),
        (PCS, "0SG834Z", Side.LEFT),
        (CM, "M54.16", Side.UNKNOWN),
    ],
)
def test_sides_inside_a_code_are_read(system, code, side):
    assert side is INDEX.side(system, code)


# --- what a site changes -------------------------------------------------------------------------------------------


def own(folder: Path, name: str, **content: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def value_set(concept: str, *include: object) -> dict[str, object]:
    url = f"https://backstory.example/fhir/ValueSet/{concept}"
    return {"resourceType": "ValueSet", "url": url, "compose": {"include": list(include)}}


def test_a_value_set_of_a_site_with_the_same_url_takes_the_place_of_ours(tmp_path):
    site = own(tmp_path, "any", **value_set("crp", {"system": LOINC, "concept": [{"code": "30522-7"}]}))
    index = terminology.load([FOLDER, site])

    assert {"crp"} == concepts(LOINC, "30522-7", index)
    assert set() == concepts(LOINC, "1988-5", index)


def test_a_site_may_drop_the_further_snomed_codes(tmp_path):
    site = own(tmp_path, "none", **value_set("discectomy-snomed-ext"))
    index = terminology.load([FOLDER, site])

    assert "discectomy" not in concepts(SNOMED, "178625001", index)
    assert "discectomy" in concepts(SNOMED, "3418002", index)


def test_a_site_maps_its_own_codes_to_concepts():
    index = terminology.load([FOLDER], {("http://example.org/theatre-list", "SPINE-7"): "fusion"})

    assert {"fusion"} == concepts("http://example.org/theatre-list", "SPINE-7", index)
    assert index.knows("http://example.org/theatre-list")


@pytest.mark.parametrize(
    ("include", "sentence"),
    [
        ({"concept": [{"code": "1"}]}, "names no system"),
        (
            {"system": CM, "filter": [{"property": "code", "op": "regex", "value": "M5[14].*"}]},
            "is not one that is read",
        ),
        ({"system": CM, "filter": [{"property": "x", "op": "=", "value": "M51"}]}, "is not one that is read"),
        ({"system": CM, "filter": [{"op": "is-a", "value": "M51"}] * 2}, "holds several filters"),
    ],
)
def test_a_value_set_that_cannot_be_read_stops_the_start_and_names_the_file(tmp_path, include, sentence):
    site = own(tmp_path, "ours", **value_set("fusion", include))

    with pytest.raises(RuleError) as refused:
        terminology.load([site])

    assert sentence in str(refused.value)
    assert str(refused.value).startswith("ours.json:")


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"resourceType": "ValueSet"}'])
def test_a_file_that_is_no_fhir_resource_is_refused(tmp_path, text):
    (tmp_path / "broken.json").write_text(text, encoding="utf-8")

    with pytest.raises(RuleError, match=r"broken\.json"):
        terminology.load([tmp_path])


def test_a_map_to_a_place_of_its_own_is_refused(tmp_path):
    element = {"code": "1", "target": [{"code": "L9-S4"}]}
    group = {"source": SNOMED, "target": "https://example.org/spine-place", "element": [element]}
    own(tmp_path, "map", resourceType="ConceptMap", url="https://example.org/map", group=[group])

    with pytest.raises(RuleError, match="no place or side of ours"):
        terminology.load([tmp_path])


@pytest.mark.parametrize(("system", "code"), [("urn:x:" + "y" * 500, "M54.16"), ("http://loinc.org", "9" * 100)])
def test_what_is_too_long_for_a_code_is_neither_looked_up_nor_kept(system, code):
    index = terminology.load([FOLDER])
    index.hits(system, code)
    index.place(system, code)
    index.side(system, code)

    assert [0, 0, 0] == [kept.cache_info().currsize for kept in (index._known, index._place_names, index._side_names)]
    assert not index.knows(system) or system == "http://loinc.org"
