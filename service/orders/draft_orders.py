"""Draft orders: the resources an EHR is about to sign in; what each asks for, in the words of the vocabulary, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from service.chart.chart import is_lumbar
from service.chart.study_types import sight
from service.coded import code_titles
from service.domain.places import Place
from service.domain.statements import Polarity
from service.fhir.datatypes import CodeableConcept
from service.fhir.elements import who
from service.fhir.eligibility import is_settled
from service.fhir.record import Record
from service.fhir.resources import Procedure, ServiceRequest
from service.findings.case_sheet import Knowing, say

MOST_DRAFTS = 50
_URGENCY = {"stat": "emergency", "asap": "urgent", "urgent": "urgent"}
_TAIL = re.compile(r"(?:^|/)([A-Za-z]+/[^/]+)\Z")


class Draft(Struct, frozen=True, gc=False):
    """One ServiceRequest as the EHR sent it, with the kinds of study and the concepts that it asks for.

    ``asks`` is whether it asks for something at all: a withdrawn order does not.
    """

    ref: str
    resource: Mapping[str, Any]
    kinds: frozenset[str]
    concepts: frozenset[str]
    codes: frozenset[str]
    words: str
    urgency: str = "routine"
    asks: bool = True


def resources(draft_orders: object) -> tuple[tuple[dict[str, Any], ...], int]:
    """The first resources of a draftOrders Bundle of any shape, and how many there are beyond them.

    What is no resource is passed over.
    """
    entries = draft_orders.get("entry") if isinstance(draft_orders, dict) else None
    held = [entry.get("resource") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    drafts = [resource for resource in held if isinstance(resource, dict)]
    return tuple(drafts[:MOST_DRAFTS]), len(drafts[MOST_DRAFTS:])


def references(selections: object) -> frozenset[str]:
    """``selections`` as ``Type/id``, whatever stands before."""
    given = selections if isinstance(selections, list) else []
    tails = (_TAIL.search(each) for each in given if isinstance(each, str))
    return frozenset(tail[1] for tail in tails if tail)


def read(given: Iterable[Mapping[str, Any]], patient: str, as_of: date, knowledge: Knowing) -> tuple[Draft, ...]:
    """Every ServiceRequest for this patient that can be read; other resources and other patients' are left alone.

    Those that are withdrawn, or say what is not to be done, are told apart by ``asks``.
    """
    found = []
    for resource in given:
        if resource.get("resourceType") != "ServiceRequest":
            continue
        try:
            request = msgspec.convert(resource, ServiceRequest, strict=True)
        except msgspec.ValidationError:
            continue
        subject = who(request)
        if patient and subject and not subject.endswith(f"Patient/{patient}"):
            continue
        asks = resource.get("doNotPerform") is not True and not is_settled(request)
        found.append(_draft(request, resource, as_of, knowledge, asks=asks))
    return tuple(found)


def _draft(
    request: ServiceRequest, resource: Mapping[str, Any], as_of: date, knowledge: Knowing, *, asks: bool
) -> Draft:
    code = code_titles.named(request.code, knowledge.codes)
    codings = [coding for coding in (code.coding if code else None) or () if coding is not None]
    told = [code.text or "" if code else "", *(coding.display or "" for coding in codings)]
    sites = [site.text or " ".join(c.display or "" for c in site.coding or () if c) for site in request.body_site or ()]
    words = " ; ".join(dict.fromkeys(word for word in told if word))
    # Read as if it had been done: codes and words of an order are those of the procedure it asks for.
    row = Procedure(
        resource_type="Procedure",
        id="draft",
        status="completed",
        code=CodeableConcept(coding=tuple(codings), text=words or None),
        body_site=request.body_site,
    )
    said = say(Record(as_of, procedures=(row,)), knowledge)
    concepts = frozenset(s.concept for s in said if s.polarity is Polarity.YES and _may_be_lumbar(s.place))
    priority = resource.get("priority")
    return Draft(
        ref=f"ServiceRequest/{request.id}" if request.id else "",
        resource=resource,
        kinds=sight(concepts, (), (words,), sites).kinds,
        concepts=concepts,
        codes=frozenset(coding.code for coding in codings if coding.code),
        words=words,
        urgency=_URGENCY.get(priority, "routine") if isinstance(priority, str) else "routine",
        asks=asks,
    )


def _may_be_lumbar(place: Place) -> bool:
    return is_lumbar(place) or place.region in ("", "spine", "sacroiliac", "sacral")
