"""The answers that whole charts are labelled with beside causes: those that ask for nothing, and dangers."""

from __future__ import annotations

from collections.abc import Mapping

QUIET = frozenset({"uneventful", "expected-postop-pain", "fusion-maturing"})
"""Answers that ask for nothing."""
ALARMS: Mapping[str, str] = {
    "cauda-equina": "cauda-equina", "epidural-hematoma": "hematoma", "epidural-abscess": "abscess", "cord": "cord",
    "deficit": "deficit", "dvt": "dvt", "pe": "pe", "meningitis": "meningitis", "implant-sepsis": "implant-sepsis",
    "wound-sepsis": "wound-sepsis", "vascular": "vascular", "discitis": "discitis", "malignancy": "malignancy",
}  # fmt: skip
"""Answers that are no cause but an alarm, with what its record is called."""
URGENT = frozenset(ALARMS) - {"malignancy", "discitis", "deficit"}
"""Those that always need somebody today."""
SERIOUS = frozenset({
    *ALARMS, "dural-csf-leak", "implant-malposition", "deep-wound-infection", "late-implant-infection",
    "vertebral-sacral-fracture",
})  # fmt: skip
"""Answers that an alarm may speak of."""
