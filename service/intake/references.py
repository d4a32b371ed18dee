"""References as charts write them (urn:uuid, absolute, versioned, contained) brought to one form: ``Type/id``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from service.domain.statements import Ref
from service.fhir import resources
from service.fhir.elements import who
from service.fhir.record import Record
from service.intake.bundles import Gathered
from service.intake.entry import Entry, fingerprint
from service.intake.fast_path import is_plain
from service.intake.resource_kinds import Kind

_TAIL = re.compile(r"(?:^|/)([A-Z][A-Za-z]{2,39}/[^/?#\s]{1,128})(?:/_history/[^/]*|/)?\s*\Z")
_URN = ("urn:uuid:", "urn:oid:")


class Forms(dict[str, str]):
    """The canonical form of each reference as written, worked out once per call.

    Most references have that form already, so the aliases are gathered only when the first other one asks for them.
    """

    def __init__(self, entries: Iterable[Entry], patient: str = "") -> None:
        self._entries = tuple(entries)
        self._patient = patient.removeprefix("Patient/")

    @cached_property
    def aliases(self) -> dict[str, str]:
        found = aliases(self._entries)
        if self._patient:
            found.setdefault(f"urn:uuid:{self._patient.lower()}", f"Patient/{self._patient}")
        return found

    def __missing__(self, reference: str) -> str:
        self[reference] = found = reference if is_plain(reference) else canonical(reference, self.aliases)
        return found


def aliases(entries: Iterable[Entry]) -> dict[str, str]:
    """Map every fullUrl, every id as a urn, and every conditional reference to an identifier, to ``Type/id``.

    Two resources may share an id, but not a fullUrl; so a urn that is an id counts where no fullUrl says
    otherwise, and of two the Patient is meant.
    """
    found: dict[str, str] = {}
    own_urns: dict[str, str] = {}
    for entry in entries:
        kind, own = entry.kind, entry.own_id
        if not isinstance(kind, str):
            continue
        known = own if isinstance(own, str) and own else name_of(entry.full_url) if entry.full_url else ""
        if not known:
            continue
        if entry.full_url:
            found[_plain_urn(entry.full_url)] = f"{kind}/{known}"
        urn = f"urn:uuid:{known.lower()}"
        if kind == "Patient" or urn not in own_urns:
            own_urns[urn] = f"{kind}/{known}"
        for identifier in _identifiers(entry.resource):
            found[f"{kind}?identifier={identifier}"] = f"{kind}/{known}"
    return {**own_urns, **found}


def _plain_urn(reference: str) -> str:
    """A urn is the same in capitals and in small letters; other references are not touched."""
    return reference.lower() if reference[:9].lower().startswith(_URN) else reference


def _identifiers(resource: Mapping[str, Any]) -> Iterator[str]:
    """``system|value`` of each identifier, as a conditional reference spells it."""
    listed = resource.get("identifier")
    for identifier in listed if isinstance(listed, list) else ():
        if isinstance(identifier, dict) and isinstance(identifier.get("value"), str):
            system = identifier.get("system")
            yield f"{system}|{identifier['value']}" if isinstance(system, str) else identifier["value"]


def by_ref(gathered: Gathered) -> Iterator[tuple[Ref, Entry]]:
    """Every entry that has a type, with the reference by which the findings cite it."""
    for entry in gathered.entries:
        kind, own = entry.kind, entry.own_id
        if isinstance(kind, str):
            if not isinstance(own, str) or not own:
                own = name_of(entry.full_url) if entry.full_url else fingerprint(entry.resource)
            yield f"{kind}/{own}", entry


def without_id(gathered: Gathered) -> dict[Ref, str]:
    """For entries that carry no id of their own: the reference that the findings cite to the sender's fullUrl."""
    return {ref: entry.full_url for ref, entry in by_ref(gathered) if entry.full_url and not entry.own_id}


def whose(record: Record) -> str:
    """The id of the patient that the record speaks of; "" when nobody is named."""
    if record.patient is not None:
        return record.patient.id or ""
    told: tuple[resources.Procedure | resources.Condition | resources.Observation, ...]
    told = (*record.procedures, *record.conditions, *record.observations)
    for held in told:
        if (named := who(held)).startswith("Patient/"):
            return named.removeprefix("Patient/")
    return ""


def name_of(full_url: str) -> str:
    """The last part of a fullUrl, which names a resource that carries no id of its own."""
    return re.split(r"[/:]", full_url)[-1][:128]


def canonical(reference: str, known: Mapping[str, str]) -> str:
    """Bring one reference to ``Type/id`` where that is possible; otherwise leave it as it is."""
    if (urn := _plain_urn(reference.strip())) in known:
        return known[urn]
    tail = _TAIL.search(reference)
    return tail[1] if tail else reference


def settle(resource: dict[str, Any], kind: Kind, forms: Forms) -> dict[str, Any]:
    """Return the resource with the references that are read here in canonical form; the input is not changed."""
    changed: dict[str, Any] = {}
    for name in kind.one:
        held = resource.get(name)
        if held is not None and (settled := _settled(held, forms)) is not held:
            changed[name] = settled
    for name in kind.many:
        listed = resource.get(name)
        if isinstance(listed, list):
            settled_many = [_settled(held, forms) for held in listed]
            if any(new is not old for new, old in zip(settled_many, listed, strict=True)):
                changed[name] = settled_many
    return {**resource, **changed} if changed else resource


def _settled(held: object, forms: Forms) -> object:
    if not isinstance(held, dict):
        return held
    reference = held.get("reference")
    if not isinstance(reference, str) or is_plain(reference) or (found := forms[reference]) == reference:
        return held
    return {**held, "reference": found}
