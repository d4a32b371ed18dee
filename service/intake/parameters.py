"""The input of a FHIR operation: a Parameters resource, or the chart alone, in; the chart, patient and day out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.errors import BadRequest

_CHART = ("chart", "data", "resource", "bundle", "prefetchData")
_PATIENT = ("subject", "patient")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an operation was asked to do; "" is what was not said."""

    chart: Any
    patient: str = ""
    encounter: str = ""
    as_of: str = ""


def read(payload: object) -> Asked:
    """Read the body of ``$apply`` or ``$evaluate-fbss``. Parameters that this service does not use are ignored.

    Raises BadRequest for Parameters without a chart, or with a parameter of the wrong type.
    """
    if not isinstance(payload, dict) or payload.get("resourceType") != "Parameters":
        return Asked(payload)
    listed = payload.get("parameter")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise BadRequest("Parameters.parameter must be a list of objects.")
    charts = [held for each in listed for held in _resources(each)]
    if not charts:
        raise BadRequest("Parameters hold no chart: send a Bundle as the resource of a parameter named 'data'.")
    return Asked(
        charts[0] if len(charts) == 1 else _joined(charts),
        _reference(listed, _PATIENT, "Patient"),
        _reference(listed, ("encounter",), "Encounter"),
        _day(listed),
    )


def _resources(parameter: Mapping[str, Any]) -> Iterator[Any]:
    """The chart may stand in the parameter itself or, as with prefetchData, in a part of it."""
    if parameter.get("name") not in _CHART:
        return
    if "resource" in parameter:
        yield parameter["resource"]
    parts = parameter.get("part")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and part.get("name") == "data" and "resource" in part:
            yield part["resource"]


def _joined(charts: list[Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": chart} for chart in charts]}


def _named(listed: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [each for each in listed if each.get("name") in names]


def _reference(listed: list[dict[str, Any]], names: tuple[str, ...], kind: str) -> str:
    """``Patient/id``, an id, or a Reference; of several patients none is taken, because one answer is about one."""
    found = set()
    for each in _named(listed, names):
        held = each.get("valueReference")
        value = held.get("reference") if isinstance(held, dict) else None
        for element in ("valueString", "valueId", "valueUri", "valueCanonical"):
            value = each.get(element, value)
        if not isinstance(value, str) or not value.strip():
            raise BadRequest(f"Parameter '{each['name']}' must be a string or a Reference to a {kind}.")
        found.add(value.strip().rstrip("/").split("/_history/")[0].rsplit(f"{kind}/", 1)[-1])
    if len(found) > 1:
        raise BadRequest(f"Parameters name {len(found)} different {kind}s; ask for one at a time.")
    return found.pop() if found else ""


def _day(listed: list[dict[str, Any]]) -> str:
    for each in _named(listed, ("asOf",)):
        for element in ("valueDate", "valueDateTime", "valueString"):
            if isinstance(each.get(element), str):
                return str(each[element])
        raise BadRequest("Parameter 'asOf' must be a valueDate.")
    return ""
