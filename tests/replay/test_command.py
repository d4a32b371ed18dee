"""``backstory replay`` from end to end: over the invented hospital, broken off and taken up, refused in one line."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import duckdb
import pytest
from typer.testing import CliRunner

from service.cli import app
from service.replay import spark, tables
from service.replay.processes import Stopped, run
from tests.replay.hospital import checked, generate

TABLES = ("openings", "fired", "outcomes")
PATIENTS, SEED = 500, 8


def replay(*args, code=0):
    told = CliRunner().invoke(app, ["replay", *map(str, args)])
    assert code == told.exit_code, told.output
    return told.output


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hospital")
    truth = generate.write(folder, PATIENTS, SEED)
    out = folder / "out"
    told = replay(folder / "export", "--out", out, "--from", "2022-01-01", "--workers", 2)
    return folder / "export", truth, out, told


def test_what_is_missed_is_what_no_chart_told(hospital):
    _, truth, out, _ = hospital
    assert checked.untold(truth, out)
    assert checked.untold(truth, out) == checked.missed(out)


def test_bad_lines_are_named_and_counted(hospital):
    _, _, out, told = hospital
    run_told = json.loads((out / "run.json").read_text())
    assert 1 == run_told["bad_lines"]
    assert "Condition.ndjson:" in told
    assert "this line is not valid JSON" in told


def test_the_tables_have_the_columns_that_are_promised(hospital):
    *_, out, _ = hospital
    for table in TABLES:
        columns = duckdb.sql(f"SELECT * FROM '{out}/{table}.parquet' LIMIT 0").columns
        assert list(tables.COLUMNS[table]) == columns


def test_patients_stand_under_pseudonyms_everywhere(hospital):
    *_, out, _ = hospital
    for path in out.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".csv", ".json"):
            assert [] == re.findall(r"\bh0\d{4}\b", path.read_text()), path
    assert [(0,)] == duckdb.sql(f"SELECT count(*) FROM '{out}/openings.parquet' WHERE patient LIKE 'h0%'").fetchall()
    assert 0o600 == (out / "pseudonym.key").stat().st_mode & 0o777


def test_the_report_stands_alone_and_each_picture_has_its_table(hospital):
    *_, out, _ = hospital
    page = (out / "report.html").read_text()
    assert page.count("<figure>") <= page.count("<table>")
    assert "<script" not in page
    assert [] == re.findall(r"""(?:src|href|url|@import)\s*[=(]?\s*["']?(?:https?:)?//""", page)
    for ident in ("seen", "burden", "rules", "savings", "observed", "misses", "unread", "certainty", "limits"):
        assert f'id="{ident}"' in page


def test_the_report_tells_no_count_below_eleven(hospital):
    *_, out, _ = hospital
    page = (out / "report.html").read_text()
    few = duckdb.sql(
        f"SELECT card, count(*) FROM '{out}/fired.parquet' WHERE strict GROUP BY 1 HAVING count(*) BETWEEN 1 AND 10"
    ).fetchall()
    assert few
    assert "&lt; 11" in page


def test_the_pages_for_reading_do_not_tell_what_the_rules_said(hospital):
    *_, out, _ = hospital
    key = (out / "reading" / "key.csv").read_text()
    assert {"recurrent-herniation", "no card"} <= {row.split(",")[1] for row in key.splitlines()[1:]}
    one = (out / "reading" / "0001.html").read_text()
    assert not [word for word in ("recurrent-herniation", "orientation", "rf-", "no card") if word in one]


def test_nothing_of_the_work_is_left(hospital):
    *_, out, _ = hospital
    assert [] == list(out.glob(".*"))


def test_the_cards_that_are_told_are_those_of_the_report(hospital):
    *_, out, told = hospital
    ((strict,),) = duckdb.sql(f"SELECT count(*) FROM '{out}/fired.parquet' WHERE strict").fetchall()
    assert f" {strict:,} cards," in told
    assert f"would have shown {strict:,} cards." in (out / "report.html").read_text()


def test_a_run_that_was_killed_goes_on_and_comes_to_the_same_tables(hospital, tmp_path):
    export, _, done, _ = hospital
    (tmp_path / "pseudonym.key").write_bytes((done / "pseudonym.key").read_bytes())
    command = [sys.executable, "-m", "service", "replay", str(export), "--out", str(tmp_path), "--from", "2022-01-01"]
    with subprocess.Popen([*command, "--workers", "2"], stderr=subprocess.PIPE, text=True) as broken:
        for line in broken.stderr:
            if line.startswith("Evaluating") and " 0 %" not in line:
                broken.kill()
                break
    finished = len(list((tmp_path / ".work" / "done").glob("*.json")))
    assert finished
    told = replay(export, "--out", tmp_path, "--from", "2022-01-01", "--workers", 2)
    assert json.loads((tmp_path / "run.json").read_text())["resumed"]
    assert "Report:" in told
    for table in TABLES:
        assert (done / f"{table}.parquet").read_bytes() == (tmp_path / f"{table}.parquet").read_bytes()


def test_a_second_run_of_another_question_begins_anew(hospital, tmp_path):
    export, _, _, _ = hospital
    replay(export, "--out", tmp_path, "--from", "2024-06-01", "--to", "2024-06-30", "--strict", "--workers", 1)
    (first,) = duckdb.sql(
        f"""SELECT min("at"), max("at"), sum(cards - cards_lenient) FROM '{tmp_path}/openings.parquet'"""
    ).fetchall()
    assert ("2024-06", "2024-06", 0) == (str(first[0])[:7], str(first[1])[:7], first[2])


def test_a_folder_of_bundles_is_an_export(tmp_path):
    folder = tmp_path / "bundles"
    folder.mkdir()
    for number, (entries, _) in enumerate(generate.patients(20)):
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in entries]}
        (folder / f"{number}.json").write_text(json.dumps(bundle))
    replay(folder, "--out", tmp_path / "out", "--workers", 1)
    assert 20 == json.loads((tmp_path / "out" / "run.json").read_text())["patients"]


