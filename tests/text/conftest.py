"""The rule files that the text tests hold against each other, parsed."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest


@pytest.fixture(scope="session")
def vocabulary():
    return tomllib.loads((files("rules") / "vocabulary.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def raw_lexicon():
    return tomllib.loads((files("rules") / "lexicon.toml").read_text("utf-8"))
