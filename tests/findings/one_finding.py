"""The charts of one_finding.toml: the name of a finding in; the chart that makes it known, and its base, out."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.patients import build

FILE = Path(__file__).parent / "one_finding.toml"


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def as_of() -> date:
    day: date = _file()["as_of"]
    return day


def names() -> list[str]:
    """The findings that have a chart here."""
    return [name for name in _file() if name not in ("as_of", "base")]


def word(finding: str) -> str | int:
    found: str | int = _file()[finding].get("word", "yes")
    return found


def patient(finding: str, *, base_only: bool = False) -> build.Patient:
    """The chart that makes the finding known; with ``base_only`` the same chart without what makes it known."""
    told = _file()[finding]
    entries = (*_file()["base"][told["base"]], *(() if base_only else told["more"]))
    person = {"born": "1970-03-01", "gender": "female"}
    return build.Patient("one-finding", "", as_of(), person, entries, {})
