"""What must hold on a real cluster, in the order in which a hospital meets it; each check says what was seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import yaml

from tests.cluster.node import Node
from tests.cluster.plane import Plane, until
from tests.cluster.runbook import VALUES, Desk, commands
from tests.ehr import signer
from tests.helm.test_wrong_values import WRONG
from tests.operations.load import PATH, Load, load

NS = "backstory"
PER_SECOND = 20
_FOREIGN = (
    ("monitoring.coreos.com", "servicemonitors", "ServiceMonitor", "v1"),
    ("monitoring.coreos.com", "prometheusrules", "PrometheusRule", "v1"),
    ("gateway.networking.k8s.io", "httproutes", "HTTPRoute", "v1"),
    ("keda.sh", "scaledobjects", "ScaledObject", "v1alpha1"),
)


def prepare(plane: Plane) -> None:
    """Stand-ins for the definitions of the Prometheus operator, Gateway API and KEDA: they take any field."""
    anything = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    for group, plural, kind, version in _FOREIGN:
        served = [{"name": version, "served": True, "storage": True, "schema": anything}]
        spec = {"group": group, "scope": "Namespaced", "names": {"plural": plural, "kind": kind}, "versions": served}
        told = {"api-approved.kubernetes.io": "unapproved, a stand-in for tests"}
        made = {"name": f"{plural}.{group}", "annotations": told}
        group_of_definitions = "apiextensions.k8s.io/v1"
        plane.post(
            f"/apis/{group_of_definitions}/customresourcedefinitions",
            {"apiVersion": group_of_definitions, "kind": "CustomResourceDefinition", "metadata": made, "spec": spec},
        )
        until(f"{kind} is served", lambda at=f"/apis/{group}/{version}/{plural}": plane.api.get(at).status_code == 200)


def accepted(desk: Desk) -> Iterator[str]:
    """Every value set, object by object, by the API server itself: schemas, defaults, admission."""
    desk.done(
        "kubectl create namespace dry && kubectl label namespace dry pod-security.kubernetes.io/enforce=restricted"
    )
    for name in ("rel-backstory", "existing"):  # a pod is admitted only when its service account is there
        desk.done(f"kubectl -n dry create serviceaccount {name}")
    total = 0
    files = sorted(VALUES.glob("*.yaml"))
    for file in files:
        values = yaml.safe_load(file.read_text()) or {}
        values.pop("priorityClassName", None)
        (desk.folder / "v.yaml").write_text(yaml.safe_dump(values))
        desk.done("helm template rel helm/backstory -n dry -f v.yaml > r.yaml")
        wanted = sum(1 for doc in yaml.safe_load_all((desk.folder / "r.yaml").read_text()) if doc)
        told = desk.done(
            "kubectl apply --server-side --force-conflicts --dry-run=server --validate=strict -n dry -f r.yaml"
        )
        assert told.count("serverside-applied") == wanted, f"{file.name}: {told}"
        assert "would violate" not in told, f"{file.name}: {told}"
        total += wanted
    yield f"{len(files)} value sets: all of their {total} objects accepted, under Pod Security restricted"


def refused(desk: Desk) -> Iterator[str]:
    """Every wrong value, by the Helm program, with the words that name it; and one by the API server."""
    for what, (change, named) in WRONG.items():
        (desk.folder / "wrong.yaml").write_text(yaml.safe_dump(change))
        told = desk.run("helm install wrong helm/backstory -n dry -f wrong.yaml")
        assert told.returncode != 0, f"accepted: {what}"
        assert named in told.stderr, f"{what}: {told.stderr}"
    told = desk.run("helm install wrong helm/backstory -n dry --set resources.requests.memory=1Gi")
    assert "must be less than or equal to memory limit" in told.stderr, told.stderr
    desk.done("helm -n dry uninstall wrong --ignore-not-found")
    yield f"{len(WRONG) + 1} wrong values refused, each by its name"


def installed(desk: Desk, node: Node) -> Iterator[str]:
    """Sections 2 and 3 of the runbook, word for word, and what it says of a class that does not exist."""
    copy, *checks = commands("2. Write your values")
    desk.done(copy)
    desk.write_values()
    for command in checks:
        desk.done(command)
    yield "runbook, Write your values: copied, linted, rendered"
    space, label, install, rollout, test = commands("3. Install and test")
    for command in (space, label):
        desk.done(command)
    warned = desk.done(install)
    assert "would violate" not in warned, warned
    until("the events say which class is missing", lambda: "clinical" in desk.done(EVENTS))
    yield "no pods without the priority class, and kubectl get events says so"
    desk.done("kubectl create priorityclass clinical --value=1000")
    desk.done(rollout)
    until("pods answer", lambda: node.endpoints(NS, NS))
    yield "runbook, Install: pods run under restricted and are ready"
    took = until("the autoscaler brought three pods", lambda: len(node.endpoints(NS, NS)) == 3)
    yield f"the autoscaler brought three pods, {took:.0f} s after the first was ready"
    told = desk.done(test)
    assert "a call without a token is refused" in told, told
    assert "saddle" in told, told
    yield "runbook, helm test --logs: both pods ran against the Service and their logs are shown"
    kinds = "servicemonitor,prometheusrule,ingress,hpa,pdb,networkpolicy"
    made = desk.done(f"kubectl -n {NS} get {kinds} -o name").split()
    assert len(made) == 6, made
    yield "ServiceMonitor, PrometheusRule, Ingress, autoscaler, disruption budget and NetworkPolicy are there"


EVENTS = "kubectl -n backstory get events --sort-by=.lastTimestamp"


def upgraded(desk: Desk, node: Node) -> Iterator[str]:
    """Upgrade and rollback of the runbook while calls with tokens go on; then a site file that lets no pod start."""
    upgrade, test, history, rollback = commands("Upgrade and rollback")
    with _calls(node) as outcome:
        before = _pods(desk)
        desk.write_values(site={"minimum_status": "draft", "parameters": {"new_sign_days": 14}})
        desk.done(upgrade)
        assert not before & _pods(desk, ready=True), "an old pod is still ready"
        yield f"runbook, Upgrade: every pod replaced; {_told(outcome)}"
        desk.done(test)
        desk.done(history)
        before = _pods(desk)
        desk.done(rollback)
        desk.done(f"kubectl -n {NS} rollout status deployment/backstory")
        assert not before & _pods(desk, ready=True), "an old pod is still ready"
        yield f"runbook, Rollback: every pod replaced again; {_told(outcome)}"
        desk.write_values(site={"minimum_status": "draft", "parameters": {"new_sing_days": 14}})
        told = desk.run(upgrade.replace("--timeout 5m", "--timeout 20s"))
        assert told.returncode != 0, "a wrong site file was rolled out"
        logs = desk.done(NOT_READY)
        assert "new_sing_days" in logs, logs
        assert len(node.endpoints(NS, NS)) == 3, "the old pods are gone"
        yield f"a wrong site file: the new pod does not start and says why, the old ones go on; {_told(outcome)}"
        desk.done(rollback)
        desk.done(f"kubectl -n {NS} rollout status deployment/backstory")
    desk.write_values()
    yield f"rolled back from it; {_told(outcome)}"


NOT_READY = "kubectl -n backstory logs -l app.kubernetes.io/component=server --prefix --tail=20"


def removed(desk: Desk) -> Iterator[str]:
    """The runbook's Uninstall, and then everything that can be listed in the namespace."""
    desk.follow("Uninstall")
    kinds = ",".join(desk.done("kubectl api-resources --verbs=list,delete --namespaced -o name").split())

    def left() -> set[str]:
        found = desk.done(f"kubectl -n {NS} get {kinds} -o name --ignore-not-found 2>/dev/null").split()
        own = ("configmap/kube-root-ca.crt", "serviceaccount/default")
        return {name for name in found if not name.startswith("event") and name not in own}

    try:
        until("nothing is left in the namespace", lambda: not left(), 60)
    except AssertionError as problem:
        raise AssertionError(f"{problem}: {left()}") from None
    yield "runbook, Uninstall: of every kind that the cluster knows nothing is left"
    desk.done(f"kubectl delete namespace {NS} dry && kubectl delete priorityclass clinical")


