"""Whatever a chart, a file's name, an argument or another server holds, no command sends it to steer a terminal."""

from __future__ import annotations

import json
import os
import re

import pytest
from typer.testing import CliRunner

from service.cli import app, terminal
from tests.patients import build

MARKS = "\x1b]0;owned\x07\x1b[2J\x00\x7f\x9b\u202e\u2066\u200f\u061c"
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SHOWN = ("text", "display", "conclusion", "div")
NAMED = "\x1b[2J\u202e"
"""As much of it as the name of a file may hold."""


def marked(value):
    """The same with marks in every text that is read by people."""
    if isinstance(value, list):
        return [marked(each) for each in value]
    if not isinstance(value, dict):
        return value
    shown = {name: held for name, held in value.items() if name in SHOWN and isinstance(held, str)}
    return {name: held + MARKS if name in shown else marked(held) for name, held in value.items()}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKSTORY_OPEN", "false")  # what ``serve --open`` sets is gone afterwards
    patient = build.load("rf-cauda-equina-saddle")
    (tmp_path / f"{NAMED}chart.json").write_text(json.dumps(marked(build.bundle(patient))), encoding="utf-8")
    (tmp_path / f"{NAMED}broken.json").write_text("{", encoding="utf-8")
    procedure = {"resourceType": "Procedure", "code": {"coding": [{"system": "s", "code": "c", "display": MARKS}]}}
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "p.json").write_text(json.dumps(procedure), encoding="utf-8")
    (tmp_path / "own.csv").write_text(f"code,description\nA{MARKS[:8]},Discectomy {NAMED}L4-5\n", encoding="utf-8")
    (tmp_path / "bank.tsv").write_text(f"note\tfoot-drop\tSaddle numbness {NAMED}since Monday.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate", "{}"),
        ("evaluate", "{}", "--why"),
        ("evaluate", "{}", "--json"),
        ("evaluate", "{}", "--fhir"),
        ("evaluate", f"{{}}/{NAMED}none"),
        ("read", f"Saddle numbness {NAMED}since Monday, zorbly {NAMED}glimmer of the disc."),
        ("read", f"Saddle numbness {NAMED}since Monday.", "--json"),
        ("read", "text", "--kind", f"{NAMED}x"),
        ("read", "--each", "{}/bank.tsv"),
        ("read", "--each", "--json", "{}/bank.tsv"),
        ("read", "--score", "{}/bank.tsv"),
        ("read", "--score", f"{{}}/{NAMED}none.tsv"),
        ("codes", "check", "{}/codes"),
        ("codes", "check", f"{{}}/{NAMED}none"),
        ("codes", "import", "{}/own.csv", "--system", "s"),
        ("codes", "import", f"{{}}/{NAMED}none.csv", "--system", "s"),
        ("rules", "show", f"{NAMED}recurrent-herniation"),
        ("rules", "review", f"{NAMED}x", "--out", "{}/pack.html"),
        ("export", f"{{}}/{NAMED}out"),
        ("replay", f"{{}}/{NAMED}none", "--out", "{}/past"),
        ("try", f"http://127.0.0.1:9/{NAMED}", "--open"),
        ("serve", "--open", "--host", f"{NAMED}x"),
    ],
)
def test_no_command_passes_what_steers_a_terminal(arguments, folder):
    told = CliRunner().invoke(app, [each.format(folder) for each in arguments])

    assert told.output.strip()
    assert [] == STEERING.findall(told.output)


def test_nor_does_a_wrong_site_file(tmp_path, monkeypatch):
    site = tmp_path / "site.toml"
    site.write_text('[rules."\\u001b[2J\\u202ex"]\non = false\n', encoding="utf-8")
    monkeypatch.setenv("BACKSTORY_SITE", os.fspath(site))
    told = CliRunner().invoke(app, ["rules", "check"])

    assert 1 == told.exit_code
    assert [] == STEERING.findall(told.output)


def test_json_says_the_same_to_whoever_reads_it(capfdbinary):
    value = {"text": MARKS + "é 🦴"}
    terminal.write_json(value)
    written = capfdbinary.readouterr().out

    assert value == json.loads(written)
    assert [] == STEERING.findall(written.decode())


def test_the_styles_of_our_own_reports_still_reach_a_terminal(monkeypatch):
    from rich.text import Text

    from service.cli import report

    made = report._PlainConsole(force_terminal=True, color_system="standard", width=80)
    with made.capture() as seen:
        made.print(Text(f"red{MARKS}", style="red"))

    assert "\x1b[31mred]0;owned[2J\x1b[0m\n" == seen.get()
