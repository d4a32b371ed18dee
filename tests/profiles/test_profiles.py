"""The FHIR artifacts of fhir_profiles: complete, valid, and at one with the rules and with what the service reads."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fhir.resources.R4B import get_fhir_model_class

from service import knowledge
from service.domain.conclusions import Alarm, Conclusions
from service.domain.findings import CaseSheet
from service.fhir import resources
from service.output.cards import ask_patient, cards, context
from service.output.fhir import plan_definition

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fhir_profiles"


def resources_of(folder):
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


GENERATED = resources_of(FOLDER / "generated")
EXAMPLES = resources_of(FOLDER / "generated" / "examples")
CANONICAL = "https://backstory.example/fhir"
PROFILES = {r["type"]: r for n, r in GENERATED.items() if n.startswith("StructureDefinition-backstory-")}
RULE_SYSTEMS = ("causes", "steps", "findings", "finding-words", "verdicts")


@cache
def known():
    return knowledge.load()


@cache
def build_script():
    """fhir_profiles/build is a command without an ending; load it to ask what it would write."""
    loader = importlib.machinery.SourceFileLoader("fhir_profiles_build", str(FOLDER / "build"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def concepts(resource):
    return {
        concept["code"]: (concept["display"], concept.get("definition"), str(concept.get("property")))
        for concept in resource["concept"]
    }


def must_support(kind):
    elements = PROFILES[kind]["differential"]["element"]
    return {e["path"].removeprefix(f"{kind}.").removesuffix("[x]") for e in elements if e.get("mustSupport")}


def elements_read(view):
    """The elements of a view by their FHIR names, choices folded: performedDateTime and performedPeriod are one."""
    choices = {"performed", "onset", "abatement", "effective", "value"}
    names = set(view.__struct_encode_fields__) - {"id", "extension", "resourceType"}
    return {next((c for c in choices if name.startswith(c)), name) for name in names}


def test_the_code_lists_are_written_from_the_rule_records_of_today():
    assert build_script().code_lists() == (FOLDER / "input" / "fsh" / "codes.fsh").read_text("utf-8")


@pytest.mark.parametrize("name", RULE_SYSTEMS)
def test_a_shipped_code_system_and_the_export_of_the_running_rules_say_the_same(name):
    exported = {each["id"]: each for each in plan_definition.code_systems(known())}

    assert concepts(exported[name]) == concepts(GENERATED[f"CodeSystem-{name}"])


def test_every_record_that_can_head_a_card_has_a_code():
    heads = {record.id for record in known().records if record.kind in ("cause", "negative", "red flag")}

    assert set() == heads - concepts(GENERATED["CodeSystem-causes"]).keys()


def test_the_reasons_to_set_a_card_aside_are_those_of_the_cards():
    alarm = Alarm("rf-cauda-equina", "Signs", "red flag", "critical", "emergency", (), "Act")
    sheet = CaseSheet(as_of=date(2026, 3, 2), findings={})
    (card,) = cards.write(Conclusions(sheet=sheet, alarms=(alarm,)), context.Writing(patient="p"))
    said = {reason["code"]: reason["display"] for reason in card["overrideReasons"]}

    assert {code: display for code, (display, *_) in concepts(GENERATED["CodeSystem-override-reasons"]).items()} == said


@pytest.mark.parametrize("name", GENERATED)
def test_every_definition_is_a_versioned_draft_under_our_canonical_address(name):
    resource = GENERATED[name]

    assert f"{CANONICAL}/{resource['resourceType']}/{resource['id']}" == resource["url"]
    assert ("0.1.0", "draft", False, "Backstory") == (
        resource["version"],
        resource["status"],
        resource["experimental"],
        resource["publisher"],
    )
    assert resource["description"]


@pytest.mark.parametrize("name", [*GENERATED, *EXAMPLES])
def test_every_artifact_is_valid_r4(name):
    resource = {**GENERATED, **EXAMPLES}[name]

    get_fhir_model_class(resource["resourceType"]).model_validate(resource)


@pytest.mark.parametrize("kind", PROFILES)
def test_every_profile_has_a_snapshot_a_parent_in_r4_core_and_an_example(kind):
    profile = PROFILES[kind]

    assert "4.0.1" == profile["fhirVersion"]
    assert profile["baseDefinition"].startswith("http://hl7.org/fhir/StructureDefinition/")
    assert len(profile["snapshot"]["element"]) > len(profile["differential"]["element"])
    assert [n for n, e in EXAMPLES.items() if profile["url"] in e.get("meta", {}).get("profile", ())]


@pytest.mark.parametrize(
    "kind", ["Procedure", "Condition", "ImagingStudy", "DiagnosticReport", "DocumentReference", "Observation"]
)
def test_must_support_marks_only_what_the_service_reads(kind):
    marked = {path for path in must_support(kind) if "." not in path}

    assert set() == marked - elements_read(resources.BY_TYPE[kind])


@pytest.mark.parametrize("kind", ["Procedure", "Condition", "ImagingStudy", "DiagnosticReport", "DocumentReference"])
def test_a_profile_of_what_is_read_demands_nothing_that_r4_leaves_optional(kind):
    firm = {"min", "max", "fixedCode", "binding"}
    demanding = [e["path"] for e in PROFILES[kind]["differential"]["element"] if e.keys() & firm]

    assert [] == demanding


@pytest.mark.parametrize("kind", ["ServiceRequest", "Task", "RequestGroup"])
def test_what_is_written_is_a_draft_proposal_and_never_an_order(kind):
    fixed = {e["path"]: e.get("patternCode") for e in PROFILES[kind]["differential"]["element"]}

    assert ("draft", "proposal") == (fixed[f"{kind}.status"], fixed[f"{kind}.intent"])


def test_the_task_of_a_card_keeps_its_profile():
    profile = GENERATED["StructureDefinition-backstory-questions-task"]
    task = ask_patient.task("p", "e", "2026-03-02")
    elements = {e["path"].removeprefix("Task."): e for e in profile["differential"]["element"]}

    assert [profile["url"]] == task["meta"]["profile"] == EXAMPLES["Task-example-questions-task"]["meta"]["profile"]
    assert (elements["status"]["patternCode"], elements["intent"]["patternCode"]) == (task["status"], task["intent"])
    assert set() == {path for path, e in elements.items() if e.get("min") and "." not in path} - task.keys()
    assert elements["input.value[x]"]["patternCanonical"] == task["input"][0]["valueCanonical"]


def test_a_suspected_cause_stays_preliminary():
    fixed = {e["path"]: e.get("patternCode") for e in PROFILES["DetectedIssue"]["differential"]["element"]}

    assert "preliminary" == fixed["DetectedIssue.status"]


def test_the_own_apply_names_the_operation_of_r4_that_it_stands_on():
    operation = GENERATED["OperationDefinition-apply-fbss"]

    assert "http://hl7.org/fhir/OperationDefinition/PlanDefinition-apply" == operation["base"]
    assert ("apply", ["PlanDefinition"], True) == (operation["code"], operation["resource"], operation["instance"])


def test_every_binding_of_ours_names_a_value_set_that_ships():
    urls = {r["url"] for r in GENERATED.values()}
    bound = {
        e["binding"]["valueSet"].split("|")[0]
        for r in GENERATED.values()
        if r["resourceType"] == "StructureDefinition"
        for e in r["differential"]["element"]
        if "binding" in e
    }

    assert set() == {url for url in bound if url.startswith(CANONICAL)} - urls


def test_the_lock_of_the_tools_names_no_registry_and_no_loose_version():
    lock = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))
    packages = {name: held for name, held in lock["packages"].items() if name}

    assert [] == [name for name, held in packages.items() if "resolved" in held]
    assert [] == [name for name, held in packages.items() if not held.keys() & {"integrity", "inBundle"}]
    assert {"fsh-sushi": "3.21.0", "hl7.fhir.r4.examples": "4.0.1"} == lock["packages"][""]["devDependencies"]
