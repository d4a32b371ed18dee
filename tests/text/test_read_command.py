"""`backstory read`: what a text says, and how well a hospital's own texts are read; once in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache

import pytest
from typer.testing import CliRunner

from service.cli import app
from tests.rule_sets import shipped

NOTE = "Left foot drop since March 2025. No fever. Return if the saddle is numb. PLAN: lumbar fusion."
BANK = """\
# made up
note\tleg-pain -fever\tLeg pain, no fever.
report\t?epidural-abscess\tPossible epidural abscess.

note\tfever\tAll is well with him.
note\t-foot-drop\tLeft foot drop.
"""


def in_a_process(*arguments, standard_input=b""):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
    ended = subprocess.run(
        [sys.executable, "-m", "service", "read", *arguments],
        input=standard_input,
        capture_output=True,
        env=environment,
        timeout=120,
    )
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode().strip()


@cache
def run(*arguments):
    """The same command in this process, which has loaded the rules already."""
    ended = CliRunner().invoke(app, ["read", *arguments], env={"COLUMNS": "160", "BACKSTORY_SITE": None})
    assert isinstance(ended.exception, SystemExit | None), ended.exception
    return ended.exit_code, ended.stdout, ended.stderr.strip()


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    path = tmp_path_factory.mktemp("bank") / "bank.tsv"
    path.write_text(BANK, "utf-8")
    return str(path)


def test_a_text_is_shown_with_what_it_says_and_what_was_set_aside():
    code, said, wrong = run(NOTE)

    assert (0, "") == (code, wrong)
    assert ["foot-drop", "yes", "left"] == [word for word in said.split() if word in {"foot-drop", "yes", "left"}][:3]
    assert "2025-03-01" in said
    assert ["fever", "no"] == [word for word in said.split() if word in {"fever", "no"}][:2]
    assert "Set aside (plan): lumbar fusion." in said
    assert "saddle-numbness" in said.partition("Set aside")[2]


def test_as_json_a_text_of_standard_input_is_one_object():
    code, said, wrong = in_a_process("--json", "-", standard_input=NOTE.encode())
    told = json.loads(said)

    assert (0, "") == (code, wrong)
    assert {"labels", "statements", "setAside", "notUnderstood"} == set(told)
    assert ["-fever", "foot-drop"] == told["labels"]
    assert {
        "concept": "foot-drop",
        "assertion": "yes",
        "over": False,
        "levels": [],
        "region": "",
        "side": "left",
        "from": "2025-03-01",
        "words": "Left foot drop since March 2025.",
    } == next(s for s in told["statements"] if s["concept"] == "foot-drop")
    assert {"words", "reason"} == {key for aside in told["setAside"] for key in aside}
    assert all(isinstance(words, str) for words in told["notUnderstood"])


def test_a_text_may_stand_in_a_file_and_be_of_a_kind(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("\ufeffFINDINGS: Recurrent disc herniation L4–5. The patient has leg pain.", "utf-8")
    _, said, _ = run("--kind", "report", "--json", str(path))

    assert ["disc-herniation"] == json.loads(said)["labels"]
    assert [["L4-L5"]] * 2 == [s["levels"] for s in json.loads(said)["statements"]]


def test_each_row_of_a_bank_is_one_object_in_order(bank):
    code, said, wrong = run("--each", "--json", bank)
    rows = [json.loads(line) for line in said.splitlines()]

    assert (0, "", 4) == (code, wrong, len(rows))
    assert [["labels", "notUnderstood"]] * 4 == [list(row) for row in rows]
    assert [["-fever", "leg-pain"], [], ["foot-drop"]] == [rows[0]["labels"], rows[2]["labels"], rows[3]["labels"]]
    assert "?epidural-abscess" in rows[1]["labels"]


def test_a_score_is_told_in_numbers(bank):
    code, said, wrong = run("--score", "--json", bank)
    told = json.loads(said)

    assert (0, "") == (code, wrong)
    assert ["rows", "precision", "recall", "emergencies", "falseAlarms", "dangerous", "concepts"] == list(told)
    assert (4, 1) == (told["rows"], told["dangerous"])
    assert 1 == told["emergencies"]["missed"]
    assert {"right": 1, "missed": 1, "extra": 0} == told["concepts"]["fever"]
    assert {"right": 0, "missed": 1, "extra": 1} == told["concepts"]["foot-drop"]
    assert 0 <= told["precision"] <= 1
    assert 0 <= told["recall"] <= 1


def test_a_score_is_told_in_words_with_what_differs_the_dangerous_first(bank):
    code, said, _ = run("--score", bank)
    wrong = [line for line in said.splitlines() if line in {"DANGEROUS Left foot drop.", "All is well with him."}]

    assert 0 == code
    assert "4 rows: precision 0." in said
    assert "dangerous readings 1" in said
    assert ["DANGEROUS Left foot drop.", "All is well with him."] == wrong


def test_what_cannot_be_used_is_told_in_a_sentence():
    says = "The kind 'letter' is none of report, note, condition, procedure."

    assert (2, "", says) == run("--kind", "letter", "Fever.")


@pytest.fixture
def loaded(monkeypatch):
    """In this process the rules are loaded already."""
    rules = shipped()
    monkeypatch.setattr("service.knowledge.load", lambda site=None: rules)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("says", "content"),
    [
        ("line 1 has 1 columns instead of three: kind, labels, text.", b"Fever."),
        ("line 1: the kind 'letter' is none of report, note, condition, procedure.", b"letter\tfever\tFever."),
        ("cannot be read", b"note\t\t\xff\xfe"),
        ("There is no file", None),
    ],
    ids=["columns", "kind", "encoding", "no file"],
)
@pytest.mark.parametrize("asked", ["--score", "--each"])
def test_a_bank_that_cannot_be_used_is_told_in_a_sentence(says, content, asked, tmp_path):
    path = tmp_path / "bank.tsv"
    if content is not None:
        path.write_bytes(content)
    ended = CliRunner().invoke(app, ["read", asked, str(path)])

    assert (2, "") == (ended.exit_code, ended.stdout)
    assert says in ended.stderr
    assert 1 == len(ended.stderr.strip().splitlines())


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("said", [b"\xff\xfe fever", b"", b"\0", b"-"])
def test_no_standard_input_is_too_odd(said):
    assert CliRunner().invoke(app, ["read", "--json", "-"], input=said).exit_code in {0, 2}
