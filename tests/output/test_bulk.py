"""``backstory evaluate`` over files: a FHIR answer per input, and bulk exports grouped by patient."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.cli.bulk import open_export
from service.fhir.validation import problems
from tests.output.charts import AS_OF, bundle, resources, topics

DAY = ["--as-of", AS_OF.isoformat()]


def evaluate(*args):
    return CliRunner().invoke(app, ["evaluate", *map(str, args), *DAY])


def answers(told):
    return [json.loads(row) for row in told.stdout.splitlines()]


def write_export(folder, patients, each=1):
    """One file per type, with the patients in another order in every file, as bulk exports come."""
    folder.mkdir(exist_ok=True)
    rows = {"Patient": [], "Procedure": [], "Condition": [], "Observation": []}
    for number in range(patients):
        patient, operation, pain = resources(f"Patient/p{number}")
        rows["Patient"].append({**patient, "id": f"p{number}"})
        rows["Procedure"].append({**operation, "id": f"op{number}"})
        rows["Condition"].append({**pain, "id": f"pain{number}"})
        height = {"coding": [{"system": "http://loinc.org", "code": "8302-2"}]}
        about = {"subject": {"reference": f"Patient/p{number}"}, "status": "final", "code": height}
        rows["Observation"] += [{"resourceType": "Observation", "id": f"o{number}-{n}", **about} for n in range(each)]
    for at, (kind, held) in enumerate(rows.items()):
        turned = held[at:] + held[:at]
        (folder / f"{kind}.ndjson").write_text("".join(json.dumps(row) + "\n" for row in turned))
    return folder


def test_the_fhir_answer_is_one_bundle_per_line(tmp_path):
    (tmp_path / "chart.json").write_text(json.dumps(bundle()))
    told = evaluate(tmp_path / "chart.json", "--fhir")
    assert 0 == told.exit_code
    (answer,) = answers(told)
    assert () == problems(answer)
    assert ["recurrent-herniation"] == topics(answer)


def test_json_and_fhir_together_are_refused(tmp_path):
    (tmp_path / "chart.json").write_text(json.dumps(bundle()))
    assert 2 == evaluate(tmp_path, "--fhir", "--json").exit_code


def test_a_bulk_export_is_grouped_by_patient(tmp_path):
    told = evaluate(write_export(tmp_path, 3), "--json")
    assert 0 == told.exit_code
    found = {answer["input"]: [cause["id"] for cause in answer["causes"]] for answer in answers(told)}
    assert {f"Patient/p{n}": ["recurrent-herniation"] for n in range(3)} == found


def test_one_patient_of_an_export_can_be_asked_for(tmp_path):
    told = evaluate(write_export(tmp_path, 3), "--json", "--patient", "p1")
    assert ["Patient/p1"] == [answer["input"] for answer in answers(told)]


def test_a_patient_who_is_not_in_the_export_is_an_error_and_not_silence(tmp_path):
    told = evaluate(write_export(tmp_path, 1), "--json", "--patient", "nobody")
    assert (1, "") == (told.exit_code, told.stdout)
    assert "no resource in these files names patient nobody" in told.stderr


def test_a_broken_line_is_named_and_the_rest_is_evaluated(tmp_path):
    write_export(tmp_path, 1)
    with (tmp_path / "Condition.ndjson").open("a") as more:
        more.write("{broken\n")
    told = evaluate(tmp_path, "--json")
    assert 1 == told.exit_code
    assert "Condition.ndjson:2: this line is not valid JSON" in told.stderr
    assert ["Patient/p0"] == [answer["input"] for answer in answers(told)]


def test_a_shared_medication_comes_with_the_charts_that_refer_to_it(tmp_path):
    write_export(tmp_path, 2)
    drug = {"resourceType": "Medication", "id": "m1", "code": {"text": "Apixaban"}}
    request = {
        "resourceType": "MedicationRequest",
        "id": "mr1",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "medicationReference": {"reference": "Medication/m1"},
    }
    (tmp_path / "Medication.ndjson").write_text(json.dumps(drug) + "\n")
    (tmp_path / "MedicationRequest.ndjson").write_text(json.dumps(request) + "\n")
    with open_export() as export:
        export.read(sorted(tmp_path.glob("*.ndjson")), lambda _: None)
        charts = dict(export.charts())
    assert {"p0": False, "p1": True} == {who: drug in chart for who, chart in charts.items()}


@pytest.mark.parametrize("patients", [400])
def test_memory_holds_one_patient_at_a_time(tmp_path, patients):
    write_export(tmp_path, patients, each=20)
    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    tracemalloc.start()
    with open_export() as export:
        export.read(sorted(tmp_path.glob("*.ndjson")), lambda _: None)
        assert patients == sum(1 for _ in export.charts())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < size / 2
