"""The export: the rule records as a PlanDefinition and code systems, valid and complete."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.fhir.validation import problems
from service.output.fhir.plan_definition import resources


@pytest.fixture(scope="module")
def exported(service):
    return {f"{each['resourceType']}-{each['id']}": each for each in resources(service.knowledge)}


def codes(system):
    return {concept["code"] for concept in system["concept"]}


def test_every_exported_resource_is_valid(exported):
    assert dict.fromkeys(exported, ()) == {name: problems(each) for name, each in exported.items()}


def test_every_record_that_can_speak_is_an_action_of_the_plan(exported, service):
    known = service.knowledge
    spoken = {*known.redflags, *known.causes, *known.negatives}
    assert spoken == {action["id"] for action in exported["PlanDefinition-backstory-fbss"]["action"]}


def test_every_code_of_the_plan_is_in_a_code_system(exported):
    steps, causes = codes(exported["CodeSystem-steps"]), codes(exported["CodeSystem-causes"])
    for action in exported["PlanDefinition-backstory-fbss"]["action"]:
        assert action["code"][0]["coding"][0]["code"] in causes
        assert {inner["code"][0]["coding"][0]["code"] for inner in action.get("action", ())} <= steps


def test_every_condition_is_the_toml_of_its_record(exported, service):
    for action in exported["PlanDefinition-backstory-fbss"]["action"]:
        for expression in (each["condition"][0]["expression"] for each in (action, *action.get("action", ()))
                           if "condition" in each):  # fmt: skip
            assert "application/toml" == expression["language"]
            for entries in tomllib.loads(expression["expression"]).values():
                for entry in entries:
                    assert set(entry["when"]) <= set(service.knowledge.vocabulary.findings)


@pytest.mark.parametrize(
    "name",
    ["CodeSystem-causes", "CodeSystem-steps", "CodeSystem-findings", "CodeSystem-finding-words", "CodeSystem-verdicts"],
)
def test_the_running_rules_and_the_published_code_system_agree(exported, name):
    published = json.loads((files("fhir_profiles") / "generated" / f"{name}.json").read_text())
    assert published["url"] == exported[name]["url"]
    assert codes(published) == codes(exported[name])


def test_the_command_writes_one_file_for_each(exported, tmp_path):
    told = CliRunner().invoke(app, ["export", str(tmp_path / "out")])
    assert 0 == told.exit_code
    assert {f"{name}.json" for name in exported} == {path.name for path in (tmp_path / "out").iterdir()}


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    told = CliRunner().invoke(app, ["export", str(tmp_path / "file")])
    assert 2 == told.exit_code
