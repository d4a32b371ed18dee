"""``backstory codes``: proposals for a hospital's own procedure codes, and the count of those that nobody maps."""

from __future__ import annotations

import csv
import io
import json
import tomllib

import pytest
from typer.testing import CliRunner

from service.cli import app

SYSTEM = "https://hospital.example/codes"
CATALOGUE = """\ufeffcode,description
A1,Lumbar discectomy L4-L5 left
A2,Posterior lumbar interbody fusion L5-S1
A3,Appendectomy
A4,Laminectomy with excision of disc L4-5
"""


def run(*arguments):
    return CliRunner().invoke(app, ["codes", *map(str, arguments)])


def test_each_code_gets_a_verdict_and_only_the_sure_ones_are_written(tmp_path):
    (tmp_path / "own.csv").write_text(CATALOGUE, encoding="utf-8")
    told = run("import", tmp_path / "own.csv", "--system", SYSTEM, "--site", tmp_path / "site.toml")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(told.stdout))}

    assert {"A1": "sure", "A2": "sure", "A3": "unknown", "A4": "doubtful"} == {c: r["verdict"] for c, r in rows.items()}
    assert ("discectomy", "L4-L5") == (rows["A1"]["concepts"], rows["A1"]["level"])
    assert {"codes": {SYSTEM: {"A1": "discectomy", "A2": "fusion"}}} == tomllib.loads(
        (tmp_path / "site.toml").read_text()
    )


def test_what_is_proposed_is_a_sound_site_file_and_is_then_mapped(tmp_path, monkeypatch):
    (tmp_path / "own.csv").write_text(CATALOGUE, encoding="utf-8")
    run("import", tmp_path / "own.csv", "--system", SYSTEM, "--site", tmp_path / "site.toml")
    procedures = [
        {"resourceType": "Procedure", "id": code + str(n), "code": {"coding": [{"system": SYSTEM, "code": code}]}}
        for code, number in (("A1", 3), ("A3", 2))
        for n in range(number)
    ]
    (tmp_path / "data").mkdir()
    lines = "\n".join(json.dumps(each) for each in procedures)
    (tmp_path / "data" / "Procedure.ndjson").write_text(lines, encoding="utf-8")
    before = run("check", tmp_path / "data").stdout.splitlines()
    monkeypatch.setenv("BACKSTORY_SITE", str(tmp_path / "site.toml"))
    after = run("check", tmp_path / "data").stdout.splitlines()

    assert ["count,system,code,display", f"3,{SYSTEM},A1,", f"2,{SYSTEM},A3,"] == before
    assert ["count,system,code,display", f"2,{SYSTEM},A3,"] == after


@pytest.mark.parametrize(
    "arguments", [["import", "none.csv", "--system", SYSTEM], ["check", "none.json"]], ids=["import", "check"]
)
def test_what_is_not_there_is_a_sentence(arguments):
    told = run(*arguments)

    assert 2 == told.exit_code
    assert "cannot be read" in told.stderr
