"""Holds a raw FHIR resource against the R4B models: JSON in; the elements that are not valid R4, without content, out.

R4B differs from R4 in none of the resources that are read or written here. The root package of fhir.resources is R5 and
must not be used. Nothing here is imported until the first resource is checked: the models cost 0.3 s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

TOLD = 3
_OFTEN = ("Condition", "DiagnosticReport", "ImagingStudy", "Observation", "Procedure")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,39}\Z")


def problems(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the elements of a resource that are not valid R4, at most three; empty when it is valid."""
    from fhir.resources.R4B import get_fhir_model_class

    kind = raw.get("resourceType")
    if not isinstance(kind, str) or not _NAME.match(kind):
        return ("resourceType",)
    try:
        get_fhir_model_class(kind).model_validate(raw)
    except ValidationError as invalid:
        # The messages of the library quote what was sent: only the places are taken.
        found = (_place(kind, error) for error in invalid.errors(include_input=False, include_url=False))
        return tuple(dict.fromkeys(place for place in found if place))[:TOLD]
    except (KeyError, TypeError, ValueError, RecursionError):
        return (kind,)
    return ()


@cache
def warm() -> None:
    """Import the models once; to be called in a thread, so that hook calls go on meanwhile."""
    for kind in _OFTEN:
        problems({"resourceType": kind})


def _place(kind: str, error: Mapping[str, Any]) -> str:
    parts = list(error["loc"])
    context = error.get("ctx") or {}
    if isinstance(context.get("field_name"), str):
        parts.append(context["field_name"])
    if error.get("type") == "extra_forbidden" and str(parts[-1]).startswith("_value"):
        return ""  # the extension of a primitive, valid in FHIR, which the library refuses
    place = kind
    for part in parts:
        if isinstance(part, int):
            place += f"[{part}]"
        elif _NAME.match(part):
            place += f".{part}"
        else:  # the name of an element that FHIR does not know is the sender's own word
            return place
    return place
