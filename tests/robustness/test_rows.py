"""Each promise of rows.toml names tests that exist, and scripts with a make target."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))


@cache
def functions(file):
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("name", ROWS)
def test_each_promise_is_held_by_tests_that_exist(name):
    named = [each.partition("::") for each in ROWS[name].get("tests", ())]

    assert ROWS[name]["promise"]
    assert named or ROWS[name].get("scripts")
    assert [] == [f"{file}::{test}" for file, _, test in named if test not in functions(file)]


def test_each_script_has_a_make_target():
    targets = (TESTS.parent / "Makefile").read_text(encoding="utf-8")
    scripts = {target: file for row in ROWS.values() for target, file in row.get("scripts", {}).items()}

    assert [] == [target for target in scripts if f"\n{target}:" not in targets]
    assert [] == [file for file in scripts.values() if not (TESTS / file).is_file()]
