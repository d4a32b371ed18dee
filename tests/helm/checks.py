"""What a schema cannot see: rendered objects in; one sentence out for each thing in them that would not work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

Doc = dict[str, Any]
_QUANTITY = re.compile(r"^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$")
_FACTOR = {"m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
_PORT_NAME = re.compile(r"^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$")
_OBJECT_NAME = re.compile(r"^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
_LABEL_VALUE = re.compile(r"^(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$")


def findings(docs: list[Doc]) -> list[str]:
    """Everything that is wrong; an empty list is the only good answer."""
    return sorted(
        {
            sentence
            for check in (_names, _pods, _selectors, _services, _entries, _scaling, _budgets, _policies, _monitors)
            for sentence in check(docs)
        }
    )


def of_kind(docs: list[Doc], *kinds: str) -> list[Doc]:
    return [doc for doc in docs if doc["kind"] in kinds]


def pods(docs: list[Doc]) -> Iterator[tuple[str, Doc, Doc]]:
    """Each pod that will run: (who makes it, its metadata, its spec)."""
    for doc in docs:
        if doc["kind"] == "Deployment":
            yield _who(doc), doc["spec"]["template"]["metadata"], doc["spec"]["template"]["spec"]
        elif doc["kind"] == "Pod":
            yield _who(doc), doc["metadata"], doc["spec"]


def amount(text: object) -> float | None:
    """A Kubernetes quantity as a number; None when it is none."""
    found = _QUANTITY.match(str(text))
    return float(found[1]) * _FACTOR.get(found[2] or "", 1.0) if found else None


def _who(doc: Doc) -> str:
    return f"{doc['kind']} {doc['metadata']['name']}"


def _names(docs: list[Doc]) -> Iterator[str]:
    for (kind, name), number in Counter((doc["kind"], doc["metadata"]["name"]) for doc in docs).items():
        if number > 1:
            yield f"{kind} {name} is there {number} times"
        if not _OBJECT_NAME.match(name):
            yield f"{kind} name '{name}' is not allowed"
    for doc in docs:
        for key, value in doc["metadata"].get("labels", {}).items():
            if not _LABEL_VALUE.match(str(value)):
                yield f"{_who(doc)}: label {key} has the value '{value}', which is not allowed"


def _pods(docs: list[Doc]) -> Iterator[str]:
    accounts = {doc["metadata"]["name"] for doc in of_kind(docs, "ServiceAccount")}
    for who, _, spec in pods(docs):
        account = spec.get("serviceAccountName", "default")
        if accounts and account not in accounts:
            yield f"{who}: service account {account} does not exist"
        volumes = {volume["name"] for volume in spec.get("volumes", ())}
        if len(volumes) != len(spec.get("volumes", ())):
            yield f"{who}: two volumes of one name"
        for container in spec["containers"]:
            yield from _container(who, container, volumes)
        mounted = {mount["name"] for container in spec["containers"] for mount in container.get("volumeMounts", ())}
        yield from (f"{who}: volume {name} is mounted nowhere" for name in sorted(volumes - mounted))
        yield from _volumes(who, spec, docs)
        yield from _stopping(who, spec)


def _container(who: str, container: Doc, volumes: set[str]) -> Iterator[str]:
    ports = [port.get("name") for port in container.get("ports", ())]
    for name in ports:
        if name and not _PORT_NAME.match(name):
            yield f"{who}: port name '{name}' is not allowed"
    numbers = [port["containerPort"] for port in container.get("ports", ())]
    probes = {kind: container[kind]["httpGet"] for kind in _PROBES if kind in container}
    for kind, get in probes.items():
        if get["port"] not in ports and get["port"] not in numbers:
            yield f"{who}: {kind} asks port {get['port']}, which is not declared"
    if len({get["path"] for get in probes.values()}) != len(probes):
        yield f"{who}: two probes ask the same path"
    for name, number in Counter(entry["name"] for entry in container.get("env", ())).items():
        if number > 1:
            yield f"{who}: variable {name} is set {number} times"
    mounts = container.get("volumeMounts", [])
    for mount in mounts:
        if mount["name"] not in volumes:
            yield f"{who}: mounts volume {mount['name']}, which does not exist"
    for path, number in Counter(mount["mountPath"] for mount in mounts).items():
        if number > 1:
            yield f"{who}: two mounts at {path}"
    for entry in container.get("env", ()):
        path = str(entry.get("value", ""))
        if path.startswith("/etc/") and not any(path.startswith(mount["mountPath"] + "/") for mount in mounts):
            yield f"{who}: {entry['name']} points to {path}, where nothing is mounted"
    yield from _resources(who, container.get("resources", {}))


def _resources(who: str, resources: Doc) -> Iterator[str]:
    for side, amounts in resources.items():
        for name, text in amounts.items():
            if amount(text) is None:
                yield f"{who}: {side}.{name} '{text}' is not a quantity"
    for name, text in resources.get("limits", {}).items():
        asked, limit = amount(resources.get("requests", {}).get(name, "0")), amount(text)
        if asked is not None and limit is not None and asked > limit:
            yield f"{who}: asks for more {name} than its limit"


def _volumes(who: str, spec: Doc, docs: list[Doc]) -> Iterator[str]:
    ours = {doc["metadata"]["name"]: doc.get("data", {}) for doc in of_kind(docs, "ConfigMap")}
    prefix = who.split(" ", 1)[1].split("-test-")[0] + "-"
    for volume in spec.get("volumes", ()):
        wanted = volume.get("configMap")
        if not wanted:
            continue
        if wanted["name"] not in ours:
            if wanted["name"].startswith(prefix):
                yield f"{who}: ConfigMap {wanted['name']} does not exist"
            continue
        for item in wanted.get("items", ()):
            if item["key"] not in ours[wanted["name"]]:
                yield f"{who}: ConfigMap {wanted['name']} has no key {item['key']}"


def _stopping(who: str, spec: Doc) -> Iterator[str]:
    for container in spec["containers"]:
        env = {entry["name"]: entry.get("value", "0") for entry in container.get("env", ())}
        sleep = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        needs = sleep + sum(float(env.get(name, 0)) for name in _STOPPING)
        if needs >= spec.get("terminationGracePeriodSeconds", 30):
            yield f"{who}: is killed before its calls are finished ({needs:g} s needed)"


def _selectors(docs: list[Doc]) -> Iterator[str]:
    for doc in of_kind(docs, "Deployment"):
        labels = doc["spec"]["template"]["metadata"]["labels"]
        if not _within(doc["spec"]["selector"]["matchLabels"], labels):
            yield f"{_who(doc)}: its selector does not match its own pods"
        for each in doc["spec"]["template"]["spec"].get("topologySpreadConstraints", ()):
            if not _within(each["labelSelector"]["matchLabels"], labels):
                yield f"{_who(doc)}: spreads by labels that its pods do not have"
    servers = [metadata["labels"] for who, metadata, _ in pods(docs) if who.startswith("Deployment")]
    for doc in of_kind(docs, "Service"):
        if not any(_within(doc["spec"]["selector"], labels) for labels in servers):
            yield f"{_who(doc)}: selects no pod"
        if any(_within(doc["spec"]["selector"], test["metadata"]["labels"]) for test in of_kind(docs, "Pod")):
            yield f"{_who(doc)}: selects a test pod"


def _services(docs: list[Doc]) -> Iterator[str]:
    declared = {
        port.get("name")
        for who, _, spec in pods(docs)
        if who.startswith("Deployment")
        for container in spec["containers"]
        for port in container.get("ports", ())
    }
    for doc in of_kind(docs, "Service"):
        for port in doc["spec"]["ports"]:
            if port["targetPort"] not in declared:
                yield f"{_who(doc)}: leads to port {port['targetPort']}, which no container declares"


def _entries(docs: list[Doc]) -> Iterator[str]:
    names = {doc["metadata"]["name"]: doc["spec"]["ports"] for doc in of_kind(docs, "Service")}
    for doc in of_kind(docs, "Ingress"):
        hosts = {host for tls in doc["spec"].get("tls", ()) for host in tls["hosts"]}
        for rule in doc["spec"]["rules"]:
            if doc["spec"].get("tls") and rule["host"] not in hosts:
                yield f"{_who(doc)}: host {rule['host']} has no certificate"
            for path in rule["http"]["paths"]:
                service = path["backend"]["service"]
                if service["port"].get("name") not in [port["name"] for port in names.get(service["name"], ())]:
                    yield f"{_who(doc)}: leads to {service['name']}:{service['port']}, which does not exist"
    for doc in of_kind(docs, "HTTPRoute"):
        for rule in doc["spec"]["rules"]:
            for backend in rule["backendRefs"]:
                if backend["port"] not in [port["port"] for port in names.get(backend["name"], ())]:
                    yield f"{_who(doc)}: leads to {backend['name']}:{backend['port']}, which does not exist"


def _scaling(docs: list[Doc]) -> Iterator[str]:
    deployments = {doc["metadata"]["name"]: doc for doc in of_kind(docs, "Deployment")}
    scalers = of_kind(docs, "HorizontalPodAutoscaler", "ScaledObject")
    if len(scalers) > 1:
        yield "two autoscalers fight over one deployment"
    for doc in scalers:
        spec = doc["spec"]
        target = deployments.get(spec["scaleTargetRef"]["name"])
        if target is None or spec["scaleTargetRef"]["kind"] != "Deployment":
            yield f"{_who(doc)}: its target does not exist"
        elif "replicas" in target["spec"]:
            yield f"{_who(doc)}: the deployment sets replicas too, so every upgrade undoes the scaling"
        elif any("cpu" not in c["resources"].get("requests", {}) for c in _containers(target)):
            yield f"{_who(doc)}: scales on CPU, but a container asks for none"
        low, high = (spec.get(f"{end}Replicas", spec.get(f"{end}ReplicaCount", 1)) for end in ("min", "max"))
        if low > high:
            yield f"{_who(doc)}: fewest {low} is above most {high}"


def _budgets(docs: list[Doc]) -> Iterator[str]:
    labels = [metadata["labels"] for _, metadata, _ in pods(docs)]
    for doc in of_kind(docs, "PodDisruptionBudget"):
        spec = doc["spec"]
        if ("minAvailable" in spec) == ("maxUnavailable" in spec):
            yield f"{_who(doc)}: needs one of minAvailable and maxUnavailable"
        if not any(_within(spec["selector"]["matchLabels"], each) for each in labels):
            yield f"{_who(doc)}: selects no pod"
        if isinstance(spec.get("minAvailable"), int) and spec["minAvailable"] >= _fewest(docs):
            yield f"{_who(doc)}: lets no pod go, so no node can be drained"
        if spec.get("maxUnavailable") == 0:
            yield f"{_who(doc)}: lets no pod go, so no node can be drained"


def _fewest(docs: list[Doc]) -> int:
    scalers = of_kind(docs, "HorizontalPodAutoscaler", "ScaledObject")
    if scalers:
        return min(int(doc["spec"].get("minReplicas", doc["spec"].get("minReplicaCount", 1))) for doc in scalers)
    return min((int(doc["spec"].get("replicas", 1)) for doc in of_kind(docs, "Deployment")), default=1)


def _policies(docs: list[Doc]) -> Iterator[str]:
    labels = [metadata["labels"] for _, metadata, _ in pods(docs)]
    for doc in of_kind(docs, "NetworkPolicy"):
        if not any(_within(doc["spec"]["podSelector"]["matchLabels"], each) for each in labels):
            yield f"{_who(doc)}: protects no pod"
        if set(doc["spec"]["policyTypes"]) != {"Ingress", "Egress"}:
            yield f"{_who(doc)}: leaves a direction open"
        for rule in [*doc["spec"].get("ingress", ()), *doc["spec"].get("egress", ())]:
            if not rule.get("to", rule.get("from")) or not rule.get("ports"):
                yield f"{_who(doc)}: has a rule for every address or every port"
        if not any(port["port"] == 53 for rule in doc["spec"].get("egress", ()) for port in rule.get("ports", ())):
            yield f"{_who(doc)}: does not let the pods reach DNS"


def _monitors(docs: list[Doc]) -> Iterator[str]:
    services = of_kind(docs, "Service")
    for doc in of_kind(docs, "ServiceMonitor"):
        found = [s for s in services if _within(doc["spec"]["selector"]["matchLabels"], s["metadata"]["labels"])]
        if not found:
            yield f"{_who(doc)}: selects no service"
        ports = {port["name"] for service in found for port in service["spec"]["ports"]}
        for endpoint in doc["spec"]["endpoints"]:
            if found and endpoint["port"] not in ports:
                yield f"{_who(doc)}: scrapes port {endpoint['port']}, which no service has"
    for doc in of_kind(docs, "PrometheusRule"):
        if not (doc["spec"] or {}).get("groups"):
            yield f"{_who(doc)}: holds no alert"


def _containers(deployment: Doc) -> list[Doc]:
    found: list[Doc] = deployment["spec"]["template"]["spec"]["containers"]
    return found


def _within(selector: Doc, labels: Doc) -> bool:
    return bool(selector) and selector.items() <= labels.items()


_PROBES = ("startupProbe", "readinessProbe", "livenessProbe")
_STOPPING = ("BACKSTORY_DRAIN_SECONDS", "BACKSTORY_DRAIN_SECONDS_BEFORE_CLOSE")
