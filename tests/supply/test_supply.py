"""Nothing is installed that is not declared, pinned by hash, listed in the bill of materials and licensed to us."""

from __future__ import annotations

import json
import re
from importlib import metadata

import pytest

from tests.supply import notice, sbom
from tests.supply.packages import ROOT, declared, imported, locked, plain

LOCKS = sorted(file.name for file in ROOT.glob("requirements*.txt"))
OWNERS = metadata.packages_distributions()
BY_NAME = {"uvloop", "httptools", "redis"}
"""Declared and imported by nobody: uvicorn is told their names. OpenTelemetry and redis are imported by name, when
asked for."""

NOT_INSTALLED = {"sklearn": ["scikit-learn"]}
"""What only learning the weights needs, in an environment of its own."""

COPYLEFT = re.compile(r"\b(AGPL|GPL|LGPL|SSPL|BUSL|General Public)", re.IGNORECASE)


def owner(module):
    return {plain(name) for name in OWNERS.get(module, NOT_INSTALLED.get(module, [module]))}


@pytest.mark.parametrize("file", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(file):
    packages = locked(file)

    assert packages
    assert [] == [name for name, (version, _, hashes) in packages.items() if not hashes or "*" in version]


def test_what_the_service_imports_is_declared():
    known = declared()

    assert {} == {
        m: files for m, files in imported("service", "rules", "fhir_profiles").items() if not owner(m) & known
    }


def test_what_the_tests_import_is_declared():
    known = declared("dev", "sbom", "build", "learn")

    assert {} == {m: files for m, files in imported("tests").items() if not owner(m) & known}


def test_what_is_declared_is_used():
    used = set().union(*(owner(module) for module in imported("service")))

    assert set() == {name for name in declared() if not name.startswith("opentelemetry")} - used - BY_NAME


def test_what_is_declared_is_locked():
    cluster = {"pyspark", "pyarrow"}
    extras = {name for name in declared() if name.startswith("opentelemetry")} | {"duckdb", "redis"} | cluster

    assert set() == declared() - extras - set(locked("requirements.txt"))
    assert set() == declared("dev", "sbom") - cluster - set(locked("requirements-dev.txt"))
    assert set() == (cluster | {"duckdb"}) - set(locked("requirements-spark.txt"))
    assert set() == cluster & set(locked("requirements-dev.txt"))  # `make test` never installs a cluster
    assert set() == declared("build") - declared() - set(locked("requirements-build.txt"))


def test_the_locks_agree_on_every_version():
    dev = locked("requirements-dev.txt")
    shared = {name: row[0] for name, row in locked("requirements.txt").items()}

    assert {} == {name: version for name, version in shared.items() if dev.get(name, ("",))[0] != version}


@pytest.fixture(scope="module")
def bill(tmp_path_factory):
    file = tmp_path_factory.mktemp("bill") / "sbom.json"
    sbom.make(file)
    return file


def test_the_bill_of_materials_lists_every_locked_package(bill):
    assert [] == sbom.missing(bill)


def test_a_bill_of_materials_that_lacks_a_package_is_caught(bill, tmp_path):
    file = tmp_path / "sbom.json"
    told = json.loads(bill.read_text())
    left_out = told["components"].pop()["name"]
    file.write_text(json.dumps(told))

    assert [f"{plain(left_out)}: not listed"] == sbom.missing(file)


def test_notice_lists_the_licence_of_every_package_that_is_installed():
    assert notice.written() == notice.NOTICE.read_text(encoding="utf-8"), "run `make notice`"


def test_no_package_asks_for_more_than_its_notice():
    told = {name: notice.licence(name, marker) for name, (_, marker, _) in notice.listed()}

    assert {} == {name: text for name, text in told.items() if COPYLEFT.search(text)}
