"""The overview table of the value sets: their JSON in, the text of fhir_profiles/valuesets/README.md out.

``python -m tests.terminology.overview`` writes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "fhir_profiles" / "valuesets"
SHORT = {
    "http://snomed.info/sct": "SNOMED CT",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
    "http://hl7.org/fhir/sid/icd-10": "ICD-10",
    "http://www.cms.gov/Medicare/Coding/ICD10": "ICD-10-PCS",
    "http://loinc.org": "LOINC",
    "https://backstory.example/fhir/CodeSystem/spine-place": "our own places",
    "https://backstory.example/fhir/CodeSystem/side": "our own sides",
}
HEAD = """# Value sets

One FHIR R4 ValueSet per concept of [`rules/vocabulary.toml`](../../rules/vocabulary.toml) that codes can express; the
service loads these files and nothing else. The last part of the canonical URL is the concept.

- `<concept>.json`: SNOMED CT codes of the IPS Free Set, ICD-10-CM, ICD-10 (bare codes), ICD-10-PCS, LOINC.
- `<concept>-snomed-ext.json`: further SNOMED CT codes, which need a SNOMED licence. A site may drop or replace them.
- `place-of-code*.json`, `side-of-code*.json`: ConceptMaps from a code to the segment, vertebra or region and to the
  side it names; the targets are listed in `spine-place.json` and `side.json`.
- `title-of-code*.json`: ConceptMaps from the code of a document, a section or an order to the words by which it is
  read where it comes without text, title and display; the target is the title itself.

A family of ICD codes is a filter: `is-a M54.5` is M54.5 and every code below it, retired parents of old records
included; for ICD-10-PCS the same is written `regex 0SG0.*`. An `exclude` takes codes out again, for one value set: a
family, or the shape of 7-character sequela codes (`S`). Other filters are refused at start.

A site replaces a value set with a file of its own that carries the same canonical URL. Displays are labels for readers
and are never compared; where the preferred term is not known for certain, a designation stands instead.

Written by `python -m tests.terminology.overview`; a test compares it with the files.

| concept | codes listed | families | left out |
|---|---|---|---|
"""


def read() -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def overview(resources: dict[str, dict[str, Any]]) -> str:
    lines = [
        f"| {name} | {_listed(compose)} | {_families(compose.get('include', ()))} | "
        f"{_families(compose.get('exclude', ()))} |"
        for name, resource in resources.items()
        if (compose := resource.get("compose"))
    ]
    maps = ["", "| map | system | elements |", "|---|---|---|"]
    maps += [
        f"| {name} | {SHORT[group['source']]} | {len(group['element'])} |"
        for name, resource in resources.items()
        for group in resource.get("group", ())
    ]
    return HEAD + "\n".join([*lines, *maps]) + "\n"


def _listed(compose: dict[str, Any]) -> str:
    return ", ".join(f"{SHORT[p['system']]} {len(p['concept'])}" for p in compose["include"] if "concept" in p)


def _families(parts: Any) -> str:
    said: dict[str, list[str]] = {}
    for part in parts:
        for rule in part.get("filter", ()):
            value = "sequela codes" if rule["value"].startswith("[") else rule["value"].removesuffix(".*")
            said.setdefault(SHORT[part["system"]], []).append(value)
    return "; ".join(f"{system} {' '.join(values)}" for system, values in said.items())


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(overview(read()), encoding="utf-8")
