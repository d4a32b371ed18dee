"""The export is sorted by patient: whatever its files, whole or broken off, each patient stands whole in one bucket."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


FORMS = (
    '{"resourceType": "Condition", "id": "%s", "subject": {"reference": "Patient/%s"}}\n',
    '{"resourceType":"Condition","id":"%s","subject":{"reference":"Patient/%s"},"note":[{"text":"a } brace"}]}\n',
    '{"resourceType":"Condition","id":"%s","note":[{"text":"a { brace"}],"subject":{"reference":"Patient/%s"}}\r\n',
    '  {"subject": {"reference": "Patient/%2$s"}, "resourceType": "Condition", "id": "%1$s"}\n',
    '{"resourceType": "AllergyIntolerance", "id": "%s", "patient": {"reference": "Patient/%s"}}\n\n',
    '{"resourceType": "Flag", "id": "%s", "subject": {"reference": "https://ehr.example/fhir/Patient/%s"}}\n',
    '{"resourceType": "Flag", "id": "%s", "subject": {"reference": "Patient/%s/_history/2", "display": "x"}}\n',
    '{"resourceType": "Condition", "id": "%s", "contained": [{"resourceType": "Flag", "subject":'
    ' {"reference": "Patient/p0"}}], "subject": {"reference": "Patient/%s"}}\n',
)


def written(form, ident, patient):
    return form.replace("%1$s", ident).replace("%2$s", patient) if "$" in form else form % (ident, patient)


@settings(max_examples=60, deadline=None)
@given(
    drawn=st.lists(st.tuples(st.sampled_from(FORMS), st.integers(0, 2)), min_size=1, max_size=40),
    part=st.sampled_from([60, 300, 10**6]),
    ended=st.booleans(),
)
def test_whoever_a_line_names_it_comes_to_that_chart_in_the_order_of_the_export(tmp_path_factory, drawn, part, ended):
    folder = tmp_path_factory.mktemp("e")
    text = "".join(written(form, f"c{n}", f"p{who}") for n, (form, who) in enumerate(drawn))
    files = write(folder / "e", Mixed__ndjson=text if ended else text.rstrip())
    done = split.Splitter(folder / "w", 2, {}, held=700)
    done.resume()
    for each in split.parts(files, part):
        done.take(each, lambda _: None)
    found = {held.patient: buckets.parse(held) for b in range(2) for held in buckets.patients([done.folder], b)}
    wanted = {}
    for n, (_, who) in enumerate(drawn):
        wanted.setdefault(f"Patient/p{who}", []).append(f"c{n}")
    assert wanted == {patient: [entry.resource["id"] for entry in chart.entries] for patient, chart in found.items()}
    assert len(drawn) == done.lines
    assert len(wanted) == sum(buckets.count([done.folder], b) for b in range(2))


@pytest.mark.parametrize("part", [150, 10**6])
def test_a_line_that_is_found_bad_in_its_chart_is_named_by_its_own_place(tmp_path, part):
    good, bad = FORMS[0] % ("c", "p"), '{"resourceType": "Condition", "subject": {"reference": "Patient/p"}, oops}\n'
    files = write(tmp_path / "e", Condition__ndjson=good * 3 + bad + good)
    done = split.Splitter(tmp_path / "w", 1, {})
    done.resume()
    for each in split.parts(files, part):
        done.take(each, lambda _: None)
    (held,) = buckets.patients([done.folder], 0)
    place = "0:4" if part > 150 else f"0:byte {3 * len(good)}"
    assert [(place, lines.NOT_JSON)] == buckets.parse(held).bad
    assert 4 == len(buckets.parse(held).entries)


def test_a_line_that_begins_where_a_part_ends_is_read_once(tmp_path):
    line = FORMS[0] % ("c", "p")
    files = write(tmp_path / "e", Condition__ndjson=line * 6)
    done = split.Splitter(tmp_path / "w", 1, {})
    done.resume()
    for each in split.parts(files, 2 * len(line)):
        done.take(each, lambda _: None)
    assert (6, 6) == (done.lines, len(buckets.patients([done.folder], 0)[0].held))


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
