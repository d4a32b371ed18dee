"""What the text tests hold against each other, parsed once: the vocabulary and the language data."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from tests.rule_sets import shipped
from tests.text import reading


@pytest.fixture(scope="session")
def vocabulary():
    return tomllib.loads((files("rules") / "vocabulary.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def raw():
    """The tables of rules/language as one."""
    return shipped().language


@pytest.fixture(scope="session")
def language():
    return reading.language()
