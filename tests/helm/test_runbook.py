"""The runbook: its values are accepted, its files are there, and its commands name things that the chart makes."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError
from typer.testing import CliRunner

from service.cli import app
from service.ehr import tokens
from service.settings import Settings
from service.web.monitoring import lines, metrics
from tests.cluster import checks as cluster_checks
from tests.cluster import runbook
from tests.helm import engine

ROOT = engine.CHART.parents[1]
TEXT = (ROOT / "helm" / "README.md").read_text()
BLOCKS = re.findall(r"^( *)```(\w*)\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [textwrap.dedent(text) for _, found, text in BLOCKS if language == found]


def section(heading: str) -> str:
    """The text below a heading, in one line."""
    (found,) = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    return " ".join(found.split())


def test_every_value_in_the_runbook_is_accepted() -> None:
    examples = [yaml.safe_load(text) for text in blocks("yaml")]

    assert examples
    assert all(engine.render(example)[0] for example in examples)


def test_every_file_in_the_runbook_is_there() -> None:
    named = re.findall(r"(?:tests/helm|helm)/[\w./-]*\w", TEXT) + re.findall(r"\]\((?!http)([^)#]+)", TEXT)

    assert named
    assert [] == [path for path in named if not (ROOT / path).exists() and not (ROOT / "helm" / path).exists()]


def test_commands_name_what_the_chart_makes() -> None:
    docs, _ = engine.render(engine.values("production.example"), name="backstory")
    made = {f"{doc['kind'].lower()}/{doc['metadata']['name']}" for doc in docs}
    named = set(re.findall(r"\b(?:deployment|service)/[\w-]+", "\n".join(blocks(""))))

    assert {"deployment/backstory", "service/backstory"} == named
    assert set() == named - made


def test_every_value_named_in_the_runbook_exists() -> None:
    schema = engine.chart().schema or {}

    def exists(name: str) -> bool:
        here = schema
        for part in name.split("."):
            if part not in here.get("properties", {}):
                return False
            here = here["properties"][part]
        return True

    tops = "|".join(schema["properties"])
    named = set(re.findall(rf"`((?:{tops})(?:\.[A-Za-z_]+)+)[`:]", TEXT))

    assert {"image.digest", "ingress.annotations", "networkPolicy.from.namespaces"} <= named
    assert [] == sorted(name for name in named if not exists(name))


def test_every_word_with_which_a_token_is_refused_stands_in_the_runbook() -> None:
    tree = ast.parse(Path(tokens.__file__).read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and "refuse" in ast.unparse(node.func)]
    words = {
        node.value
        for call in calls
        for argument in call.args
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {check for _, check in tokens._CHECKS}
    told = set(re.findall(r"^ +\| `([^`]+)` \|", TEXT, re.MULTILINE))

    assert {"aud", "jti used before", "bearer token", "exp"} <= words
    assert words == told - {"refused"}


def test_the_runbook_says_what_a_pod_says_of_an_unknown_time_zone() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(time_zone="Europe/Zuerich")
    (problem,) = refused.value.errors()

    assert f"BACKSTORY_TIME_ZONE: {problem['msg'].removeprefix('Value error, ')}" in section("1. Build the image")


@pytest.mark.parametrize("bound", ["time to read a body", "connections per client", "calls per second and client"])
def test_the_runbook_says_what_the_ingress_must_bound(bound: str) -> None:
    assert bound in section("TLS and mutual TLS")


def test_the_runbook_says_when_log_lines_are_dropped_and_where_it_shows() -> None:
    told = section("What is logged, and what is not")

    assert f"`{metrics.DROPPED._name}_total`" in told
    assert "`log lines dropped`" in told
    assert f"{lines.MOST_KEPT:,} lines wait" in told


def test_the_cluster_test_finds_the_commands_that_it_follows() -> None:
    followed = {"2. Write your values": 3, "3. Install and test": 5, "Upgrade and rollback": 4, "Uninstall": 2}

    assert followed == {section: len(runbook.commands(section)) for section in followed}
    assert cluster_checks.NOT_READY in TEXT
    assert cluster_checks.EVENTS in TEXT


def test_the_chart_that_the_readme_evaluates_ships_and_is_an_emergency() -> None:
    readme = (ROOT / "README.md").read_text()
    ((file, day),) = re.findall(r"^cp (\S+) chart\.json.*\n.*evaluate chart\.json --as-of (\S+)", readme, re.MULTILINE)
    told = CliRunner().invoke(app, ["evaluate", str(ROOT / file), "--as-of", day])

    assert "CRITICAL" in told.output


def test_make_help_lines_its_columns_up_and_the_set_up_speaks_before_it_works() -> None:
    makefile = (ROOT / "Makefile").read_text()
    longest = max(len(target) for target in re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    (stops,) = re.findall(r"expand -t (\d+)", makefile)
    steps = (ROOT / ".ci" / "setup").read_text()

    assert longest < int(stops)
    assert steps.index('echo "Setting up') < steps.index("rm -rf .venv")
