"""Diagnoses that a clinician gave by name since the operation: a chart in, the findings named ``..._named`` out.

What a text denies, doubts or only plans to look for is no diagnosis, and one from before the operation tells nothing of
the pain after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, after_index, finding, said, speaks
from service.domain.findings import Finding
from service.domain.statements import Basis, Statement
from service.findings.background.refuted import without_refuted

_NAMED = {
    "adjacent_named": "adjacent-segment-disease",
    "facet_named": "facet-pain",
    "disc_named": "disc-pain",
    "scar_named": "epidural-scar",
    "gluteal_named": "deep-gluteal-syndrome",
    "trochanteric_named": "trochanteric-syndrome",
    "entrapment_named": "peroneal-entrapment",
    "arterial_named": "vascular-diagnosis",
    "new_level_named": "herniation-elsewhere",
    "recurrence_named": "herniation-again",
    "fragment_named": "residual-fragment",
    "foraminal_residual_named": "foraminal-residual",
    "restenosis_named": "stenosis-again",
    "neuropathic_named": "neuropathic-after-surgery",
    "device_named": "device-fault",
    "instability_named": "segment-unstable",
    "loosening_named": "screw-out",
    "wrong_site_named": "wrong-site-stated",
    "flatback_named": "flatback",
    "arachnoiditis_named": "arachnoiditis-finding",
    "crps_named": "crps",
    "infection_named": "implant-infection",
    "polyneuropathy_named": "diabetic-polyneuropathy",
}
_PICTURED = frozenset({
    "herniation-again", "residual-fragment", "screw-out", "device-fault", "arachnoiditis-finding", "stenosis-again",
    "foraminal-residual",
})  # fmt: skip
"""What a picture shows has findings of its own, weighed as a picture; the name in a note is a clinician's."""
_ARACHNOID = ("arachnoiditis-finding", "arachnoiditis-code")
_MRI = "MR"
_ELSEWHERE = frozenset({"cervical", "thoracic"})
_ORDERS = frozenset({"ServiceRequest", "Procedure"})


def read(chart: Chart) -> Iterator[Finding]:
    """Every diagnosis that is named since the index operation."""
    if not speaks(chart, _NAMED.values()):
        return
    chart = without_refuted(chart)
    for name, concept in _NAMED.items():
        if told := [s for s in said(chart, concept) if _is_named(chart, s)]:
            yield finding(name, "yes", told)


def _is_named(chart: Chart, statement: Statement) -> bool:
    if (
        statement.basis is Basis.CODE
        or statement.closed
        or statement.ended
        or statement.resource in _ORDERS
        or statement.place.region in _ELSEWHERE
    ):
        return False
    if statement.concept == "epidural-scar" and (said(chart, *_ARACHNOID) or not _is_more_than_a_picture(statement)):
        return False
    if statement.basis is Basis.REPORT and statement.modality and statement.concept in _PICTURED:
        return False
    return after_index(chart, statement.stated)


def _is_more_than_a_picture(scar: Statement) -> bool:
    """MRI shows scar in patients without pain as well: it speaks of the pain where a note names it, or where somebody
    looked with catheter, scope or dye."""
    if scar.basis is Basis.NOTE:
        return not scar.retold
    return scar.basis is Basis.REPORT and scar.modality != _MRI