def _pods(desk: Desk, ready: bool = False) -> set[str]:
    told = json.loads(desk.done(f"kubectl -n {NS} get pods -l app.kubernetes.io/component=server -o json"))
    return {
        pod["metadata"]["name"]
        for pod in told["items"]
        if not ready
        or (
            "deletionTimestamp" not in pod["metadata"]
            and any(each["type"] == "Ready" and each["status"] == "True" for each in pod["status"]["conditions"])
        )
    }


def _calls(node: Node) -> Load:
    """Twenty calls a second, each with a token of its own, to the pods that the Service names as ready."""
    return load(
        per_second=PER_SECOND,
        connections=4,
        found=lambda: node.endpoints(NS, NS),
        headers=lambda: {"Authorization": f"Bearer {signer.token(PATH, 'ES256')}"},
    )


def _told(outcome: Load) -> str:
    assert set(outcome.answered) == {200}, outcome.answered
    assert not outcome.lost, outcome.lost
    return f"{outcome.total} of {outcome.total} calls answered 200"


def story(plane: Plane, node: Node, desk: Desk) -> Iterator[str]:
    """Everything once, with the Helm of this desk."""
    steps: list[Callable[[], Iterator[str]]] = [
        lambda: accepted(desk), lambda: refused(desk), lambda: installed(desk, node), lambda: upgraded(desk, node),
        lambda: removed(desk),
    ]  # fmt: skip
    for step in steps:
        yield from step()


def aftermath(desk: Desk) -> str:
    """For whoever must find out why: the pods, the last events, and the last words of every program and pod."""
    told = [desk.run(f"kubectl -n {NS} get pods -o wide").stdout, desk.run(f"{EVENTS} | tail -15").stdout]
    logs = sorted([*desk.folder.parent.glob("*.log"), *desk.folder.parent.glob("pods/*/log")])
    return "\n".join([*told, *(f"{file}: {file.read_text()[-600:]}" for file in logs)])
