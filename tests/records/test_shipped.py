"""Rules that were installed with holes, or are not what was shipped, stop the start; a clone is left alone."""

from __future__ import annotations

import base64
import hashlib
from importlib import metadata

import pytest

from service.knowledge import RuleError, shipped
from tests.rule_sets import load_anew

FILES = ("rules/redflags/rf-dvt.toml", "fhir_profiles/valuesets/pain.json", "service/app.py", "rules/x.pyc")


@pytest.fixture
def installed(tmp_path):
    """What pip leaves behind of a wheel: the files, and RECORD with their hashes; none for what it compiled itself."""
    rows = []
    for name in FILES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"the text of {name}\n")
        own = base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).rstrip(b"=").decode()
        rows.append(f"{name},,\n" if name.endswith(".pyc") else f"{name},sha256={own},{file.stat().st_size}\n")
    told = tmp_path / "backstory_cds-0.1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: backstory-cds\nVersion: 0.1.0\n")
    (told / "RECORD").write_text("".join(rows))
    return tmp_path, metadata.Distribution.at(told)


def test_a_whole_installation_starts(installed):
    shipped.check(installed[1])


def test_a_clone_starts():
    shipped.check()


def test_one_missing_record_is_no_start(installed):
    (installed[0] / FILES[0]).unlink()
    with pytest.raises(RuleError, match=r"rules/redflags/rf-dvt\.toml is missing\."):
        shipped.check(installed[1])


def test_a_value_set_that_was_changed_in_place_is_no_start(installed):
    (installed[0] / FILES[1]).write_text("less")
    with pytest.raises(RuleError, match=r"pain\.json is not as it was shipped\."):
        shipped.check(installed[1])


def test_what_is_no_rule_and_what_the_installer_made_is_not_judged(installed):
    (installed[0] / FILES[2]).unlink()
    (installed[0] / FILES[3]).write_text("compiled anew")
    shipped.check(installed[1])


def test_no_rules_are_loaded_from_an_installation_with_a_hole(installed, monkeypatch):
    monkeypatch.setattr(metadata, "distribution", lambda _: installed[1])
    (installed[0] / FILES[0]).unlink()
    with pytest.raises(RuleError, match=r"rules/redflags/rf-dvt\.toml is missing\."):
        load_anew()
