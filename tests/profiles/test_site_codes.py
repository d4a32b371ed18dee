"""A site's map of local codes: what the template shows, and how a mistake is named. All codes here are made up."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from service import knowledge
from service.knowledge import RuleError

FOLDER = Path(__file__).parents[2] / "fhir_profiles"
SYSTEM = "https://hospital.example/codes/procedures"
TEMPLATE = (FOLDER / "site-codes.template.toml").read_text("utf-8")


def load(tmp_path, text):
    path = tmp_path / "site.toml"
    path.write_text(text, encoding="utf-8")
    return knowledge.load(path)


def filled():
    """The template as a site would fill it in: its example lines without the comment sign."""
    return re.sub(r'^# (?=\[codes\."https://hospital|"LOCAL)', "", TEMPLATE, flags=re.MULTILINE)


def schema():
    import jsonschema  # two seconds, for those alone who look at the schema

    return jsonschema.Draft202012Validator(json.loads((FOLDER / "site-codes.schema.json").read_text("utf-8")))


def test_the_template_ships_empty(tmp_path):
    assert {} == tomllib.loads(TEMPLATE)
    assert () == load(tmp_path, TEMPLATE).overrides


def test_the_filled_template_loads_and_its_codes_count(tmp_path):
    known = load(tmp_path, filled())

    assert ["discectomy"] == [hit.concept for hit in known.codes.hits(SYSTEM, "LOCAL-CODE-1")]
    assert f"codes.{SYSTEM}: 2 local codes" in known.overrides


def test_a_local_code_counts_under_its_own_system_only(tmp_path):
    known = load(tmp_path, filled())

    assert () == known.codes.hits("https://hospital.example/codes/other", "LOCAL-CODE-1")


def test_a_code_listed_twice_stops_the_start_with_its_line(tmp_path):
    with pytest.raises(RuleError, match=r"cannot be read.*line 3"):
        load(tmp_path, f'[codes."{SYSTEM}"]\n"X1" = "fusion"\n"X1" = "discectomy"\n')


def test_a_system_listed_twice_stops_the_start(tmp_path):
    with pytest.raises(RuleError, match="cannot be read"):
        load(tmp_path, f'[codes."{SYSTEM}"]\n"X1" = "fusion"\n[codes."{SYSTEM}"]\n"X2" = "fusion"\n')


def test_an_unknown_concept_stops_the_start_with_a_hint(tmp_path):
    with pytest.raises(RuleError, match=r"code X1 .*'fusoin' is not known\. Did you mean 'fusion'\?"):
        load(tmp_path, f'[codes."{SYSTEM}"]\n"X1" = "fusoin"\n')


def test_the_schema_takes_the_filled_template():
    assert [] == list(schema().iter_errors(tomllib.loads(filled())))


@pytest.mark.parametrize(
    "text",
    [
        '[codes]\n"X1" = "fusion"\n',
        '[codes."hospital codes"]\n"X1" = "fusion"\n',
        f'[codes."{SYSTEM}"]\n"X1" = 5\n',
        f'[codes."{SYSTEM}"]\n"X1" = ["fusion"]\n',
        f'[codes."{SYSTEM}"]\n"" = "fusion"\n',
        f'[codes."{SYSTEM}"]\n"X1" = "Lumbar fusion"\n',
    ],
)
def test_the_schema_refuses_what_is_no_map_of_codes(text):
    assert [] != list(schema().iter_errors(tomllib.loads(text)))
