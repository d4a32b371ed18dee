"""Implants as Device resources: what their names and marks say of the magnet, as statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.statements import PLAIN, Attributes, Basis, Statement
from service.fhir import resources
from service.fhir.elements import LONGEST_WORDS, codings, words_of
from service.text.statements.attributes import devices_of

_UNSAFE = re.compile(
    r"\bunsafe\b|not mri? ?[- ]?(?:safe|compatible)|mri? (?:is )?contra-?indicated|non-?mri? ?[- ]?(?:safe|compatible)"
)
_SUITED = re.compile(r"\bconditional\b|\bsafe\b|\bmri?[- ]?(?:\w+ )?compatible\b")
_CONDITIONAL = re.compile(r"\bmri?[- ]?conditional\b")
_OF_MAGNET = re.compile(r"\bmri?\b|magnetic", re.IGNORECASE)
_LONGEST = 600


def read(device: resources.Device) -> Iterator[Statement]:
    """A mark (mr-unsafe, mr-conditional) is read from Device.safety and Device.note, by its words; that a device is
    unsafe, from its name too, and that its name says conditional (mr-conditional-name); that its kind needs a check
    (mr-check-device), from its name."""
    names, marks = _names(device), _marks(device)
    plain = names[:_LONGEST].lower()
    unsafe = _UNSAFE.search(marks) is not None
    # That it is safe is believed of a mark only, for leads may differ.
    if unsafe or (_OF_MAGNET.search(plain) and _UNSAFE.search(plain)):
        yield _says("mr-unsafe", device, names)
    if not unsafe and _SUITED.search(marks):
        yield _says("mr-conditional", device, names)
    elif not unsafe and _CONDITIONAL.search(plain):
        yield _says("mr-conditional-name", device, names)
    if kinds := devices_of(plain):
        yield _says("mr-check-device", device, names, Attributes(devices=kinds))


def _says(concept: str, device: resources.Device, names: str, attributes: Attributes = PLAIN) -> Statement:
    return Statement(
        concept=concept,
        source=device.ref,
        basis=Basis.CODE,
        words=names[:LONGEST_WORDS],
        resource=device.resource_type,
        attributes=attributes,
    )


def _names(device: resources.Device) -> str:
    told = [words_of(device.type), *(coding.display or "" for coding in codings(device.type))]
    told += [name.name or "" for name in device.device_name or ()] + [device.model_number or ""]
    return " ; ".join(name for name in told if name)


def _marks(device: resources.Device) -> str:
    told = [concept.text or "" for concept in device.safety or ()]
    told += [coding.display or "" for coding in codings(*(device.safety or ()))]
    # A note speaks of many things: only the sentences about the magnet are a mark.
    sentences = [part for note in device.note or () for part in (note.text or "")[:_LONGEST].split(".")]
    told += [part for part in sentences if _OF_MAGNET.search(part)]
    return " ; ".join(mark for mark in told if mark).lower()[:_LONGEST]
