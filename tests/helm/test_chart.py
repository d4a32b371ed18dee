"""The chart in the real Helm engine: every value set makes objects that would work; wrong values are refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.ehr import clients
from service.knowledge import load
from service.settings import Settings
from service.web import discovery
from tests.helm import checks, engine, generate, security

Docs = list[engine.Doc]
SETS = engine.value_sets()


def deployment(docs: Docs) -> engine.Doc:
    return checks.of_kind(docs, "Deployment")[0]


def container(docs: Docs) -> engine.Doc:
    found: engine.Doc = deployment(docs)["spec"]["template"]["spec"]["containers"][0]
    return found


def env(docs: Docs) -> dict[str, str]:
    return {entry["name"]: entry.get("value", "") for entry in container(docs)["env"]}


def changed(change: dict[str, Any], base: str = "defaults") -> Docs:
    return engine.render(engine.values(base) | change)[0]


@pytest.mark.parametrize("name", SETS)
def test_kubernetes_would_take_every_object(name: str, rendered: dict[str, Docs]) -> None:
    said = [f for version in engine.KUBERNETES for doc in rendered[name] for f in engine.schema_findings(doc, version)]

    assert [] == said


@pytest.mark.parametrize("name", SETS)
def test_the_objects_fit_together(name: str, rendered: dict[str, Docs]) -> None:
    assert [] == checks.findings(rendered[name])


@pytest.mark.parametrize("name", SETS)
def test_pods_pass_pod_security_restricted(name: str, rendered: dict[str, Docs]) -> None:
    assert [] == security.restricted(rendered[name])


@pytest.mark.parametrize("name", SETS)
def test_a_misconfiguration_scan_finds_only_the_named_exceptions(name: str, rendered: dict[str, Docs]) -> None:
    allowed = {*security.EXCEPTIONS, *({"no-policy"} if name == "no-policy" else ())}

    assert [] == [found for found in security.misconfigurations(rendered[name]) if found[0] not in allowed]


@pytest.mark.parametrize("name", ["defaults", "production.example"])
def test_helm_lint_has_nothing_to_say(name: str) -> None:
    assert [] == engine.lint(engine.values(name))


def test_every_variable_of_the_service_is_one_that_it_reads(rendered: dict[str, Docs]) -> None:
    known = {f"BACKSTORY_{name.upper()}" for name in Settings.model_fields}
    used = {name for docs in rendered.values() for name in env(docs) if name.startswith("BACKSTORY_")}

    assert set() == used - known
    assert {f"BACKSTORY_{name.upper()}" for name in generate.OWNED} <= used


@pytest.mark.parametrize("name", SETS)
def test_the_service_accepts_the_settings_of_the_chart(
    name: str, rendered: dict[str, Docs], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in env(rendered[name]).items():
        monkeypatch.setenv(variable, value)

    assert ("true" == env(rendered[name]).get("BACKSTORY_OPEN")) == Settings().open


@pytest.mark.parametrize("name", SETS)
def test_the_service_accepts_the_clients_file_of_the_chart(
    name: str, rendered: dict[str, Docs], tmp_path: Path
) -> None:
    texts = [doc["data"]["clients.toml"] for doc in rendered[name] if "clients.toml" in doc.get("data", {})]
    for text in texts:
        (tmp_path / "clients.toml").write_text(text)
        trusted = clients.load(tmp_path / "clients.toml", discovery.SERVICES)

        assert [each["name"] for each in engine.values(name).get("clients", [])] or ["nobody yet"] == [
            client.name for client in trusted
        ]
    assert bool(texts) != (name in ("secret-clients", "test-cluster-open"))


@pytest.mark.parametrize("listed", [True, False])
def test_a_pasted_key_keeps_its_y_though_yaml_reads_a_bare_y_as_true(listed: bool, tmp_path: Path) -> None:
    key = {"kty": "EC", "crv": "P-256", "kid": "k", "x": "AAAA", "true": "BBBB"}  # as Helm hands it to the chart
    ehr = {"name": "a", "iss": "i", "audiences": ["https://c.example"], "jwks": [key] if listed else {"keys": [key]}}
    text = next(doc for doc in changed({"clients": [ehr]}) if doc["metadata"]["name"].endswith("-clients"))["data"]
    (tmp_path / "clients.toml").write_text(text["clients.toml"])
    (client,) = clients.load(tmp_path / "clients.toml", discovery.SERVICES)

    assert [{**key, "y": "BBBB"}] == [{**found, "true": "BBBB"} for found in client.jwks]


def test_the_service_loads_what_a_site_changes_in_its_values(tmp_path: Path) -> None:
    docs = changed({"existingValueSetsConfigMap": ""}, "site-rules")
    volumes = deployment(docs)["spec"]["template"]["spec"]["volumes"]
    items = next(volume for volume in volumes if volume["name"] == "site")["configMap"]["items"]
    data = next(doc for doc in docs if doc["metadata"]["name"].endswith("-site"))["data"]
    for item in items:
        (tmp_path / item["path"]).parent.mkdir(exist_ok=True)
        (tmp_path / item["path"]).write_text(data[item["key"]])
    known = load(tmp_path / "site.toml")

    assert "site-local-mri" in {record.id for record in known.records}
    assert "piriformis-deep-gluteal" not in known.causes
    told = " ".join(known.overrides)
    assert [] == [each for each in ("new_sign_days", "orders.mri-lumbar", "value_sets") if each not in told]


def test_large_value_sets_are_mounted_where_the_site_file_says(rendered: dict[str, Docs]) -> None:
    docs = rendered["site-rules"]
    site = tomllib.loads(next(d for d in docs if d["metadata"]["name"].endswith("-site"))["data"]["site.toml"])
    mounts = {mount["mountPath"] for mount in container(docs)["volumeMounts"]}

    assert ["value_sets", "/etc/backstory/more_value_sets"] == site["value_sets"]
    assert "/etc/backstory/more_value_sets" in mounts


def test_the_digest_wins_over_the_tag() -> None:
    digest = "sha256:" + "a" * 64
    docs = changed({"image": {"repository": "r.example/b", "tag": "1.2.3", "digest": digest}})

    assert f"r.example/b@{digest}" == container(docs)["image"]


@pytest.mark.parametrize(
    "change",
    [
        {"site": {"parameters": {"new_sign_days": 20}}},
        {"valueSets": {"a.json": "{}"}},
        {"clients": engine.values("private-ca")["clients"]},
        {"caBundle": engine.values("private-ca")["caBundle"]},
    ],
)
def test_a_change_of_the_configuration_rolls_the_pods(change: dict[str, Any], rendered: dict[str, Docs]) -> None:
    before, after = (
        deployment(docs)["spec"]["template"]["metadata"]["annotations"]
        for docs in (rendered["defaults"], changed(change))
    )

    assert before != after


def test_by_default_there_are_three_pods_that_survive_a_node() -> None:
    docs = changed({})

    assert 3 == checks.of_kind(docs, "HorizontalPodAutoscaler")[0]["spec"]["minReplicas"]
    assert 1 == checks.of_kind(docs, "PodDisruptionBudget")[0]["spec"]["maxUnavailable"]
    spread = deployment(docs)["spec"]["template"]["spec"]["topologySpreadConstraints"]
    assert ["topology.kubernetes.io/zone", "kubernetes.io/hostname"] == [each["topologyKey"] for each in spread]


def test_by_default_pods_may_reach_dns_only() -> None:
    rules = checks.of_kind(changed({}), "NetworkPolicy")[0]["spec"]["egress"]

    assert [[53, 53]] == [[port["port"] for port in rule["ports"]] for rule in rules]


def test_only_the_hooks_are_reachable_from_outside(rendered: dict[str, Docs]) -> None:
    rules = checks.of_kind(rendered["production.example"], "Ingress")[0]["spec"]["rules"]

    assert ["/cds-services"] == [path["path"] for rule in rules for path in rule["http"]["paths"]]


def test_every_kind_of_object_is_in_some_value_set(rendered: dict[str, Docs]) -> None:
    kinds = {doc["kind"] for docs in rendered.values() for doc in docs}

    wanted = {"ConfigMap", "Deployment", "HTTPRoute", "HorizontalPodAutoscaler", "Ingress", "NetworkPolicy", "Pod"}
    wanted |= {"PodDisruptionBudget", "PrometheusRule", "ScaledObject", "Service", "ServiceAccount", "ServiceMonitor"}
    assert wanted == kinds


def test_the_alerts_and_the_dashboard_arrive_unchanged(rendered: dict[str, Docs]) -> None:
    docs = rendered["production.example"]
    alerts = yaml.safe_load((engine.CHART / "files" / "alerts.yaml").read_text())
    dashboard = (engine.CHART / "files" / "dashboard.json").read_text()
    shipped = next(d for d in docs if d["metadata"]["name"].endswith("-dashboard"))["data"]["backstory.json"]

    made = checks.of_kind(docs, "PrometheusRule")[0]
    gone = f'absent(backstory_knowledge_info{{namespace="{made["metadata"].get("namespace", "cds")}"}})'
    written = json.loads(json.dumps(alerts).replace("absent(backstory_knowledge_info)", json.dumps(gone)[1:-1]))

    assert written == made["spec"]
    assert dashboard.strip() == shipped.strip()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("defaults", "No EHR is trusted yet"),
        ("test-cluster-open", "port-forward"),
        ("production.example", "https://cds.hospital.example/cds-services"),
        ("gateway-keda", "https://cds.example/cds-services"),
        ("secret-clients", "rollout restart"),
    ],
)
def test_the_notes_tell_the_next_step(name: str, told: str) -> None:
    assert told in engine.render(engine.values(name))[1]


def test_the_schema_is_closed_wherever_names_are_known() -> None:
    def open_places(schema: Any, where: str) -> list[str]:
        if not isinstance(schema, dict):
            return []
        found = [where] if schema.get("properties") and schema.get("additionalProperties") is not False else []
        return found + [
            place
            for key, inner in schema.get("properties", {}).items()
            for place in open_places(inner, f"{where}.{key}")
        ]

    assert [] == open_places(engine.chart().schema, "values")


def test_every_default_is_explained_and_in_the_schema() -> None:
    explained = {name for name, _, _ in generate.rows()}

    def leaves(values: dict[str, Any], prefix: str = "") -> list[str]:
        return [
            leaf
            for key, value in values.items()
            for leaf in (
                leaves(value, f"{prefix}{key}.")
                if isinstance(value, dict) and value and f"{prefix}{key}" not in explained
                else [f"{prefix}{key}"]
            )
        ]

    assert [] == [leaf for leaf in leaves(engine.chart().values) if leaf not in explained]


def test_the_schema_and_the_tables_are_up_to_date() -> None:
    due = "run: python -m tests.helm.generate"

    assert generate.schema() == generate.SCHEMA.read_text(), due
    assert generate.readme() == generate.README.read_text(), due
