"""Pod Security *restricted* and a scan for misconfigurations: rendered objects in, a line per finding out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.helm.checks import of_kind, pods

Doc = dict[str, Any]
_SAFE_VOLUMES = {
    *("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"),
}
_SECRET_WORDS = ("PASSWORD", "TOKEN", "SECRET", "PRIVATE_KEY", "API_KEY")

# Findings that stand, each with the reason. Nothing else may.
EXCEPTIONS = {
    "no-cpu-limit": "a CPU limit throttles a pod in the middle of a 500 ms answer; the request reserves its share",
}


def restricted(docs: list[Doc]) -> list[str]:
    """What the Pod Security Standard `restricted` would refuse, control by control."""
    return sorted({f"{who}: {said}" for who, _, spec in pods(docs) for said in _restricted(spec)})


def misconfigurations(docs: list[Doc]) -> list[tuple[str, str]]:
    """What scanners ask for beyond that."""
    return sorted({finding for check in (_pods_scan, _objects_scan) for finding in check(docs)})


def _restricted(spec: Doc) -> Iterator[str]:
    for switch in ("hostNetwork", "hostPID", "hostIPC"):
        if spec.get(switch):
            yield f"{switch} is on"
    for volume in spec.get("volumes", ()):
        if kinds := set(volume) - {"name"} - _SAFE_VOLUMES:
            yield f"volume {volume['name']} is of kind {', '.join(sorted(kinds))}"
    pod = spec.get("securityContext", {})
    for container in [*spec["containers"], *spec.get("initContainers", ())]:
        own = container.get("securityContext", {})
        if own.get("privileged"):
            yield "is privileged"
        if own.get("allowPrivilegeEscalation") is not False:
            yield "may gain privileges"
        if "ALL" not in own.get("capabilities", {}).get("drop", ()):
            yield "keeps capabilities"
        if set(own.get("capabilities", {}).get("add", ())) - {"NET_BIND_SERVICE"}:
            yield "adds capabilities"
        if own.get("runAsNonRoot", pod.get("runAsNonRoot")) is not True:
            yield "may run as root"
        if 0 in (own.get("runAsUser"), pod.get("runAsUser")):
            yield "runs as root"
        profile = own.get("seccompProfile", pod.get("seccompProfile", {})).get("type")
        if profile not in ("RuntimeDefault", "Localhost"):
            yield "has no seccomp profile"
        if any("hostPort" in port for port in container.get("ports", ())):
            yield "takes a port of its node"


def _pods_scan(docs: list[Doc]) -> Iterator[tuple[str, str]]:
    for who, _, spec in pods(docs):
        if spec.get("automountServiceAccountToken") is not False:
            yield "token-mounted", f"{who}: mounts a service account token"
        if spec.get("enableServiceLinks") is not False:
            yield "service-links", f"{who}: gets the addresses of every service as variables"
        for container in spec["containers"]:
            yield from ((ident, f"{who}: {said}") for ident, said in _container_scan(container))
        if who.startswith("Deployment"):
            for container in spec["containers"]:
                for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                    if probe not in container:
                        yield "no-probe", f"{who}: has no {probe}"


def _container_scan(container: Doc) -> Iterator[tuple[str, str]]:
    image = container["image"]
    if "@sha256:" not in image and (":" not in image.rsplit("/", 1)[-1] or image.endswith(":latest")):
        yield "floating-image", f"image {image} can change by itself"
    if container.get("securityContext", {}).get("readOnlyRootFilesystem") is not True:
        yield "writable-root", "can write to its root file system"
    asked, limits = (container.get("resources", {}).get(side, {}) for side in ("requests", "limits"))
    for name in ("cpu", "memory", "ephemeral-storage"):
        if name not in asked:
            yield "no-request", f"asks for no {name}"
        if name not in limits:
            yield f"no-{name}-limit", f"has no limit of {name}"
    for entry in container.get("env", ()):
        if entry.get("value") and any(word in entry["name"].upper() for word in _SECRET_WORDS):
            yield "secret-in-plain", f"variable {entry['name']} holds a secret in plain text"


def _objects_scan(docs: list[Doc]) -> Iterator[tuple[str, str]]:
    for doc in docs:
        who = f"{doc['kind']} {doc['metadata']['name']}"
        if doc["metadata"].get("namespace", "") in ("", "default", "kube-system"):
            yield "namespace", f"{who}: is in namespace {doc['metadata'].get('namespace')}"
        if doc["kind"] in ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"):
            yield "role", f"{who}: the service needs no rights in the cluster"
    for doc in of_kind(docs, "ServiceAccount"):
        if doc.get("automountServiceAccountToken") is not False:
            yield "token-mounted", f"ServiceAccount {doc['metadata']['name']}: offers its token"
    for doc in of_kind(docs, "Ingress"):
        if not doc["spec"].get("tls"):
            yield "plain-http", f"Ingress {doc['metadata']['name']}: serves plain HTTP"
    for doc in of_kind(docs, "NetworkPolicy"):
        for rule in [*doc["spec"].get("egress", ()), *doc["spec"].get("ingress", ())]:
            for peer in rule.get("to", rule.get("from", ())):
                if peer.get("ipBlock", {}).get("cidr") in ("0.0.0.0/0", "::/0"):
                    yield "open-network", f"NetworkPolicy {doc['metadata']['name']}: lets the whole internet through"
    selected = [doc["spec"]["podSelector"]["matchLabels"] for doc in of_kind(docs, "NetworkPolicy")]
    for doc in of_kind(docs, "Deployment"):
        labels = doc["spec"]["template"]["metadata"]["labels"]
        if not any(each.items() <= labels.items() for each in selected):
            yield "no-policy", f"Deployment {doc['metadata']['name']}: no network policy protects it"
        strategy = doc["spec"].get("strategy", {}).get("rollingUpdate", {})
        if strategy.get("maxUnavailable") != 0:
            yield "gap-on-upgrade", f"Deployment {doc['metadata']['name']}: an upgrade takes pods away first"
