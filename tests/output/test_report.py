"""`backstory evaluate` in a terminal: the card as an EHR shows it; with --why all that stands behind it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from service.cli import app
from tests.patients import build

BEHIND = ("Causes, best first", "Next steps", "Sources")


@pytest.fixture
def evaluated(tmp_path):
    def run(name, *options, change=None):
        patient = build.load(name)
        chart = build.bundle(patient)
        file = tmp_path / "chart.json"
        file.write_text(json.dumps(change(chart) if change else chart))
        told = CliRunner().invoke(app, ["evaluate", str(file), "--as-of", patient.as_of.isoformat(), *options])
        assert 0 == told.exit_code, told.output
        return told.output

    return run


def test_the_card_alone_is_shown_as_an_ehr_shows_it(evaluated):
    told = evaluated("recurrent-herniation-classic")

    assert "Recurrent disc herniation" in told
    assert "▸ " in told
    assert [] == [title for title in BEHIND if title in told]


def test_with_why_the_whole_reasoning_follows_the_card(evaluated):
    card, told = evaluated("recurrent-herniation-classic"), evaluated("recurrent-herniation-classic", "--why")

    assert told.startswith(card)
    assert [] == [title for title in BEHIND if title not in told]
    assert "DiagnosticReport/mri-report" in told.removeprefix(card)


def test_with_why_an_alarm_says_what_raised_it(evaluated):
    assert "Red flags and bedside warnings" in evaluated("rf-cauda-equina-saddle", "--why")


@pytest.mark.parametrize("name", ["recurrent-herniation-classic", "rf-cauda-equina-saddle"])
def test_a_card_in_a_terminal_holds_no_blank_line(evaluated, name):
    lines = evaluated(name).splitlines()

    assert lines
    assert [] == [line for line in lines if not line.strip(" │")]


def test_what_was_left_out_is_counted_and_with_why_named(evaluated):
    def broken(chart):
        return {**chart, "entry": [*chart["entry"], {"resource": {"resourceType": "Condition", "id": "x", "code": 3}}]}

    assert "--why names them" in evaluated("recurrent-herniation-classic", change=broken)
    assert "Left out" in evaluated("recurrent-herniation-classic", "--why", change=broken)