def test_an_export_without_openings_is_told_as_such(tmp_path):
    (tmp_path / "Patient.ndjson").write_text('{"resourceType": "Patient", "id": "a"}\n')
    assert "0 openings of 1 charts" in replay(tmp_path, "--out", tmp_path / "out", "--workers", 1)
    assert "nothing to report" in (tmp_path / "out" / "report.html").read_text()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ('[[outcome]]\nid = "x"\n', "missing required field `title`"),
        (
            '[[outcome]]\nid="x"\ntitle="X"\nconcepts=["nonunion"]\nfrom=[]\ncards=["no-rule"]',
            "there is no rule no-rule",
        ),
        ('[[outcome]]\nid="x"\ntitle="X"\nconcepts=["nothing"]\nfrom=[]\ncards=[]', "no value set is about nothing"),
    ],
)
def test_a_wrong_outcome_is_refused_with_a_sentence(tmp_path, told, sentence):
    (tmp_path / "Patient.ndjson").write_text('{"resourceType": "Patient", "id": "a"}\n')
    (tmp_path / "mine.toml").write_text(told)
    args = (tmp_path, "--out", tmp_path / "out", "--outcomes", tmp_path / "mine.toml", "--workers", 1)
    assert sentence in replay(*args, code=1)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--follow-up", "a year"], "a number of days such as 365d"),
        (["--outcomes", "nowhere"], "nowhere: no such file"),
    ],
)
def test_wrong_usage_is_refused_with_a_sentence(tmp_path, args, sentence):
    (tmp_path / "Patient.ndjson").write_text("{}\n")
    assert sentence in replay(tmp_path, "--out", tmp_path / "out", *args, code=2)


def test_without_duckdb_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "Patient.ndjson").write_text("{}\n")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert "pip install 'backstory-cds[replay]'" in replay(tmp_path, "--out", tmp_path / "out", code=1)


def test_without_java_one_sentence_says_so(tmp_path, monkeypatch):
    (tmp_path / "Patient.ndjson").write_text("{}\n")
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(spark.shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    told = replay(tmp_path, "--out", tmp_path / "out", "--engine", "spark", code=1)
    assert "--engine spark needs Java 17 or later: install it, or set JAVA_HOME.\n" == told


@pytest.mark.parametrize("missing", ["pyspark", "pyarrow", "pandas"])
def test_without_spark_one_sentence_says_what_to_install(tmp_path, monkeypatch, missing):
    (tmp_path / "Patient.ndjson").write_text("{}\n")
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda name: None if name == missing else name)
    told = replay(tmp_path, "--out", tmp_path / "out", "--engine", "spark", code=1)
    assert "--engine spark needs PySpark: pip install 'backstory-cds[spark]' (requirements-spark.txt).\n" == told


def test_a_process_that_fails_is_told_and_the_others_end():
    with pytest.raises(Stopped, match="a process ended with code 3"):
        run(sys.exit, [(3,), (3,)], lambda: None)
