"""A failed download is not a chart in which nothing was found: it is refused, by HTTP and on the command line."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from service.cli import app
from tests.output.charts import AS_OF, bundle
from tests.web.calls import empty_call, refusal, searchset

OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "login"}]}
HOLLOW = {
    "an error in place of the chart": OUTCOME,
    "a searchset of an error": {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": OUTCOME}]},
    "a refused batch": {"resourceType": "Bundle", "type": "batch-response", "entry": [{"response": {"status": "403"}}]},
    "an empty list": [],
}  # fmt: skip
EMPTY = {"resourceType": "Bundle", "type": "collection", "entry": []}


def evaluate(*arguments, text=None, **environment):
    day = ["--as-of", AS_OF.isoformat()]
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments), *day], input=text, env=environment)


@pytest.mark.parametrize("path", ["/explain", "/fhir/$evaluate-fbss"])
@pytest.mark.parametrize("name", HOLLOW)
def test_what_holds_no_chart_is_refused(name, path, client):
    assert (400, "invalid") == refusal(client.post(path, json=HOLLOW[name]))


@pytest.mark.parametrize("name", HOLLOW)
def test_what_holds_no_chart_cannot_be_evaluated(name):
    told = evaluate("-", text=json.dumps(HOLLOW[name]))

    assert (1, "") == (told.exit_code, told.stdout)
    assert "holds no" in told.stderr


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_file_cannot_be_evaluated(text):
    told = evaluate("-", text=text)

    assert (1, "stdin: it is empty\n1 of 1 could not be read.\n") == (told.exit_code, told.stderr)


def test_an_empty_bundle_is_a_chart_with_nothing_in_it(client):
    assert 200 == client.post("/explain", json=EMPTY).status_code
    assert 0 == evaluate("-", text=json.dumps(EMPTY)).exit_code


@pytest.mark.parametrize("missing", ["procedures", "conditions"])
def test_a_saved_hook_request_is_refused_where_the_hook_would_refuse_it(missing, client):
    request = empty_call()
    del request["prefetch"][missing]

    assert (412, "incomplete") == refusal(client.post("/explain", json=request))
    assert f"The patient's {missing} are required" in evaluate("-", text=json.dumps(request)).stderr


def test_a_first_page_only_asks_for_the_rest():
    page = {**searchset(), "link": [{"relation": "next", "url": "https://ehr.example/fhir?page=2"}]}
    request = empty_call(procedures=page)
    answer = json.loads(evaluate("-", "--fhir", text=json.dumps(request)).stdout)
    (guidance,) = [e["resource"] for e in answer["entry"] if e["resource"]["resourceType"] == "GuidanceResponse"]

    assert ("data-required", [{"type": "Procedure"}]) == (guidance["status"], guidance["dataRequirement"])


def test_one_resource_beside_other_files_is_not_taken_for_a_chart(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(bundle()))
    (tmp_path / "b.json").write_text(json.dumps(bundle()["entry"][1]["resource"]))
    told = evaluate(tmp_path, "--json")

    assert (1, 1) == (told.exit_code, len(told.stdout.splitlines()))
    assert "one resource is no chart" in told.stderr


def test_a_wrong_site_file_is_told_in_a_sentence_by_every_command_that_reads_rules(tmp_path):
    site = tmp_path / "site.toml"
    site.write_text("[causes.nothing]\non = false\n")
    commands = (["evaluate", "-"], ["rules", "list"], ["rules", "show", "cauda"], ["rules", "check"], ["export", "x"])
    told = [CliRunner().invoke(app, each, input="{}", env={"BACKSTORY_SITE": str(site)}) for each in commands]

    assert [1] * len(commands) == [each.exit_code for each in told]
    assert all(each.stderr.startswith("The rules cannot be loaded:\nsite.toml: ") for each in told)


def test_the_list_of_rules_shows_what_the_site_turned_off(tmp_path):
    site = tmp_path / "site.toml"
    site.write_text('[rules.recurrent-herniation]\non = false\nreason = "not here"\n')
    told = CliRunner().invoke(app, ["rules", "list"], env={"BACKSTORY_SITE": str(site)})

    assert 0 == told.exit_code
    assert ["recurrent-herniation off here not here"] == [
        " ".join(row.split()) for row in told.stdout.splitlines() if "off here" in row
    ]


def test_a_wrong_setting_is_told_in_a_sentence():
    told = evaluate("-", text="{}", BACKSTORY_CORS_ORIGINS="*")

    assert 2 == told.exit_code
    assert "A setting is wrong. BACKSTORY_CORS_ORIGINS: each must be an exact origin such as" in told.stderr
