"""The checks themselves: each seeded fault is planted into good objects and must be seen; nothing else may be said."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.helm import checks, engine, faults, security

Docs = list[engine.Doc]


def test_nothing_is_said_about_good_objects(full: Docs) -> None:
    said = [
        finding for doc in full for version in engine.KUBERNETES for finding in engine.schema_findings(doc, version)
    ]

    assert [] == said
    assert [] == checks.findings(full)
    assert [] == security.restricted(full)


@pytest.mark.parametrize("name", faults.SEMANTIC)
def test_a_seeded_fault_is_caught(name: str, full: Docs) -> None:
    faults.SEMANTIC[name](full)

    assert checks.findings(full)


@pytest.mark.parametrize("name", faults.SCHEMA)
def test_a_fault_of_form_is_caught_for_every_kubernetes_version(name: str, full: Docs) -> None:
    faults.SCHEMA[name](full)

    silent = [v for v in engine.KUBERNETES if not any(chain.from_iterable(engine.schema_findings(d, v) for d in full))]
    assert [] == silent


@pytest.mark.parametrize("name", faults.RESTRICTED)
def test_a_breach_of_pod_security_is_caught(name: str, full: Docs) -> None:
    faults.RESTRICTED[name](full)

    assert security.restricted(full)


@pytest.mark.parametrize("name", faults.MISCONFIGURED)
def test_a_misconfiguration_is_caught_under_its_name(name: str, full: Docs) -> None:
    before = {ident for ident, _ in security.misconfigurations(full)}
    expected, plant = faults.MISCONFIGURED[name]
    plant(full)

    assert expected in {ident for ident, _ in security.misconfigurations(full)} - before
