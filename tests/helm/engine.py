"""The real Helm engine and the real Kubernetes schemas behind five verbs; nothing else imports either library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from helm_python import Chart, HelmError
from helm_python.chart import lint as helm_lint

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from referencing import Registry

CHART = Path(__file__).parents[2] / "helm" / "backstory"
VALUES = Path(__file__).parent / "values"
KUBERNETES = ("1.30.0", "1.34.0", "1.37.0")
# Their schemas are not Kubernetes's own; checks.py looks at what they point to.
FOREIGN = ("monitoring.coreos.com/", "keda.sh/", "gateway.networking.k8s.io/", "cert-manager.io/")

Doc = dict[str, Any]


class Refused(Exception):
    """The chart said no; the text is what the person at the keyboard reads."""


@cache
def chart() -> Chart:
    return Chart.load(CHART)


def values(name: str) -> Doc:
    """A value set by the name of its file."""
    return yaml.load((VALUES / f"{name}.yaml").read_text(), yaml.CSafeLoader) or {}


def value_sets() -> list[str]:
    return sorted(path.stem for path in VALUES.glob("*.yaml"))


def render(chosen: Doc | None = None, name: str = "rel", namespace: str = "backstory") -> tuple[list[Doc], str]:
    """Values → (objects as a cluster would get them, NOTES)."""
    try:
        chart().validate_schema(chosen or {})
        files = chart().render(chosen or {}, name=name, namespace=namespace)
    except HelmError as error:
        raise Refused(str(error)) from None
    notes = "".join(text for path, text in files.items() if path.endswith("NOTES.txt"))
    documents = [
        doc
        for path, text in sorted(files.items())
        if path.endswith(".yaml")
        for doc in yaml.load_all(text, yaml.CSafeLoader)
        if doc
    ]
    return documents, notes


def lint(chosen: Doc | None = None) -> list[str]:
    """What `helm lint --strict` says, without its remark that a chart has no icon."""
    report = helm_lint(CHART, chosen or {}, strict=True, namespace="backstory")
    said = [message["error"] for message in report["messages"] if message["severity"] > 1]
    return [*said, *report["errors"]]


def schema_findings(doc: Doc, version: str) -> Iterator[str]:
    """What an API server of this version would refuse; unknown fields included."""
    api = doc.get("apiVersion", "")
    if api.startswith(FOREIGN):
        return
    validator = _validator(version, str(doc.get("kind", "")).lower(), api)
    if validator is None:
        yield f"Kubernetes {version} has no {doc.get('kind')} in {api}"
        return
    for error in validator.iter_errors(doc):
        where = ".".join(str(part) for part in error.path)
        yield f"{doc['kind']} {where}: {error.message[:200]}"


@cache
def _validator(version: str, kind: str, api: str) -> Draft202012Validator | None:
    api = re.sub(r"^([^./]*)(?:[.][^/]*)?/", r"\1-", api)  # rbac.authorization.k8s.io/v1 -> rbac-v1
    file = f"kubernetes-json-schema/v{version}-local-strict/{kind}-{api}.json"
    from jsonschema import Draft202012Validator
    from referencing import Resource

    try:
        schema = _schemas().schema_contents(file, version)
    except FileNotFoundError:
        return None
    return Draft202012Validator(
        schema, registry=_definitions(version).with_resource("", Resource.from_contents(schema))
    )


def _schemas() -> Any:
    """Loaded with the first schema: it takes two seconds, which whoever runs other tests does not wait for."""
    import kubernetes_validate.utils

    return kubernetes_validate.utils


@cache
def _definitions(version: str) -> Registry[Any]:
    from referencing import Registry, Resource

    contents = _schemas().schema_contents(f"kubernetes-json-schema/v{version}-local-strict/_definitions.json", version)
    return Resource.from_contents(contents) @ Registry()


def copy(docs: list[Doc]) -> list[Doc]:
    return json.loads(json.dumps(docs))
