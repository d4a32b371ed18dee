"""The export is sorted by patient: whatever its files, whole or broken off, each patient stands whole in one bucket."""

from __future__ import annotations

import gzip
import json

import pytest

from service.replay import buckets, lines, split
from tests.replay.charts import made


def write(folder, **files):
    """Each keyword is a file: a list of resources, or text as it is."""
    folder.mkdir(exist_ok=True)
    for name, held in files.items():
        text = held if isinstance(held, str) else "".join(json.dumps(each) + "\n" for each in held)
        path = folder / name.replace("__", ".")
        path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return split.files_of(folder)


def about(patient, ident, kind="Condition"):
    return {**made(kind, ident), "subject": {"reference": f"Patient/{patient}"}}


def charts(files, folder, count=4):
    done = split.split(files, folder, count, lambda _: None)
    found = {}
    for number in range(count):
        for held in buckets.patients([done.folder], number):
            assert number == split.bucket_of(held.patient, count)
            found[held.patient] = buckets.parse(held)
    return found, done


def ids(chart):
    return sorted(str(entry.resource.get("id")) for entry in chart.entries)


def test_many_files_packed_or_not_come_to_the_same_charts(tmp_path):
    files = write(tmp_path / "e", Condition__ndjson=[about(f"p{n % 5}", f"c{n}") for n in range(20)],
                  Observation__ndjson__gz=[about(f"p{n % 5}", f"o{n}", "Observation") for n in range(20)])  # fmt: skip
    found, _ = charts(files, tmp_path / "w")
    assert {f"Patient/p{n}" for n in range(5)} == set(found)
    assert sorted([f"c{n}" for n in range(1, 20, 5)] + [f"o{n}" for n in range(1, 20, 5)]) == ids(found["Patient/p1"])


@pytest.mark.parametrize("form", ["Patient/p", "https://ehr.example/fhir/Patient/p", "Patient/p/_history/3"])
def test_a_patient_is_one_however_it_is_written(tmp_path, form):
    files = write(tmp_path / "e", Condition__ndjson=[{**made("Condition", "c"), "subject": {"reference": form}}])
    assert ["Patient/p"] == list(charts(files, tmp_path / "w")[0])


def test_a_bad_line_is_counted_and_named_and_the_rest_is_read(tmp_path):
    text = json.dumps(about("p", "c1")) + '\n{"resourceType": "Cond\n\n' + json.dumps(about("p", "c2")) + "\n"
    files = write(tmp_path / "e", Condition__ndjson=text)
    found, done = charts(files, tmp_path / "w")
    assert ["c1", "c2"] == ids(found["Patient/p"])
    assert (1, [(f"{files[0]}:2", "this line is not valid JSON")]) == (done.bad_count, done.bad)


def test_a_key_that_is_named_twice_is_named_when_the_chart_is_read(tmp_path):
    text = '{"resourceType": "Condition", "id": "c", "id": "d", "subject": {"reference": "Patient/p"}}\n'
    found, _ = charts(write(tmp_path / "e", Condition__ndjson=text), tmp_path / "w")
    assert [("0:1", lines.TWICE)] == found["Patient/p"].bad


@pytest.mark.parametrize("odd", [{"subject": 7}, {"id": 7}, {"subject": {"reference": 7}}, {"subject": None}])
def test_odd_ids_lose_no_other_line(tmp_path, odd):
    files = write(tmp_path / "e", Condition__ndjson=[{**about("p", "c0"), **odd}, about("p", "c1")])
    assert "c1" in ids(charts(files, tmp_path / "w")[0]["Patient/p"])


def test_merged_patients_are_one_whatever_comes_first(tmp_path):
    link = {"other": {"reference": "Patient/a"}, "type": "replaced-by"}
    double = {"resourceType": "Patient", "id": "b", "link": [link]}
    files = write(tmp_path / "e", A__ndjson=[about("b", "c1"), about("a", "c2")],
                  Patient__ndjson=[{"resourceType": "Patient", "id": "a"}, double])  # fmt: skip
    found, _ = charts(files, tmp_path / "w")
    assert ["a", "b", "c1", "c2"] == ids(found["Patient/a"])
    assert {"Patient/a"} == {
        e.resource["subject"]["reference"] for e in found["Patient/a"].entries if e.kind == "Condition"
    }


def test_a_link_in_a_file_of_another_type_is_found_too(tmp_path):
    double = {"resourceType": "Patient", "id": "b", "link": [{"other": {"reference": "Patient/a"}, "type": "replaces"}]}
    files = write(tmp_path / "e", A__ndjson=[about("b", "c1"), double, about("a", "c2")])
    assert ["Patient/a"] == list(charts(files, tmp_path / "w")[0])


def test_a_bundle_names_its_patient_by_its_own_addresses(tmp_path):
    bundle = {
        "resourceType": "Bundle",
        "entry": [
            {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "p"}},
            {"fullUrl": "urn:uuid:2", "resource": {**made("Condition", "c"), "subject": {"reference": "urn:uuid:1"}}},
        ],
    }
    found, _ = charts(write(tmp_path / "e", a__json=json.dumps(bundle, indent=1)), tmp_path / "w")
    assert ["c", "p"] == ids(found["Patient/p"])
    assert ["urn:uuid:1", "urn:uuid:2"] == [entry.full_url for entry in found["Patient/p"].entries]


def test_parts_of_a_file_hold_every_line_once(tmp_path):
    files = write(tmp_path / "e", Condition__ndjson=[about(f"p{n % 7}", f"c{n}") for n in range(500)])
    done = split.Splitter(tmp_path / "w", 3, {})
    done.resume()
    cut = split.parts(files, part=1_000)
    assert len(cut) > 10
    for part in cut:
        done.take(part, lambda _: None)
    found = [i for b in range(3) for held in buckets.patients([done.folder], b) for i in ids(buckets.parse(held))]
    assert sorted(f"c{n}" for n in range(500)) == sorted(found)


def test_what_was_written_after_the_last_commit_is_cut_off(tmp_path):
    files = write(tmp_path / "e", A__ndjson=[about("p", "c1")], B__ndjson=[about("p", "c2")])
    first, second = split.parts(files)
    broken = split.Splitter(tmp_path / "w", 1, {})
    broken.resume()
    broken.take(first, lambda _: None)
    with (tmp_path / "w" / "0000.gz").open("ab") as file:
        file.write(b"half a member")
    again = split.Splitter(tmp_path / "w", 1, {})
    again.resume()
    assert {first.number} == again.done
    again.take(second, lambda _: None)
    (held,) = buckets.patients([tmp_path / "w"], 0)
    assert ["c1", "c2"] == ids(buckets.parse(held))


def test_a_drug_is_found_among_what_belongs_to_nobody(tmp_path):
    drug = {"resourceType": "Medication", "id": "m1", "code": {"text": "Apixaban"}}
    request = {**about("p", "r", "MedicationRequest"), "medicationReference": {"reference": "Medication/m1"}}
    files = write(tmp_path / "e", Medication__ndjson=[drug], MedicationRequest__ndjson=[request])
    found, done = charts(files, tmp_path / "w")
    assert [drug] == [entry.resource for entry in buckets.Drugs([done.folder]).of(found["Patient/p"].entries)]
