"""Faults that charts really have: a name and a function that plants one into good rendered objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Doc = dict[str, Any]
Plant = Callable[[list[Doc]], object]


def one(docs: list[Doc], kind: str) -> Doc:
    return next(doc for doc in docs if doc["kind"] == kind)


def pod(docs: list[Doc]) -> Doc:
    spec: Doc = one(docs, "Deployment")["spec"]["template"]["spec"]
    return spec


def box(docs: list[Doc]) -> Doc:
    container: Doc = pod(docs)["containers"][0]
    return container


def drop(docs: list[Doc], kind: str) -> None:
    docs[:] = [doc for doc in docs if doc["kind"] != kind]


SELECTORS: dict[str, Plant] = {
    "service selects other labels": lambda d: one(d, "Service")["spec"]["selector"].update(tier="x"),
    "deployment selects other labels": lambda d: one(d, "Deployment")["spec"]["selector"]["matchLabels"].update(a="b"),
    "spread counts other pods": lambda d: pod(d)["topologySpreadConstraints"][0]["labelSelector"].update(
        matchLabels={"app": "x"}
    ),
    "policy selects no workload": lambda d: one(d, "NetworkPolicy")["spec"]["podSelector"]["matchLabels"].update(a="b"),
    "budget selects no workload": lambda d: one(d, "PodDisruptionBudget")["spec"]["selector"]["matchLabels"].update(
        a="b"
    ),
    "monitor selects no service": lambda d: one(d, "ServiceMonitor")["spec"]["selector"]["matchLabels"].update(a="b"),
    "service selects the test pods": lambda d: one(d, "Service")["spec"]["selector"].pop("app.kubernetes.io/component"),
}
PORTS: dict[str, Plant] = {
    "probe asks an undeclared port": lambda d: box(d)["livenessProbe"]["httpGet"].update(port="web"),
    "probe asks an undeclared number": lambda d: box(d)["livenessProbe"]["httpGet"].update(port=9090),
    "port name with capitals": lambda d: box(d)["ports"][0].update(name="HTTP_main"),
    "port name over 15 characters": lambda d: box(d)["ports"][0].update(name="http-of-backstory"),
    "service leads to an undeclared port": lambda d: one(d, "Service")["spec"]["ports"][0].update(targetPort="web"),
    "ingress leads to another service": lambda d: one(d, "Ingress")["spec"]["rules"][0]["http"]["paths"][0]["backend"][
        "service"
    ].update(name="x"),
    "ingress leads to another port": lambda d: one(d, "Ingress")["spec"]["rules"][0]["http"]["paths"][0]["backend"][
        "service"
    ].update(port={"name": "web"}),
    "ingress host without certificate": lambda d: one(d, "Ingress")["spec"]["tls"][0].update(hosts=["other.example"]),
    "route leads to another port": lambda d: one(d, "HTTPRoute")["spec"]["rules"][0]["backendRefs"][0].update(port=81),
    "monitor scrapes another port": lambda d: one(d, "ServiceMonitor")["spec"]["endpoints"][0].update(port="metrics"),
}
PODS: dict[str, Plant] = {
    "mount without volume": lambda d: pod(d)["volumes"].pop(),
    "volume without mount": lambda d: pod(d)["volumes"].append({"name": "left", "emptyDir": {}}),
    "volume of a missing config map": lambda d: drop(d, "ConfigMap"),
    "config map without the key": lambda d: next(
        doc for doc in d if doc["kind"] == "ConfigMap" and doc["metadata"]["name"].endswith("-site")
    )["data"].pop("site.toml"),
    "variable set twice": lambda d: box(d)["env"].append({"name": "BACKSTORY_LOG_LEVEL", "value": "DEBUG"}),
    "variable points to nothing": lambda d: box(d)["env"].append({"name": "X", "value": "/etc/backstory/nothing/x"}),
    "quantity misspelt": lambda d: box(d)["resources"]["requests"].update(memory="256MB"),
    "limit below request": lambda d: box(d)["resources"]["limits"].update(memory="128Mi"),
    "two probes on one path": lambda d: box(d)["livenessProbe"]["httpGet"].update(path="/healthz/ready"),
    "killed before it has finished": lambda d: pod(d).update(terminationGracePeriodSeconds=20),
    "service account missing": lambda d: pod(d).update(serviceAccountName="other"),
    "object name with capitals": lambda d: one(d, "Service")["metadata"].update(name="Backstory"),
    "label value with a space": lambda d: one(d, "Service")["metadata"]["labels"].update(team="spine surgery"),
    "two objects of one name": lambda d: d.append(one(d, "Service")),
}
SCALING: dict[str, Plant] = {
    "autoscaler without target": lambda d: one(d, "HorizontalPodAutoscaler")["spec"]["scaleTargetRef"].update(name="x"),
    "autoscaler and replicas": lambda d: one(d, "Deployment")["spec"].update(replicas=3),
    "autoscaler on CPU that nobody asks for": lambda d: box(d)["resources"]["requests"].pop("cpu"),
    "fewest above most": lambda d: one(d, "HorizontalPodAutoscaler")["spec"].update(minReplicas=30),
    "both bounds of a budget": lambda d: one(d, "PodDisruptionBudget")["spec"].update(minAvailable=1),
    "no bound of a budget": lambda d: one(d, "PodDisruptionBudget")["spec"].pop("maxUnavailable"),
    "budget that blocks every drain": lambda d: one(d, "PodDisruptionBudget")["spec"].update(maxUnavailable=0),
    "policy open to all": lambda d: one(d, "NetworkPolicy")["spec"]["ingress"].append({}),
    "policy without egress": lambda d: one(d, "NetworkPolicy")["spec"].update(policyTypes=["Ingress"]),
    "policy without DNS": lambda d: one(d, "NetworkPolicy")["spec"]["egress"].pop(0),
    "alert file empty": lambda d: one(d, "PrometheusRule").update(spec=None),
}
SEMANTIC = SELECTORS | PORTS | PODS | SCALING

SCHEMA: dict[str, Plant] = {
    "field misspelt": lambda d: pod(d).update(terminationGracePeriodSecond=30),
    "number as text": lambda d: one(d, "HorizontalPodAutoscaler")["spec"].update(maxReplicas="10"),
    "field missing": lambda d: one(d, "Deployment")["spec"].pop("selector"),
    "field in the wrong place": lambda d: box(d).update(volumes=[]),
    "interface that is gone": lambda d: one(d, "HorizontalPodAutoscaler").update(apiVersion="autoscaling/v2beta2"),
}

RESTRICTED: dict[str, Plant] = {
    "root allowed": lambda d: (
        box(d)["securityContext"].pop("runAsNonRoot"),
        pod(d)["securityContext"].pop("runAsNonRoot"),
    ),
    "user 0": lambda d: pod(d)["securityContext"].update(runAsUser=0),
    "privileged": lambda d: box(d)["securityContext"].update(privileged=True),
    "escalation": lambda d: box(d)["securityContext"].pop("allowPrivilegeEscalation"),
    "capabilities kept": lambda d: box(d)["securityContext"].pop("capabilities"),
    "capability added": lambda d: box(d)["securityContext"]["capabilities"].update(add=["SYS_ADMIN"]),
    "no seccomp": lambda d: pod(d)["securityContext"].pop("seccompProfile"),
    "folder of the node": lambda d: pod(d)["volumes"].append({"name": "host", "hostPath": {"path": "/"}}),
    "network of the node": lambda d: pod(d).update(hostNetwork=True),
    "port of the node": lambda d: box(d)["ports"][0].update(hostPort=80),
}

MISCONFIGURED: dict[str, tuple[str, Plant]] = {
    "latest": ("floating-image", lambda d: box(d).update(image="registry.example/backstory:latest")),
    "no tag": ("floating-image", lambda d: box(d).update(image="registry.example:5000/backstory")),
    "writable root": ("writable-root", lambda d: box(d)["securityContext"].pop("readOnlyRootFilesystem")),
    "token": ("token-mounted", lambda d: pod(d).pop("automountServiceAccountToken")),
    "service links": ("service-links", lambda d: pod(d).pop("enableServiceLinks")),
    "no memory limit": ("no-memory-limit", lambda d: box(d)["resources"]["limits"].pop("memory")),
    "no request": ("no-request", lambda d: box(d)["resources"]["requests"].pop("memory")),
    "no probe": ("no-probe", lambda d: box(d).pop("readinessProbe")),
    "secret in plain": ("secret-in-plain", lambda d: box(d)["env"].append({"name": "EHR_TOKEN", "value": "abc"})),
    "default namespace": ("namespace", lambda d: one(d, "Service")["metadata"].update(namespace="default")),
    "plain http": ("plain-http", lambda d: one(d, "Ingress")["spec"].pop("tls")),
    "no policy": ("no-policy", lambda d: drop(d, "NetworkPolicy")),
    "whole internet": (
        "open-network",
        lambda d: one(d, "NetworkPolicy")["spec"]["egress"][1]["to"].append({"ipBlock": {"cidr": "0.0.0.0/0"}}),
    ),
    "gap on upgrade": ("gap-on-upgrade", lambda d: one(d, "Deployment")["spec"].pop("strategy")),
}
