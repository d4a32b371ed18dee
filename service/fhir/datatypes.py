"""Views of the FHIR datatypes that resources are made of, with the elements that somebody reads."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
"""JSON sets no limit to its numbers. Beyond this one nothing is measured, and arithmetic may fail."""


class View(Struct, frozen=True, rename="camel", kw_only=True, gc=False):
    pass


class Coding(View, frozen=True):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class CodeableConcept(View, frozen=True):
    coding: tuple[Coding | None, ...] | None = None
    text: str | None = None


class Reference(View, frozen=True):
    reference: str | None = None
    display: str | None = None
    type: str | None = None


class Annotation(View, frozen=True):
    text: str | None = None
    time: str | None = None


class Period(View, frozen=True):
    start: str | None = None
    end: str | None = None


class Quantity(View, frozen=True):
    value: Whole | float | None = None
    comparator: str | None = None
    unit: str | None = None
    system: str | None = None
    code: str | None = None


class Attachment(View, frozen=True):
    content_type: str | None = None
    data: str | None = None
    url: str | None = None
    title: str | None = None


class Identifier(View, frozen=True):
    system: str | None = None
    value: str | None = None


class Narrative(View, frozen=True):
    div: str | None = None
