"""What the picture of the last days already shows: the last reports in, whether one answers the signs out.

A haematoma, an infection, a tumour or a squeezed cauda equina on the MRI asks for the surgeon and not for the MRI. A
screw in the canal or disc material on a nerve, seen when the deficit was already there, explains that it grows. The
next step is the surgeon, and the same picture again would only cost hours.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, after_index, finding, said, within
from service.domain.findings import Finding
from service.domain.places import same_side
from service.domain.statements import Basis
from service.findings.imaging.emergencies import of_cauda_equina
from service.findings.imaging.report_findings import Imaging
from service.findings.imaging.study_age import SIGNS

_ON_A_NERVE = ("implant-breach", "disc-herniation", "residual-fragment", "compression")


_OF_CORD_AND_CAUDA = (*SIGNS, "saddle-numbness", "lax-sphincter", "urinary-retention", "urinary-incontinence",
                      "bowel-incontinence", "sexual-loss")  # fmt: skip
_STAYS = ("epidural-abscess", "epidural-collection", "spinal-infection", "spinal-tumour")
"""What is there for days: signs that grow behind its picture are its own."""
_EMERGENCIES = ("epidural-hematoma", "epidural-abscess", "epidural-collection", "spinal-infection", "spinal-tumour")


def read(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """``emergency_pictured``, and ``deficit_pictured`` where a report of the last days shows it on an agreeing side."""
    days = chart.numbers["pictured_days"]
    signs = [s for s in said(chart, *_OF_CORD_AND_CAUDA) if s.stated and after_index(chart, s.stated)]
    shown = [
        each.said
        for each in (*seen.yes(*_EMERGENCIES), *of_cauda_equina(seen.yes("compression", "cauda-equina-code")))
        if each.said.basis is Basis.REPORT
        and "mri" in each.study.kinds
        and each.when
        and within(each.when, days, chart)
        and (each.said.concept in _STAYS or not any(s.stated and s.stated.first > each.when.last for s in signs))
    ]
    if shown:
        yield finding("emergency_pictured", "yes", shown)
    if "deficit_new" not in chart.known:
        return
    signs = [s for s in signs if s.concept in SIGNS]
    found = [
        each.said
        for each in seen.yes(*_ON_A_NERVE)
        if each.said.basis is Basis.REPORT
        and each.when
        and within(each.when, days, chart)
        and any(
            s.stated
            and s.stated.first <= each.when.last
            and within(s.stated, chart.numbers["new_sign_days"], chart)
            and same_side(s.side, each.said.side) is not False
            for s in signs
        )
    ]
    if found:
        yield finding("deficit_pictured", "yes", found)
