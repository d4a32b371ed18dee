"""Finds the resources in what was sent (a Bundle, a prefetch, one resource, a list); entries with paths come out.

Nothing is judged here but shape: which entries there are, which prefetch keys could not be had, which page comes next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Raw

from service.domain.errors import BadRequest, TooLarge
from service.domain.statements import Skipped
from service.intake import fast_path
from service.intake.entry import Entry, parsed

MAX_ENTRIES = 20_000
FAILED = "the EHR answered with an error"
_NO_CHART = "What was sent holds no chart, but an OperationOutcome: the error of the server that it came from."


@dataclass(slots=True)
class Gathered:
    """All entries of a call. ``unavailable`` says per prefetch key why it could not be had, ``partial`` why only in
    part, ``pages`` where the next page of it is."""

    entries: list[Entry] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unavailable: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    partial: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    seen: int = 0

    def count(self, more: int) -> None:
        """Everything in the place of an entry counts, sound or not: each may cost a line of what was left out."""
        self.seen += more
        if self.seen > MAX_ENTRIES:
            raise TooLarge(
                f"More than {MAX_ENTRIES} entries; send fewer, or only the resource types listed in the README."
            )


def from_bundle(payload: object) -> Gathered:
    """Read a Bundle of any type, a single resource, or a JSON list of resources.

    A transaction or batch is read, never executed. Raises BadRequest for anything else, and for a failure that was sent
    in place of a chart: to find nothing in it would be to say that there is nothing.
    """
    gathered = Gathered()
    if isinstance(payload, list):
        if not payload:
            raise BadRequest("The list is empty: it holds no FHIR resource.")
        gathered.count(len(payload))
        _entries(gathered, "", ({"resource": resource} for resource in payload), name="resource")
    elif not isinstance(payload, dict):
        raise BadRequest("The body must be a FHIR Bundle: a JSON object with resourceType 'Bundle'.")
    elif payload.get("resourceType") == "Bundle":
        _bundle(gathered, "Bundle", payload)
    elif payload.get("resourceType") == "OperationOutcome":
        raise BadRequest(_NO_CHART)
    elif isinstance(payload.get("resourceType"), str):
        gathered.entries.append(Entry(_safe_name(payload["resourceType"]), payload))
    else:
        raise BadRequest("The body is neither a FHIR Bundle nor a FHIR resource: 'resourceType' is missing.")
    if not gathered.entries and any(skipped.reason == FAILED for skipped in gathered.skipped):
        raise BadRequest(_NO_CHART)
    return gathered


def from_prefetch(prefetch: Mapping[str, Any], asked: Mapping[str, Any]) -> Gathered:
    """Read the prefetch of a CDS Hooks call for the keys that this service asked for, with the query of each.

    ``null`` and an empty Bundle mean "asked, and there is none"; an absent key, an OperationOutcome or a value of the
    wrong type mean that it could not be had. Keys that were not asked for are ignored.
    """
    gathered = Gathered()
    for key in asked:
        if key not in prefetch:
            gathered.unavailable[key] = "not sent"
            continue
        query = asked[key]
        add_answer(gathered, key, prefetch[key], _kind(query) if isinstance(query, str) else "")
    return gathered


def _kind(query: str) -> str:
    """The resource type that a query asks for: ``Condition?patient=1`` and ``Patient/1`` name it first."""
    return query.partition("?")[0].partition("/")[0]


def add_answer(gathered: Gathered, key: str, value: object, kind: str = "") -> None:
    """Add what one prefetch key or one FHIR query brought, parsed or as text: a resource, a searchset, null, a failure.

    ``kind`` is the type that was asked for: a lone resource of another type is no answer to it.
    """
    path = f"prefetch.{key}"
    gathered.unavailable.pop(key, None)
    gathered.pages.pop(key, None)
    if isinstance(value, Raw):
        entries = fast_path.read(value, path, kind)
        if entries is not None:
            gathered.count(len(entries))
            gathered.entries += entries
            return
        value = parsed(value)
    if value is None:
        return
    if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
        gathered.unavailable[key] = "not a FHIR resource"
    elif value["resourceType"] == "OperationOutcome":
        gathered.unavailable[key] = FAILED
    elif value["resourceType"] == "Bundle":
        _bundle(gathered, path, value, key=key)
    elif kind and value["resourceType"] != kind:
        gathered.unavailable[key] = "not the resource type that was asked for"
    else:
        gathered.count(1)
        gathered.entries.append(Entry(path, value))


def _bundle(gathered: Gathered, path: str, bundle: Mapping[str, Any], key: str = "") -> None:
    entries = bundle.get("entry")
    if entries is not None and not isinstance(entries, list):
        gathered.skipped.append(Skipped(f"{path}.entry", "not a list"))
        if key:
            gathered.unavailable[key] = "a Bundle whose 'entry' is not a list"
        return
    gathered.count(len(entries or ()))
    _entries(gathered, path, entries or (), key=key)
    url = _next_page(bundle.get("link"))
    if url and key:
        gathered.pages[key] = url
    elif url:
        gathered.skipped.append(Skipped(f"{path}.link", "first page only; the next page was not sent"))


def _next_page(links: object) -> str:
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("relation") == "next" and isinstance(link.get("url"), str):
            return str(link["url"])
    return ""


def _entries(gathered: Gathered, path: str, entries: Iterable[object], key: str = "", name: str = "entry") -> None:
    start = f"{path}.{name}" if path else name
    for at, entry in enumerate(entries):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and resource is None:
            if "resource" in entry:
                gathered.skipped.append(Skipped(f"{start}[{at}].resource", "empty"))
                gathered.lost.add(f"{start}[{at}]")
            elif _refused(entry):
                _note_failure(gathered, f"{start}[{at}]", key)
            continue
        if not isinstance(entry, dict) or not isinstance(resource, dict):
            gathered.skipped.append(Skipped(f"{start}[{at}]", "not a JSON object"))
            gathered.lost.add(f"{start}[{at}]")
            continue
        place, kind = f"{start}[{at}].resource", resource.get("resourceType")
        if kind == "OperationOutcome":
            if _failed(resource):
                _note_failure(gathered, place, key)
            continue
        if kind == "Bundle":  # a batch-response holds the searchset of each query
            _bundle(gathered, place, resource, key=key)
            continue
        full_url = entry.get("fullUrl")
        gathered.entries.append(Entry(place, resource, full_url if isinstance(full_url, str) else ""))


def _failed(outcome: Mapping[str, Any]) -> bool:
    issues = outcome.get("issue")
    found = issues if isinstance(issues, list) else [{}]
    return any(
        not isinstance(issue, dict) or issue.get("severity") not in ("warning", "information") for issue in found
    )


def _refused(entry: Mapping[str, Any]) -> bool:
    """Whether an entry of a batch-response says that its query failed."""
    response = entry.get("response")
    status = response.get("status") if isinstance(response, dict) else None
    return isinstance(status, str) and status[:1] in ("4", "5")


def _note_failure(gathered: Gathered, place: str, key: str) -> None:
    if key:
        gathered.unavailable[key] = FAILED
    else:
        gathered.skipped.append(Skipped(place, FAILED))


def _safe_name(resource_type: str) -> str:
    return resource_type if resource_type.isalpha() and len(resource_type) < 40 else "resource"
