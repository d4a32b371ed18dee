"""What a person may type wrongly: each is refused with a sentence that names it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helm import engine

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a value that does not exist": ({"replicas": 3}, "replicas"),
    "a nested value that does not exist": ({"ingress": {"host": "x"}}, "host"),
    "a setting that does not exist": ({"settings": {"loglevel": "INFO"}}, "loglevel"),
    "a setting out of its range": ({"settings": {"max_depth": 4}}, "max_depth"),
    "a log level that does not exist": ({"settings": {"log_level": "LOUD"}}, "log_level"),
    "the tag latest": ({"image": {"tag": "latest"}}, "rollback would not bring the old one back"),
    "a digest cut short": ({"image": {"digest": "sha256:abc"}}, "digest"),
    "text for a number": ({"replicaCount": "three"}, "replicaCount"),
    "no pods": ({"replicaCount": 0}, "replicaCount"),
    "a quantity in MB": ({"resources": {"limits": {"memory": "512MB"}}}, "memory"),
    "user 0": ({"podSecurity": {"runAsUser": 0}}, "runAsUser"),
    "a folder of the node": ({"extraVolumes": [{"name": "x", "hostPath": {"path": "/"}}]}, "extraVolumes"),
    "the whole internet": (
        {"networkPolicy": {"egress": [{"name": "all", "cidrs": ["0.0.0.0/0"], "port": 443}]}},
        "egress",
    ),
    "a host where an address range belongs": (
        {"networkPolicy": {"egress": [{"name": "ehr", "cidrs": ["ehr.example"], "port": 443}]}},
        "egress",
    ),
    "an unknown autoscaler": ({"autoscaling": {"mode": "vpa"}}, "mode"),
    "a client without keys": ({"clients": [{"name": "a", "iss": "b", "audiences": ["https://c.example"]}]}, "clients"),
    "a client with an unknown key": (
        {"clients": [{"name": "a", "iss": "b", "audiences": ["https://c.example"], "jwks_uri": "https://d.example"}]},
        "jwks_uri",
    ),
    "a table that no site file has": ({"site": {"cards": {}}}, "cards"),
    "a value set that is no JSON file": ({"valueSets": {"cpt.csv": ""}}, "cpt.csv"),
    "an environment variable without a value": ({"extraEnv": [{"name": "A"}]}, "extraEnv"),
    "a variable set twice": ({"extraEnv": [{"name": "BACKSTORY_LOG_LEVEL", "value": "DEBUG"}]}, "is set twice"),
    "an ingress without host": ({"ingress": {"enabled": True}}, "ingress.hosts is empty"),
    "an ingress that cannot reach the pods": (
        {"ingress": {"enabled": True, "hosts": ["a.example"]}},
        "networkPolicy.from is empty",
    ),
    "an ingress without TLS": (
        {"ingress": {"enabled": True, "hosts": ["a.example"], "tls": {"enabled": False}}},
        "must not travel in plain HTTP",
    ),
    "a route without gateway": ({"httpRoute": {"enabled": True}}, "httpRoute.parentRefs is empty"),
    "an open service with a way in": (
        {"open": True, "ingress": {"enabled": True, "hosts": ["a.example"]}},
        "must not be reachable from outside",
    ),
    "an open service with clients": (
        {"open": True, "existingClientsSecret": "x"},
        "clients has no effect",
    ),
    "clients from two places": (
        engine.values("private-ca") | {"existingClientsSecret": "x"},
        "can come from one of them only",
    ),
    "KEDA without a query": ({"autoscaling": {"mode": "keda"}}, "set autoscaling.keda.serverAddress"),
    "fewest above most": ({"autoscaling": {"minReplicas": 11}}, "minReplicas 11 is above maxReplicas 10"),
    "memory below what one worker needs": (
        {"resources": {"limits": {"memory": "384Mi"}}},
        "resources.limits.memory: 384Mi is less than one worker needs",
    ),
    "a budget that lets no node be drained": (
        {"replicaCount": 3, "pdb": {"bound": "minAvailable", "value": 3}},
        "pdb: minAvailable 3 of 3 pods lets no node be drained",
    ),
    "a budget in percent that Kubernetes rounds up to all pods": (
        {"pdb": {"bound": "minAvailable", "value": "67%"}},
        "pdb: minAvailable 67% of 3 pods lets no node be drained",
    ),
    "a little over half of two pods": (
        {"autoscaling": {"mode": "none"}, "replicaCount": 2, "pdb": {"bound": "minAvailable", "value": "51%"}},
        "pdb: minAvailable 51% of 2 pods lets no node be drained",
    ),
    "two workers in the memory of one": ({"workers": 2}, "workers: 2 workers in a pod need a memory limit of 1024Mi"),
    "three workers in a gigabyte and a half": (
        {"workers": 3, "resources": {"limits": {"memory": "1.5G"}}},
        "need a memory limit of 1536Mi; resources.limits.memory is 1.5G",
    ),
    "two makers of one certificate": (
        engine.values("private-ca")
        | {"ingress": {"enabled": True, "hosts": ["a.example"], "certManager": {"issuer": "a", "clusterIssuer": "b"}}},
        "set issuer or clusterIssuer",
    ),
}


@pytest.mark.parametrize("limit", ["1Gi", "1024Mi", "1.5Gi", "1100M", "1073741824", ""])
def test_two_workers_get_the_memory_of_two(limit: str) -> None:
    docs, _ = engine.render({"workers": 2, "resources": {"limits": {"memory": limit}}})

    assert docs


@pytest.mark.parametrize("value", ["66%", "50%", 2])
def test_a_budget_that_lets_one_of_three_pods_go_is_accepted(value: str | int) -> None:
    docs, _ = engine.render({"pdb": {"bound": "minAvailable", "value": value}})

    assert docs


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_refused_by_its_name(name: str) -> None:
    change, named = WRONG[name]

    with pytest.raises(engine.Refused, match=named):
        engine.render(change)
