"""The runbook: its values are accepted, its files are there, and its commands name things that the chart makes."""

from __future__ import annotations

import re
import textwrap

import yaml

from tests.helm import engine

ROOT = engine.CHART.parents[1]
TEXT = (ROOT / "helm" / "README.md").read_text()
BLOCKS = re.findall(r"^( *)```(\w*)\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [textwrap.dedent(text) for _, found, text in BLOCKS if language == found]


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
