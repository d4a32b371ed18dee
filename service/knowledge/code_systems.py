"""The names of code systems: an address, an OID, a version behind it, or a word, brought to one short name each."""

from __future__ import annotations

import re
from functools import lru_cache

SNOMED, CM, ICD10, PCS, LOINC = "snomed", "icd-10-cm", "icd-10", "icd-10-pcs", "loinc"
ICD9 = "icd-9-cm"
"""Known by name only: none of its codes is read, and saying so needs the name."""

_SYSTEMS = {
    "http://snomed.info/sct": SNOMED,
    "urn:oid:2.16.840.1.113883.6.96": SNOMED,
    "http://hl7.org/fhir/sid/icd-10-cm": CM,
    "urn:oid:2.16.840.1.113883.6.90": CM,
    "http://hl7.org/fhir/sid/icd-10": ICD10,
    "http://www.cms.gov/Medicare/Coding/ICD10": PCS,
    "http://hl7.org/fhir/sid/icd-10-pcs": PCS,
    "urn:oid:2.16.840.1.113883.6.4": PCS,
    "http://loinc.org": LOINC,
    "urn:oid:2.16.840.1.113883.6.1": LOINC,
    "http://hl7.org/fhir/sid/icd-9-cm": ICD9,
}
_NAMES = {
    "snomed": SNOMED,
    "snomedct": SNOMED,
    "sct": SNOMED,
    "sctid": SNOMED,
    "icd10cm": CM,
    "icd10pcs": PCS,
    "icd10": ICD10,
    "icd10who": ICD10,
    "icd10gm": ICD10,
    "loinc": LOINC,
    "ln": LOINC,
    "icd9": ICD9,
    "icd9cm": ICD9,
}
"""What senders write in place of an address, without case, blanks, dots and hyphens."""

_ICD10_NATIONAL = ("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://hl7.org/fhir/sid/icd-10-")
"""National modifications keep the WHO codes; they are read as WHO ICD-10, except ICD-10-CM and -PCS above."""

_SNOMED_EDITION = "http://snomed.info/sct/"

_BY_SMALL = {url.lower(): system for url, system in _SYSTEMS.items()}
_ICD10_NATIONAL_SMALL = tuple(url.lower() for url in _ICD10_NATIONAL)
_NO_LETTER = re.compile(r"[\s_.-]")
_KNOWN = frozenset((*_SYSTEMS.values(), ICD10))
PREFIXED = frozenset({CM, ICD10, PCS})

LONGEST = 200
"""Characters of what can name a system at all."""


def is_any_icd10(written: str) -> bool:
    """Whether a sender wrote only "ICD-10", which in practice may be any of its editions."""
    return system_of(written) == ICD10 and ":" not in written


@lru_cache(maxsize=256)
def system_of(written: str) -> str:
    """The system that is meant: its address in either scheme and case, with a version, its OID, or its usual name."""
    url = written.strip().partition("|")[0].rstrip("/")
    if known := _SYSTEMS.get(url):
        return known
    low = url.lower().replace("https://", "http://", 1)
    if low.startswith("2.16.840."):
        low = f"urn:oid:{low}"
    if known := _BY_SMALL.get(low) or _NAMES.get(_NO_LETTER.sub("", low)):
        return known
    if low.startswith(_SNOMED_EDITION):
        return SNOMED
    if low.startswith(_ICD10_NATIONAL_SMALL):
        return ICD10
    return written


def name_of_system(url: str | None) -> str:
    """The short name of a system that is known at all, else ""."""
    found = system_of(url) if url and len(url) <= LONGEST else ""
    return found if found in _KNOWN else ""
